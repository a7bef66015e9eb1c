"""Replaying a talks file: every act of its script done in order, through the same door as any other act.

Done once in memory, where all rules really run, it shows that a file is sound; done again in the host's office, it
writes. Clock, chance, people's ids and keys are handed in, so both runs decide alike.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from goodoffices.papers.marked import BadFile, Place, Text
from goodoffices.prisoners.lists.tables import BadList
from goodoffices.prisoners.planning.making import NoPlan
from goodoffices.record import entries
from goodoffices.record.checkpoints import LogKey
from goodoffices.record.entries import Entry
from goodoffices.record.logkeys import LogKeys
from goodoffices.record.memory import MemoryStore
from goodoffices.record.seats import SEATS
from goodoffices.record.signatures import BadSignature
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.layers import BadPaper
from goodoffices.secretariat import acts, exercise_prisoners, exercising, exercising_lists, filling, talksfile
from goodoffices.secretariat.acts import NotFound, Request
from goodoffices.secretariat.binding import BadField
from goodoffices.secretariat.desk import Desk, SignatureNeeded, Signer
from goodoffices.secretariat.office import Heads, Office
from goodoffices.secretariat.talksfile import Act, Step, TalksFile
from goodoffices.talks.scene import Refusal, Rule


@dataclass(frozen=True)
class Cast:
    """Who the people of a file are here: ids (32 hex), and for exercise keys the key as named and the signer."""

    ids: Mapping[str, str]
    keys: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    signers: Mapping[str, Signer] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """One act done: its place in the script (0 opens the talks) and what each step wrote, by room id."""

    number: int
    act: Act
    wrote: tuple[Mapping[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True)
class Held:
    """An entry that holds a row of a file's source: the label of its step, its room (short name), and the entry."""

    label: str
    room: str
    entry: Entry


def held(replay: Replay) -> dict[int, list[Held]]:
    """By row of the source, what holds it, in the script's order; the replay is run to its end."""
    found: dict[int, list[Held]] = {}
    for done in replay:
        names = {room: name for name, room in replay.rooms.items()}
        for step, wrote in zip(done.act.steps, done.wrote, strict=True):
            here = replay.rooms[step.room.value]
            room = here if here in wrote else next(iter(wrote), here)
            for row in step.rows:
                found.setdefault(row, []).append(Held(step.label or "", names[room], wrote[room][0]))
    return found


