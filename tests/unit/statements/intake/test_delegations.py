"""Who was sent, at which level and under whose lead; meetings apart; the text's own word on how a meeting went."""

from __future__ import annotations

import pytest

from goodoffices.statements.intake import intake
from goodoffices.statements.intake.drafts import Delegation


def shown(d: Delegation) -> dict[str, object]:
    fields = {"name": d.name, "sender": d.sender, "level": d.level}
    return {name: span.text for name, span in fields.items() if span is not None} | (
        {"heads": [h.text for h in d.heads]} if d.heads else {}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Veldic President Orso Hale sent a junior, largely technical delegation.",
            [{"sender": "Veldic President Orso Hale", "level": "junior, largely technical"}],
        ),
        (
            "Montara was represented by its interior and trade ministers.",
            [{"name": "Montara", "heads": ["its interior and trade ministers"]}],
        ),
        (
            "Orsinia, which hosts, was represented by Deputy Minister Ilse Vane and General Otto Brandt.",
            [{"name": "Orsinia", "heads": ["Deputy Minister Ilse Vane", "General Otto Brandt"]}],
        ),
        (
            "The Veldic delegation, led by Hana Orrel, a former judge, came late.",
            [{"name": "The Veldic delegation", "heads": ["Hana Orrel"]}],
        ),
        (
            "General Mako Tarn led the rebel delegation to Sarno.",
            [{"name": "the rebel delegation", "heads": ["General Mako Tarn"]}],
        ),
        (
            "“No,” said Tomas Brandt, the head of the Veldic delegation.",
            [{"name": "the Veldic delegation", "heads": ["Tomas Brandt"]}],
        ),
        ("She sent a letter to the team.", []),
        ("“They sent a low-level delegation,” he said.", []),
    ],
)
def test_delegations(text: str, expected: list[dict[str, object]]) -> None:
    assert [shown(d) for d in intake(text).delegations] == expected


def test_a_meeting_apart_has_its_parties_and_is_not_joined_to_the_other() -> None:
    text = "The talks were held in Sarno. Orsinia, in a separate meeting with Velden and Montara, offered a bridge."
    first, second = intake(text).meetings
    assert (first.venue and first.venue.text, first.parties) == ("Sarno", ())
    assert [p.text for p in second.parties] == ["Orsinia", "Velden", "Montara"]
    assert second.separate is not None
    assert second.separate.text == "separate"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The talks in Sarno yielded few tangible results on Friday.", True),
        ("The meeting ended without an agreement.", True),
        ("Neither side had high hopes of these talks.", True),
        ("Officials said the talks ended without an agreement.", False),  # theirs, and a statement
        ("The season ended without a goal.", False),
        ("“The talks ended without an agreement,” he said.", False),
    ],
)
def test_accounts_are_the_texts_own_word(text: str, found: bool) -> None:
    assert [a.text.text for a in intake(text).accounts] == ([text[:-1]] if found else [])


def test_what_follows_a_dash_and_says_what_it_is_belongs_to_the_demand() -> None:
    whole = "The demand included four valleys – an area as large as Sarno and home to ten thousand people"
    (demand,) = intake(whole + ".").deeds["demands"]
    assert demand.text.text == whole
    (cut,) = intake("The demand included four valleys – a claim that Hana Orrel called absurd.").deeds["demands"]
    assert cut.text.text == "The demand included four valleys"
