"""What everybody may read, without signing in: drawn from public rooms alone, the same for whoever looks."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from goodoffices.web.acting.desks import office
from goodoffices.web.mailing.settings import sends
from goodoffices.web.public import feeds, finding, pages, serving
from goodoffices.web.public.addresses import OnServer

_LIVE = {"frame": "public/live.html"}
_BEFORE = re.compile(r"([0-9a-f]{32})\.([0-9]{1,11})")


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Talks of which something was published."""
    return render(request, "public/front.html", pages.front(finding.listed(office()), OnServer()) | _LIVE)


@require_safe
def talks(request: HttpRequest, talks: str) -> HttpResponse:
    """One talks' public page, with ways to follow it. Raises ``NotFound``."""
    found = _BEFORE.fullmatch(request.GET.get("before", ""))
    before = (found[1], int(found[2])) if found else None
    one = finding.one(office(), talks)
    follow = {"mail": sends() and one.spoken}
    return render(request, "public/talks.html", pages.talks(one, OnServer(), before) | follow | _LIVE)


@require_safe
def whole(request: HttpRequest, talks: str) -> HttpResponse:
    """All that was published, as one readout. Raises ``NotFound``."""
    return render(request, "public/whole.html", pages.whole(finding.one(office(), talks), OnServer()) | _LIVE)


@require_safe
def item(request: HttpRequest, talks: str, leaf: str) -> HttpResponse:
    """One thing published, at an address that stays. Raises ``NotFound``."""
    context = pages.item(finding.one(office(), talks), f"e:{leaf}", OnServer())
    return render(request, "public/item.html", context | _LIVE)


@require_safe
def feed(request: HttpRequest, feed: str) -> HttpResponse:
    """The feed of all talks."""
    found, to = finding.listed(office()), _whole_addresses(request)
    at = max((one.at for one in found), default="1970-01-01T00:00:00.000Z")
    state = (get_language(), tuple(one.state for one in found))
    return serving.answer(request, state, at, _media(feed), lambda: feeds.written(feeds.of_all(found, to, feed), feed))


@require_safe
def feed_of_talks(request: HttpRequest, talks: str, feed: str) -> HttpResponse:
    """The feed of one talks. Raises ``NotFound``."""
    one, to = finding.one(office(), talks), _whole_addresses(request)
    state = (get_language(), one.state)
    return serving.answer(
        request, state, one.at, _media(feed), lambda: feeds.written(feeds.of_talks(one, to, feed), feed)
    )


def _whole_addresses(request: HttpRequest) -> OnServer:
    return OnServer(request.build_absolute_uri("/").rstrip("/"))


def _media(kind: str) -> str:
    if kind not in feeds.TYPES:
        raise Http404
    return feeds.TYPES[kind]
