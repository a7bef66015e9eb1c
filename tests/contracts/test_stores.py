"""The store contract, run on each store there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goodoffices.record.memory import MemoryStore
from goodoffices.record.pending import PendingStore
from goodoffices.record.store import Batch, Store
from goodoffices.storage.databases import database
from goodoffices.storage.records import DatabaseStore
from tests.contracts.batches import ROOM_A, write
from tests.contracts.databases import opened, together
from tests.contracts.store_contract import SharedStoreContract, StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()


class TestPending(StoreContract):
    """Nothing written yet at all; but for projections, which it does not keep, it is a store like any other."""

    @pytest.fixture
    def store(self) -> Store:
        return PendingStore(MemoryStore())

    def test_projections(self, store: Store) -> None:
        write(store, "first", ROOM_A, "one")
        store.save_projection(ROOM_A, "v", 1, b"1")
        assert store.projection(ROOM_A, "v", 1) is None


class TestFlushed(StoreContract):
    """What was pending is written after every batch."""

    @pytest.fixture
    def store(self) -> Store:
        return _Flushing(MemoryStore())

    def test_projections(self, store: Store) -> None:
        TestPending.test_projections(TestPending(), store)


class _Flushing(PendingStore):
    def append(self, batches: Sequence[Batch]) -> None:
        super().append(batches)
        self.flush()


class TestSqlite(StoreContract, SharedStoreContract):
    @pytest.fixture
    def alias(self, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
        with django_db_blocker.unblock(), opened("contract", database("", tmp_path)) as alias:
            yield alias

    @pytest.fixture
    def store(self, alias: str) -> Store:
        return DatabaseStore(alias)

    @pytest.fixture
    def together(self, alias: str) -> Callable[..., None]:
        return partial(together, alias)


class TestPostgres(StoreContract, SharedStoreContract):
    @pytest.fixture
    def alias(self, postgres_database: str, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
        with django_db_blocker.unblock(), opened("contract", database(postgres_database, tmp_path)) as alias:
            yield alias

    @pytest.fixture
    def store(self, alias: str) -> Store:
        return DatabaseStore(alias)

    @pytest.fixture
    def together(self, alias: str) -> Callable[..., None]:
        return partial(together, alias)
