"""All matters and rules of this program, put together."""

from __future__ import annotations

from goodoffices.record.matter import Matters
from goodoffices.record.seats import SEATS
from goodoffices.talks import delegates, meetings, opening
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.scene import Rule

MATTERS = Matters([SEATS, MEETINGS])

RULES: dict[str, Rule] = {
    rule.name: rule for rules in (opening.RULES, delegates.RULES, meetings.RULES) for rule in rules
}
