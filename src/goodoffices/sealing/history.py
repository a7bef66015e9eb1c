"""What a set of slips comes to: each is held against what its author had seen.

On paper there is no server to refuse anything. So everybody who gets slips finds for each whether it was allowed where
its author stood, whether its release is true, and what all of them together come to. A slip at fault has no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goodoffices.sealing import course as courses
from goodoffices.sealing import escrow, outers, slips
from goodoffices.sealing.course import Course
from goodoffices.sealing.escrow import Given, Seal
from goodoffices.sealing.events import Declined, Event, Lapsed, Released, Withdrawn
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.order import advance, refusal
from goodoffices.sealing.slips import BadSlip, PaperSealed, PapersReleased, Slip
from goodoffices.sealing.terms import Terms

_ENDINGS = (Declined, Withdrawn, Lapsed)
_NEEDS_BLOBS = {"papers-released", "paper-opened", "opening-disputed"}


@dataclass(frozen=True)
class SlipFault:
    """A slip at fault, and why, in a sentence."""

    slip: Slip
    why: str

    def __str__(self) -> str:
        return f"{self.slip.kind} of {self.slip.by} ({self.slip.id[:8]}): {self.why}"


@dataclass
class History:
    """What slips come to.

    ``given``: true releases by their slip's id, in order. ``missing``: sides whose sealed files were not given, so that
    nothing of theirs could be checked. ``faults``: slips that count for nothing.
    """

    terms: Terms
    course: Course
    slips: list[Slip] = field(default_factory=list)
    given: dict[str, Given] = field(default_factory=dict)
    faults: list[SlipFault] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def ids(self) -> tuple[str, ...]:
        """What whoever goes on from here has seen."""
        return tuple(slip.id for slip in self.slips)

    @property
    def releases(self) -> list[Given]:
        return list(self.given.values())


def read(terms: Terms, found: Iterable[Slip], seals: Mapping[str, Seal]) -> History:
    """What these slips come to, with the sealed files that are at hand (by side)."""
    history = History(terms, courses.begin(terms))
    found = _in_order(list(found))
    signed = {slip.id: slip for slip in found if _signed(history, slip)}
    walk = _Walk(history, signed, seals)
    for slip in slips.order(terms, signed.values()):
        walk.take(slip)
    walk.end()
    return history


def _in_order(found: list[Slip]) -> list[Slip]:
    """The same, with acts taken from a room going on from each other as the room's order has it.

    A room lets nobody seal before all have agreed, or release before both have sealed; and each release builds on all
    before it, so how many those are is its place.
    """
    acts = [slip for slip in found if slip.act is not None]
    kinds = ("exchange-agreed", "paper-sealed", "papers-released")
    acts.sort(key=lambda s: (kinds.index(s.kind), len(s.body.builds_on) if isinstance(s.body, PapersReleased) else 0))
    linked: list[Slip] = []
    for slip in acts:
        before = [one for one in linked if one.kind != slip.kind or isinstance(slip.body, PapersReleased)]
        body = slip.body
        if isinstance(body, PapersReleased):
            body = PapersReleased(body.peels, [one.id for one in before if isinstance(one.body, PapersReleased)])
        said = {**slip.said, "after": sorted(one.id for one in before)}
        linked.append(replace(slip, said=said, body=body))
    return linked + [slip for slip in found if slip.act is None]


def _signed(history: History, slip: Slip) -> bool:
    try:
        slips.check(history.terms, slip)
    except BadSlip as error:
        history.faults.append(SlipFault(slip, str(error)))
        return False
    return True


@dataclass
class _Walk:
    history: History
    signed: Mapping[str, Slip]
    seals: Mapping[str, Seal]
    events: dict[str, Event] = field(default_factory=dict)
    proven: dict[str, Given] = field(default_factory=dict)

    @property
    def _blind(self) -> bool:
        """Whether a sealed file is not at hand, so that releases and what follows from them cannot be judged."""
        return not {side.code for side in self.history.terms.sides} <= self.seals.keys()

    def take(self, slip: Slip) -> None:
        """One slip, after all those it names."""
        history = self.history
        why = self._misplaced(slip) or self._refused(slip)
        if why is not None:
            if not (slip.kind in _NEEDS_BLOBS and self._blind):
                history.faults.append(SlipFault(slip, why))
            return
        history.slips.append(slip)
        event = self.events[slip.id]
        if slip.id in self.proven:
            history.given[slip.id] = self.proven[slip.id]
        if not isinstance(event, _ENDINGS):
            history.course = advance(history.course, event, slip.at)

    def end(self) -> None:
        """An ending that its author could declare stands, also where others went on unaware of it."""
        for slip in self.history.slips:
            event = self.events[slip.id]
            if isinstance(event, _ENDINGS):
                self._end(slip, event)
        named = {slip.by for slip in self.history.slips if isinstance(slip.body, PaperSealed)}
        self.history.missing = sorted(named - self.seals.keys())

    def _end(self, slip: Slip, event: Event) -> None:
        for other in self.history.slips:
            if isinstance(other.body, PapersReleased) and slip.id not in other.after:
                why = (
                    f"{slip.by} ended the exchange ({slip.kind}), and {other.by} released unaware of it. "
                    "Only a room can prevent that; it is nobody's lie."
                )
                self.history.faults.append(SlipFault(other, why))
                return
        past = courses.begin(self.history.terms)
        for one in self._before(slip):
            past = advance(past, self.events[one.id], one.at)
        self.history.course = advance(past, event, slip.at)

    def _before(self, slip: Slip) -> list[Slip]:
        """Those its author had seen and that count, in order."""
        return [one for one in self.history.slips if one.id in slip.after]

    def _misplaced(self, slip: Slip) -> str | None:
        missing = [id for id in slip.after if id not in self.signed]
        if missing:
            return f"it goes on from the slip {missing[0][:8]}, which is not here"
        for id in slip.after:
            unseen = set(self.signed[id].after) - set(slip.after)
            if unseen:
                return f"it names the slip {id[:8]} and not {min(unseen)[:8]}, from which that one goes on"
        for one in self.history.slips:
            if one.by == slip.by and one.id not in slip.after:
                return f"its author made {one.kind} ({one.id[:8]}) as well, and neither goes on from the other"
        return None

    def _refused(self, slip: Slip) -> str | None:
        """Why it was not allowed where its author stood; otherwise its event is known afterwards."""
        try:
            event = self._event(slip)
        except (BadLayer, BadSlip) as error:
            return str(error)
        past = courses.begin(self.history.terms)
        for one in self._before(slip):
            past = advance(past, self.events[one.id], one.at)
        self.events[slip.id] = event
        return refusal(past, event, slip.at)

    def _event(self, slip: Slip) -> Event:
        body = slip.body
        if isinstance(body, PaperSealed):
            self._check_sealed(slip, body)
        if not isinstance(body, PapersReleased):
            return slips.event(slip)
        if set(body.peels) != {side.code for side in self.history.terms.sides}:
            raise BadSlip("a release has the peels of both papers")
        if self._blind:
            return Released(slip.by, slip.id, tuple(body.builds_on), dict.fromkeys(body.peels))
        earlier = [self.history.given[id] for id in body.builds_on if id in self.history.given]
        given = Given(slip.by, self._proven(slip, body, earlier))
        self.proven[slip.id] = given
        return slips.event(slip, self._digests([*earlier, given]))

    def _check_sealed(self, slip: Slip, body: PaperSealed) -> None:
        if body.side != slip.by:
            raise BadSlip("it seals the paper of another side")
        seal = self.seals.get(body.side)
        if seal is None:
            return
        if (len(seal.outer), seal.outer_digest) != (body.outer.size, body.outer.sha256):
            raise BadSlip("the outer layer is not the one that was sealed")
        if (len(seal.escrow), outers.digest(seal.escrow)) != (body.escrow.size, body.escrow.sha256):
            raise BadSlip("the escrow is not the one that was sealed")

    def _proven(self, slip: Slip, body: PapersReleased, earlier: Sequence[Given]) -> dict[str, escrow.Peels]:
        found: dict[str, escrow.Peels] = {}
        for side, text in body.peels.items():
            found[side] = escrow.read_peels(self.history.terms, text.encode())
            escrow.prove(self.history.terms, slip.by, self.seals[side], earlier, found[side])
        return found

    def _digests(self, given: Sequence[Given]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for side, seal in self.seals.items():
            secret = escrow.secret(self.history.terms, side, given)
            found[side] = None
            if secret is not None:
                digest, _ = outers.open_outer(self.history.terms, side, seal.outer, secret)
                found[side] = digest.removeprefix("p:")
        return found
