"""One's calendar: what it holds, under which address, and for how long."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from goodoffices.storage.models import Account, CalendarLink
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(round_: Round) -> Round:
    meeting = {"title": "First, meeting; of all", "venue": "A palace"}
    round_.do(HOST, "plenary", "call-meeting", code="first", day="2030-02-01T10:00:00Z", **meeting)
    round_.do(HOST, "caucus-b", "call-meeting", code="aside", title="With B alone", day="2030-02-02")
    owed = {"by": "side-a", "to": ["side-b"], "degree": "promised"}
    round_.do(SIDE_A, "plenary", "make-commitment", code="lists", what="The lists.", terms="by 2030-02-03", **owed)
    return round_


def events(content: bytes) -> list[tuple[str, Any]]:
    return [(str(e["summary"]), e.decoded("dtstart").isoformat()) for e in Calendar.from_ical(content).walk("VEVENT")]


def address(browser: Client, words: str) -> str:
    made = browser.post("/account/calendar/", {"words": words}).content.decode()
    found = re.search(r"http://testserver(/calendars/[^/]+/talks\.ics)", made)
    assert found is not None
    return found[1]


PLENARY = [
    ("First, meeting; of all (rehearsal)", "2030-02-01T10:00:00+00:00"),
    ("Due: The lists. (rehearsal)", "2030-02-03"),
]


def test_a_download_holds_what_its_owner_may_read(called: Round, sign_in: SignIn) -> None:
    found = {who: events(sign_in(who).get("/account/calendar/talks.ics").content) for who in (SIDE_A, SIDE_B, OUTSIDER)}
    assert {who: sorted(rows) for who, rows in found.items()} == {
        SIDE_A: sorted(PLENARY),
        SIDE_B: sorted([*PLENARY, ("With B alone (rehearsal)", "2030-02-02")]),
        OUTSIDER: [],
    }


def test_a_secret_address_needs_no_session_and_ends_when_taken_back(called: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    first = address(browser, "all")
    answer = Client().get(first)
    assert (events(answer.content), answer["Content-Type"]) == (PLENARY, "text/calendar; charset=utf-8")
    assert first not in browser.get("/account/calendar/").content.decode()  # shown once
    second = address(browser, "all")
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    browser.post("/account/calendar/", {"revoke": "1"})
    assert (Client().get(second).status_code, CalendarLink.objects.count()) == (404, 0)


def test_only_a_digest_of_the_address_is_kept(called: Round, sign_in: SignIn) -> None:
    token = address(sign_in(SIDE_A), "all").split("/")[2]
    assert [token in str(row) for row in CalendarLink.objects.values_list()] == [False]


def test_times_only_names_nothing(called: Round, sign_in: SignIn) -> None:
    content = Client().get(address(sign_in(SIDE_A), "times")).content
    assert events(content) == [
        ("A meeting", "2030-02-01T10:00:00+00:00"),
        ("Something falls due", "2030-02-03"),
    ]
    for word in (b"lists", b"palace", b"rehearsal", b"rooms", b"First"):
        assert word not in content


def test_it_is_not_sent_twice_and_follows_the_record(called: Round, sign_in: SignIn) -> None:
    where = address(sign_in(SIDE_A), "all")
    first = Client().get(where)
    again = Client().get(where, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"]) == (304, "private, no-cache")
    called.do(HOST, "plenary", "call-meeting", code="second", day="2030-03-01")
    new = Client().get(where, headers={"If-None-Match": first["ETag"]})
    assert ("second (rehearsal)", "2030-03-01") in events(new.content)


def test_nobody_reads_the_calendar_of_a_suspended_account_or_of_who_left(called: Round, sign_in: SignIn) -> None:
    where = address(sign_in(SIDE_B), "all")
    called.do(HOST, "plenary", "withdraw-delegate", on_behalf="side-b", person=SIDE_B)
    called.do(HOST, "plenary", "call-meeting", code="later", day="2030-04-01")
    assert "later" not in Client().get(where).content.decode()
    Account.objects.filter(person=SIDE_B).update(is_active=False)
    assert Client().get(where).status_code == 404


def test_without_signing_in_there_is_no_page(called: Round) -> None:
    for path in ("/account/calendar/", "/account/calendar/talks.ics", "/account/reminders/"):
        assert Client().get(path).status_code in {302, 404}
    assert Client().get("/calendars/none/talks.ics").status_code == 404
