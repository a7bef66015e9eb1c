"""What somebody is offered in a room, and whether a room's projection reads back as it was stored."""

from __future__ import annotations

from goodoffices.secretariat.matters import MATTERS
from tests.people import Round


def offered(round_: Round, who: str, room: str, command: str, on_behalf: str | None = None) -> list[dict[str, str]]:
    """The fields already known of each offer of this command. ``on_behalf`` is a delegation's code."""
    behalf = round_.delegation(room, on_behalf) if on_behalf else None
    return [dict(o.fields) for o in round_.view(who, room).offers(behalf) if o.rule.name == command]


def reads_back(round_: Round, who: str, room: str) -> bool:
    """Whether the room's stored projection is the room."""
    state = round_.view(who, room).state
    return MATTERS.load(state.id, MATTERS.dump(state)) == state
