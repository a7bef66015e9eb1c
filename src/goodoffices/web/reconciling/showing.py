"""What the pages of a matching show of rows and pairs: side by side, with what each field says, for and against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.matched import About, OfList
from goodoffices.prisoners.matching.engine import Reason
from goodoffices.prisoners.matching.found import Pair
from goodoffices.prisoners.rosters import COLUMN, UNDERSTOOD
from goodoffices.prisoners.rosters import Row as OnList
from goodoffices.readouts import codes
from goodoffices.readouts import reconciling as said
from goodoffices.web.reconciling.finding import Here, Matching

KEYS: Mapping[str, tuple[str, ...]] = {
    "surname": ("surname", "name"),
    "given name": ("given", "name"),
    "patronymic": ("patronymic", "father", "name"),
    "date of birth": ("born",),
    "place of birth": ("birthplace",),
    "number": ("personal", "service"),
    "date of capture": ("captured",),
}
"""By what is compared, the fields it may be said of: the first that is there."""
_WHOLE = ("name", "surname", "given", "patronymic")


@dataclass(frozen=True)
class Said:
    """What a field says of a pair. ``bits``: as shown, with its sign; ``way``: ``for``, ``against`` or neither."""

    text: str
    bits: str
    way: str


@dataclass(frozen=True)
class Field:
    """One field of two rows. ``differs``: the texts are not the same, and nothing says that they mean the same."""

    label: str
    left: str
    right: str
    differs: bool
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Line:
    """A row of a list in one line."""

    number: str
    name: str
    born: str
    more: str
    gone: bool


@dataclass(frozen=True)
class Listed:
    """A list of a run, in words."""

    code: str
    of: str
    holds: str
    version: int
    rows: int


@dataclass(frozen=True)
class Opinion:
    """What one person said. ``past``: they said otherwise since, or took it back."""

    who: str
    verdict: str
    seq: int
    grounds: str
    reason: str
    past: bool


@dataclass(frozen=True)
class PairLine:
    """A pair in a table; ``place``: its number in addresses. ``differs``: fields that are not quite the same.

    ``weight``: all bits of its fields together.
    """

    place: int
    left: Line
    right: Line
    certain: bool
    stands: str
    standing: str
    weight: str
    differs: tuple[str, ...]
    waits: bool


def listed(where: Here, of: OfList) -> Listed:
    return Listed(of.code, where.names.delegation(of.by), codes.holds(of.holds, _), of.version, of.rows)


def fields(left: OnList | None, right: OnList | None, reasons: Iterable[Reason]) -> list[Field]:
    """Two rows field by field: what is compared in the order of lists, then columns that were not understood."""
    ours, theirs = (row.said if row is not None else {} for row in (left, right))
    by_key: dict[str, list[Reason]] = {}
    for reason in reasons:
        keys = KEYS.get(reason.field, ())
        key = next((k for k in keys if k in ours or k in theirs), keys[0] if keys else reason.field)
        by_key.setdefault(key, []).append(reason)
    known = [key for key in FIELDS if key != "id" and (key in ours or key in theirs or key in by_key)]
    own = [k for k in dict.fromkeys((*ours, *theirs)) if k.startswith(COLUMN)]
    found = [_field(_(FIELDS[key].label), key, ours, theirs, by_key.get(key, [])) for key in known]
    return found + [_field(key.removeprefix(COLUMN), key, ours, theirs, []) for key in own]


def _field(label: str, key: str, ours: Mapping[str, str], theirs: Mapping[str, str], reasons: list[Reason]) -> Field:
    left, right = _text(ours, key), _text(theirs, key)
    told = tuple(Said(_(r.says), _bits(r.bits), "for" if r.bits > 0 else "against") for r in reasons)
    alike = bool(reasons) and all(r.bits > 0 for r in reasons)
    differs = bool(left and right) and not alike and _plain(ours, key) != _plain(theirs, key)
    return Field(label[:1].upper() + label[1:], left, right, differs, told)


def _text(row: Mapping[str, str], key: str) -> str:
    text, understood = row.get(key, ""), row.get(UNDERSTOOD + key, "")
    return f"{text} ({understood})" if understood and understood != text else text


def _plain(row: Mapping[str, str], key: str) -> str:
    return (row.get(UNDERSTOOD + key) or row.get(key, "")).casefold().strip()


def _bits(bits: float) -> str:
    return f"{'+' if bits > 0 else chr(0x2212)}{abs(bits):.1f}"


def line(row: OnList | None, number: str) -> Line:
    if row is None:
        return Line(number, _("[erased]"), "", "", gone=True)
    more = [row.said[key] for key in ("father", "birthplace", "rank", "unit") if key in row.said]
    return Line(number, name(row.said), row.said.get("born", ""), ", ".join(more), gone=False)


def name(row: Mapping[str, str]) -> str:
    """A person's name as the row has it."""
    return " ".join(row[key] for key in _WHOLE if key in row)


def pair_line(where: Matching, place: int) -> PairLine:
    return _pair_line(where, where.pairs[place], place)


def other_line(where: Matching, pair: Pair) -> PairLine:
    """A pair that is none of those that addresses number."""
    return _pair_line(where, pair, -1)


def _pair_line(where: Matching, pair: Pair, place: int) -> PairLine:
    stands = where.stands(pair)
    right = "left" if where.run.right is None else "right"
    return PairLine(
        place,
        line(where.row("left", pair.left), pair.left),
        line(where.row(right, pair.right), pair.right),
        pair.certain,
        stands,
        said.pair_standing(stands, _),
        weight(pair),
        tuple(f"{_(r.field)}: {_(r.says)}" for r in pair.reasons if not r.says.startswith("the same")),
        where.awaits_me(pair),
    )


def weight(pair: Pair) -> str:
    """What all fields of a pair say together, in bits."""
    return _bits(sum(r.bits for r in pair.reasons)) if pair.reasons else ""


def opinions(where: Matching, about: About | None) -> tuple[list[Opinion], str]:
    """What was said of a pair, oldest first; before this person has judged, only that others have (a sentence)."""
    if about is None:
        return [], ""
    count = len(about.newest.keys() - {where.person})
    if where.person not in about.newest and about.stands in {"waits", "open"}:
        text = ngettext(
            "{n} person has judged this pair. What they said shows once you have judged it, too.",
            "{n} people have judged this pair. What they said shows once you have judged it, too.",
            count,
        )
        return [], text.format(n=count) if count else ""
    entries = {entry.ref: entry for entry in where.view.found(one.ref for one in about.said)}
    words = where.view.words(e.body["reason"] for e in entries.values() if e.body.get("reason"))
    found = []
    for one in about.said:
        body = entries[one.ref].body
        reason = words.get(body["reason"], _("[erased]")) if body.get("reason") else ""
        grounds = ", ".join(said.ground(code, _) for code in body.get("grounds", ()))
        past = one.taken_back or about.newest.get(one.person) != one
        verdict = said.verdict(one.verdict, _)
        found.append(Opinion(where.names.person(one.person), verdict, entries[one.ref].seq, grounds, reason, past))
    return found, ""
