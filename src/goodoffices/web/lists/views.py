"""The page of a room's lists, and of one version of a list: what was found in it, what it changed, leave, its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.prisoners import rosters
from goodoffices.prisoners.filed import Version
from goodoffices.prisoners.leaves import LEAVES, MAY
from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.lists.telling import findings as told
from goodoffices.prisoners.rosters import COLUMN, UNDERSTOOD, Changes, Roster, Row
from goodoffices.readouts import codes
from goodoffices.secretariat import lists
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.lists import Gone, KeyMissing
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.lists.finding import Here, act, here, joinable, names_own, version
from goodoffices.web.lists.results import told_of

PAGE = 100  # rows a page of a list shows
CHANGES = 200  # changed rows shown
_NOTHING = "\N{EN DASH}"
_NAMES = ("name", "surname", "given", "patronymic")


@dataclass(frozen=True)
class Listed:
    """A list of the room, in its newest version."""

    version: Version
    holds: str
    at: str


@dataclass(frozen=True)
class Shown:
    """A row as the page shows it; ``citation`` names it in forms. ``own``: the list's own number."""

    number: str
    own: str
    citation: str
    name: str
    born: str
    rest: tuple[tuple[str, str], ...]


@get_or_post
@login_required
def of_room(request: HttpRequest, room: str) -> HttpResponse:
    """The lists of a room; posting joins it to the room where the intermediary was accepted."""
    found = here(request, room)
    fault = ""
    if request.method == "POST":
        try:
            raw = {"exchange": request.POST.get("exchange", "")}
            receipts = found.mine.act(Request(act(request), (Step(room, "join-lists", raw),)))
            return acknowledged(request, receipts, act(request), reverse("lists", args=[room]))
        except Refusal as refusal:
            fault = str(refusal)
    context = found.frame() | {
        "lists": [_listed(found, ref) for ref in found.state.newest.values()],
        "joinable": [(view.id, view.seats.name) for view in joinable(found)],
        "can_join": found.pair is not None and found.pair[1] == found.acting and not found.joined,
        "fault": fault,
    }
    return render(request, "lists/room.html", context, status=422 if fault else 200)


def _listed(found: Here, ref: str) -> Listed:
    known = found.state.versions[ref]
    return Listed(known, codes.holds(known.holds, _), found.view.entry(known.seq).header.at)


