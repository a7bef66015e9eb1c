"""Writes vectors/: what Python and TypeScript must read alike. Run it only to make them anew; tests read what is there.

    PYTHONPATH=src:. .venv/bin/python tools/vectors.py

Every key in them is derived from a name and good for nothing else. Sealing draws age's own randomness, so a second run
gives other files.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from goodoffices.record import signatures
from goodoffices.sealing import agekeys, escrow, layers, outers
from goodoffices.sealing.agekeys import BadKey
from goodoffices.sealing.escrow import Given, Seal
from goodoffices.sealing.layers import Paper
from goodoffices.sealing.terms import Terms, fingerprint, parse
from tests.unit.sealing.cast import derived, identity, pen, recipient, terms

FOLDER = Path(__file__).parent.parent / "vectors"
PAPERS = {
    "aldane": Paper("Aldane\u2019s conditions: the guns fall silent first.\n".encode(), "conditions.txt", "text/plain"),
    "brisko": Paper(bytes(range(256)) * 100, "bedingungen \u2013 brisko.pdf", "application/pdf"),
}
ORDER = ("h3", "h1")


def write(name: str, value: object) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


def of_terms(t: Terms) -> dict[str, Any]:
    return {
        "terms": t.body(),
        "id": t.id,
        "fingerprint": t.fingerprint,
        "fingerprints": {party.code: fingerprint(party) for party in t.parties},
        "chains": escrow.chains(t),
    }


def of_key(text: str) -> dict[str, Any]:
    try:
        return {"recipient": text, "point": agekeys.recipient(text).hex()}
    except BadKey as error:
        return {"recipient": text, "point": None, "why": str(error)}


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def whole_exchange(t: Terms) -> dict[str, Any]:
    made = {
        side: layers.seal(t, side, paper, derived("salt", side)[:16], lambda m, s=side: signatures.sign_ssh(pen(s), m))
        for side, paper in PAPERS.items()
    }
    seals = {side: Seal(side, one.outer, one.escrow, outers.digest(one.outer)) for side, one in made.items()}
    given: list[Given] = []
    for holder in ORDER:
        own = agekeys.identity(identity(f"{holder} online"))
        given.append(Given(holder, {side: escrow.peel(t, holder, seal, given, own) for side, seal in seals.items()}))
    return of_terms(t) | {
        "identities": {
            f"{party.code} {which}": identity(f"{party.code} {which}")
            for party in t.parties
            for which in ("online", "recovery")
        },
        "papers": {
            side: {
                "content": b64(paper.content),
                "name": paper.name,
                "media": paper.media,
                "salt": derived("salt", side)[:16].hex(),
                "digest": made[side].digest,
                "signed": layers.written(t.id, side, made[side].digest).decode(),
            }
            for side, paper in PAPERS.items()
        },
        "sealed": {
            side: {"outer": b64(seal.outer), "outer_sha256": seal.outer_digest, "escrow": seal.escrow.decode()}
            for side, seal in seals.items()
        },
        "releases": [
            {"by": one.by, "peels": {side: escrow.write_peels(peels).decode() for side, peels in one.peels.items()}}
            for one in given
        ],
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    in_a_room = terms(topics=()).body() | {"talks": "ab" * 16, "room": "cd" * 16}
    for place, party in enumerate([*in_a_room["sides"], *in_a_room["holders"]]):
        party["delegation"] = f"{place + 1:032x}"
    write("terms.json", [of_terms(t) for t in (terms(), terms(1, 1, topics=()), terms(4, 3), parse(in_a_room))])
    small_order = agekeys.recipient_text(bytes(32))
    other_spelling = agekeys.recipient_text((2**255 - 19 + 9).to_bytes(32, "little"))
    texts = [recipient("x"), recipient("x")[:-1], recipient("x").upper(), small_order, other_spelling, identity("x"),
             "age1pq1" + "q" * 40, "age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2jewxvw",
             "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t", "ssh-ed25519 AAAA",
             ""]  # fmt: skip
    write("keys.json", [of_key(text) for text in texts])
    write("exchange-python.json", whole_exchange(terms()))


if __name__ == "__main__":
    main()
