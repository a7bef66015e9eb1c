"""Terms explained: what each clause of a commitment's terms means, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.commitments.terms import Day, Terms, said
from goodoffices.readouts.views import Translate


def explained(terms: Terms, _: Translate) -> tuple[str, ...]:
    """In the order in which they matter: from when, by when, for how long, and what ends it."""
    return tuple(_clauses(terms, _))


def _clauses(terms: Terms, _: Translate) -> Iterator[str]:
    if terms == Terms():
        yield _("It binds at once and has no end.")
    if terms.after is not None:
        yield _("Nothing is owed before this: {condition}.").format(condition=said(terms.after))
    if terms.within is not None and terms.of is not None:
        yield _("It is owed once this came about, and due {duration} later: {condition}.").format(
            duration=terms.within, condition=said(terms.of)
        )
    if isinstance(terms.by, Day):
        yield _("It is due by {day}; a day ends at midnight, UTC.").format(day=terms.by.at)
    elif terms.by is not None:
        yield _("It is due when this comes: {condition}.").format(condition=said(terms.by))
    if terms.lasting is not None:
        yield _("It is owed for {duration} from when it binds.").format(duration=terms.lasting)
    if terms.until is not None:
        yield _("It is owed until this: {condition}.").format(condition=said(terms.until))
    if terms.unless is not None:
        yield _("Nothing is owed any more once this is so: {condition}.").format(condition=said(terms.unless))
    if any(d is not None and d.unit in {"months", "years"} for d in (terms.within, terms.lasting)):
        yield _("Months and years run by the calendar: a month from 31 January ends on the last day of February.")
