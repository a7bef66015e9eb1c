"""How words are brought in, as far as the rules could tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.spans import Stretch


@dataclass(slots=True, eq=False)
class Attribution:
    """How words are brought in: by which verb, by whom, and which sieve says so."""

    how: str
    speaker: Mention | None = None
    verb: int = -1
    label: Stretch | None = None  # a transcript's label, when there is no mention
    person: int = -1
    quotes: list[int] = field(default_factory=list)
