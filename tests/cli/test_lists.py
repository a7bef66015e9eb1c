"""``goodoffices lists``: files in, files out, without a server. Everybody in them is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.golden import Golden

LIST = """Список осіб (вигаданих);;;;;;
№;Прізвище;Ім'я;По батькові;Дата народження;Категорія;Кімната
1;Коваленко;Іван;Петрович;13.05.1987;поранений;2
2;Шевчук;Олена;Іванівна;31.02.1990;цивільна;3
2;Гай;Юрій;;13.01.1999;;
;;;;;щось;
5;=cmd|' /C calc'!A0;Іван;;1987;;
6;Коваленко;Іван;Петрович;13.05.1987;;;зайве
7;Коваленко;Іван;Петрович;13.05.1987;загиблий, поранений;
"""


@pytest.fixture
def folder(shell: Shell, tmp_path: Path) -> Path:
    shell.monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check(shell: Shell, folder: Path, golden: Golden) -> None:
    (folder / "list.csv").write_text(LIST, encoding="cp1251")
    (folder / "other.csv").write_text("wer;wann\nЮрій Гай;1987\n", encoding="utf-8")
    (folder / "map.json").write_text(json.dumps({"wer": "name", "wann": "born"}))
    (folder / "wrong.json").write_text(json.dumps({"wer": "who"}))
    assert shell.run("lists", "check", "list.csv", "--good", "good.csv", "--aside", "aside.csv", "--save-map", "m") == 1
    assert shell.run("lists", "check", "other.csv") == 1
    assert shell.run("lists", "check", "other.csv", "--map", "map.json") == 0
    assert shell.run("lists", "check", "other.csv", "--map", "wrong.json") == 1
    assert shell.run("lists", "check", "list.csv", "--map", "list.csv") == 1
    assert shell.run("lists", "check", "none.csv") == 1
    for name in ("good.csv", "aside.csv", "m"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
        shell.printed.append(f"== {name}\n{(folder / name).read_text(encoding='utf-8')}")
    golden("lists-check.txt", shell.transcript)


def test_no_cell_is_printed(shell: Shell, folder: Path) -> None:
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    assert shell.run("lists", "check", "list.csv") == 1
    cells = {cell for line in LIST.splitlines()[2:] for cell in line.split(";") if len(cell) > 4}
    assert [cell for cell in cells if cell in shell.transcript] == []


def test_synthesize_and_match(shell: Shell, folder: Path, golden: Golden) -> None:
    made = ("lists", "synthesize", "left.csv", "right.csv", "--truth", "truth.csv")
    assert (
        shell.run(*made, "--size", "60", "--left-script", "uk,ru", "--right-script", "uk-german", "--error", "typo=0.2")
        == 0
    )
    assert shell.run("lists", "match", "left.csv", "right.csv", "-o", "matches.csv", "--why", "why.csv") == 0
    assert shell.run("lists", "match", "left.csv", "left.csv", "-o", "doubles.csv") == 0
    for name in ("left.csv", "matches.csv"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        shell.printed.append("\n".join([f"== {name}", *lines[:6], "…", *lines[-2:]]) + "\n\n")
    assert shell.run(*made, "--right-script", "klingon") == 1
    assert shell.run(*made, "--error", "typo") == 1
    assert shell.run(*made, "--error", "tpyo=0.5") == 1
    assert shell.run("lists", "match", "left.csv", "none.csv", "-o", "m.csv") == 1
    assert shell.run("lists", "match", "left.csv", "right.csv", "-o", "no/m.csv") == 1
    spark = ("lists", "match", "left.csv", "right.csv", "-o", "m.csv", "--spark-set")
    assert shell.run(*spark, "spark.driver.memory=8g") == 1
    assert shell.run(*spark, "memory=8g", "--engine", "spark") == 1
    golden("lists-match.txt", shell.transcript)


@pytest.mark.parametrize("name", ["pyspark", "java"])
def test_without_spark_or_java_one_is_told_what_to_install(
    name: str, shell: Shell, folder: Path, golden: Golden
) -> None:
    from goodoffices.prisoners.matching.spark import session

    (folder / "list.csv").write_text("id;name;born\n7;Юрій Гай;13.05.1987\n", encoding="utf-8")
    if name == "pyspark":
        shell.monkeypatch.setattr(session, "find_spec", lambda one: None if one == "pyspark" else one)
    else:
        shell.monkeypatch.setattr(session, "find_spec", lambda one: one)
        shell.monkeypatch.setattr(session, "_java", lambda: 0)
    assert shell.run("lists", "match", "list.csv", "list.csv", "-o", "m.csv", "--engine", "spark") == 1
    golden(f"lists-match-without-{name}.txt", shell.transcript)
    assert not (folder / "m.csv").exists()


def test_a_list_as_pfif_and_back(shell: Shell, folder: Path) -> None:
    (folder / "list.csv").write_text("id;name;born\n7;Юрій Гай;13.05.1987\n", encoding="utf-8")
    assert shell.run("lists", "check", "list.csv", "--pfif", "list.xml", "--domain", "host.example") == 0
    assert shell.run("lists", "check", "list.xml", "--good", "back.csv") == 0
    rows = (folder / "back.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].startswith("host.example/7,,Юрій Гай,,,,,,1987-05-13")