@get_or_post
@login_required
def one(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """One version of a list. A search is posted, so that no name stands in an address; it writes nothing."""
    found = here(request, room)
    return render(request, "lists/one.html", _one(request, found, version(found, seq)))


@get_or_post
@login_required
def leave(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Give or withdraw leave; only posted to, from the list's page."""
    found = here(request, room)
    known = version(found, seq)
    if request.method != "POST" or not found.files:
        raise NotFound
    command = "withdraw-leave" if request.POST.get("says") == "withdraw" else "give-leave"
    raw = {"list": known.ref, "what": request.POST.get("what", ""), "numbers": request.POST.get("numbers", "").strip()}
    try:
        if raw["what"] not in MAY[known.holds] or not raw["numbers"]:
            raise Refusal(_("Say what may be told, and of which numbers: all, or numbers such as 3, 7-9."))
        receipts = found.mine.act(Request(act(request), (Step(room, command, raw, found.on_behalf),)))
    except Refusal as refusal:
        context = _one(request, found, known) | {"fault": str(refusal), **raw}
        return render(request, "lists/one.html", context, status=422)
    return acknowledged(request, receipts, act(request), _address(found, known) + "#leave")


def _address(found: Here, known: Version) -> str:
    behalf = f"?for={found.on_behalf}" if found.on_behalf else ""
    return reverse("list", args=[found.view.id, known.seq]) + behalf


def _one(request: HttpRequest, found: Here, known: Version) -> dict[str, Any]:
    view = found.view
    versions = [(v, view.entry(v.seq).header.at) for v in reversed(found.state.all_of(known.code)) if v.by == known.by]
    newest = found.state.of(known.code)
    context = found.frame() | {
        "version": known,
        "holds": codes.holds(known.holds, _),
        "at": view.entry(known.seq).header.at,
        "versions": versions,
        "is_newest": newest is not None and newest.ref == known.ref,
        "leaves": list(_leaves(found, known)),
        "may": [(what, codes.leave(what, _)) for what in MAY[known.holds]],
        "erases": found.erases(known),
        "names_own": names_own(found, known),
    }
    try:
        return context | _rows(request, found, known)
    except (Gone, KeyMissing) as gone:
        return context | {"gone": str(gone)}


def _leaves(found: Here, known: Version) -> Iterator[tuple[str, str]]:
    """What was said of leave, in words, newest last."""
    for said in reversed(found.view.state[LEAVES].of(known.code)):
        numbers = _("all") if said.numbers == "all" else said.numbers
        given = _("given for {numbers}") if said.given else _("withdrawn for {numbers}")
        yield given.format(numbers=numbers), codes.leave(said.what, _)


def _rows(request: HttpRequest, found: Here, known: Version) -> dict[str, Any]:
    roster, notes = lists.read(found.view, known.ref), lists.notes(found.view, known.ref)
    query = request.POST.get("q", "")[:200].strip()
    wanted = [row for row in roster.rows if _says(row, query)] if query else list(roster.rows)
    start = _start(request, len(wanted)) if not query else 0
    return {
        "findings": list(told(notes.findings, notes.headings)),
        "read_as": notes.read_as,
        "aside": [shown(row) for row in roster.aside[:PAGE]],
        "more_aside": max(0, len(roster.aside) - PAGE),
        "erased": len(roster.erased),
        "query": query,
        "rows": [shown(row) for row in wanted[start : start + PAGE]],
        "first": start + 1,
        "last": min(start + PAGE, len(wanted)),
        "count": len(wanted),
        "before": start - PAGE + 1 if start else None,
        "after": start + PAGE + 1 if start + PAGE < len(wanted) else None,
        "changed": _changed(found, known, roster),
        "results": told_of(found.view, known, roster),
    }


def _start(request: HttpRequest, count: int) -> int:
    text = request.GET.get("from", "")
    known = text.isascii() and text.isdecimal() and len(text) < 9
    return min(max(int(text) - 1, 0), max(count - 1, 0)) if known else 0


def _says(row: Row, query: str) -> bool:
    wanted = query.casefold()
    return row.number == query or any(wanted in text.casefold() for text in row.said.values())


def shown(row: Row) -> Shown:
    """Name and birth by themselves, whatever else is said after."""
    said = row.said
    name = " ".join(said[key] for key in _NAMES if key in said)
    rest = tuple((label(key), said[key]) for key in _ordered(said) if key not in {*_NAMES, "id", "born"} and _own(key))
    born = said.get("born", "")
    meant = said.get(UNDERSTOOD + "born", born)
    return Shown(
        row.number, said.get("id", ""), row.citation, name, born if born == meant else f"{born} ({meant})", rest
    )


def _ordered(said: Mapping[str, str]) -> list[str]:
    """Fields in the order in which a list is usually read, then columns by their headings."""
    return [*(key for key in FIELDS if key in said), *sorted(key for key in said if key not in FIELDS)]


def _own(key: str) -> bool:
    return not key.startswith(UNDERSTOOD)


def label(key: str) -> str:
    """A field as a person calls it; a column by its heading."""
    if key.startswith(COLUMN):
        return key.removeprefix(COLUMN)
    field = FIELDS.get(key.removeprefix(UNDERSTOOD))
    name = field.label if field is not None else key
    return _("{field} as understood").format(field=name) if key.startswith(UNDERSTOOD) else name


@dataclass(frozen=True)
class Changed:
    """What this version changed of the one before: rows added and gone, and each altered field, before and now."""

    seq: int
    added: tuple[Shown, ...]
    gone: tuple[Shown, ...]
    altered: tuple[tuple[Shown, tuple[tuple[str, str, str], ...]], ...]
    counts: tuple[int, int, int]


def _changed(found: Here, known: Version, roster: Roster) -> Changed | None:
    before = found.state.versions.get(known.replaces or "")
    if before is None or before.erased:
        return None
    try:
        old = lists.read(found.view, before.ref)
    except (Gone, KeyMissing):
        return None
    return _compared(before.seq, old, roster, rosters.changes(old, roster))


def _compared(seq: int, old: Roster, new: Roster, made: Changes) -> Changed:
    altered = tuple(
        (shown(new.by_number[number]), tuple(_fields(old.by_number[number], new.by_number[number], keys)))
        for number, keys in list(made.altered.items())[:CHANGES]
    )
    return Changed(
        seq,
        tuple(shown(new.by_number[number]) for number in made.added[:CHANGES]),
        tuple(shown(old.by_number[number]) for number in made.gone[:CHANGES]),
        altered,
        (len(made.added), len(made.gone), len(made.altered)),
    )


def _fields(old: Row, new: Row, keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for key in keys:
        if _own(key) or keys == (key,):
            yield label(key), old.said.get(key, _NOTHING), new.said.get(key, _NOTHING)