def text_of(content: bytes) -> str:
    """The text of a file. Raises ``BadFile`` at the first byte that is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[line_start : error.start].decode("utf-8", "replace")) + 1
        raise BadFile(Place(content.count(b"\n", 0, error.start) + 1, column), "this is not UTF-8 text.") from error


def read(text: str, rules: Mapping[str, Rule]) -> TalksFile:
    """The talks file in ``text``, checked as far as it can be without running a rule. Raises ``BadFile``."""
    file = talksfile.read(text, rules)
    filling.check(file, rules)
    return file


def act_id(key: bytes, room: str, number: int) -> str:
    """The id of the ``number``-th act of a replay done in the room of this short name.

    Keyed with a secret of this replay, so that it tells a reader of the room neither where in the script an act
    stood nor that there is a script; the same again for the same replay, so that a repeat is harmless.
    """
    return hmac.digest(key, f"{room}/{number}".encode(), "sha256").hex()[:32]


def rehearse(file: TalksFile, office: Office, cast: Cast, papers: Callable[[str], bytes], seed: bytes) -> list[Done]:
    """Everything in memory, with the clock, rules and folds of ``office``; nothing of it is kept.

    ``seed``: 32 bytes for this rehearsal's own log key. Raises ``BadFile`` at the first act that is refused.
    """
    memory = Office(
        store=MemoryStore(),
        heads=_MemoryHeads(),
        log_keys=LogKeys(LogKey.from_seed(seed)),
        host=office.host,
        matters=office.matters,
        rules=office.rules,
        clock=office.clock,
        random=office.random,
    )
    return list(Replay(file, memory, cast, papers, seed))


@dataclass
class _MemoryHeads(Heads):
    notes: dict[str, str] = field(default_factory=dict)

    def newest(self, room: str) -> str | None:
        return self.notes.get(room)

    def write(self, room: str, note: str) -> None:
        self.notes[room] = note


@dataclass
class Replay:
    """One run over a file; iterate to do one act after another. Raises ``BadFile`` where an act is refused."""

    file: TalksFile
    office: Office
    cast: Cast
    papers: Callable[[str], bytes]
    key: bytes
    rooms: dict[str, str] = field(default_factory=dict)  # short name -> id
    labels: dict[str, Mapping[str, tuple[Entry, ...]]] = field(default_factory=dict)
    seeds: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # of lists of an exercise, by ref

    def act_ids(self) -> Iterator[tuple[str, str]]:
        """The person and the id of every act, in the script's order."""
        counts = Counter[str]()
        for act in self.file.acts:
            first = act.steps[0].room.value
            yield self.cast.ids[act.by], act_id(self.key, first, counts[first])
            counts[first] += 1

    def __iter__(self) -> Iterator[Done]:
        for number, (act, (_, id)) in enumerate(zip(self.file.acts, self.act_ids(), strict=True)):
            yield self._do(number, act, id)

    def _do(self, number: int, act: Act, id: str) -> Done:
        person = self.cast.ids[act.by]
        if filling.shortened(act.steps[0], self.office.rules[act.steps[0].command], self.file):
            ids = self._in_parts(act, id)
        else:
            ids = [id]
            if self.office.store.act(person, id) is None:  # sealed anew, what was done before would be another act
                new = acts.plenary_of(person, id)
                self._hand_in(act, Request(id, tuple(self._step(act, step, new, id) for step in act.steps)))
        wrote: dict[str, tuple[Entry, ...]] = {}
        for one in ids:
            recorded = self.office.store.act(person, one)
            for room, start, size in recorded.spans if recorded else ():
                wrote[room] = wrote.get(room, ()) + self._entries(room, start, size)
        self._remember_seeds(act, wrote)
        self._remember_rooms(wrote)
        done = Done(number, act, tuple(self._written(act, step, wrote) for step in act.steps))
        self._check_signed(act, wrote)
        return done

    def _in_parts(self, act: Act, id: str) -> list[str]:
        """The ids of the acts of a step that is several; those not done yet are done."""
        if len(act.steps) > 1:
            raise BadFile(act.place, f"“{act.steps[0].command}” is an act of its own here, or several of them.")
        (step,), scope, person = act.steps, _There(self, act.steps[0]), self.cast.ids[act.by]
        raw = filling.filled(step, self.office.rules[step.command], self.file, scope)
        room, behalf = scope.room(step.room), scope.seated(step.on_behalf) if step.on_behalf is not None else None
        desk, signer = Desk(self.office, person), self.cast.signers.get(act.by)
        exercise = exercise_prisoners.Exercise(desk, room, self.labels, self.seeds, signer, behalf)
        with _refused(self, act):
            parts = exercise.parts(step.command, raw)
        ids = [id, *(acts.part_of(id, number) for number in range(1, len(parts)))]
        for part, one in zip(parts, ids, strict=False):
            if self.office.store.act(person, one) is None:
                with _refused(self, act):
                    part(one)
        return ids

    def _hand_in(self, act: Act, request: Request) -> None:
        with _refused(self, act):
            Desk(self.office, self.cast.ids[act.by]).act(request, self.cast.signers.get(act.by))

    def _step(self, act: Act, step: Step, new: str, id: str) -> acts.Step:
        scope = _There(self, step)
        raw = filling.filled(step, self.office.rules[step.command], self.file, scope)
        room = new if step.command == "open-talks" else scope.room(step.room)
        if filling.shortened(step, self.office.rules[step.command], self.file):
            raise BadFile(step.place, f"“{step.command}” written so is an act of its own.")
        if step.command == "file-list":
            raw = self._listed(act, step, room, id, raw)
        elif step.command in exercising.WRITTEN:
            raw = self._exercised(act, step, room, raw)
        behalf = scope.seated(step.on_behalf) if step.on_behalf is not None else None
        return acts.Step(room, step.command, raw, behalf)

    def _listed(self, act: Act, step: Step, room: str, id: str, raw: dict[str, Any]) -> dict[str, Any]:
        """A list of people who do not exist."""
        try:
            return exercising_lists.raw(Desk(self.office, self.cast.ids[act.by]), room, id, raw)
        except NotFound as error:
            raise BadFile(act.place, f"refused: “{act.by}” does not sit in this room.") from error
        except (Refusal, BadList) as error:
            raise BadFile(step.place, f"refused: {error}") from error

    def _exercised(self, act: Act, step: Step, room: str, raw: dict[str, Any]) -> dict[str, Any]:
        """What somebody with keys of their own would hand in."""
        state = self.office.load(room, self.office.store.heads([room])[room].size)
        seat, signer = state[SEATS].seat(self.cast.ids[act.by]), self.cast.signers.get(act.by)
        if seat is None or signer is None:
            raise BadFile(act.place, f"“{act.by}” needs a seat here and an exercise key for this.")

        def content(citation: str) -> bytes:
            return self.office.store.particulars(room, [citation])[citation].content

        def sign(payload: bytes) -> bytes:
            return signer(acts.ToSign(room, 0, "paper-written", payload)) or b""

        exercise = exercising.Exercise(self.key, state, seat.delegation, content, sign)
        try:
            return exercise.raw(step.command, raw)
        except (BadLayer, BadPaper, KeyError) as error:
            raise BadFile(step.place, f"refused: {error}") from error

    def _entries(self, room: str, start: int, size: int) -> tuple[Entry, ...]:
        return tuple(entries.decode(line) for line in self.office.store.lines(room, start, start + size))

    def _remember_seeds(self, act: Act, wrote: Mapping[str, tuple[Entry, ...]]) -> None:
        """What the lists of an exercise were made from, by which those who judge them know who is who."""
        for step in act.steps:
            if step.command == "file-list" and self.file.exercise:
                raw = filling.filled(step, self.office.rules[step.command], self.file, _There(self, step))
                self.seeds |= {e.ref: raw for made in wrote.values() for e in made if e.kind == "list-filed"}

    def _remember_rooms(self, wrote: Mapping[str, tuple[Entry, ...]]) -> None:
        for room, made in wrote.items():
            if made[0].kind == "room-opened" and made[0].seq == 0:
                self.rooms[made[0].body["name"]] = room

    def _written(self, act: Act, step: Step, wrote: Mapping[str, tuple[Entry, ...]]) -> Mapping[str, tuple[Entry, ...]]:
        """What one step wrote. Of an act of several steps only what can be told apart: one entry a step in its room."""
        written = wrote
        if len(act.steps) > 1:
            room = self.rooms[step.room.value]
            here = [s for s in act.steps if s.room.value == step.room.value]
            made = wrote.get(room, ())
            if len(made) != len(here):
                if step.label or step.rows:
                    name = step.label or step.command
                    raise BadFile(step.place, f"it cannot be told which entry is “{name}”; make it an act of its own.")
                return {}
            index = next(n for n, s in enumerate(here) if s is step)
            written = {room: (made[index],)}
        if step.label:
            self.labels[step.label] = written
        return written

    def _check_signed(self, act: Act, wrote: Mapping[str, tuple[Entry, ...]]) -> None:
        signed = any(e.header.signed for made in wrote.values() for e in made)
        for step in act.steps:
            if step.signed and not signed:
                raise BadFile(step.place, "“signed: yes” stands here, but nothing in this act is signed.")


