"""What waits for a delegation in a room, over all matters, and how a reader is told so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from goodoffices.commitments import reporting
from goodoffices.papers import presented
from goodoffices.prisoners import intermediaries
from goodoffices.prisoners.agreeing import drawing, planned
from goodoffices.prisoners.handover import rules as handover
from goodoffices.readouts.views import Translate
from goodoffices.record.matter import Room
from goodoffices.sealing import rules as sealing
from goodoffices.talks import (
    conveyance,
    ground_rules,
    minuting,
    next_meeting,
    presence,
    release,
    requests,
    understandings,
)
from goodoffices.talks.scene import Awaited

ALL: tuple[Callable[[Room, str], Iterator[Awaited]], ...] = (
    ground_rules.awaiting,
    presence.awaiting,
    minuting.awaiting,
    understandings.awaiting,
    requests.awaiting,
    presented.awaiting,
    reporting.awaiting,
    conveyance.awaiting,
    release.awaiting,
    next_meeting.awaiting,
    sealing.awaiting,
    drawing.awaiting,
    planned.awaiting,
    intermediaries.awaiting,
    handover.awaiting,
)


def by(room: Room, delegation: str) -> Iterator[Awaited]:
    """Everything that waits for this delegation in this room; nothing once the room is closed."""
    for awaiting in ALL:
        yield from awaiting(room, delegation)


def sentence(rule: str, _: Translate) -> str:
    """What the reader is asked to do about it."""
    table = {
        "agree-ground-rules": _("Ground rules wait for your agreement."),
        "consent-presence": _("A presence waits for your consent, or for you to decline it."),
        "admit-delegation": _("Every party has consented: you may admit the delegation."),
        "confirm-minute": _("The host entered this for you: confirm it, or object."),
        "confirm-understanding": _("An understanding waits for you to confirm this wording, or to object."),
        "answer-request": _("A request waits for your answer."),
        "answer-report": _("It was reported that you did not keep a commitment, or not wholly: answer the report."),
        "receive-paper": _("A paper was presented to you: say that you received it."),
        "allow-conveyance": _("The host asks for leave to convey a point."),
        "carry-point": _("You have leave to convey a point."),
        "answer-conveyed": _("A point was conveyed to you and waits for your answer."),
        "agree-release": _("A release waits for your agreement."),
        "release-entries": _("Every party has agreed: you may release the entries."),
        "prove-recovery": _("Your recovery sheet waits for its test; before that your keys do not count."),
        "replace-sealing-keys": _("New sealing keys of your delegation wait for a second person's signature."),
        "agree-exchange": _("A sealed exchange waits for your agreement to its terms."),
        "seal-paper": _("The exchange waits for your sealed paper."),
        "hold-paper": _("A paper was sealed: confirm what you hold of it."),
        "release-papers": _("Both papers are sealed: release what you hold."),
        "open-paper": _("Both papers are out: open the one of the other side."),
        "confirm-agreed-list": _("A list of who goes waits for your side to confirm it, by its digest."),
        "accept-plan": _("A plan of the handover waits for your side to accept it."),
        "accept-intermediary": _("An intermediary for the lists of prisoners waits for you to accept or decline it."),
        "countersign-stage": _("A stage of the handover is complete and waits for your signature."),
        "report-precondition": _(
            "Something must come first before the next meeting: report it when it has come about."
        ),
    }
    return table.get(rule, _("Something waits for you."))
