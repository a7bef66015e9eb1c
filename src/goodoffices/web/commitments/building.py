"""Building a commitment's terms: one clause chosen at a time, added to the text, and the whole shown as understood.

What can be chosen is what the small language can say (``commitments.language``); the text field takes all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import msgspec
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodoffices.commitments import language
from goodoffices.commitments.durations import MOST, UNITS, Duration, Unit
from goodoffices.commitments.kept import COMMITMENTS, Commitments
from goodoffices.commitments.language import BadTerms
from goodoffices.commitments.making import circle
from goodoffices.commitments.terms import All, Condition, Day, Happens, Holds, Not, Point, Terms, said
from goodoffices.commitments.terms import Any as Either
from goodoffices.readouts.terms import explained
from goodoffices.secretariat.desk import RoomView
from goodoffices.talks.scene import Rule
from goodoffices.web.acting.choosing import Choosing
from goodoffices.web.acting.form import CommandForm, again

PREFIX = "build"
TIMED = frozenset({"within", "for"})

CLAUSES = (
    ("", "—"),
    ("after", gettext_lazy("It binds only after …")),
    ("within", gettext_lazy("It is due within a time of …")),
    ("by", gettext_lazy("It is due by …")),
    ("for", gettext_lazy("It lasts for a time")),
    ("until", gettext_lazy("It is owed until …")),
    ("unless", gettext_lazy("Nothing is owed once …")),
)
POINTS = (
    ("happened", gettext_lazy("happens")),
    ("began", gettext_lazy("begins")),
    ("ended", gettext_lazy("ends")),
    ("holds", gettext_lazy("holds (for the time below, if one is given)")),
    ("committed", gettext_lazy("is committed to (by whom is below, if anybody in particular)")),
    ("fulfilled", gettext_lazy("is fulfilled (a commitment of this room)")),
    ("failed", gettext_lazy("has failed (a commitment of this room)")),
    ("day", gettext_lazy("comes (a day, such as 2025-06-01)")),
)
HOW = (("consecutive", gettext_lazy("without a break")), ("in-all", gettext_lazy("in all")))


class Clause(forms.Form):
    """One clause, with up to two conditions."""

    clause = forms.ChoiceField(label=gettext_lazy("What the clause says"), choices=CLAUSES, required=False)
    count = forms.IntegerField(label=gettext_lazy("Time: how many"), min_value=1, max_value=MOST, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Time: of what"), choices=[(u, u) for u in UNITS], required=False)
    join = forms.ChoiceField(
        label=gettext_lazy("And a second condition"),
        choices=[("", "—"), ("and", gettext_lazy("both must be so")), ("or", gettext_lazy("one of them is enough"))],
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=PREFIX)
        for n in ("1", "2"):
            for name, field in _of_condition().items():
                self.fields[f"{name}{n}"] = field

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("clause", "count", "unit")]

    def conditions(self) -> Iterator[list[forms.BoundField]]:
        for n in ("1", "2"):
            yield [self[f"{name}{n}"] for name in _of_condition()]

    def terms(self) -> Terms:
        """The clause chosen. Call after ``is_valid``. Raises ``BadTerms``."""
        chosen = self.cleaned_data["clause"]
        if chosen == "for":
            return Terms(lasting=self._duration())
        condition = self._condition()
        if chosen == "within":
            return Terms(within=self._duration(), of=condition)
        return msgspec.structs.replace(Terms(), **{chosen: condition})

    def _duration(self) -> Duration:
        count = self.cleaned_data["count"]
        if count is None:
            raise BadTerms(_("Say how long: a number and what of, such as 10 days."), 0)
        return Duration(count, cast("Unit", self.cleaned_data["unit"] or UNITS[0]))

    def _condition(self) -> Condition:
        first, join = self._one("1"), self.cleaned_data["join"]
        if not join:
            return first
        parts = (first, self._one("2"))
        return All(parts) if join == "and" else Either(parts)

    def _one(self, n: str) -> Condition:
        data = {name: self.cleaned_data[f"{name}{n}"] for name in _of_condition()}
        if not data["what"].strip():
            raise BadTerms(_("Name the event, the commitment or the day that the condition is about."), 0)
        found = _thing(data)
        return Not(found) if data["no"] else found


def _of_condition() -> dict[str, forms.Field]:
    """The fields of one condition."""
    known = forms.TextInput(attrs={"list": "terms-known", "autocomplete": "off"})
    return {
        "what": forms.CharField(label=_("Event, commitment or day"), max_length=200, required=False, widget=known),
        "point": forms.ChoiceField(label=_("What of it"), choices=POINTS, required=False),
        "whose": forms.CharField(label=_("Who commits"), max_length=200, required=False),
        "held": forms.IntegerField(label=_("Holds: how many"), min_value=1, max_value=MOST, required=False),
        "held_unit": forms.ChoiceField(label=_("Holds: of what"), choices=[(u, u) for u in UNITS], required=False),
        "how": forms.ChoiceField(label=_("Holds: counted"), choices=HOW, required=False),
        "no": forms.BooleanField(label=_("Not: the opposite of it"), required=False),
    }


def _thing(data: Mapping[str, Any]) -> Condition:
    what, point = data["what"].strip(), data["point"] or "happened"
    if point == "day":
        return Day(_day(what))
    event = language.code(what)
    if point == "holds":
        held = Duration(data["held"], data["held_unit"] or UNITS[0]) if data["held"] is not None else None
        return Holds(event, held, held is not None and data["how"] == "in-all")
    whose = data["whose"].strip() if point == "committed" else ""
    return Happens(event, cast("Point", point), language.code(whose) if whose else None)


def _day(what: str) -> str:
    found = language.parse(f"by {what}").by
    if not isinstance(found, Day):
        raise BadTerms(_("“{what}” is no day; write one like 2025-06-01.").format(what=what), 0)
    return found.at


@dataclass(frozen=True)
class Understood:
    """Terms as the program reads them: a sentence and what each clause means; or why they cannot stand."""

    sentence: str = ""
    explained: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    commitments: tuple[tuple[str, bool], ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Builder:
    """What stands beside the text field. ``known``: names that a condition may use, of this room's record."""

    clause: Clause
    understood: Understood
    known: tuple[str, ...]
    room: str


