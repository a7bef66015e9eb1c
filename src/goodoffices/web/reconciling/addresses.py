"""What is done on the pages of a matching, and not by the form that every command has."""

from __future__ import annotations

RULES = frozenset(
    {"match-lists", "judge-pair", "judge-pairs", "judge-rows", "release-results", "name-found", "name-persons"}
)
