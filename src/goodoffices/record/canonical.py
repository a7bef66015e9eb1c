"""Canonical JSON: RFC 8785 (JCS) for the values a record may hold.

A value is null, a boolean, an integer within +-(2**53 - 1), a string without lone surrogates, a list, or an object
whose keys are ASCII. There are no floating-point numbers, so JCS comes down to: sorted keys, no spaces, the short
escapes, UTF-8. With ASCII keys the order by byte is JCS's order by UTF-16 unit.

``msgspec``'s encoder yields exactly these bytes and is far quicker than a reference implementation; the tests hold the
two equal. What it accepts beyond the subset is refused here.
"""

from __future__ import annotations

from typing import Annotated, Any, NoReturn, TypeAlias

import msgspec
from msgspec import Meta

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_INT = 2**53 - 1  # what every JSON reader holds exactly (RFC 8785 section 3.2.2.3)
DEPTH = 8  # lists and objects one in another, up to which a value is checked the quick way


class NotCanonical(ValueError):
    """A value without a canonical form, or bytes that are not one."""


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(f"{text[:40]} is not a whole number; a record holds no other numbers")


def bounded(depth: int) -> Any:
    """Values as msgspec wants to be told of them, with up to ``depth`` lists and objects one in another.

    It has no type that holds itself. Keys may be any text here: where every byte is ASCII, so are they.
    """
    plain = str | Annotated[int, Meta(ge=-MAX_INT, le=MAX_INT)] | bool | None
    return plain if depth == 0 else plain | list[bounded(depth - 1)] | dict[str, bounded(depth - 1)]  # type: ignore[misc]


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(float_hook=_no_float).decode
_decode_bounded = msgspec.json.Decoder(bounded(DEPTH)).decode


def encode(value: object) -> bytes:
    """The canonical bytes of ``value`` (see ``Json`` for what it may be). Raises ``NotCanonical``."""
    try:
        line = _encode(value)
        # The encoder takes tuples, dates, floats and more; whatever is not in the subset does not come back equal.
        same = _parsed(line) == value
    except (TypeError, ValueError, RecursionError):
        same = False
    if not same:
        _explain(value)
    return line


def settled(value: object) -> tuple[bytes, Any]:
    """The canonical bytes of ``value``, and ``value`` as those bytes are read: tuples have become lists.

    Raises ``NotCanonical``.
    """
    try:
        line = _encode(value)
        read = _parsed(line)
        same = read == value or read == _listed(value)
    except (TypeError, ValueError, RecursionError):
        same = False
    if not same:
        _explain(_listed(value))
    return line, read


def _listed(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_listed(part) for part in value]
    return {name: _listed(part) for name, part in value.items()} if isinstance(value, dict) else value


def decode(line: bytes) -> Json:
    """The value whose canonical bytes are exactly ``line``. Raises ``NotCanonical`` for anything else."""
    try:
        value: Json = _parsed(line)
        same = _encode(value) == line
    except NotCanonical:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCanonical(f"not JSON: {error}") from None
    except RecursionError:
        raise NotCanonical("nested too deeply") from None
    if not same:
        raise NotCanonical("not in canonical form: keys sorted, none twice, no spaces, shortest escapes (RFC 8785)")
    return value


def _parsed(line: bytes) -> Any:
    """The value in ``line``, if it is within the subset; its form is not looked at. Raises ``ValueError``."""
    if line.isascii():  # and so is every key
        try:
            return _decode_bounded(line)
        except ValueError:  # it may only be nested deeper
            pass
    value = _decode(line)
    _check(value)
    return value


def _explain(value: object) -> NoReturn:
    try:
        _check(value)
    except RecursionError:
        raise NotCanonical("nested too deeply") from None
    raise NotCanonical(f"a {type(value).__name__} has no canonical form")


def _check(value: object) -> None:
    """Raise ``NotCanonical`` naming the first part of ``value`` outside the subset."""
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(f"{key!r} cannot be a key: keys are ASCII text")
            _check(part)
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise NotCanonical(f"{str(value)[:40]} is beyond +-(2^53 - 1), which JSON readers do not all hold exactly")
    elif value is not None:
        raise NotCanonical(f"a {type(value).__name__} has no canonical form")


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"text with a lone surrogate at character {error.start}") from None
