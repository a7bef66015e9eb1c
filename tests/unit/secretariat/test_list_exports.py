"""Taking a list out: encrypted to named keys, an entry each time, and harmless where it is opened."""

from __future__ import annotations

import pytest

from goodoffices.prisoners.lists import files
from goodoffices.sealing import agefile, agekeys
from goodoffices.secretariat import lists
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.list_exports import as_csv, as_pfif, export, name
from goodoffices.talks.scene import Refusal
from tests.listing import HELD, NEUTRAL, file, open_exchange, view
from tests.people import SIDE_A, SIDE_B, Round
from tests.refusals import sizes

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
KEYS = [agekeys.recipient_of(SECRET), agekeys.recipient_of(OTHER)]
ACT = "c" * 32


@pytest.fixture
def talks() -> Round:
    return open_exchange()


def take(talks: Round, ref: str, form: str = "csv", who: str = NEUTRAL, keys: list[str] = KEYS) -> bytes:
    return export(talks.desk(who), talks.rooms["lists-a"], ACT, ref, form, keys, "For the manifests.")


@pytest.mark.parametrize("who", [NEUTRAL, SIDE_A])
def test_each_named_key_opens_it_and_the_entry_says_so(talks: Round, who: str) -> None:
    ref = file(talks, "a")
    first, again = take(talks, ref, who=who), take(talks, ref, who=who)
    assert [agefile.decrypt(data, [secret]) for data in (first, again) for secret in (SECRET, OTHER)] == [
        as_csv(lists.read(view(talks, "a"), ref))
    ] * 4
    assert "Вигаданий".encode() not in first
    entries = [e for e in view(talks, "a").entries() if e.kind == "list-exported"]
    assert [(e.body["list"], e.body["recipients"], e.body["form"]) for e in entries] == [(ref, KEYS, "csv")]


def test_csv_and_pfif_read_back_as_the_list(talks: Round) -> None:
    ref = file(talks, "a")
    roster = lists.read(view(talks, "a"), ref)
    for content in (as_csv(roster), as_pfif(roster, "2030-01-15T09:00:00.000Z", "host.test")):
        reading = files.read(content)
        assert [p.said["surname"] for p in reading.persons()] == ["Вигаданий", "Неіснуючий"]
    assert "ліва рука" in as_csv(roster).decode()


def test_formulas_are_taken_out_as_text(talks: Round) -> None:
    ref = file(talks, "a", b"Surname;Remark\n=cmd|' /C calc'!A0;+1\nFictive;@SUM(A1)\n")
    lines = as_csv(lists.read(view(talks, "a"), ref)).decode("utf-8-sig").splitlines()
    assert lines == ["number,surname,note", "1,'=cmd|' /C calc'!A0,'+1", "2,Fictive,'@SUM(A1)"]


def test_nothing_is_taken_out_without_its_entry(talks: Round) -> None:
    ref = file(talks, "a")
    before = sizes(talks)
    for keys, why in ((["age1qqqq"], "Nothing was written"), ([], "needed")):
        with pytest.raises(Refusal, match=why):
            take(talks, ref, keys=keys)
    with pytest.raises(NotFound):
        take(talks, ref, who=SIDE_B)
    assert sizes(talks) == before


def test_what_was_erased_is_not_taken_out(talks: Round) -> None:
    ref = file(talks, "a")
    talks.do(SIDE_A, "lists-a", "erase-list", list=ref, reason="agreed")
    with pytest.raises(lists.Gone):
        take(talks, ref)


def test_the_files_name_tells_of_nobody() -> None:
    assert (name("held", 2, "csv"), name("held", 1, "pfif")) == ("held-2.csv.age", "held-1.xml.age")


def test_pfif_comes_in_too(talks: Round) -> None:
    first = file(talks, "a", HELD)
    roster = lists.read(view(talks, "a"), first)
    ref = file(talks, "a", as_pfif(roster, "2030-01-15T09:00:00.000Z", "host.test"), code="passed-on")
    assert lists.version(view(talks, "a"), ref).origin == "pfif"
    assert [row.said["surname"] for row in lists.read(view(talks, "a"), ref).rows] == ["Вигаданий", "Неіснуючий"]
