"""The course of one exchange: what has come of it, who is awaited, and what that means in one word.

A course is plain values, so a projection holds it. ``order`` says what may happen next and advances it. Digests are 64
hex digits; times are RFC 3339 in UTC with milliseconds, so they compare as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from goodoffices.sealing.terms import Terms

HELD = "held"

Ending: TypeAlias = Literal["declined", "withdrawn", "lapsed"]
Standing: TypeAlias = Literal[
    "proposed", "agreed", "sealed", "failed", "released", "opened", "declined", "withdrawn", "lapsed"
]
Step: TypeAlias = Literal["agree", "seal", "hold", "release", "open"]


@dataclass(frozen=True)
class Seal:
    """The digests of what a side handed in."""

    outer: str
    escrow: str


@dataclass(frozen=True)
class Release:
    id: str
    by: str
    builds_on: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """Somebody is awaited: ``side`` is whose paper it is about, where it is about one."""

    by: str
    step: Step
    side: str | None = None


@dataclass(frozen=True)
class Course:
    """How far an exchange has come. Codes are those of the terms.

    ``words``: by holder and side, ``held`` or the fault it found; its last word counts. ``digests``: what is out.
    """

    sides: tuple[str, str]
    holders: tuple[str, ...]
    k: int
    deadline: str
    agreed: tuple[str, ...] = ()
    ended: Ending | None = None
    ended_by: str | None = None
    seals: dict[str, Seal] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    disputed: dict[str, str] = field(default_factory=dict)
    tabled: tuple[str, ...] = ()

    @property
    def all_agreed(self) -> bool:
        return set(self.agreed) == {*self.sides, *self.holders}

    @property
    def both_sealed(self) -> bool:
        return len(self.seals) == len(self.sides)

    @property
    def out(self) -> bool:
        """Whether both papers' outer layers can be opened by whoever reads the releases."""
        return len(self.digests) == len(self.sides)

    @property
    def failed(self) -> bool:
        """Whether both have sealed and no holders are left who could bring both papers out."""
        if not self.both_sealed or self.out or self.ended:
            return False
        able = [holder for holder in self.holders if self.may_still_release(holder)]
        released = {release.by for release in self.releases}
        return not able or len(released | set(able)) < self.k

    @property
    def standing(self) -> Standing:
        """In one word."""
        if self.ended is not None:
            return self.ended
        if self.out:
            return "opened" if set(self.opened) | set(self.disputed) == set(self.sides) else "released"
        if self.failed:
            return "failed"
        return "sealed" if self.both_sealed else "agreed" if self.all_agreed else "proposed"

    def counterpart(self, side: str) -> str:
        return self.sides[1] if side == self.sides[0] else self.sides[0]

    def disputing(self, holder: str) -> str | None:
        """The first side whose seal this holder finds at fault."""
        return next((side for side, word in self.words.get(holder, {}).items() if word != HELD), None)

    def may_still_release(self, holder: str) -> bool:
        """Whether this holder disputes no seal and has not released, or only unaware of another's release."""
        return self.disputing(holder) is None and not self.has_released(holder)

    def has_released(self, holder: str) -> bool:
        """Whether this holder has released, and there is no other release of which it and the other were unaware."""
        own = [release for release in self.releases if release.by == holder]
        taken_up = {id for release in own for id in release.builds_on}
        ids = {release.id for release in own}
        unaware = [r for r in self.releases if r.by != holder and r.id not in taken_up and not ids & set(r.builds_on)]
        return bool(own) and not unaware


def begin(terms: Terms) -> Course:
    """The course of an exchange that has been proposed and no more."""
    first, second = terms.sides
    holders = tuple(holder.code for holder in terms.holders)
    return Course((first.code, second.code), holders, terms.k, terms.deadline)


def due(course: Course) -> tuple[Due, ...]:
    """Who is awaited now. A holder's confirmation is awaited, and nobody has to wait for it."""
    if course.ended or course.failed:
        return ()
    if not course.all_agreed:
        return tuple(Due(code, "agree") for code in (*course.sides, *course.holders) if code not in course.agreed)
    if course.out:
        done = {*course.opened, *course.disputed}
        return tuple(Due(course.counterpart(side), "open", side) for side in course.sides if side not in done)
    seals = tuple(Due(side, "seal") for side in course.sides if side not in course.seals)
    holds = tuple(
        Due(holder, "hold", side)
        for holder in course.holders
        for side in course.seals
        if side not in course.words.get(holder, {}) and course.may_still_release(holder)
    )
    able = course.holders if course.both_sealed else ()
    return seals + holds + tuple(Due(holder, "release") for holder in able if course.may_still_release(holder))
