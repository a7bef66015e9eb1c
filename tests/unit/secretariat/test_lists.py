"""Filing a list in a list room: what is kept, who reads it, and what the record shows of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from goodoffices.prisoners import rosters
from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.lists.tables import BadList
from goodoffices.record.entries import cited
from goodoffices.record.verify import verify
from goodoffices.secretariat import lists
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.cabinet import CabinetUnusable, KeyMissing, MemoryCabinet
from goodoffices.talks.scene import Refusal
from tests.listing import GUEST, HELD, NEUTRAL, file, join, open_exchange, view
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused, sizes

ACT = "a" * 32


@pytest.fixture
def talks() -> Round:
    return open_exchange()


def cabinet(talks: Round) -> MemoryCabinet:
    assert isinstance(talks.office.cabinet, MemoryCabinet)
    return talks.office.cabinet


def test_a_filed_list_is_read_by_its_side_and_the_intermediary(talks: Round) -> None:
    ref = file(talks, "a")
    for who in (SIDE_A, NEUTRAL):
        roster = lists.read(view(talks, "a", who), ref)
        assert [row.said["surname"] for row in roster.rows] == ["Вигаданий", "Неіснуючий"]
    entry = view(talks, "a").find(ref)
    assert {name: entry.body[name] for name in ("code", "holds", "version", "rows", "aside", "digest", "origin")} == {
        "code": "held", "holds": "we-hold", "version": 1, "rows": 2, "aside": 1, "digest": roster.digest,
        "origin": "csv",
    }  # fmt: skip
    assert reads_back(talks, SIDE_A, "lists-a")
    for outside in (HOST, SIDE_B):
        with pytest.raises(NotFound):
            view(talks, "a", outside)


def test_what_was_found_is_kept_by_row_and_column(talks: Round) -> None:
    ref = file(talks, "a")
    found = lists.notes(view(talks, "a"), ref)
    assert [(f.row, f.column, f.bad) for f in found.findings] == [(0, 5, False), (4, 0, True)]
    assert found.map["Прізвище"] == "surname"
    assert found.read_as == "utf-8, semicolons"


def test_no_name_is_anywhere_in_what_is_stored(talks: Round) -> None:
    ref = file(talks, "a")
    stored = view(talks, "a").particulars(cited(view(talks, "a").find(ref).body))
    kept = [p.content for p in stored.values()] + [b"".join(view(talks, "a").lines())]
    assert len(kept) == 3
    names = [text.encode() for text in ("Вигаданий", "Неіснуючий", "Прізвище")]
    assert [name for name in names if any(name in content for content in kept)] == []
    plain = rosters.encode(lists.read(view(talks, "a"), ref))
    assert not any(plain[:40] in content for content in kept)


def test_the_room_exports_and_verifies_with_ciphertext_only(talks: Round) -> None:
    file(talks, "a")
    out = io.BytesIO()
    view(talks, "a").export(out)
    assert verify(out.getvalue()).size == view(talks, "a").size
    assert "Вигаданий".encode() not in out.getvalue()


def test_a_corrected_list_is_another_version(talks: Round) -> None:
    first = file(talks, "a")
    second = file(talks, "a", HELD.replace(b"1985", b"1986"))
    version = lists.version(view(talks, "a"), second)
    assert (version.version, version.replaces, version.last) == (2, first, 2)
    changed = rosters.changes(lists.read(view(talks, "a"), first), lists.read(view(talks, "a"), second))
    assert changed.altered == {"2": ("born", "understood:born")}
    room = talks.rooms["lists-a"]
    with pytest.raises(Refusal, match="Only the newest version"):
        lists.file(talks.desk(SIDE_A), room, ACT, HELD, code="held", holds="we-hold", replaces=first)
    with pytest.raises(Refusal, match="filed here already"):
        lists.file(talks.desk(SIDE_A), room, ACT, HELD, code="held", holds="we-hold")


def test_the_same_act_again_gives_the_first_receipts(talks: Round) -> None:
    desk, room = talks.desk(SIDE_A), talks.rooms["lists-a"]
    first = lists.file(desk, room, ACT, HELD, code="held", holds="we-hold")
    assert lists.file(desk, room, ACT, HELD, code="held", holds="we-hold") == first
    assert len(cabinet(talks).keys) == 1


def test_an_act_that_is_refused_leaves_no_key(talks: Round) -> None:
    before = sizes(talks)
    with pytest.raises(Refusal, match="filed by the party"):
        lists.file(talks.desk(NEUTRAL), talks.rooms["lists-a"], ACT, HELD, code="held", holds="we-hold")
    with pytest.raises(BadList):
        lists.file(talks.desk(SIDE_A), talks.rooms["lists-a"], ACT, b"nothing", code="held", holds="we-hold")
    assert (cabinet(talks).keys, sizes(talks)) == ({}, before)


def test_an_act_that_another_process_did_meanwhile_gives_its_receipts(talks: Round) -> None:
    desk, room = talks.desk(SIDE_A), talks.rooms["lists-a"]
    raw, locked = lists.prepared(desk, room, ACT, HELD)
    first = lists.file(talks.desk(SIDE_A), room, ACT, HELD, code="held", holds="we-hold")
    kept = dict(cabinet(talks).keys)
    other = {"code": "held", "holds": "we-hold", **raw, "origin": "pfif"}
    again = lists.write(desk, Request(ACT, (Step(room, "file-list", other),)), [replace(locked, key="f" * 32)])
    assert (again, cabinet(talks).keys) == (first, kept)


def test_a_cabinet_that_cannot_be_written_to_stops_the_act(talks: Round) -> None:
    class Full(MemoryCabinet):
        def new(self, id: str) -> bytes:
            raise CabinetUnusable("full")

    talks.office.cabinet = Full()
    before = sizes(talks)
    with pytest.raises(CabinetUnusable):
        file(talks, "a")
    assert sizes(talks) == before


def test_without_its_key_a_list_is_not_read(talks: Round) -> None:
    ref = file(talks, "a")
    cabinet(talks).keys.clear()
    with pytest.raises(KeyMissing, match="operator has to put the folder"):
        lists.read(view(talks, "a"), ref)


def test_ciphertext_moved_to_another_key_does_not_open(talks: Round) -> None:
    first, second = file(talks, "a"), file(talks, "a", code="other")
    keys = cabinet(talks).keys
    one, other = (lists.version(view(talks, "a"), ref).key for ref in (first, second))
    keys[one], keys[other] = keys[other], keys[one]
    with pytest.raises(KeyMissing):
        lists.read(view(talks, "a"), first)


def test_erasing_the_entry_destroys_the_key(talks: Round) -> None:
    first, second = file(talks, "a"), file(talks, "a", code="other")
    talks.do(SIDE_A, "lists-a", "erase-particulars", entry=first, reason="personal-data")
    with pytest.raises(lists.Gone):
        lists.read(view(talks, "a"), first)
    assert list(cabinet(talks).ids()) == [lists.version(view(talks, "a"), second).key]
    assert view(talks, "a").state[LISTS].versions[first].erased
    assert file(talks, "a") != first  # a version after one that is gone


def test_a_list_is_large_enough_for_several_parts(talks: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.secretariat.locked.PART_BYTES", 100)
    ref = file(talks, "a")
    assert len(view(talks, "a").find(ref).body["parts"]) > 2
    assert len(lists.read(view(talks, "a"), ref).rows) == 2
    assert lists.notes(view(talks, "a"), ref) is not None


def test_what_is_filed_is_never_released_into_another_room(talks: Round) -> None:
    ref = file(talks, "a")
    why = refused(talks, SIDE_A, "lists-a", "release-entries", entries=[ref], to="exchange")
    assert why.startswith("What concerns lists of prisoners stays in the room")
    talks.do(SIDE_A, "lists-a", "note-event", what="call", words="Anything else may be.")
    other = talks.last(SIDE_A, "lists-a")
    assert "ground rules" in refused(talks, SIDE_A, "lists-a", "release-entries", entries=[other], to="exchange")


def test_only_a_room_of_one_party_and_the_intermediary_is_joined() -> None:
    talks = open_round()
    add_room(talks, HOST, "plenary", kind="format", name="exchange", members=["side-a", "side-b"], guests=[GUEST])
    talks.do(HOST, "exchange", "accredit-delegate", person=NEUTRAL, delegation="neutral")
    add_room(talks, NEUTRAL, "exchange", kind="format", name="lists-a", members=["side-a"])
    join_a = ("lists-a", "join-lists")
    assert "not an intermediary that both sides" in refused(talks, NEUTRAL, *join_a, exchange="exchange")
    talks.do(HOST, "exchange", "propose-intermediary", delegation="neutral")
    proposal = talks.last(HOST, "exchange")
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "exchange", "accept-intermediary", proposal=proposal)
    assert "nobody else sits" in refused(talks, SIDE_A, *join_a, exchange="exchange")
    assert "nobody else sits" in refused(talks, NEUTRAL, "exchange", "join-lists", exchange="exchange")
    assert "not an intermediary" in refused(talks, HOST, "caucus-a", "join-lists", exchange="exchange")
    assert offered(talks, SIDE_A, "lists-a", "file-list") == []
    talks.do(NEUTRAL, *join_a, exchange="exchange")
    assert "a list room already" in refused(talks, NEUTRAL, *join_a, exchange="exchange")
    assert offered(talks, SIDE_A, "lists-a", "file-list") == [{}]
    assert offered(talks, NEUTRAL, "lists-a", "file-list") == []


def test_the_host_as_intermediary_takes_lists_in_a_caucus_and_minutes_them() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "propose-intermediary", delegation="host")
    proposal = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "accept-intermediary", side, proposal=proposal)
    talks.do(HOST, "caucus-a", "join-lists", exchange="plenary")
    side_a, room = talks.delegation("caucus-a", "side-a"), talks.rooms["caucus-a"]
    lists.file(talks.desk(HOST), room, ACT, HELD, code="held", holds="we-hold", on_behalf=side_a)
    ref = talks.last(SIDE_A, "caucus-a")
    state = talks.view(SIDE_A, "caucus-a").state[LISTS]
    assert (state.versions[ref].by, state.newest["held"]) == (side_a, ref)
    talks.do(SIDE_A, "caucus-a", "object-minute", entry=ref)
    state = talks.view(SIDE_A, "caucus-a").state[LISTS]
    assert (state.versions[ref].objected, dict(state.newest)) == (True, {})


def test_a_party_may_join_a_second_time_in_a_room_of_its_own(talks: Round) -> None:
    assert "You sit in a room called" in refused(
        talks, NEUTRAL, "exchange", "open-room", kind="format", name="lists-a", members=["side-a"]
    )
    with pytest.raises(Refusal):
        join(talks, "a")
