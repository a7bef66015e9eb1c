"""The statements of one room: a page to look through them, an issue's timeline, a meeting's accounts, and an export."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from goodoffices.readouts import statements as read
from goodoffices.readouts.claims import claims as as_claims
from goodoffices.readouts.names import names
from goodoffices.secretariat.desk import RoomView
from goodoffices.statements.kept import STATEMENTS
from goodoffices.talks.meetings import MEETINGS
from goodoffices.web.acting.desks import desk, of_talks, venue

LONGEST = 100  # characters of a value one asks for
LINKED = 24  # issues or meetings that the page links to
LABELS = {
    "speaker": gettext_noop("Speaker"),
    "delegation": gettext_noop("Speaking for"),
    "issue": gettext_noop("Issue"),
    "channel": gettext_noop("Channel"),
    "known": gettext_noop("How it is known"),
    "verb": gettext_noop("What they did"),
    "place": gettext_noop("Place"),
    "meeting": gettext_noop("Account of the meeting"),
}


@require_safe
def statements(request: HttpRequest, room: str) -> HttpResponse:
    """Those asked for, the newest first."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    asked = _asked(request)
    found = read.listed(view, asked, _below(request), others=others, translate=_)
    choices = read.choices(view, others, _)
    context = {
        "room": view,
        "found": found,
        "fields": [(name, _(label), _offered(choices[name], getattr(asked, name))) for name, label in LABELS.items()],
        "asked": asked,
        "any_asked": asked != read.EVERYTHING,
        "same": urlencode(_given(asked)),
        "issues": choices["issue"][:LINKED],
        "meetings": choices["meeting"][:LINKED],
        "may_write": _may_write(view),
        "venue": venue(view, others),
    }
    return render(request, "statements/statements.html", context)


@require_safe
def issue(request: HttpRequest, room: str, issue: str) -> HttpResponse:
    """What this room's record holds about one issue."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    found = read.timeline(view, issue, _below(request), others=others, translate=_)
    context = {
        "room": view,
        "issue": issue.replace("-", " "),
        "found": found,
        "may_write": _may_write(view),
        "venue": venue(view, others),
    }
    return render(request, "statements/issue.html", context)


@require_safe
def accounts(request: HttpRequest, room: str, meeting: str) -> HttpResponse:
    """How different people describe one meeting: on this room's record, and in the viewer's other rooms."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    elsewhere = []
    for other in others:
        if other.state[STATEMENTS].marks.count(f"meeting:{meeting}"):
            rest = [v for v in (view, *others) if v.id != other.id]
            elsewhere.append((other, read.accounts(other, meeting, rest, _)))
    context = {
        "room": view,
        "meeting": meeting.replace("-", " "),
        "code": meeting,
        "held": _held(view, meeting),
        "found": read.accounts(view, meeting, others, _),
        "elsewhere": elsewhere,
        "venue": venue(view, others),
    }
    return render(request, "statements/accounts.html", context)


@require_safe
def claims(request: HttpRequest, room: str) -> HttpResponse:
    """Those asked for as JSON-LD (schema.org Claim, W3C PROV), to be kept as a file."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    document = as_claims(read.every(view, _asked(request), others, _), view)
    response = HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type="application/ld+json")
    response["Content-Disposition"] = f'attachment; filename="{view.seats.talks_name}-{view.seats.name}-claims.json"'
    return response


def _asked(request: HttpRequest) -> read.Filter:
    given = {name: request.GET.get(name, "")[:LONGEST] or None for name in read.BY}
    return read.Filter(**given, open=request.GET.get("open") == "1")


def _given(asked: read.Filter) -> dict[str, str]:
    """What was asked for, as an address has it."""
    found = {name: value for name in read.BY if (value := getattr(asked, name))}
    return found | ({"open": "1"} if asked.open else {})


def _below(request: HttpRequest) -> int | None:
    text = request.GET.get("below", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _offered(choices: list[read.Choice], chosen: str | None) -> list[tuple[str, str, bool]]:
    """What a menu has: value, words with how many, and whether it is the one asked for."""
    listed = [(c.value, f"{c.text} ({c.count})", c.value == chosen) for c in choices]
    if chosen and not any(now for _value, _text, now in listed):
        listed.append((chosen, _("as asked for"), True))  # reached from a statement: too many to list them all
    return listed


def _may_write(view: RoomView) -> bool:
    return view.seat() is not None and view.goes_on and view.seats.closed is None and view.state.unknown is None


def _held(view: RoomView, meeting: str) -> dict[str, Any] | None:
    """What this room's own record says of the meeting."""
    known = view.state[MEETINGS].named(meeting)
    if known is None:
        return None
    n = names(view, (), (), _, more=(known.title, known.venue))
    return {"title": n.text(known.title), "venue": n.text(known.venue), "day": known.day}
