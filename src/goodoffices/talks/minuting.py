"""Minuting: what the host entered on another delegation's behalf, until that delegation confirms or objects.

Delegates often will not click; the host may then minute their acts. A minute is labelled as such everywhere, and
only the delegation it was minuted for answers it, once, by its own hand: the host cannot confirm its own minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene


@dataclass(frozen=True)
class Minutes:
    """``pending``: by delegation, the kind of each minuted entry by ref, oldest first. ``answered``: by ref, confirmed
    or objected."""

    pending: dict[str, Ordered[str]] = field(default_factory=dict)
    answered: Ordered[str] = field(default_factory=Ordered)

    def of(self, delegation: str) -> Ordered[str]:
        """What waits for this delegation: the kind of each entry by ref."""
        return self.pending.get(delegation) or Ordered()


@dataclass(frozen=True, kw_only=True)
class ConfirmMinute(Command):
    """Confirm what the host entered on your delegation's behalf."""

    entry: str = fields.ref("Entry")


@dataclass(frozen=True, kw_only=True)
class ObjectMinute(Command):
    """Object to what the host entered on your delegation's behalf; both stay on the record."""

    entry: str = fields.ref("Entry")
    reason: str | None = fields.words("What is not right", required=False, long=True)


def confirm_minute(scene: Scene, c: ConfirmMinute) -> list[Fact]:
    _check_pending(scene, c.entry)
    return [Fact("minute-confirmed", {"entry": c.entry} | c.as_told())]


def object_minute(scene: Scene, c: ObjectMinute) -> list[Fact]:
    _check_pending(scene, c.entry)
    return [Fact("minute-objected", {"entry": c.entry, "reason": c.reason} | c.as_told())]


def _check_pending(scene: Scene, ref: str) -> None:
    minuted_for = scene.cited[ref].header.on_behalf
    if minuted_for is None:
        raise Refusal("That entry was not minuted on a delegation's behalf, so there is nothing to confirm.")
    if minuted_for != scene.acting:
        raise Refusal("Only the delegation an entry was minuted for confirms it or objects.")
    minutes = scene.room[MINUTES]
    if ref not in minutes.of(scene.acting):
        raise Refusal(f"Your delegation has {minutes.answered.get(ref, 'answered')} this minute already.")


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """What was minuted for this delegation and is not answered."""
    if room[SEATS].present(delegation):
        for ref in room[MINUTES].of(delegation):
            yield Awaited("confirm-minute", ref, {"entry": ref})


def _pending(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.who.on_behalf is None:
        yield from ({"entry": ref} for ref in scene.room[MINUTES].of(scene.acting))


def _every(state: Minutes, entry: Entry) -> Minutes:
    delegation = entry.header.on_behalf
    if delegation is None:
        return state
    pending = {**state.pending, delegation: state.of(delegation).put(entry.ref, entry.kind)}
    return Minutes(pending, state.answered)


def _answers(says: str) -> Callable[[Minutes, Entry], Minutes]:
    def fold(state: Minutes, entry: Entry) -> Minutes:
        ref, delegation = entry.body["entry"], entry.acting
        if ref not in state.of(delegation):
            return state
        left = state.of(delegation).drop(ref)
        return Minutes({**state.pending, delegation: left}, state.answered.put(ref, says))

    return fold


MINUTES: Matter[Minutes] = Matter(
    name="minutes",
    version=2,
    initial=Minutes(),
    folds={
        "minute-confirmed": _answers("confirmed"),
        "minute-objected": _answers("objected"),
    },
    every=_every,
)

RULES = (
    Rule(ConfirmMinute, "Confirm the minute", confirm_minute, _pending, minutable=False, binding=True),
    Rule(ObjectMinute, "Object to the minute", object_minute, _pending, minutable=False, binding=True),
)
