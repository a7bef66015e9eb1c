"""The terms of a sealed exchange: who exchanges papers, who holds them, under which keys, until when.

An exchange is its terms, and its id is their digest (docs/design/sealing.md, section 1). What both sides sign is what
everybody later checks against; so terms are read strictly, and a fault is told in one sentence.

Not checked here: whether a topic is one that ``papers.topics`` knows, whether delegations sit in the room, whether
the keys are really those people's. Compare fingerprints aloud.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from goodoffices.record import canonical, signatures
from goodoffices.sealing import agekeys

VERSION = 1
BUCKETS = (64 * 1024, 1024 * 1024, 4 * 1024 * 1024, 16 * 1024 * 1024)  # bytes
DEFAULT_BUCKET = BUCKETS[1]
MAX_HOLDERS = 5  # every order of k of them is a chain: with 5 of 5 there are 120
MAX_SIGNERS = 10
MAX_TOPICS = 40
MAX_CODE = 60  # characters, as of every short name

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")

Key = dict[str, str]
"""A key as the record names it (``record/signatures.py``)."""


P = TypeVar("P", "Side", "Holder", "Side | Holder")


class BadTerms(ValueError):
    """Terms that cannot be those of an exchange; the message is a sentence that says why."""


@dataclass(frozen=True)
class Side:
    """One who hands in a paper. ``online`` and ``recovery``: the age keys that the other's paper is sealed to."""

    code: str
    delegation: str | None
    online: str
    recovery: str
    signers: tuple[Key, ...]

    def body(self) -> dict[str, Any]:
        return {"code": self.code, "delegation": self.delegation, **_keys(self)}


@dataclass(frozen=True)
class Holder:
    """One who helps to open, and only when both have sealed."""

    code: str
    delegation: str | None
    online: str
    signers: tuple[Key, ...]

    def body(self) -> dict[str, Any]:
        return {"code": self.code, "delegation": self.delegation, **_keys(self)}


@dataclass(frozen=True)
class Terms:
    """Read them with ``parse``, which checks them; ``made`` checks what was put together in code."""

    talks: str | None
    room: str | None
    nonce: str
    sides: tuple[Side, Side]
    holders: tuple[Holder, ...]
    k: int
    topics: tuple[str, ...]
    deadline: str
    bucket: int

    @property
    def id(self) -> str:
        """``x``: 64 hex digits that stand in every layer and every signature of this exchange."""
        return hashlib.sha256(self.encoded()).hexdigest()

    def encoded(self) -> bytes:
        """The canonical bytes."""
        return canonical.encode(self.body())

    def body(self) -> dict[str, Any]:
        """As an entry or a file holds them."""
        return {
            "v": VERSION,
            "talks": self.talks,
            "room": self.room,
            "nonce": self.nonce,
            "sides": [side.body() for side in self.sides],
            "holders": [holder.body() for holder in self.holders],
            "k": self.k,
            "topics": list(self.topics),
            "deadline": self.deadline,
            "bucket": self.bucket,
        }

    @property
    def parties(self) -> tuple[Side | Holder, ...]:
        """Both sides, then the holders."""
        return (*self.sides, *self.holders)

    def party(self, code: str) -> Side | Holder:
        """Raises ``KeyError``."""
        return _by_code(self.parties, code)

    def side(self, code: str) -> Side:
        """Raises ``KeyError``."""
        return _by_code(self.sides, code)

    def holder(self, code: str) -> Holder:
        """Raises ``KeyError``."""
        return _by_code(self.holders, code)

    def counterpart(self, code: str) -> Side:
        """The other side than the one of this code. Raises ``KeyError``."""
        first, second = self.sides
        return second if self.side(code) is first else first

    def of_delegation(self, delegation: str) -> Side | Holder | None:
        """What this delegation (32 hex) is in the exchange, if anything."""
        return next((party for party in self.parties if party.delegation == delegation), None)

    def signer(self, key: Mapping[str, str]) -> Side | Holder | None:
        """Whose key this is."""
        return next((party for party in self.parties if dict(key) in party.signers), None)

    @property
    def weaker(self) -> bool:
        """Whether a single holder can open both papers alone: wherever such terms are shown, this is said."""
        return self.k == 1

    @property
    def fingerprint(self) -> str:
        """A short form of the id, to be compared aloud."""
        return grouped(self.id)


