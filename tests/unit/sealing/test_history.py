"""What slips come to: each held against what its author had seen, and a slip at fault counts for nothing."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from goodoffices.record import canonical
from goodoffices.sealing import agefile, escrow, header, history, outers, slips, verify
from goodoffices.sealing.bundle import Dossier
from goodoffices.sealing.escrow import Peel
from goodoffices.sealing.history import History
from goodoffices.sealing.slips import BadSlip, Slip
from goodoffices.sealing.verify import ExchangeFault
from tests.unit.sealing.cast import AFTER, recipient, terms
from tests.unit.sealing.dossier import add, agreed, both_sealed, opened, release, seal, sealed_body, slip, whole
from tests.unit.sealing.sealed import PAPER, sealed, secret


def read(dossier: Dossier) -> History:
    return history.read(dossier.terms, dossier.slips.values(), dossier.seals)


def faults(dossier: Dossier) -> list[tuple[str, str]]:
    return [(fault.slip.by, fault.why) for fault in read(dossier).faults]


def verified(dossier: Dossier) -> tuple[str, tuple[str, ...]]:
    found = verify.verify_dossier(dossier)
    return found.course.standing, found.notes


def refused(dossier: Dossier) -> str:
    with pytest.raises(ExchangeFault) as found:
        verify.verify_dossier(dossier)
    return str(found.value)


# Honest


def test_a_whole_exchange_comes_to_two_opened_papers() -> None:
    assert verified(whole()) == ("opened", ())


def test_the_order_in_which_files_come_does_not_matter() -> None:
    dossier = whole()
    there, back = read(dossier), replace(dossier, slips=dict(reversed(dossier.slips.items())))
    assert read(back).course == there.course
    assert [one.id for one in read(back).slips] == [one.id for one in there.slips]


def test_agreeing_side_by_side_is_no_fault() -> None:
    dossier = Dossier(terms())
    for party in dossier.terms.parties:
        add(dossier, party.code, "exchange-agreed", after=())
    assert read(dossier).course.standing == "agreed"
    assert not faults(dossier)


def test_what_is_not_at_hand_is_not_judged() -> None:
    dossier = whole()
    dossier.seals.pop("aldane")
    assert faults(dossier) == []
    assert read(dossier).missing == ["aldane"]
    assert refused(dossier) == "The sealed file of aldane is missing."


def test_an_act_taken_from_a_room_agrees_to_terms() -> None:
    """With the key that signed it; what it says of its room is the room's business."""
    from goodoffices.record import signatures
    from tests.unit.sealing.cast import key, pen

    t = terms()
    act = {"act": "00" * 16, "base": {"root": "00" * 32, "size": 1}, "kind": "exchange-agreed", "room": "00" * 16,
           "talks": "00" * 16, "body": {"exchange": t.id, "proposal": "e:" + "00" * 32}}  # fmt: skip
    stored = signatures.sign_ssh(pen("h1"), canonical.encode(act))
    value = {"act": act, "key": key("h1"), "signature": canonical.decode(stored)}
    found = slips.parse_any(t, value)
    assert slips.check(t, found) == key("h1")
    assert (found.by, found.value) == ("h1", value)
    for changed in ({"key": key("h2")}, {"act": act | {"kind": "exchange-declined"}}, {"key": key("stranger")},
                    {"act": act | {"body": {"exchange": "00" * 32}}}, {"act": act | {"room": "11" * 16}}):  # fmt: skip
        with pytest.raises(BadSlip):
            slips.check(t, slips.parse_any(t, value | changed))


# Slips that are not what they should be

Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda s: s.update(kind="paper-minuted"), "not known"),
        (lambda s: s.update(at="2030-01-15"), "a time in UTC"),
        (lambda s: s.update(nonce="x"), "a nonce of 32"),
        (lambda s: s.update(after=["b" * 64, "a" * 64]), "in order, each once"),
        (lambda s: s.update(after=["x"]), "is malformed"),
        (lambda s: s.update(body={"more": 1}), "is malformed"),
        (lambda s: s.update(by=5), "not known"),
        (lambda s: s.update(more=1), "not a slip of an exchange"),
        (lambda s: s.pop("nonce"), "not a slip of an exchange"),
    ],
)
def test_a_malformed_slip_is_told_why(change: Change, why: str) -> None:
    value = slip(agreed(), "aldane", "exchange-agreed").value
    change(value["slip"])
    with pytest.raises(BadSlip, match=why):
        slips.parse(value)


