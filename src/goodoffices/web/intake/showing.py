"""A source as its page shows it: a window on the text, cut where drafts and page furniture begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from goodoffices.web.intake.keeping import Draft, Furniture, Kept

WINDOW = 24_000  # characters of a text shown at a time


@dataclass(frozen=True)
class Piece:
    """Some text that one draft (or none) begins or stands in. ``number``: the draft it leads to."""

    text: str
    number: int | None
    status: str
    here: bool
    first: bool
    why: str


@dataclass(frozen=True)
class Window:
    """``before``, ``after``: where the parts before and after it begin, in characters; None where there is none."""

    pieces: tuple[Piece, ...]
    start: int
    end: int
    before: int | None
    after: int | None


def window(kept: Kept, chosen: Draft | None, at: int | None) -> Window:
    """The part of the text around ``at`` (a character), or around the chosen draft."""
    text = kept.given.text
    middle = at if at is not None else chosen.proposal.start if chosen is not None else 0
    start = 0 if len(text) <= WINDOW else min(max(0, _line(text, middle - WINDOW // 3)), len(text))
    end = min(len(text), start + WINDOW)
    before = max(0, start - WINDOW) if start else None
    return Window(tuple(_pieces(kept, chosen, start, end)), start, end, before, end if end < len(text) else None)


def _line(text: str, at: int) -> int:
    """Where the line begins that holds this character."""
    return text.rfind("\n", 0, max(0, at)) + 1


def _pieces(kept: Kept, chosen: Draft | None, start: int, end: int) -> list[Piece]:
    near = [d for d in kept.drafts if d.proposal.start < end and d.proposal.end > start]
    furniture = [f for f in kept.given.furniture if f.start < end and f.end > start]
    cuts = {start, end}
    stretches = [(d.proposal.start, d.proposal.end) for d in near] + [(f.start, f.end) for f in furniture]
    for left, right in stretches:
        cuts |= {max(start, left), min(end, right)}
    seen: set[int] = set()
    text = kept.given.text
    return [_piece(text, left, right, near, furniture, chosen, seen) for left, right in pairwise(sorted(cuts))]


def _piece(
    text: str, left: int, right: int, near: Sequence[Draft], furniture: Sequence[Furniture],
    chosen: Draft | None, seen: set[int],
) -> Piece:  # fmt: skip
    holding = [d for d in near if d.proposal.start <= left and d.proposal.end >= right]
    here = chosen is not None and chosen in holding
    inner = min(holding, key=lambda d: d.proposal.end - d.proposal.start, default=None)
    first = here and chosen is not None and chosen.number not in seen
    if first and chosen is not None:
        seen.add(chosen.number)
    why = next((f.why for f in furniture if f.start <= left and f.end >= right), "")
    number = inner.number if inner is not None else None
    return Piece(text[left:right], number, inner.status if inner else "", here, first, furniture_name(why))


def furniture_name(why: str) -> str:
    """What page furniture is called."""
    return {
        "repeated": _("heading repeated"),
        "newsletter": _("newsletter"),
        "link": _("link of the page"),
        "notice": _("notice of the page"),
        "breadcrumb": _("where the page stands"),
        "address": _("address"),
        "page": _("around the article"),
    }.get(why, _("not part of the report") if why else "")


def kind_name(kind: str) -> str:
    """What a draft is called."""
    return {
        "statement": _("Statement"),
        "participant": _("Somebody named"),
        "meeting": _("Meeting"),
        "demand": _("Demand"),
        "offer": _("Offer"),
        "agreement": _("Agreement"),
        "refusal": _("Refusal"),
        "request": _("Request"),
        "answer": _("Answer to a request"),
        "threat": _("Threat"),
        "commitment": _("Commitment"),
        "delegation": _("Delegation"),
        "account": _("Account of a meeting"),
    }.get(kind, kind)


def note_name(what: str) -> str:
    """What a note beside a draft is about."""
    return {
        "speaker": _("Speaker, in the source's words"),
        "by": _("Whose it is, in the source's words"),
        "resolved": _("Taken to be"),
        "attribution": _("Verb used"),
        "setting": _("Setting"),
        "relay": _("Through"),
        "hedge": _("Hedge"),
        "condition": _("Condition"),
        "duration": _("Time"),
        "unresolved": _("Left open in the source"),
        "venue": _("Venue"),
        "host": _("Host"),
        "time": _("When, in the source's words"),
        "length": _("Length"),
        "function": _("Function"),
        "of": _("Of"),
        "level": _("Level, in the source's words"),
        "head": _("Led by"),
        "sender": _("Sent by"),
        "separate": _("Apart from the others"),
        "party": _("Who met"),
    }.get(what, what)


def status_name(status: str) -> str:
    return {
        "open": _("open"),
        "signing": _("to be signed"),
        "accepted": _("on the record"),
        "dropped": _("dropped"),
    }[status]
