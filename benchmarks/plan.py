"""How fast an exchange is planned and proved, beside the model without grouping (a variable a person and bus).

Targets: 1,200 v 1,100 (1,000 each, 8 stages, 2 points) under 1 s, 6,000 v 5,000 (10 stages, 3 points) under 5 s.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import _exchange
from goodoffices.prisoners.planning import making
from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.plan import Problem
from tests.unit.prisoners.planning import ungrouped

SIZES = [  # persons of each side, how many go, stages, points, target in seconds
    ((24, 20), 16, 2, 2, None),
    ((60, 55), 48, 3, 2, None),
    ((120, 110), 100, 4, 2, None),
    ((1200, 1100), 1000, 8, 2, 1.0),
    ((6000, 5000), 4500, 10, 3, 5.0),
]
RUNS = 5
PATIENCE = 60.0  # seconds for each aim of the ungrouped model
LARGEST = 3000  # persons in all; beyond, the ungrouped model is not tried: it has not finished at half of that


def main() -> None:
    for counts, number, stages, points, target in SIZES:
        instance = _exchange.instance(counts, number, stages, points)
        print(f"{counts[0]:,} v {counts[1]:,}, {number:,} of each go, {stages} stages, {points} points")
        wall, processor, plan = _timed(lambda instance=instance: making.plan(Problem(instance)))
        said = f" (target {target:g} s)" if target else ""
        proof = "proved" if plan.proved else "NOT proved"
        print(f"  planned and {proof:24} {wall:8.3f} s{said}, {processor:.3f} s of processor time")
        if target:
            print(f"  the command, from files to file    {_command(instance):8.3f} s")
        _peer(instance, [aim.value for aim in plan.aims])


def _timed(work: Callable[[], making.Plan]) -> tuple[float, float, making.Plan]:
    """Medians of wall and processor time."""
    walls, processors = [], []
    for _ in range(RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        plan = work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return statistics.median(walls), statistics.median(processors), plan


def _peer(instance: Instance, aims: list[int]) -> None:
    if len(instance.persons) > LARGEST:
        print("  without grouping                   not tried")
        return
    wall = time.perf_counter()
    try:
        best = ungrouped.best(Problem(instance), PATIENCE)
    except TimeoutError:
        print(f"  without grouping                   not finished: an aim took more than {PATIENCE:g} s")
        return
    same = "the same values of all aims" if best == aims else f"OTHER VALUES: {best} and not {aims}"
    print(f"  without grouping                   {time.perf_counter() - wall:8.3f} s, {same}")


def _command(instance: Instance) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "persons.csv").write_text(_exchange.table(instance), encoding="utf-8")
        (folder / "instance.yaml").write_text(_exchange.written(instance), encoding="utf-8")
        program = "from goodoffices.cli import main; main()"
        arguments = ["prisoners", "plan", str(folder / "instance.yaml"), "-o", str(folder / "plan.csv")]
        walls = []
        for _ in range(3):
            wall = time.perf_counter()
            subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True)
            walls.append(time.perf_counter() - wall)
        return statistics.median(walls)


if __name__ == "__main__":
    main()
