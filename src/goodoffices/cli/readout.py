"""``goodoffices readout``: the text of one meeting, for the public or for a room."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from goodoffices.cli import office
from goodoffices.readouts import render
from goodoffices.readouts.readout import NoSuchMeeting, Readout, meetings
from goodoffices.readouts.readout import readout as drawn
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import RoomBehind


class Format(StrEnum):
    """How it is written."""

    MD = "md"
    HTML = "html"
    JSON = "json"


def readout(
    talks: Annotated[str, typer.Argument(help="Short name of the talks.", metavar="TALKS")],
    meeting: Annotated[str, typer.Argument(help="Short name of the meeting.", metavar="MEETING")],
    audience: Annotated[
        str, typer.Option("--for", help="“public”, or the short name of a room.", metavar="public|ROOM")
    ] = "public",
    form: Annotated[Format, typer.Option("--format", help="Markdown, an HTML document or JSON.")] = Format.MD,
    username: Annotated[
        str | None, typer.Option("--as", help="Read as this account; without it as the operator.", metavar="PERSON")
    ] = None,
) -> None:
    """Print what the record says of one meeting.

    For a room it is drawn from that room's record alone; for the public from what the ground rules let be released.
    Where no meeting at all was released, the public's readout is of everything in the public room.

    Example: goodoffices readout istanbul-2025 first-meeting --for public --format md
    """
    typer.echo(_written(_readout(office.desk(username), talks, meeting, audience), form), nl=False)


def _readout(desk: Desk, talks: str, meeting: str, audience: str) -> Readout:
    public = Desk(desk.office, None)
    try:
        view = (public if audience == "public" else desk).named(talks, audience)
    except (NotFound, RoomBehind) as error:
        office.fail("\n".join([*desk.behind.values(), str(error)]))
    known = meetings(view)
    whole = audience == "public" and not known
    others = [room for room in public.rooms() if room.seats.talks == view.seats.talks]
    try:
        made = drawn(view, None if whole else meeting, others)
    except NoSuchMeeting as error:
        held = f"It holds: {', '.join(known)}." if known else "No meeting has been called in this room."
        office.fail(f"{error} {held}")
    if whole:
        typer.echo("No meeting was released to the public; this is all that the public room holds.", err=True)
    return made


def _written(made: Readout, form: Format) -> str:
    if form is Format.HTML:
        return render.html(made)
    return render.json(made) if form is Format.JSON else render.markdown(made)
