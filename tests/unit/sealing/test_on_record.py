"""A room's export: the record first, then every exchange in it, by the same order and the same layers as on paper."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from goodoffices.record import canonical, entries
from goodoffices.record.bundles import ENTRIES, PARTICULARS, Bundle
from goodoffices.record.entries import Entry
from goodoffices.record.particulars import SALT_BYTES
from goodoffices.record.verify import verify as verify_record
from goodoffices.sealing import bundle, history, on_record, slips
from goodoffices.sealing.on_record import verify_entries, verify_export
from goodoffices.sealing.verify import ExchangeFault
from goodoffices.secretariat import handing_out
from tests.exchanging import CODES, GUARANTOR_1, ROOM, Exchanging, open_exchange
from tests.people import HOST, SIDE_A, SIDE_B


def whole() -> Exchanging:
    talks = open_exchange()
    talks.make_ready()
    talks.propose()
    talks.agree()
    talks.seal(SIDE_A)
    talks.hold(HOST, "side-a")
    talks.seal(SIDE_B)
    talks.release(GUARANTOR_1)
    talks.release(HOST)
    talks.open(SIDE_A)
    talks.open(SIDE_B)
    talks.table(SIDE_A, "side-b")
    return talks


@pytest.fixture(scope="module")
def talks() -> Exchanging:
    return whole()


@pytest.fixture(scope="module")
def export(talks: Exchanging) -> bytes:
    file = io.BytesIO()
    talks.view(SIDE_A, ROOM).export(file)
    return file.getvalue()


def test_an_export_verifies_with_its_exchange(talks: Exchanging, export: bytes) -> None:
    assert on_record.is_export(export)
    (found,) = verify_export(export)
    assert found.terms == talks.x.terms
    assert found.course == talks.x.course
    assert (found.course.standing, found.notes) == ("opened", ())


def test_a_record_that_does_not_verify_is_told_so_first(export: bytes) -> None:
    damaged = export.replace(b'"paper-sealed"', b'"paper-sealeD"', 1)
    with pytest.raises(ExchangeFault, match="The record itself does not verify"):
        verify_export(damaged)


class Parts:
    """An export taken apart, so that a host who rewrites its own record can be played."""

    def __init__(self, export: bytes) -> None:
        with Bundle(export) as room:
            self.lines = room.raw(ENTRIES).split(b"\n")[:-1]
            self.content = {f"p:{d}": room.raw(PARTICULARS + d)[SALT_BYTES:] for d in room.names(PARTICULARS)}
        self.signed = {seq: hand.key for seq, hand in verify_record(export).signed.items()}

    def entries(self) -> list[Entry]:
        return [entries.decode(line) for line in self.lines]

    def edit(self, kind: str, change: Callable[[Any], object], which: int = 0) -> None:
        place = [e.seq for e in self.entries() if e.kind == kind][which]
        value = json.loads(self.lines[place])
        change(value)
        self.lines[place] = canonical.encode(value)

    def drop(self, kind: str) -> None:
        """An entry is gone; the others keep what they cite."""
        place = next(e.seq for e in self.entries() if e.kind == kind)
        del self.lines[place]

    def verified(self) -> list[on_record.Verified]:
        return list(verify_entries(self.entries(), self.content.get, self.signed))


@pytest.fixture
def parts(export: bytes) -> Parts:
    return Parts(export)


def test_the_parts_of_these_tests_verify(parts: Parts) -> None:
    assert parts.verified()[0].course.standing == "opened"


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        (lambda p: p.edit("exchange-agreed", lambda v: v["body"].update(exchange="00" * 32)), "was not proposed here"),
        (lambda p: p.edit("paper-sealed", lambda v: v["body"].pop("escrow")), "its body is malformed"),
        (lambda p: p.edit("paper-sealed", lambda v: v["body"]["outer"].update(sha256="00" * 32)), "its outer is not"),
        (lambda p: p.edit("paper-sealed", lambda v: v["header"].update(at="2030-02-02T00:00:00.000Z")), "too late"),
        (lambda p: p.drop("exchange-agreed"), "Nobody seals before all have agreed"),
        (lambda p: p.signed.clear(), "is not signed by a key that the terms name"),
        (lambda p: p.edit("papers-released", lambda v: v["body"].update(builds_on=[]), 1), "released meanwhile"),
        (lambda p: p.edit("paper-opened", lambda v: v["body"].update(digest="00" * 32)), "another digest"),
        (lambda p: p.edit("papers-released", lambda v: v["body"].update(
            digests=dict.fromkeys(v["body"]["digests"], "00" * 32))), "bring out other digests"),
    ],
)  # fmt: skip
def test_a_host_that_writes_what_may_not_be_is_found(parts: Parts, tamper: Callable[[Parts], object], why: str) -> None:
    tamper(parts)
    with pytest.raises(ExchangeFault, match=why) as found:
        parts.verified()
    assert str(found.value).startswith("Entry ")


def test_a_false_release_that_a_host_let_by_is_found(parts: Parts) -> None:
    released = next(e for e in parts.entries() if e.kind == "papers-released")
    citation = released.body["peels"]["side-a"]["paper"]
    text = parts.content[citation]
    content = text.split(b"\n")[0].split(b" ")[1]
    parts.content[citation] = text.replace(content, b"AAAA", 1)
    with pytest.raises(ExchangeFault, match="wrong-content"):
        parts.verified()


def test_what_was_erased_is_said_and_is_no_fault(parts: Parts) -> None:
    sealed = next(e for e in parts.entries() if e.kind == "paper-sealed")
    del parts.content[sealed.body["outer"]["paper"]]
    (found,) = parts.verified()
    assert "is gone, so it and what followed from it could not be checked" in found.notes[0]


# Files that a room hands out, taken up on the command line


def test_files_from_a_room_come_to_the_same_exchange(talks: Exchanging) -> None:
    view, x = talks.view(SIDE_A, ROOM), talks.x
    terms, agreed = bundle.read_exchange(handing_out.exchange_file(view, x))
    found, seals = list(agreed), {}
    for side in x.sides:
        slip, seal = bundle.read_sealed(handing_out.sealed_file(view, x, side), terms)
        found.append(slip)
        seals[side] = seal
    for release in reversed(x.course.releases):
        found += slips.read_all(handing_out.released_file(view, x, release.id), terms)
    come = history.read(terms, found, seals)
    assert not come.faults
    assert come.course.digests == x.course.digests
    assert [given.by for given in come.releases] == [CODES[GUARANTOR_1], CODES[HOST]]
