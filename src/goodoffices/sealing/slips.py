"""Slips: what somebody does in an exchange on paper, signed, as a JSON file that is handed on by any means.

::

    {"slip": {"after", "at", "body", "by", "exchange", "kind", "nonce"}, "signature"}

The signature is over the canonical form of ``slip``; a slip's id is SHA-256(0x00 || JCS of the whole). ``after`` names
every slip its author had seen, so that nobody can later claim another order (docs/design/sealing.md, section 5).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from goodoffices.record import canonical, signatures
from goodoffices.sealing import events
from goodoffices.sealing.agefile import FILE_KEY_BYTES
from goodoffices.sealing.events import Event
from goodoffices.sealing.terms import Key, Terms

MAX_SLIP_BYTES = 4 * 1024 * 1024  # a release along 24 chains of five layers is below 300 kB
MAX_WORDS = 20_000

Sign = Callable[[bytes], bytes]
"""Takes what is signed and gives the signature in its stored form (``record/signatures.py``)."""

Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Words = Annotated[str, msgspec.Meta(max_length=MAX_WORDS)] | None
Size = Annotated[int, msgspec.Meta(ge=1)]

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_NONCE = re.compile(r"[0-9a-f]{32}")


class BadSlip(ValueError):
    """A slip that is malformed, of another exchange, or not signed by whom it says; the message is a sentence."""


class Blob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file by its SHA-256 and size in bytes."""

    sha256: Hash
    size: Size


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a kind that says everything by being there."""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Words


class PaperSealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    side: str
    outer: Blob
    escrow: Blob


class PaperHeld(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    side: str


class HoldingDisputed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    side: str
    fault: str
    words: Words


class PapersReleased(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``peels``: text by the code of the side; ``builds_on``: ids of slips."""

    peels: dict[str, str]
    builds_on: list[Hash]


class PaperOpened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    side: str
    digest: Hash
    blank: list[str] | None


