"""Terms as people write them: understood, refused with the place, and the same when read back."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.commitments.durations import Duration
from goodoffices.commitments.language import BadTerms, parse
from goodoffices.commitments.terms import All, Any, Condition, Day, Happens, Holds, Not, Terms, fault, said

THIRTY = Duration(30, "days")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", Terms()),
        ("unless a full ceasefire holds for 30 consecutive days", Terms(unless=Holds("full-ceasefire", THIRTY))),
        ("unless a full ceasefire holds for 30 days in all", Terms(unless=Holds("full-ceasefire", THIRTY, True))),
        (
            "within 10 days of the release of lists",
            Terms(within=Duration(10, "days"), of=Happens("release-of-lists")),
        ),
        ("after both papers are opened", Terms(after=Happens("both-papers-are-opened"))),
        (
            "until Kaldria commits to a month of ceasefire",
            Terms(until=Happens("month-of-ceasefire", "committed", "kaldria")),
        ),
        (
            "if the ceasefire begins, for a month",
            Terms(after=Happens("ceasefire", "began"), lasting=Duration(1, "months")),
        ),
        (
            "after 2025-06-01, before the next meeting",
            Terms(after=Day("2025-06-01"), by=Happens("next-meeting")),
        ),
        ("by 1 June 2025.", Terms(by=Day("2025-06-01"))),
        ("by 2025-06-01T12:00Z", Terms(by=Day("2025-06-01T12:00Z"))),
        (
            "once lists is fulfilled or (x ends and not y holds)",
            Terms(after=Any((Happens("lists", "fulfilled"), All((Happens("x", "ended"), Not(Holds("y"))))))),
        ),
        ("after a begins", Terms(after=Happens("a", "began"))),
        ("after l'été commence", Terms(after=Happens("lete-commence"))),
    ],
)
def test_terms_are_understood(text: str, terms: Terms) -> None:
    assert parse(text) == terms


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "hello",
            "At “hello” (character 1): a clause was expected: after, if, unless, until, within, by, before or for.",
        ),
        ("after", "At the end: a condition was expected."),
        ("within 3 days", "At the end: “of” was expected."),
        ("within ten of x", "At “of” (character 12): a unit was expected: hours, days, weeks, months, years."),
        ("within 0 days of x", "At “0” (character 8): a number from 1 to 10,000 was expected, as in “30 days”."),
        ("by 2025-02-30", "At “2025-02-30” (character 4): there is no such day or time as 2025-02-30."),
        (
            "after x, after y",
            ("At “after” (character 10): there are two clauses of this kind; "
            "join them with “and” or “or” after one “after”."),
        ),
        (
            "until they commits to a ceasefire for a month",
            ("At “for” (character 35): put a comma before “for” if all of it is for so long; "
            "otherwise name the thing: “a month of ceasefire”."),
        ),
        ("after commits to peace", ("At “commits” (character 7): say who commits to what: "
         "“the other side commits to a ceasefire”.")),
        ("after x holds dear", "At “dear” (character 15): after “holds” comes “for” and a length of time, or nothing."),
        ("after (x", "At the end: “)” was expected."),
        ("after мир", "At “мир” (character 7): the name of an event was expected, in Latin letters or digits."),
        ("after x and not x", "“x and not x” can never be met."),
        ("unless (x or not x)", "“x or not x” is always so, so nothing would ever be owed."),
        ("by 2025-05-01, after 2025-06-01", "It would end (2025-05-01) before it binds (2025-06-01)."),
        ("after " + "(" * 30 + "x", "At “(” (character 28): there are too many brackets within one another."),
        ("x" * 1001, "These terms are longer than 1,000 characters; put them into several."),
        (
            "after " + " and ".join(f"x{n}" for n in range(13)),
            "One condition speaks of more than 12 things; put it into several commitments.",
        ),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_with_its_place(text: str, why: str) -> None:
    with pytest.raises(BadTerms) as refused:
        parse(text)
    assert str(refused.value) == why


CODES = st.sampled_from(["ceasefire", "release-of-lists", "month-of-quiet", "x"])
DURATIONS = st.builds(Duration, st.integers(1, 10_000), st.sampled_from(["hours", "days", "weeks", "months", "years"]))
POINTS = st.sampled_from(["happened", "began", "ended", "fulfilled", "failed"])
ATOMS = st.one_of(
    st.builds(Happens, CODES, POINTS),
    st.builds(Happens, CODES, st.just("committed"), CODES),
    st.builds(Holds, CODES),
    st.builds(Holds, CODES, DURATIONS, st.booleans()),
    st.dates().map(lambda d: Day(d.isoformat())),
)
SEVERAL = {"min_size": 2, "max_size": 3}


def _wider(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, **SEVERAL).map(tuple)
    return st.one_of(st.builds(All, parts), st.builds(Any, parts), st.builds(Not, inner))


CONDITIONS = st.recursive(ATOMS, _wider, max_leaves=5)
MAYBE = st.none() | CONDITIONS
TERMS = st.builds(
    Terms, after=MAYBE, unless=MAYBE, until=MAYBE, by=MAYBE, lasting=st.none() | DURATIONS
) | st.builds(Terms, within=DURATIONS, of=CONDITIONS)  # fmt: skip


@given(TERMS.filter(lambda terms: fault(terms) is None))
def test_terms_said_are_read_back_the_same(terms: Terms) -> None:
    assert parse(said(terms)) == terms


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["after", "unless", "for", "(", ")", "not", "x", "holds", "3", "days", "of", ",", "and"])
    ).map(" ".join)
)
def test_any_text_is_understood_or_refused(text: str) -> None:
    with suppress(BadTerms):
        terms = parse(text)
        assert parse(said(terms)) == terms
