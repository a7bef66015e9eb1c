"""An exchange on the record from seal to table, and what may go wrong: what becomes of it, what the person is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.readouts import awaited
from goodoffices.sealing import escrow
from goodoffices.sealing.exchanges import SEALING
from tests.exchanging import (
    CODES,
    DEADLINE,
    GUARANTOR_1,
    GUARANTOR_2,
    LATE,
    PAPERS,
    ROOM,
    Exchanging,
    open_exchange,
    recipient,
    refusing,
    salt,
    sheet,
)
from tests.offers import offered, reads_back
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_A_ENVOY, SIDE_B


@pytest.fixture
def agreed() -> Exchanging:
    talks = open_exchange()
    talks.make_ready()
    talks.propose()
    talks.agree()
    return talks


@pytest.fixture
def sealed(agreed: Exchanging) -> Exchanging:
    agreed.seal(SIDE_A)
    agreed.seal(SIDE_B)
    return agreed


@pytest.fixture
def out(sealed: Exchanging) -> Exchanging:
    sealed.release(GUARANTOR_1)
    sealed.release(HOST)
    return sealed


def waiting(talks: Exchanging, who: str) -> list[str]:
    view = talks.view(who, ROOM)
    seat = view.seat()
    assert seat is not None
    return [one.rule for one in awaited.by(view.state, seat.delegation)]


def test_from_seal_to_table_with_one_holder_silent(agreed: Exchanging) -> None:
    assert waiting(agreed, SIDE_A) == waiting(agreed, SIDE_B) == ["seal-paper"]
    made = agreed.seal(SIDE_A)
    assert waiting(agreed, HOST) == ["hold-paper"]
    agreed.hold(HOST, "side-a")
    agreed.seal(SIDE_B)
    assert agreed.x.stage == "sealed"
    assert waiting(agreed, GUARANTOR_1) == ["hold-paper", "hold-paper", "release-papers"]
    agreed.release(GUARANTOR_1)
    assert (agreed.x.stage, agreed.x.course.digests) == ("sealed", {})
    agreed.release(HOST)
    assert agreed.x.course.digests["side-a"] == made.digest.removeprefix("p:")
    assert agreed.x.stage == "released"
    assert waiting(agreed, SIDE_B) == ["open-paper"]
    assert waiting(agreed, GUARANTOR_2) == []
    agreed.open(SIDE_A)
    agreed.open(SIDE_B, structured=False, blank=[])
    assert agreed.x.stage == "opened"
    assert {side: one.blank for side, one in agreed.x.opened.items()} == {"side-b": ("prisoners",), "side-a": None}
    agreed.table(SIDE_B, "side-a")
    agreed.table(SIDE_B, "side-b")
    assert agreed.x.tabled.keys() == {"side-a", "side-b"}
    assert reads_back(agreed, HOST, ROOM)


def test_the_tabled_paper_has_the_citation_that_was_sealed(out: Exchanging) -> None:
    out.table(SIDE_A, "side-b")
    view = out.view(HOST, ROOM)
    entry = view.entry(view.size - 1)
    citation = entry.body["paper"]["paper"]
    assert (entry.kind, citation) == ("paper-tabled", f"p:{out.x.course.digests['side-b']}")
    assert view.particulars([citation])[citation].content == PAPERS["side-b"]
    assert entry.body["of"] == out.delegation(ROOM, "side-b")
    assert out.delegation(ROOM, "side-b") not in entry.body["to"]


# What is handed in


def test_a_seal_is_final(agreed: Exchanging) -> None:
    agreed.seal(SIDE_A)
    with refusing(agreed, "“side-a” has sealed already. A seal is final: it is neither changed nor replaced."):
        agreed.seal(SIDE_A)


def test_a_late_seal_is_refused_and_the_exchange_lapses(agreed: Exchanging) -> None:
    agreed.seal(SIDE_A)
    agreed.clock.now = LATE
    with refusing(agreed, f"The deadline for sealing was {DEADLINE}. It is too late for this exchange."):
        agreed.seal(SIDE_B)
    agreed.act(SIDE_A, "lapse-exchange", proposal=agreed.x.ref)
    assert agreed.x.stage == "lapsed"


@pytest.mark.parametrize(
    ("outer", "why"),
    [
        (b"%PDF- a paper that was not sealed", "This is not an age file of version 1."),
        (bytes(66_000), "This is not an age file of version 1."),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n" + bytes(66_000), "This age file is armored"),
        (b"age-encryption.org/v1\n-> scrypt AAAA 18\n" + b"A" * 66_000, "header"),
    ],
)
def test_what_is_no_sealed_paper_is_refused(agreed: Exchanging, outer: bytes, why: str) -> None:
    with refusing(agreed, why, part=True):
        agreed.seal(SIDE_A, outer=outer)


def test_the_escrow_has_a_line_for_each_order_of_holders(agreed: Exchanging) -> None:
    lines = agreed.seal(SIDE_A).escrow.splitlines(keepends=True)
    with refusing(agreed, "This is no sealed paper of this exchange, and nothing was written.", part=True):
        agreed.seal(SIDE_B, escrow=b"".join(lines[:-1]))


def test_a_file_handed_in_before_is_refused(agreed: Exchanging) -> None:
    made = agreed.seal(SIDE_A)
    with refusing(agreed, "This is the very file that “side-a” handed in; seal a paper of your own."):
        agreed.seal(SIDE_B, outer=made.outer)


def test_a_file_of_an_earlier_exchange_is_refused(agreed: Exchanging) -> None:
    made = agreed.seal(SIDE_A)
    agreed.act(SIDE_A, "withdraw-exchange", proposal=agreed.x.ref)
    agreed.propose()
    agreed.agree()
    with refusing(agreed, "This very file was handed in before in this room. Each paper is sealed afresh."):
        agreed.seal(SIDE_A, outer=made.outer)


def test_nobody_withdraws_after_both_sealed(sealed: Exchanging) -> None:
    with refusing(sealed, "Both sides have sealed; from then on nobody withdraws."):
        sealed.act(SIDE_A, "withdraw-exchange", proposal=sealed.x.ref)
    assert offered(sealed, SIDE_A, ROOM, "withdraw-exchange") == []


def test_only_sides_seal_and_a_holder_does_not(agreed: Exchanging) -> None:
    files = {name: {"content": b"x"} for name in ("outer", "escrow")}
    with refusing(agreed, "“host” is not a side of this exchange; only sides seal."):
        agreed.act(HOST, "seal-paper", proposal=agreed.x.ref, **files)


# What holders say


def test_a_dispute_is_taken_back_by_a_confirmation(sealed: Exchanging) -> None:
    about = {"proposal": sealed.x.ref, "sealed": sealed.x.seals["side-b"].ref}
    sealed.act(HOST, "dispute-holding", **about, fault="wrong-context", words="Made for another exchange.")
    with refusing(sealed, "“host” says that the seal of “side-b” is at fault, and so does not release."):
        sealed.release(HOST)
    sealed.hold(HOST, "side-b")
    sealed.release(HOST)
    assert [r.by for r in sealed.x.course.releases] == ["host"]


def test_when_too_few_holders_are_left_the_exchange_fails_and_another_may_follow(sealed: Exchanging) -> None:
    for who in (HOST, GUARANTOR_1):
        about = {"proposal": sealed.x.ref, "sealed": sealed.x.seals["side-a"].ref}
        sealed.act(who, "dispute-holding", **about, fault="cannot-open")
    assert sealed.x.stage == "failed"
    assert waiting(sealed, GUARANTOR_2) == []
    sealed.propose()
    assert sealed.x.stage == "proposed"


def test_a_seal_made_for_another_exchange_is_found_by_who_opens_a_layer(agreed: Exchanging) -> None:
    """Every form is right: only a holder's key shows what it was made for. Neither paper opens."""
    agreed.seal(SIDE_A, terms=replace(agreed.x.terms, nonce="f" * 32))
    agreed.seal(SIDE_B)
    with pytest.raises(escrow.BadLayer) as found:
        agreed.peel(HOST)
    assert found.value.fault == "wrong-context"
    about = {"proposal": agreed.x.ref, "sealed": agreed.x.seals["side-a"].ref}
    for who in (HOST, GUARANTOR_1, GUARANTOR_2):
        agreed.act(who, "dispute-holding", **about, fault=found.value.fault, words=str(found.value))
    assert agreed.x.stage == "failed"


