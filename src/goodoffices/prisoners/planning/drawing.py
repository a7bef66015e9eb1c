"""Two drawings of a plan (SVG): how many go in each stage, and how many at each point on each day.

Both carry all their figures as text, and say them in ``desc`` as well; colour says nothing that words do not.
"""

from __future__ import annotations

from collections import Counter
from html import escape

from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.labels import label
from goodoffices.prisoners.planning.plan import Plan

_INKS = ("#1f3a5f", "#8a4b00")  # both at least 7:1 on white
_LEFT, _TOP, _CELL, _ROW, _BAR = 180, 92, 150, 74, 160


def timeline(instance: Instance, plan: Plan, language: str) -> str:
    """Two bars a stage, one for each side, with the number and the day."""
    counts = _counted(instance, plan)
    most = max([1, *(sum(of.values()) for of in _by_stage(instance, counts).values())])
    parts, said = [], []
    for stage, of in _by_stage(instance, counts).items():
        left, day = _LEFT + (stage - 1) * _CELL, instance.stages[stage - 1].day.isoformat()
        for n, side in enumerate(instance.sides):
            height = round(_BAR * of[side.code] / most)
            x, y = left + 20 + n * 55, _TOP + _BAR - height
            parts.append(f'<rect x="{x}" y="{y}" width="45" height="{height}" fill="{_INKS[n]}"/>')
            parts.append(_words(x + 22, y - 5, f"{of[side.code]:,}", _INKS[n]))
        parts.append(_words(left + 70, _TOP + _BAR + 20, f"{label('stage', language)} {stage}"))
        parts.append(_words(left + 70, _TOP + _BAR + 38, day))
        said.append(f"{label('stage', language)} {stage}, {day}: {_numbers(instance, of)}.")
    width, height = _LEFT + len(instance.stages) * _CELL, _TOP + _BAR + 60
    return _drawing(instance, "timeline", language, (width, height), parts, said)


def flows(instance: Instance, plan: Plan, language: str) -> str:
    """A row a point and a column a stage; in each, an arrow for each side, as thick as many go."""
    counts = _counted(instance, plan)
    most = max([1, *counts.values()])
    parts, said = [], []
    for stage in instance.numbers():
        x, day = _LEFT + (stage - 1) * _CELL + _CELL // 2, instance.stages[stage - 1].day.isoformat()
        parts.append(_words(x, _TOP - 22, f"{label('stage', language)} {stage}"))
        parts.append(_words(x, _TOP - 6, day))
    for row, point in enumerate(instance.points):
        top = _TOP + row * _ROW
        parts.append(f'<path d="M0 {top}H{_LEFT + len(instance.stages) * _CELL}" stroke="#999"/>')
        parts.append(_words(10, top + _ROW // 2 + 5, _short(point.name), anchor="start"))
        for stage in instance.numbers():
            of = Counter({side.code: counts[side.code, stage, point.code] for side in instance.sides})
            for n, side in enumerate(instance.sides):
                if of[side.code]:
                    parts += _arrow(n, _LEFT + (stage - 1) * _CELL, top, of[side.code], most)
            if sum(of.values()):
                day = instance.stages[stage - 1].day.isoformat()
                said.append(f"{point.name}, {label('stage', language)} {stage}, {day}: {_numbers(instance, of)}.")
    size = (_LEFT + len(instance.stages) * _CELL, _TOP + len(instance.points) * _ROW + 10)
    return _drawing(instance, "flows", language, size, parts, said)


def _counted(instance: Instance, plan: Plan) -> Counter[tuple[str, int, str]]:
    side = {person.id: person.side for person in instance.persons}
    return Counter((side[name], seat.stage, seat.point) for name, seat in plan.seats.items())


def _by_stage(instance: Instance, counts: Counter[tuple[str, int, str]]) -> dict[int, Counter[str]]:
    stages: dict[int, Counter[str]] = {stage: Counter() for stage in instance.numbers()}
    for (side, stage, _), count in counts.items():
        stages[stage][side] += count
    return stages


def _numbers(instance: Instance, of: Counter[str]) -> str:
    return ", ".join(f"{side.name} {of[side.code]:,}" for side in instance.sides)


def _arrow(n: int, left: int, top: int, count: int, most: int) -> list[str]:
    """The first side's arrow points right and lies above; the second side's points left and lies below."""
    thick = max(2, round(16 * count / most))
    y, start, end = top + 22 + n * 32, left + 45, left + _CELL - 22
    tip = end + 12 if n == 0 else start - 12
    base = end if n == 0 else start
    head = f"M{base} {y - thick / 2 - 4:g}L{tip} {y}L{base} {y + thick / 2 + 4:g}Z"
    shaft = f'<path d="M{start} {y}H{end}" stroke="{_INKS[n]}" stroke-width="{thick}"/>'
    return [
        shaft,
        f'<path d="{head}" fill="{_INKS[n]}"/>',
        _words(left + 28, y + 5, f"{count:,}", _INKS[n], anchor="end"),
    ]


def _short(words: str) -> str:
    return words if len(words) <= 22 else words[:21].rstrip() + "…"


def _words(x: int, y: int, words: str, ink: str = "#1b1d21", anchor: str = "middle") -> str:
    return f'<text x="{x}" y="{y}" fill="{ink}" text-anchor="{anchor}">{escape(words)}</text>'


def _drawing(
    instance: Instance, what: str, language: str, size: tuple[int, int], parts: list[str], said: list[str]
) -> str:
    width, height = max(size[0], 480), size[1]
    title = f"{instance.title}: {label(what, language)}"
    key = "".join(
        f'<rect x="{10 + n * 230}" y="24" width="12" height="12" fill="{_INKS[n]}"/>'
        + _words(28 + n * 230, 35, f"{'→←'[n]} {_short(side.name)}", anchor="start")
        for n, side in enumerate(instance.sides)
    )
    heading = _words(10, 16, title, anchor="start")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{what}-title {what}-desc" lang="{language}" '
        'font-family="sans-serif" font-size="13">\n'
        f'<title id="{what}-title">{escape(title)}</title>\n<desc id="{what}-desc">{escape(" ".join(said))}</desc>\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n{heading}{key}\n' + "\n".join(parts) + "\n</svg>\n"
    )
