"""A conditions paper as it is understood: its conditions, and a remark on everything that was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodoffices.papers.topics import TOPICS


class NotReadable(ValueError):
    """A paper that cannot be read as conditions at all; the message says why and what to do."""


@dataclass(frozen=True)
class Condition:
    """One condition. ``code`` names it within its paper, and from paper to paper of one delegation.

    ``topic``: one of ``TOPICS``. ``wording`` is never empty. ``depends_on``: codes of conditions of the same paper.
    """

    code: str
    topic: str
    wording: str
    explanation: str = ""
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something not understood, or understood with a doubt: where (``line 3``, ``paragraph 7``), and why in words."""

    place: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


@dataclass(frozen=True)
class ConditionsPaper:
    """What was understood of a paper, in its own order. It is a draft until a person has looked at it."""

    conditions: tuple[Condition, ...] = ()
    title: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics on which it has at least one condition, in the order of ``TOPICS``."""
        held = {c.topic for c in self.conditions}
        return tuple(topic for topic in TOPICS if topic in held)

    def blank(self, required: Iterable[str]) -> tuple[str, ...]:
        """Those of the required topics on which it says nothing."""
        return tuple(topic for topic in required if topic not in self.topics)


def circle(conditions: Iterable[tuple[str, Iterable[str]]]) -> tuple[str, ...]:
    """Codes that depend on each other in a circle, first and last the same; empty where there is no circle.

    ``conditions``: each code and the codes it depends on.
    """
    after = {code: tuple(codes) for code, codes in conditions}
    done: set[str] = set()
    for start in after:
        found = _walk(start, after, done)
        if found:
            return found
    return ()


def _walk(start: str, after: dict[str, tuple[str, ...]], done: set[str]) -> tuple[str, ...]:
    """A circle that can be reached from ``start``; ``done`` holds codes known to lead into none."""
    path: list[str] = []
    steps: list[Iterator[str]] = [iter((start,))]
    while steps:
        code = next(steps[-1], None)
        if code is None:
            steps.pop()
            if path:
                done.add(path.pop())
        elif code in path:
            return (*path[path.index(code) :], code)
        elif code in after and code not in done:
            path.append(code)
            steps.append(iter(after[code]))
    return ()
