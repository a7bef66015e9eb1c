"""``goodoffices recover``: going on after the database was restored from an older copy."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from goodoffices.cli import office as offices
from goodoffices.secretariat.office import Office


def recover(
    room: str = typer.Argument("", help="The room's id, as the refusal names it. Without it: which rooms are behind."),
) -> None:
    """Continue a room that the database is behind on, in a new room that cites the last checkpoint known of it.

    What survived of the old room can be read again; nothing more is written to it. In the new one sits who sat there as
    far as the record survived: withdrawals, removals and keys among the lost entries have to be entered again.

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
    typer.echo("In the new room sit, as far as the record survived:")
    for line in _seated(office, done.room):
        typer.echo(f"  {line}")
    typer.echo("If the lost entries withdrew one of them or replaced a key, enter that again before anything else.")


def _seated(office: Office, room: str) -> Iterator[str]:
    """Everybody who sits there, with the number of their signing keys."""
    from goodoffices.secretariat.operator import OperatorDesk

    view = OperatorDesk(office).room(room)
    people = [d for d in view.seats.delegates.values() if d.until is None]
    words = view.words(text for d in people for text in (d.name, d.function) if text)
    for d in people:
        name = words.get(d.name or "") or words.get(d.function or "") or d.id
        keys = "no key" if not d.keys else f"{len(d.keys)} key{'s' if len(d.keys) > 1 else ''}"
        yield f"{view.seats.delegations[d.delegation].code}: {name} ({keys})"
