"""Who is whom on lists whose truth is known."""

from __future__ import annotations

import pytest

from goodoffices.prisoners.lists import files
from goodoffices.prisoners.matching import candidates
from goodoffices.prisoners.matching.columns import columns
from goodoffices.prisoners.matching.engine import Matching
from goodoffices.prisoners.matching.keys import keys
from goodoffices.prisoners.names.lexicon import Lexicon
from tests.unit.prisoners.matching.lists import HEAD, matching, prepared, synthetic, written

MIXED = ["uk-passport", "uk-german", "uk-polish", "ru-bgn", "uk-french", "ru-scholarly"]


def pairs(found: Matching, ours: list[str], theirs: list[str], least: float = 0.5) -> set[tuple[str, str]]:
    return {(ours[m.left], theirs[m.right]) for m in found.matches() if m.probability >= least}


@pytest.mark.parametrize(
    "scripts",
    [(["uk-passport"], ["uk-passport"]), (["uk"], ["ru"]), (["uk"], MIXED), (["ru"], ["uk-turkish"])],
    ids=["latin", "cyrillic", "mixed", "turkish"],
)
def test_nearly_everybody_is_found_and_nobody_confused(scripts: tuple[list[str], list[str]]) -> None:
    left, right, truth = synthetic(1500, scripts)
    found, ours, theirs = matching(left, right)
    got = pairs(found, ours.ids, theirs.ids)
    assert len(got & truth) / len(got) >= 0.998
    assert len(got & truth) / len(truth) >= 0.97


def test_arabic_and_latin_lists_meet() -> None:
    left, right, truth = synthetic(600, (["arabic"], ["uk-passport"]))
    found, ours, theirs = matching(left, right)
    got = pairs(found, ours.ids, theirs.ids)
    assert len(got & truth) / len(got) >= 0.99
    assert len(got & truth) / len(truth) >= 0.85


def test_lists_without_anybody_in_common_have_nothing_certain() -> None:
    left, right, truth = synthetic(800, (["uk"], ["uk-passport"]), overlap=0)
    found, _, _ = matching(left, right)
    assert truth == set()
    assert [m for m in found.matches() if m.decision == "certain"] == []


def test_matches_do_not_depend_on_which_list_comes_first() -> None:
    left, right, _ = synthetic(400, (["uk"], ["ru-bgn"]))
    there, ours, theirs = matching(left, right)
    back, theirs_too, ours_too = matching(right, left)
    assert pairs(there, ours.ids, theirs.ids) == {(b, a) for a, b in pairs(back, theirs_too.ids, ours_too.ids)}


def test_each_row_is_in_one_pair_at_most() -> None:
    left, right, _ = synthetic(400, (["uk"], ["uk"]), twice=0.2)
    found, _, _ = matching(left, right)
    matches = found.matches()
    assert len({m.left for m in matches}) == len({m.right for m in matches}) == len(matches)


def test_two_rows_that_fit_equally_are_for_review() -> None:
    left, right, _ = synthetic(300, (["uk"], ["uk"]))
    twin = ["Коваленко", "Іван", "Петрович", "1987-05-12", "Грішове", "", ""]
    left += written([["A", *twin]]).split(b"\n", 1)[1]
    right += written([["B", *twin], ["C", *twin]]).split(b"\n", 1)[1]
    found, ours, theirs = matching(left, right)
    decisions = {(ours.ids[m.left], theirs.ids[m.right]): m.decision for m in found.matches()}
    assert [d for (a, _), d in decisions.items() if a == "A"] == ["review"]


@pytest.mark.parametrize(
    "other",
    [
        ["Kovalenko", "Ivan", "Petrovych", "1978-12-30", "", "", ""],
        ["Ivan", "Kovalenko", "", "1987-05-12", "", "", ""],
        ["Kovalenok", "Vania", "", "1987-05-12", "", "", ""],
        ["Kovalenko", "Ivan", "Petrowytsch", "1987-12-05", "", "", ""],
        ["Xxxxx", "Yyyyy", "", "", "", "1004292098", ""],
    ],
    ids=["wrong date", "exchanged columns", "slip and short name", "day and month", "number alone"],
)
def test_one_thing_may_be_wrong_and_the_pair_is_still_compared(other: list[str]) -> None:
    left, right, _ = synthetic(300, (["uk"], ["uk-passport"]))
    one = ["A", "Коваленко", "Іван", "Петрович", "1987-05-12", "Грішове", "1004292098", "2023-01-01"]
    left += written([one]).split(b"\n", 1)[1]
    right += written([["B", *other]]).split(b"\n", 1)[1]
    ours, theirs, lexicon = prepared(left, right)
    found = candidates.candidates(ours, theirs, keys(lexicon))
    assert (ours.ids.index("A") * len(theirs) + theirs.ids.index("B")) in found.tolist()


