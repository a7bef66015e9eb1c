"""The log keys of this machine: ``log-key``, and those it replaced in ``log-keys-retired/`` by their public halves.

A process that runs while another replaces the key notices: the file is looked at whenever a key is asked for.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goodoffices.record.checkpoints import LogKey
from goodoffices.record.logkeys import LogKeys
from goodoffices.storage import home as homes
from goodoffices.storage.heads import FileHeads

NAME = "log-key"
RETIRED = "log-keys-retired"
SEED_BYTES = 32
_NAMED = re.compile("[0-9a-f]{16}")


class Unsound(Exception):
    """The data folder or the database cannot be relied upon; the message says what to do."""


class FileLogKeys(LogKeys):
    """The keys in a data folder. The newest is made at first use.

    Raises ``Unsound`` when it is gone and rooms were signed with it, or when a file is damaged.
    """

    def __init__(self, home: Path, heads: FileHeads) -> None:
        self._path, self._retired = home / NAME, home / RETIRED
        if not self._path.exists() and heads.rooms():
            raise Unsound(
                f"The log key {self._path} is missing, and checkpoints were signed with it. Put it back from its copy."
            )
        homes.kept(self._path, fresh_seed)
        self._seen = self._stamp()
        self._keys = self._read()

    @property
    def newest(self) -> LogKey:
        return self._now().newest

    @property
    def only(self) -> LogKey | None:
        return self._now().only

    def of(self, named: str) -> LogKey:
        return self._now().of(named)

    @contextmanager
    def held(self) -> Iterator[None]:
        """While one process replaces the key, another that wants to waits."""
        self._retired.mkdir(mode=0o700, exist_ok=True)
        folder = os.open(self._retired, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def renew(self) -> None:
        """Make a new key, durably, and keep the old one durably before. To be called while ``held``."""
        content = self._path.read_bytes()
        old = LogKey.from_seed(read_seed(content, self._path))
        homes.kept(self._retired / old.public.hex()[:16], lambda: content)
        _sync(self._retired)
        draft = self._path.with_name(f".{NAME}.{secrets.token_hex(8)}")
        homes.kept(draft, fresh_seed)
        draft.replace(self._path)
        _sync(self._path.parent)

    def _now(self) -> LogKeys:
        stamp = self._stamp()
        if stamp != self._seen:
            # A key read after the stamp is at least as new as it; the next look puts right what came in between.
            self._keys = self._read()
            self._seen = stamp
        return self._keys

    def _stamp(self) -> tuple[int, int]:
        found = os.stat(self._path)  # noqa: PTH116 - with every act; Path costs as much again
        return found.st_ino, found.st_mtime_ns

    def _read(self) -> LogKeys:
        newest = _key(self._path)  # first: a key is retired before another takes its place
        retired = sorted(self._retired.iterdir()) if self._retired.is_dir() else []
        return LogKeys(newest, [_key(path) for path in retired if _NAMED.fullmatch(path.name)])


def fresh_seed() -> bytes:
    """A new seed as a log-key file holds it: 64 hex digits and a line feed."""
    return secrets.token_hex(SEED_BYTES).encode() + b"\n"


def read_seed(content: bytes, path: Path) -> bytes:
    """The 32 bytes in a log-key file. Raises ``Unsound``."""
    try:
        seed = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise Unsound(f"The log key {path} is damaged. Put it back from its copy.")
    return seed


def _key(path: Path) -> LogKey:
    return LogKey.from_seed(read_seed(path.read_bytes(), path))


def _sync(folder: Path) -> None:
    """Wait until names made or changed in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
