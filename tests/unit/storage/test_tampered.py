"""A row edited behind the program's back, in a real database: an export shows it, and the verifier names the entry."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from goodoffices.record.verify import Fault, verify
from goodoffices.storage.databases import database
from goodoffices.storage.models.records import EntryLine, KeptParticular
from goodoffices.storage.records import DatabaseStore
from tests.contracts.databases import opened
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round


@pytest.fixture
def alias(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), opened("tampered", database("", tmp_path)) as alias:
        yield alias


@pytest.fixture
def talks(alias: str) -> Round:
    return open_round(DatabaseStore(alias))


def fault(talks: Round, who: str = HOST) -> Fault:
    file = io.BytesIO()
    talks.view(who, "plenary").export(file)
    with pytest.raises(Fault) as found:
        verify(file.getvalue())
    return found.value


def edit(change: Callable[[bytes], bytes], seq: int) -> Callable[[Any], None]:
    def work(rows: Any) -> None:
        row = rows.get(seq=seq)
        rows.filter(seq=seq).update(line=change(bytes(row.line)))

    return work


def swap(rows: Any) -> None:
    first, second = (bytes(rows.get(seq=seq).line) for seq in (1, 2))
    rows.filter(seq=1).update(line=second)
    rows.filter(seq=2).update(line=first)


@pytest.mark.parametrize(
    ("tamper", "seq"),
    [
        (edit(lambda line: line.replace(b'"minister"', b'"technical"'), 1), 1),
        (edit(lambda line: line.replace(b"2030-01-15", b"2030-01-14"), 2), 2),
        (edit(lambda line: line[:-1], 2), 2),
        (edit(lambda line: line + b" ", 0), 0),
        (edit(lambda line: b"", 1), 1),
        (swap, 1),
        (lambda rows: rows.filter(seq=2).delete(), 2),
        (lambda rows: rows.filter(seq=1).delete(), 1),
    ],
)
def test_an_edited_row_is_named(talks: Round, alias: str, tamper: Callable[[Any], None], seq: int) -> None:
    room = talks.rooms["plenary"]
    talks.view(HOST, "plenary").entries()  # and the room was in use before
    tamper(EntryLine.objects.using(alias).filter(room=room))
    assert fault(talks).seq == seq


def test_words_edited_in_the_database_are_named_by_the_entry_that_cites_them(talks: Round, alias: str) -> None:
    citation = talks.view(HOST, "plenary").entry(2).body["delegate"]["name"]
    rows = KeptParticular.objects.using(alias).filter(citation=citation)
    assert rows.update(content=b"Somebody else") == 1
    found = fault(talks, SIDE_A)
    assert (found.seq, "exchanged for another or altered" in found.why) == (2, True)


def test_an_honest_database_has_no_fault(talks: Round, alias: str) -> None:
    assert EntryLine.objects.using(alias).filter(seq=F("seq")).count() > 3
    for who in (HOST, SIDE_A, SIDE_B):
        file = io.BytesIO()
        talks.view(who, "plenary").export(file)
        assert verify(file.getvalue()).size == talks.view(who, "plenary").size
