"""All matters and rules of this program, put together."""

from __future__ import annotations

from goodoffices.record.matter import Matters
from goodoffices.record.seats import SEATS
from goodoffices.talks import corrections, delegates, ground_rules, meetings, minuting, opening, presence, release
from goodoffices.talks.corrections import CORRECTIONS
from goodoffices.talks.ground_rules import GROUND_RULES
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.minuting import MINUTES
from goodoffices.talks.presence import PRESENCE
from goodoffices.talks.release import RELEASE
from goodoffices.talks.scene import Rule

MATTERS = Matters([SEATS, GROUND_RULES, PRESENCE, MEETINGS, MINUTES, CORRECTIONS, RELEASE])

_BY_MODULE = (
    opening.RULES,
    delegates.RULES,
    ground_rules.RULES,
    presence.RULES,
    meetings.RULES,
    minuting.RULES,
    corrections.RULES,
    release.RULES,
)

RULES: dict[str, Rule] = {rule.name: rule for rules in _BY_MODULE for rule in rules}
