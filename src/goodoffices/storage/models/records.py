"""What the store keeps: rooms and their entries, and the indexes and particulars beside them.

Every table is keyed by room (or by person): no key, counter or index runs across rooms, so nothing that happens in one
can show in the numbers of another. ``goodoffices.storage.records`` reads and writes them; nothing else does.
"""

from __future__ import annotations

from django.db import models

ID = 32  # hex characters of an id
DIGEST = 64  # hex characters of a SHA-256
CITATION = DIGEST + 2


class RoomHead(models.Model):
    """Where a room's record stands (``record.store.Head``)."""

    room: models.CharField[str, str] = models.CharField(max_length=ID, primary_key=True)
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    root: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=32)
    frontier: models.BinaryField[bytes, bytes] = models.BinaryField()
    at: models.CharField[str, str] = models.CharField(max_length=32)
    public: models.BooleanField[bool, bool] = models.BooleanField()

    class Meta:
        db_table = "rooms"

    def __str__(self) -> str:
        return f"{self.room} at {self.size}"


class EntryLine(models.Model):
    """An entry's canonical bytes, never re-encoded, and their leaf hash."""

    pk = models.CompositePrimaryKey("room", "seq")
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    seq: models.BigIntegerField[int, int] = models.BigIntegerField()
    line: models.BinaryField[bytes, bytes] = models.BinaryField()
    leaf: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=32)

    class Meta:
        db_table = "entries"
        indexes = [models.Index(fields=["room", "leaf"], name="entries_by_leaf")]

    def __str__(self) -> str:
        return f"{self.room}/{self.seq}"


class TreeNode(models.Model):
    """The root of a complete subtree, at one of the levels that are stored (``record.tree.STORED_LEVELS``)."""

    pk = models.CompositePrimaryKey("room", "level", "index")
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    level: models.SmallIntegerField[int, int] = models.SmallIntegerField()
    index: models.BigIntegerField[int, int] = models.BigIntegerField()
    hash: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=32)

    class Meta:
        db_table = "nodes"

    def __str__(self) -> str:
        return f"{self.room}/{self.level}/{self.index}"


class KeptParticular(models.Model):
    """A particular's salt and content; the row goes when it is erased."""

    pk = models.CompositePrimaryKey("room", "citation")
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    citation: models.CharField[str, str] = models.CharField(max_length=CITATION)
    salt: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=16)
    content: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        db_table = "particulars"

    def __str__(self) -> str:
        return f"{self.room}/{self.citation}"


class KeptSignature(models.Model):
    """A signature as stored, by its SHA-256."""

    pk = models.CompositePrimaryKey("room", "digest")
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    digest: models.CharField[str, str] = models.CharField(max_length=DIGEST)
    content: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        db_table = "signatures"

    def __str__(self) -> str:
        return f"{self.room}/{self.digest}"


class ActDone(models.Model):
    """An act on the record: the digest of what was asked, and what it wrote, as ``room:first:count`` by spaces."""

    pk = models.CompositePrimaryKey("person", "act")
    person: models.CharField[str, str] = models.CharField(max_length=ID)
    act: models.CharField[str, str] = models.CharField(max_length=ID)
    content: models.CharField[str, str] = models.CharField(max_length=DIGEST)
    spans: models.TextField[str, str] = models.TextField()

    class Meta:
        db_table = "acts"

    def __str__(self) -> str:
        return f"{self.person}/{self.act}"


class SeatHeld(models.Model):
    """That a person has or had a seat in a room: an index of what the records say, never the word on who may read."""

    pk = models.CompositePrimaryKey("person", "room")
    person: models.CharField[str, str] = models.CharField(max_length=ID)
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    until: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)

    class Meta:
        db_table = "seats"

    def __str__(self) -> str:
        return f"{self.person} in {self.room}"


class Projection(models.Model):
    """A room's state after ``size`` entries, made by folds of ``version``; any of them can be deleted at any time."""

    pk = models.CompositePrimaryKey("room", "version", "size")
    room: models.CharField[str, str] = models.CharField(max_length=ID)
    version: models.CharField[str, str] = models.CharField(max_length=ID)
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    data: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        db_table = "projections"

    def __str__(self) -> str:
        return f"{self.room} after {self.size}"
