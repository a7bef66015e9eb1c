"""Requests: one delegation asks something of another, which takes note of it, accepts, declines or defers.

A request is answered once; a deferred one may be answered again. An answer minuted for a delegation that then
objects to the minute does not count: the request waits again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

ANSWERS = ("taken-note-of", "accepted", "declined", "deferred")
WAITING = frozenset({"open", "deferred"})


@dataclass(frozen=True)
class Asked:
    """``by`` asked ``to``. ``status``: open, withdrawn or disowned (its minute was objected to), or the last answer.

    ``answers``: (ref of the answer, answer), in order.
    """

    ref: str
    by: str
    to: str
    status: str = "open"
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Requests:
    """By the ref of ``request-made``, in order. ``answered``: by the ref of an answer, the request."""

    all: Ordered[Asked] = field(default_factory=Ordered)
    answered: Ordered[str] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class MakeRequest(Command):
    """Ask something of another delegation in this room."""

    to: str = fields.delegation("Asked of")
    words: str = fields.words("Request", long=True)


@dataclass(frozen=True, kw_only=True)
class AnswerRequest(Command):
    """Answer a request made to one's delegation."""

    request: str = fields.ref("Request", "request-made")
    answer: str = fields.choice("Answer", ANSWERS)
    words: str | None = fields.words("In words", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class WithdrawRequest(Command):
    """Withdraw a request that is not settled yet."""

    request: str = fields.ref("Request", "request-made")


def make_request(scene: Scene, c: MakeRequest) -> list[Fact]:
    scene.refuse_unless(c.to != scene.acting, "A delegation does not ask something of itself.")
    scene.refuse_unless(scene.seats.present(c.to), "The delegation you ask does not sit in this room.")
    return [Fact("request-made", {"to": c.to, "words": c.words} | c.as_told())]


def answer_request(scene: Scene, c: AnswerRequest) -> list[Fact]:
    asked = _waiting(scene, c.request)
    scene.refuse_unless(asked.to == scene.acting, "Only the delegation that was asked answers this request.")
    return [Fact("request-answered", {"request": asked.ref, "answer": c.answer, "words": c.words} | c.as_told())]


def withdraw_request(scene: Scene, c: WithdrawRequest) -> list[Fact]:
    asked = _waiting(scene, c.request)
    scene.refuse_unless(asked.by == scene.acting, "Only the delegation that made this request withdraws it.")
    return [Fact("request-withdrawn", {"request": asked.ref} | c.as_told())]


def _waiting(scene: Scene, ref: str) -> Asked:
    asked = scene.room[REQUESTS].all[ref]
    if asked.status == "disowned":
        raise Refusal("The delegation this request was minuted for objected to the minute; nobody asks it any more.")
    if asked.status == "withdrawn":
        raise Refusal("This request was withdrawn.")
    if asked.status not in WAITING:
        raise Refusal(f"This request was answered already ({asked.status.replace('-', ' ')}).")
    return asked


def _made(state: Requests, entry: Entry) -> Requests:
    return _with(state, Asked(entry.ref, entry.acting, entry.body["to"]))


def _answered(state: Requests, entry: Entry) -> Requests:
    asked = state.all.get(entry.body["request"])
    if asked is None:
        return state
    answer = entry.body["answer"]
    state = replace(state, answered=state.answered.put(entry.ref, asked.ref))
    return _with(state, replace(asked, status=answer, answers=(*asked.answers, (entry.ref, answer))))


def _withdrawn(state: Requests, entry: Entry) -> Requests:
    asked = state.all.get(entry.body["request"])
    return _with(state, replace(asked, status="withdrawn")) if asked else state


def _minute_objected(state: Requests, entry: Entry) -> Requests:
    minute = entry.body["entry"]
    if minute in state.all:
        return _with(state, replace(state.all[minute], status="disowned"))
    if minute not in state.answered:
        return state
    asked = state.all[state.answered[minute]]
    kept = tuple(a for a in asked.answers if a[0] != minute)
    if kept == asked.answers:
        return state
    return _with(state, replace(asked, answers=kept, status=kept[-1][1] if kept else "open"))


def _with(state: Requests, asked: Asked) -> Requests:
    return replace(state, all=state.all.put(asked.ref, asked))


REQUESTS: Matter[Requests] = Matter(
    name="requests",
    version=2,
    initial=Requests(),
    folds={
        "request-made": _made,
        "request-answered": _answered,
        "request-withdrawn": _withdrawn,
        "minute-objected": _minute_objected,
    },
)


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Requests made to the delegation and not settled; a deferred one still waits."""
    if not room[SEATS].present(delegation):
        return
    for asked in room[REQUESTS].all.values():
        if asked.to == delegation and asked.status in WAITING:
            yield Awaited("answer-request", asked.ref, {"request": asked.ref})


def _to_others(scene: Scene) -> Iterable[Mapping[str, str]]:
    if any(scene.seats.present(d) and d != scene.acting for d in scene.seats.delegations):
        yield {}


def _to_answer(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (a.fields for a in awaiting(scene.room, scene.acting))


def _to_withdraw(scene: Scene) -> Iterable[Mapping[str, str]]:
    for asked in scene.room[REQUESTS].all.values():
        if asked.by == scene.acting and asked.status in WAITING:
            yield {"request": asked.ref}


RULES = (
    Rule(MakeRequest, "Ask something of a delegation", make_request, _to_others),
    Rule(AnswerRequest, "Answer a request", answer_request, _to_answer),
    Rule(WithdrawRequest, "Withdraw a request", withdraw_request, _to_withdraw),
)
