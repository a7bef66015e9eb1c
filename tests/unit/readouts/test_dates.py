"""Dates read as what is known, and no further."""

from __future__ import annotations

import pytest

from goodoffices.readouts import dates


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-05-16", "16 May 2025"),
        ("2025-05", "May 2025"),
        ("2025", "2025"),
        ("2025-05-16~", "about 16 May 2025"),
        ("2025-05?", "May 2025 (uncertain)"),
        ("2025-05-16%", "about 16 May 2025 (uncertain)"),
        ("2025-05-XX", "an unspecified day of May 2025"),
        ("2025-XX-XX", "an unspecified day of 2025"),
        ("2025-XX", "an unspecified month of 2025"),
        ("202X", "the 2020s"),
        ("20XX", "an unspecified year from 2000 to 2099"),
        ("2025-21", "spring 2025"),
        ("2025-05-23/2025-05-25", "from 23 May 2025 to 25 May 2025"),
        ("../2025-05-16", "until 16 May 2025"),
        ("2025-05-16/..", "from 16 May 2025 on"),
        ("[2025-05-16,2025-05-17]", "16 May 2025 or 17 May 2025"),
        ("2025-05-16T13:30Z", "16 May 2025, 13:30 UTC"),
        ("2025-05-16T13:30:00+03:00", "16 May 2025, 13:30 (UTC+03:00)"),
        ("2025-05-16T13:30:00", "16 May 2025, 13:30"),
        ("as soon as possible", "as soon as possible"),
    ],
)
def test_a_date_reads_as_far_as_it_is_known(edtf: str, words: str) -> None:
    assert dates.when(edtf) == words


def test_a_time_with_an_offset_is_given_at_the_venue() -> None:
    assert dates.when("2025-05-16T10:30Z", zone="Europe/Istanbul") == "16 May 2025, 13:30 Europe/Istanbul"


def test_a_moment_names_its_zone() -> None:
    assert dates.moment("2030-01-15T09:00:00.000Z") == "15 January 2030, 09:00 UTC"
    assert dates.moment("2030-01-15T23:00:00.000Z", zone="Asia/Tokyo") == "16 January 2030, 08:00 Asia/Tokyo"
