"""Sealing in an exercise: what each side and holder would do with keys of its own, done for them at a replay.

A talks file says who seals which paper, who releases, who opens; keys, layers and salts come from here. All of it
follows from the replay's own secret (but age's randomness), so whoever runs the machine holds every key: good for an
exercise and for nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.papers import conditions
from goodoffices.papers.conditions import NotReadable
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.sealing import agefile, agekeys, escrow, layers, outers
from goodoffices.sealing.escrow import Given
from goodoffices.sealing.exchanges import SEALING, Exchange
from goodoffices.sealing.layers import Opened, Paper
from goodoffices.secretariat.exercising_lists import FileSynthetic
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked

Raw = dict[str, Any]
Content = Callable[[str], bytes]
"""A particular of the room by its citation."""


@dataclass(frozen=True, kw_only=True)
class Nothing(Asked):
    """Keys are made at the replay."""


@dataclass(frozen=True, kw_only=True)
class OfKeys(Asked):
    keys: str = fields.ref("Keys", "sealing-keys-named", "sealing-keys-replacement-proposed")


@dataclass(frozen=True, kw_only=True)
class SealOf(Asked):
    proposal: str = fields.ref("Exchange", "exchange-proposed")
    paper: Any = fields.paper("Paper")  # noqa: RUF009  # a description of the field


@dataclass(frozen=True, kw_only=True)
class OfExchange(Asked):
    proposal: str = fields.ref("Exchange", "exchange-proposed")


@dataclass(frozen=True, kw_only=True)
class OfPaper(Asked):
    proposal: str = fields.ref("Exchange", "exchange-proposed")
    side: str = fields.code("Whose paper")


@dataclass(frozen=True, kw_only=True)
class TableOf(Asked):
    proposal: str = fields.ref("Exchange", "exchange-proposed")
    side: str = fields.code("Whose paper")
    title: str = fields.words("Title")


WRITTEN: Mapping[str, type[Asked]] = {
    "name-sealing-keys": Nothing,
    "prove-recovery": OfKeys,
    "seal-paper": SealOf,
    "release-papers": OfExchange,
    "open-paper": OfPaper,
    "table-paper": TableOf,
    "file-list": FileSynthetic,
}
"""What a talks file gives of these commands; the rest is made at the replay."""


def _armored(data: bytes) -> str:
    """An age file as text."""
    lines = "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64))
    return f"-----BEGIN AGE ENCRYPTED FILE-----\n{lines}\n-----END AGE ENCRYPTED FILE-----\n"


@dataclass(frozen=True)
class Exercise:
    """One step of an exchange in an exercise: the replay's secret, the room, who acts, and how they sign."""

    key: bytes
    room: Room
    delegation: str
    content: Content
    sign: Callable[[bytes], bytes]

    def raw(self, command: str, given: Raw) -> Raw:
        """The whole of what is handed in. Raises ``header.BadLayer``, ``layers.BadPaper`` or ``KeyError``."""
        make = {
            "name-sealing-keys": self._keys,
            "prove-recovery": self._nonce,
            "seal-paper": self._seal,
            "release-papers": self._release,
            "open-paper": self._open,
            "table-paper": self._table,
        }[command]
        return make(given)

    def _secret(self, *names: str) -> bytes:
        """32 bytes for one purpose of this replay."""
        return hmac.digest(self.key, "/".join((self.room.id, *names)).encode(), hashlib.sha256)

    def _recipient(self, which: str) -> str:
        return agekeys.recipient_of(self._secret("age", self.delegation, which))

    def _keys(self, _: Raw) -> Raw:
        if self.room[SEATS].delegations[self.delegation].role != "party":
            return {"online": self._recipient("online")}
        nonce = self._secret("nonce", self.delegation)
        recovery = self._recipient("recovery")
        test = _armored(agefile.encrypt(nonce.hex().encode(), [recovery]))
        check = hashlib.sha256(nonce).hexdigest()
        return {"online": self._recipient("online"), "recovery": recovery, "check": check, "test": test}

    def _nonce(self, given: Raw) -> Raw:
        return given | {"nonce": self._secret("nonce", self.delegation).hex()}

    def _exchange(self, given: Raw) -> Exchange:
        return self.room[SEALING].all[given["proposal"]]

    def _seal(self, given: Raw) -> Raw:
        x, paper = self._exchange(given), given["paper"]
        side = x.code(self.delegation)
        salt = self._secret("salt", x.id, side)[:16]
        made = layers.seal(x.terms, side, Paper(paper["content"], paper["name"], paper["media"]), salt, self.sign)
        return {
            "proposal": x.ref,
            "outer": {"content": made.outer},
            "escrow": {"content": made.escrow},
        }

    def _release(self, given: Raw) -> Raw:
        x, rows = self._exchange(given), []
        holder = x.code(self.delegation)
        secret = self._secret("age", self.delegation, "online")
        for side in x.sides:
            peels = escrow.peel(x.terms, holder, self._sealed(x, side), self._earlier(x), secret)
            rows.append({"side": side, "peels": {"content": escrow.write_peels(peels)}})
        return {"proposal": x.ref, "peels": rows, "builds_on": [one.id for one in x.course.releases]}

    def _open(self, given: Raw) -> Raw:
        x, side = self._exchange(given), given["side"]
        opened = self._opened(x, side)
        raw = {"proposal": x.ref, "side": side, "digest": opened.digest.removeprefix("p:")}
        try:
            found = {one.topic for one in conditions.parse(opened.content, opened.name, opened.media).conditions}
        except NotReadable:
            return raw
        return raw | {"structured": True, "blank": [topic for topic in x.terms.topics if topic not in found]}

    def _table(self, given: Raw) -> Raw:
        x = self._exchange(given)
        opened = self._opened(x, given["side"])
        paper = {"content": opened.content, "name": opened.name, "media": opened.media, "salt": opened.salt.hex()}
        return given | {"paper": paper}

    def _opened(self, x: Exchange, side: str) -> Opened:
        """The paper of a side, by its counterpart's key."""
        reader = x.terms.counterpart(side).delegation or ""
        found = escrow.secret(x.terms, side, self._earlier(x))
        digest, inner = outers.open_outer(x.terms, side, self._sealed(x, side).outer, found or b"")
        return layers.open_inner(x.terms, side, digest, inner, [self._secret("age", reader, "online")])

    def _sealed(self, x: Exchange, side: str) -> escrow.Seal:
        seal = x.seals[side]
        return escrow.Seal(side, self.content(seal.outer), self.content(seal.escrow), seal.outer_sha256)

    def _earlier(self, x: Exchange) -> list[Given]:
        return [
            Given(
                one.by,
                {
                    side: escrow.read_peels(x.terms, self.content(peels.paper))
                    for side, peels in x.peels[one.id].items()
                },
            )
            for one in x.course.releases
        ]
