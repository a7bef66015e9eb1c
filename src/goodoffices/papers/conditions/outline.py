"""From the outline of a document (headings and paragraphs) to conditions.

A heading opens a topic. Under it each paragraph or list item is one condition, in its own words. Lines that begin
``Explanation:``, ``Depends on:`` or ``Code:`` belong to the condition before them. Whatever does not fit is remarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, islice

from goodoffices.papers.conditions.headings import topic
from goodoffices.papers.conditions.paper import Condition, ConditionsPaper, NotReadable, Remark, circle
from goodoffices.papers.topics import OTHER, TOPICS
from goodoffices.record.particulars import BadWords, words

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FEW_WORDS = 5
MAX_PIECES = 10_000
MAX_CONDITIONS = 2_000  # far more than any side has put on paper; one entry holds about a hundred and fifty
MAX_CODE = 60  # characters, as everywhere in the record

KEY = re.compile(
    r"(?P<key>code|explanation|explained|reason|because|why|depends on|depends upon|only after|after|requires)"
    r"\s*:\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MEANS = {
    "code": "code",
    **dict.fromkeys(("explanation", "explained", "reason", "because", "why"), "explanation"),
    **dict.fromkeys(("depends on", "depends upon", "only after", "after", "requires"), "depends"),
}
_BRACKETED = re.compile(r"\[(?P<code>[^\]\n]{1,80})\]\s+(?=\S)")


@dataclass(frozen=True)
class Piece:
    """A heading (with its ``level``, 1 the highest) or a paragraph.

    ``label``: its list marker without punctuation. ``listed``: an item of a list, also of one with bullets.
    """

    place: str
    text: str
    level: int | None = None
    label: str = ""
    listed: bool = False


@dataclass
class Draft:
    """A condition while it is read. ``depends``: what was written, with where."""

    place: str
    topic: str
    wording: str
    label: str = ""
    code: str = ""
    explanation: list[str] = field(default_factory=list)
    depends: list[tuple[str, str]] = field(default_factory=list)


def gathered(pieces: Iterable[Piece], remarks: Iterable[Remark] = ()) -> ConditionsPaper:
    """The conditions in an outline. ``remarks``: those made on the way to it. Raises ``NotReadable``."""
    given = list(islice(pieces, MAX_PIECES + 1))
    if len(given) > MAX_PIECES:
        raise NotReadable(f"This paper has more than {MAX_PIECES:,} headings and paragraphs: too many to go through.")
    reading = _Reading(list(remarks))
    if _without_headings(given):
        why = f"no heading names a topic; the points of its list go to “{OTHER}”."
        reading = _Reading([*remarks, Remark(given[0].place, why)], OTHER)
    for piece in given:
        reading.take(piece)
    return settled(reading.drafts, reading.title, reading.remarks)


def _without_headings(pieces: Sequence[Piece]) -> bool:
    """Whether it is a list and nothing says what belongs to which topic."""
    return not any(p.level is not None for p in pieces) and any(p.listed for p in pieces)


class _Reading:
    """What has been read so far."""

    def __init__(self, remarks: list[Remark], points: str | None = None) -> None:
        """``points``: the topic of the points of a list that stand under no heading."""
        self.remarks, self.drafts, self.title = remarks, list[Draft](), ""
        self._topic: str | None = None
        self._points = points
        self._last: Draft | None = None

    def take(self, piece: Piece) -> None:
        if piece.level is not None:
            self._heading(piece)
        elif match := KEY.match(piece.text):
            self._detail(piece, _MEANS[match["key"].casefold()], match["rest"].strip())
        elif (under := self._topic or (self._points if piece.listed else None)) is None:
            self._last = None
            self._say(piece.place, f"“{_short(piece.text)}” stands under no topic; it is not a condition.")
        else:
            if _like_a_heading(piece):
                why = f"“{_short(piece.text)}” may be a heading; it was taken for a condition under “{under}”."
                self._say(piece.place, why)
            self._last = Draft(piece.place, under, *_coded(piece))
            self.drafts.append(self._last)

    def _heading(self, piece: Piece) -> None:
        found = topic(piece.text)
        self._last = None
        if found is None and not self.title and self._topic is None:
            self.title = printable(piece.text)
            return
        if found is None:
            names = ", ".join(TOPICS)
            why = f"“{_short(piece.text)}” is none of the topics ({names}); what stands under it goes to “{OTHER}”."
            self._say(piece.place, why)
        self._topic = found or OTHER

    def _detail(self, piece: Piece, what: str, text: str) -> None:
        if self._last is None:
            self._say(piece.place, f"“{_short(piece.text)}” follows no condition that it could belong to.")
        elif not text:
            self._say(piece.place, f"“{_short(piece.text)}” says nothing after its colon.")
        elif what == "code":
            self._last.code = text
        elif what == "explanation":
            self._last.explanation.append(text)
        else:
            self._last.depends.append((piece.place, text))

    def _say(self, place: str, why: str) -> None:
        self.remarks.append(Remark(place, why))


def _like_a_heading(piece: Piece) -> bool:
    """A few words by themselves, without the full stop of a sentence."""
    return not piece.listed and len(piece.text.split()) <= FEW_WORDS and piece.text[-1].isalnum()


def _coded(piece: Piece) -> tuple[str, str, str]:
    """The wording, the label and the code: ``[guns-silent] All fire stops.`` has one."""
    match = _BRACKETED.match(piece.text)
    if match is None or not CODE.fullmatch(match["code"]):
        return piece.text, piece.label, ""
    return piece.text[match.end() :], piece.label, match["code"]


def settled(drafts: Sequence[Draft], title: str, remarks: list[Remark]) -> ConditionsPaper:
    """Conditions with codes of their own and dependencies that exist; remarks by their place.

    Raises ``NotReadable`` where there are too many to be conditions.
    """
    if len(drafts) > MAX_CONDITIONS:
        raise NotReadable(f"This paper has {len(drafts):,} points under its topics; the limit is {MAX_CONDITIONS:,}.")
    kept = [draft for draft in drafts if _fit(draft, remarks)]
    taken = _codes(kept, remarks)
    found = tuple(
        Condition(code, draft.topic, draft.wording, "\n".join(draft.explanation), _named(draft, code, taken, remarks))
        for code, draft in taken.items()
    )
    round_ = circle((c.code, c.depends_on) for c in found)
    if round_:
        place = taken[round_[0]].place
        remarks.append(Remark(place, f"these conditions wait for each other in a circle: {' → '.join(round_)}."))
    return ConditionsPaper(found, title, tuple(sorted(remarks, key=_order)))


def _order(remark: Remark) -> tuple[str, int]:
    """As places stand in the paper: ``line 9`` before ``line 10``."""
    unit, _space, number = remark.place.partition(" ")
    return unit, int(number) if number.isdecimal() else 0


def _fit(draft: Draft, remarks: list[Remark]) -> bool:
    """Whether its words can be entered; they are then as the record would hold them."""
    try:
        draft.wording = words(draft.wording).decode()
        draft.explanation = [words("\n".join(draft.explanation)).decode()] if draft.explanation else []
    except BadWords as error:
        remarks.append(Remark(draft.place, f"this condition was left out. {error}"))
        return False
    return True


def _codes(drafts: Iterable[Draft], remarks: list[Remark]) -> dict[str, Draft]:
    """The drafts by their codes: their own where it can be used, else the topic and a number."""
    drafts = list(drafts)
    own = {draft.code for draft in drafts}
    numbers = {topic: count(1) for topic in TOPICS}
    taken: dict[str, Draft] = {}
    for draft in drafts:
        if draft.code and (not CODE.fullmatch(draft.code) or len(draft.code) > MAX_CODE):
            why = "a code is small letters, digits and single hyphens, at most 60 characters"
            remarks.append(Remark(draft.place, f"“{_short(draft.code)}”: {why}; another code was given."))
            draft.code = ""
        if draft.code in taken:
            why = f"two conditions have the code “{draft.code}”; the second was given another."
            remarks.append(Remark(draft.place, why))
            draft.code = ""
        taken[draft.code or next(c for n in numbers[draft.topic] if (c := f"{draft.topic}-{n}") not in own)] = draft
    return taken


def _named(draft: Draft, code: str, taken: dict[str, Draft], remarks: list[Remark]) -> tuple[str, ...]:
    """The codes of what a condition depends on, each once."""
    found: list[str] = []
    for place, text in draft.depends:
        for name in filter(None, (part.strip(" .") for part in re.split(r"[,;\n]|\band\b", text))):
            meant = _meant(name, draft, taken)
            if len(meant) == 1 and meant[0] != code:
                found.append(meant[0])
            else:
                remarks.append(Remark(place, _why_not(name, meant)))
    return tuple(dict.fromkeys(found))


def _meant(name: str, draft: Draft, taken: dict[str, Draft]) -> list[str]:
    """The codes that ``name`` may mean: a code, or a number in the list, first of those under the same topic."""
    if name in taken:
        return [name]
    label = re.sub(r"^(?:conditions?|points?|paragraphs?|no|nos)\.?\s+", "", name, flags=re.IGNORECASE).strip("().")
    labelled = [code for code, other in taken.items() if other.label and other.label == label.casefold()]
    near = [code for code in labelled if taken[code].topic == draft.topic]
    return near or labelled


def _why_not(name: str, meant: list[str]) -> str:
    if not meant:
        return f"it says that it depends on “{_short(name)}”, and no condition of this paper is called that."
    if len(meant) == 1:
        return "a condition cannot depend on itself."
    return f"“{_short(name)}” may mean several conditions ({', '.join(meant)}); write the code of the one."


def printable(text: str) -> str:
    """On one line, without what a terminal or a page would act on."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _short(text: str, limit: int = 60) -> str:
    plain = printable(text)
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
