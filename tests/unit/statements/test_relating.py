"""One account supports or contradicts another, and an entry is about an issue, because somebody says so."""

from __future__ import annotations

from typing import Any

from goodoffices.statements.kept import STATEMENTS
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

SAID: dict[str, Any] = {"verb": "said", "gist": "One thing was agreed.", "setting": "public"}


def round_with_two() -> tuple[Round, str, str]:
    talks = open_round()
    talks.do(HOST, "plenary", "tell-understanding", wording="Three things.", degree="not-stated")
    told = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "record-statement", **SAID)
    return talks, told, talks.last(HOST, "plenary")


def test_accounts_are_related_by_anyone_and_both_show() -> None:
    talks, told, said = round_with_two()
    assert offered(talks, SIDE_B, "plenary", "relate-statements") == [{}]
    talks.do(SIDE_B, "plenary", "relate-statements", statement=said, how="contradicts", to=told, words="How many.")
    entry = talks.last(HOST, "plenary")
    state = talks.view(HOST, "plenary").state[STATEMENTS]
    assert {ref: state.later[ref] for ref in (told, said)} == {told: (entry,), said: (entry,)}
    assert reads_back(talks, HOST, "plenary")


def test_what_bears_on_nothing_is_refused() -> None:
    talks, told, said = round_with_two()
    talks.do(HOST, "plenary", "note-event", what="call", words="A call.")
    event = talks.last(HOST, "plenary")
    relate = {"statement": said, "how": "supports"}
    assert "does not bear on itself" in refused(talks, HOST, "plenary", "relate-statements", **relate, to=said)
    assert refused(talks, HOST, "plenary", "relate-statements", how="supports", statement=told, to=event) == (
        "At least one of the two has to be a statement."
    )
    opened = talks.view(HOST, "plenary").entry(0).ref
    assert "another kind" in refused(talks, HOST, "plenary", "relate-statements", **relate, to=opened)


def test_an_entry_is_put_on_an_issue_s_timeline() -> None:
    talks, told, said = round_with_two()
    talks.do(SIDE_A, "plenary", "make-request", to="side-b", words="A list.")
    request = talks.last(HOST, "plenary")
    for ref, what in ((request, {"issues": ["prisoners"]}), (told, {"issues": ["prisoners"], "describes": ["first"]})):
        talks.do(SIDE_B, "plenary", "note-subject", entry=ref, **what)
    state = talks.view(HOST, "plenary").state[STATEMENTS]
    view = talks.view(HOST, "plenary")
    assert [e.ref for e in view.at(state.marks.found(["issue:prisoners"], view.size))] == [
        request,
        told,
    ]  # in the order entered, however late somebody says so
    assert [e.ref for e in view.at(state.marks.found(["meeting:first"], view.size))] == [told]
    assert refused(talks, HOST, "plenary", "note-subject", entry=said) == (
        "Say what it is about: an issue, a place or a meeting."
    )
