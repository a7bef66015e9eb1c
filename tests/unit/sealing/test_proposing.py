"""Keys, terms and agreement on the record: what is taken, what is refused in which words, and what ends an exchange."""

from __future__ import annotations

import pytest

from goodoffices.readouts import awaited
from goodoffices.sealing.exchanges import SEALING
from goodoffices.talks.scene import Refusal
from tests.exchanging import (
    CODES,
    DEADLINE,
    GUARANTOR_1,
    LATE,
    ROOM,
    Exchanging,
    nonce,
    open_exchange,
    recipient,
    refusing,
    sheet,
)
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_A_ENVOY, SIDE_B


@pytest.fixture
def talks() -> Exchanging:
    return open_exchange()


@pytest.fixture
def ready(talks: Exchanging) -> Exchanging:
    talks.make_ready()
    return talks


def waiting(talks: Exchanging, who: str) -> list[str]:
    view = talks.view(who, ROOM)
    seat = view.seat()
    assert seat is not None
    return [one.rule for one in awaited.by(view.state, seat.delegation)]


def test_keys_are_named_tested_and_known(talks: Exchanging) -> None:
    ref = talks.name_keys(SIDE_A)
    assert waiting(talks, SIDE_A) == ["prove-recovery"]
    talks.act(SIDE_A, "prove-recovery", keys=ref, nonce=nonce("side-a recovery").hex())
    keys = talks.view(HOST, ROOM).state[SEALING].keys[ref]
    assert (keys.online, keys.recovery, keys.tested) == (recipient("side-a"), recipient("side-a recovery"), True)
    assert waiting(talks, SIDE_A) == []
    assert reads_back(talks, HOST, ROOM)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ({"online": recipient("x")}, "A side names a recovery key too"),
        ({"online": recipient("x"), **sheet("x")}, "must be lost separately"),
        ({"online": recipient("host"), **sheet("y")}, "has been named in this room before"),
        ({"online": recipient("x")[:-1] + "q", **sheet("y")}, "a letter of it was lost or changed"),
        ({"online": "age1pq1xyz", **sheet("y")}, "Online key: this is not written as it must be"),
    ],
)
def test_keys_that_are_refused(talks: Exchanging, raw: dict[str, str], why: str) -> None:
    talks.name_keys(HOST)
    with refusing(talks, why, part=True):
        talks.act(SIDE_A, "name-sealing-keys", **raw)


def test_a_holder_has_no_recovery_key(talks: Exchanging) -> None:
    with refusing(talks, "Only a side names a recovery key", part=True):
        talks.act(GUARANTOR_1, "name-sealing-keys", online=recipient("x"), **sheet("y"))


def test_a_delegate_without_a_signing_key_is_told_to_name_one(talks: Exchanging) -> None:
    talks.do(HOST, ROOM, "accredit-delegate", person="9" * 32, delegation="guarantor-1")
    with refusing(talks, "no signing key of yours is named in this room. Name one first", part=True):
        talks.act("9" * 32, "name-sealing-keys", online=recipient("x"))
    assert offered(talks, "9" * 32, ROOM, "name-sealing-keys") == []


def test_a_test_of_another_sheet_does_not_count(talks: Exchanging) -> None:
    ref = talks.name_keys(SIDE_A)
    with refusing(talks, "This is not what the test holds", part=True):
        talks.act(SIDE_A, "prove-recovery", keys=ref, nonce=nonce("side-b recovery").hex())


