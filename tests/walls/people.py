"""Who is looked after by the walls: each viewer, the rooms they may enter, and everything else.

A viewer is a name, a person (None: the public), and the first step of the script after which things happen that they
may not know of: for somebody who left a room, the step after they left.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, person

ENVOY = person("side a envoy")  # withdrawn by the script: reads prefixes
NEWCOMER = person("newcomer of side a")  # accredited by the script after the others
GUARANTOR = person("guarantor")
OTHER_HOST, OTHER_SIDE = person("other host"), person("other side")


@dataclass(frozen=True)
class Viewer:
    name: str
    person: str | None


VIEWERS = (
    Viewer("side-a", SIDE_A),
    Viewer("side-b", SIDE_B),
    Viewer("observer", OBSERVER),
    Viewer("outsider", OUTSIDER),
    Viewer("withdrawn", ENVOY),
    Viewer("public", None),
    Viewer("host", HOST),
)
