"""Dates as far as they are known: EDTF (ISO 8601-2), levels 0 and 1, checked and never completed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")


def checked(text: str) -> str:
    """The same text, if it is EDTF or an RFC 3339 time. Raises ``ValueError`` in plain words otherwise."""
    # Only when a date is given: the library takes a seventh of a second, and brings Django in where it is installed.
    import edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    stripped = text.strip()
    if len(stripped) > 60:
        raise ValueError("this is too long for a date.")
    if _ZONED.fullmatch(stripped):
        return stripped
    try:
        edtf.parse_edtf(stripped)
    except EDTFParseException as error:
        raise ValueError(
            "this is not a date; write it as far as it is known, such as 2025-05-16, 2025-05 or 2025-05-16~."
        ) from error
    return stripped


def instant(text: str) -> str:
    """RFC 3339 UTC with milliseconds. Raises ``ValueError`` in plain words."""
    stripped = text.strip()
    try:
        read = datetime.fromisoformat(stripped) if len(stripped) <= 40 else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise ValueError("write a day and a time with its zone, such as 2025-06-01T12:00:00Z.")
    return read.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
