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


@pytest.mark.parametrize("row", range(1, 19))
def test_each_row_names_exactly_the_entries_that_hold_it(row: int, held: dict[int, list[Held]]) -> None:
    said = HELD_BY.findall(table()[row][1])
    assert said == [(h.label, h.entry.kind, h.room) for h in held[row]] != []


def test_all_eighteen_rows_are_held_wholly(file: TalksFile, held: dict[int, list[Held]]) -> None:
    assert {row: cells[2] for row, cells in table().items() if cells[2]} == dict(file.source.not_yet) == {}
    assert sorted(held) == list(range(1, 19))


def test_what_the_source_leaves_open_is_open(held: dict[int, list[Held]]) -> None:
    """“those areas”, which four regions, what two figures measure: items of their own that nobody has resolved."""
    (land,), (two,) = held[11], held[12]
    left = {h.label: [item["what"] for item in h.entry.body["open"]] for h in (land, two)}
    assert left == {"land-demanded": ["reference", "measure", "measure"], "two-more-regions": ["reference"]}
    assert not [h for found in held.values() for h in found if h.entry.kind == "reference-resolved"]
    assert [(p["code"], p["part"]) for h in (land, two) for p in h.entry.body["places"]] == [
        ("UA", True),
        ("UA-63", False),
        ("UA-59", False),
    ]


def test_further_sanctions_end_when_moscow_commits(held: dict[int, list[Held]]) -> None:
    """Committing, beginning and holding are three events, and a month is not thirty days."""
    (owed,) = (h.entry for h in held[16] if h.entry.kind == "commitment-made")
    until = {"is": "happens", "event": "month-of-unconditional-ceasefire", "point": "committed", "by": "moscow"}
    assert owed.body["terms"] == {"until": until}


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
            told = any(h.entry.body.get(name) for name in ("told_by", "speaker", "described", "speaker_person"))
            assert h.entry.kind in own or (told and h.entry.body.get("known")), h.label


def test_nothing_is_invented(file: TalksFile, held: dict[int, list[Held]]) -> None:
    """No clock time, no signature, no consent and no confirmation: the source has none."""
    entries = [h.entry for found in held.values() for h in found]
    times = [e.body[name] for e in entries for name in ("happened", "learnt") if e.body.get(name)]
    assert set(times) == {"2025-05-16"}
    assert not [e for e in entries if e.header.signed]
    assert not [s for s in file.steps() if re.match("consent-|confirm-|agree-|resolve-|identify-", s.command)]
    assert not file.exercise


def test_only_the_host_s_secretariat_writes(file: TalksFile) -> None:
    assert {act.by for act in file.acts} == {"secretariat"}
