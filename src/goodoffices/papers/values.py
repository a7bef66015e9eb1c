"""Values of a marked file taken for what a reader needs; each raises ``BadFile`` where it is something else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goodoffices.papers.marked import BadFile, Group, Listing, Text, Value, meant

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def group(value: Value, what: str) -> Group:
    if not isinstance(value, Group):
        raise BadFile(value.place, f"{what} is written as names, each with a colon and a value.")
    return value


def listing(value: Value, what: str) -> Listing:
    if not isinstance(value, Listing):
        raise BadFile(value.place, f"{what} is written as a list: a dash before each item.")
    return value


def scalar(value: Value) -> Text:
    if not isinstance(value, Text):
        raise BadFile(value.place, "a single value is expected here.")
    return value


def words(value: Value) -> str:
    text = scalar(value)
    if text.empty or not text.value.strip():
        raise BadFile(text.place, "some words are needed here.")
    return text.value.strip()


def slug(value: Value) -> str:
    text = scalar(value).value
    if not _SLUG.fullmatch(text) or len(text) > 60:
        raise BadFile(value.place, "a short name is small letters, digits and single hyphens, at most 60 characters.")
    return text


def flag(value: Value | None) -> bool:
    if value is None:
        return False
    text = scalar(value).value.lower()
    if text not in {"yes", "no", "true", "false"}:
        raise BadFile(value.place, "yes or no is expected.")
    return text in {"yes", "true"}


def number(value: Value) -> int:
    text = scalar(value).value
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise BadFile(value.place, "a whole number, zero or more, is expected.")
    return int(text)


def only(given: Group, allowed: Iterable[str], what: str) -> None:
    names = tuple(allowed)
    for name in given.fields:
        if name not in names:
            raise BadFile(given.place_of(name), f"there is no “{name}” in {what}. {meant(name, names)}")


def needed(given: Group, name: str) -> Value:
    if name not in given.fields:
        raise BadFile(given.place, f"“{name}” is missing here.")
    return given.fields[name]


def part(top: Group, name: str) -> Group:
    """The named values under a name."""
    return group(needed(top, name), f"“{name}”")


def known(name: Text, among: Iterable[str], what: str) -> str:
    """The name, if it is among those known. Raises ``BadFile`` with the nearest one."""
    names = list(among)
    if name.value not in names:
        raise BadFile(name.place, f"there is no {what} called “{name.value}”. {meant(name.value, names)}")
    return name.value
