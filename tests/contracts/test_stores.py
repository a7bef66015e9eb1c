"""The store contract, run on each store there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goodoffices.record.memory import MemoryStore
from goodoffices.record.store import Store
from goodoffices.storage.databases import database
from goodoffices.storage.records import DatabaseStore
from tests.contracts.databases import opened, together
from tests.contracts.store_contract import SharedStoreContract, StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()


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
