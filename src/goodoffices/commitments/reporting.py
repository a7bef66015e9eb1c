"""Reports of what has come about and of how a commitment was kept, and what others answer to them.

What is claimed, whether others could verify it, and to whom it is laid are kept apart: three kinds, by different
people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.commitments.happenings import REPORTED
from goodoffices.commitments.kept import COMMITMENTS, Claim
from goodoffices.commitments.making import standing
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command, PaperCited
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene, always

SAYS = ("kept", "broken", "in-part")
ANSWERS = ("confirmed", "disputed", "not-verified", "access-denied")
EVIDENCE = "The paper as received; a working copy is another paper."


@dataclass(frozen=True, kw_only=True)
class ReportHappening(Command):
    """Report that something which commitments hang on has come about."""

    event: str = fields.code("Event", "By its short name, as terms have it: full-ceasefire.")
    point: str = fields.choice("What of it", REPORTED)
    whose: str | None = fields.code(
        "Who committed", "Its short name; only where somebody committed to it.", required=False
    )
    words: str | None = fields.words("In words", required=False, long=True)
    evidence: PaperCited | None = fields.paper("Evidence", EVIDENCE, required=False)  # noqa: RUF009  # as in making
    custody: str | None = fields.words(
        "Where the evidence comes from", "Through whose hands, and when.", required=False
    )


@dataclass(frozen=True, kw_only=True)
class ReportCompliance(Command):
    """Report how a commitment was kept. It is a claim: others answer it, and nobody is scored."""

    commitment: str = fields.ref("Commitment", "commitment-made")
    says: str = fields.choice("It was", SAYS)
    words: str | None = fields.words("In words", required=False, long=True)
    evidence: PaperCited | None = fields.paper("Evidence", EVIDENCE, required=False)  # noqa: RUF009  # as in making
    custody: str | None = fields.words(
        "Where the evidence comes from", "Through whose hands, and when.", required=False
    )


@dataclass(frozen=True, kw_only=True)
class AnswerReport(Command):
    """Say what one's delegation found of a report: confirmed, disputed, not verified, or that access was denied."""

    report: str = fields.ref("Report", "happening-reported", "compliance-reported")
    answer: str = fields.choice("Answer", ANSWERS)
    words: str | None = fields.words("In words", required=False, long=True)
    evidence: PaperCited | None = fields.paper("Evidence", EVIDENCE, required=False)  # noqa: RUF009  # as in making


@dataclass(frozen=True, kw_only=True)
class AttributeReport(Command):
    """Say to whom what was reported is laid, and why. It is a claim of its own."""

    report: str = fields.ref("Report", "happening-reported", "compliance-reported")
    to: str | None = fields.delegation("Laid to", required=False)
    to_name: str | None = fields.words("Laid to, in words", required=False)
    words: str = fields.words("Why", long=True)


def report_happening(_: Scene, c: ReportHappening) -> list[Fact]:
    if (c.whose is not None) != (c.point == "committed"):
        raise Refusal("Say who committed where somebody committed to it, and only there.")
    body = {"event": c.event, "point": c.point, "whose": c.whose, "words": c.words} | _evidence(c.evidence, c.custody)
    return [Fact("happening-reported", body | c.as_told())]


def report_compliance(scene: Scene, c: ReportCompliance) -> list[Fact]:
    found = scene.room[COMMITMENTS].of(c.commitment)
    if found is None:
        raise Refusal("The delegation this was minuted for objected to the minute, so nothing was undertaken.")
    body = {"commitment": found.made.ref, "says": c.says, "words": c.words} | _evidence(c.evidence, c.custody)
    return [Fact("compliance-reported", body | c.as_told())]


def answer_report(scene: Scene, c: AnswerReport) -> list[Fact]:
    claim = _claim(scene, c.report)
    scene.refuse_unless(claim.by != scene.acting, "A delegation does not answer its own report; correct it instead.")
    if claim.answers.get(scene.acting) == c.answer:
        raise Refusal("Your delegation has answered so already.")
    body = {"report": claim.ref, "answer": c.answer, "words": c.words} | _evidence(c.evidence, None)
    return [Fact("report-answered", body | c.as_told())]


def attribute_report(scene: Scene, c: AttributeReport) -> list[Fact]:
    claim = _claim(scene, c.report)
    if c.to is None and c.to_name is None:
        raise Refusal("Say to whom it is laid: a delegation of this room, or somebody else in words.")
    if c.to is not None and c.to not in scene.seats.delegations:
        raise Refusal("This delegation does not sit in this room; name it in words.")
    body = {"report": claim.ref, "to": c.to, "to_name": c.to_name, "words": c.words}
    return [Fact("report-attributed", body | c.as_told())]


def _claim(scene: Scene, ref: str) -> Claim:
    claim = scene.room[COMMITMENTS].claims.get(ref)
    if claim is None:
        raise Refusal("The delegation this report was minuted for objected to the minute; nobody reports it any more.")
    return claim


def _evidence(paper: PaperCited | None, custody: str | None) -> dict[str, object]:
    if custody is not None and paper is None:
        raise Refusal("There is no evidence here to say where it comes from.")
    return {"evidence": paper.body() if paper is not None else None, "custody": custody}


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Reports that something this delegation owes was not kept, or not wholly, that it has not answered."""
    if not room[SEATS].present(delegation):
        return
    state = room[COMMITMENTS]
    for found in standing(state):
        for said in found.made.reports if found.by == delegation else ():
            claim = state.claims[said.ref]
            if said.says != "kept" and claim.by != delegation and delegation not in claim.answers:
                yield Awaited("answer-report", said.ref, {"report": said.ref})


def _reportable(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"commitment": c.made.ref} for c in standing(scene.room[COMMITMENTS]))


def _answerable(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"report": c.ref} for c in scene.room[COMMITMENTS].claims.values() if c.by != scene.acting)


def _attributable(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"report": ref} for ref in scene.room[COMMITMENTS].claims)


RULES = (
    Rule(ReportHappening, "Report that something came about", report_happening, always),
    Rule(ReportCompliance, "Report how a commitment was kept", report_compliance, _reportable),
    Rule(AnswerReport, "Answer a report", answer_report, _answerable),
    Rule(AttributeReport, "Say to whom a report is laid", attribute_report, _attributable),
)
