"""Every kind of change to a bundle is found, and named by the entry it was made to.

Two kinds of forger: somebody who changes a file, and a host with the log key who hashes and signs anew. And two
verifiers, the quick one and a plain one, that must say the same of everything.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.record import bundles, canonical, logkeys, signatures
from goodoffices.record.verify import Fault, verify
from tests.unit.record import specimen
from tests.unit.record.plain_verifier import WHOLE, first_fault
from tests.unit.record.specimen import (
    ANNA,
    BORIS,
    CLARA,
    ENVOY,
    HOST,
    NEW_LOG,
    OLD_LOG,
    ORIGIN,
    OTHER_LOG,
    SIDE_A,
    SIDE_B,
    by_pen,
    delegate,
    edited,
    forged,
    lines,
    make,
    members,
    ssh,
    with_lines,
    zipped,
)  # fmt: skip
from tests.unit.record.specimen import (
    specimen as whole_specimen,
)

SIZE = 24


def fault(bundle: bytes) -> Fault:
    """The fault of a bundle, after both verifiers were seen to place it alike."""
    with pytest.raises(Fault) as found:
        verify(bundle, processes=1)
    plainly = first_fault(bundle)
    assert plainly == (WHOLE if found.value.seq is None else found.value.seq), found.value
    return found.value


# Somebody changes a file.


def test_the_plain_verifier_accepts_the_specimen() -> None:
    assert first_fault(whole_specimen()) is None


def flips(content: bytes, step: int = 1) -> Iterator[tuple[int, bytes]]:
    for place in range(0, len(content), step):
        changed = bytearray(content)
        changed[place] ^= 1 << (place % 8)
        yield place, bytes(changed)


def named(changed: dict[str, bytes]) -> int | None:
    with pytest.raises(Fault) as found:
        verify(zipped(changed), processes=1)
    return found.value.seq


def where(whole: dict[str, bytes], name: str, place: int) -> int | None:
    """The entry that a byte belongs to, by its line or by what cites it."""
    lines = whole["entries.jsonl"].split(b"\n")
    if name == "entries.jsonl":
        return whole[name][:place].count(b"\n")
    digest = name.partition("/")[2].encode()
    return next(seq for seq, line in enumerate(lines) if digest in line) if digest else None


@pytest.mark.parametrize("name", list(specimen.tiny()))
def test_every_flipped_byte_is_named_by_its_entry(name: str) -> None:
    whole = specimen.tiny()
    for place, changed in flips(whole[name]):
        assert named(whole | {name: changed}) == where(whole, name, place), place


@pytest.mark.parametrize("name", [name for name in members() if name != "manifest.json"])
def test_bytes_flipped_here_and_there_in_the_specimen_are_named_by_their_entry(name: str) -> None:
    for place, changed in flips(members()[name], 97):
        assert named(members() | {name: changed}) == where(members(), name, place), place


def citing() -> dict[str, int]:
    """By digest of a particular or a signature, the first entry that names it."""
    found = {name.partition("/")[2]: where(members(), name, 0) for name in members() if "/" in name}
    return {digest: seq for digest, seq in found.items() if seq is not None}


def test_every_flipped_byte_of_the_file_is_found_or_says_nothing() -> None:
    """Times and versions in the zip file's headings mean nothing to anybody; all the rest is checked."""
    honest = whole_specimen()
    report = verify(honest, processes=1)
    for place in range(0, len(honest), 61):
        changed = bytearray(honest)
        changed[place] ^= 1 << (place % 8)
        with suppress(Fault):
            assert verify(bytes(changed), processes=1) == report


def test_a_truncated_file_is_no_bundle() -> None:
    honest = whole_specimen()
    for length in range(0, len(honest), 211):
        with pytest.raises(Fault, match="This is not a bundle"):
            verify(honest[:length])


@pytest.mark.parametrize("seq", range(SIZE))
def test_a_dropped_entry_is_named(seq: int) -> None:
    changed = lines()
    del changed[seq]
    assert fault(with_lines(changed)).seq == seq


@pytest.mark.parametrize("seq", range(SIZE))
def test_a_doubled_entry_is_named(seq: int) -> None:
    changed = lines()
    changed.insert(seq, changed[seq])
    assert fault(with_lines(changed)).seq == seq + 1


@pytest.mark.parametrize("seq", range(SIZE - 1))
def test_swapped_entries_are_named(seq: int) -> None:
    changed = lines()
    changed[seq : seq + 2] = reversed(changed[seq : seq + 2])
    assert fault(with_lines(changed)).seq == seq


