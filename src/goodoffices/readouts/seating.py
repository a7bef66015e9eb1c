"""Who sat at the table at one meeting, as far as the record shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from goodoffices.readouts import codes
from goodoffices.readouts.items import Item
from goodoffices.readouts.labels import Standing, labels
from goodoffices.readouts.lines.line import pairs
from goodoffices.readouts.meeting import Meeting
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told

# Shown here and nowhere else in a readout.
SEATING = frozenset({"room-opened", "delegate-accredited"})


@dataclass(frozen=True)
class _Seat:
    """A delegation or delegate as an entry (``t``) names it."""

    t: Told
    fields: Mapping[str, Any]


def seated(meeting: Meeting, standing: Standing, n: Names, answers: Callable[[Told], tuple[Item, ...]]) -> list[Item]:
    """One item a delegation, under it one a delegate: who was there at any time of the meeting.

    ``answers`` gives what later entries say of the entry that seated somebody; each is shown once.
    """
    delegations, delegates = _seats(meeting)
    shown: set[str] = set()

    def once(seat: _Seat) -> tuple[Item, ...]:
        if seat.t.kind not in SEATING or seat.t.ref in shown:
            return ()
        shown.add(seat.t.ref)
        return answers(seat.t)

    return [
        replace(
            _delegation(seat, standing, n),
            answers=(
                *once(seat),
                *(
                    replace(_delegate(d, standing, n), answers=once(d))
                    for d in delegates.values()
                    if d.fields["delegation"] == id_
                ),
            ),
        )
        for id_, seat in delegations.items()
    ]


def _seats(meeting: Meeting) -> tuple[dict[str, _Seat], dict[str, _Seat]]:
    start, end = (meeting.called or meeting.facts[0]).place, meeting.facts[-1].place
    delegations: dict[str, _Seat] = {}
    delegates: dict[str, _Seat] = {}
    for t in sorted(meeting.all, key=lambda t: t.place):
        if t.place > end:
            break
        _take(t, delegations, delegates)
        if t.place < start:
            _leave(t, delegations, delegates)
    return delegations, delegates


def _take(t: Told, delegations: dict[str, _Seat], delegates: dict[str, _Seat]) -> None:
    if t.kind == "room-opened":
        delegations |= {d["id"]: _Seat(t, d) for d in t.body["delegations"]}
        delegates |= {d["id"]: _Seat(t, d) for d in t.body["delegates"]}
    elif t.kind == "delegation-admitted":
        delegations[t.body["delegation"]["id"]] = _Seat(t, t.body["delegation"])
    elif t.kind == "delegate-accredited":
        delegates[t.body["delegate"]["id"]] = _Seat(t, t.body["delegate"])


def _leave(t: Told, delegations: dict[str, _Seat], delegates: dict[str, _Seat]) -> None:
    if t.kind == "delegation-removed":
        delegations.pop(t.body["delegation"], None)
    elif t.kind == "delegate-withdrawn":
        delegates.pop(t.body["delegate"], None)


def _delegation(seat: _Seat, standing: Standing, n: Names) -> Item:
    _ = n.translate
    text = _("{delegation}, {role}").format(
        delegation=n.text(seat.fields["name"]), role=codes.role(seat.fields["role"], _)
    )
    return Item(seat.t.ref, seat.t.seq, text, labels=labels(seat.t, standing, n))


def _delegate(seat: _Seat, standing: Standing, n: Names) -> Item:
    _ = n.translate
    d = seat.fields
    parts = [n.text(d.get("name")), n.text(d.get("function"))]
    details = pairs(
        (_("Level"), codes.level(d["level"], _) if d.get("level") else ""),
        (_("Sent by"), n.text(d.get("sender"))),
        (_("Credentials"), n.text(d.get("credentials"))),
        (_("Mandate"), n.text(d.get("mandate"))),
    )
    text = ", ".join(part for part in parts if part) or _("a delegate")
    return Item(seat.t.ref, seat.t.seq, text, details=details, labels=labels(seat.t, standing, n))
