"""A matching for a request: what was found, both lists as they stand, and what was judged, as far as one may read.

Everything is opened in memory for this request and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodoffices.prisoners import reconciling as rules
from goodoffices.prisoners.judging import Found as Outcome
from goodoffices.prisoners.judging import Judged, Row, Side
from goodoffices.prisoners.matched import MATCHED, About, Matched, Run, standings
from goodoffices.prisoners.matching.found import Found, Pair
from goodoffices.prisoners.releasing import current, found_of
from goodoffices.prisoners.rosters import Roster
from goodoffices.prisoners.rosters import Row as OnList
from goodoffices.readouts.names import Names, names
from goodoffices.secretariat import locked, reconciling
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.web.acting.desks import desk, of_talks


@dataclass
class Here:
    """The intermediary's own room, as the person who asks may read it."""

    mine: Desk
    view: RoomView

    @property
    def state(self) -> Matched:
        return self.view.state[MATCHED]

    @cached_property
    def others(self) -> list[RoomView]:
        """The person's other rooms of these talks."""
        return [v for v in of_talks(self.mine, self.view.seats.talks) if v.id != self.view.id]

    @cached_property
    def names(self) -> Names:
        return names(self.view, (), self.others, _)

    @property
    def person(self) -> str:
        return self.mine.person or ""

    @cached_property
    def may(self) -> frozenset[str]:
        """The names of the rules this person is offered here."""
        return frozenset(offer.rule.name for offer in self.view.offers())


@dataclass
class Matching(Here):
    """One run of that room, opened."""

    run: Run

    @cached_property
    def found(self) -> Found:
        return reconciling.found(self.view, self.run)

    @cached_property
    def rosters(self) -> Mapping[str, Roster]:
        """The lists by side."""
        left = reconciling.roster(self.mine, self.run, "left")
        return {
            "left": left,
            "right": left if self.run.right is None else reconciling.roster(self.mine, self.run, "right"),
        }

    def row(self, side: str, number: str) -> OnList | None:
        """A row of a list; None where its person was erased from it."""
        return self.rosters[side].by_number.get(number)

    @cached_property
    def judged(self) -> Judged:
        """Where every pair found or put forward stands, and every row judged."""
        return standings(self.state, self.run.ref, list(self.found.by_rows))

    @cached_property
    def outcomes(self) -> Mapping[Row, Outcome]:
        return found_of(self.state, self.run, self.found)

    @cached_property
    def put_forward(self) -> list[Pair]:
        """Pairs that people put forward and the program did not find, or left out for a likelier one."""
        return [
            self.pair_of(about.left, about.right)
            for about in self.state.of_run(self.run.ref)
            if about.left and about.right and (about.left, about.right) not in self.found.by_rows
        ]

    def pair_of(self, left: str, right: str) -> Pair:
        """Two rows as a pair, with what speaks for and against it where the program compared them closely."""
        known = self.found.by_rows.get((left, right)) or self._left_out.get((left, right))
        return known or Pair(left, right, 0.0, certain=False)

    @cached_property
    def _left_out(self) -> dict[tuple[str, str], Pair]:
        return {(pair.left, pair.right): pair for pair in self.found.others}

    def left_out(self, shown: Pair) -> list[Pair]:
        """Pairs left out that have a row of this one and that nobody has judged."""
        right = self.run.right is None
        rows = {shown.left, shown.right}

        def shares(pair: Pair) -> bool:
            if right:
                return bool({pair.left, pair.right} & rows)
            return pair.left == shown.left or pair.right == shown.right

        found = (
            pair for pair in self.found.others if shares(pair) and (pair.left, pair.right) != (shown.left, shown.right)
        )
        return [pair for pair in found if self.about(pair.left, pair.right) is None]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every pair, in the order in which pages number them."""
        return [*self.found.pairs, *self.put_forward]

    def about(self, left: str, right: str) -> About | None:
        return self.state.about(self.run.ref, left, right)

    def stands(self, pair: Pair) -> str:
        return self.judged.pairs.get((pair.left, pair.right), "open")

    def awaits_me(self, pair: Pair) -> bool:
        """Whether this pair is open to this person: not settled, and not judged by them."""
        about = self.about(pair.left, pair.right)
        mine = about is not None and self.person in about.newest
        return not mine and self.stands(pair) in {"open", "waits", "disagreed"}

    def following(self, after: int) -> int | None:
        """The place of the next doubtful pair that waits for this person, round from ``after``."""
        places = [n for n, pair in enumerate(self.pairs) if not pair.certain and self.awaits_me(pair)]
        return next((n for n in places if n > after), places[0] if places else None)

    @cached_property
    def without_pair(self) -> list[Row]:
        """Rows that are in no pair still possible, and of which nobody has said anything yet."""
        settled = {"different"}
        possible = {
            row
            for (left, right), stands in self.judged.pairs.items()
            if stands not in settled
            for row in (Row("left", left), Row("left" if self.run.right is None else "right", right))
        }
        sides: list[tuple[Side, tuple[str, ...]]] = [("left", self.found.left), ("right", self.found.right)]
        every = [Row(side, number) for side, numbers in sides for number in numbers]
        return [row for row in every if row not in possible and row not in self.judged.rows]

    @property
    def current(self) -> bool:
        """Whether both lists are still as they were matched."""
        return current(self.mine.sat_in(), self.run)


def here(request: HttpRequest, room: str) -> Here:
    """A room in which lists are or may be matched. Raises ``NotFound`` for any other."""
    mine = desk(request)
    found = Here(mine, mine.room(room))
    seat = found.view.seat()
    if seat is None or not rules.of_one(found.view.seats, seat.delegation):
        raise NotFound
    if not found.state.runs and "match-lists" not in found.may:
        raise NotFound
    return found


def matching(request: HttpRequest, room: str, seq: int) -> Matching:
    """One matching, its pairs and lists opened. Raises ``NotFound`` also where this person may not read both lists."""
    where = here(request, room)
    opened = Matching(where.mine, where.view, reconciling.run_of(where.view, seq))
    _ = opened.found, opened.rosters
    return opened


UNREADABLE = (locked.Gone, locked.KeyMissing)
"""What opening a matching or its lists may raise; each says what it is."""
