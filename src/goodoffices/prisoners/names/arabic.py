"""Arabic letters to sounds: a skeleton of consonants, with the weak letters that may stand for vowels.

Short vowels are not written and are not guessed: beside an Arabic name, vowels of the other spelling cost next to
nothing.
"""

from __future__ import annotations

from typing import Final

from goodoffices.prisoners.names.sounds import END, SOUNDS

_LETTERS: Final = """
ا AA|أ AA|إ AA|آ AA|ٱ AA|ى AA
ء AIN|ع AIN|ئ YEH|ؤ WAW|و WAW|ي YEH|ی YEH|ۀ TEHM|ة TEHM|ه HEH|ح HAH|خ KH|ج JIM
غ GHAIN|ب BEH|پ P|ت T|ط TAH|ث THEH|د D|ض DAD
ذ DHAL|ظ ZAH|ر R|ز Z|ژ ZH|س S|ش SH|ص SAD|ف FEH|ڤ V
ق QAF|ك K|ک K|گ G|ل L|م M|ن N|چ CH|ڨ G
"""
_READ: Final = {
    letter: bytes([SOUNDS[sound]])
    for letter, sound in (one.split() for one in _LETTERS.replace("\n", "|").strip("|").split("|"))
} | {"\n": END}


def sounds(lines: str) -> bytes:
    """Sounds of tokens in Arabic letters, each on a line that is ended; after each token END. Vowel marks and the
    stretching stroke are silent.
    """
    return b"".join(_READ.get(letter, b"") for letter in lines.replace("تش", "چ"))
