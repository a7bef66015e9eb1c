"""Sharing the reading of a large record among the processors of this machine. A small one is read right here."""

from __future__ import annotations

import gc
import mmap
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from goodoffices.record.bundles import ENTRIES, Bundle
from goodoffices.record.verify.reading import Run, read

CHUNK = 2 * 1024 * 1024  # bytes: long enough that handing it over costs nothing, short enough to hold many
SHARED_FROM = 8 * 1024 * 1024  # bytes of entries from which starting processes pays


@dataclass(frozen=True)
class _Part:
    """Whole lines in the file from ``start`` to ``end``, the first of them entry ``first``."""

    start: int
    end: int
    first: int


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(count: int) -> ProcessPoolExecutor:
    """Workers that only compute. Forked where that is safe to do, since they then need not import anything."""
    method = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context(method))


def runs(bundle: Bundle, talks: bytes, room: bytes, processes: int) -> Iterator[Run]:
    """Every line of the bundle, in order. A last line without its line feed is a fault of the last run."""
    start, end = bundle.place(ENTRIES)
    parts = _parts(bundle, start, end)
    if processes > 1 and bundle.path is not None and end - start >= SHARED_FROM:
        yield from _shared(bundle.path, parts, talks, room, processes)
    else:
        for part in parts:
            yield _read(bundle.data, part, talks, room)


def _shared(path: Path, found: Iterator[_Part], talks: bytes, room: bytes, processes: int) -> Iterator[Run]:
    done, parts, futures = 0, list[_Part](), list[Future[Run]]()
    try:
        with pool(processes) as workers:
            for part in found:  # handed out while the rest is still being looked for
                parts.append(part)
                futures.append(workers.submit(_read_file, str(path), part, talks, room))
            try:
                for future in futures:
                    run = future.result()
                    done += 1
                    yield run
            finally:
                workers.shutdown(wait=True, cancel_futures=True)
    except (BrokenProcessPool, OSError):  # no processes to be had here: read the rest alone
        data = path.read_bytes()
        for part in (*parts[done:], *found):
            yield _read(data, part, talks, room)


def _read_file(path: str, part: _Part, talks: bytes, room: bytes) -> Run:
    with Path(path).open("rb") as file:
        file.seek(part.start)
        return _quietly(file.read(part.end - part.start), part, talks, room)


def _read(data: bytes | mmap.mmap, part: _Part, talks: bytes, room: bytes) -> Run:
    return _quietly(data[part.start : part.end], part, talks, room)


def _quietly(chunk: bytes, part: _Part, talks: bytes, room: bytes) -> Run:
    """Read without looking for cyclic garbage, of which there is none and which takes a quarter of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return read(chunk, part.first, part.start, talks, room)
    finally:
        if collecting:
            gc.enable()


def _parts(bundle: Bundle, start: int, end: int) -> Iterator[_Part]:
    first = 0
    while start < end:
        stop = bundle.data.rfind(b"\n", start, min(start + CHUNK, end)) + 1 or bundle.data.find(b"\n", start, end) + 1
        stop = stop or end
        yield _Part(start, stop, first)
        first += bundle.data[start:stop].count(b"\n")
        start = stop
