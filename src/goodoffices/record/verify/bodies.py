"""The form of the bodies that decide who sits in a room and who may sign: what ``seats`` folds may rely on.

Only what those folds and the verifier read is checked; an entry may say more. Kinds not named here belong to a matter
and are none of the record's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from goodoffices.record import signatures
from goodoffices.record.seats import Role, RoomKind

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
Ref = Annotated[str, msgspec.Meta(pattern="^e:[0-9a-f]{64}$")]
Citation = Annotated[str, msgspec.Meta(pattern="^p:[0-9a-f]{64}$")]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
ShortName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]{1,60}$")]


class Delegation(msgspec.Struct):
    id: Id
    role: Role
    code: ShortName
    name: str


class Delegate(msgspec.Struct):
    id: Id
    delegation: Id
    keys: list[dict[str, str]] = []


class Log(msgspec.Struct):
    origin: str
    key: str


class Continues(msgspec.Struct):
    origin: str
    size: Annotated[int, msgspec.Meta(ge=0)]
    root: Hash


class RoomOpened(msgspec.Struct):
    kind: RoomKind
    name: ShortName
    talks_name: ShortName
    talks: Id
    host: Id
    delegations: list[Delegation]
    delegates: list[Delegate]
    log: Log
    continues: Continues | None = None


class DelegationAdmitted(msgspec.Struct):
    delegation: Delegation


class DelegationRemoved(msgspec.Struct):
    delegation: Id


class DelegateAccredited(msgspec.Struct):
    delegate: Delegate


class DelegateWithdrawn(msgspec.Struct):
    delegate: Id


class KeyNamed(msgspec.Struct):
    delegate: Id
    key: dict[str, str]
    replaces: dict[str, str] | None = None


class LogKeyReplaced(msgspec.Struct):
    key: str
    old: str
    new: str


class RoomClosed(msgspec.Struct):
    pass


class ParticularsErased(msgspec.Struct):
    entry: Ref
    particulars: list[Citation]


class MinuteAnswered(msgspec.Struct):
    entry: Ref


FORMS: Mapping[str, type[msgspec.Struct]] = {
    "room-opened": RoomOpened,
    "delegation-admitted": DelegationAdmitted,
    "delegation-removed": DelegationRemoved,
    "delegate-accredited": DelegateAccredited,
    "delegate-withdrawn": DelegateWithdrawn,
    "key-named": KeyNamed,
    "log-key-replaced": LogKeyReplaced,
    "room-closed": RoomClosed,
    "particulars-erased": ParticularsErased,
    "minute-confirmed": MinuteAnswered,
    "minute-objected": MinuteAnswered,
}


def malformed(kind: str, body: Mapping[str, Any]) -> str | None:
    """Why this body is not one of its kind, or None."""
    form = FORMS.get(kind)
    if form is None:
        return None
    try:
        read = msgspec.convert(body, form)
        for key in _keys(read):
            signatures.check_key(key)
    except (msgspec.ValidationError, signatures.BadSignature) as error:
        return f"its body is malformed: {error}"
    return None


def _keys(read: msgspec.Struct) -> list[dict[str, str]]:
    if isinstance(read, RoomOpened):
        return [key for delegate in read.delegates for key in delegate.keys]
    if isinstance(read, DelegateAccredited):
        return read.delegate.keys
    return [read.key] if isinstance(read, KeyNamed) else []
