"""Papers described: known to have been presented, and not handed in here, so that their content is not on the record.

Much of a process happens on other tables: a side sends its paper straight to the other, or reads it out. What is known
of that is noted as far as it is known: whose it was may be open, and what it says is never filled in. Such a paper
counts towards what must come first, and is shown as what it is; hearsay (reported, or of a source not named) does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.papers.presented import OF_SUBSTANCE, PURPOSES
from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.outcomes import PAPER_DESCRIBED, Outcome
from goodoffices.talks.scene import Refusal, Rule, Scene

HOW = ("sent-ahead", "brought-to-the-table", "read-out", "not-stated")


@dataclass(frozen=True)
class Described:
    """A paper of ``whose`` (a delegation, or None where that is not known), as ``by`` describes it."""

    ref: str
    by: str
    whose: str | None
    purpose: str
    hearsay: bool


@dataclass(frozen=True)
class Descriptions:
    """By the ref of ``paper-described``; those taken back are not among them."""

    all: Ordered[Described] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class DescribePaper(Command):
    """Note a paper that was presented without being handed in here: whose and how, as far as that is known."""

    whose: str | None = fields.delegation("Whose paper", "Leave empty if it is not known which.", required=False)
    to: tuple[str, ...] = fields.delegation("Presented to", required=False, many=True)
    purpose: str = fields.choice("Purpose", PURPOSES)
    how: str = fields.choice("How", HOW)
    about: str | None = fields.words(
        "What is known of it", "Its title, or what is said of it; not what it might say.", required=False, long=True
    )


def describe_paper(scene: Scene, c: DescribePaper) -> list[Fact]:
    if c.whose != scene.acting and not scene.is_host:
        raise Refusal("A paper is described by the delegation whose paper it is, or by the host.")
    named = [d for d in (c.whose, *c.to) if d is not None]
    if not all(map(scene.seats.present, named)):
        raise Refusal("A delegation you name does not sit in this room.")
    scene.refuse_unless(c.whose not in c.to, "A delegation does not present a paper to itself.")
    body = {"whose": c.whose, "to": list(dict.fromkeys(c.to)), "purpose": c.purpose, "how": c.how, "about": c.about}
    return [Fact("paper-described", body | c.as_told())]


def _described(state: Descriptions, entry: Entry) -> Descriptions:
    b = entry.body
    hearsay = b.get("known") in {"reported", "anonymous"}
    made = Described(entry.ref, entry.acting, b["whose"], b["purpose"], hearsay)
    return replace(state, all=state.all.put(made.ref, made))


def _taken_back(state: Descriptions, entry: Entry) -> Descriptions:
    """By the delegation that described it, or for which it was minuted."""
    found = state.all.get(entry.body["entry"])
    return replace(state, all=state.all.drop(found.ref)) if found and found.by == entry.acting else state


DESCRIBED: Matter[Descriptions] = Matter(
    name="described",
    version=1,
    initial=Descriptions(),
    folds={"paper-described": _described, "entry-corrected": _taken_back, "minute-objected": _taken_back},
)


def outcomes(room: Room) -> tuple[Outcome, ...]:
    """One for each delegation whose conditions or proposal are known at first hand to have been presented."""
    refs: dict[str, tuple[str, ...]] = {}
    for one in room[DESCRIBED].all.values():
        if one.whose is not None and one.purpose in OF_SUBSTANCE and not one.hearsay:
            refs[one.whose] = (*refs.get(one.whose, ()), one.ref)
    return tuple(Outcome(PAPER_DESCRIBED, whose, theirs) for whose, theirs in refs.items())


def _to_describe(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Any delegation its own, the host any."""
    yield {} if scene.is_host else {"whose": scene.acting}


RULES = (Rule(DescribePaper, "Note a paper that was not handed in here", describe_paper, _to_describe),)
