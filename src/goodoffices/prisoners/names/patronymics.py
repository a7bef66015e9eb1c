"""Father's names: telling one from a surname, and finding the father's given name in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from goodoffices.prisoners.names.given_names import SHORT, known
from goodoffices.prisoners.names.latin import plain

_LATIN_CH: Final = "(?:ch|cz|tsch|tch|č|ć|ç|cs|c|tj|tš)"
_ENDING: Final = re.compile(
    "(?:йович|ьович|йовича|евич|ёвич|ович|оглу|ївна|івна|ївни|овна|евна|ёвна|ична|ильич|ич"
    f"|(?:[ij]?[iyj]?[oe](?:v|w)[yi]{_LATIN_CH}?)|(?:[yi]?(?:[iïy]v|iw|ov|ow|ev|ew)na)|[iy]{_LATIN_CH}(?:na)?|oglu|oğlu)$"
)
_PLAIN_ENDING: Final = re.compile(
    f"(?:йович|ьович|евич|ёвич|ович|[їі]вна|овна|евна|[iyj]*[oe][vw][yi]{_LATIN_CH}|[yij]*[iïoe][vw]na)$"
)
_LAST: Final = frozenset("ич ча лу на ни ch cz cs tj tš na lu vy vi wy wi yč yć yç yc ič ić iç ic".split())
"""The two letters that patronymics end in: nearly all other words are told from them by these alone."""
# What the father's name may end in before the ending was put on.
_FATHERS: Final = ("", "й", "ій", "ий", "ь", "о", "а", "я", "y", "i", "iy", "j", "ij", "ii", "o", "a", "ei", "ey", "ej")


def looks_like_one(token: str) -> bool:
    """Whether a lower-case token ends like a patronymic; a surname in -ович may do so too."""
    return token[-2:] in _LAST and bool(_PLAIN_ENDING.search(token))


@lru_cache(maxsize=1 << 16)
def fathers(token: str) -> tuple[int, ...]:
    """Numbers of the given names that the father may have had; none if this is no patronymic of a known name."""
    if token[-2:] not in _LAST:
        return ()
    ending = _ENDING.search(token)
    if ending is None or ending.start() < 2:
        return ()
    stem, names = token[: ending.start()], known()
    for last in _FATHERS:
        name = stem + last
        numbers = names.get(name) or (() if name.isascii() else names.get(plain(name), ()))
        formal = tuple(n for n in numbers if n < SHORT)
        if formal:
            return formal
    return ()


def stem(token: str) -> str:
    """A patronymic without its ending."""
    ending = _PLAIN_ENDING.search(token)
    return token[: ending.start()] if ending and ending.start() >= 2 else token


_MANS: Final = re.compile(f"(?:ович|евич|ьович|йович|{'[oe][vw][yi]' + _LATIN_CH})$")


def male(token: str) -> bool:
    """Whether a lower-case patronymic is a man's."""
    return bool(_MANS.search(token))
