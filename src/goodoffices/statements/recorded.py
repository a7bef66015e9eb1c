"""Recording what somebody is said to have said. It is an account: recording one says nothing about its truth.

Words are those of whoever records them, with every hedge of the source: who tells it, how it is known, what it leaves
open. Nothing has to be filled in that the source does not give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from goodoffices.record.entries import Fact
from goodoffices.statements import languages, places
from goodoffices.statements.versions import NOTHING, RECORDED, said_in, speaker
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene, always

VERBS = (
    *("said", "demanded", "threatened", "offered", "announced", "expected", "described", "asked", "took-note"),
    *("proposed", "promised", "agreed", "refused", "denied", "confirmed", "warned"),
)
SETTINGS = ("here", "in-room", "public", "elsewhere", "not-stated")
"""``here``: in this very room. ``in-room``: in some other room of the talks, as this one has heard; which, in words."""

ORDERS = ("before", "during", "after")
CHANNELS = (
    *("press-conference", "to-the-media", "interview", "written-statement", "speech", "broadcast"),
    *("social-media", "call", "leak", "report"),
)
RELAYS = ("agency", "outlet", "official", "person", "other")
OPEN = ("reference", "measure", "other")
"""What may be left open: whom or what some words mean; what a figure measures; anything else."""

STATEMENT_KINDS = ("statement-recorded", "entry-released")
"""As entered here, or released here from another room."""

MEETING = "By its short name, such as first-meeting."
SAME = "Choose an earlier statement of theirs, so that what they say is found together."


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The words in another language, and the person who put them into it."""

    language: str = fields.plain("Into the language", languages.PATTERN, "Its code: en, uk, ru.")
    words: str = fields.words("Translation", long=True)
    by: str = fields.words("Translated by")