def test_a_lost_key_is_replaced_by_two_people(talks: Exchanging) -> None:
    old = talks.name_keys(SIDE_A)
    with refusing(talks, "Lost ones are replaced, by two of its people", part=True):
        talks.act(SIDE_A, "name-sealing-keys", online=recipient("new"), **sheet("new recovery"))
    talks.act(SIDE_A, "propose-key-replacement", replaces=old, online=recipient("new"), **sheet("new recovery"))
    new = talks.last(SIDE_A, ROOM)
    with refusing(talks, "a second person of your delegation signs", part=True):
        talks.act(SIDE_A, "replace-sealing-keys", replacement=new)
    with refusing(talks, "no such replacement", part=True):
        talks.act(SIDE_B, "replace-sealing-keys", replacement=new)
    talks.act(SIDE_A_ENVOY, "replace-sealing-keys", replacement=new)
    state = talks.view(HOST, ROOM).state[SEALING]
    side_a = talks.delegation(ROOM, "side-a")
    current = state.current(side_a)
    assert current is not None
    assert (current.ref, current.online, current.tested) == (new, recipient("new"), False)
    talks.act(SIDE_A_ENVOY, "prove-recovery", keys=new, nonce=nonce("new recovery").hex())
    assert waiting(talks, SIDE_A) == []


def test_an_exchange_is_proposed_and_agreed_to_by_all(ready: Exchanging) -> None:
    ref = ready.propose()
    assert (ready.x.ref, ready.x.stage, ready.x.terms.topics) == (ref, "proposed", ("ceasefire", "prisoners"))
    assert [s.code for s in ready.x.terms.sides] == ["side-a", "side-b"]
    assert [h.code for h in ready.x.terms.holders] == ["host", "guarantor-1", "guarantor-2"]
    assert all(waiting(ready, who) == ["agree-exchange"] for who in CODES)
    ready.agree(SIDE_A)
    with refusing(ready, "“side-a” has agreed already."):
        ready.agree(SIDE_A)
    ready.agree(*(who for who in CODES if who != SIDE_A))
    assert ready.x.stage == "agreed"
    assert waiting(ready, HOST) == []
    assert reads_back(ready, HOST, ROOM)


def test_what_is_signed_names_the_exchange_and_the_key_is_one_of_the_terms(ready: Exchanging) -> None:
    ready.propose()
    ready.agree(SIDE_A)
    entry = ready.view(HOST, ROOM).entry(ready.view(HOST, ROOM).size - 1)
    assert (entry.kind, entry.body["exchange"], entry.header.signed is not None) == (
        "exchange-agreed",
        ready.x.terms.id,
        True,
    )


def test_a_key_named_after_the_terms_does_not_sign_in_it(ready: Exchanging) -> None:
    ready.propose()
    late = "8" * 32
    ready.pens[late] = type(ready.pens[HOST])("late")
    ready.do(HOST, ROOM, "accredit-delegate", person=late, delegation="side-a", keys=[ready.pens[late].key])
    with refusing(ready, "none of yours is among them: it was named here later", part=True):
        ready.agree(late)
    assert offered(ready, late, ROOM, "agree-exchange") == []


PASSED = "The deadline has passed already: by this server's clock it is 2030-01-15T09:00:00.000Z."
NO_TIME = "Deadline for sealing: write a day and a time with its zone, such as 2025-06-01T12:00:00Z."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"k": 4}, "4 of 3 holders cannot open: name at least as many as are to open."),
        ({"k": 0}, "0 of 3 holders cannot open: name at least as many as are to open."),
        (
            {"holders": ["host", "side-a"], "k": 1},
            "“side-a” cannot hold: a holder sits in this room and is neither of the sides.",
        ),
        ({"deadline": "2030-01-15T08:00:00+00:00"}, PASSED),
        ({"deadline": "tomorrow"}, NO_TIME),
    ],
)
def test_terms_that_are_refused(ready: Exchanging, changes: dict[str, object], why: str) -> None:
    with refusing(ready, why):
        ready.propose(**changes)


def test_keys_must_be_named_and_tested_first(talks: Exchanging) -> None:
    for who in CODES:
        if who != SIDE_B:
            talks.name_keys(who)
    with refusing(talks, "“side-a” has not tested its recovery sheet yet; before that its keys do not count."):
        talks.propose()
    ref = next(k.ref for k in talks.view(HOST, ROOM).state[SEALING].keys.values() if k.recovery)
    talks.act(SIDE_A, "prove-recovery", keys=ref, nonce=nonce("side-a recovery").hex())
    with refusing(talks, "“side-b” has not named its keys in this room yet."):
        talks.propose()
    assert offered(talks, HOST, ROOM, "propose-exchange") == []


