"""``goodoffices lists reconcile``: lists of two rooms matched on this machine, however large they are."""

from __future__ import annotations

import secrets

import typer

from goodoffices.cli import office
from goodoffices.cli.matching import progress


def reconcile(talks: str, room: str, left: str, right: str | None, username: str) -> None:
    """Match as somebody of the intermediary; what is found is entered in ``room`` of ``talks``."""
    desk = office.desk(username)
    from goodoffices.prisoners.filed import LISTS
    from goodoffices.prisoners.matched import MATCHED
    from goodoffices.prisoners.matching.beside import MatchingFailed
    from goodoffices.prisoners.matching.running import NothingToMatch
    from goodoffices.secretariat import reconciling
    from goodoffices.secretariat.acts import NotFound
    from goodoffices.secretariat.cabinet import CabinetUnusable, KeyMissing
    from goodoffices.secretariat.locked import Gone
    from goodoffices.secretariat.reconciling import Chosen
    from goodoffices.talks.scene import Refusal

    def chosen(given: str) -> Chosen:
        name, _, code = given.partition("/")
        view = desk.named(talks, name)
        version = view.state[LISTS].of(code)
        if version is None:
            office.fail(f"There is no list “{code}” in the room {name}. A list is given as ROOM/LIST.")
        return Chosen(view.id, version.ref)

    try:
        here = desk.named(talks, room)
        lists = chosen(left), chosen(right) if right is not None else None
        with progress() as step:
            reconciling.match(desk, here.id, secrets.token_hex(16), *lists, step)
    except NotFound:
        office.fail("One of these rooms is not among those you sit in, or has another name.")
    except (Refusal, NothingToMatch, MatchingFailed, Gone, KeyMissing, CabinetUnusable) as error:
        office.fail(str(error))
    run = list(desk.room(here.id).state[MATCHED].runs.values())[-1]
    typer.echo(f"{run.compared:,} pairs were compared. Entered as entry {run.seq} of the room {room}.")
    typer.echo(f"Without a doubt: {run.certain:,}. For two people to judge: {run.review:,}.")
    typer.echo("Nothing is decided by this: your delegation judges every pair, on the room's page.")
