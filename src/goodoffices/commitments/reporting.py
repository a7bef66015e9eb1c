"""Reports of what has come about and of how a commitment was kept, and what others answer to them.

What is claimed, whether others could verify it, and to whom it is laid are kept apart: three kinds, by different
people. That somebody was kept from seeing for themselves is a report of its own. Evidence is the original as received,
with its custody, and beside it a working copy (Berkeley Protocol, 2022); nothing is counted up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from goodoffices.commitments.happenings import REPORTED
from goodoffices.commitments.kept import COMMITMENTS, Claim
from goodoffices.commitments.making import standing
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks import ceasefires, fields
from goodoffices.talks.fields import Command, PaperCited
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene, always

SAYS = ("kept", "broken", "in-part")
ANSWERS = ("confirmed", "disputed", "not-verified", "access-denied")
EVIDENCE = "The original: the file as received, unaltered."
WORKING = "A copy to work with: cut, enlarged, translated, or with names taken out. The original is kept beside it."
REPORTS = ("happening-reported", "compliance-reported", "access-denied-reported")


@dataclass(frozen=True, kw_only=True)
class ReportHappening(Command):
    """Report that something which commitments hang on has come about."""

    event: str = fields.code("Event", "By its short name, as terms have it: full-ceasefire.")
    point: str = fields.choice("What of it", REPORTED)
    whose: str | None = fields.code(
        "Who committed", "Its short name; only where somebody committed to it.", required=False
    )
    ended_how: str | None = fields.choice(
        "How it ended", ceasefires.ENDS, "Where the event is a ceasefire that ended.", required=False
    )
    words: str | None = fields.words("In words", required=False, long=True)
    evidence: PaperCited | None = fields.paper("Evidence", EVIDENCE, required=False)  # noqa: RUF009  # as in making
    custody: str | None = fields.words(
        "Where the evidence comes from", "Through whose hands, and when.", required=False
    )
    working: PaperCited | None = fields.paper("Working copy", WORKING, required=False)  # noqa: RUF009  # as in making
    copied: str | None = fields.words("How the working copy was made", "By whom and how.", required=False)


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
    working: PaperCited | None = fields.paper("Working copy", WORKING, required=False)  # noqa: RUF009  # as in making
    copied: str | None = fields.words("How the working copy was made", "By whom and how.", required=False)


@dataclass(frozen=True, kw_only=True)
class AnswerReport(Command):
    """Say what one's delegation found of a report: confirmed, disputed, not verified, or that access was denied."""

    report: str = fields.ref("Report", *REPORTS)
    answer: str = fields.choice("Answer", ANSWERS)
    words: str | None = fields.words("In words", required=False, long=True)
    evidence: PaperCited | None = fields.paper("Evidence", EVIDENCE, required=False)  # noqa: RUF009  # as in making
    custody: str | None = fields.words(
        "Where the evidence comes from", "Through whose hands, and when.", required=False
    )
    working: PaperCited | None = fields.paper("Working copy", WORKING, required=False)  # noqa: RUF009  # as in making
    copied: str | None = fields.words("How the working copy was made", "By whom and how.", required=False)


@dataclass(frozen=True, kw_only=True)
class ReportAccessDenied(Command):
    """Report that somebody was kept from seeing for themselves. It is a claim, and others answer it."""

    FOLDED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "Evidence, and where it comes from": ("evidence", "custody", "working", "copied")
    }

    by: str | None = fields.delegation("Denied by", required=False)
    by_name: str | None = fields.words(
        "Denied by, in words", "Who exactly; leave both empty if that is not known.", required=False
    )
    to: str | None = fields.delegation("Denied to", required=False)
    to_name: str | None = fields.words("Denied to, in words", "Such as monitors of the observer.", required=False)
    where: str = fields.words("Where")
    why: str | None = fields.words("Reason given", "As it was given to those kept out.", required=False, long=True)
    commitment: str | None = fields.ref(
        "What was to be seen", "commitment-made", help="The commitment it bears on.", required=False
    )
    report: str | None = fields.ref(
        "Report that was to be verified", "happening-reported", "compliance-reported", required=False
    )
    words: str | None = fields.words("In words", required=False, long=True)
    evidence: PaperCited | None = fields.paper("Evidence", EVIDENCE, required=False)  # noqa: RUF009  # as in making
    custody: str | None = fields.words(
        "Where the evidence comes from", "Through whose hands, and when.", required=False
    )
    working: PaperCited | None = fields.paper("Working copy", WORKING, required=False)  # noqa: RUF009  # as in making
    copied: str | None = fields.words("How the working copy was made", "By whom and how.", required=False)


