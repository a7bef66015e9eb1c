"""Latin letters to sounds, whatever the language or the standard they were written in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from goodoffices.prisoners.names.sounds import SOUNDS

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
    spelled: tuple(SOUNDS[s] for s in sounds)
    for spelled, *sounds in (one.split() for one in _SPELLINGS.replace("\n", "|").strip("|").split("|"))
}
_KEPT: Final = {c for spelled in _READ for c in spelled.lower()}
_BEFORE_FRONT: Final = re.compile("(?:sc|cc|c|g)(?=[eiyéèêëíï])")
_GRAPHEME: Final = re.compile("|".join(re.escape(s) for s in sorted(_READ, key=len, reverse=True)))
_BEGINNINGS: Final = (("mc", "mak"), ("kn", "n"), ("wr", "r"), ("ie", "je"))


def plain(token: str) -> str:
    """Without the marks that carry no sound of their own; those that do (š, ü, ł) are kept."""
    if token.isascii():
        return token
    token = token.replace("ı", "i")  # whoever writes in capitals has lost the difference
    kept = []
    for c in token:
        if c in _KEPT:
            kept.append(c)
        else:
            kept += [d for d in unicodedata.normalize("NFKD", c) if d in _KEPT]
    return "".join(kept)


def sounds(token: str) -> list[int]:
    """Sounds of a token in lower-case Latin letters."""
    text = plain(token)
    for spelled, said in _BEGINNINGS:
        if text.startswith(spelled) and len(text) > len(spelled) + 1:
            text = said + text[len(spelled) :]
    soft = _BEFORE_FRONT.sub(lambda found: found[0].upper(), text)
    found = [s for spelled in _GRAPHEME.findall(soft) for s in _READ[spelled]]
    return _mute(text, found)


def _mute(text: str, found: list[int]) -> list[int]:
    """A final ``e`` after a consonant may be silent (Poutine), and often is."""
    if len(found) > 2 and text.endswith("e") and text[-2] not in "aeiouy":
        found[-1] = SOUNDS["EF"]
    return found
