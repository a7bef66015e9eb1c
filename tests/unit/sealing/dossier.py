"""Whole exchanges on paper, by the engine alone: slips of the cast, honest or not."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from goodoffices.record import signatures
from goodoffices.sealing import bundle, escrow, layers, outers, slips
from goodoffices.sealing.bundle import Dossier
from goodoffices.sealing.escrow import Given
from goodoffices.sealing.slips import Slip
from goodoffices.sealing.terms import Terms
from tests.unit.sealing.cast import BEFORE, derived, pen, terms
from tests.unit.sealing.sealed import PAPER, as_seal, sealed, secret


def slip(
    dossier: Dossier,
    by: str,
    kind: str,
    body: dict[str, Any] | None = None,
    at: str = BEFORE,
    after: Iterable[str] | None = None,
    pen_of: str | None = None,
) -> Slip:
    """A slip that goes on from everything in the dossier, or from ``after``."""
    seen = tuple(dossier.slips) if after is None else tuple(after)
    nonce = derived(by, kind, body, len(seen))[:16].hex()
    sign = lambda signed: signatures.sign_ssh(pen(pen_of or by), signed)  # noqa: E731
    return slips.write(dossier.terms, by, kind, body or {}, after=seen, at=at, nonce=nonce, sign=sign)


def add(dossier: Dossier, *made: Any, **how: Any) -> Slip:
    new = slip(dossier, *made, **how)
    dossier.add([new])
    return new


def agreed(t: Terms | None = None) -> Dossier:
    dossier = Dossier(t or terms())
    for party in dossier.terms.parties:
        add(dossier, party.code, "exchange-agreed")
    return dossier


def seal(dossier: Dossier, side: str, made: layers.Sealed | None = None, **how: Any) -> Slip:
    n, k = len(dossier.terms.holders), dossier.terms.k
    made = made or sealed(side, n, k)
    dossier.seals[side] = as_seal(side, made)
    return add(dossier, side, "paper-sealed", sealed_body(side, made.outer, made.escrow), **how)


def sealed_body(side: str, outer: bytes, text: bytes) -> dict[str, Any]:
    blob = lambda raw: {"sha256": outers.digest(raw), "size": len(raw)}  # noqa: E731
    return {"side": side, "outer": blob(outer), "escrow": blob(text)}


def both_sealed(t: Terms | None = None) -> Dossier:
    dossier = agreed(t)
    seal(dossier, "aldane")
    seal(dossier, "brisko")
    return dossier


def release(dossier: Dossier, holder: str, *on: tuple[Slip, Given], **how: Any) -> tuple[Slip, Given]:
    """An honest release that builds on these."""
    t = dossier.terms
    earlier = [given for _, given in on]
    peels = {
        side: escrow.peel(t, holder, dossier.seals[side], earlier, secret(f"{holder} online"))
        for side in ("aldane", "brisko")
    }
    body = {
        "peels": {side: escrow.write_peels(part).decode() for side, part in peels.items()},
        "builds_on": [one.id for one, _ in on],
    }
    return add(dossier, holder, "papers-released", body, **how), Given(holder, peels)


def opened(dossier: Dossier, by: str, **how: Any) -> Slip:
    side = dossier.terms.counterpart(by).code
    digest = hashlib.sha256(derived("salt", side)[:16] + PAPER[side].content).hexdigest()
    return add(dossier, by, "paper-opened", {"side": side, "digest": digest, "blank": None}, **how)


def whole() -> Dossier:
    """Everything honest: held, released by h2 and h1, opened by both, with both papers."""
    dossier = both_sealed()
    for holder in ("h1", "h2"):
        for side in ("aldane", "brisko"):
            add(dossier, holder, "paper-held", {"side": side})
    first = release(dossier, "h2")
    release(dossier, "h1", first)
    for by in ("aldane", "brisko"):
        opened(dossier, by)
        dossier.papers[by] = derived("salt", by)[:16] + PAPER[by].content
    return dossier


def members(dossier: Dossier) -> dict[str, bytes]:
    """What is in the bundle of a dossier, by name."""
    file = io.BytesIO()
    bundle.write(file, dossier)
    with zipfile.ZipFile(file) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
