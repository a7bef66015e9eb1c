"""Keys of people of an exercise, made at a replay and kept in ``exercise-keys/`` in the data folder.

They are ordinary OpenSSH private keys without a passphrase, and good for nothing but exercises: whoever runs the
machine holds the keys of everybody at the table. No command makes such a key for a person of real talks.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)

from goodoffices.record import signatures, sshsig
from goodoffices.secretariat.acts import ToSign
from goodoffices.secretariat.desk import Signer

NOTICE = (
    "Keys of an exercise, made by `goodoffices replay`. They have no passphrase, and the operator of this machine\n"
    "holds them all: a signature made with one proves nothing about a person. Never name one in real talks.\n"
)


def kept(home: Path, name: str) -> Ed25519PrivateKey:
    """The key of this name in ``home``, made at first use. Raises ``OSError`` or ``ValueError``."""
    from goodoffices.storage import home as homes

    folder = home / "exercise-keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    homes.kept(folder / "README", NOTICE.encode)
    key = load_ssh_private_key(homes.kept(folder / name, fresh), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{folder / name} is not an Ed25519 key.")
    return key


def fresh() -> bytes:
    """A new key as an OpenSSH private key file."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def named(key: Ed25519PrivateKey) -> dict[str, str]:
    """The key as entries name it."""
    return signatures.ssh_key(str(sshsig.public_key(key)))


def signer(key: Ed25519PrivateKey) -> Signer:
    """What a desk takes to have binding acts signed with this key."""

    def sign(to_sign: ToSign) -> bytes:
        return signatures.sign_ssh(key, to_sign.payload)

    return sign
