"""Accounts, invitations, sign-in links and drafts: what lives outside the record.

No row has a number: numbers count what others do. Of a link only the SHA-256 of its token is kept.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ID = 32  # hex characters of an id
DIGEST = 64  # hex characters of a SHA-256

PERSON = RegexValidator(r"^[0-9a-f]{32}\Z", _("A person's id is 32 hexadecimal characters."))
USERNAME = RegexValidator(
    r"^[a-z0-9]+([.-][a-z0-9]+)*\Z", _("A sign-in name has small letters, digits, and single hyphens or dots.")
)


def check_zone(name: str) -> None:
    """Raises ``ValidationError`` for what is not an IANA time zone; empty means UTC."""
    try:
        ZoneInfo(name or "UTC")
    except (ValueError, OSError) as error:
        raise ValidationError(_("There is no such time zone; write one like Europe/Istanbul.")) from error


def digest(token: str) -> str:
    """What is kept of a link's token: its SHA-256 (64 hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts. Nobody signs up by themselves: accounts arise from invitations and from the command line."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """A new account, with ``person`` (32 hex) among the fields. Raises ``ValidationError``."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.full_clean()
        account.save(using=self._db, force_insert=True)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. ``person`` is their id on every record; ``username`` never stands on one."""

    person: models.CharField[str, str] = models.CharField(max_length=ID, primary_key=True, validators=[PERSON])
    username: models.CharField[str, str] = models.CharField(max_length=150, unique=True, validators=[USERNAME])
    zone: models.CharField[str, str] = models.CharField(max_length=64, blank=True, default="", validators=[check_zone])
    may_open_talks: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts"

    def __str__(self) -> str:
        return self.username


class Invitation(models.Model):
    """A single-use link that accredits a person to ``delegation`` in ``rooms``.

    ``details``: what the accreditation says (name, level, function, sender, credentials, mandate). Open while
    ``invitee`` is empty; then that account's alone; used up when ``accepted``: once the accreditation is on the
    record. ``asked``: the step of that act as first tried, so that trying again asks for the very same thing.
    """

    digest: models.CharField[str, str] = models.CharField(max_length=DIGEST, primary_key=True)
    inviter: models.ForeignKey[Account, Account] = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="invitations_made"
    )
    invitee_id: str | None
    invitee: models.ForeignKey[Account | None, Account | None] = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="invitations_taken"
    )
    delegation: models.CharField[str, str] = models.CharField(max_length=ID)
    rooms: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    details: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    asked: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    created: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)
    expires: models.DateTimeField[Any, Any] = models.DateTimeField()
    accepted: models.DateTimeField[Any, Any] = models.DateTimeField(null=True)

    class Meta:
        db_table = "invitations"

    def __str__(self) -> str:
        return f"invitation {self.digest[:8]}"


class SignInLink(models.Model):
    """A single-use link that signs an account in."""

    digest: models.CharField[str, str] = models.CharField(max_length=DIGEST, primary_key=True)
    account: models.ForeignKey[Account, Account] = models.ForeignKey(Account, on_delete=models.CASCADE)
    expires: models.DateTimeField[Any, Any] = models.DateTimeField()
    used: models.DateTimeField[Any, Any] = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_links"

    def __str__(self) -> str:
        return f"link {self.digest[:8]}"


class Draft(models.Model):
    """An act prepared and waiting for its author's signature."""

    pk = models.CompositePrimaryKey("account", "act")
    account: models.ForeignKey[Account, Account] = models.ForeignKey(Account, on_delete=models.CASCADE)
    act: models.CharField[str, str] = models.CharField(max_length=ID)
    data: models.BinaryField[bytes, bytes] = models.BinaryField()
    created: models.DateTimeField[Any, Any] = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "drafts"

    def __str__(self) -> str:
        return f"draft {self.act}"
