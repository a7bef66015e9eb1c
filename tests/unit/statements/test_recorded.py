"""Statements keep who is said to have said what, where, by whom relayed and how we know; nothing is filled in."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.record.entries import cited
from goodoffices.statements.versions import NOTHING
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

NO_DATE = "this is not a date; write it as far as it is known, such as 2025-05-16, 2025-05 or 2025-05-16~."
WHAT = "Say before, during or after what: a meeting by its short name, or an occasion in words."
SHORT: dict[str, Any] = {"verb": "said", "gist": "?", "setting": "public"}


def newest(talks: Round, room: str = "plenary", who: str = HOST) -> dict[str, Any]:
    """The newest entry's body, with words in the place of their citations."""
    view = talks.view(who, room)
    body = view.entry(view.size - 1).body
    words = view.words(cited(body))

    def read(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: read(part) for name, part in value.items()}
        return [read(part) for part in value] if isinstance(value, list) else words.get(str(value), value)

    return read(body) if isinstance(body, dict) else {}


def test_a_statement_keeps_its_hedges() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "note-event", what="publication", words="A report.")
    about = talks.last(HOST, "plenary")
    talks.do(
        HOST,
        "plenary",
        "record-statement",
        described="An official of side B",
        speaker_delegation="side-b",
        verb="threatened",
        verb_used="droht",
        gist="Man werde mehr nehmen.",
        language="DE",
        translations=[{"language": "en", "words": "More would be taken.", "by": "The host's interpreter"}],
        setting="in-room",
        place="The small hall",
        order="during",
        meeting="first-meeting",
        channel="leak",
        relays=[{"by": "A source it does not name", "role": "person"}, {"by": "A weekly", "role": "outlet"}],
        learnt="2030-01-14~",
        happened="2030-01-13/2030-01-14",
        issues=["territory", "withdrawal", "territory"],
        people=[{"name": "The governor"}],
        places=[{"code": "ua-63", "part": True, "words": "the region"}],
        conditions=[{"words": "Side A does not withdraw."}, {"words": "Nor does anybody else."}],
        open=[{"what": "reference", "words": "from there"}],
        about=[about],
        known="anonymous",
    )
    assert newest(talks) == {
        **NOTHING,
        "described": "An official of side B",
        "speaker_delegation": talks.delegation("plenary", "side-b"),
        "verb": "threatened",
        "verb_used": "droht",
        "gist": "Man werde mehr nehmen.",
        "language": "de",
        "translations": [{"language": "en", "words": "More would be taken.", "by": "The host's interpreter"}],
        "setting": "in-room",
        "place": "The small hall",
        "order": "during",
        "meeting": "first-meeting",
        "channel": "leak",
        "relays": [{"by": "A source it does not name", "role": "person"}, {"by": "A weekly", "role": "outlet"}],
        "learnt": "2030-01-14~",
        "happened": "2030-01-13/2030-01-14",
        "issues": ["territory", "withdrawal"],
        "people": [{"person": None, "name": "The governor"}],
        "places": [{"code": "UA-63", "part": True, "words": "the region"}],
        "conditions": [{"words": "Side A does not withdraw."}, {"words": "Nor does anybody else."}],
        "open": [{"what": "reference", "words": "from there", "note": None}],
        "about": [about],
        "known": "anonymous",
    }
    assert reads_back(talks, HOST, "plenary")


def test_little_is_enough() -> None:
    talks = open_round()
    talks.do(SIDE_A, "plenary", "record-statement", verb="said", gist="We wait.", setting="not-stated")
    assert newest(talks) == {**NOTHING, "verb": "said", "gist": "We wait.", "setting": "not-stated"}
    view = talks.view(SIDE_A, "plenary")
    assert view.entry(view.size - 1).header.kind_version == 2


def test_recorded_by_anyone_seated_about_an_entry_of_this_room() -> None:
    talks = open_round()
    assert [offered(talks, who, "plenary", "record-statement") for who in (HOST, SIDE_A, SIDE_B)] == [[{}]] * 3
    elsewhere = talks.view(HOST, "caucus-a").entry(0).ref
    assert "not on this room's record" in refused(
        talks, HOST, "plenary", "record-statement", **SHORT, about=[elsewhere]
    )
    assert "choose one of" in refused(talks, HOST, "plenary", "record-statement", **SHORT | {"verb": "lied"})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"speaker_person": "9" * 32},
            "The delegate you name as the speaker has no seat in this room; name them in words.",
        ),
        (
            {"speaker": "Ben", "described": "an official"},
            "The speaker is named, or only described: not both. Their function has a field of its own.",
        ),
        ({"order": "after"}, WHAT),
        ({"meeting": "first"}, WHAT),
        ({"people": [{}]}, "About whom: choose a delegate of this room, or say in words who is meant."),
        (
            {"setting": "here", "channel": "leak"},
            "What was said in this very room did not come here by a leak or a report.",
        ),
        ({"language": "xx"}, "There is no language with the code “xx” in ISO 639; write one like en, uk or ru."),
        ({"language": "english"}, "Language: this is not written as it must be."),
        (
            {"places": [{"code": "UA-99"}]},
            "There is no place with the code “UA-99” in ISO 3166; write one like UA or UA-63.",
        ),
        ({"places": [{"code": "Kharkiv"}]}, "Place: this is not written as it must be."),
        ({"translations": [{"language": "en", "words": "So."}]}, "Translated by: this is needed."),
        (
            {"learnt": "yesterday"},
            f"When we learnt of it: {NO_DATE}",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(given: dict[str, Any], why: str) -> None:
    assert refused(open_round(), HOST, "plenary", "record-statement", **SHORT | given) == why


def test_one_speaker_is_named_once() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "record-statement", **SHORT, speaker="Ben", function="Envoy")
    first = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "record-statement", **SHORT, same_speaker=first)
    talks.do(HOST, "plenary", "record-statement", **SHORT, same_speaker=talks.last(HOST, "plenary"))
    view = talks.view(HOST, "plenary")
    assert {name: newest(talks)[name] for name in ("same_speaker", "same_at")} == {
        "same_speaker": first,
        "same_at": view.find(first).seq,
    }
    talks.do(HOST, "plenary", "record-statement", **SHORT, speaker_person=SIDE_A)
    talks.do(HOST, "plenary", "record-statement", **SHORT, same_speaker=talks.last(HOST, "plenary"))
    assert (newest(talks)["same_speaker"], newest(talks)["speaker_person"]) == (None, SIDE_A)
    talks.do(HOST, "plenary", "record-statement", **SHORT, speaker_delegation="side-b")
    talks.do(HOST, "plenary", "record-statement", **SHORT, same_speaker=talks.last(HOST, "plenary"))
    assert newest(talks)["speaker_delegation"] == talks.delegation("plenary", "side-b")
    assert refused(
        talks, HOST, "plenary", "record-statement", **SHORT, same_speaker=first, speaker_person=HOST
    ).startswith("Name the speaker once")
