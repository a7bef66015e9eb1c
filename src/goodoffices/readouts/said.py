"""One statement as a reader meets it: who says what, how it came to us, what it leaves open, and what others say of it.

It is never called true or false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodoffices.readouts import codes, dates
from goodoffices.readouts.labels import Label, Standing, labels
from goodoffices.readouts.lines import statements as lines
from goodoffices.readouts.lines.line import Pair
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate
from goodoffices.statements.kept import Statements
from goodoffices.statements.versions import NOTHING, speaker

STRUCK = frozenset({"corrected", "minuted-objected"})


@dataclass(frozen=True)
class Answer:
    """What somebody says is meant, or who spoke, in entry ``seq``, with their source; ``struck``: taken back."""

    seq: int
    who: str
    means: str
    source: str
    where: str
    struck: bool


@dataclass(frozen=True)
class Open:
    """Something a statement leaves open: ``number`` from 1, what may be said of it, and what others say is meant."""

    number: int
    label: str
    words: str
    answers: tuple[Answer, ...]

    @property
    def still(self) -> bool:
        """Whether nobody has said what is meant."""
        return all(one.struck for one in self.answers)


@dataclass(frozen=True)
class Bearing:
    """How another account (entry ``seq``) bears on this one, or this on it, as ``who`` says in entry ``by``."""

    label: str
    seq: int
    gist: str
    who: str
    by: int
    words: str
    struck: bool


@dataclass(frozen=True)
class Translated:
    """The words in another language (a code), and the person who put them into it."""

    language: str
    label: str
    by: str
    text: str


@dataclass(frozen=True)
class Said:
    """``path``: from the speaker to this record. Pairs of issues, places and meetings are (code, words)."""

    fact: Told
    seq: int
    speaker: str
    speaker_key: str
    verb: str
    verb_used: str
    label: str
    gist: str
    translations: tuple[Translated, ...]
    setting: str
    conditions: tuple[str, ...]
    channel: str
    outlet: str
    path: tuple[str, ...]
    when: str
    learnt: str
    issues: tuple[Pair, ...]
    people: tuple[str, ...]
    places: tuple[Pair, ...]
    describes: tuple[Pair, ...]
    open: tuple[Open, ...]
    identified: tuple[Answer, ...]
    bearings: tuple[Bearing, ...]
    labels: tuple[Label, ...]

    @property
    def struck(self) -> bool:
        """Whether it was corrected, or the delegation it was minuted for objected."""
        return _struck(self.labels)


@dataclass(frozen=True)
class Around:
    """What saying one needs: the room's statements, what later entries did to earlier ones, and names."""

    state: Statements
    standing: Standing
    names: Names


def said(t: Told, later: Sequence[Told], at: Around) -> Said:
    """The statement ``t``; ``later``: what was said of it, in the order entered."""
    b, n, _ = {**NOTHING, **t.body}, at.names, at.names.translate  # what a body lacks is not known
    return Said(
        fact=t,
        seq=t.seq,
        speaker=lines.speaker(t, n, _),
        speaker_key=at.state.here(speaker(t.ref, b)),
        verb=codes.verb(b["verb"], _),
        verb_used=n.text(b["verb_used"]),
        label=lines.quote_label(b, _),
        gist=n.text(b["gist"]),
        translations=tuple(_translated(b, n, _)),
        setting=lines.setting(b, n, _),
        conditions=tuple(n.text(c["words"]) for c in b["conditions"]),
        channel=lines.channel(b, n, _),
        outlet=n.text(b["outlet"]),
        path=tuple(_path(t, n, _)),
        when=dates.when(str(b["happened"]), _) if b.get("happened") else "",
        learnt=dates.when(b["learnt"], _) if b["learnt"] else "",
        issues=tuple((issue, lines.issue(issue)) for issue in b["issues"]),
        people=tuple(lines.people(b, n)),
        places=tuple((str(p["code"]), lines.place(p, n, _)) for p in b["places"]),
        describes=tuple((meeting, lines.meeting(meeting)) for meeting in b["describes"]),
        open=tuple(_open(number, item, later, at) for number, item in enumerate(b["open"])),
        identified=tuple(_answer(x, lines.whom(x, n, _), at) for x in later if x.kind == "speaker-identified"),
        bearings=tuple(_bearing(t, x, at) for x in later if x.kind == "statements-related"),
        labels=labels(t, at.standing, n),
    )


def _translated(b: Mapping[str, Any], n: Names, _: Translate) -> Iterator[Translated]:
    for t, (label, text) in zip(b["translations"], lines.translations(b, n, _), strict=True):
        yield Translated(t["language"], label, n.text(t["by"]), text)


def _path(t: Told, n: Names, _: Translate) -> Iterator[str]:
    """By whom it came to us, from the speaker on, each as somebody says; the last is who entered it here."""
    yield lines.speaker(t, n, _)
    yield from lines.relays(t.body, n, _)
    if t.body.get("told_by"):
        yield n.text(t.body["told_by"])
    yield _("this record, entered by {who}").format(who=n.delegation(t.acting))


def _open(number: int, item: Mapping[str, Any], later: Sequence[Told], at: Around) -> Open:
    n, _ = at.names, at.names.translate
    mine = (x for x in later if x.kind == "reference-resolved" and x.body.get("item") == number)
    return Open(
        number + 1,
        codes.left_open(item["what"], _),
        lines.left_open(item, n),
        tuple(_answer(x, n.text(x.body["means"]), at) for x in mine),
    )


def _answer(x: Told, means: str, at: Around) -> Answer:
    n = at.names
    where = "; ".join(lines.place(p, n, n.translate) for p in x.body.get("places") or ())
    struck = _struck(labels(x, at.standing, n))
    return Answer(x.seq, n.delegation(x.acting), means, n.text(x.body["source"]), where, struck)


def _bearing(t: Told, x: Told, at: Around) -> Bearing:
    n, here = at.names, at.state.here
    outgoing = here(x.body["statement"]) == t.ref
    other = n.fact(here(x.body["to" if outgoing else "statement"]))
    return Bearing(
        label=codes.bearing(x.body["how"], outgoing, n.translate),
        seq=other.seq if other else -1,
        gist=lines.gist(other, n),
        who=n.delegation(x.acting),
        by=x.seq,
        words=n.text(x.body.get("words")),
        struck=_struck(labels(x, at.standing, n)),
    )


def _struck(found: Sequence[Label]) -> bool:
    return not STRUCK.isdisjoint(label.code for label in found)
