"""The verifier: whether a bundle is what it says, without Django, database, network or clock.

``verify`` answers with a ``Report`` or raises the first ``Fault``. What it checks is listed at the end of section 8 of
docs/design/record.md; how to check the same by hand is docs/verify-by-hand.md. Nothing a bundle holds can make it fail
in another way: whatever a line says, it is a fault of that line.

A bundle proves that its entries are one history under one log key, and who signed what. It does not prove that the
host shows the same history to everybody: give ``key`` from elsewhere, compare checkpoint codes, or compare two bundles.

In order of time spent: ``block`` (the form of each entry), ``reading`` (what can be told of it alone), ``walk`` (what
needs its past), ``members`` (the other files). ``header`` says what is wrong with a line that ``block`` did not pass.
"""

from __future__ import annotations

import re
from contextlib import closing

from goodoffices.record import entries
from goodoffices.record.bundles import ENTRIES, BadBundle, Bundle, Source
from goodoffices.record.checkpoints import Checkpoint, VerifierKey
from goodoffices.record.tree import Pyramid
from goodoffices.record.verify import members
from goodoffices.record.verify.report import LABELS, Fault, Faults, Hand, Label, Report
from goodoffices.record.verify.sharing import Workers, processors, runs
from goodoffices.record.verify.walk import Walk

_ID = re.compile(r"[0-9a-f]{32}")

__all__ = ["LABELS", "Fault", "Hand", "Label", "Report", "verify"]


def verify(source: Source, key: VerifierKey | None = None, *, processes: int | None = None) -> Report:
    """Verify a bundle: a path, or its bytes. Raises ``Fault``.

    ``key``: the log's key, from somewhere else than the bundle. ``processes``: at most how many to use for a large
    record (default: one a processor).
    """
    try:
        with Bundle(source) as bundle, Workers(processors() if processes is None else processes) as workers:
            return _verify(bundle, key, workers)
    except BadBundle as error:
        raise Fault(None, f"This is not a bundle: {error}.") from error


def _verify(bundle: Bundle, key: VerifierKey | None, workers: Workers) -> Report:
    talks, room = _record_of(bundle)
    walk = Walk(lambda start, end: bytes(bundle.data[start:end]))
    with closing(runs(bundle, talks, room, workers)) as found:
        all(map(walk.take, found))
    pyramid, faults = walk.pyramid, walk.faults
    leaves = b"".join(pyramid.nodes(0, 0, pyramid.size))
    whole = faults.first is None
    changed = members.altered(bundle, leaves, whole)
    if changed:
        faults.prefer(*changed)
    hands = members.check_signatures(bundle, walk, pyramid, faults, workers)
    absent = members.listed_absent(bundle, faults)
    members.check_particulars(bundle, walk, absent, faults)
    opened = _check_rest(bundle, walk, pyramid, leaves, key, absent or (), faults) if whole else None
    if faults.first is not None or opened is None:
        raise faults.first or AssertionError("without a fault there is a checkpoint")
    return _report(walk, opened, key is not None, hands, absent or (), leaves)


def _check_rest(
    bundle: Bundle,
    walk: Walk,
    pyramid: Pyramid,
    leaves: bytes,
    key: VerifierKey | None,
    absent: tuple[str, ...],
    faults: Faults,
) -> tuple[Checkpoint, VerifierKey] | None:
    """What is of no one entry, once every entry was walked along."""
    members.check_leaves(bundle, leaves, faults)
    opened = members.check_checkpoint(bundle, walk, pyramid, key, faults)
    members.check_manifest(bundle, walk, *_record_of(bundle), absent, faults)
    members.check_sums(bundle, faults)
    return opened


def _record_of(bundle: Bundle) -> tuple[str, str]:
    """The talks and the room that entry 0 names."""
    start, end = bundle.place(ENTRIES)
    if start == end:
        raise Fault(None, "The record holds no entries.")
    try:
        header = entries.decode(bundle.line(0)).header
    except ValueError as error:
        raise Fault(0, f"its line is {error}") from error
    if not all(_ID.fullmatch(str(id)) for id in (header.talks, header.room)):
        raise Fault(0, "its header does not name talks and a room")
    return header.talks, header.room


def _report(
    walk: Walk,
    opened: tuple[Checkpoint, VerifierKey],
    key_given: bool,
    hands: dict[int, Hand],
    absent: tuple[str, ...],
    leaves: bytes,
) -> Report:
    seats = walk.seats
    checkpoint, key = opened
    return Report(
        talks=seats.talks,
        room=checkpoint.origin.rpartition("/")[2],
        kind=seats.kind,
        name=seats.name,
        talks_name=seats.talks_name,
        checkpoint=checkpoint,
        key=key,
        key_given=key_given,
        signed=hands,
        minuted=walk.minuted,
        erased={f"p:{digest.decode()}": seq for digest, seq in walk.erased.items()},
        absent=tuple(f"p:{digest}" for digest in absent),
        continues=seats.continues,
        leaves=leaves,
    )
