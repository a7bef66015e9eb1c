"""``goodoffices prisoners``: an exchange of prisoners planned from files, without a server or a database."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goodoffices.cli import office
from goodoffices.cli.agreeing import agreed, draw
from goodoffices.cli.handover import handover
from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.plan import Plan, Problem, Since

if TYPE_CHECKING:
    from goodoffices.prisoners.planning.explaining import Conflict

MAX_BYTES = 64 * 1024 * 1024

app = typer.Typer(help="The exchange of prisoners, from files.", no_args_is_help=True)


@app.callback()
def prisoners() -> None:
    """The exchange of prisoners, from files."""


app.command(
    epilog="Example: goodoffices prisoners handover plan.csv observations.csv --statements to-sign",
)(handover)
app.command(
    epilog="Example: goodoffices prisoners draw kaldria.csv sulmere.csv --number 1000 --uncounted 'severely wounded' "
    "-o agreed.csv",
)(draw)
app.command(epilog="Example: goodoffices prisoners agreed agreed.csv --before earlier.csv")(agreed)


@app.command(epilog="Example: goodoffices prisoners plan examples/exchange/instance.yaml -o plan.csv")
def plan(
    path: Annotated[Path, typer.Argument(metavar="INSTANCE", help="What is to be planned (YAML).")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the plan (CSV).")],
    after: Annotated[
        Path | None,
        typer.Option("--after", metavar="FILE", help="An earlier plan, to be changed as little as possible."),
    ] = None,
    done: Annotated[int, typer.Option("--done", metavar="STAGE", help="Stages up to this one are over.")] = 0,
    missed: Annotated[
        list[int] | None,
        typer.Option("--missed", metavar="STAGE", help="This stage did not take place; may be repeated."),
    ] = None,
    refused: Annotated[
        list[str] | None,
        typer.Option("--refused", metavar="PERSON", help="Does not go; may be repeated. @FILE: one id a line."),
    ] = None,
    ties: Annotated[
        Path | None, typer.Option("--ties", metavar="FILE", help="Write out where the lists' order decided.")
    ] = None,
    printed: Annotated[
        Path | None,
        typer.Option("--print", metavar="FOLDER", help="Manifests and drawings, in English and the sides' languages."),
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", metavar="N", help="How long to search at most.", min=1)] = 60,
) -> None:
    """Plan who goes in which stage, at which point and in which bus, and prove that no plan does better.

    Who goes is settled by what the sides agreed: their list, their numbers, their priorities. Where these do not tell
    persons apart, the order of each side's list decides, and the command says so.
    """
    from goodoffices.prisoners.planning import making, reporting, tables
    from goodoffices.prisoners.planning.program import OutOfTime

    _check_places(output, ties, printed)
    instance = _instance(path)
    problem = Problem(instance, _since(instance, after, done, missed or [], refused or []))
    try:
        made = making.plan(problem, seconds)
    except making.NoPlan as error:
        office.fail("\n".join(_no_plan(problem, error.conflict, seconds)))
    except OutOfTime:
        office.fail(f"No plan was found in {seconds:g} seconds. Allow more with --seconds. Nothing was written.")
    if printed is not None:
        _print(printed, instance, made)
    if ties is not None:
        _write(ties, tables.ties(made))
    _write(output, tables.written(instance, made))
    for line in (*reporting.report(problem, made), *_short(problem, made, seconds)):
        typer.echo(line)
    if problem.again:
        for line in reporting.changes(problem, made):
            typer.echo(f"  {line}")
    typer.echo(f"Written to {output}{f' and {printed}' if printed is not None else ''}.")


def _check_places(output: Path, ties: Path | None, printed: Path | None) -> None:
    """Before any work: whether what will be written has a place."""
    for file in (output, ties):
        if file is not None and (file.is_dir() or not file.parent.is_dir()):
            office.fail(f"{file} cannot be written: there is no such folder, or it is one itself. Nothing was written.")
    if printed is not None and (printed.is_file() or not printed.parent.is_dir()):
        office.fail(f"{printed} cannot be a folder for what is printed. Nothing was written.")


def _print(folder: Path, instance: Instance, made: Plan) -> None:
    from goodoffices.prisoners.planning import drawing, manifests

    folder.mkdir(mode=0o700, exist_ok=True)
    for language in sorted({"en", *(side.language for side in instance.sides)}):
        _write(folder / f"manifests-{language}.html", manifests.html(instance, made, language))
        _write(folder / f"manifests-{language}.txt", manifests.text(instance, made, language))
        _write(folder / f"timeline-{language}.svg", drawing.timeline(instance, made, language))
        _write(folder / f"flows-{language}.svg", drawing.flows(instance, made, language))


def _no_plan(problem: Problem, conflict: Conflict, seconds: float) -> Iterator[str]:
    from goodoffices.prisoners.planning import making

    yield f"There is no plan. {_heading(conflict)}"
    yield from (f"  - {sentence}" for sentence in conflict.sentences)
    counts = making.fewer(problem, seconds)
    if counts is not None:
        parts = " and ".join(f"{counts[side.code]:,} of {side.name}" for side in problem.instance.sides)
        yield f"With “as_many_as_can: yes” {parts} could go."
    yield "Nothing was written."


def _heading(conflict: Conflict) -> str:
    if not conflict.irreducible:
        return "These conditions cannot all be met (perhaps it is fewer of them; time ran out):"
    if len(conflict.sentences) == 1:
        return "This cannot be met, whatever else is given up:"
    return "These conditions cannot all be met; without any one of them the others could:"


def _short(problem: Problem, made: Plan, seconds: float) -> Iterator[str]:
    """Why fewer go than were agreed, where that is so."""
    from goodoffices.prisoners.planning import making

    conflict = making.against(problem, made, seconds)
    if conflict is not None:
        yield f"Fewer go than were agreed. {_heading(conflict)}"
        yield from (f"  - {sentence}" for sentence in conflict.sentences)


def _instance(path: Path) -> Instance:
    from goodoffices.prisoners.planning import reading
    from goodoffices.prisoners.planning.persons import BadTable

    folder = path.resolve().parent

    def beside(name: str) -> str:
        named = (folder / name).resolve()
        if not named.is_relative_to(folder):
            raise OSError("it does not lie beside the instance")
        return _text(named)

    try:
        return reading.read(_text(path), beside)
    except BadTable as error:
        office.fail(f"{path.parent / error.table}, {error} Nothing was written.")
    except BadFile as error:
        office.fail(f"{path}, {error} Nothing was written.")
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror or error}. Nothing was written.")


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise OSError(f"it is larger than {MAX_BYTES // 2**20} MB")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OSError("it is not UTF-8 text") from error


def _since(instance: Instance, after: Path | None, done: int, missed: list[int], refused: list[str]) -> Since:
    from goodoffices.prisoners.planning import tables

    if after is None:
        if done or missed:
            office.fail("--done and --missed say what became of an earlier plan: name it with --after.")
        return Since(refused=_refused(instance, refused))
    for stage in (*([done] if done else []), *missed):
        if stage not in instance.numbers():
            office.fail(f"There is no stage {stage}; stages are numbered from 1 to {len(instance.stages)}.")
    if all(stage <= done or stage in missed for stage in instance.numbers()):
        office.fail("No stage is left to plan. Add one to the instance.")
    try:
        return Since(tables.read(_text(after), instance), done, frozenset(missed), _refused(instance, refused))
    except BadFile as error:
        office.fail(f"{after}, {error} Nothing was written.")
    except OSError as error:
        office.fail(f"{after} cannot be read: {error.strerror or error}. Nothing was written.")


def _refused(instance: Instance, given: list[str]) -> frozenset[str]:
    names: list[str] = []
    for item in given:
        names += re.split(r"[\s,]+", _file(Path(item[1:]))) if item.startswith("@") else item.split(",")
    wanted = frozenset(name for name in names if name)
    unknown = sorted(wanted - {person.id for person in instance.persons})
    if unknown:
        office.fail(f"“{unknown[0]}” is not among the persons of the instance. Nothing was written.")
    return wanted


def _file(path: Path) -> str:
    try:
        return _text(path)
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror or error}. Nothing was written.")


def _write(output: Path, text: str) -> None:
    """All of it or nothing; only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
