"""What leaves the matching room: a result told to the side whose list it is about, name by name; and people named.

Both need the leave of whoever filed the other row, given blind and beforehand in that side's own room. A result is told
in the list room of the side it is for, about a row of its own list, and cites nothing of any other room. There is
no result that tells a holder that nobody claims somebody, and no way to say it: where a holder is told nothing, there
may be no claim, or no leave, or nobody has judged it yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from goodoffices.prisoners import named, reconciling
from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.judging import Found as Outcome
from goodoffices.prisoners.judging import Row, Side, outcomes
from goodoffices.prisoners.leaves import ALL, allowed, spans
from goodoffices.prisoners.lists.categories import CATEGORIES
from goodoffices.prisoners.matched import MATCHED, Matched, OfList, Run, place, standings
from goodoffices.prisoners.matching.found import Found
from goodoffices.prisoners.named import NAMED, NUMBER, OnePerson
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked, BlobCited
from goodoffices.talks.scene import Refusal, Rule, Scene

RESULTS: Final = ("held", "claimed", "not-on-their-list")
"""What a filer may be told of a row of its list. That a person is not claimed is none of it."""
LEAVE: Final = {
    "held": "holding-may-be-told", "claimed": "claim-may-be-told", "not-on-their-list": "absence-may-be-told",
}  # fmt: skip
"""The leave each result needs, of whoever filed the other list."""
NAMING: Final = "may-be-named"
_NUMBER = "[0-9]{1,9}"


@dataclass(frozen=True, kw_only=True)
class OneTold:
    """A pair found to be one person; or a row alone, the other left out."""

    left: str | None = fields.plain("Row of the left list", _NUMBER, required=False)
    right: str | None = fields.plain("Row of the right list", _NUMBER, required=False)


@dataclass(frozen=True, kw_only=True)
class ReleaseResults(Asked):
    """Tell a side what was found about rows of its own list, each with the other side's leave."""

    run: str = fields.ref("Matching", "lists-matched")
    to: str = fields.choice("Told to the filer of", ("left", "right"))
    rows: tuple[OneTold, ...] = fields.rows("Rows", OneTold)
    words: str | None = fields.words("Words with it", "That side reads them.", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class OneNamed:
    """Somebody found to be held and claimed, and the manifest number they get."""

    left: str = fields.plain("Row of the left list", _NUMBER)
    right: str = fields.plain("Row of the right list", _NUMBER)
    number: str = fields.plain("Manifest number", NUMBER)
    categories: tuple[str, ...] = fields.choice("Categories", CATEGORIES, required=False, many=True)


@dataclass(frozen=True, kw_only=True)
class NameFound(Asked):
    """Name people found to be held and claimed into the room of the exchange, with the leave of both who filed."""

    run: str = fields.ref("Matching", "lists-matched")
    persons: tuple[OneNamed, ...] = fields.rows("Persons", OneNamed)
    key: str = fields.plain("Key of the roster", "[0-9a-f]{32}")
    parts: tuple[BlobCited, ...] = fields.blob("Encrypted roster", many=True)
    digest: str = fields.plain("Digest of the roster", "[0-9a-f]{64}")


def release_results(scene: Scene, c: ReleaseResults) -> list[Fact]:
    run, found = _ready(scene, c.run)
    side: Side = "left" if c.to == "left" else "right"
    known = found_of(scene.room[MATCHED], run, found)
    facts = []
    for row in dict.fromkeys((row.left or "", row.right or "") for row in c.rows):
        facts += _released(scene, run, side, row, known, c.words)
    if not facts:
        raise Refusal("Nothing is chosen.")
    return facts


def _released(
    scene: Scene, run: Run, side: Side, row: tuple[str, str], known: Mapping[Row, Outcome], words: str | None
) -> list[Fact]:
    left, right = row
    own, other = (left, right) if side == "left" else (right, left)
    result = result_for(run, side, known.get(Row(side, own)), other)
    state = scene.room[MATCHED]
    if f"{place(run.ref, left, right)}/{side}" in state.told:
        raise Refusal("This side was told so already.")
    theirs = run.side("right" if side == "left" else "left")
    leave = leave_of(scene.rooms, theirs, other, LEAVE[result])
    if leave is None:
        raise Refusal(
            "The other side has not given leave to tell this of every one of these. Leave is given in its own list "
            "room, without knowing what was found; nobody there is asked about a name."
        )
    note = {"run": run.ref, "left": left, "right": right, "to": side, "result": result, "leave": leave}
    told = {"list": run.side(side).list, "number": own, "result": result, "words": words}
    return [Fact("release-noted", note), Fact("result-released", told, run.side(side).room)]


def leave_of(rooms: Mapping[str, Room], filed: OfList, number: str, what: str) -> str | None:
    """The entry (ref) by which there is this leave for a row, or, where ``number`` is empty, for the whole list."""
    for one in allowed(rooms[filed.room], filed.code, what).said:
        every = one.numbers == ALL
        if every or (number and any(first <= int(number) <= last for first, last in spans(one.numbers))):
            return one.ref if one.given else None
    return None


def result_for(run: Run, side: Side, found: Outcome | None, other: str) -> str:
    """What the filer of this side's list may be told of its row. Raises ``Refusal`` where there is nothing."""
    claims = run.side(side).holds == "they-hold"
    if found is not None and found.outcome == "held-and-claimed" and found.others == (other,):
        return "held" if claims else "claimed"
    if found is not None and found.outcome == "claimed-and-denied" and not other:
        return "not-on-their-list"
    if found is not None and found.outcome == "held-and-not-claimed":
        raise Refusal("A side that holds somebody is never told that nobody claims them: it could cost a life.")
    raise Refusal("Nothing is told of a row as long as it is open, contradictory or not of two sides' lists.")


def found_of(state: Matched, run: Run, found: Found) -> dict[Row, Outcome]:
    """The outcome of every row of a run, by row."""
    judged = standings(state, run.ref, list(found.by_rows))
    return {one.row: one for one in outcomes(run.lists, found.left, found.right, judged)}


def name_found(scene: Scene, c: NameFound) -> list[Fact]:
    run, found = _ready(scene, c.run)
    known, state = found_of(scene.room[MATCHED], run, found), scene.room[MATCHED]
    left, right = run.left, run.side("right")
    exchange = scene.rooms[left.room][LISTS].exchange
    holder = left if left.holds == "we-hold" else right
    for one in c.persons:
        outcome = known.get(Row("left", one.left))
        if outcome is None or outcome.outcome != "held-and-claimed" or outcome.others != (one.right,):
            raise Refusal("Only people found to be held and claimed are named.")
        if place(run.ref, one.left, one.right) in state.named:
            raise Refusal("One of these people is named already.")
        both = ((left, one.left), (right, one.right))
        if any(leave_of(scene.rooms, side, number, NAMING) is None for side, number in both):
            raise Refusal("Both sides have to give leave, in their own list rooms, before somebody is named.")
    persons = [OnePerson(number=one.number, held_by=holder.by, categories=one.categories) for one in c.persons]
    named.check(scene.rooms[exchange][NAMED], persons)
    noted = {"run": run.ref, "pairs": [[one.left, one.right, one.number] for one in c.persons]}
    return [Fact("naming-noted", noted), named.fact(persons, c.key, c.parts, c.digest, exchange)]


def _ready(scene: Scene, ref: str) -> tuple[Run, Found]:
    """A run whose lists are those of today, so that nothing is told that a corrected list says otherwise."""
    run, found = reconciling.open_run(scene, ref)
    if run.right is None:
        raise Refusal("Duplicates of one list are no result for anybody else.")
    if not current(scene.rooms, run):
        raise Refusal("One of these lists was corrected or erased since they were matched. Match them anew first.")
    if any(not reconciling.still_accepted(scene.rooms, scene.rooms[side.room], scene.acting) for side in _sides(run)):
        raise Refusal("Both sides have to accept your delegation as intermediary; one of them no longer does.")
    return run, found


def current(rooms: Mapping[str, Room], run: Run) -> bool:
    """Whether both lists of a run are still the newest versions, and there."""
    for side in _sides(run):
        state = rooms[side.room][LISTS]
        version = state.versions.get(side.list)
        if version is None or version.erased or state.newest.get(side.code) != side.list:
            return False
    return True


def _sides(run: Run) -> Sequence[OfList]:
    return [run.left] if run.right is None else [run.left, run.right]


def _to_release(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (fields for fields in reconciling.to_judge(scene) if scene.room[MATCHED].runs[fields["run"]].right)


RULES = (
    Rule(ReleaseResults, "Tell a side what was found", release_results, _to_release, minutable=False),
    Rule(NameFound, "Name people into the exchange", name_found, _to_release, minutable=False),
)
