"""The sections of a readout, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from goodoffices.readouts import codes, folding, seating
from goodoffices.readouts.brought import outcomes
from goodoffices.readouts.items import Item, Section
from goodoffices.readouts.labels import Standing, labels
from goodoffices.readouts.lines import line
from goodoffices.readouts.lines.meetings import precondition
from goodoffices.readouts.meeting import Meeting
from goodoffices.readouts.names import Names, joined
from goodoffices.readouts.views import Told, Translate
from goodoffices.talks import gate
from goodoffices.talks.understandings import SIDES_NEEDED, UNDERSTANDINGS

# Which kinds each section takes; what none takes is shown under "other".
KINDS: dict[str, tuple[str, ...]] = {
    "meeting": ("meeting-called", "meeting-opened", "meeting-adjourned", "meeting-resumed", "meeting-closed"),
    "delegations": (),
    "ground-rules": ("ground-rules-proposed", "ground-rules-agreed"),
    "presence": (
        "presence-proposed",
        "presence-consented",
        "presence-declined",
        "presence-withdrawn",
        "delegation-admitted",
        "delegation-removed",
        "delegate-withdrawn",
    ),
    "agenda": ("agenda-item-raised", "agenda-item-settled"),
    "understandings": ("understanding-told", "understanding-confirmed", "understanding-objected"),
    "requests": ("request-made", "request-answered", "request-withdrawn"),
    "papers": ("paper-presented", "paper-received", "paper-described", "conditions-set-out", "source-entered"),
    "conveyance": (
        "conveyance-asked",
        "conveyance-allowed",
        "conveyance-refused",
        "point-carried",
        "point-conveyed",
        "conveyance-answered",
    ),
    "accounts": ("statement-recorded", "speaker-identified", "reference-resolved", "statements-related"),
    "events": ("event-noted",),
    "next-meeting": ("next-meeting-set", "precondition-met", "condition-reported"),
    "other": (),
    "corrections": (),
}


def titles(_: Translate) -> dict[str, str]:
    """What each section is called."""
    return {
        "meeting": _("Where, when and how long"),
        "delegations": _("Delegations and delegates"),
        "ground-rules": _("Ground rules"),
        "presence": _("Presence in the room"),
        "agenda": _("Agenda"),
        "understandings": _("Understandings, as told by each"),
        "requests": _("Requests and answers"),
        "papers": _("Papers"),
        "conveyance": _("Points conveyed"),
        "accounts": _("Accounts, side by side"),
        "events": _("Events outside the rooms"),
        "next-meeting": _("The next meeting and what must come first"),
        "other": _("Also on this record"),
        "corrections": _("Corrections"),
    }


def sections(meeting: Meeting, standing: Standing, n: Names) -> tuple[Section, ...]:
    """Those that have anything in them."""
    heads = [t for t in meeting.heads() if t.kind not in seating.SEATING]
    taken = {kind: code for code, kinds in KINDS.items() for kind in kinds}
    items: dict[str, list[Item]] = {code: [] for code in KINDS}
    items["delegations"] = seating.seated(meeting, standing, n, lambda t: _answers(t, meeting, standing, n))
    for t in _side_by_side(heads):
        items[taken.get(t.kind, "other")].append(_item(t, meeting, standing, n))
    items["corrections"] = _corrections(items, n)
    names = titles(n.translate)
    return tuple(Section(code, names[code], tuple(found)) for code, found in items.items() if found)


def _side_by_side(heads: Iterable[Told]) -> list[Told]:
    """In order, with each further telling of an understanding after the one it is another telling of."""
    placed = {t.source: (number, 0) for number, t in enumerate(heads)}
    for t in heads:
        first = placed.get(str(t.body.get("of"))) if t.kind == "understanding-told" else None
        if first is not None:
            placed[t.source] = (first[0], placed[t.source][0])
    return sorted(heads, key=lambda t: placed[t.source])


def _item(t: Told, meeting: Meeting, standing: Standing, n: Names) -> Item:
    said = line(t, n)
    item = Item(
        ref=t.ref,
        seq=t.seq,
        text=said.sentence,
        quotes=said.quotes,
        details=said.details,
        labels=labels(t, standing, n),
        answers=_answers(t, meeting, standing, n),
    )
    if t.kind == "understanding-told":
        return replace(item, notes=(_stands(t, meeting, n),))
    if t.kind == "next-meeting-set":
        first = tuple(_first(t, meeting, n))
        return replace(item, notes=first, quotes=() if first else item.quotes)
    return item


def _answers(t: Told, meeting: Meeting, standing: Standing, n: Names) -> tuple[Item, ...]:
    return tuple(_answer(answer, meeting, standing, n) for answer in meeting.answers.get(t.source, ()))


def _answer(t: Told, meeting: Meeting, standing: Standing, n: Names) -> Item:
    """An answer under what it answers, without quoting again the wording it is about."""
    item = _item(t, meeting, standing, n)
    wording = n.translate("Wording")
    return replace(item, quotes=tuple(q for q in item.quotes if q[0] != wording))


def _stands(t: Told, meeting: Meeting, n: Names) -> str:
    """Whether a telling stands, as far as this record shows; never more than it shows."""
    _ = n.translate
    telling = meeting.state[UNDERSTANDINGS].tellings.get(t.source)
    if telling is None or len(telling.asked) < SIDES_NEEDED:
        return _("This record does not show two parties whose confirmation it needs.")
    if telling.stands:
        return _("This wording stands: every party has confirmed it on this record.")
    missing = [p for p in telling.asked if p not in telling.answers or telling.answers[p].says != "confirmed"]
    return _("This wording does not stand on this record: no confirmation by {who}.").format(
        who=joined([n.delegation(p) for p in missing], _)
    )


def _first(t: Told, meeting: Meeting, n: Names) -> Iterator[str]:
    """What must come first, met or not when the next meeting opened (or was set anew), as far as the record goes."""
    _ = n.translate
    ends = [x.place for x in meeting.all if x.kind in {"meeting-opened", "next-meeting-set"} and x.place > t.place]
    state = folding.after(x for x in meeting.all if not ends or x.place < min(ends))
    for number, one in enumerate(gate.first(state, outcomes(state)), 1):
        text = precondition({"what": one.precondition.what, "words": one.precondition.words}, n, _)
        pattern = _("{number}. Met: {text}") if one.met else _("{number}. Not met on this record: {text}")
        ways = "; ".join(f"{n.delegation(came.delegation)}: {codes.way(came.way, _)}" for came in one.came)
        yield pattern.format(number=number, text=f"{text} ({ways})" if ways else text)


def _corrections(items: dict[str, list[Item]], n: Names) -> list[Item]:
    """Every correction shown above, once more in one place, with the sentence it corrects."""
    _ = n.translate
    found = []
    for above in items.values():
        for item in (below for head in above for below in head.walk()):
            for answer in item.answers:
                about = n.fact(answer.ref)
                if about is not None and about.kind == "entry-corrected":
                    was = (_("The entry says"), item.text)
                    found.append(replace(answer, quotes=(was, *item.quotes, *answer.quotes), answers=()))
    return found
