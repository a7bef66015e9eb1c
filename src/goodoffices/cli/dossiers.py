"""What commands about an exchange share: files given by hand, who signs, and writing without overwriting anything."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from goodoffices.cli.office import fail
from goodoffices.record import signatures, sshsig
from goodoffices.sealing import agekeys, bundle, history, keys, slips
from goodoffices.sealing.bundle import BadFile, Dossier
from goodoffices.sealing.history import History
from goodoffices.sealing.keys import BadKeyFile
from goodoffices.sealing.slips import BadSlip, Sign, Slip
from goodoffices.sealing.terms import BadTerms, Holder, Side, Terms

MAX_FILE_BYTES = 64 * 1024 * 1024  # nothing of an exchange is larger: two sealed files of 16 MiB, and slips

Exchange = Annotated[
    Path, typer.Option("--exchange", metavar="EXCHANGE.json", help="The exchange, as its parties handed it on.")
]
Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILES…", help="All you have of it: sealed files, slips, bundles.", show_default=False),
]
By = Annotated[str, typer.Option("--as", metavar="CODE", help="The side or holder you act for.")]
SigningKey = Annotated[Path, typer.Option("--key", metavar="KEYFILE", help="The OpenSSH key to sign with (NAME.ssh).")]
Identity = Annotated[Path, typer.Option("--identity", metavar="FILE", help="The age identity to open with (NAME.age).")]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="A new file to write.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="Read the passphrase of key files here, not from you."),
]


def now() -> str:
    """This machine's clock, as slips and terms write times."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def chance(size: int) -> bytes:
    """Bytes from the system's source of randomness."""
    return secrets.token_bytes(size)


# Reading


