"""``goodoffices lists``: lists of prisoners from files without a server, and in the list rooms of this machine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from goodoffices.cli import office
from goodoffices.prisoners.lists.fields import BadMap
from goodoffices.prisoners.lists.persons import Person, Reading
from goodoffices.prisoners.lists.tables import BadList

app = typer.Typer(help="Lists of prisoners, from files and in rooms.", no_args_is_help=True)

_Map = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE", help="Which column is which (JSON: heading to field), as --save-map writes."),
]


_SCRIPT_HELP = "Alphabet and standard, several in turn: uk, ru, arabic, uk-passport, ru-bgn, uk-german …"
_SPARK_HELP = "A setting of Spark, as in spark.master=spark://host:7077 or spark.driver.memory=8g; may be repeated."
_ERROR_HELP = "How often something goes wrong, as in typo=0.1; may be repeated."


class Engine(StrEnum):
    """Where lists are matched."""

    LOCAL = "local"
    SPARK = "spark"


class Holds(StrEnum):
    """Whom a list names, as its filer says."""

    WE_HOLD = "we-hold"
    THEY_HOLD = "they-hold"


@app.callback()
def lists() -> None:
    """Lists of prisoners, from files and in rooms."""


@app.command(epilog="Example: goodoffices lists check list.xlsx --save-map map.json")
def check(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A list: CSV, XLSX or PFIF, in any order of columns.")],
    columns: _Map = None,
    save: Annotated[Path | None, typer.Option("--save-map", metavar="FILE", help="Write the columns there.")] = None,
    good: Annotated[Path | None, typer.Option("--good", metavar="FILE", help="Write usable rows there (CSV).")] = None,
    exchange: Annotated[
        Path | None, typer.Option("--pfif", metavar="FILE", help="Write usable rows there as PFIF 1.4.")
    ] = None,
    domain: Annotated[str, typer.Option("--domain", help="Whose numbers these are, for PFIF.")] = "goodoffices.invalid",
    aside: Annotated[
        Path | None, typer.Option("--aside", metavar="FILE", help="Write unusable rows there (CSV).")
    ] = None,
) -> None:
    """Say how a list is understood and what is wrong with it, all at once, by row and column.

    Nothing in the file is run, and no cell is printed: only where it stands. The exit code is 1 if rows cannot be used.
    """
    from goodoffices.prisoners.lists import checking, telling

    reading = read(path, _map(columns))
    typer.echo(f"{path.name}, {reading.table.read_as}.")
    typer.echo(telling.columns(reading.table.headings, reading.columns))
    if save is not None:
        _save_map(save, reading)
    persons = checking.check(reading, datetime.now(UTC).date())
    if exchange is not None:
        persons = _as_pfif(list(persons), exchange, domain)
    used = _pass_on(persons, reading, good)
    bad = len({(f.row, f.row or f.why) for f in reading.findings if f.bad})
    typer.echo(f"{used:,} rows can be used, {bad:,} cannot.")
    for line in telling.findings(reading.findings, reading.table.headings):
        typer.echo(line)
    if aside is not None:
        with written(aside) as file:
            _rows(file, ["row", *reading.table.headings], ([str(n), *cells] for n, cells in reading.aside))
    raise typer.Exit(1 if bad else 0)


@app.command(epilog="Example: goodoffices lists match held.xlsx claimed.csv -o matches.csv")
def match(
    left: Annotated[Path, typer.Argument(metavar="LEFT", help="A list: CSV or XLSX.")],
    right: Annotated[Path, typer.Argument(metavar="RIGHT", help="Another list; the same file finds its duplicates.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the matches (CSV).")],
    columns: _Map = None,
    engine: Annotated[Engine, typer.Option("--engine", help="Where to compute.")] = Engine.LOCAL,
    why: Annotated[
        Path | None,
        typer.Option("--why", metavar="FILE", help="Write what spoke for and against pairs to review (CSV)."),
    ] = None,
    spark: Annotated[list[str] | None, typer.Option("--spark-set", metavar="KEY=VALUE", help=_SPARK_HELP)] = None,
) -> None:
    """Say who on one list may be whom on the other: certain, for review, or unmatched.

    Nothing is decided here. “certain” means that the program finds nothing to doubt; who is who is for people to say.
    """
    from goodoffices.cli import matching

    given = _map(columns)
    matching.match(left, right, output, given, matching.Where(engine, _spark(engine, spark or [])), why)


_Holds = Annotated[Holds, typer.Option(help="Whom that list names.")]


@app.command(epilog="Example: goodoffices lists judge matches.csv decisions.csv -o outcomes.csv --waiting sheet.csv")
def judge(
    matches: Annotated[Path, typer.Argument(metavar="MATCHES", help="What lists match wrote.")],
    decided: Annotated[
        Path, typer.Argument(metavar="DECISIONS", help="A table: left_id, right_id, verdict, by, reason.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the outcomes (CSV).")],
    waiting: Annotated[
        Path | None, typer.Option("--waiting", metavar="FILE", help="Write what is not settled, to be filled in (CSV).")
    ] = None,
    left: Annotated[
        Path | None, typer.Option("--left", metavar="FILE", help="The left list, for names in what waits.")
    ] = None,
    right: Annotated[Path | None, typer.Option("--right", metavar="FILE", help="The right list.")] = None,
    columns: _Map = None,
    left_holds: _Holds = Holds.WE_HOLD,
    right_holds: _Holds = Holds.THEY_HOLD,
    duplicates: Annotated[bool, typer.Option("--duplicates", help="The matches are within one list.")] = False,
    persons: Annotated[
        Path | None,
        typer.Option("--persons", metavar="FILE", help="Write who is held and claimed, for prisoners plan (CSV)."),
    ] = None,
    side: Annotated[
        str | None, typer.Option("--side", metavar="CODE", help="The side that those held and claimed return to.")
    ] = None,
) -> None:
    """Say what people's decisions on matches come to: held and claimed, claimed and denied, held and not claimed, open.

    The verdict on a pair is same, different or cannot-tell; on one row (the other id left empty) alone or cannot-tell.
    A pair for review needs two people; where they disagree it stays open until a third, or one of them anew, says.
    """
    from goodoffices.cli import judging
    from goodoffices.prisoners.judging import Lists

    says = Lists(left_holds.value, None if duplicates else right_holds.value)
    judging.judge(
        (matches, decided),
        output,
        says,
        waiting=waiting,
        files=(left, left if duplicates else right),
        given=_map(columns),
        persons=persons,
        side=side,
    )


@app.command(
    epilog="Example: goodoffices lists reconcile talks matching --left lists-a/held --right lists-b/claimed --as anna"
)
def reconcile(
    talks: Annotated[str, typer.Argument(metavar="TALKS", help="Short name of the talks.")],
    room: Annotated[str, typer.Argument(metavar="ROOM", help="The room that the intermediary has for itself.")],
    left: Annotated[str, typer.Option("--left", metavar="ROOM/LIST", help="A list in a list room.")],
    username: Annotated[str, typer.Option("--as", metavar="PERSON", help="Somebody of the intermediary.")],
    right: Annotated[
        str | None,
        typer.Option("--right", metavar="ROOM/LIST", help="The other; without it duplicates are looked for."),
    ] = None,
) -> None:
    """Match lists that were filed in rooms on this machine, however large, and enter what was found.

    Large lists are compared in a process of their own, in memory only. Nothing is decided: people judge every pair.
    """
    from goodoffices.cli import reconciling

    reconciling.reconcile(talks, room, left, right, username)


@app.command(epilog="Example: goodoffices lists synthesize left.csv right.csv --truth truth.csv --size 1000")
def synthesize(
    left: Annotated[Path, typer.Argument(metavar="LEFT", help="Where to write one list (CSV).")],
    right: Annotated[Path, typer.Argument(metavar="RIGHT", help="Where to write the other.")],
    truth: Annotated[Path, typer.Option("--truth", metavar="FILE", help="Where to write who is who (CSV).")],
    size: Annotated[int, typer.Option("--size", min=1, max=2_000_000, help="Persons on the left list.")] = 1000,
    size_right: Annotated[
        int | None, typer.Option("--size-right", min=1, max=2_000_000, help="On the right one.")
    ] = None,
    overlap: Annotated[float, typer.Option("--overlap", min=0, max=1, help="Share of the shorter list on both.")] = 0.8,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed makes the same lists.")] = 1,
    left_script: Annotated[str, typer.Option("--left-script", metavar="SCRIPT,…", help=_SCRIPT_HELP)] = "uk",
    right_script: Annotated[str, typer.Option("--right-script", metavar="SCRIPT,…", help=_SCRIPT_HELP)] = "uk-passport",
    error: Annotated[list[str] | None, typer.Option("--error", metavar="KIND=RATE", help=_ERROR_HELP)] = None,
) -> None:
    """Make two lists of people who do not exist, some of them on both, and the truth of who is who."""
    from goodoffices.cli import synthesizing

    synthesizing.synthesize(
        (left, right, truth), (size, size_right or size), overlap, seed, (left_script, right_script), error or []
    )


class Form(StrEnum):
    """What a list is taken out as."""

    CSV = "csv"
    PFIF = "pfif"


_Talks = Annotated[str, typer.Argument(metavar="TALKS", help="Short name of the talks.")]
_Room = Annotated[str, typer.Argument(metavar="ROOM", help="Short name of the list room.")]
_Code = Annotated[str, typer.Argument(metavar="LIST", help="Short name of the list.")]
_As = Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="As whom: an account that sits in the room.")]


@app.command(
    name="file", epilog="Example: goodoffices lists file talks lists-a held.xlsx --code held --holds we-hold --as anna"
)
def file_(
    talks: _Talks,
    room: _Room,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A list: CSV, XLSX or PFIF.")],
    code: Annotated[str, typer.Option("--code", help="Short name of the list; every version bears it.")],
    username: _As,
    holds: Annotated[
        Holds | None, typer.Option("--holds", help="Whom it names; a corrected list need not say.")
    ] = None,
    columns: _Map = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="It corrects the list of this name.")] = False,
) -> None:
    """File a list in its side's list room on this machine; it is kept encrypted, and no copy of the file is made.

    What is wrong with it is told by row and column; rows that cannot be used are kept aside with it.
    """
    from goodoffices.cli import list_rooms

    list_rooms.file(talks, room, path, code, username, holds, _map(columns), corrected)


@app.command(epilog="Example: goodoffices lists show talks lists-a --as anna")
def show(
    talks: _Talks,
    room: _Room,
    code: Annotated[str | None, typer.Argument(metavar="[LIST]", help="A list; without it, all of the room.")] = None,
    username: Annotated[str, typer.Option("--as", metavar="ACCOUNT", help="As whom.")] = "",
    rows: Annotated[bool, typer.Option("--rows", help="Print who is on it, too.")] = False,
) -> None:
    """Show the lists of a list room: versions, what was found, what the newest changed, and leave given."""
    from goodoffices.cli import list_rooms

    list_rooms.show(talks, room, code, username, rows)


@app.command(
    epilog="Example: goodoffices lists export talks lists-a held -o held.age --to age1… --reason “For N” --as nina"
)
def export(
    talks: _Talks,
    room: _Room,
    code: _Code,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the age file.")],
    to: Annotated[list[str], typer.Option("--to", metavar="KEY", help="age key (age1…); may be repeated.")],
    reason: Annotated[str, typer.Option("--reason", help="Who needs it and what for; this stands on the record.")],
    username: _As,
    form: Annotated[Form, typer.Option("--form", help="As what.")] = Form.CSV,
) -> None:
    """Take the newest version of a list out, encrypted to the keys you name. No later erasure reaches it."""
    from goodoffices.cli import list_rooms

    list_rooms.export(talks, room, code, output, to, reason, username, form)


def read(path: Path, columns: Mapping[str, str] | None, *, shared: bool = False) -> Reading:
    """A list to be understood; fails with what is wrong with the file. ``shared``: the map is for another list, too."""
    from goodoffices.prisoners.lists import files

    try:
        return files.read(path.read_bytes(), columns, shared=shared)
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")
    except (BadList, BadMap) as error:
        office.fail(f"{path} cannot be used as a list. {error}")


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A file only its owner may read: what is written here are names of prisoners."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        office.fail(f"{path} cannot be written: {error.strerror}.")


def _map(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")
    except ValueError:
        office.fail(f'{path} is not JSON. A map looks like this: {{"Прізвище": "surname"}}')
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found.values()):
        office.fail(f'{path} is not a map of headings to fields. It looks like this: {{"Прізвище": "surname"}}')
    return found


def _spark(engine: Engine, given: list[str]) -> dict[str, str]:
    if given and engine is not Engine.SPARK:
        office.fail("--spark-set says how Spark is to work, and goes with --engine spark.")
    wrong = [one for one in given if not one.startswith("spark.") or "=" not in one]
    if wrong:
        office.fail(f"A setting of Spark looks like this: spark.driver.memory=8g. This does not: {wrong[0]}")
    return dict(one.split("=", 1) for one in given)


def _save_map(path: Path, reading: Reading) -> None:
    found = {reading.table.headings[column]: key for column, key in sorted(reading.columns.items())}
    with written(path) as file:
        json.dump(found, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _pass_on(persons: Iterator[Person], reading: Reading, good: Path | None) -> int:
    """How many persons there are; written out on the way if wanted, with dates as they were understood."""
    if good is None:
        return sum(1 for _ in persons)
    keys = [key for _, key in sorted(reading.columns.items())]
    count = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal count
        for person in persons:
            count += 1
            dates = {"born": person.born, "captured": person.captured}
            yield [d.edtf if (d := dates.get(key)) else person.said.get(key, "") for key in keys]

    with written(good) as file:
        _rows(file, keys, rows())
    return count


def _as_pfif(persons: list[Person], path: Path, domain: str) -> Iterator[Person]:
    from goodoffices.prisoners.lists import pfif

    with written(path) as file:
        pfif.write(file, persons, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), domain)
    return iter(persons)


def _rows(file: TextIO, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from goodoffices.prisoners.lists.writing import write

    write(file, headings, rows)
