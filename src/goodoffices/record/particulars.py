"""Particulars: words, names, rows and papers, stored apart from entries and cited by salted digest.

An entry cites ``"p:" + SHA-256(salt || content)``; taking salt and content away erases the particular
and leaves a record that still verifies.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

SALT_BYTES = 16
MAX_WORDS = 20_000  # characters
MAX_PAPER_BYTES = 25 * 1024 * 1024

# Overrides and isolates make a name read otherwise than it is stored; a plain mark (U+200E, U+200F) does not.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Those, and Unicode's categories Cc and Cs but for line feed and tab.
_UNFIT = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069]")


class BadWords(ValueError):
    """Words that cannot be entered; the message says which and why."""


@dataclass(frozen=True)
class Particular:
    """A salt (16 bytes) and the content it hides in a digest."""

    salt: bytes
    content: bytes

    @property
    def citation(self) -> str:
        """``p:`` and the 64 hex digits of SHA-256(salt || content)."""
        known: str | None = self.__dict__.get("_citation")  # functools' own would take a lock for it
        if known is None:
            digest = hashlib.sha256(self.salt)
            digest.update(self.content)  # which may be a large paper: not copied behind its salt
            known = self.__dict__["_citation"] = "p:" + digest.hexdigest()
        return known


def words(text: str) -> bytes:
    """The bytes of words as entered: UTF-8, NFC. Raises ``BadWords`` with the reason."""
    if len(text) > MAX_WORDS:
        raise BadWords(f"This is {len(text):,} characters long; the limit is {MAX_WORDS:,}. Hand it in as a paper.")
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    unfit = None if normal.isprintable() else _UNFIT.search(normal)  # printable is stricter, and soon known
    if unfit and unfit[0] in _BIDI_CONTROLS:
        raise BadWords(
            f"The text holds an invisible character that changes the direction of writing "
            f"(U+{ord(unfit[0]):04X}). Please remove it."
        )
    if unfit:
        raise BadWords(f"The text holds a control character (U+{ord(unfit[0]):04X}). Please remove it.")
    if not normal.strip():
        raise BadWords("The text is empty.")
    return normal.encode()


def paper(content: bytes) -> bytes:
    """The bytes of a paper as handed in. Raises ``BadWords`` when empty or too large."""
    if not content:
        raise BadWords("The paper is empty.")
    if len(content) > MAX_PAPER_BYTES:
        raise BadWords(f"The paper has {len(content):,} bytes; the limit is {MAX_PAPER_BYTES:,} (25 MiB).")
    return content
