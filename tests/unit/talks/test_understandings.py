"""Understandings: a telling stands when each side confirmed that very telling, whatever the order, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.record import signatures
from goodoffices.secretariat.acts import Step
from goodoffices.secretariat.desk import SignatureNeeded
from goodoffices.talks.understandings import UNDERSTANDINGS, Telling, awaiting
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Pen, Round, add_room, open_round, person
from tests.refusals import refused

SIDE_C = person("side c")
PEOPLE = {"side-a": SIDE_A, "side-b": SIDE_B}
FINAL = "Your delegation has {} this wording already; its answer is final."


@pytest.fixture
def talks() -> Round:
    return open_round()


def tell(talks: Round, who: str = HOST, of: str | None = None, room: str = "plenary") -> str:
    wording = "A thousand for a thousand."
    talks.do(who, room, "tell-understanding", wording=wording, degree="in-principle", of=of)
    return talks.last(who, room)


def confirm(talks: Round, code: str, telling: str, minuted: bool = False) -> str:
    if minuted:
        talks.do(HOST, "plenary", "confirm-understanding", code, telling=telling)
    else:
        talks.do(PEOPLE[code], "plenary", "confirm-understanding", telling=telling)
    return talks.last(HOST, "plenary")


def told(talks: Round, ref: str, room: str = "plenary") -> Telling:
    return talks.view(HOST, room).state[UNDERSTANDINGS].tellings[ref]


def how(talks: Round, ref: str) -> dict[str, str]:
    codes = {talks.delegation("plenary", code): code for code in PEOPLE}
    return {codes[party]: answer.how for party, answer in told(talks, ref).answers.items()}


def waits_for(talks: Round, code: str) -> list[str]:
    state = talks.view(HOST, "plenary").state
    return [a.about for a in awaiting(state, talks.delegation("plenary", code))]


def admit_side_c(talks: Round) -> None:
    talks.do(HOST, "plenary", "propose-presence", code="side-c", role="party", name="Side C")
    proposal = talks.last(HOST, "plenary")
    for who in PEOPLE.values():
        talks.do(who, "plenary", "consent-presence", proposal=proposal)
    talks.do(HOST, "plenary", "admit-delegation", proposal=proposal)
    talks.do(HOST, "plenary", "accredit-delegate", person=SIDE_C, delegation="side-c")


@pytest.mark.parametrize("order", [("side-a", "side-b"), ("side-b", "side-a")])
def test_stands_once_each_side_has_confirmed(talks: Round, order: tuple[str, str]) -> None:
    ref = tell(talks)
    assert not told(talks, ref).stands
    assert (waits_for(talks, "side-a"), waits_for(talks, "side-b")) == ([ref], [ref])
    confirm(talks, order[0], ref)
    assert not told(talks, ref).stands
    assert (waits_for(talks, order[0]), waits_for(talks, order[1])) == ([], [ref])
    confirm(talks, order[1], ref)
    assert told(talks, ref).stands
    assert how(talks, ref) == {"side-a": "entered", "side-b": "entered"}
    assert reads_back(talks, HOST, "plenary")


def test_telling_it_is_not_confirming_it(talks: Round) -> None:
    ref = tell(talks, SIDE_A)
    confirm(talks, "side-b", ref)
    assert not told(talks, ref).stands


def test_another_wording_is_another_telling(talks: Round) -> None:
    first = tell(talks)
    second = tell(talks, SIDE_B, of=first)
    confirm(talks, "side-a", first)
    confirm(talks, "side-b", second)
    state = talks.view(HOST, "plenary").state[UNDERSTANDINGS]
    assert [t.ref for t in state.of(second)] == [first, second]
    assert (state.standing(first), told(talks, first).stands, told(talks, second).stands) == ((), False, False)
    confirm(talks, "side-a", second)
    state = talks.view(HOST, "plenary").state[UNDERSTANDINGS]
    assert [t.ref for t in state.standing(first)] == [second]
    third = tell(talks, SIDE_A, of=second)
    assert told(talks, third).root == first


@pytest.mark.parametrize(
    ("command", "done"), [("confirm-understanding", "confirmed"), ("object-understanding", "objected to")]
)
def test_an_answer_is_final(talks: Round, command: str, done: str) -> None:
    ref = tell(talks)
    talks.do(SIDE_A, "plenary", command, telling=ref)
    for again in ("confirm-understanding", "object-understanding"):
        assert refused(talks, SIDE_A, "plenary", again, telling=ref) == FINAL.format(done)
        assert offered(talks, SIDE_A, "plenary", again) == []
        assert offered(talks, SIDE_B, "plenary", again) == [{"telling": ref}]
    confirm(talks, "side-b", ref)
    assert told(talks, ref).stands is (done == "confirmed")


def test_only_parties_answer(talks: Round) -> None:
    ref = tell(talks)
    words = "Only a party confirms an understanding or objects to it."
    assert refused(talks, HOST, "plenary", "confirm-understanding", telling=ref) == words
    assert offered(talks, HOST, "plenary", "confirm-understanding") == []
    assert offered(talks, HOST, "plenary", "confirm-understanding", "side-a") == [{"telling": ref}]
    caucus = tell(talks, room="caucus-a")
    assert "not on this room's record" in refused(talks, SIDE_A, "plenary", "confirm-understanding", telling=caucus)
    assert "another kind" in refused(
        talks, SIDE_A, "plenary", "confirm-understanding", telling=talks.view(HOST, "plenary").entry(0).ref
    )


def test_one_side_alone_agrees_with_nobody(talks: Round) -> None:
    ref = tell(talks, room="caucus-a")
    talks.do(SIDE_A, "caucus-a", "confirm-understanding", telling=ref)
    assert not told(talks, ref, "caucus-a").stands


def test_each_side_means_those_in_the_room_when_it_was_told(talks: Round) -> None:
    before = tell(talks)
    confirm(talks, "side-a", before)
    admit_side_c(talks)
    confirm(talks, "side-b", before)
    assert told(talks, before).stands
    assert "was not in the room" in refused(talks, SIDE_C, "plenary", "confirm-understanding", telling=before)
    assert offered(talks, SIDE_C, "plenary", "confirm-understanding") == []
    anew = tell(talks, of=before)
    for code in PEOPLE:
        confirm(talks, code, anew)
    assert (told(talks, anew).stands, waits_for(talks, "side-c")) == (False, [anew])
    talks.do(SIDE_C, "plenary", "confirm-understanding", telling=anew)
    assert told(talks, anew).stands


def test_nothing_begins_to_stand_because_a_side_left(talks: Round) -> None:
    ref = tell(talks)
    confirm(talks, "side-a", ref)
    talks.do(SIDE_B, "plenary", "remove-delegation", delegation="side-b")
    assert (told(talks, ref).stands, waits_for(talks, "side-b")) == (False, [])
    assert told(talks, tell(talks)).asked == (talks.delegation("plenary", "side-a"),)


def test_how_each_side_confirmed_is_kept() -> None:
    pen = Pen("a")
    talks = open_round(keys={SIDE_A: [pen.key]})
    ref = tell(talks)
    step = Step(talks.rooms["plenary"], "confirm-understanding", {"telling": ref})
    with pytest.raises(SignatureNeeded):
        talks.desk(SIDE_A).act(talks.request(step))
    assert told(talks, ref).answers == {}
    talks.desk(SIDE_A).act(talks.request(step), lambda it: signatures.sign_ssh(pen.private, it.payload))
    minute = confirm(talks, "side-b", ref, minuted=True)
    assert told(talks, ref).stands
    assert how(talks, ref) == {"side-a": "signed", "side-b": "minuted"}
    talks.do(SIDE_B, "plenary", "confirm-minute", entry=minute)
    assert how(talks, ref) == {"side-a": "signed", "side-b": "minuted-confirmed"}
    assert reads_back(talks, HOST, "plenary")


def test_a_minuted_confirmation_objected_to_does_not_count(talks: Round) -> None:
    ref = tell(talks)
    confirm(talks, "side-a", ref)
    minute = confirm(talks, "side-b", ref, minuted=True)
    talks.do(SIDE_B, "plenary", "object-minute", entry=minute)
    assert (told(talks, ref).stands, how(talks, ref)) == (False, {"side-a": "entered"})
    assert waits_for(talks, "side-b") == [ref]
    talks.do(SIDE_B, "plenary", "object-understanding", telling=ref)
    assert how(talks, ref)["side-b"] == "entered"


def test_only_the_party_itself_takes_its_own_answer_back(talks: Round) -> None:
    ref = tell(talks)
    confirm(talks, "side-a", ref)
    own = confirm(talks, "side-b", ref)
    talks.do(HOST, "plenary", "correct-entry", entry=own, says="Side B has not confirmed.")
    assert told(talks, ref).stands
    talks.do(SIDE_B, "plenary", "correct-entry", entry=own, says="This was confirmed in error.")
    assert (told(talks, ref).stands, waits_for(talks, "side-b")) == (False, [ref])
    minute = confirm(talks, "side-b", ref, minuted=True)
    talks.do(HOST, "plenary", "correct-entry", entry=minute, says="The host misheard.")
    assert not told(talks, ref).stands


def test_a_corrected_telling_takes_no_more_answers_and_what_stood_stands(talks: Round) -> None:
    stood, half = tell(talks), tell(talks)
    for code in PEOPLE:
        confirm(talks, code, stood)
    confirm(talks, "side-a", half)
    for ref in (stood, half):
        talks.do(HOST, "plenary", "correct-entry", entry=ref, says="Two thousand.")
    assert (told(talks, stood).stands, told(talks, half).stands) == (True, False)
    assert refused(talks, SIDE_B, "plenary", "confirm-understanding", telling=half) == (
        "This wording has been corrected. Tell the understanding again in the right wording."
    )
    assert offered(talks, SIDE_B, "plenary", "confirm-understanding") == []


def test_a_telling_whose_minute_was_objected_to_takes_no_answers(talks: Round) -> None:
    talks.do(HOST, "plenary", "tell-understanding", "side-a", wording="We agreed.", degree="signed")
    ref = talks.last(HOST, "plenary")
    talks.do(SIDE_A, "plenary", "object-minute", entry=ref)
    assert "objected to the minute" in refused(talks, SIDE_B, "plenary", "confirm-understanding", telling=ref)
    assert waits_for(talks, "side-b") == []


def test_told_again_only_in_its_own_room(talks: Round) -> None:
    add_room(talks, HOST, "plenary", kind="format", name="small", members=["side-a", "side-b"])
    ref = tell(talks)
    assert "not on this room's record" in refused(
        talks, HOST, "small", "tell-understanding", wording="As said.", degree="in-writing", of=ref
    )


ANSWERS = st.tuples(
    st.sampled_from(sorted(PEOPLE)),
    st.integers(0, 2),
    st.sampled_from(["confirm-understanding", "object-understanding"]),
    st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ANSWERS, max_size=8, unique_by=lambda a: (a[0], a[1])))
def test_a_telling_stands_iff_every_party_confirmed_that_very_telling(
    answers: list[tuple[str, int, str, bool]],
) -> None:
    talks = open_round()
    first = tell(talks)
    tellings = [first, tell(talks, SIDE_B, of=first), tell(talks, SIDE_A)]
    for code, number, command, minuted in answers:
        who, behalf = (HOST, code) if minuted else (PEOPLE[code], None)
        talks.do(who, "plenary", command, behalf, telling=tellings[number])
    for number, ref in enumerate(tellings):
        confirmed = {a[0] for a in answers if a[1] == number and a[2] == "confirm-understanding"}
        assert told(talks, ref).stands is (confirmed == set(PEOPLE))
        assert how(talks, ref) == {a[0]: "minuted" if a[3] else "entered" for a in answers if a[1] == number}
