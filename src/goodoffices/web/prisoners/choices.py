"""Fields that forms of an exchange of prisoners have in common: an order of categories, and numbers of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from goodoffices.prisoners.agreeing.drawing import said
from goodoffices.prisoners.lists.categories import CATEGORIES
from goodoffices.prisoners.named import NUMBER
from goodoffices.readouts import codes

LIVING = tuple(category for category in CATEGORIES if category != "deceased")
PRIORITIES = 6
NUMBERS = 60_000  # characters of a field of numbers


def categories() -> list[tuple[str, str]]:
    """Categories of lists, with their words."""
    return [(category, codes.category(category, _)) for category in LIVING]


def priorities() -> list[tuple[str, str]]:
    """The same as plans call them."""
    return [(said(category), codes.category(category, _)) for category in LIVING]


class Numbers(forms.CharField):
    """Manifest numbers in any order, with spaces, commas or lines between."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"})
        super().__init__(required=False, max_length=NUMBERS, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[str]:
        found = [one for one in re.split(r"[\s,;]+", super().clean(value).upper()) if one]
        for one in found:
            if not re.fullmatch(NUMBER, one):
                raise forms.ValidationError(_("“{text}” is no manifest number.").format(text=one[:20]))
        return list(dict.fromkeys(found))


class Ordered:
    """A few menus in a row, for an order of categories; to be mixed into a form."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def add_priorities(self) -> None:
        for n in range(1, PRIORITIES + 1):
            field = forms.ChoiceField(choices=[("", "—"), *priorities()], required=False)
            field.label = _("Priority {n}").format(n=n)
            self.fields[f"priority_{n}"] = field

    def priorities(self) -> tuple[str, ...]:
        """Those chosen, in order, each once."""
        chosen = (self.cleaned_data.get(f"priority_{n}", "") for n in range(1, PRIORITIES + 1))
        return tuple(dict.fromkeys(one for one in chosen if one))

    @staticmethod
    def initial_priorities(given: Iterable[str]) -> Mapping[str, str]:
        return {f"priority_{n}": name for n, name in enumerate(given, 1)}
