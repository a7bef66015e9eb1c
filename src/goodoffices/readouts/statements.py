"""The statements of one room, by speaker, issue, channel, degree and more; an issue's timeline; a meeting's accounts.

A page costs what it shows: the numbers of what is asked for come from marks in the room's state, then one reading of
the statements, one of what was said of them, one of what they speak of, and one of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice

from goodoffices.readouts import codes
from goodoffices.readouts.lines import statements as lines
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.recalled import quoted
from goodoffices.readouts.said import Around, Said, said
from goodoffices.readouts.standing import standing
from goodoffices.readouts.timeline import Shown, shown
from goodoffices.readouts.views import Told, Translate, View, untranslated, unwrapped
from goodoffices.statements import places
from goodoffices.statements.kept import ANY_OPEN, STATEMENTS, Statements
from goodoffices.statements.versions import STATEMENT

PAGE = 25  # statements a page holds
ACCOUNTS = 100  # newest accounts of one meeting that a page holds
SPEAKERS = 30  # of those who said most, to choose from; who said one thing is reached from that statement
LOOKED_AT = 1_000  # newest speakers of more than one statement among which those who said most are looked for
LISTED = 100  # newest issues, places, meetings and delegations to choose from


@dataclass(frozen=True)
class Filter:
    """What is asked for; None: whatever. ``speaker``: an id, or the ref of the statement that first names them.

    ``delegation``: an id. ``known``, ``channel``: a code, or ``not-stated``. ``place``: a code of ISO 3166. ``open``:
    only those that leave something open.
    """

    speaker: str | None = None
    delegation: str | None = None
    issue: str | None = None
    channel: str | None = None
    known: str | None = None
    verb: str | None = None
    place: str | None = None
    meeting: str | None = None
    open: bool = False

    def keys(self) -> tuple[str, ...]:
        """The marks of the statements asked for."""
        asked = (f"{name}:{value}" for name in BY if (value := getattr(self, name)))
        return (*asked, *([ANY_OPEN] if self.open else ()), f"kind:{STATEMENT}")


BY = ("speaker", "delegation", "issue", "channel", "known", "verb", "place", "meeting")


EVERYTHING = Filter()


@dataclass(frozen=True)
class Choice:
    """Something to ask for: its value, its words, and how many statements of the room carry it."""

    value: str
    text: str
    count: int


@dataclass(frozen=True)
class Listed:
    """``found`` of the room's ``of`` statements are as asked for; ``older``: where the next page begins, or None."""

    rows: tuple[Said, ...]
    found: int
    of: int
    older: int | None


def listed(
    view: View,
    asked: Filter = EVERYTHING,
    below: int | None = None,
    most: int = PAGE,
    others: Iterable[View] = (),
    translate: Translate = untranslated,
) -> Listed:
    """The newest of the statements asked for, those in entries before ``below`` (where a page said the next begins)."""
    state = view.state[STATEMENTS]
    top = view.size if below is None else max(0, min(below, view.size))
    alone = _alone(view, asked)
    seqs = (
        list(islice(state.marks.found(asked.keys(), top), most + 1)) if alone is None else [n for n in alone if n < top]
    )
    rows = _said(view, seqs[:most], others, translate)
    found = state.marks.many(asked.keys(), view.size) if alone is None else len(alone)
    return Listed(rows, found, state.count(STATEMENT), seqs[most - 1] if len(seqs) > most else None)


def _alone(view: View, asked: Filter) -> list[int] | None:
    """Where a speaker is asked for of whom there is one statement, which carries no mark of theirs: its place, if it is
    as asked for otherwise. None where marks tell."""
    state = view.state[STATEMENTS]
    if not asked.speaker or not asked.speaker.startswith("e:") or state.marks.count(f"speaker:{asked.speaker}"):
        return None
    keys = replace(asked, speaker=None).keys()
    return [entry.seq for entry in view.found([asked.speaker]) if state.marks.carries(entry.seq, keys)]


def one(view: View, seq: int, others: Iterable[View] = (), translate: Translate = untranslated) -> Said | None:
    """The statement in this entry, as entered or as released here; None where it holds none."""
    is_one = view.state[STATEMENTS].marks.carries(seq, EVERYTHING.keys())
    return next(iter(_said(view, [seq], others, translate)), None) if is_one else None


def every(
    view: View, asked: Filter, others: Sequence[View] = (), translate: Translate = untranslated
) -> Iterator[Said]:
    """All of the statements asked for, oldest first, read a few hundred at a time."""
    alone = _alone(view, asked)
    seqs = list(view.state[STATEMENTS].marks.found(asked.keys(), view.size))[::-1] if alone is None else alone
    for start in range(0, len(seqs), AT_ONCE):
        yield from _said(view, seqs[start : start + AT_ONCE], others, translate)


AT_ONCE = 400


