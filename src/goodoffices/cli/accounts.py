"""``goodoffices account`` and ``goodoffices sign-in-link``: letting people in from the host's machine."""

from __future__ import annotations

import re
from datetime import timedelta
from secrets import token_hex
from typing import Annotated

import typer

from goodoffices.cli import office

NAME = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")

app = typer.Typer(help="Accounts on this machine.", no_args_is_help=True)

Url = Annotated[str | None, typer.Option("--url", help="Where this Good Offices is reached.", metavar="URL")]
Hours = Annotated[int, typer.Option("--hours", help="How long the link can be used.", min=1, max=24 * 30)]


@app.callback()
def account() -> None:
    """Accounts on this machine."""


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="User name of the account.", metavar="NAME")],
    url: Url = None,
    hours: Hours = 24,
) -> None:
    """Make an account that may open talks, and print a single-use link that signs its owner in.

    Everybody else is better invited from within the talks.

    Example: goodoffices account new envoy
    """
    office.ready(migrate=True)
    from goodoffices.storage.models import Account

    if not NAME.fullmatch(name):
        office.fail("A user name is small letters, digits and single hyphens, at most 60 characters.")
    if Account.objects.filter(username=name).exists():
        office.fail(f"There is an account called “{name}” already. A link for it is made by: goodoffices sign-in-link")
    made = Account(username=name, person=token_hex(16), may_open_talks=True)
    made.set_unusable_password()
    made.save()
    typer.echo(f"The account “{name}” may open talks. Its owner sets a password or a passkey after signing in.")
    _print_link(name, url, hours)


@app.command("list")
def listed() -> None:
    """List the accounts of this machine.

    Example: goodoffices account list
    """
    office.ready()
    from goodoffices.storage.models import Account

    for made in Account.objects.order_by("username"):
        notes = [*(["may open talks"] if made.may_open_talks else []), *([] if made.is_active else ["suspended"])]
        typer.echo(f"{made.username}{' (' + ', '.join(notes) + ')' if notes else ''}")


def sign_in_link(
    name: Annotated[str, typer.Argument(help="User name of the account.", metavar="ACCOUNT")],
    url: Url = None,
    hours: Hours = 24,
) -> None:
    """Print a link that signs the owner of an account in, once. Hand it over in person or by a channel you trust.

    Example: goodoffices sign-in-link rusk
    """
    office.ready()
    _print_link(name, url, hours)


def _print_link(name: str, url: str | None, hours: int) -> None:
    from django.conf import settings

    from goodoffices.storage.models import Account
    from goodoffices.web.accounts.links import new_link

    account = Account.objects.filter(username=name).first()
    if account is None:
        office.fail(
            f"There is no account called “{name}” on this machine. They are listed by: goodoffices account list"
        )
    base = url or ("http://localhost:8000" if settings.LOCAL else f"https://{settings.HOST}")
    typer.echo(base.rstrip("/") + new_link(account, timedelta(hours=hours)))
