"""``goodoffices doctor``: whether this machine is set up as it should be, and what to do where it is not."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import typer

from goodoffices.cli import office
from goodoffices.record.seats import SEATS
from goodoffices.secretariat import destroying, rekeying
from goodoffices.secretariat.office import Office, RoomBehind

SPACE_NEEDED = 1024**3  # bytes: below this a day of papers may fill the disk
FIRST_YEAR = 2025  # a clock before the first release is wrong
SETTINGS = {
    "GOODOFFICES_HOME": "the user's data directory",
    "GOODOFFICES_DATABASE_URL": "SQLite in the data folder",
    "GOODOFFICES_HOST": "localhost",
    "GOODOFFICES_LIST_KEYS": "list-keys in the data folder",
    "GOODOFFICES_SMTP_URL": "no letters are sent",
    "GOODOFFICES_MAIL_FROM": "good-offices@ the host's name",
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``says``: what was found, and for anything but ``ok`` what to do."""

    status: Literal["ok", "warn", "fail"]
    about: str
    says: str


def doctor() -> None:
    """Look at the data folder, keys, database, records, clock, passkeys and pages of this machine.

    Ends with exit code 1 if something has to be put right.

    Example: goodoffices doctor
    """
    failed = False
    for finding in examine():
        typer.echo(f"{finding.status:<5} {finding.about}: {finding.says}")
        failed |= finding.status == "fail"
    if failed:
        raise typer.Exit(1)


def examine() -> Iterator[Finding]:
    """Everything in turn. Where the folder or the database cannot be used, what rests on it is left out."""
    from goodoffices.storage import home

    folder = home.folder()
    found = list(_folder(folder))
    yield from found
    if found[0].status == "fail":
        return
    office.set_up()
    yield from _settings()
    found = list(_database())
    yield from found
    if not any(f.status == "fail" for f in found):
        yield from _kept(folder)
    yield from _web()


def _folder(folder: Path) -> Iterator[Finding]:
    """First of all the folder itself."""
    if not folder.is_dir():
        yield Finding("fail", "data folder", f"{folder} is not there. It is made by: goodoffices migrate")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("fail", "data folder", f"{folder} cannot be written to by this user. Change its owner or mode.")
        return
    yield _private("data folder", folder, 0o700)
    for name, about in (("secret", "session secret"), ("log-key", "log key")):
        path = folder / name
        if path.exists():
            yield _private(about, path, 0o600)
        else:
            yield Finding("warn", about, f"{path} is not there yet. It is made at first use.")
    for path in sorted((folder / "log-keys-retired").glob("[0-9a-f]*")):
        yield _private("retired log key", path, 0o600)
    free = shutil.disk_usage(folder).free
    if free < SPACE_NEEDED:
        yield Finding("warn", "disk", f"{free // 2**20} MiB are left. Make space before the disk is full.")
    else:
        yield Finding("ok", "disk", "there is space")


def _private(about: str, path: Path, mode: int) -> Finding:
    others = stat.S_IMODE(path.stat().st_mode) & 0o077
    if others:
        return Finding("fail", about, f"others on this machine can read {path}. Run: chmod {mode:o} {path}")
    return Finding("ok", about, str(path))


def _settings() -> Iterator[Finding]:
    """What the environment says; a database's address may hold a password and is not shown."""
    for name, default in SETTINGS.items():
        given = os.environ.get(name)
        shown = "set" if given and name.endswith("_URL") else given
        yield Finding("ok", name, shown or f"not set: {default}")


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    from goodoffices.storage.office import Unsound, check_durable

    try:
        behind = office.pending()
        if behind:
            yield Finding("fail", "database", "it is not up to date. Run: goodoffices migrate")
            return
        check_durable("default")
    except DatabaseError as error:
        yield Finding("fail", "database", f"it cannot be reached: {error}. Look at GOODOFFICES_DATABASE_URL.")
    except Unsound as error:
        yield Finding("fail", "database", str(error))
    else:
        yield Finding("ok", "database", f"{connection.vendor}, up to date, waits for the disk")


def _kept(folder: Path) -> Iterator[Finding]:
    """What the office rests on: the log key, the records and the clock."""
    from goodoffices.storage.heads import FileHeads
    from goodoffices.storage.office import Unsound

    try:
        here = office.office()
    except Unsound as error:
        yield Finding("fail", "log key", str(error))
        return
    rooms = list(here.store.rooms())
    wrong = [*_behind(here, rooms), *_lost(here, FileHeads(folder / "heads").rooms(), rooms)]
    yield from wrong
    yield from _unknown(here, rooms)
    yield from _log_keys(here)
    yield from _list_keys(here)
    if not wrong:
        yield Finding("ok", "records", f"{len(rooms)} rooms, none behind its head outside the database")
    yield _clock(here, rooms)


