"""Matching lists and judging what was found: commands and rules, for the intermediary's own people in their own room.

A pair is judged by one person at a time. Pairs in which the program finds nothing to doubt may be taken many at once,
by one person who says that they looked and why. Of a doubtful pair each judgment is an act of its own, and two people
have to agree (``judging``). Whether a pair is doubtful is read from what the run found, never taken from who asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from goodoffices.prisoners.filed import LISTS, Version, list_room
from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.prisoners.judging import ALONE, VERDICTS
from goodoffices.prisoners.matched import MATCHED, ROOMS, Run
from goodoffices.prisoners.matching.found import Found
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS, Seats
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked, BlobCited
from goodoffices.talks.scene import Refusal, Rule, Scene

GROUNDS: Final = (
    "names", "father", "birth", "place", "number", "capture", "papers", "inquiry", "other",
)  # fmt: skip
"""What decided a judgment, as codes; words may be added."""
AT_ONCE: Final = 200
"""Judgments one act may hold."""
FOUND: Final = "what a run found"
"""The reader (``Scene.readers``) that gives a ``Found`` for a ``Run``, or None where it is gone."""

_REF, _KEY, _NUMBER, _ENGINE = "e:[0-9a-f]{64}", "[0-9a-f]{32}", "[0-9]{1,9}", "[a-z0-9-]{1,20}"


@dataclass(frozen=True, kw_only=True)
class MatchLists(Asked):
    """Match two lists that are filed in your list rooms, or find the duplicates of one."""

    left_room: str = fields.room("Room of one list")
    left: str = fields.plain("One list", _REF)
    right_room: str | None = fields.room("Room of the other list", required=False)
    right: str | None = fields.plain("The other list", _REF, "None: duplicates are looked for.", required=False)
    engine: str = fields.plain("Compared by", _ENGINE)
    compared: int = fields.number("Pairs compared")
    certain: int = fields.number("Pairs with nothing to doubt")
    review: int = fields.number("Doubtful pairs")
    key: str = fields.plain("Key", _KEY)
    parts: tuple[BlobCited, ...] = fields.blob("Pairs, encrypted", many=True)


@dataclass(frozen=True, kw_only=True)
class JudgePair(Asked):
    """Say whether two rows are one person."""

    run: str = fields.ref("Matching", "lists-matched")
    left: str = fields.plain("Row of one list", _NUMBER)
    right: str = fields.plain("Row of the other", _NUMBER)
    verdict: str = fields.choice("Verdict", VERDICTS)
    grounds: tuple[str, ...] = fields.choice("What decided it", GROUNDS, required=False, many=True)
    reason: str | None = fields.words("In words", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class OnePair:
    """Two rows by their numbers."""

    left: str = fields.plain("Row of one list", _NUMBER)
    right: str = fields.plain("Row of the other", _NUMBER)


@dataclass(frozen=True, kw_only=True)
class JudgePairs(Asked):
    """Say of many pairs in which the program finds nothing to doubt that each is one person, after looking at them."""

    run: str = fields.ref("Matching", "lists-matched")
    pairs: tuple[OnePair, ...] = fields.rows("Pairs", OnePair)
    looked: bool = fields.flag("I have looked at every one of these pairs")
    reason: str = fields.words("Reason", long=True)


@dataclass(frozen=True, kw_only=True)
class JudgeRows(Asked):
    """Say of rows that nobody on the other list is this person, or that it cannot be told."""

    run: str = fields.ref("Matching", "lists-matched")
    side: str = fields.choice("Which list", ("left", "right"))
    numbers: tuple[str, ...] = fields.plain("Rows", _NUMBER, many=True)
    verdict: str = fields.choice("Verdict", ALONE)
    looked: bool = fields.flag("I have looked at every one of these rows")
    reason: str = fields.words("Reason", long=True)


def match_lists(scene: Scene, c: MatchLists) -> list[Fact]:
    check_room(scene)
    left = _list(scene, c.left_room, c.left)
    right = None
    if c.right_room is not None and c.right is not None:
        right = _list(scene, c.right_room, c.right)
        _check_two(scene, left, right)
    if not c.parts:
        raise Refusal("What was found is missing; nothing was written.")
    body = {"left": left, "right": right} | {n: getattr(c, n) for n in ("engine", "compared", "certain", "review")}
    return [Fact("lists-matched", body | {"key": c.key, "parts": [part.body() for part in c.parts]})]


def check_room(scene: Scene) -> None:
    """Refuses where lists are not matched: anywhere but in a room that its delegation has for itself."""
    if not of_one(scene.seats, scene.acting):
        raise Refusal(
            "Lists are matched in the room that the intermediary has for itself alone, where neither side ever reads."
        )


def of_one(seats: Seats, delegation: str) -> bool:
    """Whether this is a room of that delegation alone."""
    here = [d.id for d in seats.delegations.values() if d.until is None]
    return seats.kind in ROOMS and here == [delegation]


def _list(scene: Scene, room: str, ref: str) -> dict[str, Any]:
    """A list as a run cites it, once everybody here may read it and the intermediary is still accepted."""
    where = scene.rooms[room]
    found = matchable(where, scene.acting, ref)
    if found is None:
        raise Refusal("That is no list filed with your delegation that can be matched: look at the list rooms again.")
    exchange = where[LISTS].exchange
    if not still_accepted(scene.rooms, where, scene.acting):
        raise Refusal("Both sides have to accept your delegation as intermediary; one of them no longer does.")
    for person in (d.id for d in scene.seats.delegates.values() if d.until is None):
        if any(scene.rooms[there][SEATS].seat(person) is None for there in (room, exchange)):
            raise Refusal(
                "Somebody who sits in this room does not sit in the list rooms. Everybody who judges must see both "
                "lists; nobody else may read what is found. See to the seats first."
            )
    names = ("by", "code", "version", "holds", "rows", "digest")
    return {"room": room, "list": ref} | {name: getattr(found, name) for name in names}


def matchable(where: Room, delegation: str, ref: str) -> Version | None:
    """The newest version of a list in a list room of this intermediary, if it is that and was not erased."""
    pair, state = list_room(where[SEATS]), where[LISTS]
    version = state.versions.get(ref)
    if pair is None or pair[1] != delegation or state.by != delegation or version is None or version.erased:
        return None
    return version if state.newest.get(version.code) == ref else None


def still_accepted(rooms: Mapping[str, Room], where: Room, delegation: str) -> bool:
    """Whether both sides now accept this intermediary where the list room's lists were joined."""
    exchange = where[LISTS].exchange
    accepted = intermediary(rooms[exchange]) if exchange in rooms else None
    return accepted is not None and accepted.delegation == delegation


