"""A readout is drawn from one record alone: change the record and it changes; every sentence has its entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.readouts import render
from goodoffices.readouts.readout import NoSuchMeeting, Readout, meetings, readout
from goodoffices.record import entries
from goodoffices.statements.versions import RECORDED
from tests.unit.readouts.records import Record
from tests.unit.readouts.samples import BODIES, HOST, WORDS, A, B, e, p

Released = list[tuple[str, Mapping[str, Any], str]]


def opened(kind: str = "plenary") -> Record:
    record = Record(kind=kind)
    record.add("room-opened", BODIES["room-opened"], by=HOST)
    return record


def first_meeting() -> Record:
    """One meeting of sides A and B with most of what can happen, and the call of a second."""
    record = opened()
    accredited = record.add("delegate-accredited", BODIES["delegate-accredited"], by=HOST)
    rules = record.add("ground-rules-proposed", BODIES["ground-rules-proposed"], by=HOST)
    record.add("ground-rules-agreed", {"rules": rules}, by=B, minuted=True)
    called = record.add("meeting-called", BODIES["meeting-called"], by=HOST)
    record.add("meeting-opened", {"meeting": called}, by=HOST)
    told = record.add("understanding-told", BODIES["understanding-told"], by=HOST)
    request = record.add("request-made", BODIES["request-made"])
    record.add("understanding-told", BODIES["understanding-told"] | {"of": told, "wording": p("In other words.")}, by=B)
    record.add("understanding-confirmed", {"telling": told}, by=B, signed=True)
    record.add("entry-corrected", {"entry": accredited, "says": p("It is Hanna."), "reason": None})
    record.add("statement-recorded", BODIES["statement-recorded"] | {"known": "anonymous"}, by=HOST)
    record.add("meeting-closed", BODIES["meeting-closed"] | {"meeting": called}, by=HOST)
    record.add("meeting-called", {"code": "second", "title": None, "venue": None, "zone": None, "day": None}, by=HOST)
    record.add("request-answered", {"request": request, "answer": "taken-note-of", "words": None}, by=B)
    record.add("event-noted", BODIES["event-noted"])
    return record


def section(made: Readout, code: str) -> list[str]:
    return [item.text for s in made.sections if s.code == code for item in s.walk()]


def test_a_readout_has_what_the_meeting_had() -> None:
    made = readout(first_meeting().view(), "first")
    assert [s.code for s in made.sections] == [
        "meeting", "delegations", "ground-rules", "understandings", "requests", "accounts", "corrections",
    ]  # fmt: skip
    assert section(made, "meeting") == [
        "Hostland called a meeting: First meeting.",
        "Hostland opened the meeting: First meeting.",
        "Hostland closed the meeting: First meeting; it lasted under two hours.",
    ]
    assert section(made, "delegations") == [
        "Hostland, host",
        "Aland, party",
        "Anna, foreign minister",
        "Aland corrected an earlier entry; both stay on the record.",
        "Bland, party",
    ]
    assert made.source == "Drawn from the record of the room “plenary” (plenary) alone, 16 entries."


def test_tellings_stand_side_by_side_with_who_confirmed_which() -> None:
    made = readout(first_meeting().view(), "first")
    (told,) = [s for s in made.sections if s.code == "understandings"]
    assert [(item.quotes[0][1], [a.text for a in item.answers], item.notes) for item in told.items] == [
        (
            "A thousand for a thousand.",
            ["Bland confirmed this very wording of an understanding."],
            ("This wording does not stand on this record: no confirmation by Aland.",),
        ),
        (
            "In other words.",
            [],
            ("This wording does not stand on this record: no confirmation by Aland and Bland.",),
        ),
    ]
    assert [label.code for label in told.items[0].answers[0].labels] == ["signed"]


def test_a_wording_stands_once_every_party_confirmed_it_and_no_minute_was_objected_to() -> None:
    record = opened()
    record.add("meeting-called", BODIES["meeting-called"], by=HOST)
    told = record.add("understanding-told", BODIES["understanding-told"], by=HOST)
    record.add("understanding-confirmed", {"telling": told}, by=A)
    minute = record.add("understanding-confirmed", {"telling": told}, by=B, minuted=True)
    assert "This wording stands" in render.markdown(readout(record.view(), "first"))
    record.add("minute-objected", {"entry": minute, "reason": None}, by=B)
    text = render.markdown(readout(record.view(), "first"))
    assert "no confirmation by Bland" in text
    assert "This wording stands" not in text


def test_a_later_answer_is_shown_with_the_request_of_the_first_meeting() -> None:
    first, second = (readout(first_meeting().view(), meeting) for meeting in ("first", "second"))
    assert section(first, "requests") == ["Aland made a request to Bland:", "Bland took note of the request of Aland."]
    assert section(second, "requests") == []
    assert section(second, "events") == ["Aland noted an expected departure outside the rooms."]


def test_a_correction_shows_beside_what_it_corrects_and_among_the_corrections() -> None:
    record = first_meeting()
    called = entries.decode(record.lines[4]).ref
    record.add("entry-corrected", {"entry": called, "says": p("It was a new palace."), "reason": None}, by=HOST)
    made = readout(record.view(), "first")
    head = made.sections[0].items[0]
    assert [label.code for label in head.labels] == ["entered", "corrected"]
    assert head.answers[0].quotes == (("It should say", "It was a new palace."),)
    assert section(made, "corrections") == [
        "Hostland corrected an earlier entry; both stay on the record.",
        "Aland corrected an earlier entry; both stay on the record.",
    ]


def test_a_readout_reads_entries_once_and_words_once() -> None:
    view = first_meeting().view()
    readout(view, "first")
    assert view.reads == ["entries", "words"]


def test_a_meeting_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(NoSuchMeeting, match="no meeting called “third”"):
        readout(first_meeting().view(), "third")
    assert meetings(first_meeting().view()) == ["first", "second"]


def test_what_must_come_first_is_shown_as_met_or_not() -> None:
    record = opened()
    record.add("meeting-called", BODIES["meeting-called"], by=HOST)
    following = record.add("next-meeting-set", BODIES["next-meeting-set"], by=HOST)
    record.add("paper-presented", BODIES["paper-presented"], by=A)
    notes = [item.notes for s in readout(record.view(), "first").sections for item in s.items if item.notes]
    assert notes == [
        (
            "1. Not met on this record: each party has presented its paper (Aland: presented openly in this room)",
            "2. Not met on this record: the list is checked",
        )
    ]
    record.add("paper-presented", BODIES["paper-presented"], by=B)
    record.add("precondition-met", {"next": following, "number": 1, "words": None}, by=HOST)
    notes = [item.notes for s in readout(record.view(), "first").sections for item in s.items if item.notes]
    ways = "Aland: presented openly in this room; Bland: presented openly in this room"
    assert notes == [(f"1. Met: each party has presented its paper ({ways})", "2. Met: the list is checked")]


def released(facts: Released) -> Record:
    """A public room to which these facts of a plenary, (kind, body, delegation), were released."""
    record = opened("public")
    for number, (kind, body, by) in enumerate(facts, 1):
        record.add(
            "entry-released",
            {
                "entry": e(f"{number} {kind}"),
                "kind": kind,
                "seq": number,
                "at": "2030-01-15T09:30:00.000Z",
                "delegation": by,
                "body": dict(body),
                "minuted": number % 2 == 0,
                **({"kv": RECORDED} if kind == "statement-recorded" else {}),
            },
            by=HOST,
        )
    return record


FACTS: Released = [
    ("meeting-called", BODIES["meeting-called"], HOST),
    ("understanding-told", BODIES["understanding-told"], HOST),
    ("understanding-told", BODIES["understanding-told"] | {"of": e("2 understanding-told")}, B),
    ("request-made", BODIES["request-made"], A),
    ("request-answered", {"request": e("4 request-made"), "answer": "declined", "words": p("no")}, B),
    ("presence-proposed", BODIES["presence-proposed"], HOST),
    ("presence-declined", {"proposal": e("6 presence-proposed"), "reason": None}, A),
    ("statement-recorded", BODIES["statement-recorded"], HOST),
    ("event-noted", BODIES["event-noted"], HOST),
    ("next-meeting-set", BODIES["next-meeting-set"], HOST),
    ("ransom-paid", {"to": B}, A),
]


def spoken(record: Record) -> list[tuple[object, ...]]:
    """What the readout says, without numbers and refs of entries."""
    made = readout(record.view(), "first")
    return [(item.text, item.quotes, item.details, item.notes) for s in made.sections for item in s.walk()]


def texts(record: Record, words: dict[str, str] | None = None) -> tuple[str, str, str]:
    made = readout(record.view(words), "first")
    return render.markdown(made), render.html(made), render.json(made)


def test_the_public_readout_links_released_answers_to_what_they_answer() -> None:
    made = readout(released(FACTS).view(), "first")
    assert section(made, "presence") == [
        "Hostland proposed that Observia sit in this room as third party.",
        "Aland declined the presence of Observia in this room.",
    ]
    assert made.source == "Drawn from the public room alone: what was entered or released there, 12 entries."


@given(st.integers(1, len(FACTS) - 1))
def test_one_released_entry_less_gives_another_readout(number: int) -> None:
    less = released(FACTS[:number] + FACTS[number + 1 :])
    for whole, short in zip(texts(released(FACTS)), texts(less), strict=True):
        assert whole != short
    assert spoken(released(FACTS)) != spoken(less)


@given(
    st.sampled_from(sorted(set(entries.cited([body for _, body, _ in FACTS])) - {BODIES["paper-presented"]["title"]}))
)
def test_one_word_altered_gives_another_readout(citation: str) -> None:
    record = released(FACTS)
    altered = WORDS | {citation: "something else entirely"}
    for whole, other in zip(texts(record), texts(record, altered), strict=True):
        assert whole != other
        assert "something else entirely" in other


@pytest.mark.parametrize("record", [first_meeting(), released(FACTS)])
def test_every_sentence_stems_from_an_entry(record: Record) -> None:
    on_record = {entries.decode(line).ref: seq for seq, line in enumerate(record.lines)}
    made = readout(record.view(), "first")
    items = [item for s in made.sections for item in s.walk()]
    assert items
    for item in items:
        assert on_record[item.ref] == item.seq


def test_every_entry_of_the_meeting_is_in_its_readout() -> None:
    record = first_meeting()
    made = readout(record.view(), "first")
    refs = {item.ref for s in made.sections for item in s.walk()}
    assert refs == {entries.decode(line).ref for seq, line in enumerate(record.lines) if seq not in {13, 15}}


def test_html_is_escaped_and_carries_refs() -> None:
    record = opened()
    record.add("meeting-called", BODIES["meeting-called"] | {"title": p("<script>alert(1)</script> & co")}, by=HOST)
    text = render.html(readout(record.view(), "first"))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in text
    assert 'dir="auto"' in text
    assert f'data-ref="{entries.decode(record.lines[1]).ref}"' in text


def test_words_cannot_pass_for_markdown() -> None:
    record = opened()
    record.add("meeting-called", BODIES["meeting-called"], by=HOST)
    record.add("request-made", BODIES["request-made"] | {"words": p("# Agreed\n[click](http://x)\n- all")})
    lines = render.markdown(readout(record.view(), "first")).split("\n")
    assert r"  > Request: \# Agreed" in lines
    assert r"  > \[click\](http://x)" in lines
    assert "  > - all" in lines


def test_json_has_the_keys_it_promises() -> None:
    value = json.loads(render.json(readout(first_meeting().view(), "first")))
    assert list(value) == ["talks", "title", "room", "meeting", "source", "sections", "labels"]
    assert value["room"] == {"name": "plenary", "kind": "plenary", "size": 16}
    assert value["meeting"]["name"] == "first"
    item = value["sections"][0]["items"][0]
    assert list(item) == ["ref", "entry", "text", "quotes", "details", "labels", "answers", "notes"]
    assert item["details"][0] == {"label": "Venue", "text": "The old palace"}


def test_nothing_is_scored() -> None:
    for text in texts(released(FACTS)):
        assert "%" not in text.replace("100%", "")
        assert "score" not in text
