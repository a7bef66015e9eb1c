"""Reading particulars for rules that may not: what everybody in the room could find by reading them too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from goodoffices.papers.sources import CHARACTERS
from goodoffices.prisoners.matched import Run
from goodoffices.prisoners.matching import found
from goodoffices.prisoners.matching.found import Found
from goodoffices.prisoners.reconciling import FOUND
from goodoffices.record.particulars import Particular
from goodoffices.sealing import escrow, outers
from goodoffices.sealing.escrow import Given
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.reading import RELEASE, SEAL, Peeled, Peeling, Seal
from goodoffices.sealing.terms import Terms
from goodoffices.sealing.verify import check_form
from goodoffices.secretariat.cabinet import Cabinet, KeyMissing
from goodoffices.secretariat.ciphertext import Gone, opened

Kept = Callable[[str], Particular | None]
"""The particular with this citation, in the room where the act is done; None if it was erased."""


def readers(kept: Kept, room: str, cabinet: Cabinet) -> Mapping[str, Callable[[Any], Any]]:
    """What ``sealing.reading``, ``papers.sources`` and ``prisoners.reconciling`` ask for, by name.

    ``room``: where the act is done.
    """
    return {
        SEAL: lambda asked: _seal_fault(kept, asked),
        RELEASE: lambda asked: _peeled(kept, asked),
        CHARACTERS: lambda asked: _characters(kept, asked),
        FOUND: lambda asked: _found(kept, room, cabinet, asked),
    }


def _characters(kept: Kept, citation: str) -> int | None:
    try:
        return len(_content(kept, citation).decode())
    except UnicodeDecodeError:
        return None


def _found(kept: Kept, room: str, cabinet: Cabinet, run: Run) -> Found | None:
    """What a matching found; None where it was erased or its key is not here."""
    parts = {part: particular for part in run.parts if (particular := kept(part)) is not None}
    try:
        return found.decode(b"".join(opened(cabinet, room, run.key, run.parts, parts)))
    except (Gone, KeyMissing):
        return None


def _seal_fault(kept: Kept, asked: Seal) -> str | None:
    try:
        check_form(asked.terms, _content(kept, asked.outer), _content(kept, asked.escrow))
    except BadLayer as error:
        return str(error)
    return None


def _peeled(kept: Kept, asked: Peeling) -> Peeled:
    terms, side = asked.terms, asked.side
    outer = _content(kept, asked.outer)
    seal = escrow.Seal(side, outer, _content(kept, asked.escrow), outers.digest(outer))
    try:
        earlier = given(terms, side, ((holder, _content(kept, peels)) for holder, peels in asked.earlier))
        (own,) = given(terms, side, [(asked.holder, _content(kept, asked.peels))])
        escrow.prove(terms, asked.holder, seal, earlier, own.peels[side])
        return Peeled(digest=digest(terms, seal, [*earlier, own]))
    except BadLayer as error:
        return Peeled(fault=str(error))


def given(terms: Terms, side: str, releases: Iterable[tuple[str, bytes]]) -> list[Given]:
    """Releases of one paper, from (holder, peels as text). Raises ``BadLayer``."""
    return [Given(holder, {side: escrow.read_peels(terms, text)}) for holder, text in releases]


def digest(terms: Terms, seal: escrow.Seal, releases: Sequence[Given]) -> str | None:
    """The paper's digest (64 hex), once proven releases bring E out. Raises ``BadLayer``."""
    secret = escrow.secret(terms, seal.side, releases)
    if secret is None:
        return None
    found, _inner = outers.open_outer(terms, seal.side, seal.outer, secret)
    return found.removeprefix("p:")


def _content(kept: Kept, citation: str) -> bytes:
    """Nothing where it was erased: what is read of it then is malformed."""
    particular = kept(citation)
    return particular.content if particular is not None else b""
