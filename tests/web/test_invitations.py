"""Inviting, accepting, and taking the seat: from a link to a signing key on the record."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from goodoffices.record.seats import Delegate
from goodoffices.secretariat.desk import Desk
from goodoffices.storage.models import Account, Invitation
from goodoffices.talks.scene import Refusal
from goodoffices.web.accounts import keys
from goodoffices.web.invitations import offering, seating, taking
from tests.authenticator import Authenticator
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.web import passkeys
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"
TOLD = {"name": "Ana Nováková", "level": "technical", "function": "Adviser", "mandate": "To listen.\r\nTo advise."}
JOINING = {"called": "ana", "password": PASSWORD, "again": PASSWORD, "zone": "Europe/Istanbul"}


def invite(round_: Round, browser: Client, code: str = "side-a", **given: Any) -> str:
    """The address of a new invitation, as the page shows it once."""
    form = {**TOLD, "delegation": round_.delegation("plenary", code), **given}
    page = browser.post(f"/invitations/new/{round_.rooms['plenary']}/", form)
    assert page.status_code == 200, page.content.decode()
    return re.findall(r"http://testserver(/invitations/link/[^<]+)<", page.content.decode())[0]


def seated(round_: Round, person: str, *rooms: str) -> list[Delegate | None]:
    return [round_.view(HOST, room).seats.seat(person) for room in rooms]


def take_seat(browser: Client) -> Any:
    page = browser.get("/invitations/joining/").content.decode()
    return browser.post(re.findall(r'action="(/invitations/[0-9a-f]{64}/seat/)"', page)[0])


@pytest.fixture
def link(round_: Round, sign_in: SignIn) -> str:
    return invite(round_, sign_in(HOST))


def test_from_the_link_to_a_signing_key_on_the_record(round_: Round, link: str) -> None:
    browser, passkey = Client(), Authenticator(b"ana")
    page = browser.get(link).content.decode()
    assert all(words in page for words in ("Ana Nováková", "Adviser", "Side A", "Rehearsal", "caucus-a", "first entry"))
    assert browser.post(link, JOINING).headers["Location"] == "/invitations/joining/"
    assert passkeys.register(browser, passkey).headers["Location"] == "/invitations/joining/"
    assert take_seat(browser).headers["Location"] == "/account/codes/"
    assert browser.get("/account/codes/").status_code == 200
    account = Account.objects.get(username__startswith="ana-")
    seats = seated(round_, account.person, "plenary", "public", "caucus-a", "caucus-b")
    assert [seat and seat.keys for seat in seats] == [(passkey.key,), None, (passkey.key,), None]
    assert Desk(round_.office, account.person).room(round_.rooms["caucus-a"]).entry(0).kind == "room-opened"
    kept = Invitation.objects.get()
    assert (kept.details, kept.asked, account.zone) == ({}, None, "Europe/Istanbul")


def test_one_act_of_the_inviters_says_what_they_wrote(round_: Round, link: str) -> None:
    browser = Client()
    browser.post(link, JOINING)
    take_seat(browser)
    view = round_.view(HOST, "plenary")
    entry = view.entry(view.size - 1)
    said = view.words([entry.body["delegate"][name] for name in ("name", "function", "mandate")])
    assert sorted(said.values()) == ["Adviser", "Ana Nováková", "To listen.\nTo advise."]
    assert entry.header.author.person == HOST
    assert {r.room for r in Desk(round_.office, HOST).receipts(entry.header.act)} == {
        round_.rooms[name] for name in ("plenary", "caucus-a")
    }


def test_without_a_passkey_the_page_says_what_that_means(round_: Round, link: str) -> None:
    browser = Client()
    browser.post(link, JOINING)
    assert "nobody can prove that it was you" in browser.get("/invitations/joining/").content.decode()
    assert take_seat(browser).headers["Location"] == "/"
    account = Account.objects.get(username__startswith="ana-")
    assert [seat and seat.keys for seat in seated(round_, account.person, "plenary")] == [()]


def test_looking_uses_nothing_up_and_the_seat_is_not_taken_by_accepting_alone(round_: Round, link: str) -> None:
    assert [Client().get(link).status_code for _ in range(2)] == [200, 200]
    size = round_.view(HOST, "plenary").size
    Client().post(link, JOINING)
    assert round_.view(HOST, "plenary").size == size
    assert Invitation.objects.get().accepted is None


def test_whoever_stopped_half_way_goes_on_after_signing_in(round_: Round, link: str) -> None:
    Client().post(link, JOINING)
    account = Account.objects.get(username__startswith="ana-")
    later = Client()
    signed_in = later.post("/sign-in/", {"login": account.username, "password": PASSWORD})
    assert signed_in.headers["Location"] == "/invitations/joining/"
    assert later.get(link).headers["Location"] == "/invitations/joining/"
    take_seat(later)
    assert seated(round_, account.person, "plenary") != [None]


def test_an_account_there_is_takes_the_seat_itself(round_: Round, link: str, sign_in: SignIn) -> None:
    browser = sign_in(OBSERVER)
    accounts = Account.objects.count()
    browser.post(link)
    take_seat(browser)
    assert seated(round_, OBSERVER, "plenary") != [None]
    assert Account.objects.count() == accounts


def test_whoever_sits_there_already_is_seated_in_the_other_rooms(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="side-a")
    link, browser = invite(round_, sign_in(HOST)), sign_in(OBSERVER)
    browser.post(link)
    take_seat(browser)
    assert all(seated(round_, OBSERVER, "plenary", "caucus-a"))
    assert seated(round_, OBSERVER, "public") == [None]  # everybody reads there: only who is asked for it is seated


def test_a_link_is_one_accounts_alone(round_: Round, link: str, sign_in: SignIn) -> None:
    accounts = Account.objects.count()
    Client().post(link, JOINING)
    assert Client().post(link, JOINING).status_code == 410
    assert sign_in(OUTSIDER).post(link).status_code == 410
    assert Account.objects.exclude(pk=OUTSIDER).count() == accounts + 1


def test_links_that_lead_nowhere_look_alike(round_: Round, sign_in: SignIn) -> None:
    host = sign_in(HOST)
    taken, old, back, gone = (invite(round_, host) for _ in range(4))
    Client().post(taken, JOINING)
    Invitation.objects.filter(digest=_digest(old)).update(expires=timezone.now() - timedelta(seconds=1))
    host.post(f"/invitations/{_digest(back)}/withdraw/")
    Invitation.objects.filter(digest=_digest(gone)).update(rooms=["0" * 32])
    answers = [Client().get(one) for one in (taken, old, back, gone, "/invitations/link/never-one/")]
    assert {(one.status_code, one.content) for one in answers} == {(410, answers[0].content)}


def test_an_inviter_who_was_withdrawn_seats_nobody(round_: Round, sign_in: SignIn) -> None:
    link, browser = invite(round_, sign_in(SIDE_A)), Client()
    browser.post(link, JOINING)
    page = browser.get("/invitations/joining/").content.decode()
    size = round_.view(HOST, "plenary").size
    round_.do(HOST, "plenary", "withdraw-delegate", "side-a", person=SIDE_A)
    assert Client().get(invite(round_, sign_in(HOST))).status_code == 200
    assert browser.post(re.findall(r'action="(/invitations/[0-9a-f]{64}/seat/)"', page)[0]).status_code == 410
    assert "no longer valid" in browser.get("/invitations/joining/").content.decode()
    assert round_.view(HOST, "plenary").size == size + 1


def test_a_failure_half_way_is_gone_over_again_without_harm(
    round_: Round, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the act is on the record and before the invitation is marked."""
    browser, act = Client(), Desk.act

    def dies(*given: Any) -> Any:
        act(*given)
        raise KeyboardInterrupt

    browser.post(link, JOINING)
    monkeypatch.setattr(Desk, "act", dies)
    with pytest.raises(KeyboardInterrupt):
        take_seat(browser)
    monkeypatch.setattr(Desk, "act", act)
    size = round_.view(HOST, "plenary").size
    passkeys.register(browser, Authenticator(b"ana"))  # what would be asked now is not what was asked
    take_seat(browser)
    assert round_.view(HOST, "plenary").size == size
    assert Invitation.objects.get().accepted is not None


