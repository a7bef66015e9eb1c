"""Who exchanges and who holds, in tests: keys that are the same in every run, derived from names."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodoffices.record import signatures, sshsig
from goodoffices.sealing import agekeys
from goodoffices.sealing.terms import Holder, Side, Terms, made

DEADLINE = "2030-02-01T12:00:00.000Z"
BEFORE, AFTER = "2030-01-15T09:00:00.000Z", "2030-02-01T12:00:00.001Z"


def derived(*names: object) -> bytes:
    """32 bytes that are the same in every run."""
    return hashlib.sha256("/".join(map(str, names)).encode()).digest()


def identity(name: str) -> str:
    """An age identity by name: ``aldane online``, ``aldane recovery``, ``h1 online``."""
    return agekeys.identity_text(derived("age", name))


def recipient(name: str) -> str:
    return agekeys.recipient_of(derived("age", name))


def pen(name: str) -> Ed25519PrivateKey:
    """The key somebody signs with."""
    return Ed25519PrivateKey.from_private_bytes(derived("pen", name))


def key(name: str) -> dict[str, str]:
    return signatures.ssh_key(str(sshsig.public_key(pen(name))))


def side(code: str, **changes: Any) -> Side:
    made = Side(code, None, recipient(f"{code} online"), recipient(f"{code} recovery"), (key(code),))
    return replace(made, **changes)


def holder(code: str, **changes: Any) -> Holder:
    return replace(Holder(code, None, recipient(f"{code} online"), (key(code),)), **changes)


def terms(n: int = 3, k: int = 2, **changes: Any) -> Terms:
    """Aldane and Brisko exchange on paper; ``h1`` … ``hn`` hold, and ``k`` of them open."""
    plain = Terms(
        talks=None,
        room=None,
        nonce=derived("nonce")[:16].hex(),
        sides=(side("aldane"), side("brisko")),
        holders=tuple(holder(f"h{i + 1}") for i in range(n)),
        k=k,
        topics=("ceasefire", "prisoners"),
        deadline=DEADLINE,
        bucket=64 * 1024,
    )
    return made(replace(plain, **changes))
