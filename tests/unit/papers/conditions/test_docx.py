"""Word documents: headings by style and by words, and a remark on whatever stands in them that is not read."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.papers.conditions import Condition, NotReadable, parse
from goodoffices.papers.conditions import docx as reading
from tests.unit.papers.conditions.words import document, saved, xml

PARAGRAPHS = (
    ("Title", "Conditions of Ruritania"),
    ("Normal", "In good faith."),
    ("Heading 1", "1. Ceasefire"),
    ("List Number", "All fire stops."),
    ("Normal", "Explanation: nothing can be checked under fire."),
    ("Normal", ""),
    ("Normal", "2) Observers are let in."),
    ("Normal", "Depends on: ceasefire-1"),
    ("Heading 2", "Culture"),
    ("List Bullet", "Museums reopen."),
    ("Normal", "Prisoners of war:"),
    ("Normal", "All for all."),
)


GOOD = saved(document(PARAGRAPHS))


def test_headings_and_paragraphs() -> None:
    read = parse(saved(document(PARAGRAPHS)))
    assert read.title == "Conditions of Ruritania"
    assert read.conditions == (
        Condition("ceasefire-1", "ceasefire", "All fire stops.", "nothing can be checked under fire."),
        Condition("ceasefire-2", "ceasefire", "Observers are let in.", depends_on=("ceasefire-1",)),
        Condition("other-1", "other", "Museums reopen."),
        Condition("prisoners-1", "prisoners", "All for all."),
    )
    assert [r.place for r in read.remarks] == ["paragraph 2", "paragraph 9"]


def test_what_is_not_read_is_said() -> None:
    made = document([("Heading 1", "Land")])
    made.add_table(rows=1, cols=1).cell(0, 0).text = "hidden"
    body = made.element.body
    body.insert(2, xml('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>The river.</w:t></w:r></w:ins></w:p>'))
    body.insert(3, xml('<w:p><w:del w:id="2" w:author="x"><w:r><w:delText>No</w:delText></w:r></w:del></w:p>'))
    body.insert(4, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>The hill.</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
    body.insert(5, xml('<w:p><w:r><w:t>The sea.</w:t><w:footnoteReference w:id="3"/></w:r></w:p>'))
    body.insert(6, xml("<w:p><w:r><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"))
    read = parse(saved(made))
    assert [c.wording for c in read.conditions] == ["The river.", "The hill.", "The sea."]
    assert list(map(str, read.remarks)) == [
        "paragraph 2: it has tracked changes; it was read as if all of them were accepted.",
        "paragraph 3: it has tracked changes; it was read as if all of them were accepted.",
        "paragraph 5: a footnote is not read; put what matters into the text.",
        "paragraph 6: a text box is not read; put what matters into the text.",
        "table 1: tables are not read; write each condition as a paragraph.",
    ]


def test_a_heading_by_its_outline_level() -> None:
    made = document([])
    made.element.body.insert(
        0, xml('<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>The river and the hill</w:t></w:r></w:p>')
    )
    assert parse(saved(made)).title == "The river and the hill"


def test_what_is_no_word_document() -> None:
    whole = saved(document(PARAGRAPHS))
    for broken in (b"PK\x03\x04", whole[:2000], zipped({"a": b"b"}), zipped({"[Content_Types].xml": b"<x"})):
        with pytest.raises(NotReadable):
            parse(broken)


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=60)
def test_a_damaged_file_is_read_or_refused(seed: int, changes: int) -> None:
    """Nothing but a refusal in words comes of it, whatever the library makes of the damage."""
    damaged, chance = bytearray(GOOD), Random(seed)
    for _ in range(changes):
        damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
    with suppress(NotReadable):
        parse(bytes(damaged[: chance.choice([len(damaged), chance.randrange(8, len(damaged))])]))


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_part_is_missing(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist() if name != part}
    with pytest.raises(NotReadable):
        parse(zipped(parts))


def test_a_small_file_that_unpacks_to_a_huge_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(NotReadable, match="unpacks to"):
        parse(zipped({"word/document.xml": b" " * 1001}))


def test_entities_are_not_resolved() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(document(PARAGRAPHS)))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    text = parts["word/document.xml"].decode().partition("?>")[2].replace("All for all.", "&secret;")
    parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>' + text.encode()
    assert [c.code for c in parse(zipped(parts)).conditions] == ["ceasefire-1", "ceasefire-2", "other-1"]


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()
