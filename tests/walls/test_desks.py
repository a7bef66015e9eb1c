"""Two worlds that differ only in rooms a person may not enter give that person the same, at the desk."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.walls import desks, hidden
from tests.walls.people import VIEWERS, Viewer
from tests.walls.worlds import SOME, Script, build, names_only_in

BY_NAME = pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.name)


def same(one: desks.Told, other: desks.Told) -> None:
    found = desks.differences(one, other)
    assert not found, f"{len(found)} differ:\n" + "\n".join(found[:12])


@BY_NAME
def test_much_happening_elsewhere_changes_nothing(viewer: Viewer) -> None:
    quiet, busy = (world.again() for world in hidden.much(viewer))
    names = names_only_in(busy, quiet)
    assert len(names["rooms"]) > 0
    assert len(names["acts"]) == SOME
    same(desks.told(quiet, viewer, names), desks.told(busy, viewer, names))


@BY_NAME
@settings(max_examples=3, phases=[Phase.generate])
@given(st.data())
def test_whatever_happens_elsewhere_changes_nothing(viewer: Viewer, data: st.DataObject) -> None:
    script = Script(viewer)
    quiet = build(script, hidden.seen(data, script))
    busy = build(script, hidden.drawn(data, viewer))
    assert busy.refused == quiet.refused
    names = names_only_in(busy, quiet)
    same(desks.told(quiet, viewer, names), desks.told(busy, viewer, names))
