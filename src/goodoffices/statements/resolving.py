"""Saying what a statement left open, and whose words it holds: only with a source, and what was open still shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from goodoffices.record.entries import Fact
from goodoffices.statements.kept import ANY_OPEN, STATEMENTS
from goodoffices.statements.recorded import SAME, STATEMENT_KINDS, Place, placed, same
from goodoffices.statements.versions import STATEMENT, said_in, speaker
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene

SOURCE = "From whom, or from which paper, you have it: without one it stays open."
ON_RECORD = "Where it stands on this record."
OFFERED = 6  # newest open items offered each by itself; beyond that one chooses from the statements' page


@dataclass(frozen=True, kw_only=True)
class ResolveReference(Command):
    """Say, with a source, what is meant by something that a statement leaves open."""

    statement: str = fields.ref("Statement", *STATEMENT_KINDS)
    item: int = fields.number("Which of what it leaves open", "1 for the first.", shown=True)
    means: str = fields.words("What is meant", long=True)
    places: tuple[Place, ...] = fields.rows("Which places", Place, required=False)
    source: str = fields.words("Source", SOURCE)
    says_so: str | None = fields.ref("The entry that says so", help=ON_RECORD, required=False)


@dataclass(frozen=True, kw_only=True)
class IdentifySpeaker(Command):
    """Say, with a source, who it was whose words a statement holds."""

    statement: str = fields.ref("Statement", *STATEMENT_KINDS)
    person: str | None = fields.person("A delegate here", required=False)
    delegation: str | None = fields.delegation("A delegation as such", required=False)
    same_speaker: str | None = fields.ref("The same speaker as in", *STATEMENT_KINDS, help=SAME, required=False)
    name: str | None = fields.words("In words", required=False)
    source: str = fields.words("Source", SOURCE)
    says_so: str | None = fields.ref("The entry that says so", help=ON_RECORD, required=False)


def resolve_reference(scene: Scene, c: ResolveReference) -> list[Fact]:
    kept = scene.room[STATEMENTS].open.get(c.statement)
    items = len(kept.items) if kept else 0
    if not 1 <= c.item <= items:
        raise Refusal(f"The statement leaves {items} things open; say which of them, from 1.")
    body = {
        "statement": c.statement,
        "item": c.item - 1,
        "means": c.means,
        "places": placed(c.places),
        "source": c.source,
        "says_so": c.says_so,
    }
    return [Fact("reference-resolved", body | c.as_told())]


def identify_speaker(scene: Scene, c: IdentifySpeaker) -> list[Fact]:
    given = [one for one in (c.person, c.delegation, c.same_speaker, c.name) if one is not None]
    if len(given) != 1:
        raise Refusal(
            "Say in one way who it was: a delegate, a delegation, the speaker of another statement, or in words."
        )
    if c.person is not None and c.person not in scene.seats.delegates:
        raise Refusal("The delegate you name has no seat in this room; name them in words.")
    body = {
        "statement": c.statement,
        "seq": scene.cited[c.statement].seq,
        "person": c.person,
        "delegation": c.delegation,
        "same_speaker": c.same_speaker,
        "name": c.name,
        "source": c.source,
        "says_so": c.says_so,
    } | _as_elsewhere(scene, c.same_speaker)
    _check_new(scene, c.statement, body)
    return [Fact("speaker-identified", body | c.as_told())]


def _as_elsewhere(scene: Scene, ref: str | None) -> dict[str, Any]:
    """The speaker of another statement, by whatever names them first."""
    names = {"speaker_person": "person", "speaker_delegation": "delegation"}
    return {names.get(name, name): value for name, value in same(scene, ref).items()}


def _check_new(scene: Scene, ref: str, body: Mapping[str, Any]) -> None:
    said, state = said_in(scene.cited[ref]), scene.room[STATEMENTS]
    if said is None:
        raise Refusal("The entry you name is no statement.")
    who = body["person"] or body["delegation"] or body["same_speaker"]
    known = [i.speaker for i in map(state.identified.get, state.later.get(ref, ())) if i is not None]
    if who in {speaker(ref, said), *known}:
        raise Refusal("This is on the record already: the statement is known as theirs.")


def _open(scene: Scene) -> Iterable[Mapping[str, str]]:
    """The newest things left open."""
    found = ((ref, item) for ref in reversed(_open_refs(scene)) for item in scene.room[STATEMENTS].open[ref].left)
    yield from ({"statement": ref, "item": str(item + 1)} for ref, item in islice(found, OFFERED))


def _open_refs(scene: Scene) -> list[str]:
    state = scene.room[STATEMENTS]
    return [ref for ref, kept in state.open.items() if kept.left] if state.marks.count(ANY_OPEN) else []


def _any(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.room[STATEMENTS].count(STATEMENT):
        yield {}


RULES = (
    Rule(ResolveReference, "Say what is meant", resolve_reference, _open),
    Rule(IdentifySpeaker, "Say whose words they are", identify_speaker, _any),
)
