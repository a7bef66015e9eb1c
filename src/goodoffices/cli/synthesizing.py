"""``goodoffices lists synthesize``: lists of people who do not exist, with the truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import typer

from goodoffices.cli import lists, office
from goodoffices.prisoners.lists.writing import write
from goodoffices.prisoners.synthesizing.errors import BadRate, rates
from goodoffices.prisoners.synthesizing.lists import HEADINGS, Wanted, make
from goodoffices.prisoners.synthesizing.spelling import SCRIPTS


def synthesize(
    files: tuple[Path, Path, Path],
    sizes: tuple[int, int],
    overlap: float,
    seed: int,
    scripts: tuple[str, str],
    errors: Sequence[str],
) -> None:
    """Make the lists and write them."""
    chosen = _scripts(scripts[0]), _scripts(scripts[1])
    made = make(Wanted(*sizes, overlap, chosen, _rates(errors)), np.random.default_rng(seed))
    for path, rows, names in zip(files, (made.left, made.right), chosen, strict=False):
        _write(path, HEADINGS.get(names[0], HEADINGS["latin"]), rows)
    _write(files[2], ["left_id", "right_id"], made.truth)
    typer.echo(f"{files[0].name} and {files[1].name}: {len(made.truth):,} pairs of rows are one person.")
    typer.echo("Nobody on these lists exists.")


def _scripts(text: str) -> list[str]:
    found = [name.strip() for name in text.split(",")]
    wrong = [name for name in found if name not in SCRIPTS]
    if wrong:
        office.fail(f"Not a script: {', '.join(wrong)}. Scripts are: {', '.join(SCRIPTS)}.")
    return found


def _rates(errors: Sequence[str]) -> dict[str, float]:
    given = {}
    for text in errors:
        kind, _, rate = text.partition("=")
        try:
            given[kind] = float(rate)
        except ValueError:
            office.fail(f"“{text}” is not a kind of error and its rate, such as typo=0.1.")
    try:
        return rates(given)
    except BadRate as error:
        office.fail(str(error))


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with lists.written(path) as file:
        write(file, headings, rows)
