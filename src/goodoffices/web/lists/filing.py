"""Filing a list from the page: looked at first, column by column, and filed when a person has said which is which.

The file is held in memory for as long as a request takes and never put down; so it is sent again with each step, which
the page does by itself where it can.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.prisoners.filed import HOLDS, Version
from goodoffices.prisoners.lists.fields import FIELDS, SAYS_WHO, BadMap, guessed
from goodoffices.prisoners.lists.files import table as table_of
from goodoffices.prisoners.lists.persons import reading
from goodoffices.prisoners.lists.pfif import READ_AS
from goodoffices.prisoners.lists.tables import BadList, Table, letters
from goodoffices.prisoners.lists.telling import findings as told
from goodoffices.prisoners.taking import Taken, take
from goodoffices.readouts import codes
from goodoffices.secretariat import lists
from goodoffices.secretariat.acts import NotFound
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.lists.finding import Here, act, here, version

SAMPLES = 3  # cells shown of each column
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Column:
    """A column of the file: its place from 0, the field it is taken for, and its first cells."""

    place: int
    letter: str
    heading: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """A file that was looked at. ``taken``: what filing it would keep; without it, ``why`` not.

    ``of``: its headings, in short. ``remembered``: its columns were said before.
    """

    columns: tuple[Column, ...] = ()
    headless: bool = False
    taken: Taken | None = None
    why: str = ""
    remembered: bool = False
    findings: tuple[str, ...] = ()
    of: str = ""


@get_or_post
@login_required
def file_list(request: HttpRequest, room: str) -> HttpResponse:
    """File a list."""
    return _page(request, here(request, room), None)


@get_or_post
@login_required
def correct(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """File a list again, corrected. Raises ``NotFound`` for any but the newest version."""
    found = here(request, room)
    known = version(found, seq)
    newest = found.state.of(known.code)
    if newest is None or newest.ref != known.ref:
        raise NotFound
    return _page(request, found, known)


def _page(request: HttpRequest, found: Here, known: Version | None) -> HttpResponse:
    if not found.files or (known is not None and known.by != found.acting):
        raise NotFound
    if request.method != "POST":
        return _form(request, found, known, None, "")
    look, fault = None, ""
    try:
        content = _content(request)
        if "file" in request.POST:
            return _filed(request, found, known, content)
        look = _looked(request, found, content)
    except (Refusal, BadList, BadMap) as error:
        fault = str(error)
    return _form(request, found, known, look, fault)


def _content(request: HttpRequest) -> bytes:
    given = request.FILES.get("list")
    if not isinstance(given, UploadedFile):
        raise Refusal(_("Choose the file of the list."))
    content: bytes = given.read()
    return content


def _filed(request: HttpRequest, found: Here, known: Version | None, content: bytes) -> HttpResponse:
    room, done = found.view.id, act(request)
    code = known.code if known is not None else request.POST.get("code", "").strip()
    receipts = lists.file(
        found.mine,
        room,
        done,
        content,
        _chosen(request),
        headless="headless" in request.POST,
        code=code,
        holds=known.holds if known is not None else request.POST.get("holds", ""),
        replaces=known.ref if known is not None else None,
        on_behalf=found.on_behalf,
    )
    behalf = f"?for={found.on_behalf}" if found.on_behalf else ""
    return acknowledged(request, receipts, done, reverse("list", args=[room, receipts[0].first]) + behalf)


def _chosen(request: HttpRequest) -> dict[int, str] | None:
    """Which column is which, as the page says; nothing where it was not asked yet."""
    given = {
        place: request.POST[f"column-{place}"] for place in range(MOST_COLUMNS) if f"column-{place}" in request.POST
    }
    if not given:
        return None
    said = {place: key for place, key in given.items() if key}
    twice = sorted({key for key in said.values() if list(said.values()).count(key) > 1})
    if any(key not in FIELDS for key in said.values()):
        raise Refusal(_("This page was incomplete. Go back to the room and begin anew; nothing was written."))
    if twice:
        names = ", ".join(FIELDS[key].label for key in twice)
        raise Refusal(_("Two columns are to be the same: {fields}. Nothing was written.").format(fields=names))
    if not any(key in SAYS_WHO for key in said.values()):
        raise Refusal(_("Say which column holds the name. Nothing was written."))
    return said


def _looked(request: HttpRequest, found: Here, content: bytes) -> Look:
    """The file as it would be kept. What the page said of columns holds only for the headings it said it of."""
    headless = "headless" in request.POST
    table = table_of(content)
    if headless and table.read_as != READ_AS:
        table = lists.beheaded(table)
    first = list(islice(table.rows, SAMPLES))
    table.rows = chain(first, table.rows)
    remembered = lists.remembered(found.view, table.headings)
    fields = _fields(request, table, remembered)
    columns = tuple(
        Column(place, letters(place + 1), heading, fields.get(place, ""), tuple(cells[place] for _n, cells in first))
        for place, heading in enumerate(table.headings[:MOST_COLUMNS])
    )
    if table.read_as == READ_AS:
        columns = ()
    of = _print(table.headings)
    if not any(key in SAYS_WHO for key in fields.values()):
        why = _("No heading was understood as a name. Say below which column holds it; or is the first row a person?")
        return Look(columns, headless, None, why, of=of)
    taken = take(reading(table, fields), date.fromisoformat(found.mine.office.clock()[:10]), _no_salt)
    said = tuple(told(taken.findings, taken.headings))
    return Look(columns, headless, taken, "", remembered is not None, said, of)


def _fields(request: HttpRequest, table: Table, remembered: Sequence[str] | None) -> dict[int, str]:
    """The field of each column: as said on the page for these headings, else as it was remembered, else guessed."""
    if table.read_as == READ_AS:
        return dict(enumerate(table.headings))
    if request.POST.get("of") == _print(table.headings) and (chosen := _chosen(request)):
        return chosen
    if remembered is not None:
        return {place: key for place, key in enumerate(remembered) if key}
    return guessed(table.headings)


def _print(headings: Sequence[str]) -> str:
    """Short for headings, in a form: what they are is not always fit for one."""
    return hashlib.sha256("\n".join(headings).encode("utf-8", "surrogatepass")).hexdigest()


def _no_salt(_: str) -> bytes:
    """What is only looked at is kept nowhere and needs none."""
    return bytes(16)


def _form(request: HttpRequest, found: Here, known: Version | None, look: Look | None, fault: str) -> HttpResponse:
    posted = request.POST
    context: dict[str, Any] = found.frame() | {
        "corrects": known,
        "act": posted.get("act") or randomness.hex_id(),
        "code": known.code if known is not None else posted.get("code", ""),
        "holds": known.holds if known is not None else posted.get("holds", ""),
        "choices": [(key, codes.holds(key, _)) for key in HOLDS],
        "look": look,
        "fields": [(key, one.label) for key, one in FIELDS.items()],
        "fault": fault,
        "sent": "list" in request.FILES,
    }
    return render(request, "lists/file.html", context, status=422 if fault else 200)
