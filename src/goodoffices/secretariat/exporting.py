"""Exporting: a room as one person may read it, in a bundle that anyone can verify without us.

A bundle depends on the visible prefix and nothing else: two worlds that differ elsewhere give the same bytes. The
leaves come from the stored tree and the lines from the stored entries, so a row that was changed in the database is
exported as it stands there, and the verifier names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from goodoffices.record import bundles

if TYPE_CHECKING:
    from goodoffices.secretariat.desk import RoomView

_AT_ONCE = 1024  # lines: at most 64 MiB


def export(view: RoomView, file: BinaryIO) -> None:
    """Write a bundle of exactly this prefix to ``file`` (open for writing, seekable)."""
    office = view.desk.office
    store = office.store
    bundles.write(
        file,
        bundles.Contents(
            talks=view.seats.talks,
            room=view.id,
            origin=office.origin(view.id),
            size=view.size,
            checkpoint=view.checkpoint(),
            lines=_lines(view),
            leaves=_leaves(view),
            particulars=view.particulars,
            signatures=lambda digests: store.signatures(view.id, digests),
        ),
    )


def _lines(view: RoomView) -> Iterator[bytes]:
    for start in range(0, view.size, _AT_ONCE):
        yield from view.lines(start, start + _AT_ONCE)


def _leaves(view: RoomView) -> Iterator[bytes]:
    for start in range(0, view.size, _AT_ONCE):
        yield from view.desk.office.store.nodes(view.id, 0, start, min(_AT_ONCE, view.size - start))
