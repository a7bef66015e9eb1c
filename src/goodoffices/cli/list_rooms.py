"""``goodoffices lists file|show|export``: lists in the rooms of this machine, as somebody who sits there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from goodoffices.cli import office
from goodoffices.prisoners import rosters
from goodoffices.prisoners.filed import LISTS, Version
from goodoffices.prisoners.leaves import LEAVES
from goodoffices.prisoners.lists.fields import FIELDS, BadMap
from goodoffices.prisoners.lists.tables import BadList
from goodoffices.prisoners.lists.telling import findings
from goodoffices.readouts import codes
from goodoffices.readouts.views import untranslated as _
from goodoffices.secretariat import list_exports, lists
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.cabinet import CabinetUnusable, KeyMissing
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.locked import Gone
from goodoffices.secretariat.office import RoomBehind
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness

REFUSED = (Refusal, BadList, BadMap, CabinetUnusable, KeyMissing, Gone, RoomBehind)


def file(
    talks: str,
    room: str,
    path: Path,
    code: str,
    username: str,
    holds: str | None,
    columns: Mapping[str, str] | None,
    corrected: bool,
) -> None:
    """File the list in ``path``; fails with why not, and then nothing was written."""
    desk, view = _room(talks, room, username)
    newest = view.state[LISTS].of(code)
    if corrected and newest is None:
        office.fail(f"No list “{code}” is filed in this room, so there is none to correct.")
    if not corrected and newest is not None:
        office.fail(f"A list “{code}” is filed in this room already. Say --corrected if this one corrects it.")
    named = newest.holds if newest is not None else holds
    if named is None:
        office.fail("Say whom the list names: --holds we-hold or --holds they-hold.")
    replaces = newest.ref if newest is not None else None
    try:
        content = path.read_bytes()
        lists.file(desk, view.id, randomness.hex_id(), content, columns, code=code, holds=named, replaces=replaces)
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")
    except REFUSED as error:
        office.fail(f"{path.name} was not filed. {error}")
    again = desk.room(view.id)
    made = again.state[LISTS].of(code)
    if made is not None:
        _print(again, made, rows=False)


def show(talks: str, room: str, code: str | None, username: str, rows: bool) -> None:
    """Print one list, or all of a room by name."""
    if not username:
        office.fail("Say as whom: --as ACCOUNT. Lists are shown to those who sit in their room, and to nobody else.")
    _desk, view = _room(talks, room, username)
    state = view.state[LISTS]
    if code is not None:
        _print(view, _list(view, code), rows=rows)
        return
    if not state.newest:
        typer.echo("No list is filed in this room." if state.exchange else "This is not a list room.")
    for ref in state.newest.values():
        typer.echo(_line(state.versions[ref]))


def export(
    talks: str, room: str, code: str, output: Path, to: Sequence[str], reason: str, username: str, form: str
) -> None:
    """Write an age file of the newest version of a list."""
    desk, view = _room(talks, room, username)
    made = _list(view, code)
    if output.exists():
        office.fail(f"{output} is there already. Nothing was taken out.")
    try:
        content = list_exports.export(desk, view.id, randomness.hex_id(), made.ref, form, to, reason)
    except REFUSED as error:
        office.fail(f"Nothing was taken out. {error}")
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(content)
    except OSError as error:
        office.fail(f"{output} cannot be written: {error.strerror}. The record says that the list was taken out.")
    keys = "1 key" if len(to) == 1 else f"{len(to)} keys"
    typer.echo(f"{output.name}: “{code}”, version {made.version}, {made.rows:,} rows, encrypted to {keys}.")
    typer.echo("No later erasure reaches it.")


def _room(talks: str, room: str, username: str) -> tuple[Desk, RoomView]:
    desk = office.desk(username)
    try:
        return desk, desk.named(talks, room)
    except NotFound as error:
        office.fail("\n".join([*desk.behind.values(), str(error)]))


def _list(view: RoomView, code: str) -> Version:
    found = view.state[LISTS].of(code)
    if found is None:
        known = ", ".join(view.state[LISTS].newest) or "none"
        office.fail(f"There is no list “{code}” in this room. There is: {known}.")
    return found


def _line(made: Version) -> str:
    gone = ", erased" if made.erased else ""
    aside = f", {made.aside:,} kept aside" if made.aside else ""
    holds = codes.holds(made.holds, _)
    return f"{made.code}, version {made.version}: {holds}; {made.rows:,} rows{aside}{gone}. Entry {made.seq}."


def _print(view: RoomView, made: Version, *, rows: bool) -> None:
    typer.echo(_line(made))
    typer.echo(f"digest {made.digest}")
    for said in reversed(view.state[LEAVES].of(made.code)):
        typer.echo(f"leave {'given' if said.given else 'withdrawn'} for {said.numbers}: {codes.leave(said.what, _)}")
    try:
        noted, roster = lists.notes(view, made.ref), lists.read(view, made.ref)
    except (Gone, KeyMissing) as gone:
        typer.echo(str(gone))
        return
    for line in findings(noted.findings, noted.headings):
        typer.echo(line)
    _changed(view, made, roster)
    for row in roster.rows if rows else ():
        order = sorted(row.said, key=lambda key: list(FIELDS).index(key) if key in FIELDS else len(FIELDS))
        fields = "; ".join(f"{key}: {row.said[key]}" for key in order)
        typer.echo(f"{row.number}\t{fields}")


def _changed(view: RoomView, made: Version, roster: rosters.Roster) -> None:
    before = view.state[LISTS].versions.get(made.replaces or "")
    if before is None or before.erased:
        return
    found = rosters.changes(lists.read(view, before.ref), roster)
    counts = f"added {len(found.added)}, gone {len(found.gone)}, altered {len(found.altered)}"
    typer.echo(f"against version {before.version}: {counts}")
    for number, fields in found.altered.items():
        typer.echo(f"  {number}: {', '.join(fields)}")
