"""Sources on the record: entered as a copy or by digest, cited with a passage, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.papers.sources import SOURCES
from tests.offers import reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

TEXT = "Velden said: “Не сьогодні.”"
CALL = {"what": "call", "words": "A call."}
PAPER = {"content": TEXT.encode(), "media": "text/plain", "name": "text.txt"}


@pytest.fixture
def talks() -> Round:
    return open_round()


def enter(talks: Round, **raw: Any) -> str:
    talks.do(SIDE_A, "plenary", "enter-source", **{"title": "Few results", "text": PAPER} | raw)
    return talks.last(HOST, "plenary")


def note(talks: Round, **raw: Any) -> dict[str, Any]:
    talks.do(SIDE_B, "plenary", "note-event", **CALL, **raw)
    return dict(talks.view(HOST, "plenary").find(talks.last(HOST, "plenary")).body)


def test_its_text_is_counted_in_characters_and_a_passage_is_cited(talks: Round) -> None:
    ref = enter(talks)
    source = talks.view(HOST, "plenary").state[SOURCES].all[ref]
    assert source.characters == len(TEXT) != len(TEXT.encode())
    assert note(talks, read_in=ref, passage="14-26")["read_in"] == {"entry": ref, "start": 14, "end": 26}
    assert note(talks, read_in=ref)["read_in"] == {"entry": ref}
    assert "read_in" not in note(talks)
    assert reads_back(talks, HOST, "plenary")


@pytest.mark.parametrize(
    ("passage", "why"),
    [
        ("14-28", "There is no passage 14-28 in that source; it is counted from 0 within 27 characters."),
        ("5-5", "There is no passage 5-5 in that source; it is counted from 0 within 27 characters."),
    ],
)
def test_a_passage_that_is_not_there_is_refused(talks: Round, passage: str, why: str) -> None:
    ref = enter(talks)
    size = talks.view(HOST, "plenary").size
    assert refused(talks, SIDE_B, "plenary", "note-event", **CALL, read_in=ref, passage=passage) == why
    assert (
        refused(talks, SIDE_B, "plenary", "note-event", **CALL, passage="0-2")
        == "Say in which source of this room this passage is."
    )
    assert talks.view(HOST, "plenary").size == size


def test_by_digest_alone_and_never_neither_nor_both(talks: Round) -> None:
    ref = enter(talks, text=None, digest="0" * 64, characters=40)
    assert note(talks, read_in=ref, passage="0-40")["read_in"]["end"] == 40
    one = "Hand in the text of the source, or its digest where the text is not to be on the record."
    assert refused(talks, SIDE_A, "plenary", "enter-source", title="T") == one
    assert refused(talks, SIDE_A, "plenary", "enter-source", title="T", text=PAPER, digest="0" * 64) == one


def test_text_that_is_no_utf_8_is_refused(talks: Round) -> None:
    why = "The text of a source is UTF-8, so that passages in it can be counted; this is not."
    assert refused(talks, SIDE_A, "plenary", "enter-source", title="T", text=PAPER | {"content": b"caf\xe9"}) == why


def test_one_taken_back_is_cited_no_more(talks: Round) -> None:
    ref = enter(talks)
    talks.do(SIDE_A, "plenary", "correct-entry", entry=ref, says="The wrong text.")
    assert refused(talks, SIDE_B, "plenary", "note-event", **CALL, read_in=ref) == (
        "That source was taken back by whoever entered it; enter it again."
    )


def test_a_presented_paper_is_a_source_too_and_other_rooms_hear_nothing_of_it(talks: Round) -> None:
    paper = {"paper": PAPER, "title": "Ours", "to": ["side-b"], "purpose": "letter"}
    talks.do(SIDE_A, "plenary", "present-paper", **paper)
    ref = talks.last(HOST, "plenary")
    assert note(talks, read_in=ref, passage="0-6")["read_in"]["entry"] == ref
    fields = {"person": "9" * 32, "delegation": "side-a", "rooms": ["caucus-a"], "read_in": ref}
    talks.do(HOST, "plenary", "accredit-delegate", **fields)
    caucus = talks.view(HOST, "caucus-a")
    assert "read_in" not in caucus.entry(caucus.size - 1).body
