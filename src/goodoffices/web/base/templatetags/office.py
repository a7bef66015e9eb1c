"""Tags and filters every template has: moments in time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goodoffices.web import randomness

register = template.Library()

DAY = "j F Y"
CLOCK = "H:i"


@register.simple_tag
def moment(at: str | datetime, venue: str | None = None) -> SafeString:
    """An instant in the viewer's zone; with ``venue`` (an IANA zone) also in the venue's, when that reads otherwise.

    ``at``: RFC 3339, or an aware datetime. Anything else is shown as it is.
    """
    instant = parse_datetime(at) if isinstance(at, str) else at
    if instant is None or timezone.is_naive(instant):
        return format_html("{}", at)
    mine = timezone.localtime(instant)
    shown = date_format(mine, DAY) + ", " + _reading(mine)
    there = instant.astimezone(ZoneInfo(venue)) if venue else mine
    if there.utcoffset() != mine.utcoffset():
        shown += " · " + _at_venue(there, mine)
    return format_html('<time datetime="{}">{}</time>', instant.isoformat(timespec="milliseconds"), shown)


@register.filter(name="moment")
def moment_filter(at: str | datetime) -> SafeString:
    """An instant in the viewer's zone."""
    return moment(at)


def _reading(at: datetime) -> str:
    return f"{date_format(at, CLOCK)} {_offset(at)}"


def _at_venue(there: datetime, mine: datetime) -> str:
    reading = _reading(there)
    if there.date() != mine.date():
        reading = f"{date_format(there, DAY)}, {reading}"
    return _("%(reading)s at the venue") % {"reading": reading}


def _offset(at: datetime) -> str:
    """``UTC``, ``UTC+3``, ``UTC-4:30`` with a minus sign: unlike names of zones the same in every language."""
    minutes = int((at.utcoffset() or at - at).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


@register.simple_tag
def fresh_id() -> str:
    """A fresh id for an act, where a page has several forms."""
    return randomness.hex_id()


@register.filter
def at(values: Mapping[str, object], key: str) -> object:
    """The value at a key that a template has in a variable."""
    return values.get(key, "")


@register.filter
def as_json(value: object) -> str:
    """JSON for a data attribute (which the template escapes)."""
    return json.dumps(value)


@register.filter
def inline_svg(drawing: str) -> SafeString:
    """A drawing made by this server, set into the page: the content policy has no room for ``data:``."""
    return mark_safe(drawing[drawing.index("<svg") :])  # noqa: S308 # of a library's making, from a secret of ours
