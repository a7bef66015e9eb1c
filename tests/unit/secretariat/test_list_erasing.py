"""Erasing a person from a list: gone from every version, the record verifies, and no copy of the database helps."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest

from goodoffices.prisoners.filed import LISTS
from goodoffices.record.verify import verify
from goodoffices.secretariat import destroying, lists
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.cabinet import CabinetUnusable
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.list_erasing import erase_person
from goodoffices.storage.databases import database
from goodoffices.storage.listkeys import FileCabinet
from goodoffices.storage.records import DatabaseStore
from goodoffices.talks.scene import Refusal
from tests.contracts.databases import opened
from tests.listing import HELD, NEUTRAL, file, open_exchange, view
from tests.offers import reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, new_office
from tests.refusals import sizes

ACT = "b" * 32


def erase(talks: Round, ref: str, citation: str, act: str = ACT, who: str = SIDE_A) -> Any:
    return erase_person(talks.desk(who), talks.rooms["lists-a"], act, ref, citation, "personal-data")


def surnames(talks: Round, ref: str) -> list[str]:
    return [row.said["surname"] for row in lists.read(view(talks, "a"), ref).rows]


def test_a_person_is_gone_from_every_version() -> None:
    talks = open_exchange()
    first = file(talks, "a")
    second = file(talks, "a", HELD.replace("солдат".encode(), "старший солдат".encode()))
    row = lists.read(view(talks, "a"), second).by_number["1"]
    digests = [lists.version(view(talks, "a"), ref).digest for ref in (first, second)]
    old = list(talks.office.cabinet.ids())
    receipts = erase(talks, second, row.citation)
    assert erase(talks, second, row.citation) == receipts
    for ref, digest in zip((first, second), digests, strict=True):
        roster = lists.read(view(talks, "a"), ref)
        version = lists.version(view(talks, "a"), ref)
        assert [one.said["surname"] for one in roster.rows] == ["Неіснуючий"]
        assert (roster.digest, len(roster.erased)) == (digest, 1)
        assert (version.rows, version.aside, version.erased) == (1, 1, False)
        assert lists.notes(view(talks, "a"), ref).map["Прізвище"] == "surname"
    assert set(talks.office.cabinet.ids()).isdisjoint(old)
    assert len(list(talks.office.cabinet.ids())) == 2
    assert list(destroying.overdue(talks.office)) == []
    assert reads_back(talks, SIDE_A, "lists-a")
    out = io.BytesIO()
    view(talks, "a").export(out)
    assert verify(out.getvalue()).size == view(talks, "a").size


def test_one_person_after_another_and_a_row_that_was_kept_aside() -> None:
    talks = open_exchange()
    ref = file(talks, "a")
    for number, act in enumerate(("1" * 32, "2" * 32)):
        roster = lists.read(view(talks, "a"), ref)
        erase(talks, ref, (roster.aside[0] if number else roster.rows[0]).citation, act)
    left = lists.read(view(talks, "a"), ref)
    assert ([row.number for row in left.rows], left.aside, len(left.erased)) == (["2"], (), 2)
    assert left.digest == lists.version(view(talks, "a"), ref).digest
    assert len(list(talks.office.cabinet.ids())) == 1


def test_of_two_erasures_at_once_the_second_does_not_bring_the_first_back(monkeypatch: pytest.MonkeyPatch) -> None:
    talks = open_exchange()
    ref = file(talks, "a")
    first, second = lists.read(view(talks, "a"), ref).rows
    write = lists.write

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(lists, "write", write)
        erase(talks, ref, first.citation, "1" * 32)
        return write(*given)

    monkeypatch.setattr(lists, "write", meanwhile)
    with pytest.raises(Refusal, match="Please do it once more"):
        erase(talks, ref, second.citation, "2" * 32)
    assert surnames(talks, ref) == ["Неіснуючий"]
    assert len(list(talks.office.cabinet.ids())) == 1
    erase(talks, ref, second.citation, "3" * 32)
    assert surnames(talks, ref) == []


def test_a_correction_after_an_erasure_gives_the_number_to_nobody_else() -> None:
    talks = open_exchange()
    ref = file(talks, "a")
    erase(talks, ref, lists.read(view(talks, "a"), ref).by_number["2"].citation)
    again = file(talks, "a", HELD)
    assert [row.number for row in lists.read(view(talks, "a"), again).rows] == ["1", "3"]


def test_who_may_not_erase_changes_nothing() -> None:
    talks = open_exchange()
    ref = file(talks, "a")
    citation = lists.read(view(talks, "a"), ref).rows[0].citation
    before, keys = sizes(talks), list(talks.office.cabinet.ids())
    with pytest.raises(Refusal, match="by the party whose list it is"):
        erase(talks, ref, citation, who=NEUTRAL)
    with pytest.raises(NotFound):
        erase(talks, ref, "r:" + "0" * 64)
    for outside in (SIDE_B, HOST):
        with pytest.raises(NotFound):
            erase(talks, ref, citation, who=outside)
    assert (sizes(talks), list(talks.office.cabinet.ids())) == (before, keys)


def test_a_whole_list_is_erased_with_every_version() -> None:
    talks = open_exchange()
    first, second = file(talks, "a"), file(talks, "a", HELD.replace(b"1985", b"1986"))
    kept = file(talks, "a", code="other")
    talks.do(SIDE_A, "lists-a", "erase-list", list=second, reason="agreed")
    for ref in (first, second):
        with pytest.raises(lists.Gone):
            lists.read(view(talks, "a"), ref)
    assert list(talks.office.cabinet.ids()) == [lists.version(view(talks, "a"), kept).key]
    with pytest.raises(Refusal, match="erased already"):
        talks.do(SIDE_A, "lists-a", "erase-list", list=first, reason="agreed")


def test_an_erasure_cut_short_is_finished_later() -> None:
    talks = open_exchange()
    ref = file(talks, "a")
    cabinet = talks.office.cabinet
    (key,) = cabinet.ids()
    secret = cabinet.key(key)
    erase(talks, ref, lists.read(view(talks, "a"), ref).rows[0].citation)
    assert list(destroying.overdue(talks.office)) == []
    cabinet.keys[key] = secret  # type: ignore[attr-defined]  # as if the process had died before it was destroyed
    assert list(destroying.overdue(talks.office)) == [key]
    assert (destroying.sweep(talks.office), destroying.sweep(talks.office)) == (1, 0)
    assert len(lists.read(view(talks, "a"), ref).rows) == 1


def test_a_key_that_cannot_be_destroyed_undoes_nothing_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    talks = open_exchange()
    ref = file(talks, "a")
    (key,) = talks.office.cabinet.ids()

    def stuck(_: str) -> None:
        raise CabinetUnusable("read-only")

    with monkeypatch.context() as patch:
        patch.setattr(talks.office.cabinet, "destroy", stuck)
        erase(talks, ref, lists.read(view(talks, "a"), ref).rows[0].citation)
    assert surnames(talks, ref) == ["Неіснуючий"]
    assert list(destroying.overdue(talks.office)) == [key]
    destroying.sweep(talks.office)
    assert list(destroying.overdue(talks.office)) == []


def test_a_copy_of_the_database_does_not_bring_the_person_back(tmp_path: Path, django_db_blocker: Any) -> None:
    """The backup holds the old ciphertext; what opens it is gone from the only place it ever was."""
    name = "Вигаданий"
    with django_db_blocker.unblock(), opened("lists", database("", tmp_path)):
        talks = open_exchange(DatabaseStore("lists"))
        talks.office.cabinet = FileCabinet(tmp_path / "list-keys")
        ref = file(talks, "a")
        backup = tmp_path / "backup.sqlite3"
        talks.office.store._connection.cursor().execute("VACUUM INTO %s", [str(backup)])  # type: ignore[attr-defined]
        assert surnames(talks, ref) == [name, "Неіснуючий"]
        erase(talks, ref, lists.read(view(talks, "a"), ref).rows[0].citation)
        assert surnames(talks, ref) == ["Неіснуючий"]
        assert [path for path in tmp_path.rglob("*") if path.is_file() and name.encode() in path.read_bytes()] == []
    (tmp_path / "restored").mkdir()
    shutil.copy(backup, tmp_path / "restored" / "office.sqlite3")
    settings = database("", tmp_path / "restored")
    with django_db_blocker.unblock(), opened("restored", settings, copied=True):
        office = new_office(DatabaseStore("restored"))
        office.cabinet = FileCabinet(tmp_path / "list-keys")
        restored = Desk(office, SIDE_A).room(talks.rooms["lists-a"])
        assert restored.state[LISTS].versions[ref].rows == 2  # the backup is of before the erasure
        with pytest.raises(lists.KeyMissing):
            lists.read(restored, ref)