def test_a_slip_that_somebody_else_signed_is_told() -> None:
    with pytest.raises(BadSlip, match="not signed by h1: the signature was made with another key"):
        slip(agreed(), "h1", "exchange-agreed", pen_of="aldane")
    with pytest.raises(BadSlip, match="zeld is neither a side nor a holder"):
        slip(agreed(), "zeld", "exchange-agreed", pen_of="aldane")
    with pytest.raises(BadSlip, match="of another exchange"):
        slips.check(terms(nonce="00" * 16), slip(agreed(), "h1", "exchange-agreed"))


# Faults of order


def test_a_slip_counts_only_with_all_it_goes_on_from() -> None:
    dossier = agreed()
    first = next(iter(dossier.slips))
    seal(dossier, "aldane")
    del dossier.slips[first]
    assert [by for by, why in faults(dossier) if "which is not here" in why][-1] == "aldane"


def test_whoever_names_a_slip_names_what_it_goes_on_from() -> None:
    dossier = agreed()
    last = list(dossier.slips)[-1]
    add(dossier, "aldane", "exchange-withdrawn", {"reason": None}, after=[last])
    assert "from which that one goes on" in faults(dossier)[0][1]


def test_nobody_says_two_things_at_once() -> None:
    dossier = agreed()
    seen = list(dossier.slips)
    seal(dossier, "aldane")
    other = sealed_body("aldane", b"another", b"another")
    add(dossier, "aldane", "paper-sealed", other, after=seen)
    assert [by for by, _ in faults(dossier)] == ["aldane"]
    assert "neither goes on from the other" in faults(dossier)[0][1] or "is not the one" in faults(dossier)[0][1]


def test_a_seal_dated_after_the_deadline_counts_for_nothing() -> None:
    dossier = agreed()
    seal(dossier, "aldane", at=AFTER)
    assert "too late for this exchange" in refused(dossier)


def test_a_release_before_both_seals_counts_for_nothing() -> None:
    dossier = both_sealed()
    early = [id for id, one in dossier.slips.items() if one.by != "brisko" or one.kind != "paper-sealed"]
    release(dossier, "h1", after=early)
    assert "Nothing is released before both sides have sealed" in refused(dossier)


def test_a_withdrawal_after_both_seals_counts_for_nothing() -> None:
    dossier = both_sealed()
    add(dossier, "aldane", "exchange-withdrawn", {"reason": None})
    assert "from then on nobody withdraws" in refused(dossier)
    assert read(dossier).course.standing == "sealed"


def test_a_withdrawal_unaware_of_the_second_seal_ends_the_exchange() -> None:
    dossier = agreed()
    seen = list(dossier.slips)
    seal(dossier, "aldane")
    after_own = list(dossier.slips)
    seal(dossier, "brisko", after=seen)
    add(dossier, "aldane", "exchange-withdrawn", {"reason": "late"}, after=after_own)
    assert verified(dossier) == ("withdrawn", ())


def test_a_withdrawal_and_a_release_unaware_of_each_other_are_named() -> None:
    dossier = agreed()
    seen = list(dossier.slips)
    seal(dossier, "aldane")
    after_own = list(dossier.slips)
    seal(dossier, "brisko", after=seen)
    both = list(dossier.slips)
    add(dossier, "aldane", "exchange-withdrawn", {"reason": None}, after=after_own)
    release(dossier, "h1", after=both)
    assert "Only a room can prevent that" in refused(dossier)


def test_a_release_that_passes_another_by_is_named() -> None:
    dossier = both_sealed()
    release(dossier, "h1")
    release(dossier, "h2")
    assert "h1 released meanwhile" in refused(dossier)


# Faults of what is in the files


def lying(change: Callable[[Peel], Peel]) -> Dossier:
    dossier = both_sealed()
    first, given = release(dossier, "h1")
    del dossier.slips[first.id]
    peels = {side: {c: change(p) for c, p in part.items()} for side, part in given.peels.items()}
    text = {side: escrow.write_peels(part).decode() for side, part in peels.items()}
    add(dossier, "h1", "papers-released", {"peels": text, "builds_on": []})
    return dossier


