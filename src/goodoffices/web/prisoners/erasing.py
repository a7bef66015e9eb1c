"""Erasing what is said of one person named in an exchange room: first who it is and what will happen, then the act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.prisoners import named_erasing
from goodoffices.prisoners.named import Person
from goodoffices.readouts import codes
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.secretariat.desk import Receipt
from goodoffices.secretariat.named_erasing import erase_person
from goodoffices.talks.corrections import REASONS
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.doing import act_of, doing
from goodoffices.web.prisoners.finding import Here

ERASE = "erase-named-person"


def erase(request: HttpRequest, where: Here) -> HttpResponse:
    """The person chosen on the page of persons, by number in the form alone. Raises ``Refusal``."""
    person = where.named.persons.get(request.POST.get("number", ""))
    if person is None:
        raise Refusal(_("Choose a person in the table first."))
    why = ""
    if "sure" in request.POST:
        try:
            return _done(request, where, person.number)
        except Refusal as refusal:
            why = str(refusal)
    else:
        _check(where, person)
    context = {
        "room": where.view,
        "number": person.number,
        "name": where.name(person.number),
        "born": where.people.said.get(person.number, {}).get("born", ""),
        "held_by": where.names.delegation(person.held_by),
        "reasons": [(reason, codes.erasure(reason, _)) for reason in REASONS],
        "act": randomness.hex_id(),
        "why": why,
    }
    return render(request, "prisoners/erase.html", context, status=422 if why else 200)


def _done(request: HttpRequest, where: Here, number: str) -> HttpResponse:
    act, reason = act_of(request), request.POST.get("reason", "")

    def do() -> list[Receipt]:
        return erase_person(where.mine, where.view.id, act, number, reason)

    return doing(request, where.mine, act, Step(where.view.id, ERASE, {}), do)


def _check(where: Here, person: Person) -> None:
    seat = where.view.seat()
    if seat is None:
        raise NotFound
    named_erasing.check(where.view.state, seat.delegation, person)
