"""``goodoffices mail``: letters to subscribers, reminders to people of the talks, and forgetting addresses."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from goodoffices.cli import office

app = typer.Typer(help="Letters to subscribers, and reminders.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """Letters to subscribers, and reminders."""


@app.command()
def send(
    url: Annotated[
        str | None, typer.Option("--url", help="Where this Good Offices is reached, for links.", metavar="URL")
    ] = None,
    every: Annotated[
        int, typer.Option("--every", help="Go on, and look again after so many seconds.", metavar="SECONDS", min=0)
    ] = 0,
) -> None:
    """Make the letters there is reason for, and send what waits by GOODOFFICES_SMTP_URL. Run it every few minutes.

    A letter is sent at least once, and kept with the reason where the server did not take it.

    Example: goodoffices mail send --every 60
    """
    office.office()
    from goodoffices.web.mailing import settings
    from goodoffices.web.mailing.outbox import NoServer

    if not settings.sends():
        office.fail(
            "No mail server is named. Set GOODOFFICES_SMTP_URL, such as smtp://user:password@mail.example.org:587"
        )
    base = (url or settings.base()).rstrip("/")
    while True:
        try:
            typer.echo(_round(base))
        except NoServer as error:
            if not every:
                raise
            typer.echo(str(error), err=True)
        if not every:
            return
        time.sleep(every)


def _round(base: str) -> str:
    from goodoffices.storage.office import open_office
    from goodoffices.web.mailing import news, outbox, reminding, subscribing

    here = open_office()
    subscribing.forget_unconfirmed()
    news.make(here, base)
    reminding.make(here, base)
    done = outbox.send()
    given_up = f", {done.given_up} given up (goodoffices mail status says why)" if done.given_up else ""
    return f"{done.sent} sent, {done.waiting} waiting{given_up}."


@app.command()
def status() -> None:
    """Say how many addresses are followed, and which letters wait or were given up, and why.

    Example: goodoffices mail status
    """
    office.ready()
    from goodoffices.storage.models import Letter, Reminders, Subscription

    confirmed = Subscription.objects.filter(confirmed__isnull=False).count()
    asked = Subscription.objects.filter(confirmed=None).count()
    typer.echo(f"Subscriptions: {confirmed} confirmed, {asked} waiting for their confirmation.")
    typer.echo(f"Reminders: {Reminders.objects.filter(confirmed__isnull=False).count()} confirmed.")
    for letter in Letter.objects.order_by("made", "pk"):
        ended = "given up" if letter.given_up else f"next try {letter.due:%Y-%m-%d %H:%M} UTC"
        why = f": {letter.why}" if letter.why else ""
        typer.echo(f"{letter.pk[:8]} {letter.sort}, tried {letter.tries} times, {ended}{why}")


@app.command()
def forget(
    address: Annotated[str, typer.Argument(help="The e-mail address.", metavar="ADDRESS")],
) -> None:
    """Forget an address: what it follows, reminders to it, and letters to it that were not sent.

    Example: goodoffices mail forget somebody@example.org
    """
    office.ready()
    from django.db import transaction

    from goodoffices.storage.models import Letter, Reminders, Subscription

    with transaction.atomic():
        found = [
            Subscription.objects.filter(folded=address.casefold()),
            Reminders.objects.filter(address__iexact=address),
            Letter.objects.filter(address__iexact=address),
        ]
        counts = [rows.count() for rows in found]
        for rows in found:
            rows.delete()
    typer.echo(f"Forgotten: {counts[0]} subscriptions, {counts[1]} reminders, {counts[2]} letters.")
