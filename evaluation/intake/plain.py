"""The plain approach, to measure against: paired marks, and the nearest capitalised name beside the nearest “said”.

It is what a first afternoon gives; intake has to be worth more than that.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[“\"]([^”\"“]+)[”\"]|(?<!\w)['‘]([^'’]*(?:[’']\w[^'’]*)*)['’](?!\w)")
_SAID = re.compile(r"\b(?:said|says|told|added|asked|wrote|announced|according to|warned|called)\b")
_NAME = re.compile(r"(?:[A-Z][\w-]+)(?:\s+[A-Z][\w-]+)*|\b[Hh]e\b|\b[Ss]he\b")


def quotes(text: str) -> list[tuple[int, int, str]]:
    """Each quoted stretch, and the name nearest to the verb of saying nearest to it in its paragraph."""
    found: list[tuple[int, int, str]] = []
    last = ""
    for match in _QUOTED.finditer(text):
        start, end = match.span(1 if match[1] is not None else 2)
        who = _speaker(text, start, end)
        last = last if not who or who.lower() in ("he", "she") else who
        found.append((start, end, last if not who or who.lower() in ("he", "she") else who))
    return found


def _speaker(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    verbs = [m for m in _SAID.finditer(text, first, last) if not start <= m.start() < end]
    names = [m for m in _NAME.finditer(text, first, last) if not start <= m.start() < end]
    if not verbs or not names:
        return ""
    verb = min(verbs, key=lambda m: min(abs(m.start() - end), abs(start - m.end())))
    return min(names, key=lambda m: min(abs(m.start() - verb.end()), abs(verb.start() - m.end())))[0]
