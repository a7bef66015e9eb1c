"""Outcomes: what other matters bring about that talks may wait for, named here so that talks need not know them."""

from __future__ import annotations

from dataclasses import dataclass

PAPER_PRESENTED = "paper-presented"
"""A delegation presented a paper with its conditions or a proposal (not a letter, credentials or the like)."""

PAPER_DESCRIBED = "paper-described"
"""The same, known without the paper having been handed in."""

PAPER_KINDS = ("paper-presented", "paper-tabled")
"""Kinds of entry that put a paper on a room's record: ``body.paper`` as ``fields.PaperCited`` has it, ``body.title``.

It is the acting delegation's, or ``body.of``'s where that is given: what was opened in a sealed exchange, either side
may table. Conditions can be set out of every one of them.
"""

SOURCE_KINDS = ("source-entered", *PAPER_KINDS)
"""Kinds of entry that others may cite as their source, with a place in its text (``fields.Command``)."""


@dataclass(frozen=True)
class Outcome:
    """Something that came about: its name, the delegation whose doing it is (None: nobody's alone), and the entries
    (refs, in the room the outcome was drawn from) that show it."""

    name: str
    delegation: str | None
    refs: tuple[str, ...]
