"""What a room's record holds of commitments: the state, and the fold of every kind.

A happening is anything an event of the terms may come to; a report on a commitment says that it was kept, broken or
kept in part. Who claims it, what others answer, and to whom it is laid are three entries by three people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from goodoffices.commitments.happenings import Report
from goodoffices.commitments.standing import Made, Said
from goodoffices.commitments.terms import Terms
from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered


@dataclass(frozen=True)
class Commitment:
    """``by`` owes it ``to`` others (delegations; None and () where they do not sit in the room and stand in words).

    ``entered_by``: whose entry it is. ``disowned``: the delegation it was minuted for objected to the minute.
    """

    made: Made
    by: str | None
    to: tuple[str, ...]
    degree: str
    entered_by: str
    disowned: bool = False


@dataclass(frozen=True)
class Claim:
    """A delegation's report: of an event (``event``), on a commitment (``commitment``, its code), of access denied.

    ``against``: the delegation that is said to have denied access.
    ``answers``: delegation -> confirmed, disputed, not-verified or access-denied, its last one.
    """

    ref: str
    by: str
    event: str | None = None
    commitment: str | None = None
    against: str | None = None
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def disputed(self) -> bool:
        return "disputed" in self.answers.values()


@dataclass(frozen=True)
class Commitments:
    """``all``: by code, in order. ``reports``: by event. ``claims``: by ref.

    ``denials``: those of the claims that report access denied.
    ``codes``, ``releases``: by the ref of ``commitment-made``, of ``commitment-released``, the commitment's code.
    """

    all: Ordered[Commitment] = field(default_factory=Ordered)
    codes: Ordered[str] = field(default_factory=Ordered)
    releases: Ordered[str] = field(default_factory=Ordered)
    reports: Ordered[tuple[Report, ...]] = field(default_factory=Ordered)
    claims: Ordered[Claim] = field(default_factory=Ordered)
    denials: Ordered[Claim] = field(default_factory=Ordered)

    def of(self, ref: str) -> Commitment | None:
        """The commitment made in this entry, unless its minute was objected to."""
        found = self.all.get(self.codes.get(ref, ""))
        return None if found is None or found.disowned or found.made.ref != ref else found

    def made(self) -> dict[str, Made]:
        """What standings are found from."""
        return {code: c.made for code, c in self.all.items() if not c.disowned}


def terms_of(body: Mapping[str, Any]) -> Terms:
    """The terms in the body of ``commitment-made``; terms that a later version wrote come back empty."""
    try:
        return msgspec.convert(body.get("terms", {}), Terms)
    except msgspec.ValidationError:
        return Terms()


def _made(state: Commitments, entry: Entry) -> Commitments:
    b, h = entry.body, entry.header
    if b["code"] in state.all and not state.all[b["code"]].disowned:
        return state
    made = Made(entry.ref, b["code"], terms_of(b), h.at)
    new = Commitment(made, b["by"], tuple(b["to"]), b["degree"], entry.acting)
    return replace(state, all=state.all.put(made.code, new), codes=state.codes.put(entry.ref, made.code))


def _released(state: Commitments, entry: Entry) -> Commitments:
    found = state.of(entry.body["commitment"])
    if found is None or found.made.released is not None:
        return state
    state = replace(state, releases=state.releases.put(entry.ref, found.made.code))
    return _with(state, replace(found, made=msgspec.structs.replace(found.made, released=entry.ref)))


def _happened(state: Commitments, entry: Entry) -> Commitments:
    b = entry.body
    report = Report(entry.ref, b["point"], b.get("happened"), entry.header.at, b.get("whose"))
    reports = state.reports.put(b["event"], (*state.reports.get(b["event"], ()), report))
    claim = Claim(entry.ref, entry.acting, event=b["event"])
    return replace(state, reports=reports, claims=state.claims.put(entry.ref, claim))


def _reported(state: Commitments, entry: Entry) -> Commitments:
    found = state.of(entry.body["commitment"])
    if found is None:
        return state
    said = Said(entry.ref, entry.body["says"])
    made = msgspec.structs.replace(found.made, reports=(*found.made.reports, said))
    claim = Claim(entry.ref, entry.acting, commitment=found.made.code)
    return replace(_with(state, replace(found, made=made)), claims=state.claims.put(entry.ref, claim))


def _denied(state: Commitments, entry: Entry) -> Commitments:
    found = state.of(entry.body.get("commitment") or "")
    code = found.made.code if found is not None else None
    return _with_denial(state, Claim(entry.ref, entry.acting, commitment=code, against=entry.body.get("by")))


def _with_denial(state: Commitments, claim: Claim) -> Commitments:
    return replace(state, claims=state.claims.put(claim.ref, claim), denials=state.denials.put(claim.ref, claim))


def _answered(state: Commitments, entry: Entry) -> Commitments:
    claim = state.claims.get(entry.body["report"])
    if claim is None:
        return state
    claim = replace(claim, answers={**claim.answers, entry.acting: entry.body["answer"]})
    return _claimed(replace(state, claims=state.claims.put(claim.ref, claim)), claim)


def _claimed(state: Commitments, claim: Claim) -> Commitments:
    """The state with what a claim's answers make of the report it stands for."""
    if claim.ref in state.denials:
        return _with_denial(state, claim)
    if claim.event is not None:
        told = tuple(
            msgspec.structs.replace(r, disputed=claim.disputed) if r.ref == claim.ref else r
            for r in state.reports.get(claim.event, ())
        )
        return replace(state, reports=state.reports.put(claim.event, told))
    found = state.all[claim.commitment or ""]
    said = tuple(
        msgspec.structs.replace(s, disputed=claim.disputed) if s.ref == claim.ref else s for s in found.made.reports
    )
    return _with(state, replace(found, made=msgspec.structs.replace(found.made, reports=said)))


def _minute_objected(state: Commitments, entry: Entry) -> Commitments:
    minute = entry.body["entry"]
    if minute in state.codes:
        found = state.of(minute)
        return state if found is None else _with(state, replace(found, disowned=True))
    if minute in state.claims:
        return _without(state, state.claims[minute])
    found = state.all.get(state.releases.get(minute, ""))
    if found is None or found.made.released != minute:
        return state
    return _with(state, replace(found, made=msgspec.structs.replace(found.made, released=None)))


def _without(state: Commitments, claim: Claim) -> Commitments:
    claims = state.claims.drop(claim.ref)
    if claim.ref in state.denials:
        return replace(state, claims=claims, denials=state.denials.drop(claim.ref))
    if claim.event is not None:
        told = tuple(r for r in state.reports[claim.event] if r.ref != claim.ref)
        return replace(state, claims=claims, reports=state.reports.put(claim.event, told))
    found = state.all[claim.commitment or ""]
    said = tuple(s for s in found.made.reports if s.ref != claim.ref)
    made = msgspec.structs.replace(found.made, reports=said)
    return replace(_with(state, replace(found, made=made)), claims=claims)


def _with(state: Commitments, commitment: Commitment) -> Commitments:
    return replace(state, all=state.all.put(commitment.made.code, commitment))


def _unchanged(state: Commitments, _: Entry) -> Commitments:
    return state


COMMITMENTS: Matter[Commitments] = Matter(
    name="commitments",
    version=2,
    initial=Commitments(),
    folds={
        "commitment-made": _made,
        "commitment-released": _released,
        "happening-reported": _happened,
        "compliance-reported": _reported,
        "access-denied-reported": _denied,
        "report-answered": _answered,
        "report-attributed": _unchanged,
        "minute-objected": _minute_objected,
    },
)