class OpeningDisputed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``file_key``: of the inner layer, in base64, or None where no key opens it."""

    side: str
    fault: str
    file_key: str | None
    words: Words


Body = Nothing | Reason | PaperSealed | PaperHeld | HoldingDisputed | PapersReleased | PaperOpened | OpeningDisputed

KINDS: Mapping[str, type[msgspec.Struct]] = {
    "exchange-agreed": Nothing,
    "exchange-declined": Reason,
    "paper-sealed": PaperSealed,
    "paper-held": PaperHeld,
    "holding-disputed": HoldingDisputed,
    "exchange-withdrawn": Reason,
    "exchange-lapsed": Nothing,
    "papers-released": PapersReleased,
    "paper-opened": PaperOpened,
    "opening-disputed": OpeningDisputed,
}
"""The kinds there are on paper, in the order of the design, with the form of their bodies."""


@dataclass(frozen=True)
class Slip:
    """One slip as read: ``said`` is its ``slip`` member, ``signature`` the stored form.

    ``act`` and ``key``: where this agreement was signed in a room instead, what was signed there and by which key.
    """

    said: Mapping[str, Any]
    body: Any
    signature: bytes
    act: Mapping[str, Any] | None = None
    key: Mapping[str, str] | None = None

    @property
    def by(self) -> str:
        return str(self.said["by"])

    @property
    def kind(self) -> str:
        return str(self.said["kind"])

    @property
    def at(self) -> str:
        return str(self.said["at"])

    @property
    def after(self) -> tuple[str, ...]:
        return tuple(self.said["after"])

    @property
    def value(self) -> dict[str, Any]:
        if self.act is not None and self.key is not None:
            return {"act": dict(self.act), "key": dict(self.key), "signature": canonical.decode(self.signature)}
        return {"slip": dict(self.said), "signature": canonical.decode(self.signature)}

    def encoded(self) -> bytes:
        """The canonical bytes."""
        return canonical.encode(self.value)

    @property
    def id(self) -> str:
        """64 hex digits."""
        return hashlib.sha256(b"\0" + self.encoded()).hexdigest()


def write(
    terms: Terms,
    by: str,
    kind: str,
    body: Mapping[str, Any],
    *,
    after: Iterable[str],
    at: str,
    nonce: str,
    sign: Sign,
) -> Slip:
    """A new slip, signed and checked as everybody else will check it. Raises ``BadSlip``."""
    said = {
        "after": sorted(set(after)),
        "at": at,
        "body": dict(body),
        "by": by,
        "exchange": terms.id,
        "kind": kind,
        "nonce": nonce,
    }
    signature = sign(canonical.encode(said))
    slip = parse({"slip": said, "signature": canonical.decode(signature)})
    check(terms, slip)
    return slip


def read(raw: bytes, terms: Terms | None = None) -> Slip:
    """The one slip in a file, in any spelling of its JSON. ``terms`` as for ``read_all``. Raises ``BadSlip``."""
    found = read_all(raw, terms)
    if len(found) != 1:
        raise BadSlip("This is not a slip of an exchange.")
    return found[0]


def read_all(raw: bytes, terms: Terms | None = None) -> list[Slip]:
    """The slips in a file: one, or a list; with ``terms`` also acts taken from their room. Raises ``BadSlip``."""
    if len(raw) > MAX_SLIP_BYTES:
        raise BadSlip("This file is larger than any slip is.")
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        raise BadSlip("This is not a slip: it is not JSON.") from None
    values = value if isinstance(value, list) else [value]
    return [parse(one) if terms is None else parse_any(terms, one) for one in values]


def parse_any(terms: Terms, value: object) -> Slip:
    """A slip, or an act taken from a room. Raises ``BadSlip``."""
    return _act(terms, value) if isinstance(value, dict) and "act" in value else parse(value)


def _act(terms: Terms, value: Mapping[str, Any]) -> Slip:
    """An act as a slip. When it was done and after what, its room knows; ``history`` puts acts in their order."""
    act, key, texts = value.get("act"), value.get("key"), value.get("peels")
    if not {"act", "key", "signature"} <= value.keys() <= {"act", "key", "signature", "peels"}:
        raise BadSlip("This is not an act taken from a room.")
    party = terms.signer(key) if isinstance(key, dict) else None
    body = act.get("body") if isinstance(act, dict) else None
    if party is None or not isinstance(act, dict) or not isinstance(body, dict) or act.get("kind") not in _ACTS:
        raise BadSlip(
            "An act taken from a room is not one of somebody named in the terms, or not one that is used here."
        )
    said = {"after": [], "at": terms.deadline, "by": party.code, "exchange": body.get("exchange"), "kind": act["kind"]}
    try:
        canonical.encode(act)
        found = _ACTS[act["kind"]](body, texts)
        return Slip(said, found, canonical.encode(value["signature"]), act, key)
    except (canonical.NotCanonical, msgspec.ValidationError, KeyError, TypeError, AttributeError) as error:
        raise BadSlip(f"An act taken from a room is malformed: {error}.") from None


def _act_sealed(body: Mapping[str, Any], _: object) -> PaperSealed:
    blobs = {name: {"sha256": body[name]["sha256"], "size": body[name]["size"]} for name in ("outer", "escrow")}
    return msgspec.convert({"side": body["side"], **blobs}, PaperSealed)


def _act_released(body: Mapping[str, Any], texts: Any) -> PapersReleased:
    """``texts``: the peels, which the act names by their digests. What it builds on are entries of its room."""
    for side, cited in body["peels"].items():
        if hashlib.sha256(texts[side].encode()).hexdigest() != cited["sha256"]:
            raise BadSlip(f"The peels of {str(side)[:60]} are not those that were released in the room.")
    return PapersReleased(dict(texts), [""] * len(body["builds_on"]))


_ACTS: Mapping[str, Callable[[Mapping[str, Any], Any], Any]] = {
    "exchange-agreed": lambda _body, _texts: Nothing(),
    "paper-sealed": _act_sealed,
    "papers-released": _act_released,
}


def parse(value: object) -> Slip:
    """The slip in decoded JSON. Raises ``BadSlip``."""
    said = value.get("slip") if isinstance(value, dict) and value.keys() == {"slip", "signature"} else None
    if not isinstance(said, dict) or said.keys() != {"after", "at", "body", "by", "exchange", "kind", "nonce"}:
        raise BadSlip("This is not a slip of an exchange.")
    kind, texts = said["kind"], [said[name] for name in ("at", "by", "exchange", "kind", "nonce")]
    if not all(isinstance(text, str) for text in texts) or kind not in KINDS:
        raise BadSlip(f"A slip of kind {str(kind)[:40]!r} is not known.")
    if not _TIME.fullmatch(said["at"]) or not _NONCE.fullmatch(said["nonce"]):
        raise BadSlip("A slip has a time in UTC with milliseconds and a nonce of 32 hexadecimal digits.")
    after = said["after"]
    try:
        msgspec.convert(after, list[Hash])
        body = msgspec.convert(said["body"], KINDS[kind])
        canonical.encode(said)
        signature = canonical.encode(value["signature"]) if isinstance(value, dict) else b""
    except (msgspec.ValidationError, canonical.NotCanonical) as error:
        raise BadSlip(f"A slip of kind {kind} is malformed: {error}.") from None
    if after != sorted(set(after)):
        raise BadSlip("A slip names those seen before it in order, each once.")
    return Slip(said, body, signature)


def check(terms: Terms, slip: Slip) -> Key:
    """The key that signed, one of the author's in the terms. Raises ``BadSlip``."""
    if slip.said["exchange"] != terms.id:
        raise BadSlip(f"This slip of {slip.by} is of another exchange.")
    try:
        party = terms.party(slip.by)
    except KeyError:
        raise BadSlip(f"{slip.by[:60]} is neither a side nor a holder of this exchange.") from None
    why, signed = "", canonical.encode(dict(slip.said if slip.act is None else slip.act))
    for key in party.signers:
        try:
            signatures.check(key, slip.signature, signed)
        except signatures.BadSignature as error:
            why = str(error)
        else:
            return key
    raise BadSlip(f"This slip is not signed by {slip.by}: {why}.")


