"""What stands on a recovery sheet is typed back, and a slip of the hand is told by its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.sealing import agekeys, sheet
from goodoffices.sealing.sheet import BadSheet
from tests.unit.sealing.cast import derived, identity, recipient

SECRETS = st.binary(min_size=32, max_size=32)


@given(SECRETS)
def test_a_key_comes_back_from_its_sheet_in_any_spelling(secret: bytes) -> None:
    lines = sheet.lines(agekeys.identity_text(secret))
    assert len(lines) == 4
    for typed in ("\n".join(lines), "\r\n".join(lines).lower(), "\n\n".join(line.replace(" ", "") for line in lines)):
        assert sheet.read(typed) == secret
    whole = agekeys.identity_text(secret)
    groups = [whole[15:][i : i + 4] for i in range(0, 59, 4)]
    assert sheet.read("\n".join(groups)) == sheet.read(" ".join(groups).lower()) == secret  # as a page prints it
    assert sheet.read(whole) == sheet.read(f" {whole.lower()} ") == sheet.read(whole[16:]) == secret
    assert sheet.read(sheet.PREFIX + "".join(sheet.check_line(n, line) for n, line in enumerate(lines, 1))) == secret


LINES = sheet.lines(identity("x"))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_wrong_letter_is_told_by_its_line(number: int) -> None:
    line = LINES[number - 1]
    for place, letter in enumerate(line):
        if letter in " -":
            continue
        other = "Q" if letter != "Q" else "P"
        with pytest.raises(BadSheet, match=f"line {number} is wrong"):
            sheet.read("\n".join([*LINES[: number - 1], line[:place] + other + line[place + 1 :], *LINES[number:]]))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "not the key of a recovery sheet"),
        ("\n".join(LINES[:3]), "not the key of a recovery sheet"),
        ("\n".join([LINES[1], LINES[0], *LINES[2:]]), "line 1 is wrong"),
        ("\n".join([LINES[0][:-1], *LINES[1:]]), "line 1 is wrong"),
        ("\n".join([LINES[0].replace(LINES[0][0], "B", 1), *LINES[1:]]), "Line 1 holds a character that no key has"),
        (recipient("x"), "not the key of a recovery sheet"),
    ],
)
def test_what_is_no_sheet_is_told_without_repeating_it(typed: str, why: str) -> None:
    with pytest.raises(BadSheet, match=why) as found:
        sheet.read(typed)
    assert not typed or typed[:8] not in str(found.value)


def test_the_page_holds_the_lines_and_nothing_from_elsewhere() -> None:
    page = sheet.page("al<dane", identity("x"), recipient("x"), "2030-01-15")
    assert all(f"<code>{line}</code>" in page for line in LINES)
    assert "al&lt;dane" in page
    assert "http" not in page
    assert "src=" not in page


def test_a_sheet_fetches_nothing() -> None:
    assert sheet.pdf("<p>x</p>").startswith(b"%PDF-")
    with pytest.raises(ValueError, match="nothing from elsewhere"):
        sheet._nothing("file:///etc/hostname")


def test_two_sheets_share_no_line() -> None:
    other = sheet.lines(agekeys.identity_text(derived("other")))
    assert not set(LINES) & set(other)
