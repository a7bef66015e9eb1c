"""Ordered: an immutable mapping that keeps the order in which its keys came, for states that grow with the record.

A fold makes a new state from the one before it, which others may still hold. To copy a dict of n items for that costs
n, and n folds n²; a change of an ``Ordered`` copies some dozens, and shares the rest. Use it for whatever has an item
for each entry of some kind; a dict is right for what stays small, such as one answer a party.

It compares with any mapping, and msgspec stores it and reads it back as it does any dataclass.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

V = TypeVar("V")

WIDTH = 32  # items of the newest level; each older one holds as many times more

_Level: TypeAlias = dict[str, tuple[V, ...]]
"""By key, (value,), or () where the key is gone."""
_Levels: TypeAlias = tuple[_Level[V], ...]


@dataclass(frozen=True, eq=False, repr=False)
class Ordered(Mapping[str, V], Generic[V]):
    """Text to ``V``, in the order in which the keys came.

    ``levels``: the oldest first; what a newer one says of a key holds. They are shared between states and never change.
    """

    levels: _Levels[V] = ()
    count: int = 0

    def put(self, key: str, value: V) -> Ordered[V]:
        """With this value for this key: where the key stands, or after all others if it is new."""
        known = self._found(key)
        if known == ():  # gone, so that it comes anew: rare enough to copy everything
            return ordered({**self._whole, key: value})
        return Ordered(_over(self.levels, {key: (value,)}), self.count + (known is None))

    def drop(self, key: str) -> Ordered[V]:
        """Without this key, whether it was there or not."""
        return Ordered(_over(self.levels, {key: ()}), self.count - 1) if key in self else self

    def _found(self, key: str) -> tuple[V, ...] | None:
        for level in reversed(self.levels):
            if key in level:
                return level[key]
        return None

    @cached_property
    def _whole(self) -> dict[str, V]:
        merged: _Level[V] = {}
        for level in self.levels:
            merged |= level
        return {key: held[0] for key, held in merged.items() if held}

    def __getitem__(self, key: str) -> V:
        held = self._found(key)
        if not held:
            raise KeyError(key)
        return held[0]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and bool(self._found(key))

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._whole)

    def keys(self) -> KeysView[str]:
        return self._whole.keys()

    def items(self) -> ItemsView[str, V]:
        return self._whole.items()

    def values(self) -> ValuesView[V]:
        return self._whole.values()

    def __repr__(self) -> str:
        return f"ordered({self._whole!r})"


def ordered(items: Mapping[str, V]) -> Ordered[V]:
    """These items in their order."""
    level: _Level[V] = {key: (value,) for key, value in items.items()}
    return Ordered(_over((), level), len(level))


def _over(levels: _Levels[V], change: _Level[V]) -> _Levels[V]:
    """The levels with a change on top. A level that grows too large goes into the one before it."""
    older, made, full = list(levels), change, 0
    while older:
        made = {**older.pop(), **made}
        if len(made) <= WIDTH ** (full + 1):
            break
        full += 1
    if not older:  # nothing is below that what is gone could hide
        made = {key: held for key, held in made.items() if held}
    return (*older, made, *({} for _ in range(full)))