def builder(view: RoomView, text: str, code: str = "", clause: Clause | None = None) -> Builder:
    """For a field that holds ``text``, of a commitment with this short name."""
    state = view.state[COMMITMENTS]
    return Builder(clause or Clause(), understood(text, state, code), tuple(_known(state)), view.id)


def understood(text: str, state: Commitments, code: str = "") -> Understood:
    """How terms are read, in a room with these commitments."""
    try:
        terms = language.parse(text)
    except BadTerms as error:
        return Understood(fault=str(error))
    way = circle(state, code, terms) if code else None
    if way is not None:
        return Understood(
            fault=_("These terms hang on themselves ({way}), so they could never be met.").format(way=way)
        )
    named = tuple((c, c in state.all) for c in sorted(terms.commitments()))
    events = tuple(sorted(terms.events()))
    return Understood(said(terms), explained(terms, _), events, named)


def _known(state: Commitments) -> Iterator[str]:
    """Events that terms or reports of this room speak of, and the short names of its commitments."""
    spoken = {event: None for c in state.all.values() for event in sorted(c.made.terms.events())}
    yield from (event.replace("-", " ") for event in {**dict.fromkeys(state.reports), **spoken})
    yield from state.all


def added(view: RoomView, data: Mapping[str, Any]) -> tuple[str, Builder]:
    """The text with the clause that was chosen, and the builder begun anew; or as it was, with why not."""
    text, code = str(data.get("terms", "")).strip().rstrip(".,;"), str(data.get("code", ""))
    clause = Clause(data)
    if not clause.is_valid():
        return text, builder(view, text, code, clause)
    if not clause.cleaned_data["clause"]:
        return text, builder(view, text, code, clause)
    try:
        new = said(clause.terms())
        together = f"{text}, {new}" if text else new
        language.parse(together)
    except BadTerms as error:
        clause.add_error(None, str(error))
        return text, replace(builder(view, text, code), clause=clause)
    return together, builder(view, together, code)


def pending(data: Mapping[str, Any]) -> bool:
    """Whether a clause was chosen and is not in the text yet."""
    return bool(data.get(f"{PREFIX}-clause"))


def beside(form: CommandForm, view: RoomView) -> None:
    """Give a form that takes terms what helps to write them, unless it has that already."""
    if form.takes_terms and form.builder is None:
        clause = Clause(form.data) if form.is_bound and pending(form.data) else None
        form.builder = builder(view, str(form["terms"].value() or ""), str(form["code"].value() or ""), clause)


def built(form: CommandForm, rule: Rule, known: Mapping[str, str], choosing: Choosing) -> CommandForm:
    """The same form with the clause that was chosen in its terms. Nothing else of it is looked at yet."""
    text, beside_it = added(choosing.view, form.data)
    made = CommandForm(rule.command, known, choosing, initial={**again(form), "terms": text})
    made.builder = beside_it
    return made


def refused(form: CommandForm) -> bool:
    """Whether a clause was chosen that is not in the terms; then the form says so."""
    if not form.takes_terms or not pending(form.data):
        return False
    form.add_error("terms", _("You chose a clause that is not in the terms yet: add it to the terms, or take it back."))
    return True
