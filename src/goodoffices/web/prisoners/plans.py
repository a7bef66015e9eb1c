"""One plan: timeline and flows, who goes where, its manifests to be printed, its files, and accepting it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goodoffices.prisoners.agreeing.plans import PlanProposed
from goodoffices.prisoners.planning import drawing
from goodoffices.prisoners.planning import manifests as sheets_
from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.labels import LANGUAGES, label
from goodoffices.prisoners.planning.plan import Plan
from goodoffices.secretariat import planning
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.secretariat.agreeing import name_of
from goodoffices.secretariat.cabinet import KeyMissing
from goodoffices.secretariat.locked import Gone
from goodoffices.secretariat.planning import FILES, Read
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.doing import done
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.prisoners.finding import Here, here
from goodoffices.web.prisoners.views import said

_MEDIA = {"yaml": "text/yaml", "csv": "text/csv"}
_LABELS = (
    *("manifest", "exchange", "stage", "day", "point", "side", "bus", "total", "seats", "stretchers"),
    *("number", "person", "name", "place", "group", "boarded", "received", "signature", "handed", "taken over"),
    *("neutral", "names"),
)


@dataclass(frozen=True)
class Cell:
    """One stage at one point: how many return to each side, each with the side's name."""

    stage: int
    day: str
    point: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Waiting:
    """Somebody on the list who goes in no stage."""

    number: str
    name: str


@dataclass(frozen=True)
class Rider:
    number: str
    name: str
    place: str
    group: str


@dataclass(frozen=True)
class Sheet:
    """One bus. ``facts``: what stands above its riders, label and text."""

    facts: tuple[tuple[str, str], ...]
    riders: tuple[Rider, ...]


