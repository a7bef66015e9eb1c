"""Opening a room of 100,000 entries: the newest 50 with their words, as its page shows them.

The room holds what talks hold: statements, and among every 200 entries a request of one delegation and an item for
the agenda, all entered through the rules. *Warm*: a process that has opened the room before. *Fresh*: a new process
that has imported what a worker imports and opened the office, and now looks at this room for the first time; timed
from there (the desk, the heads, the stored projection, the entries past it, the newest 50 and their words). Memory is
the most that this fresh process ever had, with the web application loaded and the room open.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from _ground import PERSON, act_id, fsync_ms, home, plenary_of, said

ENTRIES, STEPS = 100_000, 20
NEWEST = 50
WARM_MS, FRESH_MS, RESIDENT_MB = 100, 300, 300
RUNS = 5


def main() -> None:
    if sys.argv[1:]:
        print(*fresh(sys.argv[1]))
        return
    with home() as folder:
        from goodoffices.storage.office import open_office
        from tests.contracts.databases import make_tables

        make_tables("default")
        office = open_office()
        plenary = plenary_of(office, "large")
        start = time.perf_counter()
        fill(office, plenary)
        print(f"filled with {ENTRIES:,} entries in {time.perf_counter() - start:.0f} s")
        opened(plenary)
        warm = statistics.median(opened(plenary) for _ in range(20))
        print(f"raw fsync on this disk, median    {fsync_ms(folder):7.3f} ms")
        print(f"newest {NEWEST}, warm                   {warm:7.1f} ms   (at most {WARM_MS})")
        runs = [child(plenary) for _ in range(RUNS)]
        taken = statistics.median(ms for ms, _ in runs)
        print(f"newest {NEWEST}, in a fresh process     {taken:7.1f} ms   (at most {FRESH_MS})")
        print(f"resident, with that room open     {max(mb for _, mb in runs):7.0f} MB   (at most {RESIDENT_MB})")


def fill(office: object, plenary: str) -> None:
    from goodoffices.secretariat.acts import Request
    from goodoffices.secretariat.desk import Desk
    from goodoffices.secretariat.group import grouped
    from goodoffices.secretariat.office import Office

    assert isinstance(office, Office)
    with grouped(office, every=200) as group:
        desk = Desk(group, PERSON)
        (_,) = desk.act(Request(act_id("meeting"), (_step(plenary, "call-meeting", code="first"),)))
        meeting = desk.room(plenary).entries()[-1].ref
        for first in range(0, ENTRIES, STEPS):
            desk.act(Request(act_id(first), tuple(steps(plenary, meeting, first))))


def steps(plenary: str, meeting: str, first: int) -> Iterator[object]:
    for number in range(first, first + STEPS):
        if number % 200 == 50:
            yield _step(plenary, "raise-item", meeting=meeting, item=f"Item {number}")
        elif number % 200 == 150:
            yield _step(plenary, "make-request", to="side-a", words=f"Request {number}")
        else:
            yield _step(plenary, "record-statement", **said(number))


def _step(room: str, command: str, **raw: object) -> object:
    from goodoffices.secretariat.acts import Step

    return Step(room, command, raw)


def opened(plenary: str) -> float:
    """Milliseconds to the newest entries and their words."""
    from goodoffices.record.entries import cited
    from goodoffices.secretariat.desk import Desk
    from goodoffices.storage.office import open_office

    start = time.perf_counter()
    view = Desk(open_office(), PERSON).room(plenary)
    newest = view.entries(view.size - NEWEST)
    words = view.words(c for entry in newest for c in cited(entry.body))
    taken = (time.perf_counter() - start) * 1000
    assert len(newest) == NEWEST <= len(words)
    return taken


def child(plenary: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, __file__, plenary], stdout=subprocess.PIPE, text=True, check=True)
    ms, mb = done.stdout.split()
    return float(ms), float(mb)


def fresh(plenary: str) -> tuple[float, float]:
    """(milliseconds, resident megabytes) of this process, a worker's but for its sockets."""
    from goodoffices.web.wsgi import application

    assert application
    from goodoffices.storage.office import open_office

    open_office()
    taken = opened(plenary)
    status = Path("/proc/self/status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return taken, resident / 1024


if __name__ == "__main__":
    main()
