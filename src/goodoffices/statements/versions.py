"""What ``statement-recorded`` has looked like: a body of an older version becomes one of the newest.

Version 1 had one relay, one condition and one entry it was about, and a channel in words only.
"""

from __future__ import annotations

from typing import Any

from goodoffices.record.entries import Body
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
"""A statement of which nothing is known."""


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


LIFTS: dict[str, tuple[Lift, ...]] = {"statement-recorded": (_second,)}


def newest(kind: str, version: int, body: Body) -> Body:
    """The body of an entry of any kind as this program reads it."""
    return lifted(LIFTS[kind], version, body) if kind in LIFTS else body