def made(terms: Terms) -> Terms:
    """The same terms, checked. Raises ``BadTerms``."""
    return parse(terms.body())


def parse(value: object) -> Terms:
    """The terms in the body of an entry or a file. Raises ``BadTerms``."""
    fields = _object(value, _TERMS, "The terms of an exchange")
    if fields["v"] != VERSION:
        raise BadTerms(f"These terms are of version {str(fields['v'])[:20]!r}; this program knows version {VERSION}.")
    sides = [_side(part) for part in _list(fields["sides"], "“sides”", 2)]
    if len(sides) != 2:
        raise BadTerms(f"An exchange has two sides; these terms name {len(sides)}.")
    terms = Terms(
        talks=_id_or_none(fields["talks"], "talks"),
        room=_id_or_none(fields["room"], "room"),
        nonce=_matching(fields["nonce"], _ID, "The nonce is 32 hexadecimal digits."),
        sides=(sides[0], sides[1]),
        holders=tuple(_holder(part) for part in _list(fields["holders"], "“holders”", MAX_HOLDERS)),
        k=_whole(fields["k"], "k"),
        topics=tuple(_topic(part) for part in _list(fields["topics"], "“topics”", MAX_TOPICS)),
        deadline=_time(fields["deadline"]),
        bucket=_whole(fields["bucket"], "bucket"),
    )
    _check_whole(terms)
    return terms


def check_side(side: Side) -> None:
    """Check a side by itself: its name, its age keys and its keys to sign with. Raises ``BadTerms``."""
    _side(side.body())
    _each_once([side.online, side.recovery], "The age key {} is given twice; every key has one place.")


def is_code(text: str) -> bool:
    """Whether this can be the short name of a side or holder."""
    return len(text) <= MAX_CODE and _SLUG.fullmatch(text) is not None


def fingerprint(party: Side | Holder) -> str:
    """A short form of the keys of a side or holder, to be compared aloud: 20 hex digits in groups of four."""
    return grouped(hashlib.sha256(canonical.encode(_keys(party))).hexdigest())


def grouped(digest: str) -> str:
    """The first 80 bits of a digest, as people read them to one another."""
    return " ".join(digest[i : i + 4] for i in range(0, 20, 4))


_TERMS = ("v", "talks", "room", "nonce", "sides", "holders", "k", "topics", "deadline", "bucket")
_HOLDER = ("code", "delegation", "online", "signers")


def _keys(party: Side | Holder) -> dict[str, Any]:
    keys: dict[str, Any] = {"online": party.online, "signers": [dict(key) for key in party.signers]}
    return keys | {"recovery": party.recovery} if isinstance(party, Side) else keys


def _side(value: object) -> Side:
    fields = _object(value, (*_HOLDER, "recovery"), "A side")
    code = _code(fields["code"])
    return Side(
        code=code,
        delegation=_id_or_none(fields["delegation"], f"delegation of {code}"),
        online=_age_key(fields["online"], code),
        recovery=_age_key(fields["recovery"], code),
        signers=_signers(fields["signers"], code),
    )


def _holder(value: object) -> Holder:
    fields = _object(value, _HOLDER, "A holder")
    code = _code(fields["code"])
    return Holder(
        code=code,
        delegation=_id_or_none(fields["delegation"], f"delegation of {code}"),
        online=_age_key(fields["online"], code),
        signers=_signers(fields["signers"], code),
    )


