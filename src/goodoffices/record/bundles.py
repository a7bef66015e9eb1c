"""Bundles: one room's record in a zip file, made to be verified without us. Format: section 8 of docs/design/record.md.

Members, in this order: ``checkpoint``, ``entries.jsonl``, ``leaves``, ``particulars/<digest>``,
``signatures/<digest>``, ``manifest.json``. The same record gives the same bytes: there is no clock in them.

Every member is stored, none is compressed. Inflating 100 MB takes longer than everything else a verifier does with it
(paper and picture are compressed already), a verifier can hand parts of the file to several processes, and a file
whose members are as large as they look cannot be a zip bomb.

``write`` streams: it holds the digests of what entries cite, and a few particulars at a time, never the record.
"""

from __future__ import annotations

import io
import mmap
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from goodoffices.record import canonical, entries
from goodoffices.record.particulars import Particular

FORMAT = "goodoffices-bundle/1"
CHECKPOINT, ENTRIES, LEAVES, MANIFEST = "checkpoint", "entries.jsonl", "leaves", "manifest.json"
PARTICULARS, SIGNATURES = "particulars/", "signatures/"

_SINGLE = (CHECKPOINT, ENTRIES, LEAVES, MANIFEST)
_NAME = re.compile(r"checkpoint|entries\.jsonl|leaves|manifest\.json|(?:particulars|signatures)/[0-9a-f]{64}")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can hold; it says nothing
_AT_ONCE = 16  # particulars held at a time: a paper has up to 25 MiB
_PIECE = 4 * 1024 * 1024  # bytes of a large member looked at in one go
_LOCAL = struct.Struct("<4s2xHH8x8xHH")  # signature, flags, method, length of name, length of extra field
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ZIP64 = b"\x01\x00\x10\x00"  # the one extra field there is: room for a size past 4 GiB

Source: TypeAlias = "str | os.PathLike[str] | bytes"


class BadBundle(ValueError):
    """A file that is not a bundle; the message says why, in plain words."""


@dataclass(frozen=True)
class Contents:
    """What a bundle is made of. ``lines`` and ``leaves``: canonical bytes and stored leaf hashes (32 bytes), in order.

    ``particulars`` and ``signatures`` look up by citation and by digest; what is gone is absent.
    """

    talks: str
    room: str
    origin: str
    size: int
    checkpoint: str
    lines: Iterable[bytes]
    leaves: Iterable[bytes]
    particulars: Callable[[Iterable[str]], Mapping[str, Particular]]
    signatures: Callable[[Iterable[str]], Mapping[str, bytes]]


@dataclass
class _Cited:
    """What the entries cite: particulars not erased by an entry of this very record, and signatures."""

    particulars: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    signatures: set[str] = field(default_factory=set)


def write(file: BinaryIO, contents: Contents) -> None:
    """Write a bundle to ``file`` (open for writing, seekable)."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        put(archive, CHECKPOINT, contents.checkpoint.encode())
        cited = _write_entries(archive, contents.lines)
        _write_streamed(archive, LEAVES, contents.leaves)
        absent = _write_particulars(archive, contents, sorted(cited.particulars - cited.erased))
        for digest in sorted(cited.signatures):
            for stored in contents.signatures([digest]).values():
                put(archive, SIGNATURES + digest, stored)
        put(archive, MANIFEST, canonical.encode(manifest(contents, absent)))


def manifest(contents: Contents, absent: Iterable[str]) -> dict[str, object]:
    """The fields of ``manifest.json``; ``absent``: digests of particulars that are gone, in order."""
    return {
        "format": FORMAT,
        "talks": contents.talks,
        "room": contents.room,
        "origin": contents.origin,
        "size": contents.size,
        "absent": list(absent),
    }


def citations(body: object) -> Iterator[str]:
    """The well-formed citations (``p:`` and 64 lower-case hex digits) in a body."""
    return (c for c in entries.cited(body) if not c[2:].strip("0123456789abcdef"))


def _write_entries(archive: zipfile.ZipFile, lines: Iterable[bytes]) -> _Cited:
    cited = _Cited()

    def noted() -> Iterator[bytes]:
        for line in lines:
            _note(cited, line)
            yield line + b"\n"

    _write_streamed(archive, ENTRIES, noted())
    return cited


def _note(cited: _Cited, line: bytes) -> None:
    """A line that was damaged in the database is exported as it stands, for the verifier to name it."""
    if b'"p:' not in line and b'"signed":' not in line:
        return
    try:
        entry = entries.decode(line)
        found = set(citations(entry.body))
        cited.particulars |= found
        if entry.kind == "particulars-erased":
            cited.erased |= found.intersection(entry.body["particulars"])
        if entry.header.signed is not None:
            cited.signatures.add(entry.header.signed.signature)
    except (ValueError, KeyError, TypeError):
        return


def _write_particulars(archive: zipfile.ZipFile, contents: Contents, wanted: list[str]) -> list[str]:
    """Write those that are there, and return the digests of those that are not."""
    absent = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found = contents.particulars(some)
        for citation in some:
            if citation in found:
                put(archive, PARTICULARS + citation[2:], found[citation].salt + found[citation].content)
            else:
                absent.append(citation[2:])
    return absent


def put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a member as a bundle holds it: stored, without a date."""
    archive.writestr(_info(name), content)


