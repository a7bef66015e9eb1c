"""Lists in an exercise: made at the replay from a seed that the talks file gives, so that no file carries one.

Two steps with the same seed, sizes, overlap and scripts file the two lists that ``prisoners.synthesizing`` makes
together, some of whose people are on both. Nobody on them exists, and the entry says so.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from goodoffices.prisoners.filed import HOLDS
from goodoffices.prisoners.lists.writing import write
from goodoffices.prisoners.synthesizing import categories
from goodoffices.prisoners.synthesizing.errors import RATES
from goodoffices.prisoners.synthesizing.lists import HEADINGS, Made, Wanted, make
from goodoffices.prisoners.synthesizing.spelling import SCRIPTS
from goodoffices.secretariat import lists
from goodoffices.secretariat.desk import Desk
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal

MOST = 100_000
"""Persons of one list in a talks file."""


@dataclass(frozen=True, kw_only=True)
class FileSynthetic(Command):
    """File one of two lists made together; ``overlap`` in per cent of the shorter one.

    ``errors``: per cent of the usual rates of error, 100 where it is left out.
    """

    code: str = fields.code("Short name of the list")
    holds: str = fields.choice("Whom it names", HOLDS)
    replaces: str | None = fields.ref("Corrects", "list-filed", required=False)
    side: str = fields.choice("Which of the two", ("left", "right"))
    seed: int = fields.number("Seed")
    left: int = fields.number("Persons on the left list")
    right: int = fields.number("Persons on the right list")
    overlap: int = fields.number("Overlap in per cent")
    errors: int | None = fields.number("Errors in per cent of the usual", required=False)
    left_scripts: tuple[str, ...] = fields.code("Scripts of the left list", many=True)
    right_scripts: tuple[str, ...] = fields.code("Scripts of the right list", many=True)


def raw(desk: Desk, room: str, act: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The whole of what is handed in for such a step. Raises ``Refusal``, ``BadList``, ``NotFound``."""
    told = {name: given[name] for name in ("happened", "told_by", "known") if name in given}
    replaces = given.get("replaces")
    made, _locked = lists.prepared(desk, room, act, content(given), replaces=replaces)
    return {
        **told,
        "code": given["code"],
        "holds": given["holds"],
        "replaces": replaces,
        **made,
        "origin": "synthetic",
    }


def content(given: Mapping[str, Any]) -> bytes:
    """The list as CSV, with a column of categories. Raises ``Refusal`` where it cannot be made so."""
    both = made(given)
    left = list(both.left)  # the left list comes first, also where only the right one is wanted
    side = str(given["side"])
    rows = left if side == "left" else list(both.right)
    first = next(iter(given[f"{side}_scripts"]))
    language = first if first in HEADINGS else "latin"
    draw = np.random.default_rng([int(given["seed"]), ("left", "right").index(side)])
    sink = io.StringIO()
    headings = [*HEADINGS[language], categories.HEADINGS[language]]
    write(sink, headings, categories.with_categories(rows, language, draw))
    return sink.getvalue().encode()


def made(given: Mapping[str, Any]) -> Made:
    """Both lists, being written, and who is who. Raises ``Refusal`` where they cannot be made so."""
    scripts = tuple(given["left_scripts"]), tuple(given["right_scripts"])
    wrong = [one for both in scripts for one in both if one not in SCRIPTS]
    if wrong:
        raise Refusal(f"Not a script: {', '.join(wrong)}. Scripts are: {', '.join(SCRIPTS)}.")
    sizes = int(given["left"]), int(given["right"])
    if not all(0 < size <= MOST for size in sizes) or not 0 <= int(given["overlap"]) <= 100:
        raise Refusal(f"A synthetic list has 1 to {MOST:,} persons, and an overlap of 0 to 100 per cent.")
    share = int(given["errors"]) / 100 if given.get("errors") is not None else 1
    if not 0 <= share <= 1:
        raise Refusal("Errors are given as 0 to 100 per cent of the usual.")
    rates = {kind: rate * share for kind, rate in RATES.items()}
    return make(Wanted(*sizes, int(given["overlap"]) / 100, scripts, rates), np.random.default_rng(int(given["seed"])))
