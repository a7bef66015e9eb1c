"""Codes of places and languages are those of the standards."""

from goodoffices.statements import languages, places


def test_places() -> None:
    assert {code: places.name(code) for code in ("UA", "UA-63", "TR-34", "ZZ", "UA-99")} == {
        "UA": "Ukraine",
        "UA-63": "Kharkivska oblast (Ukraine)",
        "TR-34": "İstanbul (Türkiye)",
        "ZZ": None,
        "UA-99": None,
    }
    assert (places.around("UA"), places.around("UA-63")) == (("UA",), ("UA-63", "UA"))


def test_languages() -> None:
    assert {code: languages.name(code) for code in ("uk", "RU", "crh", "zh-Hant", "xx")} == {
        "uk": "Ukrainian",
        "RU": "Russian",
        "crh": "Crimean Tatar",
        "zh-Hant": "Chinese",
        "xx": None,
    }
