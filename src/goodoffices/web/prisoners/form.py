"""The form of a plan: days, points, buses, what is equal, in which order, and what is known of single persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing import instances
from goodoffices.prisoners.agreeing.instances import Convoy, Point, Side, Stage, Wanted
from goodoffices.prisoners.planning.instance import Equal, Then
from goodoffices.prisoners.planning.labels import LANGUAGES
from goodoffices.prisoners.planning.reading import MOST_BUSES, MOST_STAGES
from goodoffices.secretariat.planning import Happened
from goodoffices.web.prisoners.choices import Numbers, Ordered, priorities
from goodoffices.web.prisoners.finding import Here

MOST_ROWS = 60
BLANK = 2  # rows offered beside those filled in
LINES = 200_000  # characters


def _number(most: int, *, required: bool = False, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(min_value=least, max_value=most, required=required)


class StageForm(forms.Form):
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    number = _number(100_000)
    at_most = _number(100_000)


class PointForm(forms.Form):
    name = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    code = forms.SlugField(max_length=40, required=False)
    at_most = _number(100_000)
    stages = forms.CharField(max_length=200, required=False)


class ConvoyForm(forms.Form):
    side = forms.ChoiceField()
    point = forms.SlugField(max_length=40, required=False)
    buses = _number(MOST_BUSES, required=True, least=1)
    seats = _number(1_000)
    stretchers = _number(1_000)
    name = forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    stages = forms.CharField(max_length=200, required=False)


class PlanForm(Ordered, forms.Form):
    """The form and its three tables. ``wanted`` and ``happened`` are what a plan is made from."""

    title = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    equal = forms.ChoiceField()
    imbalance = _number(100_000)
    as_many_as_can = forms.BooleanField(required=False)
    details = forms.CharField(max_length=LINES, required=False, widget=forms.Textarea(attrs={"rows": 6}))
    by = forms.CharField(max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    days = forms.CharField(max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    hours = forms.CharField(max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    done = _number(MOST_STAGES)
    missed = forms.CharField(max_length=200, required=False)
    back = Numbers()

    def __init__(self, where: Here, data: Mapping[str, Any] | None = None, more: int = 0, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.where = where
        self.fields["equal"] = forms.ChoiceField(choices=_equal())
        self.add_priorities()
        for n in (1, 2, 3):
            self.fields[f"then_{n}"] = forms.ChoiceField(choices=[("", "—"), *_then()], required=False)
        for side in where.sides:
            self.fields[f"language_{side.code}"] = forms.ChoiceField(choices=_languages())
        for name, (label, help_text) in self._words().items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        tables = ((StageForm, "stages"), (PointForm, "points"), (ConvoyForm, "convoys"))
        self.tables = {name: self._table(form, name, data, more) for form, name in tables}

    def _table(self, form: type[forms.Form], name: str, data: Mapping[str, Any] | None, more: int) -> BaseFormSet[Any]:
        filled = self.initial.get(name, [])
        kind = formset_factory(form, extra=BLANK + more, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        table = kind(data, prefix=name, initial=filled)
        for row in table.forms:
            row.empty_permitted, row.use_required_attribute = True, False
            if name == "convoys":
                row.fields["side"] = forms.ChoiceField(
                    choices=[("", "—"), *((s.code, s.name) for s in self.where.sides)]
                )
            for part, label in _labels()[name].items():
                row.fields[part].label = label
        return table

    def _words(self) -> dict[str, tuple[str, str]]:
        words = {
            "title": (_("Title"), _("It stands on the manifests.")),
            "equal": (_("Equal numbers"), _("Where as many of one side go as of the other.")),
            "imbalance": (_("Agreed difference"), _("By how many they may differ there. Empty: not at all.")),
            "as_many_as_can": (
                _("As many as can"),
                _("If not all of the list can go, as many as can; without this there is no plan then."),
            ),
            "details": (
                _("Single persons"),
                _(
                    "A line each, with commas between: number, stretcher (yes or no), fit to travel (a stage from "
                    "which, or no), travels with (a word for the group), held at. What is not known is left out."
                ),
            ),
            "by": (_("Gone by a stage"), _("A line each: category, colon, stage. Example: severely wounded: 2")),
            "days": (_("Limits of a day"), _("A line each: day, colon, how many of each side at most.")),
            "hours": (
                _("Roads"),
                _("A line for each place of detention. Example: Tarn: bridge 3, landing 4.5 (hours on the road)."),
            ),
            "done": (_("Stages that are over"), _("The number of the last one. Who went in them stays as it is.")),
            "missed": (_("Stages that did not take place"), _("Their numbers.")),
            "back": (
                _("Did not go after all"),
                _("Numbers of those who were to go in a stage that is over, did not, and are to go later."),
            ),
        }
        for n in (1, 2, 3):
            words[f"then_{n}"] = (_("What counts then, {n}").format(n=n), "")
        for side in self.where.sides:
            words[f"language_{side.code}"] = (_("Language of {side}").format(side=side.name), "")
        return words

    def is_valid(self) -> bool:
        # every part is looked at, so that all that is wrong is said at once
        parts = [super().is_valid(), *(table.is_valid() for table in self.tables.values())]
        needed = {
            "stages": _("A plan needs at least one stage, with its day."),
            "points": _("A plan needs at least one handover point, with its name."),
            "convoys": _("No bus is given: there are no seats."),
        }
        missing = [why for name, why in needed.items() if not any(row.has_changed() for row in self.tables[name].forms)]
        for why in missing:
            self.add_error(None, why)
        return all(parts) and not missing

    def clean_details(self) -> Mapping[str, instances.Detail]:
        try:
            return instances.details(self.cleaned_data["details"])
        except BadFile as error:
            line = error.place.line
            raise forms.ValidationError(_("Line {line}: {why}").format(line=line, why=error.why)) from error

    def clean_by(self) -> dict[str, int]:
        known = dict(priorities())
        found = {}
        for name, text in self._lines("by"):
            if name not in known or not text.isdecimal():
                raise forms.ValidationError(_("“{line}” is no category and stage.").format(line=f"{name}: {text}"[:60]))
            found[name] = int(text)
        return found

    def clean_days(self) -> dict[date, int]:
        found = {}
        for name, text in self._lines("days"):
            try:
                found[date.fromisoformat(name)] = int(text)
            except ValueError as error:
                line = f"{name}: {text}"[:60]
                raise forms.ValidationError(_("“{line}” is no day and limit.").format(line=line)) from error
        return found

    def clean_hours(self) -> dict[str, dict[str, str]]:
        found = {}
        for name, text in self._lines("hours"):
            road = dict(re.findall(r"([a-z0-9-]+)\s+([0-9]+(?:\.[0-9]+)?)", text))
            if not road:
                raise forms.ValidationError(_("“{line}” names no point and hours.").format(line=f"{name}: {text}"[:60]))
            found[name] = road
        return found

    def clean_missed(self) -> frozenset[int]:
        return frozenset(numbers(self.cleaned_data["missed"]))

    def _lines(self, name: str) -> Iterator[tuple[str, str]]:
        for line in self.cleaned_data[name].splitlines():
            if line.strip():
                before, _colon, after = line.rpartition(":")
                yield before.strip(), after.strip()

    def wanted(self) -> Wanted:
        """What the plan is to be made from. Call after ``is_valid``."""
        given = self.cleaned_data
        points = self._points()
        first, second = (Side(s.code, s.name, given[f"language_{s.code}"]) for s in self.where.sides)
        return Wanted(
            title=given["title"],
            sides=(first, second),
            stages=tuple(Stage(r["day"], r.get("number"), r.get("at_most")) for r in self._rows("stages")),
            points=points,
            convoys=tuple(self._convoys(points)),
            as_many_as_can=given["as_many_as_can"],
            equal=given["equal"],
            imbalance=given["imbalance"] or 0,
            by=given["by"],
            priorities=self.priorities(),
            then=tuple(dict.fromkeys(one for n in (1, 2, 3) if (one := given[f"then_{n}"]))),
            days=given["days"],
            hours=given["hours"],
            details=given["details"],
        )

    def happened(self) -> Happened:
        given = self.cleaned_data
        return Happened(given["done"] or 0, given["missed"], frozenset(given["back"]))

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return [row.cleaned_data for row in self.tables[name].forms if row.has_changed() and row.cleaned_data]

    def _points(self) -> tuple[Point, ...]:
        rows = self._rows("points")
        return tuple(
            Point(r["code"] or f"point-{n}", r["name"], r.get("at_most"), numbers(r["stages"]))
            for n, r in enumerate(rows, 1)
        )

    def _convoys(self, points: tuple[Point, ...]) -> Iterator[Convoy]:
        """A row without a point is for every point."""
        for r in self._rows("convoys"):
            for code in [r["point"]] if r["point"] else [p.code for p in points]:
                yield Convoy(
                    r["side"],
                    code,
                    r["buses"],
                    r.get("seats") or 0,
                    r.get("stretchers") or 0,
                    r["name"],
                    numbers(r["stages"]),
                )


def numbers(text: str) -> tuple[int, ...]:
    """Stages as somebody writes them: 1, 2 4."""
    return tuple(dict.fromkeys(int(one) for one in re.findall(r"[0-9]{1,4}", text)))


def _equal() -> list[tuple[str, str]]:
    words = (_("in each stage at each point"), _("in each stage"), _("in the whole"), _("nowhere"))
    return list(zip((one.value for one in Equal), words, strict=True))


def _then() -> list[tuple[str, str]]:
    words = (_("little time on the road"), _("even days"), _("early days"))
    return list(zip((one.value for one in Then), words, strict=True))


def _languages() -> list[tuple[str, str]]:
    return [(code, {"en": "English", "uk": "Українська", "ru": "Русский"}[code]) for code in LANGUAGES]


def _labels() -> dict[str, dict[str, str]]:
    stages = _("Stages (empty: all)")
    return {
        "stages": {"day": _("Day"), "number": _("Exactly, of each side"), "at_most": _("At most, of each side")},
        "points": {"name": _("Name"), "code": _("Short name"), "at_most": _("At most, of each side"), "stages": stages},
        "convoys": {
            "side": _("Whose persons"),
            "point": _("Point (empty: every one)"),
            "buses": _("Buses"),
            "seats": _("Seats in each"),
            "stretchers": _("Stretchers in each"),
            "name": _("Called"),
            "stages": stages,
        },
    }


def initial(where: Here, wanted: Wanted | None, title: str) -> dict[str, Any]:
    """What the form begins with: what an earlier plan was made from, or what most plans have."""
    if wanted is None:
        drawn = where.agreed.stands(where.parties)
        imbalance = where.view.find(drawn.ref).body["imbalance"] if drawn else 0
        usual = {f"then_{n}": one for n, one in enumerate(("travel", "even", "early"), 1)}
        first = dict(Ordered.initial_priorities(["severely wounded", "ill", "wounded", "woman", "minor", "long held"]))
        languages = {f"language_{side.code}": "en" for side in where.sides}
        return {"title": title, "equal": Equal.CELL.value, "imbalance": imbalance or None} | usual | first | languages
    return {
        "title": wanted.title,
        "equal": wanted.equal,
        "imbalance": wanted.imbalance or None,
        "as_many_as_can": wanted.as_many_as_can,
        "details": "\n".join(_detail(id, d) for id, d in wanted.details.items()),
        "by": "\n".join(f"{name}: {stage}" for name, stage in wanted.by.items()),
        "days": "\n".join(f"{day.isoformat()}: {most}" for day, most in wanted.days.items()),
        "hours": "\n".join(f"{place}: {_road(road)}" for place, road in wanted.hours.items()),
        **Ordered.initial_priorities(wanted.priorities),
        **{f"then_{n}": one for n, one in enumerate(wanted.then, 1)},
        **{f"language_{side.code}": side.language for side in wanted.sides},
        "stages": [vars(one) for one in wanted.stages],
        "points": [vars(one) | {"stages": _list(one.stages)} for one in wanted.points],
        "convoys": [vars(one) | {"stages": _list(one.stages)} for one in wanted.convoys],
    }


def _detail(id: str, d: instances.Detail) -> str:
    return ", ".join((id, "yes" if d.stretcher else "", d.fit, d.group, d.held)).rstrip(", ")


def _road(road: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {hours}" for code, hours in road.items())


def _list(stages: tuple[int, ...]) -> str:
    return ", ".join(map(str, stages))