def test_a_holder_who_lies_is_named_and_the_others_go_on_without_it() -> None:
    junk = agefile.encrypt(b"{}\n", [recipient("h2 online")])
    dossier = lying(lambda peel: replace(peel, content=junk))
    assert "is not what the layer holds" in refused(dossier)
    first = release(dossier, "h2")
    second = release(dossier, "h3", first)
    opened(dossier, "aldane")
    assert read(dossier).course.out
    assert [by for by, _ in faults(dossier)] == ["h1"]
    assert len(read(dossier).releases) == 2
    assert second[0].id in read(dossier).given


def test_peels_of_one_paper_alone_are_no_release() -> None:
    dossier = both_sealed()
    first, given = release(dossier, "h1")
    del dossier.slips[first.id]
    text = {"aldane": escrow.write_peels(given.peels["aldane"]).decode()}
    add(dossier, "h1", "papers-released", {"peels": text, "builds_on": []})
    assert "the peels of both papers" in refused(dossier)


def test_one_side_s_seal_used_by_the_other_is_refused() -> None:
    dossier = agreed()
    made = sealed("aldane")
    seal(dossier, "aldane")
    seal(dossier, "brisko", made)
    assert "the very file that aldane handed in" in refused(dossier)


def test_another_paper_said_to_be_opened_is_refused() -> None:
    dossier = both_sealed()
    release(dossier, "h1", release(dossier, "h2"))
    add(dossier, "aldane", "paper-opened", {"side": "brisko", "digest": "00" * 32, "blank": None})
    assert "not the paper that brisko sealed" in refused(dossier)


# Disputes


def disputed(file_key: str | None, dossier: Dossier | None = None) -> tuple[str, tuple[str, ...]]:
    dossier = dossier or released()
    body = {"side": "brisko", "fault": "wrong-signature", "file_key": file_key, "words": None}
    add(dossier, "aldane", "opening-disputed", body)
    return verified(dossier)


def released() -> Dossier:
    dossier = both_sealed()
    release(dossier, "h1", release(dossier, "h2"))
    return dossier


def inner_key(dossier: Dossier) -> str:
    e = escrow.secret(dossier.terms, "brisko", read(dossier).releases)
    _, inner = outers.open_outer(dossier.terms, "brisko", dossier.seals["brisko"].outer, e or b"")
    return base64.b64encode(agefile.file_key(header.read(inner), [secret("aldane online")])).decode()


def test_a_dispute_without_a_file_key_shows_nothing_to_others() -> None:
    assert "nobody else can tell" in disputed(None)[1][0]
    assert "nobody else can tell" in disputed("AAAA")[1][0]


def test_a_dispute_with_another_file_key_shows_nothing() -> None:
    assert "not that of the paper's layer" in disputed(base64.b64encode(bytes(16)).decode())[1][0]


def test_a_false_dispute_is_shown_to_be_false() -> None:
    dossier = released()
    assert "It is not so" in disputed(inner_key(dossier), dossier)[1][0]


def test_garbage_inside_a_valid_seal_is_shown_to_everybody() -> None:
    from tests.unit.sealing.sealed import seal as seal_paper

    dossier = agreed()
    seal(dossier, "aldane")
    seal(dossier, "brisko", seal_paper("brisko", PAPER["brisko"], pen_of="stranger"))
    release(dossier, "h1", release(dossier, "h2"))
    standing, notes = disputed(inner_key(dossier), dossier)
    assert standing == "released"
    assert "It is so, for everybody to see (wrong-signature)" in notes[0]


def test_a_clock_that_goes_wrong_is_noted_and_is_no_fault() -> None:
    dossier = agreed()
    seal(dossier, "aldane", at="2030-01-10T00:00:00.000Z")
    dossier.seals = {"aldane": dossier.seals["aldane"]}
    assert "one of the clocks is wrong" in verified(dossier)[1][0]


def test_slips_come_back_from_their_bytes() -> None:
    for one in whole().slips.values():
        assert slips.read(one.encoded()) == one
        assert isinstance(one, Slip)
    for raw in (b"", b"x", b"[]", b"{}", b"[1]", b"null", bytes(5_000_000)):
        with pytest.raises(BadSlip):
            slips.read(raw)
