"""Drawing the list of who goes: a draft by the order the sides have agreed, looked at, changed and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.prisoners.agreeing import drawing, lists
from goodoffices.prisoners.agreeing.lists import Going
from goodoffices.prisoners.agreeing.selecting import Candidate, Selected, selected
from goodoffices.prisoners.named import Person
from goodoffices.secretariat import agreeing
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.doing import done
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.prisoners import listed
from goodoffices.web.prisoners.choices import Numbers, Ordered, categories
from goodoffices.web.prisoners.finding import Here, here


class DrawForm(Ordered, forms.Form):
    """What the sides have agreed: flows, numbers, an order; and who is in or out whatever that order says."""

    keep = forms.BooleanField(required=False)
    uncounted = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    also = Numbers()
    all_for_all = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    imbalance = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    always = Numbers()
    never = Numbers()

    def __init__(self, where: Here, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where = where
        for side in where.sides:
            field = forms.IntegerField(min_value=0, max_value=drawing.MOST, required=False)
            field.label = _("Counted, returning to {side}").format(side=side.name)
            self.fields[f"number_{side.code}"] = field
        self.add_priorities()
        for name in ("uncounted", "all_for_all"):
            field_ = self.fields[name]
            if isinstance(field_, forms.MultipleChoiceField):
                field_.choices = categories()
        for name, (label, help_text) in _words().items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def numbers(self) -> dict[str, int]:
        return {side.code: self.cleaned_data.get(f"number_{side.code}") or 0 for side in self.where.sides}


def _words() -> dict[str, tuple[str, str]]:
    return {
        "keep": (
            _("Begin with the newest list"),
            _("Whoever is on it stays on it, but for those refused, replaced or not wishing to be returned."),
        ),
        "uncounted": (
            _("Free of any count"),
            _(
                "Everybody named here who is in one of these. The Third Geneva Convention (articles 109 and 110) "
                "returns severely wounded and severely ill prisoners of war unconditionally."
            ),
        ),
        "also": (_("And free of any count, by number"), ""),
        "all_for_all": (_("All for all"), _("Everybody named here who is in one of these, whatever their number.")),
        "imbalance": (_("Agreed difference"), _("By how many the sides' numbers may differ. Empty: not at all.")),
        "always": (_("Counted in any case, by number"), ""),
        "never": (_("Not counted, by number"), ""),
    }


@dataclass(frozen=True)
class Draft:
    """A list not yet drawn: as its command takes it, as a table, and what the order left to chance."""

    raw: dict[str, Any]
    persons: tuple[Going, ...]
    selected: Selected

    @property
    def digest(self) -> str:
        return lists.digest(lists.written(self.persons))


@get_or_post
@login_required
def draw(request: HttpRequest, room: str) -> HttpResponse:
    """The form; posting it shows the list that comes of it, and posting that draws it."""
    where = here(request, room)
    if not where.may("draw-list"):
        raise NotFound
    if request.method != "POST":
        return _page(request, where, DrawForm(where, initial=_initial(where)))
    form = DrawForm(where, request.POST)
    if not form.is_valid():
        return _page(request, where, form, status=422)
    draft = drafted(where, form)
    if "draw" not in request.POST:
        return _page(request, where, form, draft)
    if request.POST.get("digest") != draft.digest:
        why = _("The list is another than the one you looked at: the form was changed, or the room has moved on.")
        return _page(request, where, form, draft, why, 422)
    try:
        return done(request, where.mine, [Step(where.view.id, "draw-list", draft.raw)])
    except Refusal as refusal:
        return _page(request, where, form, draft, str(refusal), 422)


def _initial(where: Here) -> dict[str, Any]:
    """Where there is a list, its numbers; otherwise as many as the smaller side has."""
    newest = where.agreed.newest
    found: dict[str, Any] = {"keep": newest is not None, "uncounted": ["severely-wounded"]}
    counts = newest.counted if newest else {}
    free = [len(_free(where, side.id)) for side in where.sides]
    for side in where.sides:
        held = next((s.id for s in where.sides if s.id != side.id), "")
        found[f"number_{side.code}"] = counts.get(held, min(free))
    if newest is not None:
        body = where.view.find(newest.ref).body
        found["imbalance"] = body["imbalance"] or None
        found["all_for_all"] = list(body["flows"]["all_for_all"])
    return found


def _free(where: Here, held_by: str) -> list[Person]:
    """Those a side holds who may go and are not severely wounded."""
    return [p for p in _may_go(where) if p.held_by == held_by and "severely-wounded" not in p.categories]


def _may_go(where: Here) -> Iterator[Person]:
    agreed = where.agreed
    for person in where.named.persons.values():
        if not agreed.stays(person.number) and "deceased" not in person.categories:
            yield person


def drafted(where: Here, form: DrawForm) -> Draft:
    """The list that comes of the form. Call after ``is_valid``."""
    given = form.cleaned_data
    keep, out = _kept(where) if given["keep"] else ([], set())
    left = {p.number: p for p in _may_go(where)}
    uncounted = [n for n, p in left.items() if set(p.categories) & set(given["uncounted"]) or n in given["also"]]
    taken, all_for_all = set(uncounted), []
    for category in given["all_for_all"]:
        those = [n for n, p in left.items() if category in p.categories and n not in taken]
        taken |= set(those)
        all_for_all += [{"category": category, "persons": those}] if those else []
    never = {*given["never"], *out} - set(given["always"])
    order = [n for n in dict.fromkeys((*keep, *left)) if n in left and n not in taken and n not in never]
    found = selected(_candidates(where, left, order), form.numbers(), form.priorities(), [*given["always"], *keep])
    raw = {
        "counted": list(found.ids),
        "all_for_all": all_for_all,
        "uncounted": uncounted,
        "imbalance": given["imbalance"],
    }
    flows = {**raw, "all_for_all": {row["category"]: row["persons"] for row in all_for_all}}
    return Draft(raw, drawing.going(where.view.state, flows), found)


def _candidates(where: Here, left: dict[str, Person], order: list[str]) -> Iterator[Candidate]:
    for number in order:
        person = left[number]
        side = where.side_returned_to(person.held_by)
        if side is not None:
            yield Candidate(number, side.code, tuple(drawing.said(c) for c in person.categories))


def _kept(where: Here) -> tuple[list[str], set[str]]:
    """The counted of the newest list with those who go in others' places, and whose places these are."""
    newest = where.agreed.newest
    if newest is None:
        return [], set()
    since = {s.out: s.into for ref, s in where.agreed.substitutions.items() if ref in newest.upset}
    counted = where.view.find(newest.ref).body["flows"]["counted"]
    return [since.get(n, n) for n in counted], set(since)


