"""A room's record as a timeline: whole, in order, at a constant number of readings."""

from __future__ import annotations

from goodoffices.readouts.timeline import timeline
from tests.people import HOST, SIDE_A, open_round
from tests.unit.readouts.records import Record
from tests.unit.readouts.samples import BODIES, A, B, e


def test_a_room_reads_as_what_happened_in_it() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "call-meeting", code="first", title="First meeting", venue="The old palace")
    called = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "open-meeting", meeting=called)
    talks.do(HOST, "plenary", "raise-item", "side-a", meeting=called, item="Prisoners")
    talks.do(HOST, "plenary", "close-meeting", meeting=called, length_bound="under", length_minutes=120)
    shown = timeline(talks.view(SIDE_A, "plenary"))
    assert [entry.sentence for entry in shown] == [
        "Host country opened the room “plenary” (plenary), for Host country, Side A and Side B.",
        "Host country accredited Delegate of a for Side A.",
        "Host country accredited Delegate of b for Side B.",
        "Host country called a meeting: First meeting.",
        "Host country opened the meeting: First meeting.",
        "Side A raised an agenda item: Prisoners",
        "Host country closed the meeting: First meeting; it lasted under two hours.",
    ]
    assert [entry.seq for entry in shown] == list(range(7))
    minuted = shown[5]
    assert (minuted.author, minuted.delegation, minuted.on_behalf) == ("The host's envoy", "Host country", "Side A")
    assert [label.code for label in minuted.labels] == ["minuted-unconfirmed"]
    assert minuted.about == (called,)


def test_a_page_costs_one_reading_of_entries_and_one_of_words() -> None:
    record = Record()
    for _ in range(40):
        record.add("event-noted", BODIES["event-noted"])
    few, many = record.view(), record.view()
    timeline(few, 0, 2)
    timeline(many, 0, 40)
    assert few.reads == many.reads == ["entries", "words"]


def test_names_of_delegations_that_sit_elsewhere_come_from_other_rooms() -> None:
    talks = open_round()
    caucus, plenary = talks.view(SIDE_A, "caucus-a"), talks.view(SIDE_A, "plenary")
    assert timeline(caucus, others=[caucus, plenary])[0].sentence == (
        "Host country opened the room “caucus-a” (caucus), for Host country and Side A."
    )


def test_a_released_entry_shows_its_own_line() -> None:
    record = Record(kind="public")
    record.add("entry-released", BODIES["entry-released"], by="0" * 32)
    (shown,) = timeline(record.view())
    assert shown.sentence == "Aland made a request to Bland:"
    assert shown.kind == "request-made"
    assert [label.code for label in shown.labels] == ["minuted-unconfirmed"]


def test_a_minute_confirmed_later_is_labelled_so_on_an_earlier_page() -> None:
    record = Record()
    made = record.add("request-made", BODIES["request-made"], minuted=True)
    record.add("minute-confirmed", {"entry": made})
    (shown,) = timeline(record.view(), 0, 1)
    assert [label.code for label in shown.labels] == ["minuted-confirmed"]


def test_what_is_cited_is_named_also_when_it_is_on_an_earlier_page() -> None:
    record = Record()
    proposal = record.add("presence-proposed", BODIES["presence-proposed"])
    request = record.add("request-made", BODIES["request-made"])
    record.add("presence-declined", {"proposal": proposal, "reason": None}, by=B)
    record.add("request-answered", {"request": request, "answer": "declined", "words": None}, by=B)
    view = record.view()
    assert [entry.sentence for entry in timeline(view, 2)] == [
        "Bland declined the presence of Observia in this room.",
        "Bland declined the request of Aland.",
    ]
    assert view.reads == ["entries", "words"]
    assert timeline(record.view())[2:] == timeline(record.view(), 2)


def test_an_unknown_kind_is_shown_and_not_skipped() -> None:
    record = Record()
    record.add("ransom-paid", {"to": e("x")}, by=A)
    (shown,) = timeline(record.view())
    assert shown.sentence == "An entry of a kind this version does not know (ransom-paid)."
