"""Opening an account."""

from __future__ import annotations

from django.utils.text import slugify

from goodoffices.storage.models import Account
from goodoffices.web import randomness


def open_account(
    name: str, *, person: str | None = None, password: str | None = None, zone: str = "", exactly: bool = False
) -> Account:
    """An account for somebody called ``name``, for the person with this id (32 hex) or a fresh one.

    The sign-in name is made of the name and a chance ending: a name that is refused because it is taken would tell of
    an account. The operator may ask for ``exactly`` this name. Raises ``ValidationError``.
    """
    username = (
        name if exactly else f"{slugify(name)[:40].strip('-_').replace('_', '-') or 'delegate'}-{randomness.ending()}"
    )
    return Account.objects.create_user(username, password, person=person or randomness.hex_id(), zone=zone)
