"""Languages by their codes (BCP 47: ``uk``, ``zh-Hant``), the language itself checked against ISO 639, by pycountry."""

from __future__ import annotations

from functools import cache

PATTERN = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"


@cache
def name(code: str) -> str | None:
    """What ISO 639 calls the language, in English; None for a code it does not have."""
    import pycountry  # only where a language is named: its tables take a tenth of a second

    main = code.partition("-")[0].lower()
    found = pycountry.languages.get(**{"alpha_2" if len(main) == 2 else "alpha_3": main})
    return str(found.name) if found is not None else None
