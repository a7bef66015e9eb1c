"""The desk: the only door to writing and reading, opened for one person.

A desk yields readable prefixes of rooms or one ``NotFound``, the same for what exists and what does not. What it
yields depends on the person's prefixes, the request and the clock, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from msgspec import Struct

from goodoffices.record import entries
from goodoffices.record.entries import Base, Entry
from goodoffices.record.matter import Room
from goodoffices.record.particulars import Particular
from goodoffices.record.seats import SEATS, Delegate, Seats
from goodoffices.record.store import Conflict, Head, Recorded
from goodoffices.record.tree import TreeReader
from goodoffices.secretariat import destroying, exporting
from goodoffices.secretariat.acts import Decided, NotFound, Request, Step, Tape, ToSign, plenary_of
from goodoffices.secretariat.deciding import Deciding
from goodoffices.secretariat.office import Office, RoomBehind
from goodoffices.secretariat.working import Rooms
from goodoffices.talks.scene import AFTER_CLOSING, Refusal, Rule, Scene, Who

ATTEMPTS = 12  # how often an act is decided anew when rooms keep moving on


class SignatureNeeded(Exception):
    """The act holds binding entries of someone with a signing key; ``prepared`` is what to sign and hand back."""

    def __init__(self, prepared: Prepared) -> None:
        super().__init__("This act is binding: it needs your signature.")
        self.prepared = prepared


class Prepared(Struct, frozen=True):
    """An act decided but not written: its request, its salts, the bases its signer saw, and what to sign."""

    request: Request
    tape: Tape
    bases: Mapping[str, Base]
    to_sign: tuple[ToSign, ...]


class Receipt(Struct, frozen=True):
    """What an act wrote in one room: ``count`` entries from ``first``, under a signed checkpoint (C2SP note)."""

    room: str
    first: int
    count: int
    checkpoint: str


Signer = Callable[[ToSign], bytes | None]
"""Gives the stored form of a signature over ``payload``, or None to leave the act unsigned."""


@dataclass(frozen=True)
class Offer:
    """Something this person may do in a room now: a rule and the fields already known."""

    rule: Rule
    fields: Mapping[str, str]


class Desk:
    """Opened for one person (32 hex), or for the public (None)."""

    def __init__(self, office: Office, person: str | None) -> None:
        self.office, self.person = office, person
        self.behind: dict[str, str] = {}  # room -> why it is refused, filled by ``rooms``

    # Reading

    def rooms(self) -> list[RoomView]:
        """Every room this person may read, in id order, but last those that were continued in another of the same name.

        Those the database is behind on are in ``behind`` instead.
        """
        ids = self._ids()
        heads = self.office.store.heads(ids)
        views = []
        for room in ids:
            try:
                view = self._view(room, heads.get(room))
            except RoomBehind as error:
                self.behind[room] = str(error)
            else:
                views += [view] if view else []
        return sorted(views, key=lambda view: self.office.heads.continued(view.id) is not None)

    def room(self, room: str) -> RoomView:
        """The room with this id. Raises ``NotFound``, or ``RoomBehind`` to those who may read it."""
        view = self._view(room, self.office.store.heads([room]).get(room))
        if view is None:
            raise NotFound
        return view

    def named(self, talks: str, room: str) -> RoomView:
        """The room by short names (or ids) among this person's rooms. Raises ``NotFound``."""
        for view in self.rooms():
            seats = view.seats
            if talks in {seats.talks_name, seats.talks} and room in {seats.name, view.id}:
                return view
        raise NotFound

    def _ids(self) -> list[str]:
        mine = self.office.store.rooms_of(self.person) if self.person is not None else ()
        return sorted({*mine, *self.office.store.public_rooms()})

    def _view(self, room: str, head: Head | None) -> RoomView | None:
        if head is None:
            return None
        office = self.office
        state = office.load(room, head.size)
        size = self._readable(state, head.size)
        if size == 0:
            return None  # before any look at whether the room is sound: an outsider learns neither
        office.check_head(room, head)
        if size < head.size:
            return RoomView(self, office.load(room, size), office.tree(room, size).root(size))
        return RoomView(self, state, head.root)

    def _readable(self, state: Room, size: int) -> int:
        return state[SEATS].readable(self.person, size)

    # Writing

    def act(self, request: Request, signer: Signer | None = None) -> list[Receipt]:
        """Do what is asked, or refuse and write nothing.

        A repeat of the same act returns the first receipts; the same act id with other content is refused.
        Raises ``Refusal``, ``SignatureNeeded`` (when there is no ``signer`` or it gives None), ``StoreFull``.
        """
        return self._write(request, Tape(), {}, {}, signer)

    def submit(self, prepared: Prepared, signed: Mapping[tuple[str, int], bytes]) -> list[Receipt]:
        """Write an act that was prepared, with the signatures by (room, index). Raises as ``act`` does."""
        for room, base in prepared.bases.items():
            self._check_base(room, base)
        return self._write(prepared.request, prepared.tape, prepared.bases, signed, None)

    def _write(
        self,
        request: Request,
        tape: Tape,
        bases: Mapping[str, Base],
        signed: Mapping[tuple[str, int], bytes],
        signer: Signer | None,
    ) -> list[Receipt]:
        for _ in range(ATTEMPTS):
            receipts = self._repeat(request)
            if receipts is not None:
                return receipts
            decided = self._decide(request, tape, bases, signed)
            if decided.unsigned:
                prepared = Prepared(request, tape, decided.bases, decided.unsigned)
                given = {(t.room, t.index): signer(t) for t in decided.unsigned} if signer else {}
                if not given or None in given.values():
                    raise SignatureNeeded(prepared)
                bases, signed = decided.bases, {k: v for k, v in given.items() if v is not None}
                decided = self._decide(request, tape, bases, signed)
            for addition in decided.batch.additions:
                self.office.check_writable(addition.room)
            try:
                self.office.store.append([decided.batch])
            except Conflict:
                continue
            return self._acknowledge(decided)
        raise Refusal("The room is very busy just now; nothing was written. Please try again.")

    def _decide(
        self, request: Request, tape: Tape, bases: Mapping[str, Base], signed: Mapping[tuple[str, int], bytes]
    ) -> Decided:
        if self.person is None:
            raise NotFound
        return Deciding(self.office, self.person, self.sat_in(), _Names(self), tape, bases, signed).run(request)

    def sat_in(self) -> Rooms:
        """The rooms this person sits or sat in, each loaded when looked at."""
        return Rooms(self._load, self.office.store.rooms_of(self.person) if self.person is not None else ())

    def _load(self, room: str) -> tuple[Room, Head]:
        head = self.office.store.heads([room])[room]
        self.office.check_head(room, head)
        return self.office.load(room, head.size), head

    def _acknowledge(self, decided: Decided) -> list[Receipt]:
        receipts = []
        destroying.destroy(self.office, decided.batch.additions)
        for addition in decided.batch.additions:
            note = self.office.settle(decided.after[addition.room], addition.head)
            receipts.append(Receipt(addition.room, addition.expected, len(addition.lines), note))
        return self._readable_receipts(receipts, decided.after)

    def _repeat(self, request: Request) -> list[Receipt] | None:
        if self.person is None:
            raise NotFound
        recorded = self.office.store.act(self.person, request.act)
        if recorded is None:
            return None
        if recorded.content != request.content():
            raise Refusal("This act was handed in before with other content; nothing was written. Start it anew.")
        return self._recalled(recorded)

    def receipts(self, act: str) -> list[Receipt]:
        """The receipts of one of this person's own acts. Raises ``NotFound``."""
        recorded = self.office.store.act(self.person, act) if self.person is not None else None
        if recorded is None:
            raise NotFound
        return self._recalled(recorded)

    def _recalled(self, recorded: Recorded) -> list[Receipt]:
        receipts = [self._receipt(*span) for span in recorded.spans]
        heads = self.office.store.heads(r.room for r in receipts)
        return self._readable_receipts(receipts, {room: self.office.load(room, h.size) for room, h in heads.items()})

    def _receipt(self, room: str, first: int, count: int) -> Receipt:
        size = first + count
        root = self.office.tree(room, size).root(size)
        return Receipt(room, first, count, self.office.checkpoint(room, size, root))

    def _readable_receipts(self, receipts: Sequence[Receipt], states: Mapping[str, Room]) -> list[Receipt]:
        """Only those the person may read: one act may withdraw a delegate from rooms the host does not enter."""
        return [r for r in receipts if self._reads(states[r.room], r.first + r.count)]

    def _reads(self, state: Room, size: int) -> bool:
        """Whether this person may read the first ``size`` entries: a receipt is over all of them."""
        return self._readable(state, size) >= size

    def _check_base(self, room: str, base: Base) -> None:
        view = self.room(room)
        if base.size > view.size or view.root_at(base.size).hex() != base.root:
            raise Refusal("What you signed was not based on this room's record. Look at the room and sign again.")

    def open_talks(self, act: str, raw: Mapping[str, object], signer: Signer | None = None) -> list[Receipt]:
        """Open talks (``OpenTalks``): the first entries of a plenary, a host room and a public room."""
        if self.person is None:
            raise NotFound
        return self.act(Request(act, (Step(plenary_of(self.person, act), "open-talks", raw),)), signer)


