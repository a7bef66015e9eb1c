"""Release: as the ground rules in force say, copies readable where they go, attributed or not."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.record.entries import Author, Header, cited, made
from goodoffices.talks.release import _unattributed
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused

TERMS = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}


def under(**terms: str) -> Round:
    """Talks whose plenary has these ground rules in force."""
    talks = open_round()
    talks.do(HOST, "plenary", "propose-ground-rules", **(TERMS | terms))
    rules = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "agree-ground-rules", side, rules=rules)
    return talks


def call(talks: Round, who: str = HOST) -> str:
    talks.do(who, "plenary", "call-meeting", code="first", title="First meeting", venue="A palace")
    return talks.last(HOST, "plenary")


def release(talks: Round, who: str, *refs: str, to: str = "public") -> None:
    talks.do(who, "plenary", "release-entries", entries=list(refs), to=to)


def refusal(talks: Round, who: str, *refs: str, to: str = "public") -> str:
    return refused(talks, who, "plenary", "release-entries", entries=list(refs), to=to)


def test_a_release_copies_the_entry_with_its_words() -> None:
    talks = under()
    ref = call(talks)
    release(talks, HOST, ref)
    source = talks.view(HOST, "plenary").find(ref)
    public = talks.desk(None).room(talks.rooms["public"])
    copy = public.entries()[-1]
    assert copy.kind == "entry-released"
    assert {k: v for k, v in copy.body.items() if k != "body"} == {
        "entry": ref,
        "kind": "meeting-called",
        "seq": source.seq,
        "at": source.header.at,
        "delegation": source.header.author.delegation,
        "minuted": False,
    }
    assert sorted(public.words(cited(copy.body)).values()) == ["A palace", "First meeting"]
    assert not set(cited(copy.body)) & set(cited(source.body))  # salted anew: nobody can match the two
    last = talks.view(HOST, "plenary").entries()[-1]
    assert (last.kind, last.body["entries"], last.body["to"]) == ("entries-released", [ref], talks.rooms["public"])


def test_several_at_once_and_minutes_are_told_apart() -> None:
    talks = under()
    talks.do(HOST, "plenary", "propose-presence", "side-a", code="observer", role="third-party", name="An observer")
    minuted, own = talks.last(HOST, "plenary"), call(talks)
    release(talks, HOST, minuted, own, minuted)
    copies = talks.view(HOST, "public").entries()[-2:]
    assert [(c.body["kind"], c.body["minuted"]) for c in copies] == [
        ("presence-proposed", True),
        ("meeting-called", False),
    ]


def test_erased_words_are_not_revived() -> None:
    talks = under()
    ref = call(talks)
    talks.do(HOST, "plenary", "erase-particulars", entry=ref, reason="agreed")
    release(talks, HOST, ref)
    public = talks.view(HOST, "public")
    assert public.words(cited(public.entries()[-1].body)) == {}


@pytest.mark.parametrize(
    ("publish", "who", "allowed"),
    [
        ("host", HOST, True),
        ("host", SIDE_A, False),
        ("each-side", HOST, True),
        ("each-side", SIDE_A, True),
        ("nobody", HOST, False),
        ("nobody", SIDE_A, False),
        ("jointly", HOST, False),
        ("jointly", SIDE_A, False),
    ],
)
def test_who_may_publish(publish: str, who: str, allowed: bool) -> None:
    talks = under(publish=publish)
    ref = call(talks)
    if allowed:
        release(talks, who, ref)
        assert talks.kinds(HOST, "public")[-1] == "entry-released"
    else:
        assert "The ground rules" in refusal(talks, who, ref)


def test_a_third_party_does_not_publish() -> None:
    talks = under(publish="each-side")
    talks.do(HOST, "plenary", "propose-presence", code="observer", role="third-party", name="An observer")
    proposal = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "consent-presence", side, proposal=proposal)
    talks.do(HOST, "plenary", "admit-delegation", proposal=proposal)
    talks.do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="observer")
    add_room(talks, OBSERVER, "plenary", kind="delegation-room", name="room-o")
    assert "do not let your delegation" in refusal(talks, OBSERVER, proposal, to="room-o")


def test_nothing_is_released_without_ground_rules() -> None:
    talks = open_round()
    assert "No ground rules are in force" in refusal(talks, HOST, call(talks))


def test_a_delegation_alone_needs_no_ground_rules() -> None:
    talks = open_round()
    talks.do(HOST, "host-room", "call-meeting", code="aides")
    talks.do(HOST, "host-room", "release-entries", entries=[talks.last(HOST, "host-room")], to="plenary")
    assert talks.kinds(HOST, "plenary")[-1] == "entry-released"


def test_jointly_what_every_party_agreed_to_release_there() -> None:
    talks = under(publish="jointly")
    ref = call(talks)
    talks.do(SIDE_A, "plenary", "propose-release", entries=[ref], to="public")
    proposal = talks.last(HOST, "plenary")
    talks.do(SIDE_A, "plenary", "agree-release", proposal=proposal)
    assert "agreed to this release already" in refused(talks, SIDE_A, "plenary", "agree-release", proposal=proposal)
    assert "by the parties" in refused(talks, HOST, "plenary", "agree-release", proposal=proposal)
    assert "not every party has agreed" in refusal(talks, HOST, ref)
    talks.do(SIDE_B, "plenary", "agree-release", proposal=proposal)
    assert "not every party has agreed" in refusal(talks, HOST, ref, proposal)
    assert "not every party has agreed" in refusal(talks, HOST, ref, to="host-room")
    assert [o.fields for o in talks.view(SIDE_B, "plenary").offers() if o.rule.name == "release-entries"] == [
        {"to": talks.rooms["public"]}
    ]
    release(talks, SIDE_B, ref)
    assert [o for o in talks.view(SIDE_B, "plenary").offers() if o.rule.name == "release-entries"] == []


def test_joint_release_only_where_the_rules_ask_for_it() -> None:
    talks = under()
    assert "do not ask for a joint release" in refused(
        talks, SIDE_A, "plenary", "propose-release", entries=[call(talks)], to="public"
    )


def test_where_to() -> None:
    talks = under(publish="each-side")
    ref = call(talks)
    assert "in this room already" in refusal(talks, HOST, ref, to="plenary")
    assert "You sit in no room called" in refusal(talks, SIDE_A, ref, to="caucus-b")
    release(talks, SIDE_A, ref)
    assert "was released to the room “public” already" in refusal(talks, HOST, ref)
    public = talks.last(HOST, "public")
    add_room(talks, HOST, "plenary", kind="format", name="aides", members=["side-a"])
    release(talks, HOST, ref, to="aides")
    assert "No ground rules" in refused(talks, HOST, "public", "release-entries", entries=[public], to="aides")


def test_what_was_released_here_is_released_from_where_it_stands() -> None:
    talks = under()
    talks.do(HOST, "host-room", "call-meeting", code="aides")
    talks.do(HOST, "host-room", "release-entries", entries=[talks.last(HOST, "host-room")], to="plenary")
    assert "release it from there" in refusal(talks, HOST, talks.last(HOST, "plenary"))


def say(talks: Round, **raw: Any) -> str:
    given = {"verb": "said", "gist": "We are ready to go on.", "setting": "in-room", "speaker": "A head of delegation"}
    talks.do(SIDE_A, "plenary", "record-statement", **(given | raw))
    return talks.last(HOST, "plenary")


def test_unattributed_names_neither_delegation_nor_speaker() -> None:
    talks = under(quote="unattributed")
    ref = say(talks, speaker_delegation="side-a", function="Head", told_by="A paper")
    release(talks, HOST, ref)
    public = talks.view(HOST, "public")
    copy = public.entries()[-1]
    assert copy.body["delegation"] is None
    said = copy.body["body"]
    assert [said[name] for name in ("speaker", "speaker_delegation", "function")] == [None, None, None]
    assert "told_by" not in said
    assert list(public.words(cited(copy.body)).values()) == ["We are ready to go on."]


def test_unattributed_conditions_do_not_name_whose_they_are() -> None:
    talks = under(quote="unattributed")
    paper = {"content": b"A paper.", "media": "text/plain", "name": "paper.txt"}
    talks.do(SIDE_A, "plenary", "present-paper", paper=paper, title="Ours", to=["side-b"], purpose="conditions")
    row = {"topic": "ceasefire", "wording": "All fire stops."}
    presented = talks.last(HOST, "plenary")
    talks.do(SIDE_A, "plenary", "set-out-conditions", paper=presented, conditions=[row])
    refs = [talks.last(HOST, "plenary")]
    talks.do(SIDE_A, "plenary", "describe-paper", whose="side-a", purpose="proposal", how="read-out")
    refs.append(talks.last(HOST, "plenary"))
    release(talks, HOST, *refs)
    for copy in talks.view(HOST, "public").entries()[-2:]:
        assert talks.delegation("plenary", "side-a") not in str(copy.body)


def test_an_unattributed_paper_that_was_tabled_does_not_name_its_side() -> None:
    body = {"side": "side-a", "of": "1" * 32, "title": "p:" + "2" * 64, "exchange": "3" * 64}
    at, author = "2030-01-15T09:00:00.000Z", Author("7" * 32, "8" * 32)
    header = Header("4" * 32, "5" * 32, 0, at, "paper-tabled", "6" * 32, author)
    entry, _line = made(header, body)
    assert _unattributed(entry) == body | {"side": None, "of": None}


def test_nobody_is_quoted() -> None:
    talks = under(quote="nobody")
    said = say(talks)
    talks.do(SIDE_A, "plenary", "tell-understanding", wording="We meet again.", degree="in-principle")
    told = talks.last(HOST, "plenary")
    for ref in (said, told):
        assert "nobody is quoted" in refusal(talks, HOST, ref)
    release(talks, HOST, call(talks))
