"""The pages of a matching: matching, judging pair by pair and many at once, rows without a pair, outcomes, telling."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from goodoffices.prisoners.matched import Matched
    from tests.people import Round
    from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACT = re.compile(r'name="act" value="([0-9a-f]{32})"')
Page = Callable[..., str]


@pytest.fixture
def talks(db: None, monkeypatch: pytest.MonkeyPatch) -> Round:
    """Both sides have filed their lists, on this test's database."""
    from goodoffices.storage.records import DatabaseStore
    from goodoffices.web.acting import desks
    from tests.reconciling import open_matching

    opened = open_matching(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: opened.office)
    return opened


@pytest.fixture
def one(talks: Round, sign_in: SignIn) -> Client:
    from tests.listing import NEUTRAL

    return sign_in(NEUTRAL)


@pytest.fixture
def other(talks: Round, sign_in: SignIn) -> Client:
    from tests.listing import NEUTRAL_SECOND

    return sign_in(NEUTRAL_SECOND)


def state(talks: Round) -> Matched:
    from goodoffices.prisoners.matched import MATCHED
    from tests.listing import NEUTRAL

    return talks.view(NEUTRAL, "matching").state[MATCHED]


def root(talks: Round) -> str:
    return f"/rooms/{talks.rooms['matching']}/matching/"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def send(client: Client, page: str, address: str = "", status: int = 302, **given: Any) -> str:
    """Fill in the form of ``page`` and send it to ``address`` (default: the page): where it leads, or what it says."""
    act = ACT.search(text(client, page))
    assert act is not None
    answer = client.post(address or page, {"act": act[1], **given})
    assert answer.status_code == status, answer.content.decode()
    return answer["Location"] if status == 302 else answer.content.decode()


@pytest.fixture
def run(talks: Round, one: Client) -> str:
    """The address of a matching made by the page."""
    from tests.reconciling import chosen

    left, right = (f"{c.room}/{c.list}" for c in (chosen(talks, side) for side in "ab"))
    return send(one, root(talks), left=left, right=right)


def test_the_page_offers_the_lists_and_matches_them(talks: Round, run: str, one: Client) -> None:
    assert re.fullmatch(re.escape(root(talks)) + r"\d+/", run)
    page = text(one, run)
    assert "3 may be one person" in " ".join(page.split())
    assert "Only your delegation reads this room." in page
    assert 'class="button" href="' + root(talks) in text(one, f"/rooms/{talks.rooms['matching']}/")


def test_a_pair_is_judged_side_by_side_by_two_people(talks: Round, run: str, one: Client, other: Client) -> None:
    pair = one.get(run + "pairs/next/")["Location"]
    page = text(one, pair)
    assert page.count("<kbd>") == len(re.findall(r"data-key=", page))
    assert "<mark>21.02.1979 (1979-02-21)</mark>" in page
    assert "one of day, month and year differs" in page
    judged = {"left": "3", "right": "3", "verdict": "same", "grounds": ["names", "father"], "reason": "Only a slip."}
    assert send(one, pair, run + "judge/", **judged) == run
    about = state(talks).about(next(iter(state(talks).runs)), "3", "3")
    assert about is not None
    assert about.stands == "waits"
    assert "Only a slip." in text(one, pair)
    second = text(other, pair)
    assert "1 person has judged this pair" in second
    assert "Only a slip." not in second
    send(other, pair, run + "judge/", **judged | {"verdict": "different"})
    assert "judged differently" in text(one, run + "pairs/?show=disagreed")
    assert "Only a slip." in text(other, pair)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"verdict": "", "grounds": ["names"]}, "Say whether they are one person"),
        ({"verdict": "same"}, "Say what decided it"),
    ],
)
def test_an_incomplete_judgment_is_refused_in_place(
    talks: Round, run: str, one: Client, given: dict[str, Any], why: str
) -> None:
    page = send(one, run + "pairs/2/", run + "judge/", 422, left="3", right="3", reason="", **given)
    assert why in page
    assert not state(talks).judged


def test_the_same_form_twice_is_one_judgment(talks: Round, run: str, one: Client) -> None:
    act = ACT.search(text(one, run + "pairs/2/"))
    assert act is not None
    raw = {"act": act[1], "left": "3", "right": "3", "verdict": "same", "grounds": ["names"]}
    assert [one.post(run + "judge/", raw).status_code for _ in range(2)] == [302, 302]
    assert len(state(talks).entries) == 1


def test_pairs_without_a_doubt_are_taken_after_looking(talks: Round, run: str, one: Client) -> None:
    page = run + "certain/"
    raw = {"pair": ["1/1", "2/2"], "reason": "All agrees."}
    assert "Say that you have looked" in send(one, page, status=422, **raw)
    send(one, page, looked="yes", **raw)
    assert [about.stands for about in state(talks).judged.values()] == ["same", "same"]
    assert "None is left." in text(one, page)


def test_a_row_is_looked_for_and_a_pair_put_forward(talks: Round, run: str, one: Client) -> None:
    found = one.post(run + "look/", {"side": "left", "look": "4"}).content.decode()
    assert "Казковий Назар Богданович" in found
    assert "Nemaye Zovsim" in found
    beside = one.post(run + "judge/", {"left": "4", "right": "4"}).content.decode()
    assert "put forward by you" in beside
    act = ACT.search(beside)
    assert act is not None
    raw = {"act": act[1], "left": "4", "right": "4", "verdict": "different", "grounds": ["names"]}
    assert one.post(run + "judge/", raw).status_code == 302
    assert "Nemaye" in text(one, run + "pairs/?show=put-forward")


