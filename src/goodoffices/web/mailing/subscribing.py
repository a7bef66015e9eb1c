"""Following talks by letters: asked for, confirmed by a button, ended by a link.

What the page answers is the same whether an address is known or not. One address gets at most one letter an hour about
the same talks, whoever asks; other talks are not counted with them.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from goodoffices.storage.models import Subscription
from goodoffices.web import randomness
from goodoffices.web.mailing import letters
from goodoffices.web.public.finding import PublicTalks

WAITS = timedelta(days=3)  # for its confirmation; then the address is forgotten
AGAIN = timedelta(hours=1)  # between two letters that somebody asks for by a form


def ask(talks: str, address: str, base: str) -> None:
    """Have a letter written to this address, if it was not just now; nothing counts before it is confirmed."""
    folded, now = address.casefold(), timezone.now()
    try:
        with transaction.atomic():
            known = Subscription.objects.select_for_update().filter(talks=talks, folded=folded).first()
            if known is None:
                known = Subscription(id=randomness.hex_id(), talks=talks, address=address, folded=folded, asked=now)
                known.save(force_insert=True)
            elif known.asked > now - AGAIN:
                return
            else:
                Subscription.objects.filter(pk=known.pk).update(asked=now)
            letter = letters.known(known, base) if known.confirmed else letters.confirm(known, base)
            letter.save(force_insert=True)
    except IntegrityError:
        return  # the same address was given twice at once; the other one's letter is on its way


def waiting(id: str) -> Subscription | None:
    """The subscription (id), if it is there still and its confirmation is not too late."""
    found = Subscription.objects.filter(pk=id).first()
    return None if found is None or (found.confirmed is None and _late(found)) else found


def confirm(id: str, talks: PublicTalks) -> None:
    """From now on, and no earlier: what was published before is not told of."""
    Subscription.objects.filter(pk=id, confirmed=None).update(
        confirmed=timezone.now(), room=talks.room.id, size=talks.room.size
    )


def stop(id: str) -> None:
    """Forget the address, and every letter to it that was not sent yet. Doing it twice does no harm."""
    Subscription.objects.filter(pk=id).delete()


def forget_unconfirmed() -> int:
    """Forget addresses that nobody confirmed in time; how many."""
    late = Subscription.objects.filter(confirmed=None, asked__lt=timezone.now() - WAITS)
    count = late.count()
    late.delete()
    return count


def _late(found: Subscription) -> bool:
    return bool(found.asked < timezone.now() - WAITS)
