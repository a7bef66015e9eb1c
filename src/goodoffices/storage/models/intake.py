"""Sources handed in for intake and the drafts made of them: outside the record, and their owner's alone.

Nothing here expires: what is kept stays until its owner erases it. No row has a number that counts what others do.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from goodoffices.storage.models.accounts import ID, Account

OPEN, SIGNING, ACCEPTED, DROPPED = "open", "signing", "accepted", "dropped"


class KeptSource(models.Model):
    """A text that ``account`` handed in, for the room (id) it is to be entered in. ``data`` is ``web.intake``'s."""

    id: models.CharField[str, str] = models.CharField(max_length=ID, primary_key=True)
    account: models.ForeignKey[Account, Account] = models.ForeignKey(Account, on_delete=models.CASCADE)
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    data: models.BinaryField[bytes, bytes] = models.BinaryField()
    created: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "kept_sources"

    def __str__(self) -> str:
        return f"source {self.id}"


class KeptDraft(models.Model):
    """One draft, by its number (from 0) within its source. ``act``: the act that accepts it; ``seq``: its entry."""

    pk = models.CompositePrimaryKey("source", "number")
    source: models.ForeignKey[KeptSource, KeptSource] = models.ForeignKey(
        KeptSource, on_delete=models.CASCADE, related_name="drafts"
    )
    number: models.IntegerField[int, int] = models.IntegerField()
    status: models.CharField[str, str] = models.CharField(max_length=10, default=OPEN)
    act: models.CharField[str, str] = models.CharField(max_length=ID)
    seq: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    data: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        db_table = "kept_drafts"

    def __str__(self) -> str:
        return f"draft {self.number} of {self.source_id}"

    source_id: str
