"""Lists of prisoners in rooms: filing one, and reading one as somebody who may read the room.

All of it happens in memory: no upload, no temporary file and no name is written anywhere but encrypted. What is found
in a list is told by row and column; no cell is ever part of an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

import msgspec

from goodoffices.prisoners import rosters
from goodoffices.prisoners.filed import LISTS, Version
from goodoffices.prisoners.lists import files, pfif
from goodoffices.prisoners.lists.persons import Reading, reading
from goodoffices.prisoners.lists.tables import Finding, Table, letters
from goodoffices.prisoners.rosters import Roster
from goodoffices.prisoners.taking import Taken, take
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.cabinet import KeyMissing
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.secretariat.locked import Gone, Locked, Place, discard, lock, place, unlock
from goodoffices.talks.scene import Refusal

__all__ = ["Gone", "KeyMissing", "Notes", "file", "notes", "read", "remembered", "repeated", "version", "write"]

LOOKED_BACK = 20
"""Versions whose columns are looked at for what was said of the same headings."""
FINDINGS_KEPT = 5_000
"""Findings kept with a list; what is beyond is the same kind of thing again and again."""


@dataclass(frozen=True)
class Notes:
    """How a list was understood: its headings, the field of each column, what was found, and how the file was read."""

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    findings: tuple[Finding, ...]
    read_as: str

    @property
    def map(self) -> dict[str, str]:
        """Heading -> field, as ``goodoffices lists check --map`` takes it."""
        return {heading: key for heading, key in zip(self.headings, self.fields, strict=True) if key}


Columns = Mapping[str, str] | Mapping[int, str]
"""Which column is which: by heading, or by place (from 0)."""


def file(
    desk: Desk,
    room: str,
    act: str,
    content: bytes,
    columns: Columns | None = None,
    *,
    headless: bool = False,
    code: str,
    holds: str,
    replaces: str | None = None,
    on_behalf: str | None = None,
) -> list[Receipt]:
    """File the list in ``content`` (CSV, XLSX or PFIF), its columns as ``columns`` or its headings say.

    ``headless``: its first row is a person. ``replaces``: the ref of the version it corrects. The same act again gives
    the first receipts, whatever else it is given. Raises ``BadList``, ``BadMap``, ``Refusal``, ``CabinetUnusable``,
    ``NotFound``; nothing was written then.
    """
    done = repeated(desk, act)
    if done is not None:
        return done
    made, locked = prepared(desk, room, act, content, columns, headless=headless, replaces=replaces)
    raw = {"code": code, "holds": holds, "replaces": replaces} | made
    return write(desk, Request(act, (Step(room, "file-list", raw, on_behalf),)), [locked])


def prepared(
    desk: Desk,
    room: str,
    act: str,
    content: bytes,
    columns: Columns | None = None,
    *,
    headless: bool = False,
    replaces: str | None = None,
) -> tuple[dict[str, Any], Locked]:
    """What ``file-list`` is given of a list besides its name, and what was locked for it. Raises as ``file``."""
    view = desk.room(room)
    where = place(view, act)
    corrected = _version(view, replaces) if replaces is not None else None
    before = read(view, corrected.ref) if corrected is not None and not corrected.erased else None
    past = corrected.last if corrected is not None else 0
    taken = take(understood(content, columns, headless=headless), _today(where), where.drawn, before, past)
    locked = lock(where, "list", rosters.encode(taken.roster), _packed(taken))
    raw = structure(taken, past) | {"origin": _origin(content)}
    return raw | {"key": locked.key, "notes": locked.parts[0], "parts": list(locked.parts[1:])}, locked


def understood(content: bytes, columns: Columns | None = None, *, headless: bool = False) -> Reading:
    """A list to be read for what it says. Raises ``BadList``, ``BadMap``."""
    by_place = {place: key for place, key in (columns or {}).items() if isinstance(place, int)}
    if not by_place and not headless:
        return files.read(content, {str(name): key for name, key in (columns or {}).items()})
    table = files.table(content)
    if table.read_as == pfif.READ_AS:
        return files.read(content)
    return reading(beheaded(table) if headless else table, by_place)


def beheaded(table: Table) -> Table:
    """A table whose first row is a person and no headings; its columns go by letters."""
    first = (1, table.headings)
    headings = [letters(n) for n in range(1, len(table.headings) + 1)]
    return Table(headings, chain([first], table.rows), table.findings, table.read_as, table.aside)


def remembered(view: RoomView, headings: Sequence[str]) -> tuple[str, ...] | None:
    """The field of each column, as it was said for the last list here with these very headings."""
    versions = view.state[LISTS].versions
    for ref in islice(reversed(versions), LOOKED_BACK):
        try:
            known = notes(view, ref) if not versions[ref].erased else None
        except (Gone, KeyMissing):
            continue
        if known is not None and known.headings == tuple(headings):
            return known.fields
    return None


def structure(taken: Taken, past: int = 0) -> dict[str, Any]:
    """What an entry says of a list in the clear: how many rows, and the digest of all."""
    roster = taken.roster
    return {
        "rows": len(roster.rows),
        "aside": len(roster.aside),
        "last": max(past, *(int(row.number) for row in roster.rows)),
        "digest": roster.digest,
    }


def write(desk: Desk, request: Request, made: Sequence[Locked]) -> list[Receipt]:
    """Do an act that cites what was locked for it. If it is not done, the new keys are destroyed. Raises as ``act``.

    Where another process did the same act meanwhile, that one's receipts are given.
    """
    try:
        return desk.act(request)
    except (Refusal, NotFound):  # this act wrote nothing
        discard(desk.office, made)
        done = repeated(desk, request.act)
        if done is None:
            raise
        return done
    except BaseException:
        if repeated(desk, request.act) is None:
            discard(desk.office, made)
        raise


def repeated(desk: Desk, act: str) -> list[Receipt] | None:
    """The receipts of an act done before; ciphertext is another each time, so it is asked for before anything else."""
    try:
        return desk.receipts(act)
    except NotFound:
        return None


def version(view: RoomView, ref: str) -> Version:
    """The version of a list that this ``list-filed`` entry filed. Raises ``NotFound``."""
    return _version(view, ref)


def read(view: RoomView, ref: str) -> Roster:
    """The list that the entry ``ref`` of this room filed, as it stands now.

    Raises ``NotFound``, ``Gone``, ``KeyMissing``.
    """
    found = _version(view, ref)
    parts = _opened(view, found)
    return rosters.decode(b"".join(parts[1:]))


def notes(view: RoomView, ref: str) -> Notes:
    """How that list was understood, and what was found in it. Raises as ``read``."""
    found = _version(view, ref)
    return msgspec.json.decode(_opened(view, found, 1)[0], type=Notes)


def _opened(view: RoomView, found: Version, most: int | None = None) -> list[bytes]:
    if found.erased:
        raise Gone
    return unlock(view, found.key, found.parts, most)


def _version(view: RoomView, ref: str) -> Version:
    found = view.state[LISTS].versions.get(ref)
    if found is None:
        raise NotFound
    return found


def _today(where: Place) -> date:
    return date.fromisoformat(where.office.clock()[:10])


def _packed(taken: Taken) -> bytes:
    return msgspec.json.encode(Notes(taken.headings, taken.fields, taken.findings[:FINDINGS_KEPT], taken.read_as))


def _origin(content: bytes) -> str:
    if content.startswith(b"PK"):
        return "xlsx"
    return "pfif" if pfif.is_one(content) else "csv"
