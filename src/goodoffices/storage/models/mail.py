"""Addresses that are written to, letters that wait to be sent, and secret addresses of calendars.

All of it is outside the record, seen by no room, and goes when its owner says so. No row has a number.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from goodoffices.storage.models.accounts import DIGEST, ID, Account

ADDRESS = 254  # characters of an e-mail address (RFC 5321)


class Subscription(models.Model):
    """That an address is to be told when something is published in talks; counts once ``confirmed``.

    ``folded``: the address as compared. ``room``, ``size``: how far the public record was told; ``told``: when last.
    """

    id: models.CharField[str, str] = models.CharField(max_length=ID, primary_key=True)
    talks: models.CharField[str, str] = models.CharField(max_length=ID)
    address: models.CharField[str, str] = models.CharField(max_length=ADDRESS)
    folded: models.CharField[str, str] = models.CharField(max_length=ADDRESS)
    asked: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)
    confirmed: models.DateTimeField[Any, Any] = models.DateTimeField(null=True)
    room: models.CharField[str, str] = models.CharField(max_length=ID, blank=True, default="")
    size: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    told: models.DateTimeField[Any, Any] = models.DateTimeField(null=True)

    class Meta:
        db_table = "subscriptions"
        constraints = [models.UniqueConstraint(fields=["talks", "folded"], name="one_subscription_an_address")]

    def __str__(self) -> str:
        return f"subscription {self.id[:8]}"


class Reminders(models.Model):
    """That somebody wants to be reminded of what waits for them; ``id`` is what the links in letters name."""

    account_id: str
    account: models.OneToOneField[Account, Account] = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="reminders"
    )
    id: models.CharField[str, str] = models.CharField(max_length=ID, unique=True)
    address: models.CharField[str, str] = models.CharField(max_length=ADDRESS)
    asked: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)
    confirmed: models.DateTimeField[Any, Any] = models.DateTimeField(null=True)

    class Meta:
        db_table = "reminders"

    def __str__(self) -> str:
        return f"reminders {self.id[:8]}"


class Reminded(models.Model):
    """That somebody was reminded of one thing; ``thing`` is a digest (64 hex) that tells nothing."""

    pk = models.CompositePrimaryKey("account", "thing")
    account: models.ForeignKey[Account, Account] = models.ForeignKey(Account, on_delete=models.CASCADE)
    thing: models.CharField[str, str] = models.CharField(max_length=DIGEST)

    class Meta:
        db_table = "reminded"

    def __str__(self) -> str:
        return f"reminded {self.thing[:8]}"


class Letter(models.Model):
    """A letter to be sent; the row goes when it was. ``id`` is also its Message-ID, however often it is tried.

    ``due``: not to be tried before. ``why``: how the last try failed. ``given_up``: that it is not tried any more.
    """

    id: models.CharField[str, str] = models.CharField(max_length=ID, primary_key=True)
    sort: models.CharField[str, str] = models.CharField(max_length=20)
    subscription: models.ForeignKey[Subscription | None, Subscription | None] = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, null=True
    )
    account: models.ForeignKey[Account | None, Account | None] = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True
    )
    address: models.CharField[str, str] = models.CharField(max_length=ADDRESS)
    subject: models.CharField[str, str] = models.CharField(max_length=200)
    body: models.TextField[str, str] = models.TextField()
    stop: models.TextField[str, str] = models.TextField(blank=True, default="")
    made: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)
    due: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)
    tries: models.SmallIntegerField[int, int] = models.SmallIntegerField(default=0)
    why: models.TextField[str, str] = models.TextField(blank=True, default="")
    given_up: models.DateTimeField[Any, Any] = models.DateTimeField(null=True)

    class Meta:
        db_table = "letters"
        indexes = [models.Index(fields=["due"], name="letters_by_due")]

    def __str__(self) -> str:
        return f"letter {self.id[:8]}"


class CalendarLink(models.Model):
    """The secret address of somebody's calendar; only its SHA-256 is kept. ``words``: whether it names things."""

    account: models.OneToOneField[Account, Account] = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="calendar_link"
    )
    digest: models.CharField[str, str] = models.CharField(max_length=DIGEST, unique=True)
    words: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    made: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "calendar_links"

    def __str__(self) -> str:
        return f"calendar {self.digest[:8]}"