def test_a_refusal_writes_nothing_and_can_be_tried_again(round_: Round, link: str) -> None:
    Client().post(link, JOINING)
    account = Account.objects.get(username__startswith="ana-")
    invitation = taking.waiting(account)[0]
    Invitation.objects.update(details={"name": "two\x07"})
    invitation.refresh_from_db()
    with pytest.raises(Refusal):
        seating.take_seat(invitation, account)
    Invitation.objects.update(details=dict(TOLD))
    invitation.refresh_from_db()
    seating.take_seat(invitation, account)
    assert seated(round_, account.person, "plenary") != [None]


@pytest.mark.parametrize(("who", "codes"), [(HOST, ["host", "side-a", "side-b"]), (SIDE_A, ["side-a"])])
def test_one_invites_to_ones_own_delegation_and_the_host_to_any(
    round_: Round, sign_in: SignIn, who: str, codes: list[str]
) -> None:
    page = sign_in(who).get(f"/invitations/new/{round_.rooms['plenary']}/").content.decode()
    offered = re.findall(r'<option value="([0-9a-f]{32})"', page)
    assert sorted(offered) == sorted(round_.delegation("plenary", code) for code in codes)


def test_a_side_invites_into_its_own_rooms_only(round_: Round, sign_in: SignIn) -> None:
    address = f"/invitations/new/{round_.rooms['plenary']}/"
    forged = {"delegation": round_.delegation("plenary", "side-b"), "rooms": [round_.rooms["caucus-b"]]}
    assert sign_in(SIDE_A).post(address, forged).status_code == 422
    assert sign_in(HOST).post(address, forged | {"rooms": [round_.rooms["caucus-a"]]}).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("given", [{"name": "turned \u202e round"}, {"function": "bell \x07"}, {"level": "king"}])
