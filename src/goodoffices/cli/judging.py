"""``goodoffices lists judge``: matches and people's decisions in, outcomes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO, TypeVar

import typer

from goodoffices.cli import lists, office
from goodoffices.prisoners import decisions
from goodoffices.prisoners.agreeing.drawing import said as in_words
from goodoffices.prisoners.decisions import BadTable, Decided, Matches
from goodoffices.prisoners.judging import Found, Lists, counted
from goodoffices.prisoners.lists import categories
from goodoffices.prisoners.lists.persons import Person
from goodoffices.prisoners.lists.writing import write
from goodoffices.readouts.reconciling import outcome as in_a_sentence
from goodoffices.readouts.views import untranslated

LINES_SHOWN = 40
T = TypeVar("T")
PERSONS = ("id", "side", "categories")


def judge(
    paths: tuple[Path, Path],
    output: Path,
    says: Lists,
    *,
    waiting: Path | None = None,
    files: tuple[Path | None, Path | None] = (None, None),
    given: Mapping[str, str] | None = None,
    persons: Path | None = None,
    side: str | None = None,
) -> None:
    """Read, settle, write, and say what came of it."""
    if persons is not None and (side is None or says.pair() != "held-and-claimed"):
        office.fail("--persons needs --side, and one list of people held and one of people claimed.")
    matches, decided = _read(paths, says.right is None)
    every = decisions.found(matches, decided, says)
    with lists.written(output) as file:
        write(file, decisions.OUTCOMES, decisions.table(every, decided))
    if waiting is not None:
        _write_waiting(waiting, matches, decided, every, [_people(path, given) for path in files])
    if persons is not None and side is not None:
        _write_persons(persons, side, says, every, files, given)
    _report(every, says)


def _read(paths: tuple[Path, Path], within: bool) -> tuple[Matches, Decided]:
    matches = _used(paths[0], lambda text: decisions.read_matches(text, within))
    decided = _used(paths[1], lambda text: decisions.read_decisions(text, matches))
    if decided.faults:
        told = [f"line {fault.line}: {fault.why}" for fault in decided.faults[:LINES_SHOWN]]
        more = len(decided.faults) - LINES_SHOWN
        told += [f"and {more:,} more."] if more > 0 else []
        office.fail("\n".join([f"{paths[1]} cannot be used; nothing was written.", *told]))
    return matches, decided


def _used(path: Path, read: Callable[[str], T]) -> T:
    try:
        return read(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        office.fail(f"{path} is not UTF-8 text.")
    except BadTable as error:
        office.fail(f"{path} cannot be used: {error}")


def _people(path: Path | None, given: Mapping[str, str] | None) -> dict[str, Person]:
    if path is None:
        return {}
    return {person.id: person for person in lists.read(path, given, shared=True).persons()}


def _write_waiting(
    path: Path, matches: Matches, decided: Decided, every: Sequence[Found], people: Sequence[Mapping[str, Person]]
) -> None:
    """The sheet to fill in, with names and dates where the lists are given."""
    named = any(people)
    heads = ["left", "left_born", "right", "right_born"] if named else []

    def rows() -> Iterator[list[str]]:
        for row in decisions.waiting(matches, decided, every):
            shown = (
                [cell for id, side in zip(row, people, strict=False) for cell in _shown(side.get(id))] if named else []
            )
            yield [*row[:5], *shown, *row[5:]]

    with lists.written(path) as file:
        write(file, [*decisions.SHEET[:5], *heads, *decisions.SHEET[5:]], rows())


def _shown(person: Person | None) -> tuple[str, str]:
    if person is None:
        return "", ""
    name = " ".join(person.said[key] for key in ("name", "surname", "given", "patronymic") if key in person.said)
    return name, person.born.edtf if person.born is not None else person.said.get("born", "")


def _write_persons(
    path: Path,
    side: str,
    says: Lists,
    every: Sequence[Found],
    files: tuple[Path | None, Path | None],
    given: Mapping[str, str] | None,
) -> None:
    """People found to be held and claimed, by their id on the holder's list, for ``prisoners plan``."""
    holder = "left" if says.left == "we-hold" else "right"
    people = _people(files[0 if holder == "left" else 1], given)
    held = [one.row.number for one in every if one.row.side == holder and one.outcome == "held-and-claimed"]
    with lists.written(path) as file:
        _persons(file, side, held, people)
    typer.echo(f"{len(held):,} people who return to {side} are in {path}. Who of them goes is for the sides to agree.")


def _persons(file: TextIO, side: str, held: Sequence[str], people: Mapping[str, Person]) -> None:
    write(file, PERSONS, ([id, side, _categories(people.get(id))] for id in held))


def _categories(person: Person | None) -> str:
    if person is None:
        return ""
    found = categories.read(person.said.get("category", "") + ", " + person.said.get("health", ""))
    return ";".join(in_words(category) for category in sorted(found))


def _report(every: Sequence[Found], says: Lists) -> None:
    for code, sides in counted(every).items():
        rows = (
            f"{sides['left']:,}"
            if says.right is None
            else f"{sides['left']:,} on the left, {sides['right']:,} on the right"
        )
        typer.echo(f"{in_a_sentence(code, untranslated)}: {rows}.")
    typer.echo("This is what people decided; the program decides nothing.")
