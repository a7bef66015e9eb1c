"""The recovery sheet: one page of paper that holds a recovery key, and how it is typed back in.

The secret part of an age key is 58 letters and digits. On the sheet they stand in four lines of groups of four, each
followed by two check letters of its own, so that whoever types it learns at once in which line a letter is wrong. The
key has a checksum over the whole besides (Bech32). The letters are Bech32's, which leave out 1, b, i and o.
"""

from __future__ import annotations

import hashlib
import html
import re

from goodoffices.sealing import agekeys
from goodoffices.sealing.agekeys import BadKey

PREFIX = "AGE-SECRET-KEY-1"
LINE_LETTERS, KEY_LETTERS = 16, 58
_GROUP = 4
_ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"


class BadSheet(ValueError):
    """What was typed is not what stands on a sheet; the message says where, and never quotes it."""


def lines(secret: str) -> list[str]:
    """A secret key as it stands on a sheet: groups of four, and the check letters of the line after a dash."""
    data = secret.removeprefix(PREFIX)
    parts = [data[i : i + LINE_LETTERS] for i in range(0, len(data), LINE_LETTERS)]
    return [f"{_grouped(part)} - {_check(number, part)}" for number, part in enumerate(parts, 1)]


def read(typed: str) -> bytes:
    """The 32 secret bytes of a key as typed: the lines of this sheet, or the whole key in any groups.

    The sheet that a page prints has the whole key in groups of four, without check letters. Raises ``BadSheet``.
    """
    parts = [_letters(line) for line in typed.splitlines() if line.strip()]
    data = whole(typed)
    if data is None:
        data = "".join(_unchecked(number, part, len(parts)) for number, part in enumerate(parts, 1))
    return _identity(data)


def whole(typed: str) -> str | None:
    """The letters of a key that was typed whole, from its beginning or from the 1 on; None where it was not."""
    letters = _letters(typed)
    for beginning in (_letters(PREFIX), "1"):
        if letters.startswith(beginning):
            return letters.removeprefix(beginning)
    return letters if len(letters) == KEY_LETTERS else None


def check_line(number: int, typed: str) -> str:
    """The letters in one typed line (counted from 1), its check letters found right. Raises ``BadSheet``."""
    part = _letters(typed)
    if not part or set(part) - set(_ALPHABET):
        raise BadSheet(f"Line {number} holds a character that no key has; there is no 1, B, I or O in it.")
    data, check = part[:-2], part[-2:]
    if _check(number, data) != check:
        raise BadSheet(f"A letter in line {number} is wrong, missing or one too many.")
    return data


def page(name: str, secret: str, recipient: str, made: str) -> str:
    """The sheet as one HTML page without anything from elsewhere. ``made``: the day, as people write it."""
    groups = "".join(f"<li><code>{html.escape(line)}</code></li>" for line in lines(secret))
    return _PAGE.format(
        name=html.escape(name), made=html.escape(made), recipient=html.escape(recipient), groups=groups, prefix=PREFIX
    )


def pdf(page: str) -> bytes:
    """The sheet as a PDF of one page."""
    import weasyprint

    written = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf()
    return bytes(written or b"")


def _letters(typed: str) -> str:
    """What was typed, without spaces and dashes."""
    return re.sub(r"[\s-]", "", typed.upper())


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"A recovery sheet takes nothing from elsewhere, and so not {url[:40]}.")


def _unchecked(number: int, part: str, count: int) -> str:
    """A line without its check letters; typed in one run it has none."""
    return part if count == 1 else check_line(number, part)


def _identity(data: str) -> bytes:
    try:
        return agekeys.identity(PREFIX + data)
    except BadKey:
        raise BadSheet("This is not the key of a recovery sheet, or a letter of it is wrong.") from None


def _grouped(part: str) -> str:
    return " ".join(part[i : i + _GROUP] for i in range(0, len(part), _GROUP))


def _check(number: int, part: str) -> str:
    """Two letters (10 bits) of a digest over the line and its number: one slip in 1,024 goes unnoticed here."""
    digest = int.from_bytes(hashlib.sha256(f"recovery sheet {number} {part}".encode()).digest()[:2], "big")
    return _ALPHABET[digest >> 5 & 31] + _ALPHABET[digest & 31]


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Recovery sheet of {name}</title>
<style>
@page {{ size: A4; margin: 20mm; }}
body {{ font: 12pt/1.4 serif; max-width: 170mm; margin: auto; }}
h1 {{ font-size: 20pt; }}
ol {{ padding-left: 10mm; margin: 8mm 0; }}
li {{ margin: 4mm 0; }}
code {{ font: bold 17pt monospace; letter-spacing: 0.04em; white-space: pre; }}
code.command {{ font-size: 12pt; font-weight: normal; letter-spacing: 0; }}
small, small code {{ font-size: 9pt; font-weight: normal; letter-spacing: 0; white-space: normal; }}
small code {{ overflow-wrap: anywhere; }}
</style>
<h1>Recovery sheet of {name}</h1>
<p>Made on {made}. Whoever has this sheet can read every paper that is sealed to {name}. Keep it as you keep a cipher
key: on paper, locked away, never photographed, never typed into anything but Good Offices or age.</p>
<p>It is for one case: the online key of {name} is lost. Then <code class="command">goodoffices keys recover</code>
asks for these four lines. The two letters after the dash check the line. There is no letter B, I or O and no
digit 1.</p>
<ol>{groups}</ol>
<p>With age alone: write <code class="command">{prefix}</code> and, without spaces and without the letters after the
dashes, the four lines one after the other into a file, and give that file to
<code class="command">age -d -i</code>.</p>
<p><small>Its public key: <code>{recipient}</code></small></p>
"""
