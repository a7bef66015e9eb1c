"""The escrow: E, which opens a paper's outer layer, given to every chain of k holders, nested age in age.

A *chain* is k codes of holders joined by commas, in the order in which they open. Every order is there, so holders
release in any order, one act each. What a holder gives out are its *peels*: of each chain the content of its own layer,
and that layer's file key, by which everybody can see that it is just that. Formats: docs/design/sealing.md, sections 2
and 3. Why not a secret sharing scheme: docs/decisions/0006-sealing.md.
"""

from __future__ import annotations

import base64
import binascii
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from goodoffices.sealing import agefile, agekeys, contexts, header, outers
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.terms import Terms

MAX_ESCROW_BYTES = 1024 * 1024  # 120 chains of five layers are below 700 kB


@dataclass(frozen=True)
class Peel:
    """``content``: the next age file, or E's line. ``key``: the file key of the layer it was in."""

    content: bytes
    key: bytes


Peels: TypeAlias = Mapping[str, Peel]
"""By chain: what one release gives out of one paper."""


@dataclass(frozen=True)
class Given:
    """An earlier release: its holder, and its peels by the code of the side whose paper they are of."""

    by: str
    peels: Mapping[str, Peels]


@dataclass(frozen=True)
class Seal:
    """What a side handed in: its code, and the bytes. ``outer_digest``: SHA-256 of ``outer``, 64 hex digits."""

    side: str
    outer: bytes
    escrow: bytes
    outer_digest: str


def chains(terms: Terms) -> list[str]:
    """Every ordered choice of k holders, in the order of the terms."""
    return [",".join(chosen) for chosen in itertools.permutations((h.code for h in terms.holders), terms.k)]


def wrap(terms: Terms, side: str, outer_digest: str, secret: str) -> bytes:
    """The escrow of a paper. ``secret``: E as text."""
    lines = []
    for chain in chains(terms):
        content = f"{secret}\n".encode()
        for code in reversed(chain.split(",")):
            context = contexts.escrow(terms.id, side, outer_digest, chain, code)
            content = agefile.encrypt(contexts.joined(context, content), [terms.holder(code).online])
        lines.append(f"{chain} {base64.b64encode(content).decode()}\n")
    return "".join(lines).encode()


def layers(terms: Terms, text: bytes) -> dict[str, bytes]:
    """The first layer of every chain. Raises ``BadLayer`` (``malformed``)."""
    if len(text) > MAX_ESCROW_BYTES:
        raise _malformed("The escrow is larger than any escrow is")
    return {chain: parts[0] for chain, parts in _lines(text, chains(terms), 1).items()}


def open_to(terms: Terms, holder: str, seal: Seal, earlier: Sequence[Given]) -> dict[str, bytes]:
    """Every chain that this holder can open its layer of now, with that layer: those beginning with it, and those whose
    earlier holders have all released. Raises ``BadLayer`` (``malformed``)."""
    first, found = layers(terms, seal.escrow), {}
    for chain in chains(terms):
        codes = chain.split(",")
        if holder == codes[0]:
            found[chain] = first[chain]
        elif holder in codes:
            layer = _given(chain, codes[codes.index(holder) - 1], seal.side, earlier)
            if layer is not None:
                found[chain] = layer
    return found


def peel(terms: Terms, holder: str, seal: Seal, earlier: Sequence[Given], secret: bytes) -> dict[str, Peel]:
    """What ``holder`` gives out of a paper, each layer opened and found right. ``secret``: of its age identity.

    ``earlier`` are releases that were proven. Raises ``BadLayer``: the seal is at fault, or the key is another one.
    """
    found = {}
    for chain, layer in open_to(terms, holder, seal, earlier).items():
        key = agefile.file_key(header.read(layer), [secret])
        found[chain] = Peel(_content(terms, holder, seal, chain, layer, key), key)
    _check_secrets(terms, holder, seal, found)
    return found


def prove(terms: Terms, holder: str, seal: Seal, earlier: Sequence[Given], peels: Peels) -> None:
    """Check that peels are what the layers hold. ``earlier``: the proven releases it builds on.

    Returns None, or raises ``BadLayer``: the release is false, or the seal is at fault and should not have been peeled.
    """
    due = open_to(terms, holder, seal, earlier)
    if list(peels) != list(due):
        raise _malformed(f"A release of {holder} gives out the chains {', '.join(due)}, and these are others")
    for chain, layer in due.items():
        if _content(terms, holder, seal, chain, layer, peels[chain].key) != peels[chain].content:
            raise BadLayer("wrong-content", f"What was given out of the chain {chain} is not what the layer holds.")
    _check_secrets(terms, holder, seal, peels)


