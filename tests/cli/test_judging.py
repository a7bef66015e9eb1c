"""``goodoffices lists judge`` and ``lists reconcile``. Everybody on these lists is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.golden import Golden
from tests.reconciling import CLAIMED, HELD

DECISIONS = """left_id,right_id,verdict,by,reason
A1,B1,same,Anna,All that is said agrees
A2,B2,same,Anna,All that is said agrees
A3,B3,same,Anna,Day and month are written the other way round
A3,B3,different,Ben,Another village
A4,,alone,Ben,Looked for by name and by place
,B4,alone,Ben,Looked for by name and by place
"""


@pytest.fixture
def folder(shell: Shell, tmp_path: Path) -> Path:
    shell.monkeypatch.chdir(tmp_path)
    (tmp_path / "held.csv").write_bytes(HELD)
    (tmp_path / "claimed.csv").write_bytes(CLAIMED)
    (tmp_path / "decisions.csv").write_text(DECISIONS, encoding="utf-8")
    return tmp_path


def test_judge(shell: Shell, folder: Path, golden: Golden) -> None:
    lists = ("--left", "held.csv", "--right", "claimed.csv")
    assert shell.run("lists", "match", "held.csv", "claimed.csv", "-o", "matches.csv") == 0
    given = ("lists", "judge", "matches.csv", "decisions.csv", "-o", "outcomes.csv")
    assert shell.run(*given, "--waiting", "sheet.csv", *lists) == 0
    with (folder / "decisions.csv").open("a", encoding="utf-8") as file:
        file.write("A3,B3,same,Ben,The village has two names\n")
    assert shell.run(*given, "--persons", "persons.csv", "--side", "kaldria", *lists) == 0
    for name in ("matches.csv", "sheet.csv", "outcomes.csv", "persons.csv"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
        shell.printed.append(f"== {name}\n{(folder / name).read_text(encoding='utf-8')}\n")
    (folder / "wrong.csv").write_text("left_id,right_id,verdict,by,reason\nA1,B1,sure,Anna,x\nA9,B1,same,Anna,x\n")
    assert shell.run("lists", "judge", "matches.csv", "wrong.csv", "-o", "o.csv") == 1
    assert shell.run("lists", "judge", "decisions.csv", "matches.csv", "-o", "o.csv") == 1
    assert shell.run("lists", "judge", "none.csv", "decisions.csv", "-o", "o.csv") == 1
    assert shell.run(*given, "--persons", "persons.csv") == 1
    assert not (folder / "o.csv").exists()
    golden("lists-judge.txt", shell.transcript)


def test_duplicates_are_judged(shell: Shell, folder: Path) -> None:
    twice = HELD + "A9;Вигаданий;Остап;Миколайович;03.05.1990;Горішнє;\n".encode()
    (folder / "held.csv").write_bytes(twice)
    assert shell.run("lists", "match", "held.csv", "held.csv", "-o", "m.csv") == 0
    (folder / "d.csv").write_text("left_id,right_id,verdict,by,reason\nA9,A1,same,Anna,x\nA1,A9,same,Ben,x\n")
    assert shell.run("lists", "judge", "m.csv", "d.csv", "-o", "o.csv", "--duplicates") == 0
    assert (folder / "o.csv").read_text().splitlines()[1:] == [
        "A1,A9,duplicate,Anna; Ben,", "A9,A1,duplicate,Anna; Ben,",
    ]  # fmt: skip


@pytest.mark.django_db
def test_reconcile(shell: Shell, golden: Golden) -> None:
    from goodoffices.storage.models import Account
    from goodoffices.storage.records import DatabaseStore
    from tests.listing import NEUTRAL
    from tests.people import SIDE_A
    from tests.reconciling import open_matching

    talks = open_matching(DatabaseStore("default"))
    shell.monkeypatch.setattr("goodoffices.storage.office.open_office", lambda: talks.office)
    for name, who in (("nora", NEUTRAL), ("alan", SIDE_A)):
        Account.objects.create_user(name, person=who)
    given = ("lists", "reconcile", "rehearsal", "matching")
    both = ("--left", "lists-a/held", "--right", "lists-b/claimed")
    assert shell.run(*given, *both, "--as", "nora") == 0
    assert shell.run(*given, "--left", "lists-a/held", "--as", "nora") == 0
    assert shell.run(*given, *both, "--as", "alan") == 1
    assert shell.run(*given, "--left", "lists-a/none", "--as", "nora") == 1
    assert shell.run("lists", "reconcile", "rehearsal", "exchange", *both, "--as", "nora") == 1
    golden("lists-reconcile.txt", shell.transcript)
    assert talks.kinds(NEUTRAL, "matching")[-2:] == ["lists-matched"] * 2
