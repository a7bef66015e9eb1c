"""Statements as recorded by somebody in the room. They are accounts: recording one says nothing about its truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Rule, Scene, always

VERBS = ("said", "demanded", "threatened", "offered", "announced", "expected", "described")
SETTINGS = ("in-room", "public", "elsewhere", "not-stated")


@dataclass(frozen=True)
class Statements:
    """Nothing is kept of them: no rule asks, and nothing waits for a statement."""


@dataclass(frozen=True, kw_only=True)
class RecordStatement(Command):
    """Record what someone is said to have said."""

    speaker: str | None = fields.words("Speaker", "Leave empty where the source does not name one.", required=False)
    speaker_delegation: str | None = fields.delegation("Speaking for", required=False)
    function: str | None = fields.words("Function", required=False)
    verb: str = fields.choice("What they did", VERBS)
    gist: str = fields.words("Words or gist", long=True)
    exact: bool = fields.flag("Exact words", "Otherwise it is the gist.")
    setting: str = fields.choice("Where", SETTINGS)
    channel: str | None = fields.words("Channel", "Such as a press conference, or X.", required=False)
    relayed_by: str | None = fields.words("Relayed by", required=False)
    condition: str | None = fields.words("Condition", "What they made it depend on.", required=False, long=True)
    about: str | None = fields.ref("About", help="An entry of this room it bears on.", required=False)


def record_statement(_: Scene, c: RecordStatement) -> list[Fact]:
    body: dict[str, Any] = {
        "speaker": c.speaker,
        "speaker_delegation": c.speaker_delegation,
        "function": c.function,
        "verb": c.verb,
        "gist": c.gist,
        "exact": c.exact,
        "setting": c.setting,
        "channel": c.channel,
        "relayed_by": c.relayed_by,
        "condition": c.condition,
        "about": c.about,
    }
    return [Fact("statement-recorded", body | c.as_told())]


def _recorded(state: Statements, _: Entry) -> Statements:
    return state


STATEMENTS: Matter[Statements] = Matter(
    name="statements", version=1, initial=Statements(), folds={"statement-recorded": _recorded}
)


RULES = (Rule(RecordStatement, "Record a statement", record_statement, always),)
