"""``goodoffices statements``: who is said to have said what in a room, how it came there, and an export for others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from goodoffices.readouts.said import Answer, Said
    from goodoffices.readouts.statements import Filter
    from goodoffices.secretariat.desk import RoomView

app = typer.Typer(help="Statements: who said what, and how it came to us.", no_args_is_help=True)

Talks = Annotated[str, typer.Argument(metavar="TALKS", help="Short name of the talks.")]
Room = Annotated[str, typer.Argument(metavar="ROOM", help="Short name of the room.")]
Person = Annotated[str | None, typer.Option("--as", metavar="PERSON", help="As this account's person may read it.")]
Speaker = Annotated[
    str | None,
    typer.Option("--speaker", metavar="WHO", help="A delegation as such, or the number of an entry with their words."),
]
Delegation = Annotated[str | None, typer.Option("--for", metavar="CODE", help="Speaking for this delegation.")]
Issue = Annotated[str | None, typer.Option("--issue", metavar="CODE", help="About this issue: ceasefire.")]
Channel = Annotated[str | None, typer.Option("--channel", metavar="CODE", help="social-media, leak, not-stated …")]
Known = Annotated[str | None, typer.Option("--known", help="on-record, reported, anonymous or not-stated.")]
Verb = Annotated[str | None, typer.Option("--verb", help="said, demanded, threatened …")]
Place = Annotated[str | None, typer.Option("--place", metavar="CODE", help="ISO 3166: UA, or UA-63 for a part.")]
Meeting = Annotated[str | None, typer.Option("--meeting", metavar="CODE", help="Accounts of this meeting.")]
Open = Annotated[bool, typer.Option("--open", help="Only those that leave something open.")]


@app.callback()
def statements() -> None:
    """Statements: who said what, and how it came to us. None is called true or false."""


@app.command("list", epilog="Example: goodoffices statements list istanbul-2025 host-room --known anonymous")
def list_(
    talks: Talks,
    room: Room,
    speaker: Speaker = None,
    delegation: Delegation = None,
    issue: Issue = None,
    channel: Channel = None,
    known: Known = None,
    verb: Verb = None,
    place: Place = None,
    meeting: Meeting = None,
    open_: Open = False,
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help="At most so many, the newest first.")] = 25,
    person: Person = None,
) -> None:
    """Print a room's statements, the newest first, a line each."""
    from goodoffices.readouts.statements import listed

    view, others = _room(talks, room, person)
    asked = _filter(view, speaker, delegation, issue, channel, known, verb, place, meeting, open_)
    found = listed(view, asked, most=most, others=others)
    typer.echo(f"{found.found} of {found.of} statements")
    for one in found.rows:
        hedge = f" [{', '.join(label.text for label in one.labels)}]"
        typer.echo(f"{one.seq:>5}  {one.speaker} {one.verb} ({one.setting}): {_short(one.gist)}{hedge}")


@app.command(epilog="Example: goodoffices statements show istanbul-2025 host-room 7")
def show(
    talks: Talks,
    room: Room,
    seq: Annotated[int, typer.Argument(metavar="ENTRY", help="Number of the entry that holds it.")],
    person: Person = None,
) -> None:
    """Print one statement whole: how it came to us, what it leaves open, and what others say of it."""
    from goodoffices.cli import office
    from goodoffices.readouts.statements import one as read

    view, others = _room(talks, room, person)
    found = read(view, view.entry(seq).seq, others)
    if found is None:
        office.fail(f"Entry {seq} of this room is no statement.")
    typer.echo(f"{found.speaker} {found.verb} ({found.setting})")
    for label, text in _details(found):
        typer.echo(f"  {label}: {text}")


@app.command(epilog="Example: goodoffices statements issue istanbul-2025 public ceasefire")
def issue(
    talks: Talks,
    room: Room,
    code: Annotated[str, typer.Argument(metavar="ISSUE", help="Short name of the issue.")],
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help="At most so many, the newest first.")] = 25,
    person: Person = None,
) -> None:
    """Print what a room's record holds about one issue: statements, understandings, requests, commitments and more."""
    from goodoffices.readouts.statements import timeline

    view, others = _room(talks, room, person)
    found = timeline(view, code, most=most, others=others)
    typer.echo(f"{found.found} entries about {code}")
    for row in found.rows:
        quoted = "".join(f" {_short(text)}" for _label, text in row.quotes[:1])
        typer.echo(f"{row.seq:>5}  {row.sentence}{quoted}")


@app.command(epilog="Example: goodoffices statements accounts istanbul-2025 host-room first-meeting")
def accounts(
    talks: Talks,
    room: Room,
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="Short name of the meeting.")],
    person: Person = None,
) -> None:
    """Print how different people describe one meeting, in this room and in one's other rooms of the talks."""
    from goodoffices.readouts.statements import accounts as read

    view, others = _room(talks, room, person)
    for one in (view, *others):
        found = read(one, meeting, [v for v in (view, *others) if v.id != one.id])
        if found.said or found.shown or one.id == view.id:
            typer.echo(f"{one.seats.name}: {len(found.said) + len(found.shown)} accounts of {meeting}")
        for account in found.said:
            labels = ", ".join(label.text for label in account.labels)
            typer.echo(f"{account.seq:>5}  {account.speaker} [{labels}]\n       {account.gist}")
        for row in found.shown:
            typer.echo(f"{row.seq:>5}  {row.sentence}" + "".join(f"\n       {text}" for _label, text in row.quotes))


