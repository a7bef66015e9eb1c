"""What stands in a calendar, and what is known too little to stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from goodoffices.readouts.appointments import Appointment, When, appointments, placed
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round, open_round

NOW = datetime(2030, 1, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2030-02-01", None, (date(2030, 2, 1), date(2030, 2, 2))),
        ("2030-02-01~", None, (date(2030, 2, 1), date(2030, 2, 2))),
        ("2030-02-01/2030-02-03", None, (date(2030, 2, 1), date(2030, 2, 4))),
        ("2030-02-01T10:00+03:00", None, (datetime(2030, 2, 1, 7, tzinfo=UTC), None)),
        ("2030-02-01T10:00:00Z", "Europe/Istanbul", (datetime(2030, 2, 1, 10, tzinfo=UTC), None)),
        ("2030-02-01T10:00:00", "Europe/Istanbul", (datetime(2030, 2, 1, 7, tzinfo=UTC), None)),
        ("2030-02-01T10:00:00", None, (date(2030, 2, 1), date(2030, 2, 2))),  # whose ten o'clock is not said
        ("2030-02", None, None),
        ("2030-21", None, None),
        ("2030-02-01/..", None, None),
        ("[2030-02-01,2030-02-03]", None, None),
        ("2030-02-XX", None, None),
        ("2030-02-03/2030-02-01", None, None),
        ("9999-12-31", None, None),
        ("", None, None),
    ],
)
def test_nothing_is_completed(text: str, zone: str | None, expected: When | None) -> None:
    assert placed(text, zone) == expected


def found(round_: Round, who: str | None, room: str = "plenary") -> list[tuple[str, When, str, str]]:
    return [told(one) for one in appointments([round_.view(who, room)], NOW)]


def told(one: Appointment) -> tuple[str, When, str, str]:
    return one.sort, one.when, one.title, one.known


def test_meetings_and_the_next_one() -> None:
    round_ = open_round()
    round_.do(HOST, "plenary", "call-meeting", code="first", title="First meeting", day="2030-02-01T10:00:00Z")
    round_.do(HOST, "plenary", "call-meeting", code="some-day", day="2030-02")
    first = round_.view(HOST, "plenary").entries()[-2].ref
    round_.do(HOST, "plenary", "open-meeting", meeting=first)
    round_.do(HOST, "plenary", "close-meeting", meeting=first, length_bound="exactly", length_minutes=90)
    round_.do(HOST, "plenary", "set-next-meeting", day="2030-03-01", place="A palace")
    start = datetime(2030, 2, 1, 10, tzinfo=UTC)
    assert found(round_, SIDE_A) == [
        ("meeting", (start, start + timedelta(minutes=90)), "First meeting", "1 February 2030, 10:00 UTC"),
        ("next-meeting", (date(2030, 3, 1), date(2030, 3, 2)), "Next meeting", "1 March 2030"),
    ]


def test_deadlines_as_far_as_they_are_known() -> None:
    round_ = open_round()
    owed = {"by": "side-a", "to": ["side-b"], "degree": "promised"}
    for code, terms in {
        "day": "by 2030-02-01",
        "time": "by 2030-02-02T10:30:00Z",
        "never": "",
        "hangs": "within 10 days of release-of-lists",
    }.items():
        round_.do(SIDE_A, "plenary", "make-commitment", code=code, terms=terms, what=f"To do {code}.", **owed)
    day, moment = date(2030, 2, 1), datetime(2030, 2, 2, 10, 30, tzinfo=UTC)
    assert found(round_, SIDE_B) == [
        ("due", (day, day + timedelta(days=1)), "To do day.", "1 February 2030, 23:59 UTC"),
        ("due", (moment, None), "To do time.", "2 February 2030, 10:30 UTC"),
    ]
    commitment = next(e.ref for e in round_.view(SIDE_A, "plenary").entries() if e.kind == "commitment-made")
    round_.do(SIDE_B, "plenary", "release-commitment", commitment=commitment)
    assert [one[2] for one in found(round_, SIDE_B)] == ["To do time."]


def test_each_room_has_its_own() -> None:
    round_ = open_round()
    round_.do(HOST, "caucus-a", "call-meeting", code="aside", day="2030-02-01")
    views = {who: round_.desk(who).rooms() for who in (HOST, SIDE_A, SIDE_B, OUTSIDER)}
    assert {who: len(appointments(rooms, NOW)) for who, rooms in views.items()} == {
        HOST: 1,
        SIDE_A: 1,
        SIDE_B: 0,
        OUTSIDER: 0,
    }
