"""A list is read whichever encoding it was saved in."""

from __future__ import annotations

import pytest

from goodoffices.prisoners.lists.encodings import NotText, Text, decode

UKRAINIAN = "прізвище;ім'я\nЩербацький;Юрій\nГай;Єва\n"
GERMAN = "Name;Ort\nMüller;Köln\nGröße;Straße\n"
ARABIC = "الاسم\nمحمد حسن\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_told_by_its_bytes(encoding: str) -> None:
    assert decode(UKRAINIAN.encode(encoding)).text == UKRAINIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(UKRAINIAN, "cp1251"), (UKRAINIAN, "koi8_u"), (GERMAN, "cp1252"), (GERMAN, "cp1250"), (ARABIC, "cp1256")],
)
def test_old_encodings_are_told_by_their_looks(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    assert (read.text, read.guessed) == (text, True)


def test_utf_8_is_not_guessed() -> None:
    assert decode(b"a;b\n") == Text(b"a;b\n", "utf-8")


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(NotText, match="byte 5"):
        decode(b"\xff\xfea\0b")
