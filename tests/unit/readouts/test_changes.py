"""What changed from paper to paper: matched by words, then by code; reworded ones word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.readouts import changes as module
from goodoffices.readouts.changes import Change, Span, Text, changes, word_by_word


def text(code: str, wording: str | None = "All fire stops.", topic: str = "ceasefire", **rest: object) -> Text:
    return Text(code, topic, wording, **rest)  # type: ignore[arg-type] # what a test gives is what Text takes


def how(before: list[Text], after: list[Text]) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [(c.was.code if c.was else None, c.now.code if c.now else None, c.how) for c in changes(before, after)]


def test_unchanged_reworded_added_dropped() -> None:
    before = [text("quiet"), text("home", "All come home."), text("gone", "No more.")]
    after = [text("home", "All come home soon."), text("new", "Patrols."), text("quiet", "All  fire\nstops.")]
    assert how(before, after) == [
        ("home", "home", ("reworded",)),
        (None, "new", ("added",)),
        ("quiet", "quiet", ("unchanged",)),
        ("gone", None, ("dropped",)),
    ]


def test_numbers_that_shift_do_not_reword_everything() -> None:
    """A condition put first gives the others new numbers; their words tell them apart."""
    before = [text("c-1", "One."), text("c-2", "Two.")]
    after = [text("c-1", "Zero."), text("c-2", "One."), text("c-3", "Two.")]
    assert how(before, after) == [
        (None, "c-1", ("added",)),
        ("c-1", "c-2", ("renamed",)),
        ("c-2", "c-3", ("renamed",)),
    ]


def test_the_same_words_twice_keep_their_codes() -> None:
    both = [text("a"), text("b")]
    assert how(both, both[::-1]) == [("b", "b", ("unchanged",)), ("a", "a", ("unchanged",))]


def test_topic_explanation_and_what_it_depends_on() -> None:
    before = [text("a", explanation="x", depends_on=("b",)), text("b", "B.")]
    after = [text("a", topic="other", explanation="y"), text("b", "B.", depends_on=("a",))]
    assert how(before, after) == [
        ("a", "a", ("moved", "explained", "depends")),
        ("b", "b", ("depends",)),
    ]


def test_erased_words_are_matched_by_code_and_not_compared() -> None:
    assert how([text("a", None)], [text("a")]) == [("a", "a", ("erased",))]
    assert how([text("a", None)], [text("b", None)]) == [(None, "b", ("added",)), ("a", None, ("dropped",))]


def test_word_by_word() -> None:
    assert word_by_word("All fire stops on land.", "All fire stops at sea and on land.") == (
        Span("kept", "All fire stops "),
        Span("added", "at sea and "),
        Span("kept", "on land."),
    )
    assert word_by_word("one two three", "four five three") == (
        Span("dropped", "one two"),
        Span("added", "four five"),
        Span("kept", " three"),
    )
    assert [s.text for s in word_by_word("双方停火", "双方立即停火")] == ["双方", "立即", "停火"]


def test_long_texts_are_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDS", 5)
    assert word_by_word("a b c", "a b d") == (Span("dropped", "a b c"), Span("added", "a b d"))


@given(st.text("ab .\n\u0627\u5fae", max_size=40), st.text("ab .\n\u0627\u5fae", max_size=40))
def test_both_texts_can_be_read_from_the_spans(was: str, now: str) -> None:
    spans = word_by_word(was, now)
    assert "".join(s.text for s in spans if s.how != "added") == was
    assert "".join(s.text for s in spans if s.how != "dropped") == now


TEXTS = st.lists(
    st.builds(
        Text, st.sampled_from("abcd"), st.sampled_from(["ceasefire", "other"]), st.sampled_from(["x", "y", None])
    ),
    unique_by=lambda t: t.code,
)


@given(TEXTS, TEXTS)
def test_every_condition_is_in_exactly_one_change(before: list[Text], after: list[Text]) -> None:
    found: tuple[Change, ...] = changes(before, after)
    assert [c.now for c in found if c.now is not None] == after
    assert sorted(c.was.code for c in found if c.was is not None) == sorted(t.code for t in before)


@given(TEXTS)
def test_nothing_changes_by_itself(texts: list[Text]) -> None:
    assert all(c.how in {("unchanged",), ("erased",)} for c in changes(texts, texts))
