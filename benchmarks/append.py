"""Durable appends, one per commit, against bare SQLite; and appends in groups, as a replay makes them.

*One per commit.* Three databases on one disk take turns: the *act* through the whole office (rules, particulars, tree,
signed checkpoint, head file), the very same rows through the *store* alone, and the very same rows through Python's
sqlite3 with the same tables and PRAGMAs and prepared statements (*bare*). Each act is one entry with two particulars.

*In groups.* A script of acts, each of 1, 10 or 100 statements, is done through the desk within ``secretariat.group``:
all rules run for every act; what waits is the disk and the signed checkpoint, and which acts are on the record
already is looked up for the whole script in one reading. Counted from the first act to the last flush, each flush one
durable transaction. One process, one core. The second figure counts processor time alone, which says what the program
costs where other work on the machine or its disk spoils the first.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from _ground import PERSON, act_id, fsync_ms, home, plenary_of, said

ROUNDS, ACTS = 20, 30
RUNS, ENTRIES = 3, 5_000  # in groups: how often, and how many entries each time
STEPS = (1, 10, 100)  # entries of an act: as talks are typed in, and as imports
SHARE, RATE = 0.70, 10_000  # the targets: of bare SQLite; entries a second in groups


def main() -> None:
    with home() as folder:
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        single(folder)
        grouped_(folder)


def single(folder: Path) -> None:
    from django.db import connections

    from goodoffices.record.store import Batch
    from goodoffices.secretariat.acts import Request, Step
    from goodoffices.secretariat.desk import Desk
    from goodoffices.storage.databases import database
    from goodoffices.storage.office import assemble
    from goodoffices.storage.records import DatabaseStore
    from tests.contracts.databases import make_tables

    for alias in ("store", "bare"):
        (folder / alias).mkdir()
        connections.settings[alias] = {**connections.settings["default"], **database("", folder / alias)}
    for alias in ("default", "store", "bare"):
        make_tables(alias)
    office = assemble(folder)
    written: list[Batch] = []
    append = office.store.append

    def remembered(batches: Sequence[Batch]) -> None:
        append(batches)
        written.extend(batches)

    office.store.append = remembered  # type: ignore[method-assign]
    plenary = plenary_of(office, "single")
    desk = Desk(office, PERSON)
    store = DatabaseStore("store")
    bare = Bare(folder / "bare" / "office.sqlite3")
    store.append(written)
    for batch in written:
        bare.append(batch)
    taken: dict[str, list[float]] = {"act": [], "store": [], "bare": []}
    number = 0
    for _ in range(ROUNDS):
        written.clear()
        for _ in range(ACTS):
            number += 1
            request = Request(act_id(number), (Step(plenary, "record-statement", said(number)),))
            timed(taken["act"], lambda r=request: desk.act(r))
        for batch in written:
            timed(taken["store"], lambda b=batch: store.append([b]))
        for batch in written:
            timed(taken["bare"], lambda b=batch: bare.append(b))
    report(taken, fsync_ms(folder))


def timed(taken: list[float], work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    taken.append(time.perf_counter() - start)


def report(taken: dict[str, list[float]], fsync: float) -> None:
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"one per commit, medians of {ROUNDS * ACTS}")
    print(f"  {'raw fsync of 4 KiB':28} {fsync:7.3f} ms")
    for name, label in (("bare", "bare SQLite, the same rows"), ("store", "the store"), ("act", "the whole act")):
        share = medians["bare"] / medians[name]
        target = "" if name == "bare" else f"   (target {SHARE:.0%})"
        print(
            f"  {label:28} {medians[name] * 1000:7.3f} ms {1 / medians[name]:7.0f}/s "
            f"{share:5.0%} of bare SQLite{target}"
        )


class Bare:
    """What the rows cost without Good Offices."""

    def __init__(self, path: Path) -> None:
        from goodoffices.storage.databases import SQLITE_PRAGMAS

        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in SQLITE_PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def append(self, batch: object) -> None:
        rows = statements(batch)
        self._connection.execute("BEGIN IMMEDIATE")
        for sql, values in rows:
            self._connection.execute(sql, values)
        self._connection.execute("COMMIT")


def statements(batch: object) -> list[tuple[str, tuple[object, ...]]]:
    """The rows of a batch, each with its statement."""
    from goodoffices.record.store import Batch
    from goodoffices.storage import records

    assert isinstance(batch, Batch)
    rows: list[tuple[str, tuple[object, ...]]] = [
        (records.PUT_ACT, (batch.person, batch.act, batch.content, records.spelled(batch)))
    ]
    for a in batch.additions:
        rows.append((records.PUT_ROOM, records.room_row(a.room, a.head, a.public)))
        rows += [(records.PUT_ENTRY, row) for row in records.entry_rows(a)]
        rows += [(records.PUT_NODE, (a.room, *node)) for node in a.nodes]
        rows += [(records.PUT_PARTICULAR, (a.room, p.citation, p.salt, p.content)) for p in a.particulars]
        rows += [(records.PUT_SEAT, (person, a.room, until)) for person, until in a.seats]
    return [(sql.replace("%s", "?"), values) for sql, values in rows]


def grouped_(folder: Path) -> None:
    from django.db import connections

    from goodoffices.record.store import Batch
    from goodoffices.secretariat.acts import Request, Step
    from goodoffices.secretariat.desk import Desk
    from goodoffices.secretariat.group import EVERY, grouped
    from goodoffices.storage.databases import database
    from goodoffices.storage.office import assemble
    from goodoffices.storage.records import DatabaseStore
    from tests.contracts.databases import make_tables

    (folder / "grouped").mkdir()
    connections.settings["grouped"] = {**connections.settings["default"], **database("", folder / "grouped")}
    make_tables("grouped")
    office = assemble(folder)
    written: list[list[Batch]] = []
    append = office.store.append

    def remembered(batches: Sequence[Batch]) -> None:
        append(batches)
        written.append(list(batches))

    office.store.append = remembered  # type: ignore[method-assign]
    plenary = plenary_of(office, "grouped")
    print(f"in groups of up to {EVERY} acts, medians of {RUNS} runs of {ENTRIES:,} entries")
    number = 10**9
    for steps in STEPS:
        rates = Rates()
        for _ in range(RUNS):
            script = []
            for _ in range(ENTRIES // steps):
                number += steps
                asked = tuple(Step(plenary, "record-statement", said(number + n)) for n in range(steps))
                script.append(Request(act_id(number), asked))
            with rates.of(ENTRIES), grouped(office) as group:
                desk = Desk(group, PERSON)
                group.foresee((PERSON, request.act) for request in script)
                for request in script:
                    desk.act(request)
        rates.report(f"acts of {steps}", f"   (target {RATE:,})")
    store, rates = DatabaseStore("grouped"), Rates()
    for batches in written:
        entries = sum(len(a.lines) for b in batches for a in b.additions)
        with rates.of(entries):
            store.append(batches)
    rates.report("the store alone, same groups", "")


class Rates:
    """Entries a second of several runs, by the clock and by processor time."""

    def __init__(self) -> None:
        self._wall: list[float] = []
        self._processor: list[float] = []

    @contextmanager
    def of(self, entries: int) -> Iterator[None]:
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self._wall.append(entries / (time.perf_counter() - wall))
        self._processor.append(entries / (time.process_time() - processor))

    def report(self, label: str, target: str) -> None:
        print(
            f"  {label:28} {statistics.median(self._wall):7.0f} entries/s{target}, "
            f"{statistics.median(self._processor):.0f} a second of processor time (best {max(self._processor):.0f})"
        )


if __name__ == "__main__":
    main()
