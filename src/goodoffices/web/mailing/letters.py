"""What letters say. Nothing in them tells of the talks: a link, and how to get no more of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodoffices.storage.models import Letter, Reminders, Subscription
from goodoffices.web import randomness
from goodoffices.web.mailing import tokens


def confirm(to: Subscription, base: str) -> Letter:
    """Asks whether it was the owner of the address who gave it."""
    link = base + reverse("confirm-letters", args=[tokens.make("confirm", to.id)])
    body = _(
        "Somebody, probably you, asked us to write to this address when something is published.\n\n"
        "If it was you, confirm it here:\n{link}\n\n"
        "If it was not, do nothing. We write no more, and forget the address after three days.\n"
    ).format(link=link)
    return _letter("confirm", _("Please confirm your address"), body, to.address, subscription=to)


def known(to: Subscription, base: str) -> Letter:
    """To a confirmed address that was given once more: the page has said the same as to any other."""
    body = _("Somebody, probably you, gave this address again. We write to it already; there is nothing to do.\n")
    return _letter("known", _("We write to this address already"), body, to.address, _stop(to, base), subscription=to)


def news(to: Subscription, base: str) -> Letter:
    """That something was published, and where."""
    link = base + reverse("public-talks", args=[to.talks])
    body = _("Something was published that you follow:\n{link}\n").format(link=link)
    return _letter("news", _("Something was published"), body, to.address, _stop(to, base), subscription=to)


def confirm_reminders(to: Reminders, base: str) -> Letter:
    """Asks whether the account's owner reads this address."""
    link = base + reverse("confirm-reminders", args=[tokens.make("confirm-reminders", to.id)])
    body = _(
        "Somebody, probably you, asked to be reminded at this address.\n\n"
        "If it was you, confirm it here:\n{link}\n\n"
        "If it was not, do nothing, and we write no more.\n"
    ).format(link=link)
    return _letter("confirm", _("Please confirm your address"), body, to.address, account_id=to.account_id)


def reminder(to: Reminders, base: str) -> Letter:
    """That something waits, not what."""
    body = _("Something waits for you, or falls due. Sign in to see what it is:\n{link}\n").format(
        link=base + reverse("my-talks")
    )
    stop = base + reverse("stop-reminders", args=[tokens.make("stop-reminders", to.id)])
    return _letter("reminder", _("Something waits for you"), body, to.address, stop, account_id=to.account_id)


def _stop(to: Subscription, base: str) -> str:
    return base + reverse("stop-letters", args=[tokens.make("stop", to.id)])


def _letter(
    sort: str,
    subject: str,
    body: str,
    address: str,
    stop: str = "",
    subscription: Subscription | None = None,
    account_id: str | None = None,
) -> Letter:
    if stop:
        body += "\n" + _("To get no more of these letters:\n{link}\n").format(link=stop)
    now = timezone.now()
    return Letter(
        made=now,
        due=now,
        id=randomness.hex_id(),
        sort=sort,
        subject=subject,
        body=body,
        address=address,
        stop=stop,
        subscription=subscription,
        account_id=account_id,
    )
