"""Places by their codes: ISO 3166-1 (countries, ``UA``) and ISO 3166-2 (their parts, ``UA-63``), by pycountry.

A code says what a place is called in a standard, and nothing about whose it is.
"""

from __future__ import annotations

from functools import cache

PATTERN = r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?"


@cache
def name(code: str) -> str | None:
    """What the standard calls it, the country in brackets; None for a code it does not have."""
    import pycountry  # only where a place is named: its tables take a tenth of a second

    country = pycountry.countries.get(alpha_2=code[:2])
    if country is None or len(code) == 2:
        return str(country.name) if country is not None else None
    part = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]  # pycountry types the rest
    return f"{part.name} ({country.name})" if part is not None else None


def around(code: str) -> tuple[str, ...]:
    """The code, and that of the country it is a part of."""
    return (code,) if len(code) == 2 else (code, code[:2])