def test_one_declining_ends_it_and_another_may_follow(ready: Exchanging) -> None:
    ref = ready.propose()
    with refusing(ready, "Another exchange is under way in this room", part=True):
        ready.propose()
    ready.act(GUARANTOR_1, "decline-exchange", proposal=ref, reason="We cannot hold papers.")
    assert ready.x.stage == "declined"
    with refusing(ready, "This exchange has ended: “guarantor-1” declined the terms."):
        ready.act(SIDE_A, "agree-exchange", proposal=ref)
    ready.propose()
    ready.agree()
    assert ready.x.stage == "agreed"


def test_who_agreed_does_not_decline_but_a_side_withdraws(ready: Exchanging) -> None:
    ref = ready.propose()
    ready.agree(SIDE_A, HOST)
    with refusing(ready, "“side-a” has agreed and cannot decline any more.", part=True):
        ready.act(SIDE_A, "decline-exchange", proposal=ref)
    with refusing(ready, "“host” is not a side of this exchange; only sides withdraw."):
        ready.act(HOST, "withdraw-exchange", proposal=ref)
    ready.act(SIDE_A, "withdraw-exchange", proposal=ref, reason="We need more time.")
    assert ready.x.stage == "withdrawn"


def test_it_lapses_after_the_deadline_by_the_records_own_clock(ready: Exchanging) -> None:
    ref = ready.propose()
    ready.agree(SIDE_A)
    with refusing(ready, f"The deadline for sealing is {DEADLINE}; it has not passed."):
        ready.act(HOST, "lapse-exchange", proposal=ref)
    ready.clock.now = LATE
    with refusing(ready, "nobody agrees to it any more. Propose a new exchange.", part=True):
        ready.agree(SIDE_B)
    assert offered(ready, SIDE_B, ROOM, "lapse-exchange") == [{"proposal": ref}]
    ready.act(SIDE_B, "lapse-exchange", proposal=ref)
    assert ready.x.stage == "lapsed"


def test_a_clock_that_goes_back_does_not_give_time_back(ready: Exchanging) -> None:
    ready.propose()
    ready.clock.now = LATE
    ready.do(HOST, ROOM, "note-event", what="other", words="Late.")
    ready.clock.now = "2030-01-15T09:00:00.000Z"
    with refusing(ready, "nobody agrees to it any more", part=True):
        ready.agree(SIDE_A)


def test_replacing_a_key_before_anybody_sealed_voids_the_terms(ready: Exchanging) -> None:
    ref = ready.propose()
    old = ready.view(HOST, ROOM).state[SEALING].current(ready.delegation(ROOM, "side-a"))
    assert old is not None
    ready.act(SIDE_A, "propose-key-replacement", replaces=old.ref, online=recipient("new"), **sheet("new recovery"))
    ready.act(SIDE_A_ENVOY, "replace-sealing-keys", replacement=ready.last(SIDE_A, ROOM))
    assert ready.x.stage == "key-replaced"
    with refusing(ready, "A key of these terms was replaced before anybody had sealed. Propose the exchange again."):
        ready.act(SIDE_A, "agree-exchange", proposal=ref)


def test_only_in_a_room_of_its_own(ready: Exchanging) -> None:
    with refusing(ready, "Papers are exchanged in a room of its own: the host opens one of the kind “format”."):
        ready.act(SIDE_A, "name-sealing-keys", room="plenary", online=recipient("x"), **sheet("y"))


def test_nothing_of_it_is_minuted(ready: Exchanging) -> None:
    ready.propose()
    with pytest.raises(Refusal, match="not something that can be minuted"):
        ready.do(HOST, ROOM, "agree-exchange", "side-a", proposal=ready.x.ref)
