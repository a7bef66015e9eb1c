"""``goodoffices migrate``: the data folder and the database made, or brought up to date."""

from __future__ import annotations

import typer

from goodoffices.cli import office


def migrate() -> None:
    """Make the data folder and the database, or bring an older database up to date.

    Example: goodoffices migrate
    """
    office.ready(migrate=True)
    typer.echo("The data folder and the database are up to date.")
