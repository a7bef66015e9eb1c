"""All matters and rules of this program, put together."""

from __future__ import annotations

from goodoffices.commitments import making, reporting
from goodoffices.commitments.kept import COMMITMENTS
from goodoffices.papers import described, presented, set_out, sources
from goodoffices.papers.described import DESCRIBED
from goodoffices.papers.presented import PAPERS
from goodoffices.papers.set_out import SET_OUT
from goodoffices.papers.sources import SOURCES, placed
from goodoffices.prisoners import (
    filed,
    intermediaries,
    leaves,
    named,
    named_erasing,
    reconciling,
    releasing,
    taking_out,
)
from goodoffices.prisoners import guards as prisoners_guards
from goodoffices.prisoners.agreeing import choosing, drawing, planned
from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.agreeing.plans import PLANS
from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.handover import rules as handover
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.prisoners.intermediaries import INTERMEDIARIES
from goodoffices.prisoners.leaves import LEAVES
from goodoffices.prisoners.matched import MATCHED
from goodoffices.prisoners.named import NAMED
from goodoffices.prisoners.results import RESULTS
from goodoffices.record.matter import Matters
from goodoffices.record.seats import SEATS
from goodoffices.sealing import guards as sealing_guards
from goodoffices.sealing import rules as sealing
from goodoffices.sealing.exchanges import SEALING
from goodoffices.statements import recorded, relating, resolving
from goodoffices.statements.kept import STATEMENTS
from goodoffices.talks import (
    conveyance,
    corrections,
    delegates,
    events,
    gate,
    ground_rules,
    meetings,
    minuting,
    next_meeting,
    opening,
    presence,
    release,
    requests,
    understandings,
)
from goodoffices.talks.conveyance import CONVEYANCES
from goodoffices.talks.corrections import CORRECTIONS
from goodoffices.talks.events import EVENTS
from goodoffices.talks.ground_rules import GROUND_RULES
from goodoffices.talks.guards import guarded
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.minuting import MINUTES
from goodoffices.talks.next_meeting import NEXT_MEETING
from goodoffices.talks.presence import PRESENCE
from goodoffices.talks.release import RELEASE
from goodoffices.talks.requests import REQUESTS
from goodoffices.talks.scene import Rule
from goodoffices.talks.understandings import UNDERSTANDINGS

MATTERS = Matters(
    [
        SEATS,
        GROUND_RULES,
        PRESENCE,
        MEETINGS,
        MINUTES,
        CORRECTIONS,
        RELEASE,
        REQUESTS,
        UNDERSTANDINGS,
        EVENTS,
        NEXT_MEETING,
        CONVEYANCES,
        PAPERS,
        DESCRIBED,
        SET_OUT,
        SOURCES,
        STATEMENTS,
        SEALING,
        COMMITMENTS,
        HANDOVER,
        NAMED,
        AGREED,
        PLANS,
        INTERMEDIARIES,
        LISTS,
        MATCHED,
        RESULTS,
        LEAVES,
    ]
)

_BY_MODULE = (
    opening.RULES,
    delegates.RULES,
    ground_rules.RULES,
    presence.RULES,
    meetings.RULES,
    minuting.RULES,
    corrections.RULES,
    release.RULES,
    requests.RULES,
    understandings.RULES,
    events.RULES,
    next_meeting.RULES,
    gate.RULES,
    conveyance.RULES,
    presented.RULES,
    described.RULES,
    set_out.RULES,
    sources.RULES,
    recorded.RULES,
    resolving.RULES,
    relating.RULES,
    sealing.RULES,
    making.RULES,
    reporting.RULES,
    handover.RULES,
    named.RULES,
    named_erasing.RULES,
    choosing.RULES,
    drawing.RULES,
    planned.RULES,
    intermediaries.RULES,
    filed.RULES,
    reconciling.RULES,
    leaves.RULES,
    taking_out.RULES,
    releasing.RULES,
)

_GUARDS = {**sealing_guards.GUARDS, **prisoners_guards.GUARDS}

RULES: dict[str, Rule] = {
    rule.name: placed(guarded(rule, _GUARDS.get(rule.name))) for rules in _BY_MODULE for rule in rules
}
