"""Manifests: one sheet for each bus, to be printed, ticked off and signed. They hold ids and no names.

A sheet says nothing of health or category: who sits where and with whom is all that a bus needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from goodoffices.prisoners.planning.instance import Bus, Instance
from goodoffices.prisoners.planning.labels import label
from goodoffices.prisoners.planning.plan import Plan
from goodoffices.prisoners.planning.tables import PLACES

_SIGNING = ("handed", "taken over", "neutral")
_STYLE = """body{font:11pt/1.4 sans-serif;color:#000;background:#fff;max-width:50rem;margin:1rem auto;padding:0 1rem}
section{break-after:page;margin-bottom:3rem}h1{font-size:1.3rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:0 1rem}
dt{color:#444}dd{margin:0;font-weight:600}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #777;padding:.2rem .5rem;text-align:start}th{background:#eee}thead{display:table-header-group}
td.tick{width:5rem}.sign th{width:12rem}.sign td{height:2.5rem}"""


@dataclass(frozen=True)
class Row:
    person: str
    place: str
    group: str


@dataclass(frozen=True)
class Sheet:
    """One bus. ``number`` of ``buses`` that its side has there."""

    stage: int
    day: date
    point: str
    side: str
    number: int
    buses: int
    bus: Bus
    rows: tuple[Row, ...]

    def taken(self, place: str) -> int:
        return sum(row.place == place for row in self.rows)


def sheets(instance: Instance, plan: Plan) -> Iterator[Sheet]:
    """A sheet for every bus in which somebody rides, in the order of the plan."""
    persons = {person.id: person for person in instance.persons}
    rides = [(seat.stage, seat.point, persons[name].side, seat.bus, name) for name, seat in plan.seats.items()]
    for (stage, point, side, number), those in groupby(rides, key=lambda ride: ride[:4]):
        buses = instance.buses.get((side, stage, point), ())
        if number > len(buses):  # a stage that is over, whose buses have been taken out of the instance since
            continue
        names = [ride[4] for ride in those]
        rows = tuple(Row(n, PLACES[plan.seats[n].stretcher], persons[n].group) for n in names)
        day, bus = instance.stages[stage - 1].day, buses[number - 1]
        yield Sheet(stage, day, instance.name_of(point), instance.name_of(side), number, len(buses), bus, rows)


def html(instance: Instance, plan: Plan, language: str) -> str:
    """One document, a page for each sheet; nothing is fetched."""
    body = "\n".join(_section(instance, sheet, language) for sheet in sheets(instance, plan))
    title = escape(f"{label('manifest', language)}: {instance.title}")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def text(instance: Instance, plan: Plan, language: str) -> str:
    """The same as plain text, a form feed between sheets."""
    return "\f".join(_text(instance, sheet, language) for sheet in sheets(instance, plan))


def facts(instance: Instance, sheet: Sheet, language: str) -> list[tuple[str, str]]:
    """What stands above the rows of a sheet, label and text."""
    bus = f"{sheet.number}/{sheet.buses}" + (f" ({sheet.bus.name})" if sheet.bus.name else "")
    found = [
        ("exchange", instance.title),
        ("stage", str(sheet.stage)),
        ("day", sheet.day.isoformat()),
        ("point", sheet.point),
        ("side", sheet.side),
        ("bus", bus),
        ("total", str(len(sheet.rows))),
        ("seats", f"{sheet.taken('seat')}/{sheet.bus.seats}"),
        ("stretchers", f"{sheet.taken('stretcher')}/{sheet.bus.stretchers}"),
    ]
    return [(label(key, language), value) for key, value in found]


def _section(instance: Instance, sheet: Sheet, language: str) -> str:
    above = "".join(
        f'<dt>{escape(name)}</dt><dd dir="auto">{escape(value)}</dd>'
        for name, value in facts(instance, sheet, language)
    )
    columns = [label(key, language) for key in ("number", "person", "place", "group", "boarded", "received")]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    rows = "\n".join(_row(number, row, language) for number, row in enumerate(sheet.rows, 1))
    signing = "".join(f'<tr><th scope="row">{escape(label(key, language))}</th><td></td></tr>' for key in _SIGNING)
    return (
        f"<section>\n<h1>{escape(label('manifest', language))}</h1>\n<dl>{above}</dl>\n"
        f"<p>{escape(label('ids', language))}</p>\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n"
        f'<table class="sign"><caption>{escape(label("signature", language))}</caption>{signing}</table>\n</section>'
    )


def _row(number: int, row: Row, language: str) -> str:
    cells = [row.person, label(row.place, language), row.group]
    written = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><td>{number}</td>{written}<td class="tick"></td><td class="tick"></td></tr>'


def _text(instance: Instance, sheet: Sheet, language: str) -> str:
    above = [f"{name}: {value}" for name, value in facts(instance, sheet, language)]
    head = [label(key, language) for key in ("number", "person", "place", "group", "boarded", "received")]
    rows = [
        [str(n), row.person, label(row.place, language), row.group, "[ ]", "[ ]"] for n, row in enumerate(sheet.rows, 1)
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [head, *rows]
    ]
    signing = [f"{label(key, language)}: {'_' * 50}" for key in _SIGNING]
    parts = [[label("manifest", language).upper()], above, [label("ids", language)], table]
    parts += [[label("signature", language)], *([line] for line in signing)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
