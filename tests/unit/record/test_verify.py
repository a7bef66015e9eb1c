import io
import subprocess
import sys
from pathlib import Path

import pytest

from goodoffices.record import bundles
from goodoffices.record.checkpoints import VerifierKey
from goodoffices.record.verify import Fault, verify
from goodoffices.secretariat.exporting import export
from tests.people import HOST, SIDE_A, open_round
from tests.unit.record import specimen
from tests.unit.record.specimen import ANNA, BORIS, NEW_LOG, OLD_LOG, ORIGIN, OTHER_LOG, PASSKEY, ssh


def test_the_specimen_verifies() -> None:
    report = verify(specimen.specimen())
    assert report.counts() == {
        "signed": 6,
        "entered": 15,
        "minuted": 1,
        "minuted-confirmed": 1,
        "minuted-objected": 1,
    }
    assert [report.label(seq) for seq in (0, 3, 5, 7, 9)] == [
        "entered",
        "signed",
        "minuted-confirmed",
        "minuted-objected",
        "minuted",
    ]
    assert (report.size, report.kind, report.name, report.talks_name) == (24, "plenary", "plenary", "specimen")
    assert list(report.erased.values()) == [18]
    assert len(report.absent) == 1
    assert report.continues == {"origin": "host.test/" + "99" * 16, "size": 12, "root": "ab" * 32}
    assert not report.key_given
    assert report.key == VerifierKey(ORIGIN, NEW_LOG.public)


def test_it_says_who_signed_and_with_which_key() -> None:
    from goodoffices.record.signatures import key_id

    signed = verify(specimen.specimen()).signed
    assert {seq: (hand.person, hand.key) for seq, hand in signed.items()} == {
        3: (ANNA, key_id(ssh("anna"))),
        4: (BORIS, key_id(PASSKEY.key)),
        6: (ANNA, key_id(ssh("anna"))),
        8: (BORIS, key_id(PASSKEY.key)),
        10: (ANNA, key_id(ssh("anna"))),
        16: (ANNA, key_id(ssh("anna 2"))),
    }


@pytest.mark.parametrize("known", [OLD_LOG, NEW_LOG])
def test_a_key_from_elsewhere_may_be_the_first_or_a_later_one(known: object) -> None:
    assert verify(specimen.specimen(), VerifierKey(ORIGIN, known.public)).key_given  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", [VerifierKey(ORIGIN, OTHER_LOG.public), VerifierKey("x/y", OLD_LOG.public)])
def test_another_key_from_elsewhere_is_a_fault(key: VerifierKey) -> None:
    with pytest.raises(Fault, match="the record names another log key than the one that was given") as found:
        verify(specimen.specimen(), key)
    assert found.value.seq is None


def test_an_export_of_a_round_verifies_for_each_who_may_read_it() -> None:
    talks = open_round()
    for who in (HOST, SIDE_A):
        view = talks.view(who, "plenary")
        file = io.BytesIO()
        export(view, file)
        report = verify(file.getvalue())
        assert (report.size, report.room, report.checkpoint.root) == (view.size, view.id, view.root)


def test_a_large_record_is_shared_among_processes_and_reads_alike(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "specimen.zip"
    file.write_bytes(specimen.specimen())
    alone = verify(file, processes=1)
    monkeypatch.setattr("goodoffices.record.verify.sharing.CHUNK", 2000)
    assert verify(file, processes=1) == alone
    monkeypatch.setattr("goodoffices.record.verify.sharing.SHARED_FROM", 0)
    monkeypatch.setattr("goodoffices.record.verify.members.SIGNATURES_SHARED_FROM", 0)
    assert verify(file, processes=2) == alone


def test_it_needs_no_django_no_database_and_no_network(tmp_path: Path) -> None:
    file = tmp_path / "specimen.zip"
    file.write_bytes(specimen.specimen())
    program = (
        "import socket, sys; socket.socket = None\n"
        f"sys.argv = ['goodoffices', 'record', 'verify', {str(file)!r}]\n"
        "from goodoffices.cli import main\n"
        "try:\n    main()\nfinally:\n"
        "    assert not {'django', 'psycopg', 'sqlite3'} & sys.modules.keys(), 'too much'\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "24 entries, all of them right" in done.stdout


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"PK\x05\x06" + bytes(18), b"age-encryption.org/v1\n-> X"])
def test_what_is_no_bundle_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(Fault, match=r"^This is not a bundle: ") as found:
        verify(file)
    assert found.value.seq is None
    with pytest.raises(bundles.BadBundle):
        bundles.Bundle(tmp_path / "no such file")
