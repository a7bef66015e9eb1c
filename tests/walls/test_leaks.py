"""The tests of the walls find a leak when there is one: every planted leak shows, and nothing else does."""

from __future__ import annotations

import pytest

from tests.walls import desks, hidden, leaks
from tests.walls.addresses import asked
from tests.walls.leaks import LEAKS, Leak
from tests.walls.people import VIEWERS
from tests.walls.site import Site
from tests.walls.worlds import names_only_in

pytestmark = pytest.mark.django_db


def shown(leak: Leak, patch: pytest.MonkeyPatch) -> list[str]:
    viewer = next(v for v in VIEWERS if v.name == leak.viewer)
    quiet, busy = hidden.much(viewer)
    names = names_only_in(busy, quiet)
    asks = [ask for ask in asked(quiet, viewer, names) if leaks.among(leak, ask.path)]
    site = Site(patch)
    with patch.context() as planted:
        leak.plant(planted)
        if leak.asks is None:
            return desks.differences(desks.told(quiet.again(), viewer, names), desks.told(busy.again(), viewer, names))
        return desks.differences(site.told(quiet, viewer, asks), site.told(busy, viewer, asks, busy=True))


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_a_planted_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(leak, monkeypatch) != []


@pytest.mark.parametrize("leak", [LEAKS[0], LEAKS[5]], ids=lambda leak: leak.name)
def test_where_none_is_planted_none_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(Leak(leak.name, leak.viewer, lambda patch: None, leak.asks), monkeypatch) == []
