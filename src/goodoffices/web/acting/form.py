"""A form for any command: one Django field for each field a person fills in, and back to what the desk takes (raw)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from goodoffices.readouts.names import Names, names
from goodoffices.readouts.timeline import timeline
from goodoffices.secretariat.desk import RoomView
from goodoffices.talks.fields import Command, Field, described

ROWS = 4  # blank rows offered for a list of rows; what is left blank is left out
REFS_OFFERED = 100  # newest entries of a room a person may choose from where none is known yet
HIDDEN = frozenset({"new", "keys"})
ASIDE = frozenset(described(Command))  # what every act may carry: shown folded away

Choices = list[tuple[str, str]]


@dataclass
class Choosing:
    """What a person may choose from in one room: delegations, people, rooms and entries they can see, and no more."""

    view: RoomView
    rooms: Iterable[RoomView]

    @cached_property
    def _names(self) -> Names:
        return names(self.view, (), self.rooms, _)

    def delegations(self) -> Choices:
        present = (d for d in self.view.seats.delegations.values() if d.until is None)
        return [(d.id, self._names.delegation(d.id)) for d in present]

    def talks_delegations(self) -> Choices:
        """Every delegation of these talks that this person knows of."""
        known = {d.id for view in self.mine() for d in view.seats.delegations.values() if d.until is None}
        return [(id, self._names.delegation(id)) for id in sorted(known, key=self._names.delegation)]

    def people(self) -> Choices:
        """Delegates known from any of this person's rooms of these talks."""
        found: dict[str, str] = {}
        for view in self.mine():
            who = names(view, (), (), _)
            for delegate in view.seats.delegates.values():
                label = f"{who.person(delegate.id)} ({who.delegation(delegate.delegation)})"
                found.setdefault(delegate.id, label)
        return sorted(found.items(), key=lambda pair: pair[1])

    def mine(self) -> list[RoomView]:
        """This person's rooms of these talks in which they sit."""
        return [v for v in self.rooms if v.seats.talks == self.view.seats.talks and v.seat() is not None]

    def other_rooms(self) -> Choices:
        return [(v.id, v.seats.name) for v in self.mine() if v.id != self.view.id]

    def entries(self, kinds: tuple[str, ...]) -> Choices:
        shown = timeline(self.view, max(0, self.view.size - 10 * REFS_OFFERED), None, self.rooms, _)
        fitting = [s for s in reversed(shown) if not kinds or s.kind in kinds]
        return [(s.ref, f"{s.seq}. {s.sentence}"[:200]) for s in fitting[:REFS_OFFERED]]


class CommandForm(forms.Form):
    """The form of one command in one room. ``known``: fields an offer already gives, carried along unseen.

    ``raw()`` is what the desk takes. Nothing but shape is checked here: the rules refuse in their own words.
    """

    act = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(
        self, command: type[Command], known: Mapping[str, str], choosing: Choosing, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.described = {n: f for n, f in described(command).items() if f.type not in HIDDEN}
        self.known = {n: v for n, v in known.items() if n in self.described}
        self._choosing = choosing
        for name, f in self.described.items():
            if name in self.known:
                self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=self.known[name])
            elif f.row is not None:
                self._add_rows(name, f)
            else:
                self.fields[name] = self._field(f)

    def _add_rows(self, name: str, f: Field) -> None:
        for n in range(ROWS):
            for part, inner in described(f.row or object).items():
                if inner.type not in HIDDEN:
                    made = self._field(inner)
                    made.required = False
                    made.label = f"{n + 1}. {made.label}"
                    self.fields[f"{name}-{n}-{part}"] = made

    def _field(self, f: Field) -> forms.Field:
        made = self._bare(f)
        made.required = f.required
        made.label = _(f.label)
        made.help_text = _(f.help) if f.help else ""
        if f.type in {"words"}:
            made.widget.attrs["dir"] = "auto"
        return made

    def _bare(self, f: Field) -> forms.Field:
        match f.type:
            case "paper":
                return forms.FileField()
            case "choice":
                return self._choice(f, [(o, _(o.replace("-", " ").capitalize())) for o in f.options])
            case "delegation":
                return self._choice(f, self._choosing.delegations())
            case "person":
                return self._choice(f, self._choosing.people())
            case "room":
                return self._choice(f, self._choosing.other_rooms())
            case "ref":
                return self._choice(f, self._choosing.entries(f.kinds))
            case "zone":
                return self._choice(f, [(z, z) for z in sorted(available_timezones())])
            case "flag":
                return forms.BooleanField()
            case "number":
                return forms.IntegerField(min_value=0)
            case _:
                return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}) if f.long else forms.TextInput)

    def _choice(self, f: Field, choices: Choices) -> forms.Field:
        if f.many:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        return forms.ChoiceField(choices=choices if f.required else [("", "—"), *choices])

    def aside(self) -> list[forms.BoundField]:
        """Fields every act may carry, to be folded away."""
        return [self[name] for name in self.fields if name in ASIDE]

    def main(self) -> list[forms.BoundField]:
        """The fields of this very command that are seen."""
        return [b for b in self.visible_fields() if b.name not in ASIDE]

    def raw(self) -> dict[str, Any]:
        """What the person gave, as the desk takes it. Call after ``is_valid``."""
        given = self.cleaned_data
        found: dict[str, Any] = {}
        for name, f in self.described.items():
            value = self._rows(name, f) if f.row is not None and name not in self.known else _raw(f, given.get(name))
            if value not in (None, "", [], ()):
                found[name] = value
        return found

    def _rows(self, name: str, f: Field) -> list[dict[str, Any]]:
        found = []
        inner = {p: i for p, i in described(f.row or object).items() if i.type not in HIDDEN}
        for n in range(ROWS):
            row = {p: _raw(i, self.cleaned_data.get(f"{name}-{n}-{p}")) for p, i in inner.items()}
            said = {p: v for p, v in row.items() if v not in (None, "", [], (), False)}
            # A row in which only a menu stands on its first choice was left blank.
            if any(inner[p].type not in {"choice", "flag"} for p in said) or _chosen(inner, said):
                found.append(said)
        return found

    def refused(self, name: str | None, why: str) -> None:
        """Show a refusal at the field it is about, else above the form."""
        field = name.replace("/", "-") if name else None
        self.add_error(field if field in self.fields and field not in self.known else None, why)


def _chosen(inner: Mapping[str, Field], said: Mapping[str, Any]) -> bool:
    return bool(said) and all(f.type in {"choice", "flag"} or not f.required for f in inner.values())


def _raw(f: Field, value: Any) -> Any:
    if isinstance(value, UploadedFile):
        return {"content": value.read(), "media": value.content_type or "application/octet-stream", "name": value.name}
    return value

