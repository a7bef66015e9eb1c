"""Matching in the intermediary's room and judging what was found: who may, what is refused, and what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.prisoners.judging import Row
from goodoffices.prisoners.matched import MATCHED, Run, standings
from goodoffices.readouts.timeline import shown
from goodoffices.readouts.views import untranslated
from goodoffices.secretariat import lists, reconciling
from goodoffices.secretariat.acts import NotFound
from goodoffices.talks.scene import Refusal
from tests.listing import NEUTRAL, NEUTRAL_SECOND, file
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, person
from tests.reconciling import HELD, chosen, found, judge, match, open_matching
from tests.refusals import refused, sizes

ROOM = "matching"


@pytest.fixture
def talks() -> Round:
    return open_matching()


@pytest.fixture
def run(talks: Round) -> Run:
    return match(talks)


def stands(talks: Round, run: Run, left: str = "3", right: str = "3") -> str:
    about = talks.view(NEUTRAL, ROOM).state[MATCHED].about(run.ref, left, right)
    return about.stands if about is not None else "open"


def sentence(talks: Round) -> str:
    view = talks.view(NEUTRAL, ROOM)
    return shown(view, [view.entry(view.size - 1)], talks.desk(NEUTRAL).rooms(), untranslated)[0].sentence


def test_a_run_is_entered_and_its_pairs_are_locked(talks: Round) -> None:
    before = sizes(talks)
    run = match(talks)
    after = sizes(talks)
    assert {room for room in after if after[room] != before[room]} == {talks.rooms[ROOM]}
    assert (run.left.by, run.right and run.right.by) == tuple(
        talks.delegation("exchange", s) for s in ("side-a", "side-b")
    )
    assert (run.left.rows, run.certain, run.review) == (5, 2, 1)
    made = found(talks, run)
    assert [(p.left, p.right, p.certain) for p in made.pairs] == [("1", "1", True), ("2", "2", True), ("3", "3", False)]
    (part,) = run.parts
    stored = talks.office.store.particulars(talks.rooms[ROOM], [part])[part].content
    assert b"surname" not in stored
    assert reads_back(talks, NEUTRAL, ROOM)
    assert sentence(talks).endswith("matched the list “held” of Side A with the list “claimed” of Side B.")


def test_one_list_is_searched_for_people_on_it_twice(talks: Round) -> None:
    file(talks, "a", HELD + "A9;Вигаданий;Остап;Миколайович;03.05.1990;Горішнє;\n".encode())
    run = match(talks, right=None)
    assert run.right is None
    assert [(p.left, p.right) for p in found(talks, run).pairs] == [("1", "6")]
    judge(talks, NEUTRAL, run, "6", "1")
    assert talks.view(NEUTRAL, ROOM).state[MATCHED].about(run.ref, "1", "6") is not None


def test_the_same_act_again_matches_nothing_anew(talks: Round) -> None:
    desk, room, act = talks.desk(NEUTRAL), talks.rooms[ROOM], "a" * 32
    first = reconciling.match(desk, room, act, chosen(talks, "a"), chosen(talks, "b"))
    keys = list(talks.office.cabinet.ids())
    assert reconciling.match(desk, room, act, chosen(talks, "a"), chosen(talks, "b")) == first
    assert list(talks.office.cabinet.ids()) == keys


@pytest.mark.parametrize("who", [SIDE_A, SIDE_B, HOST])
def test_nobody_else_matches_or_reads(talks: Round, run: Run, who: str) -> None:
    with pytest.raises(NotFound):
        reconciling.match(talks.desk(who), talks.rooms[ROOM], "b" * 32, chosen(talks, "a"), chosen(talks, "b"))
    with pytest.raises(NotFound):
        talks.desk(who).room(talks.rooms[ROOM])


def test_lists_are_matched_in_no_other_room(talks: Round) -> None:
    with pytest.raises(Refusal, match="in the room it has for itself alone"):
        reconciling.match(
            talks.desk(NEUTRAL), talks.rooms["exchange"], "c" * 32, chosen(talks, "a"), chosen(talks, "b")
        )


def test_once_a_side_declines_the_intermediary_nothing_more_is_matched(talks: Round) -> None:
    proposal = next(e.ref for e in talks.view(HOST, "exchange").entries() if e.kind == "intermediary-proposed")
    talks.do(SIDE_B, "exchange", "decline-intermediary", proposal=proposal)
    assert offered(talks, NEUTRAL, ROOM, "match-lists") == []
    with pytest.raises(Refusal, match="whom both sides accepted"):
        match(talks)


def test_whoever_sits_here_has_to_see_both_lists(talks: Round) -> None:
    talks.do(NEUTRAL, ROOM, "accredit-delegate", person=person("third"), delegation="neutral", name="Third")
    before = set(talks.office.cabinet.ids())
    with pytest.raises(Refusal, match="Everybody who judges must see both"):
        match(talks)
    assert set(talks.office.cabinet.ids()) == before  # the key of what was not entered is gone


@pytest.mark.parametrize("which", ["same list", "old version", "erased", "host's room"])
def test_what_cannot_be_matched(talks: Round, which: str) -> None:
    left, right = chosen(talks, "a"), chosen(talks, "b")
    if which == "same list":
        right = left
    if which == "old version":
        file(talks, "b", HELD, "claimed", "they-hold")
    if which == "erased":
        talks.do(SIDE_B, "lists-b", "erase-particulars", entry=right.list, reason="agreed")
    if which == "host's room":
        left = reconciling.Chosen(talks.rooms["exchange"], left.list)
    before = sizes(talks)
    with pytest.raises((Refusal, lists.Gone, NotFound)):
        reconciling.match(talks.desk(NEUTRAL), talks.rooms[ROOM], "d" * 32, left, right)
    assert sizes(talks) == before


def test_a_certain_pair_takes_one_person_and_a_doubtful_one_two(talks: Round, run: Run) -> None:
    judge(talks, NEUTRAL, run, "1", "1")
    assert stands(talks, run, "1", "1") == "same"
    judge(talks, NEUTRAL, run, "3", "3")
    assert stands(talks, run) == "waits"
    judge(talks, NEUTRAL_SECOND, run, "3", "3")
    assert stands(talks, run) == "same"


def test_disagreement_is_kept_and_resolved_by_later_entries(talks: Round, run: Run) -> None:
    judge(talks, NEUTRAL, run, "3", "3", "same")
    judge(talks, NEUTRAL_SECOND, run, "3", "3", "different")
    assert stands(talks, run) == "disagreed"
    judge(talks, NEUTRAL, run, "3", "3", "different")
    assert stands(talks, run) == "different"
    about = talks.view(NEUTRAL, ROOM).state[MATCHED].about(run.ref, "3", "3")
    assert about is not None
    assert [(one.person, one.verdict) for one in about.said] == [
        (NEUTRAL, "same"), (NEUTRAL_SECOND, "different"), (NEUTRAL, "different"),
    ]  # fmt: skip


def test_a_judgment_corrected_no_longer_counts(talks: Round, run: Run) -> None:
    judge(talks, NEUTRAL, run, "1", "1")
    talks.do(NEUTRAL, ROOM, "correct-entry", entry=talks.last(NEUTRAL, ROOM), says="I looked at another row.")
    assert stands(talks, run, "1", "1") == "open"
    judge(talks, NEUTRAL, run, "1", "1", "different")
    assert stands(talks, run, "1", "1") == "different"


def test_a_pair_people_put_forward_is_doubtful(talks: Round, run: Run) -> None:
    judge(talks, NEUTRAL, run, "4", "4")
    assert stands(talks, run, "4", "4") == "waits"


def test_many_certain_pairs_are_taken_at_once(talks: Round, run: Run) -> None:
    pairs = [{"left": n, "right": n} for n in "12"]
    size = talks.view(NEUTRAL, ROOM).size
    talks.do(NEUTRAL, ROOM, "judge-pairs", run=run.ref, pairs=pairs, looked=True, reason="All that is said agrees.")
    assert talks.kinds(NEUTRAL, ROOM)[size:] == ["pair-judged"] * 2
    assert {stands(talks, run, n, n) for n in "12"} == {"same"}


def test_rows_are_judged_to_be_alone(talks: Round, run: Run) -> None:
    talks.do(
        NEUTRAL,
        ROOM,
        "judge-rows",
        run=run.ref,
        side="right",
        numbers=["4"],
        verdict="alone",
        looked=True,
        reason="Sought.",
    )
    judged = standings(talks.view(NEUTRAL, ROOM).state[MATCHED], run.ref, [("1", "1")])
    assert (judged.pairs, judged.rows) == ({("1", "1"): "open"}, {Row("right", "4"): "alone"})
    assert sentence(talks) == "Of N found nobody else who is row 4 of the right list."


ROWS = {"side": "left", "numbers": ["4"], "verdict": "alone", "looked": True, "reason": "Sought."}


@pytest.mark.parametrize(
    ("command", "raw", "why"),
    [
        ("judge-pair", {"left": "1", "right": "1", "verdict": "same"}, "Say what decided it"),
        (
            "judge-pair",
            {"left": "9", "right": "1", "verdict": "same", "grounds": ["names"]},
            "One of these rows was not",
        ),
        ("judge-pair", {"left": "1", "right": "1", "verdict": "sure", "grounds": ["names"]}, "Verdict: choose one of"),
        ("judge-pairs", {"pairs": [{"left": "3", "right": "3"}], "looked": True, "reason": "x"}, "Only pairs in which"),
        ("judge-pairs", {"pairs": [{"left": "1", "right": "1"}], "looked": False, "reason": "x"}, "Say that you have"),
        (
            "judge-pairs",
            {"pairs": [{"left": "1", "right": "1"}], "looked": True, "reason": ""},
            "Reason: this is needed.",
        ),
        ("judge-pairs", {"pairs": [{"left": "1", "right": "1"}] * 201, "looked": True, "reason": "x"}, "At most 200"),
        ("judge-rows", ROWS | {"numbers": ["40"]}, "One of these rows was not compared"),
        ("judge-rows", ROWS | {"looked": False}, "Say that you have looked"),
        ("judge-rows", ROWS | {"verdict": "same"}, "Verdict: choose one of"),
    ],
)
def test_what_is_refused(talks: Round, run: Run, command: str, raw: dict[str, Any], why: str) -> None:
    assert refused(talks, NEUTRAL, ROOM, command, run=run.ref, **raw).startswith(why)


def test_the_same_person_saying_the_same_twice_says_nothing(talks: Round, run: Run) -> None:
    judge(talks, NEUTRAL, run, "3", "3")
    raw = {"run": run.ref, "left": "3", "right": "3", "verdict": "same", "grounds": ["birth"]}
    assert refused(talks, NEUTRAL, ROOM, "judge-pair", **raw).startswith("You have judged this so already.")


def test_once_its_pairs_are_erased_a_run_is_not_judged(talks: Round, run: Run) -> None:
    talks.do(NEUTRAL, ROOM, "erase-particulars", entry=run.ref, reason="agreed")
    assert run.key not in set(talks.office.cabinet.ids())
    raw = {"run": run.ref, "left": "3", "right": "3", "verdict": "same", "grounds": ["birth"]}
    assert refused(talks, NEUTRAL, ROOM, "judge-pair", **raw).startswith("What this matching found was erased")
    assert offered(talks, NEUTRAL, ROOM, "judge-pair") == []
    with pytest.raises(lists.Gone):
        found(talks, talks.view(NEUTRAL, ROOM).state[MATCHED].runs[run.ref])


def test_nothing_of_a_matching_is_released_into_another_room(talks: Round, run: Run) -> None:
    add_room(talks, HOST, "plenary", kind="host-room", name="desk")
    judge(talks, NEUTRAL, run, "1", "1")
    raw = {"entries": [run.ref, talks.last(NEUTRAL, ROOM)], "to": "exchange"}
    assert "stays in the room where it was filed" in refused(talks, NEUTRAL, ROOM, "propose-release", **raw)
