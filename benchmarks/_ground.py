"""What the benchmarks share: an office on a disk of this machine, talks in it, and what the disk can do.

`make bench` runs every benchmark whose name begins with a letter; this is none.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

DISK = "/var/tmp"  # on a disk by the FHS, where /tmp may be memory
FSYNCS = 200


@contextmanager
def home() -> Iterator[Path]:
    """A data folder on a disk, with Django set up on it."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-bench-", dir=DISK) as folder:
        os.environ["GOODOFFICES_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "goodoffices.web.settings"
        django.setup()
        yield Path(folder)


def fsync_ms(folder: Path) -> float:
    """The median of writing 4 KiB and waiting for the disk, in milliseconds."""
    taken = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(FSYNCS):
            start = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def said(number: int) -> dict[str, Any]:
    """A statement of ordinary length."""
    return {
        "verb": "said",
        "setting": "in-room",
        "speaker": f"Delegate {number % 7}",
        "gist": f"Statement {number}: the matter of the corridor was raised again, and the earlier answer maintained. "
        * 3,
    }


PERSON = "ab" * 16


def plenary_of(office: Any, name: str) -> str:
    """The plenary (id) of new talks opened by ``PERSON``."""
    from goodoffices.record.seats import SEATS
    from goodoffices.secretariat.desk import Desk

    sides = [{"code": code, "role": "party", "name": f"Side {code}"} for code in ("side-a", "side-b")]
    raw = {"name": name, "title": "Benchmark", "host_code": "host", "host_name": "Host country", "sides": sides}
    desk = Desk(office, PERSON)
    receipts = desk.open_talks(act_id(name), raw)
    return next(r.room for r in receipts if desk.room(r.room).state[SEATS].kind == "plenary")


def act_id(name: object) -> str:
    """An act's id."""
    return hashlib.sha256(str(name).encode()).hexdigest()[:32]