def _check_two(scene: Scene, left: Mapping[str, Any], right: Mapping[str, Any]) -> None:
    if left["list"] == right["list"]:
        raise Refusal("To find the duplicates of a list, choose it alone.")
    exchanges = {scene.rooms[side["room"]][LISTS].exchange for side in (left, right)}
    scene.refuse_unless(len(exchanges) == 1, "These lists belong to exchanges in two different rooms.")


def judge_pair(scene: Scene, c: JudgePair) -> list[Fact]:
    run, found = open_run(scene, c.run)
    left, right = _in_order(found, c.left, c.right)
    if not found.has(left, right):
        raise Refusal("One of these rows was not compared in this matching.")
    if not c.grounds and c.reason is None:
        raise Refusal("Say what decided it, by one of the grounds or in words.")
    _check_news(scene, run, left, right, c.verdict)
    return [_judgment(run.ref, left, right, c.verdict, doubtful(found, left, right), sorted(set(c.grounds)), c.reason)]


def judge_pairs(scene: Scene, c: JudgePairs) -> list[Fact]:
    run, found = open_run(scene, c.run)
    _check_many(len(c.pairs), c.looked)
    facts = []
    for left, right in dict.fromkeys((pair.left, pair.right) for pair in c.pairs):
        if doubtful(found, left, right):
            raise Refusal(
                "Only pairs in which the program finds nothing to doubt are taken together; others one by one."
            )
        _check_news(scene, run, left, right, "same")
        facts.append(_judgment(run.ref, left, right, "same", False, [], c.reason))
    return facts


