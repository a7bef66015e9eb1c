"""Lists filed in a list room: a room of one party and the intermediary, where that party's names lie and nowhere else.

The room is joined to the room where both sides accepted the intermediary. From then on its party files lists there,
each under a code and in versions. An entry holds counts, a digest and ciphertext; names are under a key kept apart
(``secretariat.locked``). A list is never carried into another room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS, Seats
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked, BlobCited, Command
from goodoffices.talks.scene import Refusal, Rule, Scene

HOLDS = ("we-hold", "they-hold")
ORIGINS = ("csv", "xlsx", "pfif", "synthetic")
DIGEST, KEY = "[0-9a-f]{64}", "[0-9a-f]{32}"


@dataclass(frozen=True)
class Version:
    """One version of a list. ``ref``: of its ``list-filed``. ``current``: the entry that holds it now.

    ``key``: the id of the key it is under; ``parts``: citations of its ciphertext, ``notes`` first. ``erased``: the
    whole of it is gone. ``objected``: it was minuted for a party that said it did not file it. ``last``: the highest
    number ever given to a row of this list. ``replaces``: the version before it.
    """

    ref: str
    seq: int
    by: str
    code: str
    holds: str
    version: int
    replaces: str | None
    rows: int
    aside: int
    last: int
    digest: str
    origin: str
    key: str
    parts: tuple[str, ...]
    current: str
    erased: bool = False
    objected: bool = False


@dataclass(frozen=True)
class Lists:
    """``exchange``: the room (id) in which the intermediary was accepted; ``by``: the intermediary that joined.

    ``versions``: by ref of ``list-filed``, oldest first. ``newest``: by code, the ref of the newest version.
    ``holding``: by ref of an entry that holds a version's parts, the version's ref.
    """

    exchange: str = ""
    by: str = ""
    versions: Ordered[Version] = field(default_factory=Ordered)
    newest: Ordered[str] = field(default_factory=Ordered)
    holding: Ordered[str] = field(default_factory=Ordered)

    def of(self, code: str) -> Version | None:
        """The newest version of the list of this code."""
        return self.versions.get(self.newest.get(code, ""))

    def all_of(self, code: str) -> tuple[Version, ...]:
        """Every version of a list, oldest first."""
        return tuple(v for v in self.versions.values() if v.code == code)


@dataclass(frozen=True, kw_only=True)
class JoinLists(Asked):
    """Make this room the one where its side files its lists, for you to bring together with the other side's."""

    exchange: str = fields.room("Room", "In which both sides accepted you.")


@dataclass(frozen=True, kw_only=True)
class FileList(Command):
    """File a list of prisoners, or a corrected version of one. The other side does not see it."""

    code: str = fields.code("Short name of the list", "Such as held-north. Every version bears it.")
    holds: str = fields.choice("Whom it names", HOLDS)
    replaces: str | None = fields.ref("Corrects", "list-filed", required=False)
    rows: int = fields.number("Rows that can be used")
    aside: int = fields.number("Rows kept aside")
    last: int = fields.number("Highest number given to a row")
    digest: str = fields.plain("Digest of the rows", DIGEST)
    origin: str = fields.choice("What it came as", ORIGINS)
    key: str = fields.plain("Key", KEY)
    notes: BlobCited = fields.blob("How it was understood, encrypted")  # noqa: RUF009  # a description of the field
    parts: tuple[BlobCited, ...] = fields.blob("The list, encrypted", many=True)


def list_room(seats: Seats) -> tuple[str, str] | None:
    """The party and the intermediary of a room that may be a list room: those two and nobody else."""
    here = [d for d in seats.delegations.values() if d.until is None]
    parties = [d.id for d in here if d.role == "party"]
    others = [d.id for d in here if d.role != "party"]
    fits = seats.kind in {"format", "caucus"} and len(here) == 2 and len(parties) == 1
    return (parties[0], others[0]) if fits else None


def join_lists(scene: Scene, c: JoinLists) -> list[Fact]:
    pair = list_room(scene.seats)
    if pair is None or pair[1] != scene.acting:
        raise Refusal(
            "Lists are filed in a room of one party and the intermediary, where nobody else sits; the intermediary "
            "says that this is one."
        )
    if scene.room[LISTS].exchange:
        raise Refusal("This is a list room already.")
    if not _joinable(scene, scene.rooms[c.exchange], *pair):
        raise Refusal("Your delegation is not an intermediary that both sides have accepted in that room.")
    return [Fact("lists-joined", {"exchange": c.exchange})]


def _joinable(scene: Scene, exchange: Room, party: str, by: str) -> bool:
    """Whether lists of ``party`` may be brought together with those of that room: both delegations here sit there."""
    accepted, seats = intermediary(exchange), exchange[SEATS]
    agreed = accepted is not None and accepted.delegation == by
    return agreed and seats.talks == scene.seats.talks and party in seats.parties


