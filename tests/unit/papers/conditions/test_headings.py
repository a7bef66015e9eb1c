"""Headings that name a topic, and those that do not."""

from __future__ import annotations

import pytest

from goodoffices.papers.conditions.headings import topic


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Ceasefire", "ceasefire"),
        ("CEASE-FIRE", "ceasefire"),
        ("Cessation of hostilities:", "ceasefire"),
        ("Conditions for a ceasefire", "ceasefire"),
        ("1. On prisoners of war", "prisoners"),
        ("IV) Withdrawal of troops", "withdrawal"),
        ("Part 2: Territorial questions", "territory"),
        ("Security guarantees", "security-guarantees"),
        ("security-guarantees", "security-guarantees"),
        ("Sanctions conditions", "sanctions"),
        ("Monitoring & verification", "monitoring"),
        ("Timetable", "sequencing"),
        ("Other matters", "other"),
    ],
)
def test_a_topic(heading: str, code: str) -> None:
    assert topic(heading) == code


@pytest.mark.parametrize(
    "heading", ["", "Culture", "Prisoners and territory", "No ceasefire", "Ceasefire now or never"]
)
def test_no_topic(heading: str) -> None:
    assert topic(heading) is None
