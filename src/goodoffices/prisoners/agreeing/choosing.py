"""Who goes and who does not: a side refuses, a person's own wish is recorded, one goes in another's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.prisoners.agreeing import table
from goodoffices.prisoners.agreeing.agreed import AGREED, WISHES
from goodoffices.prisoners.named import NUMBER
from goodoffices.record.entries import Fact
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene


@dataclass(frozen=True, kw_only=True)
class RefusePerson(Command):
    """Refuse that a person goes: not wanted back, or not given up. A reason may be given and need not be."""

    number: str = fields.plain("Person", NUMBER, "The manifest number.")
    reason: str | None = fields.words("Reason", "Leave it empty to give none.", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class WithdrawRefusal(Command):
    """Withdraw your side's refusal, so that the person can be put on a list again."""

    refusal: str = fields.ref("Refusal", "person-refused")


@dataclass(frozen=True, kw_only=True)
class RecordWish(Command):
    """Record what a person wishes, as told in a private interview. No reason is asked, and none is recorded."""

    number: str = fields.plain("Person", NUMBER, "The manifest number.")
    wish: str = fields.choice("Wish", WISHES)


@dataclass(frozen=True, kw_only=True)
class SubstitutePerson(Command):
    """Say who goes in the place of somebody on the list. It takes effect with the next list both sides confirm."""

    out: str = fields.plain("Does not go", NUMBER, "The manifest number of somebody on the newest list.")
    into: str = fields.plain("Goes instead", NUMBER, "The manifest number of somebody the same side holds.")
    reason: str | None = fields.words("Reason", "Leave it empty to give none.", required=False, long=True)


def refuse_person(scene: Scene, c: RefusePerson) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "A person is refused by one of the sides.")
    table.both(scene)
    person = table.named(scene, c.number)
    if any(r.number == person.number and r.by == scene.acting for r in scene.room[AGREED].refusals.values()):
        raise Refusal(f"Your side has refused {c.number} already.")
    return [Fact("person-refused", {"number": c.number, "reason": c.reason} | c.as_told())]


def withdraw_refusal(scene: Scene, c: WithdrawRefusal) -> list[Fact]:
    refusal = scene.room[AGREED].refusals.get(c.refusal)
    if refusal is None:
        raise Refusal("That refusal was withdrawn already.")
    if refusal.by != scene.acting:
        raise Refusal("A refusal is withdrawn by the side that made it.")
    return [Fact("refusal-withdrawn", {"refusal": c.refusal, "number": refusal.number} | c.as_told())]


def record_wish(scene: Scene, c: RecordWish) -> list[Fact]:
    if not table.is_neutral(scene):
        raise Refusal("A person's wish is recorded by the intermediary whom both sides have accepted, by nobody else.")
    table.both(scene)
    table.named(scene, c.number)
    known = scene.room[AGREED].wishes.get(c.number)
    if known is not None and known.wish == c.wish:
        raise Refusal("That wish of this person stands on the record already.")
    return [Fact("wish-recorded", {"number": c.number, "wish": c.wish} | c.as_told())]


def substitute_person(scene: Scene, c: SubstitutePerson) -> list[Fact]:
    scene.refuse_unless(
        scene.is_party or table.is_neutral(scene), "Somebody is put in another's place by a side or the intermediary."
    )
    table.both(scene)
    out, agreed = table.named(scene, c.out), scene.room[AGREED]
    if c.out not in agreed.going:
        raise Refusal(f"{c.out} is not on the newest list, so nobody takes that place.")
    if c.into in agreed.going:
        raise Refusal(f"{c.into} is on the newest list already.")
    into = table.check_going(scene, c.into)
    if into.held_by != out.held_by:
        raise Refusal("Both are to be held by the same side: who goes in another's place returns the same way.")
    return [Fact("person-substituted", {"out": c.out, "in": c.into, "reason": c.reason} | c.as_told())]


def _to_refuse(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_party and table.is_open(scene.room):
        yield {}


def _to_withdraw(scene: Scene) -> Iterable[Mapping[str, str]]:
    own = (r.ref for r in scene.room[AGREED].refusals.values() if r.by == scene.acting)
    yield from ({"refusal": ref} for ref in own)


def _to_record(scene: Scene) -> Iterable[Mapping[str, str]]:
    if table.is_neutral(scene) and table.is_open(scene.room):
        yield {}


def _to_substitute(scene: Scene) -> Iterable[Mapping[str, str]]:
    if table.is_open(scene.room) and scene.room[AGREED].going and (scene.is_party or table.is_neutral(scene)):
        yield {}


RULES = (
    Rule(RefusePerson, "Refuse a person", refuse_person, _to_refuse),
    Rule(WithdrawRefusal, "Withdraw the refusal", withdraw_refusal, _to_withdraw),
    Rule(RecordWish, "Record a person's wish", record_wish, _to_record, minutable=False),
    Rule(SubstitutePerson, "Put somebody in another's place", substitute_person, _to_substitute),
)
