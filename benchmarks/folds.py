"""Folding a room in which very much is open: microseconds an entry, while a room of 1,000 grows to one of 100,000.

Half of the entries ask something of a delegation, half raise an item for one meeting's agenda, all minuted: three of
the states that have an item for each such entry. *Copying* is what the same costs with one dict copied at each
entry, as the folds once did (up to 20,000; it goes on as a straight line upwards). The last columns store the state as
a projection and load it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from goodoffices.record import entries
from goodoffices.record.entries import Author, Entry, Header
from goodoffices.record.matter import Room
from goodoffices.secretariat.matters import MATTERS

SIZES = (1_000, 10_000, 100_000)
STEP = 1_000  # entries measured at each size
COPIED_UP_TO = 20_000

T = TypeVar("T")

ROOM, TALKS, ACT, PERSON, HOST, SIDE = (f"{n:032x}" for n in range(6))


def main() -> None:
    room, source = Room(ROOM), made()
    copied = dict[str, tuple[str, str]]()
    print(f"{'entries':>9} {'fold':>10} {'copying':>10}   {'store':>8} {'load':>8} {'projection':>11}")
    for size in SIZES:
        room = MATTERS.advance(room, [next(source) for _ in range(size - STEP - room.size)])
        fresh = [next(source) for _ in range(STEP)]
        room, fold = timed(lambda r=room, f=fresh: one_by_one(r, f))
        copying = ""
        if size <= COPIED_UP_TO:
            copied = {str(n): ("", "") for n in range(size - STEP)}
            copying = f"{timed(lambda c=copied, f=fresh: copies(c, f))[1] / STEP * 1e6:7.1f} us"
        data, store = timed(lambda r=room: MATTERS.dump(r))
        _, load = timed(lambda d=data: MATTERS.load(ROOM, d))
        print(
            f"{size:9,} {fold / STEP * 1e6:7.1f} us {copying:>10}   {store * 1e3:5.0f} ms {load * 1e3:5.0f} ms "
            f"{len(data) / 1e6:8.1f} MB"
        )


def made() -> Iterator[Entry]:
    """A meeting, then requests and agenda items in turn, minuted for a side."""
    nothing = {"title": None, "venue": None, "zone": None, "day": None}
    first = entry(0, "meeting-called", {"code": "first"} | nothing)
    yield first
    seq = 1
    while True:
        yield entry(seq, "request-made", {"to": HOST, "words": "p:" + "0" * 64}, SIDE)
        yield entry(seq + 1, "agenda-item-raised", {"meeting": first.ref, "item": "p:" + "0" * 64}, SIDE)
        seq += 2


def entry(seq: int, kind: str, body: dict[str, object], behalf: str | None = None) -> Entry:
    header = Header(TALKS, ROOM, seq, "2030-01-01T00:00:00.000Z", kind, ACT, Author(PERSON, HOST), behalf)
    return entries.made(header, body)[0]


def one_by_one(room: Room, fresh: list[Entry]) -> Room:
    """Each entry an act of its own, and every state between them made."""
    for one in fresh:
        room = MATTERS.advance(room, [one])
    return room


def copies(known: dict[str, tuple[str, str]], fresh: list[Entry]) -> None:
    for one in fresh:
        known = {**known, one.ref: ("", "")}


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and seconds of processor time."""
    start = time.process_time()
    given = work()
    return given, time.process_time() - start


if __name__ == "__main__":
    main()
