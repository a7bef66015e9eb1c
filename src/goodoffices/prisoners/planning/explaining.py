"""Why there is no plan: the fewest conditions that together leave none, in a delegate's words.

Conditions are dropped one at a time, and those without which there is a plan are kept (a deletion filter: Chinneck and
Dravnieks, 1991): what remains is irreducible, so that without any one of them there would be a plan. First whole
families are tried (all seats of a side), then the members of those that remain (its seats in one stage).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from goodoffices.prisoners.planning import wording
from goodoffices.prisoners.planning.conditions import Condition, Dropped
from goodoffices.prisoners.planning.model import Split, bounds, build
from goodoffices.prisoners.planning.plan import Problem
from goodoffices.prisoners.planning.solving import possible

_Item = TypeVar("_Item")

FEW = 4  # single conditions of a family are named up to so many; more are said together


@dataclass(frozen=True)
class Conflict:
    """``conditions`` that cannot all be met beside each other. ``irreducible``: each was shown to be needed in time.

    ``without``: what was left out to find them, so that the conditions are all that restricts the rest.
    ``sentences``: the same in words, those of one family together where there are many.
    """

    conditions: tuple[Condition, ...]
    without: Dropped
    sentences: tuple[str, ...]
    irreducible: bool = True


def explain(problem: Problem, seconds: float, split: Split = frozenset()) -> Conflict:
    """The conditions that conflict. The problem is known to have no plan (with ``split`` as in the model)."""
    every = _conditions(problem)
    families = sorted({(c.family, c.about) for c in every}, key=lambda item: (_TRIED.index(item[0]), item))
    filtering = _Filter(problem, seconds, split)
    kept = filtering.irreducible(families, lambda some: Dropped(families=frozenset(some)))
    gone = frozenset(families) - frozenset(kept)
    members = sorted(c for c in every if (c.family, c.about) in kept)
    single = filtering.irreducible(members, lambda some: Dropped(gone, frozenset(some)))
    without = Dropped(gone, frozenset(members) - frozenset(single))
    return Conflict(tuple(single), without, tuple(_said(problem, kept, single)), filtering.sure)


_TRIED = (
    "together",
    "fit",
    "open",
    "point limit",
    "day limit",
    "stage limit",
    "equal",
    "stretchers",
    "seats",
    "by",
    "all for all",
    "stage number",
    "number",
)
"""Families in the order in which one tries to do without them; what was promised is questioned last."""


class _Filter:
    """Drops conditions as long as there is no plan without them either."""

    def __init__(self, problem: Problem, seconds: float, split: Split) -> None:
        self._problem, self._seconds, self._split, self.sure = problem, seconds, split, True

    def irreducible(self, items: Sequence[_Item], dropping: Callable[[Iterable[_Item]], Dropped]) -> list[_Item]:
        """Those of ``items`` that are needed. Whole runs of them are tried at once first."""
        dropped: set[_Item] = set()

        def drop(some: Sequence[_Item]) -> None:
            if not some:
                return
            if not self._possible(dropping({*dropped, *some})):
                dropped.update(some)
            elif len(some) > 1:
                drop(some[: len(some) // 2])
                drop(some[len(some) // 2 :])

        drop(items)
        return [item for item in items if item not in dropped]

    def _possible(self, dropped: Dropped) -> bool:
        found = possible(build(self._problem, dropped, self._split), self._seconds)
        self.sure &= found is not None
        return found is not False


def _conditions(problem: Problem) -> list[Condition]:
    instance = problem.instance
    found = {condition for _, condition, _, _ in bounds(problem)}
    every = frozenset(instance.numbers())
    found |= {Condition("open", point.code) for point in instance.points if point.stages != every}
    found |= {Condition("fit", person.side) for person in instance.persons if person.fit_from != 1}
    found |= {Condition("together", person.side) for person in instance.persons if person.group}
    found |= {Condition("all for all", name) for name in instance.terms.all_for_all}
    found |= {Condition("by", name) for name in instance.terms.by}
    return sorted(found)


def _said(problem: Problem, kept: Iterable[tuple[str, str]], single: Sequence[Condition]) -> Iterator[str]:
    """Sentences, what was promised first."""
    for family, about in reversed(list(kept)):
        members = [condition for condition in single if (condition.family, condition.about) == (family, about)]
        if len(members) > FEW:
            yield wording.all_of(problem, members)
        else:
            yield from (wording.one(problem, condition) for condition in members)
