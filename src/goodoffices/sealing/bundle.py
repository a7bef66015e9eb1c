"""Files of an exchange on paper: ``EXCHANGE.json``, sealed files, and the bundle that holds all of it for a verifier.

- ``EXCHANGE.json``: ``{"terms", "agreed": [slips, or acts taken from a room]}``.
- A sealed file: an uncompressed tar of ``slip.json``, ``outer.age`` and ``escrow.txt``, without owner or time.
- A bundle: a zip of ``exchange.json``, ``slips/ID.json``, ``CODE/outer.age``, ``CODE/escrow.txt`` and, where it was
  given, ``CODE/paper`` (salt and paper, whose SHA-256 is the digest that was sealed). Nothing in it is compressed.
"""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from goodoffices.record import bundles, canonical
from goodoffices.record.bundles import BadBundle
from goodoffices.sealing import escrow, outers, slips
from goodoffices.sealing import terms as terms_
from goodoffices.sealing.escrow import Seal
from goodoffices.sealing.slips import Slip
from goodoffices.sealing.terms import BUCKETS, BadTerms, Terms

EXCHANGE = "exchange.json"
MAX_EXCHANGE_BYTES = 1024 * 1024
MAX_SEALED_BYTES = BUCKETS[-1] + escrow.MAX_ESCROW_BYTES + slips.MAX_SLIP_BYTES

_MEMBERS = ("slip.json", "outer.age", "escrow.txt")
_NAME = re.compile(r"exchange\.json|slips/[0-9a-f]{64}\.json|[a-z0-9-]{1,60}/(?:outer\.age|escrow\.txt|paper)")
_NOT_SEALED = "This is not a sealed file: it does not hold slip.json, outer.age and escrow.txt and nothing else."


class BadFile(ValueError):
    """A file that is not what it should be; the message is a sentence."""


@dataclass
class Dossier:
    """All there is of an exchange. ``papers``: salt and content by side, as far as they were given."""

    terms: Terms
    slips: dict[str, Slip] = field(default_factory=dict)
    seals: dict[str, Seal] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)

    def add(self, found: Iterable[Slip]) -> None:
        self.slips |= {slip.id: slip for slip in found}


# EXCHANGE.json


def write_exchange(terms: Terms, agreed: Iterable[Slip]) -> bytes:
    """The file that the parties of an exchange hand on while they agree to it."""
    return canonical.encode({"terms": terms.body(), "agreed": [slip.value for slip in agreed]})


def read_exchange(raw: bytes) -> tuple[Terms, list[Slip]]:
    """Raises ``BadFile`` or ``BadTerms`` or ``BadSlip``."""
    if len(raw) > MAX_EXCHANGE_BYTES:
        raise BadFile("This file is larger than any EXCHANGE.json is.")
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        raise BadFile("This is not an EXCHANGE.json: it is not JSON.") from None
    if not isinstance(value, dict) or value.keys() != {"terms", "agreed"} or not isinstance(value["agreed"], list):
        raise BadFile("This is not an EXCHANGE.json: it has terms, and a list of who agreed to them.")
    terms = terms_.parse(value["terms"])
    return terms, [slips.parse_any(terms, one) for one in value["agreed"]]


# Sealed files


def write_sealed(file: BinaryIO, slip: Slip, outer: bytes, text: bytes) -> None:
    """A side's seal as one file."""
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in zip(_MEMBERS, (slip.encoded(), outer, text), strict=True):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o600
            archive.addfile(info, io.BytesIO(content))