def content(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """A file's bytes; fails for what is not a file or is too large to be meant."""
    if not path.is_file():
        fail(f"There is no file {path}.")
    size = path.stat().st_size
    if size > most:
        fail(f"{path} has {size:,} bytes; nothing of an exchange has more than {most:,}.")
    return path.read_bytes()


def exchange(path: Path) -> Dossier:
    """The exchange in an EXCHANGE.json, or in a bundle of one."""
    raw = content(path)
    try:
        if raw[:2] == b"PK":
            return bundle.read(raw)
        terms, agreed = bundle.read_exchange(raw)
    except (BadFile, BadTerms, BadSlip) as error:
        fail(f"{path}: {error}")
    dossier = Dossier(terms)
    dossier.add(agreed)
    return dossier


def gathered(path: Path, files: Iterable[Path] | None) -> Dossier:
    """An exchange with everything in these files."""
    dossier = exchange(path)
    for file in files or ():
        try:
            _gather(dossier, content(file))
        except (BadFile, BadTerms, BadSlip) as error:
            fail(f"{file}: {error}")
    return dossier


def read(dossier: Dossier) -> History:
    """What it comes to; slips at fault are told of and count for nothing."""
    found = history.read(dossier.terms, dossier.slips.values(), dossier.seals)
    for fault in found.faults:
        typer.echo(f"This counts for nothing: {fault}", err=True)
    return found


def _gather(dossier: Dossier, raw: bytes) -> None:
    if raw[:2] == b"PK":
        _merge(dossier, bundle.read(raw))
    elif raw[257:262] == b"ustar":
        slip, seal = bundle.read_sealed(raw, dossier.terms)
        slips.check(dossier.terms, slip)
        dossier.add([slip])
        dossier.seals[seal.side] = seal
    elif b'"terms"' in raw and b'"agreed"' in raw:
        terms, agreed = bundle.read_exchange(raw)
        other = Dossier(terms)
        other.add(agreed)
        _merge(dossier, other)
    else:
        found = slips.read_all(raw, dossier.terms)
        for slip in found:
            slips.check(dossier.terms, slip)
        dossier.add(found)


def _merge(dossier: Dossier, other: Dossier) -> None:
    if other.terms.id != dossier.terms.id:
        raise BadFile(f"This is of another exchange ({other.terms.fingerprint}).")
    dossier.add(other.slips.values())
    dossier.seals |= other.seals
    dossier.papers |= other.papers


# Who acts


def party(terms: Terms, code: str) -> Side | Holder:
    try:
        return terms.party(code)
    except KeyError:
        named = ", ".join(party.code for party in terms.parties)
        fail(f"{code} is neither a side nor a holder of this exchange. They are: {named}.")


def side(terms: Terms, code: str) -> Side:
    found = party(terms, code)
    if not isinstance(found, Side):
        fail(f"{code} is a holder of this exchange and not a side.")
    return found


def holder(terms: Terms, code: str) -> Holder:
    found = party(terms, code)
    if not isinstance(found, Holder):
        fail(f"{code} is a side of this exchange and not a holder.")
    return found


def passphrase(file: Path | None, what: str) -> keys.Passphrase:
    """Asks for the passphrase of a key file, or reads it from a file."""

    def ask() -> str:
        if file is not None:
            return content(file, 4096).decode().rstrip("\r\n")
        return str(typer.prompt(f"Passphrase of {what}", hide_input=True, err=True))

    return ask


def identity(path: Path, asked: Path | None, who: Side | Holder) -> bytes:
    """The secret bytes of an age identity; fails where it is not one that the terms name for ``who``."""
    found = secret(path, asked)
    named = {who.online, who.recovery} if isinstance(who, Side) else {who.online}
    if agekeys.recipient_of(found) not in named:
        more = " If the online key is lost, use the recovery sheet: goodoffices keys recover." * isinstance(who, Side)
        fail(f"{path} is not a key that the terms name for {who.code}.{more} Nothing was written.")
    return found


def secret(path: Path, asked: Path | None) -> bytes:
    """The secret bytes of an age identity, whosever it is."""
    try:
        return keys.read_identity(content(path, keys.MAX_KEY_FILE_BYTES), passphrase(asked, str(path)))
    except BadKeyFile as error:
        fail(f"{path}: {error}")


def signer(path: Path, asked: Path | None, who: Side | Holder) -> Sign:
    """Who signs with an OpenSSH key; fails where it is not one that the terms name for ``who``."""
    raw = content(path, keys.MAX_KEY_FILE_BYTES)
    if b"OPENSSH PRIVATE KEY" not in raw:
        return _by_ssh_keygen(path, who)  # a public key whose private half an agent or a device has
    try:
        private = keys.read_signing(raw, passphrase(asked, str(path)))
    except BadKeyFile as error:
        fail(f"{path}: {error}")
    _check_named(path, {"type": "ssh", "key": str(sshsig.public_key(private))}, who)
    return lambda signed: signatures.sign_ssh(private, signed)


def _by_ssh_keygen(path: Path, who: Side | Holder) -> Sign:
    try:
        _check_named(path, signatures.ssh_key(path.read_text("ascii", "replace")), who)
    except signatures.BadSignature as error:
        fail(f"{path} is not a key to sign with: {error}.")

    def sign(signed: bytes) -> bytes:
        command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(path), "-n", sshsig.ACT_NAMESPACE]
        done = subprocess.run(command, input=signed, capture_output=True, check=False)
        if done.returncode:
            fail(f"ssh-keygen could not sign with {path}: {done.stderr.decode(errors='replace').strip()}")
        return signatures.store_ssh(done.stdout.decode())

    return sign


def _check_named(path: Path, key: Mapping[str, str], who: Side | Holder) -> None:
    if dict(key) not in who.signers:
        fail(f"{path} is not a key that the terms name for {who.code}. Nothing was written.")


# Writing


def slip(found: History, by: str, kind: str, body: Mapping[str, Any], sign: Sign, *, more: Iterable[str] = ()) -> Slip:
    """A new slip that goes on from all that is known, allowed and signed."""
    return slips.write(
        found.terms, by, kind, body, after=[*found.ids, *more], at=now(), nonce=chance(16).hex(), sign=sign
    )


def absent(*paths: Path) -> None:
    """Fails if one of these is there: nothing is overwritten."""
    for path in paths:
        if path.exists():
            fail(f"{path} is there already. Give another name, or move it away. Nothing was written.")


def write(path: Path, raw: bytes, mode: int = 0o600) -> None:
    """A new file, whole or not at all."""
    absent(path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
