"""Durable appends, one per commit, against bare SQLite; and appends in groups, as a replay makes them.

Three databases on one disk take turns: the *act* through the whole office (rules, particulars, tree, signed checkpoint,
head file), the very same rows through the *store* alone, and the very same rows through Python's sqlite3 with the same
tables and PRAGMAs and prepared statements (*bare*).

In groups, all rules run for every act; what waits is the disk and the signed checkpoint. One process, one core.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from _ground import PERSON, act_id, fsync_ms, home, plenary_of, said

ROUNDS, ACTS = 30, 40
GROUPED = 20_000
STEPS = 10  # of an act with several entries


def main() -> None:
    with home() as folder:
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
    print(f"{'raw fsync on this disk':30} {fsync:7.3f} ms median")
    for name, label in (("bare", "bare SQLite, the same rows"), ("store", "the store"), ("act", "the whole act")):
        share = medians["bare"] / medians[name]
        mean = statistics.mean(taken[name]) * 1000
        print(
            f"{label:30} {medians[name] * 1000:7.3f} ms median {mean:7.3f} ms mean "
            f"{1 / medians[name]:6.0f}/s {share:5.0%} of bare SQLite"
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
        h = a.head
        rows.append((records.PUT_ROOM, (a.room, h.size, h.root, h.frontier, h.at, a.public)))
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
    plenary, number = plenary_of(office, "grouped"), 10**9
    for steps in (1, STEPS):
        start = time.perf_counter(), time.process_time()
        with grouped(office) as group:
            desk = Desk(group, PERSON)
            for _ in range(GROUPED // steps):
                number += steps
                request = tuple(Step(plenary, "record-statement", said(number + n)) for n in range(steps))
                desk.act(Request(act_id(number), request))
        rate(f"acts of {steps}, groups of {EVERY} acts", GROUPED, start)
    store = DatabaseStore("grouped")
    entries = sum(len(a.lines) for batches in written for b in batches for a in b.additions)
    start = time.perf_counter(), time.process_time()
    for batches in written:
        store.append(batches)
    rate("the store alone, same groups", entries, start)


def rate(label: str, entries: int, start: tuple[float, float]) -> None:
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    print(f"{label:30} {entries / wall:7.0f} entries/s   ({entries / cpu:.0f} a second of CPU time)")


if __name__ == "__main__":
    main()
