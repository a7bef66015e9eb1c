"""Where a commitment stands, from its terms, what was reported, and the time: with the reasons.

Nothing is found kept or broken by the program: only people report that. It reads the terms, tells what binds and what
is due, and says *unknown* where the reports leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from goodoffices.commitments import happenings
from goodoffices.commitments.durations import Span, soonest
from goodoffices.commitments.happenings import Found, Reports
from goodoffices.commitments.terms import All, Any, Condition, Day, Happens, Holds, Not, Terms

Status = Literal["not-yet-binding", "binding", "due", "fulfilled", "failed", "released", "disputed", "unknown"]
STATUSES: tuple[Status, ...] = (
    "not-yet-binding", "binding", "due", "fulfilled", "failed", "released", "disputed", "unknown",
)  # fmt: skip


class Said(Struct, frozen=True):
    """What was reported of a commitment itself: ``says`` is kept, broken or in-part."""

    ref: str
    says: str
    disputed: bool = False


class Made(Struct, frozen=True):
    """A commitment: ``released`` is the ref of the entry in which the one it is owed to released it."""

    ref: str
    code: str
    terms: Terms
    entered: str  # RFC 3339
    reports: tuple[Said, ...] = ()
    released: str | None = None


class Reason(Struct, frozen=True):
    """Why: a code (``readouts`` has the sentence), the condition it is about, the moment, and entries."""

    code: str
    condition: Condition | None = None
    at: Span = Span()
    refs: tuple[str, ...] = ()


class Standing(Struct, frozen=True):
    """``due``: bounds of the moment by which it is to be done, where there is one."""

    status: Status
    reasons: tuple[Reason, ...] = ()
    due: Span | None = None


Commitments: TypeAlias = Mapping[str, Made]
"""By code."""


class World:
    """Everything reported in one room, at one moment. Each standing is found once, however often it is asked for."""

    def __init__(self, commitments: Commitments, reports: Reports, now: datetime) -> None:
        self._commitments, self._reports, self._now = commitments, reports, now
        self._found: dict[Condition, Found] = {}
        self._standing: dict[str, Standing] = {}

    def standing(self, code: str) -> Standing:
        """Raises ``KeyError`` for a code that no commitment has."""
        made, path = self._commitments[code], [code]
        while code not in self._standing:
            # Those it depends on first, without recursion: a chain of commitments may be long.
            nearest = self._commitments[path[-1]]
            missing = [d for d in self._others(nearest.terms) if d not in self._standing]
            if not missing:
                self._standing[path.pop()] = self._of(nearest)
            elif missing[0] in path:
                # Refused when made; a record made elsewhere may still hold one.
                self._standing[missing[0]] = Standing("unknown", (Reason("circular", refs=(made.ref,)),))
                path.remove(missing[0])
            else:
                path.append(missing[0])
        return self._standing[code]

    def _others(self, terms: Terms) -> list[str]:
        return [code for code in sorted(terms.commitments()) if code in self._commitments]

    def _of(self, made: Made) -> Standing:
        return _reported(made) or self._by_terms(made.terms)

    def _by_terms(self, terms: Terms) -> Standing:
        reasons: list[Reason] = []
        for step in (self._unless, self._after, self._of_event, self._until, self._lasting):
            ended = step(terms, reasons)
            if ended is not None:
                return ended
        return self._due(terms, reasons)

    def _unless(self, terms: Terms, reasons: list[Reason]) -> Standing | None:
        return self._check(terms.unless, reasons, {True: ("released", "unless-met"), None: ("unknown", "unless-open")})

    def _after(self, terms: Terms, reasons: list[Reason]) -> Standing | None:
        outcomes: _Outcomes = {False: ("not-yet-binding", "after-not-met"), None: ("unknown", "after-open")}
        return self._check(terms.after, reasons, outcomes, "after-met")

    def _of_event(self, terms: Terms, reasons: list[Reason]) -> Standing | None:
        outcomes: _Outcomes = {False: ("not-yet-binding", "of-not-met"), None: ("unknown", "of-open")}
        return self._check(terms.of, reasons, outcomes, "of-met")

    def _until(self, terms: Terms, reasons: list[Reason]) -> Standing | None:
        return self._check(terms.until, reasons, {True: ("released", "until-met"), None: ("unknown", "until-open")})

    def _check(
        self, condition: Condition | None, reasons: list[Reason], outcomes: _Outcomes, otherwise: str = ""
    ) -> Standing | None:
        if condition is None:
            return None
        found = self.find(condition)
        if found.so in outcomes:
            status, code = outcomes[found.so]
            return Standing(status, (*reasons, Reason(code, condition, found.since, found.refs)))
        if otherwise:
            reasons.append(Reason(otherwise, condition, found.since, found.refs))
        return None

    def _lasting(self, terms: Terms, reasons: list[Reason]) -> Standing | None:
        if terms.lasting is None:
            return None
        end = self._bound_since(terms).later(terms.lasting)
        over = end.passed(self._now)
        if over is False:
            reasons.append(Reason("lasts", at=end))
            return None
        # Its time is over (or may be), and nobody has said whether it was kept.
        return Standing("unknown", (*reasons, Reason("over-not-reported" if over else "over-open", at=end)))

    def _bound_since(self, terms: Terms) -> Span:
        starts = [self.find(c).since for c in (terms.after, terms.of) if c is not None]
        return max(starts, key=lambda s: s.latest or self._now) if starts else Span(None, None)

    def _due(self, terms: Terms, reasons: list[Reason]) -> Standing:
        due = self._deadline(terms)
        if due is None:
            return Standing("binding", tuple(reasons) or (Reason("no-condition"),))
        passed = due.passed(self._now)
        if passed is None:
            return Standing("unknown", (*reasons, Reason("due-open", terms.by, due)), due)
        code = "due-passed" if passed else "due-at"
        return Standing("due" if passed else "binding", (*reasons, Reason(code, terms.by, due)), due)

    def _deadline(self, terms: Terms) -> Span | None:
        ends = []
        if terms.within is not None and terms.of is not None:
            ends.append(self.find(terms.of).since.later(terms.within))
        if terms.by is not None:
            ends += self._comes(terms.by)
        return soonest(ends) if ends else None

    def _comes(self, condition: Condition) -> list[Span]:
        """When a condition that something is due by comes; nothing while that is not known."""
        found = self.find(condition)
        if found.so is None:
            return [Span()]
        return [found.since] if found.so or isinstance(condition, Day) else []

    # Conditions

    def find(self, condition: Condition) -> Found:
        """Whether it is met. Found once for all commitments that speak of it."""
        known = self._found.get(condition)
        if known is None:
            known = self._found[condition] = self._find(condition)
        return known

    def _find(self, condition: Condition) -> Found:
        match condition:
            case Day():
                return happenings.day(condition, self._now)
            case Holds():
                return happenings.holds(condition, self._reports, self._now)
            case Happens(event, "fulfilled" | "failed" as point, _):
                return self._other(event, point)
            case Happens():
                return happenings.happened(condition, self._reports)
            case Not(part):
                found = self.find(part)
                return Found(None if found.so is None else not found.so, Span(), found.refs)
            case All(parts):
                return _joined([self.find(p) for p in parts], False, lambda spans: max(spans, key=_latest))
            case Any(parts):
                return _joined([self.find(p) for p in parts], True, soonest)

    def _other(self, code: str, point: str) -> Found:
        if code not in self._commitments:
            return Found(False)
        other = self.standing(code)
        refs = tuple(ref for reason in other.reasons for ref in reason.refs)
        return Found(None if other.status in {"disputed", "unknown"} else other.status == point, Span(), refs)


_Outcomes: TypeAlias = dict[bool | None, tuple[Status, str]]


def _reported(made: Made) -> Standing | None:
    """What people said of the commitment itself; that goes before anything the terms say."""
    if made.released is not None:
        return Standing("released", (Reason("released", refs=(made.released,)),))
    says = {r.says for r in made.reports if not r.disputed}
    refs = tuple(r.ref for r in made.reports)
    if any(r.disputed for r in made.reports) or len(says - {"in-part"}) > 1:
        return Standing("disputed", (Reason("reports-differ", refs=refs),))
    if "broken" in says:
        return Standing("failed", (Reason("reported-broken", refs=refs),))
    return Standing("fulfilled", (Reason("reported-kept", refs=refs),)) if "kept" in says else None


def _joined(found: list[Found], decides: bool, since: Callable[[list[Span]], Span]) -> Found:
    """All (``decides`` False) or any (True) of several: one that decides is enough, else one left open leaves it so."""
    refs = tuple(dict.fromkeys(ref for f in found for ref in f.refs))
    deciding = [f for f in found if f.so is decides]
    if deciding:
        return Found(decides, since([f.since for f in deciding]) if decides else Span(), refs)
    if any(f.so is None for f in found):
        return Found(None, Span(), refs)
    return Found(not decides, Span() if decides else since([f.since for f in found]), refs)


def _latest(at: Span) -> float:
    return at.latest.timestamp() if at.latest else float("inf")