@pytest.mark.parametrize("seq", range(SIZE))
def test_a_record_cut_short_is_named(seq: int) -> None:
    raw = b"".join(line + b"\n" for line in lines()[: seq + 1])
    assert fault(zipped(members() | {"entries.jsonl": raw[:-1]})).seq == seq
    assert fault(zipped(members() | {"entries.jsonl": raw[:-40]})).seq == seq
    if seq < SIZE - 1:
        assert fault(zipped(members() | {"entries.jsonl": raw})).seq == seq + 1


def test_a_record_without_entries_is_a_fault() -> None:
    assert named(members() | {"entries.jsonl": b""}) is None


def test_an_entry_altered_together_with_its_hash_is_found_by_the_checkpoint() -> None:
    changed = edited(20, lambda e: e["header"].update(at="2030-01-15T09:00:20.001Z"))
    m = make()
    m.lines = changed
    found = fault(zipped(m.members() | {"checkpoint": members()["checkpoint"]}))
    assert (found.seq, found.why) == (
        None,
        "the checkpoint is of another history: the root of these entries is another",
    )


@pytest.mark.parametrize("folder", ["particulars", "signatures"])
def test_members_that_are_exchanged_missing_or_too_many(folder: str) -> None:
    names = sorted(name for name in members() if name.startswith(folder))
    first = citing()
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        seq = first[name.partition("/")[2]]
        assert fault(zipped(members() | {name: members()[other]})).seq == seq
        assert fault(zipped({k: v for k, v in members().items() if k != name})).seq == seq
    found = fault(zipped(members() | {f"{folder}/{'ab' * 32}": b"x" * 20}))
    assert (found.seq, "ab" * 32 in found.why) == (None, True)


def test_an_erased_particular_that_is_there_again_is_named_by_the_erasure() -> None:
    m = make()
    before = make_until_erasure()
    m.particulars.update(before)
    found = fault(m.bundle())
    assert (found.seq, "still there" in found.why) == (18, True)


def make_until_erasure() -> dict[str, bytes]:
    import hashlib

    text = b"A private address"
    salt = hashlib.sha256(b"salt 17 " + text).digest()[:16]
    return {hashlib.sha256(salt + text).hexdigest(): salt + text}


@pytest.mark.parametrize("key", [OLD_LOG, OTHER_LOG])
def test_a_checkpoint_under_another_key_is_a_fault(key: Any) -> None:
    found = fault(forged(lines(), key=key))
    assert (found.seq, "none of the known keys" in found.why) == (None, True)


def test_a_shorter_record_signed_by_the_log_key_itself_verifies_and_only_comparing_shows_it() -> None:
    m = make()
    m.lines = m.lines[:20]  # before anything of a later entry is named
    m.absent = []
    found = fault(m.bundle())  # its particulars and signatures are too many
    assert found.seq is None
    cited = b"".join(m.lines)
    m.particulars = {d: c for d, c in m.particulars.items() if d.encode() in cited}
    assert verify(m.bundle()).size == 20


# A host with the log key hashes and signs anew: what it cannot do is still found.


