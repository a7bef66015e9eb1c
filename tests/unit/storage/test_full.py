"""A database that can take no more: a refusal, nothing acknowledged, and all well once there is space."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from goodoffices.record.store import StoreFull
from goodoffices.storage.databases import database
from goodoffices.storage.records import DatabaseStore
from tests.contracts.batches import PERSON, ROOM_A, ROOM_B, addition, batch, ident, words, write
from tests.contracts.databases import opened


@pytest.fixture
def store(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseStore]:
    with django_db_blocker.unblock(), opened("full", database("", tmp_path)):
        yield DatabaseStore("full")


def limit(pages: int) -> None:
    with connections["full"].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + pages}")


def test_nothing_is_written_when_the_disk_is_full(store: DatabaseStore) -> None:
    head = write(store, "first", ROOM_A, "one")
    large = words("x" * 50_000)
    limit(3)
    with pytest.raises(StoreFull, match="nothing was written"):
        store.append(
            [batch("second", addition(ROOM_A, head, "two", particulars=(large,)), addition(ROOM_B, None, "one"))]
        )
    assert store.heads([ROOM_A, ROOM_B]) == {ROOM_A: head}
    assert store.act(PERSON, ident("second")) is None
    assert store.particulars(ROOM_A, [large.citation]) == {}
    with pytest.raises(StoreFull):
        store.save_projection(ROOM_A, "v", 1, b"x" * 50_000)
    limit(100)
    write(store, "second", ROOM_A, "two", particulars=(large,))
    assert store.particulars(ROOM_A, [large.citation]) == {large.citation: large}


def test_an_act_within_another_transaction_is_refused(store: DatabaseStore) -> None:
    """Its acknowledgement would be worth nothing: the other transaction might still be undone."""
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic(using="full"):
        store.append([batch("first", addition(ROOM_A, None, "one"))])
    assert store.heads([ROOM_A]) == {}


def test_erased_words_are_gone_from_the_files(store: DatabaseStore, tmp_path: Path) -> None:
    secret = words("a secret that must go")
    write(store, "first", ROOM_A, "one", particulars=(secret,))
    assert any(secret.content in file.read_bytes() for file in tmp_path.iterdir())
    write(store, "second", ROOM_A, "two", erased=(secret.citation,))
    assert not any(secret.content in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
