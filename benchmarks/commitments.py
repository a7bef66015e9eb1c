"""10,000 commitments in one room: how long until each of them stands anew after one more entry.

The peer is the same work done without sharing: every condition found anew for every commitment that speaks of it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from goodoffices.commitments.happenings import Report
from goodoffices.commitments.language import parse
from goodoffices.commitments.standing import Made, World

COUNT = 10_000
NOW = datetime(2031, 3, 1, tzinfo=UTC)
RUNS = 9
TERMS = (
    "unless a full ceasefire holds for 30 consecutive days",
    "within 10 days of the release of lists {n}",
    "after both papers are opened, by 2031-06-01",
    "after c{before} is fulfilled and the crossing {n} is open",
    "until the other side commits to quiet {n}",
)


def main() -> None:
    made = {
        f"c{n}": Made(
            f"e:{n}",
            f"c{n}",
            parse(TERMS[n % len(TERMS)].format(n=n % 500, before=max(n - 7, 0))),
            "2031-01-01T00:00:00Z",
        )
        for n in range(COUNT)
    }
    events = sorted({event for one in made.values() for event in one.terms.events()})
    points = ("began", "happened", "committed", "ended")
    reports = {
        event: tuple(
            Report(f"e:{event}-{k}", points[k % 4], f"2031-02-{1 + (n + k) % 27:02}", "2031-02-28T00:00:00Z")  # type: ignore[arg-type]
            for k in range(n % 4)
        )
        for n, event in enumerate(events)
    }

    def anew() -> None:
        world = World(made, reports, NOW)
        for code in made:
            world.standing(code)

    def apart() -> None:
        for code in made:
            World(made, reports, NOW).standing(code)

    shared = _median(anew)
    print(f"{COUNT:,} commitments over {len(events):,} events, re-evaluated after one more entry (target 200 ms)")
    print(f"  all together     {shared * 1e3:8.1f} ms")
    print(f"  each by itself   {_median(apart) * 1e3:8.1f} ms   (nothing shared between them)")


def _median(work: Callable[[], None]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
