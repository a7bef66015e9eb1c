"""What may happen next in an exchange, and what comes of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.sealing.course import Course, Due, begin, due
from goodoffices.sealing.events import (
    FAULTS,
    Agreed,
    Declined,
    Event,
    Held,
    HoldingDisputed,
    Lapsed,
    Opened,
    OpeningDisputed,
    Released,
    Sealed,
    Tabled,
    Withdrawn,
)
from goodoffices.sealing.order import advance, refusal, run
from tests.unit.sealing.cast import AFTER, BEFORE, DEADLINE, derived, terms

A, B = "aldane", "brisko"
D = {A: "a1" * 32, B: "b1" * 32}
NOTHING: dict[str, str | None] = {A: None, B: None}


def sealed(side: str) -> Sealed:
    return Sealed(side, derived("outer", side).hex(), derived("escrow", side).hex())


def released(holder: str, *builds_on: str, out: bool = False) -> Released:
    return Released(holder, f"r-{holder}", tuple(f"r-{h}" for h in builds_on), D if out else NOTHING)


def agreement(course: Course) -> list[Event]:
    return [Agreed(code) for code in (*course.sides, *course.holders)]


def after(*events: Event, n: int = 3, k: int = 2, at: str = BEFORE) -> Course:
    """Every one of these events was allowed."""
    course = begin(terms(n, k))
    for event in events:
        assert refusal(course, event, at) is None, event
        course = advance(course, event, at)
    return course


def agreed(n: int = 3, k: int = 2) -> list[Event]:
    return agreement(begin(terms(n, k)))


BOTH = [*agreed(), sealed(A), sealed(B)]
OUT = [*BOTH, released("h1"), released("h3", "h1", out=True)]

# The way through


def test_an_exchange_from_its_proposal_to_the_table() -> None:
    whole: list[tuple[list[Event], str]] = [
        ([], "proposed"),
        (agreed(), "agreed"),
        ([sealed(B), Held("h1", B), sealed(A)], "sealed"),
        ([Held("h1", A), released("h2"), released("h3", "h2", out=True)], "released"),
        ([Opened(A, B, D[B]), Opened(B, A, D[A])], "opened"),
        ([Tabled(A, B, D[B]), Tabled(A, A, D[A])], "opened"),
    ]
    events: list[Event] = []
    for more, standing in whole:
        events += more
        assert after(*events).standing == standing
    assert after(*events).tabled == (B, A)


def test_with_one_of_one_a_single_release_brings_both_out() -> None:
    assert after(*agreed(1, 1), sealed(A), sealed(B), released("h1", out=True), n=1, k=1).standing == "released"


def test_a_silent_holder_does_not_stop_the_others() -> None:
    assert after(*OUT).out
    assert "h2" not in after(*OUT).words


def test_who_is_awaited() -> None:
    def awaited(*events: Event) -> list[tuple[str, str, str | None]]:
        return [(one.by, one.step, one.side) for one in due(after(*events))]

    assert due(after(*agreed()[:4])) == (Due("h3", "agree"),)
    assert awaited(*agreed()) == [(A, "seal", None), (B, "seal", None)]
    assert awaited(*agreed(), sealed(A), Held("h1", A)) == [(B, "seal", None), ("h2", "hold", A), ("h3", "hold", A)]
    assert awaited(*BOTH, released("h1"), Held("h2", A), HoldingDisputed("h3", B, "malformed")) == [
        ("h2", "hold", B),
        ("h2", "release", None),
    ]
    assert awaited(*OUT, Opened(A, B, D[B])) == [(B, "open", A)]
    assert awaited(*BOTH, *(HoldingDisputed(h, A, "malformed") for h in ("h1", "h2"))) == []
    assert awaited(Declined("h1")) == []


# What is refused, and why


@pytest.mark.parametrize(
    ("before", "event", "at", "why"),
    [
        ([], Agreed("rusk"), BEFORE, "rusk is neither a side nor a holder"),
        ([Agreed(A)], Agreed(A), BEFORE, "aldane has agreed already"),
        ([], Agreed(A), AFTER, "deadline for sealing was 2030-02-01T12:00:00.000Z"),
        ([], Declined("rusk"), BEFORE, "rusk is neither"),
        ([Agreed(A)], Declined(A), BEFORE, "cannot decline any more. A side may still withdraw"),
        ([Agreed("h1")], Declined("h1"), BEFORE, "h1 has agreed and cannot decline any more.$"),
        ([Declined("h2")], Agreed(A), BEFORE, "This exchange has ended: h2 declined the terms"),
        (agreed()[:-1], sealed(A), BEFORE, "still awaited: h3"),
        (agreed(), sealed("h1"), BEFORE, "only sides seal"),
        (agreed(), sealed(A), AFTER, "too late for this exchange"),
        ([*agreed(), sealed(A)], sealed(A), BEFORE, "neither changed nor replaced"),
        ([*agreed(), sealed(A)], Sealed(B, sealed(A).outer, "00" * 32), BEFORE, "the very file that aldane handed in"),
        ([*agreed(), sealed(A)], Sealed(B, "00" * 32, sealed(A).escrow), BEFORE, "the very file that aldane handed in"),
        (agreed(), Held("h1", A), BEFORE, "aldane has not sealed"),
        ([*agreed(), sealed(A)], Held(B, A), BEFORE, "brisko is not a holder"),
        ([*agreed(), sealed(A), Held("h1", A)], Held("h1", A), BEFORE, "h1 has confirmed that it holds"),
        ([*BOTH, released("h1")], Held("h1", A), BEFORE, "h1 has released already"),
        (BOTH, HoldingDisputed("h1", A, "ugly"), BEFORE, "“ugly” is not a fault of a seal"),
        (OUT, HoldingDisputed("h2", A, "malformed"), BEFORE, "Both papers are out already"),
        ([], Withdrawn(A), BEFORE, "it can decline"),
        (agreed(), Withdrawn("h1"), BEFORE, "only sides withdraw"),
        (BOTH, Withdrawn(A), BEFORE, "from then on nobody withdraws"),
        (BOTH, Lapsed("host"), AFTER, "does not lapse"),
        (agreed(), Lapsed("host"), DEADLINE, "it has not passed"),
        ([*agreed(), Withdrawn(B)], sealed(A), BEFORE, "brisko withdrew before both had sealed"),
        ([*agreed(), sealed(A), Withdrawn(A)], sealed(B), BEFORE, "aldane withdrew"),
        (agreed(), released("h1"), BEFORE, "still awaited: aldane and brisko"),
        ([*agreed(), sealed(A)], released("h1"), BEFORE, "still awaited: brisko"),
        (BOTH, released(A), BEFORE, "aldane is not a holder"),
        (BOTH, Released("h1", "r", (), {A: D[A], B: None}), BEFORE, "both papers or neither"),
        (BOTH, Released("h1", "r", (), {A: D[A]}), BEFORE, "both papers or neither"),
        (BOTH, released("h1", "h2"), BEFORE, "one that is not there"),
        ([*BOTH, released("h1")], released("h1"), BEFORE, "h1 has released already"),
        ([*BOTH, released("h1")], released("h2"), BEFORE, "h1 released meanwhile. Release again"),
        ([*BOTH, HoldingDisputed("h1", B, "wrong-key")], released("h1"), BEFORE, "seal of brisko is at fault"),
        (OUT, released("h2", "h1", "h3"), BEFORE, "no other release is needed"),
        (BOTH, Opened(A, B, D[B]), BEFORE, "still sealed"),
        (OUT, Opened(A, A, D[A]), BEFORE, "Only brisko can open the paper of aldane"),
        (OUT, Opened(A, "h1", D[A]), BEFORE, "h1 is not a side"),
        (OUT, Opened(A, B, D[A]), BEFORE, "another digest. Dispute it"),
        ([*OUT, Opened(A, B, D[B])], Opened(A, B, D[B]), BEFORE, "said already"),
        ([*OUT, Opened(A, B, D[B])], OpeningDisputed(A, B, "wrong-size"), BEFORE, "said that it is right"),
        ([*OUT, OpeningDisputed(A, B, "wrong-size")], OpeningDisputed(A, B, "wrong-key"), BEFORE, "has disputed"),
        (OUT, OpeningDisputed(A, B, "ugly"), BEFORE, "not a fault of a paper"),
        (BOTH, OpeningDisputed(A, B, "wrong-size"), BEFORE, "still sealed"),
        (BOTH, Tabled(A, A, D[A]), BEFORE, "still sealed"),
        (OUT, Tabled("h1", A, D[A]), BEFORE, "Only the sides table"),
        (OUT, Tabled(A, B, D[A]), BEFORE, "another digest"),
        ([*OUT, Tabled(A, B, D[B])], Tabled(B, B, D[B]), BEFORE, "tabled already"),
    ],
)  # fmt: skip
def test_what_may_not_happen_is_told_why_and_changes_nothing(
    before: list[Event], event: Event, at: str, why: str
) -> None:
    course = after(*before)
    said = refusal(course, event, at)
    assert said is not None
    assert said.endswith(".")
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(said)
    if "meanwhile" not in said and "not there" not in said:
        assert advance(course, event, at) == course


def test_codes_are_said_in_the_words_of_whoever_asks() -> None:
    said = refusal(after(*agreed(), sealed(A)), sealed(A), BEFORE, {A: "Aldane's delegation"}.get)  # type: ignore[arg-type]
    assert said == "Aldane's delegation has sealed already. A seal is final: it is neither changed nor replaced."


# Mistakes, lies and silence


def test_a_dispute_made_by_mistake_is_taken_back() -> None:
    course = after(*BOTH, HoldingDisputed("h1", A, "cannot-open"), Held("h1", A), released("h1"))
    assert course.words["h1"] == {A: "held"}


def test_when_too_few_holders_are_left_neither_opens() -> None:
    one = after(*BOTH, HoldingDisputed("h1", A, "cannot-open"))
    assert one.standing == "sealed"
    assert advance(one, HoldingDisputed("h2", A, "cannot-open"), BEFORE).standing == "failed"
    assert after(*BOTH, released("h1"), released("h2", "h1"), released("h3", "h1", "h2")).standing == "failed"


def test_releases_that_bring_nothing_out_leave_the_others_theirs() -> None:
    course = after(*BOTH, released("h1"), released("h2", "h1"))
    assert course.standing == "sealed"
    assert advance(course, released("h3", "h1", "h2", out=True), BEFORE).out


def test_on_paper_two_holders_unaware_of_each_other_release_and_one_of_them_again() -> None:
    """With 2 of 2 nobody else could go on from either."""
    start = begin(terms(2, 2))
    course = run(start, [(event, BEFORE) for event in (*agreed(2, 2), sealed(A), sealed(B))])
    both = run(course, [(released("h1"), BEFORE), (released("h2"), BEFORE)])
    assert [release.by for release in both.releases] == ["h1", "h2"]
    again = Released("h1", "again", ("r-h2",), D)
    assert refusal(both, again, BEFORE) is None
    assert advance(both, again, BEFORE).out
    assert "released already" in str(refusal(advance(both, Released("h1", "x", ("r-h2",), NOTHING), BEFORE), again, ""))


def test_a_paper_disputed_for_want_of_a_key_may_still_be_opened() -> None:
    course = after(*OUT, OpeningDisputed(A, B, "cannot-open"), Opened(A, B, D[B]))
    assert (course.opened, course.disputed) == ((B,), {B: "cannot-open"})


# Anything in any order

CODES = st.sampled_from([A, B, "h1", "h2", "h3", "rusk"])
SIDES, TIMES = st.sampled_from([A, B]), st.sampled_from([BEFORE, DEADLINE, AFTER])
DIGESTS = st.sampled_from([NOTHING, D])
EVENTS: st.SearchStrategy[Any] = st.one_of(
    st.builds(Agreed, CODES),
    st.builds(Declined, CODES),
    st.builds(sealed, CODES),
    st.builds(Held, CODES, SIDES),
    st.builds(HoldingDisputed, CODES, SIDES, st.sampled_from(FAULTS)),
    st.builds(Withdrawn, CODES),
    st.builds(Lapsed, CODES),
    st.builds(
        lambda by, on, out: Released(by, f"r-{by}", tuple(f"r-{h}" for h in on), out),
        CODES,
        st.lists(st.sampled_from(["h1", "h2", "h3"]), max_size=2, unique=True),
        DIGESTS,
    ),
    st.builds(lambda by, side: Opened(by, side, D[side]), CODES, SIDES),
    st.builds(OpeningDisputed, CODES, SIDES, st.sampled_from(FAULTS)),
    st.builds(lambda by, side: Tabled(by, side, D[side]), CODES, SIDES),
)


@settings(max_examples=300, deadline=None)
@given(start=st.sampled_from([[], agreed(), BOTH]), events=st.lists(st.tuples(EVENTS, TIMES), max_size=12))
def test_in_any_order_of_events_seals_stay_and_nothing_comes_out_early(
    start: list[Event], events: list[tuple[Event, str]]
) -> None:
    course = after(*start)
    for event, at in events:
        before, course = course, advance(course, event, at)
        assert before.seals.items() <= course.seals.items()
        assert not (before.both_sealed and course.ended in {"withdrawn", "lapsed"})
        assert not course.releases or course.both_sealed
        assert not course.digests or course.out
        assert not (course.opened or course.disputed or course.tabled) or course.out
        assert before.ended is None or course == before
        assert set(course.seals) <= {A, B}
        if refusal(before, event, at) is None:
            assert course != before
        assert msgspec.json.decode(msgspec.json.encode(course), type=Course) == course
