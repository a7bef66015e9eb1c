"""Dates in every order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.lists.dates import BadDate, When, order, read

THE_DAY = When(1987, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12.05.1987", "12/5/1987", "1987-05-12", "1987.05.12", "19870512", "12051987", "12.05.87", "12 травня 1987 р.",
        "12 мая 1987", "May 12, 1987", "12-MAY-1987", "12. Mai 1987", "12 mai 1987", "12 maja 1987", "12 Mayıs 1987",
        "31909", "1987-05-12 00:00:00", "١٢/٠٥/١٩٨٧",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    assert read(text) == THE_DAY


def test_month_first_where_the_column_says_so() -> None:
    assert order(["05/12/1987", "05/13/1987"]) == ("mdy", True)
    assert read("05/12/1987", "mdy") == THE_DAY
    assert order(["12.05.1987", "13.05.1987"]) == ("dmy", True)
    assert order(["12.05.1987", "11.05.1987"]) == ("dmy", False)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1987", "1987"),
        ("05.1987", "1987-05"),
        ("1987-05", "1987-05"),
        ("1987~", "1987?"),
        ("близько 1987", "1987?"),
        ("травень 1987", "1987-05"),
    ],
)
def test_dates_in_part_stay_in_part(text: str, edtf: str) -> None:
    when = read(text)
    assert when is not None
    assert when.edtf == edtf


@pytest.mark.parametrize("text", ["31.02.1990", "yesterday", "12", "1.2.3.4", "99.99.1999", "12.05.1687"])
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadDate):
        read(text)


@pytest.mark.parametrize("text", ["", " - ", "невідомо", "?", "n/a"])
def test_nothing_is_nothing(text: str) -> None:
    assert read(text) is None


@given(
    st.dates(date(1930, 1, 1), date(2029, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%Y%m%d", "%d %b %Y"]),
)
def test_every_day_is_read_back(day: date, pattern: str) -> None:
    assert read(day.strftime(pattern)) == When(day.year, day.month, day.day)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none_or_refused(text: str) -> None:
    with suppress(BadDate):
        read(text)
