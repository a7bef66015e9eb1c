"""Taking up an invitation: from a link that anybody may hold to one account's own."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from goodoffices.storage.models import Account, Invitation
from goodoffices.storage.models.accounts import digest
from goodoffices.web.accounts.opening import open_account


def found(token: str, account: Account | None) -> Invitation | None:
    """The invitation, while it is open or this account's own."""
    unused = Invitation.objects.filter(digest=digest(token), accepted=None).select_related("inviter")
    invitation = unused.first()
    if invitation is None:
        return None
    if invitation.invitee_id is None:
        return invitation if invitation.expires > timezone.now() else None
    return invitation if account is not None and invitation.invitee_id == account.pk else None


def take(token: str, account: Account) -> bool:
    """Make the invitation this account's own. False if somebody was faster, or it is no longer open."""
    open_now = Invitation.objects.filter(digest=digest(token), accepted=None, invitee=None, expires__gt=timezone.now())
    return bool(open_now.update(invitee=account))


def take_anew(token: str, name: str, password: str, zone: str) -> Account | None:
    """Take it with an account made for it. None if it is no longer open; then no account is made either."""
    with transaction.atomic():
        account = open_account(name, password=password, zone=zone)
        if take(token, account):
            return account
        transaction.set_rollback(True)
    return None


def waiting(account: Account) -> list[Invitation]:
    """Invitations this account has taken up and whose seats it has not taken, oldest first."""
    taken = Invitation.objects.filter(invitee=account, accepted=None).select_related("inviter")
    return list(taken.order_by("created", "digest"))
