"""Which database: SQLite in the data folder, or PostgreSQL where ``GOODOFFICES_DATABASE_URL`` says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# A receipt is a promise: WAL with synchronous=FULL has every act on disk before it is acknowledged. With secure_delete,
# what is erased is overwritten in the file too. Leaves and citations go into their indexes at random places: the cache
# (16 MiB, used as needed) holds those of some hundred thousand entries.
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "cache_size=-16384")
POSTGRES_OPTIONS = "-c synchronous_commit=on"  # the same promise, whatever the server's default is
BUSY_SECONDS = 20  # how long a writer waits for another before it gives up


class BadDatabase(ValueError):
    """``GOODOFFICES_DATABASE_URL`` cannot be used; the message says what it should look like."""


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's settings of the database. ``url`` is empty for SQLite. Raises ``BadDatabase``."""
    return _postgres(url) if url else _sqlite(home / "office.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in SQLITE_PRAGMAS),
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadDatabase(f"GOODOFFICES_DATABASE_URL cannot be read: {error}") from error
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadDatabase("GOODOFFICES_DATABASE_URL should look like postgresql://user:password@host:5432/database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": POSTGRES_OPTIONS, **dict(parse_qsl(parts.query))},
    }
