"""What leaves the matching room: with whose leave, what a side may be told, and that a holder never learns the rest."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.prisoners.matched import MATCHED, Run
from goodoffices.prisoners.named import NAMED
from goodoffices.prisoners.results import RESULTS
from goodoffices.secretariat import naming
from goodoffices.secretariat.reconciling import Chosen
from goodoffices.talks.scene import Refusal
from tests.listing import NEUTRAL, NEUTRAL_SECOND, file
from tests.offers import reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round
from tests.reconciling import HELD, chosen, judge, match, open_matching
from tests.refusals import refused, sizes

ROOM = "matching"
WHO = {"a": SIDE_A, "b": SIDE_B}


@pytest.fixture
def talks() -> Round:
    return open_matching()


@pytest.fixture
def run(talks: Round) -> Run:
    run = match(talks)
    for n in "12":
        judge(talks, NEUTRAL, run, n, n)
    alone(talks, run, "left", "4", "5")
    alone(talks, run, "right", "4")
    return run


def alone(talks: Round, run: Run, side: str, *numbers: str, verdict: str = "alone") -> None:
    raw = {"side": side, "numbers": list(numbers), "verdict": verdict, "looked": True, "reason": "Sought."}
    talks.do(NEUTRAL, ROOM, "judge-rows", run=run.ref, **raw)


def leave(talks: Round, side: str, what: str, numbers: str = "all", command: str = "give-leave") -> None:
    talks.do(WHO[side], f"lists-{side}", command, list=chosen(talks, side).list, what=what, numbers=numbers)


def told(talks: Round, side: str) -> dict[str, str]:
    """What a side has been told, by the number of its row."""
    results = talks.view(WHO[side], f"lists-{side}").state[RESULTS]
    return {n: one.result for n, one in results.of(chosen(talks, side).list).items()}


def release(talks: Round, run: Run, to: str, *rows: dict[str, str]) -> None:
    talks.do(NEUTRAL, ROOM, "release-results", run=run.ref, to=to, rows=list(rows), words="So far.")


def pair(n: str) -> dict[str, str]:
    return {"left": n, "right": n}


def test_each_side_is_told_with_the_leave_of_the_other(talks: Round, run: Run) -> None:
    leave(talks, "a", "holding-may-be-told", "1")
    leave(talks, "b", "claim-may-be-told")
    release(talks, run, "right", pair("1"))
    release(talks, run, "left", pair("1"), pair("2"))
    assert (told(talks, "a"), told(talks, "b")) == ({"1": "claimed", "2": "claimed"}, {"1": "held"})
    assert talks.kinds(SIDE_A, "lists-a")[-2:] == ["result-released"] * 2
    assert reads_back(talks, NEUTRAL, "lists-a")
    assert reads_back(talks, NEUTRAL, ROOM)


def test_a_result_cites_nothing_that_its_reader_cannot_find(talks: Round, run: Run) -> None:
    leave(talks, "a", "holding-may-be-told")
    release(talks, run, "right", pair("1"))
    view = talks.view(SIDE_B, "lists-b")
    body = view.entry(view.size - 1).body
    assert body == {"list": chosen(talks, "b").list, "number": "1", "result": "held", "words": body["words"]}
    assert view.words([body["words"]]) == {body["words"]: "So far."}


def test_that_somebody_is_not_on_the_holders_list_needs_leave_for_all_of_it(talks: Round, run: Run) -> None:
    leave(talks, "a", "absence-may-be-told", "1-5")
    raw = {"run": run.ref, "to": "right", "rows": [{"right": "4"}]}
    assert refused(talks, NEUTRAL, ROOM, "release-results", **raw).startswith("The other side has not given leave")
    leave(talks, "a", "absence-may-be-told")
    release(talks, run, "right", {"right": "4"})
    assert told(talks, "b") == {"4": "not-on-their-list"}


def test_leave_withdrawn_is_gone(talks: Round, run: Run) -> None:
    leave(talks, "a", "holding-may-be-told")
    leave(talks, "a", "holding-may-be-told", "1", "withdraw-leave")
    raw = {"run": run.ref, "to": "right", "rows": [pair("1")]}
    assert refused(talks, NEUTRAL, ROOM, "release-results", **raw).startswith("The other side has not given leave")
    release(talks, run, "right", pair("2"))


@pytest.mark.parametrize(
    ("to", "rows", "why"),
    [
        ("left", [{"left": "4"}], "A side that holds somebody is never told that nobody claims them"),
        ("left", [pair("3")], "Nothing is told of a row as long as it is open"),
        ("right", [{"right": "3"}], "Nothing is told of a row as long as it is open"),
        ("left", [{"left": "1", "right": "2"}], "Nothing is told of a row as long as it is open"),
        ("left", [], "Rows: this is needed."),
    ],
)
def test_what_is_not_told(talks: Round, run: Run, to: str, rows: list[dict[str, str]], why: str) -> None:
    for what in ("holding-may-be-told", "absence-may-be-told", "may-be-named"):
        leave(talks, "a", what)
    leave(talks, "b", "claim-may-be-told")
    assert refused(talks, NEUTRAL, ROOM, "release-results", run=run.ref, to=to, rows=rows).startswith(why)


def test_nothing_is_told_twice_or_after_a_list_was_corrected(talks: Round, run: Run) -> None:
    leave(talks, "b", "claim-may-be-told")
    release(talks, run, "left", pair("1"))
    raw: dict[str, Any] = {"run": run.ref, "to": "left", "rows": [pair("1")]}
    assert refused(talks, NEUTRAL, ROOM, "release-results", **raw) == "This side was told so already."
    file(talks, "a", HELD, "held")
    raw |= {"rows": [pair("2")]}
    assert refused(talks, NEUTRAL, ROOM, "release-results", **raw).startswith("One of these lists was corrected")


def test_once_a_side_declines_the_intermediary_nothing_is_told(talks: Round, run: Run) -> None:
    leave(talks, "b", "claim-may-be-told")
    proposal = next(e.ref for e in talks.view(HOST, "exchange").entries() if e.kind == "intermediary-proposed")
    talks.do(SIDE_A, "exchange", "decline-intermediary", proposal=proposal)
    raw = {"run": run.ref, "to": "left", "rows": [pair("1")]}
    assert "no longer does" in refused(talks, NEUTRAL, ROOM, "release-results", **raw)


# Naming into the exchange


def name(talks: Round, run: Run, *rows: str, said: tuple[str, ...] = ()) -> None:
    talks.acts += 1
    act = f"{talks.acts:032x}"
    naming.name_found(talks.desk(NEUTRAL), talks.rooms[ROOM], act, run, [(n, n) for n in rows], said)


def test_people_are_named_with_the_leave_of_both(talks: Round, run: Run) -> None:
    leave(talks, "a", "may-be-named")
    before = sizes(talks)
    with pytest.raises(Refusal, match="Both sides have to give leave"):
        name(talks, run, "1", "2")
    assert sizes(talks) == before
    leave(talks, "b", "may-be-named", "1-2")
    name(talks, run, "1", "2", said=("category",))
    view = talks.view(SIDE_B, "exchange")
    state = view.state[NAMED]
    assert [p.held_by for p in state.persons.values()] == [talks.delegation("exchange", "side-a")] * 2
    assert sorted(p.categories for p in state.persons.values()) == [(), ("wounded",)]
    (ref,) = state.namings
    rows = naming.roster_of(view, ref).by_number
    assert set(rows) == set(state.persons)
    said = {row.said["surname"]: set(row.said) for row in rows.values()}
    names = {"surname", "given", "patronymic", "born", "understood:born"}
    assert said == {"Вигаданий": names | {"category"}, "Неіснуючий": names}
    assert reads_back(talks, NEUTRAL, ROOM)
    with pytest.raises(Refusal, match="named already"):
        name(talks, run, "1")


def test_only_those_held_and_claimed_are_named(talks: Round, run: Run) -> None:
    leave(talks, "a", "may-be-named")
    leave(talks, "b", "may-be-named")
    keys = set(talks.office.cabinet.ids())
    with pytest.raises(Refusal, match="Only people found to be held and claimed"):
        name(talks, run, "3")
    assert set(talks.office.cabinet.ids()) == keys


def test_a_side_names_its_own_from_its_list(talks: Round) -> None:
    act, own = "e" * 32, chosen(talks, "a")
    naming.name_own(talks.desk(SIDE_A), talks.rooms["exchange"], act, own, ["5", "3"], ["birthplace"])
    view = talks.view(SIDE_B, "exchange")
    (ref,) = view.state[NAMED].namings
    assert {r.said["surname"] for r in naming.roster_of(view, ref).rows} == {"Примарний", "Уявний"}
    with pytest.raises(Refusal, match="no longer on the list"):
        naming.name_own(talks.desk(SIDE_A), talks.rooms["exchange"], "f" * 32, own, ["50"])
    claims = chosen(talks, "b")
    with pytest.raises(Refusal, match="those it holds itself"):
        naming.name_own(talks.desk(SIDE_B), talks.rooms["exchange"], "f" * 32, claims, ["1"])


# The property: whatever is decided in the matching room, a holder reads the same unless a result was told

VERDICTS = st.sampled_from(["same", "different", "cannot-tell"])
ROWS = st.sampled_from("1234")
NONE = st.just("")
DECIDED = st.lists(
    st.one_of(
        st.tuples(st.just("pair"), ROWS, ROWS, VERDICTS),
        st.tuples(st.just("row"), st.sampled_from(["left", "right"]), ROWS, st.sampled_from(["alone", "cannot-tell"])),
        st.tuples(st.just("certain"), st.sampled_from("12"), NONE, NONE),
        st.tuples(st.just("again"), NONE, NONE, NONE),
    ),
    max_size=8,
)


def readable(talks: Round, who: str) -> dict[str, tuple[list[bytes], str]]:
    """Every byte of every room that somebody may read, with its checkpoint."""
    return {view.id: (list(view.lines()), view.checkpoint()) for view in talks.desk(who).rooms()}


def decide(talks: Round, run: Run, number: int, what: tuple[str, str, str, str]) -> None:
    who = (NEUTRAL, NEUTRAL_SECOND)[number % 2]
    kind, one, two, verdict = what
    try:
        if kind == "pair":
            judge(talks, who, run, one, two, verdict)
        elif kind == "row":
            raw = {"side": one, "numbers": [two], "verdict": verdict, "looked": True, "reason": "Sought."}
            talks.do(who, ROOM, "judge-rows", run=run.ref, **raw)
        elif kind == "certain":
            raw2 = {"pairs": [pair(one)], "looked": True, "reason": "All agrees."}
            talks.do(who, ROOM, "judge-pairs", run=run.ref, **raw2)
        else:
            match(talks)
    except Refusal:
        pass  # saying the same again


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decided=DECIDED)
def test_whatever_is_decided_a_holder_reads_the_same_unless_a_result_was_told(
    decided: list[tuple[str, str, str, str]],
) -> None:
    talks = open_matching()
    for side, what in (("a", "holding-may-be-told"), ("b", "claim-may-be-told")):
        leave(talks, side, what)
    before = {who: readable(talks, who) for who in (SIDE_A, SIDE_B, HOST)}
    run = match(talks)
    for number, what in enumerate(decided):
        decide(talks, run, number, what)
    assert {who: readable(talks, who) for who in before} == before
    judged = talks.view(NEUTRAL, ROOM).state[MATCHED].about(run.ref, "1", "1")
    if judged is not None and judged.stands == "same":
        raw = {"run": run.ref, "to": "left", "rows": [pair("1")]}
        try:
            talks.do(NEUTRAL, ROOM, "release-results", **raw)
        except Refusal:  # contradictory, or something about the row is not settled
            assert readable(talks, SIDE_A) == before[SIDE_A]
        else:
            assert readable(talks, SIDE_A) != before[SIDE_A], "a release is seen: the comparison could tell"
            assert readable(talks, SIDE_B) == before[SIDE_B]


def test_one_may_not_match_with_a_list_one_cannot_open(talks: Round) -> None:
    other = Chosen(talks.rooms["lists-a"], chosen(talks, "b").list)
    with pytest.raises(Exception, match="nothing here under this name"):
        naming.name_own(talks.desk(SIDE_A), talks.rooms["exchange"], "f" * 32, other, ["1"])
