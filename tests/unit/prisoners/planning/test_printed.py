"""What is printed of a plan: manifests and drawings hold its figures, all of them, and nothing misleading."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.planning import drawing, manifests, reporting, tables
from goodoffices.prisoners.planning.instance import Side
from goodoffices.prisoners.planning.labels import LANGUAGES, label
from goodoffices.prisoners.planning.making import plan
from goodoffices.prisoners.planning.plan import Aim, Plan, Problem, Seat
from tests.unit.prisoners.planning.test_placing import exchange

INSTANCE = exchange((2, 3, 1, 1), (4, 4), stages=2)
PLAN = plan(Problem(INSTANCE))
SVG = "{http://www.w3.org/2000/svg}"


def test_every_rider_stands_on_one_sheet() -> None:
    sheets = list(manifests.sheets(INSTANCE, PLAN))
    assert [row.person for sheet in sheets for row in sheet.rows] == list(PLAN.seats)
    assert all(sheet.taken("seat") <= sheet.bus.seats for sheet in sheets)
    assert len({(sheet.stage, sheet.point, sheet.side, sheet.number) for sheet in sheets}) == len(sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_a_section_a_sheet_and_a_row_a_rider(language: str) -> None:
    page = manifests.html(INSTANCE, PLAN, language)
    count = len(list(manifests.sheets(INSTANCE, PLAN)))
    assert page.count("<section>") == page.count(f"<h1>{label('manifest', language)}</h1>") == count
    assert page.count('<td class="tick">') == 2 * len(PLAN.seats)
    assert f'<html lang="{language}">' in page
    printed = manifests.text(INSTANCE, PLAN, language)
    assert printed.count("\f") == count - 1
    assert re.findall(r"^\d+ +(\w+)", printed, re.MULTILINE) == list(PLAN.seats)


def test_words_of_an_instance_cannot_pass_for_markup() -> None:
    sly = replace(INSTANCE, title="<script>alert(1)</script>", sides=(Side("a", "A & <B>", "en"), INSTANCE.sides[1]))
    assert "<script>" not in manifests.html(sly, PLAN, "en")
    for drawn in (drawing.timeline(sly, PLAN, "en"), drawing.flows(sly, PLAN, "en")):
        root = ET.fromstring(drawn)
        assert root.findall(f".//{SVG}script") == []
        assert root.findtext(f"{SVG}title", "").startswith("<script>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_say_all_their_figures_in_words(language: str) -> None:
    sides = {person.id: person.side for person in INSTANCE.persons}
    counts = Counter((seat.stage, sides[name]) for name, seat in PLAN.seats.items())
    lines = [
        f"{label('stage', language)} {n}, 2030-05-0{n}: Kaldria {counts[n, 'a']}, Sulmere {counts[n, 'b']}."
        for n in (1, 2)
    ]
    timeline = ET.fromstring(drawing.timeline(INSTANCE, PLAN, language))
    assert timeline.findtext(f"{SVG}desc") == " ".join(lines)
    flows = ET.fromstring(drawing.flows(INSTANCE, PLAN, language))
    assert flows.findtext(f"{SVG}desc") == " ".join(f"P, {line}" for line in lines if "Kaldria 0" not in line)
    for root, what in ((timeline, "timeline"), (flows, "flows")):
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{what}-title {what}-desc"


def test_a_table_is_read_as_it_was_written() -> None:
    written = tables.written(INSTANCE, PLAN)
    assert tables.read(written, INSTANCE) == dict(PLAN.seats)
    assert tables.written(INSTANCE, plan(Problem(INSTANCE))) == written


TABLE = "person,side,stage,day,point,bus,place,group\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("x,a,1,2030-05-01,p,1,seat,", "“x” is not among the persons"),
        ("a1,b,1,2030-05-01,p,1,seat,", "“a1” is of “a” in the instance"),
        ("a1,a,3,2030-05-01,p,1,seat,", "the instance has no stage 3"),
        ("a1,a,0,2030-05-01,p,1,seat,", "“stage” is a number from 1"),
        ("a1,a,1,2030-05-01,q,1,seat,", "there is no point called “q”"),
        ("a1,a,1,2030-05-01,p,x,seat,", "“bus” is a number from 1"),
        ("a1,a,1,2030-05-01,p,1,floor,", "“place” is seat or stretcher"),
        ("a1,a,1", "this row has 3 cells"),
        ("a1,a,1,2030-05-01,p,1,seat,\na1,a,1,2030-05-01,p,1,seat,", "“a1” stands here twice"),
    ],
)
def test_a_table_that_is_no_plan_of_this_instance(row: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        tables.read(TABLE + row + "\n", INSTANCE)


def test_a_plan_that_is_not_proved_says_how_far_it_may_be() -> None:
    aims = (Aim("number", "", -8, -8), Aim("early", "ill", 7, 5), Aim("list", "", 20, 20))
    report = list(reporting.report(Problem(INSTANCE), Plan({"a1": Seat(1, "p", 1, stretcher=False)}, aims)))
    assert report[-1] == "Not proved in the time allowed: early ill (found 7, bound 5), and what comes after."
