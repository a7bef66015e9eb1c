"""Conveyance: the host carries a point from one caucus to another, with the leave of the delegation whose point it is.

Leave is for one point, to one delegation, once, and says whether the delegation is named. It is gone when it is used,
when its entry is corrected, when its words are erased, or when it was minuted and the delegation objects; the host
then asks anew. The two caucuses share the act of carrying and nothing else: the words are copied under a salt of
their own, and the other room learns neither this room nor, without attribution, whose point it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene


@dataclass(frozen=True)
class Asked:
    """The host's question: leave to convey a point to ``to``. ``status``: open, allowed, refused or corrected."""

    ref: str
    to: str
    point: str
    status: str = "open"


@dataclass(frozen=True)
class Leave:
    """Leave given by the delegation ``by``. ``point`` is a citation. ``status``: held, used, or why it is gone:
    corrected, erased or disowned."""

    ref: str
    by: str
    to: str
    point: str
    attributed: bool
    asked: str | None = None
    status: str = "held"


@dataclass(frozen=True)
class Conveyances:
    """Of one caucus, by ref. ``refusals``: ref of a refusal -> of the question. ``conveyed``: a point brought here ->
    the answer to it, or None."""

    asked: Ordered[Asked] = field(default_factory=Ordered)
    leaves: Ordered[Leave] = field(default_factory=Ordered)
    refusals: Ordered[str] = field(default_factory=Ordered)
    conveyed: Ordered[str | None] = field(default_factory=Ordered)
    answered: Ordered[str] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class AskLeave(Command):
    """Ask the delegation in this caucus for leave to carry a point to another."""

    to: str = fields.delegation("Carried to")
    point: str = fields.words("Point", long=True)


@dataclass(frozen=True, kw_only=True)
class AllowConveyance(Command):
    """Give the host leave to carry a point to another delegation, once."""

    asked: str | None = fields.ref("Asked in", "conveyance-asked", required=False)
    to: str | None = fields.delegation("Carried to", "As asked, if empty.", required=False)
    point: str | None = fields.words("Point", "As asked, if empty.", required=False, long=True)
    attributed: bool = fields.flag("Attributed", "The other delegation is told whose point it is.")