def file_list(scene: Scene, c: FileList) -> list[Fact]:
    check_files(scene)
    state = scene.room[LISTS]
    newest, version = state.of(c.code), 1
    if c.replaces is not None:
        before = state.versions[c.replaces]
        if newest is None or newest.ref != before.ref:
            raise Refusal("Only the newest version of a list is corrected, under the same short name.")
        if before.holds != c.holds or before.by != scene.acting:
            raise Refusal("A corrected list is of the same delegation and of the same kind as the one it corrects.")
        version = before.version + 1
    elif newest is not None:
        raise Refusal(f"A list “{c.code}” is filed here already. Correct that one, or choose another short name.")
    if not c.rows or not c.parts:
        raise Refusal("There is no row in this list that can be used.")
    body: dict[str, Any] = {
        name: getattr(c, name) for name in ("code", "holds", "replaces", "rows", "aside", "last", "digest", "origin")
    }
    sealed = {"key": c.key, "notes": c.notes.body(), "parts": [part.body() for part in c.parts]}
    return [Fact("list-filed", body | {"version": version} | sealed | c.as_told())]


def check_files(scene: Scene) -> None:
    """Refuses what only the party of a joined list room does."""
    state, pair = scene.room[LISTS], list_room(scene.seats)
    if not state.exchange or pair is None:
        raise Refusal(
            "This is not a list room: one party and the intermediary that both sides accepted, and nobody else."
        )
    if scene.acting != pair[0]:
        raise Refusal("Lists are filed by the party whose room this is.")


def files(scene: Scene) -> bool:
    """Whether ``check_files`` would let this delegation through."""
    pair = list_room(scene.seats)
    return bool(scene.room[LISTS].exchange) and pair is not None and scene.acting == pair[0]


def _from_its_page(_: Scene) -> Iterable[Mapping[str, str]]:
    """Reached from the page of a room's lists, which alone looks into the other rooms for it."""
    return ()


def _to_file(scene: Scene) -> Iterable[Mapping[str, str]]:
    if not files(scene):
        return
    yield {}
    for ref in scene.room[LISTS].newest.values():
        version = scene.room[LISTS].versions[ref]
        if version.by == scene.acting:
            yield {"replaces": ref, "code": version.code, "holds": version.holds}


_COPIED = ("code", "holds", "version", "replaces", "rows", "aside", "last", "digest", "origin", "key")


def _joined(state: Lists, entry: Entry) -> Lists:
    return state if state.exchange else replace(state, exchange=entry.body["exchange"], by=entry.acting)


def _filed(state: Lists, entry: Entry) -> Lists:
    b = entry.body
    made = Version(
        ref=entry.ref,
        seq=entry.seq,
        by=entry.acting,
        parts=_locked(b),
        current=entry.ref,
        **{name: b[name] for name in _COPIED},
    )
    return replace(
        state,
        versions=state.versions.put(entry.ref, made),
        newest=state.newest.put(made.code, entry.ref),
        holding=state.holding.put(entry.ref, entry.ref),
    )


def _erased(state: Lists, entry: Entry) -> Lists:
    """A version whose ciphertext went without other in its place is gone as a whole."""
    version = state.versions.get(state.holding.get(entry.body["entry"], ""))
    if version is None or version.current != entry.body["entry"]:
        return state
    gone = set(entry.body["particulars"])
    if gone.isdisjoint(version.parts):
        return state
    return replace(state, versions=state.versions.put(version.ref, replace(version, erased=True)))


def _person_erased(state: Lists, entry: Entry) -> Lists:
    """What is left of a version lies in this entry now, under another key."""
    b, version = entry.body, state.versions.get(entry.body["list"])
    if version is None:
        return state
    left = replace(
        version,
        rows=version.rows - (not b["aside"]),
        aside=version.aside - bool(b["aside"]),
        key=b["key"],
        parts=_locked(b),
        current=entry.ref,
    )
    holding = state.holding.put(entry.ref, version.ref)
    return replace(state, versions=state.versions.put(version.ref, left), holding=holding)


def _locked(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Citations of a version's ciphertext, ``notes`` first."""
    return (body["notes"]["paper"], *(part["paper"] for part in body["parts"]))


def _unchanged(state: Lists, _: Entry) -> Lists:
    return state


def _minute_objected(state: Lists, entry: Entry) -> Lists:
    """A version that its party says it did not file counts no more; the one before it does again."""
    version = state.versions.get(entry.body["entry"])
    if version is None or version.by != entry.acting:
        return state
    state = replace(state, versions=state.versions.put(version.ref, replace(version, objected=True)))
    if state.newest.get(version.code) != version.ref:
        return state
    before = version.replaces
    newest = state.newest.put(version.code, before) if before else state.newest.drop(version.code)
    return replace(state, newest=newest)


LISTS: Matter[Lists] = Matter(
    name="lists",
    version=1,
    initial=Lists(),
    folds={
        "lists-joined": _joined,
        "list-filed": _filed,
        "person-erased": _person_erased,
        "list-erased": _unchanged,  # each version's own erasure says so
        "list-exported": _unchanged,
        "particulars-erased": _erased,
        "minute-objected": _minute_objected,
    },
)

RULES = (
    Rule(JoinLists, "Have lists filed here", join_lists, _from_its_page, minutable=False),
    Rule(FileList, "File a list", file_list, _to_file),
)
