"""Lists of prisoners brought together: what was matched, judged, told and named. No name and no row is ever said."""

from __future__ import annotations

from collections import Counter

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, pairs
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def persons_named(t: Told, n: Names, _: Translate) -> Line:
    """How many people were named, of whom, by category; who they are stands in the roster."""
    persons = t.body["persons"]
    held = Counter(person["held_by"] for person in persons)
    whose = "; ".join(
        _("{count} held by {side}").format(count=f"{count:,}", side=n.delegation(side)) for side, count in held.items()
    )
    said = Counter(code for person in persons for code in person["categories"])
    named = ", ".join(f"{codes.category(code, _)}: {count:,}" for code, count in sorted(said.items()))
    sentence = _("{who} named people for an exchange of prisoners: {whose}.").format(
        who=n.delegation(t.acting), whose=whose
    )
    return Line(sentence, details=pairs((_("Categories"), named), (_("Digest of the roster"), t.body["digest"])))
