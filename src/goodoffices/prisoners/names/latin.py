"""Latin letters to sounds, whatever the language or the standard they were written in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from goodoffices.prisoners.names.sounds import END, SOUNDS, graphemes

# A spelling with several readings is a sound of its own (see sounds.py). In capitals: before e, i and y.
_SPELLINGS: Final = """
C CS|G GE|SC SCH|CC CH
schtsch SHCH|stschj SHCH|chtch SHCH|sjtsj SHCH|shtch SHCH|shch SHCH|szcz SHCH|stsj SHCH
šč SHCH|şç SHCH|štš SHCH|stch SHCH
tsch CH|tcha CH A|dsch DZH|dzsch DZH|tsj CH|tch CH|tsh CH|tš CH|cz CH|cs CH|č CH|ć CH|ĉ CH|ç CED
dzh DZH|dzj DZH|dż DZH|dž DZH|dź DZH|dj DZH|ĝ DZH
sch SCH|sh SH|š SH|ş SH|ș SH|ŝ SHCH|sz SZL|sj SJ|zh ZH|zj ZH|zs ZH|ż ZH|ž ZH|ź Z|rz RZL|ř RZL
ch CHL|kh KH|gh GHL|ğ GHL|ph F|th THL|þ THL|ts TS|tz TS|ţ TS|ț TS|ck K|q K|x K S
eau O|ou OU|oo U|ee EEL|ea EEL|oe OEL|œ OEL|ø OE|ö OE|ü UE|ű UE|ä AE|æ AE|ə AE|å O|ł L|đ D|ð D|ı I|ß S|ñ N J|ń N|ň N
igh A I|gn GHL N|dg GHL DZH
a A|b B|d D|e E|f F|g G|h HL|i I|j JL|k K|l L|m M|n N|o O|p P|r R|s SL|t T|u U|v VL|w WL|y YL|z ZL|c CL
"""
_READ: Final = {
    spelled: bytes(SOUNDS[s] for s in sounds)
    for spelled, *sounds in (one.split() for one in _SPELLINGS.replace("\n", "|").strip("|").split("|"))
} | {"E": bytes([SOUNDS["EF"]]), "\n": END}
_KEPT: Final = {c for spelled in _READ for c in spelled.lower()}
_BEFORE_FRONT: Final = re.compile("(?:sc|cc|c|g)(?=[eiyéèêëíï])")
_GRAPHEME: Final = graphemes(_READ)
_BEGINNINGS: Final = {"mc": "mak", "kn": "n", "wr": "r", "ie": "je"}
_BEGINNING: Final = re.compile(f"^(?:{'|'.join(_BEGINNINGS)})(?=..)", re.MULTILINE)
_MUTE: Final = re.compile("(?<=[^aeiouy\n])e$", re.MULTILINE)
_NOT_MUTE: Final = re.compile(rb"(?:\A|(?<=\0))([^\0]?)" + re.escape(_READ["E"] + END))


class _Letters(dict[int, str]):
    """What each character is without its marks, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = letter if letter in _KEPT else "".join(d for d in unicodedata.normalize("NFKD", letter) if d in _KEPT)
        self[code] = bare
        return bare


_LETTERS: Final = _Letters({ord("ı"): "i"})  # whoever writes in capitals has lost the difference


def plain(text: str) -> str:
    """Without the marks that carry no sound of their own; those that do (š, ü, ł) and ends of lines are kept."""
    return text if text.isascii() else text.translate(_LETTERS)


def sounds(lines: str) -> bytes:
    """Sounds of tokens in lower-case Latin letters, each on a line that is ended; after each token END."""
    text = _BEGINNING.sub(lambda found: _BEGINNINGS[found[0]], plain(lines))
    soft = _BEFORE_FRONT.sub(lambda found: found[0].upper(), text)
    # A final e after a consonant may be silent (Poutine), and often is; not in the shortest of words.
    heard = b"".join(map(_READ.__getitem__, _GRAPHEME.findall(_MUTE.sub("E", soft))))
    return _NOT_MUTE.sub(lambda found: found[1] + _READ["e"] + END, heard)
