"""An exchange of prisoners from the sides' spreadsheets to the last countersigned stage, in a real browser.

Two sides and two people of an intermediary, each with a passkey of their own; the host opens the room. Nobody on these
lists exists. ``test_handover`` is about the phone whose connection comes and goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, expect

from tests.browser import looking, walk
from tests.browser.person import PATIENCE, Person, sitting
from tests.browser.server import Server, serving
from tests.browser.test_handover import observe, ready, says, waits

CYRILLIC = ("Прізвище", "Ім'я", "По батькові", "Дата народження", "Військова частина", "Дата полону")
LATIN = ("Surname", "Given name", "Patronymic", "Date of birth", "Unit", "Date of capture")
# In each pair of lists five are the same beyond doubt, one is doubtful (a day and a letter apart), one is alone.
HELD_BY_A = """Ковальчук Андрій Миколайович 1988-03-14 А1314 2030-02-11
Шевченко Олег Петрович 1991-07-02 А2120 2030-02-12
Бондаренко Сергій Іванович 1979-11-23 А1314 2030-02-11
Ткачук Юрій Васильович 1995-01-30 А0998 2030-03-01
Мельник Тарас Богданович 1984-09-09 А2120 2030-03-02
Гончаренко Павло Олегович 1999-05-17 А0998 2030-03-05
Лисенко Ігор Романович 1990-12-01 А3011 2030-01-20"""
SOUGHT_BY_B = """Kovalchuk Andrii Mykolaiovych 1988-03-14 A1314 2030-02-11
Shevchenko Oleh Petrovych 1991-07-02 A2120 2030-02-12
Bondarenko Serhii Ivanovych 1979-11-23 A1314 2030-02-11
Tkachuk Yurii Vasylovych 1995-01-30 A0998 2030-03-01
Melnyk Taras Bohdanovych 1984-09-09 A2120 2030-03-02
Honcharenko Pavel - 1999-05-18 - -
Savchenko Roman Ihorovych 1987-06-06 A3011 2030-01-22"""
HELD_BY_B = """Фёдоров Николай Андреевич 1986-02-18 41220 2030-02-21
Зайцев Алексей Юрьевич 1993-10-05 54096 2030-02-22
Громов Виктор Степанович 1981-04-27 41220 2030-02-21
Субботин Денис Игоревич 1997-08-13 30616 2030-03-11
Лаптев Кирилл Павлович 1985-12-30 54096 2030-03-12
Жуков Евгений Романович 1998-06-09 30616 2030-03-15
Орлов Максим Ильич 1992-01-17 21005 2030-01-25"""
SOUGHT_BY_A = """Fedorov Nikolay Andreevich 1986-02-18 41220 2030-02-21
Zaytsev Aleksey Yurevich 1993-10-05 54096 2030-02-22
Gromov Viktor Stepanovich 1981-04-27 41220 2030-02-21
Subbotin Denis Igorevich 1997-08-13 30616 2030-03-11
Laptev Kirill Pavlovich 1985-12-30 54096 2030-03-12
Zhukov Evgen - 1998-06-10 - -
Titov Arseniy Maksimovich 1989-11-11 21005 2030-01-27"""

DAYS = ("2031-05-23", "2031-05-24", "2031-05-25")
POINTS = ("bridge", "landing")


@dataclass
class Exchange:
    """The people at their windows, and the ids of the rooms by short name."""

    server: Server
    folder: Path
    people: dict[str, Person]
    rooms: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def room(self, name: str, rest: str = "") -> str:
        return f"/rooms/{self.rooms[name]}/{rest}"


@pytest.fixture(scope="module")
def exchange(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    folder = tmp_path_factory.mktemp("prisoners")
    with serving(folder / "home") as server, ExitStack() as stack:
        names = ("host", "side-a", "side-b", "neutral-1", "neutral-2")
        people = {name: stack.enter_context(sitting(chromium, server.url, name)) for name in names}
        yield Exchange(server, folder, people)


def test_from_two_spreadsheets_to_the_last_countersigned_stage(exchange: Exchange) -> None:
    seat(exchange)
    accept_the_intermediary(exchange)
    open_list_rooms(exchange)
    file_lists(exchange)
    for left, right in (("held-by-a", "sought-by-b"), ("held-by-b", "sought-by-a")):
        reconcile(exchange, left, right)
    agree_who_goes(exchange)
    plan(exchange)
    hand_over(exchange)
    assert [fault for who in exchange.people.values() for fault in who.faults] == []


def seat(x: Exchange) -> None:
    """Talks, a room for the exchange with both sides and the intermediary, and everybody in it with a passkey."""
    r = walk.Round(x.server, x.folder, x["host"], x["side-a"], x["side-b"], x["neutral-1"], x["neutral-2"])
    walk.sign_in_by_link(r, r.host)
    walk.enrol(r.host)
    walk.open_talks(r)
    walk.invite(r, r.side_a, "Side A", name="Ana Aster")
    walk.invite(r, r.side_b, "Side B", name="Bo Birch")
    r.host.begin(r.rooms["plenary"], "open-room")
    r.host.page.locator("main details", has_text="Others").locator("> summary").first.click()
    guest = {"guests__0__code": "lanterns", "guests__0__role": "third-party", "guests__0__name": "The Lanterns"}
    r.host.fill(kind="format", name="prisoners", members=["Side A", "Side B"], **guest)
    r.host.send()
    walk.learn_rooms(r)
    r.rooms["plenary"] = r.rooms["prisoners"]
    for name in ("neutral-1", "neutral-2"):
        walk.invite(r, x[name], "The Lanterns", name=name.capitalize())
    x.rooms["prisoners"] = r.rooms["prisoners"]


def accept_the_intermediary(x: Exchange) -> None:
    x["host"].do(x.rooms["prisoners"], "propose-intermediary", about="lanterns")
    for side in ("side-a", "side-b"):
        x[side].sign(x.rooms["prisoners"], "accept-intermediary")


def open_list_rooms(x: Exchange) -> None:
    """The intermediary opens a room with each side, and one of its own where lists meet."""
    one = x["neutral-1"]
    for side in ("a", "b"):
        one.go(x.room("prisoners", "do/open-room/?kind=format"))
        one.fill(name=f"lists-{side}", members=f"Side {side.upper()}")
        one.send()
    one.go(x.room("prisoners", "do/open-room/?kind=delegation-room"))
    one.fill(name="matching")
    one.send()
    one.go("/")
    one.page.locator("main a[href*='/talks/']").first.click()
    for link in one.page.locator("section[aria-labelledby=rooms] th a").all():
        x.rooms[link.inner_text()] = (link.get_attribute("href") or "").split("/")[2]
    for side in ("a", "b"):
        one.go(x.room(f"lists-{side}", "lists/"))
        one.press("Have lists filed here")


def spreadsheet(x: Exchange, name: str, headings: tuple[str, ...], rows: str) -> Path:
    """A workbook; a dash stands for an empty cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headings)
    for line in rows.splitlines():
        sheet.append([None if cell == "-" else cell for cell in line.split()])
    book.save(x.folder / f"{name}.xlsx")
    return x.folder / f"{name}.xlsx"


