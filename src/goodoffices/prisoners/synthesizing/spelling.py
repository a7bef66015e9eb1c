"""How a clerk writes an invented person down: language, alphabet and standard."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from goodoffices.prisoners.names.standards import STANDARDS, Language, spelled

SCRIPTS: Final = (
    "uk",
    "ru",
    *(f"{language}-{standard}" for language in ("uk", "ru") for standard in STANDARDS),
    "arabic",
)
"""What a list may be written in: Ukrainian, Russian, either in Latin letters after a standard, or Arabic."""

_TO_RUSSIAN: Final = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "'": None})
_ARABIC: Final = dict(
    pair.split()
    for pair in (
        "а ا|б ب|в ف|г ه|ґ غ|д د|е ي|є ي|ё يو|"
        "ж ج|з ز|и ي|і ي|ї ي|й ي|к ك|л ل|м م|"
        "н ن|о و|п ب|р ر|с س|т ت|у و|ф ف|х خ|"
        "ц تس|ч تش|ш ش|щ شتش|ы ي|э ي|ю يو|я يا"
    ).split("|")
)
_FATHERS_UK: Final = {"микола": "миколай", "ілля": "ілл", "лев": "льв", "яків": "яковл", "йосип": "йосип"}
_FATHERS_RU: Final = {"пётр": "петр", "павел": "павл", "лев": "льв", "михаил": "михайл", "яков": "яковл"}
_IEVICH: Final = ("дмитрий", "георгий", "кирилл", "сергий")


def language(script: str) -> Language:
    """The language behind a script."""
    return "ru" if script.startswith("ru") else "uk"


@lru_cache(maxsize=1 << 18)
def written(word: str, script: str) -> str:
    """A lower-case word of the script's language in the script's letters, with a capital."""
    if script == "arabic":
        return "".join(_ARABIC.get(c, "") for c in word)
    if "-" in script:
        word = spelled(word, script.partition("-")[2], language(script))
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


@lru_cache(maxsize=1 << 17)
def surname(ukrainian: str, script: str) -> str:
    """A surname, made Russian where the list is."""
    if language(script) == "uk":
        return ukrainian
    for ours, theirs in (("ський", "ский"), ("ська", "ская"), ("ець", "ец")):
        if ukrainian.endswith(ours):
            ukrainian = ukrainian.removesuffix(ours) + theirs
    return ukrainian.translate(_TO_RUSSIAN)


@lru_cache(maxsize=1 << 12)
def patronymic(forms: tuple[str, ...], script: str, woman: bool) -> str:
    """The father's name on a man or woman, from his given name's forms (Ukrainian, Russian)."""
    if language(script) == "uk":
        return _ukrainian(forms[0], woman)
    return _russian(forms[1], woman)


def _ukrainian(father: str, woman: bool) -> str:
    stem = _FATHERS_UK.get(father, father.rstrip("оаь"))
    if father == "ілля":
        return "іллівна" if woman else "ілліч"
    if stem.endswith("й"):
        return stem[:-1] + "ївна" if woman else stem + "ович"
    return stem + ("івна" if woman else "ович")


def _russian(father: str, woman: bool) -> str:
    ending = "евна" if woman else "евич"
    if father in {"илья", "никита", "фома", "лука"}:
        return father[:-1] + ("инична" if woman else "ич")
    if father.endswith("ий"):
        return father[:-2] + ("и" if father in _IEVICH else "ь") + ending
    if father.endswith(("й", "ь")):
        return father[:-1] + ending
    return _FATHERS_RU.get(father, father.rstrip("оа")) + ("овна" if woman else "ович")
