"""A form for any command: one Django field for each field a person fills in, and back to what the desk takes (raw)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _

from goodoffices.talks.fields import Command, Field, described
from goodoffices.web.acting.choosing import Choices, Nothing

ROWS = 4  # blank rows offered for a list of rows; what is left blank is left out
MAX_ROWS = 160  # rows of a list a page takes: what Django takes of fields in one form, and about what an entry holds
LONGEST = 80_000  # characters a text field takes from a browser: the refusal that names the limit is the record's own
UNSEEN = frozenset({"new", "keys"})
ASIDE = frozenset(described(Command))  # what every act may carry: shown folded away
CITING = frozenset({"read_in", "passage"})  # asked for where there is something to cite
EMPTY: tuple[Any, ...] = (None, "", [], ())


class CommandForm(forms.Form):
    """The form of one command in one room. ``known``: fields an offer already gives, carried along unseen.

    ``raw()`` is what the desk takes. Nothing but shape is checked here: the rules refuse in their own words.
    """

    act = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(
        self, command: type[Any], known: Mapping[str, str], choosing: Nothing, *args: Any, more: int = 0, **kwargs: Any
    ) -> None:
        """``initial`` may hold lists of rows. ``more``: blank rows besides those that are filled in."""
        super().__init__(*args, **kwargs)
        cites = choosing.cites()
        fields = described(command).items()
        self.described = {n: f for n, f in fields if f.type not in UNSEEN and (cites or n not in CITING)}
        self.known = {n: v for n, v in known.items() if v and n in self.described and _plain(self.described[n])}
        self.choosing, self.more = choosing, more
        self.folds: Mapping[str, tuple[str, ...]] = getattr(command, "FOLDED", {})
        self.builder: object | None = None  # what helps to write terms (``web.commitments.building``)
        self.rows: dict[str, int] = {}
        for name, f in self.described.items():
            if name in self.known:
                self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=self.known[name], required=False)
            elif f.row is not None:
                self._add_rows(name, f)
            else:
                self.fields[name] = self._field(f)

    def _add_rows(self, name: str, f: Field) -> None:
        given = self.initial.get(name, ())
        given = given if isinstance(given, list | tuple) else ()  # an address may hold anything under this name
        filled = {f"{name}-{n}-{part}": value for n, row in enumerate(given) for part, value in row.items()}
        self.initial = {**self.initial, **filled}
        used = max((n + 1 for n in _numbers(self.data or self.initial, name)), default=0)
        self.rows[name] = min(MAX_ROWS, max(ROWS, used + self.more))
        for n in range(self.rows[name]):
            for part, inner in _parts(f).items():
                made = self._field(inner)
                made.required = False
                if inner.type == "choice" and isinstance(made, forms.ChoiceField):
                    made.choices = [("", "—"), *_options(inner)]
                self.fields[f"{name}-{n}-{part}"] = made

    def _field(self, f: Field) -> forms.Field:
        made = self._bare(f)
        made.required = f.required
        made.label = _(f.label)
        made.help_text = _(f.help) if f.help else ""
        if f.type == "words":
            made.widget.attrs["dir"] = "auto"
        return made

    def _bare(self, f: Field) -> forms.Field:
        match f.type:
            case "choice" | "delegation" | "person" | "room" | "ref":
                return _choice(f, self._choices(f))
            case "paper":
                return forms.FileField()
            case "zone":
                return forms.CharField(max_length=60, widget=forms.TextInput(attrs={"list": "zones", "dir": "ltr"}))
            case "flag":
                return forms.BooleanField()
            case "number":
                return forms.IntegerField(min_value=0, max_value=10**12 - 1)
            case "code" if f.many:
                return Codes(max_length=2_000, widget=forms.TextInput(attrs={"dir": "ltr"}))
            case "code" | "when" | "plain":
                return forms.CharField(max_length=200, widget=forms.TextInput(attrs={"dir": "ltr"}))
            case _:
                area = forms.Textarea(attrs={"rows": 4}) if f.long else forms.TextInput()
                return forms.CharField(max_length=LONGEST, widget=area, strip=False)

    def _choices(self, f: Field) -> Choices:
        match f.type:
            case "choice":
                return _options(f)
            case "delegation":
                return self.choosing.delegations()
            case "person":
                return self.choosing.people()
            case "room":
                return self.choosing.other_rooms()
            case "ref":
                return self.choosing.entries(f.kinds)
            case _:
                return []

    @property
    def takes_terms(self) -> bool:
        return any(f.type == "terms" for f in self.described.values())

    @property
    def zones(self) -> list[str]:
        """What a browser suggests for a time zone; nothing where none is asked for."""
        asked = any(f.type == "zone" for f in self.described.values())
        return sorted(available_timezones()) if asked else []

    def aside(self) -> list[forms.BoundField]:
        """Fields every act may carry, to be folded away."""
        return [self[name] for name in self.fields if name in ASIDE and name not in self.known]

    def aside_open(self) -> bool:
        """Whether what is folded away has something to show."""
        return any(field.errors or field.value() for field in self.aside())

    def main(self) -> Iterator[dict[str, Any]]:
        """The fields of this very command that are seen, in order; those of a list's row together, and those that the
        command folds away under their title, where the first of them stands."""
        seen: set[str] = set()
        for name in self.described:
            together = next(((title, names) for title, names in self.folds.items() if name in names), None)
            if name in seen or name in self.known or name in ASIDE:
                continue
            if together is None:
                yield self._part(name)
                continue
            title, names = together
            seen.update(names)
            parts = [self._part(n) for n in names if n not in self.known]
            yield {"title": _(title), "parts": parts, "open": any(part["used"] for part in parts)}

    def _part(self, name: str) -> dict[str, Any]:
        f = self.described[name]
        if f.row is None:
            field = self[name]
            used = bool(field.errors or field.value())
            return {"field": field, "used": used, "terms": f.type == "terms"}
        rows = [[self[f"{name}-{n}-{part}"] for part in _parts(f)] for n in range(self.rows[name])]
        used = any(field.errors or field.value() for row in rows for field in row)
        folded = not f.required and not used
        help_ = _(f.help) if f.help else ""
        return {"legend": _(f.label), "help": help_, "rows": rows, "folded": folded, "used": used}

    def given(self) -> list[tuple[str, str]]:
        """What is known already, in words, but for entries: these are shown whole."""
        found = []
        for name, value in self.known.items():
            f = self.described[name]
            if f.type != "ref" and (text := self._spelled(f, value)):
                found.append((_(f.label), text))
        return found

    def _spelled(self, f: Field, value: str) -> str:
        if f.type == "number":
            return value if f.shown else ""  # mostly a place in a list that the entry shows
        return dict(self._choices(f)).get(value, "" if f.type == "person" else value)

    def raw(self) -> dict[str, Any]:
        """What the person gave, as the desk takes it. Call after ``is_valid``."""
        found: dict[str, Any] = {}
        for name, f in self.described.items():
            rows = f.row is not None and name not in self.known
            value = self._rows(name, f) if rows else _raw(self.cleaned_data.get(name))
            if value not in EMPTY:
                found[name] = value
        return found

    def _rows(self, name: str, f: Field) -> list[dict[str, Any]]:
        given = [{p: _raw(self.cleaned_data.get(f"{name}-{n}-{p}")) for p in _parts(f)} for n in range(self.rows[name])]
        said = ({p: v for p, v in row.items() if v not in (*EMPTY, False)} for row in given)
        return [row for row in said if row]

    def refused(self, path: str, why: str) -> None:
        """Show a refusal at the field it is about, else above the form. A row's path counts the rows that were used."""
        name, _slash, rest = path.partition("/")
        if rest and name in self.described and self.described[name].row is not None:
            row, _slash, part = rest.partition("/")
            used = [
                n
                for n in range(self.rows[name])
                if any(self.data.get(f"{name}-{n}-{p}") for p in _parts(self.described[name]))
            ]
            place = used[int(row)] if row.isdecimal() and int(row) < len(used) else 0
            name = f"{name}-{place}-{part}"
        self.add_error(name if name in self.fields and name not in self.known else None, why)


