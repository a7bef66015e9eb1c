"""How many statements an act costs, so that none creeps in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from goodoffices.storage.databases import database
from goodoffices.storage.records import DatabaseStore
from tests.contracts.batches import ROOM_A, ROOM_B, addition, batch, words, write
from tests.contracts.databases import opened


@pytest.fixture
def store(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseStore]:
    with django_db_blocker.unblock(), opened("counted", database("", tmp_path)):
        yield DatabaseStore("counted")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The first words of every statement SQLite runs."""
    connections["counted"].ensure_connection()
    seen: list[str] = []
    raw = connections["counted"].connection
    raw.set_trace_callback(lambda sql: seen.append(" ".join(sql.split()[:3])))
    try:
        yield seen
    finally:
        raw.set_trace_callback(None)


def test_an_act_in_one_room(store: DatabaseStore) -> None:
    head = write(store, "first", ROOM_A, "one")
    made = addition(ROOM_A, head, "two", particulars=(words("x"),))
    with counted() as seen:
        store.append([batch("second", made)])
    assert seen == [
        "BEGIN IMMEDIATE",
        "SELECT room, size",
        "INSERT INTO acts",
        "INSERT INTO rooms",
        "INSERT INTO entries",
        "INSERT INTO particulars",
        "COMMIT",
    ]


def test_an_act_in_two_rooms_asks_no_more_often(store: DatabaseStore) -> None:
    with counted() as seen:
        store.append([batch("first", addition(ROOM_A, None, "one"), addition(ROOM_B, None, "one"))])
    assert [s for s in seen if not s.startswith("INSERT")] == ["BEGIN IMMEDIATE", "SELECT room, size", "COMMIT"]
    assert sorted(s for s in seen if s.startswith("INSERT")) == [
        "INSERT INTO acts",
        "INSERT INTO entries",
        "INSERT INTO entries",
        "INSERT INTO rooms",
        "INSERT INTO rooms",
    ]
