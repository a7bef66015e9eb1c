"""Chains of holders: who gives out what, and that nobody gives out anything else."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pytest

from goodoffices.sealing import agefile, agekeys, contexts, escrow, outers
from goodoffices.sealing.escrow import Given, Peel, Seal
from goodoffices.sealing.header import BadLayer
from tests.unit.sealing.cast import identity, recipient, terms
from tests.unit.sealing.sealed import as_seal, lines, release, seal, sealed, seals, secret


def prove(given: Given, *earlier: Given, n: int = 3, k: int = 2) -> None:
    for code, one in seals(n, k).items():
        escrow.prove(terms(n, k), given.by, one, earlier, given.peels[code])


def out(*given: Given, n: int = 3, k: int = 2) -> bool:
    """Whether both papers' E came out and opens them."""
    found = {code: escrow.secret(terms(n, k), code, given) for code in seals(n, k)}
    for code, e in found.items():
        if e is not None:
            outers.open_outer(terms(n, k), code, seals(n, k)[code].outer, e)
    assert len({e is None for e in found.values()}) == 1
    return None not in found.values()


def test_chains_are_all_orders_in_the_order_of_the_terms() -> None:
    assert escrow.chains(terms()) == ["h1,h2", "h1,h3", "h2,h1", "h2,h3", "h3,h1", "h3,h2"]
    assert escrow.chains(terms(1, 1)) == ["h1"]
    assert len(escrow.chains(terms(5, 5))) == 120


@pytest.mark.parametrize(("n", "k"), [(n, k) for n in range(1, 5) for k in range(1, n + 1)])
def test_k_holders_in_any_order_bring_both_papers_out_and_fewer_do_not(n: int, k: int) -> None:
    orders = list(itertools.permutations([f"h{i + 1}" for i in range(n)], k))
    for order in orders if len(orders) <= 6 else orders[:: len(orders) // 6]:
        given: list[Given] = []
        for holder in order:
            assert not out(*given, n=n, k=k)
            one = release(holder, *given, n=n, k=k)
            prove(one, *given, n=n, k=k)
            given.append(one)
        assert out(*given, n=n, k=k)


def test_a_release_gives_every_chain_it_can() -> None:
    first = release("h2", n=4, k=3)
    second = release("h1", first, n=4, k=3)
    third = release("h4", first, second, n=4, k=3)
    assert list(first.peels["aldane"]) == [c for c in escrow.chains(terms(4, 3)) if c.startswith("h2,")]
    assert list(second.peels["aldane"]) == [
        c for c in escrow.chains(terms(4, 3)) if c[:3] == "h1," or c[:6] == "h2,h1,"
    ]
    assert [c for c in third.peels["aldane"] if c.endswith("h4")] == ["h2,h1,h4"]


def test_on_paper_two_unaware_of_each_other_and_one_of_them_again() -> None:
    first, second = release("h1", n=2, k=2), release("h2", n=2, k=2)
    assert not out(first, second, n=2, k=2)
    again = release("h1", first, second, n=2, k=2)
    prove(again, first, second, n=2, k=2)
    assert out(first, second, again, n=2, k=2)


def test_peels_are_written_and_read_back() -> None:
    given = release("h1")
    for peels in given.peels.values():
        text = escrow.write_peels(peels)
        assert escrow.read_peels(terms(), text) == peels
        assert [line.split(b" ")[0] for line in lines(text)] == [b"h1,h2", b"h1,h3"]


# A holder who lies


def lie(peels: dict[str, Peel], **change: bytes) -> dict[str, Peel]:
    return {chain: replace(one, **change) for chain, one in peels.items()}


other_layer = agefile.encrypt(b"{}\nx", [recipient("h2 online")])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda p: lie(p, content=b"AGE-SECRET-KEY-1QQQ\n"), "wrong-content"),
        (lambda p: lie(p, content=other_layer), "wrong-content"),
        (lambda p: lie(p, key=bytes(16)), "cannot-open"),
        (lambda p: lie(p, key=b"short"), "cannot-open"),
        (lambda p: lie(p, content=p["h1,h2"].content), "wrong-content"),
        (lambda p: lie(p, content=p["h1,h2"].content, key=p["h1,h2"].key), "cannot-open"),
        (lambda p: {"h1,h2": p["h1,h2"]}, "malformed"),
        (lambda p: {}, "malformed"),
        (lambda p: dict(reversed(p.items())), "malformed"),
        (lambda p: p | release("h2").peels["aldane"], "malformed"),
    ],
)
def test_a_holder_can_give_out_nothing_but_what_its_layers_hold(
    change: Callable[[dict[str, Peel]], dict[str, Peel]], fault: str
) -> None:
    honest = dict(release("h1").peels["aldane"])
    escrow.prove(terms(), "h1", seals()["aldane"], (), honest)
    with pytest.raises(BadLayer) as found:
        escrow.prove(terms(), "h1", seals()["aldane"], (), change(honest))
    assert found.value.fault == fault


def test_another_holder_s_key_and_another_exchange_open_nothing() -> None:
    with pytest.raises(BadLayer, match="sealed to other keys"):
        escrow.peel(terms(), "h1", seals()["aldane"], (), secret("h2 online"))
    elsewhere = terms(nonce="00" * 16)
    with pytest.raises(BadLayer, match="another exchange") as found:
        escrow.peel(elsewhere, "h1", seals()["aldane"], (), secret("h1 online"))
    assert found.value.fault == "wrong-context"


# A side whose seal is at fault


