"""Sealed exchanges as a room's record holds them: keys named, terms, and for each step the entries that made it.

How far an exchange has come is its ``course``, which this fold advances entry by entry. Kinds and order are those of
docs/design/sealing.md, section 4. Sides and holders go by the codes the terms give them, delegations by id. Entries on
a record are facts: a fold never refuses one, and what the order does not allow has no effect on the course.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter
from goodoffices.sealing import course as course_
from goodoffices.sealing import events
from goodoffices.sealing import terms as terms_
from goodoffices.sealing.course import Course
from goodoffices.sealing.events import Event
from goodoffices.sealing.order import advance
from goodoffices.sealing.terms import BadTerms, Holder, Side, Terms


@dataclass(frozen=True)
class Keys:
    """The age keys of a delegation. ``tested``: the recovery sheet was used once. ``replaced``: the later keys' ref."""

    ref: str
    delegation: str
    by: str
    online: str
    recovery: str | None
    check: str | None
    test: str | None
    tested: bool = False
    replaced: str | None = None


@dataclass(frozen=True)
class Seal:
    """A paper as handed in: its entry, its two particulars, when. ``words``: by holder, the entry of its last word."""

    ref: str
    outer: str
    escrow: str
    outer_sha256: str
    escrow_sha256: str
    sizes: tuple[int, int]
    at: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Peels:
    """What a release gives of one paper: its particular, SHA-256 and size in bytes."""

    paper: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Opening:
    """What the counterpart said of a paper: the entry, and the required topics left blank (None: not structured)."""

    ref: str
    blank: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Exchange:
    """One exchange. ``void``: the entry that replaced a key of its terms before anybody had sealed.

    The rest are entries by what they are about: ``agreed`` by code, ``end`` if it ended, ``seals`` by side, ``peels``
    by release and side, ``opened``, ``disputed`` and ``tabled`` by the side whose paper it is. ``base``: size and
    root of this record that the first holder to release saw; both seals are in it.
    """

    ref: str
    seq: int
    by: str
    at: str
    terms: Terms
    course: Course
    void: str | None = None
    agreed: dict[str, str] = field(default_factory=dict)
    end: str | None = None
    seals: dict[str, Seal] = field(default_factory=dict)
    peels: dict[str, dict[str, Peels]] = field(default_factory=dict)
    base: tuple[int, str] | None = None
    opened: dict[str, Opening] = field(default_factory=dict)
    disputed: dict[str, Opening] = field(default_factory=dict)
    tabled: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """64 hex digits: the digest of the terms."""
        return self.terms.id

    @property
    def sides(self) -> tuple[str, str]:
        return self.course.sides

    def part(self, delegation: str) -> Side | Holder | None:
        """What this delegation (id) is in the exchange."""
        return self.terms.of_delegation(delegation)

    def code(self, delegation: str) -> str:
        """Its code in the terms, or nothing."""
        part = self.part(delegation)
        return part.code if part is not None else ""

    def side(self, delegation: str) -> str | None:
        """The code of the side this delegation is."""
        code = self.code(delegation)
        return code if code in self.course.sides else None

    def holder(self, delegation: str) -> str | None:
        """The code of the holder this delegation is."""
        code = self.code(delegation)
        return code if code in self.course.holders else None

    @property
    def stage(self) -> str:
        """How far it is: ``course.standing``, or ``key-replaced``."""
        return "key-replaced" if self.void is not None else self.course.standing

    @property
    def going(self) -> bool:
        """Whether it stands in the way of another exchange in this room."""
        return self.stage in {"proposed", "agreed", "sealed"}


