"""A name as it comes, taken apart into tokens.

Case, order, commas, dots, underscores and hyphens say nothing reliable and are dropped; so are the small words that
are written or not as it pleases (``al-``, ``ibn``, ``von``). Digits are left out, and so is whatever stands in no
alphabet known here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST: Final = 5
"""Tokens kept of a name."""

_PARTICLES: Final = frozenset(
    "al el ul ibn bin ben bint von van der den de la le du di da ال بن ابن بنت ад аль эль ель ибн бін бин".split()
)
_TITLES: Final = frozenset("mr mrs ms dr prof sir п пан пані г-н jr".split())
_APOSTROPHES: Final = re.compile("['’‘ʼʹʺ`´\"“”ʻʿʾ]")
_ARABIC_MARKS: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_SERVANT: Final = re.compile(
    "(?<![^\\W\\d_])(abd|عبد|абд)[\\s-]*(?:(?:[uaeo][lrsnzdt]|ال|[уэаеи][лрсн])[\\s-]*)?(?=\\w)"
)
_WORD: Final = re.compile("[^\\W\\d_]+")
_ARTICLE: Final = re.compile("^ال(?=..)")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
# Latin letters that look like Cyrillic ones, and the other way round; a word that mixes both was typed so by mistake.
_LATIN_LOOKS: Final = "aceiopxyhkmtb"
_CYRILLIC_LOOKS: Final = "асеіорхункмтв"
_TO_CYRILLIC: Final = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
_LATIN: Final = re.compile("[a-z]")
_PLAIN: Final = re.compile("[a-z]+|[а-яґєіїё]+")


def tokens(name: str) -> list[str]:
    """Lower-case words of a name in the order they stand, at most MOST of them."""
    if name.isalpha() and len(name) > 3:  # one word, as most cells are
        word = name.casefold()
        if _PLAIN.fullmatch(word) and word not in _PARTICLES and not word.startswith("abd"):
            return [word]
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFC", name).casefold().replace("i̇", "i"))
    if not text.isascii():
        text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text) if max(text) >= "ﭐ" else text)
    text = _SERVANT.sub("\\1", text)
    words = [_one_alphabet(_ARTICLE.sub("", w)) for w in _WORD.findall(text)]
    kept = [w for w in words if w not in _PARTICLES and w not in _TITLES]
    return (kept or words)[:MOST]


def _one_alphabet(word: str) -> str:
    if _CYRILLIC.search(word) and _LATIN.search(word):
        return word.translate(_TO_CYRILLIC)
    return word
