"""The desk: one door, whose answers depend on what the person may read and on nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from goodoffices.record import entries, signatures
from goodoffices.record.entries import Base, Entry, cited
from goodoffices.record.matter import Room
from goodoffices.record.memory import MemoryStore
from goodoffices.record.signatures import BadSignature
from goodoffices.record.store import Batch, Conflict, StoreFull
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import NotFound, Prepared, SignatureNeeded
from goodoffices.secretariat.matters import MATTERS
from goodoffices.secretariat.office import Office
from goodoffices.talks.scene import Refusal
from tests.people import (
    HOST,
    OBSERVER,
    OUTSIDER,
    SIDE_A,
    SIDE_A_ENVOY,
    SIDE_B,
    SIDES,
    Pen,
    Round,
    add_room,
    new_office,
    open_round,
)
from tests.refusals import sizes

TERMS = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}


class Stumbling(MemoryStore):
    """A store that raises what it was told to at the next append."""

    error: Exception | None = None
    batches: Sequence[Batch] = ()

    def append(self, batches: Sequence[Batch]) -> None:
        self.batches = batches
        error, self.error = self.error, None
        if error is not None:
            raise error
        super().append(batches)


@pytest.fixture
def talks() -> Round:
    return open_round()


def call(talks: Round, code: str = "first", title: str = "First meeting") -> Step:
    return Step(talks.rooms["plenary"], "call-meeting", {"code": code, "title": title})


# Acts


def test_a_repeat_returns_the_first_receipts(talks: Round) -> None:
    request = talks.request(call(talks))
    first = talks.desk(HOST).act(request)
    talks.do(HOST, "plenary", "call-meeting", code="second")
    before = sizes(talks)
    assert talks.desk(HOST).act(request) == first
    assert sizes(talks) == before


def test_the_same_act_with_other_content_is_refused(talks: Round) -> None:
    request = talks.request(call(talks))
    talks.desk(HOST).act(request)
    before = sizes(talks)
    with pytest.raises(Refusal, match="with other content"):
        talks.desk(HOST).act(Request(request.act, (call(talks, title="Another title"),)))
    assert sizes(talks) == before


def test_the_same_act_id_of_two_people_are_two_acts(talks: Round) -> None:
    talks.do(HOST, "plenary", "call-meeting", code="first")
    raw = {"meeting": talks.last(HOST, "plenary"), "item": "Prisoners"}
    request = talks.request(Step(talks.rooms["plenary"], "raise-item", raw))
    assert talks.desk(SIDE_A).act(request) != talks.desk(SIDE_B).act(request)


def test_a_lost_comparison_decides_anew() -> None:
    store = Stumbling()
    talks = open_round(store)
    size = talks.view(HOST, "plenary").size
    store.error = Conflict()
    (receipt,) = talks.do(HOST, "plenary", "call-meeting", code="first")
    assert (receipt.first, receipt.count) == (size, 1)
    assert talks.kinds(HOST, "plenary")[size:] == ["meeting-called"]


def test_decided_anew_on_what_was_written_in_between() -> None:
    """A meeting is called by the same name while this act is on its way: it is refused, not written."""

    class Overtaken(Stumbling):
        def append(self, batches: Sequence[Batch]) -> None:
            if self.error is not None:
                self.error = None
                talks.do(HOST, "plenary", "call-meeting", code="first")
                raise Conflict
            super().append(batches)

    store = Overtaken()
    talks = open_round(store)
    request = Request("e" * 32, (call(talks),))
    store.error = Conflict()
    with pytest.raises(Refusal, match="already has a meeting called"):
        talks.desk(HOST).act(request)
    assert talks.kinds(HOST, "plenary").count("meeting-called") == 1


def test_an_act_in_two_rooms_is_one_batch_or_nothing() -> None:
    store = Stumbling()
    talks = open_round(store)
    steps = tuple(Step(talks.rooms[room], "call-meeting", {"code": "first"}) for room in ("plenary", "caucus-a"))
    before = sizes(talks)
    store.error = StoreFull("The disk is full.")
    with pytest.raises(StoreFull):
        talks.desk(HOST).act(talks.request(*steps))
    assert sizes(talks) == before
    wrong = Step(talks.rooms["caucus-a"], "open-meeting", {"meeting": talks.last(HOST, "caucus-a")})
    with pytest.raises(Refusal, match="that entry is of another kind"):
        talks.desk(HOST).act(talks.request(steps[0], wrong))
    assert sizes(talks) == before
    receipts = talks.desk(HOST).act(talks.request(*steps))
    assert [len(batch.additions) for batch in store.batches] == [2]
    assert {r.room for r in receipts} == {talks.rooms["plenary"], talks.rooms["caucus-a"]}
    halves = [talks.view(HOST, room).entries()[-1].header.act for room in ("plenary", "caucus-a")]
    assert halves[0] == halves[1]


# Reading


def test_a_withdrawn_delegate_reads_up_to_and_including_the_withdrawal(talks: Round) -> None:
    talks.do(SIDE_A, "plenary", "accredit-delegate", person=SIDE_A_ENVOY, delegation="side-a")
    talks.do(SIDE_A, "plenary", "withdraw-delegate", person=SIDE_A_ENVOY)
    last = talks.view(HOST, "plenary").size
    talks.do(HOST, "plenary", "call-meeting", code="first")
    view = talks.view(SIDE_A_ENVOY, "plenary")
    assert (view.size, view.entries()[-1].kind) == (last, "delegate-withdrawn")
    assert view.root == talks.view(HOST, "plenary").root_at(last)
    assert f"\n{last}\n" in view.checkpoint()
    with pytest.raises(NotFound):
        view.entry(last)
    with pytest.raises(NotFound):
        view.find(talks.last(HOST, "plenary"))


def test_a_removed_delegation_reads_up_to_and_including_the_removal(talks: Round) -> None:
    talks.do(HOST, "plenary", "remove-delegation", delegation="side-b")
    last = talks.view(HOST, "plenary").size
    talks.do(HOST, "plenary", "call-meeting", code="first")
    assert talks.view(SIDE_B, "plenary").size == last
    assert talks.view(SIDE_B, "plenary").entries()[-1].kind == "delegation-removed"
    with pytest.raises(Refusal, match="You do not sit in this room"):
        talks.do(SIDE_B, "plenary", "propose-presence", code="x", role="party", name="X")


def test_an_outsider_gets_the_same_for_what_exists_and_what_does_not(talks: Round) -> None:
    # What could leak, leaks to somebody seated.
    assert talks.view(HOST, "plenary").size != 0
    answers = []
    for who in (OUTSIDER, None):
        for room in (talks.rooms["plenary"], "9" * 32):
            for ask in (
                lambda who=who, room=room: talks.desk(who).room(room),
                lambda who=who, room=room: talks.desk(who).act(
                    Request("a" * 32, (Step(room, "call-meeting", {"code": "first"}),))
                ),
                lambda who=who: talks.desk(who).named("rehearsal", "plenary"),
                lambda who=who: talks.desk(who).named("rehearsal", "nothing"),
            ):
                with pytest.raises(NotFound) as found:
                    ask()
                answers.append((type(found.value), str(found.value)))
    assert len(set(answers)) == 1


def test_the_public_reads_the_public_room_alone(talks: Round) -> None:
    for who in (None, OUTSIDER):
        assert [view.id for view in talks.desk(who).rooms()] == [talks.rooms["public"]]
        assert talks.view(who, "public").offers() == []


# Signatures


@pytest.fixture
def signing() -> tuple[Round, Pen, Request]:
    """Side A signs with a pen; ground rules wait for its agreement."""
    pen = Pen("side a")
    talks = open_round(keys={SIDE_A: [pen.key]})
    talks.do(HOST, "plenary", "propose-ground-rules", **TERMS)
    step = Step(talks.rooms["plenary"], "agree-ground-rules", {"rules": talks.last(HOST, "plenary")})
    return talks, pen, talks.request(step)


def prepared(talks: Round, request: Request) -> Prepared:
    before = sizes(talks)
    with pytest.raises(SignatureNeeded) as needed:
        talks.desk(SIDE_A).act(request)
    assert sizes(talks) == before
    return needed.value.prepared


def test_a_binding_act_needs_its_signature_and_takes_it(signing: tuple[Round, Pen, Request]) -> None:
    talks, pen, request = signing
    waiting = prepared(talks, request)
    (to_sign,) = waiting.to_sign
    talks.do(HOST, "plenary", "call-meeting", code="first")  # the room moves on while the person signs
    talks.desk(SIDE_A).submit(waiting, {(to_sign.room, to_sign.index): pen(to_sign)})
    view = talks.view(SIDE_B, "plenary")
    entry = view.entry(view.size - 1)
    assert entry.kind == "ground-rules-agreed"
    assert entry.header.signed is not None
    stored = view.signature(entry)
    assert stored == pen(to_sign)
    base = {"size": entry.header.signed.base.size, "root": entry.header.signed.base.root}
    payload = signatures.payload(entry.header.talks, entry.header.room, entry.header.act, entry.kind, entry.body, base)
    signatures.check(pen.key, stored or b"", payload)


def test_what_the_host_minutes_or_someone_without_a_key_does_needs_none(signing: tuple[Round, Pen, Request]) -> None:
    talks, _, request = signing
    rules = request.steps[0].raw["rules"]
    talks.do(HOST, "plenary", "agree-ground-rules", "side-a", rules=rules)
    talks.do(SIDE_B, "plenary", "agree-ground-rules", rules=rules)
    assert talks.kinds(HOST, "plenary")[-2:] == ["ground-rules-agreed"] * 2


def test_a_signature_over_another_act_or_by_another_key_is_refused(signing: tuple[Round, Pen, Request]) -> None:
    talks, pen, request = signing
    waiting, other = prepared(talks, request), prepared(talks, talks.request(*request.steps))
    (to_sign,), (elsewhere,) = waiting.to_sign, other.to_sign
    before = sizes(talks)
    for stored in (pen(elsewhere), Pen("somebody else")(to_sign), b"nonsense", b""):
        with pytest.raises(BadSignature):
            talks.desk(SIDE_A).submit(waiting, {(to_sign.room, to_sign.index): stored})
        assert sizes(talks) == before
    with pytest.raises(SignatureNeeded):
        talks.desk(SIDE_A).submit(waiting, {})
    assert sizes(talks) == before


@pytest.mark.parametrize("base", [Base(1, "0" * 64), Base(10_000, "0" * 64)])
def test_a_base_that_is_no_prefix_is_refused(signing: tuple[Round, Pen, Request], base: Base) -> None:
    talks, pen, request = signing
    waiting = prepared(talks, request)
    (to_sign,) = waiting.to_sign
    wrong = Prepared(waiting.request, waiting.tape, {to_sign.room: base}, waiting.to_sign)
    before = sizes(talks)
    with pytest.raises(Refusal, match="not based on this room's record"):
        talks.desk(SIDE_A).submit(wrong, {(to_sign.room, to_sign.index): pen(to_sign)})
    assert sizes(talks) == before


# Projections


def eventful() -> Round:
    """A round that leaves something in most matters."""
    talks = open_round()
    do = talks.do
    do(HOST, "plenary", "propose-ground-rules", **TERMS)
    rules = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        do(HOST, "plenary", "agree-ground-rules", side, rules=rules)
    do(SIDE_A, "plenary", "confirm-minute", entry=talks.view(HOST, "plenary").entry(4).ref)
    do(SIDE_A, "plenary", "propose-presence", code="observer", role="third-party", name="An observer")
    presence = talks.last(HOST, "plenary")
    for who in (SIDE_A, SIDE_B):
        do(who, "plenary", "consent-presence", proposal=presence)
    do(HOST, "plenary", "admit-delegation", proposal=presence)
    do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="observer", level="technical")
    do(HOST, "plenary", "call-meeting", code="first", day="2030-01-15")
    meeting = talks.last(HOST, "plenary")
    do(HOST, "plenary", "open-meeting", meeting=meeting)
    do(SIDE_A, "plenary", "raise-item", meeting=meeting, item="Prisoners")
    do(SIDE_B, "plenary", "make-request", to="side-a", words="A pause.")
    do(SIDE_A, "plenary", "answer-request", request=talks.last(HOST, "plenary"), answer="deferred")
    do(SIDE_A, "plenary", "tell-understanding", wording="We meet again.", degree="in-principle")
    do(SIDE_B, "plenary", "confirm-understanding", telling=talks.last(HOST, "plenary"))
    do(
        HOST,
        "plenary",
        "set-next-meeting",
        day="2030-02",
        first=[{"what": "stated", "words": "Lists are handed over."}],
    )
    do(SIDE_B, "plenary", "record-statement", verb="said", gist="We are content.", setting="public")
    do(HOST, "plenary", "correct-entry", entry=meeting, says="It was the second.")
    do(HOST, "plenary", "erase-particulars", entry=presence, reason="agreed")
    do(HOST, "plenary", "close-meeting", meeting=meeting, length_bound="under", length_minutes=120)
    do(HOST, "plenary", "release-entries", entries=[meeting], to="public")
    return talks


def test_a_projection_reads_back_as_it_was_for_every_matter() -> None:
    talks = eventful()
    for room in talks.rooms.values():
        size = talks.office.store.heads([room])[room].size
        state = talks.office.load(room, size)
        again = MATTERS.load(room, MATTERS.dump(state))
        for matter in MATTERS.all:
            assert again[matter] == state[matter], matter.name
        assert (again.size, again.unknown) == (state.size, None)


def test_a_projection_rebuilt_from_entry_0_is_the_stored_one() -> None:
    talks = eventful()
    store = talks.office.store
    for room in talks.rooms.values():
        size = store.heads([room])[room].size
        halfway = MATTERS.advance(Room(room), _entries(talks, room)[: size // 2])
        store.save_projection(room, MATTERS.version, size // 2, MATTERS.dump(halfway))
        from_stored = _reopened(talks).load(room, size)
        store.drop_projections()
        from_scratch = _reopened(talks).load(room, size)
        for matter in MATTERS.all:
            assert from_stored[matter] == from_scratch[matter] == talks.office.load(room, size)[matter], matter.name


def _entries(talks: Round, room: str) -> list[Entry]:
    store = talks.office.store
    return [entries.decode(line) for line in store.lines(room, 0, store.heads([room])[room].size)]


def _reopened(talks: Round) -> Office:
    """Another process on the same store: nothing in memory."""
    return new_office(talks.office.store)


def test_talks_cannot_be_opened_at_a_room_of_ones_choice() -> None:
    talks = open_round()
    raw = {"name": "other", "title": "Other", "host_code": "host", "host_name": "Host", "sides": SIDES}
    there, nowhere = talks.rooms["caucus-b"], "f" * 32
    for room in (there, nowhere):
        with pytest.raises(NotFound):
            talks.desk(OUTSIDER).act(talks.request(Step(room, "open-talks", raw)))


def test_what_was_erased_before_it_was_carried_leaves_no_digest_of_the_other_room() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="side-a", name="A name that goes")
    entry = talks.view(HOST, "plenary").find(talks.last(HOST, "plenary"))
    talks.do(HOST, "plenary", "erase-particulars", entry=entry.ref, reason="agreed")
    add_room(talks, HOST, "plenary", kind="format", name="later", members=["side-a", "side-b"])
    opened = talks.view(HOST, "later").entry(0)
    assert OBSERVER in {d["id"] for d in opened.body["delegates"]}
    assert not set(cited(opened.body)) & set(cited(entry.body))
