"""Leave: what the intermediary may tell of the people on a list, given by the party that filed it.

It is given blind: beforehand, and without knowing of any match. Were a holder asked about one name once a match is
found, the question alone would tell that somebody looks for that man. So leave is for all on a list, or for numbers the
party chooses by itself; what was said last of a number holds. It is given for a list, whatever its version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from goodoffices.prisoners.filed import LISTS, Version, check_files, files
from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene

MAY: Final[Mapping[str, tuple[str, ...]]] = {
    "we-hold": ("holding-may-be-told", "absence-may-be-told", "may-be-named"),
    "they-hold": ("claim-may-be-told", "may-be-named"),
}
"""What leave there can be, by whom a list names. ``may-be-named``: into the room where both sides sit."""
WHAT: Final = tuple(dict.fromkeys(what for some in MAY.values() for what in some))
ALL: Final = "all"
MOST_RANGES: Final = 2_000
_RANGE: Final = r"[1-9][0-9]{0,6}(?:-[1-9][0-9]{0,6})?"
NUMBERS: Final = rf"all|{_RANGE}(?:, ?{_RANGE})*"


@dataclass(frozen=True)
class Leave:
    """What one entry says: leave given or withdrawn, for ``numbers`` of a list (``all``, or ``3``, ``7-9``, …)."""

    ref: str
    code: str
    what: str
    numbers: str
    given: bool


@dataclass(frozen=True)
class Leaves:
    """By ref of the entry, oldest first; those whose minute was objected to are not among them."""

    all: Ordered[Leave] = field(default_factory=Ordered)

    def of(self, code: str) -> tuple[Leave, ...]:
        """What was said of one list, newest first."""
        return tuple(self.all[ref] for ref in reversed(self.all) if self.all[ref].code == code)


@dataclass(frozen=True)
class Allowed:
    """The numbers of a list for which there is leave: ``number in allowed(…)``."""

    said: tuple[Leave, ...]

    @cached_property
    def _spans(self) -> list[tuple[bool, list[tuple[int, int]] | None]]:
        return [(one.given, None if one.numbers == ALL else spans(one.numbers)) for one in self.said]

    def __contains__(self, number: str) -> bool:
        n = int(number)
        for given, some in self._spans:
            if some is None or any(first <= n <= last for first, last in some):
                return given
        return False

    @property
    def in_words(self) -> str:
        """``all``, or the numbers as they were given, newest last; for a page."""
        return "; ".join(("" if one.given else "not ") + one.numbers for one in reversed(self.said))


def allowed(room: Room, code: str, what: str) -> Allowed:
    """For which numbers of a list (by its code) there is this leave."""
    said = room[LEAVES].of(code)
    return Allowed(tuple(one for one in said if one.what == what))


def spans(numbers: str) -> list[tuple[int, int]]:
    """``3, 7-9`` as first and last numbers."""
    found = []
    for part in re.split(", ?", numbers):
        first, _, last = part.partition("-")
        found.append((int(first), int(last or first)))
    return found


@dataclass(frozen=True, kw_only=True)
class GiveLeave(Command):
    """Give leave to tell something of people on your list. It is given beforehand, without knowing of any match."""

    list: str = fields.ref("List", "list-filed")
    what: str = fields.choice("What may be told", WHAT)
    numbers: str = fields.plain("Of which numbers", NUMBERS, "all, or numbers of the list such as 3, 7-9.")


@dataclass(frozen=True, kw_only=True)
class WithdrawLeave(Command):
    """Withdraw leave. What was told by then stays told."""

    list: str = fields.ref("List", "list-filed")
    what: str = fields.choice("What may not be told any more", WHAT)
    numbers: str = fields.plain("Of which numbers", NUMBERS, "all, or numbers of the list such as 3, 7-9.")


def give_leave(scene: Scene, c: GiveLeave) -> list[Fact]:
    return [_said(scene, c, "leave-given")]


def withdraw_leave(scene: Scene, c: WithdrawLeave) -> list[Fact]:
    return [_said(scene, c, "leave-withdrawn")]


def _said(scene: Scene, c: GiveLeave | WithdrawLeave, kind: str) -> Fact:
    check_files(scene)
    version = scene.room[LISTS].versions[c.list]
    if version.by != scene.acting or version.objected:
        raise Refusal("Leave is given or withdrawn by the party whose list it is.")
    if c.what not in MAY[version.holds]:
        raise Refusal("This leave is not for a list of this kind.")
    numbers = _checked(c.numbers, scene.room[LISTS].of(version.code) or version)
    return Fact(kind, {"list": c.list, "code": version.code, "what": c.what, "numbers": numbers} | c.as_told())


def _checked(numbers: str, version: Version) -> str:
    if numbers == ALL:
        return numbers
    found = spans(numbers)
    if len(found) > MOST_RANGES:
        raise Refusal(f"At most {MOST_RANGES:,} numbers or ranges are given at once.")
    for first, last in found:
        if first > last or last > version.last:
            wrong = f"{first}-{last}" if first != last else str(first)
            raise Refusal(f"“{wrong}” is no number or range of this list; its numbers end at {version.last}.")
    return ", ".join(f"{first}-{last}" if first != last else str(first) for first, last in found)


def _to_give(scene: Scene) -> Iterable[Mapping[str, str]]:
    if files(scene):
        for ref in scene.room[LISTS].newest.values():
            if scene.room[LISTS].versions[ref].by == scene.acting:
                yield {"list": ref}


def _given(state: Leaves, entry: Entry) -> Leaves:
    return _with(state, entry, given=True)


def _withdrawn(state: Leaves, entry: Entry) -> Leaves:
    return _with(state, entry, given=False)


def _with(state: Leaves, entry: Entry, *, given: bool) -> Leaves:
    b: Mapping[str, Any] = entry.body
    made = Leave(entry.ref, b["code"], b["what"], b["numbers"], given)
    return replace(state, all=state.all.put(entry.ref, made))


def _minute_objected(state: Leaves, entry: Entry) -> Leaves:
    return replace(state, all=state.all.drop(entry.body["entry"]))


LEAVES: Matter[Leaves] = Matter(
    name="leaves",
    version=1,
    initial=Leaves(),
    folds={"leave-given": _given, "leave-withdrawn": _withdrawn, "minute-objected": _minute_objected},
)

RULES = (
    Rule(GiveLeave, "Give leave to tell", give_leave, _to_give),
    Rule(WithdrawLeave, "Withdraw leave", withdraw_leave, _to_give),
)