def test_brothers_are_not_one_person() -> None:
    left, right, _ = synthetic(500, (["uk"], ["uk"]))
    left += written([["A", "Жабченко", "Іван", "Петрович", "1987-05-12", "Грішове", "", ""]]).split(b"\n", 1)[1]
    right += written([["B", "Жабченко", "Андрій", "Петрович", "1989-02-11", "Грішове", "", ""]]).split(b"\n", 1)[1]
    found, ours, theirs = matching(left, right)
    assert ("A", "B") not in pairs(found, ours.ids, theirs.ids)


def test_reasons_say_which_field_spoke_for_and_against_and_add_up() -> None:
    left, right, _ = synthetic(500, (["uk"], ["uk-passport"]))
    left += written([["A", "Жабченко", "Іван", "Петрович", "1987-05-12", "", "", ""]]).split(b"\n", 1)[1]
    right += written([["B", "Zhabchenko", "Ivan", "", "1978-10-30", "", "", ""]]).split(b"\n", 1)[1]
    found, ours, theirs = matching(left, right)
    reasons = found.reasons(ours.ids.index("A"), theirs.ids.index("B"))
    assert {r.field: (r.says, r.bits > 0) for r in reasons} == {
        "surname": ("the same or spelled alike", True),
        "given name": ("the same name", True),
        "date of birth": ("different", False),
    }
    assert [abs(r.bits) for r in reasons] == sorted((abs(r.bits) for r in reasons), reverse=True)


def test_duplicates_within_one_list() -> None:
    left, _, _ = synthetic(500, (["uk"], ["uk"]), overlap=0)
    rows = [
        ["A", "Жабченко", "Іван", "Петрович", "1987-05-12", "Грішове", "", ""],
        ["B", "Zhabchenko", "Ivan", "", "1987-05-12", "", "", ""],
    ]
    left += written(rows).split(b"\n", 1)[1]
    lexicon = Lexicon()
    ours = columns(files.read(left), lexicon)
    found = Matching(ours, ours, lexicon, lambda _what, _share: None, within=True)
    assert ("A", "B") in pairs(found, ours.ids, ours.ids)
    assert all(m.left < m.right for m in found.matches())


def test_names_in_one_piece_are_taken_apart() -> None:
    head = ["id", "name", "born"]
    left = written([["1", "Коваленко Іван Петрович", "1987"], ["2", "Іван Петренко", ""], ["3", "Ольга", ""]], head)
    right = written([["1", "Ivan Petrovych Kovalenko", "1987"]], head)
    ours, theirs, lexicon = prepared(left, right)
    number = lexicon.number
    assert [number("коваленко"), number("петренко"), number("ольга")] == ours.surname[:, 0].tolist()
    assert [number("іван"), number("іван"), 0] == ours.given[:, 0].tolist()
    assert [number("петрович"), 0, 0] == ours.patronymic.tolist()
    assert [number("kovalenko")] == theirs.surname[:, 0].tolist()


def test_rows_that_cannot_be_used_are_told_and_left_out() -> None:
    content = written([["1", "Гай", "Юрій"], ["1", "Мак", "Єва"], ["2", "", ""], ["3", "Чуб", "Лев"]], HEAD[:3])
    reading = files.read(content)
    assert columns(reading, Lexicon()).ids == ["1", "3"]
    assert [(f.row, f.bad) for f in reading.findings] == [(3, True), (4, True)]
    assert [row for row, _ in reading.aside] == [3, 4]


def test_names_that_too_many_share_are_found_by_more_than_names(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right, truth = synthetic(2000, (["uk"], ["uk"]))
    ours, theirs, lexicon = prepared(left, right)
    true = {ours.ids.index(a) * len(theirs) + theirs.ids.index(b) for a, b in truth}

    def found(many: int) -> int:
        monkeypatch.setattr(candidates, "_MANY", many)
        return len(true & set(candidates.candidates(ours, theirs, keys(lexicon)).tolist()))

    all_of_them = found(many=10**9)
    monkeypatch.setattr(candidates, "_LEAST", 0)
    monkeypatch.setattr(candidates, "_EACH", 0.2)
    cut, finer = found(many=10**9), found(many=0)
    assert cut < finer <= all_of_them
