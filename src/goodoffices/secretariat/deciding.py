"""Deciding an act: the rules run on the rooms as they stand, and a batch is built; nothing is written.

Deciding again with the same tape of salts gives the same bodies on the same rooms, so a person can sign before the
batch is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from goodoffices.record import entries, signatures
from goodoffices.record.entries import Author, Base, Entry, Fact, Header, Signed, cited
from goodoffices.record.matter import Room
from goodoffices.record.particulars import Particular
from goodoffices.record.seats import SEATS, Seats, must_be_signed
from goodoffices.record.store import EMPTY, Addition, Batch, Head
from goodoffices.secretariat import reading, withdrawing
from goodoffices.secretariat.acts import Decided, NotFound, Request, Step, Tape, ToSign, plenary_of
from goodoffices.secretariat.binding import Binder, Names
from goodoffices.secretariat.erasing import Copies
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.working import Current, Rooms, Working
from goodoffices.talks.fields import Field, described
from goodoffices.talks.opening import OpenTalks
from goodoffices.talks.scene import AFTER_CLOSING, Refusal, Scene, Who


class Deciding:
    """One run of the rules over one request. Not to be used twice."""

    def __init__(
        self,
        office: Office,
        person: str,
        rooms: Rooms,
        names: Names,
        tape: Tape,
        bases: Mapping[str, Base],
        signed: Mapping[tuple[str, int], bytes],
    ) -> None:
        self._office, self._person, self._rooms, self._names = office, person, rooms, names
        self._tape, self._bases, self._signed = tape, dict(bases), signed
        self._working: dict[str, Working] = {}
        self._unsigned: list[ToSign] = []
        self._act = ""
        self._current = Current(rooms, self._working)
        self._copies = Copies(office.store, self._current, person)

    def run(self, request: Request) -> Decided:
        """Decide every step. Raises ``Refusal`` (nothing was written) or ``signatures.BadSignature``."""
        now, self._act = self._office.clock(), request.act
        for number, step in enumerate(request.steps):
            self._step(request, number, step, now)
        additions = tuple(self._addition(w) for _, w in sorted(self._working.items()) if w.new)
        if not additions:
            raise Refusal("This act does nothing.")
        written = {a.room for a in additions}
        read = tuple((room, head.size) for room, (_, head) in sorted(self._rooms.looked.items()) if room not in written)
        batch = Batch(self._person, request.act, request.content(), additions, read)
        after = {room: self._working[room].room for room in written}
        return Decided(batch, tuple(self._unsigned), self._bases, after)

    def _step(self, request: Request, number: int, step: Step, now: str) -> None:
        rule = self._office.rules.get(step.command)
        if rule is None:
            raise Refusal(f"There is nothing called “{step.command}” that can be done.")
        if step.on_behalf is not None and not rule.minutable:
            raise Refusal("This is not something that can be minuted on another delegation's behalf.")
        opens = rule.command is OpenTalks and step.room == plenary_of(self._person, request.act)
        if not opens and step.room not in self._current:
            raise NotFound
        here = self._work(step.room)
        binder = Binder(step.room, number, self._salt, self._names)
        command = binder.bind(rule.command, step.raw)
        scene = self._scene(step, here, command, binder.made, now)
        for fact in rule.decide(scene, command):
            self._add(request.act, scene, fact, binder.made, now)

    def _salt(self, room: str, purpose: str) -> bytes:
        size = self._work(room).head.size
        return self._tape.salt(room, purpose, lambda: self._office.random(room, size, f"{self._act}/{purpose}"))

    def _work(self, room: str) -> Working:
        if room not in self._working:
            known = room in self._rooms
            new = Working(self._rooms[room], self._rooms.head(room)) if known else Working(Room(room), EMPTY)
            self._working[room] = new
        return self._working[room]

    def _scene(self, step: Step, here: Working, command: object, made: Mapping[str, Particular], now: str) -> Scene:
        seats = here.room[SEATS]
        who = self._who(seats, step.on_behalf)
        _check_open(here.room, step.command)
        cited_entries = {ref: self._cited(here, ref) for ref in _refs(command)}
        copies = partial(self._copies.of, here.room.id)
        scene = Scene(
            who,
            here.room,
            cited_entries,
            self._current,
            self._office.log,
            copies,
            self._seated(seats),
            at=_time(here, now),
            readers=reading.readers(
                lambda citation: made.get(citation) or self._kept(here, citation), step.room, self._office.cabinet
            ),
        )
        _check_kinds(scene, command)
        return scene

    def _seated(self, seats: Seats) -> Callable[[str, str], Iterable[str]]:
        return lambda person, delegation: withdrawing.seated(self._office, seats.talks, person, delegation)

    def _work_unseen(self, room: str) -> Working:
        """As ``_work``, also for a room the author does not sit in: only a withdrawal may be written there."""
        if room not in self._working and room not in self._rooms:
            self._working[room] = Working(*withdrawing.loaded(self._office, room))
        return self._working.get(room) or self._work(room)

    def _who(self, seats: Seats, on_behalf: str | None) -> Who:
        seat = seats.seat(self._person)
        if seats.talks and seat is None:
            raise Refusal("You do not sit in this room, so you cannot write to it.")
        delegation = seat.delegation if seat else ""
        if on_behalf is not None:
            if delegation != seats.host:
                raise Refusal("Only the host minutes another delegation's act.")
            if not seats.present(on_behalf) or on_behalf == seats.host:
                raise Refusal("The delegation this is minuted for does not sit in this room.")
        return Who(self._person, delegation, on_behalf)

    def _cited(self, here: Working, ref: str) -> Entry:
        for new in here.new:
            if new.ref == ref:
                return new
        entry = self._office.entry(here.room.id, ref, here.head.size)
        if entry is None:
            raise Refusal("The entry this refers to is not on this room's record.")
        return entry

    def _add(self, act: str, scene: Scene, fact: Fact, made: Mapping[str, Particular], now: str) -> None:
        room = fact.room or scene.room.id
        here = self._work_unseen(room) if fact.kind == "delegate-withdrawn" else self._work(room)
        if here.room[SEATS].talks:
            _check_open(here.room, fact.kind)
        body = self._localised(here, scene, fact, made)
        seats = here.room[SEATS]
        header = Header(
            talks=seats.talks or body["talks"],
            room=room,
            seq=here.head.size + len(here.new),
            at=_time(here, now),
            kind=fact.kind,
            act=act,
            author=Author(self._person, scene.who.delegation or body.get("host", "")),
            on_behalf=scene.who.on_behalf,
            kind_version=fact.version,
        )
        self._append(here, *self._signed_entry(here, header, body, fact.signers))

    def _signed_entry(
        self, here: Working, header: Header, body: Mapping[str, Any], signers: tuple[Mapping[str, str], ...] | None
    ) -> tuple[Entry, bytes]:
        entry, line = _made(header, body)
        if not must_be_signed(here.room, entry):
            return entry, line
        base = self._bases.setdefault(header.room, Base(here.head.size, here.head.root.hex()))
        payload = signatures.payload(
            header.talks, header.room, header.act, header.kind, entry.body, {"size": base.size, "root": base.root}
        )
        stored = self._signed.get((header.room, len(here.new)))
        if stored is None:
            self._unsigned.append(ToSign(header.room, len(here.new), header.kind, payload))
            return entry, line
        seat = here.room[SEATS].seat(header.author.person)
        keys = seat.keys if seat else ()
        _check_signature([key for key in keys if signers is None or key in signers], stored, payload)
        here.signed.append(stored)
        return _made(replace(header, signed=Signed(base, signatures.digest(stored))), body)

    def _append(self, here: Working, entry: Entry, line: bytes) -> None:
        before = here.room
        here.room = self._office.matters.advance(here.room, [entry])
        seats = before[SEATS] if before.size else here.room[SEATS]
        if not seats.may_author(entry):
            raise Refusal("You do not sit in one of the rooms this act writes to.")
        here.new.append(entry)
        here.lines.append(line)

    def _localised(self, here: Working, scene: Scene, fact: Fact, made: Mapping[str, Particular]) -> dict[str, Any]:
        """The fact's body, every particular in this very room: what comes from elsewhere is copied, newly salted."""
        if fact.kind == "particulars-erased":
            return dict(fact.body)  # names what goes from that very room, and brings nothing
        body = fact.body
        if here.room.id != scene.room.id and "read_in" in body:  # an entry of the room in which the act is done
            body = {name: value for name, value in body.items() if name != "read_in"}
        copies: dict[str, str] = {}
        for citation in dict.fromkeys(cited(body)):
            if here.room.id == scene.room.id and citation in made:
                here.particulars[citation] = made[citation]
            elif here.room.id != scene.room.id:
                purpose = f"copy/{len(here.new)}/{len(copies)}"
                copies[citation] = self._copied(here, scene.room.id, citation, made, purpose)
        return dict(_replaced(body, copies) if copies else body)

    def _copied(self, here: Working, source: str, citation: str, made: Mapping[str, Particular], purpose: str) -> str:
        original = made.get(citation) or self._kept(self._working[source], citation)
        if original is None:
            # Erased at its source: a citation of nothing, of this very room like any other, that nobody can open.
            return Particular(self._salt(here.room.id, purpose), b"").citation
        # Its salt is for a place in this very room: nothing of the room it comes from goes into it.
        copy = Particular(self._salt(here.room.id, purpose), original.content)
        here.particulars[copy.citation] = copy
        return copy.citation

    def _kept(self, here: Working, citation: str) -> Particular | None:
        """A particular of that room, also one that this act has made there."""
        known = here.particulars.get(citation)
        return known or self._office.store.particulars(here.room.id, [citation]).get(citation)

    def _addition(self, working: Working) -> Addition:
        leaves = tuple(e.leaf for e in working.new)
        frontier, nodes = working.head.frontier.extend(leaves)
        head = Head(frontier, working.new[-1].header.at if working.new else working.head.at)
        seats = working.room[SEATS]
        first = working.head.size
        moved = tuple((d.id, d.until) for d in seats.delegates.values() if d.since >= first or (d.until or -1) >= first)
        return Addition(
            room=working.room.id,
            expected=first,
            head=head,
            lines=tuple(working.lines),
            leaves=leaves,
            nodes=tuple(nodes),
            particulars=tuple(working.particulars.values()),
            signatures=tuple(working.signed),
            erased=tuple(c for e in working.new if e.kind == "particulars-erased" for c in e.body["particulars"]),
            seats=moved,
            public=seats.kind == "public",
        )