def _behind(here: Office, rooms: list[str]) -> Iterator[Finding]:
    for room, head in here.store.heads(rooms).items():
        try:
            here.check_head(room, head)
        except RoomBehind as error:
            yield Finding("fail", "records", str(error))


def _lost(here: Office, headed: list[str], rooms: list[str]) -> Iterator[Finding]:
    for room in sorted(set(headed) - set(rooms)):
        if here.heads.continued(room) is None:
            yield Finding(
                "fail", "records", f"room {room} has a head outside the database and is not in it. The database was "
                f"probably restored from a backup. Continue the room with: goodoffices recover {room}"
            )  # fmt: skip


def _unknown(here: Office, rooms: list[str]) -> Iterator[Finding]:
    for room, head in here.store.heads(rooms).items():
        state = here.load(room, head.size)
        if state.unknown is not None:
            yield Finding(
                "warn",
                "records",
                f"room {state[SEATS].name} holds an entry (“{state.unknown}”) of a newer version, and is read only. "
                "Update Good Offices.",
            )


def _log_keys(here: Office) -> Iterator[Finding]:
    found = rekeying.standing(here)
    if found.due:
        yield Finding(
            "warn", "log key", f"it was replaced, and {len(found.due)} rooms do not say so yet. "
            "Go on with: goodoffices log-key replace"
        )  # fmt: skip
    for room, why in found.left.items():
        yield Finding("warn", "log key", f"room {room} is under an earlier key. {why}")


def _list_keys(here: Office) -> Iterator[Finding]:
    """Whether every list on the record can be opened, and nothing that was erased can."""
    from goodoffices.storage.listkeys import FileCabinet

    cabinet = here.cabinet
    lost = list(destroying.missing(here))
    if isinstance(cabinet, FileCabinet) and cabinet.folder.is_dir():
        yield _private("list keys", cabinet.folder, 0o700)
        for path in sorted(path for path in cabinet.folder.iterdir() if path.stat().st_mode & 0o077):
            yield _private("list keys", path, 0o600)
        unsound = cabinet.unsound()
        if unsound:
            yield Finding(
                "fail", "list keys", f"{len(unsound)} of them cannot be opened: the master key or their files are not "
                f"what they were. Put the folder {cabinet.folder} back from its own copy."
            )  # fmt: skip
    if lost:
        yield Finding(
            "fail", "list keys", f"{len(lost)} lists, matchings or plans on the record have no key here, so nobody can "
            "open them. Put the folder of list keys back from its own copy (GOODOFFICES_LIST_KEYS says where it is)."
        )  # fmt: skip
    overdue = sum(1 for _ in destroying.overdue(here))
    if overdue:
        yield Finding(
            "warn", "list keys", f"{overdue} open what was erased; an act was cut short, or the folder was put back "
            "from a copy. They are destroyed when this is next started: goodoffices serve"
        )  # fmt: skip


def _clock(here: Office, rooms: list[str]) -> Finding:
    now = datetime.fromisoformat(here.clock())
    newest = max((datetime.fromisoformat(head.at) for head in here.store.heads(rooms).values()), default=now)
    if now.year < FIRST_YEAR:
        return Finding("fail", "clock", f"it says {now:%Y-%m-%d}. Set it, and keep it set (NTP).")
    if now < newest - timedelta(minutes=1):
        return Finding("warn", "clock", f"it is behind the newest entry ({newest:%Y-%m-%d %H:%M} UTC). Set it (NTP).")
    return Finding("ok", "clock", "not behind any record")


def _web() -> Iterator[Finding]:
    from django.conf import settings
    from django.contrib.staticfiles import finders

    if settings.LOCAL:
        yield Finding("ok", "passkeys", f"bound to {settings.HOST}; only this machine can use them")
    else:
        yield Finding(
            "ok", "passkeys", f"bound to {settings.HOST}, which has to be served over HTTPS by the web server in front"
        )
    if finders.find("goodoffices/mark.svg") is None:
        yield Finding("fail", "pages", "their style and scripts are missing. Install Good Offices again.")
    else:
        yield Finding("ok", "pages", "style and scripts are there")
