"""Erasing a person from the roster of those named in an exchange room: encrypted anew without them, in one act.

When the act is committed the desk destroys the old key, so that no copy of the database brings the person back.
"""

from __future__ import annotations

from goodoffices.prisoners import rosters
from goodoffices.prisoners.named import NAMED
from goodoffices.secretariat import lists, naming
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk, Receipt
from goodoffices.secretariat.locked import lock, place
from goodoffices.talks.scene import Refusal


def erase_person(desk: Desk, room: str, act: str, number: str, reason: str) -> list[Receipt]:
    """Erase the person with this manifest number from the roster that names them.

    ``reason``: one of ``talks.corrections.REASONS``. The same act again gives the first receipts. Raises ``Refusal``,
    ``KeyMissing``, ``CabinetUnusable``; ``NotFound`` where nobody has the number.
    """
    done = lists.repeated(desk, act)
    if done is not None:
        return done
    view = desk.room(room)
    state = view.state[NAMED]
    person = state.persons.get(number)
    if person is None:
        raise NotFound
    if state.is_erased(person):
        raise Refusal(f"{number} was erased already.")
    roster = naming.roster_of(view, person.ref)
    row = roster.by_number.get(number)
    if row is None:
        raise NotFound
    left = lock(place(view, act), f"without/{number}", rosters.encode(roster.without(row.citation)))
    raw = {"number": number, "person": row.citation, "held": state.namings[person.ref].current, "reason": reason}
    step = Step(room, "erase-named-person", raw | {"key": left.key, "parts": list(left.parts)})
    return lists.write(desk, Request(act, (step,)), [left])
