"""Exchanges in a room's record, held against the same order and the same layers as slips on paper.

Everybody in the room can read the sealed bytes in an export, so everybody can check that each step was allowed when it
was entered, that the keys named in the terms signed it, and that releases are what the layers hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goodoffices.record import signatures
from goodoffices.record.bundles import ENTRIES, PARTICULARS, Bundle
from goodoffices.record.entries import Entry, decode
from goodoffices.record.particulars import SALT_BYTES
from goodoffices.record.verify import Fault
from goodoffices.record.verify import verify as verify_record
from goodoffices.sealing import escrow, exchanges, outers, verify
from goodoffices.sealing.escrow import Given, Seal
from goodoffices.sealing.exchanges import SEALING, Exchange, Sealing
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.order import refusal
from goodoffices.sealing.terms import Holder, Side
from goodoffices.sealing.verify import ExchangeFault, Verified

Particulars = Callable[[str], bytes | None]
"""The content of a particular by its citation, without its salt; None where it is gone."""

_UNSIGNED = {"exchange-lapsed", "paper-tabled"}
_STEPS = set(SEALING.folds) - {
    "sealing-keys-named",
    "recovery-tested",
    "sealing-keys-replacement-proposed",
    "sealing-keys-replaced",
    "exchange-proposed",
}


def is_export(data: bytes) -> bool:
    """Whether this looks like a room's record rather than a bundle of an exchange on paper."""
    return ENTRIES.encode() in data[:4096]


def verify_export(data: bytes) -> list[Verified]:
    """Verify a room's record, then every exchange in it. Raises ``ExchangeFault``."""
    try:
        report = verify_record(data)
    except Fault as fault:
        raise ExchangeFault(f"The record itself does not verify. {fault}") from fault
    with Bundle(data) as room:
        lines = room.raw(ENTRIES).split(b"\n")[:-1]
        present = set(room.names(PARTICULARS))

        def particular(citation: str) -> bytes | None:
            digest = citation.removeprefix("p:")
            return room.raw(PARTICULARS + digest)[SALT_BYTES:] if digest in present else None

        signed = {seq: hand.key for seq, hand in report.signed.items()}
        return list(verify_entries(map(decode, lines), particular, signed))


def verify_entries(entries: Iterable[Entry], particulars: Particulars, signed: Mapping[int, str]) -> Iterator[Verified]:
    """Every exchange of a record that was verified, oldest first. ``signed``: by seq, the id of the key that signed.

    Raises ``ExchangeFault`` with the first entry at fault.
    """
    walk = _Walk(particulars, signed)
    for entry in entries:
        fold = SEALING.folds.get(entry.kind)
        if fold is None:
            continue
        if entry.kind in _STEPS:
            walk.step(entry)
        walk.state = fold(walk.state, entry)
    for ref, exchange in walk.state.all.items():
        yield Verified(exchange.terms, exchange.course, tuple(walk.notes.get(ref, ())))


@dataclass
class _Walk:
    particulars: Particulars
    signed: Mapping[int, str]
    state: Sealing = field(default_factory=Sealing)
    seals: dict[tuple[str, str], Seal] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def step(self, entry: Entry) -> None:
        exchange = self.state.all.get(entry.body.get("proposal", ""))
        if exchange is None or entry.body.get("exchange") != exchange.id:
            raise _at(entry, "it is a step of an exchange that was not proposed here")
        try:
            event = exchanges.event(exchange, entry.kind, entry.acting, entry.body, entry.ref)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _at(entry, "its body is malformed") from error
        why = refusal(exchange.course, event, entry.header.at)
        if exchange.void is not None or why is not None:
            raise _at(entry, why or "a key in the terms was replaced before anybody had sealed")
        if entry.kind not in _UNSIGNED:
            self._check_signer(entry, exchange)
        try:
            self._check(entry, exchange)
        except BadLayer as error:
            raise _at(entry, f"({error.fault}) {error}") from error

    def _check_signer(self, entry: Entry, exchange: Exchange) -> None:
        party: Side | Holder | None = exchange.part(entry.acting)
        keys = {signatures.key_id(key) for key in party.signers} if party is not None else set()
        if entry.header.on_behalf is not None or self.signed.get(entry.seq) not in keys:
            raise _at(entry, "it is not signed by a key that the terms name for its author's delegation")

    def _check(self, entry: Entry, exchange: Exchange) -> None:
        body = entry.body
        match entry.kind:
            case "paper-sealed":
                self._sealed(entry, exchange)
            case "papers-released":
                self._released(entry, exchange)
            case "opening-disputed":
                self._note(exchange, self._judged(entry, exchange))
            case "holding-disputed":
                code = exchange.code(entry.acting)
                self._note(exchange, f"{code} finds the seal of {body['side']} at fault ({body['fault']}).")

    def _sealed(self, entry: Entry, exchange: Exchange) -> None:
        code, parts = exchange.code(entry.acting), []
        for name in ("outer", "escrow"):
            cited = entry.body[name]
            raw = self._read(exchange, cited, f"{name} of {code}")
            if raw is None:
                return
            parts.append(raw)
            if (outers.digest(raw), len(raw)) != (cited["sha256"], cited["size"]):
                raise _at(entry, f"its {name} is not what the entry says")
        verify.check_form(exchange.terms, *parts)
        self.seals[exchange.ref, code] = Seal(code, parts[0], parts[1], outers.digest(parts[0]))

    def _released(self, entry: Entry, exchange: Exchange) -> None:
        holder, peels = exchange.code(entry.acting), {}
        earlier = [self.given[id] for id in entry.body["builds_on"] if id in self.given]
        found: dict[str, str | None] = {}
        for side in exchange.sides:
            raw = self._read(exchange, entry.body["peels"][side], f"peels of {side} by {holder}")
            seal = self.seals.get((exchange.ref, side))
            if raw is None or seal is None:
                return
            peels[side] = escrow.read_peels(exchange.terms, raw)
            escrow.prove(exchange.terms, holder, seal, earlier, peels[side])
            secret = escrow.secret(exchange.terms, side, [*earlier, Given(holder, peels)])
            opened = None if secret is None else outers.open_outer(exchange.terms, side, seal.outer, secret)[0]
            found[side] = None if opened is None else opened.removeprefix("p:")
        if found != dict(entry.body["digests"]):
            raise _at(entry, "its peels bring out other digests than it says")
        self.given[entry.ref] = Given(holder, peels)

    def _judged(self, entry: Entry, exchange: Exchange) -> str:
        body, by = entry.body, exchange.code(entry.acting)
        given = [self.given[release.id] for release in exchange.course.releases if release.id in self.given]
        seal = self.seals.get((exchange.ref, body["side"]))
        if seal is None:
            return (
                f"{by} disputes the paper of {body['side']} ({body['fault']}), which is gone and cannot be looked at."
            )
        return verify.judged(exchange.terms, given, seal, by, body["fault"], body["file_key"])

    def _read(self, exchange: Exchange, cited: Mapping[str, Any], what: str) -> bytes | None:
        raw = self.particulars(cited["paper"])
        if raw is None:
            self._note(exchange, f"The {what} is gone, so it and what followed from it could not be checked.")
        return raw

    def _note(self, exchange: Exchange, words: str) -> None:
        self.notes.setdefault(exchange.ref, []).append(words)


def _at(entry: Entry, why: str) -> ExchangeFault:
    return ExchangeFault(f"Entry {entry.seq} ({entry.kind}): {why}.".replace("..", "."))
