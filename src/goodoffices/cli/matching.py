"""``goodoffices lists match``: two files in, a file of matches out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer

from goodoffices.cli import lists, office
from goodoffices.prisoners.lists.writing import write
from goodoffices.prisoners.matching.columns import Columns, columns
from goodoffices.prisoners.matching.engine import Match, Matching
from goodoffices.prisoners.names.lexicon import Lexicon

_Step = Callable[[str, float], None]


def match(
    left: Path, right: Path, output: Path, given: Mapping[str, str] | None, engine: lists.Engine, why: Path | None
) -> None:
    """Read, match, write, and say what came of it."""
    if engine is lists.Engine.SPARK:
        office.fail("Matching on Spark is not part of this version. Leave out --engine, or use --engine local.")
    within = left.resolve() == right.resolve()
    with _progress() as step:
        lexicon = Lexicon()
        ours = _columns(left, given, lexicon, step)
        theirs = ours if within else _columns(right, given, lexicon, step)
        matching = Matching(ours, theirs, lexicon, step, within)
        step("pairing", 0)
        found = matching.matches()
    _write(output, ours, theirs, found, within)
    if why is not None:
        _explain(why, matching, ours, theirs, found)
    _report(matching, ours, theirs, found, within)


def _columns(path: Path, given: Mapping[str, str] | None, lexicon: Lexicon, step: _Step) -> Columns:
    step(f"reading {path.name}", 0)
    reading = lists.read(path, given, shared=True)
    found = columns(reading, lexicon, lambda rows: step(f"reading {path.name}: {rows:,} rows", 0))
    bad = len({f.row for f in reading.findings if f.bad})
    typer.echo(f"{path.name}: {len(found):,} persons." + (f" {bad:,} rows were kept aside." if bad else ""))
    if reading.findings:
        typer.echo(f"  {path.name} has things to look at. To see them: goodoffices lists check {path}")
    if not len(found):
        office.fail(f"{path} has no row that can be used.")
    return found


@contextmanager
def _progress() -> Iterator[_Step]:
    """Shows what is being done, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1.0)
        yield lambda what, share: progress.update(task, description=what, completed=share)


def _write(output: Path, ours: Columns, theirs: Columns, found: list[Match], within: bool) -> None:
    with lists.written(output) as file:
        write(file, ["left_id", "right_id", "probability", "decision"], _rows(ours, theirs, found, within))


def _rows(ours: Columns, theirs: Columns, found: list[Match], within: bool) -> Iterator[list[str]]:
    for one in found:
        yield [ours.ids[one.left], theirs.ids[one.right], f"{one.probability:.6f}", one.decision]
    if within:
        return
    left, right = {one.left for one in found}, {one.right for one in found}
    yield from ([name, "", "", "unmatched"] for row, name in enumerate(ours.ids) if row not in left)
    yield from (["", name, "", "unmatched"] for row, name in enumerate(theirs.ids) if row not in right)


def _explain(path: Path, matching: Matching, ours: Columns, theirs: Columns, found: list[Match]) -> None:
    with lists.written(path) as file:
        rows = (
            [ours.ids[one.left], theirs.ids[one.right], reason.field, reason.says, f"{reason.bits:.1f}"]
            for one in found
            if one.decision == "review"
            for reason in matching.reasons(one.left, one.right)
        )
        write(file, ["left_id", "right_id", "field", "says", "bits"], rows)


def _report(matching: Matching, ours: Columns, theirs: Columns, found: list[Match], within: bool) -> None:
    counts = Counter(one.decision for one in found)
    typer.echo(f"{matching.compared:,} pairs were compared.")
    typer.echo(f"certain: {counts['certain']:,}. For review: {counts['review']:,}.")
    if not within:
        typer.echo(f"Unmatched: {len(ours) - len(found):,} on the left, {len(theirs) - len(found):,} on the right.")
    typer.echo("Nothing is decided by this: who is who is for people to say.")