# Releasing


def test_nothing_is_released_before_both_sealed(agreed: Exchanging) -> None:
    agreed.seal(SIDE_A)
    with refusing(agreed, "Nothing is released before both sides have sealed; still awaited: “side-b”."):
        agreed.release(HOST, {"side-a": b"x", "side-b": b"x"})


def test_a_release_has_both_papers(sealed: Exchanging) -> None:
    with refusing(sealed, "A release has the peels of both papers: of side-a and of side-b."):
        sealed.release(HOST, {"side-a": sealed.peel(HOST)["side-a"]})


def test_a_holder_who_lies_is_refused_and_the_others_open_both(sealed: Exchanging) -> None:
    honest = sealed.peel(HOST)
    chain, content, key = honest["side-b"].splitlines()[0].split(b" ")
    false = b" ".join((chain, content[:-8] + b"AAAAAAA=", key)) + b"\n" + honest["side-b"].split(b"\n", 1)[1]
    with refusing(sealed, "What you release of the paper of side-b is not what its layers hold.", part=True):
        sealed.release(HOST, honest | {"side-b": false})
    with refusing(sealed, "What you release of the paper of side-a is not what its layers hold.", part=True):
        sealed.release(HOST, {"side-a": honest["side-b"], "side-b": honest["side-a"]})
    sealed.release(GUARANTOR_2)
    sealed.release(GUARANTOR_1)
    assert sealed.x.stage == "released"


