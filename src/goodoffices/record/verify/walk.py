"""The walk: what follows from what stands before an entry, in order: seats, keys, acts, minutes.

Entries that change none of this and are not signed were summed up by ``reading``; only the others are read whole here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter

from goodoffices.record import entries, logkeys, signatures
from goodoffices.record.entries import Author, Base, Entry
from goodoffices.record.seats import BINDING, SEATS, Seats
from goodoffices.record.tree import Pyramid, split
from goodoffices.record.verify.bodies import FORMS, malformed
from goodoffices.record.verify.reading import ANSWERS, OTHER_AUTHOR, Run, Writer, backwards
from goodoffices.record.verify.report import Faults, Label

AFTER_CLOSING = frozenset({"delegate-withdrawn", "particulars-erased", "log-key-replaced"})
_OPENED = "room-opened"


@dataclass(frozen=True)
class ToCheck:
    """A signature to check: by one of ``keys``, over ``payload``; and the base it was made on."""

    seq: int
    person: str
    keys: tuple[dict[str, str], ...]
    digest: str
    payload: bytes
    base: Base


@dataclass
class Walk:
    """One walk along a record. ``line(start, end)`` gives bytes of the file. ``faults.first`` ends it.

    ``cited``: digests (64 hex) and the first entry that cites each; ``erased``: digests and the erasing entry.
    """

    line: Callable[[int, int], bytes]
    faults: Faults = field(default_factory=Faults)
    seats: Seats = field(default_factory=Seats)
    log_keys: list[bytes] = field(default_factory=list)
    size: int = 0
    pyramid: Pyramid = field(default_factory=Pyramid)
    cited: dict[bytes, int] = field(default_factory=dict)
    erased: dict[bytes, int] = field(default_factory=dict)
    to_check: list[ToCheck] = field(default_factory=list)
    minuted: dict[int, Label] = field(default_factory=dict)
    _minutes: dict[str, tuple[int, str]] = field(default_factory=dict)  # ref -> seq, delegation
    _acts: set[bytes] = field(default_factory=set)
    _act: tuple[bytes, tuple[str, str]] = (b"", ("", ""))
    _at: str = ""

    def take(self, run: Run) -> bool:
        """Walk on along the next run; False once a fault was found."""
        self._note_acts(run)
        self._note_cited(run)
        self._note_minuted(run)
        self._walk(run)
        if run.fault:
            self.faults.note(*run.fault)
        self.pyramid.extend(split(run.leaves))
        self.size += run.count
        return self.faults.first is None

    def _note_acts(self, run: Run) -> None:
        if run.first_at and run.first_at < self._at:
            self.faults.note(run.first, backwards(run.first_at, self._at))
        acts = [run.acts[place : place + 32] for place in range(0, len(run.acts), 32)]
        if acts:
            self._note_stretches(run, acts)
            self._act = acts[-1], run.authors[1]
        self._at = run.last_at or self._at

    def _note_stretches(self, run: Run, acts: list[bytes]) -> None:
        """The first may go on with the act before it; every other begins an act of its own."""
        begun = 0
        if run.stretches[0] == run.first and acts[0] == self._act[0]:
            begun = 1
            if run.authors[0] != self._act[1]:
                self.faults.note(run.first, OTHER_AUTHOR)
        fresh = set(acts[begun:])
        if len(fresh) < len(acts) - begun or not self._acts.isdisjoint(fresh):
            seq = run.stretches[begun + self._repeated(acts[begun:])]
            self.faults.note(seq, "its act was over before: entries of one act stand together")
        self._acts |= fresh

    def _repeated(self, acts: list[bytes]) -> int:
        """Which of these acts is the first that was there before."""
        seen = set(self._acts)
        for number, act in enumerate(acts):
            if act in seen:
                return number
            seen.add(act)
        raise AssertionError("one of them is there twice")

    def _note_cited(self, run: Run) -> None:
        for digest, seq in run.cited.items():
            self.cited.setdefault(digest, seq)

    def _note_minuted(self, run: Run) -> None:
        for seq, delegation in run.minuted:
            place = 32 * (seq - run.first)
            self._minutes["e:" + run.leaves[place : place + 32].hex()] = seq, delegation
            self.minuted[seq] = "minuted"

    def _walk(self, run: Run) -> None:
        for number, writers in enumerate(run.writers):
            for writer, seq in sorted(writers.items(), key=itemgetter(1)):
                why = self._plain(seq, writer)
                if why:
                    return self.faults.note(seq, why)
            if number < len(run.apart):
                seq, start, end = run.apart[number]
                why = self._whole(self.line(start, end))
                if why:
                    return self.faults.note(seq, why)
        return None

    def _plain(self, seq: int, writer: Writer) -> str | None:
        """An entry that is not signed and leaves seats and minutes as they are."""
        if seq == 0:
            return "a record begins with room-opened, and this is another kind"
        if self.seats.closed is not None:
            return _closed(self.seats)
        person, delegation, behalf, binding = writer
        author = Author(person, delegation)
        return self._seated(author, behalf) or self._unsigned(author, binding)

    def _seated(self, author: Author, behalf: bool) -> str | None:
        seat = self.seats.seat(author.person)
        if seat is None or seat.delegation != author.delegation:
            return f"its author, person {author.person}, was not seated for delegation {author.delegation}"
        return self._behalf(author, behalf)

    def _behalf(self, author: Author, behalf: bool) -> str | None:
        if behalf and author.delegation != self.seats.host:
            return "it was entered on another delegation's behalf, which only the host does"
        return None

    def _unsigned(self, author: Author, binding: bool) -> str | None:
        seat = self.seats.seat(author.person)
        if binding and seat is not None and seat.keys:
            return f"it is binding and its author, person {author.person}, has a key, but it is not signed"
        return None

    def _whole(self, line: bytes) -> str | None:
        try:
            return self._apart(entries.decode(line))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            return f"its body is malformed: {type(error).__name__} {str(error)[:200]}"

    def _apart(self, entry: Entry) -> str | None:
        header = entry.header
        if (entry.seq == 0) != (entry.kind == _OPENED):
            return "room-opened stands at the beginning of a record and nowhere else"
        if entry.kind in FORMS and header.kind_version != entries.KIND_VERSION:
            return f"this program does not know version {header.kind_version} of {entry.kind}"
        why = malformed(entry.kind, entry.body)
        if why:
            return why
        before, self.seats = self.seats, SEATS.folds.get(entry.kind, _same)(self.seats, entry)
        judged = before if entry.seq else self.seats
        own = self._own.get(entry.kind, Walk._nothing)
        return self._written(judged, entry) or self._signed(judged, entry) or own(self, before, entry)

    def _written(self, seats: Seats, entry: Entry) -> str | None:
        """Whether its author may write this at all, in the state before it."""
        author, behalf = entry.header.author, entry.header.on_behalf is not None
        if seats.closed is not None and entry.kind not in AFTER_CLOSING:
            return _closed(seats)
        if not seats.may_author(entry):
            seat = seats.seat(author.person)
            if seat is not None and seat.delegation == author.delegation:
                return "it was entered on another delegation's behalf, which only the host does"
            return f"its author, person {author.person}, was not seated for delegation {author.delegation}"
        if behalf and author.delegation != seats.host:
            return "it was entered on another delegation's behalf, which only the host does"
        return None

    def _signed(self, seats: Seats, entry: Entry) -> str | None:
        header = entry.header
        seat = seats.seat(header.author.person)
        keys = seat.keys if seat is not None else ()
        if header.signed is None:
            if entry.kind in BINDING and header.on_behalf is None and keys:
                return f"it is binding and its author, person {header.author.person}, has a key, but it is not signed"
            return None
        if not keys:
            return f"it is signed, and its author, person {header.author.person}, had no key here"
        base = header.signed.base
        if base.size > entry.seq:
            return f"it was signed on a base of {base.size} entries, more than stand before it"
        payload = signatures.payload(
            header.talks, header.room, header.act, header.kind, entry.body, {"size": base.size, "root": base.root}
        )
        self.to_check.append(ToCheck(entry.seq, header.author.person, keys, header.signed.signature, payload, base))
        return None

    # What some kinds of the record's own ask besides.

    def _nothing(self, _: Seats, __: Entry) -> str | None:
        return None

    def _opened(self, _: Seats, entry: Entry) -> str | None:
        if entry.body["talks"] != entry.header.talks:
            return "its body names other talks than its header"
        if not entry.body["log"]["origin"].endswith("/" + entry.header.room):
            return "its log is of another room"
        try:
            self.log_keys.append(logkeys.public(entry.body["log"]["key"]))
        except logkeys.BadReplacement as error:
            return str(error)
        return None

    def _accredited(self, before: Seats, entry: Entry) -> str | None:
        if before.seat(entry.body["delegate"]["id"]) is not None:
            return "it accredits a person who has a seat: that would exchange their keys"
        return None

    def _key_named(self, _: Seats, entry: Entry) -> str | None:
        if entry.body["delegate"] != entry.header.author.person:
            return "it names a key for somebody else than its author"
        return None

    def _log_key_replaced(self, before: Seats, entry: Entry) -> str | None:
        try:
            self.log_keys.append(logkeys.check(before.log["origin"], self.log_keys[-1], entry.body))
        except logkeys.BadReplacement as error:
            return str(error)
        return None

    def _erased(self, _: Seats, entry: Entry) -> str | None:
        for citation in entry.body["particulars"]:
            digest = citation[2:].encode()
            if self.cited.get(digest, entry.seq) >= entry.seq:
                return f"it erases {citation[2:]}, which no entry before it cites"
            self.erased.setdefault(digest, entry.seq)
        return None

    def _answered(self, _: Seats, entry: Entry) -> str | None:
        seq, delegation = self._minutes.get(entry.body["entry"], (entry.seq, ""))
        if seq >= entry.seq:
            return "it answers an entry that was not minuted"
        if entry.header.on_behalf is not None or entry.header.author.delegation != delegation:
            return f"it answers entry {seq}, which was minuted for another delegation than its author's"
        if self.minuted[seq] != "minuted":
            return f"it answers entry {seq}, which was answered before"
        self.minuted[seq] = "minuted-confirmed" if ANSWERS[entry.kind] == "minuted-confirmed" else "minuted-objected"
        return None

    _own = {
        "room-opened": _opened,
        "delegate-accredited": _accredited,
        "key-named": _key_named,
        "log-key-replaced": _log_key_replaced,
        "particulars-erased": _erased,
        "minute-confirmed": _answered,
        "minute-objected": _answered,
    }


def _same(seats: Seats, _: Entry) -> Seats:
    return seats


def _closed(seats: Seats) -> str:
    return f"the room was closed by entry {seats.closed}"
