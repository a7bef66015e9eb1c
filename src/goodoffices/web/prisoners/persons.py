"""Persons named in an exchange room: who they are, how each stands, and what a side or the intermediary says of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.prisoners.agreeing.agreed import NOT_RETURNED, RETURNED, numbers
from goodoffices.prisoners.named import Person
from goodoffices.secretariat.acts import Step
from goodoffices.secretariat.agreeing import name_of
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.addresses import address
from goodoffices.web.acting.doing import done
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.prisoners.erasing import ERASE, erase
from goodoffices.web.prisoners.finding import Here, here
from goodoffices.web.rooms.actions import Link

PAGE = 100
FOUND = 200
FILTERS = ("all", "listed", "not-listed", "refused", "wish")
COMMANDS = ("refuse-person", "record-wish", "substitute-person")


@dataclass(frozen=True)
class Row:
    """One person. ``standing``: words on what was said of them, and which flow they are in."""

    number: str
    name: str
    born: str
    held_by: str
    categories: str
    flow: str
    standing: tuple[tuple[str, str], ...]


@get_or_post
@login_required
def persons(request: HttpRequest, room: str) -> HttpResponse:
    """The persons, a page at a time. A search, and what is said of somebody, are posted: no address holds either."""
    where = here(request, room)
    why, do = "", request.POST.get("do")
    if do in COMMANDS or do == ERASE:
        try:
            if do == ERASE:
                return erase(request, where)
            return done(request, where.mine, [_step(where, request.POST)])
        except Refusal as refusal:
            why = str(refusal)
    sought = request.POST.get("find", "")[:200].strip() if request.POST.get("do") == "find" else ""
    context = _shown(where, request.GET, sought) | {
        "room": where.view,
        "why": why,
        "given": request.POST,
        "act": randomness.hex_id(),
        "may": {command.replace("-", "_"): where.may(command) for command in (*COMMANDS, ERASE) if where.may(command)},
        "wishes": ((NOT_RETURNED, _("not to be returned")), (RETURNED, _("to be returned"))),
        "withdraw": list(_withdrawals(where)),
        "people": where.people,
        "venue": where.venue,
    }
    return render(request, "prisoners/persons.html", context, status=422 if why else 200)


def _withdrawals(where: Here) -> Iterator[Link]:
    """Of each refusal of the person's side: where it is withdrawn, and whose number it is of."""
    for offer in where.offers:
        if offer.rule.name == "withdraw-refusal":
            refusal = where.agreed.refusals[offer.fields["refusal"]]
            yield Link(_(offer.rule.label), address(where.view.state, offer.rule.name, offer.fields), refusal.number)


def _step(where: Here, given: Mapping[str, Any]) -> Step:
    """What was posted, as a step. What is missing is refused by the command itself."""
    command, number = str(given.get("do")), str(given.get("number", "")).strip().upper()
    reason = str(given.get("reason", "")).strip() or None
    raw: dict[str, Any] = {
        "refuse-person": {"number": number, "reason": reason},
        "record-wish": {"number": number, "wish": given.get("wish", "")},
        "substitute-person": {
            "out": number,
            "into": str(given.get("into", "")).strip().upper(),
            "reason": reason,
        },
    }[command]
    return Step(where.view.id, command, raw)


def _shown(where: Here, query: Mapping[str, Any], sought: str) -> dict[str, Any]:
    """One page of the rows that are asked for."""
    side, standing = where.side(str(query.get("side", ""))), str(query.get("standing", "all"))
    standing = standing if standing in FILTERS else "all"
    every = [p for p in where.named.persons.values() if side is None or p.held_by == side.id]
    going = set(where.agreed.going)
    found = [p for p in every if _is(where, p, standing, going)]
    if sought:
        found = [p for p in found if _holds(where, p, sought.casefold())]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, _number(query.get("page"))), pages)
    rows = found[:FOUND] if sought else found[(page - 1) * PAGE : page * PAGE]
    flows, refusals = flow_of(where), refused_by(where)
    return {
        "rows": [row(where, p, flows, refusals) for p in rows],
        "count": len(found),
        "page": page,
        "pages": pages,
        "sides": where.sides,
        "side": side,
        "standing": standing,
        "filters": _filters(),
        "sought": sought,
    }


def _filters() -> list[tuple[str, str]]:
    words = (_("everybody"), _("on the newest list"), _("not on it"), _("refused"), _("who do not wish to be returned"))
    return list(zip(FILTERS, words, strict=True))


def _is(where: Here, person: Person, standing: str, going: set[str]) -> bool:
    agreed = where.agreed
    match standing:
        case "listed":
            return person.number in going
        case "not-listed":
            return person.number not in going
        case "refused":
            return person.number in agreed.refused
        case "wish":
            wished = agreed.wishes.get(person.number)
            return wished is not None and wished.wish == NOT_RETURNED
        case _:
            return True


def _holds(where: Here, person: Person, sought: str) -> bool:
    return sought in f"{person.number} {name_of(where.people.said.get(person.number))}".casefold()


def _number(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 7 else 1


def flow_of(where: Here) -> dict[str, str]:
    """Number -> the flow it is in on the newest list, in words."""
    newest = where.agreed.newest
    if newest is None:
        return {}
    flows = where.view.find(newest.ref).body["flows"]
    found = dict.fromkeys(numbers(flows), _("counted"))
    found |= dict.fromkeys(flows["uncounted"], _("free of any count"))
    for category, those in flows["all_for_all"].items():
        words = _("all for all: {category}").format(category=where.categories([category]))
        found |= dict.fromkeys(those, words)
    return found


def refused_by(where: Here) -> dict[str, list[str]]:
    """Number -> the names of the sides that refuse it."""
    found: dict[str, list[str]] = {}
    for refusal in where.agreed.refusals.values():
        found.setdefault(refusal.number, []).append(where.names.delegation(refusal.by))
    return found


def row(where: Here, person: Person, flows: Mapping[str, str], refusals: Mapping[str, list[str]]) -> Row:
    said = where.people.said.get(person.number)
    return Row(
        number=person.number,
        name=where.name(person.number),
        born=(said or {}).get("born", ""),
        held_by=where.names.delegation(person.held_by),
        categories=where.categories(person.categories),
        flow=flows.get(person.number, ""),
        standing=tuple(_standing(where, person.number, refusals)),
    )


def _standing(where: Here, number: str, refusals: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for name in refusals.get(number, ()):
        yield "objected", _("refused by {side}").format(side=name)
    wished = where.agreed.wishes.get(number)
    if wished is not None:
        words = _("does not wish to be returned") if wished.wish == NOT_RETURNED else _("wishes to be returned")
        yield ("objected" if wished.wish == NOT_RETURNED else "confirmed"), words
