"""Python and TypeScript judge alike: the same signatures count, and the same fault is found in the same false seal."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest

from goodoffices.record import canonical, signatures
from goodoffices.record.webauthn import EDDSA, ES256, RS256
from goodoffices.sealing import agefile, contexts, escrow, layers, outers
from goodoffices.sealing.header import BadLayer
from tests.authenticator import Authenticator
from tests.browser_module import cast as people
from tests.browser_module.cast import Cast, seal_of
from tests.node import node

SIGNED = b"what is signed"


def asked(questions: list[dict[str, Any]]) -> list[Any]:
    """What TypeScript says to each."""
    answers: list[Any] = json.loads(node("test/asked.ts", given=json.dumps(questions)))
    return answers


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


# Signatures


def of_passkeys() -> Iterator[tuple[dict[str, str], bytes]]:
    """A key and a signature each: passkeys of every kind, and what browsers may say that does not count."""
    for algorithm in (ES256, EDDSA, RS256):
        signer = Authenticator(b"seed", algorithm)
        yield signer.key, stored(signer)
    signer = Authenticator(b"seed")
    other = Authenticator(b"another")
    yield other.key, stored(signer)
    yield {**other.key, "id": signer.key["id"]}, stored(signer)
    yield {**signer.key, "rp": "talks.example"}, stored(signer)
    other_words = signer.sign(signatures.challenge(b"other words"))
    yield signer.key, signatures.store_assertion(signer.key["id"], other_words)
    for members in (
        {"type": "webauthn.create"},
        {"crossOrigin": True},
        {"crossOrigin": None},
        {"topOrigin": "http://localhost:8000"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8000/"},
        {"origin": "http://127.0.0.1"},
        {"origin": "https://sub.localhost"},
        {"origin": 1},
    ):
        yield signer.key, stored(signer, **members)
    for flags in (0, 1, 4, 5, 0x45, 0x85):
        yield signer.key, stored(signer, flags=flags)
        yield signer.key, stored(signer, flags=flags, after=b"more")


def stored(signer: Authenticator, **said: Any) -> bytes:
    return signatures.store_assertion(signer.key["id"], signer.sign(signatures.challenge(SIGNED), **said))


def of_ssh(folder: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    """The same of SSH keys, made by ssh-keygen."""
    made = []
    for kind in ("ed25519", "ecdsa"):
        key, message = folder / kind, folder / f"message-{kind}"
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", key], check=True)
        message.write_bytes(SIGNED)
        for namespace in ("act@goodoffices", "file"):
            subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", namespace, message], check=True)
            signature = Path(f"{message}.sig")
            made.append((signatures.ssh_key(key.with_suffix(".pub").read_text()), signature.read_text()))
            signature.unlink()
    for key, armored in made:
        for text in (armored, armored.replace("\n", "\r\n"), armored[:-1], armored.replace("A", "B", 3), "x" + armored):
            yield key, canonical.encode({"type": "sshsig", "armored": text})
    yield made[0][0], canonical.encode({"type": "sshsig", "armored": made[2][1]})


def test_the_same_signatures_count(tmp_path: Path) -> None:
    cases = [*of_passkeys(), *of_ssh(tmp_path)]
    twice = b'{"type":"webauthn.get","type":"webauthn.get",'
    key, good = cases[0]
    members = json.loads(good)
    raw = base64.urlsafe_b64decode(members["clientDataJSON"] + "==").replace(b'{"type":"webauthn.get",', twice)
    members["clientDataJSON"] = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    cases.append((key, canonical.encode(members)))
    ours = [counts(key, signature) for key, signature in cases]
    questions = [
        {"ask": "fits", "key": key, "signature": json.loads(signature), "signed": b64(SIGNED)}
        for key, signature in cases
    ]
    assert asked(questions) == ours
    assert ours.count(True) >= 8
    assert ours.count(False) >= 20


def counts(key: dict[str, str], signature: bytes) -> bool:
    try:
        signatures.check(key, signature, SIGNED)
    except signatures.BadSignature:
        return False
    return True


# Faults


def fault(action: Callable[[], object]) -> str | None:
    """The fault that Python finds, or None."""
    try:
        action()
    except BadLayer as error:
        return error.fault
    return None


def headers(whole: bytes) -> Iterator[bytes]:
    """Age files that are not quite what `whole` is: by lines of its header, and by a byte here and there."""
    start = whole.index(b"\n---") + 1
    stanza = whole[whole.index(b"->") : start]
    yield whole
    for old, new in (
        (b"age-encryption.org/v1", b"age-encryption.org/v2"),
        (b"\n", b"\r\n"),
        (b"-> X25519", b"-> x25519"),
        (b"-> X25519", b"-> ssh-ed25519"),
        (b"-> X25519", b"-> mlkem768x25519"),
        (b"-> X25519 ", b"-> X25519  "),
        (b"-> X25519 ", b"-> X25519 more "),
        (b"\n---", b"\n----"),
        (b"\n--- ", b"\n---"),
        (stanza, stanza + stanza),
        (stanza, b""),
        (stanza, stanza + b"-> grease\n\n"),
        (stanza, stanza + b"-> grease \n\n"),
        (stanza, stanza + b"-> grease\n" + b"A" * 64 + b"\n"),
        (stanza, stanza + b"-> grease\nAB\n"),
        (stanza, stanza + b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" + b"A" * 43 + b"\n"),
        (stanza, stanza + b"-> long " + b"x" * 65_536 + b"\n\n"),
        (stanza.split()[2], b"A" * 43),
    ):
        yield whole.replace(old, new, 1)
    for cut in (0, 10, start, start + 10, len(whole) - 1):
        yield whole[:cut]
    for at in (len(whole) - 1, start + 6, start + 50, whole.index(stanza.split()[3]) + 3):
        yield whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    yield b"-----BEGIN AGE ENCRYPTED FILE-----\n" + base64.b64encode(whole)


def contexts_of(recipient: str) -> Iterator[bytes]:
    """Layers whose first line is a context or not quite one."""
    lines = [
        b'{"a":1}',
        b'{"a": 1}\nx',
        b"[1]\nx",
        b"null\nx",
        b"\n",
        b"",
        b'{"a":1,"a":1}\nx',
        b"\xff\n",
        b'{"a":1.5}\n',
    ]
    longest = [b'{"a":"' + b"x" * size + b'"}\n' for size in (8184, 8185)]
    for line in (b'{"a":1}\nx', *lines, *longest):
        yield agefile.encrypt(line, [recipient])


def test_the_same_layers_are_refused_for_the_same_fault() -> None:
    cast = people.cast()
    files = [*headers(agefile.encrypt(b'{"a":1}\n' + bytes(100), [cast.public("h1")])), *contexts_of(cast.public("h1"))]
    files.append(agefile.encrypt(b'{"a":1}\n', [cast.public("h2")]))
    ours = [fault(lambda f=file: contexts.split(agefile.decrypt(f, [cast.secret("h1")]))) for file in files]
    questions = [{"ask": "layer", "identity": str(cast.keys["h1"]), "file": b64(file)} for file in files]
    assert asked(questions) == ours
    assert set(ours) == {None, "malformed", "cannot-open", "wrong-context"}


def false_seals(cast: Cast) -> Iterator[layers.Sealed]:
    """Seals of side a, good and false, as a holder who comes first meets them."""
    good, other = cast.sealed("a", b"1"), cast.sealed("a", b"2")
    text = good.escrow
    lines = text.splitlines(keepends=True)
    yield good
    yield layers.Sealed(other.outer, text, "")
    yield layers.Sealed(b"junk", text, "")
    for changed in (
        b"",
        b"".join(lines[::-1]),
        b"".join(lines[1:]),
        text[:-1],
        text + lines[0],
        text.replace(b" ", b"  "),
    ):
        yield layers.Sealed(good.outer, changed, "")
    for content in (
        b"AGE-SECRET-KEY-1QQ\n",
        b"",
        str(cast.keys["a"]).encode(),
        f"{cast.keys['a']}\n".encode(),
        b"\xff\n",
    ):
        yield layers.Sealed(good.outer, wrapped(cast, good.outer, content), "")
    yield layers.Sealed(good.outer, wrapped(cast, good.outer, b"x\n", side="b"), "")
    outer = agefile.encrypt(contexts.joined(contexts.outer(cast.terms.id, "b", good.digest), b"x"), [cast.public("b")])
    yield layers.Sealed(outer, wrapped(cast, outer, f"{cast.keys['b']}\n".encode()), "")
    outer = agefile.encrypt(contexts.joined(contexts.outer(cast.terms.id, "a", "p:1"), b"x"), [cast.public("b")])
    yield layers.Sealed(outer, wrapped(cast, outer, f"{cast.keys['b']}\n".encode()), "")


def wrapped(cast: Cast, outer: bytes, content: bytes, side: str = "a") -> bytes:
    """An escrow of 1 of n whose chains end in this content."""
    lines = []
    for chain in escrow.chains(cast.terms):
        context = contexts.escrow(cast.terms.id, side, outers.digest(outer), chain, chain)
        sealed = agefile.encrypt(contexts.joined(context, content), [cast.public(chain)])
        lines.append(f"{chain} {b64(sealed)}\n".encode())
    return b"".join(lines)


@pytest.mark.parametrize("k", [1, 2])
def test_the_same_seals_are_refused_by_a_holder_for_the_same_fault(k: int) -> None:
    cast = people.cast(k=k)
    if k == 1:
        seals = [*false_seals(cast)]
    else:
        good, other = cast.sealed("a", b"1"), cast.sealed("a", b"2")
        seals = [good, layers.Sealed(good.outer, other.escrow, ""), layers.Sealed(good.outer, good.escrow[:-1], "")]
    ours = [fault(lambda s=s: escrow.peel(cast.terms, "h1", seal_of("a", s), [], cast.secret("h1"))) for s in seals]
    common = {"ask": "hold", "terms": cast.body, "me": "h1", "identity": str(cast.keys["h1"]), "side": "a"}
    questions = [common | {"outer": b64(seal.outer), "escrow": b64(seal.escrow)} for seal in seals]
    assert asked(questions) == ours
    assert ours[0] is None
    assert len(set(ours)) > k


def inners(cast: Cast) -> Iterator[tuple[str, bytes]]:
    """A digest as the outer layer names it, and what is inside: good, and false in one way each."""
    sealed = cast.sealed("a", b"Conditions\n")
    given = [cast.peels("h1", {"a": sealed}, [])]
    given.append(cast.peels("h2", {"a": sealed}, given))
    secret = escrow.secret(cast.terms, "a", given)
    assert secret is not None
    digest, inner = outers.open_outer(cast.terms, "a", sealed.outer, secret)
    plain = agefile.decrypt(inner, [cast.secret("b")])
    context, start = contexts.split(plain)
    yield digest, inner
    yield "p:" + "0" * 64, inner
    yield digest, pyrage.encrypt(plain, [cast.keys["a"].to_public()])
    sizes = [{"size": size} for size in (12, 10, 0, -1, 10**9, "11", True)]
    names = [{"salt": "1" * 32}, {"salt": "x"}, {"name": 1}, {"media": None}, {"side": "b"}, {"layer": "outer"}]
    others = [{"more": 1}, {"signature": {}}, {"signature": "x"}, {"exchange": "0" * 64}]
    another = {"signature": {**context["signature"], "key": "AAAA"}}
    for change in (*sizes, *names, *others, another):
        line = canonical.encode(context | change) + b"\n"
        yield digest, encrypted(cast, (line + plain[start:] + bytes(64))[: cast.bucket])
    yield digest, encrypted(cast, plain[:-1] + b"x")
    yield digest, encrypted(cast, plain[:-1])
    yield digest, encrypted(cast, plain + b"\0")
    yield digest, encrypted(cast, plain[:start] + b"X" + plain[start + 1 :])


def encrypted(cast: Cast, plain: bytes) -> bytes:
    return agefile.encrypt(plain, [cast.public("b"), cast.public("b-recovery")])


def test_the_same_papers_are_disputed_for_the_same_fault() -> None:
    cast = people.cast()
    cases = [*inners(cast)]
    ours = [fault(lambda d=d, i=i: layers.open_inner(cast.terms, "a", d, i, [cast.secret("b")])) for d, i in cases]
    common = {"ask": "inner", "terms": cast.body, "side": "a", "identity": str(cast.keys["b"])}
    assert asked([common | {"digest": digest, "inner": b64(inner)} for digest, inner in cases]) == ours
    assert set(ours) == {None, "cannot-open", "wrong-context", "wrong-size", "wrong-digest", "wrong-signature"}
