"""The pages of a room's statements: what they show, how one sifts them, what one may do from there, and their walls."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round, add_room
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {"verb": "said", "gist": "?", "setting": "public"}


def record(round_: Round, gist: str, room: str = "plenary", who: str = HOST, **more: Any) -> str:
    round_.do(who, room, "record-statement", **SAID | {"gist": gist} | more)
    return round_.last(who, room)


def place(round_: Round, rest: str = "", room: str = "plenary") -> str:
    return f"/rooms/{round_.rooms[room]}/statements/{rest}"


def text(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, where
    return answer.content.decode()


def gists(page: str) -> list[str]:
    return re.findall(
        r'<blockquote class="words" dir="auto"><span class="label">[^<]*</span> ([^<]*)</blockquote>', page
    )


def test_they_are_sifted_and_each_shows_its_way(round_: Round, sign_in: SignIn) -> None:
    ben = record(round_, "One.", speaker="Ben", issues=["lists"], known="reported", relays=[{"by": "A weekly"}])
    record(round_, "Two.", same_speaker=ben, verb="demanded")
    record(round_, "Three.", described="Somebody", issues=["lists"], channel="leak", known="anonymous")
    browser = sign_in(SIDE_A)
    assert place(round_) in text(browser, f"/rooms/{round_.rooms['plenary']}/")
    page = text(browser, place(round_))
    assert gists(page) == ["Three.", "Two.", "One."]
    assert '<li dir="auto">Ben</li><li dir="auto">A weekly</li>' in page
    assert gists(text(browser, place(round_, f"?speaker={ben}"))) == ["Two.", "One."]
    assert gists(text(browser, place(round_, "?issue=lists&known=anonymous"))) == ["Three."]
    nothing = text(browser, place(round_, "?verb=demanded&channel=leak"))
    assert gists(nothing) == []
    assert "0 statements of 3." in nothing
    assert "No statement is called true or false here" in page


def test_what_is_open_is_resolved_from_the_page(round_: Round, sign_in: SignIn) -> None:
    record(round_, "Two more.", open=[{"what": "reference", "words": "those areas"}])
    browser = sign_in(SIDE_B)
    page = text(browser, place(round_))
    (address,) = re.findall(r'href="(/rooms/[^"]+/do/resolve-reference/[^"]+)"', page)
    form = text(browser, address.replace("&amp;", "&"))
    assert '<dt>Which of what it leaves open</dt><dd dir="auto">1</dd>' in form  # known from the address
    (act,) = re.findall(r'name="act" value="([0-9a-f]{32})"', form)
    said = {"act": act, "statement": round_.last(HOST, "plenary"), "item": "1"}
    answer = browser.post(address.replace("&amp;", "&"), said | {"means": "The north.", "source": "A map"})
    assert answer.status_code == 302
    page = text(browser, place(round_))
    assert "“those areas”" in page
    assert "Side B says: The north. (source: A map)" in page
    assert '<span class="badge left-open">' not in page


def test_a_long_room_goes_page_by_page(round_: Round, sign_in: SignIn) -> None:
    for number in range(30):
        record(round_, f"Number {number}.", issues=["lists"])
    browser = sign_in(SIDE_A)
    first = text(browser, place(round_, "?issue=lists"))
    (older,) = re.findall(r'href="(\?issue=lists&amp;below=\d+)"', first)
    second = text(browser, place(round_, older.replace("&amp;", "&")))
    assert gists(first) + gists(second) == [f"Number {n}." for n in range(29, -1, -1)]


def test_an_issue_s_timeline_and_a_meeting_s_accounts(round_: Round, sign_in: SignIn) -> None:
    record(round_, "It went well.", describes=["first"], issues=["lists"])
    record(round_, "It went badly.", describes=["first"])
    record(round_, "Heard: they laughed.", "caucus-a", describes=["first"])
    round_.do(SIDE_A, "plenary", "make-request", to="side-b", words="A list, please.")
    round_.do(SIDE_A, "plenary", "note-subject", entry=round_.last(HOST, "plenary"), issues=["lists"])
    browser = sign_in(SIDE_A)
    issue = text(browser, place(round_, "issues/lists/"))
    assert [word in issue for word in ("A list, please.", "It went well.", "It went badly.")] == [True, True, False]
    mine = text(browser, place(round_, "meetings/first/"))
    assert gists(mine) == ["It went well.", "It went badly.", "Heard: they laughed."]
    assert "From your other room, caucus-a" in mine
    assert gists(text(sign_in(SIDE_B), place(round_, "meetings/first/"))) == ["It went well.", "It went badly."]


def test_the_public_reads_its_room_and_nobody_another(round_: Round, sign_in: SignIn) -> None:
    add_room(round_, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    record(round_, "Heard in the corridor.", "room-a", SIDE_A, issues=["lists"], describes=["first"])
    record(round_, "We shall meet again.", "public")
    assert gists(text(Client(), place(round_, room="public"))) == ["We shall meet again."]
    for who in (OUTSIDER, SIDE_B, HOST):
        for rest in ("", "claims.json", "issues/lists/", "meetings/first/"):
            assert sign_in(who).get(place(round_, rest, "room-a")).status_code == 404
    assert gists(text(sign_in(SIDE_A), place(round_, room="room-a"))) == ["Heard in the corridor."]


def test_an_export_holds_what_was_asked_for(round_: Round, sign_in: SignIn) -> None:
    record(round_, "One.", issues=["lists"])
    record(round_, "Two.")
    answer = sign_in(SIDE_A).get(place(round_, "claims.json?issue=lists"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    document = json.loads(answer.content)
    assert [node["schema:text"] for node in document["@graph"] if "schema:text" in node] == ["One."]


def test_what_is_asked_for_badly_finds_nothing_and_breaks_nothing(round_: Round, sign_in: SignIn) -> None:
    record(round_, "One.")
    browser = sign_in(SIDE_A)
    for rest in ("?speaker=x", "?below=-1", "?below=99999999999999", "?place=%00", "?verb=" + "x" * 5000, "?issue=<b>"):
        page = text(browser, place(round_, rest))
        assert "<b>" not in page.split("<main")[1].replace("<bdi>", "")
    assert gists(text(browser, place(round_, "?below=0"))) == []
    assert browser.get(place(round_, "issues/no-such/")).status_code == 200
    assert browser.post(place(round_)).status_code == 405


def test_the_form_folds_what_is_seldom_needed(round_: Round, sign_in: SignIn) -> None:
    where = f"/rooms/{round_.rooms['plenary']}/do/record-statement/"
    browser = sign_in(SIDE_A)
    page = text(browser, where)
    folds = re.findall(r'<details class="fold"( open)?><summary>([^<]+)</summary>', page)
    assert [title for _open, title in folds] == [
        "More about the speaker",
        "Language and translations",
        "Where, and before or after what",
        "How it came to us, and when",
        "What it is about",
    ]
    (act,) = re.findall(r'name="act" value="([0-9a-f]{32})"', page)
    given = {
        "act": act,
        "verb": "said",
        "gist": "Да.",
        "setting": "public",
        "language": "xx",
        "relays-1-by": "A weekly",
    }
    answer = browser.post(where, given)
    assert answer.status_code == 422
    again = answer.content.decode()
    opened = [
        title for is_open, title in re.findall(r'<details class="fold"( open)?><summary>([^<]+)', again) if is_open
    ]
    assert opened == ["Language and translations", "How it came to us, and when"]
    assert browser.post(where, given | {"language": "ru"}).status_code == 302
    assert "Да." in text(browser, place(round_))


def test_a_long_room_costs_no_more_queries(round_: Round, sign_in: SignIn) -> None:
    browser, counts = sign_in(SIDE_A), []
    first = record(round_, "The first.", speaker="Ben", issues=["lists"], open=[{"what": "other", "words": "it"}])
    for more in (30, 90):
        for number in range(more):
            record(round_, f"Number {number}.", issues=["lists"], same_speaker=first)
        round_.do(
            SIDE_B, "plenary", "relate-statements", statement=round_.last(HOST, "plenary"), how="repeats", to=first
        )
        found = []
        for rest in ("", "?issue=lists", f"?speaker={first}", "issues/lists/", "meetings/first/", "claims.json"):
            text(browser, place(round_, rest))  # the state of the room is in memory from now on
            with CaptureQueriesContext(connection) as queries:
                text(browser, place(round_, rest))
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
