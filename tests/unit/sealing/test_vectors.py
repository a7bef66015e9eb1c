"""The shared vectors: what TypeScript made, Python opens, and what Python made still opens."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from goodoffices.record.particulars import Particular
from goodoffices.sealing import agekeys, escrow, layers, outers
from goodoffices.sealing.agekeys import BadKey
from goodoffices.sealing.escrow import Given, Seal
from goodoffices.sealing.terms import fingerprint, parse

VECTORS = Path(__file__).parents[3] / "vectors"
EXCHANGES = sorted(VECTORS.glob("exchange-*.json"))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_vectors_are_there() -> None:
    assert {"exchange-python.json"} <= {path.name for path in EXCHANGES}


@pytest.mark.parametrize("case", read(VECTORS / "terms.json"), ids=lambda case: case["id"][:8])
def test_terms_give_their_id_fingerprints_and_chains(case: Any) -> None:
    terms = parse(case["terms"])
    assert {
        "terms": terms.body(),
        "id": terms.id,
        "fingerprint": terms.fingerprint,
        "fingerprints": {party.code: fingerprint(party) for party in terms.parties},
        "chains": escrow.chains(terms),
    } == case


@pytest.mark.parametrize("case", read(VECTORS / "keys.json"), ids=lambda case: case["recipient"][:12] or "nothing")
def test_keys_are_read_or_refused(case: Any) -> None:
    if case["point"] is not None:
        assert agekeys.recipient(case["recipient"]).hex() == case["point"]
        return
    with pytest.raises(BadKey):
        agekeys.recipient(case["recipient"])


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_an_exchange_opens_by_every_key_that_opens_it(path: Path) -> None:
    case = read(path)
    terms = parse(case["terms"])
    seals = {
        side: Seal(side, base64.b64decode(made["outer"]), made["escrow"].encode(), made["outer_sha256"])
        for side, made in case["sealed"].items()
    }
    given: list[Given] = []
    for made in case["releases"]:
        peels = {side: escrow.read_peels(terms, text.encode()) for side, text in made["peels"].items()}
        own = agekeys.identity(case["identities"][f"{made['by']} online"])
        for side, seal in seals.items():
            escrow.prove(terms, made["by"], seal, given, peels[side])
            assert escrow.peel(terms, made["by"], seal, given, own) == peels[side]
        given.append(Given(made["by"], peels))
    for side, seal in seals.items():
        _check_paper(case, side, seal, given)


def _check_paper(case: Any, side: str, seal: Seal, given: list[Given]) -> None:
    terms, paper = parse(case["terms"]), case["papers"][side]
    assert outers.digest(seal.outer) == seal.outer_digest
    assert outers.fits_bucket(terms, len(seal.outer))
    e = escrow.secret(terms, side, given)
    assert e is not None
    digest, inner = outers.open_outer(terms, side, seal.outer, e)
    assert layers.written(terms.id, side, digest).decode() == paper["signed"]
    content, salt = base64.b64decode(paper["content"]), bytes.fromhex(paper["salt"])
    assert Particular(salt, content).citation == digest == paper["digest"]
    for which in ("online", "recovery"):
        secret = agekeys.identity(case["identities"][f"{terms.counterpart(side).code} {which}"])
        opened = layers.open_inner(terms, side, digest, inner, [secret])
        found = (opened.content, opened.name, opened.media, opened.salt)
        assert found == (content, paper["name"], paper["media"], salt)
        assert opened.key in terms.side(side).signers