@app.command(epilog="Example: goodoffices statements export istanbul-2025 public --to claims.json")
def export(
    talks: Talks,
    room: Room,
    speaker: Speaker = None,
    delegation: Delegation = None,
    issue: Issue = None,
    channel: Channel = None,
    known: Known = None,
    verb: Verb = None,
    place: Place = None,
    meeting: Meeting = None,
    open_: Open = False,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write it there; else print it.")] = None,
    person: Person = None,
) -> None:
    """Write statements as JSON-LD: schema.org Claim, and W3C PROV for how each came to us."""
    from goodoffices.readouts.claims import claims
    from goodoffices.readouts.statements import every

    view, others = _room(talks, room, person)
    asked = _filter(view, speaker, delegation, issue, channel, known, verb, place, meeting, open_)
    text = json.dumps(claims(every(view, asked, others), view), ensure_ascii=False, indent=1)
    if to is None:
        typer.echo(text)
    else:
        to.write_text(text + "\n", encoding="utf-8")
        typer.echo(f"{to}: written.")


def _room(talks: str, room: str, person: str | None) -> tuple[RoomView, list[RoomView]]:
    from goodoffices.cli import office

    desk = office.desk(person)
    view = desk.named(talks, room)
    return view, [v for v in desk.rooms() if v.seats.talks == view.seats.talks and v.id != view.id]


def _filter(
    view: RoomView,
    speaker: str | None,
    delegation: str | None,
    issue: str | None,
    channel: str | None,
    known: str | None,
    verb: str | None,
    place: str | None,
    meeting: str | None,
    open_: bool,
) -> Filter:
    from goodoffices.readouts.statements import Filter

    return Filter(
        speaker=_speaker(view, speaker) if speaker else None,
        delegation=_delegation(view, delegation) if delegation else None,
        issue=issue,
        channel=channel,
        known=known,
        verb=verb,
        place=place.upper() if place else None,
        meeting=meeting,
        open=open_,
    )


def _speaker(view: RoomView, who: str) -> str:
    """The key of the speaker of an entry, or of a delegation as such."""
    from goodoffices.cli import office
    from goodoffices.readouts.statements import one

    if not who.isdecimal():
        return _delegation(view, who)
    found = one(view, view.entry(int(who)).seq)
    return found.speaker_key if found else office.fail(f"Entry {who} of this room is no statement.")


def _delegation(view: RoomView, code: str) -> str:
    from goodoffices.cli import office

    rooms = (v.seats for v in (view, *view.desk.rooms()) if v.seats.talks == view.seats.talks)
    known = (d.id for seats in rooms for d in seats.delegations.values() if code in {d.code, d.id})
    return next(known, None) or office.fail(f"No delegation called {code} sits in a room of yours.")


def _details(one: Said) -> Iterator[tuple[str, str]]:
    yield one.label, one.gist
    yield from ((t.label, t.text) for t in one.translations)
    yield from (("On condition", text) for text in one.conditions)
    named = (("The verb in the source", one.verb_used), ("Said", one.when), ("Learnt", one.learnt))
    told = (("Channel", one.channel), ("To the outlet", one.outlet), ("How it came to us", " → ".join(one.path)))
    about = (
        ("Issues", ", ".join(text for _code, text in one.issues)),
        ("About", "; ".join(one.people)),
        ("Places", "; ".join(text for _code, text in one.places)),
        ("Account of the meeting", ", ".join(text for _code, text in one.describes)),
        ("How it is known", ", ".join(label.text for label in one.labels)),
    )
    yield from ((label, text) for label, text in (*named, *told, *about) if text)
    for item in one.open:
        number = f" ({item.number})" if len(one.open) > 1 else ""
        yield item.label + number, item.words + (" (open)" if item.still else "")
        yield from (("  What is meant", _answer(answer)) for answer in item.answers)
    yield from (("Whose words", _answer(answer)) for answer in one.identified)
    for bearing in one.bearings:
        taken_back = " (taken back)" if bearing.struck else ""
        text = f"entry {bearing.seq}, as {bearing.who} says in entry {bearing.by}{taken_back}: {_short(bearing.gist)}"
        yield bearing.label.capitalize(), text


def _answer(answer: Answer) -> str:
    where = f" ({answer.where})" if answer.where else ""
    taken_back = " (taken back)" if answer.struck else ""
    return f"{answer.means}{where}, says {answer.who} in entry {answer.seq}; source: {answer.source}{taken_back}"


def _short(text: str, most: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
