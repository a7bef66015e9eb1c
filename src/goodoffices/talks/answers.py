"""Answers: what each delegation said to something put to all of them, in which entry, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.record.entries import Entry


@dataclass(frozen=True)
class Answer:
    """What was said, the entry that says so, and ``how``: signed, entered (by the host's server) or minuted."""

    says: str
    ref: str
    how: str


def answer(entry: Entry, says: str) -> Answer:
    """The answer that ``entry`` gives."""
    return Answer(says, entry.ref, how(entry))


def how(entry: Entry) -> str:
    """Whether an entry is signed, entered by the host's server, or minuted for another delegation."""
    if entry.header.on_behalf is not None:
        return "minuted"
    return "entered" if entry.header.signed is None else "signed"


def retracted(answers: Mapping[str, Answer], entry: Entry) -> dict[str, Answer]:
    """The answers that remain after ``entry``, a correction of an entry or an objection to a minute.

    An answer no longer counts when the delegation whose it is corrects it, or objects to the minute that holds it, or
    when the host corrects one that was only minuted. That delegation may then answer anew.
    """
    ref, by = entry.body["entry"], entry.acting
    return {d: given for d, given in answers.items() if given.ref != ref or (by != d and given.how != "minuted")}
