"""Signing in by password, link, passkey, app and recovery code; and one's own account."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator as Kept
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from goodoffices.record import signatures
from goodoffices.record.seats import SEATS
from goodoffices.storage.models import Account, SignInLink
from goodoffices.web.accounts import keys, links
from goodoffices.web.accounts.opening import open_account
from tests.authenticator import Authenticator
from tests.people import HOST, OUTSIDER, SIDE_A, Round
from tests.web import passkeys
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


@pytest.fixture
def account() -> Account:
    return Account.objects.create_user("envoy", PASSWORD, person=OUTSIDER)


def signed_in(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


def by_password(browser: Client, name: str = "envoy", password: str = PASSWORD) -> Any:
    return browser.post("/sign-in/", {"login": name, "password": password})


def confirmed(browser: Client) -> Client:
    """Signed in, and asked once more for the password, as what concerns safety wants it."""
    by_password(browser)
    browser.post("/account/confirm/", {"password": PASSWORD})
    return browser


def test_a_password_signs_in(account: Account, client: Client) -> None:
    assert by_password(client).headers["Location"] == "/"
    assert signed_in(client) == OUTSIDER


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(account: Account) -> None:
    wrong, unknown = Client(), Client()
    answers = [by_password(wrong, password="not this one"), by_password(unknown, name="nobody")]
    said = [re.findall(r'role="alert">(.*?)</div>', answer.content.decode(), re.DOTALL) for answer in answers]
    assert said[0] == said[1] != []
    assert (signed_in(wrong), signed_in(unknown)) == (None, None)


def test_guessing_one_name_locks_nobody_else_out(account: Account) -> None:
    for _ in range(12):
        by_password(Client(REMOTE_ADDR="192.0.2.7"), name="somebody-else", password="guess")
    assert by_password(Client(REMOTE_ADDR="192.0.2.8")).status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    for address in ("/sign-up/", "/signup/", "/account/signup/", "/accounts/signup/", "/account/email/"):
        assert client.get(address).status_code == 404


def test_a_chance_ending_keeps_names_apart() -> None:
    first, second = open_account("Envoy"), open_account("Envoy")
    assert first.username != second.username
    assert re.fullmatch(r"envoy-[a-z0-9]{8}", first.username)


def test_looking_at_a_link_uses_nothing_up(account: Account, client: Client) -> None:
    address = links.new_link(account)
    assert "envoy" in client.get(address).content.decode()
    assert signed_in(client) is None
    assert client.get(address).status_code == 200


def test_a_link_signs_in_once(account: Account) -> None:
    address, first, second = links.new_link(account), Client(), Client()
    assert first.post(address).headers["Location"] == "/"
    assert second.post(address).status_code == 410
    assert (signed_in(first), signed_in(second)) == (OUTSIDER, None)


def test_links_that_are_no_good_look_alike(account: Account) -> None:
    used, old = links.make(account), links.make(account, timedelta(seconds=-1))
    Client().post(f"/sign-in/link/{used}/")
    answers = [Client().get(f"/sign-in/link/{token}/") for token in (used, old, "never-one", "\x00")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(410, answers[0].content)}


def test_only_the_digest_of_a_link_is_kept(account: Account) -> None:
    token = links.make(account)
    kept = SignInLink.objects.get()
    assert token not in (kept.digest, *map(str, vars(kept).values()))
    assert kept.expires > timezone.now()


def test_a_suspended_account_has_no_link(account: Account, client: Client) -> None:
    address = links.new_link(account)
    Account.objects.update(is_active=False)
    assert client.post(address).status_code == 410


@pytest.mark.parametrize("algorithm", [-7, -8, -257])
def test_a_passkey_becomes_a_key_that_a_record_can_name(account: Account, client: Client, algorithm: int) -> None:
    passkey = Authenticator(b"phone", algorithm)
    confirmed(client)
    passkeys.register(client, passkey)
    assert keys.signing_keys(account) == [passkey.key]
    signatures.check_key(passkey.key)


def test_only_kinds_of_passkeys_are_asked_for_that_a_record_can_check(account: Account, client: Client) -> None:
    confirmed(client)
    asked = passkeys.options(client.get("/account/passkeys/add/"))
    assert {kind["alg"] for kind in asked["pubKeyCredParams"]} == {-7, -8, -257}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"]["id"] == "localhost"


def test_a_passkey_signs_in(account: Account, client: Client) -> None:
    passkey = Authenticator(b"phone")
    confirmed(client)
    passkeys.register(client, passkey)
    other = Client()
    asked = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"][
        "publicKey"
    ]
    given = passkeys.answer(passkey, asked["challenge"], OUTSIDER)
    assert other.post("/sign-in/passkey/", {"credential": given}).headers["Location"] == "/"
    assert signed_in(other) == OUTSIDER


def test_a_passkey_over_another_challenge_does_not_sign_in(account: Account, client: Client) -> None:
    passkey = Authenticator(b"phone")
    confirmed(client)
    passkeys.register(client, passkey)
    other = Client()
    other.get("/sign-in/passkey/", headers={"accept": "application/json"})
    other.post("/sign-in/passkey/", {"credential": passkeys.answer(passkey, "AAAA", OUTSIDER)})
    assert signed_in(other) is None


def test_with_a_passkey_a_password_is_not_enough_and_a_recovery_code_works_once(
    account: Account, client: Client
) -> None:
    confirmed(client)
    page = passkeys.register(client, Authenticator(b"phone"), follow=True).content.decode()
    code = re.findall(r"<code>(\d+)</code>", page)[0]
    for expected in (OUTSIDER, None):
        other = Client()
        assert by_password(other).headers["Location"].startswith("/sign-in/second-step/")
        assert signed_in(other) is None
        assert other.get("/sign-in/second-step/").status_code == 200
        other.post("/sign-in/second-step/", {"code": code})
        assert signed_in(other) == expected


def test_an_app_is_the_second_step_too(account: Account, client: Client) -> None:
    confirmed(client)
    page = client.get("/account/app/").content.decode()
    secret = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.post("/account/app/", {"code": code}).status_code == 302
    assert secret not in str(Kept.objects.get(type="totp").data), "kept encrypted"
    assert by_password(Client()).headers["Location"].startswith("/sign-in/second-step/")


def test_what_concerns_safety_is_asked_again(account: Account, client: Client) -> None:
    client.force_login(account)
    assert client.get("/account/passkeys/add/").headers["Location"].startswith("/account/confirm/")


def test_every_page_of_the_account_answers(round_: Round, account: Account, client: Client) -> None:
    confirmed(client)
    passkeys.register(client, Authenticator(b"phone"))
    name = keys.key_of(keys.passkeys(account)[0])["id"]
    for part in ("", "password/", "passkeys/", "passkeys/add/", f"passkeys/{name}/", "app/", "codes/", "codes/new/"):
        assert client.get(f"/account/{part}").status_code == 200, part
    for part in ("", "code/", "passkey/"):
        assert client.get(f"/account/confirm/{part}").status_code == 200, part
    assert client.get("/account/codes/download/").headers["Content-Type"].startswith("text/plain")
    assert client.get("/sign-out/").status_code == 200


def test_somebody_elses_passkey_is_not_there(account: Account, client: Client, sign_in: SignIn) -> None:
    confirmed(client)
    passkeys.register(client, Authenticator(b"phone"))
    other = sign_in(HOST)
    hidden = other.post(f"/account/passkeys/{keys.key_of(keys.passkeys(account)[0])['id']}/", {"remove": "1"})
    nothing = other.post("/account/passkeys/AAAA/", {"remove": "1"})
    assert (hidden.status_code, hidden.content) == (nothing.status_code, nothing.content)
    assert len(keys.passkeys(account)) == 1


def test_a_zone_is_chosen_and_an_unknown_one_is_not(round_: Round, account: Account, client: Client) -> None:
    client.force_login(account)
    client.post("/account/", {"zone": "Europe/Istanbul"})
    client.post("/account/", {"zone": "Mars/Olympus"})
    assert Account.objects.get().zone == "Europe/Istanbul"


def test_the_first_key_is_named_at_once_and_the_next_is_signed_with_it(round_: Round, sign_in: SignIn) -> None:
    browser, old, new = sign_in(SIDE_A), Authenticator(b"old"), Authenticator(b"new")
    talks = round_.view(SIDE_A, "plenary").seats.talks
    passkeys.register(browser, old)
    assert browser.post(f"/account/keys/{talks}/", _naming(browser, old)).headers["Location"] == "/account/"
    passkeys.register(browser, new, "laptop")
    asked = browser.post(f"/account/keys/{talks}/", _naming(browser, new, old.key["id"]))
    assert asked.headers["Location"].endswith("/sign/")
    page = browser.get(asked.headers["Location"])
    browser.post(asked.headers["Location"], {"signatures": passkeys.signatures(page, old)})
    for room in ("plenary", "caucus-a", "public"):
        view = round_.view(SIDE_A, room)
        assert view.state[SEATS].seat(SIDE_A).keys == (new.key,)  # type: ignore[union-attr] # they sit there
        assert view.entry(view.size - 1).header.signed is not None


def _naming(browser: Client, passkey: Authenticator, replaces: str = "") -> dict[str, str]:
    page = html.unescape(browser.get("/account/").content.decode())
    act = re.findall(r'name="act" value="([0-9a-f]{32})"', page)[0]
    return {"act": act, "credential": passkey.key["id"], "replaces": replaces}


def test_a_name_that_was_guessed_too_often_waits_and_a_link_still_works(account: Account, client: Client) -> None:
    for _ in range(5):
        by_password(Client(), password="a guess")
    by_password(client)
    assert signed_in(client) is None
    client.post(links.new_link(account))
    assert signed_in(client) == OUTSIDER
