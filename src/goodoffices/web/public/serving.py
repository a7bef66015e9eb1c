"""What is drawn of public rooms, kept in memory; feeds are not sent again to who has them (RFC 9110, conditional
requests).

What is kept is found by the state of the public rooms it was drawn from, so that nothing else can show in it.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

FRESH = "public, max-age=300"  # seconds: what a reader or a cache in between need not ask again for
MOST = 256  # things kept in memory: feeds and lists of meetings, all of them small

T = TypeVar("T")
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def answer(request: HttpRequest, state: Hashable, at: str, media: str, made: Callable[[], bytes]) -> HttpResponse:
    """The bytes made for this state (whatever they depend on), or 304. ``at``: when that changed (RFC 3339)."""
    body = kept((request.build_absolute_uri(request.path), state), made)
    return conditional(request, body, at, media, FRESH)


def conditional(request: HttpRequest, body: bytes, at: str | None, media: str, cached: str) -> HttpResponse:
    """These bytes, or 304 to who has them. The ETag is their SHA-256; without ``at`` there is no Last-Modified."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    changed = int(datetime.fromisoformat(at).timestamp()) if at is not None else None
    response = HttpResponse(body, content_type=media)
    response = get_conditional_response(request, etag, changed, response) or response
    response["ETag"], response["Cache-Control"] = etag, cached
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return response


def kept(key: Hashable, made: Callable[[], T]) -> T:
    """What was made for this key before, or is made now. The key has to hold everything that it depends on."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            known: T = _kept[key]
            return known
    new = made()
    with _lock:
        _kept[key] = new
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return new


def forget() -> None:
    """Drop all that is kept; it is made anew when it is asked for."""
    with _lock:
        _kept.clear()
