"""Conditions in the page: a paper's conditions filled in as a draft, checked, entered, and laid side by side."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodoffices.papers.set_out import SET_OUT
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.unit.papers.conditions.words import document, saved
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db

PAPER = b"# Ours\n\nSome words.\n\nCeasefire\n- All fire <b>stops</b>.\n- Observers come.\n  Depends on: ceasefire-1\n"
ACT = "f" * 32


def present(round_: Round, who: str = SIDE_A, content: bytes = PAPER, name: str = "ours.txt") -> int:
    paper = {"content": content, "media": "text/plain", "name": name}
    round_.do(who, "plenary", "present-paper", paper=paper, title="Ours", to=["host"], purpose="conditions")
    return round_.view(HOST, "plenary").size - 1


def address(round_: Round, rest: str) -> str:
    return f"/rooms/{round_.rooms['plenary']}/{rest}"


def page(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def fields(text: str) -> dict[str, str]:
    """What the form holds as it was drawn: rows filled in and the rest."""
    inputs = dict(re.findall(r'<input type="(?:text|hidden)" name="([a-z0-9_-]+)" value="([^"]*)"', text))
    areas = re.findall(r'<textarea name="([a-z0-9_-]+)"[^>]*>\n?([^<]*)</textarea>', text)
    chosen = re.findall(r'<select name="([a-z0-9_-]+)".*?</select>', text, re.DOTALL)
    selected = {
        name: found[1]
        for name in chosen
        if (found := re.search(rf'name="{name}".*?<option value="([a-z-]+)" selected', text, re.DOTALL))
    }
    return inputs | dict(areas) | selected


def test_a_draft_is_filled_in_checked_and_entered(round_: Round, sign_in: SignIn) -> None:
    seq, browser = present(round_), sign_in(SIDE_A)
    ref = round_.last(HOST, "plenary")
    answer = browser.get(address(round_, f"do/set-out-conditions/?paper={ref}"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(round_, f"entries/{seq}/conditions/"))
    size = round_.view(HOST, "plenary").size
    text = page(browser, address(round_, f"entries/{seq}/conditions/"))
    assert round_.view(HOST, "plenary").size == size, "a draft enters nothing"
    assert "<strong>line 3</strong>: “Some words.” stands under no topic" in text
    assert "All fire &lt;b&gt;stops&lt;/b&gt;." in text
    (action,) = re.findall(r'action="([^"]*/do/set-out-conditions/[^"]*)"', text)
    data = fields(text) | {"act": ACT, "conditions-0-wording": "All fire stops.", "conditions-0-topic": "ceasefire"}
    data |= {"conditions-1-topic": "ceasefire", "paper": ref}
    assert browser.post(action, data).status_code == 302
    (entry,) = round_.view(HOST, "plenary").state[SET_OUT].all.values()
    words = round_.view(HOST, "plenary").words(c.wording for c in entry.conditions)
    assert [(c.code, words[c.wording], c.depends_on) for c in entry.conditions] == [
        ("ceasefire-1", "All fire stops.", ()),
        ("ceasefire-2", "Observers come.", ("ceasefire-1",)),
    ]
    assert "2 conditions of this paper are on the record already" in page(
        browser, address(round_, f"entries/{seq}/conditions/")
    )


def test_what_is_set_out_already_is_left_out_and_codes_are_kept(round_: Round, sign_in: SignIn) -> None:
    seq, browser = present(round_), sign_in(SIDE_A)
    first = {"topic": "ceasefire", "code": "observers", "wording": "Observers come."}
    round_.do(SIDE_A, "plenary", "set-out-conditions", paper=round_.view(HOST, "plenary").entry(seq).ref,
              conditions=[first])  # fmt: skip
    text = page(browser, address(round_, f"entries/{seq}/conditions/"))
    assert "1 condition of this paper is on the record already" in text
    assert [v for n, v in fields(text).items() if n.endswith("-code")] == ["ceasefire-1"]
    later = page(browser, address(round_, f"entries/{present(round_)}/conditions/"))
    assert [v for n, v in fields(later).items() if n.endswith("-code")] == ["ceasefire-1", "observers"]


def test_another_file_is_read_and_not_kept(round_: Round, sign_in: SignIn) -> None:
    seq, browser = present(round_, content=b"%PDF-1.7", name="ours.pdf"), sign_in(SIDE_A)
    where = address(round_, f"entries/{seq}/conditions/")
    assert "This is a PDF; what stands in it cannot be told apart reliably." in page(browser, where)
    before = round_.view(HOST, "plenary").size
    file = saved(document([("Heading 1", "Prisoners"), ("Normal", "All come home.")]))
    text = browser.post(where, {"file": SimpleUploadedFile("ours.docx", file)}).content.decode()
    assert "Filled in from the file ours.docx, which is not kept." in text
    assert "All come home." in text
    assert round_.view(HOST, "plenary").size == before


def test_more_rows_are_given_and_nothing_is_lost(round_: Round, sign_in: SignIn) -> None:
    seq, browser = present(round_), sign_in(SIDE_A)
    ref = round_.view(HOST, "plenary").entry(seq).ref
    where = address(round_, f"do/set-out-conditions/?paper={ref}")
    data = {f"conditions-{n}-wording": f"Point {n}." for n in range(9)} | {"act": ACT, "more": "1", "paper": ref}
    text = browser.post(where, data).content.decode()
    assert len(re.findall(r'name="conditions-\d+-wording"', text)) == 13
    assert "Point 8." in text
    assert "this is needed" not in text


def test_a_refusal_is_shown_and_every_row_kept(round_: Round, sign_in: SignIn) -> None:
    seq, browser = present(round_), sign_in(SIDE_A)
    ref = round_.view(HOST, "plenary").entry(seq).ref
    row = {"conditions-6-topic": "other", "conditions-6-wording": "X.", "conditions-6-depends_on": "nothing, at-all"}
    answer = browser.post(address(round_, f"do/set-out-conditions/?paper={ref}"), row | {"act": ACT, "paper": ref})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "depends on “nothing”, and no condition of this paper has that code." in text
    assert 'value="nothing, at-all"' in text


def test_only_whose_paper_it_is_and_the_host_for_it(round_: Round, sign_in: SignIn) -> None:
    seq = present(round_)
    where = address(round_, f"entries/{seq}/conditions/")
    a = round_.delegation("plenary", "side-a")
    assert [sign_in(who).get(where).status_code for who in (SIDE_A, SIDE_B, HOST, OUTSIDER)] == [200, 404, 404, 404]
    text = page(sign_in(HOST), f"{where}?for={a}")
    assert "You enter this for Side A." in text
    assert sign_in(SIDE_A).get(address(round_, "entries/0/conditions/")).status_code == 404


def test_side_by_side(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_B)
    where = address(round_, "conditions/")
    assert "No conditions are set out on this record yet." in page(browser, where)
    assert where not in page(browser, address(round_, ""))
    for wording in ("All fire stops.", "All fire stops at sea."):
        seq = present(round_)
        row = {"topic": "ceasefire", "code": "quiet", "wording": wording}
        ref = round_.view(HOST, "plenary").entry(seq).ref
        round_.do(SIDE_A, "plenary", "set-out-conditions", paper=ref, conditions=[row])
    assert where in page(browser, address(round_, ""))
    text = page(browser, where)
    last = round_.view(HOST, "plenary").size - 1
    assert "All fire stops<ins> at sea</ins>." in text
    assert f'href="{address(round_, f"entries/{last}/")}"' in text
    assert "only Side A" in text
    assert "%" not in re.sub(r"<[^>]+>", "", text)
    assert [sign_in(OUTSIDER).get(where).status_code, Client().get(where).status_code] == [404, 404]


def test_many_papers_cost_no_more_queries(round_: Round, sign_in: SignIn) -> None:
    browser, counts = sign_in(SIDE_B), []
    for number in range(6):
        seq = present(round_)
        ref = round_.view(HOST, "plenary").entry(seq).ref
        rows = [{"topic": "ceasefire", "code": f"c-{n}", "wording": f"Point {n} of {number}."} for n in range(5)]
        round_.do(SIDE_A, "plenary", "set-out-conditions", paper=ref, conditions=rows)
        page(browser, address(round_, "conditions/"))  # the state of the room is in memory from now on
        with CaptureQueriesContext(connection) as queries:
            page(browser, address(round_, "conditions/"))
        counts.append(len(queries))
    assert counts == [8] * 6
