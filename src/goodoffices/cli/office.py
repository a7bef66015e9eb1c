"""What commands share: the office of this machine, the person behind an account, and how a command fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from goodoffices.secretariat.desk import Desk
    from goodoffices.secretariat.office import Office


def office(*, migrate: bool = False) -> Office:
    """This machine's office (``migrate`` as for ``ready``). Django is set up when first asked."""
    ready(migrate=migrate)
    from goodoffices.storage.office import open_office

    return open_office()


def person(username: str) -> str:
    """The person (32 hex) behind an account's user name; fails where there is none."""
    ready()
    from goodoffices.storage.models import Account

    found = Account.objects.filter(username=username).values_list("person", flat=True).first()
    if found is None:
        fail(f"There is no account called “{username}” on this machine.")
    return str(found)


def desk(username: str | None) -> Desk:
    """The desk of this account's person; without one, the operator's, who may read everything on the machine."""
    here = office()
    from goodoffices.secretariat.desk import Desk
    from goodoffices.secretariat.operator import OperatorDesk

    return OperatorDesk(here) if username is None else Desk(here, person(username))


def fail(why: str) -> NoReturn:
    """Say why on stderr and end with exit code 1."""
    typer.echo(why, err=True)
    raise typer.Exit(1)


def set_up() -> None:
    """Django's settings and models; nothing is read or written yet."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.web.settings")
    django.setup()


def ready(*, migrate: bool = False) -> None:
    """A data folder and a database that this version can work with.

    A new database is made. One of an older version is brought up to date only where ``migrate`` says so, which is where
    somebody means to run this version from now on; other commands fail and say which those are.
    """
    from goodoffices.storage import home

    home.ensure()  # before the settings, which read the secret in it
    set_up()
    behind = pending()
    if behind and not migrate and behind != "new":
        fail("The database was made by an older version. Bring it up to date with: goodoffices migrate")
    if behind:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)


def pending() -> str:
    """What the database lacks: nothing, ``new`` when it has no tables at all, or the last migration it is to get."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return ""
    return str(plan[-1][0]) if executor.loader.applied_migrations else "new"