def _said(view: View, seqs: Sequence[int], others: Iterable[View], translate: Translate) -> tuple[Said, ...]:
    if not seqs:
        return ()
    state = view.state[STATEMENTS]
    facts, later = _with_later(view, state, seqs)
    every_fact = [*facts, *(x for them in later.values() for x in them)]
    n = names(view, [*every_fact, *quoted(view, every_fact)], others, translate)
    around = Around(state, standing(view.state), n)
    return tuple(said(t, later[t.ref], around) for t in facts)


def _with_later(view: View, state: Statements, seqs: Sequence[int]) -> tuple[list[Told], Mapping[str, Sequence[Told]]]:
    """The statements, and what was said of each: two readings."""
    facts = [unwrapped(entry) for entry in view.at(seqs)]
    wanted = dict.fromkeys(ref for t in facts for ref in state.later.get(t.ref, ()))
    known = {t.ref: t for t in map(unwrapped, view.found(wanted))} if wanted else {}
    return facts, {t.ref: [known[r] for r in state.later.get(t.ref, ()) if r in known] for t in facts}


def choices(view: View, others: Iterable[View] = (), translate: Translate = untranslated) -> dict[str, list[Choice]]:
    """By the fields of ``Filter``, what this room's statements can be asked for by: what some of them carry."""
    state, _ = view.state[STATEMENTS], translate
    speakers = nlargest(SPEAKERS, islice(_carried(state, "speaker"), LOOKED_AT), key=lambda one: one[1])
    first = [unwrapped(e) for e in view.found([v for v, _count in speakers if v.startswith("e:")])]
    n = names(view, first, others, translate)
    tables = {"channel": codes.channel, "known": codes.known, "verb": codes.verb}
    found = {
        "speaker": [Choice(v, _speaker(v, n, _), count) for v, count in speakers],
        "delegation": [Choice(v, n.delegation(v), count) for v, count in _few(state, "delegation")],
        "issue": [Choice(v, lines.issue(v), count) for v, count in _few(state, "issue")],
        "meeting": [Choice(v, lines.meeting(v), count) for v, count in _few(state, "meeting")],
        "place": [Choice(v, f"{places.name(v) or ''} {v}".strip(), count) for v, count in _few(state, "place")],
    }
    found |= {name: [Choice(v, say(v, _), c) for v, c in _carried(state, name)] for name, say in tables.items()}
    return {name: sorted(them, key=lambda c: c.text.casefold()) for name, them in found.items()}


def _carried(state: Statements, begin: str) -> Iterator[tuple[str, int]]:
    """Values that some statement carries, the newest first, and how many do."""
    return ((key.partition(":")[2], count) for key, count in state.marks.keys(begin) if count)


def _few(state: Statements, begin: str) -> Iterator[tuple[str, int]]:
    return islice(_carried(state, begin), LISTED)


def _speaker(value: str, n: Names, _: Translate) -> str:
    """A speaker to choose: a delegate, a delegation as such, or as an entry first names them."""
    fact = n.fact(value)
    if fact is not None:
        return lines.whom(fact, n, _) if fact.kind == "speaker-identified" else lines.speaker(fact, n, _)
    return n.person(value) if value in n.seats.delegates else n.delegation(value)


@dataclass(frozen=True)
class Timeline:
    """What bears on one issue, the newest first: statements, understandings, requests, commitments and others."""

    rows: tuple[Shown, ...]
    found: int
    older: int | None


def timeline(
    view: View,
    issue: str,
    below: int | None = None,
    most: int = PAGE,
    others: Iterable[View] = (),
    translate: Translate = untranslated,
) -> Timeline:
    """Everything on this room's record that says it is about an issue, or of which somebody says so."""
    state, keys = view.state[STATEMENTS], (f"issue:{issue}",)
    top = view.size if below is None else max(0, min(below, view.size))
    seqs = list(islice(state.marks.found(keys, top), most + 1))
    older = seqs[most - 1] if len(seqs) > most else None
    rows = shown(view, view.at(seqs[:most]), others, translate)
    return Timeline(tuple(rows), state.marks.count(keys[0]), older)


@dataclass(frozen=True)
class Accounts:
    """How different people describe one meeting: statements, and what else is said to describe it."""

    said: tuple[Said, ...]
    shown: tuple[Shown, ...]


def accounts(view: View, meeting: str, others: Sequence[View] = (), translate: Translate = untranslated) -> Accounts:
    """The accounts of the meeting of this short name on this room's record, oldest first."""
    marks = view.state[STATEMENTS].marks
    seqs = list(islice(marks.found([f"meeting:{meeting}"], view.size), ACCOUNTS))[::-1]
    spoken = [seq for seq in seqs if marks.carries(seq, EVERYTHING.keys())]
    rest = [seq for seq in seqs if seq not in set(spoken)]
    rows = shown(view, view.at(rest), others, translate) if rest else ()
    return Accounts(_said(view, spoken, others, translate), tuple(rows))