def event(slip: Slip, digests: Mapping[str, str | None] | None = None) -> Event:
    """What a slip is in the course of its exchange. ``digests``: what a release was found to bring out."""
    body, by = slip.body, slip.by
    match body:
        case PaperSealed():
            return events.Sealed(by, body.outer.sha256, body.escrow.sha256)
        case PaperHeld():
            return events.Held(by, body.side)
        case HoldingDisputed():
            return events.HoldingDisputed(by, body.side, body.fault)
        case PapersReleased():
            return events.Released(by, slip.id, tuple(body.builds_on), digests or {})
        case PaperOpened():
            return events.Opened(by, body.side, body.digest)
        case OpeningDisputed():
            return events.OpeningDisputed(by, body.side, body.fault)
        case _:
            return _BARE[slip.kind](by)


_BARE: Mapping[str, Callable[[str], Event]] = {
    "exchange-agreed": events.Agreed,
    "exchange-declined": events.Declined,
    "exchange-withdrawn": events.Withdrawn,
    "exchange-lapsed": events.Lapsed,
}


def order(terms: Terms, slips: Iterable[Slip]) -> list[Slip]:
    """Slips in an order that everybody finds the same: by how many their author had seen, kind, and author."""
    kinds, places = list(KINDS), {party.code: place for place, party in enumerate(terms.parties)}
    return sorted(slips, key=lambda s: (len(s.after), kinds.index(s.kind), places.get(s.by, len(places)), s.id))


def file_key(text: str) -> bytes | None:
    """The 16 bytes of a file key in base64, or None where it is not one."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if len(raw) == FILE_KEY_BYTES and base64.b64encode(raw).decode() == text else None
