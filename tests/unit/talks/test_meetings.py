"""Meetings: called, opened, adjourned, resumed, closed, in that order only; agenda items raised and settled."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.talks.meetings import MEETINGS, Meeting
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, Round, open_round
from tests.refusals import refused

COMMANDS = ("open-meeting", "adjourn-meeting", "resume-meeting", "close-meeting")
ALLOWED = {
    "called": {"open-meeting": "open"},
    "open": {"adjourn-meeting": "adjourned", "close-meeting": "closed"},
    "adjourned": {"resume-meeting": "open", "close-meeting": "closed"},
    "closed": {},
}
PATHS: dict[str, tuple[str, ...]] = {
    "called": (),
    "open": ("open-meeting",),
    "adjourned": ("open-meeting", "adjourn-meeting"),
    "closed": ("open-meeting", "close-meeting"),
}


@pytest.fixture
def talks() -> Round:
    return open_round()


def call(talks: Round, code: str = "first-meeting", **raw: Any) -> str:
    talks.do(HOST, "plenary", "call-meeting", code=code, **raw)
    return talks.last(HOST, "plenary")


def meeting(talks: Round, ref: str) -> Meeting:
    return talks.view(HOST, "plenary").state[MEETINGS].all[ref]


def raise_item(talks: Round, ref: str, who: str = SIDE_A) -> str:
    talks.do(who, "plenary", "raise-item", meeting=ref, item="Prisoners")
    return talks.last(HOST, "plenary")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("status", sorted(ALLOWED))
def test_each_step_only_in_its_turn(talks: Round, status: str, command: str) -> None:
    ref = call(talks)
    for step in PATHS[status]:
        talks.do(HOST, "plenary", step, meeting=ref)
    assert meeting(talks, ref).status == status
    assert offered(talks, HOST, "plenary", command) == ([{"meeting": ref}] if command in ALLOWED[status] else [])
    if command in ALLOWED[status]:
        talks.do(HOST, "plenary", command, meeting=ref)
        assert meeting(talks, ref).status == ALLOWED[status][command]
    else:
        assert refused(talks, HOST, "plenary", command, meeting=ref).startswith(
            f"The meeting “first-meeting” is {status}; only one that "
        )


def test_only_the_host_leads_a_meeting(talks: Round) -> None:
    ref = call(talks)
    for command in COMMANDS:
        assert refused(talks, SIDE_A, "plenary", command, meeting=ref).startswith("Only the host ")
        assert offered(talks, SIDE_A, "plenary", command) == []
    assert refused(talks, SIDE_A, "plenary", "call-meeting", code="own") == "Only the host calls a meeting."
    assert offered(talks, SIDE_A, "plenary", "call-meeting") == []


def test_one_meeting_at_a_time(talks: Round) -> None:
    first, second = call(talks), call(talks, "second-meeting")
    talks.do(HOST, "plenary", "open-meeting", meeting=first)
    talks.do(HOST, "plenary", "adjourn-meeting", meeting=first, until="2030-01-16")
    assert offered(talks, HOST, "plenary", "open-meeting") == []
    assert refused(talks, HOST, "plenary", "open-meeting", meeting=second) == (
        "The meeting “first-meeting” is not closed yet; a room holds one meeting at a time."
    )
    talks.do(HOST, "plenary", "close-meeting", meeting=first)
    assert offered(talks, HOST, "plenary", "open-meeting") == [{"meeting": second}]
    assert refused(talks, HOST, "plenary", "call-meeting", code="first-meeting") == (
        "This room already has a meeting called “first-meeting”. Choose another short name."
    )


def test_what_is_not_known_is_not_there(talks: Round) -> None:
    ref = call(talks)
    assert meeting(talks, ref) == Meeting(ref, "first-meeting")


def test_a_length_may_be_a_bound_and_needs_both_halves(talks: Round) -> None:
    ref = call(talks, zone="Europe/Istanbul", day="2030-01-15")
    talks.do(HOST, "plenary", "open-meeting", meeting=ref)
    halves: list[dict[str, Any]] = [{"length_bound": "under"}, {"length_minutes": 120}]
    for raw in (*halves, {"length_bound": "under", "length_minutes": 0}):
        assert "one or more" in refused(talks, HOST, "plenary", "close-meeting", meeting=ref, **raw)
    talks.do(HOST, "plenary", "close-meeting", meeting=ref, length_bound="under", length_minutes=120)
    closed = meeting(talks, ref)
    assert (closed.length, closed.zone, closed.day) == (("under", 120), "Europe/Istanbul", "2030-01-15")
    assert reads_back(talks, HOST, "plenary")


def test_items_are_raised_by_anyone_and_settled_once_by_the_host(talks: Round) -> None:
    ref = call(talks)
    item = raise_item(talks, ref)
    assert meeting(talks, ref).items == {item: "raised"}
    assert refused(talks, SIDE_A, "plenary", "settle-item", item=item) == (
        "Only the host marks an agenda item as settled."
    )
    assert (offered(talks, HOST, "plenary", "settle-item"), offered(talks, SIDE_A, "plenary", "settle-item")) == (
        [{"item": item}],
        [],
    )
    talks.do(HOST, "plenary", "settle-item", item=item, outcome="To be taken up by experts.")
    assert meeting(talks, ref).items == {item: "settled"}
    assert refused(talks, HOST, "plenary", "settle-item", item=item) == "This agenda item is settled already."
    assert offered(talks, HOST, "plenary", "settle-item") == []


def test_no_item_is_raised_at_a_closed_meeting(talks: Round) -> None:
    ref = call(talks)
    assert offered(talks, SIDE_A, "plenary", "raise-item") == [{"meeting": ref}]
    talks.do(HOST, "plenary", "open-meeting", meeting=ref)
    talks.do(HOST, "plenary", "close-meeting", meeting=ref)
    assert offered(talks, SIDE_A, "plenary", "raise-item") == []
    assert refused(talks, SIDE_A, "plenary", "raise-item", meeting=ref, item="Prisoners") == (
        "The meeting “first-meeting” is closed; raise the item at the next one."
    )
