"""Destroying keys of what was erased: after the act that erases is committed, and again for acts cut short after that.

An entry that holds something locked names its key (``key``) and its ciphertext (``parts``, ``notes``). When an erasure
has taken all of that, the key goes too, so that no copy of the database can bring it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from goodoffices.prisoners.agreeing.plans import PLANS
from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.matched import MATCHED
from goodoffices.prisoners.named import NAMED
from goodoffices.record import entries
from goodoffices.record.entries import Entry, cited
from goodoffices.record.matter import Room
from goodoffices.record.store import Addition
from goodoffices.secretariat.cabinet import CabinetUnusable
from goodoffices.secretariat.office import Office
from goodoffices.talks.corrections import CORRECTIONS


def destroy(office: Office, additions: Iterable[Addition]) -> None:
    """Destroy the keys of what these additions, now committed, erased.

    A key that cannot be destroyed just now undoes nothing that is on the record: ``overdue`` has it, and ``sweep``
    tries again.
    """
    for addition in additions:
        if addition.erased:
            erasures = (e for e in map(entries.decode, addition.lines) if e.kind == "particulars-erased")
            _destroy(office, addition.room, [e.body["entry"] for e in erasures])


def overdue(office: Office) -> Iterator[str]:
    """Keys still there though what they open was erased: an act was cut short, or keys were put back from a copy."""
    there = set(office.cabinet.ids())
    if not there:
        return
    heads = office.store.heads(office.store.rooms())
    for room, head in heads.items():
        refs = dict.fromkeys(office.load(room, head.size)[CORRECTIONS].erased.values())
        for _, line in office.store.find(room, [bytes.fromhex(ref[2:]) for ref in refs]).values():
            key = _key_done_with(office, room, entries.decode(line))
            if key in there:
                yield key


def missing(office: Office) -> Iterator[tuple[str, str]]:
    """The rooms (ids) and entries (refs) whose locked content is on the record while its key is not there."""
    there = set(office.cabinet.ids())
    for room, head in office.store.heads(office.store.rooms()).items():
        state = office.load(room, head.size)
        erased = state[CORRECTIONS].erased
        for ref, key, parts in _held(state):
            if key not in there and not any(part in erased for part in parts):
                yield room, ref


def _held(state: Room) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """By entry: the key of what it holds locked, and the citations of that."""
    for version in state[LISTS].versions.values():
        if not version.erased:
            yield version.current, version.key, version.parts
    for run in state[MATCHED].runs.values():
        yield run.ref, run.key, run.parts
    for naming in state[NAMED].namings.values():
        yield naming.current, naming.key, naming.parts
    for plan in state[PLANS].all.values():
        yield plan.ref, plan.key, plan.parts


def sweep(office: Office) -> int:
    """Destroy what is overdue, and take away what was left half made; how many keys. What fails is left for doctor."""
    gone = 0
    with suppress(CabinetUnusable):
        office.cabinet.tidy()
        for key in list(overdue(office)):
            office.cabinet.destroy(key)
            gone += 1
    return gone


def _destroy(office: Office, room: str, refs: Iterable[str]) -> None:
    for _, line in office.store.find(room, [bytes.fromhex(ref[2:]) for ref in refs]).values():
        key = _key_done_with(office, room, entries.decode(line))
        if key is not None:
            with suppress(CabinetUnusable):
                office.cabinet.destroy(key)


def _key_done_with(office: Office, room: str, entry: Entry) -> str | None:
    """The key of what this entry holds locked, once nothing of that is left."""
    key, locked = entry.body.get("key"), _locked(entry)
    if not isinstance(key, str) or not locked or office.store.particulars(room, locked):
        return None
    return key


def _locked(entry: Entry) -> list[str]:
    held: list[Any] = [entry.body.get("notes"), entry.body.get("parts")]
    return list(cited(held))
