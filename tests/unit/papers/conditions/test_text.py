"""Plain text and Markdown: what is read as conditions, and what is remarked on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.papers.conditions import Condition, NotReadable, parse
from goodoffices.papers.topics import TOPICS

PAPER = """# Conditions of Ruritania

We set these out in good faith.

## Ceasefire

1. All fire stops on land,
   at sea and in the air.
   Explanation: nothing can be checked
   under fire.
2. Observers are let in.
Depends on: 1, monitoring-1, 9

PRISONERS OF WAR
- all for all
- [lists-first] lists are exchanged
  depends on: lists-first

Culture:
a) Museums reopen.

---

Monitoring

Mixed patrols. They report daily.

Also by air.

II. Sanctions
Lifted in stages.
Code: Not A Code
"""


CODE_IS = "a code is small letters, digits and single hyphens, at most 60 characters"
CONTROL = "The text holds a control character (U+0000). Please remove it."


def test_topics_conditions_and_what_they_depend_on() -> None:
    read = parse(PAPER.encode())
    assert read.title == "Conditions of Ruritania"
    assert read.conditions == (
        Condition(
            "ceasefire-1",
            "ceasefire",
            "All fire stops on land, at sea and in the air.",
            "nothing can be checked under fire.",
        ),
        Condition("ceasefire-2", "ceasefire", "Observers are let in.", depends_on=("ceasefire-1", "monitoring-1")),
        Condition("prisoners-1", "prisoners", "all for all"),
        Condition("lists-first", "prisoners", "lists are exchanged"),
        Condition("other-1", "other", "Museums reopen."),
        Condition("monitoring-1", "monitoring", "Mixed patrols. They report daily."),
        Condition("monitoring-2", "monitoring", "Also by air."),
        Condition("sanctions-1", "sanctions", "Lifted in stages."),
    )
    assert read.topics == ("ceasefire", "prisoners", "sanctions", "monitoring", "other")
    assert read.blank(("territory", "ceasefire", "withdrawal")) == ("territory", "withdrawal")


def test_everything_else_is_remarked_on_with_its_line() -> None:
    topics = ", ".join(TOPICS)
    assert list(map(str, parse(PAPER.encode()).remarks)) == [
        "line 3: “We set these out in good faith.” stands under no topic; it is not a condition.",
        "line 12: it says that it depends on “9”, and no condition of this paper is called that.",
        "line 17: a condition cannot depend on itself.",
        f"line 19: “Culture” is none of the topics ({topics}); what stands under it goes to “other”.",
        f"line 31: “Not A Code”: {CODE_IS}; another code was given.",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: the paper is empty."),
        ("Explanation: why", "line 1: “Explanation: why” follows no condition that it could belong to."),
        ("Territory\n\nThe river.\nExplanation:", "line 4: “Explanation:” says nothing after its colon."),
        ("Land\nA\x00B.", f"line 2: this condition was left out. {CONTROL}"),
        ("Land\n- [a] x\n- [a] y", "line 3: two conditions have the code “a”; the second was given another."),
        ("Land\n1. x\n\nBorders\n\n1. y\n\nTimeline\n\nz.\nafter: 1",
            "line 11: “1” may mean several conditions (territory-1, territory-2); write the code of the one."),
        ("Land\n\nThe river.\n\nThe hill",
            "line 5: “The hill” may be a heading; it was taken for a condition under “territory”."),
        ("Land\n- [a] x\nafter: b\n- [b] y\nafter: a",
            "line 2: these conditions wait for each other in a circle: a → b → a."),
    ],
)  # fmt: skip
def test_one_fault(text: str, why: str) -> None:
    assert list(map(str, parse(text.encode()).remarks)) == [why]


def test_a_list_without_headings_is_for_a_person_to_sort() -> None:
    read = parse(b"Our terms.\n\n1. All fire stops.\n2. All come home.\n   After: 1\n\nIn good faith.\n")
    assert read.conditions == (
        Condition("other-1", "other", "All fire stops."),
        Condition("other-2", "other", "All come home.", depends_on=("other-1",)),
    )
    assert list(map(str, read.remarks)) == [
        "line 1: no heading names a topic; the points of its list go to “other”.",
        "line 1: “Our terms.” stands under no topic; it is not a condition.",
        "line 7: “In good faith.” stands under no topic; it is not a condition.",
    ]


def test_a_text_in_another_encoding() -> None:
    with pytest.raises(NotReadable, match=r"line 2: this is not text in UTF-8"):
        parse(b"Land\n\xff\xfe\xfa")
    assert parse("Land\n\nThe river.".encode("utf-16")).conditions[0].wording == "The river."
    assert parse(b"\xef\xbb\xbfLand\r\n\r\nThe river.").topics == ("territory",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a" * 1_000_001, "The text has 1,000,001 characters; the limit is 1,000,000."),
        ("# A\n" * 10_001, "This paper has more than 10,000 headings and paragraphs: too many to go through."),
        ("Land\n" + "- All.\n" * 2_001, "This paper has 2,001 points under its topics; the limit is 2,000."),
    ],
    ids=["long", "headings", "points"],
)
def test_more_than_a_paper_holds(text: str, why: str) -> None:
    with pytest.raises(NotReadable) as refused:
        parse(text.encode())
    assert str(refused.value) == why


@pytest.mark.parametrize("begin", [b"%PDF-1.7", b"{\\rtf1", b"\xd0\xcf\x11\xe0"])
def test_papers_that_are_no_text(begin: bytes) -> None:
    with pytest.raises(NotReadable, match="set its conditions out by hand"):
        parse(begin + b" ...")


@given(st.text())
def test_any_text_gives_a_paper_whose_codes_are_its_own(text: str) -> None:
    read = parse(text.encode("utf-8", "replace"))
    codes = [c.code for c in read.conditions]
    assert len(set(codes)) == len(codes)
    assert all(set(c.depends_on) <= set(codes) - {c.code} for c in read.conditions)
    assert all(c.topic in TOPICS and c.wording.strip() for c in read.conditions)


@given(
    st.lists(st.sampled_from(["Land", "Explanation: x", "depends on: 1", "1. a", "- b", "", "c", "# D", "after: a"]))
)
def test_no_line_is_lost(lines: list[str]) -> None:
    """Each line with words shows in a condition, in the title, as a topic, or in a remark."""
    numbered = [f"{line}-{n}x" if line in {"1. a", "- b", "c"} else line for n, line in enumerate(lines)]
    read = parse("\n".join(numbered).encode())
    kept = "\n".join([read.title, *(f"{c.wording} {c.explanation}" for c in read.conditions), *map(str, read.remarks)])
    for n, line in enumerate(lines):
        if line in {"1. a", "- b", "c"}:
            assert f"{line[-1]}-{n}x" in kept
