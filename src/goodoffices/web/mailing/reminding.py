"""Reminding people of what waits for them, who asked for it: once of each thing, and without saying what it is.

What somebody is reminded of follows from the rooms they may read, as their page of the talks does.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from goodoffices.readouts import reminding
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import Office
from goodoffices.storage.models import Account, Letter, Reminded, Reminders
from goodoffices.web import randomness
from goodoffices.web.mailing import letters
from goodoffices.web.mailing.subscribing import AGAIN, WAITS


def ask(account: Account, address: str, base: str) -> bool:
    """Have a letter written to this address; False if one was, less than an hour ago."""
    try:
        with transaction.atomic():
            known = Reminders.objects.select_for_update().filter(account=account).first()
            if known is not None and known.confirmed is None and known.asked > timezone.now() - AGAIN:
                return False
            stop(account.person)
            new = Reminders(account=account, id=randomness.hex_id(), address=address, asked=timezone.now())
            new.save(force_insert=True)
            letters.confirm_reminders(new, base).save(force_insert=True)
    except IntegrityError:
        return False  # the form was sent twice at once; the other one's letter is on its way
    return True


def waiting(id: str) -> Reminders | None:
    """The reminders (id), if they are there still and their confirmation is not too late."""
    found = Reminders.objects.filter(id=id, account__is_active=True).first()
    late = found is not None and found.confirmed is None and found.asked < timezone.now() - WAITS
    return None if late else found


def confirm(id: str) -> None:
    Reminders.objects.filter(id=id, confirmed=None).update(confirmed=timezone.now())


def stop(person: str) -> None:
    """Forget the address of this person's account and the letters to it; what they were reminded of stays known."""
    Letter.objects.filter(account_id=person).delete()
    Reminders.objects.filter(account_id=person).delete()


def stop_by_link(id: str) -> None:
    """The same by the id that a letter's link names."""
    found = Reminders.objects.filter(id=id).first()
    if found is not None:
        stop(found.account_id)


def make(office: Office, base: str) -> int:
    """A letter to everybody for whom something new waits; how many."""
    confirmed = Reminders.objects.filter(confirmed__isnull=False, account__is_active=True)
    return sum(_remind(office, one, base) for one in confirmed.order_by("pk"))


def _remind(office: Office, to: Reminders, base: str) -> int:
    things = {_digest(thing) for thing in waiting_for(office, to.account_id)}
    try:
        with transaction.atomic():
            known = Reminded.objects.filter(account_id=to.account_id, thing__in=things).values_list("thing", flat=True)
            new = sorted(things - set(known))
            if not new:
                return 0
            Reminded.objects.bulk_create(Reminded(account_id=to.account_id, thing=thing) for thing in new)
            letters.reminder(to, base).save(force_insert=True)
    except IntegrityError:
        return 0  # another run was doing the same; what it left out comes next time
    return 1


def waiting_for(office: Office, person: str) -> list[str]:
    """Everything that waits for a person now, each by a text that is its own."""
    now = datetime.fromisoformat(office.clock())
    rooms = [view for view in Desk(office, person).rooms() if view.seat() is not None and view.goes_on]
    return [thing for view in rooms for thing in reminding.things(view, now)]


def _digest(thing: str) -> str:
    return hashlib.sha256(thing.encode()).hexdigest()
