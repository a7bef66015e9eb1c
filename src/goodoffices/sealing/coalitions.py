"""Who could read a paper before both open: said to each side before it seals, in words.

Reading a paper takes E, which k holders together have, and a key of the counterpart. So k holders and the counterpart
are enough, and no fewer; nothing that a program does can prevent that (docs/decisions/0006-sealing.md).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from goodoffices.sealing.terms import Terms


@dataclass(frozen=True)
class Coalition:
    """``holders`` together can open the outer layer and find a digest; with ``counterpart`` they can read the paper."""

    holders: tuple[str, ...]
    counterpart: str


def early_readers(terms: Terms, side: str) -> tuple[Coalition, ...]:
    """Every smallest coalition that could read the paper of ``side`` early; whoever includes one could too."""
    other = terms.counterpart(side).code
    chosen = itertools.combinations((holder.code for holder in terms.holders), terms.k)
    return tuple(Coalition(holders, other) for holders in chosen)


def in_words(terms: Terms, side: str, name: Callable[[str], str] = str) -> list[str]:
    """The same as sentences, the gravest first; ``name`` gives codes words."""
    coalitions = early_readers(terms, side)
    other = name(terms.counterpart(side).code)
    lines = [_WEAKER.format(name(holder.code), other) for holder in terms.holders] if terms.weaker else []
    if not terms.weaker:
        lines = [f"{_joined([*map(name, one.holders), other])} together could." for one in coalitions]
    return [
        f"Before both papers open, these could read the paper of {name(side)} by working together against the terms:",
        *lines,
        f"Without {other}, holders could not; {other} with {_fewer(terms)} could not. Nobody else could.",
    ]


_WEAKER = "{} alone could, together with {}: one holder opens, so this is the weaker form of an exchange."


def _fewer(terms: Terms) -> str:
    return "no holder" if terms.k == 1 else f"fewer than {terms.k} holders"


def _joined(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
