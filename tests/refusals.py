"""Checking a refusal: the very words, and that nothing was written anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.talks.scene import Refusal
from tests.people import Round


def sizes(round_: Round) -> dict[str, int]:
    """How many entries each room of the store holds."""
    store = round_.office.store
    return {room: head.size for room, head in store.heads(store.rooms()).items()}


def refused(round_: Round, who: str, room: str, command: str, on_behalf: str | None = None, **raw: Any) -> str:
    """The words in which this act is refused; fails if it is not, or if anything was written."""
    before = sizes(round_)
    with pytest.raises(Refusal) as refusal:
        round_.do(who, room, command, on_behalf, **raw)
    assert sizes(round_) == before
    return str(refusal.value)
