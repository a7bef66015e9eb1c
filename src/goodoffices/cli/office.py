"""What commands share: the office of this machine, the person behind an account, and how a command fails."""

from __future__ import annotations

import os
from typing import NoReturn

import typer

from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.operator import OperatorDesk


def office() -> Office:
    """This machine's office. Django is set up when first asked, so that ``--help`` stays quick."""
    _set_up()
    from goodoffices.storage.office import open_office

    return open_office()


def person(username: str) -> str:
    """The person (32 hex) behind an account's user name; fails where there is none."""
    _set_up()
    from goodoffices.storage.models import Account

    found = Account.objects.filter(username=username).values_list("person", flat=True).first()
    if found is None:
        fail(f"There is no account called “{username}” on this machine.")
    return str(found)


def desk(username: str | None) -> Desk:
    """The desk of this account's person; without one, the operator's, who may read everything on the machine."""
    here = office()
    return OperatorDesk(here) if username is None else Desk(here, person(username))


def fail(why: str) -> NoReturn:
    """Say why on stderr and end with exit code 1."""
    typer.echo(why, err=True)
    raise typer.Exit(1)


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.web.settings")
    django.setup()
