"""age's armor: an age file as text, such as a delegation's recovery test on the record.

Source: the age format (C2SP ``age``), section "ASCII armor": strict PEM of type AGE ENCRYPTED FILE, lines of 64
columns, canonical base64; white space before and after is ignored, and lines may end with CRLF.
"""

from __future__ import annotations

import base64
import binascii

from goodoffices.sealing.header import BadLayer

_BEGIN, _END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_LINE = 64


def removed(text: bytes) -> bytes:
    """The age file in its armor. Raises ``BadLayer`` (``malformed``)."""
    try:
        lines = text.strip(b" \t\r\n").decode("ascii").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        raise _bad() from None
    body = lines[1:-1]
    full = all(len(line) == _LINE for line in body[:-1]) and all(0 < len(line) <= _LINE for line in body[-1:])
    if len(lines) < 2 or lines[0] != _BEGIN or lines[-1] != _END or not full:
        raise _bad()
    try:
        raw = base64.b64decode("".join(body), validate=True)
    except (binascii.Error, ValueError):
        raise _bad() from None
    if base64.b64encode(raw).decode() != "".join(body):
        raise _bad()
    return raw


def _bad() -> BadLayer:
    return BadLayer("malformed", "This is not an armored age file as age writes it.")
