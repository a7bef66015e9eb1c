"""Headings read as topics, in English, with the variants that are common. Nothing is guessed past them."""

from __future__ import annotations

import re

from goodoffices.papers.topics import TOPICS

_VARIANTS: dict[str, tuple[str, ...]] = {
    "ceasefire": (
        "ceasefire", "cease fire", "ceasefires", "truce", "armistice", "cessation of hostilities",
        "cessation of fire", "end of hostilities", "silence of arms",
    ),
    "withdrawal": (
        "withdrawal", "withdrawals", "withdrawal of forces", "withdrawal of troops", "troop withdrawal",
        "troop withdrawals", "force withdrawal", "disengagement", "disengagement of forces", "pullback",
        "redeployment", "redeployment of forces", "separation of forces",
    ),
    "prisoners": (
        "prisoners", "prisoners of war", "pows", "prisoner exchange", "prisoner exchanges", "exchange of prisoners",
        "release of prisoners", "detainees", "prisoners and detainees", "hostages", "captives",
    ),
    "territory": (
        "territory", "territories", "territorial questions", "territorial issues", "territorial matters", "borders",
        "border", "boundaries", "status of territory", "status of territories", "land", "regions",
    ),
    "security-guarantees": (
        "security guarantees", "security guarantee", "guarantees", "security", "security assurances",
        "security arrangements",
    ),
    "sanctions": (
        "sanctions", "lifting of sanctions", "sanctions relief", "relief from sanctions", "restrictive measures",
        "economic sanctions", "restrictions",
    ),
    "monitoring": (
        "monitoring", "verification", "monitoring and verification", "verification and monitoring", "observation",
        "observers", "supervision", "compliance",
    ),
    "sequencing": (
        "sequencing", "sequence", "order of steps", "sequence of steps", "timetable", "timeline", "phasing", "phases",
        "stages", "implementation schedule", "order", "time frame",
    ),
    "other": ("other", "other conditions", "other matters", "other questions", "miscellaneous", "any other business"),
}  # fmt: skip

_TOPIC_OF = {variant: topic for topic in TOPICS for variant in _VARIANTS[topic]}
_NUMBER = re.compile(
    r"(?:\(?(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+|[a-z])[.)]|(?:part|section|article|chapter) [0-9ivxlc]+)\W+"
)
_WRAPPED = re.compile(r"(?:our |the |topic |conditions? |terms |position |for |on |of |a |an )+")
_AFTER = re.compile(r" (?:conditions?|terms|provisions)$")


def topic(heading: str) -> str | None:
    """The topic a heading names: its code, or a usual variant (“Cessation of hostilities”, “2. Prisoners of war:”)."""
    text = _plain(heading)
    text = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    text = " ".join(re.sub(r"[^\w]+", " ", text.replace("&", " and ")).split())
    for form in (text, _AFTER.sub("", text), _unwrapped(text)):
        if form in _TOPIC_OF:
            return _TOPIC_OF[form]
    return None


def _unwrapped(text: str) -> str:
    match = _WRAPPED.match(text)
    return _AFTER.sub("", text[match.end() :] if match else text)


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())
