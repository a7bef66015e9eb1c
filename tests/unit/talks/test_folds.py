"""Folds never refuse: an entry on a record is a fact, also one that refers to what this record does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from goodoffices.record import entries
from goodoffices.record.entries import Author, Header
from goodoffices.record.matter import Room
from goodoffices.record.ordered import Ordered
from goodoffices.secretariat.matters import MATTERS

NOWHERE, SOMEBODY, WORDS = "e:" + "0" * 64, "1" * 32, "p:" + "2" * 64

UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("ground-rules-agreed", {"rules": NOWHERE}),
    ("presence-consented", {"proposal": NOWHERE, "reason": None}),
    ("presence-declined", {"proposal": NOWHERE, "reason": WORDS}),
    ("presence-withdrawn", {"proposal": NOWHERE}),
    ("delegation-admitted", {"delegation": {"id": SOMEBODY, "role": "party", "code": "x", "name": WORDS}}),
    ("delegation-removed", {"delegation": SOMEBODY, "reason": None}),
    ("delegate-withdrawn", {"delegate": SOMEBODY, "reason": None}),
    ("key-named", {"delegate": SOMEBODY, "key": {"type": "ssh", "key": "x"}, "replaces": None}),
    ("minute-confirmed", {"entry": NOWHERE}),
    ("minute-objected", {"entry": NOWHERE, "reason": None}),
    ("entry-corrected", {"entry": NOWHERE, "says": WORDS, "reason": None}),
    ("particulars-erased", {"entry": NOWHERE, "particulars": [WORDS], "reason": "agreed"}),
    ("release-agreed", {"proposal": NOWHERE}),
    ("entries-released", {"entries": [NOWHERE], "to": SOMEBODY}),
    (
        "condition-reported",
        {"next": NOWHERE, "what": "papers-presented-by-each-party", "way": "x", "delegations": [], "evidence": None},
    ),
    ("conditions-set-out", {"paper": NOWHERE, "by": SOMEBODY, "conditions": []}),
    ("point-carried", {"allowed": NOWHERE}),
    ("refusal-withdrawn", {"refusal": NOWHERE, "number": "AAAAA2"}),
    ("person-refused", {"number": "AAAAA2", "reason": None}),
    ("wish-recorded", {"number": "AAAAA2", "wish": "not-to-be-returned"}),
    ("person-substituted", {"out": "AAAAA2", "in": "AAAAA3", "reason": None}),
    ("agreed-list-confirmed", {"list": NOWHERE, "digest": "0" * 64}),
    ("plan-accepted", {"plan": NOWHERE, "digest": "0" * 64}),
    ("intermediary-accepted", {"proposal": NOWHERE}),
    ("intermediary-declined", {"proposal": NOWHERE, "reason": None}),
    ("reference-resolved", {"statement": NOWHERE, "item": 0, "means": WORDS, "source": WORDS}),
    ("speaker-identified", {"statement": NOWHERE, "seq": 9**9, "person": SOMEBODY, "source": WORDS}),
    ("statements-related", {"statement": NOWHERE, "how": "supports", "to": NOWHERE}),
    ("subject-noted", {"entry": NOWHERE, "seq": -7, "issues": ["x"]}),
    (
        "observed",
        {
            "plan": NOWHERE,
            "stage": 1,
            "point": "p",
            "number": "AAAAA2",
            "what": "received",
            "device": SOMEBODY,
            "counter": 1,
            "claimed": None,
            "corrects": f"{SOMEBODY}/9",
        },
    ),
    ("stage-countersigned", {"plan": NOWHERE, "stage": 1, "digest": "0" * 64, "counts": {}}),
    ("person-erased", {"list": NOWHERE, "person": "r:" + "0" * 64, "aside": False, "reason": "agreed"}),
    (
        "named-person-erased",
        {"naming": NOWHERE, "number": "AAAAA2", "person": "r:", "reason": "agreed", "key": SOMEBODY, "parts": []},
    ),
    ("list-erased", {"list": NOWHERE, "code": "held", "versions": 1, "reason": "agreed"}),
    ("list-exported", {"list": NOWHERE, "form": "csv", "recipients": [], "reason": WORDS}),
]


@pytest.mark.parametrize("on_behalf", [None, "3" * 32])
@pytest.mark.parametrize(("kind", "body"), UNKNOWN, ids=[kind for kind, _ in UNKNOWN])
def test_an_entry_that_refers_to_nothing_here_is_folded(kind: str, body: dict[str, Any], on_behalf: str | None) -> None:
    header = Header(
        "4" * 32, "5" * 32, 0, "2030-01-15T09:00:00.000Z", kind, "6" * 32, Author(SOMEBODY, "7" * 32), on_behalf
    )
    entry = entries.decode(entries.encode(header, body))
    room = MATTERS.advance(Room("5" * 32), [entry, entry])
    assert (room.size, room.unknown) == (2, None)
    assert MATTERS.load(room.id, MATTERS.dump(room)).states == room.states


MANY, FEW = 60, 8  # entries of each kind; items of anything that is copied whole
SIDE, OTHER = "7" * 32, "8" * 32
RULES = {"publish": "jointly", "quote": "nobody", "notes": "by-each", "records": "destroyed"}


def growing() -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """A long room: kinds, bodies in which ``<kind`` stands for the newest entry of a kind, and on whose behalf."""
    party = {"id": OTHER, "role": "third-party", "code": "x", "name": WORDS}
    yield "delegation-admitted", {"delegation": party | {"id": SIDE, "role": "party"}}, None
    for n in range(MANY):
        yield "meeting-called", {"code": f"m{n}", "title": None, "venue": None, "zone": None, "day": None}, None
        yield "agenda-item-raised", {"meeting": "<meeting-called", "item": WORDS}, None
        yield "agenda-item-settled", {"item": "<agenda-item-raised", "outcome": None}, None
        yield "request-made", {"to": OTHER, "words": WORDS}, None
        yield "request-answered", {"request": "<request-made", "answer": "declined", "words": None}, SIDE
        yield "minute-objected", {"entry": "<request-answered", "reason": None}, None
        yield "understanding-told", {"wording": WORDS, "degree": "signed", "of": None}, None
        yield "understanding-confirmed", {"telling": "<understanding-told"}, None
        yield "paper-presented", {"to": [OTHER], "purpose": "letter", "paper": {}, "title": WORDS}, None
        yield "paper-received", {"presented": "<paper-presented"}, None
        yield "presence-proposed", {"delegation": party, "delegate_name": None, "function": None, "reason": None}, None
        yield "presence-consented", {"proposal": "<presence-proposed", "reason": None}, None
        rules = {
            "publish": "jointly",
            "quote": "nobody",
            "notes": "each",
            "records": "x",
            "interpret": None,
            "text": None,
        }
        yield "ground-rules-proposed", rules, None
        yield "ground-rules-agreed", {"rules": "<ground-rules-proposed"}, None
        yield "release-proposed", {"entries": ["<request-made"], "to": OTHER}, None
        yield "release-agreed", {"proposal": "<release-proposed"}, None
        yield "entries-released", {"entries": ["<request-made"], "to": OTHER}, None
        yield "conveyance-asked", {"to": OTHER, "point": WORDS}, None
        allowed = {"asked": "<conveyance-asked", "to": OTHER, "point": WORDS, "attributed": False}
        yield "conveyance-allowed", allowed, None
        yield "conveyance-refused", {"asked": "<conveyance-asked", "reason": None}, None
        yield "point-carried", {"allowed": "<conveyance-allowed"}, None
        yield "point-conveyed", {"point": WORDS, "from": None}, None
        yield "conveyance-answered", {"conveyed": "<point-conveyed", "words": WORDS}, None
        owed = {"code": f"c{n}", "by": SIDE, "to": [OTHER], "degree": "agreed", "terms": {}}
        yield "commitment-made", owed, None
        yield "commitment-released", {"commitment": "<commitment-made", "reason": None}, None
        yield "compliance-reported", {"commitment": "<commitment-made", "says": "kept"}, None
        yield "report-answered", {"report": "<compliance-reported", "answer": "disputed"}, None
        yield "access-denied-reported", {"by": OTHER, "commitment": "<commitment-made"}, None
        yield "happening-reported", {"event": f"e{n}", "point": "began"}, None
        described = {"whose": SIDE, "to": [], "purpose": "letter", "how": "read-out", "about": WORDS}
        yield "paper-described", described, None
        yield "source-entered", {"title": WORDS, "paper": None, "digest": WORDS, "characters": 9}, None
        row = {"code": "c", "topic": "other", "wording": WORDS, "explanation": None, "depends_on": []}
        yield "conditions-set-out", {"paper": "<paper-presented", "by": SIDE, "conditions": [row]}, None
        about = {"describes": [f"m{n}"], "places": [{"code": "UA-63"}], "issues": [f"i{n}"]}
        yield "statement-recorded", {"gist": WORDS, "verb": "said", "open": [{}]} | about, SIDE
        yield "minute-confirmed", {"entry": "<statement-recorded"}, None
        yield "entry-corrected", {"entry": "<statement-recorded", "says": WORDS, "reason": None}, None
        erased = {"entry": "<statement-recorded", "particulars": [f"p:{n:064x}"], "reason": "agreed"}
        yield "particulars-erased", erased, None
        yield "event-noted", {"what": WORDS}, None
        listed = {"room": OTHER, "list": NOWHERE, "by": SIDE, "code": "x", "version": 1, "holds": "we-hold", "rows": 1}
        matched = {"left": listed | {"digest": "0" * 64}, "right": None, "compared": 1, "certain": 0, "review": 1}
        yield "lists-matched", matched | {"engine": "x", "key": SOMEBODY, "parts": []}, None
        judged = {"run": "<lists-matched", "left": "1", "right": "2", "verdict": "same", "doubtful": True}
        yield "pair-judged", judged | {"grounds": [], "reason": None}, None
        row = {"run": "<lists-matched", "side": "left", "number": "3", "verdict": "alone", "reason": WORDS}
        yield "row-judged", row, None
        noted = {"run": "<lists-matched", "left": "1", "right": "2", "to": "left", "result": "held", "leave": NOWHERE}
        yield "release-noted", noted, None
        yield "naming-noted", {"run": "<lists-matched", "pairs": [["1", "2", "AAAAA2"]]}, None
        yield "result-released", {"list": f"e:{n:064x}", "number": "1", "result": "held", "words": None}, None
        somebody = {"number": f"AAA{n:03}", "held_by": SIDE, "categories": []}
        yield "persons-named", {"persons": [somebody], "key": SOMEBODY, "parts": [], "digest": "0" * 64}, None
        number = somebody["number"]
        left = {"naming": "<persons-named", "number": number, "person": "r:", "reason": "agreed"}
        yield "named-person-erased", left | {"key": SOMEBODY, "parts": [{"paper": f"p:{n:064x}"}]}, None
        flows = {"counted": [number], "all_for_all": {}, "uncounted": []}
        drawn = {"flows": flows, "counts": {SIDE: 1}, "imbalance": 0, "digest": "0" * 64, "replaces": None}
        yield "list-drawn", drawn, None
        yield "agreed-list-confirmed", {"list": "<list-drawn", "digest": "0" * 64}, None
        yield "person-refused", {"number": number, "reason": None}, None
        yield "person-refused", {"number": number, "reason": None}, SIDE
        yield "refusal-withdrawn", {"refusal": "<person-refused", "number": number}, SIDE
        yield "wish-recorded", {"number": number, "wish": "not-to-be-returned"}, None
        yield "person-substituted", {"out": number, "in": "AAAAA3", "reason": None}, None
        stage = {"stage": 1, "day": "2030-05-01", "points": [{"point": "p", "out": {SIDE: [number]}}]}
        plan = {"list": "<list-drawn", "replaces": None, "over": [], "points": [], "stages": [stage]}
        yield "plan-proposed", plan | {"key": SOMEBODY, "parts": [], "digest": "0" * 64}, None
        yield "plan-accepted", {"plan": "<plan-proposed", "digest": "0" * 64}, None
        seen = {"plan": "<plan-proposed", "stage": 1, "point": "p", "number": number, "device": SOMEBODY, "counter": n}
        seen |= {"what": "received", "claimed": None, "corrects": f"{OTHER}/{n}"}
        yield "observed", seen, None
        yield "stage-countersigned", {"plan": "<plan-proposed", "stage": 1, "digest": "0" * 64, "counts": {}}, None
        yield "intermediary-proposed", {"delegation": OTHER}, None
        yield "intermediary-accepted", {"proposal": "<intermediary-proposed"}, None
        yield "intermediary-declined", {"proposal": "<intermediary-proposed", "reason": None}, None
        yield "list-filed", filed_list(n), None
        yield "statement-recorded", {"gist": WORDS, "verb": "said", "open": [{}, {}]}, None
        yield "reference-resolved", {"statement": "<statement-recorded", "item": 1, "means": WORDS}, None
        yield "speaker-identified", {"statement": "<statement-recorded", "seq": n, "person": SOMEBODY}, None
        yield "statements-related", {"statement": "<statement-recorded", "how": "x", "to": "<event-noted"}, None
        yield "subject-noted", {"entry": "<event-noted", "seq": n, "issues": ["i"]}, None
        copy = {"kind": "statement-recorded", "kv": 2, "body": {"gist": WORDS}, "entry": f"e:{n:064x}"}
        yield "entry-released", copy, None
        yield "leave-given", {"list": "<list-filed", "code": f"l{n}", "what": "may-be-named", "numbers": "all"}, None
        rest = {name: value for name, value in filed_list(n).items() if name in {"key", "notes", "parts"}}
        yield "person-erased", {"list": "<list-filed", "person": "r:", "aside": True, "reason": "agreed", **rest}, None


def filed_list(n: int) -> dict[str, Any]:
    counts = {"version": 1, "rows": 2, "aside": 1, "last": 2, "digest": "9" * 64, "origin": "csv"}
    blobs = {"notes": {"paper": f"p:{n:064x}"}, "parts": [{"paper": f"p:{n + MANY:064x}"}]}
    return {"code": f"l{n}", "holds": "we-hold", "replaces": None, "key": "9" * 32} | counts | blobs


def long_room() -> Room:
    room, newest = Room("5" * 32), dict[str, str]()

    def meant(value: Any) -> Any:
        if isinstance(value, list):
            return [meant(part) for part in value]
        return newest[value[1:]] if isinstance(value, str) and value.startswith("<") else value

    for seq, (kind, body, behalf) in enumerate(growing()):
        header = Header(
            "4" * 32, room.id, seq, "2030-01-15T09:00:00.000Z", kind, "6" * 32, Author(SOMEBODY, SIDE), behalf
        )
        if kind == "statement-recorded":
            header = replace(header, kind_version=2)
        entry, _ = entries.made(header, {name: meant(value) for name, value in body.items()})
        newest[kind] = entry.ref
        room = MATTERS.advance(room, [entry])
    return room


def held(value: Any, path: str) -> Iterator[tuple[str, int]]:
    """Every dict and tuple in a state, and how many items it has. What an ``Ordered`` shares is not copied whole."""
    if isinstance(value, Ordered):
        for part in value.values():
            yield from held(part, path + "/*")
    elif isinstance(value, dict | tuple):
        yield path, len(value)
        for part in value.values() if isinstance(value, dict) else value:
            yield from held(part, path + "/*")
    elif is_dataclass(value):
        for f in fields(value):
            yield from held(getattr(value, f.name), f"{path}/{f.name}")


def test_nothing_that_a_fold_copies_whole_grows_with_the_record() -> None:
    states = long_room().states or {}
    grown = {path for name, state in states.items() for path, size in held(state, name) if size > FEW}
    assert grown == set()
    unfilled = {
        f"{name}/{f.name}"
        for name, state in states.items()
        for f in fields(state)
        if isinstance(getattr(state, f.name), Ordered) and len(getattr(state, f.name)) < MANY
    }
    assert unfilled == set()


def test_a_long_room_is_stored_and_read_back_alike() -> None:
    room = long_room()
    assert (room.unknown, MATTERS.load(room.id, MATTERS.dump(room)).states) == (None, room.states)
