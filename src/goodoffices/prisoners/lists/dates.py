"""Dates as they stand in lists, in whatever order, whole or in part, sure or not.

Understood is ISO 8601 and EDTF (``1987-05``, ``198X``, ``1987~``, ``1987?``), day-month-year and month-day-year with
any mark between, names of months in several languages, Arabic digits, and the day numbers of spreadsheets. A column
that has a first number above 12 somewhere is taken to begin with the day, and one that has a second number above 12
with the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Order = Literal["dmy", "mdy"]

_MONTHS: Final = """
jan січ янв sty ocak janv يناير
feb лют фев lut şubat subat fév fev فبراير
mar бер мар märz mrz mart mars مارس
apr кві апр kwi nisan avr أبريل
may трав май мая mai maj mayıs mayis مايو
jun чер июн cze haziran juin يونيو
jul лип июл lip temmuz juil يوليو
aug сер авг sie ağustos agustos août aou أغسطس
sep вер сен wrz eylül eylul سبتمبر
oct жов окт okt paź paz ekim أكتوبر
nov лис ноя lis kasım kasim نوفمبر
dec гру дек dez gru aralık aralik déc ديسمبر
"""
_MONTH: Final = {word: number for number, words in enumerate(_MONTHS.strip().splitlines(), 1) for word in words.split()}
_NUMBERS: Final = re.compile(r"\d+")
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_TIME: Final = re.compile(r"[T ]\d\d?:\d\d.*$")
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DECADE: Final = re.compile(r"(\d{3})[xXuU0]?(?:X|x|s|-ті|-е)")
_UNSURE: Final = re.compile(r"[?~%]|\b(?:ca|c|circa|ок|ok|um|approx|about|vers)\b|прибл|близько|около")
_EXCEL_DAY: Final = date(1899, 12, 30)
_EXCEL: Final = range(3_000, 60_000)  # 1908 to 2064
_THIS_CENTURY: Final = 30
_EARLIEST, _LATEST = 1890, 2100


@dataclass(frozen=True)
class When:
    """A date with what is known of it: a part that is not known is 0."""

    year: int = 0
    month: int = 0
    day: int = 0
    unsure: bool = False

    @property
    def edtf(self) -> str:
        """As ISO 8601-2 writes it."""
        parts = [f"{self.year:04}" if self.year else "XXXX"]
        if self.month or self.day:
            parts.append(f"{self.month:02}" if self.month else "XX")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts) + ("?" if self.unsure else "")


class BadDate(ValueError):
    """Not a date, or not one there can have been."""


def order(texts: Iterable[str]) -> tuple[Order, bool]:
    """The order of the dates in a column, and whether anything speaks for it."""
    day_first = month_first = 0
    for text in texts:
        numbers = [int(n) for n in _NUMBERS.findall(text)[:3] if len(n) <= 4]
        if len(numbers) == 3 and numbers[0] <= 31:
            day_first += numbers[0] > 12 >= numbers[1]
            month_first += numbers[1] > 12 >= numbers[0]
    return ("mdy" if month_first > day_first else "dmy"), bool(day_first or month_first)


def read(text: str, column_order: Order = "dmy") -> When | None:
    """A date as it stands; nothing for an empty cell or a dash. Raises ``BadDate``."""
    if _ISO.fullmatch(text):  # what programs write, and quick
        when = _real(int(text[:4]), int(text[5:7]), int(text[8:]))
        if _EARLIEST <= when.year <= _LATEST:
            return when
    said = _TIME.sub("", text.strip())
    if said.strip("-–—.?/ ") == "" or said.casefold() in _NOTHING:
        return None
    unsure = bool(_UNSURE.search(said.casefold()))
    when = _read(said, column_order)
    if not (when.year == 0 or _EARLIEST <= when.year <= _LATEST):
        raise BadDate(f"the year {when.year} cannot be meant")
    return When(when.year, when.month, when.day, unsure)


_NOTHING: Final = frozenset(
    {"unknown", "невідомо", "неизвестно", "н/д", "n/a", "na", "none", "null", "xxxx", "brak", "inconnu"}
)


def _read(said: str, column_order: Order) -> When:
    if _DECADE.fullmatch(said.strip("?~% ")):
        return When(unsure=True)
    numbers = _NUMBERS.findall(said)
    month = next((_MONTH[w] for word in _WORDS.findall(said.casefold()) if (w := _month_word(word))), 0)
    if month:
        return _with_name(numbers, month)
    if len(numbers) == 1:
        return _run_together(numbers[0])
    if len(numbers) == 2:
        return _month_and_year(numbers)
    if len(numbers) == 3:
        return _three(numbers, column_order)
    raise BadDate("this is not a date")


def _month_word(word: str) -> str | None:
    return next((word[:n] for n in range(len(word), 2, -1) if word[:n] in _MONTH), None)


def _with_name(numbers: list[str], month: int) -> When:
    years = [n for n in numbers if len(n) == 4] or numbers[-1:]
    days = [n for n in numbers if n not in years]
    if not years or len(days) > 1:
        raise BadDate("this is not a date")
    return _real(_full(years[0]), month, int(days[0]) if days else 0)


def _run_together(number: str) -> When:
    if len(number) == 4:
        return When(int(number))
    if len(number) == 8:
        year_first = _EARLIEST <= int(number[:4]) <= _LATEST and int(number[4:6]) <= 12
        parts = (number[:4], number[4:6], number[6:]) if year_first else (number[4:], number[2:4], number[:2])
        return _real(*map(int, parts))
    if int(number) in _EXCEL:
        day = _EXCEL_DAY + timedelta(int(number))
        return When(day.year, day.month, day.day)
    raise BadDate("this number is not a date")


def _month_and_year(numbers: list[str]) -> When:
    year, month = (numbers[0], numbers[1]) if len(numbers[0]) == 4 else (numbers[1], numbers[0])
    if len(year) != 4:
        raise BadDate("this is not a date")
    return _real(int(year), int(month), 0)


def _three(numbers: list[str], column_order: Order) -> When:
    if len(numbers[0]) == 4:
        year, month, day = (int(n) for n in numbers)
    else:
        first, second, year = int(numbers[0]), int(numbers[1]), _full(numbers[2])
        day, month = (first, second) if column_order == "dmy" else (second, first)
    if month > 12 >= day:
        month, day = day, month  # whoever typed it kept to another order than the rest of the column
    return _real(year, month, day)


def _full(year: str) -> int:
    """Two digits of a year stand for the century in which a prisoner can have been born."""
    if len(year) == 2:
        return int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)
    if len(year) != 4:
        raise BadDate("the year is not clear")
    return int(year)


def _real(year: int, month: int, day: int) -> When:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise BadDate("there is no such day") from None
    return When(year, month, day)
