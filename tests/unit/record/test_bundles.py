import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from goodoffices.record import bundles
from goodoffices.record.memory import MemoryStore
from goodoffices.record.seats import BINDING
from goodoffices.record.verify import Fault, verify
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.unit.record import specimen

DESIGN = Path(__file__).parents[3] / "docs" / "design" / "record.md"


def exported(talks: Round, who: str, room: str) -> bytes:
    file = io.BytesIO()
    talks.view(who, room).export(file)
    return file.getvalue()


def test_members_are_those_of_the_format_in_its_order() -> None:
    with zipfile.ZipFile(io.BytesIO(exported(open_round(), HOST, "plenary"))) as archive:
        infos = archive.infolist()
        assert archive.testzip() is None
    names = [info.filename for info in infos]
    particulars = [name for name in names if name.startswith("particulars/")]
    assert names == ["checkpoint", "entries.jsonl", "leaves", *sorted(particulars), "manifest.json"]
    assert particulars
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_prefix_gives_the_same_bytes_whatever_happens_elsewhere() -> None:
    one, other = open_round(), open_round()
    before = exported(one, SIDE_A, "caucus-a")
    assert exported(other, SIDE_A, "caucus-a") == before
    planted = other.view(HOST, "caucus-b").size
    other.do(HOST, "caucus-b", "close-room")
    assert other.view(HOST, "caucus-b").size > planted
    assert exported(other, SIDE_A, "caucus-a") == before
    other.do(HOST, "caucus-a", "close-room")
    assert exported(other, SIDE_A, "caucus-a") != before  # or nothing here would show


def test_a_former_member_exports_exactly_what_they_may_read() -> None:
    talks = open_round()
    talks.do(SIDE_B, "plenary", "withdraw-delegate", person=SIDE_B)
    talks.do(HOST, "plenary", "close-room")
    report = verify(exported(talks, SIDE_B, "plenary"))
    whole = talks.view(HOST, "plenary").size
    assert report.size == talks.view(SIDE_B, "plenary").size == whole - 1


@pytest.mark.parametrize("seq", [0, 1, 2])
def test_a_row_edited_in_the_store_is_exported_as_it_stands_and_named(seq: int) -> None:
    talks = open_round()
    view = talks.view(HOST, "plenary")
    store = talks.office.store
    assert isinstance(store, MemoryStore)
    kept = store._rooms[view.id].lines
    kept[seq] = kept[seq].replace(b'"at":"2030', b'"at":"2029')
    with pytest.raises(Fault) as found:
        verify(exported(talks, HOST, "plenary"))
    assert found.value.seq == seq


def test_a_particular_edited_in_the_store_is_named_by_the_entry_that_cites_it() -> None:
    talks = open_round()
    view = talks.view(HOST, "plenary")
    store = talks.office.store
    assert isinstance(store, MemoryStore)
    kept = store._rooms[view.id].particulars
    citation = view.entry(1).body["delegate"]["name"]
    kept[citation] = replace(kept[citation], content=b"Somebody else")
    with pytest.raises(Fault, match="exchanged for another or altered") as found:
        verify(exported(talks, HOST, "plenary"))
    assert found.value.seq == 1


def test_lines_are_streamed_into_the_file() -> None:
    held = 0

    def lines() -> Iterator[bytes]:
        nonlocal held
        for line in specimen.lines():
            held += 1
            yield line
            held -= 1

    file = io.BytesIO()
    made = specimen.make()
    contents = bundles.Contents(
        specimen.TALKS, specimen.ROOM, specimen.ORIGIN, 24, made.note(), lines(), iter(made.leaves),
        lambda wanted: {}, lambda wanted: {d: made.signatures[d] for d in wanted},
    )  # fmt: skip
    bundles.write(file, contents)
    assert held == 0
    with bundles.Bundle(file.getvalue()) as bundle:
        assert bundle.line(23) == specimen.lines()[23]
        assert bundle.line(24) == b""
        assert sorted(bundle.names(bundles.SIGNATURES)) == sorted(made.signatures)


def test_the_design_names_exactly_the_binding_kinds() -> None:
    listed = re.search(r"These kinds are binding: (.+?)\. An entry", DESIGN.read_text(), re.DOTALL)
    assert listed is not None
    kinds = re.findall(r"`([a-z-]+)`", listed[1])
    assert kinds == sorted(BINDING)