def test_of_two_releases_at_once_the_second_is_made_again(sealed: Exchanging) -> None:
    peels = sealed.peel(HOST)
    sealed.release(GUARANTOR_1)
    with refusing(sealed, "“guarantor-1” released meanwhile. Release again, going on from there."):
        sealed.release(HOST, peels, builds_on=[])
    sealed.release(HOST)
    assert sealed.x.stage == "released"


def test_a_holder_releases_once_and_not_after_both_are_out(out: Exchanging) -> None:
    with refusing(out, "Both papers are out already; no other release is needed."):
        out.release(GUARANTOR_2, {"side-a": b"x", "side-b": b"x"})
    assert offered(out, GUARANTOR_2, ROOM, "release-papers") == []


def test_a_holder_who_never_answers_leaves_it_sealed(sealed: Exchanging) -> None:
    sealed.release(HOST)
    sealed.clock.now = "2031-01-01T00:00:00.000Z"
    assert sealed.x.stage == "sealed"
    assert waiting(sealed, GUARANTOR_1)[-1] == waiting(sealed, GUARANTOR_2)[-1] == "release-papers"
    with refusing(sealed, "Both sides have sealed in time; the exchange does not lapse."):
        sealed.act(SIDE_A, "lapse-exchange", proposal=sealed.x.ref)


# Opening and tabling


def test_only_the_counterpart_opens_and_names_the_digest(out: Exchanging) -> None:
    with refusing(out, "Only “side-b” can open the paper of “side-a”."):
        out.open(SIDE_A, side="side-a")
    with refusing(out, "This is not the paper that “side-b” sealed: it has another digest. Dispute it instead."):
        out.open(SIDE_A, digest="0" * 64)
    with refusing(out, "Only a topic that the terms require can be said to be left blank."):
        out.open(SIDE_A, blank=["sanctions"])


def test_an_opening_may_be_disputed_and_still_found_later(out: Exchanging) -> None:
    about = {"proposal": out.x.ref, "side": "side-b"}
    out.act(SIDE_A, "dispute-opening", **about, fault="wrong-signature", file_key="A" * 22 + "==")
    out.open(SIDE_B)
    assert out.x.stage == "opened"
    assert offered(out, SIDE_A, ROOM, "open-paper") == [about]
    assert offered(out, SIDE_A, ROOM, "dispute-opening") == []
    out.open(SIDE_A)
    assert out.x.opened.keys() == {"side-a", "side-b"}


def test_another_paper_is_not_tabled(out: Exchanging) -> None:
    with refusing(out, "This is not the paper that “side-a” sealed: it has another digest."):
        out.table(SIDE_A, "side-a", b"Side A: something else.")
    out.table(SIDE_A, "side-a")
    with refusing(out, "The paper of “side-a” is tabled already."):
        out.table(SIDE_B, "side-a")


def test_a_paper_is_tabled_with_its_salt(out: Exchanging) -> None:
    paper = {"content": PAPERS["side-a"], "media": "text/plain", "name": "a.txt"}
    about = {"proposal": out.x.ref, "side": "side-a", "title": "Conditions"}
    with refusing(out, "Paper: its salt (32 hexadecimal characters) is needed."):
        out.act(SIDE_A, "table-paper", **about, paper=paper)
    with refusing(out, "it has another digest", part=True):
        out.act(SIDE_A, "table-paper", **about, paper=paper | {"salt": salt("side-b").hex()})