def secret(terms: Terms, side: str, given: Sequence[Given]) -> bytes | None:
    """E's secret bytes as proven releases bring it out, or None."""
    for chain, last in ((chain, chain.rpartition(",")[2]) for chain in chains(terms)):
        content = _given(chain, last, side, given)
        if content is not None:
            return _secret(content)
    return None


def write_peels(peels: Peels) -> bytes:
    """Peels as text."""
    return "".join(
        f"{chain} {base64.b64encode(peel.content).decode()} {base64.b64encode(peel.key).decode()}\n"
        for chain, peel in peels.items()
    ).encode()


def read_peels(terms: Terms, text: bytes) -> dict[str, Peel]:
    """Peels from their text, of any chains of these terms in their order. Raises ``BadLayer`` (``malformed``)."""
    if len(text) > MAX_ESCROW_BYTES:
        raise _malformed("These peels are larger than any peels are")
    named = [line.partition(" ")[0] for line in text.decode("ascii", "replace").split("\n")][:-1]
    order = [chain for chain in chains(terms) if chain in named]
    return {chain: Peel(parts[0], parts[1]) for chain, parts in _lines(text, order, 2).items()}


def _given(chain: str, holder: str, side: str, given: Sequence[Given]) -> bytes | None:
    """What ``holder`` gave out of a chain."""
    for one in given:
        if one.by == holder and (found := one.peels.get(side, {}).get(chain)) is not None:
            return found.content
    return None


def _content(terms: Terms, holder: str, seal: Seal, chain: str, layer: bytes, key: bytes) -> bytes:
    """What the holder's layer of a chain holds, its context found right."""
    plain = agefile.decrypt_by(layer, key)
    context, start = contexts.split(plain)
    contexts.check(context, contexts.escrow(terms.id, seal.side, seal.outer_digest, chain, holder))
    return plain[start:]


def _check_secrets(terms: Terms, holder: str, seal: Seal, peels: Peels) -> None:
    """Where the holder is the last of a chain: that it ends in an E, and that E opens the outer layer and all is right.

    Else that another age file follows, which is all that can be seen of it.
    """
    opened = set()
    for chain, one in peels.items():
        if chain.rpartition(",")[2] != holder:
            header.read(one.content)
        elif (found := _secret(one.content)) not in opened:
            try:
                outers.open_outer(terms, seal.side, seal.outer, found)
            except BadLayer as error:
                fault = "wrong-key" if error.fault == "cannot-open" else error.fault
                raise BadLayer(fault, f"The chain {chain} ends in a key, and: {error}") from None
            opened.add(found)


def _secret(content: bytes) -> bytes:
    """E's secret bytes in the last content of a chain. Raises ``BadLayer`` (``wrong-key``)."""
    line, end, more = content.partition(b"\n")
    try:
        if not end or more:
            raise agekeys.BadKey("not one line")
        return agekeys.identity(line.decode("ascii"))
    except (UnicodeDecodeError, agekeys.BadKey):
        raise BadLayer("wrong-key", "A chain does not end in an age secret key.") from None


def _lines(text: bytes, expected: Sequence[str], count: int) -> dict[str, list[bytes]]:
    lines = text.split(b"\n")
    if lines.pop() != b"" or len(lines) != len(expected):
        raise _malformed(f"The escrow or the peels have not one whole line for each of {len(expected)} chains")
    return {chain: list(_parts(line, chain, count)) for chain, line in zip(expected, lines, strict=True)}


def _parts(line: bytes, chain: str, count: int) -> Iterator[bytes]:
    found, *parts = line.split(b" ")
    if found != chain.encode() or len(parts) != count:
        raise _malformed(f"Where the chain {chain} must stand, another line stands")
    for part in parts:
        try:
            raw = base64.b64decode(part, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if not raw or base64.b64encode(raw) != part:
            raise _malformed(f"The base64 of the chain {chain} is malformed")
        yield raw


def _malformed(words: str) -> BadLayer:
    return BadLayer("malformed", words + ".")