class Codes(forms.CharField):
    """Several codes in one line, with commas or spaces between."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        return re.split(r"[,;\s]+", text) if (text := super().clean(value).strip(" ,;")) else []


def again(form: CommandForm) -> dict[str, Any]:
    """What was filled in so far, to begin another form of the same command with."""
    data = form.data
    return {name: form[name].data for name in form.fields if name in data}


def _numbers(given: Mapping[str, Any], name: str) -> Iterator[int]:
    """The numbers of a list's rows in what was given."""
    for key in given:
        match = re.fullmatch(rf"{re.escape(name)}-([0-9]{{1,4}})-\w+", key)
        if match:
            yield int(match[1])


def _plain(f: Field) -> bool:
    """Whether an address can carry this field: one value, and text."""
    return f.row is None and not f.many and f.type not in {"paper", "flag", "words"}


def _parts(f: Field) -> dict[str, Field]:
    return {name: inner for name, inner in described(f.row or object).items() if inner.type not in UNSEEN}


def _options(f: Field) -> Choices:
    return [(option, _(option.replace("-", " ").capitalize())) for option in f.options]


def _choice(f: Field, choices: Iterable[tuple[str, str]]) -> forms.Field:
    if f.many:
        apart = [(value, format_html("<bdi>{}</bdi>", text)) for value, text in choices]
        return forms.MultipleChoiceField(choices=apart, widget=forms.CheckboxSelectMultiple)
    return forms.ChoiceField(choices=[("", "—"), *choices])


def _raw(value: Any) -> Any:
    if isinstance(value, UploadedFile):
        return {"content": value.read(), "media": value.content_type or "application/octet-stream", "name": value.name}
    return value
