"""The form of one header to the last byte, and why a line is no entry: for a line read by itself."""

from __future__ import annotations

import re
from functools import lru_cache

from goodoffices.record.entries import MAX_ENTRY_BYTES

TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z"
KIND = "[a-z0-9-]{1,60}"

_HEX_32 = b"[0-9a-f]{32}"
_HEADER = (
    rb'"header":\{"act":"[0-9a-f]{32}","at":"%b",'
    rb'"author":\{"delegation":"[0-9a-f]{32}","person":"[0-9a-f]{32}"\},(?:"for":"[0-9a-f]{32}",)?'
    rb'"kind":"%b","kv":[1-9][0-9]{0,15},"room":"%b","seq":(?:0|[1-9][0-9]{0,15}),'
    rb'(?:"signed":\{"base":\{"root":"[0-9a-f]{64}","size":(?:0|[1-9][0-9]{0,15})\},"signature":"[0-9a-f]{64}"\},)?'
    rb'"talks":"%b","v":1\}\}'
)
_HEADER_KEYS = {"act", "at", "author", "kind", "kv", "room", "seq", "talks", "v"}


def well_formed(line: bytes, value: object, talks: bytes, room: bytes) -> bool:
    """Whether canonical bytes, read as ``value``, are an entry of this record, as far as that shows in its form.

    The header is the end of a canonical line, so one expression checks it to the last byte.
    """
    form = _header(talks, room)
    return (
        form.fullmatch(line, line.rfind(b'"header":{')) is not None
        and isinstance(value, dict)
        and len(value) == 2
        and isinstance(value.get("body"), dict)
    )


def misshapen(line: bytes, value: object) -> str:
    """Why something canonical is not an entry."""
    if len(line) > MAX_ENTRY_BYTES:
        return f"it has {len(line):,} bytes; the limit is {MAX_ENTRY_BYTES:,}"
    header = value.get("header") if isinstance(value, dict) and len(value) == 2 else None
    if not isinstance(value, dict) or not isinstance(header, dict) or not isinstance(value.get("body"), dict):
        return "it does not have a header and a body and nothing else"
    if header.get("v") != 1:
        return "its header has a version this program does not know"
    for name in sorted(_HEADER_KEYS - header.keys()):
        return f"its header has no “{name}”"
    for name in sorted(header.keys() - _HEADER_KEYS - {"for", "signed"}):
        return f"its header has “{name[:40]}”, which is not a part of a header"
    if _header(_HEX_32, _HEX_32).search(line):
        return "it belongs to another room or other talks than entry 0"
    return "a part of its header is malformed"


@lru_cache(maxsize=16)
def _header(talks: bytes, room: bytes) -> re.Pattern[bytes]:
    """The form of a header in the record of this room; both ids are expressions, so check what you give."""
    return re.compile(_HEADER % (TIME.encode(), KIND.encode(), room, talks))
