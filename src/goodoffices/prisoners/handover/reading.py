"""A handover from files: the plan as a table, observations and countersignatures as they were written down.

Without a server the rules are the same; who may observe is for those who hand the file in. Observations are a table
(CSV, columns in any order) or JSON lines with the same names. Rows that cannot be used are found all at once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.papers.marked import BadFile, Place
from goodoffices.prisoners.handover import course as courses
from goodoffices.prisoners.handover.course import Course, Planned, Seen, Signed
from goodoffices.prisoners.handover.outcomes import OBSERVED, TAKEN_BACK
from goodoffices.prisoners.planning.tables import COLUMNS

NEEDED = ("by", "stage", "number", "what")
MORE = ("point", "device", "counter", "claimed", "corrects")
SIGNED = ("by", "stage", "digest")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_KEY = re.compile(r"([^/]+)/([0-9]+)")


@dataclass(frozen=True)
class Plan:
    """``sides``: those of the plan, by code. ``stages``: in order; persons by id, each with the side that gives it."""

    sides: tuple[str, ...]
    stages: tuple[Planned, ...]

    def point(self, stage: int, number: str) -> str | None:
        """Where somebody is planned in a stage."""
        found = next((one for one in self.stages if one.number == stage and number in one.persons), None)
        return found.persons[number].point if found is not None else None

    def holds(self, number: str) -> bool:
        return any(number in stage.persons for stage in self.stages)


@dataclass(frozen=True)
class Finding:
    """A row that cannot be used, and why."""

    row: int
    why: str


def plan(text: str) -> Plan:
    """The plan in a table that ``prisoners plan`` wrote. Raises ``BadFile``."""
    persons: dict[int, dict[str, tuple[str, str]]] = {}
    days: dict[int, str] = {}
    seen = set[str]()
    for place, row in _table(text, COLUMNS):
        _check_row(row, place)
        if row["person"] in seen:
            raise BadFile(place, f"“{row['person']}” stands here twice.")
        seen.add(row["person"])
        stage = int(row["stage"])
        if days.setdefault(stage, row["day"]) != row["day"]:
            raise BadFile(place, f"stage {stage} is on two days, {days[stage]} and {row['day']}.")
        persons.setdefault(stage, {})[row["person"]] = (row["point"], row["side"])
    sides = tuple(sorted({side for those in persons.values() for _, side in those.values()}))
    if not 1 <= len(sides) <= 2:
        raise BadFile(Place(1), "a plan is of one or two sides, and somebody goes in it.")
    return Plan(sides, tuple(_stage(n, days[n], persons[n], sides) for n in sorted(persons)))


def _check_row(row: Mapping[str, str], place: Place) -> None:
    if not _NUMBER.fullmatch(row["stage"]):
        raise BadFile(place, f"“stage” is a number from 1, and “{row['stage']}” is none.")
    try:
        date.fromisoformat(row["day"])
    except ValueError:
        raise BadFile(place, f"“day” is written as 2030-05-01, and “{row['day']}” is none.") from None
    if not row["person"] or not row["point"] or not row["side"]:
        raise BadFile(place, "a person, a side and a point are needed in every row.")


def _stage(number: int, day: str, those: Mapping[str, tuple[str, str]], sides: tuple[str, ...]) -> Planned:
    persons = {name: courses.Place(point, _giver(side, sides)) for name, (point, side) in those.items()}
    return Planned(number, day, persons)


def _giver(side: str, sides: tuple[str, ...]) -> str:
    """The side that hands over whoever returns to ``side``."""
    return next((other for other in sides if other != side), f"the other side of {side}")


def course(now: Plan, before: Plan | None = None, done: int = 0) -> Course:
    """The course before anything was observed: stages up to ``done`` as an earlier plan had them, the rest as now."""
    kept = [one for one in before.stages if one.number <= done] if before is not None else []
    return courses.planned(Course(), "plan", [*kept, *(one for one in now.stages if one.number > done or not before)])


# Observations


def rows(text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row of a table or of JSON lines with its number, in order. Raises ``BadFile`` where it is neither."""
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, _object(number, line)
        return
    for place, row in _table(text, NEEDED, MORE):
        yield place.line, row


def _object(number: int, line: str) -> Mapping[str, object]:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadFile(Place(number), "this line is not JSON.") from error
    if not isinstance(read, dict):
        raise BadFile(Place(number), "each line is one observation, in braces.")
    return {str(name): value for name, value in read.items()}