@dataclass(frozen=True, kw_only=True)
class RefuseConveyance(Command):
    """Refuse the host leave to carry a point."""

    asked: str = fields.ref("Asked in", "conveyance-asked")
    reason: str | None = fields.words("Reason", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class CarryPoint(Command):
    """Carry a point to the other delegation's caucus, with the leave given here."""

    allowed: str = fields.ref("With the leave", "conveyance-allowed")
    to_room: str = fields.room("To the caucus")


@dataclass(frozen=True, kw_only=True)
class AnswerConveyed(Command):
    """Answer a point the host conveyed; the answer stays in this room."""

    conveyed: str = fields.ref("Point", "point-conveyed")
    words: str = fields.words("Answer", long=True)


def ask_leave(scene: Scene, c: AskLeave) -> list[Fact]:
    _check_caucus(scene)
    scene.refuse_unless(scene.is_host, "Only the host asks for leave to carry a point.")
    _check_addressee(scene, c.to)
    return [Fact("conveyance-asked", {"to": c.to, "point": c.point} | c.as_told())]


def allow_conveyance(scene: Scene, c: AllowConveyance) -> list[Fact]:
    _check_own_caucus(scene)
    asked = _open(scene, c.asked) if c.asked is not None else None
    if asked is not None and c.to not in {None, asked.to}:
        raise Refusal("The host asked for leave to carry this to another delegation than the one you name.")
    to, point = c.to or (asked.to if asked else None), c.point or (asked.point if asked else None)
    if to is None or point is None:
        raise Refusal("Say which point the host may carry, and to which delegation.")
    _check_addressee(scene, to)
    body = {"asked": c.asked, "to": to, "point": point, "attributed": c.attributed}
    return [Fact("conveyance-allowed", body | c.as_told())]


def refuse_conveyance(scene: Scene, c: RefuseConveyance) -> list[Fact]:
    _check_own_caucus(scene)
    asked = _open(scene, c.asked)
    return [Fact("conveyance-refused", {"asked": asked.ref, "reason": c.reason} | c.as_told())]


def carry_point(scene: Scene, c: CarryPoint) -> list[Fact]:
    """What is told about the carrying stays here: in the other room it could tell where the point comes from."""
    _check_caucus(scene)
    scene.refuse_unless(scene.is_host, "Only the host carries a point from one caucus to another.")
    leave = scene.room[CONVEYANCES].leaves[c.allowed]
    _check_held(leave)
    _check_destination(scene, leave, c.to_room)
    conveyed = {"point": leave.point, "from": leave.by if leave.attributed else None}
    return [
        Fact("point-carried", {"allowed": leave.ref} | c.as_told()),
        Fact("point-conveyed", conveyed, c.to_room),
    ]


def answer_conveyed(scene: Scene, c: AnswerConveyed) -> list[Fact]:
    _check_own_caucus(scene)
    if scene.room[CONVEYANCES].conveyed[c.conveyed] is not None:
        raise Refusal("Your delegation has answered this point already.")
    return [Fact("conveyance-answered", {"conveyed": c.conveyed, "words": c.words} | c.as_told())]


def _check_caucus(scene: Scene) -> None:
    scene.refuse_unless(scene.seats.kind == "caucus", "Points are conveyed between caucuses; this room is not one.")


def _check_own_caucus(scene: Scene) -> None:
    _check_caucus(scene)
    scene.refuse_unless(not scene.is_host, "This is for the delegation in caucus with the host, not for the host.")


def _check_addressee(scene: Scene, to: str) -> None:
    if to == scene.seats.host:
        raise Refusal("A point is carried to another delegation; the host hears it here already.")
    scene.refuse_unless(not scene.seats.present(to), "A point is carried to another delegation, not to the one here.")


def _open(scene: Scene, ref: str) -> Asked:
    asked = scene.room[CONVEYANCES].asked[ref]
    if asked.status == "corrected":
        raise Refusal("What the host asked here was corrected or erased; it has to be asked anew.")
    if asked.status != "open":
        raise Refusal(f"Leave to carry this was {asked.status} already.")
    return asked


def _check_held(leave: Leave) -> None:
    gone = {
        "used": "This leave has been used; it is good for once.",
        "corrected": "This leave was corrected after it was given. Ask for leave anew.",
        "erased": "The words of this leave have been erased, so there is nothing to carry.",
        "disowned": "The delegation this leave was minuted for objected to the minute. Ask for leave anew.",
    }
    if leave.status != "held":
        raise Refusal(gone[leave.status])


def _check_destination(scene: Scene, leave: Leave, to_room: str) -> None:
    seats = scene.rooms[to_room][SEATS]
    if seats.talks != scene.seats.talks:
        raise Refusal("That room belongs to other talks.")
    if seats.kind != "caucus" or not seats.present(leave.to):
        raise Refusal("The leave is for one delegation: choose your caucus with it.")


def _asked(state: Conveyances, entry: Entry) -> Conveyances:
    new = Asked(entry.ref, entry.body["to"], entry.body["point"])
    return replace(state, asked=state.asked.put(new.ref, new))


def _allowed(state: Conveyances, entry: Entry) -> Conveyances:
    b = entry.body
    leave = Leave(entry.ref, entry.acting, b["to"], b["point"], b["attributed"], b["asked"])
    return replace(_question(state, b["asked"], "allowed"), leaves=state.leaves.put(leave.ref, leave))


def _refused(state: Conveyances, entry: Entry) -> Conveyances:
    asked = entry.body["asked"]
    return replace(_question(state, asked, "refused"), refusals=state.refusals.put(entry.ref, asked))


def _carried(state: Conveyances, entry: Entry) -> Conveyances:
    return _leave(state, entry.body["allowed"], "used")


def _conveyed(state: Conveyances, entry: Entry) -> Conveyances:
    return replace(state, conveyed=state.conveyed.put(entry.ref, None))


def _answered(state: Conveyances, entry: Entry) -> Conveyances:
    ref = entry.body["conveyed"]
    if ref not in state.conveyed:
        return state
    return replace(state, conveyed=state.conveyed.put(ref, entry.ref), answered=state.answered.put(entry.ref, ref))


def _minute_objected(state: Conveyances, entry: Entry) -> Conveyances:
    minute = entry.body["entry"]
    if minute in state.leaves:
        state = _question(state, state.leaves[minute].asked, "open")
    elif minute in state.refusals:
        state = _question(state, state.refusals[minute], "open")
    point = state.answered.get(minute, "")
    if state.conveyed.get(point) == minute:
        state = replace(state, conveyed=state.conveyed.put(point, None))
    return _leave(state, minute, "disowned")


def _corrected(state: Conveyances, entry: Entry) -> Conveyances:
    ref = entry.body["entry"]
    asked = state.asked.get(ref)
    if asked is not None and asked.status == "open":
        state = _question(state, ref, "corrected")
    return _leave(state, ref, "corrected")


def _erased(state: Conveyances, entry: Entry) -> Conveyances:
    gone = entry.body["particulars"]
    for asked in state.asked.values():
        if asked.point in gone and asked.status == "open":
            state = _question(state, asked.ref, "corrected")
    for leave in state.leaves.values():
        if leave.point in gone:
            state = _leave(state, leave.ref, "erased")
    return state


def _question(state: Conveyances, ref: str | None, status: str) -> Conveyances:
    asked = state.asked.get(ref or "")
    return replace(state, asked=state.asked.put(asked.ref, replace(asked, status=status))) if asked else state


def _leave(state: Conveyances, ref: str, status: str) -> Conveyances:
    """Only leave still held changes: what was used stays used."""
    leave = state.leaves.get(ref)
    if leave is None or leave.status != "held":
        return state
    return replace(state, leaves=state.leaves.put(ref, replace(leave, status=status)))


CONVEYANCES: Matter[Conveyances] = Matter(
    name="conveyances",
    version=2,
    initial=Conveyances(),
    folds={
        "conveyance-asked": _asked,
        "conveyance-allowed": _allowed,
        "conveyance-refused": _refused,
        "point-carried": _carried,
        "point-conveyed": _conveyed,
        "conveyance-answered": _answered,
        "minute-objected": _minute_objected,
        "entry-corrected": _corrected,
        "particulars-erased": _erased,
    },
)


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For the delegation in caucus: the host's questions and points conveyed; for the host: leave not yet used."""
    seats, state = room[SEATS], room[CONVEYANCES]
    if not seats.present(delegation):
        return
    if delegation == seats.host:
        held = (leave for leave in state.leaves.values() if leave.status == "held")
        yield from (Awaited("carry-point", leave.ref, {"allowed": leave.ref}) for leave in held)
        return
    open_ = (asked for asked in state.asked.values() if asked.status == "open")
    yield from (Awaited("allow-conveyance", asked.ref, {"asked": asked.ref}) for asked in open_)
    unanswered = (ref for ref, answer in state.conveyed.items() if answer is None)
    yield from (Awaited("answer-conveyed", ref, {"conveyed": ref}) for ref in unanswered)


def _waiting(rule: str) -> Callable[[Scene], Iterable[Mapping[str, str]]]:
    def offer(scene: Scene) -> Iterable[Mapping[str, str]]:
        if scene.seats.kind == "caucus":
            yield from (a.fields for a in awaiting(scene.room, scene.acting) if a.rule == rule)

    return offer


def _to_ask(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.seats.kind == "caucus" and scene.is_host:
        yield {}


def _to_allow(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from _waiting("allow-conveyance")(scene)
    if scene.seats.kind == "caucus" and not scene.is_host:
        yield {}


RULES = (
    Rule(AskLeave, "Ask for leave to carry a point", ask_leave, _to_ask, minutable=False),
    Rule(AllowConveyance, "Give leave to carry a point", allow_conveyance, _to_allow, binding=True),
    Rule(RefuseConveyance, "Refuse leave to carry it", refuse_conveyance, _waiting("allow-conveyance")),
    Rule(CarryPoint, "Carry the point", carry_point, _waiting("carry-point"), minutable=False),
    Rule(AnswerConveyed, "Answer the point", answer_conveyed, _waiting("answer-conveyed")),
)
