"""What links in letters carry: a row's random id and our signature over it, for one purpose and no other.

A link that was altered, or made for something else, is told apart from ours without a look at any row.
"""

from __future__ import annotations

from typing import Literal

from django.core.signing import BadSignature, Signer

Purpose = Literal["confirm", "stop", "confirm-reminders", "stop-reminders"]


def make(purpose: Purpose, id: str) -> str:
    """A token that only the secret of this data folder can make."""
    return _signer(purpose).sign(id)


def read(purpose: Purpose, token: str) -> str | None:
    """The id in a token of ours; None for any other text."""
    try:
        return _signer(purpose).unsign(token)
    except BadSignature:
        return None


def _signer(purpose: Purpose) -> Signer:
    return Signer(sep=".", salt=f"goodoffices letters {purpose}")
