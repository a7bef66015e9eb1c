"""Corrections, both showing; and erasures: the words are gone from the store, the record still verifies."""

from __future__ import annotations

import pytest

from goodoffices.record import entries, tree
from goodoffices.record.entries import cited
from goodoffices.secretariat.acts import Step
from goodoffices.talks.corrections import CORRECTIONS
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused

NAME = "A name that should not be here"


@pytest.fixture
def talks() -> Round:
    return open_round()


def propose(talks: Round, who: str = SIDE_A, on_behalf: str | None = None) -> str:
    talks.do(who, "plenary", "propose-presence", on_behalf, code="observer", role="third-party", name=NAME)
    return talks.last(HOST, "plenary")


def stored(talks: Round, text: str) -> list[str]:
    """The short names of rooms whose store still holds these words, whoever may read them."""
    store, found = talks.office.store, []
    for name, room in sorted(talks.rooms.items()):
        lines = store.lines(room, 0, store.heads([room])[room].size)
        citations = [c for line in lines for c in cited(entries.decode(line).body)]
        if any(p.content == text.encode() for p in store.particulars(room, citations).values()):
            found.append(name)
    return found


def test_a_correction_stands_beside_what_it_corrects(talks: Round) -> None:
    ref = propose(talks)
    talks.do(SIDE_A, "plenary", "correct-entry", entry=ref, says="The observer is another one.")
    first = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "correct-entry", entry=ref, says="The name has two parts.", reason="Spelling.")
    second = talks.last(HOST, "plenary")
    state = talks.view(HOST, "plenary").state[CORRECTIONS]
    assert state.corrected == {ref: (first, second)}
    assert talks.view(SIDE_B, "plenary").find(ref).kind == "presence-proposed"


def test_who_corrects(talks: Round) -> None:
    own, minuted = propose(talks), None
    assert "by the delegation whose act it is, or by the host" in refused(
        talks, SIDE_B, "plenary", "correct-entry", entry=own, says="No."
    )
    talks.do(SIDE_A, "plenary", "withdraw-proposal", proposal=own)
    minuted = propose(talks, HOST, "side-b")
    talks.do(SIDE_B, "plenary", "correct-entry", entry=minuted, says="We proposed another one.")
    assert "by the delegation whose act it is" in refused(
        talks, SIDE_A, "plenary", "correct-entry", entry=minuted, says="No."
    )


def test_erased_words_are_gone_and_the_record_still_verifies(talks: Round) -> None:
    ref = propose(talks)
    assert stored(talks, NAME) == ["plenary"]
    talks.do(SIDE_A, "plenary", "erase-particulars", entry=ref, reason="personal-data")
    assert stored(talks, NAME) == []
    view = talks.view(SIDE_B, "plenary")
    frontier = tree.Frontier()
    frontier, _ = frontier.extend([tree.leaf_hash(line) for line in view.lines()])
    assert frontier.root() == view.root
    assert view.state[CORRECTIONS].erased == dict.fromkeys(cited(view.find(ref).body), ref)
    assert "erased already" in refused(talks, HOST, "plenary", "erase-particulars", entry=ref, reason="agreed")


def test_a_citation_used_twice_is_erased_once(talks: Round) -> None:
    """The admission cites the name from the proposal."""
    ref = propose(talks, HOST)
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "consent-presence", side, proposal=ref)
    talks.do(HOST, "plenary", "admit-delegation", proposal=ref)
    admitted = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "erase-particulars", entry=admitted, reason="ordered")
    assert "erased already" in refused(talks, HOST, "plenary", "erase-particulars", entry=ref, reason="ordered")


def test_who_erases(talks: Round) -> None:
    ref = propose(talks)
    assert "by the delegation whose act the entry is, or by the host" in refused(
        talks, SIDE_B, "plenary", "erase-particulars", entry=ref, reason="agreed"
    )
    talks.do(HOST, "plenary", "call-meeting", code="first")
    assert "holds no words" in refused(
        talks, HOST, "plenary", "erase-particulars", entry=talks.last(HOST, "plenary"), reason="agreed"
    )


def test_copies_of_the_same_act_go_in_the_same_act(talks: Round) -> None:
    rooms = ["plenary", "caucus-a", "public"]
    talks.do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="side-a", name=NAME, rooms=rooms[1:])
    assert stored(talks, NAME) == sorted(rooms)
    receipts = talks.do(
        HOST, "plenary", "erase-particulars", entry=talks.last(HOST, "plenary"), reason="named-in-error"
    )
    assert len(receipts) == 3
    assert stored(talks, NAME) == []
    assert [talks.kinds(HOST, name)[-1] for name in rooms] == ["particulars-erased"] * 3


def test_a_copy_where_the_author_does_not_sit_stays_until_somebody_there_erases_it(talks: Round) -> None:
    add_room(talks, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    talks.do(SIDE_A, "plenary", "accredit-delegate", person=OBSERVER, delegation="side-a", name=NAME, rooms=["room-a"])
    talks.do(HOST, "plenary", "erase-particulars", entry=talks.last(HOST, "plenary"), reason="agreed")
    assert stored(talks, NAME) == ["room-a"]
    own = talks.view(SIDE_A, "room-a").entries()[-1].ref
    step = Step(talks.rooms["room-a"], "erase-particulars", {"entry": own, "reason": "agreed"})
    talks.desk(SIDE_A).act(talks.request(step))
    assert stored(talks, NAME) == []


def test_copies_that_were_released_go_too_and_copies_of_copies(talks: Round) -> None:
    add_room(talks, HOST, "plenary", kind="format", name="aides", members=["side-a", "side-b"])
    ref = propose(talks)
    terms = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "destroyed"}
    talks.do(HOST, "plenary", "propose-ground-rules", **terms)
    rules = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "agree-ground-rules", side, rules=rules)
    for to in ("public", "aides"):
        talks.do(HOST, "plenary", "release-entries", entries=[ref], to=to)
    assert stored(talks, NAME) == ["aides", "plenary", "public"]
    talks.do(SIDE_A, "plenary", "erase-particulars", entry=ref, reason="personal-data")
    assert stored(talks, NAME) == []


def test_the_same_words_in_another_act_stay(talks: Round) -> None:
    """Copies are found by acts, never by searching."""
    ref = propose(talks)
    talks.do(HOST, "public", "propose-presence", code="observer", role="third-party", name=NAME)
    talks.do(HOST, "plenary", "erase-particulars", entry=ref, reason="agreed")
    assert stored(talks, NAME) == ["public"]