@dataclass(frozen=True, kw_only=True)
class AttributeReport(Command):
    """Say to whom what was reported is laid, and why. It is a claim of its own."""

    report: str = fields.ref("Report", *REPORTS)
    to: str | None = fields.delegation("Laid to", required=False)
    to_name: str | None = fields.words("Laid to, in words", required=False)
    words: str = fields.words("Why", long=True)


def report_happening(_: Scene, c: ReportHappening) -> list[Fact]:
    if (c.whose is not None) != (c.point == "committed"):
        raise Refusal("Say who committed where somebody committed to it, and only there.")
    if c.ended_how is not None and c.point != "ended":
        raise Refusal("Say how it ended only where it is reported to have ended.")
    body = {"event": c.event, "point": c.point, "whose": c.whose, "words": c.words} | _evidence(c)
    if c.ended_how is not None:
        body["ended_how"] = c.ended_how
    return [Fact("happening-reported", body | c.as_told())]


def report_compliance(scene: Scene, c: ReportCompliance) -> list[Fact]:
    found = scene.room[COMMITMENTS].of(c.commitment)
    if found is None:
        raise Refusal("The delegation this was minuted for objected to the minute, so nothing was undertaken.")
    body = {"commitment": found.made.ref, "says": c.says, "words": c.words} | _evidence(c)
    return [Fact("compliance-reported", body | c.as_told())]


def answer_report(scene: Scene, c: AnswerReport) -> list[Fact]:
    claim = _claim(scene, c.report)
    scene.refuse_unless(claim.by != scene.acting, "A delegation does not answer its own report; correct it instead.")
    if claim.answers.get(scene.acting) == c.answer:
        raise Refusal("Your delegation has answered so already.")
    body = {"report": claim.ref, "answer": c.answer, "words": c.words} | _evidence(c)
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


def report_access_denied(scene: Scene, c: ReportAccessDenied) -> list[Fact]:
    if c.to is None and c.to_name is None:
        raise Refusal("Say who was kept out: a delegation of this room, or somebody else in words.")
    for delegation in (c.by, c.to):
        if delegation is not None and not scene.seats.present(delegation):
            raise Refusal("A delegation named here does not sit in this room; name it in words instead.")
    scene.refuse_unless(c.by is None or c.by != c.to, "A delegation does not keep itself out.")
    if c.commitment is not None and scene.room[COMMITMENTS].of(c.commitment) is None:
        raise Refusal("The delegation this was minuted for objected to the minute, so nothing was undertaken.")
    if c.report is not None:
        _claim(scene, c.report)
    names = ("by", "by_name", "to", "to_name", "where", "why", "commitment", "report", "words")
    body = {name: getattr(c, name) for name in names} | _evidence(c)
    return [Fact("access-denied-reported", body | c.as_told())]


class _Evidenced(Protocol):
    evidence: PaperCited | None
    custody: str | None
    working: PaperCited | None
    copied: str | None


def _evidence(c: Any) -> dict[str, object]:
    """The original with its custody, and beside it the working copy with how it was made."""
    given: _Evidenced = c
    if given.custody is not None and given.evidence is None:
        raise Refusal("There is no evidence here to say where it comes from.")
    if given.working is not None and given.evidence is None:
        raise Refusal("Hand in the original too: a working copy alone cannot be traced back to what was received.")
    if given.copied is not None and given.working is None:
        raise Refusal("There is no working copy here to say how it was made.")
    body: dict[str, object] = {
        "evidence": given.evidence.body() if given.evidence is not None else None,
        "custody": given.custody,
    }
    if given.working is not None:
        body |= {"working": given.working.body(), "copied": given.copied}
    return body


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Reports that something this delegation owes was not kept, or not wholly, or that it denied access, that it has
    not answered."""
    if not room[SEATS].present(delegation):
        return
    state = room[COMMITMENTS]
    for claim in state.denials.values():
        if claim.against == delegation and claim.by != delegation and delegation not in claim.answers:
            yield Awaited("answer-report", claim.ref, {"report": claim.ref})
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
    Rule(ReportAccessDenied, "Report that access was denied", report_access_denied, always),
    Rule(AnswerReport, "Answer a report", answer_report, _answerable),
    Rule(AttributeReport, "Say to whom a report is laid", attribute_report, _attributable),
)
