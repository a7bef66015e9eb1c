"""Cyrillic letters to sounds: Ukrainian, Russian, and the letters of their neighbours."""

from __future__ import annotations

from typing import Final

from goodoffices.prisoners.names.sounds import END, SOUNDS, graphemes

_SPELLINGS: Final = """
дж DZH|тч CH|тц TS|сч SHCH|зч SHCH|ьо J O|йо J EO|ье J E|ьє J E|ья J A|ью J U|ьё J EO|ьї J I
ъе J E|ъя J A|ъю J U|ъё J EO
а A|б B|в V|г GH|ґ G|д D|е E|є J E|ё J EO|ж ZH|з Z|и I|і I|ї J I|й J|к K|л L|м M|н N|о O|п P|р R|с S|т T|у U|ф F
х KH|ц TS|ч CH|ш SH|щ SHCH|ы I|э E|ю J U|я J A|ў V|ј J|љ L J|њ N J|ћ CH|ђ DZH|џ DZH|ѓ G|ќ K|ѕ D Z|ѣ E|ѳ F|ѵ I
ә AE|ө OE|ү UE|ұ U|қ K|ғ GHL|ң N|һ HL|ҳ HL|ҷ DZH|ў V
"""
_READ: Final = {
    spelled: bytes(SOUNDS[s] for s in sounds)
    for spelled, *sounds in (one.split() for one in _SPELLINGS.replace("\n", "|").strip("|").split("|"))
} | {"\n": END}
_GRAPHEME: Final = graphemes(_READ)


def sounds(lines: str) -> bytes:
    """Sounds of tokens in lower-case Cyrillic letters, each on a line that is ended; after each token END.

    Soft and hard signs and apostrophes are silent.
    """
    return b"".join(map(_READ.__getitem__, _GRAPHEME.findall(lines)))
