"""Doing something through a form: fields, refusals in place, repeats, minuting, signing and receipts."""

import base64
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodoffices.record import checkpoints
from goodoffices.record.store import StoreFull
from goodoffices.secretariat.matters import RULES
from goodoffices.talks.fields import described
from goodoffices.web.acting.views import ELSEWHERE
from tests.authenticator import Authenticator
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.web import passkeys
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def form(round_: Round, room: str, command: str, query: str = "") -> str:
    return f"/rooms/{round_.rooms[room]}/do/{command}/{query}"


def act_of(page: Any) -> str:
    (act,) = re.findall(r'name="act" value="([0-9a-f]{32})"', page.content.decode())
    return str(act)


def post(browser: Client, where: str, **given: Any) -> Any:
    return browser.post(where, {"act": act_of(browser.get(where)), **given})


def told(round_: Round) -> str:
    round_.do(HOST, "plenary", "tell-understanding", wording="An exchange.", degree="in-principle")
    return round_.last(HOST, "plenary")


def test_a_form_does_what_it_says_and_leads_back_to_the_room(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    answer = post(
        browser,
        form(round_, "plenary", "make-request"),
        to=round_.delegation("plenary", "side-b"),
        words="Direct talks\r\nof the leaders.",
    )
    assert answer.headers["Location"] == f"/rooms/{round_.rooms['plenary']}/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "It is on the record: 1 entry." in page
    assert "Direct talks\nof the leaders." in page
    assert round_.kinds(SIDE_A, "plenary")[-1] == "request-made"


def test_posting_twice_does_it_once(round_: Round, sign_in: SignIn) -> None:
    browser, where = sign_in(SIDE_A), form(round_, "plenary", "note-event")
    given = {"act": act_of(browser.get(where)), "what": "call", "words": "A call."}
    before = round_.view(SIDE_A, "plenary").size
    assert [browser.post(where, given).status_code for _ in range(2)] == [302, 302]
    assert round_.view(SIDE_A, "plenary").size == before + 1
    other = browser.post(where, given | {"words": "Another."})
    assert (other.status_code, "handed in before with other content" in other.content.decode()) == (422, True)


def test_a_refusal_stands_at_its_field_and_nothing_is_written(round_: Round, sign_in: SignIn) -> None:
    before = round_.view(HOST, "plenary").size
    answer = post(
        sign_in(HOST), form(round_, "plenary", "call-meeting"), code="first", zone="Europe/Nowhere", day="2030-01-15"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'id="id_zone_error"><p>[^<]*no such time zone', page)
    answer = post(sign_in(HOST), form(round_, "plenary", "call-meeting"), code="first", title="Peace\u202enow")
    assert "changes the direction of writing" in answer.content.decode()
    assert round_.view(HOST, "plenary").size == before


def test_rows_that_are_blank_are_left_out_and_a_wrong_one_is_marked(round_: Round, sign_in: SignIn) -> None:
    browser, where = sign_in(HOST), form(round_, "plenary", "set-next-meeting")
    answer = post(browser, where, **{"first-1-what": "stated", "first-1-words": "The road is open"})
    assert answer.status_code == 302
    assert len(round_.view(HOST, "plenary").entries()[-1].body["first"]) == 1
    answer = post(browser, where, **{"first-2-words": "Something"})
    assert answer.status_code == 422
    assert re.search(r'id="id_first-2-what_error"', answer.content.decode())


def test_a_paper_is_handed_in(round_: Round, sign_in: SignIn) -> None:
    answer = post(
        sign_in(SIDE_A),
        form(round_, "plenary", "present-paper"),
        paper=SimpleUploadedFile("vision.pdf", b"%PDF \xff\xfe", "application/pdf"),
        title="Our vision",
        to=[round_.delegation("plenary", "side-b")],
        purpose="conditions",
    )
    assert answer.status_code == 302
    body = round_.view(SIDE_B, "plenary").entries()[-1].body
    assert (body["paper"]["size"], body["paper"]["media"]) == (7, "application/pdf")


def test_the_host_minutes_for_a_delegation_that_sits_here(round_: Round, sign_in: SignIn) -> None:
    side_b, ref = round_.delegation("plenary", "side-b"), told(round_)
    browser = sign_in(HOST)
    room = browser.get(f"/rooms/{round_.rooms['plenary']}/?for={side_b}").content.decode()
    assert "What you may minute for" in room
    where = form(round_, "plenary", "confirm-understanding", f"?telling={ref}&for={side_b}")
    assert "You enter this for Side B" in browser.get(where).content.decode()
    assert post(browser, where, telling=ref).status_code == 302
    entry = round_.view(HOST, "plenary").entries()[-1]
    assert (entry.kind, entry.header.on_behalf) == ("understanding-confirmed", side_b)


def test_a_delegate_who_will_not_sign_in_is_accredited(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(HOST)
    where = browser.get(form(round_, "plenary", "accredit-delegate")).headers["Location"]
    side_b = round_.delegation("plenary", "side-b")
    given = {"delegation": side_b, "name": "Somebody", "person": where.rpartition("=")[2]}
    assert post(browser, where, **given).status_code == 302
    assert round_.kinds(HOST, "plenary")[-1] == "delegate-accredited"


def test_a_point_is_carried_into_the_room_the_host_chooses(round_: Round, sign_in: SignIn) -> None:
    side_b = round_.delegation("plenary", "side-b")
    given = {"to": side_b, "point": "Mines first.", "attributed": "on"}
    assert post(sign_in(SIDE_A), form(round_, "caucus-a", "allow-conveyance"), **given).status_code == 302
    browser = sign_in(HOST)
    room = browser.get(f"/rooms/{round_.rooms['caucus-a']}/").content.decode()
    (where,) = set(re.findall(r'href="(/rooms/[0-9a-f]{32}/do/carry-point/\?[^"]+)"', room))
    ref = round_.last(HOST, "caucus-a")
    answer = post(browser, where.replace("&amp;", "&"), allowed=ref, to_room=round_.rooms["caucus-b"])
    assert answer.status_code == 302
    assert "Mines first." in sign_in(SIDE_B).get(f"/rooms/{round_.rooms['caucus-b']}/").content.decode()


def signing(round_: Round, browser: Client, ref: str) -> str:
    where = form(round_, "plenary", "confirm-understanding", f"?telling={ref}")
    page = browser.get(where).content.decode()
    assert "sign it with your passkey" in page
    return str(post(browser, where, telling=ref).headers["Location"])


def test_a_binding_act_is_read_once_more_and_signed(round_: Round, sign_in: SignIn) -> None:
    device = Authenticator(b"a")
    round_.do(SIDE_A, "plenary", "name-key", key=[device.key])
    ref, browser = told(round_), sign_in(SIDE_A)
    before = round_.view(SIDE_A, "plenary").size
    where = signing(round_, browser, ref)
    page = browser.get(where)
    assert all(words in page.content.decode() for words in ("An exchange.", "Confirm this wording", "Exactly what is"))
    assert round_.view(SIDE_A, "plenary").size == before
    given = {"signatures": passkeys.signatures(page, device)}
    assert browser.post(where, given).headers["Location"] == f"/rooms/{round_.rooms['plenary']}/"
    entry = round_.view(SIDE_A, "plenary").entries()[-1]
    assert (entry.kind, entry.header.signed is not None) == ("understanding-confirmed", True)
    again = browser.post(where, given)
    assert again.headers["Location"] == where.removesuffix("sign/")
    assert round_.view(SIDE_A, "plenary").size == before + 1


def test_what_is_signed_is_told_in_words(round_: Round, sign_in: SignIn) -> None:
    round_.do(SIDE_A, "caucus-a", "name-key", key=[Authenticator(b"a").key])
    browser, side_b = sign_in(SIDE_A), round_.delegation("plenary", "side-b")
    where = form(round_, "caucus-a", "allow-conveyance")
    answer = post(browser, where, to=side_b, point="Mines first.", attributed="on")
    told_again = browser.get(answer.headers["Location"]).content.decode().split("Exactly what is signed")[0]
    assert [words in told_again for words in ("Mines first.", "Side B", "yes", side_b)] == [True, True, True, False]


@pytest.mark.parametrize("given", ["", "nonsense", "[]", "[1]", "[" * 5000])
def test_what_is_no_signature_writes_nothing(round_: Round, sign_in: SignIn, given: str) -> None:
    device = Authenticator(b"a")
    round_.do(SIDE_A, "plenary", "name-key", key=[device.key])
    ref, browser = told(round_), sign_in(SIDE_A)
    where, before = signing(round_, browser, ref), round_.view(SIDE_A, "plenary").size
    answer = browser.post(where, {"signatures": given}, follow=True)
    assert "Nothing was written." in answer.content.decode()
    forged = {"signatures": passkeys.signatures(browser.get(where), Authenticator(b"another"))}
    assert "Nothing was written." in browser.post(where, forged, follow=True).content.decode()
    assert round_.view(SIDE_A, "plenary").size == before
    assert sign_in(SIDE_B).get(where).status_code == 404


def test_an_answer_that_is_overtaken_is_refused_when_signed(round_: Round, sign_in: SignIn) -> None:
    device = Authenticator(b"a")
    round_.do(SIDE_A, "plenary", "name-key", key=[device.key])
    ref, browser = told(round_), sign_in(SIDE_A)
    where = signing(round_, browser, ref)
    signed = {"signatures": passkeys.signatures(browser.get(where), device)}
    round_.do(HOST, "plenary", "correct-entry", entry=ref, says="Two exchanges.")
    before = round_.view(SIDE_A, "plenary").size
    assert "Nothing was written." in browser.post(where, signed, follow=True).content.decode()
    assert round_.view(SIDE_A, "plenary").size == before


def test_a_receipt_proves_what_was_written(round_: Round, sign_in: SignIn) -> None:
    browser, where = sign_in(SIDE_A), form(round_, "plenary", "note-event")
    act = act_of(browser.get(where))
    browser.post(where, {"act": act, "what": "call", "words": "A call."})
    page = browser.get(f"/acts/{act}/").content.decode()
    view = round_.view(SIDE_A, "plenary")
    assert view.checkpoint().split("\n")[2] in page
    assert view.entries()[-1].ref[2:] in page
    assert all(base64.b64encode(node).decode() in page for node in view.inclusion(view.size - 1))
    assert sign_in(HOST).get(f"/acts/{act}/").status_code == 404
    assert checkpoints.short_code(checkpoints.Checkpoint(f"host.test/{view.id}", view.size, view.root)) in (
        browser.get(f"/rooms/{view.id}/").content.decode()
    )


@pytest.mark.parametrize("command", sorted(RULES.keys() - ELSEWHERE))
def test_every_form_is_drawn_and_refuses_what_is_empty_or_wild(round_: Round, sign_in: SignIn, command: str) -> None:
    ref = told(round_)
    names = described(RULES[command].command)
    wild = "&".join(f"{name}=%E2%80%AE" for name in names)
    for query in ("", f"?{wild}", "?" + "&".join(f"{name}={ref}" for name in names), "?act=1&csrfmiddlewaretoken=2"):
        page = sign_in(HOST).get(form(round_, "plenary", command, query), follow=True)
        assert page.status_code in {200, 404}, query
    before = round_.view(HOST, "plenary").size
    where = form(round_, "plenary", command, "?person=" + "0" * 32 if command == "accredit-delegate" else "")
    for given in ({}, {"act": "x"}, {"act": "0" * 31 + "1", **dict.fromkeys(names, "\u202e\x00")}):
        status = sign_in(HOST).post(where, given).status_code
        assert status == 422 or (status == 302 and command == "close-room")
    assert round_.view(HOST, "plenary").size == before


@pytest.mark.parametrize("command", ["open-talks", "name-key", "no-such-thing", "x"])
def test_what_is_done_elsewhere_or_nowhere_has_no_form_here(round_: Round, sign_in: SignIn, command: str) -> None:
    assert sign_in(HOST).get(form(round_, "plenary", command)).status_code == 404


def test_nobody_acts_without_signing_in(round_: Round) -> None:
    where = form(round_, "plenary", "note-event")
    assert Client().get(where).status_code == Client().post(where, {}).status_code == 302
    assert Client(enforce_csrf_checks=True).post(where, {}).status_code == 403
    unknown = where.replace(round_.rooms["plenary"], "0" * 32)
    assert Client().get(unknown).status_code == 302


def test_an_outsider_finds_no_form(round_: Round, sign_in: SignIn) -> None:
    for command in ("note-event", "no-such-thing"):
        assert sign_in(OUTSIDER).get(form(round_, "plenary", command)).status_code == 404


def test_a_full_disk_is_a_refusal(round_: Round, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreFull

    browser, where = sign_in(SIDE_A), form(round_, "plenary", "note-event")
    given = {"act": act_of(browser.get(where)), "what": "call", "words": "A call."}
    with monkeypatch.context() as patched:
        patched.setattr(round_.office.store, "append", full)
        answer = browser.post(where, given)
    assert (answer.status_code, "Nothing was written" in answer.content.decode()) == (507, True)
    assert browser.post(where, given).status_code == 302
