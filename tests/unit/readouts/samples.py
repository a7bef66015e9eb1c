"""One body for every kind of the vocabulary, with its words: for tests of what entries read as."""

from __future__ import annotations

import hashlib
from typing import Any

from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told
from goodoffices.record.seats import Delegate, Delegation, Seats

WORDS: dict[str, str] = {}


def p(text: str) -> str:
    """A citation of ``text``, which the samples' names then know."""
    citation = "p:" + hashlib.sha256(text.encode()).hexdigest()
    WORDS[citation] = text
    return citation


def e(name: str) -> str:
    return "e:" + hashlib.sha256(name.encode()).hexdigest()


HOST, A, B, C = "0" * 32, "a" * 32, "b" * 32, "c" * 32
ANNA, BEN = "1" * 32, "2" * 32

SEATS = Seats(
    talks="7" * 32,
    kind="plenary",
    name="plenary",
    talks_name="rehearsal",
    title=p("Rehearsal"),
    host=HOST,
    delegations={
        HOST: Delegation(HOST, "host", "host", p("Hostland")),
        A: Delegation(A, "party", "side-a", p("Aland")),
        B: Delegation(B, "party", "side-b", p("Bland")),
    },
    delegates={
        ANNA: Delegate(ANNA, A, name=p("Anna")),
        BEN: Delegate(BEN, B, function=p("head of delegation")),
    },
)

NEWCOMER = {"id": C, "role": "third-party", "code": "observer", "name": p("Observia")}
DELEGATE = {
    "id": ANNA, "delegation": A, "name": p("Anna"), "level": "minister", "function": p("foreign minister"),
    "sender": p("the President"), "credentials": p("a letter"), "mandate": p("full powers"), "keys": [],
}  # fmt: skip
KEY = {"type": "ssh", "key": "ssh-ed25519 AAAA"}
PAPER = {"paper": p("%PDF"), "size": 4, "media": "application/pdf", "name": p("vision.pdf")}

X = "0" * 64
BLOB = {"paper": p("age"), "sha256": "4" * 64, "size": 70_000}
STEP: dict[str, Any] = {"proposal": e("exchange-proposed"), "exchange": X}
TERMS = {
    "v": 1, "talks": "7" * 32, "room": "8" * 32, "nonce": "5" * 32, "k": 1, "topics": ["ceasefire", "prisoners"],
    "sides": [{"code": "side-a", "delegation": A}, {"code": "side-b", "delegation": B}],
    "holders": [{"code": "host", "delegation": HOST}], "deadline": "2030-01-16T12:00:00.000Z", "bucket": 1_048_576,
}  # fmt: skip