def file_lists(x: Exchange) -> None:
    """Each side files whom it holds and whom it looks for, and gives leave blind."""
    for side, held, sought in (("a", HELD_BY_A, SOUGHT_BY_A), ("b", HELD_BY_B, SOUGHT_BY_B)):
        file(x, side, f"held-by-{side}", "we-hold", spreadsheet(x, f"held-by-{side}", CYRILLIC, held))
        file(x, side, f"sought-by-{side}", "they-hold", spreadsheet(x, f"sought-by-{side}", LATIN, sought))


def file(x: Exchange, side: str, code: str, holds: str, book: Path) -> None:
    who = x[f"side-{side}"]
    who.go(x.room(f"lists-{side}", "lists/file/"))
    who.fill(code=code, list=book)
    who.page.locator(f"main input[name=holds][value={holds}]").check()
    who.page.get_by_role("button", name="Look at it", exact=True).click()
    who.page.get_by_role("button", name="File it", exact=True).wait_for(timeout=PATIENCE)
    who.faults += looking.violations(who.page)
    who.press("File it")
    assert "It is on the record" in who.said(), who.said()
    who.page.locator("main input[name=what][value=may-be-named]").check()
    who.fill(numbers="all")
    who.press("Give leave")
    assert "It is on the record" in who.said(), who.said()


def reconcile(x: Exchange, left: str, right: str) -> None:
    """One person matches and takes what is beyond doubt; each of the two judges the doubtful pair; people are named."""
    one, other = x["neutral-1"], x["neutral-2"]
    one.go(x.room("matching", "matching/"))
    one.fill(left=left, right=right)
    one.press("Match them")
    matching = one.page.url.removeprefix(x.server.url)
    assert "5 in all, 5 of them not judged by you." in one.text()
    one.follow("Look at them")
    one.fill(looked="I have looked", reason="Name, father and birth agree in both spellings.")
    one.press("These are each one person")
    for who in (one, other):
        who.go(matching)
        assert "1 in all, 1 of them wait for you." in who.text(), who.text()
        who.follow("Judge the next")
        who.page.locator("main input[name=verdict][value=same]").check()
        who.fill(reason="Asked in the camp: the same man.")
        who.page.locator("form.judging button.primary").click()
        who.page.wait_for_url(re.compile(re.escape(matching) + "$"), timeout=PATIENCE)
        who.look()
    one.go(matching + "name/")
    one.press("Name those that are ticked")
    assert "It is on the record" in one.said(), one.said()


