"""Who may invite whom, and the links they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.office import RoomBehind
from goodoffices.storage.models import Account, Invitation
from goodoffices.storage.models.accounts import digest
from goodoffices.web import randomness
from goodoffices.web.acting.desks import office

LIFETIME = timedelta(days=14)


def may_invite(view: RoomView, delegation: str) -> bool:
    """Whether the viewer can seat somebody for this delegation (id) in this room now: as its host, or as one of it."""
    seat, seats = view.seat(), view.seats
    if seat is None or not view.goes_on or view.state.unknown is not None:
        return False
    return seats.present(delegation) and seat.delegation in {seats.host, delegation}


def offer(inviter: Account, delegation: str, rooms: Sequence[str], details: Mapping[str, str]) -> str:
    """The token of a new invitation to these rooms (ids). It is kept nowhere: only its SHA-256 is."""
    token = randomness.token()
    Invitation.objects.create(
        digest=digest(token),
        inviter=inviter,
        delegation=delegation,
        rooms=list(rooms),
        details=dict(details),
        expires=timezone.now() + LIFETIME,
    )
    return token


def standing(invitation: Invitation) -> list[RoomView]:
    """The rooms it still leads to, as the inviter sees them: those in which they could seat somebody now."""
    if not invitation.inviter.is_active:
        return []
    inviters = Desk(office(), invitation.inviter.person)
    found = [_room(inviters, room) for room in invitation.rooms]
    return [view for view in found if view is not None and may_invite(view, invitation.delegation)]


def _room(inviters: Desk, room: str) -> RoomView | None:
    try:
        inviters.office.check_writable(room)
        return inviters.room(room)
    except (NotFound, RoomBehind):
        return None


def made(inviter: Account) -> list[Invitation]:
    """The inviter's own invitations that have not led to a seat yet, newest first; those that are too old are gone."""
    waiting = Invitation.objects.filter(inviter=inviter, accepted=None).select_related("inviter", "invitee")
    now = timezone.now()
    return [one for one in waiting.order_by("-created", "digest") if one.invitee is not None or one.expires > now]


def withdraw(inviter: Account, digest: str) -> bool:
    """Take an invitation back, unless its seat has been taken. Whether there was one."""
    return bool(Invitation.objects.filter(inviter=inviter, digest=digest, accepted=None).delete()[0])