@dataclass(frozen=True)
class Sealing:
    """Of one room, by ref, oldest first. ``replacements``: new keys proposed, and the ref of those they replace."""

    keys: dict[str, Keys] = field(default_factory=dict)
    replacements: dict[str, tuple[Keys, str]] = field(default_factory=dict)
    all: dict[str, Exchange] = field(default_factory=dict)

    def current(self, delegation: str) -> Keys | None:
        """The keys this delegation has now."""
        return next((k for k in self.keys.values() if k.delegation == delegation and k.replaced is None), None)

    def open_replacements(self) -> Iterator[tuple[str, Keys]]:
        """Proposed and not yet signed by a second person."""
        for ref, (new, old) in self.replacements.items():
            if old in self.keys and self.keys[old].replaced is None:
                yield ref, new

    def known(self) -> Iterator[str]:
        """Every age key ever named or proposed here."""
        for keys in (*self.keys.values(), *(new for new, _ in self.replacements.values())):
            yield keys.online
            if keys.recovery is not None:
                yield keys.recovery

    def going(self) -> Exchange | None:
        """The exchange that is under way in this room."""
        return next((x for x in reversed(self.all.values()) if x.going), None)


def _keys(entry: Entry) -> Keys:
    b = entry.body
    person = entry.header.author.person
    return Keys(entry.ref, entry.acting, person, b["online"], b["recovery"], b["check"], b["test"])


def _named(state: Sealing, entry: Entry) -> Sealing:
    return replace(state, keys={**state.keys, entry.ref: _keys(entry)})


def _tested(state: Sealing, entry: Entry) -> Sealing:
    known = state.keys.get(entry.body["keys"])
    return state if known is None else replace(state, keys={**state.keys, known.ref: replace(known, tested=True)})


def _replacement_proposed(state: Sealing, entry: Entry) -> Sealing:
    new = (_keys(entry), str(entry.body["replaces"]))
    return replace(state, replacements={**state.replacements, entry.ref: new})


def _replaced(state: Sealing, entry: Entry) -> Sealing:
    new, old = state.replacements.get(entry.body["replacement"], (None, ""))
    if new is None or old not in state.keys:
        return state
    lost = state.keys[old]
    keys = {**state.keys, old: replace(lost, replaced=new.ref), new.ref: new}
    return replace(state, keys=keys, all={ref: _without(x, lost, entry) for ref, x in state.all.items()})


def _without(x: Exchange, lost: Keys, entry: Entry) -> Exchange:
    """Before anybody has sealed, terms that name a lost key are void; afterwards the recovery sheet serves."""
    named = any(party.online == lost.online for party in x.terms.parties)
    return replace(x, void=entry.ref) if named and x.stage in {"proposed", "agreed"} and not x.seals else x


def _proposed(state: Sealing, entry: Entry) -> Sealing:
    try:
        terms = terms_.parse(entry.body["terms"])
    except BadTerms:
        return state  # terms that cannot be those of an exchange make none
    return _with(state, Exchange(entry.ref, entry.seq, entry.acting, entry.header.at, terms, course_.begin(terms)))


def _with(state: Sealing, exchange: Exchange) -> Sealing:
    return replace(state, all={**state.all, exchange.ref: exchange})


def event(x: Exchange, kind: str, delegation: str, body: Mapping[str, Any], ref: str) -> Event:
    """What an entry of this kind is in the exchange's course. A rule, which has no entry yet, gives no ``ref``."""
    return _EVENTS[kind](x.code(delegation) or delegation, body, ref)


_EVENTS: Mapping[str, Callable[[str, Mapping[str, Any], str], Event]] = {
    "exchange-agreed": lambda by, _body, _ref: events.Agreed(by),
    "exchange-declined": lambda by, _body, _ref: events.Declined(by),
    "exchange-withdrawn": lambda by, _body, _ref: events.Withdrawn(by),
    "exchange-lapsed": lambda by, _body, _ref: events.Lapsed(by),
    "paper-sealed": lambda by, b, _ref: events.Sealed(by, b["outer"]["sha256"], b["escrow"]["sha256"]),
    "paper-held": lambda by, b, _ref: events.Held(by, b["side"]),
    "holding-disputed": lambda by, b, _ref: events.HoldingDisputed(by, b["side"], b["fault"]),
    "papers-released": lambda by, b, ref: events.Released(by, ref, tuple(b["builds_on"]), dict(b["digests"])),
    "paper-opened": lambda by, b, _ref: events.Opened(by, b["side"], b["digest"]),
    "opening-disputed": lambda by, b, _ref: events.OpeningDisputed(by, b["side"], b["fault"]),
    "paper-tabled": lambda by, b, _ref: events.Tabled(by, b["side"], b["paper"]["paper"].removeprefix("p:")),
}


