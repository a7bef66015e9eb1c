"""Two worlds that differ only in rooms a person may not enter give that person the same pages, byte for byte."""

from __future__ import annotations

import pytest

from tests.walls import hidden
from tests.walls.addresses import asked
from tests.walls.desks import differences
from tests.walls.people import VIEWERS, Viewer
from tests.walls.site import Site
from tests.walls.worlds import names_only_in

pytestmark = pytest.mark.django_db
BY_NAME = pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.name)


@BY_NAME
def test_much_happening_elsewhere_changes_no_page(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, busy = hidden.much(viewer)
    names = names_only_in(busy, quiet)
    site, asks = Site(monkeypatch), list(asked(quiet, viewer, names))
    one, other = site.told(quiet, viewer, asks), site.told(busy, viewer, asks, busy=True)
    found = differences(one, other)
    assert not found, f"{len(found)} of {len(one)} differ:\n" + "\n".join(found[:12])
