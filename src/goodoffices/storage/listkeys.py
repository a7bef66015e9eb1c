"""The keys of lists in a folder of their own, each wrapped by a master key (AES-256-GCM) that lies beside them.

The folder is apart from the database and must be left out of its backups: whoever has a copy of the database but not
of the folder opens no list, and a key destroyed here is not brought back by a database restored from a backup. Copy
the folder by itself, to where copies can be destroyed too. That is why the wrapped keys are not in the database
(docs/decisions/0009-list-keys.md).
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goodoffices.secretariat.cabinet import KEY_BYTES, Cabinet, CabinetUnusable, KeyMissing
from goodoffices.storage import home as homes

MASTER = "master"
_ID = re.compile("[0-9a-f]{32}")
_NONCE_BYTES = 12
_WRITING = 3600  # seconds; a draft older than that is of a process that was killed


class FileCabinet(Cabinet):
    """Keys in ``folder``, made with its master key at first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self, id: str) -> bytes:
        key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
        with _usable(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            wrapped = nonce + self._master(make=True).encrypt(nonce, key, id.encode())
            if homes.kept(self._path(id), lambda: wrapped) != wrapped:
                raise ValueError("a key of this id is there")  # ids are drawn by chance: it is another's, and stays
            _sync(self.folder)
        return key

    def key(self, id: str) -> bytes:
        try:
            wrapped = self._path(id).read_bytes()
            return self._master().decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], id.encode())
        except (FileNotFoundError, InvalidTag, ValueError):
            raise KeyMissing from None

    def destroy(self, id: str) -> None:
        """Overwritten before it goes, for disks that write in place; what else a disk keeps is not in our hands."""
        path = self._path(id)
        with _usable(self.folder):
            try:
                descriptor = os.open(path, os.O_WRONLY)
            except FileNotFoundError:
                return
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(path.stat().st_size or 1))
                file.flush()
                os.fsync(file.fileno())
            path.unlink(missing_ok=True)
            _sync(self.folder)

    def ids(self) -> Iterator[str]:
        names = sorted(path.name for path in self.folder.iterdir()) if self.folder.is_dir() else []
        return (name for name in names if _ID.fullmatch(name))

    def tidy(self) -> None:
        writing = time.time() - _WRITING
        with _usable(self.folder):
            for path in self.folder.glob(".*") if self.folder.is_dir() else ():
                if path.stat().st_mtime < writing:
                    path.unlink(missing_ok=True)

    def unsound(self) -> list[str]:
        """Keys that are there and cannot be unwrapped: their file or the master key is not what it was."""
        return [id for id in self.ids() if not self._opens(id)]

    def _opens(self, id: str) -> bool:
        try:
            self.key(id)
        except KeyMissing:
            return False
        return True

    def _path(self, id: str) -> Path:
        if not _ID.fullmatch(id):
            raise KeyMissing
        return self.folder / id

    def _master(self, *, make: bool = False) -> AESGCM:
        """Raises ``ValueError`` where its file does not hold a key."""
        path = self.folder / MASTER
        if not make or any(self.ids()):  # a second master key would lock out all that the first one wrapped
            return AESGCM(path.read_bytes())
        master = AESGCM(homes.kept(path, lambda: secrets.token_bytes(KEY_BYTES)))
        _sync(self.folder)
        return master


@contextmanager
def _usable(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its master key is damaged, or a key is there already"
        raise CabinetUnusable(
            f"The folder of list keys {folder} cannot be used ({why}). Nothing was written. Run: goodoffices doctor"
        ) from error


def _sync(folder: Path) -> None:
    """Wait until names made or gone in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
