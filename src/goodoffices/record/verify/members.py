"""The other members of a bundle against its entries: leaves, signatures, particulars, manifest and checkpoint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from goodoffices.record import canonical, checkpoints, signatures
from goodoffices.record.bundles import CHECKPOINT, FORMAT, LEAVES, MANIFEST, PARTICULARS, SIGNATURES, BadBundle, Bundle
from goodoffices.record.checkpoints import BadCheckpoint, Checkpoint, VerifierKey
from goodoffices.record.particulars import SALT_BYTES
from goodoffices.record.tree import HASH_BYTES, Pyramid, leaf_hash, split
from goodoffices.record.verify.report import Faults, Hand
from goodoffices.record.verify.sharing import Workers
from goodoffices.record.verify.walk import ToCheck, Walk

SIGNATURES_SHARED_FROM = 200  # signatures; one takes about a tenth of a millisecond

_ADDED = "the checkpoint covers no such entry: it was added"

Task: TypeAlias = tuple[ToCheck, bytes]


# Leaves


def altered(bundle: Bundle, computed: bytes, whole: bool) -> tuple[int, str] | None:
    """The first entry that is not the one under the checkpoint, where the bundle still shows which that is.

    It does if its ``leaves`` have the root its checkpoint gives. ``computed`` are the hashes of the entries read;
    ``whole`` tells that these are all of them. Whether the checkpoint is worth anything is not asked here.
    """
    given = bundle.raw(LEAVES)
    if given == computed or not _rooted(bundle, given):
        return None
    place = _first_difference(given, computed)
    known, count = len(given) // HASH_BYTES, len(computed) // HASH_BYTES
    if place < min(known, count):
        return place, "it is not the entry under the checkpoint: it was altered, or entries were dropped or moved"
    if place >= known:
        return place, _ADDED
    if whole:
        return place, _missing(known)
    if leaf_hash(bundle.line(place)) != given[place * HASH_BYTES : (place + 1) * HASH_BYTES]:
        return place, "it is not the entry under the checkpoint"
    return None


def check_leaves(bundle: Bundle, computed: bytes, faults: Faults) -> None:
    if bundle.raw(LEAVES) != computed:
        faults.note(None, "the member “leaves” does not hold the hashes of the entries")


def _missing(size: int) -> str:
    return f"it is missing: the checkpoint covers {size:,} entries"


def _rooted(bundle: Bundle, leaves: bytes) -> bool:
    lines = bundle.raw(CHECKPOINT).split(b"\n", 3)
    if len(leaves) % HASH_BYTES or not leaves or len(lines) < 4:
        return False
    pyramid = Pyramid(split(leaves))
    return lines[1:3] == Checkpoint("x", pyramid.size, pyramid.root()).body.encode().split(b"\n")[1:3]


def _first_difference(a: bytes, b: bytes) -> int:
    """In which hash two runs of hashes differ, or where the shorter one ends."""
    low, high = 0, min(len(a), len(b)) // HASH_BYTES
    while low < high:  # the first `low` agree; looking for the longest beginning that does
        middle = (low + high + 1) // 2
        if a[: middle * HASH_BYTES] == b[: middle * HASH_BYTES]:
            low = middle
        else:
            high = middle - 1
    return low


# Signatures


def check_signatures(bundle: Bundle, walk: Walk, pyramid: Pyramid, faults: Faults, workers: Workers) -> dict[int, Hand]:
    """Every signature before the first fault, on its base and by a key its author had. Who signed, by seq."""
    present = set(bundle.names(SIGNATURES))
    tasks: list[Task] = []
    for one in walk.to_check:
        if not faults.before(one.seq):
            break
        if one.base.size > pyramid.size or pyramid.root(one.base.size).hex() != one.base.root:
            faults.note(one.seq, f"it was signed on another history of the first {one.base.size} entries than this one")
        elif one.digest not in present:
            faults.note(one.seq, "its signature is missing")
        else:
            tasks.append((one, bundle.raw(SIGNATURES + one.digest)))
    hands: dict[int, Hand] = {}
    for (one, _), (key, why) in zip(tasks, _hands(tasks, workers), strict=True):
        if why:
            faults.note(one.seq, why)
        hands[one.seq] = Hand(one.person, key)
    if faults.first is None:
        for digest in sorted(present - {one.digest for one in walk.to_check}):
            faults.note(None, f"no entry carries the signature {digest}")
    return hands


def _hands(tasks: Sequence[Task], workers: Workers) -> Iterator[tuple[str, str]]:
    if workers.count < 2 or len(tasks) < SIGNATURES_SHARED_FROM:
        return map(_hand, tasks)
    some = len(tasks) // (4 * workers.count) + 1
    return chain.from_iterable(workers.map(_some_hands, [tasks[i : i + some] for i in range(0, len(tasks), some)]))


def _some_hands(tasks: Sequence[Task]) -> list[tuple[str, str]]:
    return [_hand(task) for task in tasks]


def _hand(task: Task) -> tuple[str, str]:
    """The id of the key that signed, or "" and why none did."""
    one, stored = task
    if signatures.digest(stored) != one.digest:
        return "", "its signature was exchanged for another"
    why = ""
    for key in one.keys:
        try:
            signatures.check(key, stored, one.payload)
        except signatures.BadSignature as error:
            why = why or str(error)
        else:
            return signatures.key_id(key), ""
    return "", f"its signature is not one of person {one.person}: {why}"


# Particulars and the manifest


def listed_absent(bundle: Bundle, faults: Faults) -> tuple[str, ...] | None:
    """The digests the manifest lists as absent; None if it cannot be read."""
    try:
        stated = canonical.decode(bundle.raw(MANIFEST))
    except canonical.NotCanonical as error:
        faults.note(None, f"manifest.json is {error}")
        return None
    absent = stated.get("absent") if isinstance(stated, dict) else None
    if not isinstance(absent, list) or not all(isinstance(digest, str) for digest in absent):
        faults.note(None, "manifest.json does not say which particulars are absent")
        return None
    return tuple(str(digest) for digest in absent)


def check_manifest(bundle: Bundle, walk: Walk, talks: str, room: str, absent: tuple[str, ...], faults: Faults) -> None:
    """What the manifest says is so, and nothing in the bundle goes unused."""
    origin = walk.seats.log["origin"]
    said = {"format": FORMAT, "talks": talks, "room": room, "origin": origin, "size": walk.size, "absent": list(absent)}
    if canonical.encode(said) != bundle.raw(MANIFEST) or list(absent) != sorted(set(absent)):
        faults.note(None, "manifest.json does not describe this record")
    present = set(bundle.names(PARTICULARS))
    for digest in absent:
        raw = digest.encode()
        if raw not in walk.cited or raw in walk.erased or digest in present:
            faults.note(None, f"manifest.json lists {digest[:64]} as absent, which is not so")
    for digest in sorted(present):
        if digest.encode() not in walk.cited:
            faults.note(None, f"no entry cites the particular {digest}")


def check_particulars(bundle: Bundle, walk: Walk, absent: tuple[str, ...] | None, faults: Faults) -> None:
    """Every particular that is there is what an entry cites; every other one is known to be gone.

    What is missing is judged last: where another entry fails, it may be the one that said it was erased.
    """
    present = set(bundle.names(PARTICULARS))
    excused = set(absent or ())
    missing: list[tuple[int, str]] = []
    for raw, seq in walk.cited.items():
        digest = raw.decode()
        if digest in present:
            _check_one(bundle, digest, seq, faults)
            if raw in walk.erased:
                faults.note(walk.erased[raw], f"it erases the particular {digest}, which is still there")
        elif raw not in walk.erased and digest not in excused:
            missing.append((seq, digest))
    if missing and absent is not None and (faults.first is None or faults.first.seq is None):
        seq, digest = min(missing)
        faults.note(seq, f"it cites the particular {digest}, which is neither there nor said to be erased")


def _check_one(bundle: Bundle, digest: str, seq: int, faults: Faults) -> None:
    content = bundle.raw(PARTICULARS + digest)
    if hashlib.sha256(content).hexdigest() != digest or len(content) < SALT_BYTES:
        faults.note(seq, f"the particular {digest} it cites was exchanged for another or altered")


def check_sums(bundle: Bundle, faults: Faults) -> None:
    """The zip file's own checksums: they prove nothing, but a reader's unzip would complain."""
    for name in bundle.unsound():
        faults.note(None, f"{name} is damaged: its checksum in the zip file is another")


# The checkpoint


def check_checkpoint(
    bundle: Bundle, walk: Walk, pyramid: Pyramid, key: VerifierKey | None, faults: Faults
) -> tuple[Checkpoint, VerifierKey] | None:
    """The checkpoint over exactly these entries, under the log key that holds at their end."""
    origin = walk.seats.log["origin"]
    try:
        if key is not None and (key.name != origin or key.public not in walk.log_keys):
            raise BadCheckpoint("the record names another log key than the one that was given")
        current = VerifierKey(origin, walk.log_keys[-1])
        checkpoint = checkpoints.open_note(bundle.raw(CHECKPOINT).decode(), [current])
    except (BadCheckpoint, BadBundle, UnicodeDecodeError) as error:
        faults.note(None, f"the checkpoint does not hold: {error}")
        return None
    if checkpoint.size > pyramid.size:
        faults.note(pyramid.size, _missing(checkpoint.size))
    elif checkpoint.size < pyramid.size:
        faults.note(checkpoint.size, _ADDED)
    elif checkpoint.root != pyramid.root():
        faults.note(None, "the checkpoint is of another history: the root of these entries is another")
    return checkpoint, current