def test_rows_are_judged_to_be_alone(talks: Round, run: str, one: Client) -> None:
    page = run + "rows/?side=right"
    assert "Nemaye Zovsim" in text(one, page)
    send(one, page, run + "rows/", side="right", number=["4"], verdict="alone", looked="yes", reason="Looked for.")
    assert "None is left here." in text(one, page)
    counts = text(one, run + "outcomes/")
    assert "claimed, and not on the holder" in counts


def settled(talks: Round) -> None:
    from tests.listing import NEUTRAL
    from tests.people import SIDE_A, SIDE_B
    from tests.reconciling import chosen, judge

    (run,) = state(talks).runs.values()
    for n in "12":
        judge(talks, NEUTRAL, run, n, n)
    for who, side, what in (
        (SIDE_A, "a", "holding-may-be-told"), (SIDE_A, "a", "may-be-named"), (SIDE_B, "b", "may-be-named"),
    ):  # fmt: skip
        talks.do(who, f"lists-{side}", "give-leave", list=chosen(talks, side).list, what=what, numbers="1")


def list_of(talks: Round, side: str) -> str:
    from goodoffices.prisoners.filed import LISTS
    from tests.listing import view

    (version,) = view(talks, side).state[LISTS].versions.values()
    return f"/rooms/{talks.rooms[f'lists-{side}']}/lists/{version.seq}/"


def test_a_side_is_told_with_leave_and_the_page_says_how_many_lack_it(
    talks: Round, run: str, one: Client, sign_in: SignIn
) -> None:
    from tests.people import SIDE_A, SIDE_B

    settled(talks)
    page = text(one, run + "tell/?side=right")
    assert "1 more result has no leave of Side A" in " ".join(page.split())
    assert "What was told of people on it" not in text(sign_in(SIDE_B), list_of(talks, "b"))
    send(one, run + "tell/?side=right", run + "tell/", side="right", row=["1/1"], words="As of today.")
    theirs = text(sign_in(SIDE_B), list_of(talks, "b"))
    assert "Vyhadanyi Ostap Mykolaiovych" in theirs
    assert 'the other side holds this person <q dir="auto">As of today.</q>' in theirs
    assert "What was told of people on it" not in text(sign_in(SIDE_A), list_of(talks, "a"))
    assert "told to the filer of the right list: held" in text(one, run + "outcomes/?show=held-and-claimed")
    assert "It is never told that somebody is not claimed" in text(one, run + "tell/?side=left")


def test_people_are_named_into_the_exchange(talks: Round, run: str, one: Client) -> None:
    from goodoffices.prisoners.named import NAMED
    from tests.people import SIDE_B

    settled(talks)
    page = text(one, run + "name/")
    assert "1 more person is held and claimed" in " ".join(page.split())
    send(one, run + "name/", row=["1/1"], said=["category"])
    (named,) = talks.view(SIDE_B, "exchange").state[NAMED].persons.values()
    assert named.categories == ("wounded",)
    assert f"named as {named.number}" in text(one, run + "outcomes/?show=held-and-claimed")


def test_too_many_rows_are_for_the_command_line(talks: Round, one: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from goodoffices.web.reconciling import matchings
    from tests.reconciling import chosen

    monkeypatch.setattr(matchings, "MOST_HERE", 5)
    left, right = (f"{c.room}/{c.list}" for c in (chosen(talks, side) for side in "ab"))
    page = send(one, root(talks), status=422, left=left, right=right)
    command = "goodoffices lists reconcile rehearsal matching --left lists-a/held --right lists-b/claimed --as name-"
    assert command in page
    assert not state(talks).runs


def test_nobody_else_sees_any_of_it(talks: Round, run: str, sign_in: SignIn) -> None:
    from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B

    for who in (SIDE_A, SIDE_B, HOST, OUTSIDER):
        browser = sign_in(who)
        for page in ("", "pairs/", "pairs/0/", "pairs/next/", "certain/", "rows/", "outcomes/", "tell/", "name/"):
            assert browser.get(run + page).status_code == 404
        assert browser.get(root(talks)).status_code == 404
        assert browser.post(run + "look/", {"side": "left", "look": "4"}).status_code == 404
        for room in ("exchange", "lists-a", "lists-b"):
            assert browser.get(f"/rooms/{talks.rooms[room]}/matching/").status_code == 404


def test_whoever_cannot_read_both_lists_opens_no_matching(talks: Round, run: str, sign_in: SignIn) -> None:
    from tests.listing import NEUTRAL
    from tests.people import person

    third = person("third")
    talks.do(NEUTRAL, "matching", "accredit-delegate", person=third, delegation="neutral", name="Third")
    assert sign_in(third).get(run).status_code == 404


def test_what_was_erased_says_so(talks: Round, run: str, one: Client) -> None:
    from tests.listing import NEUTRAL

    (ref,) = state(talks).runs
    talks.do(NEUTRAL, "matching", "erase-particulars", entry=ref, reason="agreed")
    assert "This was erased, and its key destroyed." in text(one, run, 409)
    assert "erased" in text(one, root(talks))


def test_a_corrected_list_is_said_on_every_page(talks: Round, run: str, one: Client) -> None:
    from tests.listing import file
    from tests.reconciling import HELD

    file(talks, "a", HELD, "held")
    for page in ("", "pairs/0/", "certain/", "rows/", "outcomes/", "tell/", "name/"):
        assert "One of these lists was corrected" in text(one, run + page)
