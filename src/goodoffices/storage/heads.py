"""The newest checkpoint of each room, in files outside the database: ``heads/<room>``.

A note is written after the database has made its act durable, so a file may lag behind the record and never leads it;
after a crash it may lag by what the operating system had not written yet, and so nothing waits for the disk here. Keep
this folder out of the database's backups: its point is to remember what a restored database has forgotten.

A file has two places of ``PLACE`` bytes, each a note, line feeds, and the note's SHA-256. A new note goes to the place
of the older one: whatever happens to a write under way, the other place still holds. (To replace the file by another
would cost the next act a second wait for the disk.)

``heads/<room>.continued`` says that an operator has continued a room in another one (``goodoffices recover``).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from goodoffices.secretariat.office import Continued, Heads

PLACE = 2048  # bytes; two fill one page of memory
SUM = 65  # hex digits of a SHA-256 and a line feed
_END = b"\n\n\n"  # a note ends in one line feed and holds no more than two together


class FileHeads(Heads):
    """Heads in ``folder``, which is made if need be."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = str(folder)

    def newest(self, room: str) -> str | None:
        """The note over the larger record, of those that are whole."""
        try:
            file = os.open(f"{self._folder}/{room}", os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            return max(_places(file), key=size_of)
        finally:
            os.close(file)

    def write(self, room: str, note: str) -> None:
        """Keep this note, unless one of a larger record is kept. Of two processes at once, one may be passed over."""
        file = os.open(f"{self._folder}/{room}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            sizes = [size_of(kept) for kept in _places(file)]
            if size_of(note) > max(sizes):
                os.pwrite(file, _placed(note), PLACE * sizes.index(min(sizes)))
        finally:
            os.close(file)

    def rooms(self) -> list[str]:
        """Every room that has a head, in id order."""
        return sorted(name for name in os.listdir(self._folder) if "." not in name)  # noqa: PTH208 - of names alone

    def continued(self, room: str) -> Continued | None:
        path = f"{self._folder}/{room}.continued"
        if not os.path.exists(path):  # noqa: PTH110 - looked for with every act; Path costs as much again
            return None
        return msgspec.json.decode(Path(path).read_bytes(), type=Continued)

    def mark_continued(self, room: str, continued: Continued) -> None:
        """Say so, durably: from then on what survived of the room can be read."""
        path = Path(self._folder, f"{room}.continued")
        draft = path.with_suffix(".draft")
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(continued) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def size_of(note: str | None) -> int:
    """The number of entries a note is over; -1 for none."""
    return int(note.split("\n", 2)[1]) if note else -1


def _places(file: int) -> tuple[str | None, str | None]:
    """The note in each place, or None where there is none that is whole."""
    content = os.pread(file, 2 * PLACE, 0)
    return _note(content[:PLACE]), _note(content[PLACE:])


def _note(place: bytes) -> str | None:
    note = place[: place.find(_END) + 1]
    return note.decode() if place[-SUM:] == _sum(note) else None


def _placed(note: str) -> bytes:
    content = note.encode()
    if len(content) > PLACE - SUM - len(_END) or not note.endswith("\n"):
        raise ValueError(f"a checkpoint is a note of at most {PLACE - SUM - len(_END)} bytes")
    return content + b"\n" * (PLACE - SUM - len(content)) + _sum(content)


def _sum(note: bytes) -> bytes:
    return hashlib.sha256(note).hexdigest().encode() + b"\n"
