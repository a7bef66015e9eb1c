"""Telling subscribers that something was published: a letter at most once an hour, and never one about nothing."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from goodoffices.readouts import published
from goodoffices.secretariat.office import Office
from goodoffices.storage.models import Letter, Subscription
from goodoffices.web.mailing import letters
from goodoffices.web.public import finding
from goodoffices.web.public.finding import PublicTalks

QUIET = timedelta(hours=1)  # between two letters of news to one address


def make(office: Office, base: str) -> int:
    """Make a letter for every subscriber who was not told of the newest; how many."""
    return sum(_told(one, base) for one in finding.listed(office))


def _told(talks: PublicTalks, base: str) -> int:
    room, size = talks.room.id, talks.room.size
    told_lately = Q(told__gt=timezone.now() - QUIET)
    behind = Subscription.objects.filter(talks=talks.id, confirmed__isnull=False).exclude(room=room, size=size)
    new: dict[tuple[str, int], bool] = {}
    made = 0
    for subscription in behind.exclude(told_lately & Q(told__isnull=False)):
        since = (subscription.room, subscription.size)
        if since not in new:
            new[since] = _news(talks, *since)
        made += _write(subscription, room, size, base, new[since])
    return made


def _news(talks: PublicTalks, room: str, size: int) -> bool:
    """Whether anything was published after that place of the record; a room that continues another is all new."""
    start = size if room == talks.room.id else 0
    return any(map(published.said, talks.room.entries(start)))


def _write(to: Subscription, room: str, size: int, base: str, new: bool) -> int:
    """In one transaction: how far they were told, and the letter that tells them, unless one is waiting still."""
    with transaction.atomic():
        mine = Subscription.objects.filter(pk=to.pk, room=to.room, size=to.size)
        if not mine.update(room=room, size=size, told=timezone.now() if new else F("told")) or not new:
            return 0
        if Letter.objects.filter(subscription=to, sort="news", given_up=None).exists():
            return 0
        letters.news(to, base).save(force_insert=True)
        return 1
