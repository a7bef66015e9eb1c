"""Databases for tests of the store: a file of SQLite's and a database on the tests' PostgreSQL, each empty and real.

pytest-django's own test database wraps every test in a transaction; what is tested here is transactions.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

from goodoffices.storage.models import records

TABLES = (
    records.RoomHead,
    records.EntryLine,
    records.TreeNode,
    records.KeptParticular,
    records.KeptSignature,
    records.ActDone,
    records.SeatHeld,
    records.Projection,
)


def make_tables(alias: str) -> None:
    """The tables of the records, as their migration makes them; none of accounts and sessions."""
    with connections[alias].schema_editor() as editor:
        for table in TABLES:
            editor.create_model(table)


@contextmanager
def opened(alias: str, settings: dict[str, Any], *, copied: bool = False) -> Iterator[str]:
    """Name a database (``storage.databases.database``) ``alias`` while the context lasts, with the records' tables.

    ``copied``: it has them already.
    """
    connections.settings[alias] = {**connections.settings["default"], "OPTIONS": {}, **settings}
    try:
        if not copied:
            make_tables(alias)
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def together(alias: str, *works: Callable[[], None]) -> None:
    """Do several things at once, each in a thread with a connection of its own; what one raises is raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        try:
            start.wait(20)
            work()
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            raised.append(error)
        finally:
            connections[alias].close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
