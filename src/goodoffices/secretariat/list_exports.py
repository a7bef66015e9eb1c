"""Taking a list out: as CSV or PFIF, encrypted to named age recipients, and never before the entry that says so."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from goodoffices.prisoners import rosters
from goodoffices.prisoners.lists import pfif
from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.lists.writing import write
from goodoffices.prisoners.rosters import COLUMN, UNDERSTOOD, Roster
from goodoffices.sealing import agefile, agekeys
from goodoffices.sealing.agekeys import BadKey
from goodoffices.secretariat import lists
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import Desk
from goodoffices.talks.scene import Refusal


def export(desk: Desk, room: str, act: str, ref: str, form: str, recipients: Sequence[str], reason: str) -> bytes:
    """An age file of one version of a list; the same act again gives it again, and writes nothing more.

    Raises ``Refusal``, ``NotFound``, ``Gone``, ``KeyMissing``.
    """
    for one in recipients:
        try:
            agekeys.recipient(one)
        except BadKey as error:
            raise Refusal(f"{error} Nothing was written.") from error
    view = desk.room(room)
    roster = lists.read(view, ref)
    raw = {"list": ref, "form": form, "recipients": list(recipients), "reason": reason}
    desk.act(Request(act, (Step(room, "export-list", raw),)))
    plain = as_csv(roster) if form == "csv" else as_pfif(roster, desk.office.clock(), desk.office.host)
    return agefile.encrypt(plain, list(dict.fromkeys(recipients)))


def name(view_code: str, version: int, form: str) -> str:
    """What the file is called: nothing in it tells who is on the list."""
    return f"{view_code}-{version}.{'csv' if form == 'csv' else 'xml'}.age"


def as_csv(roster: Roster) -> bytes:
    """Number, fields and columns of every row that can be used; harmless in a spreadsheet. UTF-8 with its mark."""
    keys = dict.fromkeys(key for row in roster.rows for key in row.said)
    order = [*(k for k in FIELDS if k in keys), *(k for k in keys if k.startswith((UNDERSTOOD, COLUMN)))]
    sink = io.StringIO()
    write(sink, ["number", *(k.removeprefix(COLUMN) for k in order)], _cells(roster, order))
    return sink.getvalue().encode("utf-8-sig")


def _cells(roster: Roster, order: Sequence[str]) -> Iterator[list[str]]:
    return ([row.number, *(row.said.get(key, "") for key in order)] for row in roster.rows)


def as_pfif(roster: Roster, at: str, domain: str) -> bytes:
    """As PFIF 1.4. ``at``: RFC 3339 UTC; ``domain``: whose numbers these are."""
    sink = io.StringIO()
    pfif.write(sink, rosters.persons(roster), at[:19] + "Z", domain)
    return sink.getvalue().encode()
