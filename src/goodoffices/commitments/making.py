"""Making a commitment, or writing down one that was announced, and releasing from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from goodoffices.commitments.kept import COMMITMENTS, Commitment, Commitments
from goodoffices.commitments.terms import Terms
from goodoffices.record.entries import Fact
from goodoffices.talks import ceasefires, fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene, always

DEGREES = ("announced", "promised", "agreed", "signed")


@dataclass(frozen=True, kw_only=True)
class MakeCommitment(Command):
    """Write down what somebody has undertaken: who owes what to whom, under which terms."""

    FOLDED: ClassVar[Mapping[str, tuple[str, ...]]] = {ceasefires.TITLE: ceasefires.NAMES}

    code: str = fields.code("Short name", "Others can hang on it: “after release-of-lists is fulfilled”.")
    by: str | None = fields.delegation("Owed by", required=False)
    by_name: str | None = fields.words(
        "Owed by, in words", "Who exactly, or who does not sit in this room.", required=False
    )
    to: tuple[str, ...] = fields.delegation("Owed to", many=True, required=False)
    to_name: str | None = fields.words(
        "Owed to, in words", "Who exactly, or who does not sit in this room.", required=False
    )
    what: str = fields.words("What", long=True)
    terms: Terms | None = fields.terms("Terms")  # noqa: RUF009  # a description of the field
    otherwise: str | None = fields.words("What is announced to follow if it is not done", required=False, long=True)
    degree: str = fields.choice("Degree", DEGREES)
    ceasefire_class: str | None = ceasefires.class_field()
    declared: str | None = ceasefires.declared_field()
    purposes: tuple[str, ...] = ceasefires.purposes_field()
    coverage: str | None = ceasefires.coverage_field()
    covers: str | None = ceasefires.covers_field()


@dataclass(frozen=True, kw_only=True)
class ReleaseCommitment(Command):
    """Release whoever owes it: nothing is owed any more."""

    commitment: str = fields.ref("Commitment", "commitment-made")
    reason: str | None = fields.words("Reason", required=False, long=True)


def make_commitment(scene: Scene, c: MakeCommitment) -> list[Fact]:
    state = scene.room[COMMITMENTS]
    if c.by is None and c.by_name is None:
        raise Refusal("Say who owes it: a delegation of this room, or, in words, somebody who does not sit in it.")
    if c.code in state.all and not state.all[c.code].disowned:
        raise Refusal(
            f"There is a commitment called “{c.code}” in this room already; give this one another short name."
        )
    if c.by is not None and c.by in c.to:
        raise Refusal("A delegation does not owe something to itself.")
    for delegation in (c.by, *c.to):
        if delegation is not None and not scene.seats.present(delegation):
            raise Refusal("A delegation named here does not sit in this room; name it in words instead.")
    terms = c.terms or Terms()
    if (way := circle(state, c.code, terms)) is not None:
        raise Refusal(f"These terms hang on themselves ({way}), so they could never be met.")
    body = {
        "code": c.code,
        "by": c.by,
        "by_name": c.by_name,
        "to": list(dict.fromkeys(c.to)),
        "to_name": c.to_name,
        "what": c.what,
        "terms": msgspec.to_builtins(terms),
        "otherwise": c.otherwise,
        "degree": c.degree,
    }
    return [Fact("commitment-made", body | ceasefires.body(c) | c.as_told())]


def circle(state: Commitments, code: str, terms: Terms) -> str | None:
    """The way back to ``code`` over commitments that hang on one another, if there is one."""
    ways = [(d, f"{code}, {d}") for d in sorted(terms.commitments())]
    seen: set[str] = set()
    while ways:
        at, way = ways.pop()
        if at == code:
            return way
        if at not in seen and at in state.all:
            seen.add(at)
            ways += [(d, f"{way}, {d}") for d in sorted(state.all[at].made.terms.commitments())]
    return None


def release_commitment(scene: Scene, c: ReleaseCommitment) -> list[Fact]:
    found = scene.room[COMMITMENTS].of(c.commitment)
    if found is None:
        raise Refusal("The delegation this was minuted for objected to the minute, so nothing was undertaken.")
    if found.made.released is not None:
        raise Refusal("This commitment was released already.")
    if not _may_release(scene, found):
        raise Refusal("Only a delegation it is owed to releases from a commitment.")
    return [Fact("commitment-released", {"commitment": found.made.ref, "reason": c.reason} | c.as_told())]


def _may_release(scene: Scene, found: Commitment) -> bool:
    """One that it is owed to; where those do not sit here, whoever wrote it down says that they released it."""
    return scene.acting in found.to if found.to else scene.acting == found.entered_by


def _releasable(scene: Scene) -> Iterable[Mapping[str, str]]:
    for found in standing(scene.room[COMMITMENTS]):
        if found.made.released is None and _may_release(scene, found):
            yield {"commitment": found.made.ref}


def standing(state: Commitments) -> Iterator[Commitment]:
    """Those whose minute nobody objected to."""
    return (c for c in state.all.values() if not c.disowned)


RULES = (
    Rule(MakeCommitment, "Write down a commitment", make_commitment, always),
    Rule(ReleaseCommitment, "Release from a commitment", release_commitment, _releasable),
)
