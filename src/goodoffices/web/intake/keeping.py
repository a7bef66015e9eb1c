"""What is kept of a text handed in: the text, how it was read, its drafts and what was decided on each.

It lies outside the record and is its owner's alone; nobody else finds it, and it stays until its owner erases it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from goodoffices.secretariat.acts import NotFound
from goodoffices.statements.intake import intake
from goodoffices.statements.intake.files import text_of
from goodoffices.statements.intake.proposals import Proposal, proposals
from goodoffices.storage.models import Account, KeptDraft, KeptSource
from goodoffices.storage.models.intake import DROPPED, OPEN
from goodoffices.web import randomness


class Furniture(msgspec.Struct, frozen=True):
    """A stretch of the page that is not part of the report, and why."""

    start: int
    end: int
    why: str


class Given(msgspec.Struct, frozen=True):
    """What was handed in. ``original`` is the file as received, with its name and media type; None for a pasted text.

    ``published`` is EDTF as the person wrote it, checked only when it is entered.
    """

    text: str
    format: str
    title: str
    outlet: str
    published: str
    furniture: tuple[Furniture, ...]
    original: bytes | None = None
    name: str = ""
    media: str = ""


@dataclass(frozen=True)
class Kept:
    """A source with its drafts, by number."""

    id: str
    room: str
    created: datetime
    given: Given
    drafts: tuple[Draft, ...]

    def open(self) -> Iterable[Draft]:
        return (d for d in self.drafts if d.status == OPEN)


@dataclass(frozen=True)
class Draft:
    """``act``: the act that accepts it. ``seq``: the entry it became."""

    number: int
    status: str
    act: str
    seq: int | None
    proposal: Proposal


TITLE = 200  # characters of a title taken from the text


def keep(account: Account, room: str, content: bytes, named: Given) -> str:
    """Read ``content`` into drafts and keep them: the source's id. Raises ``Unreadable``; then nothing is kept."""
    found = text_of(content)
    drafts = intake(found.text, page=found.page)
    furniture = tuple(Furniture(b.span.start, b.span.end, b.why) for b in drafts.boilerplate)
    given = msgspec.structs.replace(
        named, text=found.text, format=found.format, furniture=furniture, title=named.title or _title(found.text)
    )
    made = proposals(drafts, named.outlet)
    with transaction.atomic():
        row = KeptSource(
            id=randomness.hex_id(),
            account=account,
            room=room,
            data=msgspec.msgpack.encode(given),
            created=timezone.now(),
        )
        row.save(force_insert=True)
        KeptDraft.objects.bulk_create(
            KeptDraft(source=row, number=n, act=randomness.hex_id(), data=msgspec.msgpack.encode(p))
            for n, p in enumerate(made)
        )
    return row.id


def _title(text: str) -> str:
    """The first line that could be one."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return next((line[:TITLE] for line in lines if any(c.isalpha() for c in line)), "")


def find(account: Account, room: str, source: str) -> Kept:
    """The account's own source for this room, with its drafts. Raises ``NotFound``."""
    row = KeptSource.objects.filter(account=account, room=room, id=source).first()
    if row is None:
        raise NotFound
    drafts = tuple(_draft(d) for d in KeptDraft.objects.filter(source=row).order_by("number"))
    return Kept(row.id, row.room, row.created, _given(row), drafts)


def of_account(account: Account, room: str | None = None) -> list[tuple[KeptSource, Given]]:
    """The account's own sources, the newest first; of one room, or of all."""
    rows = KeptSource.objects.filter(account=account, **({"room": room} if room else {}))
    return [(row, _given(row)) for row in rows.order_by("-created", "id")]


def erase(account: Account, source: str) -> None:
    """Take away a source and its drafts. What was accepted stays on the record. Raises ``NotFound``."""
    found, _ = KeptSource.objects.filter(account=account, id=source).delete()
    if not found:
        raise NotFound


def decide(kept: Kept, number: int, status: str, seq: int | None = None) -> None:
    """Note what became of a draft."""
    KeptDraft.objects.filter(source=kept.id, number=number).update(status=status, seq=seq)


def again(kept: Kept, number: int) -> None:
    """Open a draft anew that was dropped or accepted, for another act."""
    KeptDraft.objects.filter(source=kept.id, number=number).update(status=OPEN, seq=None, act=randomness.hex_id())


def drop(kept: Kept, number: int) -> None:
    KeptDraft.objects.filter(source=kept.id, number=number, status=OPEN).update(status=DROPPED)


def _given(row: KeptSource) -> Given:
    return msgspec.msgpack.decode(bytes(row.data), type=Given)


def _draft(row: KeptDraft) -> Draft:
    return Draft(row.number, row.status, row.act, row.seq, msgspec.msgpack.decode(bytes(row.data), type=Proposal))
