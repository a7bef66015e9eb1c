"""`docs/source.md` says which entries of the example hold each row of its source. This keeps it true."""

import re
from pathlib import Path

import pytest

from goodoffices.secretariat import replaying
from goodoffices.secretariat.matters import RULES
from goodoffices.secretariat.replaying import Cast, Held
from goodoffices.secretariat.talksfile import TalksFile
from tests.people import new_office, person

ROOT = Path(__file__).parent.parent
HELD_BY = re.compile(r"`([a-z0-9-]+)` \(([a-z-]+), ([a-z0-9-]+)\)")


@pytest.fixture(scope="module")
def file() -> TalksFile:
    return replaying.read((ROOT / "examples" / "istanbul-2025.yaml").read_text(encoding="utf-8"), RULES)


@pytest.fixture(scope="module")
def held(file: TalksFile) -> dict[int, list[Held]]:
    """By row, what holds it after a replay."""
    replay = replaying.Replay(file, new_office(), Cast({p: person(p) for p in file.people}), lambda _: b"", b"source")
    return replaying.held(replay)


def table() -> dict[int, list[str]]:
    """The cells of each row of the table, by the row's number."""
    text = (ROOT / "docs" / "source.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if re.match(r"\| \d", line)]
    return {int(cells[0]): [cell.strip() for cell in cells[1:]] for cells in rows}


def test_the_table_has_every_row_of_the_source(file: TalksFile) -> None:
    assert list(table()) == list(range(1, 19)) == list(file.source.rows)


def test_each_row_names_exactly_the_entries_that_hold_it(held: dict[int, list[Held]]) -> None:
    said = {row: HELD_BY.findall(cells[1]) for row, cells in table().items()}
    assert said == {row: [(h.label, h.entry.kind, h.room) for h in held.get(row, [])] for row in said}


def test_a_row_that_is_not_held_wholly_says_why(file: TalksFile, held: dict[int, list[Held]]) -> None:
    assert {row: cells[2] for row, cells in table().items() if cells[2]} == dict(file.source.not_yet)
    assert [row for row, cells in table().items() if cells[1] == "nothing yet"] == [r for r in table() if r not in held]


def test_what_a_row_holds_says_how_it_is_known(held: dict[int, list[Held]]) -> None:
    """What is not the host's own doing is minuted for somebody or told by somebody."""
    own = {
        "delegate-accredited",
        "room-opened",
        "meeting-called",
        "meeting-opened",
        "meeting-closed",
        "next-meeting-set",
    }
    for entries in held.values():
        for h in entries:
            told = h.entry.body.get("told_by") or h.entry.body.get("speaker")
            assert h.entry.kind in own or (told and h.entry.body.get("known")), h.label


def test_nothing_is_invented(file: TalksFile, held: dict[int, list[Held]]) -> None:
    """No clock time, no signature, no consent and no confirmation: the source has none."""
    entries = [h.entry for found in held.values() for h in found]
    times = [e.body["happened"] for e in entries if "happened" in e.body]
    assert set(times) == {"2025-05-16"}
    assert not [e for e in entries if e.header.signed]
    assert not [s for s in file.steps() if re.match("consent-|confirm-|agree-", s.command)]
    assert not file.exercise


def test_only_the_host_s_secretariat_writes(file: TalksFile) -> None:
    assert {act.by for act in file.acts} == {"secretariat"}
