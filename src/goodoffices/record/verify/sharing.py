"""Sharing the work on a large record among the processors of this machine. A small one is read right here."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from goodoffices.record.bundles import ENTRIES, Bundle
from goodoffices.record.verify.reading import Run, read

CHUNK = 2 * 1024 * 1024  # bytes: long enough that handing it over costs nothing, short enough to hold many
SHARED_FROM = 8 * 1024 * 1024  # bytes of entries from which starting processes pays

_Given = TypeVar("_Given")
_Done = TypeVar("_Done")


@dataclass(frozen=True)
class _Part:
    """Whole lines in the file from ``start`` to ``end``."""

    start: int
    end: int


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Up to ``count`` processes that only compute, for as long as this is open; started when first needed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[_Given], _Done], given: Iterable[_Given]) -> Iterator[_Done]:
        """What ``work`` makes of each, in order. Where no process is to be had, it is done here."""
        todo, done, futures = list(given), 0, list[Future[_Done]]()
        try:
            futures = [self._started().submit(work, each) for each in todo]
            for future in futures:
                made = future.result()
                done += 1
                yield made
        except (BrokenProcessPool, OSError):
            yield from map(work, todo[done:])
        finally:
            for future in futures:
                future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        """Forked where that is safe to do, since they then need not import anything."""
        if self._pool is None:
            method = "fork" if sys.platform == "linux" else "spawn"
            self._pool = ProcessPoolExecutor(self.count, mp_context=multiprocessing.get_context(method))
        return self._pool


def runs(bundle: Bundle, talks: str, room: str, workers: Workers) -> Generator[Run, None, None]:
    """Every line of the bundle, in order. A last line without its line feed is a fault of the last run."""
    start, end = bundle.place(ENTRIES)
    parts, seq = list(_parts(bundle, start, end)), 0
    shared: Iterator[Run | None] = repeat(None, len(parts))
    if workers.count > 1 and bundle.path is not None and end - start >= SHARED_FROM:
        shared = workers.map(partial(_read_file, str(bundle.path), talks, room), parts)
    for part, made in zip(parts, shared, strict=True):
        # A worker went by what its first line says of its own place.
        known = made if made is not None and made.first == seq else None
        run = known or _quietly(bundle.data[part.start : part.end], seq, part.start, talks, room)
        yield run
        seq += run.count


def _read_file(path: str, talks: str, room: str, part: _Part) -> Run:
    with Path(path).open("rb") as file:
        file.seek(part.start)
        return _quietly(file.read(part.end - part.start), None, part.start, talks, room)


def _quietly(chunk: bytes, first: int | None, start: int, talks: str, room: str) -> Run:
    """Read without looking for cyclic garbage, of which there is none and which takes a quarter of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return read(chunk, first, start, talks, room)
    finally:
        if collecting:
            gc.enable()


def _parts(bundle: Bundle, start: int, end: int) -> Iterator[_Part]:
    while start < end:
        stop = bundle.data.rfind(b"\n", start, min(start + CHUNK, end)) + 1 or bundle.data.find(b"\n", start, end) + 1
        stop = stop or end
        yield _Part(start, stop)
        start = stop
