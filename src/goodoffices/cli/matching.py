"""``goodoffices lists match``: two files in, a file of matches out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from goodoffices.cli import lists, office
from goodoffices.prisoners.lists.writing import write
from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.engine import Engine, Match, Matching
from goodoffices.prisoners.matching.reading import Read, Unreadable, read, read_both, without_collecting
from goodoffices.prisoners.names.lexicon import Lexicon

_Step = Callable[[str, float], None]


@dataclass(frozen=True)
class Where:
    """Where to compute, and with which settings of Spark."""

    engine: lists.Engine
    spark: Mapping[str, str]


def match(
    left: Path, right: Path, output: Path, given: Mapping[str, str] | None, where: Where, why: Path | None
) -> None:
    """Read, match, write, and say what came of it."""
    _check(where)
    for path in (output, why):
        if path is not None and not path.resolve().parent.is_dir():
            office.fail(f"{path} cannot be written: there is no folder {path.parent}.")
    within = left.resolve() == right.resolve()
    with progress() as step, without_collecting():
        ours, theirs, lexicon = _read(left, right, given, within, step)
        with _engine(where, len(ours) + len(theirs), step) as engine:
            matching = Matching(ours, theirs, lexicon, step, within, engine)
        step("pairing", 0)
        found = matching.matches()
        step("writing", 0)
        _write(output, ours, theirs, found, within)
        if why is not None:
            _explain(why, matching, ours, theirs, found)
    _report(matching, ours, theirs, found, within)


def _read(
    left: Path, right: Path, given: Mapping[str, str] | None, within: bool, step: _Step
) -> tuple[Columns, Columns, Lexicon]:
    def told(rows: int) -> None:
        step(f"reading: {rows:,} rows", 0)

    paths = [left] if within else [left, right]
    contents = [_content(path) for path in paths]
    try:
        if within:
            lexicon = Lexicon()
            lists_ = [read(contents[0], given, lexicon, told)]
        else:
            *lists_, lexicon = read_both(contents[0], contents[1], given, told)
    except Unreadable as error:
        office.fail(f"{paths[error.side]} cannot be used as a list. {error.why}")
    for path, one in zip(paths, lists_, strict=True):
        _tell(path, one)
    return lists_[0].columns, lists_[-1].columns, lexicon


@contextmanager
def _engine(where: Where, rows: int, step: _Step) -> Iterator[Engine | None]:
    """The engine that was asked for; nothing is the one on this machine."""
    if where.engine is lists.Engine.LOCAL:
        yield None
        return
    from goodoffices.prisoners.matching.spark.session import NoSpark, SparkFailed, started

    step("starting Spark", 0)
    try:
        with started(where.spark, rows) as session:
            from goodoffices.prisoners.matching.spark.engine import OnSpark

            yield OnSpark(session)
    except (NoSpark, SparkFailed) as error:
        office.fail(str(error))


def _check(where: Where) -> None:
    """Fails where what was asked for cannot be, before lists are read."""
    if where.engine is lists.Engine.SPARK:
        from goodoffices.prisoners.matching.spark.session import NoSpark, needed

        try:
            needed()
        except NoSpark as error:
            office.fail(str(error))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")


def _tell(path: Path, one: Read) -> None:
    bad = len({f.row for f in one.findings if f.bad})
    typer.echo(f"{path.name}: {len(one.columns):,} persons." + (f" {bad:,} rows were kept aside." if bad else ""))
    if one.findings:
        typer.echo(f"  There are things to look at in it. To see them: goodoffices lists check {path}")
    if not len(one.columns):
        office.fail(f"{path} has no row that can be used.")


@contextmanager
def progress() -> Iterator[_Step]:
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
