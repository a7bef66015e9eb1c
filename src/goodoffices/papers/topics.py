"""Topics of conditions: one fixed vocabulary of codes, so that two papers can be laid side by side.

They follow the issue groups by which research on peace agreements sorts what is agreed (among others the PA-X database
of the University of Edinburgh), cut down to those that conditions for a ceasefire turn on. What each is called and
means to a reader is said in ``readouts.codes``; how a heading is read as one, in ``papers.conditions.headings``.
"""

from __future__ import annotations

TOPICS = (
    "ceasefire",
    "withdrawal",
    "prisoners",
    "territory",
    "security-guarantees",
    "sanctions",
    "monitoring",
    "sequencing",
    "other",
)
"""In the order in which they are always shown. Never renumbered or renamed: entries hold these codes."""

OTHER = "other"
