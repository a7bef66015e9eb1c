"""Erasing who a person named in the exchange room is: the record verifies, and no copy of the database helps."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest

from goodoffices.prisoners.named import NAMED
from goodoffices.record.verify import verify
from goodoffices.secretariat import agreeing, destroying, naming
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.agreeing import name_of, people
from goodoffices.secretariat.cabinet import KeyMissing
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.named_erasing import erase_person
from goodoffices.storage.databases import database
from goodoffices.storage.listkeys import FileCabinet
from goodoffices.storage.records import DatabaseStore
from goodoffices.talks.scene import Refusal
from tests.agreeing import ROOM, A, B, accepted, drawn, name, named, newest
from tests.contracts.databases import opened
from tests.offers import reads_back
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, Round, new_office
from tests.reconciling import chosen, open_matching
from tests.refusals import sizes


def erase(talks: Round, number: str, who: str = SIDE_A, act: str = "b" * 32) -> Any:
    return erase_person(talks.desk(who), talks.rooms[ROOM], act, number, "personal-data")


def test_one_row_goes_and_the_digest_that_was_entered_holds() -> None:
    talks = open_matching()
    naming.name_own(talks.desk(SIDE_A), talks.rooms[ROOM], "a" * 32, chosen(talks, "a"), ["3", "5"])
    (before,) = talks.view(SIDE_B, ROOM).state[NAMED].namings.values()
    roster = naming.roster_of(talks.view(SIDE_B, ROOM), before.ref)
    one, other = roster.rows
    receipts = erase(talks, one.number)
    assert erase(talks, one.number) == receipts
    view = talks.view(SIDE_B, ROOM)
    left = naming.roster_of(view, before.ref)
    assert (left.rows, left.erased, left.digest) == ((other,), (one.citation,), before.digest)
    assert people(view).erased == {one.number}
    assert before.key not in set(talks.office.cabinet.ids())
    assert view.state[NAMED].namings[before.ref].key in set(talks.office.cabinet.ids())
    assert list(destroying.overdue(talks.office)) == list(destroying.missing(talks.office)) == []
    assert reads_back(talks, SIDE_B, ROOM)
    out = io.BytesIO()
    view.export(out)
    assert verify(out.getvalue()).size == view.size


def test_a_list_and_its_digest_are_what_they_were() -> None:
    talks = drawn()
    entry = newest(talks, "list-drawn")
    before = agreeing.table(agreeing.drawn(talks.view(SIDE_A, ROOM), entry.ref))
    erase(talks, A[2])
    erase(talks, B[2], OBSERVER, "c" * 32)
    view = talks.view(SIDE_A, ROOM)
    assert agreeing.table(agreeing.drawn(view, entry.ref)) == before
    found = people(view)
    assert (found.erased, found.gone, found.locked) == ({A[2], B[2]}, 2, 0)
    assert [name_of(found.said.get(n)) for n in (A[2], A[3], B[2])] == ["", f"Коваленко Given {A[3]}", ""]
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "confirm-agreed-list", list=entry.ref, digest=entry.body["digest"])


def test_who_may_not_erase_changes_nothing() -> None:
    talks = named()
    before, keys = sizes(talks), set(talks.office.cabinet.ids())
    for who in (SIDE_B, HOST):
        with pytest.raises(Refusal, match="by the delegation that named them, or by the intermediary"):
            erase(talks, A[0], who)
    for who, number in ((OUTSIDER, A[0]), (SIDE_A, "CCCCC2")):
        with pytest.raises(NotFound):
            erase(talks, number, who)
    assert (sizes(talks), set(talks.office.cabinet.ids())) == (before, keys)
    erase(talks, A[0])
    with pytest.raises(Refusal, match="was erased already"):
        erase(talks, A[0], act="d" * 32)


def test_a_copy_of_the_database_does_not_bring_the_person_back(tmp_path: Path, django_db_blocker: Any) -> None:
    """The backup holds the old ciphertext; what opens it is gone from the only place it ever was."""
    with django_db_blocker.unblock(), opened("named", database("", tmp_path)):
        talks = accepted(DatabaseStore("named"))
        talks.office.cabinet = FileCabinet(tmp_path / "list-keys")
        name(talks, SIDE_A, A[:2], "side-a")
        (ref,) = talks.view(SIDE_A, ROOM).state[NAMED].namings
        backup = tmp_path / "backup.sqlite3"
        talks.office.store._connection.cursor().execute("VACUUM INTO %s", [str(backup)])  # type: ignore[attr-defined]
        erase(talks, A[0])
        assert set(naming.roster_of(talks.view(SIDE_B, ROOM), ref).by_number) == {A[1]}
    (tmp_path / "restored").mkdir()
    shutil.copy(backup, tmp_path / "restored" / "office.sqlite3")
    settings = database("", tmp_path / "restored")
    with django_db_blocker.unblock(), opened("restored", settings, copied=True):
        office = new_office(DatabaseStore("restored"))
        office.cabinet = FileCabinet(tmp_path / "list-keys")
        restored = Desk(office, SIDE_A).room(talks.rooms[ROOM])
        assert not restored.state[NAMED].persons[A[0]].erased  # the backup is of before the erasure
        with pytest.raises(KeyMissing):
            naming.roster_of(restored, ref)