@get_or_post
@login_required
def plan(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """The plan that entry ``seq`` proposed; posting accepts it."""
    where = here(request, room)
    proposed = of(where, seq)
    why = ""
    if request.method == "POST":
        try:
            return done(request, where.mine, [Step(where.view.id, "accept-plan", {"plan": proposed.ref})])
        except Refusal as refusal:
            why = str(refusal)
    newest, standing = where.plans.newest, planning.standing(where.view.state)
    drawn = where.agreed.lists.get(proposed.list)
    context: dict[str, Any] = {
        "room": where.view,
        "plan": proposed,
        "by": where.names.delegation(proposed.by),
        "entry": where.view.entry(seq),
        "drawn": drawn,
        "of_standing_list": planning.agreed(where.view.state) == drawn,
        "said": said(where, proposed.accepted),
        "stands": standing is not None and standing.ref == proposed.ref,
        "replaces": where.plans.all.get(proposed.replaces or ""),
        "newer": newest if newest is not None and newest.ref != proposed.ref else None,
        "acceptable": any(o.rule.name == "accept-plan" and o.fields["plan"] == proposed.ref for o in where.offers),
        "links": where.links("propose-plan"),
        "act": randomness.hex_id(),
        "why": why,
        "venue": where.venue,
    }
    context |= _read(where, proposed)
    return render(request, "prisoners/plan.html", context, status=422 if why else 200)


def _read(where: Here, proposed: PlanProposed) -> dict[str, Any]:
    """What the plan's files say, or why they cannot be opened."""
    try:
        read = planning.read(where.view, proposed.ref)
    except (Gone, KeyMissing) as error:
        return {"unreadable": str(error)}
    return {
        **pictures(read.instance, read.plan),
        "instance": read.instance,
        "cells": cells(read.instance, read.plan),
        "over": {stage.number for stage in proposed.stages if stage.over},
        "waiting": waiting(where, planning.not_going(read.instance, read.plan.seats)),
        "going": [(*row, where.name(row[0])) for row in _going(read)],
        "languages": languages(read.instance),
        "files": FILES,
    }


def _going(read: Read) -> Iterable[tuple[str, int, str, int]]:
    """Number, stage, point and bus of everybody who goes."""
    for number, seat in read.plan.seats.items():
        yield number, seat.stage, read.instance.name_of(seat.point), seat.bus


def of(where: Here, seq: int) -> PlanProposed:
    """The plan that entry ``seq`` proposed. Raises ``NotFound``."""
    found = where.plans.all.get(where.view.entry(seq).ref)
    if found is None:
        raise NotFound
    return found


def pictures(instance: Instance, plan: Plan) -> dict[str, str]:
    """The two drawings of a plan."""
    return {"timeline": drawing.timeline(instance, plan, "en"), "flow": drawing.flows(instance, plan, "en")}


def cells(instance: Instance, plan: Plan) -> list[Cell]:
    """Every stage at every point where somebody is handed over."""
    side = {person.id: person.side for person in instance.persons}
    counts = Counter((seat.cell, side[number]) for number, seat in plan.seats.items())
    return [
        Cell(
            stage,
            instance.stages[stage - 1].day.isoformat(),
            instance.name_of(point),
            tuple((one.name, counts[(stage, point), one.code]) for one in instance.sides),
        )
        for stage, point in instance.cells()
        if any(counts[(stage, point), one.code] for one in instance.sides)
    ]


def waiting(where: Here, numbers: Iterable[str]) -> list[Waiting]:
    return [Waiting(number, where.name(number)) for number in numbers]


def languages(instance: Instance) -> list[tuple[str, str]]:
    """English and the sides' languages, by code and name."""
    names = {"en": "English", "uk": "Українська", "ru": "Русский"}
    return [(code, names[code]) for code in dict.fromkeys(("en", *(side.language for side in instance.sides)))]


@require_safe
@login_required
def manifests(request: HttpRequest, room: str, seq: int, language: str) -> HttpResponse:
    """A sheet for each bus, with names, to be printed. Names go from the roster into this page alone."""
    where = here(request, room)
    proposed = of(where, seq)
    if language not in LANGUAGES:
        raise NotFound
    context: dict[str, Any] = {"room": where.view, "plan": proposed, "language": language}
    try:
        read = planning.read(where.view, proposed.ref)
    except (Gone, KeyMissing) as error:
        context["unreadable"] = str(error)
    else:
        stages = list(read.instance.numbers())
        stage = next((n for n in stages if str(n) == request.GET.get("stage")), None)
        context |= {"stages": stages, "stage": stage}
        context["sheets"] = [
            _sheet(where, read.instance, one, language)
            for one in sheets_.sheets(read.instance, read.plan)
            if stage in {None, one.stage}
        ]
        context["words"] = {key.replace(" ", "_"): label(key, language) for key in _LABELS}
    return render(request, "prisoners/manifests.html", context)


def _sheet(where: Here, instance: Instance, sheet: sheets_.Sheet, language: str) -> Sheet:
    riders = tuple(
        Rider(row.person, _name(where, row.person, language), label(row.place, language), row.group)
        for row in sheet.rows
    )
    return Sheet(tuple(sheets_.facts(instance, sheet, language)), riders)


def _name(where: Here, number: str, language: str) -> str:
    """What somebody is called; of somebody erased, that they were, in the language of the sheet."""
    erased = number in where.people.erased
    return f"[{label('erased', language)}]" if erased else name_of(where.people.said.get(number))


@require_safe
@login_required
def file(request: HttpRequest, room: str, seq: int, name: str) -> HttpResponse:
    """One of the three files of a plan."""
    where = here(request, room)
    proposed = of(where, seq)
    if name not in FILES:
        raise NotFound
    try:
        read = planning.read(where.view, proposed.ref)
    except (Gone, KeyMissing) as error:
        raise NotFound from error
    text = dict(zip(FILES, (read.files.instance, read.files.persons, read.table), strict=True))[name]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{_MEDIA[name.rsplit('.', 1)[-1]]}; charset=utf-8", headers=headers)
