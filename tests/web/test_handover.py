"""The pages of a handover: who sees and does what, the form of a point, the phone's queue, and countersigning."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from goodoffices.prisoners.handover.rules import stands
from tests import handing_over as h
from tests.agreeing import ROOM, A, B, newest
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, Pen, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
PEOPLE = (HOST, SIDE_A, SIDE_B, OBSERVER, OUTSIDER)


@pytest.fixture
def talks(db: None, monkeypatch: pytest.MonkeyPatch) -> Round:
    """The handover of the cast on this test's database; every page opens its desks there."""
    from goodoffices.storage.records import DatabaseStore
    from goodoffices.web.acting import desks

    opened = h.planned(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: opened.office)
    return opened


def where(talks: Round, page: str = "") -> str:
    return f"/rooms/{talks.rooms[ROOM]}/handover/{page}"


def shown(browser: Client, address: str, status: int = 200) -> str:
    page = browser.get(address)
    assert page.status_code == status, page.content.decode()
    return " ".join(page.content.decode().split())


def posted(browser: Client, address: str, status: int = 302, **data: str) -> str:
    page = browser.post(address, data)
    assert page.status_code == status, page.content.decode()
    return " ".join(page.content.decode().split())


def form(talks: Round, number: str, what: str, act: str = "5" * 32, **more: str) -> dict[str, str]:
    return {"act": act, "plan": h.plan_ref(talks), "number": number, "what": what, **more}


def sent(browser: Client, talks: Round, *those: dict[str, Any], who: str = OBSERVER) -> Any:
    body = json.dumps({"who": who, "observations": those})
    return browser.post(where(talks, "observations/"), body, content_type="application/json")


def queued(talks: Round, number: str, what: str, counter: int = 1, **more: Any) -> dict[str, Any]:
    one = {"act": f"{counter:032x}", "plan": h.plan_ref(talks), "stage": 1, "point": "bridge", "number": number}
    return one | {"what": what, "device": h.PHONE, "counter": counter, "claimed": "2030-05-01T10:00:00.000Z"} | more


def test_every_page_is_for_who_sits_in_the_room(talks: Round, sign_in: SignIn) -> None:
    h.complete(talks)
    pages = ("", "1/", "1/bridge/", "1/statement.json", "2/statement.json", "9/", "1/weir/", "observations/")
    seen = {who: [sign_in(who).get(where(talks, page)).status_code for page in pages] for who in PEOPLE}
    member = [200, 200, 200, 200, 404, 404, 404, 200]
    assert seen == dict.fromkeys(PEOPLE, member) | {OUTSIDER: [404] * 8}
    assert Client().get(where(talks)).status_code == 302


