"""Signed, entered and minuted are told apart everywhere, and so is what became of an entry."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.readouts.labels import Standing, labels
from tests.unit.readouts.samples import ANNA, e, fact, names, p

NOTHING = Standing()


def codes(kind: str, standing: Standing = NOTHING, **changes: object) -> list[str]:
    return [label.code for label in labels(replace(fact(kind), **changes), standing, names())]  # type: ignore[arg-type]  # fields of Told


def test_an_entry_is_entered_signed_or_minuted() -> None:
    assert codes("request-made") == ["entered"]
    assert codes("request-made", signed=True, author=ANNA) == ["signed"]
    assert codes("request-made", minuted=True) == ["minuted-unconfirmed"]
    assert codes("request-made", released=True) == ["released"]


def test_a_minute_is_confirmed_or_objected_to() -> None:
    made = e("request-made")
    assert codes("request-made", Standing({made: "confirmed"}), minuted=True) == ["minuted-confirmed"]
    assert codes("request-made", Standing({made: "objected"}), minuted=True) == ["minuted-objected"]


def test_a_corrected_entry_says_so() -> None:
    standing = Standing(corrections={e("event-noted"): (e("entry-corrected"),)})
    assert codes("event-noted", standing) == ["entered", "corrected", "expected"]


def test_erased_words_are_labelled_but_not_the_erasure_itself() -> None:
    erased = names("Let the leaders meet.", "x")
    found = labels(fact("request-made"), NOTHING, erased)
    assert [label.code for label in found] == ["entered", "erased"]
    assert [label.code for label in labels(fact("particulars-erased"), NOTHING, erased)] == ["entered"]


def test_how_it_is_known_is_a_label() -> None:
    t = fact("understanding-told", known="reported", told_by=p("a minister"))
    found = labels(t, NOTHING, names())
    assert [(label.code, label.text) for label in found] == [
        ("entered", "entered by the host's server"),
        ("reported", "reported"),
        ("degree-in-principle", "in principle"),
    ]


def test_a_signature_names_its_signer() -> None:
    (label,) = labels(replace(fact("request-made"), signed=True, author=ANNA), NOTHING, names())
    assert label.text == "signed by Anna"