def observe(before: Course, given: Plan, text: str) -> tuple[Course, list[Finding]]:
    """The course after every observation in a file, and the rows that could not be used. Raises ``BadFile``."""
    found: list[Finding] = []
    course = before
    for number, row in rows(text):
        try:
            one = _seen(given, row, number)
            known = course.seen.get(one.key)
            if known is not None and (known.number, known.what) != (one.number, one.what):
                raise ValueError(f"device and counter are those of another observation ({known.number}: {known.what}).")
        except ValueError as error:
            found.append(Finding(number, str(error)))
        else:
            course = courses.observed(course, one, "plan")
    return course, found


def _seen(given: Plan, row: Mapping[str, object], number: int) -> Seen:
    """One observation. Raises ``ValueError`` with what is wrong, a sentence."""
    said = {name: str(row.get(name) if row.get(name) is not None else "").strip() for name in (*NEEDED, *MORE)}
    for name in NEEDED:
        if not said[name]:
            raise ValueError(f"“{name}” is empty.")
    if said["what"] not in OBSERVED:
        raise ValueError(f"“{said['what']}” is not an observation; it is one of {', '.join(OBSERVED)}.")
    if not _NUMBER.fullmatch(said["stage"]) or not any(s.number == int(said["stage"]) for s in given.stages):
        raise ValueError(f"the plan has no stage “{said['stage']}”.")
    if not given.holds(said["number"]):
        raise ValueError(f"nobody in the plan has the number “{said['number']}”.")
    if said["what"] == TAKEN_BACK and not said["corrects"]:
        raise ValueError("“corrects” says which observation is taken back: its device and counter, as phone-1/7.")
    return _made(given, said, number)


def _made(given: Plan, said: Mapping[str, str], number: int) -> Seen:
    stage = int(said["stage"])
    point = said["point"] or given.point(stage, said["number"])
    if point is None:
        raise ValueError(f"“{said['number']}” is not planned in stage {stage}; say at which point it was observed.")
    if point not in {place.point for one in given.stages for place in one.persons.values()}:
        raise ValueError(f"the plan has no point “{point}”.")
    key = f"{said['by']}/row/{number}"
    if said["device"] or said["counter"]:
        if not said["device"] or not said["counter"].isdecimal():
            raise ValueError("“device” and “counter” go together, and a counter is a whole number.")
        key = courses.key(said["by"], said["device"], int(said["counter"]))
    return Seen(
        ref=f"row {number}",
        by=said["by"],
        stage=stage,
        point=point,
        number=said["number"],
        what=said["what"],
        key=key,
        claimed=_claimed(said["claimed"]),
        corrects=f"{said['by']}/{_corrects(said['corrects'])}" if said["corrects"] else None,
    )


def _claimed(text: str) -> str | None:
    if not text:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“claimed” is a time as 2030-05-01T09:30:00Z, and “{text}” is none.") from None
    return text


def _corrects(text: str) -> str:
    read = _KEY.fullmatch(text)
    if read is None:
        raise ValueError(f"“corrects” is a device and a counter, as phone-1/7, and “{text}” is not.")
    return f"{read[1]}/{int(read[2])}"


def countersign(course: Course, text: str, signers: Iterable[str]) -> tuple[Course, list[Finding]]:
    """The course with the signatures that a table says were given, and the rows that could not be used.

    It is taken at its word: whether a signature is good, ``ssh-keygen -Y verify`` says of the statement.
    """
    wanted, found = set(signers), list[Finding]()
    for place, row in _table(text, SIGNED):
        if row["by"] not in wanted:
            found.append(Finding(place.line, f"“{row['by']}” is none of {', '.join(sorted(wanted))}."))
        elif row["stage"] not in course.stages:
            found.append(Finding(place.line, f"the plan has no stage “{row['stage']}”."))
        elif not re.fullmatch("[0-9a-f]{64}", row["digest"]):
            found.append(Finding(place.line, "a digest has 64 characters, 0 to 9 and a to f."))
        else:
            signed = Signed(f"row {place.line}", row["by"], row["digest"])
            course = courses.countersigned(course, int(row["stage"]), signed)
    return course, found


def _table(text: str, needed: tuple[str, ...], more: tuple[str, ...] = ()) -> Iterator[tuple[Place, dict[str, str]]]:
    """The rows of a table whose first row names its columns, in any order."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        columns = [name.strip() for name in next(lines, [])]
        missing = [name for name in needed if name not in columns]
        if missing:
            known = ", ".join((*needed, *more))
            raise BadFile(Place(1), f"the column “{missing[0]}” is missing. The columns are {known}.")
        for row in lines:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(columns):
                raise BadFile(Place(lines.line_num), f"this row has {len(row)} cells for {len(columns)} columns.")
            cells = [*row, *[""] * (len(columns) - len(row))]
            yield Place(lines.line_num), dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise BadFile(Place(lines.line_num), f"this is not a table in CSV: {error}.") from error
