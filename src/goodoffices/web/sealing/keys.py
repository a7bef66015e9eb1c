"""The keys of a delegation: made in the page or at the command line, printed, tested once, kept, and replaced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.sealing.exchanges import Keys
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.sealing.acting import done
from goodoffices.web.sealing.finding import Here, here
from goodoffices.web.sealing.uploads import uploaded

GIVEN = ("online", "recovery", "check", "test")
MAX_KEYS_FILE = 64 * 1024  # bytes


@get_or_post
@login_required
def name(request: HttpRequest, room: str) -> HttpResponse:
    """Make and name the delegation's keys."""
    where = _seated(request, room)
    return _naming(request, where, "name-sealing-keys", {})


@get_or_post
@login_required
def replace(request: HttpRequest, room: str) -> HttpResponse:
    """Make new keys and propose them in the place of the present ones; a second person signs."""
    where = _seated(request, room)
    keys = _current(where)
    return _naming(request, where, "propose-key-replacement", {"replaces": keys.ref})


def _naming(request: HttpRequest, where: Here, command: str, known: Mapping[str, str]) -> HttpResponse:
    why = None
    side = where.view.seats.delegations[where.delegation].role == "party"
    if request.method == "POST":
        try:
            given = {part: text for part, text in _given(request).items() if side or part == "online"}
            return done(request, where, [Step(where.view.id, command, {**given, **known})])
        except Refusal as refusal:
            why = str(refusal)
    context = {
        **_page(where, why),
        "side": side,
        "replacing": bool(known),
        "mine": where.state.current(where.delegation),
        "data": {
            "role": "side" if side else "holder",
            "who": where.names.delegation(where.delegation),
            "talks": where.names.text(where.view.seats.title) or where.view.seats.talks_name,
        },
    }
    return render(request, "sealing/keys.html", context, status=422 if why else 200)


def _given(request: HttpRequest) -> dict[str, str]:
    """The keys as the page's module filled them in, or as the command line wrote them into a file."""
    content = uploaded(request, "keys")
    if content is None:
        return {part: text for part in GIVEN if (text := request.POST.get(part, "").strip())}
    try:
        read: Any = json.loads(content) if len(content) <= MAX_KEYS_FILE else None
        return {part: str(read[part]) for part in GIVEN if read.get(part) is not None}
    except (ValueError, AttributeError, RecursionError) as error:
        raise Refusal(
            _("This is not the file of public keys that “goodoffices keys new” writes. Nothing was written.")
        ) from error


@get_or_post
@login_required
def prove(request: HttpRequest, room: str) -> HttpResponse:
    """Test the recovery sheet: its key, typed as printed, opens the test in the page, and what it holds is sent."""
    where = _seated(request, room)
    keys = _current(where)
    if keys.recovery is None:
        raise NotFound
    why = None
    if request.method == "POST":
        try:
            raw = {"keys": keys.ref, "nonce": request.POST.get("nonce", "").strip()}
            return done(request, where, [Step(room, "prove-recovery", raw)])
        except Refusal as refusal:
            why = str(refusal)
    test = where.view.words([keys.test]).get(keys.test, "") if keys.test else ""
    data = {"recovery": keys.recovery, "test": test, "check": keys.check}
    context = {**_page(where, why), "keys": keys, "test": test, "data": data}
    return render(request, "sealing/test.html", context, status=422 if why else 200)


@require_safe
@login_required
def keep(request: HttpRequest, room: str) -> HttpResponse:
    """Put the online key into this browser, from its file. Nothing is sent."""
    where = _seated(request, room)
    return render(request, "sealing/keep.html", {**_page(where, None), "data": {"recipient": _current(where).online}})


def _seated(request: HttpRequest, room: str) -> Here:
    where = here(request, room)
    if not where.delegation:
        raise NotFound
    return where


def _current(where: Here) -> Keys:
    keys = where.state.current(where.delegation)
    if keys is None:
        raise NotFound
    return keys


def _page(where: Here, why: str | None) -> dict[str, Any]:
    return {"room": where.view, "why": why, "act": randomness.hex_id(), "signs": bool(where.signing_keys())}
