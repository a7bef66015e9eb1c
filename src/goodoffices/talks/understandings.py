"""Understandings: something said to be agreed, as told by one delegation in one wording, with its degree.

**A telling stands** when each side has confirmed that very telling (its entry), whatever the order. *Each side* means
the parties that sat in the room when it was told, at least two: nothing begins to stand because a side left, and
nothing ceases to stand because another joined. A party that joins later is asked by telling the understanding again
(``of``). Confirming another telling of the same understanding never makes this one stand.

**An answer is final.** A party confirms or objects to a telling once. Its answer no longer counts when the party itself
corrects that entry, when the host corrects one it only minuted, or when the party objects to the minute; it may then
answer anew. A telling that was corrected, or whose minute was objected to, takes no more answers: tell it again in
the right wording. What stood before stands on, for that wording was confirmed by all.

How each side confirmed is kept: ``signed``, ``entered`` (by the host's server for someone without a signing key),
``minuted``, or ``minuted-confirmed``. A minuted confirmation counts, and is shown as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import ceasefires, fields
from goodoffices.talks.answers import Answer, answer
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene, always

DEGREES = ("in-principle", "ad-referendum", "in-writing", "signed", "not-stated")  # no degree is invented for a teller
SIDES_NEEDED = 2  # one side alone, as in a caucus, agrees with nobody


@dataclass(frozen=True)
class Telling:
    """One wording, told by ``by`` (delegation) of the understanding first told in ``root``.

    ``asked``: the parties in the room at that time. ``answers``: by party; each says confirmed or objected.
    ``barred``: why it takes no more answers (``corrected`` or ``disowned``), if so.
    """

    ref: str
    root: str
    by: str
    degree: str
    asked: tuple[str, ...]
    answers: dict[str, Answer] = field(default_factory=dict)
    barred: str | None = None

    @property
    def stands(self) -> bool:
        """Whether each side has confirmed this very telling."""
        return len(self.asked) >= SIDES_NEEDED and all(map(self.confirmed, self.asked))

    def confirmed(self, party: str) -> bool:
        """Whether this party has confirmed it."""
        return party in self.answers and self.answers[party].says == "confirmed"


@dataclass(frozen=True)
class Understandings:
    """Tellings by their ref, in order; ``parties``: those in the room now; ``given``: by the ref of an answer, the
    telling and the party."""

    tellings: Ordered[Telling] = field(default_factory=Ordered)
    parties: tuple[str, ...] = ()
    given: Ordered[tuple[str, str]] = field(default_factory=Ordered)

    def of(self, ref: str) -> tuple[Telling, ...]:
        """Every telling of the understanding that ``ref`` (any of its tellings) tells, in order."""
        told = self.tellings.get(ref)
        return tuple(t for t in self.tellings.values() if told is not None and t.root == told.root)

    def standing(self, ref: str) -> tuple[Telling, ...]:
        """Those of its tellings that stand. Two may, when each side confirmed both: the later one is the newer word."""
        return tuple(t for t in self.of(ref) if t.stands)

    def answered(self, ref: str) -> tuple[Telling, str] | None:
        """The telling and the party of the answer that is entry ``ref``, if it counts."""
        telling, party = self.given.get(ref, ("", ""))
        told = self.tellings.get(telling)
        return (told, party) if told and party in told.answers and told.answers[party].ref == ref else None


@dataclass(frozen=True, kw_only=True)
class TellUnderstanding(Command):
    """Tell what was agreed, in one wording."""

    FOLDED: ClassVar[Mapping[str, tuple[str, ...]]] = {ceasefires.TITLE: ceasefires.NAMES}

    wording: str = fields.words("Wording", long=True)
    degree: str = fields.choice("Degree", DEGREES)
    of: str | None = fields.ref(
        "Another wording of", "understanding-told", help="An understanding told before.", required=False
    )
    ceasefire_class: str | None = ceasefires.class_field()
    declared: str | None = ceasefires.declared_field()
    purposes: tuple[str, ...] = ceasefires.purposes_field()
    coverage: str | None = ceasefires.coverage_field()
    covers: str | None = ceasefires.covers_field()


@dataclass(frozen=True, kw_only=True)
class ConfirmUnderstanding(Command):
    """Confirm an understanding in this very wording."""

    telling: str = fields.ref("Understanding", "understanding-told")


@dataclass(frozen=True, kw_only=True)
class ObjectUnderstanding(Command):
    """Object to an understanding in this wording."""

    telling: str = fields.ref("Understanding", "understanding-told")
    reason: str | None = fields.words("Reason", required=False, long=True)


def tell_understanding(_: Scene, c: TellUnderstanding) -> list[Fact]:
    body = {"wording": c.wording, "degree": c.degree, "of": c.of} | ceasefires.body(c)
    return [Fact("understanding-told", body | c.as_told())]


def confirm_understanding(scene: Scene, c: ConfirmUnderstanding) -> list[Fact]:
    _check_answerable(scene, c.telling)
    return [Fact("understanding-confirmed", {"telling": c.telling} | c.as_told())]


def object_understanding(scene: Scene, c: ObjectUnderstanding) -> list[Fact]:
    _check_answerable(scene, c.telling)
    return [Fact("understanding-objected", {"telling": c.telling, "reason": c.reason} | c.as_told())]


def _check_answerable(scene: Scene, ref: str) -> None:
    told = scene.room[UNDERSTANDINGS].tellings[ref]
    scene.refuse_unless(scene.is_party, "Only a party confirms an understanding or objects to it.")
    if scene.acting not in told.asked:
        raise Refusal("Your delegation was not in the room when this was told. Tell it again to be asked.")
    given = told.answers.get(scene.acting)
    if given is not None:
        done = "confirmed" if given.says == "confirmed" else "objected to"
        raise Refusal(f"Your delegation has {done} this wording already; its answer is final.")
    if told.barred == "corrected":
        raise Refusal("This wording has been corrected. Tell the understanding again in the right wording.")
    if told.barred is not None:
        raise Refusal("The delegation this was minuted for objected to the minute, so there is nothing to answer.")


def _seated(state: Understandings, entry: Entry) -> Understandings:
    """The parties of ``room-opened``."""
    return replace(state, parties=tuple(d["id"] for d in entry.body["delegations"] if d["role"] == "party"))


def _admitted(state: Understandings, entry: Entry) -> Understandings:
    new = entry.body["delegation"]
    if new["role"] != "party" or new["id"] in state.parties:
        return state
    return replace(state, parties=(*state.parties, new["id"]))


def _removed(state: Understandings, entry: Entry) -> Understandings:
    return replace(state, parties=tuple(p for p in state.parties if p != entry.body["delegation"]))


def _told(state: Understandings, entry: Entry) -> Understandings:
    earlier = state.tellings.get(entry.body["of"] or "")
    root = earlier.root if earlier else entry.ref
    return _with(state, Telling(entry.ref, root, entry.acting, entry.body["degree"], state.parties))


def _answers(says: str) -> Callable[[Understandings, Entry], Understandings]:
    def fold(state: Understandings, entry: Entry) -> Understandings:
        told = state.tellings.get(entry.body["telling"])
        if told is None or entry.acting not in told.asked or entry.acting in told.answers or told.barred:
            return state
        state = replace(state, given=state.given.put(entry.ref, (told.ref, entry.acting)))
        return _with(state, replace(told, answers={**told.answers, entry.acting: answer(entry, says)}))

    return fold


def _minute_confirmed(state: Understandings, entry: Entry) -> Understandings:
    found = state.answered(entry.body["entry"])
    if found is None or found[1] != entry.acting or found[0].answers[found[1]].how != "minuted":
        return state
    told, party = found
    confirmed = replace(told.answers[party], how="minuted-confirmed")
    return _with(state, replace(told, answers={**told.answers, party: confirmed}))


def _minute_objected(state: Understandings, entry: Entry) -> Understandings:
    minute = entry.body["entry"]
    if minute in state.tellings:
        return _with(state, replace(state.tellings[minute], barred="disowned"))
    found = state.answered(minute)
    return _without(state, *found) if found and found[1] == entry.acting else state


def _corrected(state: Understandings, entry: Entry) -> Understandings:
    mistaken = entry.body["entry"]
    if mistaken in state.tellings:
        told = state.tellings[mistaken]
        return _with(state, replace(told, barred=told.barred or "corrected"))
    found = state.answered(mistaken)
    if found is None:
        return state
    told, party = found
    # Nobody undoes what a side itself confirmed, only that side; what the host merely minuted the host may take back.
    may_undo = entry.acting == party or told.answers[party].how == "minuted"
    return _without(state, told, party) if may_undo else state


def _without(state: Understandings, told: Telling, party: str) -> Understandings:
    return _with(state, replace(told, answers={p: a for p, a in told.answers.items() if p != party}))


def _with(state: Understandings, told: Telling) -> Understandings:
    return replace(state, tellings=state.tellings.put(told.ref, told))


UNDERSTANDINGS: Matter[Understandings] = Matter(
    name="understandings",
    version=2,
    initial=Understandings(),
    folds={
        "room-opened": _seated,
        "delegation-admitted": _admitted,
        "delegation-removed": _removed,
        "understanding-told": _told,
        "understanding-confirmed": _answers("confirmed"),
        "understanding-objected": _answers("objected"),
        "minute-confirmed": _minute_confirmed,
        "minute-objected": _minute_objected,
        "entry-corrected": _corrected,
    },
)


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Tellings the delegation was asked about and has not answered."""
    if delegation not in room[SEATS].parties:
        return
    for told in room[UNDERSTANDINGS].tellings.values():
        if delegation in told.asked and delegation not in told.answers and told.barred is None:
            yield Awaited("confirm-understanding", told.ref, {"telling": told.ref})


def _to_answer(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (a.fields for a in awaiting(scene.room, scene.acting))


RULES = (
    Rule(TellUnderstanding, "Tell an understanding", tell_understanding, always),
    Rule(ConfirmUnderstanding, "Confirm this wording", confirm_understanding, _to_answer, binding=True),
    Rule(ObjectUnderstanding, "Object to this wording", object_understanding, _to_answer, binding=True),
)
