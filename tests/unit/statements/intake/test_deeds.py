"""Demands, offers, threats and the rest: what makes one, what denies it, whose it is, on which terms."""

from __future__ import annotations

import pytest

from goodoffices.statements.intake import intake
from goodoffices.statements.intake.drafts import Deed

ONE = {
    "Veska demanded that Ormund remove its pumps.": ("demands", "Veska", [], []),
    "Veska insists that the blockade be lifted.": ("demands", "Veska", [], []),
    "Veska called on Ormund to leave.": ("demands", "Veska", [], []),
    "Hana Orrel said: “They must return the archive.”": ("demands", "They", [], []),
    "Veska offered to open one lane for ten days if boats accept inspection.": (
        "offers", "Veska", ["if boats accept inspection"], ["for ten days"]),
    "Veska is ready to share its maps.": ("offers", "Veska", [], []),
    "Veska and Ormund agreed to share four wells until 31 December.": (
        "agreements", "Veska and Ormund", [], ["until 31 December"]),
    "The parties agreed in principle to come back.": ("agreements", "The parties", [], []),
    "The sole agreement reached was to swap lists.": ("agreements", None, [], []),
    "Veska refused to leave the islands.": ("refusals", "Veska", [], []),
    "Veska will not accept the rule.": ("refusals", "Veska", [], []),
    "Veska did not agree to the proposal.": ("refusals", "Veska", [], []),
    "Veska is not ready to sign the text.": ("refusals", "Veska", [], []),
    "Veska ruled out further talks as long as Ormund holds the railway.": (
        "refusals", "Veska", ["as long as Ormund holds the railway"], []),
    "Veska requested a list of the missing.": ("requests", "Veska", [], []),
    "Veska asked Ormund to lift the curfew for one night.": ("requests", "Veska", [], ["for one night"]),
    "Veska threatened to close the gate unless Ormund withdraws within 14 days.": (
        "threats", "Veska", ["unless Ormund withdraws within 14 days"], ["within 14 days"]),
    "Hana Orrel said: “If the garrison stays, we will close our airspace.”": (
        "threats", "we", ["If the garrison stays"], []),
    "Veska warned that it would ban timber until Ormund leaves.": ("threats", "Veska", ["until Ormund leaves"], []),
    "Veska promised to free the sailors once the curfew is lifted.": (
        "commitments", "Veska", ["once the curfew is lifted"], []),
    "Hana Orrel said: “We will release twenty detainees within three days.”": (
        "commitments", "We", [], ["within three days"]),
}  # fmt: skip

NONE = (
    "Veska did not demand anything.",
    "Veska did not rule out a meeting.",
    "No agreement was reached on Monday.",
    "Veska declined to comment.",
    "The proposed deal was read aloud.",
    "People who will not share a table wait outside.",
    "The talks will resume on Monday.",
    "It must have rained.",
    "Hana Orrel asked whether it was over.",
)


def deeds(text: str) -> list[tuple[str, Deed]]:
    return [(kind, deed) for kind, found in intake(text).deeds.items() for deed in found]


@pytest.mark.parametrize("text", ONE)
def test_what_is_one(text: str) -> None:
    ((kind, deed),) = deeds(text)
    by = deed.by.text if deed.by else None
    assert (kind, by, [c.text for c in deed.conditions], [d.text for d in deed.durations]) == ONE[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none(text: str) -> None:
    assert deeds(text) == []


def test_what_a_condition_holds_is_not_promised_as_well() -> None:
    text = "Veska threatened to stay until Ormund commits to a truce for a month."
    ((kind, deed),) = deeds(text)
    assert kind == "threats"
    assert [c.text for c in deed.conditions] == ["until Ormund commits to a truce for a month"]
    assert [d.text for d in deed.durations] == ["for a month"]


def test_two_deeds_of_one_sentence() -> None:
    text = "Veska offered to share data and promised to cut its catch next year provided that Ormund does the same."
    assert [(kind, d.text.text) for kind, d in deeds(text)] == [
        ("offers", "Veska offered to share data"),
        ("commitments", "promised to cut its catch next year provided that Ormund does the same"),
    ]


def test_a_request_and_what_it_met_with() -> None:
    text = "“Veska requested direct talks. We have taken note of that request,” said Hana Orrel."
    (request,) = intake(text).deeds["requests"]
    assert request.answer is not None
    assert (request.text.text, request.answer.text) == (
        "Veska requested direct talks",
        "We have taken note of that request",
    )
    assert request.statement == 0


def test_what_points_elsewhere_stays_open() -> None:
    (threat,) = intake("Veska threatened to advance if Ormund does not leave those areas.").deeds["threats"]
    assert [u.text for u in threat.unresolved] == ["those areas"]


def test_we_is_who_speaks() -> None:
    (commitment,) = intake("“We will release the lists,” said Hana Orrel.").deeds["commitments"]
    assert (commitment.by and commitment.by.text, commitment.resolved, commitment.statement) == ("We", "Hana Orrel", 0)


def test_meetings() -> None:
    text = (
        "Envoys of Veska and Ormund met in Lindmoor on 12 June. The talks, hosted by Calvane, lasted less than two "
        "hours.\n\nA second round was held in Sarn on Friday."
    )
    told = [
        tuple(span.text if span else None for span in (m.venue, m.host, m.time, m.length))
        for m in intake(text).meetings
    ]
    assert told == [
        ("Lindmoor", "Calvane", "12 June", "less than two hours"),
        ("Sarn", None, "Friday", None),
    ]


def test_what_belongs_to_the_page_is_marked() -> None:
    text = (
        "Home / World / Valley\n\nTalks end\n\nTalks end\n\nThe talks ended on Monday without a paper.\n\n"
        "Sign up for our newsletter\n\nRead more: Ten facts about wells\n\n© 2031 The Valley Post\n\n"
        "valleypost.example.org"
    )
    assert [(b.why, b.span.text) for b in intake(text).boilerplate] == [
        ("breadcrumb", "Home / World / Valley"),
        ("repeated", "Talks end"),
        ("newsletter", "Sign up for our newsletter"),
        ("link", "Read more: Ten facts about wells"),
        ("notice", "© 2031 The Valley Post"),
        ("address", "valleypost.example.org"),
    ]


def test_words_torn_by_soft_hyphens_are_read_whole() -> None:
    text = "“We agreed,” said Ha\u00adna Or\u00adrel in\u00a0court. Ve\u200bska threat\u00adened to leave."
    drafts = intake(text)
    assert [s.speaker and s.speaker.text for s in drafts.statements] == ["Ha\u00adna Or\u00adrel"]
    assert [d.trigger.text for d in drafts.deeds["threats"]] == ["threat\u00adened"]
