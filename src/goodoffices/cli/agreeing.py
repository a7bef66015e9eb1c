"""``goodoffices prisoners draw`` and ``agreed``: the list of who goes, from files and without a server."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import office
from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing import lists, selecting
from goodoffices.prisoners.agreeing.lists import Changes, Going
from goodoffices.prisoners.agreeing.selecting import Candidate
from goodoffices.prisoners.planning import persons
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, CATEGORIES, COUNTED, UNCOUNTED, Person

NAMED = 20  # ids shown of each kind of change


def draw(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PERSONS…", help="Who may go (CSV: id, side, categories), a file or several."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the list (CSV).")],
    number: Annotated[
        list[str] | None,
        typer.Option("--number", metavar="N", help="How many of each side count; or SIDE=N, once for each side."),
    ] = None,
    uncounted: Annotated[
        list[str] | None, typer.Option("--uncounted", metavar="CATEGORY", help="All of it go free of any count.")
    ] = None,
    all_for_all: Annotated[
        list[str] | None, typer.Option("--all-for-all", metavar="CATEGORY", help="All of it go, for all of it.")
    ] = None,
    priority: Annotated[
        list[str] | None, typer.Option("--priority", metavar="CATEGORY", help="Counted first; repeat, in agreed order.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="ID", help="Refused, or not wishing to go; repeat, or @FILE with one a line."
        ),
    ] = None,
    instead: Annotated[
        list[str] | None, typer.Option("--instead", metavar="OUT=IN", help="IN goes in the place of OUT; with --keep.")
    ] = None,
    keep: Annotated[Path | None, typer.Option("--keep", metavar="FILE", help="Begin with this agreed list.")] = None,
    imbalance: Annotated[int, typer.Option("--imbalance", metavar="N", help="The agreed difference.", min=0)] = 0,
) -> None:
    """Draw the list of who goes, in its three flows, and print the digest that both sides confirm.

    Where the agreed priorities leave a choice, the order of the files decides, and the command says where.
    """
    people = _people(paths)
    sides = list(dict.fromkeys(person.side for person in people.values()))
    if len(sides) != 2:
        office.fail(f"An exchange is between two sides; in these files are {len(sides)}: {', '.join(sides)}.")
    _check_categories([*(uncounted or ()), *(all_for_all or ()), *(priority or ())])
    before = _read(keep) if keep is not None else ()
    places = _places(instead or (), before, people)
    out = _ids(without or (), people) | set(places)
    free = dict(_free(people, out, uncounted or (), all_for_all or ()))
    kept = [places.get(p.id, p.id) for p in before if p.flow == COUNTED]
    left = [p for p in people.values() if p.id not in out and p.id not in free]
    order = {id: place for place, id in enumerate(dict.fromkeys((*kept, *people)))}
    left.sort(key=lambda person: order[person.id])
    wanted = _numbers(number or (), sides, before)
    found = selecting.selected(_candidates(left), wanted, priority or (), kept)
    going = tuple(_going(people, found.ids, free))
    _write(output, going, sides, imbalance, found.short)
    _tell(going, sides, found.cut)
    if before:
        _tell_changes(lists.changes(before, going))
    typer.echo(f"SHA-256 {lists.digest(lists.written(going))}")
    typer.echo(f"Written to {output}. Both sides find the same digest with: sha256sum {output}")


def agreed(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A list, as “prisoners draw” or a room's page gives it.")
    ],
    before: Annotated[
        Path | None, typer.Option("--before", metavar="FILE", help="An earlier list: say what changed since.")
    ] = None,
    imbalance: Annotated[int, typer.Option("--imbalance", metavar="N", help="The agreed difference.", min=0)] = 0,
) -> None:
    """Check a list of who goes: its flows, equal numbers, contradictions; and print its digest."""
    going = _read(path)
    sides = list(dict.fromkeys(person.side for person in going))
    faults = list(_faults(going, sides, imbalance))
    if len(sides) == 2:
        _tell(going, sides, {})
    if before is not None:
        _tell_changes(lists.changes(_read(before), going))
    text = lists.written(going)
    if path.read_bytes() != text.encode():
        faults.append("The file is not written byte for byte as a list is: its digest would be another.")
    typer.echo(f"SHA-256 {lists.digest(text)}")
    if faults:
        office.fail("\n".join(faults))


def _people(paths: Iterable[Path]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    at: dict[str, Path] = {}
    for path in paths:
        text = _text(path)
        try:
            some = persons.from_table(text, _sides(text))
        except BadFile as error:
            office.fail(f"{path}, {error} Nothing was written.")
        for person in some:
            first = found.setdefault(person.id, person)
            if first is not person:
                where = f"in {at[person.id]} for “{first.side}”, in {path} for “{person.side}”"
                office.fail(f"“{person.id}” is on two lists: {where}. Nothing was written.")
            at[person.id] = path
    return found


def _sides(text: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return list(dict.fromkeys(side for row in rows if (side := (row.get("side") or "").strip())))


def _check_categories(given: Iterable[str]) -> None:
    for name in given:
        if name not in CATEGORIES:
            office.fail(f"There is no category “{name}”. Categories are: {', '.join(CATEGORIES)}.")


def _places(given: Iterable[str], before: Iterable[Going], people: Mapping[str, Person]) -> dict[str, str]:
    """Who goes in whose place."""
    listed, found = {p.id: p for p in before}, dict[str, str]()
    for text in given:
        out, _, into = text.partition("=")
        if out not in listed:
            office.fail(f"“{out}” is not on the list of --keep, so nobody takes that place.")
        if into not in people or into in listed or people[into].side != listed[out].side:
            office.fail(f"“{into}” cannot take the place of “{out}”: it must be of the same side and not on the list.")
        found[out] = into
    return found


def _ids(given: Iterable[str], people: Mapping[str, Person]) -> set[str]:
    found: set[str] = set()
    for text in given:
        found |= set(_text(Path(text[1:])).split()) if text.startswith("@") else {text}
    unknown = sorted(found - people.keys())
    if unknown:
        office.fail(f"“{unknown[0]}” is not among the persons of these files. Nothing was written.")
    return found


def _free(
    people: Mapping[str, Person], out: set[str], uncounted: Sequence[str], all_for_all: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Who does not count, and in which flow; one who falls under both goes free of any count."""
    for person in people.values():
        if person.id in out:
            continue
        if set(person.categories) & set(uncounted):
            yield person.id, UNCOUNTED
        elif category := next((one for one in all_for_all if one in person.categories), ""):
            yield person.id, ALL_FOR_ALL + category


