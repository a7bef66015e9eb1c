"""Matching lists and judging what was found, in the intermediary's own room."""
