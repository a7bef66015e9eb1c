"""The page of an exchange of prisoners in one room: how far it is, its lists and its plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.prisoners.agreeing.agreed import Drawn
from goodoffices.prisoners.agreeing.plans import PlanProposed
from goodoffices.talks.answers import Answer
from goodoffices.web.prisoners.finding import Here, Side, here

COMMANDS = (
    *("accept-intermediary", "accept-plan", "confirm-agreed-list", "propose-plan", "draw-list"),
    *("refuse-person", "record-wish", "propose-intermediary", "decline-intermediary"),
)


@dataclass(frozen=True)
class Count:
    """How many a side has named, and what of them."""

    side: Side
    named: int
    refused: int
    wishes: int
    listed: int


@dataclass(frozen=True)
class Said:
    """What one party said to a list or a plan: ``how`` is signed, entered or minuted; empty where it has not."""

    name: str
    how: str
    seq: int | None


@dataclass(frozen=True)
class ListRow:
    drawn: Drawn
    by: str
    counted: tuple[tuple[str, int], ...]
    said: tuple[Said, ...]
    stands: bool
    newest: bool


@dataclass(frozen=True)
class PlanRow:
    plan: PlanProposed
    by: str
    list_seq: int | None
    said: tuple[Said, ...]
    stands: bool
    newest: bool


@require_safe
@login_required
def overview(request: HttpRequest, room: str) -> HttpResponse:
    """How far it is, and what the person may do."""
    where = here(request, room)
    accepted = where.intermediary
    context = {
        "room": where.view,
        "venue": where.venue,
        "intermediary": where.names.delegation(accepted.delegation) if accepted else None,
        "counts": list(counts(where)),
        "lists": list(list_rows(where))[::-1],
        "plans": list(plan_rows(where))[::-1],
        "links": where.links(*COMMANDS),
        "handover": where.plans.stands(where.parties) is not None,
    }
    return render(request, "prisoners/overview.html", context)


def counts(where: Here) -> Iterator[Count]:
    """Of each side: those it holds."""
    agreed = where.agreed
    going = set(agreed.going)
    for side in where.sides:
        numbers = [p.number for p in where.named.held_by(side.id)]
        stays = [n for n in numbers if agreed.stays(n)]
        refused = sum(n in agreed.refused for n in stays)
        yield Count(side, len(numbers), refused, len(stays) - refused, sum(n in going for n in numbers))


def list_rows(where: Here) -> Iterator[ListRow]:
    standing = where.agreed.stands(where.parties)
    newest = where.agreed.newest
    for drawn in where.agreed.lists.values():
        yield ListRow(
            drawn,
            where.names.delegation(drawn.by),
            tuple((where.names.delegation(held_by), n) for held_by, n in drawn.counted.items()),
            said(where, drawn.confirmed),
            standing is not None and standing.ref == drawn.ref,
            newest is not None and newest.ref == drawn.ref,
        )


def plan_rows(where: Here) -> Iterator[PlanRow]:
    standing = where.plans.stands(where.parties)
    newest = where.plans.newest
    for plan in where.plans.all.values():
        of = where.agreed.lists.get(plan.list)
        yield PlanRow(
            plan,
            where.names.delegation(plan.by),
            of.seq if of else None,
            said(where, plan.accepted),
            standing is not None and standing.ref == plan.ref,
            newest is not None and newest.ref == plan.ref,
        )


def said(where: Here, answers: Mapping[str, Answer]) -> tuple[Said, ...]:
    """What each party said, those that have not answered too."""
    seqs = {e.ref: e.seq for e in where.view.found(a.ref for a in answers.values())}
    words = {"signed": _("signed"), "entered": _("entered by the host's server"), "minuted": _("minuted")}
    return tuple(
        Said(
            where.names.delegation(party),
            words[answers[party].how] if party in answers else "",
            seqs.get(answers[party].ref) if party in answers else None,
        )
        for party in where.parties
    )
