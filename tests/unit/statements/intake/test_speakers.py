"""Who says what, one sieve after the other; and what stays open."""

from __future__ import annotations

import pytest

from goodoffices.statements.intake import intake

NAMED = "Foreign Minister Hana Orrel met her colleague Tomas Veld on Monday.\n\n"
FOUND = {
    "verb after": ("“We agreed,” said Hana Orrel.", "Hana Orrel", "Hana Orrel", "verb after"),
    "subject, then verb": ("“We agreed,” Hana Orrel said.", "Hana Orrel", "Hana Orrel", "verb after"),
    "an insertion": (
        "“We agreed,” Hana Orrel, who had flown in at night, later said.",
        "Hana Orrel",
        "Hana Orrel",
        "verb after",
    ),
    "verb before": ("Hana Orrel told reporters: “We agreed.”", "Hana Orrel", "Hana Orrel", "colon"),
    "a part of a sentence": ("Hana Orrel called it “a gift”.", "Hana Orrel", "Hana Orrel", "verb before"),
    "a participle": (
        "Hana Orrel rejected the plan of Tomas Veld, calling it “a gift”.",
        "Hana Orrel",
        "Hana Orrel",
        "verb before",
    ),
    "according to": (
        "The plan was “a gift”, according to Hana Orrel.",
        "Hana Orrel",
        "Hana Orrel",
        "according to",
    ),
    "a signature": ("“We agreed.” — Hana Orrel", "Hana Orrel", "Hana Orrel", "signed"),
    "whose words": ("Few believed Hana Orrel's claim that it was “a gift”.", "Hana Orrel", "Hana Orrel", "words of"),
    "who": ("Reporters met Hana Orrel, who said “it is a gift”.", "Hana Orrel", "Hana Orrel", "verb before"),
    "quoted as saying": ("The Courier quoted Hana Orrel as saying: “We agreed.”", "Hana Orrel", "Hana Orrel", "colon"),
    "a surname": (NAMED + "“We agreed,” Veld said.", "Veld", "Tomas Veld", "verb after"),
    "a title": (NAMED + "“We agreed,” Ms Orrel said.", "Ms Orrel", "Hana Orrel", "verb after"),
    "a role": (NAMED + "“We agreed,” the foreign minister said.", "the foreign minister", "Hana Orrel", "verb after"),
    "a pronoun": ("Tomas Veld left early. “We agreed,” he said.", "he", "Tomas Veld", "verb after"),
    "the sentence before": (
        "Tomas Veld was less sure. “We agreed on nothing.”", "Tomas Veld", "Tomas Veld", "sentence before"),
    "nobody in particular": ("“We agreed,” a senior official said.", "a senior official", None, "verb after"),
    "a noun no list knows": ("“We agreed,” the beekeeper said.", "the beekeeper", None, "verb after"),
    "a verb no list knows": ("“We agreed,” Hana Orrel trilled.", "Hana Orrel", "Hana Orrel", "verb after"),
    "nobody": ("“We agreed.”", None, None, "nobody"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_the_speaker(name: str) -> None:
    text, speaker, resolved, how = FOUND[name]
    statement = next(s for s in intake(text).statements if s.quotes)
    found = statement.speaker.text if statement.speaker else None
    assert (found, statement.resolved, statement.how) == (speaker, resolved, how)


def test_a_role_that_two_people_have_means_neither() -> None:
    met = "Foreign Minister Hana Orrel met Foreign Minister Tomas Veld on Monday.\n\n"
    text = met + "“We agreed,” the foreign minister said."
    assert [s.resolved for s in intake(text).statements if s.quotes] == [None]


def test_one_statement_of_what_one_verb_brings_in() -> None:
    text = "“We agreed,” Hana Orrel said. “It took a night.”\n\n“And a morning.”"
    statements = intake(text).statements
    assert [[q.text for q in s.quotes] for s in statements] == [["We agreed,", "It took a night."], ["And a morning."]]
    assert [s.resolved for s in statements] == ["Hana Orrel"] * 2


def test_a_speech_over_paragraphs_may_name_its_speaker_at_the_end() -> None:
    text = "“It took a night.\n\n“And a morning,” said Hana Orrel."
    (statement,) = intake(text).statements
    assert ([q.text for q in statement.quotes], statement.resolved) == (
        ["It took a night.", "And a morning,"],
        "Hana Orrel",
    )


def test_turns_of_a_transcript() -> None:
    text = "MODERATOR: Good evening.\n\nVELD: We agreed.\n\nMODERATOR: On what?\n\nVELD: On water.\n\nAnd on wells."
    statements = intake(text).statements
    assert [(s.speaker.text if s.speaker else None, [q.text for q in s.quotes]) for s in statements] == [
        ("MODERATOR", ["Good evening."]),
        ("VELD", ["We agreed."]),
        ("MODERATOR", ["On what?"]),
        ("VELD", ["On water.", "And on wells."]),
    ]


def test_a_title_between_marks_is_nobodys_words() -> None:
    assert not intake("Hana Orrel signed the pact known as the “Treaty of Two Inks” on Monday.").statements


def test_how_it_reached_us() -> None:
    text = (
        "“We agreed,” said Hana Orrel, according to the Calvane Courier.\n\n"
        "“They did not,” a diplomat reportedly said.\n\n"
        "“It is water,” Tomas Veld reportedly wrote on Telegram.\n\n"
        "Hana Orrel said in a statement that it was over."
    )
    told = [
        (
            s.known,
            [r.text for r in s.relays],
            s.channel.text if s.channel else None,
            s.setting.text if s.setting else None,
            s.gist.text if s.gist else None,
        )
        for s in intake(text).statements
    ]
    assert told == [
        ("on the record", ["the Calvane Courier"], None, None, None),
        ("anonymous", [], None, None, None),
        ("reported", [], "Telegram", None, None),
        ("on the record", [], None, "in a statement", "it was over"),
    ]


def test_participants_with_functions_and_delegations() -> None:
    text = (
        "Veskari Foreign Minister Hana Orrel spoke first. Tomas Veld, the head of the Ormundian delegation, listened. "
        "Zemlin's prime minister, Ada Finch, and Secretary of State Lucan Ferro were in the room. “No,” said Mr Salm. "
        "They had called European leaders and US President Jorun Halvar."
    )
    assert [
        (p.name.text, p.function and p.function.text, p.delegation and p.delegation.text)
        for p in intake(text).participants
    ] == [
        ("Hana Orrel", "Foreign Minister", "Veskari"),
        ("Tomas Veld", "head", "the Ormundian delegation"),
        ("Ada Finch", "prime minister", "Zemlin"),
        ("Lucan Ferro", "Secretary of State", None),
        ("Salm", None, None),
        ("Jorun Halvar", "President", "US"),
    ]
