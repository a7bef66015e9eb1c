"""The handover of a room for a request: its state, and its people and points by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodoffices.prisoners.handover.course import Stage
from goodoffices.prisoners.handover.on_record import HANDOVER, Handover, signers
from goodoffices.readouts.names import Names, names
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.web.acting.desks import desk, of_talks, venue


@dataclass
class Here:
    """An exchange room, as the person who asks may read it."""

    mine: Desk
    view: RoomView

    @property
    def state(self) -> Handover:
        return self.view.state[HANDOVER]

    @cached_property
    def others(self) -> list[RoomView]:
        """The person's other rooms of these talks."""
        return [v for v in of_talks(self.mine, self.view.seats.talks) if v.id != self.view.id]

    @cached_property
    def names(self) -> Names:
        points = [name for plan in self.state.plans.values() if plan.was for name in plan.points.values()]
        return names(self.view, (), self.others, _, more=points)

    @property
    def venue(self) -> str | None:
        return venue(self.view, self.others)

    @property
    def delegation(self) -> str:
        """The delegation (id) the person sits for; nothing if they do not sit here."""
        seat = self.view.seat()
        return seat.delegation if seat is not None else ""

    @cached_property
    def signers(self) -> tuple[str, ...]:
        return signers(self.view.state)

    @property
    def observes(self) -> bool:
        """Whether the person may observe here."""
        return self.view.goes_on and self.delegation in self.signers

    def point(self, stage: Stage, code: str) -> str:
        """The name of a point."""
        plans = (self.state.plans.get(stage.plan), self.state.plan)
        named = next((plan.points[code] for plan in plans if plan is not None and code in plan.points), None)
        return self.names.text(named) if named is not None else code


def here(request: HttpRequest, room: str) -> Here:
    """The room. Raises ``NotFound`` also where no plan was ever in force."""
    mine = desk(request)
    found = Here(mine, mine.room(room))
    if not found.state.course.stages:
        raise NotFound
    return found


def stage_of(found: Here, number: int) -> Stage:
    """Raises ``NotFound``."""
    stage = found.state.course.stages.get(str(number))
    if stage is None:
        raise NotFound
    return stage
