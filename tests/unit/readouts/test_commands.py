"""``talks show`` and ``readout`` on an office in memory: what they print, and how they fail."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from goodoffices.cli import office as cli_office
from goodoffices.cli import readout as cli_readout
from goodoffices.cli import talks as cli_talks
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round

PEOPLE = {"host": HOST, "side-a": SIDE_A, "side-b": SIDE_B}

APP = typer.Typer()
APP.add_typer(cli_talks.app, name="talks")
APP.command("readout")(cli_readout.readout)


@pytest.fixture(name="talks")
def one_round(monkeypatch: pytest.MonkeyPatch) -> Round:
    talks = open_round()
    talks.do(
        HOST,
        "plenary",
        "propose-ground-rules",
        publish="host",
        quote="attributed",
        notes="host",
        records="given-to-each",
    )
    rules = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "agree-ground-rules", side, rules=rules)
    talks.do(HOST, "plenary", "call-meeting", code="first", title="First [bold]meeting[/bold]", venue="The old palace")
    talks.do(HOST, "plenary", "open-meeting", meeting=talks.last(HOST, "plenary"))
    talks.do(
        HOST,
        "plenary",
        "tell-understanding",
        wording="A thousand each.",
        degree="in-principle",
        told_by="a minister",
        known="reported",
    )
    monkeypatch.setattr(cli_office, "office", lambda: talks.office)
    monkeypatch.setattr(cli_office, "person", PEOPLE.__getitem__)
    monkeypatch.setenv("COLUMNS", "100")
    return talks


def run(*arguments: str) -> Result:
    return CliRunner().invoke(APP, list(arguments))


def test_talks_show_prints_the_table_with_its_words_as_they_stand(talks: Round) -> None:
    printed = run("talks", "show", "rehearsal", "--as", "side-b")
    assert printed.exit_code == 0
    assert "Rehearsal (rehearsal), hosted by Host country" in printed.stdout
    assert "First [bold]meeting[/bold]" in printed.stdout
    assert (
        "- plenary:\n"
        "  Host country (in principle), as told by a minister [reported]: “A thousand each.”\n"
        "    Side A: no answer on record; Side B: no answer on record: does not stand\n"
    ) in printed.stdout
    assert "plenary: The host entered this for you: confirm it, or object." in printed.stdout
    assert "caucus-a" not in printed.stdout
    assert "\x1b" not in printed.stdout


def test_talks_show_without_as_is_the_operators_view(talks: Round) -> None:
    printed = run("talks", "show", "rehearsal")
    assert all(room in printed.stdout for room in ("plenary", "caucus-a", "caucus-b", "host-room", "public"))


def test_talks_show_prints_json(talks: Round) -> None:
    value = json.loads(run("talks", "show", "rehearsal", "--as", "side-a", "--json").stdout)
    assert [room["name"] for room in value["rooms"]] == ["plenary", "caucus-a", "public"]
    assert value["understandings"][0]["tellings"][0]["wording"] == "A thousand each."


def test_unknown_talks_are_refused_on_stderr(talks: Round) -> None:
    printed = run("talks", "show", "istanbul")
    assert (printed.exit_code, printed.stdout) == (1, "")
    assert printed.stderr == "There are no talks of this name that you may see.\n"


def test_readout_of_a_room_and_of_what_was_released(talks: Round) -> None:
    assert "A thousand each." in run("readout", "rehearsal", "first", "--for", "plenary").stdout
    nothing = run("readout", "rehearsal", "first", "--for", "public")
    assert nothing.exit_code == 0
    assert nothing.stdout.startswith("# Rehearsal: All that is on this record\n")
    assert "A thousand each." not in nothing.stdout
    assert nothing.stderr == "No meeting was released to the public; this is all that the public room holds.\n"
    entries = talks.view(HOST, "plenary").entries()
    called = next(e.ref for e in entries if e.kind == "meeting-called")
    talks.do(HOST, "plenary", "release-entries", entries=[called], to="public")
    public = run("readout", "rehearsal", "first")
    assert public.exit_code == 0
    assert "The old palace" in public.stdout
    assert "A thousand each." not in public.stdout
    told = next(e.ref for e in entries if e.kind == "understanding-told")
    talks.do(HOST, "plenary", "release-entries", entries=[told], to="public")
    assert "A thousand each." in run("readout", "rehearsal", "first").stdout


def test_readout_formats(talks: Round) -> None:
    assert run("readout", "rehearsal", "first", "--for", "plenary", "--format", "html").stdout.startswith(
        "<!doctype html>"
    )
    value = json.loads(run("readout", "rehearsal", "first", "--for", "plenary", "--format", "json").stdout)
    assert value["meeting"]["name"] == "first"


def test_a_room_one_may_not_see_and_one_that_is_not_there_are_refused_alike(talks: Round) -> None:
    closed, absent = (
        run("readout", "rehearsal", "first", "--for", room, "--as", "side-b") for room in ("caucus-a", "nowhere")
    )
    assert closed.exit_code == absent.exit_code == 1
    assert closed.stderr == absent.stderr == "There is nothing here under this name that you may see.\n"


def test_an_unknown_meeting_names_those_there_are(talks: Round) -> None:
    printed = run("readout", "rehearsal", "second", "--for", "plenary")
    assert printed.stderr == "This record holds no meeting called “second”. It holds: first.\n"


@pytest.mark.parametrize("command", [["talks", "show"], ["readout"]])
def test_help_has_an_example(command: list[str]) -> None:
    assert "Example: goodoffices" in run(*command, "--help").stdout