def signed(who: Person) -> None:
    who.page.wait_for_url(re.compile(r"/acts/[0-9a-f]{32}/sign/$"), timeout=PATIENCE)
    who.press("Sign with my passkey")
    assert "It is on the record" in who.said(), who.said()


def agree_who_goes(x: Exchange) -> None:
    """Six for six, drawn by the intermediary, confirmed by both with their passkeys."""
    one = x["neutral-2"]
    one.go(x.room("prisoners", "prisoners/draw/"))
    one.press("Show the list that comes of it")
    one.press("Draw this list")
    assert "It is on the record" in one.said(), one.said()
    for side in ("side-a", "side-b"):
        who = x[side]
        who.go(x.room("prisoners", "prisoners/"))
        who.page.locator("main article h3 a", has_text="List of entry").first.click()
        who.press("Confirm this list for my side")
        signed(who)
    x["side-a"].go(x.room("prisoners", "prisoners/"))
    assert x["side-a"].page.locator("main .badge.confirmed", has_text="stands").count() == 1


def plan(x: Exchange) -> None:
    """Three stages over three days at two points, made by the program and accepted by both."""
    one = x["neutral-1"]
    one.go(x.room("prisoners", "prisoners/plan/"))
    one.page.locator("button[name=more-convoys]").click()
    one.page.locator("[name='convoys-3-seats']").wait_for(timeout=PATIENCE)
    while not one.page.locator(f"[name='stages-{len(DAYS) - 1}-day']").count():
        one.press("More rows")
    for n, day in enumerate(DAYS):
        one.fill(**{f"stages__{n}__day": day, f"stages__{n}__at_most": "2"})
    for n, code in enumerate(POINTS):
        one.fill(**{f"points__{n}__name": f"The {code}", f"points__{n}__code": code, f"points__{n}__at_most": "1"})
    for n, (side, point) in enumerate((side, point) for side in ("side-a", "side-b") for point in POINTS):
        row = {"side": side, "point": point, "buses": "1", "seats": "4"}
        one.fill(**{f"convoys__{n}__{name}": value for name, value in row.items()})
    one.press("Make the plan and show it")
    assert not one.page.locator("main .message.error").count(), one.said()
    one.press("Propose this plan")
    assert "It is on the record" in one.said(), one.said()
    for side in ("side-a", "side-b"):
        who = x[side]
        who.go(x.room("prisoners", "prisoners/"))
        who.page.locator("main article h3 a", has_text="Plan of entry").first.click()
        who.press("Accept this plan for my side")
        signed(who)


def hand_over(x: Exchange) -> None:
    """Stage by stage: observed by the intermediary on a phone, one refused at the point, countersigned by all three."""
    phone = x["neutral-2"]
    phone.page.set_viewport_size(looking.PHONE)
    for stage in (1, 2, 3):
        for point in POINTS:
            observed(x, phone, stage, point, refused=(stage, point) == (2, "landing"))
        if stage == 2:
            contradict(x)
        for name in ("side-a", "side-b", "neutral-1"):
            countersign(x, x[name], stage)
    side = x["side-b"]
    side.go(x.room("prisoners", "handover/"))
    assert side.page.locator("main .card .badge.confirmed", has_text="countersigned").count() == 3
    owed = side.page.locator("table.owed tr.sum").inner_text().split()
    assert owed[-2:] == ["0", "0"], owed


def observed(x: Exchange, phone: Person, stage: int, point: str, refused: bool) -> None:
    phone.go(x.room("prisoners", f"handover/{stage}/{point}/"))
    ready(phone)
    numbers = [row.get_attribute("data-number") or "" for row in phone.page.locator("[data-number]").all()]
    assert len(numbers) == 2, numbers
    for number in numbers:
        what = "Refused at the point" if refused and number == numbers[0] else "Received"
        observe(phone, number[-3:], what)
        says(phone, number, f"{what.lower()}, sent")
    waits(phone, 0)


def contradict(x: Exchange) -> None:
    """A side saw it otherwise; the stage cannot be signed until one of the two takes theirs back."""
    side = x["side-a"]
    side.go(x.room("prisoners", "handover/2/landing/"))
    ready(side)
    row = side.page.locator("[data-what=refused-at-point]")
    number = row.get_attribute("data-number") or ""
    observe(side, number, "Received")
    says(side, number, "received, sent")
    side.go(x.room("prisoners", "handover/2/"))
    expect(side.page.locator("#contradicted")).to_be_visible()
    assert not side.page.get_by_role("button", name="Go on to countersign").count()
    side.press("Take ours back")


def countersign(x: Exchange, who: Person, stage: int) -> None:
    who.go(x.room("prisoners", f"handover/{stage}/"))
    who.press("Go on to countersign")
    signed(who)
