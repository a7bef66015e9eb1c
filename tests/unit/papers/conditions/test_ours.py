"""Our own YAML: written and read back the same; a remark with its line for whatever does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.papers.conditions import Condition, ConditionsPaper, NotReadable, parse, written
from goodoffices.papers.conditions.outline import printable
from goodoffices.papers.topics import TOPICS
from goodoffices.record.particulars import BadWords, words

PAPER = """\
title: Conditions of Ruritania
conditions:
  - code: guns-silent
    topic: ceasefire
    wording: All fire stops.
    explanation: Nothing can be checked under fire.
    depends_on: [observers]
  - topic: Monitoring and verification
    code: observers
    wording: >
      Observers are let in,
      everywhere.
  - {topic: culture, wording: Museums reopen., urgent: yes}
  - {topic: territory, wording: ~}
  - The river.
  - {wording: No topic., depends_on: [[x], guns-silent, nothing]}
author: me
"""


def yaml(text: str) -> ConditionsPaper:
    return parse(text.encode(), "paper.yaml")


def test_read_with_remarks() -> None:
    read = yaml(PAPER)
    assert read.title == "Conditions of Ruritania"
    assert read.conditions == (
        Condition("guns-silent", "ceasefire", "All fire stops.", "Nothing can be checked under fire.", ("observers",)),
        Condition("observers", "monitoring", "Observers are let in, everywhere.\n"),
        Condition("other-1", "other", "Museums reopen."),
        Condition("other-2", "other", "No topic.", depends_on=("guns-silent",)),
    )
    topics = ", ".join(TOPICS)
    assert list(map(str, read.remarks)) == [
        "line 13: there is no “urgent” in a condition. Known here: code, depends_on, explanation, topic, wording.",
        f"line 13: “culture” is none of the topics ({topics}); the condition goes to “other”.",
        "line 14: this condition has no wording and was left out.",
        "line 15: a condition is written as names with values: topic, wording and so on.",
        f"line 16: it names no topic ({topics}); the condition goes to “other”.",
        "line 16: a code of another condition is expected here.",
        "line 16: it says that it depends on “nothing”, and no condition of this paper is called that.",
        "line 17: there is no “author” in a conditions paper. Known here: conditions, title.",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a\n- b", "line 1: a conditions paper begins with “title:” and “conditions:”."),
        ("a: [", "line 1, column 5: this is not YAML: expected the node content, but found '<stream end>'."),
        ("", "line 1, column 1: the file is empty."),
    ],
)
def test_not_readable(text: str, why: str) -> None:
    with pytest.raises(NotReadable) as refused:
        yaml(text)
    assert str(refused.value) == why


def test_a_list_is_missing() -> None:
    (remark,) = yaml("title: [x]\nconditions: y").remarks[1:]
    assert str(remark) == "line 2: “conditions” is written as a list: a dash before each condition."


def _enterable(text: str) -> bool:
    try:
        return words(text).decode() == text
    except BadWords:
        return False


WORDS = st.text(min_size=1, max_size=60).filter(_enterable)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join).filter(_enterable)


@st.composite
def papers(draw: st.DrawFn) -> ConditionsPaper:
    codes = draw(st.lists(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True), unique=True, max_size=5))
    topics = st.sampled_from(TOPICS)
    return ConditionsPaper(
        tuple(
            Condition(
                code,
                draw(topics),
                draw(LINES),
                draw(st.one_of(st.just(""), LINES)),
                tuple(draw(st.lists(st.sampled_from(others), unique=True))) if (others := codes[:n]) else (),
            )
            for n, code in enumerate(codes)
        ),
        printable(draw(st.one_of(st.just(""), WORDS))),
    )


@given(papers())
def test_what_is_written_reads_back(paper: ConditionsPaper) -> None:
    assert yaml(written(paper)) == paper
