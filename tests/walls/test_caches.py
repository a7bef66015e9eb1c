"""What an office keeps, in memory or as stored projections, changes nothing that anybody is told."""

from __future__ import annotations

import pytest

from goodoffices.secretariat import office
from goodoffices.secretariat.kept import Kept
from goodoffices.secretariat.operator import OperatorDesk
from tests.walls import desks, hidden
from tests.walls.people import VIEWERS, Viewer
from tests.walls.worlds import World, names_only_in

SOME = [viewer for viewer in VIEWERS if viewer.name in {"side-b", "withdrawn", "outsider"}]


def everybody_looks(world: World) -> None:
    """Every state is kept in memory and stored, as somebody else had it last."""
    for view in OperatorDesk(world.office).rooms():
        for who in view.seats.delegates:
            for mine in world.desk(who).rooms():
                mine.offers()


@pytest.mark.parametrize("viewer", SOME, ids=lambda viewer: viewer.name)
def test_cold_warm_stored_and_dropped(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, busy = hidden.much(viewer)
    names = names_only_in(busy, quiet)
    plain = desks.read(quiet.again(), viewer, names)
    monkeypatch.setattr(office, "SAVE_EVERY", 3)
    world = busy.again()
    assert desks.differences(plain, desks.read(world, viewer, names)) == []  # cold
    everybody_looks(world)
    assert desks.differences(plain, desks.read(world, viewer, names)) == []  # warm
    world.office.kept = Kept()
    assert desks.differences(plain, desks.read(world, viewer, names)) == []  # from stored projections
    world.office.kept = Kept()
    world.office.store.drop_projections()
    assert desks.differences(plain, desks.read(world, viewer, names)) == []  # from entry 0
