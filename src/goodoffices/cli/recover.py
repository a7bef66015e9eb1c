"""``goodoffices recover``: going on after the database was restored from an older copy."""

from __future__ import annotations

import typer

from goodoffices.cli import office as offices


def recover(
    room: str = typer.Argument("", help="The room's id, as the refusal names it. Without it: which rooms are behind."),
) -> None:
    """Continue a room that the database is behind on, in a new room that cites the last checkpoint known of it.

    What survived of the old room can be read again; nothing more is written to it.

    Example: goodoffices recover 3f2a9c0de1b84756aa0b9d3c5e7f1024
    """
    from goodoffices.secretariat import recovering
    from goodoffices.storage.heads import FileHeads
    from goodoffices.storage.home import folder
    from goodoffices.talks.scene import Refusal

    office, heads = offices.office(), FileHeads(folder() / "heads")
    if not room:
        behind = list(recovering.behind(office, heads))
        for found in behind:
            typer.echo(f"{found.room}  {found.survived} of {found.known} entries are in the database")
        if not behind:
            typer.echo("No room is behind its head outside the database.")
        return
    try:
        done = recovering.recover(office, heads, room)
    except Refusal as refusal:
        offices.fail(str(refusal))
    typer.echo(
        f"The room goes on as {done.room}. What is left of {room} can be read: {done.size} of {done.known} entries."
    )