def _signers(value: object, code: str) -> tuple[Key, ...]:
    keys = _list(value, f"“signers” of {code}", MAX_SIGNERS)
    if not keys:
        raise BadTerms(f"{code} names no key to sign with; name at least one.")
    for key in keys:
        try:
            signatures.check_key(key)
        except signatures.BadSignature as error:
            raise BadTerms(f"A key that {code} signs with cannot be used: {error}.") from None
    return tuple(dict(key) for key in keys)


def _age_key(value: object, code: str) -> str:
    text = value if isinstance(value, str) else ""
    try:
        agekeys.recipient(text)
    except agekeys.BadKey as error:
        raise BadTerms(f"An age key of {code} cannot be used. {error}") from None
    return text


def _check_whole(terms: Terms) -> None:
    """What is of no one part."""
    names = [party.code for party in terms.parties]
    _each_once(names, "{} is named twice; sides and holders are different, and each has a name of its own.")
    _each_once(list(_age_keys(terms)), "The age key {} is given twice; every key has one place.")
    _each_once(_signer_lines(terms), "A key to sign with is given twice: {}. Every key has one place.")
    if not 1 <= terms.k <= len(terms.holders):
        raise BadTerms(f"{terms.k} of {len(terms.holders)} holders cannot open: name at least as many as are to open.")
    if terms.bucket not in BUCKETS:
        raise BadTerms(f"The size bucket is one of {', '.join(map(str, BUCKETS))} bytes.")
    if list(terms.topics) != sorted(set(terms.topics)):
        raise BadTerms("Required topics stand in alphabetical order, each once.")
    _check_place(terms)


def _check_place(terms: Terms) -> None:
    delegations = [party.delegation for party in terms.parties]
    if (terms.talks is None) != (terms.room is None) or any((d is None) != (terms.room is None) for d in delegations):
        raise BadTerms("Terms name talks, room and every delegation, or, carried out on paper, none of them.")
    if terms.room is not None:
        _each_once([str(d) for d in delegations], "Delegation {} is named twice.")


def _age_keys(terms: Terms) -> Iterator[str]:
    for side in terms.sides:
        yield from (side.online, side.recovery)
    for holder in terms.holders:
        yield holder.online


def _signer_lines(terms: Terms) -> list[str]:
    return [str(key.get("key") or key.get("id")) for party in terms.parties for key in party.signers]


def _each_once(texts: list[str], why: str) -> None:
    for text in texts:
        if texts.count(text) > 1:
            raise BadTerms(why.format(text[:80]))


def _by_code(parties: tuple[P, ...], code: str) -> P:
    for party in parties:
        if party.code == code:
            return party
    raise KeyError(code)


def _object(value: object, names: tuple[str, ...], what: str) -> dict[str, Any]:
    if not isinstance(value, Mapping) or set(value) != set(names):
        raise BadTerms(f"{what} has exactly these fields: {', '.join(names)}.")
    return dict(value)


def _list(value: object, what: str, most: int) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise BadTerms(f"{what} is a list of at most {most}.")
    return list(value)


def _matching(value: object, pattern: re.Pattern[str], why: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadTerms(why)
    return value


def _code(value: object) -> str:
    why = "A short name has lower-case letters, digits and single hyphens, at most 60."
    code = _matching(value, _SLUG, why)
    return code if len(code) <= MAX_CODE else _matching("", _SLUG, why)


def _topic(value: object) -> str:
    return _matching(value, _SLUG, "A required topic is named by its short name, such as ceasefire.")


def _id_or_none(value: object, what: str) -> str | None:
    return None if value is None else _matching(value, _ID, f"The {what} is given by its id, 32 hexadecimal digits.")


def _whole(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadTerms(f"“{what}” is a whole number.")
    return value


def _time(value: object) -> str:
    why = "The deadline is a time in UTC with milliseconds, such as 2025-06-01T12:00:00.000Z."
    text = _matching(value, _TIME, why)
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        raise BadTerms(why) from None
    return text
