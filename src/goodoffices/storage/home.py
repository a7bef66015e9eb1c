"""The data folder: where everything this machine keeps of the talks lies, and nothing else does.

=================  ==========================================================================
office.sqlite3     the database, unless ``GOODOFFICES_DATABASE_URL`` names another
heads/             the newest checkpoint of each room
log-key            the key that signs checkpoints (kept out of the database and its backups)
log-keys-retired/  keys that it replaced: earlier checkpoints are under them
replays/           what was replayed from talks files, and from which
exercise-keys/     keys of people of exercises, and of nobody else
list-keys/         the keys of lists, apart from the database and its backups (``GOODOFFICES_LIST_KEYS`` moves it)
secret             what sessions and forms are protected with
=================  ==========================================================================
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "GOODOFFICES_HOME"
LIST_KEYS = "GOODOFFICES_LIST_KEYS"


def folder() -> Path:
    """The data folder that ``GOODOFFICES_HOME`` names, else the user's data directory. It need not exist."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser().absolute() if named else user_data_path("goodoffices")


def ensure() -> Path:
    """The data folder, made if it is not there, readable by its owner alone. Raises ``OSError``."""
    home = folder()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret(home)
    return home


def list_keys(home: Path) -> Path:
    """The folder of list keys: the one that ``GOODOFFICES_LIST_KEYS`` names, else ``list-keys`` of this data folder."""
    named = os.environ.get(LIST_KEYS)
    return Path(named).expanduser().absolute() if named else home / "list-keys"


def secret(home: Path) -> str:
    """What sessions and forms are protected with (64 hex), made at first use."""
    return kept(home / "secret", lambda: secrets.token_hex(32).encode()).decode()


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a file readable by its owner alone; made whole at first use, whoever of two processes is first."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its content counts
    finally:
        draft.unlink()
    return path.read_bytes()
