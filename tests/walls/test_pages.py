"""Two worlds that differ only in rooms a person may not enter give that person the same pages, byte for byte."""

from __future__ import annotations

import pytest

from tests.walls import hidden
from tests.walls.addresses import asked, source_id
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


def test_drafts_of_intake_are_in_play(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages asked for above are those of a text that was handed in, and not pages of nothing."""
    viewer = next(v for v in VIEWERS if v.name == "side-b")
    quiet, busy = hidden.much(viewer)
    asks = [ask for ask in asked(quiet, viewer, names_only_in(busy, quiet)) if "/intake/" in ask.path]
    told = Site(monkeypatch).told(quiet, viewer, asks)
    source = source_id(next(ask for ask in asks if ask.data.get("text")))
    statuses = {ask.split(" ", 1)[1]: answer[0] for ask, answer in told.items() if source in ask}
    assert {200, 302, 404, 422} <= set(statuses.values())
    assert any(b"Velden threatened" in answer[3] for answer in told.values())