class RoomView:
    """What one person may read of one room: its record from entry 0 to ``size``, and nothing past it."""

    def __init__(self, desk: Desk, state: Room, root: bytes) -> None:
        self.desk, self.state, self.root = desk, state, root
        self.id, self.size = state.id, state.size

    @property
    def seats(self) -> Seats:
        return self.state[SEATS]

    @property
    def goes_on(self) -> bool:
        """Whether acts are still written here: the room was neither closed nor continued in another."""
        return self.seats.closed is None and self.desk.office.heads.continued(self.id) is None

    def seat(self) -> Delegate | None:
        """The seat this person holds now; None for a former member and the public."""
        return self.seats.seat(self.desk.person) if self.desk.person is not None else None

    def lines(self, start: int = 0, stop: int | None = None) -> Sequence[bytes]:
        """Canonical bytes of entries, within the prefix."""
        end = self.size if stop is None else min(stop, self.size)
        return self.desk.office.store.lines(self.id, start, end) if start < end else []

    def entries(self, start: int = 0, stop: int | None = None) -> list[Entry]:
        return [entries.decode(line) for line in self.lines(start, stop)]

    def at(self, seqs: Iterable[int]) -> list[Entry]:
        """The entries in these places, in that order, in one reading; those past the prefix are left out."""
        wanted = [seq for seq in dict.fromkeys(seqs) if 0 <= seq < self.size]
        lines = self.desk.office.store.at(self.id, wanted) if wanted else {}
        return [entries.decode(lines[seq]) for seq in wanted]

    def entry(self, seq: int) -> Entry:
        """Raises ``NotFound``."""
        found = self.entries(seq, seq + 1) if seq >= 0 else []
        if not found:
            raise NotFound
        return found[0]

    def find(self, ref: str) -> Entry:
        """The entry cited as ``e:…``. Raises ``NotFound``."""
        entry = self.desk.office.entry(self.id, ref, self.size)
        if entry is None:
            raise NotFound
        return entry

    def found(self, refs: Iterable[str]) -> list[Entry]:
        """The entries cited, in that order, each once, in one reading; those past the prefix are left out."""
        return list(self.desk.office.entries(self.id, refs, self.size).values())

    def particulars(self, citations: Iterable[str]) -> dict[str, Particular]:
        """Those not erased. Give only citations found in this view's entries or state."""
        return self.desk.office.store.particulars(self.id, citations)

    def words(self, citations: Iterable[str]) -> dict[str, str]:
        """The text of particulars that are words; erased ones are absent."""
        return {c: p.content.decode() for c, p in self.particulars(citations).items()}

    def signature(self, entry: Entry) -> bytes | None:
        """The signature as stored, if the entry was signed."""
        if entry.header.signed is None:
            return None
        digest = entry.header.signed.signature
        return self.desk.office.store.signatures(self.id, [digest]).get(digest)

    def checkpoint(self) -> str:
        """The signed note over exactly this prefix."""
        return self.desk.office.checkpoint(self.id, self.size, self.root)

    def export(self, file: BinaryIO) -> None:
        """Write a bundle of exactly this prefix to ``file`` (open for writing, seekable)."""
        exporting.export(self, file)

    def inclusion(self, seq: int) -> list[bytes]:
        """The proof (RFC 9162 2.1.3) that entry ``seq`` is in the record of ``size`` entries."""
        return self._tree().inclusion(seq, self.size)

    def root_at(self, size: int) -> bytes:
        return self.root if size == self.size else self._tree().root(size)

    def _tree(self) -> TreeReader:
        return self.desk.office.tree(self.id, self.size)

    def offers(self, on_behalf: str | None = None) -> list[Offer]:
        """What this person may do here now, for their own delegation or minuted for another; nothing else."""
        seat = self.seat()
        if seat is None or self.desk.person is None or self.state.unknown is not None:
            return []
        if self.desk.office.heads.continued(self.id) is not None:
            return []
        if on_behalf is not None and (seat.delegation != self.seats.host or not self.seats.present(on_behalf)):
            return []
        who = Who(self.desk.person, seat.delegation, on_behalf)
        scene = Scene(who, self.state, rooms=self.desk.sat_in(), at=self.desk.office.clock())
        rules = (r for r in self.desk.office.rules.values() if on_behalf is None or r.minutable)
        if self.seats.closed is not None:
            rules = (r for r in rules if r.name in AFTER_CLOSING)
        return [Offer(rule, fields) for rule in rules for fields in rule.offer(scene)]


class _Names:
    """Short names, resolved only among what the person may see."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def delegation(self, room: str, name: str) -> str:
        for seats in self._seats(room):
            for member in sorted(seats.delegations.values(), key=lambda d: d.until is not None):  # who sits here first
                if name in {member.id, member.code}:
                    return member.id
        raise Refusal(f"No delegation called “{name}” sits here.")

    def room(self, here: str, name: str) -> str:
        talks = self._desk.room(here).seats.talks
        for view in self._desk.rooms():
            if name in {view.id, view.seats.name} and view.seats.talks == talks and view.seat() is not None:
                return view.id
        raise Refusal(f"You sit in no room called “{name}”.")

    def _seats(self, room: str) -> Iterator[Seats]:
        """This room's first; then those of the same talks, for a point carried to a delegation that is not here."""
        here = self._desk.room(room).seats
        yield here
        yield from (view.seats for view in self._desk.rooms() if view.seats.talks == here.talks)
