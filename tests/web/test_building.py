"""Building a commitment's terms in the page: a clause at a time, with what is understood beside it."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from goodoffices.commitments.kept import COMMITMENTS
from goodoffices.commitments.terms import said
from tests.people import HOST, OUTSIDER, SIDE_A, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db

FILLED = {"act": "f" * 32, "code": "lists", "by_name": "Side A", "what": "To hand over the lists.", "degree": "agreed"}


def where(round_: Round) -> str:
    return f"/rooms/{round_.rooms['plenary']}/do/make-commitment/"


def post(browser: Client, address: str, status: int, **data: str) -> str:
    answer = browser.post(address, FILLED | {name.replace("__", "-"): value for name, value in data.items()})
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text
    return text


def terms_in(text: str) -> str:
    (found,) = re.findall(r'<input type="text" name="terms"(?: value="([^"]*)")?', text)
    return found


def understood(text: str) -> str:
    (found,) = re.findall(r"As understood</span> <strong[^>]*>([^<]*)<", text)
    return found


def test_clauses_are_added_one_by_one_and_the_whole_is_entered(round_: Round, sign_in: SignIn) -> None:
    browser, size = sign_in(SIDE_A), round_.view(HOST, "plenary").size
    clause = {"build__clause": "after", "build__what1": "the exchange of lists and maps", "build__point1": "began"}
    text = post(browser, where(round_), 200, build="1", **clause)
    first = terms_in(text)
    assert first == understood(text) == "after exchange-of-lists-and-maps begins"
    assert "Nothing is owed before this: exchange-of-lists-and-maps begins." in text
    held = {"build__point1": "holds", "build__held1": "30", "build__held_unit1": "days"}
    clause = {"build__clause": "unless", "build__what1": "a full ceasefire", **held}
    text = post(browser, where(round_), 200, build="1", terms=first, **clause)
    whole = terms_in(text)
    assert whole == f"{first}, unless full ceasefire holds for 30 consecutive days"
    clause = {"build__clause": "within", "build__count": "1", "build__unit": "months", "build__what1": "accession"}
    text = post(browser, where(round_), 200, build="1", terms=whole, **clause)
    assert "a month from 31 January ends on the last day of February" in text
    assert "To hand over the lists." in text, "what was filled in stays"
    assert round_.view(HOST, "plenary").size == size
    post(browser, where(round_), 302, terms=terms_in(text))
    (made,) = round_.view(HOST, "plenary").state[COMMITMENTS].all.values()
    assert said(made.made.terms) == (
        "after exchange-of-lists-and-maps begins, within 1 month of accession, "
        "unless full ceasefire holds for 30 consecutive days"
    )


def test_two_conditions_and_the_opposite_of_one(round_: Round, sign_in: SignIn) -> None:
    two = {"build__what1": "lists", "build__point1": "fulfilled", "build__join": "or", "build__what2": "the war",
           "build__point2": "ended", "build__no2": "on"}  # fmt: skip
    text = post(sign_in(SIDE_A), where(round_), 200, build="1", code="x", build__clause="until", **two)
    assert terms_in(text) == "until lists is fulfilled or not war ends"
    assert "a commitment called lists, which this room does not have yet" in text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"build__clause": "after"}, "Name the event, the commitment or the day that the condition is about."),
        ({"build__clause": "within", "build__what1": "x"}, "Say how long: a number and what of, such as 10 days."),
        ({"build__clause": "by", "build__what1": "2025-02-30", "build__point1": "day"},
         "there is no such day or time as 2025-02-30"),
        ({"build__clause": "by", "build__what1": "soon", "build__point1": "day"}, "“soon” is no day"),
        ({"build__clause": "after", "build__what1": "мир"}, "the name of an event was expected, in Latin letters"),
        ({"build__clause": "after", "build__what1": "x", "terms": "after y"}, "there are two clauses of this kind"),
        ({"build__clause": "after", "build__what1": "x", "build__join": "and", "build__what2": "x", "build__no2": "on"},
         "“x and not x” can never be met."),
        ({"terms": "by 2025-05-01, after 2025-06-01"}, "It would end (2025-05-01) before it binds (2025-06-01)."),
        ({"terms": "after lists is fulfilled"}, "These terms hang on themselves (lists, lists), so they could never"),
        ({"terms": "within a while"}, "was expected"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_beside_the_form(
    round_: Round, sign_in: SignIn, data: dict[str, str], why: str
) -> None:
    text = post(sign_in(SIDE_A), where(round_), 200, build="1", **data)
    assert why in text
    assert terms_in(text) == data.get("terms", "")


def test_a_clause_chosen_and_not_added_is_not_lost_silently(round_: Round, sign_in: SignIn) -> None:
    size = round_.view(HOST, "plenary").size
    text = post(sign_in(SIDE_A), where(round_), 422, build__clause="after", build__what1="x")
    assert "You chose a clause that is not in the terms yet" in text
    assert round_.view(HOST, "plenary").size == size


def test_it_is_understood_while_it_is_written_by_those_who_sit_here(round_: Round, sign_in: SignIn) -> None:
    address = f"/rooms/{round_.rooms['plenary']}/terms/"
    answer = sign_in(SIDE_A).post(address, {"terms": "for a month", "code": "x"})
    assert understood(answer.content.decode()) == "for 1 month"
    assert sign_in(OUTSIDER).post(address, {"terms": "for a month"}).status_code == 404
