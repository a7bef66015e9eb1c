"""``goodoffices names``: how alike two names are, whatever alphabet and standard they were written in."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import office
from goodoffices.prisoners.lists.encodings import NotText, decode

app = typer.Typer(help="Names across alphabets.", no_args_is_help=True)


@app.callback()
def names() -> None:
    """Names across alphabets."""


@app.command(epilog="Example: goodoffices names score pairs.tsv")
def score(
    path: Annotated[Path, typer.Argument(metavar="PAIRS.tsv", help="Two names a line, with a tab between them.")],
) -> None:
    """Print for each pair how alike its names are: from 0, nothing in common, to 1; above 0.5 they rather are one name.

    A score compares two spellings. It does not say that two people are one.
    """
    pairs = _pairs(path)
    wrong = [number for number, pair in enumerate(pairs, 1) if len(pair) != 2]
    if wrong:
        some = ", ".join(map(str, wrong[:20])) + (", …" if len(wrong) > 20 else "")
        office.fail(
            f"{path}: a line must be two names with a tab between them. These {len(wrong)} are not: line {some}."
        )
    from goodoffices.prisoners import names

    scores = names.score((left for left, _ in pairs), (right for _, right in pairs))
    typer.echo("".join(f"{value:.4f}\n" for value in scores), nl=False)


def _pairs(path: Path) -> list[list[str]]:
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")
    except NotText as error:
        office.fail(f"{path} is not text. {error}")
    return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