Note = Callable[[Exchange, Entry], Exchange]


def _step(note: Note) -> Callable[[Sealing, Entry], Sealing]:
    """A fold of one step: the course goes on, and where it did, ``note`` takes down the entry."""

    def fold(state: Sealing, entry: Entry) -> Sealing:
        x = state.all.get(entry.body["proposal"])
        if x is None or x.void is not None or entry.body.get("side", x.sides[0]) not in x.sides:
            return state
        happened = event(x, entry.kind, entry.acting, entry.body, entry.ref)
        course = advance(x.course, happened, entry.header.at)
        return state if course is x.course else _with(state, note(replace(x, course=course), entry))

    return fold


def _agreed(x: Exchange, entry: Entry) -> Exchange:
    return replace(x, agreed={**x.agreed, x.code(entry.acting): entry.ref})


def _ended(x: Exchange, entry: Entry) -> Exchange:
    return replace(x, end=entry.ref)


def _sealed(x: Exchange, entry: Entry) -> Exchange:
    outer, escrow = entry.body["outer"], entry.body["escrow"]
    sizes = (outer["size"], escrow["size"])
    digests = (outer["sha256"], escrow["sha256"])
    new = Seal(entry.ref, outer["paper"], escrow["paper"], *digests, sizes, entry.header.at)
    return replace(x, seals={**x.seals, x.code(entry.acting): new})


def _word(x: Exchange, entry: Entry) -> Exchange:
    side = entry.body["side"]
    seal = x.seals[side]
    words = {**seal.words, x.code(entry.acting): entry.ref}
    return replace(x, seals={**x.seals, side: replace(seal, words=words)})


def _released(x: Exchange, entry: Entry) -> Exchange:
    given = {side: Peels(b["paper"], b["sha256"], b["size"]) for side, b in entry.body["peels"].items()}
    signed = entry.header.signed
    base = (signed.base.size, signed.base.root) if signed is not None else None
    return replace(x, peels={**x.peels, entry.ref: given}, base=x.base or base)


def _opened(x: Exchange, entry: Entry) -> Exchange:
    b = entry.body
    blank = tuple(b["blank"]) if b["blank"] is not None else None
    return replace(x, opened={**x.opened, b["side"]: Opening(entry.ref, blank)})


def _opening_disputed(x: Exchange, entry: Entry) -> Exchange:
    return replace(x, disputed={**x.disputed, entry.body["side"]: Opening(entry.ref)})


def _tabled(x: Exchange, entry: Entry) -> Exchange:
    return replace(x, tabled={**x.tabled, entry.body["side"]: entry.ref})


SEALING: Matter[Sealing] = Matter(
    name="sealing",
    version=1,
    initial=Sealing(),
    folds={
        "sealing-keys-named": _named,
        "recovery-tested": _tested,
        "sealing-keys-replacement-proposed": _replacement_proposed,
        "sealing-keys-replaced": _replaced,
        "exchange-proposed": _proposed,
        "exchange-agreed": _step(_agreed),
        "exchange-declined": _step(_ended),
        "exchange-withdrawn": _step(_ended),
        "exchange-lapsed": _step(_ended),
        "paper-sealed": _step(_sealed),
        "paper-held": _step(_word),
        "holding-disputed": _step(_word),
        "papers-released": _step(_released),
        "paper-opened": _step(_opened),
        "opening-disputed": _step(_opening_disputed),
        "paper-tabled": _step(_tabled),
    },
)
