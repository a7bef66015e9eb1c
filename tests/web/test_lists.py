"""Lists in the page: looked at, filed, corrected, searched, given leave for, taken out and erased; and bad files."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from goodoffices.prisoners.filed import LISTS
from goodoffices.sealing import agefile, agekeys
from goodoffices.secretariat import lists
from goodoffices.storage.records import DatabaseStore
from tests.listing import HELD, NEUTRAL, NEUTRAL_SECOND, SIDES, file, open_exchange, view
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import sizes
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACT = "d" * 32
NAMES = ("Вигаданий", "Неіснуючий")


@pytest.fixture
def talks(db: None, monkeypatch: pytest.MonkeyPatch) -> Round:
    from goodoffices.web.acting import desks

    opened = open_exchange(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: opened.office)
    return opened


def address(talks: Round, rest: str = "", room: str = "lists-a") -> str:
    return f"/rooms/{talks.rooms[room]}/lists/{rest}"


def page(browser: Client, where: str, status: int = 200) -> str:
    answer = browser.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def sent(content: bytes = HELD, name: str = "list.csv", **more: str) -> dict[str, Any]:
    return {"act": ACT, "code": "held", "holds": "we-hold", "list": SimpleUploadedFile(name, content), **more}


def looked(browser: Client, talks: Round, content: bytes = HELD, name: str = "list.csv", **more: str) -> HttpResponse:
    answer: HttpResponse = browser.post(address(talks, "file/"), sent(content, name, look="1", **more))
    return answer


def chosen(text: str) -> dict[str, str]:
    """What the mapping on a page says, as a browser sends it back."""
    found = re.findall(r'<select name="(column-\d+)".*?</select>', text, re.DOTALL)
    parts = re.findall(r'<select name="column-\d+".*?</select>', text, re.DOTALL)
    values = [re.search(r'value="([a-z_]+)" selected', part) for part in parts]
    of = re.search(r'name="of" value="([0-9a-f]{64})"', text)
    assert of is not None
    return {name: value[1] if value else "" for name, value in zip(found, values, strict=True)} | {"of": of[1]}


def filed(talks: Round, code: str = "held") -> str:
    return view(talks, "a").state[LISTS].newest[code]


def test_a_list_is_looked_at_mapped_and_filed(talks: Round, sign_in: SignIn) -> None:
    browser, before = sign_in(SIDE_A), sizes(talks)
    assert "No list is filed here yet." in page(browser, address(talks))
    text = looked(browser, talks).content.decode()
    assert "2 rows can be used; 1 cannot and is kept aside" in text
    assert "row 4: There is no name in this row. The row was kept aside." in text
    assert all(name in text for name in NAMES)
    assert sizes(talks) == before, "looking writes nothing"
    mapping = chosen(text)
    assert mapping["column-1"] == "surname"
    answer = browser.post(address(talks, "file/"), sent(file="1", **(mapping | {"column-6": ""})))
    assert answer.status_code == 302
    shown = page(browser, answer.headers["Location"])
    assert "It is on the record: 1 entry." in shown
    assert all(name in shown for name in NAMES)
    assert "без імені" in shown, "a row kept aside is not lost"
    row = lists.read(view(talks, "a"), filed(talks)).rows[0]
    assert row.said["column:Примітка"] == "ліва рука"
    again = browser.post(address(talks, "file/"), sent(file="1", **mapping))
    assert (again.status_code, again.headers["Location"]) == (302, answer.headers["Location"])
    assert len(view(talks, "a").state[LISTS].versions) == 1


def test_the_mapping_remembers_itself_for_the_same_headings(talks: Round, sign_in: SignIn) -> None:
    content = "Колонка1;Колонка2\nВигаданий;1985\n".encode()
    browser = sign_in(SIDE_A)
    text = looked(browser, talks, content).content.decode()
    assert "No heading was understood as a name" in text
    assert 'name="file"' not in text
    mapping = chosen(text) | {"column-0": "surname", "column-1": "born"}
    assert "1 row can be used" in looked(browser, talks, content, **mapping).content.decode()
    assert browser.post(address(talks, "file/"), sent(content, file="1", **mapping)).status_code == 302
    text = looked(browser, talks, content).content.decode()
    assert "as they were said for the last list with these headings" in text
    assert chosen(text) | {"of": ""} == {"column-0": "surname", "column-1": "born", "of": ""}


def test_the_first_row_may_be_a_person(talks: Round, sign_in: SignIn) -> None:
    content = "Вигаданий;Остап;1990\nНеіснуючий;Петро;1985\n".encode()
    browser = sign_in(SIDE_A)
    text = looked(browser, talks, content, headless="1").content.decode()
    mapping = chosen(text) | {"column-0": "surname", "column-1": "given", "headless": "1"}
    assert "2 rows can be used" in looked(browser, talks, content, **mapping).content.decode()
    assert browser.post(address(talks, "file/"), sent(content, file="1", **mapping)).status_code == 302
    assert [row.said["surname"] for row in lists.read(view(talks, "a"), filed(talks)).rows] == list(NAMES)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"column-1": "born"}, "Two columns are to be the same: date of birth"),
        ({"column-1": "", "column-2": "", "column-3": ""}, "Say which column holds the name."),
        ({"column-1": "shoe-size"}, "This page was incomplete."),
        ({"act": "x"}, "This page was incomplete."),
        ({"code": "Held List"}, "use small letters, digits and single hyphens"),
        ({"holds": ""}, "this is needed"),
    ],
)
def test_what_is_said_wrong_writes_nothing(talks: Round, sign_in: SignIn, changes: dict[str, str], why: str) -> None:
    browser, before = sign_in(SIDE_A), sizes(talks)
    mapping = chosen(looked(browser, talks).content.decode())
    answer = browser.post(address(talks, "file/"), sent(file="1") | mapping | changes)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert (sizes(talks), list(talks.office.cabinet.ids())) == (before, [])


def workbook(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def xlsx(*, merged: bool = False) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Surname", "Given name", "Remark"])
    sheet.append(["Fictive", "Adam", "=1+1"])
    sheet.append(["Invented", "Boris", ""])
    if merged:
        sheet.merge_cells("A2:A3")
    hidden = book.create_sheet("notes")
    hidden["A1"], hidden.sheet_state = "Hidden", "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The submitted file is empty|Choose the file|It is empty"),
        (b"%PDF-1.7 x", "It is a PDF. Ask for the list as a spreadsheet."),
        (b"\xd0\xcf\x11\xe0 old", "old XLS format"),
        (b"PK\x03\x04 broken", "It is damaged, or no workbook."),
        (workbook({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "definitions of its own"),
        (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa">]><x xmlns="http://zesty.ca/pfif/1.4">&a;</x>',
            "DOCTYPE",
        ),
        (b"\xff\xfeS\x00u", "Say below which column|not understood as|begins like"),
        (b"Surname\n;\n", "no row in it that can be used"),
    ],
)
def test_files_that_are_no_list_get_a_clear_sentence(talks: Round, sign_in: SignIn, content: bytes, why: str) -> None:
    before = sizes(talks)
    answer = looked(sign_in(SIDE_A), talks, content)
    assert answer.status_code in {200, 422}
    assert re.search(why, answer.content.decode()), answer.content.decode()[-3000:]
    assert sizes(talks) == before


def test_a_bomb_is_not_opened(talks: Round, sign_in: SignIn) -> None:
    bomb = workbook({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(64 << 20)})
    text = looked(sign_in(SIDE_A), talks, bomb, "list.xlsx").content.decode()
    assert "Unpacked it would be far larger than any list. It was not opened." in text


def test_merged_cells_formulas_and_hidden_sheets_are_told(talks: Round, sign_in: SignIn) -> None:
    text = looked(sign_in(SIDE_A), talks, xlsx(merged=True), "list.xlsx").content.decode()
    assert "The cells A2:A3 are merged." in text
    assert "A formula stands here. It was not run" in text
    assert "The sheet “notes” is hidden. It was not read." in text
    assert "2 rows can be used" in text


def test_old_encodings_are_read_and_said(talks: Round, sign_in: SignIn) -> None:
    text = looked(sign_in(SIDE_A), talks, HELD.decode().encode("cp1251")).content.decode()
    assert "it was read as cp1251" in text
    assert all(name in text for name in NAMES)


def test_what_begins_like_a_formula_is_text(talks: Round, sign_in: SignIn) -> None:
    content = b"Surname;Rank\n=cmd|' /C calc'!A0;private\n"
    text = looked(sign_in(SIDE_A), talks, content).content.decode()
    assert "The cell begins like a formula. It was taken as text; nothing was run." in text


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(talks: Round, sign_in: SignIn) -> None:
    answer = looked(sign_in(SIDE_A), talks, b"Surname\n" + b"Fictive\n" * (4 << 20))
    assert answer.status_code == 413
    assert "25 MiB" in answer.content.decode()


def test_too_many_rows_are_refused_by_their_number(talks: Round, sign_in: SignIn) -> None:
    answer = looked(sign_in(SIDE_A), talks, b"Surname\n" + b"X\n" * 1_000_000)
    assert answer.status_code == 422
    assert "more than 250,000 rows" in answer.content.decode()


def test_a_corrected_list_shows_what_changed(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    browser, seq = sign_in(SIDE_A), view(talks, "a").size - 1
    content = HELD.replace(b"1985", b"1986") + "20;Новий;Іван;;1991;;\n".encode()
    where = address(talks, f"{seq}/correct/")
    assert "File “held” again, corrected" in page(browser, where)
    mapping = chosen(browser.post(where, sent(content, look="1")).content.decode())
    answer = browser.post(where, sent(content, file="1", **mapping))
    shown = page(browser, answer.headers["Location"])
    assert "Added: 1. Gone: 0. Altered: 1." in shown
    assert '<del dir="auto">1985</del> <ins dir="auto">1986</ins>' in shown
    assert "This is an earlier version" in page(browser, address(talks, f"{seq}/"))
    assert browser.get(where).status_code == 404, "only the newest version is corrected"


def test_leave_is_given_and_withdrawn_in_words(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    browser, seq = sign_in(SIDE_A), view(talks, "a").size - 1
    where = address(talks, f"{seq}/leave/")
    data = {"act": ACT, "what": "may-be-named", "numbers": "1", "says": "give"}
    assert browser.post(where, data).status_code == 302
    text = page(sign_in(NEUTRAL), address(talks, f"{seq}/"))
    assert "people on it may be named in the room where both sides sit: given for 1" in text
    assert 'name="says"' not in text, "the intermediary gives no leave"
    wrong = browser.post(where, data | {"act": "e" * 32, "numbers": "9"})
    assert wrong.status_code == 422
    assert "its numbers end at 2" in wrong.content.decode()
    assert browser.post(where, data | {"act": "f" * 32, "says": "withdraw", "numbers": "all"}).status_code == 302
    assert sign_in(NEUTRAL).post(where, data).status_code == 404


def test_a_search_stands_in_no_address(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    browser, seq = sign_in(NEUTRAL), view(talks, "a").size - 1
    answer = browser.post(address(talks, f"{seq}/"), {"q": "неісн"})
    assert answer.status_code == 200
    assert "1 row says so." in answer.content.decode()
    assert "Остап" not in answer.content.decode()
    assert 'method="get"' not in answer.content.decode()


def test_many_rows_are_shown_in_pages(talks: Round, sign_in: SignIn) -> None:
    content = "Surname\n" + "".join(f"Fictive{n:03}\n" for n in range(1, 251))
    file(talks, "a", content.encode())
    browser, seq = sign_in(SIDE_A), view(talks, "a").size - 1
    first, last = page(browser, address(talks, f"{seq}/")), page(browser, address(talks, f"{seq}/?from=201"))
    assert ("1 to 100 of 250" in first, "Fictive100" in first, "Fictive101" in first) == (True, True, False)
    assert ("201 to 250 of 250" in last, "Fictive250" in last) == (True, True)
    assert "250 of 250" in page(browser, address(talks, f"{seq}/?from=999999"))


def test_a_list_is_taken_out_to_named_keys(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    browser, seq = sign_in(NEUTRAL), view(talks, "a").size - 1
    where, secret = address(talks, f"{seq}/take-out/"), bytes(range(32))
    assert "an erasure here will not reach it" in page(browser, where)
    data = {"act": ACT, "form": "csv", "recipients": agekeys.recipient_of(secret), "reason": "For the manifests."}
    answer = browser.post(where, data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="held-1.csv.age"'
    assert "Вигаданий" in agefile.decrypt(answer.content, [secret]).decode()
    assert "took a list out as CSV, encrypted to one key" in page(sign_in(SIDE_A), f"/rooms/{talks.rooms['lists-a']}/")
    wrong = browser.post(where, data | {"act": "e" * 32, "recipients": "age1nonsense"})
    assert (wrong.status_code, "Nothing was written" in wrong.content.decode()) == (422, True)


def test_a_person_is_erased_after_being_told_what_that_means(talks: Round, sign_in: SignIn) -> None:
    ref = file(talks, "a")
    file(talks, "a", HELD.replace(b"1985", b"1986"))
    browser, seq = sign_in(SIDE_A), lists.version(view(talks, "a"), ref).seq
    citation = lists.read(view(talks, "a"), ref).rows[0].citation
    where = address(talks, f"{seq}/erase-person/")
    text = browser.post(where, {"row": citation}).content.decode()
    assert "The row goes from 2 versions of this list." in text
    assert "it does not reach copies" in text
    assert f'erase them there too: this does not reach it. <a href="/rooms/{talks.rooms["exchange"]}/prisoners/' in text
    answer = browser.post(where, {"row": citation, "act": ACT, "reason": "personal-data"})
    assert answer.status_code == 302
    shown = page(browser, answer.headers["Location"])
    assert ("Вигаданий" in shown, "Неіснуючий" in shown, "erased: 1" in shown) == (False, True, True)
    assert browser.post(where, {"row": citation}).status_code == 404
    assert sign_in(NEUTRAL).post(where, {"row": citation}).status_code == 404


def test_a_whole_list_is_erased(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    browser, seq = sign_in(SIDE_A), view(talks, "a").size - 1
    where = address(talks, f"{seq}/erase/")
    assert "no backup of the database brings it back" in page(browser, where)
    assert browser.post(where, {"act": ACT, "reason": "agreed"}).status_code == 302
    shown = page(browser, address(talks, f"{seq}/"))
    assert "its key destroyed. Nobody can read it any more." in shown
    assert not any(name in shown for name in NAMES)
    assert list(talks.office.cabinet.ids()) == []


def test_a_list_without_its_key_says_what_to_do(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    talks.office.cabinet.keys.clear()  # type: ignore[attr-defined]
    shown = page(sign_in(SIDE_A), address(talks, f"{view(talks, 'a').size - 1}/"))
    assert "The key of this list is not on this machine" in shown


def test_the_intermediary_has_lists_filed_from_the_page(talks: Round, sign_in: SignIn) -> None:
    add_room(talks, NEUTRAL, "exchange", kind="format", name="more-a", members=["side-a"])
    where = address(talks, room="more-a")
    assert "This room can be one; it is not one yet." in page(sign_in(SIDE_A), where)
    browser = sign_in(NEUTRAL)
    assert "Both sides have accepted Neutral intermediary in the room exchange" in page(browser, where)
    answer = browser.post(where, {"act": ACT, "exchange": talks.rooms["exchange"]})
    assert answer.status_code == 302
    assert "File a list" in page(sign_in(SIDE_A), where)
    assert "reads nothing of this room" in page(browser, where)
    wrong = sign_in(NEUTRAL_SECOND).post(where, {"act": "e" * 32, "exchange": talks.rooms["exchange"]})
    assert wrong.status_code == 422


@pytest.mark.parametrize("who", [SIDE_B, HOST, OUTSIDER])
def test_nobody_else_finds_any_page_of_it(talks: Round, sign_in: SignIn, who: str) -> None:
    file(talks, "a")
    browser, seq = sign_in(who), view(talks, "a").size - 1
    for rest in ("", "file/", *(f"{seq}/{more}" for more in ("", "correct/", "take-out/", "erase/"))):
        assert browser.get(address(talks, rest)).status_code == 404
        assert browser.post(address(talks, rest), {"act": ACT}).status_code == 404


def test_a_room_of_others_has_no_lists(talks: Round, sign_in: SignIn) -> None:
    assert sign_in(SIDE_A).get(address(talks, room="plenary")).status_code == 404
    assert sign_in(HOST).get(address(talks, room="exchange")).status_code == 404


def test_nothing_handed_in_is_put_down_as_a_file(settings: Any) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= settings.MAX_UPLOAD_BYTES
    assert SIDES == {"a": SIDE_A, "b": SIDE_B}


def test_the_host_as_intermediary_files_what_a_side_handed_it(
    db: None, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
) -> None:
    """A side without an account here: the host minutes its list, and every link of the pages keeps for whom."""
    from goodoffices.web.acting import desks

    talks = open_round(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    talks.do(HOST, "plenary", "propose-intermediary", delegation="host")
    proposal = talks.last(HOST, "plenary")
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "plenary", "accept-intermediary", proposal=proposal)
    browser, where = sign_in(HOST), address(talks, room="caucus-a")
    assert browser.post(where, {"act": ACT, "exchange": talks.rooms["plenary"]}).status_code == 302
    behalf = f"?for={talks.delegation('caucus-a', 'side-a')}"
    assert browser.get(where + "file/").status_code == 404, "the host files no list of its own"
    assert f'href="{where}file/{behalf}"' in page(browser, where + behalf)
    text = browser.post(where + "file/" + behalf, sent(look="1")).content.decode()
    assert "It stands as minuted, not confirmed, until Side A confirms it or objects." in text
    answer = browser.post(where + "file/" + behalf, sent(file="1", **chosen(text)) | {"act": "6" * 32})
    assert (answer.status_code, answer.headers["Location"].endswith(behalf)) == (302, True)
    assert f"correct/{behalf}" in page(browser, answer.headers["Location"])
    (version,) = talks.view(SIDE_A, "caucus-a").state[LISTS].versions.values()
    assert version.by == talks.delegation("caucus-a", "side-a")
    talks.do(SIDE_A, "caucus-a", "object-minute", entry=version.ref)
    assert "says that it did not file it" in page(sign_in(SIDE_A), address(talks, f"{version.seq}/", "caucus-a"))


def test_a_side_names_people_it_holds_into_the_exchange(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    browser = sign_in(SIDE_A)
    seq = view(talks, "a").state[LISTS].versions[filed(talks)].seq
    where = address(talks, f"{seq}/name/")
    assert where in page(browser, address(talks, f"{seq}/"))
    assert "at most 300 at a time" in page(browser, where)
    before = sizes(talks)
    for numbers, why in (("", "Say whom"), ("3, x", "Say whom"), ("1-900", "at most 300"), ("1, 99", "no longer on")):
        answer = browser.post(where, {"act": ACT, "numbers": numbers})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert sizes(talks) == before
    assert browser.post(where, {"act": ACT, "numbers": "1-2", "said": "rank"}).status_code == 302
    assert browser.post(where, {"act": ACT, "numbers": "1-2", "said": "rank"}).status_code == 302, "once, sent twice"
    read = page(sign_in(SIDE_B), f"/rooms/{talks.rooms['exchange']}/prisoners/persons/")
    assert all(read.count(name) == 1 for name in NAMES)


def test_nobody_else_names_people_from_a_list(talks: Round, sign_in: SignIn) -> None:
    file(talks, "a")
    file(talks, "a", code="missing", holds="they-hold")
    versions = view(talks, "a").state[LISTS].versions
    held, missing = (version.seq for version in versions.values())
    for who, seq in ((NEUTRAL, held), (SIDE_B, held), (HOST, held), (SIDE_A, missing)):
        assert sign_in(who).get(address(talks, f"{seq}/name/")).status_code == 404
