"""Observations that a phone kept while it had no connection: they arrive in any order, late, and once.

Each is an act of its own, so that one that cannot be entered holds up no other. Sending the same one again, after an
answer that got lost, gives the same answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from goodoffices.prisoners.handover.course import key
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.prisoners.handover.rules import same
from goodoffices.secretariat.acts import Request, Step
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.handover.finding import Here, here
from goodoffices.web.handover.views import ACT

MOST = 50  # observations in one request
FIELDS = ("plan", "stage", "point", "number", "what", "device", "counter", "claimed", "corrects")
_DEVICE = re.compile("[0-9a-f]{32}")


@get_or_post
@login_required
def observations(request: HttpRequest, room: str) -> HttpResponse:
    """GET: who is signed in, and a token to send with. POST: what became of each observation sent.

    ``{"who": person, "observations": [{"act", …}]}`` gives ``{"results": [{"state", "why"}]}``, in that order; each
    is recorded, known (it had arrived before) or refused. A queue that is another person's is not taken: 409.
    """
    found = here(request, room)
    if request.method != "POST":
        return JsonResponse({"who": found.mine.person, "token": get_token(request)})
    given = _given(request)
    if given is None:
        return JsonResponse({"fault": _("This is not what the page sends. Load the page anew.")}, status=400)
    if given["who"] != found.mine.person:
        return JsonResponse({"fault": _("Another person is signed in than the one who observed this.")}, status=409)
    return JsonResponse({"results": [_entered(found, one) for one in given["observations"]]})


def _given(request: HttpRequest) -> Mapping[str, Any] | None:
    try:
        read = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or read.keys() != {"who", "observations"}:
        return None
    those = read["observations"]
    return read if isinstance(those, list) and len(those) <= MOST and all(map(_sound, those)) else None


def _sound(one: object) -> bool:
    """Whether every field is there, and is text or a number: what they say is for the rule."""
    if not isinstance(one, dict) or one.keys() - {"act", *FIELDS} or not {"act", "device", "counter"} <= one.keys():
        return False
    plain = all(value is None or type(value) in {str, int} for value in one.values())
    texts = (str(one["act"]), str(one["device"]))
    return plain and bool(ACT.fullmatch(texts[0])) and bool(_DEVICE.fullmatch(texts[1])) and type(one["counter"]) is int


def _entered(found: Here, one: Mapping[str, Any]) -> dict[str, str]:
    raw = {name: one[name] for name in FIELDS if one.get(name) is not None}
    try:
        found.mine.act(Request(str(one["act"]), (Step(found.view.id, "observe", raw),)))
    except Refusal as refusal:
        return {"state": "known", "why": ""} if _arrived(found, one) else {"state": "refused", "why": str(refusal)}
    return {"state": "recorded", "why": ""}


def _arrived(found: Here, one: Mapping[str, Any]) -> bool:
    """Whether this very observation is on the record, by another act."""
    state = found.mine.room(found.view.id).state[HANDOVER]
    known = state.course.seen.get(key(found.delegation, str(one["device"]), one["counter"]))
    said = (one.get("stage"), one.get("point"), one.get("number"), one.get("what"))
    return known is not None and isinstance(said[0], int) and same(known, said[0], *map(str, said[1:]))
