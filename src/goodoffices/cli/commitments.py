"""``goodoffices commitments``: what was undertaken in a room and where it stands; and terms read back, offline."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import Annotated

import typer

from goodoffices.commitments import language
from goodoffices.commitments.durations import moment
from goodoffices.commitments.terms import said

app = typer.Typer(help="Commitments: on which terms, and where they stand.", no_args_is_help=True)


@app.callback()
def commitments() -> None:
    """Commitments: on which terms, and where they stand."""


@app.command(epilog='Example: goodoffices commitments check "within 10 days of the release of lists"')
def check(terms: Annotated[str, typer.Argument(metavar="TERMS", help="Terms as people say them.")]) -> None:
    """Say how terms are understood, or where they are not. Nothing is written."""
    from goodoffices.cli import office

    try:
        understood = language.parse(terms)
    except language.BadTerms as error:
        office.fail(str(error))
    typer.echo(said(understood) or "binding at once, without an end")
    for word, codes in (("events", understood.events()), ("commitments", understood.commitments())):
        if codes:
            typer.echo(f"  {word}: {', '.join(sorted(codes))}")


@app.command(epilog="Example: goodoffices commitments show rehearsal plenary --at 2030-02-01")
def show(
    talks: Annotated[str, typer.Argument(metavar="TALKS", help="Short name of the talks.")],
    room: Annotated[str, typer.Argument(metavar="ROOM", help="Short name of the room.")],
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="DAY", help="By the record as it is, at that time: a day (its end), or an RFC 3339 time."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    person: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="As this account's person may read it.")
    ] = None,
) -> None:
    """Print a room's commitments, newest first: who owes what, and why it stands where it stands."""
    from goodoffices.cli import office
    from goodoffices.readouts.commitments import owed_in

    desk = office.desk(person)
    view = desk.named(talks, room)
    now = _moment(at) if at is not None else moment(desk.office.clock())
    owed = owed_in(view, now, [v for v in desk.rooms() if v.seats.talks == view.seats.talks])
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(one) for one in owed], ensure_ascii=False, indent=1))
        return
    for one in owed:
        typer.echo(f"{one.code}: {one.stands}")
        typer.echo(f"  {one.by} to {one.to} ({one.degree}): {one.what}")
        for label, text in (("terms", one.terms), ("otherwise", one.otherwise), ("due", one.due)):
            if text:
                typer.echo(f"  {label}: {text}")
        for because in one.because:
            typer.echo(f"  - {because.text}")
    if not owed:
        typer.echo("No commitment is on this room's record.")


def _moment(text: str) -> datetime:
    from goodoffices.cli import office

    try:
        return moment(text)
    except ValueError:
        office.fail(f"There is no such day or time as {text}; write one like 2025-06-01 or 2025-06-01T12:00Z.")
