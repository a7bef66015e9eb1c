"""The pages over a world: every answer raw, with chance and time the same for the same question.

Chance begins anew before each request, from the request alone, and the clock stands still; whatever then differs
between two worlds is told by the pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from goodoffices.storage.models import (
    Account,
    CalendarLink,
    Draft,
    Invitation,
    Letter,
    Reminders,
    SignInLink,
    Subscription,
)
from goodoffices.web.acting import desks
from goodoffices.web.intake import keeping
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, person
from tests.walls.desks import Told
from tests.walls.people import ENVOY, GUARANTOR, NEWCOMER, OTHER_HOST, OTHER_SIDE, Viewer
from tests.walls.worlds import World, act_id, hidden_rooms
from tests.web import chance

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
CAST = (HOST, SIDE_A, SIDE_B, OBSERVER, OUTSIDER, ENVOY, GUARANTOR, NEWCOMER, OTHER_HOST, OTHER_SIDE)
HIDDEN_TEXT = b"Somebody hidden threatened to close the crossing."
ELSEWHERE_IP = "192.0.2.7"

Answer = tuple[int, tuple[tuple[str, str], ...], str, bytes]
"""Status, all headers in their order, cookies as they are set, and the body."""


@dataclass(frozen=True)
class Ask:
    """One request. ``forged``: without the token that every form of ours carries."""

    method: str
    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    forged: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} {dict(self.data)}{' forged' if self.forged else ''}"


def raw(response: HttpResponseBase) -> Answer:
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined, call-overload] # either
    response.close()
    return response.status_code, tuple(response.items()), response.cookies.output(), body


class Site:
    """Pages with a seeded source of chance and a clock that stands still."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        patch.setattr(logging.root.manager, "disable", logging.CRITICAL)  # hundreds of pages that are not there
        patch.setattr("time.time", NOW.timestamp)
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        patch.setattr(settings, "EMAIL_HOST", "mail.test")  # pages ask for addresses; nothing is sent
        self.chance = chance.install(patch, "walls")
        # Whether there is such an account, a password is hashed; how much chance that takes shows in no answer.
        patch.setattr("django.contrib.auth.hashers.get_random_string", lambda length, *_, **__: "x" * length)

    @contextmanager
    def over(self, world: World) -> Iterator[Site]:
        """Pages of this world, with everybody's accounts; what is written outside the record goes afterwards."""
        with self.patch.context() as patch, transaction.atomic():
            patch.setattr(desks, "open_office", lambda: world.office)
            cache.clear()
            for who in CAST:
                Account(person=who, username=f"name-{who[:8]}", zone="Europe/Istanbul", password="!").save(
                    force_insert=True
                )
            yield self
            transaction.set_rollback(True)

    def browser(self, viewer: Viewer) -> Client:
        """A browser of the viewer's, signed in if they are somebody."""
        self.chance.restart("sign-in", viewer.name)
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if viewer.person is not None:
            browser.force_login(Account.objects.get(pk=viewer.person))
        self.ask(browser, Ask("GET", "/sign-in/link/none/"))
        self.ask(browser, Ask("GET", "/account/password/"))
        return browser

    def told(self, world: World, viewer: Viewer, asks: Iterable[Ask], *, busy: bool = False) -> Told:
        """Every answer, by request, asked in a copy of the world. ``busy``: others live outside the record too."""
        with self.over(world.again()):
            if busy:
                others_live(world, viewer)
            browser = self.browser(viewer)
            return {f"{n} {ask}": self.ask(browser, ask) for n, ask in enumerate(asks)}

    def ask(self, browser: Client, ask: Ask) -> Answer:
        self.chance.restart(str(ask))
        token = browser.cookies.get("csrftoken")
        headers = {"X-CSRFToken": token.value} if token is not None and not ask.forged else {}
        if ask.method == "POST":
            data = {name: _sent(value) for name, value in ask.data.items()}
            return raw(browser.post(ask.path, data, headers=headers))
        return raw(browser.generic(ask.method, ask.path, headers=headers))


def _sent(value: Any) -> Any:
    return SimpleUploadedFile("paper.pdf", value, "application/pdf") if isinstance(value, bytes) else value


def others_live(world: World, viewer: Viewer) -> None:
    """What others do outside the record: accounts, invitations, links, drafts, failed sign-ins, looking at pages."""
    others = [who for who in CAST if who != viewer.person]
    later = NOW + timedelta(days=3)
    for n in range(5):
        new = Account(person=person(f"new {n}"), username=f"somebody-{n}", password="!")
        new.save(force_insert=True)
    for n, who in enumerate(others):
        account = Account.objects.get(pk=who)
        rooms = [view.id for view in hidden_rooms(world, viewer)][:2]
        details = {"name": "Somebody hidden", "level": "technical"}
        Invitation(
            digest=f"{n:064x}", inviter=account, delegation="0" * 32, rooms=rooms, details=details, expires=later
        ).save()
        SignInLink(digest=f"{n:064x}", account=account, expires=later).save()
        Draft(account=account, act=act_id(f"draft {n}"), data=b"hidden").save()
        for room in (*rooms, *(view.id for view in world.desk(viewer.person).rooms())):
            keeping.keep(account, room, HIDDEN_TEXT, keeping.Given("", "", "Hidden", "", "", ()))
    others_follow(world, others)
    browser = Client(raise_request_exception=False, REMOTE_ADDR=ELSEWHERE_IP)
    browser.post("/sign-in/", {"login": "somebody-1", "password": "wrong"})
    for who in others[:3]:
        browser.force_login(Account.objects.get(pk=who))
        for path in ("/", "/invitations/", "/public/"):
            browser.get(path)
    for view in hidden_rooms(world, viewer):
        for who in list(view.seats.delegates)[:1]:
            if Account.objects.filter(pk=who).exists():
                browser.force_login(Account.objects.get(pk=who))
                for path in ("", "checkpoint", "?q=hidden"):
                    browser.get(f"/rooms/{view.id}/{path}")


def others_follow(world: World, others: list[str]) -> None:
    """Others' subscriptions, reminders, calendars and letters, also under addresses that the viewer gives."""
    talks = dict.fromkeys(view.seats.talks for view in world.everything() if view.seats.kind == "public")
    for n, one in enumerate(talks):
        known = {"talks": one, "address": "known@example.org", "folded": "known@example.org"}
        Subscription(id=f"{n + 1:032x}", asked=NOW, confirmed=NOW, **known).save(force_insert=True)
    for n, who in enumerate(others):
        account = Account.objects.get(pk=who)
        Reminders(account=account, id=f"{n:032x}", address="known@example.org", confirmed=NOW).save(force_insert=True)
        CalendarLink(account=account, digest=f"{n:064x}").save(force_insert=True)
        waits = {"address": "known@example.org", "subject": "Hidden", "body": "hidden"}
        Letter(id=f"{n:032x}", sort="reminder", account=account, **waits).save(force_insert=True)
