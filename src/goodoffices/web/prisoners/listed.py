"""One list of who goes: its flows, what changed of the one before, its digest, and the file anybody can digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.prisoners.agreeing import lists
from goodoffices.prisoners.agreeing.agreed import Drawn
from goodoffices.prisoners.agreeing.lists import Changes, Going
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, COUNTED, UNCOUNTED
from goodoffices.secretariat import agreeing
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.doing import done
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.prisoners.finding import Here, here
from goodoffices.web.prisoners.views import said


@dataclass(frozen=True)
class Flow:
    """How many of one flow return to each side, each with the side's name. ``note``: what the page says of it."""

    name: str
    counts: tuple[tuple[str, int], ...]
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """One person on a list, or of a change."""

    number: str
    name: str
    side: str
    flow: str
    categories: str


@get_or_post
@login_required
def listed(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """The list that entry ``seq`` drew; posting confirms it."""
    where = here(request, room)
    drawn = of(where, seq)
    why = ""
    if request.method == "POST":
        raw = {"list": drawn.ref, "digest": request.POST.get("digest", "").strip().lower()}
        try:
            return done(request, where.mine, [Step(where.view.id, "confirm-agreed-list", raw)])
        except Refusal as refusal:
            why = str(refusal)
    persons = agreeing.drawn(where.view, drawn.ref)
    body = where.view.find(drawn.ref).body
    earlier = where.agreed.lists.get(body["replaces"] or "")
    changes = agreeing.before(where.view, drawn.ref)
    confirmable = any(o.rule.name == "confirm-agreed-list" and o.fields["list"] == drawn.ref for o in where.offers)
    context = {
        "room": where.view,
        "drawn": drawn,
        "by": where.names.delegation(drawn.by),
        "entry": where.view.entry(seq),
        "sides": where.sides,
        "flows": flows(where, persons),
        "imbalance": body["imbalance"],
        "remarks": list(lists.remarks(persons)),
        "persons": [shown(where, p) for p in persons],
        "people": where.people,
        "earlier": earlier,
        "changes": in_words(where, changes) if changes is not None else None,
        "said": said(where, drawn.confirmed),
        "upset": upset(where, drawn),
        "stands": where.agreed.stands(where.parties) == drawn,
        "newer": where.agreed.newest if where.agreed.newest != drawn else None,
        "confirmable": confirmable,
        "act": randomness.hex_id(),
        "why": why,
        "venue": where.venue,
        "links": where.links("propose-plan"),
    }
    return render(request, "prisoners/listed.html", context, status=422 if why else 200)


@require_safe
@login_required
def file(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """The list as a table; its bytes are those whose digest is confirmed."""
    where = here(request, room)
    text = agreeing.table(agreeing.drawn(where.view, of(where, seq).ref))
    headers = {"Content-Disposition": 'attachment; filename="agreed.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def of(where: Here, seq: int) -> Drawn:
    """The list that entry ``seq`` drew. Raises ``NotFound``."""
    drawn = where.agreed.lists.get(where.view.entry(seq).ref)
    if drawn is None:
        raise NotFound
    return drawn


def flows(where: Here, persons: Iterable[Going]) -> list[Flow]:
    """Each flow with how many return to each side."""
    counts = Counter((p.flow, p.side) for p in persons)
    found = dict.fromkeys(flow for flow, _side in counts)
    return [
        Flow(in_flow(flow), tuple((side.name, counts[flow, side.code]) for side in where.sides), _note(flow))
        for flow in found
    ]


def in_flow(flow: str) -> str:
    """A flow in words."""
    if flow.startswith(ALL_FOR_ALL):
        return _("All for all: {category}").format(category=flow.removeprefix(ALL_FOR_ALL))
    return {COUNTED: _("Counted, one for one"), UNCOUNTED: _("Free of any count")}[flow]


def _note(flow: str) -> str:
    if flow != UNCOUNTED:
        return ""
    return _(
        "Kept apart from the count. The Third Geneva Convention (articles 109 and 110) returns severely wounded and "
        "severely ill prisoners of war unconditionally: nothing is owed for them."
    )


def shown(where: Here, person: Going) -> Shown:
    side = where.side(person.side)
    side_name, categories = side.name if side else person.side, ", ".join(person.categories)
    return Shown(person.id, where.name(person.id), side_name, in_flow(person.flow), categories)


def in_words(where: Here, changes: Changes) -> dict[str, list[Shown] | list[tuple[Shown, str]]]:
    return {
        "came": [shown(where, p) for p in changes.came],
        "went": [shown(where, p) for p in changes.went],
        "altered": [(shown(where, new), in_flow(old.flow)) for old, new in changes.altered],
    }


def upset(where: Here, drawn: Drawn) -> list[tuple[str, int]]:
    """What touched somebody on this list since it was drawn, in words, with the entry's seq."""
    words = {
        "person-refused": _("A side refused somebody on this list."),
        "wish-recorded": _("Somebody on this list does not wish to be returned."),
        "person-substituted": _("Somebody goes in another's place."),
    }
    return [(words[e.kind], e.seq) for e in where.view.found(drawn.upset)]
