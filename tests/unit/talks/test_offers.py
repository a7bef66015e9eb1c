"""Offers are exactly what a person may do: each can be done, and nothing can be done that is not offered.

The page shows offers and nothing else. Rounds are played by drawing offers; then everybody's offers in a room are
compared with what the rules accept, for every rule, tried with values of every field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from goodoffices.record.seats import BINDING
from goodoffices.secretariat.acts import Request, Step, Tape
from goodoffices.secretariat.desk import NotFound, Offer, RoomView
from goodoffices.talks.scene import Refusal, Rule
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.strategies import Known, candidates, raw

PEOPLE = (HOST, SIDE_A, SIDE_B, OBSERVER)
# Reached from the account page, from invitations, from "my talks" and from a page of lists, not from a room's page
ELSEWHERE = frozenset({"open-talks", "name-key", "join-lists"})
# Drawn seldom, or rounds would be short
FINAL = frozenset({"close-room", "remove-delegation", "withdraw-delegate", "erase-particulars"})


def played() -> Round:
    """Talks with an observer in a format, a room of side A's own, and ground rules that wait for the sides."""
    talks = open_round()
    guest = {"code": "observer", "role": "third-party", "name": "An observer"}
    add_room(talks, HOST, "plenary", kind="format", name="aides", members=["side-a", "side-b"], guests=[guest])
    talks.do(HOST, "aides", "accredit-delegate", person=OBSERVER, delegation="observer")
    add_room(talks, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    for room in ("plenary", "aides"):
        terms = {"publish": "jointly", "quote": "attributed", "notes": "host", "records": "destroyed"}
        talks.do(HOST, room, "propose-ground-rules", **terms)
    return talks


def views(talks: Round) -> list[tuple[RoomView, str | None]]:
    """Each seated person's view of each room, and the delegation minuted for, if any."""
    found: list[tuple[RoomView, str | None]] = []
    for who in PEOPLE:
        for view in talks.desk(who).rooms():
            seat = view.seat()
            if seat is not None:
                present = [d.id for d in view.seats.delegations.values() if d.until is None and d.role != "host"]
                found += [(view, behalf) for behalf in (None, *(present if seat.delegation == view.seats.host else ()))]
    return found


def accepts(view: RoomView, rule: Rule, fields: Mapping[str, Any], on_behalf: str | None) -> bool:
    """Whether the act would be written; nothing is."""
    step = Step(view.id, rule.name, fields, on_behalf)
    try:
        view.desk._decide(Request("f" * 32, (step,)), Tape(), {}, {})
    except (Refusal, NotFound):
        return False
    return True


def draw_act(data: st.DataObject, talks: Round) -> None:
    """One offer to anybody, filled in and done; it may be refused for what was filled in."""
    view, behalf = data.draw(st.sampled_from(views(talks)))
    seldom = data.draw(st.integers(0, 9)) == 9
    offers = [o for o in view.offers(behalf) if seldom or o.rule.name not in FINAL]
    if offers:
        offer = data.draw(st.sampled_from(offers))
        fields = data.draw(raw(offer.rule.command, offer.fields, Known(view)))
        try:
            receipts = view.desk.act(talks.request(Step(view.id, offer.rule.name, fields, behalf)))
        except Refusal:
            return
        written = [e for r in receipts for e in view.desk.room(r.room).entries(r.first, r.first + r.count)]
        assert {e.kind in BINDING for e in written} == {offer.rule.binding}, "binding is what the record calls binding"


def matches(offers: list[Offer], rule: Rule, fields: Mapping[str, Any]) -> bool:
    """Whether an offer of this rule leads to these fields."""
    return any(
        o.rule is rule and all(str(fields.get(name)) == str(value) for name, value in o.fields.items()) for o in offers
    )


# Offered though it may turn out that nothing is left to do it with, as the rule then says: to know it beforehand, the
# state would have to hold every entry with words, and the offer to look into every room the host sits in.
HOPEFUL = frozenset({"erase-particulars", "carry-point"})


def unfulfilled(view: RoomView, behalf: str | None) -> Iterator[str]:
    """Offers that cannot be done, whatever is filled in."""
    for offer in (o for o in view.offers(behalf) if o.rule.name not in HOPEFUL):
        ways = candidates(offer.rule.command, offer.fields, Known(view), 200)
        if not any(accepts(view, offer.rule, fields, behalf) for fields in ways):
            yield f"{offer.rule.name} {dict(offer.fields)}"


def unoffered(view: RoomView, behalf: str | None) -> Iterator[str]:
    """What can be done though it is not offered."""
    offers = view.offers(behalf)
    for rule in view.desk.office.rules.values():
        if rule.name not in ELSEWHERE:
            for fields in candidates(rule.command, {}, Known(view)):
                if not matches(offers, rule, fields) and accepts(view, rule, fields, behalf):
                    yield f"{rule.name} {fields}"


@settings(max_examples=20, phases=[Phase.generate])  # a round is long to draw: shrinking one takes minutes
@given(st.data())
def test_offers_are_exactly_what_may_be_done(data: st.DataObject) -> None:
    talks = played()
    for _ in range(data.draw(st.integers(0, 25), label="acts")):
        draw_act(data, talks)
    view, behalf = data.draw(st.sampled_from(views(talks)), label="looked at")
    assert list(unfulfilled(view, behalf)) == []
    assert list(unoffered(view, behalf)) == []


def test_at_the_start_for_everybody_everywhere() -> None:
    talks = played()
    found = {
        f"{view.seats.name} {PEOPLE.index(str(view.desk.person))} {behalf}": [
            *unfulfilled(view, behalf),
            *unoffered(view, behalf),
        ]
        for view, behalf in views(talks)
    }
    assert {who: wrong for who, wrong in found.items() if wrong} == {}


def test_a_stranger_is_offered_nothing_and_may_do_nothing() -> None:
    talks = played()
    public = talks.view(OUTSIDER, "public")
    assert public.offers() == []
    assert list(unoffered(public, None)) == []


def test_nobody_is_offered_another_delegations_acts_but_the_host() -> None:
    talks = played()
    side_b = talks.delegation("plenary", "side-b")
    assert talks.view(SIDE_A, "plenary").offers(side_b) == []
    assert talks.view(HOST, "plenary").offers(side_b) != []
    with pytest.raises(Refusal):
        talks.do(SIDE_A, "plenary", "agree-ground-rules", "side-b", rules=talks.last(SIDE_A, "plenary"))