@dataclass(frozen=True, kw_only=True)
class Relay:
    """One of those by whom it came to us."""

    by: str = fields.words("Relayed by")
    role: str | None = fields.choice("Which is", RELAYS, required=False)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody it is about: with a seat here, or in words."""

    person: str | None = fields.person("Delegate", required=False)
    name: str | None = fields.words("In words", required=False)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place it is about, by its code, and whether only part of it is meant."""

    code: str = fields.plain("Place", places.PATTERN, "Its code in ISO 3166: UA for a country, UA-63 for part of one.")
    part: bool = fields.flag("Only part of it")
    words: str | None = fields.words("As the source names it", required=False)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One thing they made it depend on."""

    words: str = fields.words("Condition")


@dataclass(frozen=True, kw_only=True)
class LeftOpen:
    """Something that the source leaves open, and that nobody fills in without one."""

    what: str = fields.choice("What is open", OPEN)
    words: str = fields.words("The words that leave it open")
    note: str | None = fields.words("What can be said of it", required=False)


@dataclass(frozen=True, kw_only=True)
class RecordStatement(Command):
    """Record what someone is said to have said. ``FOLDED``: fields that a form shows together, folded away at first."""

    FOLDED: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "More about the speaker": ("speaker_person", "same_speaker", "speaker_delegation", "function"),
        "Language and translations": ("language", "translations", "verb_used"),
        "Where, and before or after what": ("place", "order", "meeting", "occasion"),
        "How it came to us, and when": ("channel", "channel_name", "outlet", "relays", "learnt"),
        "What it is about": ("issues", "people", "places", "describes", "about"),
    }
    speaker: str | None = fields.words("Speaker", "By name; leave empty where the source has none.", required=False)
    described: str | None = fields.words(
        "Speaker, described", "Where nobody is named: a Ukrainian official.", required=False
    )
    speaker_person: str | None = fields.person("Speaker, as a delegate here", required=False)
    same_speaker: str | None = fields.ref("The same speaker as in", *STATEMENT_KINDS, help=SAME, required=False)
    speaker_delegation: str | None = fields.delegation("Speaking for", required=False)
    function: str | None = fields.words("Function", required=False)
    verb: str = fields.choice("What they did", VERBS)
    gist: str = fields.words("Words or gist", "In the language they were said or reported in.", long=True)
    exact: bool = fields.flag("Exact words", "Otherwise it is the gist.")
    language: str | None = fields.plain(
        "Language", languages.PATTERN, "Its code: en, uk, ru. Leave empty if not known.", required=False
    )
    translations: tuple[Translation, ...] = fields.rows("Translations, by people", Translation, required=False)
    verb_used: str | None = fields.words("The verb as the source has it", required=False)
    setting: str = fields.choice("Where", SETTINGS)
    place: str | None = fields.words("Which room, or where in public", required=False)
    order: str | None = fields.choice("Before, during or after what follows", ORDERS, required=False)
    meeting: str | None = fields.code("A meeting", MEETING, required=False)
    occasion: str | None = fields.words("Or another occasion", "Such as a call with others.", required=False)
    channel: str | None = fields.choice("Channel", CHANNELS, required=False)
    channel_name: str | None = fields.words("Which channel", "Such as X.", required=False)
    outlet: str | None = fields.words("To which outlet", required=False)
    relays: tuple[Relay, ...] = fields.rows(
        "How it came to us", Relay, "In order: who heard the speaker first, whom we have it from last.", required=False
    )
    learnt: str | None = fields.when("When we learnt of it", required=False)
    issues: tuple[str, ...] = fields.code(
        "About which issues", "Short names, such as ceasefire, prisoners.", required=False, many=True
    )
    people: tuple[Person, ...] = fields.rows("About whom", Person, required=False)
    places: tuple[Place, ...] = fields.rows("About which places", Place, required=False)
    describes: tuple[str, ...] = fields.code(
        "It is an account of the meeting",
        MEETING + " Accounts of one are shown side by side.",
        required=False,
        many=True,
    )
    about: tuple[str, ...] = fields.ref("About entries", help="Of this room.", required=False, many=True)
    conditions: tuple[Condition, ...] = fields.rows(
        "On what condition", Condition, "Each on its own where there are several.", required=False
    )
    open: tuple[LeftOpen, ...] = fields.rows(
        "Left open",
        LeftOpen,
        "What a pronoun means, which areas, what a figure measures: open until somebody says so with a source.",
        required=False,
    )


def record_statement(scene: Scene, c: RecordStatement) -> list[Fact]:
    _check_speaker(scene, c)
    _check_setting(c)
    for person in c.people:
        if person.person is None and person.name is None:
            raise Refusal("About whom: choose a delegate of this room, or say in words who is meant.")
    given = asdict(c)
    body: dict[str, Any] = {name: given.get(name) for name in NOTHING} | {
        **same(scene, c.same_speaker),
        "language": language(c.language),
        "translations": [asdict(t) | {"language": language(t.language)} for t in c.translations],
        "issues": list(dict.fromkeys(c.issues)),
        "places": placed(c.places),
        "describes": list(dict.fromkeys(c.describes)),
    }
    return [Fact("statement-recorded", body | c.as_told(), version=RECORDED)]


def _check_speaker(scene: Scene, c: RecordStatement) -> None:
    if c.speaker_person is not None and c.speaker_person not in scene.seats.delegates:
        raise Refusal("The delegate you name as the speaker has no seat in this room; name them in words.")
    if c.speaker_person is not None and c.same_speaker is not None:
        raise Refusal("Name the speaker once: as a delegate of this room, or as the speaker of an earlier statement.")
    if c.described is not None and c.speaker is not None:
        raise Refusal("The speaker is named, or only described: not both. Their function has a field of its own.")


def same(scene: Scene, ref: str | None) -> dict[str, Any]:
    """What a body says of a speaker who is that of the statement ``ref``: a delegate, a delegation as such, or the
    statement in which they were first recorded and its place."""
    if ref is None:
        return {}
    entry = scene.cited[ref]
    body = said_in(entry)
    if body is None:
        raise Refusal("The entry you name for its speaker is no statement.")
    who = speaker(ref, body)
    if who == body["speaker_person"]:
        return {"same_speaker": None, "speaker_person": who}
    if who == body["speaker_delegation"]:
        return {"same_speaker": None, "speaker_delegation": who}
    if who == ref or entry.kind == "entry-released":  # what that one cites stands in another room
        return {"same_speaker": ref, "same_at": entry.seq}
    return {"same_speaker": who, "same_at": body["same_at"]}


def _check_setting(c: RecordStatement) -> None:
    if (c.order is None) != (c.meeting is None and c.occasion is None):
        raise Refusal("Say before, during or after what: a meeting by its short name, or an occasion in words.")
    if c.setting == "here" and c.channel in {"leak", "report"}:
        raise Refusal("What was said in this very room did not come here by a leak or a report.")


def language(code: str | None) -> str | None:
    """The code as it stands in entries. Raises ``Refusal`` for one that ISO 639 does not have."""
    if code is None or languages.name(code) is not None:
        return code and code[: (code + "-").index("-")].lower() + code[(code + "-").index("-") :]
    raise Refusal(f"There is no language with the code “{code}” in ISO 639; write one like en, uk or ru.")


def placed(given: Iterable[Place]) -> list[dict[str, Any]]:
    """Places as entries hold them. Raises ``Refusal`` for a code that ISO 3166 does not have."""
    found = []
    for place in given:
        code = place.code.upper()
        if places.name(code) is None:
            raise Refusal(f"There is no place with the code “{code}” in ISO 3166; write one like UA or UA-63.")
        found.append({"code": code, "part": place.part, "words": place.words})
    return found


RULES = (Rule(RecordStatement, "Record a statement", record_statement, always),)
