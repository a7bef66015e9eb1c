"""An id in one room tells nothing of another: not even by being the same."""

from __future__ import annotations

from goodoffices.secretariat.acts import Request, Step
from tests.people import HOST, SIDE_B
from tests.walls.people import VIEWERS
from tests.walls.worlds import Script, World, act_id, build


def proposed(world: World, code: str, name: str) -> bytes:
    """The entry by which the host proposes a presence in the plenary, as side B reads it."""
    plenary = world.rooms["rehearsal", "plenary"]
    fields = {"code": code, "role": "third-party", "name": "A neighbour"}
    (receipt,) = world.desk(HOST).act(Request(act_id(name), (Step(plenary, "propose-presence", fields),)))
    return world.desk(SIDE_B).room(plenary).lines(receipt.first, receipt.first + 1)[0]


def test_that_a_delegation_sits_elsewhere_does_not_show_when_it_is_proposed() -> None:
    quiet, busy = build(Script(VIEWERS[1])), build(Script(VIEWERS[1]))
    guest = {"code": "neighbour", "role": "third-party", "name": "A neighbour"}
    opened = {"kind": "format", "name": "unseen", "members": ["side-a"], "guests": [guest]}
    busy.desk(HOST).act(Request(act_id("unseen"), (Step(busy.rooms["rehearsal", "plenary"], "open-room", opened),)))
    assert proposed(quiet, "neighbour", "proposed") == proposed(busy, "neighbour", "proposed")
