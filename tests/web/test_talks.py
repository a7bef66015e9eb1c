"""My talks, the talks page, and opening talks."""

import re

import pytest
from django.test import Client

from goodoffices.storage.models import Account
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def talks_page(round_: Round) -> str:
    return f"/talks/{round_.view(HOST, 'plenary').seats.talks}/"


def test_my_talks_are_those_i_sit_in(round_: Round, sign_in: SignIn) -> None:
    assert "Rehearsal" in sign_in(SIDE_A).get("/").content.decode()
    assert "Rehearsal" not in sign_in(OUTSIDER).get("/").content.decode()


def test_who_is_not_signed_in_is_asked_to(round_: Round) -> None:
    assert Client().get("/").headers["Location"] == "/sign-in/?next=/"


def test_what_awaits_somebody_leads_to_the_form_with_its_fields_filled(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "plenary", "tell-understanding", wording="An exchange.", degree="in-principle")
    ref = round_.last(HOST, "plenary")
    page = sign_in(SIDE_A).get(talks_page(round_)).content.decode()
    address = f"/rooms/{round_.rooms['plenary']}/do/{{}}/?telling={ref.replace(':', '%3A')}"
    assert [address.format(name) in page for name in ("confirm-understanding", "object-understanding")] == [True, True]
    assert "do/confirm-understanding" not in sign_in(HOST).get(talks_page(round_)).content.decode()


def test_the_page_shows_who_sits_where_what_is_told_and_what_must_come_first(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "plenary", "tell-understanding", wording="An exchange.", degree="in-principle")
    ref = round_.last(HOST, "plenary")
    round_.do(
        HOST,
        "plenary",
        "set-next-meeting",
        place="The same house",
        first=[{"what": "understanding-stands", "understanding": ref}, {"what": "stated", "words": "The road is open"}],
    )
    page = sign_in(SIDE_B).get(talks_page(round_)).content.decode()
    for words in ("Delegate of b", "minister", "An exchange.", "does not stand", "The same house", "The road is open"):
        assert words in page
    assert page.count("not met") == 2
    for who in (SIDE_A, SIDE_B):
        round_.do(who, "plenary", "confirm-understanding", telling=ref)
    page = sign_in(SIDE_B).get(talks_page(round_)).content.decode()
    assert (page.count("not met"), "stands: every party" in page) == (1, True)
    assert re.search(r'<a href="/rooms/[0-9a-f]{32}/entries/\d+/">entry \d+</a>', page)


def test_rooms_of_others_are_not_on_it(round_: Round, sign_in: SignIn) -> None:
    page = sign_in(SIDE_A).get(talks_page(round_)).content.decode()
    assert round_.rooms["caucus-a"] in page
    assert not any(round_.rooms[name] in page for name in ("caucus-b", "host-room"))


def opened(browser: Client, **changed: str) -> tuple[int, str, str]:
    page = browser.get("/talks/open/").content.decode()
    (act,) = re.findall(r'name="act" value="([0-9a-f]{32})"', page)
    given = {
        "act": act,
        "name": "valley-2031",
        "title": "Talks on the valley",
        "host_code": "host",
        "host_name": "Host country",
        "sides-0-code": "hill",
        "sides-0-role": "party",
        "sides-0-name": "Hill",
        "sides-1-code": "dale",
        "sides-1-role": "party",
        "sides-1-name": "Dale",
        "person_name": "The envoy",
    }
    answer = browser.post("/talks/open/", given | changed)
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_a_host_opens_talks_and_goes_on_there(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(OUTSIDER)
    Account.objects.filter(pk=OUTSIDER).update(may_open_talks=True)
    status, where, _ = opened(browser)
    assert status == 302
    page = browser.get(where).content.decode()
    assert all(words in page for words in ("Talks on the valley", "Hill", "Dale", "The envoy", "host-room"))
    assert "Talks on the valley" not in Client().get("/public/").content.decode()  # opening announces nothing


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_opened(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(OUTSIDER)
    Account.objects.filter(pk=OUTSIDER).update(may_open_talks=True)
    status, _, page = opened(browser, **{"sides-1-code": "Not A Slug", "name": ""})
    assert (status, "This field is required" in page) == (422, True)
    status, _, page = opened(browser, **{"sides-1-code": "Not A Slug"})
    assert status == 422
    assert re.search(r'id="id_sides-1-code_error"><p>[^<]*small letters', page)
    status, _, page = opened(browser, **{"sides-1-role": "third-party"})
    assert (status, "at least two parties" in page) == (422, True)
    assert "valley" not in browser.get("/").content.decode()


def test_only_who_may_opens_talks(round_: Round, sign_in: SignIn) -> None:
    assert sign_in(SIDE_A).get("/talks/open/").status_code == 404
    assert sign_in(SIDE_A).post("/talks/open/", {}).status_code == 404
