"""What leaves for people who do not sign in: letters, calendars and the folder are the same in two worlds."""

from __future__ import annotations

import pytest
from django.test import Client

from goodoffices.secretariat.operator import OperatorDesk
from goodoffices.storage.models import Account, CalendarLink, Letter, Reminders, Subscription
from goodoffices.storage.models.accounts import digest
from goodoffices.web.mailing import news, reminding
from goodoffices.web.public import exporting
from tests.walls import hidden
from tests.walls.desks import differences
from tests.walls.people import VIEWERS, Viewer
from tests.walls.site import NOW, Site, others_live, raw
from tests.walls.worlds import World

pytestmark = pytest.mark.django_db
MINE, TOKEN = "me@example.org", "m" * 43
BASE = "https://host.test"


def told(site: Site, world: World, viewer: Viewer, *, busy: bool) -> dict[str, object]:
    """Everything that leaves for one person, who follows all that can be followed."""
    with site.over(world.again()):
        if busy:
            others_live(world, viewer)
        rooms = [view for view in world.desk(None).rooms() if view.seats.kind == "public"]
        for n, view in enumerate(rooms):
            follows = {"talks": view.seats.talks, "address": MINE, "folded": MINE, "confirmed": NOW, "room": view.id}
            Subscription(id=f"{n + 99:032x}", **follows).save(force_insert=True)
        calendar = _reminded(viewer)
        news.make(world.office, BASE)
        reminding.make(world.office, BASE)
        letters = Letter.objects.filter(address=MINE).order_by("sort", "body")
        return {
            "letters": [(one.sort, one.subject, one.body.partition("\n\n")[0]) for one in letters],
            "waiting": reminding.waiting_for(world.office, viewer.person) if viewer.person else [],
            "calendar": calendar,
            "folder": dict(exporting.files(world.office)),
        }


def _reminded(viewer: Viewer) -> object:
    """Reminders asked for, and the calendar as it stands at its secret address."""
    account = Account.objects.filter(pk=viewer.person).first()
    if account is None:
        return None
    Reminders.objects.filter(account=account).delete()
    Reminders(account=account, id="f" * 32, address=MINE, confirmed=NOW).save(force_insert=True)
    CalendarLink.objects.update_or_create(account=account, defaults={"digest": digest(TOKEN)})
    return raw(Client().get(f"/calendars/{TOKEN}/talks.ics"))


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.name)
def test_what_happens_elsewhere_changes_nothing_that_leaves(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, busy = hidden.much(viewer)
    site = Site(monkeypatch)
    one, other = told(site, quiet, viewer, busy=False), told(site, busy, viewer, busy=True)
    assert one["letters"]
    assert (b"BEGIN:VEVENT" in repr(one["calendar"]).encode()) == (
        viewer.name not in {"public", "outsider", "observer"}
    )
    assert differences(one, other) == []


def test_a_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = next(v for v in VIEWERS if v.name == "side-b")
    quiet, busy = hidden.much(viewer)
    site = Site(monkeypatch)
    monkeypatch.setattr(
        reminding, "waiting_for", lambda office, _person: [view.id for view in OperatorDesk(office).rooms()]
    )
    found = differences(told(site, quiet, viewer, busy=False), told(site, busy, viewer, busy=True))
    assert [line.partition(":")[0] for line in found] == ["waiting"]
