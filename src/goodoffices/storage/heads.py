"""The newest checkpoint of each room, in files outside the database: ``heads/<room>``.

A note is written after the database has made its act durable, so a file may lag behind the record and never leads it;
after a crash it may lag by what the operating system had not written yet, and so nothing waits for the disk here. Keep
this folder out of the database's backups: its point is to remember what a restored database has forgotten.

``heads/<room>.continued`` says that an operator has continued a room in another one (``goodoffices recover``).
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import msgspec

from goodoffices.secretariat.office import Continued, Heads

_Stamp = tuple[int, int, int]


class FileHeads(Heads):
    """Heads in ``folder``, which is made if need be."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = str(folder)
        self._read: dict[str, tuple[_Stamp, str]] = {}  # what a file held, as long as it is the same file

    def newest(self, room: str) -> str | None:
        path = f"{self._folder}/{room}"
        try:
            status = os.stat(path)  # noqa: PTH116 - on the path of every read and write; Path costs as much again
        except FileNotFoundError:
            return None
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        known = self._read.get(room)
        if known is None or known[0] != stamp:
            known = self._read[room] = (stamp, Path(path).read_text())
        return known[1]

    def write(self, room: str, note: str) -> None:
        """Replace the file at once and whole, unless it holds a larger record already."""
        newest = self.newest(room)
        if newest is None or _size(newest) < _size(note):
            self._replace(room, note.encode())

    def rooms(self) -> list[str]:
        """Every room that has a head, in id order."""
        return sorted(name for name in os.listdir(self._folder) if "." not in name)  # noqa: PTH208

    def continued(self, room: str) -> Continued | None:
        try:
            return msgspec.json.decode(Path(f"{self._folder}/{room}.continued").read_bytes(), type=Continued)
        except FileNotFoundError:
            return None

    def mark_continued(self, room: str, continued: Continued) -> None:
        self._replace(f"{room}.continued", msgspec.json.encode(continued) + b"\n")

    def _replace(self, name: str, content: bytes) -> None:
        path = f"{self._folder}/{name}"
        temporary = f"{path}.{os.getpid()}.{threading.get_ident()}"
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(file, content)
        finally:
            os.close(file)
        os.rename(temporary, path)  # noqa: PTH104


def _size(note: str) -> int:
    return int(note.split("\n", 2)[1])
