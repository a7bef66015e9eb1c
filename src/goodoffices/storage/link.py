"""One durable transaction on the driver's own connection.

Django's ``atomic`` and cursor wrapper cost as much as the disk does for a single act; appending goes past them. The
connection stays Django's: opened, kept and closed by it, and its errors are reported in Django's classes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, IntegrityError, connections, transaction

from goodoffices.record.store import Conflict, StoreFull

Rows = Iterable[tuple[Any, ...]]


class Link:
    """A transaction under way. Statements have ``%s`` for parameters, as everywhere in Django."""

    def __init__(self, connection: Any) -> None:
        self.vendor: str = connection.vendor
        # Both drivers' connections make cursors; Django's own would wrap them.
        self._cursor = (
            sqlite3.Cursor(connection.connection) if self.vendor == "sqlite" else connection.connection.cursor()
        )

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self._cursor.execute(self._spelled(sql), parameters)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.run(sql, parameters)
        return list(self._cursor.fetchall())

    def put(self, sql: str, rows: Rows) -> None:
        """The statement once for each row; nothing for none."""
        given = list(rows)
        if len(given) == 1:  # the usual case, and cheaper so
            self.run(sql, given[0])
        elif given:
            self._cursor.executemany(self._spelled(sql), given)

    def close(self) -> None:
        self._cursor.close()

    def _spelled(self, sql: str) -> str:
        return sql.replace("%s", "?") if self.vendor == "sqlite" else sql


@contextmanager
def durable(using: str) -> Iterator[Link]:
    """A transaction that is on the disk when the context ends without an error, and has left nothing otherwise.

    Raises ``Conflict`` when another writer was in the way or a key is there already, ``StoreFull``, and
    ``RuntimeError`` when a transaction is under way already, which would decide later what becomes of this one.
    """
    connection: Any = connections[using]
    connection.ensure_connection()
    with _told():
        if connection.in_atomic_block:  # only Django's own tests pass
            with transaction.atomic(using=using, durable=True), connection.wrap_database_errors:
                yield Link(connection)
        else:
            with connection.wrap_database_errors:
                yield from _whole(connection)


def _whole(connection: Any) -> Iterator[Link]:
    link = Link(connection)
    link.run("BEGIN IMMEDIATE" if link.vendor == "sqlite" else "BEGIN")
    try:
        yield link
        link.run("COMMIT")
    except BaseException:
        _undo(link)
        raise
    finally:
        link.close()


def _undo(link: Link) -> None:
    with suppress(Exception):  # the database undid it itself, or is gone and with it the transaction
        link.run("ROLLBACK")


@contextmanager
def _told() -> Iterator[None]:
    """What the database says, in the words of the store port."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict from error
    except DatabaseError as error:
        if _says(error, "SQLITE_FULL", "53100"):
            raise StoreFull("The disk is full: nothing was written. Make space and do it again.") from error
        if _says(error, "SQLITE_BUSY", "SQLITE_LOCKED", "40P01", "55P03"):  # not to be had in time, or a deadlock
            raise Conflict from error
        raise


def _says(error: DatabaseError, *codes: str) -> bool:
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    return str(code).startswith(codes)
