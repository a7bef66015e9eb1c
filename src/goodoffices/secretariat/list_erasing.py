"""Erasing a person from a list: every version that has them is encrypted anew without them, in one act.

When the act is committed the desk destroys the old keys, so that no copy of the database brings the person back. What
was exported is not reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from goodoffices.prisoners import rosters
from goodoffices.prisoners.filed import LISTS, Version
from goodoffices.prisoners.rosters import Roster, Row
from goodoffices.secretariat import lists
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.secretariat.locked import Locked, discard, lock, place


@dataclass(frozen=True)
class Found:
    """A row of one version that is the person's."""

    version: Version
    roster: Roster
    row: Row
    aside: bool


def erase_person(desk: Desk, room: str, act: str, ref: str, citation: str, reason: str) -> list[Receipt]:
    """Erase the person of a row (its citation, in the version ``ref``) from every version of that list.

    ``reason``: one of ``talks.corrections.REASONS``. The same act again gives the first receipts. Raises ``Refusal``,
    ``Gone``, ``KeyMissing``, ``CabinetUnusable``; ``NotFound`` also where no row is cited so.
    """
    done = lists.repeated(desk, act)
    if done is not None:
        return done
    view = desk.room(room)
    made: list[Locked] = []
    try:
        steps = [_step(view, act, found, reason, made) for found in places(view, ref, citation)]
    except BaseException:
        discard(desk.office, made)
        raise
    return lists.write(desk, Request(act, tuple(steps)), made)


def places(view: RoomView, ref: str, citation: str) -> list[Found]:
    """Every version's row of the person whose row in the version ``ref`` is cited so. Raises ``NotFound``."""
    first = lists.version(view, ref)
    roster = lists.read(view, ref)
    row = next((row for row in (*roster.rows, *roster.aside) if row.citation == citation), None)
    if row is None:
        raise NotFound
    aside = row in roster.aside
    found = [Found(first, roster, row, aside)]
    for version in view.state[LISTS].all_of(first.code):
        if version.ref != ref and not version.erased:
            found += _there(version, lists.read(view, version.ref), row, aside)
    return sorted(found, key=lambda one: one.version.seq)


def _there(version: Version, roster: Roster, row: Row, aside: bool) -> Iterator[Found]:
    """The same person's row in another version: by number, or kept aside with the very same words."""
    same = roster.by_number.get(row.number) if not aside else None
    if same is not None:
        yield Found(version, roster, same, False)
    if aside:
        # Rows kept aside have no number of their own: those that say the same are the same.
        yield from (Found(version, roster, one, True) for one in roster.aside if one.said == row.said)


def _step(view: RoomView, act: str, found: Found, reason: str, made: list[Locked]) -> Step:
    version, citation = found.version, found.row.citation
    notes = msgspec.json.encode(lists.notes(view, version.ref))
    where = place(view, act)
    locked = lock(where, f"without/{version.seq}", rosters.encode(found.roster.without(citation)), notes)
    made.append(locked)
    raw = {"list": version.ref, "person": citation, "aside": found.aside, "reason": reason}
    raw |= {"held": version.current, "key": locked.key, "notes": locked.parts[0], "parts": list(locked.parts[1:])}
    return Step(view.id, "erase-person", raw)