def _write_streamed(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> None:
    with archive.open(_info(name), "w", force_zip64=True) as member:
        for part in parts:
            member.write(part)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = 3  # wherever it is made
    info.external_attr = 0o600 << 16
    return info


class Bundle:
    """A bundle opened for reading. What its members hold is not checked here; ``verify`` does that.

    The members named in the module's docstring are all there, each once, and nothing else is: no other member, nothing
    compressed, encrypted, overlapping or hidden between members. Raises ``BadBundle``. Close it, or use ``with``.
    """

    def __init__(self, source: Source) -> None:
        self.path = None if isinstance(source, bytes) else Path(source)
        self.data: bytes | mmap.mmap = source if isinstance(source, bytes) else _mapped(Path(source))
        try:
            self._places = places(self.data, _NAME, _SINGLE)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if isinstance(self.data, mmap.mmap):
            self.data.close()

    def place(self, name: str) -> tuple[int, int]:
        """Where a member's bytes start and end in the file."""
        return self._places[name][:2]

    def names(self, folder: str) -> list[str]:
        """The digests in ``particulars/`` or ``signatures/``."""
        return [name[len(folder) :] for name in self._places if name.startswith(folder)]

    def raw(self, name: str) -> bytes:
        """A member's bytes."""
        start, end, _ = self._places[name]
        return bytes(self.data[start:end])

    def unsound(self) -> Iterator[str]:
        """Members whose bytes do not have the checksum that the zip file gives for them."""
        for name, (start, end, checksum) in self._places.items():
            found = 0
            for at in range(start, end, _PIECE):
                found = zlib.crc32(self.data[at : min(at + _PIECE, end)], found)
            if found != checksum:
                yield name

    def line(self, seq: int) -> bytes:
        """The canonical bytes of one entry, without the line feed; empty past the last one."""
        start, end = self.place(ENTRIES)
        for _ in range(seq):
            start = self.data.find(b"\n", start, end) + 1 or end
        stop = self.data.find(b"\n", start, end)
        return bytes(self.data[start : stop if stop >= 0 else end])


def _mapped(path: Path) -> bytes | mmap.mmap:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise BadBundle(f"{path.name} is empty")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        if isinstance(error, BadBundle):
            raise
        raise BadBundle(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def places(data: bytes | mmap.mmap, names: re.Pattern[str], required: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Where each member of a zip file starts and ends, and its checksum: all of these names, each once, as the module's
    docstring says, and nothing else. Raises ``BadBundle``."""
    if data[:21] == b"age-encryption.org/v1":
        raise BadBundle("this bundle is encrypted; open it with its recipient's key first: age -d -i KEY -o bundle.zip")
    infos, directory = _directory(data)
    found: dict[str, tuple[int, int, int]] = {}
    expected = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        _check_member(info, names, found)
        if info.header_offset != expected:
            raise BadBundle(f"something lies hidden before {info.filename}")
        start = _content(data, info)
        expected = start + info.file_size
        found[info.filename] = (start, expected, info.CRC)
    if expected != directory:
        raise BadBundle("something lies hidden after the last member")
    missing = [name for name in required if name not in found]
    if missing:
        raise BadBundle(f"it has no {missing[0]}")
    return found


def _directory(data: bytes | mmap.mmap) -> tuple[list[zipfile.ZipInfo], int]:
    """Every member the zip file lists, and where that list starts."""
    try:
        file = io.BytesIO(data) if isinstance(data, bytes) else data
        with zipfile.ZipFile(file) as archive:  # type: ignore[arg-type]  # an mmap reads, seeks and tells
            if archive.comment:
                raise BadBundle("the zip file carries a comment")
            return archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, OverflowError) as error:
        if isinstance(error, BadBundle):
            raise
        raise BadBundle("it is not a zip file, or it was cut short or damaged") from error


def _check_member(info: zipfile.ZipInfo, names: re.Pattern[str], known: Mapping[str, object]) -> None:
    name = info.orig_filename
    if not names.fullmatch(name) or name != info.filename:
        raise BadBundle(f"it holds {name[:80]!r}, which is no part of a bundle")
    if name in known:
        raise BadBundle(f"it holds {name} twice")
    if info.flag_bits & 1:
        raise BadBundle(f"{name} is encrypted")
    if info.comment:
        raise BadBundle(f"{name} carries a comment")
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        raise BadBundle(f"{name} is compressed; in a bundle nothing is")


def _content(data: bytes | mmap.mmap, info: zipfile.ZipInfo) -> int:
    """Where a member's bytes start; its own heading must agree with the zip file's list."""
    at = info.header_offset
    head = data[at : at + _LOCAL.size]
    if len(head) != _LOCAL.size:
        raise BadBundle(f"{info.filename} lies outside the file")
    signature, flags, method, name, extra = _LOCAL.unpack(head)
    named: int = at + _LOCAL.size + name
    if signature != _LOCAL_SIGNATURE or flags != info.flag_bits or method != info.compress_type:
        raise BadBundle(f"the heading of {info.filename} does not agree with the zip file's list of members")
    if data[at + _LOCAL.size : named] != info.filename.encode():
        raise BadBundle(f"{info.filename} has another name in its own heading")
    if extra and (extra != 20 or data[named : named + 4] != _ZIP64):
        raise BadBundle(f"something lies hidden in the heading of {info.filename}")
    return named + int(extra)
