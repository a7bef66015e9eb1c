"""What counts as published, in which order, and how far one page reads."""

from __future__ import annotations

from goodoffices.readouts import published
from tests.people import HOST, Round, open_round


def say(round_: Round, *gists: str) -> None:
    for gist in gists:
        round_.do(HOST, "public", "record-statement", verb="said", gist=gist, setting="public")


def gists(round_: Round, count: int, before: tuple[str, int] | None = None) -> list[str]:
    rows = published.newest([round_.view(None, "public")], count, before=before)
    return [row.shown.quotes[0][1] for row in rows]


def test_who_sits_there_says_nothing() -> None:
    round_ = open_round()
    view = round_.view(None, "public")
    assert view.size > 1
    assert (published.spoken(view), published.newest([view], 9)) == (False, [])


def test_the_newest_come_first_page_by_page() -> None:
    round_ = open_round()
    say(round_, "one", "two", "three")
    assert gists(round_, 2) == ["three", "two"]
    last = published.newest([round_.view(None, "public")], 2)[-1].shown.seq
    assert gists(round_, 9, (round_.rooms["public"], last)) == ["one"]


def test_a_long_record_is_read_to_its_beginning() -> None:
    round_ = open_round()
    say(round_, "first", *(f"word {n}" for n in range(published.AT_ONCE)))
    assert gists(round_, 1000)[-1] == "first"
    assert len(gists(round_, 1000)) == published.AT_ONCE + 1


def test_a_release_is_sorted_as_what_was_released_and_a_correction_dates_it_anew() -> None:
    round_ = open_round()
    rules = {"publish": "host", "quote": "attributed", "notes": "host", "records": "kept-by-host"}
    round_.do(HOST, "plenary", "propose-ground-rules", **rules)
    proposed = round_.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        round_.do(HOST, "plenary", "agree-ground-rules", on_behalf=side, rules=proposed)
    round_.do(HOST, "plenary", "tell-understanding", wording="One list each.", degree="in-principle")
    round_.do(HOST, "plenary", "release-entries", entries=[round_.last(HOST, "plenary")], to="public")
    view = round_.view(None, "public")
    assert [row.sort for row in published.newest([view], 9)] == ["understandings"]
    say(round_, "a slip")
    slip = round_.last(HOST, "public")
    round_.office.clock.now = "2030-01-16T09:00:00.000Z"  # type: ignore[attr-defined] # script time
    round_.do(HOST, "public", "correct-entry", entry=slip, says="What was meant.")
    correction, said, _understanding = published.newest([round_.view(None, "public")], 9)
    assert (said.shown.at, said.updated) == ("2030-01-15T09:00:00.000Z", "2030-01-16T09:00:00.000Z")
    assert (correction.sort, said.leaf) == ("other", slip.removeprefix("e:"))
