"""Drafts: acts prepared and waiting for their author's signature, outside the record and the author's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from goodoffices.record.entries import Base
from goodoffices.secretariat.acts import NotFound, Request, Step, Tape, ToSign
from goodoffices.secretariat.desk import Prepared
from goodoffices.storage.models import Account, Draft


@dataclass(frozen=True)
class _Step:
    room: str
    command: str
    raw: dict[str, Any]
    on_behalf: str | None


@dataclass(frozen=True)
class _Draft:
    act: str
    steps: tuple[_Step, ...]
    salts: dict[str, bytes]
    bases: dict[str, Base]
    to_sign: tuple[ToSign, ...]


def keep(account: Account, prepared: Prepared) -> None:
    """Store a prepared act until it is signed; a newer preparation of the same act takes its place."""
    request = prepared.request
    steps = tuple(_Step(s.room, s.command, _plain(s.raw), s.on_behalf) for s in request.steps)
    draft = _Draft(request.act, steps, prepared.tape.salts, dict(prepared.bases), prepared.to_sign)
    Draft.objects.update_or_create(account=account, act=request.act, defaults={"data": msgspec.msgpack.encode(draft)})


def find(account: Account, act: str) -> Prepared:
    """The account's own draft. Raises ``NotFound``."""
    kept = Draft.objects.filter(account=account, act=act).first()
    if kept is None:
        raise NotFound
    draft = msgspec.msgpack.decode(bytes(kept.data), type=_Draft)
    steps = tuple(Step(s.room, s.command, s.raw, s.on_behalf) for s in draft.steps)
    return Prepared(Request(draft.act, steps), Tape(draft.salts), draft.bases, draft.to_sign)


def drop(account: Account, act: str) -> None:
    Draft.objects.filter(account=account, act=act).delete()


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in raw.items()}
