"""``goodoffices intake``: what it prints, and what it says of files it cannot read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from tests.cli.shell import Shell
from tests.golden import Golden

SOURCE = Path("tests/cli/sources/reservoir.txt")
BAD = {
    "empty.txt": b"",
    "latin-1.txt": "“Ça va,” said Orrel.".encode("latin-1", "replace"),
    "other-script.txt": "Переговори тривали дві години, сказав міністр.".encode(),
    "zeros.txt": b"text\0text",
    "long.txt": b"He said it again. " * 60_000,
    "five-megabytes.txt": b"x " * 2_500_000,
    "damaged.pdf": b"%PDF-1.7 and nothing more",
    "damaged.docx": b"PK\x03\x04 and nothing more",
    "old.doc": b"\xd0\xcf\x11\xe0 and more",
    "rich.rtf": b"{\\rtf1 and more",
    "scripts-only.html": b"<html><script>document.write('text')</script></html>",
    "unknown-charset.html": b"<html><meta charset='x-nobody-knows'><p>text</p></html>",
}


def test_an_article(shell: Shell, golden: Golden) -> None:
    assert shell.run("intake", str(SOURCE)) == 0
    golden("intake.txt", shell.transcript)


def test_an_article_as_json(shell: Shell, golden: Golden) -> None:
    assert shell.run("intake", str(SOURCE), "--json") == 0
    line = shell.printed[-1].split("\n", 1)[1]
    golden("intake.json", json.dumps(json.loads(line), ensure_ascii=False, indent=1) + "\n")


def test_one_object_a_line(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.run("intake", str(SOURCE), str(SOURCE), "--json") == 0
    lines = shell.printed[-1].splitlines()[1:]
    objects = [json.loads(line) for line in lines if line]
    assert [o["file"] for o in objects] == [str(SOURCE)] * 2
    assert objects[0]["source"] == SOURCE.read_text(encoding="utf-8")


def test_files_that_cannot_be_read(
    shell: Shell, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in BAD.items():
        Path(name).write_bytes(content)
        assert shell.run("intake", name) == 1
    assert shell.run("intake", "not-there.txt", "--json") == 1
    golden("intake-bad.txt", shell.transcript)


def test_what_can_be_read_is_read(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    assert shell.run("intake", str(bad), str(SOURCE), "--json") == 1
    assert [json.loads(line)["file"] for line in shell.printed[-1].splitlines() if line.startswith("{")] == [
        str(SOURCE)
    ]


def test_the_same_words_in_every_format(shell: Shell, tmp_path: Path) -> None:
    text = SOURCE.read_text(encoding="utf-8").strip()
    html, word = tmp_path / "page.html", tmp_path / "letter.docx"
    blocks = "".join(f"<p>{p}</p>\n" for p in text.split("\n\n"))
    html.write_text(f"<!doctype html><script>var said = 'no';</script><nav>Home</nav>{blocks}", encoding="utf-8")
    document, kept = docx.Document(), io.BytesIO()
    for paragraph in text.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(kept)
    word.write_bytes(kept.getvalue())
    assert shell.run("intake", str(SOURCE), str(html), str(word), "--json") == 0
    plain, page, letter = (json.loads(line) for line in shell.printed[-1].splitlines() if line.startswith("{"))
    assert letter["source"] == text
    assert [letter[part] for part in ("statements", "drafts", "boilerplate")] == [
        plain[part] for part in ("statements", "drafts", "boilerplate")
    ]
    assert [_texts(s) for s in page["statements"]] == [_texts(s) for s in plain["statements"]]
    assert page["boilerplate"][0]["why"] == "page"


def _texts(statement: dict[str, object]) -> list[object]:
    quotes = statement["quotes"]
    assert isinstance(quotes, list)
    return [[quote["text"] for quote in quotes], statement["resolved"], statement["known"]]
