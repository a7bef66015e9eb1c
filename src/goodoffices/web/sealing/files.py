"""Files of an exchange: for the command line, and sealed bytes for the page's module. All are downloads."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from goodoffices.secretariat import handing_out
from goodoffices.secretariat.acts import NotFound
from goodoffices.web.sealing.finding import Of, of

_DIGEST = re.compile("[0-9a-f]{64}")


@require_safe
@login_required
def terms(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """``EXCHANGE.json``."""
    found = of(request, room, seq)
    return _file(handing_out.exchange_file(found.view, found.x), "EXCHANGE.json", "application/json")


@require_safe
@login_required
def sealed(request: HttpRequest, room: str, seq: int, code: str) -> HttpResponse:
    """``CODE.sealed``."""
    found = of(request, room, seq)
    if code not in found.x.seals:
        raise NotFound
    return _file(_held(lambda: handing_out.sealed_file(found.view, found.x, code)), f"{code}.sealed")


@require_safe
@login_required
def released(request: HttpRequest, room: str, seq: int, code: str) -> HttpResponse:
    """``CODE.released``."""
    found = of(request, room, seq)
    ref = next((one.id for one in found.x.course.releases if one.by == code), None)
    if ref is None:
        raise NotFound
    return _file(_held(lambda: handing_out.released_file(found.view, found.x, ref)), f"{code}.released")


@require_safe
@login_required
def bytes_(request: HttpRequest, room: str, seq: int, digest: str) -> HttpResponse:
    """Sealed bytes that this exchange cites, by their citation."""
    found = of(request, room, seq)
    citation = f"p:{digest}"
    if not _DIGEST.fullmatch(digest) or citation not in _cited(found):
        raise NotFound
    kept = found.view.particulars([citation])
    if citation not in kept:
        raise NotFound
    return _file(kept[citation].content, f"{digest[:16]}.age")


def _cited(found: Of) -> set[str]:
    seals = (citation for seal in found.x.seals.values() for citation in (seal.outer, seal.escrow))
    peels = (one.paper for given in found.x.peels.values() for one in given.values())
    return {*seals, *peels}


def _held(make: Callable[[], bytes]) -> bytes:
    """What is erased cannot be handed out."""
    try:
        return make()
    except KeyError as error:
        raise NotFound from error


def _file(content: bytes, name: str, media: str = "application/octet-stream") -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
