"""Ukrainian and Russian names in Latin letters, as passports, maps, libraries and newspapers spell them.

For writing synthetic lists and for recognising given names; comparing two names does not go through here.
Sources: Cabinet of Ministers of Ukraine, Resolution 55 (2010); ICAO 9303 part 3; BGN/PCGN 1965 and 1947; ISO 9:1995;
the scholarly system; house styles of the German, Polish, French and Turkish press.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final, Literal

Language = Literal["uk", "ru"]
STANDARDS: Final = ("passport", "bgn", "iso9", "scholarly", "german", "polish", "french", "turkish")

_LETTERS: Final = "а б в г ґ д е є ё ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я '".split()

# One column a standard, in the order of _LETTERS; `-` is nothing, `x/y` is x at the beginning or after a vowel or sign,
# else y.
_UKRAINIAN: Final = {
    "passport": "a b v h g d e ye/ie io zh z y i yi/i y/i k l m n o p r s t u f kh ts ch sh shch - y - e yu/iu ya/ia -",
    "bgn": "a b v h g d e ye yo zh z y i yi y k l m n o p r s t u f kh ts ch sh shch - y ’ e yu ya ”",
    "iso9": "a b v g g̀ d e ê ë ž z i ì ï j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â ’",
    "scholarly": "a b v h g d e je jo ž z y i ji j k l m n o p r s t u f x c č š šč - y ' e ju ja ’",
    "german": "a b w h g d e je jo sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja -",
    "polish": "a b w h g d e je/ie jo ż z y i ji j k ł m n o p r s t u f ch c cz sz szcz - y - e ju/iu ja/ia -",
    "french": "a b v h g d e ie io j z y i ï ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia -",
    "turkish": "a b v h g d e ye yo j z ı i yi y k l m n o p r s t u f h ts ç ş şç - ı - e yu ya -",
}
_RUSSIAN: Final = {
    "passport": "a b v g g d e e e zh z i i i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia -",
    "bgn": "a b v g g d ye/e e yë/ë zh z i i i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya -",
    "iso9": "a b v g g d e ê ë ž z i ì ï j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â -",
    "scholarly": "a b v g g d e je ë ž z i i ji j k l m n o p r s t u f ch c č š šč ʺ y ʹ è ju ja -",
    "german": "a b w g g d je/e je jo sch s i i ji j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja -",
    "polish": "a b w g g d je/ie je jo/io ż z i i ji j k ł m n o p r s t u f ch c cz sz szcz - y - e ju/iu ja/ia -",
    "french": "a b v g g d ie/e ie io j z i i ï ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia -",
    "turkish": "a b v g g d ye/e ye yo j z i i yi y k l m n o p r s t u f h ts ç ş şç - ı - e yu ya -",
}
_ENDINGS: Final = {
    # How the adjectival ending of a surname is cut short where it is.
    "passport": "", "bgn": "", "iso9": "", "scholarly": "", "german": "i", "polish": "i", "french": "i", "turkish": "i",
}  # fmt: skip
_AFTER: Final = frozenset("аеєёиіїоуыэюяьъ'-")


@cache
def _table(standard: str, language: Language) -> tuple[dict[int, str], dict[str, str]]:
    """What each letter is at the beginning or after a vowel or sign, and those that are something else elsewhere."""
    row = (_UKRAINIAN if language == "uk" else _RUSSIAN)[standard].replace("-", "").split(" ")
    two = [(c, *said.partition("/")[::2]) for c, said in zip(_LETTERS, row, strict=True)]
    return {ord(c): first for c, first, _ in two}, {c: then for c, _, then in two if then}


def spelled(token: str, standard: str, language: Language) -> str:
    """A lower-case Cyrillic token in Latin letters after one of STANDARDS; other characters stay as they are."""
    first, elsewhere = _table(standard, language)
    if _ENDINGS[standard] and token.endswith("й") and re.search("[цск][ьк]*[иы]й$", token):
        token = token[:-1].replace("ьк", "к") if language == "uk" else token[:-1]
    if not elsewhere.keys().isdisjoint(token):
        after = "'-" if language == "uk" and standard == "passport" else _AFTER
        token = token[:1] + "".join(elsewhere.get(c, c) if before not in after else c for before, c in pairwise(token))
    return _house_style(token.translate(first), standard)


def _house_style(text: str, standard: str) -> str:
    if standard == "german":
        return re.sub("(?<=[aeiouy])s(?=[aeiouy])", "ss", text)
    if standard == "polish":
        return re.sub("ł(?=[ie])", "l", text).replace("iia", "ija")
    if standard == "french":
        return re.sub("in$", "ine", text)
    return text
