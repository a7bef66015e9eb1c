"""Words for what is stored as a code when lists are matched, judged and told of."""

from __future__ import annotations

from goodoffices.readouts.views import Translate


def _look_up(table: dict[str, str], code: object) -> str:
    return table.get(str(code), str(code))


def pair_verdict(code: object, _: Translate) -> str:
    """A pattern with ``who`` judged and the numbers of both rows, ``left`` and ``right``."""
    table = {
        "same": _("{who} judged rows {left} and {right} to be one person."),
        "different": _("{who} judged rows {left} and {right} to be two people."),
        "cannot-tell": _("{who} could not tell whether rows {left} and {right} are one person."),
    }
    return _look_up(table, code)


def row_verdict(side: object, code: object, _: Translate) -> str:
    """A pattern with ``who`` judged and the ``number`` of the row."""
    table = {
        "left alone": _("{who} found nobody else who is row {number} of the left list."),
        "right alone": _("{who} found nobody else who is row {number} of the right list."),
        "left cannot-tell": _("{who} could not tell whether anybody else is row {number} of the left list."),
        "right cannot-tell": _("{who} could not tell whether anybody else is row {number} of the right list."),
    }
    return _look_up(table, f"{side} {code}")


def verdict(code: object, _: Translate) -> str:
    """What somebody said of a pair or a row."""
    table = {
        "same": _("one person"),
        "different": _("two people"),
        "cannot-tell": _("cannot be told"),
        "alone": _("nobody on the other list"),
    }
    return _look_up(table, code)


def pair_standing(code: object, _: Translate) -> str:
    """Where a pair stands, by the judgments there are."""
    table = {
        "open": _("not judged yet"),
        "waits": _("waits for a second person"),
        "disagreed": _("judged differently"),
        "same": _("one person"),
        "different": _("two people"),
        "cannot-tell": _("cannot be told"),
        "alone": _("nobody on the other list"),
    }
    return _look_up(table, code)


def ground(code: object, _: Translate) -> str:
    """What decided a judgment."""
    table = {
        "names": _("the names"),
        "father": _("the father's name"),
        "birth": _("the date of birth"),
        "place": _("the place of birth"),
        "number": _("a number"),
        "capture": _("when and where captured"),
        "papers": _("papers or pictures"),
        "inquiry": _("an inquiry"),
        "other": _("something else"),
    }
    return _look_up(table, code)


def outcome(code: object, _: Translate) -> str:
    """What rows of two lists were found to be."""
    table = {
        "held-and-claimed": _("held and claimed"),
        "claimed-and-denied": _("claimed, and not on the holder's list"),
        "held-and-not-claimed": _("held and not claimed"),
        "held-by-both": _("said to be held by both sides"),
        "claimed-by-both": _("claimed by both sides"),
        "on-both-lists": _("on both lists of one side"),
        "on-one-list": _("on one list only"),
        "duplicate": _("on the list more than once"),
        "contradictory": _("judged in ways that contradict each other"),
        "open": _("open"),
    }
    return _look_up(table, code)


def told_of(side: object, _: Translate) -> str:
    """A pattern with ``who`` told, the ``number`` of a row, and the ``result``."""
    table = {
        "left": _("{who} told the side whose list is the left one, of its row {number}: {result}."),
        "right": _("{who} told the side whose list is the right one, of its row {number}: {result}."),
    }
    return _look_up(table, side)


def result(code: object, _: Translate) -> str:
    """What a side is told of a row of its own list."""
    table = {
        "held": _("the other side holds this person"),
        "claimed": _("the other side claims this person"),
        "not-on-their-list": _("this person is not on the other side's list"),
    }
    return _look_up(table, code)


def told_to(side: object, code: object, _: Translate) -> str:
    """That the filer of one list was told a result."""
    table = {
        "left held": _("told to the filer of the left list: held"),
        "left claimed": _("told to the filer of the left list: claimed"),
        "left not-on-their-list": _("told to the filer of the left list: not on the other side's list"),
        "right held": _("told to the filer of the right list: held"),
        "right claimed": _("told to the filer of the right list: claimed"),
        "right not-on-their-list": _("told to the filer of the right list: not on the other side's list"),
    }
    return _look_up(table, f"{side} {code}")
