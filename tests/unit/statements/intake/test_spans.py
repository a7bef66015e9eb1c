"""Whatever the text: every span says what stands there, and reading it does not fail."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.statements.intake import intake
from goodoffices.statements.intake.spans import NotInSource, Span, check, cut

PIECES = (
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "\n\n", "\n", " ", ". ", ", ", ": ", "? ", "\u00ad", "\u200b",
    "\u00a0",
    "Hana Orrel", "the minister", "said", "told reporters that", "She", "it", "agreed to", "threatened to close",
    "if", "unless", "for ten days", "within 14 days", "according to", "Sentinel", "demanded", "refused to", "will not",
    "Mr Salm", "Foreign Minister", "of the Veskari delegation", "on X", "met in Lindmoor", "which lasted two hours",
    "Сказала", "世界", "😀", "’s", "THRALE: ", "- ", "Sign up for our newsletter", "requested", "took note",
)  # fmt: skip

texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))


@given(texts)
def test_every_span_says_what_stands_in_the_source(text: str) -> None:
    for span in intake(text).spans():
        assert text[span.start : span.end] == span.text


def test_a_span_that_says_something_else_is_not_let_out() -> None:
    drafts = intake("“We agreed to stop,” said Hana Orrel.")
    statement = dataclasses.replace(drafts.statements[0], speaker=Span(0, 5, "other"))
    wrong = dataclasses.replace(drafts, statements=(statement,))
    with pytest.raises(NotInSource):
        wrong.checked()


def test_a_span_is_cut_from_the_source_or_not_at_all() -> None:
    assert cut("abc", 1, 2) == Span(1, 2, "b")
    for start, end in ((2, 2), (-1, 2), (1, 4)):
        with pytest.raises(NotInSource):
            cut("abc", start, end)
    with pytest.raises(NotInSource):
        check("abc", Span(0, 2, "bc"))