def _page(
    request: HttpRequest, where: Here, form: DrawForm, draft: Draft | None = None, why: str = "", status: int = 200
) -> HttpResponse:
    newest = where.agreed.newest
    context: dict[str, Any] = {
        "room": where.view,
        "form": form,
        "why": why,
        "newest": newest,
        "numbers": [form[f"number_{side.code}"] for side in where.sides],
        "priorities": [form[name] for name in form.fields if name.startswith("priority_")],
        "act": randomness.hex_id(),
    }
    if draft is not None:
        before = lists.changes(agreeing.drawn(where.view, newest.ref), draft.persons) if newest else None
        context |= {
            "draft": draft,
            "sides": where.sides,
            "flows": listed.flows(where, draft.persons),
            "faults": list(_faults(where, form, draft)),
            "remarks": list(lists.remarks(draft.persons)),
            "namesakes": _namesakes(where, draft.persons),
            "persons": [listed.shown(where, p) for p in draft.persons],
            "short": _by_side(where, draft.selected.short),
            "cut": _by_side(where, draft.selected.cut),
            "changes": listed.in_words(where, before) if before is not None else None,
        }
    return render(request, "prisoners/draw.html", context, status=status)


def _namesakes(where: Here, persons: Iterable[Going]) -> list[str]:
    """Numbers on the list that bear one name and date of birth, together."""
    going = {p.id for p in persons}
    every = (tuple(n for n in those if n in going) for those in agreeing.namesakes(where.people))
    return [", ".join(those) for those in every if len(those) > 1]


def _faults(where: Here, form: DrawForm, draft: Draft) -> Iterator[str]:
    """Why this list would be refused."""
    names = {side.code: side.name for side in where.sides}
    yield from lists.faults(draft.persons, names, form.cleaned_data["imbalance"] or 0)


def _by_side(where: Here, counts: Any) -> list[tuple[str, int]]:
    return [(side.name, counts[side.code]) for side in where.sides if side.code in counts]
