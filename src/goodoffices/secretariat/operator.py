"""The operator's desk: whoever runs the machine can read what is not sealed, and this is how the commands do it.

It reads every room whole and writes nothing. No page opens one.
"""

from __future__ import annotations

from goodoffices.record.matter import Room
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import Office


class OperatorDesk(Desk):
    """Reads all rooms of this machine's store."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, None)

    def _ids(self) -> list[str]:
        return list(self.office.store.rooms())

    def _readable(self, state: Room, size: int) -> int:  # noqa: ARG002 - whatever the state
        return size
