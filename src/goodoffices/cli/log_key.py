"""``goodoffices log-key``: the key under which this machine keeps the records of its rooms."""

from __future__ import annotations

import typer

from goodoffices.cli import office as offices

app = typer.Typer(help="The key that signs checkpoints.", no_args_is_help=True)


@app.callback()
def log_key() -> None:
    """The key that signs checkpoints."""


@app.command()
def replace() -> None:
    """Replace the log key, and say so in every room under the old key and the new one.

    The old key is kept in log-keys-retired: earlier checkpoints stay under it, and so do closed rooms. Pages may be
    served meanwhile. Interrupted, do it again: a replacement that is not over in every room is gone on with.

    Example: goodoffices log-key replace
    """
    from goodoffices.secretariat import rekeying
    from goodoffices.storage.logkeys import FileLogKeys

    office = offices.office()
    keys = office.log_keys
    if not isinstance(keys, FileLogKeys):
        offices.fail("The log key of this office is not in a file.")
    with keys.held():
        found = rekeying.standing(office)
        if found.due:
            typer.echo("An earlier replacement was not over; it is gone on with.")
        else:
            keys.renew()
            found = rekeying.standing(office)
        for room, author in found.due.items():
            rekeying.hand_over(office, room, author)
    for room, why in found.left.items():
        typer.echo(f"Left under its old key: room {room}. {why}", err=True)
    count = "1 room" if len(found.due) == 1 else f"{len(found.due)} rooms"
    typer.echo(f"The log key is now {office.log_key.public.hex()[:16]}, and {count} now say so.")
    typer.echo("Copy log-key and log-keys-retired from the data folder to where you keep their copies.")
