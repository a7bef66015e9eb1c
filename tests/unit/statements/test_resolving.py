"""What a statement leaves open stays open until somebody says what is meant, with a source; both go on showing."""

from __future__ import annotations

from typing import Any

from goodoffices.statements.kept import ANY_OPEN, STATEMENTS, Statements
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

SAID: dict[str, Any] = {"verb": "threatened", "gist": "Two more.", "setting": "not-stated"}
OPEN = [{"what": "reference", "words": "those areas"}, {"what": "measure", "words": "twice the size"}]


def with_open() -> tuple[Round, str]:
    talks = open_round()
    talks.do(HOST, "plenary", "record-statement", **SAID, described="Somebody", open=OPEN)
    return talks, talks.last(HOST, "plenary")


def kept(talks: Round) -> Statements:
    return talks.view(HOST, "plenary").state[STATEMENTS]


def test_each_item_is_offered_until_it_is_resolved() -> None:
    talks, ref = with_open()
    assert offered(talks, SIDE_A, "plenary", "resolve-reference") == [
        {"statement": ref, "item": "1"},
        {"statement": ref, "item": "2"},
    ]
    resolve = {"statement": ref, "item": 1, "means": "The two in the north.", "source": "A map of theirs"}
    talks.do(SIDE_A, "plenary", "resolve-reference", **resolve, places=[{"code": "UA-59"}])
    first = talks.last(HOST, "plenary")
    assert kept(talks).open[ref].items == ((first,), ())
    assert offered(talks, SIDE_A, "plenary", "resolve-reference") == [{"statement": ref, "item": "2"}]
    talks.do(SIDE_B, "plenary", "resolve-reference", **resolve | {"means": "All four."})
    assert kept(talks).open[ref].items == ((first, talks.last(HOST, "plenary")), ())
    assert kept(talks).later[ref] == (first, talks.last(HOST, "plenary"))
    assert kept(talks).marks.count(ANY_OPEN) == 1
    talks.do(HOST, "plenary", "resolve-reference", **resolve | {"item": 2})
    assert kept(talks).marks.count(ANY_OPEN) == 0
    assert reads_back(talks, HOST, "plenary")


def test_it_is_open_again_when_that_is_taken_back() -> None:
    talks, ref = with_open()
    resolve = {"statement": ref, "item": 1, "means": "The two in the north.", "source": "A map"}
    talks.do(SIDE_A, "plenary", "resolve-reference", **resolve)
    talks.do(SIDE_A, "plenary", "correct-entry", entry=talks.last(HOST, "plenary"), says="It was another map.")
    assert kept(talks).open[ref].items == ((), ())
    talks.do(HOST, "plenary", "resolve-reference", "side-b", **resolve)
    talks.do(SIDE_B, "plenary", "object-minute", entry=talks.last(HOST, "plenary"))
    assert kept(talks).open[ref].items == ((), ())


def test_without_a_source_or_an_item_nothing_is_resolved() -> None:
    talks, ref = with_open()
    resolve = {"statement": ref, "item": 1, "means": "The two in the north."}
    assert refused(talks, HOST, "plenary", "resolve-reference", **resolve) == "Source: this is needed."
    for item in (0, 3):
        assert refused(talks, HOST, "plenary", "resolve-reference", **resolve | {"item": item, "source": "A map"}) == (
            "The statement leaves 2 things open; say which of them, from 1."
        )


def test_a_speaker_is_identified_with_a_source_and_found_under_both() -> None:
    talks, ref = with_open()
    known = {"statement": ref, "source": "The envoy's memoir"}
    talks.do(SIDE_B, "plenary", "identify-speaker", **known, person=SIDE_A)
    state = kept(talks)
    assert [state.marks.count(key) for key in (f"speaker:{ref}", f"speaker:{SIDE_A}")] == [0, 1]  # alone it has no mark
    assert refused(talks, HOST, "plenary", "identify-speaker", **known, person=SIDE_A).startswith(
        "This is on the record"
    )
    talks.do(SIDE_B, "plenary", "correct-entry", entry=talks.last(HOST, "plenary"), says="It was not said there.")
    assert kept(talks).marks.count(f"speaker:{SIDE_A}") == 0
    assert reads_back(talks, HOST, "plenary")


def test_whose_words_is_said_in_one_way() -> None:
    talks, ref = with_open()
    known = {"statement": ref, "source": "A list"}
    one_way = "Say in one way who it was: a delegate, a delegation, the speaker of another statement, or in words."
    assert refused(talks, HOST, "plenary", "identify-speaker", **known) == one_way
    assert refused(talks, HOST, "plenary", "identify-speaker", **known, name="Ben", delegation="side-a") == one_way
    assert refused(talks, HOST, "plenary", "identify-speaker", **known, person="9" * 32) == (
        "The delegate you name has no seat in this room; name them in words."
    )
