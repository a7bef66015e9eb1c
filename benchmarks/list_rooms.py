"""Filing a list of 1,000 and of 100,000 rows in a list room, reading it, and erasing a person, on SQLite and files.

The yardstick in the same run is *checked*: the same file read and checked by itself, as ``goodoffices lists check``
does it. What filing adds is numbers, salts, digests, compression, encryption, and the database and the key on the disk.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
from _ground import home

SIZES = ((1_000, 9), (100_000, 1))
"""Rows, and how often it is done."""
QUICK, REASONABLE = 0.5, 15.0  # seconds for 1,000 and for 100,000 rows


def main() -> None:
    with home():
        from django.core.management import call_command

        from goodoffices.storage import home as homes
        from goodoffices.storage.listkeys import FileCabinet
        from goodoffices.storage.records import DatabaseStore
        from tests.listing import open_exchange

        call_command("migrate", verbosity=0)
        talks = open_exchange(DatabaseStore("default"))
        talks.office.cabinet = FileCabinet(homes.list_keys(Path(homes.folder())))
        for size, runs in SIZES:
            measure(talks, size, runs)


def measure(talks: object, size: int, runs: int) -> None:
    from goodoffices.secretariat import lists
    from goodoffices.secretariat.list_erasing import erase_person
    from tests.listing import view
    from tests.people import SIDE_A, Round

    assert isinstance(talks, Round)
    room, desk, content = talks.rooms["lists-a"], talks.desk(SIDE_A), made(size)
    checking = timed(lambda _: checked(content), runs)
    filing = timed(
        lambda n: lists.file(desk, room, act(f"{size}/{n}"), content, code=f"l{size}-{n}", holds="we-hold"), runs
    )
    ref = view(talks, "a").state[lists.LISTS].newest[f"l{size}-{runs - 1}"]
    reading = timed(lambda _: lists.read(view(talks, "a"), ref), runs)
    citation = lists.read(view(talks, "a"), ref).rows[0].citation
    erasing = timed(lambda _: erase_person(desk, room, act(f"erase {size}"), ref, citation, "agreed"), 1)
    most = QUICK if size < 10_000 else REASONABLE
    print(f"{size:>7,} rows: checked {checking:6.2f} s, filed {filing:6.2f} s (at most {most} s), "
          f"read {reading:6.2f} s, one person erased {erasing:6.2f} s")  # fmt: skip


def made(size: int) -> bytes:
    """A synthetic list."""
    from goodoffices.prisoners.lists.writing import write
    from goodoffices.prisoners.synthesizing.errors import rates
    from goodoffices.prisoners.synthesizing.lists import HEADINGS, Wanted, make

    sink = io.StringIO()
    wanted = Wanted(size, 1, 0.0, (("uk",), ("uk",)), rates({}))
    write(sink, HEADINGS["uk"], make(wanted, np.random.default_rng(1)).left)
    return sink.getvalue().encode()


def checked(content: bytes) -> int:
    from goodoffices.prisoners.lists import checking, files

    return sum(1 for _ in checking.check(files.read(content), date(2030, 1, 15)))


def timed(do: Callable[[int], object], runs: int) -> float:
    """Seconds, the median."""
    took = []
    for n in range(runs):
        start = time.perf_counter()
        do(n)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def act(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


if __name__ == "__main__":
    main()