def judge_rows(scene: Scene, c: JudgeRows) -> list[Fact]:
    run, found = open_run(scene, c.run)
    if run.right is None and c.side == "right":
        raise Refusal("This matching is within one list; its rows are the left ones.")
    _check_many(len(c.numbers), c.looked)
    there = set(found.left if c.side == "left" else found.right)
    facts = []
    for number in dict.fromkeys(c.numbers):
        if number not in there:
            raise Refusal("One of these rows was not compared in this matching.")
        left, right = (number, "") if c.side == "left" else ("", number)
        _check_news(scene, run, left, right, c.verdict)
        body = {"run": run.ref, "side": c.side, "number": number, "verdict": c.verdict, "reason": c.reason}
        facts.append(Fact("row-judged", body))
    return facts


def doubtful(found: Found, left: str, right: str) -> bool:
    """Whether two people have to agree: everywhere but where the program finds nothing to doubt."""
    pair = found.by_rows.get((left, right))
    return pair is None or not pair.certain


def _in_order(found: Found, left: str, right: str) -> tuple[str, str]:
    """Within one list the pair (b, a) is the pair (a, b): as the run has it, else the lower number first."""
    if not found.within or (left, right) in found.by_rows:
        return left, right
    if (right, left) in found.by_rows:
        return right, left
    return (left, right) if int(left) < int(right) else (right, left)


def open_run(scene: Scene, ref: str) -> tuple[Run, Found]:
    """A run of this room and what it found. Raises ``Refusal``."""
    check_room(scene)
    run = scene.room[MATCHED].runs[ref]
    found: Found | None = None if run.erased else scene.readers[FOUND](run)
    if found is None:
        raise Refusal("What this matching found was erased or cannot be opened. Match the lists anew.")
    return run, found


def _check_many(count: int, looked: bool) -> None:
    if not count:
        raise Refusal("Nothing is chosen.")
    if count > AT_ONCE:
        raise Refusal(f"At most {AT_ONCE} are judged in one act; these are {count}.")
    if not looked:
        raise Refusal("Say that you have looked at every one of them. If you have not, look first.")


def _check_news(scene: Scene, run: Run, left: str, right: str, verdict: str) -> None:
    """The same person saying the same again would say nothing."""
    about = scene.room[MATCHED].about(run.ref, left, right)
    said = about.newest.get(scene.who.person) if about is not None else None
    if said is not None and said.verdict == verdict:
        raise Refusal("You have judged this so already. Another person of your delegation may, or you may change it.")


def _judgment(
    run: str, left: str, right: str, verdict: str, doubtful: bool, grounds: Sequence[str], reason: str | None
) -> Fact:
    body = {"run": run, "left": left, "right": right, "verdict": verdict, "doubtful": doubtful}
    return Fact("pair-judged", body | {"grounds": list(grounds), "reason": reason})


def _to_match(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Offered where a list room of this intermediary holds a list."""
    if of_one(scene.seats, scene.acting) and any(
        lists_of(scene.rooms, scene.seats.talks, scene.who.person, scene.acting)
    ):
        yield {}


def lists_of(rooms: Mapping[str, Room], talks: str, person: str, delegation: str) -> Iterator[tuple[str, Version]]:
    """Every list that somebody of this delegation may match now, among ``rooms`` they sit or sat in: its room (id) and
    its newest version."""
    for id in rooms:
        room = rooms[id]
        if room[SEATS].talks != talks or room[SEATS].seat(person) is None:
            continue
        for ref in room[LISTS].newest.values():
            version = matchable(room, delegation, ref)
            if version is not None and still_accepted(rooms, room, delegation):
                yield id, version


def to_judge(scene: Scene) -> Iterable[Mapping[str, str]]:
    """The runs whose pairs are there to be judged."""
    if of_one(scene.seats, scene.acting):
        yield from ({"run": run.ref} for run in scene.room[MATCHED].runs.values() if not run.erased)


RULES = (
    Rule(MatchLists, "Match lists", match_lists, _to_match, minutable=False),
    Rule(JudgePair, "Judge a pair", judge_pair, to_judge, minutable=False),
    Rule(JudgePairs, "Take pairs without a doubt", judge_pairs, to_judge, minutable=False),
    Rule(JudgeRows, "Judge rows without a pair", judge_rows, to_judge, minutable=False),
)
