"""Dates as far as they are known (EDTF, ISO 8601-2 levels 0 and 1) and times, in words. Nothing is completed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodoffices.readouts.views import Translate, untranslated

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")
_DATE = re.compile(r"(?P<year>-?[\dXu]{4})(?:-(?P<month>[\dXu]{2})(?:-(?P<day>[\dXu]{2}))?)?(?P<mark>[?~%]|\?~)?")
_OPEN = {"..", "open", ""}


def when(text: str, _: Translate = untranslated, zone: str | None = None) -> str:
    """``2025-05-16~`` -> ``about 16 May 2025``; text that is not understood comes back as it is.

    ``zone`` (IANA) is the venue's: a time with an offset is given there too.
    """
    text = text.strip()
    if match := _TIME.fullmatch(text):
        return _time(text, match, _, zone)
    if len(text) > 1 and text[0] + text[-1] in {"[]", "{}"}:
        return _set(text, _)
    if text.count("/") == 1:
        start, _slash, end = text.partition("/")
        return _interval(start, end, _)
    match = _DATE.fullmatch(text)
    return _date(match, _) if match else text


def moment(at: str, _: Translate = untranslated, zone: str = "UTC") -> str:
    """A header's ``at`` (RFC 3339 UTC) as ``16 May 2025, 10:00 UTC``, in ``zone``."""
    try:
        there = datetime.fromisoformat(at).astimezone(_zone(zone))
    except ValueError:
        return at
    return f"{_day(there.day, there.month, there.year, _)}, {there:%H:%M} {zone}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def months(_: Translate) -> tuple[str, ...]:
    """January to December."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def _month(number: int, _: Translate) -> str:
    return months(_)[number - 1] if 1 <= number <= 12 else str(number)


def _day(day: int, month: int, year: int, _: Translate) -> str:
    return _("{day} {month} {year}").format(day=day, month=_month(month, _), year=year)


def _time(text: str, match: re.Match[str], _: Translate, zone: str | None) -> str:
    year, month, day, clock, offset = match.groups()
    given = f"{_day(int(day), int(month), int(year), _)}, {clock}"
    if offset is None:
        return given
    if zone is not None:
        try:
            there = datetime.fromisoformat(text).astimezone(UTC).isoformat()
        except ValueError:
            return text
        return moment(there, _, zone)
    return f"{given} UTC" if offset == "Z" else f"{given} (UTC{offset})"


def _set(text: str, _: Translate) -> str:
    parts = [_range(part, _) for part in text[1:-1].split(",")]
    joined = _(" or ") if text[0] == "[" else _(" and ")
    return joined.join(parts)


def _range(part: str, _: Translate) -> str:
    first, dots, last = part.strip().partition("..")
    return _interval(first or "..", last or "..", _) if dots else when(first, _)


def _interval(start: str, end: str, _: Translate) -> str:
    if start in _OPEN and end in _OPEN:
        return _("at a time not known")
    if start in _OPEN:
        return _("until {end}").format(end=when(end, _))
    if end in _OPEN:
        return _("from {start} on").format(start=when(start, _))
    return _("from {start} to {end}").format(start=when(start, _), end=when(end, _))


def _date(match: re.Match[str], _: Translate) -> str:
    known = _calendar(match["year"], match["month"], match["day"], _)
    mark = match["mark"] or ""
    if mark in {"~", "%", "?~"}:
        known = _("about {date}").format(date=known)
    if mark in {"?", "%", "?~"}:
        known = _("{date} (uncertain)").format(date=known)
    return known


def _calendar(year: str, month: str | None, day: str | None, _: Translate) -> str:
    year_text = _year(year, _)
    if month is None:
        return year_text
    if not month.isdigit():
        if day is None:
            return _("an unspecified month of {year}").format(year=year_text)
        return _("an unspecified day of {year}").format(year=year_text)
    season = _season(month, _)
    if season is not None:
        return f"{season} {year_text}"
    whole = f"{_month(int(month), _)} {year_text}"
    if day is None:
        return whole
    if not day.isdigit():
        return _("an unspecified day of {month}").format(month=whole)
    return _("{day} {month} {year}").format(day=int(day), month=_month(int(month), _), year=year_text)


def _year(year: str, _: Translate) -> str:
    if year.lstrip("-").isdigit():
        return str(int(year))
    digits = re.sub("[Xu]", "0", year)
    if re.fullmatch(r"\d{3}[Xu]", year):
        return _("the {decade}s").format(decade=digits)
    if re.fullmatch(r"\d\d[Xu]{2}", year):
        return _("an unspecified year from {first} to {last}").format(first=digits, last=year[:2] + "99")
    return year


def _season(code: str, _: Translate) -> str | None:
    return {"21": _("spring"), "22": _("summer"), "23": _("autumn"), "24": _("winter")}.get(code)