def _time(here: Working, now: str) -> str:
    """When an entry made now stands: no earlier than the one before it, whatever the clock does."""
    return max(now, here.new[-1].header.at if here.new else here.head.at)


def _made(header: Header, body: Mapping[str, Any]) -> tuple[Entry, bytes]:
    entry, line = entries.made(header, body)
    if len(line) > entries.MAX_ENTRY_BYTES:
        raise Refusal(f"This entry has {len(line):,} bytes; the limit is {entries.MAX_ENTRY_BYTES:,}.")
    return entry, line


def _check_open(room: Room, what: str) -> None:
    if room[SEATS].closed is not None and what not in AFTER_CLOSING:
        raise Refusal("This room is closed; nothing more is written to it.")
    if room.unknown is not None and what != "delegate-withdrawn":  # taking access away cannot do harm there
        raise Refusal(
            f"This room holds an entry (“{room.unknown}”) that this version of the program does not know; "
            "it can be read and verified, but not written to, until the program is updated."
        )


def _check_kinds(scene: Scene, command: object) -> None:
    for name, f in _citing(type(command)):
        if not f.kinds:
            continue
        value = getattr(command, name)
        for ref in value if isinstance(value, tuple) else (value,):
            if ref is not None and scene.cited[ref].kind not in f.kinds:
                raise Refusal(f"{f.label}: that entry is of another kind ({scene.cited[ref].kind}).")


def _check_signature(keys: Iterable[Mapping[str, str]], stored: bytes, payload: bytes) -> None:
    last: Exception = signatures.BadSignature("No key of yours is named in this room.")
    for key in keys:
        try:
            signatures.check(dict(key), stored, payload)
        except signatures.BadSignature as error:
            last = error
        else:
            return
    raise last


def _refs(command: object) -> Iterator[str]:
    for name, f in _citing(type(command)):
        value = getattr(command, name)
        if f.row is None:
            yield from value if isinstance(value, tuple) else ((value,) if value else ())
        else:
            for row in value or ():
                yield from _refs(row)


_CITING: dict[type, tuple[tuple[str, Field], ...]] = {}


def _citing(command: type) -> tuple[tuple[str, Field], ...]:
    """The fields of a command that may name entries: refs, and rows that may have some."""
    if command not in _CITING:
        found = described(command).items()
        _CITING[command] = tuple((name, f) for name, f in found if f.type == "ref" or f.row is not None)
    return _CITING[command]


def _replaced(value: Any, copies: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return copies.get(value, value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return [_replaced(v, copies) for v in value]
    return {k: _replaced(v, copies) for k, v in value.items()} if isinstance(value, Mapping) else value
