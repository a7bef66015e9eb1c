"""``goodoffices talks show``: one talks at a glance, as the operator or as one person sees it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table as Grid

from goodoffices.cli import office
from goodoffices.readouts import codes
from goodoffices.readouts.sheets import Next, Presence, Reply, Request, Understanding, Waiting, Wording
from goodoffices.readouts.table import NoSuchTalks, Table, table
from goodoffices.readouts.views import untranslated as _

app = typer.Typer(help="Talks on this machine.", no_args_is_help=True)


@app.callback()
def talks() -> None:
    """Talks on this machine."""


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Short name of the talks.", metavar="TALKS")],
    username: Annotated[
        str | None, typer.Option("--as", help="As this account sees it; without it as the operator.", metavar="PERSON")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Show who is at the table, the rooms, what waits, what is said to be understood, and what comes next.

    Example: goodoffices talks show istanbul-2025 --as observer
    """
    desk = office.desk(username)
    try:
        made = table(desk.rooms(), name, desk.person)
    except NoSuchTalks as error:
        office.fail("\n".join([*desk.behind.values(), str(error)]))
    for why in desk.behind.values():
        typer.echo(why, err=True)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(made), ensure_ascii=False, indent=2))
    else:
        _print(made)


def _print(made: Table) -> None:
    # Words of the record are printed as they stand: no markup, no emoji codes, no colouring of numbers.
    out = Console(markup=False, emoji=False, highlight=False)
    out.print(f"{made.title} ({made.name}), hosted by {made.host}")
    _grid(out, "Delegations", ("Delegation", "Role", "Delegate", "Function", "Level", "Sent by"), _people(made))
    _grid(out, "Rooms", ("Room", "Kind", "Members", "Entries", "State"), _rooms(made))
    _grid(out, "Meetings", ("Room", "Meeting", "Day", "Venue", "Length", "State"), _meetings(made))
    _list(out, "Waiting for you", map(_waiting, made.waiting))
    _list(out, "Understandings, as told by each", map(_understanding, made.understandings))
    _list(out, "Presence", map(_presence, made.presences))
    _list(out, "Requests", map(_request, made.requests))
    _list(out, "Next meeting", map(_next, made.next_meetings))


def _grid(out: Console, title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    grid = Grid(*head, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        grid.add_row(*row)
    if grid.row_count:
        out.print(f"\n{title}")
        out.print(grid)


def _list(out: Console, title: str, blocks: Iterable[list[str]]) -> None:
    found = list(blocks)
    if found:
        out.print(f"\n{title}")
        for block in found:
            out.print("- " + "\n  ".join(block), soft_wrap=True)


def _people(made: Table) -> Iterable[tuple[str, ...]]:
    for side in made.delegations:
        first = (side.name, codes.role(side.role, _))
        for person in side.delegates:
            name = f"{person.name or '(not named)'}{' (former)' if person.former else ''}"
            yield (*first, name, person.function, codes.level(person.level, _) if person.level else "", person.sender)
            first = ("", "")
        if not side.delegates:
            yield (*first, "", "", "", "")


def _rooms(made: Table) -> Iterable[tuple[str, ...]]:
    for room in made.rooms:
        state = "closed" if room.closed else "goes on in another room" if room.continued else "open"
        yield (
            room.name,
            codes.room_kind(room.kind, _),
            ", ".join(room.members),
            str(room.size),
            f"{state}, until you left" if room.former else state,
        )


def _meetings(made: Table) -> Iterable[tuple[str, ...]]:
    for m in made.meetings:
        yield (m.room_name, m.title, m.day, m.venue, m.length, codes.meeting_status(m.status, _))


def _waiting(one: Waiting) -> list[str]:
    return [f"{one.room_name}: {one.sentence}", *([one.subject] if one.subject else []), *_quoted(one.quotes)]


def _quoted(quotes: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{label}: “{text}”" if label else f"“{text}”" for label, text in quotes]


def _understanding(one: Understanding) -> list[str]:
    lines = [f"{one.room_name}:"]
    for telling in one.tellings:
        lines += _wording(telling)
    return lines


def _wording(t: Wording) -> list[str]:
    told = f", as told by {t.told_by}" if t.told_by else ""
    known = f" [{codes.known(t.known, _)}]" if t.known else ""
    state = "stands" if t.stands else "does not stand"
    barred = f" ({codes.barred(t.barred, _)})" if t.barred else ""
    return [
        f"{t.by} ({codes.degree(t.degree, _)}){told}{known}: “{t.wording}”",
        f"  {_replies(t.replies)}: {state}{barred}" if t.replies else f"  {state}{barred}",
    ]


def _replies(replies: Iterable[Reply]) -> str:
    return "; ".join(
        f"{r.delegation}: {codes.reply(r.says, _)}{f' ({codes.how(r.how, _)})' if r.how else ''}" for r in replies
    )


def _presence(p: Presence) -> list[str]:
    head = f"{p.room_name}: {p.name} as {codes.role(p.role, _)}, proposal entered by {p.by} ({p.status})"
    return [head, _replies(p.replies)]


def _request(r: Request) -> list[str]:
    told = f", as told by {r.told_by}" if r.told_by else ""
    known = f" [{codes.known(r.known, _)}]" if r.known else ""
    state = codes.answer_given(r.status, _)
    return [f"{r.room_name}: {r.by} to {r.to}{told}{known}: “{r.words}” ({state})"]


def _next(one: Next) -> list[str]:
    place = f", {one.place}" if one.place else ""
    lines = [f"{one.room_name}: {one.day or 'no day set'}{place}"]
    for c in one.conditions:
        lines += [f"{'met' if c.met else 'not met'}: {c.text}", *(f"  {p.delegation}: {p.way}" for p in c.came)]
    return lines
