"""The pages of an exchange of prisoners: persons, the list, the plan and its manifests, as each side sees them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.agreeing import ROOM, A, B, confirmed, drawn, name, named, newest
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_B, Round

if TYPE_CHECKING:
    from tests.web.conftest import SignIn

FRESH = iter(range(1, 10_000))


def act() -> str:
    return f"{next(FRESH) + 0xF00000:032x}"


def at(talks: Round, more: str = "") -> str:
    return f"/rooms/{talks.rooms[ROOM]}/prisoners/{more}"


PLAN: dict[str, Any] = {
    "title": "Exercise", "equal": "stage and point", "imbalance": "", "details": f"{A[0]}, yes\n{A[2]},, 2",
    "language_side-a": "uk", "language_side-b": "ru", "by": "", "days": "", "hours": "", "missed": "", "back": "",
    "priority_1": "severely wounded",
    "stages-TOTAL_FORMS": "3", "stages-INITIAL_FORMS": "0", "stages-0-day": "2030-05-01", "stages-0-number": "2",
    "stages-1-day": "2030-05-02",
    "points-TOTAL_FORMS": "1", "points-INITIAL_FORMS": "0", "points-0-name": "Міст",
    "convoys-TOTAL_FORMS": "2", "convoys-INITIAL_FORMS": "0",
    "convoys-0-side": "side-a", "convoys-0-buses": "1", "convoys-0-seats": "4", "convoys-0-stretchers": "1",
    "convoys-1-side": "side-b", "convoys-1-buses": "1", "convoys-1-seats": "4", "convoys-1-stretchers": "1",
}  # fmt: skip


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def talks(round_: Round) -> Round:
    return named(talks=round_)


def test_persons_are_shown_by_name_to_those_at_the_table(talks: Round, sign_in: SignIn) -> None:
    for who in (SIDE_A, SIDE_B, OBSERVER, HOST):
        page = text(sign_in(who).get(at(talks, "persons/")))
        assert "Коваленко Given AAAAA2" in page
        assert "Иванов Given BBBBB9" in page
    assert sign_in(OUTSIDER).get(at(talks, "persons/")).status_code == 404


def test_a_search_is_posted_and_stands_in_no_address(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    page = text(browser.post(at(talks, "persons/"), {"do": "find", "find": "иванов given bbbbb4"}))
    assert ("BBBBB4" in page, "BBBBB5" in page) == (True, False)
    assert "find=" not in page


def test_a_side_refuses_and_withdraws(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_B)
    given = {"do": "refuse-person", "number": A[3], "reason": "Not one of ours", "act": act()}
    answer = browser.post(at(talks, "persons/"), given)
    assert (answer.status_code, answer["Location"]) == (302, at(talks, "persons/"))
    page = text(browser.get(at(talks, "persons/?standing=refused")))
    assert "refused by Side B" in page
    assert "1 person." in page
    again = browser.post(at(talks, "persons/"), given | {"act": act()})
    assert (again.status_code, "Your side has refused AAAAA5 already." in text(again)) == (422, True)
    link = re.search(r'href="([^"]+withdraw-refusal[^"]+)"', page)
    assert link is not None


def test_the_intermediary_records_a_wish_and_nobody_else_is_asked(talks: Round, sign_in: SignIn) -> None:
    assert "The person's own wish" not in text(sign_in(SIDE_A).get(at(talks, "persons/")))
    browser = sign_in(OBSERVER)
    assert "The person&#x27;s own wish" in text(browser.get(at(talks, "persons/"))) or "The person's own wish" in text(
        browser.get(at(talks, "persons/"))
    )
    given = {"do": "record-wish", "number": A[3], "wish": "not-to-be-returned", "act": act()}
    assert browser.post(at(talks, "persons/"), given).status_code == 302
    assert "does not wish to be returned" in text(browser.get(at(talks, "persons/?standing=wish")))
    refused = sign_in(SIDE_A).post(at(talks, "persons/"), given | {"act": act()})
    assert refused.status_code == 422


def test_a_list_is_looked_at_drawn_and_confirmed(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    form = {
        "number_side-a": "3",
        "number_side-b": "3",
        "uncounted": ["severely-wounded"],
        "all_for_all": ["minor"],
        "priority_1": "minor",
    }
    page = text(browser.post(at(talks, "draw/"), form))
    assert "The Third Geneva Convention (articles 109 and 110)" in page
    assert "3 persons were left out who are alike in priority" in page
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert digest is not None
    stale = browser.post(at(talks, "draw/"), form | {"draw": "yes", "digest": "0" * 64, "act": act()})
    assert (stale.status_code, "The list is another than the one you looked at" in text(stale)) == (422, True)
    answer = browser.post(at(talks, "draw/"), form | {"draw": "yes", "digest": digest[1], "act": act()})
    entry = newest(talks, "list-drawn")
    assert answer["Location"] == at(talks, f"lists/{entry.seq}/")
    file = browser.get(at(talks, f"lists/{entry.seq}/agreed.csv"))
    assert hashlib.sha256(file.content).hexdigest() == digest[1] == entry.body["digest"]
    assert (len(entry.body["flows"]["counted"]), entry.body["flows"]["all_for_all"]) == (6, {"minor": [A[1], B[1]]})
    for who in (SIDE_A, SIDE_B):
        answer = sign_in(who).post(answer["Location"], {"digest": digest[1], "act": act()})
        assert answer.status_code == 302
    assert "It stands." in text(browser.get(answer["Location"]))


def test_one_person_on_both_sides_lists_is_pointed_out(talks: Round, sign_in: SignIn) -> None:
    for who, number, side in ((SIDE_A, "CCCCC4", "side-a"), (SIDE_B, "CCCCC5", "side-b")):
        given = {"surname": "Двійник", "given": "Петро", "born": "1990-05-03"}
        name(talks, who, (number,), side, given)
    form = {"number_side-a": "7", "number_side-b": "7", "uncounted": ["severely-wounded"], "always": "CCCCC4 CCCCC5"}
    page = text(sign_in(SIDE_A).post(at(talks, "draw/"), form))
    assert "Look whether they are one person, named twice or listed by both sides" in page
    assert "<code>CCCCC4, CCCCC5</code>" in page
    assert page.count("<li><code>") == 1


def test_unequal_numbers_are_said_and_not_drawn(talks: Round, sign_in: SignIn) -> None:
    page = text(sign_in(SIDE_A).post(at(talks, "draw/"), {"number_side-a": "3", "number_side-b": "2"}))
    assert "3 who count return to Side A and 2 to Side B: the numbers are not equal" in page
    assert 'name="draw"' not in page


def test_a_wrong_digest_confirms_nothing(talks: Round, sign_in: SignIn) -> None:
    drawn(talks)
    where = at(talks, f"lists/{newest(talks, 'list-drawn').seq}/")
    answer = sign_in(SIDE_B).post(where, {"digest": "0" * 64, "act": act()})
    assert (answer.status_code, "That is not the digest of this list" in text(answer)) == (422, True)
    assert "Confirm this list for my side" not in text(sign_in(OBSERVER).get(where))


def test_what_changed_between_two_lists_is_shown(talks: Round, sign_in: SignIn) -> None:
    drawn(talks)
    drawn(talks, counted=[*A[2:4], A[6], *B[2:5]])
    page = text(sign_in(SIDE_B).get(at(talks, f"lists/{newest(talks, 'list-drawn').seq}/")))
    assert "Changed since the list before" in page
    assert re.search(r"goes no more</span></td><th scope=\"row\"><code>AAAAA6", page)
    assert re.search(r"new on it</span></td><th scope=\"row\"><code>AAAAA8", page)


def test_after_a_refusal_and_a_substitution_the_next_draft_follows(talks: Round, sign_in: SignIn) -> None:
    confirmed(drawn(talks))
    browser = sign_in(SIDE_A)
    assert (
        browser.post(
            at(talks, "persons/"), {"do": "substitute-person", "number": A[2], "into": A[6].lower(), "act": act()}
        ).status_code
        == 302
    )
    form = {"keep": "on", "number_side-a": "3", "number_side-b": "3", "uncounted": ["severely-wounded"]}
    page = text(browser.post(at(talks, "draw/"), form))
    assert re.search(r"goes no more</span></td><th scope=\"row\"><code>AAAAA4", page)
    assert re.search(r"new on it</span></td><th scope=\"row\"><code>AAAAA8", page)


def test_a_plan_is_made_shown_proposed_accepted_and_printed(talks: Round, sign_in: SignIn) -> None:
    confirmed(drawn(talks))
    browser = sign_in(SIDE_A)
    assert browser.get(at(talks, "plan/")).status_code == 200
    page = text(browser.post(at(talks, "plan/"), PLAN))
    assert "Proved: in the agreed order of aims no plan does better." in page
    assert page.count("<svg") == 2
    assert 'style="' not in page
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert digest is not None
    answer = browser.post(at(talks, "plan/"), PLAN | {"propose": "yes", "digest": digest[1], "act": act()})
    entry = newest(talks, "plan-proposed")
    where = at(talks, f"plans/{entry.seq}/")
    assert (answer.status_code, answer["Location"], entry.body["digest"]) == (302, where, digest[1])
    for who in (SIDE_A, SIDE_B):
        assert sign_in(who).post(where, {"act": act()}).status_code == 302
    assert "Both sides have accepted this plan." in text(browser.get(where))
    sheet = text(sign_in(SIDE_B).get(where + "manifests/uk/"))
    assert ("Посадкова відомість" in sheet, "Коваленко Given AAAAA4" in sheet) == (True, True)
    files = {name: browser.get(where + name).content for name in ("instance.yaml", "persons.csv", "plan.csv")}
    assert hashlib.sha256(files["plan.csv"]).hexdigest() == digest[1]
    assert "Міст".encode() in files["instance.yaml"]
    assert browser.get(where + "other.csv").status_code == 404


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"convoys-0-seats": "0", "convoys-0-stretchers": "0"}, "the buses of this convoy have no seats"),
        ({"convoys-0-seats": "1"}, "These conditions cannot all be met; without any one of them the others could:"),
        ({"stages-0-day": ""}, "This field is required."),
        ({"stages-1-day": "2030-04-01"}, "stages follow each other, and 2030-04-01 is before 2030-05-01."),
        ({"points-0-name": ""}, "A plan needs at least one handover point, with its name."),
        ({"details": "CCCCC2, yes"}, "“CCCCC2” is not on the agreed list."),
        ({"details": f"{A[0]}, lying"}, "Line 1: “stretcher” is yes or no, and “lying” is neither."),
        ({"by": "brave: 2"}, "“brave: 2” is no category and stage."),
        ({"days": "soon: 3"}, "“soon: 3” is no day and limit."),
        ({"hours": "Tarn: far"}, "“Tarn: far” names no point and hours."),
    ],
)
def test_what_cannot_be_planned_is_said(talks: Round, sign_in: SignIn, changes: dict[str, str], why: str) -> None:
    confirmed(drawn(talks))
    size = talks.view(SIDE_A, ROOM).size
    answer = sign_in(SIDE_A).post(at(talks, "plan/"), PLAN | changes)
    assert (answer.status_code, why in text(answer)) == (422, True)
    assert talks.view(SIDE_A, ROOM).size == size


def test_more_rows_keep_what_was_filled_in(talks: Round, sign_in: SignIn) -> None:
    confirmed(drawn(talks))
    page = text(sign_in(SIDE_A).post(at(talks, "plan/"), PLAN | {"more-stages": "yes"}))
    assert 'name="stages-TOTAL_FORMS" value="7"' in page
    assert 'value="2030-05-01"' in page


def test_a_plan_is_not_offered_before_both_have_confirmed(talks: Round, sign_in: SignIn) -> None:
    drawn(talks)
    assert sign_in(SIDE_A).get(at(talks, "plan/")).status_code == 404


def test_the_room_leads_there_and_its_page_says_how_far_it_is(talks: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_B)
    assert f'href="{at(talks)}"' in text(browser.get(f"/rooms/{talks.rooms[ROOM]}/"))
    confirmed(drawn(talks))
    page = text(browser.get(at(talks)))
    assert "Intermediary: <bdi>An observer</bdi>, accepted by both sides." in page
    assert "stands" in page
    assert browser.get(f"/rooms/{talks.rooms['caucus-b']}/prisoners/").status_code == 404


def test_who_a_person_is_is_erased_after_being_told_what_that_means(talks: Round, sign_in: SignIn) -> None:
    confirmed(drawn(talks))
    browser, other = sign_in(SIDE_A), sign_in(SIDE_B)
    assert "Erase who this person is" in text(browser.get(at(talks, "persons/")))
    assert "Erase who this person is" not in text(sign_in(HOST).get(at(talks, "persons/")))
    chosen = {"do": "erase-named-person", "number": A[2], "act": act()}
    told = text(browser.post(at(talks, "persons/"), chosen))
    assert ("Коваленко Given AAAAA4" in told, "It reaches neither other rooms nor copies" in told) == (True, True)
    assert "Choose a person" in text(browser.post(at(talks, "persons/"), {"do": "erase-named-person", "act": act()}))
    for asked in (chosen, chosen | {"sure": "yes", "reason": "personal-data"}):
        answer = other.post(at(talks, "persons/"), asked)
        assert (answer.status_code, "by the delegation that named them" in text(answer)) == (422, True)
    for _ in range(2):  # a second press of the button does no harm
        answer = browser.post(at(talks, "persons/"), chosen | {"sure": "yes", "reason": "personal-data"})
        assert (answer.status_code, answer["Location"]) == (302, at(talks, "persons/"))
    where = f"lists/{newest(talks, 'list-drawn').seq}/"
    for page in (text(other.get(at(talks, more))) for more in ("persons/", where)):
        assert ("Given AAAAA4" in page, "AAAAA4" in page, "[erased]" in page) == (False, True, True)
        assert "Given AAAAA5" in page
    digest = newest(talks, "list-drawn").body["digest"]
    assert hashlib.sha256(other.get(at(talks, where + "agreed.csv")).content).hexdigest() == digest
    assert "erased who AAAAA4 is" in text(other.get(f"/rooms/{talks.rooms[ROOM]}/"))
    page = text(browser.post(at(talks, "plan/"), PLAN))
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert found is not None
    made = browser.post(at(talks, "plan/"), PLAN | {"propose": "yes", "digest": found[1], "act": act()})["Location"]
    sheet = text(other.get(made + "manifests/uk/"))
    assert ("Given AAAAA4" in sheet, "[вилучено]" in sheet, "AAAAA4" in sheet) == (False, True, True)