def read_sealed(raw: bytes, terms: Terms | None = None) -> tuple[Slip, Seal]:
    """With ``terms`` also one that was taken from their room. Raises ``BadFile`` or ``BadSlip``."""
    if len(raw) > MAX_SEALED_BYTES:
        raise BadFile(f"This file has {len(raw):,} bytes; no sealed file has more than {MAX_SEALED_BYTES:,}.")
    try:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as archive:
            members = archive.getmembers()
            if [m.name for m in members] != list(_MEMBERS) or not all(m.isreg() for m in members):
                raise BadFile(_NOT_SEALED)
            parts = [file.read() for m in members if (file := archive.extractfile(m)) is not None]
    except (tarfile.TarError, OSError, ValueError) as error:
        raise error if isinstance(error, BadFile) else BadFile(_NOT_SEALED) from None
    slip = slips.read(parts[0], terms)
    return slip, Seal(slip.by, parts[1], parts[2], outers.digest(parts[1]))


# Bundles


def write(file: BinaryIO, dossier: Dossier) -> None:
    """A bundle of all there is. The same dossier gives the same bytes."""
    agreed = [slip for slip in slips.order(dossier.terms, dossier.slips.values()) if slip.kind == "exchange-agreed"]
    others = sorted((slip.id, slip) for slip in dossier.slips.values() if slip.kind != "exchange-agreed")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        bundles.put(archive, EXCHANGE, write_exchange(dossier.terms, agreed))
        for id, slip in others:
            bundles.put(archive, f"slips/{id}.json", slip.encoded())
        for side in sorted(dossier.seals):
            bundles.put(archive, f"{side}/outer.age", dossier.seals[side].outer)
            bundles.put(archive, f"{side}/escrow.txt", dossier.seals[side].escrow)
            if side in dossier.papers:
                bundles.put(archive, f"{side}/paper", dossier.papers[side])


def read(data: bytes) -> Dossier:
    """What is in a bundle; nothing of it is checked but its form. Raises ``BadFile``, ``BadTerms`` or ``BadSlip``."""
    try:
        places = bundles.places(data, _NAME, (EXCHANGE,))
    except BadBundle as error:
        raise BadFile(f"This is not a bundle of an exchange: {error}.") from None
    parts = {name: data[start:end] for name, (start, end, _) in places.items()}
    terms, agreed = read_exchange(parts.pop(EXCHANGE))
    if write_exchange(terms, agreed) != data[slice(*places[EXCHANGE][:2])]:
        raise BadFile(f"{EXCHANGE} is not in canonical form.")
    dossier = Dossier(terms)
    dossier.add(agreed)
    if len(dossier.slips) != len(agreed):
        raise BadFile(f"{EXCHANGE} holds an agreement twice.")
    _read_slips(dossier, parts)
    _read_blobs(dossier, parts)
    return dossier


def _read_slips(dossier: Dossier, parts: Mapping[str, bytes]) -> None:
    for name in sorted(name for name in parts if name.startswith("slips/")):
        slip = slips.read(parts[name])
        if name != f"slips/{slip.id}.json" or slip.encoded() != parts[name]:
            raise BadFile(f"{name} is not the slip of this name: it was altered, or is not in canonical form.")
        if slip.id in dossier.slips:
            raise BadFile(f"{name} is there twice.")
        dossier.add([slip])


def _read_blobs(dossier: Dossier, parts: Mapping[str, bytes]) -> None:
    codes = {side.code for side in dossier.terms.sides}
    for name in parts:
        folder = name.partition("/")[0]
        if folder not in codes | {"slips"}:
            raise BadFile(f"It holds {name}, and {folder} is not a side of this exchange.")
    for code in codes:
        found = {name: parts.get(f"{code}/{name}") for name in ("outer.age", "escrow.txt", "paper")}
        outer, text, paper = found.values()
        if outer is not None and text is not None:
            dossier.seals[code] = Seal(code, outer, text, outers.digest(outer))
        elif any(part is not None for part in (outer, text)):
            raise BadFile(f"Of the seal of {code}, one part is there and the other is not.")
        if paper is not None:
            dossier.papers[code] = paper


__all__ = ["BadFile", "BadTerms", "Dossier", "read", "read_exchange", "read_sealed", "write", "write_exchange"]
