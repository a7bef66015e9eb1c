"""Sources: articles, statements and transcripts that entries cite, on a room's record as a copy or by their digest.

A source is nobody's presented paper: it counts towards nothing that must come first. What it says is its outlet's or
its speaker's; entering it says only that it was published, and where its passages are to be looked up. Passages count
characters (code points) of ``text``, the working copy; the file as it was received is kept beside it, unaltered (the
Berkeley Protocol on Digital Open Source Investigations, 2022, keeps the two apart).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import Command, PaperCited
from goodoffices.talks.outcomes import SOURCE_KINDS
from goodoffices.talks.scene import Refusal, Rule, Scene, always

CHARACTERS = "characters-of-a-text"
"""The reader that counts the characters of a text by its citation; None where it is no UTF-8."""

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Source:
    """``title``, ``text`` and ``digest`` are citations. ``characters``: how long its text is, where that is known."""

    ref: str
    by: str
    title: str | None
    text: str | None = None
    characters: int | None = None
    digest: str | None = None


@dataclass(frozen=True)
class Sources:
    """What entries of this room may cite as their source, by ref, in order; those taken back are not among them."""

    all: Ordered[Source] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class EnterSource(Command):
    """Enter a source that entries cite: an article, a statement or a transcript, as a copy or by its digest."""

    title: str = fields.words("Title")
    outlet: str | None = fields.words("Outlet", "Who published it.", required=False)
    published: str | None = fields.when("Published", required=False)
    text: PaperCited | None = fields.paper(  # noqa: RUF009  # a description of the field
        "Its text", "The working copy, as UTF-8: its passages are counted in characters.", required=False
    )
    original: PaperCited | None = fields.paper(  # noqa: RUF009  # the same
        "The file as received", "Unaltered.", required=False
    )
    digest: str | None = fields.words(
        "SHA-256 of its text", "Where its text is not handed in: 64 hexadecimal characters.", required=False
    )
    characters: int | None = fields.number("Characters of its text", required=False)
    custody: str | None = fields.words("Where it comes from", "Through whose hands, and when.", required=False)


def enter_source(scene: Scene, c: EnterSource) -> list[Fact]:
    if (c.text is None) == (c.digest is None):
        raise Refusal("Hand in the text of the source, or its digest where the text is not to be on the record.")
    characters = c.characters
    if c.text is not None:
        characters = scene.readers[CHARACTERS](c.text.paper)
        if characters is None:
            raise Refusal("The text of a source is UTF-8, so that passages in it can be counted; this is not.")
    body = {
        "title": c.title,
        "outlet": c.outlet,
        "published": c.published,
        "paper": c.text.body() if c.text is not None else None,
        "original": c.original.body() if c.original is not None else None,
        "digest": c.digest,
        "characters": characters,
        "custody": c.custody,
    }
    return [Fact("source-entered", body | c.as_told())]


def placed(rule: Rule) -> Rule:
    """The same rule, refused where its command cites a passage that its source does not have."""
    if not issubclass(rule.command, Command):
        return rule

    def decide(scene: Scene, command: Any) -> list[Fact]:
        _check_passage(scene, command)
        return rule.decide(scene, command)

    return replace(rule, decide=decide)


def _check_passage(scene: Scene, command: Command) -> None:
    if command.read_in is None:
        scene.refuse_unless(command.passage is None, "Say in which source of this room this passage is.")
        return
    source = scene.room[SOURCES].all.get(command.read_in)
    if source is None:
        raise Refusal("That source was taken back by whoever entered it; enter it again.")
    if command.passage is None:
        return
    start, end = command.spot
    if not start < end or (source.characters is not None and end > source.characters):
        long = f"{source.characters:,} characters" if source.characters is not None else "its text"
        raise Refusal(f"There is no passage {command.passage} in that source; it is counted from 0 within {long}.")


def _entered(state: Sources, entry: Entry) -> Sources:
    b = entry.body
    text = (b.get("paper") or {}).get("paper")
    made = Source(entry.ref, entry.acting, b.get("title"), text, b.get("characters"), b.get("digest"))
    return replace(state, all=state.all.put(made.ref, made))


def _presented(state: Sources, entry: Entry) -> Sources:
    return replace(state, all=state.all.put(entry.ref, Source(entry.ref, entry.acting, entry.body.get("title"))))


def _taken_back(state: Sources, entry: Entry) -> Sources:
    """By the delegation that entered it, or for which it was minuted."""
    found = state.all.get(entry.body["entry"])
    return replace(state, all=state.all.drop(found.ref)) if found and found.by == entry.acting else state


_FOLDS: Mapping[str, Callable[[Sources, Entry], Sources]] = {
    **dict.fromkeys(SOURCE_KINDS, _presented),
    "source-entered": _entered,
    "entry-corrected": _taken_back,
    "minute-objected": _taken_back,
}

SOURCES: Matter[Sources] = Matter(name="sources", version=1, initial=Sources(), folds=_FOLDS)


def entered(room: Room) -> Iterable[Source]:
    """Those whose text can be looked up, newest first."""
    return (s for s in reversed(list(room[SOURCES].all.values())) if s.text is not None)


RULES = (Rule(EnterSource, "Enter a source", enter_source, always),)
