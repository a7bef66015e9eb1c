"""Taking the seat: the one act, the inviter's, that puts the accreditation on the records of all its rooms."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import RoomBehind
from goodoffices.storage.models import Account, Invitation
from goodoffices.talks.scene import Refusal
from goodoffices.web.accounts import keys
from goodoffices.web.acting.desks import office
from goodoffices.web.invitations.offering import standing


def take_seat(invitation: Invitation, account: Account) -> None:
    """Accredit the account's person, with their passkeys as signing keys. Doing it again does no harm.

    The invitation is used up once the accreditation is on the record. Raises ``Refusal``, ``NotFound`` or
    ``RoomBehind``: nothing was written, and it can be tried again.
    """
    asked = invitation.asked or _kept(invitation, _asked(invitation, account))
    if asked is not None:
        try:
            Desk(office(), invitation.inviter.person).act(_request(invitation, asked))
        except (Refusal, NotFound, RoomBehind):
            Invitation.objects.filter(pk=invitation.pk).update(asked=None)
            raise
    # What was said of the person stands on the record now, where it can be erased; it is not kept twice.
    Invitation.objects.filter(pk=invitation.pk).update(accepted=timezone.now(), asked=None, details={})


def _kept(invitation: Invitation, asked: dict[str, Any] | None) -> dict[str, Any] | None:
    """Kept before the act is done, the first of two attempts for both: if one stops half way, the next asks for the
    very same thing, and the secretariat answers with the receipts it gave."""
    Invitation.objects.filter(pk=invitation.pk, asked__isnull=True).update(asked=asked)
    invitation.refresh_from_db(fields=["asked"])
    return invitation.asked


def _asked(invitation: Invitation, account: Account) -> dict[str, Any] | None:
    """The step to do; None where the person sits in every one of the rooms already."""
    views = standing(invitation)
    if not views:
        raise NotFound
    rooms = [view.id for view in views if view.seats.seat(account.person) is None]
    if not rooms:
        return None
    raw = {
        "person": account.person,
        "delegation": invitation.delegation,
        "keys": keys.signing_keys(account),
        "rooms": rooms[1:],
        **invitation.details,
    }
    return {"room": rooms[0], "raw": raw}


def _request(invitation: Invitation, asked: dict[str, Any]) -> Request:
    act = hashlib.sha256(f"invitation/{invitation.digest}".encode()).hexdigest()[:32]
    return Request(act, (Step(asked["room"], "accredit-delegate", asked["raw"]),))
