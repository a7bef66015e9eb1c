"""With the same seed, the pages answer with the same bytes: nothing else in them is left to chance."""

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from goodoffices.storage.models import Account, SignInLink
from goodoffices.web.accounts import links
from tests.people import SIDE_A, SIDE_B
from tests.web import chance

pytestmark = pytest.mark.django_db


def raw(response: HttpResponse) -> tuple[int, dict[str, str], str, bytes]:
    return response.status_code, dict(response.items()), response.cookies.output(), response.content


def walk(account: Account) -> list[tuple[int, dict[str, str], str, bytes]]:
    """A link is made and used, and a passkey asked for: cookies, tokens, masks, session keys, challenges."""
    browser = Client()
    address = links.new_link(account)
    answers = [browser.get("/sign-in/"), browser.get(address), browser.post(address)]
    answers += [browser.get(page) for page in ("/account/", "/account/passkeys/add/", "/account/app/")]
    return [raw(answer) for answer in answers]


def test_the_same_seed_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)  # cookies and caches are told when they expire
    account = Account.objects.create_user("side-a", person=SIDE_A)
    assert walk(account) != walk(account)
    source = chance.install(monkeypatch, "first")
    first = walk(account)
    for made in (SignInLink, Session):
        made.objects.all().delete()  # or the same keys would be taken
    Account.objects.create_user("somebody-else", "a password of theirs", person=SIDE_B)
    Client().get("/sign-in/")
    source.restart("first")
    assert walk(account) == first
    source.restart("second")
    assert walk(account) != first
