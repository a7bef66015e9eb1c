"""``goodoffices names``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell
from tests.golden import Golden


def test_scores_are_printed_a_line_each_and_bad_lines_all_at_once(shell: Shell, tmp_path: Path, golden: Golden) -> None:
    shell.monkeypatch.chdir(tmp_path)
    pairs = (
        "Іваненко Микола Петрович\tNikolai Ivanenko\nКоваленко Іван\tKovalenko Andrii\nخالد المصري\tKhaled al-Masri\n"
    )
    Path("pairs.tsv").write_text(pairs, encoding="utf-8")
    Path("old.tsv").write_text("Щербак Юрій\tYurii Shcherbak\n", encoding="cp1251")
    Path("bad.tsv").write_text("one name\na\tb\n\na\tb\tc\n", encoding="utf-8")
    assert shell.run("names", "score", "pairs.tsv") == 0
    assert shell.run("names", "score", "old.tsv") == 0
    assert shell.run("names", "score", "bad.tsv") == 1
    assert shell.run("names", "score", "none.tsv") == 1
    golden("names.txt", shell.transcript)