@contextmanager
def _refused(replay: Replay, act: Act) -> Iterator[None]:
    """What an act is refused for, as a fault of the file at its place."""
    try:
        yield
    except BadField as refusal:
        step = act.steps[0]
        place = filling.place_of(step, replay.file, refusal.name) if len(act.steps) == 1 else act.place
        raise BadFile(place, str(refusal)) from refusal
    except SignatureNeeded as needed:
        raise BadFile(act.place, f"this act must be signed by “{act.by}”, who has no exercise key.") from needed
    except NotFound as error:
        raise BadFile(act.place, f"refused: “{act.by}” does not sit in this room.") from error
    except NoPlan as error:
        raise BadFile(act.place, f"there is no plan: {' '.join(error.conflict.sentences)}") from error
    except (Refusal, BadSignature) as refusal:
        raise BadFile(act.place, f"refused: {refusal}") from refusal


@dataclass(frozen=True)
class _There:
    """The scope of a step about to be done: what is on the record."""

    replay: Replay
    step: Step

    def ref(self, label: Text, kinds: tuple[str, ...]) -> str:
        made = self.replay.labels[label.value]
        here = made.get(self.replay.rooms[self.step.room.value], ())
        for entry in here:
            if not kinds or entry.kind in kinds:
                return entry.ref
        if here:
            raise BadFile(label.place, f"“{label.value}” is another kind of entry ({here[0].kind}).")
        raise BadFile(label.place, f"“{label.value}” is no entry of the room “{self.step.room.value}”.")

    def person(self, name: Text) -> str:
        return self.replay.cast.ids[name.value]

    def delegation(self, name: Text) -> str:
        return name.value

    def seated(self, name: Text) -> str:
        """The id of a delegation that has this short name in the step's room."""
        room = self.room(self.step.room)
        head = self.replay.office.store.heads([room])[room]
        delegations = self.replay.office.load(room, head.size)[SEATS].delegations.values()
        found = [d for d in delegations if d.code == name.value]
        if not found:
            raise BadFile(name.place, f"“{name.value}” does not sit in the room “{self.step.room.value}”.")
        return max(found, key=lambda d: d.since).id

    def room(self, name: Text) -> str:
        return self.replay.rooms[name.value]

    def keys(self, person: str) -> list[dict[str, str]]:
        return list(self.replay.cast.keys.get(person, ()))

    def paper(self, name: Text) -> bytes:
        try:
            return self.replay.papers(name.value)
        except OSError as error:
            raise BadFile(name.place, f"the paper “{name.value}” cannot be read: {error.strerror or error}.") from error
