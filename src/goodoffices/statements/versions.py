"""What ``statement-recorded`` has looked like: a body of an older version becomes one of the newest.

Version 1 had one relay, one condition and one entry it was about, and a channel in words only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.record.entries import KIND_VERSION, Body, Entry
from goodoffices.record.matter import Lift, lifted

RECORDED = 2
"""The version that this program writes."""

NOTHING: dict[str, Any] = {
    "speaker": None,
    "speaker_person": None,
    "speaker_delegation": None,
    "function": None,
    "described": None,
    "same_speaker": None,
    "same_at": None,
    "verb": None,
    "verb_used": None,
    "gist": None,
    "exact": False,
    "language": None,
    "translations": [],
    "setting": "not-stated",
    "place": None,
    "order": None,
    "meeting": None,
    "occasion": None,
    "channel": None,
    "channel_name": None,
    "outlet": None,
    "relays": [],
    "learnt": None,
    "issues": [],
    "people": [],
    "places": [],
    "describes": [],
    "about": [],
    "conditions": [],
    "open": [],
}
"""A statement of which nothing is known. ``same_at``: the seq of the entry that ``same_speaker`` cites."""


def _second(body: Body) -> Body:
    old = dict(body)
    relay, condition, about = old.pop("relayed_by", None), old.pop("condition", None), old.pop("about", None)
    return {
        **NOTHING,
        **old,
        "channel": None,
        "channel_name": old.get("channel"),
        "relays": [{"by": relay, "role": None}] if relay else [],
        "conditions": [{"words": condition}] if condition else [],
        "about": [about] if about else [],
    }


STATEMENT = "statement-recorded"

LIFTS: dict[str, tuple[Lift, ...]] = {STATEMENT: (_second,)}


def newest(kind: str, version: int, body: Body) -> Body:
    """The body of an entry of any kind as this program reads it."""
    return lifted(LIFTS[kind], version, body) if kind in LIFTS else body


def said_in(entry: Entry) -> Body | None:
    """The statement that an entry holds, entered here or released here from elsewhere; None where it holds none."""
    kind, version, body = held_in(entry)
    return {**NOTHING, **newest(kind, version, body)} if kind == STATEMENT else None


def held_in(entry: Entry) -> tuple[str, int, Body]:
    """Kind, version and body of an entry, or of what was released in it."""
    body = entry.body.get("body")
    if entry.kind != "entry-released" or not isinstance(body, Mapping):
        return entry.kind, entry.header.kind_version, entry.body
    version = entry.body.get("kv")
    return str(entry.body.get("kind")), version if isinstance(version, int) else KIND_VERSION, body


def speaker(ref: str, body: Body) -> str:
    """Under which what a speaker says is found: a delegate, a delegation that speaks as one, or the statement (a ref)
    in which somebody first recorded them. Nobody is taken to be somebody else because of a name."""
    named = any(body.get(name) for name in ("speaker", "described", "function"))
    whose = body.get("speaker_person") or body.get("same_speaker")
    return str(whose or (None if named else body.get("speaker_delegation")) or ref)