def test_a_room_without_a_plan_has_no_handover(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    assert browser.get(f"/rooms/{talks.rooms['plenary']}/handover/").status_code == 404
    assert "The handover, stage by stage" not in shown(browser, f"/rooms/{talks.rooms['plenary']}/")
    assert "The handover, stage by stage" in shown(browser, f"/rooms/{talks.rooms[ROOM]}/")


def test_the_stages_say_what_is_planned_observed_missing_and_owed(talks: Round, sign_in: SignIn) -> None:
    h.observe(talks, OBSERVER, A[2], "received")
    h.observe(talks, OBSERVER, A[3], "refused-at-point")
    page = shown(sign_in(SIDE_B), where(talks))
    assert "received: 1<br>refused at the point: 1<br>" in page
    assert '<td class="number" data-label="Missing">4</td>' in page
    owed = page.partition("Still to be handed over</th>")[2]
    assert owed.startswith(
        '<td class="number" data-label="Side A">2</td><td class="number" data-label="Side B">4</td></tr>'
    )
    assert "under way" in page


def test_a_number_is_found_by_its_last_characters(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(OBSERVER)
    address = where(talks, "1/bridge/")
    assert "On the record: AAAAA4 received." in shown(_after(browser, address, form(talks, "a4", "received")), address)
    assert h.stage(talks).outcome[A[2]].what == "received"
    assert "No number here ends in ZZZ." in posted(browser, address, 422, **form(talks, "zzz", "received", "7" * 32))
    assert "Type a manifest number" in posted(browser, address, 422, **form(talks, " ", "received"))
    assert "This page was incomplete" in posted(browser, address, 422, **form(talks, "A4", "eaten"))


def _after(browser: Client, address: str, data: dict[str, str]) -> Client:
    posted(browser, address, **data)
    return browser


def test_several_numbers_that_end_alike_are_named(talks: Round, sign_in: SignIn) -> None:
    page = posted(sign_in(OBSERVER), where(talks, "1/bridge/"), 422, **form(talks, "4", "received"))
    assert "Several numbers end in 4: AAAAA4, BBBBB4. Type more of it." in page
    assert 'value="4"' in page
    assert len(h.course(talks).seen) == 0


def test_those_still_to_be_observed_stand_first(talks: Round, sign_in: SignIn) -> None:
    h.observe(talks, OBSERVER, A[2], "received")
    h.observe(talks, OBSERVER, A[3], "boarded")
    page = shown(sign_in(OBSERVER), where(talks, "1/bridge/"))
    stand = [part.split('"')[0] for part in page.split('data-number="')[1:]]
    assert (stand[-1], set(stand)) == (A[2], set(h.FIRST))
    assert "6 numbers here; 5 without an outcome." in page


def test_sending_a_form_twice_observes_once(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    for _ in range(2):
        posted(browser, where(talks, "1/bridge/"), **form(talks, A[2], "boarded"))
    assert [one.what for one in h.course(talks).seen.values()] == ["boarded"]


def test_an_observation_is_taken_back_from_the_page(talks: Round, sign_in: SignIn) -> None:
    h.observe(talks, SIDE_A, A[2], "received")
    h.observe(talks, OBSERVER, A[2], "refused-at-point")
    browser = sign_in(OBSERVER)
    page = shown(browser, where(talks, "1/"))
    assert page.count("Take ours back") == 1
    assert f'value="{h.PHONE}/2"' in page
    address = where(talks, "1/bridge/")
    posted(browser, address, **form(talks, A[2], "taken-back", corrects=f"{h.PHONE}/2"))
    assert not h.stage(talks).outcome[A[2]].contradicted
    assert "Take it back" not in shown(browser, address)


def test_the_host_looks_and_does_not_observe(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(HOST)
    assert "data-observe" not in shown(browser, where(talks, "1/bridge/"))
    assert "Observations are made by" in posted(
        browser, where(talks, "1/bridge/"), 422, **form(talks, A[2], "received")
    )


def test_a_queue_arrives_once(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(OBSERVER)
    assert browser.get(where(talks, "observations/")).json()["who"] == OBSERVER
    those = [queued(talks, A[2], "received", 1), queued(talks, B[2], "died", 2), queued(talks, "ZZZZZZ", "died", 3)]
    first = sent(browser, talks, *those).json()["results"]
    assert [one["state"] for one in first] == ["recorded", "recorded", "refused"]
    assert first[2]["why"] == "Nobody in the plan has the number ZZZZZZ. Check it against the manifest."
    assert sent(browser, talks, *those).json()["results"] == first
    # The act is another one, the observation is not: a phone that lost its own note of the act.
    again = [{**one, "act": f"{n + 50:032x}"} for n, one in enumerate(those[:2])]
    assert [one["state"] for one in sent(browser, talks, *again).json()["results"]] == ["known", "known"]
    other = queued(talks, A[3], "received", 1, act="8" * 32)
    assert "has sent another observation" in sent(browser, talks, other).json()["results"][0]["why"]
    assert len(h.course(talks).seen) == 2


def test_a_queue_of_somebody_else_is_not_taken(talks: Round, sign_in: SignIn) -> None:
    answer = sent(sign_in(SIDE_A), talks, queued(talks, A[2], "received"))
    assert (answer.status_code, len(h.course(talks).seen)) == (409, 0)
    assert sent(Client(), talks, queued(talks, A[2], "received")).status_code == 302


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"who": "x"}',
        '{"who": "x", "observations": {}}',
        '{"who": "x", "observations": [1]}',
        '{"who": "x", "observations": [{"act": "1"}]}',
        json.dumps({"who": "x", "observations": [{"act": "1" * 32, "device": "2" * 32, "counter": True}]}),
        json.dumps({"who": "x", "observations": [{"act": "1" * 32, "device": "2" * 32, "counter": 1, "number": []}]}),
        json.dumps({"who": "x", "observations": [{"act": "1" * 32, "device": "2" * 32, "counter": 1}] * 51}),
        "[" * 5000,
    ],
)
def test_what_no_page_sends_is_refused(talks: Round, sign_in: SignIn, body: str) -> None:
    answer = sign_in(OBSERVER).post(where(talks, "observations/"), body, content_type="application/json")
    assert (answer.status_code, len(h.course(talks).seen)) == (400, 0)


def test_an_observation_that_lacks_its_fields_is_refused_in_words(talks: Round, sign_in: SignIn) -> None:
    bare = {"act": "1" * 32, "device": "2" * 32, "counter": 1}
    assert sent(sign_in(OBSERVER), talks, bare).json()["results"] == [
        {"state": "refused", "why": "Plan: this is needed."}
    ]


def test_a_stage_is_countersigned_with_what_the_page_showed(talks: Round, sign_in: SignIn) -> None:
    h.complete(talks)
    browser = sign_in(OBSERVER)
    page = shown(browser, where(talks, "1/"))
    digest = h.stage(talks).digest
    assert digest in page
    statement = browser.get(where(talks, "1/statement.json")).content
    assert hashlib.sha256(statement).hexdigest() == digest
    posted(browser, where(talks, "1/"), act="5" * 32, digest=digest)
    assert newest(talks, "stage-countersigned").body["digest"] == digest
    assert "Still to sign: <bdi>Side A, Side B</bdi>" in shown(browser, where(talks, "1/"))
    stale = posted(sign_in(SIDE_A), where(talks, "1/"), 422, act="6" * 32, digest="0" * 64)
    assert "Another observation has arrived since you looked." in stale
    assert "This page was incomplete" in posted(sign_in(SIDE_A), where(talks, "1/"), 422, act="x", digest=digest)


def test_a_reopened_stage_shows_what_opened_it_and_is_signed_anew(talks: Round, sign_in: SignIn) -> None:
    h.complete(talks)
    h.signed(talks)
    h.observe(talks, SIDE_B, A[2], "refused-at-point")
    page = shown(sign_in(SIDE_A), where(talks, "1/"))
    entry = newest(talks, "observed").seq
    assert "Observations changed what had been signed." in page
    assert f'entries/{entry}/">entry {entry}</a> came after 3 signatures' in page
    assert page.count("does not count: the outcome changed since") == 3
    assert "These observations cannot all be so." in page
    assert "Go on to countersign" not in page
    assert "observations contradict each other" in shown(sign_in(SIDE_A), where(talks))


def test_who_has_a_key_goes_on_to_sign(talks: Round, sign_in: SignIn) -> None:
    from tests.people import SIDE_A_ENVOY

    talks.do(HOST, ROOM, "accredit-delegate", person=SIDE_A_ENVOY, delegation="side-a", keys=[Pen("envoy").key])
    h.complete(talks)
    browser = sign_in(SIDE_A_ENVOY)
    answer = browser.post(where(talks, "1/"), {"act": "5" * 32, "digest": h.stage(talks).digest})
    assert answer["Location"] == f"/acts/{'5' * 32}/sign/"
    page = shown(browser, answer["Location"])
    assert '<dt>Stage</dt><dd class="words" dir="auto">1</dd>' in page
    assert '<dt>Persons</dt><dd class="words" dir="auto">6 received</dd>' in page
    assert h.stage(talks).digest in page


def test_nothing_personal_stands_in_an_address_or_a_refusal(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(OBSERVER)
    page = shown(browser, where(talks)) + shown(browser, where(talks, "1/bridge/")) + shown(browser, where(talks, "1/"))
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not any(number in link for link in links for number in (*A, *B))


def test_a_large_stage_costs_no_more_queries(talks: Round, sign_in: SignIn) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, counts = sign_in(OBSERVER), []
    for number in (A[2], A[3], B[2]):
        h.observe(talks, OBSERVER, number, "received")
        shown(browser, where(talks))
        with CaptureQueriesContext(connection) as queries:
            shown(browser, where(talks))
            shown(browser, where(talks, "1/bridge/"))
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert stands(talks.view(HOST, ROOM).state, h.stage(talks)) == "under-way"