def _numbers(given: Sequence[str], sides: Sequence[str], before: Sequence[Going]) -> dict[str, int]:
    found = lists.counts(before, sides) if before else dict.fromkeys(sides, 0)
    for text in given:
        side, _, number = text.rpartition("=")
        if not number.isdecimal() or (side and side not in sides):
            office.fail(f"--number is a number, or SIDE=NUMBER with one of {', '.join(sides)}; “{text}” is neither.")
        found |= {side: int(number)} if side else dict.fromkeys(sides, int(number))
    return found


def _candidates(left: Iterable[Person]) -> Iterator[Candidate]:
    yield from (Candidate(person.id, person.side, person.categories) for person in left)


def _going(people: Mapping[str, Person], counted: Iterable[str], free: Mapping[str, str]) -> Iterator[Going]:
    """The counted in their order, then all for all by category, then the uncounted, as in a room."""
    flows = {**dict.fromkeys(counted, COUNTED), **free}
    order = [COUNTED, *sorted(flow for flow in set(free.values()) if flow != UNCOUNTED), UNCOUNTED]
    for id in sorted(flows, key=lambda id: order.index(flows[id])):
        yield Going(id, people[id].side, flows[id], people[id].categories)


def _write(
    output: Path, going: Sequence[Going], sides: Sequence[str], imbalance: int, short: Mapping[str, int]
) -> None:
    for side, missing in short.items():
        typer.echo(f"For “{side}” {missing:,} fewer could be counted than asked: nobody else may go.", err=True)
    faults = list(_faults(going, sides, imbalance))
    if faults:
        office.fail("\n".join([*faults, "Nothing was written."]))
    try:
        output.write_bytes(lists.written(going).encode())
    except OSError as error:
        office.fail(f"{output} cannot be written: {error.strerror}.")


def _faults(going: Sequence[Going], sides: Sequence[str], imbalance: int) -> Iterator[str]:
    if len(sides) != 2:
        yield f"An exchange is between two sides; here are {len(sides)}."
        return
    yield from lists.faults(going, {side: f"“{side}”" for side in sides}, imbalance)


def _tell(going: Sequence[Going], sides: Sequence[str], cut: Mapping[str, int]) -> None:
    for flow in dict.fromkeys(p.flow for p in going):
        parts = " and ".join(f"{sum(p.flow == flow and p.side == s for p in going):,} to {s}" for s in sides)
        apart = " (kept apart from the count)" if flow == UNCOUNTED else ""
        typer.echo(f"{flow}: {parts}{apart}.")
    for remark in lists.remarks(going):
        typer.echo(remark)
    for side, left in cut.items():
        typer.echo(f"For {side} {left:,} alike in priority were left out; the order of the files decided.")


def _tell_changes(changes: Changes) -> None:
    for words, some in (("Go no more", changes.went), ("New on it", changes.came)):
        if some:
            more = f" and {len(some) - NAMED:,} more" if len(some) > NAMED else ""
            typer.echo(f"{words}: {', '.join(p.id for p in some[:NAMED])}{more}.")
    for old, new in changes.altered[:NAMED]:
        typer.echo(f"Otherwise: {new.id}, {old.flow} before, {new.flow} now.")
    if not changes:
        typer.echo("Nobody came or went; at most the order is another.")


def _read(path: Path) -> tuple[Going, ...]:
    try:
        return lists.read(_text(path))
    except BadFile as error:
        office.fail(f"{path}, {error}")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError:
        office.fail(f"{path} is not UTF-8 text.")
