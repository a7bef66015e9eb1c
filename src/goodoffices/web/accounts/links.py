"""Single-use links that sign somebody in: for the demo, and for people who have lost their passkey.

Whoever can run commands on the host's machine can make one. It replaces password and second step.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from goodoffices.storage.models import Account, SignInLink
from goodoffices.storage.models.accounts import digest
from goodoffices.web import randomness

LIFETIME = timedelta(hours=12)


def make(account: Account, lifetime: timedelta = LIFETIME) -> str:
    """The token of a new link; its address is ``reverse("sign-in-link", args=[token])``."""
    token = randomness.token()
    SignInLink.objects.create(digest=digest(token), account=account, expires=timezone.now() + lifetime)
    return token


def new_link(account: Account, lifetime: timedelta = LIFETIME) -> str:
    """The path of a new link; put ``https://host`` before it."""
    return reverse("sign-in-link", args=[make(account, lifetime)])


def waiting(token: str) -> SignInLink | None:
    """The link, if it can still be used."""
    unused = SignInLink.objects.filter(digest=digest(token), used=None, expires__gt=timezone.now())
    return unused.filter(account__is_active=True).select_related("account").first()


def use(token: str) -> Account | None:
    """Use the link: its account, once."""
    with transaction.atomic():
        link = waiting(token)
        # Of two who press the button at once, one changes the row.
        used = link and SignInLink.objects.filter(pk=link.pk, used=None).update(used=timezone.now())
    return link.account if link and used else None
