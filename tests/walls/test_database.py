"""The same on a database: no number it counts with and no order it answers in tells of other rooms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goodoffices.storage.databases import database
from goodoffices.storage.records import DatabaseStore
from tests.contracts.databases import opened
from tests.walls import desks, hidden
from tests.walls.people import VIEWERS, Viewer
from tests.walls.worlds import Script, build, names_only_in

SOME = [viewer for viewer in VIEWERS if viewer.name in {"side-b", "withdrawn"}]


def _folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


@pytest.fixture
def databases(tmp_path: Path, django_db_blocker: Any) -> Iterator[list[str]]:
    """Two empty databases."""
    one, other = (database("", _folder(tmp_path, name)) for name in ("quiet", "busy"))
    with django_db_blocker.unblock(), opened("quiet", one) as quiet, opened("busy", other) as busy:
        yield [quiet, busy]


@pytest.mark.parametrize("viewer", SOME, ids=lambda viewer: viewer.name)
def test_on_a_database(viewer: Viewer, tmp_path: Path, databases: list[str]) -> None:
    quiet = build(Script(viewer), None, DatabaseStore(databases[0]))
    busy = build(Script(viewer), partial(hidden.always, viewer), DatabaseStore(databases[1]))
    names = names_only_in(busy, quiet)
    assert desks.differences(desks.told(quiet, viewer, names), desks.told(busy, viewer, names)) == []
