"""Making a plan of the agreed list: the form, what comes of it or what conflicts, and proposing it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing import instances
from goodoffices.prisoners.agreeing.instances import Wanted
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.prisoners.handover.outcomes import NOT_PRODUCED, REFUSED
from goodoffices.prisoners.planning import making, reporting
from goodoffices.prisoners.planning.explaining import Conflict
from goodoffices.prisoners.planning.program import OutOfTime
from goodoffices.secretariat import planning
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.secretariat.cabinet import CabinetUnusable, KeyMissing
from goodoffices.secretariat.locked import Gone
from goodoffices.secretariat.planning import SECONDS, Made
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.doing import act_of, doing
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.prisoners import plans
from goodoffices.web.prisoners.finding import Here, here
from goodoffices.web.prisoners.form import PlanForm, initial

MORE = 4  # blank rows more, when they are asked for


@get_or_post
@login_required
def propose(request: HttpRequest, room: str) -> HttpResponse:
    """The form; posting it shows the plan that comes of it, and posting that proposes it."""
    where = here(request, room)
    if not where.may("propose-plan"):
        raise NotFound
    if request.method != "POST":
        given = initial(where, _earlier(where), _title(where)) | _happened(where)
        return _page(request, where, PlanForm(where, initial=given))
    more = next((name for name in ("stages", "points", "convoys") if f"more-{name}" in request.POST), None)
    if more is not None:
        return _page(request, where, PlanForm(where, _with_more(request, more)))
    form = PlanForm(where, request.POST)
    if not form.is_valid():
        return _page(request, where, form, status=422)
    return _made(request, where, form)


def _made(request: HttpRequest, where: Here, form: PlanForm) -> HttpResponse:
    try:
        made = planning.made(where.view, form.wanted(), form.happened())
    except BadFile as error:
        return _page(request, where, form, why=error.why, status=422)
    except OutOfTime:
        why = _("No plan was found in {n} seconds. Ask for less: fewer points, stages or groups.").format(
            n=int(SECONDS)
        )
        return _page(request, where, form, why=why, status=422)
    except making.NoPlan as error:
        return _page(request, where, form, conflict=error.conflict, status=422)
    if "propose" not in request.POST:
        return _page(request, where, form, made)
    if request.POST.get("digest") != made.digest:
        why = _("The plan is another than the one you looked at: the form was changed, or the room has moved on.")
        return _page(request, where, form, made, why, status=422)
    return _proposed(request, where, form, made)


def _proposed(request: HttpRequest, where: Here, form: PlanForm, made: Made) -> HttpResponse:
    first = Step(where.view.id, "propose-plan", {})
    try:
        act = act_of(request)
        return doing(request, where.mine, act, first, lambda: planning.propose(where.mine, where.view.id, act, made))
    except (Refusal, CabinetUnusable) as refusal:
        return _page(request, where, form, made, str(refusal), status=422)


def _earlier(where: Here) -> Wanted | None:
    """What the newest plan was made from, if it can be read."""
    newest = where.plans.newest
    if newest is None:
        return None
    try:
        return instances.wanted(planning.read(where.view, newest.ref).instance)
    except (Gone, KeyMissing, BadFile):
        return None


def _happened(where: Here) -> dict[str, Any]:
    """What the handover says of the plan both sides accepted: which stages are over, and who did not go after all."""
    over, back, going = 0, [], set(where.agreed.going)
    for stage in where.view.state[HANDOVER].course.stages.values():
        if not stage.complete or stage.number != over + 1:
            break
        over = stage.number
        not_gone = (n for n, outcome in stage.outcome.items() if outcome.what in {REFUSED, NOT_PRODUCED})
        back += [n for n in not_gone if n in going]
    return {"done": over or None, "back": " ".join(back)}


def _title(where: Here) -> str:
    return where.names.text(where.view.seats.title) or where.view.seats.talks_name


def _with_more(request: HttpRequest, name: str) -> dict[str, Any]:
    """What was posted, with more rows in one table."""
    data: dict[str, Any] = request.POST.dict()
    key = f"{name}-TOTAL_FORMS"
    total = str(data.get(key, ""))
    if re.fullmatch("[0-9]{1,3}", total):
        data[key] = str(int(total) + MORE)
    return data


def _page(
    request: HttpRequest,
    where: Here,
    form: PlanForm,
    made: Made | None = None,
    why: str = "",
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = planning.standing(where.view.state)
    context: dict[str, Any] = {
        "room": where.view,
        "form": form,
        "tables": form.tables,
        "why": why,
        "conflict": conflict,
        "standing": standing,
        "newest": where.plans.newest,
        "act": randomness.hex_id(),
        "priorities": [form[name] for name in form.fields if name.startswith("priority_")],
        "then": [form[f"then_{n}"] for n in (1, 2, 3)],
        "languages": [form[f"language_{side.code}"] for side in where.sides],
    }
    if made is not None:
        context |= {
            "made": made,
            "report": list(reporting.report(made.problem, made.plan)),
            "changed": list(reporting.changes(made.problem, made.plan)) if made.problem.again else [],
            **plans.pictures(made.instance, made.plan),
            "cells": plans.cells(made.instance, made.plan),
            "waiting": plans.waiting(where, planning.not_going(made.instance, made.plan.seats)),
        }
    return render(request, "prisoners/propose.html", context, status=status)