def header(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda entry: entry["header"].update(changes)


def body(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda entry: entry["body"].update(changes)


def without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda entry: entry["header"].pop(name)  # type: ignore[no-any-return]


FORGERIES: list[tuple[str, int, Callable[[dict[str, Any]], None], str]] = [
    ("unseated author", 2, header(author={"person": CLARA, "delegation": SIDE_A}), "was not seated"),
    ("author of another delegation", 2, header(author={"person": ENVOY, "delegation": SIDE_A}), "was not seated"),
    ("author not yet seated", 1, header(author={"person": BORIS, "delegation": SIDE_B}), "was not seated"),
    ("author whose delegation was removed", 15, header(author={"person": CLARA, "delegation": specimen.THIRD}),
     "was not seated"),
    ("author withdrawn", 22, header(author={"person": BORIS, "delegation": SIDE_B}), "was not seated"),
    ("for by a side", 15, header(**{"for": SIDE_B}), "which only the host does"),
    ("time going back", 13, header(at="2030-01-15T08:00:00.000Z"), "is before that of the entry before it"),
    ("time of no form", 13, header(at="2030-01-15 09:00:13Z"), "malformed"),
    ("no such day", 13, header(at="2030-02-30T09:00:13.000Z"), "no such day"),
    ("number out of order", 13, header(seq=14), "its number is 14 where 13 is due"),
    ("another room", 13, header(room="aa" * 16), "another room"),
    ("another talks", 13, header(talks="aa" * 16), "another room or other talks"),
    ("two authors of one act", 12, header(author={"person": ANNA, "delegation": SIDE_A}), "act of another author"),
    ("an act that was over", 15, header(act=f"{3:032x}", author={"person": ENVOY, "delegation": HOST}), "was over"),
    ("more in the header", 13, header(more=1), "which is not a part of a header"),
    ("less in the header", 13, without("kv"), "has no “kv”"),
    ("another version", 13, header(v=2), "version this program does not know"),
    ("another version of a kind of the record's own", 11, header(kv=2), "does not know version 2"),
    ("more beside header and body", 13, lambda e: e.update(more={}), "nothing else"),
    ("a body that is none", 13, lambda e: e.update(body=[]), "nothing else"),
    ("room-opened again", 13, header(kind="room-opened"), "at the beginning of a record"),
    ("another beginning", 0, header(kind="statement-made"), "begins with room-opened"),
    ("other talks in the body", 0, body(talks="aa" * 16), "other talks"),
    ("a log of another room", 0, body(log={"origin": "host.test/x", "key": "AA=="}), "log is of another room"),
    ("stripped signature", 3, without("signed"), "is not signed"),
    ("stripped signature on a key", 10, without("signed"), "is not signed"),
    ("minute confirmed by another side", 8, body(entry=make().ref(5)), "minuted for another delegation"),
    ("minute confirmed that is none", 6, body(entry=make().ref(2)), "was not minuted"),
    ("seat of a person who has one", 12, body(delegate=delegate(ANNA, SIDE_A, ssh("forger"))), "has a seat"),
    ("erasing what nobody cited", 18, body(particulars=["p:" + "ab" * 32]), "no entry before it cites"),
    ("a log key the old one did not sign", 19, body(old="AAAA"), "the old log key did not sign"),
    ("a log key that did not sign itself", 19, body(new="AAAA"), "the new log key did not sign"),
    ("a log key without the old one's signature", 19, lambda e: e["body"].pop("old"), "malformed"),
    ("a log key without its own signature", 19, lambda e: e["body"].pop("new"), "malformed"),
    ("a log key handed over in another room", 19, body(**logkeys.replaced("host.test/other", OLD_LOG, NEW_LOG)),
     "the old log key did not sign"),
    ("a log key handed over by another key", 19, body(**logkeys.replaced(ORIGIN, OTHER_LOG, NEW_LOG)),
     "the old log key did not sign"),
    ("a log key replaced by a side that does not sit here", 19, header(author={"person": CLARA, "delegation": SIDE_A}),
     "was not seated"),
    ("particular exchanged", 20, body(words="p:" + "cd" * 32), "neither there nor said to be erased"),
    ("written after closing", 23, header(kind="statement-made"), "closed by entry 22"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seq", "change", "why"), [pytest.param(*case[1:], id=case[0].replace(" ", "-")) for case in FORGERIES]
)
def test_a_forged_record_is_named_by_its_first_wrong_entry(
    seq: int, change: Callable[[dict[str, Any]], None], why: str
) -> None:
    found = fault(forged(edited(seq, change)))
    assert (found.seq, why in found.why) == (seq, True), found


def test_a_change_before_a_signed_entry_is_named_at_the_latest_where_somebody_signed() -> None:
    found = fault(forged(edited(2, header(at="2030-01-15T09:00:02.500Z"))))
    assert (found.seq, found.why) == (3, "it was signed on another history of the first 3 entries than this one")


def resigned(seq: int, stored: bytes) -> bytes:
    """The specimen with another signature at ``seq``, and everything else made right again by the log key."""
    digest = signatures.digest(stored)
    changed = edited(seq, lambda e: e["header"]["signed"].update(signature=digest))
    m = make()
    old = canonical.decode(m.lines[seq])["header"]["signed"]["signature"]  # type: ignore[index,call-overload]
    m.lines = changed
    del m.signatures[old]  # type: ignore[arg-type]
    m.signatures[digest] = stored
    return m.bundle()


def test_forged_signatures_are_named() -> None:
    entry: Any = canonical.decode(lines()[16])
    head, base = entry["header"], entry["header"]["signed"]["base"]
    right = (head["talks"], head["room"], head["act"], head["kind"], entry["body"], base)

    def payload(**changes: Any) -> bytes:
        names = ("talks", "room", "act", "kind", "body", "base")
        return signatures.payload(*(dict(zip(names, right, strict=True)) | changes).values())

    assert verify(resigned(16, by_pen("anna 2")(payload()))).size == SIZE
    forgeries = {
        "another key": by_pen("forger")(payload()),
        "a key that was replaced": by_pen("anna")(payload()),
        "another act": by_pen("anna 2")(payload(act="ab" * 16)),
        "another body": by_pen("anna 2")(payload(body={"proposal": "e:" + "00" * 32})),
        "another room": by_pen("anna 2")(payload(room="ab" * 16)),
        "another kind": by_pen("anna 2")(payload(kind="presence-declined")),
        "another base": by_pen("anna 2")(payload(base=base | {"size": 1})),
        "no signature": b"{}",
    }
    for name, stored in forgeries.items():
        assert fault(resigned(16, stored)).seq == 16, name


def test_a_base_of_the_future_or_of_another_record_is_named() -> None:
    for base in ({"size": 17, "root": make().root(17).hex()}, {"size": 5, "root": make().root(6).hex()}):
        m = make()
        m.lines = m.lines[:16]
        head = {"talks": specimen.TALKS, "room": specimen.ROOM, "act": "f" * 32, "kind": "presence-consented"}
        stored = by_pen("anna 2")(signatures.payload(*head.values(), {}, base))
        changed = edited(
            16,
            lambda e, b=base, s=stored: (
                e["header"].update(  # type: ignore[misc]
                    act="f" * 32, signed={"base": b, "signature": signatures.digest(s)}
                )
                or e.update(body={})
            ),
        )
        made = make()
        made.lines = changed
        made.signatures[signatures.digest(stored)] = stored
        assert fault(made.bundle()).seq == 16


def test_a_key_is_named_by_its_owner_alone() -> None:
    m = make()
    m.lines = m.lines[:9]
    m.enter("key-named", {"delegate": ANNA, "key": ssh("forger"), "replaces": None}, (ENVOY, HOST))
    found = fault(tidy(m).bundle())
    assert (found.seq, "somebody else" in found.why) == (9, True)


def test_a_minute_is_answered_once() -> None:
    m = make()
    m.lines, m.acts = m.lines[:9], 50
    m.enter("minute-objected", {"entry": m.ref(5)}, specimen.A, sign=by_pen("anna"))
    found = fault(tidy(m).bundle())
    assert (found.seq, "answered before" in found.why) == (9, True)


def test_the_host_does_not_confirm_its_own_minute() -> None:
    m = make()
    m.lines, m.acts = m.lines[:8], 50
    m.enter("minute-confirmed", {"entry": m.ref(7)}, behalf=SIDE_B)
    assert fault(tidy(m).bundle()).seq == 8


def tidy(m: specimen.Maker) -> specimen.Maker:
    """Without the particulars and signatures of entries that were cut off; under the first log key."""
    raw = b"".join(m.lines)
    m.particulars = {d: c for d, c in m.particulars.items() if d.encode() in raw}
    m.signatures = {d: s for d, s in m.signatures.items() if d.encode() in raw}
    m.absent, m.log_key = [d for d in m.absent if d.encode() in raw], OLD_LOG
    return m


def test_an_unknown_kind_verifies() -> None:
    assert b'"something-new"' in lines()[15]
    assert verify(forged(edited(20, header(kind="never-heard-of", kv=9)))).size == SIZE


# The zip file itself.


def pairs() -> list[tuple[str, bytes]]:
    return list(members().items())


def archive(change: Callable[[zipfile.ZipInfo], None], name: str = "leaves") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for member, content in pairs():
            info = zipfile.ZipInfo(member)
            if member == name:
                change(info)
            made.writestr(info, content)
    return file.getvalue()


def deflate(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_DEFLATED


def comment(info: zipfile.ZipInfo) -> None:
    info.comment = b"hidden"


def extra(info: zipfile.ZipInfo) -> None:
    info.extra = b"\x99\x99\x04\x00abcd"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("checkpoint", "entries.jsonl", "leaves", "manifest.json"):
            made.writestr(name, bytes(50_000_000))
    assert len(file.getvalue()) < 300_000
    return file.getvalue()


def doubled() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped([*pairs(), ("leaves", members()["leaves"])])


def trailing() -> bytes:
    file = io.BytesIO(whole_specimen())
    with zipfile.ZipFile(file, "a") as made:
        made.comment = b"more"
    return file.getvalue()


@pytest.mark.parametrize(
    ("make_bundle", "why"),
    [
        (lambda: zipped([*pairs(), ("README", b"x")]), "holds 'README', which is no part of a bundle"),
        (lambda: zipped([*pairs(), ("../../etc/passwd", b"x")]), "which is no part of a bundle"),
        (lambda: zipped([*pairs(), ("particulars/" + "AB" * 32, b"x")]), "which is no part of a bundle"),
        (lambda: zipped([*pairs(), ("particulars/", b"")]), "which is no part of a bundle"),
        (lambda: zipped([*pairs(), ("leavés", b"")]), "which is no part of a bundle"),
        (doubled, "holds leaves twice"),
        (bomb, "is compressed"),
        (lambda: archive(deflate), "leaves is compressed"),
        (lambda: archive(comment), "leaves carries a comment"),
        (lambda: archive(extra), "something lies hidden in the heading of leaves"),
        (trailing, "carries a comment"),
        (lambda: b"#!/bin/sh\n" + whole_specimen(), "something lies hidden before|not a zip file"),
        (lambda: zipped({k: v for k, v in pairs() if k != "leaves"}), "it has no leaves"),
        (lambda: zipped({k: v for k, v in pairs() if k != "checkpoint"}), "it has no checkpoint"),
    ],
)  # fmt: skip
def test_a_zip_file_that_is_more_or_less_than_a_bundle_is_refused(make_bundle: Callable[[], bytes], why: str) -> None:
    with pytest.raises(Fault, match=why) as found:
        verify(make_bundle())
    assert found.value.seq is None


@pytest.mark.parametrize("name", ["checkpoint", "manifest.json", "entries.jsonl"])
@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"null", b"{}", b"[1.5]", b"\n", b"\x00" * 9])
def test_hostile_members_are_faults_and_nothing_worse(name: str, content: bytes) -> None:
    with pytest.raises(Fault):
        verify(zipped(members() | {name: content}))


# Both verifiers say the same of everything.

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.sampled_from(
        ["", "p:" + "ab" * 32, "e:" + "ab" * 32, "x", ANNA, HOST, 'a"p:' + "ab" * 32 + '"', "é", "room-opened"]
    ),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "keys", "delegate", "delegation", "entry", "key", "p:" + "ab" * 32, "type"]),
        part, max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip
