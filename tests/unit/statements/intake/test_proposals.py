"""What drafts could become: commands that exist, fields they have, with hedges and attribution kept."""

from __future__ import annotations

from goodoffices.secretariat.matters import RULES
from goodoffices.statements.intake import intake
from goodoffices.statements.intake.proposals import Proposal, proposals
from goodoffices.talks.fields import described
from tests.unit.statements.intake.test_evaluation import articles

TEXT = """The talks, held in Sarno, ended without agreement.

A well-informed source told The Courier that Velden threatened to close the crossing if Montara does not withdraw from those hills.

“The Montaran side requested a list. We have taken note of that request,” Veldic envoy Tomas Brandt reportedly said on Telegram.

The delegations agreed in principle to talk again.
"""  # noqa: E501  # one paragraph a line, as articles have them


def made(text: str = TEXT) -> list[Proposal]:
    return list(proposals(intake(text), "The Herald"))


def first(kind: str) -> Proposal:
    return next(p for p in made() if p.kind == kind)


def test_every_way_is_a_command_with_fields_it_has() -> None:
    drafts = [proposals(intake(a.text), "The Herald") for split in ("tune", "report") for a in articles(split)]
    ways = [way for found in drafts for p in found for way in p.ways]
    assert {w.command for w in ways} <= RULES.keys()
    wrong = {(w.command, f) for w in ways for f in w.fields.keys() - described(RULES[w.command].command).keys()}
    assert wrong == set()
    choices = [
        (way.command, name, value)
        for way in ways
        for name, value in way.fields.items()
        if (f := described(RULES[way.command].command)[name]).type == "choice" and value not in f.options
    ]
    assert choices == []


def test_they_stand_in_the_order_of_the_text_and_an_answer_after_its_request() -> None:
    found = made()
    assert [p.start for p in found if p.kind != "answer"] == sorted(p.start for p in found if p.kind != "answer")
    numbers = {p.kind: n for n, p in enumerate(found)}
    assert (found[numbers["answer"]].answers, numbers["answer"]) == (numbers["request"], numbers["request"] + 1)
    assert found[numbers["answer"]].ways[0].fields["answer"] == "taken-note-of"


def test_hedges_relays_conditions_and_what_is_open_go_along() -> None:
    threat = first("threat").ways[0].fields
    assert threat["told_by"] == "A well-informed source; The Courier; The Herald"
    assert threat["known"] == "anonymous"
    assert threat["conditions"] == [{"words": "if Montara does not withdraw from those hills"}]
    assert threat["open"] == [{"what": "reference", "words": "those hills"}]
    told = next(p for p in made() if p.kind == "statement" and "requested" in p.ways[0].fields["gist"]).ways[0].fields
    assert (told["known"], told["channel"], told["channel_name"]) == ("reported", "social-media", "Telegram")
    assert told["speaker"].endswith("Tomas Brandt")
    assert first("agreement").ways[0].fields["degree"] == "in-principle"


def test_what_nobody_else_tells_is_the_outlets() -> None:
    account = first("account").ways[0].fields
    assert (account["speaker"], account["verb"], account["told_by"]) == ("The Herald", "described", "The Herald")
    assert account["known"] == "reported"