def test_a_key_replaced_after_a_seal_leaves_the_exchange_as_it_is(sealed: Exchanging) -> None:
    old = sealed.view(HOST, ROOM).state[SEALING].current(sealed.delegation(ROOM, "side-a"))
    assert old is not None
    sealed.act(SIDE_A, "propose-key-replacement", replaces=old.ref, online=recipient("new"), **sheet("new recovery"))
    sealed.act(SIDE_A_ENVOY, "replace-sealing-keys", replacement=sealed.last(SIDE_A, ROOM))
    assert sealed.x.stage == "sealed"
    sealed.release(HOST)
    sealed.release(GUARANTOR_1)
    assert sealed.x.stage == "released"


# What must not be done meanwhile


def test_the_room_is_not_closed_under_an_exchange(sealed: Exchanging) -> None:
    why = "A sealed exchange is under way in this room. It must end before the room is closed."
    with refusing(sealed, why):
        sealed.do(HOST, ROOM, "close-room")
    assert offered(sealed, HOST, ROOM, "close-room") == []
    sealed.release(GUARANTOR_1)
    sealed.release(HOST)
    sealed.do(HOST, ROOM, "close-room")


def test_nobody_has_a_side_or_a_holder_leave(sealed: Exchanging) -> None:
    with refusing(sealed, "It may leave, but nobody has it leave.", part=True):
        sealed.do(HOST, ROOM, "remove-delegation", delegation="side-a")
    assert offered(sealed, HOST, ROOM, "remove-delegation") == []
    sealed.do(GUARANTOR_1, ROOM, "remove-delegation", delegation="guarantor-1")
    sealed.release(GUARANTOR_2)
    sealed.release(HOST)
    assert sealed.x.stage == "released"


def test_what_is_sealed_is_not_erased(sealed: Exchanging) -> None:
    with refusing(sealed, "What was sealed or released is kept for as long as the room is open", part=True):
        sealed.do(SIDE_A, ROOM, "erase-particulars", entry=sealed.x.seals["side-a"].ref, reason="agreed")
    sealed.release(GUARANTOR_1)
    with refusing(sealed, "What was sealed or released is kept", part=True):
        sealed.do(HOST, ROOM, "erase-particulars", entry=sealed.x.course.releases[0].id, reason="agreed")


# The gate


def wait_for_papers(talks: Exchanging) -> None:
    first = [{"what": "papers-presented-by-each-party"}]
    talks.do(HOST, "plenary", "set-next-meeting", first=first)


def test_the_second_opening_reports_to_the_plenary_in_one_act(out: Exchanging) -> None:
    wait_for_papers(out)
    assert len(out.open(SIDE_A)) == 1
    receipts = out.open(SIDE_B)
    assert {r.room for r in receipts} == {out.rooms[ROOM], out.rooms["plenary"]}
    view = out.view(HOST, "plenary")
    entry = view.entry(view.size - 1)
    assert (entry.kind, entry.body["way"], entry.body["evidence"]["exchange"]) == (
        "condition-reported",
        "sealed-exchange",
        out.x.id,
    )
    base = entry.body["evidence"]["checkpoint"]
    assert out.view(HOST, ROOM).root_at(base["size"]).hex() == base["root"]
    assert base["size"] > max(out.view(HOST, ROOM).find(seal.ref).seq for seal in out.x.seals.values())


def test_an_opener_who_does_not_sit_in_the_plenary_opens_all_the_same(out: Exchanging) -> None:
    wait_for_papers(out)
    out.open(SIDE_B)
    assert len(out.open(SIDE_A_ENVOY)) == 1
    assert out.kinds(HOST, "plenary")[-1] == "next-meeting-set"


def test_an_outsider_sees_nothing_of_it(out: Exchanging) -> None:
    assert out.rooms[ROOM] not in [view.id for view in out.desk(OUTSIDER).rooms()]
    with pytest.raises(Exception, match="nothing here under this name"):
        out.act(OUTSIDER, "table-paper", proposal=out.x.ref, side="side-a", title="x", paper={"content": b"x"})


@pytest.mark.parametrize("who", sorted(CODES))
def test_whoever_is_offered_something_may_do_it(who: str, sealed: Exchanging) -> None:
    """The commands without files are done; those with files were done above."""
    for offer in sealed.view(who, ROOM).offers():
        if offer.rule.name in {"hold-paper", "withdraw-exchange", "decline-exchange", "agree-exchange"}:
            sealed.act(who, offer.rule.name, **offer.fields)
