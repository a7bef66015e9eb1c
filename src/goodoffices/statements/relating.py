"""How one statement bears on another, and what an entry is about: each as somebody says, with nothing decided by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.record.entries import Fact
from goodoffices.statements.kept import NUMBERED, STATEMENTS
from goodoffices.statements.recorded import MEETING, Place, placed
from goodoffices.statements.versions import STATEMENT, held_in
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene

HOW = ("supports", "contradicts", "corrects", "repeats")
SAYING = ("statement-recorded", "understanding-told", "event-noted")
"""Kinds that say something which others may support or contradict; so may what was released here of them."""


@dataclass(frozen=True, kw_only=True)
class RelateStatements(Command):
    """Say that one account supports, contradicts, corrects or repeats another. Both go on showing."""

    statement: str = fields.ref("This", *SAYING, "entry-released")
    how: str = fields.choice("How it bears on the other", HOW)
    to: str = fields.ref("The other", *SAYING, "entry-released")
    words: str | None = fields.words("In which point", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class NoteSubject(Command):
    """Say what an entry is about, so that it shows on the timelines of its issues."""

    entry: str = fields.ref("Entry", *NUMBERED, "entry-released")
    issues: tuple[str, ...] = fields.code(
        "Issues", "Short names, such as ceasefire, prisoners.", required=False, many=True
    )
    places: tuple[Place, ...] = fields.rows("Places", Place, required=False)
    describes: tuple[str, ...] = fields.code("It is an account of the meeting", MEETING, required=False, many=True)


def relate_statements(scene: Scene, c: RelateStatements) -> list[Fact]:
    scene.refuse_unless(c.statement != c.to, "An account does not bear on itself; choose another.")
    kinds = [held_in(scene.cited[ref])[0] for ref in (c.statement, c.to)]
    if not all(kind in SAYING for kind in kinds):
        raise Refusal("What was released here and is neither a statement nor an understanding bears on no account.")
    if STATEMENT not in kinds:
        raise Refusal("At least one of the two has to be a statement.")
    body = {"statement": c.statement, "how": c.how, "to": c.to, "words": c.words}
    return [Fact("statements-related", body | c.as_told())]


def note_subject(scene: Scene, c: NoteSubject) -> list[Fact]:
    entry = scene.cited[c.entry]
    if held_in(entry)[0] not in NUMBERED:
        raise Refusal("What was released here in that entry is about no issue.")
    if not (c.issues or c.places or c.describes):
        raise Refusal("Say what it is about: an issue, a place or a meeting.")
    body = {
        "entry": c.entry,
        "seq": entry.seq,
        "issues": list(dict.fromkeys(c.issues)),
        "places": placed(c.places),
        "describes": list(dict.fromkeys(c.describes)),
    }
    return [Fact("subject-noted", body | c.as_told())]


def _any_two(scene: Scene) -> Iterable[Mapping[str, str]]:
    state = scene.room[STATEMENTS]
    if state.count(STATEMENT) and state.count(*SAYING) > 1:
        yield {}


def _anything(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.room[STATEMENTS].count(*NUMBERED):
        yield {}


RULES = (
    Rule(RelateStatements, "Say how one account bears on another", relate_statements, _any_two),
    Rule(NoteSubject, "Say what an entry is about", note_subject, _anything),
)
