"""What may be seen of a person at a handover, and which of it cannot both be so.

The words are the same on the record, in files and on the phone page. None says who is to blame: ``not-produced`` is
that a person was not brought, whatever the reason, and ``died`` that a person is reported dead, whenever it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BOARDED, RECEIVED, REFUSED, NOT_PRODUCED, DIED = "boarded", "received", "refused-at-point", "not-produced", "died"
TAKEN_BACK = "taken-back"
"""Said of an earlier observation of one's own: it was a mistake, and nothing takes its place."""
ELSEWHERE = "in-another-stage"
"""Never observed: the person was planned here and was handed over, or died, in another stage."""

FINAL = (RECEIVED, REFUSED, NOT_PRODUCED, DIED)
OBSERVED = (BOARDED, *FINAL, TAKEN_BACK)
ONCE = frozenset({RECEIVED, DIED})
"""After these nothing else happens to the person in any stage."""


@dataclass(frozen=True)
class Outcome:
    """What became of one number in one stage, and at which point. ``contradicted``: observations cannot all be so."""

    what: str
    point: str
    contradicted: bool = False

    @property
    def settled(self) -> bool:
        return not self.contradicted and self.what != BOARDED


def of(said: Iterable[tuple[str, str]]) -> Outcome | None:
    """The outcome of observations of one number in one stage, each (what, point); the same in whatever order they came.

    None of none.
    """
    given = sorted(set(said))
    if not given:
        return None
    finals = [one for one in given if one[0] in FINAL]
    what, point = finals[0] if finals else given[0]
    # Two may say of the same person, each at their own point, that nobody was brought; only one hands over.
    apart = what in {RECEIVED, REFUSED} and len({one[1] for one in finals}) > 1
    boarded = what == NOT_PRODUCED and any(one[0] == BOARDED for one in given)
    return Outcome(what, point, apart or boarded or len({one[0] for one in finals}) > 1)