BODIES: dict[str, dict[str, Any]] = {
    "room-opened": {
        "kind": "plenary", "name": "plenary", "talks_name": "rehearsal", "title": p("Rehearsal"), "host": HOST,
        "delegations": [
            {"id": HOST, "role": "host", "code": "host", "name": p("Hostland")},
            {"id": A, "role": "party", "code": "side-a", "name": p("Aland")},
            {"id": B, "role": "party", "code": "side-b", "name": p("Bland")},
        ],
        "delegates": [], "log": {"origin": "h/r", "key": "k"},
    },
    "room-closed": {"reason": p("done")},
    "delegation-admitted": {"delegation": NEWCOMER, "proposal": e("presence-proposed")},
    "delegation-removed": {"delegation": B, "reason": None},
    "delegate-accredited": {"delegate": DELEGATE},
    "delegate-withdrawn": {"delegate": BEN, "reason": p("recalled")},
    "key-named": {"delegate": ANNA, "key": KEY, "replaces": None},
    "log-key-replaced": {"key": "k2"},
    "particulars-erased": {"entry": e("statement-recorded"), "particulars": [p("x")], "reason": "personal-data"},
    "meeting-called": {
        "code": "first", "title": p("First meeting"), "venue": p("The old palace"), "zone": "Europe/Istanbul",
        "day": "2025-05-16",
    },
    "meeting-opened": {"meeting": e("meeting-called")},
    "meeting-adjourned": {"meeting": e("meeting-called"), "until": "2025-05-17", "reason": p("consultations")},
    "meeting-resumed": {"meeting": e("meeting-called")},
    "meeting-closed": {"meeting": e("meeting-called"), "length": {"bound": "under", "minutes": 120}},
    "agenda-item-raised": {"meeting": e("meeting-called"), "item": p("Prisoners")},
    "agenda-item-settled": {"item": e("agenda-item-raised"), "outcome": p("to be continued")},
    "event-noted": {"what": "departure", "expected": True, "words": p("The delegation leaves tonight.")},
    "next-meeting-set": {
        "day": None, "place": None,
        "first": [
            {"what": "papers-presented-by-each-party", "understanding": None, "words": None},
            {"what": "stated", "understanding": None, "words": p("the list is checked")},
        ],
    },
    "precondition-met": {"next": e("next-meeting-set"), "number": 1, "words": p("checked")},
    "condition-reported": {
        "next": e("next-meeting-set"), "what": "papers-presented-by-each-party", "way": "sealed-exchange",
        "delegations": [A, B], "words": p("both at noon"),
        "evidence": {"exchange": "1" * 64, "checkpoint": {"size": 9, "root": "2" * 64}, "papers": {A: "3" * 64}}},
    "ground-rules-proposed": {
        "publish": "host", "quote": "nobody", "notes": "everyone", "interpret": p("the host"),
        "records": "given-to-each", "text": p("No telephones.")},
    "ground-rules-agreed": {"rules": e("ground-rules-proposed")},
    "presence-proposed": {
        "delegation": NEWCOMER, "delegate_name": p("Olga"), "function": p("planner"), "reason": p("to help")},
    "presence-consented": {"proposal": e("presence-proposed"), "reason": None},
    "presence-declined": {"proposal": e("presence-proposed"), "reason": p("not needed")},
    "presence-withdrawn": {"proposal": e("presence-proposed")},
    "understanding-told": {"wording": p("A thousand for a thousand."), "degree": "in-principle", "of": None},
    "understanding-confirmed": {"telling": e("understanding-told")},
    "understanding-objected": {"telling": e("understanding-told"), "reason": p("not our words")},
    "request-made": {"to": B, "words": p("Let the leaders meet.")},
    "request-answered": {"request": e("request-made"), "answer": "taken-note-of", "words": None},
    "request-withdrawn": {"request": e("request-made")},
    "minute-confirmed": {"entry": e("request-made")},
    "minute-objected": {"entry": e("request-made"), "reason": p("we did not ask")},
    "entry-corrected": {"entry": e("event-noted"), "says": p("It leaves tomorrow."), "reason": p("misheard")},
    "entries-released": {"entries": [e("event-noted"), e("request-made")], "to": "9" * 32},
    "entry-released": {
        "kind": "request-made", "seq": 9, "at": "2030-01-15T09:00:00.000Z", "delegation": A,
        "body": {"to": B, "words": p("Let the leaders meet.")}, "minuted": True},
    "release-proposed": {"entries": [e("event-noted")], "to": "9" * 32},
    "release-agreed": {"proposal": e("release-proposed")},
    "conveyance-asked": {"to": B, "point": p("Would you wait?")},
    "conveyance-allowed": {"asked": e("conveyance-asked"), "to": B, "point": p("Would you wait?"), "attributed": True},
    "conveyance-refused": {"asked": e("conveyance-asked"), "to": B, "point": None, "reason": p("too early")},
    "point-carried": {"allowed": e("conveyance-allowed")},
    "point-conveyed": {"point": p("Would you wait?"), "from": None},
    "conveyance-answered": {"conveyed": e("point-conveyed"), "words": p("We would.")},
    "paper-presented": {"paper": PAPER, "title": p("A vision"), "to": [HOST, B], "purpose": "conditions"},
    "paper-received": {"presented": e("paper-presented")},
    "commitment-made": {
        "code": "quiet", "by": A, "by_name": None, "to": [B], "to_name": None, "what": p("To keep the line quiet."),
        "terms": {"unless": {"is": "holds", "event": "full-ceasefire", "duration": {"count": 30, "unit": "days"}}},
        "otherwise": p("Talks would pause."), "degree": "announced",
        "ceasefire": {"class": "preliminary", "declared": "bilateral", "purposes": ["holiday"],
                      "coverage": "part-of-it", "covers": p("The river only.")},
    },
    "commitment-released": {"commitment": e("commitment-made"), "reason": p("It is no longer needed.")},
    "happening-reported": {
        "event": "full-ceasefire", "point": "committed", "whose": "side-a", "words": p("At noon."), "evidence": PAPER,
        "custody": p("Handed over by the observer."),
    },
    "compliance-reported": {
        "commitment": e("commitment-made"), "says": "in-part", "words": p("All but the bridge."), "evidence": None,
        "custody": None,
    },
    "access-denied-reported": {
        "by": B, "by_name": p("a checkpoint"), "to": None, "to_name": p("the monitors"), "where": p("The bridge."),
        "why": p("Not safe, it was said."), "commitment": e("commitment-made"), "report": None, "words": p("At noon."),
        "evidence": PAPER, "custody": p("Taken by a monitor."), "working": PAPER, "copied": p("Names taken out."),
    },
    "report-answered": {
        "report": e("compliance-reported"), "answer": "access-denied", "words": p("At the bridge."), "evidence": None,
        "custody": None,
    },
    "report-attributed": {"report": e("compliance-reported"), "to": B, "to_name": None, "words": p("It was seen.")},
    "lists-matched": {
        "left": {"room": A, "list": e("x"), "by": A, "code": "held", "version": 1, "holds": "we-hold", "rows": 2,
                 "digest": "1" * 64},
        "right": {"room": B, "list": e("y"), "by": B, "code": "sought", "version": 2, "holds": "they-hold", "rows": 3,
                  "digest": "2" * 64},
        "engine": "local-1", "compared": 1234, "certain": 1, "review": 1, "key": "1" * 32, "parts": [],
    },
    "pair-judged": {
        "run": e("lists-matched"), "left": "12", "right": "40", "verdict": "cannot-tell", "doubtful": True,
        "grounds": ["names", "birth"], "reason": p("The father differs."),
    },
    "row-judged": {
        "run": e("lists-matched"), "side": "right", "number": "40", "verdict": "alone", "reason": p("Looked for."),
    },
    "release-noted": {
        "run": e("lists-matched"), "left": "12", "right": "40", "to": "right", "result": "held", "leave": e("z"),
    },
    "naming-noted": {"run": e("lists-matched"), "pairs": [["12", "40", "AAAAA2"]]},
    "result-released": {
        "list": e("list-filed"), "number": "40", "result": "not-on-their-list", "words": p("As of today."),
    },
    "persons-named": {
        "persons": [{"number": "AAAAA2", "held_by": A, "categories": ["ill"]}], "key": "1" * 32, "parts": [],
        "digest": "2" * 64,
    },
    "named-person-erased": {
        "naming": e("persons-named"), "number": "AAAAA2", "person": "r:" + "5" * 64, "reason": "personal-data",
        "key": "8" * 32, "parts": [BLOB]},
    "person-refused": {"number": "AAAAA2", "reason": p("not one of ours")},
    "refusal-withdrawn": {"number": "AAAAA2", "refusal": e("person-refused")},
    "wish-recorded": {"number": "AAAAA2", "wish": "not-to-be-returned"},
    "person-substituted": {"out": "AAAAA2", "in": "AAAAA3", "reason": p("too ill to travel")},
    "list-drawn": {
        "flows": {"counted": ["AAAAA2", "BBBBB2"], "all_for_all": {"minor": ["AAAAA4"]}, "uncounted": ["AAAAA5"]},
        "imbalance": 0, "counts": {A: 1, B: 1}, "digest": "3" * 64, "replaces": None,
    },
    "agreed-list-confirmed": {"list": e("list-drawn"), "digest": "3" * 64},
    "plan-proposed": {
        "list": e("list-drawn"), "replaces": None, "over": [], "points": [{"code": "bridge", "name": p("The bridge")}],
        "stages": [{
            "stage": 1, "day": "2030-05-01", "points": [{"point": "bridge", "out": {A: ["AAAAA2"], B: ["BBBBB2"]}}]}],
        "key": "4" * 32, "parts": [], "digest": "5" * 64,
    },
    "plan-accepted": {"plan": e("plan-proposed"), "digest": "5" * 64},
    "observed": {
        "plan": e("plan-proposed"), "stage": 1, "point": "bridge", "number": "AAAAA2", "what": "received",
        "device": "6" * 32, "counter": 7, "claimed": "2030-05-01T10:00:00.000Z", "corrects": "6" * 32 + "/3",
    },
    "stage-countersigned": {
        "plan": e("plan-proposed"), "stage": 1, "digest": "7" * 64, "counts": {"died": 1, "received": 5},
    },
    "paper-described": {
        "whose": A, "to": [B], "purpose": "conditions", "how": "sent-ahead", "about": p("Two pages, it is said.")},
    "source-entered": {
        "title": p("Few results"), "outlet": p("The Courier"), "published": "2030-01-16", "paper": PAPER,
        "original": PAPER, "digest": p("6" * 64), "characters": 1234, "custody": p("Read on its page.")},
    "conditions-set-out": {
        "paper": e("paper-presented"), "by": A,
        "conditions": [
            {"code": "quiet", "topic": "ceasefire", "wording": p("All fire stops."), "explanation": p("To count."),
             "depends_on": []},
            {"code": "home", "topic": "prisoners", "wording": p("All come home."), "explanation": None,
             "depends_on": ["quiet"]}]},
    "statement-recorded": {
        "speaker": p("Ben"), "described": None, "speaker_person": None, "same_speaker": None, "same_at": None,
        "speaker_delegation": B,
        "function": p("head of delegation"), "verb": "threatened", "verb_used": p("drohte"),
        "gist": p("We take two more."), "exact": False, "language": "de",
        "translations": [{"language": "uk", "words": p("Two more."), "by": p("an interpreter")}],
        "setting": "in-room", "place": p("the small hall"), "order": "during", "meeting": "first", "occasion": None,
        "channel": "leak", "channel_name": p("a call"), "outlet": p("a weekly"),
        "relays": [{"by": p("an outlet"), "role": "outlet"}, {"by": p("an agency"), "role": None}],
        "learnt": "2025-05-17", "issues": ["territory"], "people": [{"person": ANNA, "name": None}],
        "places": [{"code": "UA-63", "part": True, "words": p("two regions")}], "describes": ["first"], "about": [],
        "conditions": [{"words": p("if they stay")}],
        "open": [{"what": "reference", "words": p("those areas"), "note": p("which is not clear")}]},
    "reference-resolved": {
        "statement": e("statement-recorded"), "item": 0, "means": p("The two along the river."),
        "places": [{"code": "UA-59", "part": False, "words": None}], "source": p("an aide"), "says_so": None},
    "speaker-identified": {
        "statement": e("statement-recorded"), "person": None, "delegation": None, "same_speaker": None,
        "name": p("The deputy"), "source": p("a list"), "says_so": None},
    "statements-related": {
        "statement": e("statement-recorded"), "how": "contradicts", "to": e("understanding-told"),
        "words": p("how many")},
    "subject-noted": {
        "entry": e("request-made"), "issues": ["prisoners"], "places": [], "describes": ["first"]},
    "sealing-keys-named": {"online": "age1a", "recovery": "age1b", "check": "1" * 64, "test": None},
    "recovery-tested": {"keys": e("sealing-keys-named"), "nonce": "2" * 64},
    "sealing-keys-replacement-proposed": {
        "online": "age1c", "recovery": "age1d", "check": "1" * 64, "test": None, "replaces": e("sealing-keys-named")},
    "sealing-keys-replaced": {"replacement": e("sealing-keys-replacement-proposed")},
    "exchange-proposed": {"exchange": X, "terms": TERMS},
    "exchange-agreed": STEP,
    "exchange-declined": STEP | {"reason": p("too soon")},
    "exchange-withdrawn": STEP | {"reason": p("the paper leaked")},
    "exchange-lapsed": STEP,
    "paper-sealed": STEP | {"side": "side-a", "outer": BLOB, "escrow": BLOB},
    "paper-held": STEP | {"side": "side-b", "sealed": e("paper-sealed")},
    "holding-disputed": STEP | {
        "side": "side-b", "sealed": e("paper-sealed"), "fault": "wrong-context", "words": p("made for another room")},
    "papers-released": STEP | {
        "peels": {"side-a": BLOB, "side-b": BLOB}, "builds_on": [], "digests": {"side-a": None, "side-b": None}},
    "paper-opened": STEP | {"side": "side-b", "digest": "3" * 64, "blank": ["prisoners"]},
    "opening-disputed": STEP | {
        "side": "side-b", "fault": "wrong-digest", "file_key": "AAAA", "words": p("not what was sealed")},
    "paper-tabled": STEP | {
        "side": "side-b", "of": B, "paper": PAPER, "title": p("Conditions"), "to": [A], "purpose": "conditions"},
    "intermediary-proposed": {"delegation": HOST},
    "intermediary-accepted": {"proposal": e("intermediary-proposed")},
    "intermediary-declined": {"proposal": e("intermediary-proposed"), "reason": p("not neutral")},
    "lists-joined": {"exchange": "9" * 32},
    "list-filed": {
        "code": "held", "holds": "we-hold", "version": 2, "replaces": e("list-filed-before"), "rows": 1_200, "aside": 3,
        "last": 1_203, "digest": "6" * 64, "origin": "xlsx", "key": "7" * 32, "notes": BLOB, "parts": [BLOB]},
    "leave-given": {"list": e("list-filed"), "code": "held", "what": "may-be-named", "numbers": "all"},
    "leave-withdrawn": {"list": e("list-filed"), "code": "held", "what": "claim-may-be-told", "numbers": "3, 7-9"},
    "person-erased": {
        "list": e("list-filed"), "person": "r:" + "5" * 64, "aside": False, "reason": "personal-data",
        "key": "8" * 32, "notes": BLOB, "parts": [BLOB]},
    "list-erased": {"list": e("list-filed"), "code": "held", "versions": 2, "reason": "agreed"},
    "list-exported": {
        "list": e("list-filed"), "form": "csv", "recipients": ["age1a", "age1b"], "reason": p("for the manifests")},
}  # fmt: skip


def fact(kind: str, **changes: Any) -> Told:
    """The sample of this kind, told by side A; ``changes`` to its body."""
    return Told(e(kind), 3, "2030-01-15T09:00:00.000Z", kind, A, BODIES[kind] | changes, minuted=False, source=e(kind))


def names(*without: str) -> Names:
    """Names that know every word of the samples but ``without`` (texts)."""
    gone = {p(text) for text in without}
    words = {citation: text for citation, text in WORDS.items() if citation not in gone}
    return Names(SEATS, words, cited={e(kind): fact(kind) for kind in BODIES})
