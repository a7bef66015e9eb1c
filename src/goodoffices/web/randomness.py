"""Randomness for pages. Tests, and only tests, put a seeded source in the place of ``source``."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable

source: Callable[[int], bytes] = secrets.token_bytes


def hex_id() -> str:
    """A fresh id (32 hex), such as an act's."""
    return source(16).hex()


def token() -> str:
    """A secret for a link: 43 characters, 256 bits."""
    return base64.urlsafe_b64encode(source(32)).rstrip(b"=").decode()


def ending() -> str:
    """Eight letters and digits (40 bits) that make a name unlike any other, none of them easily misread."""
    return base64.b32encode(source(5)).decode().lower().translate(str.maketrans("10", "89"))
