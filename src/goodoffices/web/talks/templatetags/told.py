"""Codes of the record in words, for templates: ``{{ side.role|told:"role" }}``."""

from __future__ import annotations

from collections.abc import Callable

from django import template
from django.utils.translation import gettext as _

from goodoffices.readouts import codes
from goodoffices.readouts.views import Translate

register = template.Library()

_TABLES: dict[str, Callable[[object, Translate], str]] = {
    "answer": codes.answer_given,
    "barred": codes.barred,
    "change": codes.change,
    "degree": codes.degree,
    "how": codes.how,
    "known": codes.known,
    "level": codes.level,
    "meeting": codes.meeting_status,
    "reply": codes.reply,
    "role": codes.role,
    "room": codes.room_kind,
}


@register.filter
def told(code: object, table: str) -> str:
    """The words for a code of this table."""
    return _TABLES[table](code, _)
