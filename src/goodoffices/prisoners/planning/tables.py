"""Plans as tables (CSV): written, and read again to be planned anew from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from goodoffices.papers.marked import BadFile, Place, meant
from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.plan import Plan, Seat

COLUMNS = ("person", "side", "stage", "day", "point", "bus", "place", "group")
PLACES = ("seat", "stretcher")


def written(instance: Instance, plan: Plan) -> str:
    """A row for everybody who goes, in order of stage, point, side, bus and list; lines end with a newline alone."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    persons = {person.id: person for person in instance.persons}
    for name, seat in plan.seats.items():
        person, day = persons[name], instance.stages[seat.stage - 1].day
        place = PLACES[seat.stretcher]
        table.writerow([name, person.side, seat.stage, day, seat.point, seat.bus, place, person.group])
    return out.getvalue()


def read(text: str, instance: Instance) -> dict[str, Seat]:
    """Everybody's seat in a plan that was written for this instance, or an earlier state of it. Raises ``BadFile``."""
    persons = {person.id: person for person in instance.persons}
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    seats: dict[str, Seat] = {}
    try:
        if tuple(next(lines, ())) != COLUMNS:
            raise BadFile(Place(), f"a plan begins with the columns {', '.join(COLUMNS)}.")
        for row in lines:
            place = Place(lines.line_num)
            if len(row) != len(COLUMNS):
                raise BadFile(place, f"this row has {len(row)} cells, and a plan has {len(COLUMNS)} columns.")
            given = dict(zip(COLUMNS, row, strict=True))
            if given["person"] in seats:
                raise BadFile(place, f"“{given['person']}” stands here twice.")
            if given["person"] not in persons:
                raise BadFile(place, f"“{given['person']}” is not among the persons of the instance.")
            if persons[given["person"]].side != given["side"]:
                raise BadFile(place, f"“{given['person']}” is of “{persons[given['person']].side}” in the instance.")
            seats[given["person"]] = _seat(given, place, instance)
    except csv.Error as error:
        raise BadFile(Place(lines.line_num), f"this is not a table in CSV: {error}.") from error
    return seats


def _seat(given: Mapping[str, str], place: Place, instance: Instance) -> Seat:
    points = [point.code for point in instance.points]
    if given["point"] not in points:
        raise BadFile(place, f"there is no point called “{given['point']}”. {meant(given['point'], points)}")
    for name in ("stage", "bus"):
        if not re.fullmatch(r"[1-9][0-9]{0,3}", given[name]):
            raise BadFile(place, f"“{name}” is a number from 1, and “{given[name]}” is none.")
    if int(given["stage"]) > len(instance.stages):
        raise BadFile(place, f"the instance has no stage {given['stage']}; add it, or use the plan's own instance.")
    if given["place"] not in PLACES:
        raise BadFile(place, f"“place” is seat or stretcher, and “{given['place']}” is neither.")
    return Seat(int(given["stage"]), given["point"], int(given["bus"]), given["place"] == "stretcher")


def ties(plan: Plan) -> str:
    """A row for each person whom its place on the list placed before or behind others who are alike."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["tie", "side", "category", "place", "person", "stage"])
    for number, tie in enumerate(plan.ties, 1):
        stages = [stage or "" for stage, count in tie.counts for _ in range(count)]
        for place, (member, stage) in enumerate(zip(tie.members, stages, strict=True), 1):
            table.writerow([number, tie.side, tie.category, place, member, stage])
    return out.getvalue()
