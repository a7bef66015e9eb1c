"""The office of this machine: the database, the data folder, the clock and chance, put together once a process.

The web and the command line both open it here, and nothing else puts them together.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connections

from goodoffices.secretariat.matters import MATTERS, RULES
from goodoffices.secretariat.office import Office
from goodoffices.storage import home as homes
from goodoffices.storage.heads import FileHeads
from goodoffices.storage.listkeys import FileCabinet
from goodoffices.storage.logkeys import FileLogKeys, Unsound
from goodoffices.storage.records import DatabaseStore

__all__ = ["Unsound", "assemble", "check_durable", "drawn", "now", "open_office"]


@cache
def open_office() -> Office:
    """The office of ``GOODOFFICES_HOME``, the same for every caller in this process. Raises ``Unsound``."""
    return assemble(homes.ensure())


def assemble(home: Path, using: str = "default") -> Office:
    """An office on a data folder and one of Django's databases. Raises ``Unsound``."""
    heads = FileHeads(home / "heads")
    check_durable(using)
    return Office(
        store=DatabaseStore(using),
        heads=heads,
        log_keys=FileLogKeys(home, heads),
        host=settings.HOST,
        matters=MATTERS,
        rules=RULES,
        clock=now,
        random=drawn,
        cabinet=FileCabinet(homes.list_keys(home)),
    )


def check_durable(using: str) -> None:
    """Refuse a database that would acknowledge what a power cut can take back. Raises ``Unsound``."""
    connection = connections[using]
    setting = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
    with connection.cursor() as cursor:
        cursor.execute(setting)
        (value,) = cursor.fetchone()
    if str(value) not in {"2", "3", "on", "remote_write", "remote_apply"}:
        raise Unsound(
            f"The database does not wait for the disk ({setting} says {value}). Good Offices does not run so."
        )


def now() -> str:
    """RFC 3339 UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def drawn(room: str, size: int, purpose: str) -> bytes:  # noqa: ARG001 - tests derive theirs from these
    """16 bytes from the operating system."""
    return os.urandom(16)
