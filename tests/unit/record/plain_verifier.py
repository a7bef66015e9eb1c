"""A second verifier, slow and straightforward: one entry after the other, every rule where it is read in record.md.

It shares folds, signatures and the forms of bodies with the quick one, and neither its reading of lines, its summing up
nor its processes. ``first_fault`` answers with the place of the first fault, or None.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import rfc8785

from goodoffices.record import checkpoints, entries, logkeys, signatures
from goodoffices.record.checkpoints import VerifierKey
from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matters, Room
from goodoffices.record.seats import BINDING, SEATS, Seats
from goodoffices.record.tree import Pyramid, leaf_hash
from goodoffices.record.verify.bodies import malformed

WHOLE = "whole"  # the fault of no one entry
HEX_32, HEX_64 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


class Wrong(Exception):
    """This entry fails."""


def expect(holds: object, why: str) -> None:
    if not holds:
        raise Wrong(why)


def first_fault(bundle: bytes) -> int | str | None:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    raw = members["entries.jsonl"]
    lines = raw.split(b"\n")
    ended = lines.pop() == b""
    if not ended:
        lines.append(raw.rpartition(b"\n")[2])
    record = Plain(members, lines, ended)
    try:
        for seq, line in enumerate(lines):
            record.check(seq, line)
        expect(lines, "no entries")
        record.check_altered(len(lines))
        record.check_missing()
    except Wrong:
        return record.place
    record.place = WHOLE
    try:
        record.check_whole()
    except Wrong:
        return record.place
    return None


class Plain:
    def __init__(self, members: dict[str, bytes], lines: list[bytes], ended: bool) -> None:
        self.members, self.lines, self.ended = members, lines, ended
        self.leaves = [leaf_hash(line) for line in lines]
        given = members["leaves"]
        self.given = [given[i : i + 32] for i in range(0, len(given), 32)]
        self.rooted = self._rooted()
        self.seats = Seats()
        self.entries: list[Entry] = []
        self.acts: list[tuple[str, Any]] = []
        self.answered: set[int] = set()
        self.cited: dict[str, int] = {}
        self.erased: dict[str, int] = {}
        self.used: set[str] = set()
        self.missing: list[str] = []
        self.keys: list[bytes] = []
        self.place: int | str = WHOLE
        try:
            manifest = json.loads(members["manifest.json"])
            expect(rfc8785.dumps(manifest) == members["manifest.json"], "canonical")
            self.absent: list[str] | None = list(manifest["absent"])
        except (Wrong, ValueError, TypeError, KeyError, RecursionError, rfc8785.CanonicalizationError):
            self.absent = None
        if self.absent is not None and not all(isinstance(digest, str) for digest in self.absent):
            self.absent = None

    def _rooted(self) -> bool:
        text = self.members["checkpoint"].split(b"\n")
        if len(text) < 4 or any(len(leaf) != 32 for leaf in self.given) or not self.given:
            return False
        body = checkpoints.Checkpoint("x", len(self.given), Pyramid(self.given).root()).body.encode()
        return text[1:3] == body.split(b"\n")[1:3]

    def check_altered(self, seq: int) -> None:
        """Whether line ``seq`` is the one under the checkpoint (where that can be told); one past the end: whether any
        is missing."""
        self.place = seq
        if self.rooted and self.leaves != self.given:
            expect(seq < len(self.lines) or seq >= len(self.given), "missing")
            expect(seq >= len(self.lines) or (seq < len(self.given) and self.leaves[seq] == self.given[seq]), "altered")

    def check(self, seq: int, line: bytes) -> None:
        self.check_altered(seq)
        expect(self.ended or seq < len(self.lines) - 1, "cut short")
        entry = self._entry(seq, line)
        header = entry.header
        expect(header.seq == seq, "order")
        if self.entries:
            first, last = self.entries[0].header, self.entries[-1].header
            expect((header.talks, header.room) == (first.talks, first.room), "another record")
            expect(header.at >= last.at, "backwards")
        if not self.acts or self.acts[-1][0] != header.act:
            expect(header.act not in {act for act, _ in self.acts}, "act over")
            self.acts.append((header.act, header.author))
        expect(self.acts[-1][1] == header.author, "author within the act")
        before = self.seats
        try:
            self._check_meaning(entry)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise Wrong("malformed") from error
        self._check_particulars(entry)
        self._check_own(entry, before)
        self.entries.append(entry)

    def _entry(self, seq: int, line: bytes) -> Entry:
        try:
            value = json.loads(line)
            canonical = rfc8785.dumps(value)
        except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
            raise Wrong("no JSON") from error
        expect(canonical == line and len(line) <= 65536, "canonical")
        expect(_only_whole(value), "numbers")
        expect(isinstance(value, dict) and value.keys() == {"body", "header"}, "parts")
        header = value["header"]
        expect(isinstance(value["body"], dict) and isinstance(header, dict), "parts")
        expect(
            header.keys() - {"for", "signed"} == {"v", "talks", "room", "seq", "at", "kind", "kv", "act", "author"}, ""
        )
        ids = [header["talks"], header["room"], header["act"], header.get("for", "0" * 32)]
        expect(isinstance(header["author"], dict) and header["author"].keys() == {"person", "delegation"}, "author")
        ids += header["author"].values()
        expect(all(isinstance(id, str) and HEX_32.fullmatch(id) for id in ids), "ids")
        expect(header["v"] == 1 and type(header["v"]) is int and _whole(header["seq"]), "numbers")
        expect(_whole(header["kv"]) and header["kv"] > 0, "numbers")
        kind, at = header["kind"], header["at"]
        expect(isinstance(kind, str) and re.fullmatch("[a-z0-9-]{1,60}", kind), "kind")
        expect(isinstance(at, str) and re.fullmatch(r"[\d-]{10}T[\d:]{8}\.\d{3}Z", at, re.ASCII), "time")
        try:
            expect(datetime.fromisoformat(at).isoformat(timespec="milliseconds")[:23] + "Z" == at, "time")
        except ValueError as error:
            raise Wrong("time") from error
        if "signed" in header:
            signed = header["signed"]
            expect(isinstance(signed, dict) and signed.keys() == {"base", "signature"}, "signed")
            base = signed["base"]
            expect(isinstance(base, dict) and base.keys() == {"root", "size"} and _whole(base["size"]), "signed")
            for text in (base["root"], signed["signature"]):
                expect(isinstance(text, str) and HEX_64.fullmatch(text), "signed")
        return entries.decode(line)

    def _check_meaning(self, entry: Entry) -> None:
        header = entry.header
        expect((entry.kind == "room-opened") == (entry.seq == 0), "room-opened")
        known = entry.kind in SEATS.folds or entry.kind in {"minute-confirmed", "minute-objected"}
        expect(not known or header.kind_version == 1, "version")
        expect(malformed(entry.kind, entry.body) is None, "body")
        after = Matters([SEATS]).advance(Room(header.room, entry.seq, {"seats": self.seats}), [entry])[SEATS]
        judged = after if entry.seq == 0 else self.seats
        last_kinds = {"delegate-withdrawn", "particulars-erased", "log-key-replaced"}
        expect(judged.closed is None or entry.kind in last_kinds, "closed")
        expect(judged.may_author(entry), "author")
        expect(header.on_behalf is None or header.author.delegation == judged.host, "for")
        seat = judged.seat(header.author.person)
        keys = seat.keys if seat else ()
        if header.signed is None:
            expect(entry.kind not in BINDING or header.on_behalf or not keys, "unsigned")
        else:
            self._check_signature(entry, keys)
        self.seats = after

    def _check_signature(self, entry: Entry, keys: tuple[dict[str, str], ...]) -> None:
        header = entry.header
        assert header.signed is not None
        base, digest = header.signed.base, header.signed.signature
        expect(base.size <= entry.seq, "base")
        expect(Pyramid(self.leaves[: base.size]).root().hex() == base.root, "base")
        stored = self.members.get(f"signatures/{digest}", b"")
        expect(hashlib.sha256(stored).hexdigest() == digest, "signature")
        self.used.add(f"signatures/{digest}")
        signed = {"talks": header.talks, "room": header.room, "act": header.act, "kind": header.kind}
        payload = rfc8785.dumps(signed | {"body": dict(entry.body), "base": {"size": base.size, "root": base.root}})
        for key in keys:
            try:
                return signatures.check(key, stored, payload)
            except signatures.BadSignature:
                continue
        raise Wrong("signature")

    def _check_particulars(self, entry: Entry) -> None:
        found = re.findall(r'"p:([0-9a-f]{64})"', json.dumps(_values(entry.body)))
        for digest in found:
            if digest in self.cited:
                continue
            self.cited[digest] = entry.seq
            content = self.members.get(f"particulars/{digest}")
            if content is None:
                self.missing.append(digest)
            else:
                expect(hashlib.sha256(content).hexdigest() == digest and len(content) >= 16, "exchanged")
            self.used.add(f"particulars/{digest}")

    def check_missing(self) -> None:
        """Last, since any entry may say that a particular cited before was erased."""
        for digest in self.missing:
            self.place = self.cited[digest]
            expect(self.absent is None or digest in self.absent or digest in self.erased, "missing")

    def _check_own(self, entry: Entry, before: Seats) -> None:
        body, kind = entry.body, entry.kind
        if kind == "room-opened":
            expect(body["talks"] == entry.header.talks, "talks")
            expect(body["log"]["origin"].endswith("/" + entry.header.room), "origin")
            self._replace_key(lambda: logkeys.public(body["log"]["key"]))
        elif kind == "delegate-accredited":
            expect(before.seat(body["delegate"]["id"]) is None, "seated")
        elif kind == "key-named":
            expect(body["delegate"] == entry.header.author.person, "own key")
        elif kind == "log-key-replaced":
            self._replace_key(lambda: logkeys.check(before.log["origin"], self.keys[-1], body))
        elif kind == "particulars-erased":
            for citation in body["particulars"]:
                expect(self.cited.get(citation[2:], entry.seq) < entry.seq, "erases what is cited")
                expect(f"particulars/{citation[2:]}" not in self.members, "still there")
                self.erased.setdefault(citation[2:], entry.seq)
        elif kind in {"minute-confirmed", "minute-objected"}:
            minuted = [e for e in self.entries if e.ref == body["entry"] and e.header.on_behalf]
            expect(minuted and minuted[0].seq not in self.answered, "answers a minute, once")
            expect(entry.header.on_behalf is None, "by itself")
            expect(entry.header.author.delegation == minuted[0].header.on_behalf, "whose it is")
            self.answered.add(minuted[0].seq)

    def _replace_key(self, new: Any) -> None:
        try:
            self.keys.append(new())
        except logkeys.BadReplacement as error:
            raise Wrong("log key") from error

    def check_whole(self) -> None:
        origin, absent = self.seats.log["origin"], self.absent or []
        try:
            note = self.members["checkpoint"].decode()
            checkpoint = checkpoints.open_note(note, [VerifierKey(origin, self.keys[-1])])
        except ValueError as error:
            raise Wrong("checkpoint") from error
        if checkpoint.size != len(self.leaves):
            self.place = min(checkpoint.size, len(self.leaves))
            raise Wrong("missing or added")
        expect(checkpoint.root == Pyramid(self.leaves).root(), "checkpoint")
        expect(self.leaves == self.given, "leaves")
        first = self.entries[0].header
        said = {"format": "goodoffices-bundle/1", "talks": first.talks, "room": first.room, "origin": origin}
        said |= {"size": len(self.lines), "absent": absent}
        expect(self.members["manifest.json"] == rfc8785.dumps(said) and absent == sorted(set(absent)), "manifest")
        for digest in absent:
            expect(digest in self.cited and digest not in self.erased, "absent")
            expect(f"particulars/{digest}" not in self.members, "absent")
        folders = {name for name in self.members if "/" in name}
        expect(folders <= self.used, "something more")


def _whole(value: object) -> bool:
    return type(value) is int and 0 <= value <= 10**16 - 1


def _only_whole(value: object) -> bool:
    if isinstance(value, dict):
        return all(key.isascii() and _only_whole(part) for key, part in value.items())
    if isinstance(value, list):
        return all(map(_only_whole, value))
    return not isinstance(value, float) and (type(value) is not int or abs(value) < 2**53)


def _values(body: Any) -> list[str]:
    if isinstance(body, str):
        return [body]
    parts = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    return [text for part in parts for text in _values(part)]
