"""What a room hands out of an exchange, so that a command line can go on with it: terms, seals, releases, each signed.

An ACT is a step as its author signed it, with the key that the terms name for them; whoever has it needs neither the
room nor this server to check it (docs/design/sealing.md, section 5).
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goodoffices.record import signatures
from goodoffices.record.entries import Entry
from goodoffices.record.signatures import BadSignature
from goodoffices.sealing.exchanges import Exchange

if TYPE_CHECKING:
    from goodoffices.secretariat.desk import RoomView


def act(view: RoomView, x: Exchange, entry: Entry) -> dict[str, Any]:
    """The step that this entry holds. Raises ``ValueError`` where it is not signed with a key of the terms."""
    header, stored = entry.header, view.signature(entry)
    if header.signed is None or stored is None:
        raise ValueError(f"Entry {entry.seq} is not signed.")
    base = {"size": header.signed.base.size, "root": header.signed.base.root}
    payload = signatures.payload(header.talks, header.room, header.act, header.kind, entry.body, base)
    return {"act": json.loads(payload), "key": _signer(x, entry, stored, payload), "signature": json.loads(stored)}


def _signer(x: Exchange, entry: Entry, stored: bytes, payload: bytes) -> Mapping[str, str]:
    part = x.part(entry.acting)
    for key in part.signers if part is not None else ():
        try:
            signatures.check(key, stored, payload)
        except BadSignature:
            continue
        return dict(key)
    raise ValueError(f"Entry {entry.seq} is signed with a key that the terms do not name.")


def exchange_file(view: RoomView, x: Exchange) -> bytes:
    """``EXCHANGE.json``: the terms, and who agreed to them so far."""
    agreed = [act(view, x, entry) for entry in view.found(x.agreed.values())]
    return _json({"terms": x.terms.body(), "agreed": agreed})


def sealed_file(view: RoomView, x: Exchange, side: str) -> bytes:
    """``CODE.sealed``: a side's seal, as the command line takes it. Raises ``KeyError`` if it has not sealed."""
    seal = x.seals[side]
    kept = view.particulars([seal.outer, seal.escrow])
    slip = _json(act(view, x, view.find(seal.ref)))
    return _tar({"slip.json": slip, "outer.age": kept[seal.outer].content, "escrow.txt": kept[seal.escrow].content})


def released_file(view: RoomView, x: Exchange, release: str) -> bytes:
    """``CODE.released``: a holder's release (ref), with the peels of both papers. Raises ``KeyError``."""
    peels = {side: one.paper for side, one in x.peels[release].items()}
    kept = view.particulars(peels.values())
    texts = {side: kept[citation].content.decode("ascii") for side, citation in peels.items()}
    return _json(act(view, x, view.find(release)) | {"peels": texts})


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _tar(files: Mapping[str, bytes]) -> bytes:
    """An uncompressed archive (ustar) that says nothing of who made it, or when."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()
