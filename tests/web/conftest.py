"""A round of talks on the database of this test, and people signed in to it.

Read before Django's settings are loaded, so what needs them is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.people import Round

SignIn = Callable[[str], "Client"]


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Failed sign-ins are counted in memory: each test starts with none."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def round_(db: None, monkeypatch: pytest.MonkeyPatch) -> Round:
    """The cast's round (``tests.people``) on this test's database; every page opens its desks there."""
    from goodoffices.storage.records import DatabaseStore
    from goodoffices.web.acting import desks
    from tests.people import open_round

    opened = open_round(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: opened.office)
    return opened


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A browser in which this person (an id) is signed in, with an account made if there is none."""
    from django.test import Client

    from goodoffices.storage.models import Account

    def signed_in(person: str) -> Client:
        account = Account.objects.filter(pk=person).first()
        browser = Client()
        browser.force_login(account or Account.objects.create_user(f"name-{person[:8]}", person=person))
        return browser

    return signed_in
