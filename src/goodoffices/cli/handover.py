"""``goodoffices prisoners handover``: the state of every stage from files, by the rules of the room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from goodoffices.cli import office
from goodoffices.papers.marked import BadFile

if TYPE_CHECKING:
    from goodoffices.prisoners.handover.course import Course
    from goodoffices.prisoners.handover.reading import Finding, Plan

T = TypeVar("T")
MAX_BYTES = 64 * 1024 * 1024


def handover(
    path: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan (CSV), as “prisoners plan” writes it.")],
    observations: Annotated[
        Path, typer.Argument(metavar="OBSERVATIONS", help="What was observed: CSV or JSON lines, in any order.")
    ],
    after: Annotated[
        Path | None, typer.Option("--after", metavar="FILE", help="The plan that this one replaced, with --done.")
    ] = None,
    done: Annotated[
        int, typer.Option("--done", metavar="STAGE", help="Stages up to this one are those of the plan before.")
    ] = 0,
    countersigned: Annotated[
        Path | None, typer.Option("--countersigned", metavar="FILE", help="Who signed what: by, stage, digest (CSV).")
    ] = None,
    neutral: Annotated[
        str, typer.Option("--neutral", metavar="NAME", help="What the files call the intermediary.")
    ] = "neutral",
    statements: Annotated[
        Path | None,
        typer.Option("--statements", metavar="FOLDER", help="Write what is signed of each complete stage there."),
    ] = None,
) -> None:
    """Say of each stage what was planned, observed, missing and contradicted, and what each side still owes.

    The same rules as in an exchange room: an observation counts once however often it comes, contradictions open a
    stage again, and a signature counts under the very outcome that was signed. Numbers only: no file needs a name.
    """
    from goodoffices.prisoners.handover import reading, reporting

    if (after is None) == bool(done):
        office.fail(
            "--after and --done go together: the plan before, and the last stage that was carried out under it."
        )
    if statements is not None and (statements.is_file() or not statements.parent.is_dir()):
        office.fail(f"{statements} cannot be a folder. Nothing was written.")
    now = _plan(path)
    before = _plan(after) if after is not None else None
    known = reading.Plan(now.sides, (*now.stages, *(before.stages if before else ())))
    signers = (*now.sides, neutral)
    course, found = _read(observations, lambda text: reading.observe(reading.course(now, before, done), known, text))
    _say(observations, found)
    if countersigned is not None:
        course, more = _read(countersigned, lambda text: reading.countersign(course, text, signers))
        _say(countersigned, more)
        found = [*found, *more]
    for line in reporting.report(course, signers):
        typer.echo(line)
    if statements is not None:
        _write(statements, course)
    if found:
        raise typer.Exit(1)


def _plan(path: Path) -> Plan:
    from goodoffices.prisoners.handover import reading

    return _read(path, reading.plan)


def _read(path: Path, read: Callable[[str], T]) -> T:
    try:
        if path.stat().st_size > MAX_BYTES:
            office.fail(f"{path} is larger than {MAX_BYTES // 2**20} MB. Nothing was written.")
        return read(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        office.fail(f"{path} is not UTF-8 text. Nothing was written.")
    except BadFile as error:
        office.fail(f"{path}, {error} Nothing was written.")
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror or error}. Nothing was written.")


def _say(path: Path, found: list[Finding]) -> None:
    for one in found:
        typer.echo(f"{path}, row {one.row}: {one.why}", err=True)
    if found:
        rows = "1 row was" if len(found) == 1 else f"{len(found):,} rows were"
        typer.echo(f"{rows} not used; what follows is of the others.", err=True)


def _write(folder: Path, course: Course) -> None:
    from goodoffices.prisoners.handover.statement import statement

    folder.mkdir(mode=0o700, exist_ok=True)
    for stage in course.stages.values():
        if stage.complete:
            file = folder / f"stage-{stage.number}.json"
            file.write_bytes(statement(stage.number, stage.day, stage.outcome))
            typer.echo(f"Written to {file}.")
