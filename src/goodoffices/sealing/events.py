"""What happens in an exchange: one frozen dataclass for each thing that somebody can do.

``by`` is the code of the side or holder that did it, ``side`` the code of the side whose paper it is about. Digests are
64 hex digits. On a record an event is an entry, on paper a slip (docs/design/sealing.md, sections 4 and 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

FAULTS = (
    "malformed",
    "cannot-open",
    "wrong-content",
    "wrong-context",
    "wrong-key",
    "wrong-size",
    "wrong-digest",
    "wrong-signature",
)
"""What may be found wrong with a seal, a paper or a release; the table in section 4 says what each means."""


@dataclass(frozen=True)
class Agreed:
    """A side agrees to the terms, or a holder to hold."""

    by: str


@dataclass(frozen=True)
class Declined:
    by: str


@dataclass(frozen=True)
class Sealed:
    """``outer`` and ``escrow``: the digests of what the side handed in."""

    by: str
    outer: str
    escrow: str


@dataclass(frozen=True)
class Held:
    """A holder has opened what it can of a side's seal, and it is as it should be."""

    by: str
    side: str


@dataclass(frozen=True)
class HoldingDisputed:
    """A holder says that a side's seal has a fault; it releases nothing while it says so."""

    by: str
    side: str
    fault: str


@dataclass(frozen=True)
class Withdrawn:
    by: str


@dataclass(frozen=True)
class Lapsed:
    """``by`` may be anyone: it is a fact of the calendar."""

    by: str


@dataclass(frozen=True)
class Released:
    """``id`` names this release, ``builds_on`` those of other holders it took up, in their order.

    ``digests``: for each side what its peels bring out, or None.
    """

    by: str
    id: str
    builds_on: tuple[str, ...]
    digests: Mapping[str, str | None]


@dataclass(frozen=True)
class Opened:
    """The counterpart has read the paper of ``side``."""

    by: str
    side: str
    digest: str


@dataclass(frozen=True)
class OpeningDisputed:
    """The counterpart says that what is inside is not the paper it should be."""

    by: str
    side: str
    fault: str


@dataclass(frozen=True)
class Tabled:
    """Either side lays the paper of ``side`` open."""

    by: str
    side: str
    digest: str


Event: TypeAlias = (
    Agreed
    | Declined
    | Sealed
    | Held
    | HoldingDisputed
    | Withdrawn
    | Lapsed
    | Released
    | Opened
    | OpeningDisputed
    | Tabled
)