def test_words_that_no_record_takes_are_refused_when_inviting(
    round_: Round, sign_in: SignIn, given: Mapping[str, str]
) -> None:
    form = {"delegation": round_.delegation("plenary", "side-a"), **given}
    assert sign_in(HOST).post(f"/invitations/new/{round_.rooms['plenary']}/", form).status_code == 422
    assert not Invitation.objects.exists()


def test_an_outsider_finds_no_room_to_invite_to(round_: Round, sign_in: SignIn) -> None:
    hidden = sign_in(OUTSIDER).get(f"/invitations/new/{round_.rooms['plenary']}/")
    nothing = sign_in(OUTSIDER).get(f"/invitations/new/{'0' * 32}/")
    assert (hidden.status_code, hidden.content) == (404, nothing.content)


def test_one_takes_back_ones_own_invitations_only(round_: Round, link: str, sign_in: SignIn) -> None:
    assert sign_in(SIDE_B).post(f"/invitations/{_digest(link)}/withdraw/").status_code == 404
    assert len(offering.made(Account.objects.get(pk=HOST))) == 1
    sign_in(HOST).post(f"/invitations/{_digest(link)}/withdraw/")
    assert offering.made(Account.objects.get(pk=HOST)) == []


def test_nobody_takes_anothers_seat(round_: Round, link: str, sign_in: SignIn) -> None:
    Client().post(link, JOINING)
    assert sign_in(OUTSIDER).post(f"/invitations/{_digest(link)}/seat/").status_code == 404


def test_a_forged_form_writes_nothing(round_: Round, link: str) -> None:
    accounts, size = Account.objects.count(), round_.view(HOST, "plenary").size
    assert Client(enforce_csrf_checks=True).post(link, JOINING).status_code == 403
    assert (Account.objects.count(), round_.view(HOST, "plenary").size) == (accounts, size)
    assert Invitation.objects.get().invitee is None


def test_the_token_is_kept_nowhere(round_: Round, link: str) -> None:
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert token not in str(list(Invitation.objects.values()))


def test_a_short_password_opens_no_account(round_: Round, link: str) -> None:
    accounts = Account.objects.count()
    assert Client().post(link, JOINING | {"password": "short", "again": "short"}).status_code == 422
    assert Account.objects.count() == accounts


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_keys_of_an_account_without_passkeys(sign_in: SignIn) -> None:
    sign_in(OUTSIDER)
    assert keys.signing_keys(Account.objects.get(pk=OUTSIDER)) == []


def _digest(link: str) -> str:
    from goodoffices.storage.models.accounts import digest

    return digest(link.rstrip("/").rsplit("/", 1)[1])