@lru_cache
def e_of(code: str) -> str:
    first = release("h1")
    e = escrow.secret(terms(), code, [first, release("h2", first)])
    assert e is not None
    return agekeys.identity_text(e)


def forged(last: bytes, **how: str) -> Seal:
    """Aldane's seal with an escrow in which every chain ends in ``last``; ``how``: parts of the contexts changed."""
    one, t = seals()["aldane"], terms()
    made = []
    for chain in escrow.chains(t):
        content = last
        for place, code in reversed(list(enumerate(chain.split(",")))):
            changed = how if str(place) == how.get("at", "1") else {}
            context = contexts.escrow(t.id, "aldane", one.outer_digest, chain, code)
            context |= {name: value for name, value in changed.items() if name != "at"}
            content = agefile.encrypt(contexts.joined(context, content), [t.holder(code).online])
        made.append(chain.encode() + b" " + base64.b64encode(content) + b"\n")
    return replace(one, escrow=b"".join(made))


def give(one: Seal, holder: str, *earlier: Given) -> Given:
    return Given(holder, {"aldane": escrow.peel(terms(), holder, one, earlier, secret(f"{holder} online"))})


def test_the_forger_of_these_tests_can_make_a_right_escrow() -> None:
    right = forged(f"{e_of('aldane')}\n".encode())
    give(right, "h3", give(right, "h2"))


@pytest.mark.parametrize(
    ("last", "how", "fault"),
    [
        ("", {}, "wrong-key"),
        ("no key\n", {}, "wrong-key"),
        ("{aldane}", {}, "wrong-key"),
        ("{aldane}\n\n", {}, "wrong-key"),
        ("{stranger}\n", {}, "wrong-key"),
        ("{brisko}\n", {}, "wrong-key"),
        ("{aldane}\n", {"exchange": "00" * 32}, "wrong-context"),
        ("{aldane}\n", {"side": "brisko"}, "wrong-context"),
        ("{aldane}\n", {"digest": "00" * 32}, "wrong-context"),
        ("{aldane}\n", {"chain": "h1,h3"}, "wrong-context"),
        ("{aldane}\n", {"holder": "h3"}, "wrong-context"),
        ("{aldane}\n", {"layer": "outer"}, "wrong-context"),
        ("{aldane}\n", {"more": "x"}, "wrong-context"),
    ],
)
def test_a_false_seal_stops_the_last_holder_of_a_chain(last: str, how: dict[str, str], fault: str) -> None:
    keys = {"aldane": e_of("aldane"), "brisko": e_of("brisko"), "stranger": identity("stranger")}
    one = forged(last.format_map(keys).encode(), **how)
    first = give(one, "h1")
    with pytest.raises(BadLayer) as found:
        give(one, "h2", first)
    assert found.value.fault == fault


@pytest.mark.parametrize("name", ["exchange", "side", "digest", "chain", "holder"])
def test_a_false_seal_stops_the_first_holder_where_it_can_see_it(name: str) -> None:
    one = forged(f"{e_of('aldane')}\n".encode(), at="0", **{name: "other"})
    with pytest.raises(BadLayer, match="was made for another") as found:
        give(one, "h1")
    assert found.value.fault == "wrong-context"


def test_with_one_of_one_the_holder_sees_at_once_whether_its_key_opens_the_paper() -> None:
    one = as_seal("aldane", sealed("aldane", 1, 1))
    swapped = replace(one, outer=sealed("brisko", 1, 1).outer)
    with pytest.raises(BadLayer) as found:
        escrow.peel(terms(1, 1), "h1", swapped, (), secret("h1 online"))
    assert found.value.fault == "wrong-key"


def test_an_outer_layer_swapped_after_it_was_sealed_is_found_by_its_digest() -> None:
    one, again = seals()["aldane"], seal("aldane")
    with pytest.raises(BadLayer, match="another file or paper"):
        give(as_seal("aldane", replace(again, escrow=one.escrow)), "h1")


@pytest.mark.parametrize(
    "change",
    [
        lambda e: b"",
        lambda e: e[:-1],
        lambda e: e + b"\n",
        lambda e: e + lines(e)[0] + b"\n",
        lambda e: b"\n".join(lines(e)[1:]) + b"\n",
        lambda e: b"\n".join(reversed(lines(e))) + b"\n",
        lambda e: e.replace(b"h1,h2 ", b"h1,h2  ", 1),
        lambda e: e.replace(b"h1,h2 ", b"h1,h4 ", 1),
        lambda e: e.replace(b"\n", b"\r\n"),
        lambda e: e.replace(b"h1,h2 ", b"h1,h2 !", 1),
        lambda e: e.replace(b"\n", b" AAAA\n", 1),
        lambda e: b"h1,h2 \n" * 6,
        lambda e: e * 200,
    ],
)
def test_an_escrow_that_is_not_line_by_line_as_it_must_be_is_malformed(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadLayer) as found:
        escrow.layers(terms(), change(seals()["aldane"].escrow))
    assert found.value.fault == "malformed"


def test_peels_that_are_not_line_by_line_as_they_must_be_are_malformed() -> None:
    text = escrow.write_peels(release("h1").peels["aldane"])
    for changed in (
        text[:-1],
        text * 2,
        text.replace(b" ", b"  "),
        text.replace(b"h1,h2", b"h9,h2"),
        seals()["aldane"].escrow,
        b"\xff\n",
    ):
        with pytest.raises(BadLayer) as found:
            escrow.read_peels(terms(), changed)
        assert found.value.fault == "malformed"
    assert escrow.read_peels(terms(), b"") == {}
