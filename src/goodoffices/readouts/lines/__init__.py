"""One plain sentence for every kind of entry.

``line(told, names)`` is what screens and readouts use. A kind this version does not know, or a body it cannot read,
still gives a sentence: a record is shown whole.
"""

from __future__ import annotations

from dataclasses import replace

from goodoffices.readouts.lines import (
    accounts,
    agreeing,
    commitments,
    conveyance,
    exchanging,
    handing_over,
    lists,
    meetings,
    prisoners,
    reconciling,
    record,
    rooms,
    statements,
)
from goodoffices.readouts.lines.line import Line, Sayer, hedged
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told

__all__ = ["LINES", "Line", "line"]


def line(t: Told, n: Names) -> Line:
    """What an entry says, with its hedges. Hand in ``entry-released`` as ``unwrapped``: the released fact shows."""
    _ = n.translate
    sayer = LINES.get(t.kind)
    if sayer is None:
        return Line(_("An entry of a kind this version does not know ({kind}).").format(kind=t.kind))
    try:
        said = hedged(sayer(t, n, _), t, n, _)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Line(_("An entry whose body this version cannot read ({kind}).").format(kind=t.kind))
    if not t.released:
        return said
    return replace(said, details=(*said.details, (_("Released from"), _("the record of another room"))))


def _released(t: Told, n: Names, _: object) -> Line:  # noqa: ARG001  # one shape for all lines
    """Only for a released entry that cannot be unwrapped."""
    return Line(n.translate("An entry of another room was released to this one."))


LINES: dict[str, Sayer] = {
    "room-opened": rooms.opened,
    "room-closed": rooms.closed,
    "delegation-admitted": rooms.admitted,
    "delegation-removed": rooms.removed,
    "delegate-accredited": rooms.accredited,
    "delegate-withdrawn": rooms.withdrawn,
    "key-named": rooms.key_named,
    "log-key-replaced": rooms.log_key_replaced,
    "particulars-erased": record.erased,
    "meeting-called": meetings.called,
    "meeting-opened": meetings.opened,
    "meeting-adjourned": meetings.adjourned,
    "meeting-resumed": meetings.resumed,
    "meeting-closed": meetings.closed,
    "agenda-item-raised": meetings.item_raised,
    "agenda-item-settled": meetings.item_settled,
    "event-noted": meetings.event,
    "next-meeting-set": meetings.next_set,
    "precondition-met": meetings.precondition_met,
    "condition-reported": meetings.condition_reported,
    "ground-rules-proposed": agreeing.rules_proposed,
    "ground-rules-agreed": agreeing.rules_agreed,
    "presence-proposed": agreeing.presence_proposed,
    "presence-consented": agreeing.presence_consented,
    "presence-declined": agreeing.presence_declined,
    "presence-withdrawn": agreeing.presence_withdrawn,
    "understanding-told": agreeing.understanding_told,
    "understanding-confirmed": agreeing.understanding_confirmed,
    "understanding-objected": agreeing.understanding_objected,
    "request-made": agreeing.request_made,
    "request-answered": agreeing.request_answered,
    "request-withdrawn": agreeing.request_withdrawn,
    "minute-confirmed": record.minute_confirmed,
    "minute-objected": record.minute_objected,
    "entry-corrected": record.corrected,
    "entries-released": record.entries_released,
    "entry-released": _released,
    "release-proposed": record.release_proposed,
    "release-agreed": record.release_agreed,
    "conveyance-asked": conveyance.asked,
    "conveyance-allowed": conveyance.allowed,
    "conveyance-refused": conveyance.refused,
    "point-carried": conveyance.carried,
    "point-conveyed": conveyance.conveyed,
    "conveyance-answered": conveyance.answered,
    "paper-presented": accounts.paper_presented,
    "paper-received": accounts.paper_received,
    "paper-described": accounts.paper_described,
    "conditions-set-out": accounts.conditions_set_out,
    "source-entered": accounts.source_entered,
    "statement-recorded": statements.recorded,
    "reference-resolved": statements.resolved,
    "speaker-identified": statements.identified,
    "statements-related": statements.related,
    "subject-noted": statements.subject,
    "sealing-keys-named": exchanging.keys_named,
    "recovery-tested": exchanging.recovery_tested,
    "sealing-keys-replacement-proposed": exchanging.replacement_proposed,
    "sealing-keys-replaced": exchanging.keys_replaced,
    "exchange-proposed": exchanging.proposed,
    "exchange-agreed": exchanging.agreed,
    "exchange-declined": exchanging.declined,
    "exchange-withdrawn": exchanging.withdrawn,
    "exchange-lapsed": exchanging.lapsed,
    "paper-sealed": exchanging.sealed,
    "paper-held": exchanging.held,
    "holding-disputed": exchanging.holding_disputed,
    "papers-released": exchanging.released,
    "paper-opened": exchanging.opened,
    "opening-disputed": exchanging.opening_disputed,
    "paper-tabled": exchanging.tabled,
    "observed": handing_over.observed,
    "stage-countersigned": handing_over.countersigned,
    "commitment-made": commitments.made,
    "commitment-released": commitments.released,
    "happening-reported": commitments.happening,
    "compliance-reported": commitments.compliance,
    "access-denied-reported": commitments.access_denied,
    "report-answered": commitments.answered,
    "report-attributed": commitments.attributed,
    "persons-named": reconciling.persons_named,
    "named-person-erased": reconciling.named_person_erased,
    "lists-matched": reconciling.lists_matched,
    "pair-judged": reconciling.pair_judged,
    "row-judged": reconciling.row_judged,
    "release-noted": reconciling.release_noted,
    "naming-noted": reconciling.naming_noted,
    "result-released": reconciling.result_released,
    "person-refused": prisoners.refused,
    "refusal-withdrawn": prisoners.withdrawn,
    "wish-recorded": prisoners.wished,
    "person-substituted": prisoners.substituted,
    "list-drawn": prisoners.drawn,
    "agreed-list-confirmed": prisoners.confirmed,
    "plan-proposed": prisoners.plan_proposed,
    "plan-accepted": prisoners.plan_accepted,
    "intermediary-proposed": lists.proposed,
    "intermediary-accepted": lists.accepted,
    "intermediary-declined": lists.declined,
    "lists-joined": lists.joined,
    "list-filed": lists.filed,
    "leave-given": lists.leave_given,
    "leave-withdrawn": lists.leave_withdrawn,
    "person-erased": lists.person_erased,
    "list-erased": lists.list_erased,
    "list-exported": lists.exported,
}