KINDS = ["room-opened", "delegate-accredited", "key-named", "delegation-removed", "minute-confirmed", "statement-made",
         "particulars-erased", "log-key-replaced", "presence-consented", "delegate-withdrawn"]  # fmt: skip


def put(value: Any, path: list[int], new: Any) -> Any:
    """``value`` with one part of it, found by walking along ``path``, replaced."""
    if not path or not isinstance(value, dict | list) or not value:
        return new
    if isinstance(value, dict):
        key = sorted(value)[path[0] % len(value)]
        return value | {key: put(value[key], path[1:], new)}
    place = path[0] % len(value)
    return [*value[:place], put(value[place], path[1:], new), *value[place + 1 :]]


@settings(max_examples=300, deadline=None)
@given(
    seq=st.integers(0, SIZE - 1),
    path=st.lists(st.integers(0, 20), min_size=1, max_size=5),
    new=JSON,
    kind=st.none() | st.sampled_from(KINDS),
)
def test_both_verifiers_agree_on_any_entry_changed_and_signed_anew(
    seq: int, path: list[int], new: Any, kind: str | None
) -> None:
    changed = lines()
    value: Any = put(canonical.decode(changed[seq]), path, new)
    if kind is not None and isinstance(value, dict) and isinstance(value.get("header"), dict):
        value["header"]["kind"] = kind
    try:
        changed[seq] = canonical.encode(value)
    except canonical.NotCanonical:
        changed[seq] = repr(value).encode()
    agree(forged(changed))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_both_verifiers_agree_on_any_bytes_changed(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(members())))
    content = bytearray(members()[name])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        content[start:end] = data.draw(st.binary(max_size=40) | st.sampled_from([b"\n", b'"', b"}", b"0"]))
    agree(zipped(members() | {name: bytes(content)}))


def agree(bundle: bytes) -> None:
    try:
        verify(bundle, processes=1)
        quick: int | str | None = None
    except Fault as found:
        quick = WHOLE if found.seq is None else found.seq
    assert quick == first_fault(bundle)


def test_the_format_is_the_one_the_documents_name() -> None:
    assert bundles.FORMAT == "goodoffices-bundle/1"
