"""Contexts: the line at the start of every layer that says what it was made for.

Without it a layer could be taken out of one exchange and put into another, whose holders would open it for somebody
else. So whoever opens a layer refuses every context but the very one it must have (docs/design/sealing.md, section 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.record import canonical
from goodoffices.sealing.header import BadLayer

MAX_CONTEXT_BYTES = 8192


def escrow(exchange: str, side: str, outer: str, chain: str, holder: str) -> dict[str, Any]:
    """``outer``: the SHA-256 (hex) of the outer layer; ``chain``: codes joined by commas."""
    return {
        "chain": chain,
        "digest": outer,
        "exchange": exchange,
        "holder": holder,
        "layer": "escrow",
        "side": side,
    }


def outer(exchange: str, side: str, digest: str) -> dict[str, Any]:
    """``digest``: the paper's citation, ``p:`` and 64 hex digits."""
    return {"digest": digest, "exchange": exchange, "layer": "outer", "side": side}


def joined(context: Mapping[str, Any], content: bytes) -> bytes:
    """The plaintext of a layer."""
    return canonical.encode(dict(context)) + b"\n" + content


def split(plain: bytes) -> tuple[dict[str, Any], int]:
    """The context in a layer's plaintext, and where its content starts. Raises ``BadLayer`` (``wrong-context``)."""
    end = plain.find(b"\n", 0, MAX_CONTEXT_BYTES + 1)
    try:
        value = canonical.decode(plain[:end]) if end >= 0 else None
    except canonical.NotCanonical:
        value = None
    if not isinstance(value, dict):
        raise wrong("A layer does not begin by saying what it was made for.")
    return value, end + 1


def check(found: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Check that these are the same fields with the same values. Raises ``BadLayer`` (``wrong-context``)."""
    if found.keys() != expected.keys():
        raise wrong("A layer says other things of itself than it must.")
    for name, value in expected.items():
        if found[name] != value or type(found[name]) is not type(value):
            raise wrong(f"A layer was made for another {_NAMED.get(name, name)}: {str(found[name])[:80]}.")


def wrong(words: str) -> BadLayer:
    return BadLayer("wrong-context", words)


_NAMED = {"digest": "file or paper", "layer": "place"}
