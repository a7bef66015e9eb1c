"""What kind of ceasefire something said to be agreed or undertaken is: class, declaration, purpose, coverage and end.

The choices follow the ETH/PRIO Civil Conflict Ceasefire Dataset (Clayton et al., *Journal of Conflict Resolution*,
2022), so that what is kept here can be laid beside it. What the source does not give is left out, never inferred.
"""

from __future__ import annotations

from typing import Any, Protocol

from goodoffices.talks import fields

CLASSES = ("cessation-of-hostilities", "preliminary", "definitive", "not-stated")
"""Arrangements to stop fighting; the same with monitoring or verification; and with disarmament or demobilisation."""

DECLARED = ("unilateral", "bilateral", "multilateral", "not-stated")
PURPOSES = ("humanitarian", "peace-process", "holiday", "election", "other", "not-stated")
COVERAGE = ("whole-conflict", "part-of-it", "not-stated")
ENDS = ("expired", "violated", "withdrawn", "replaced", "peace-agreement", "other", "not-stated")
"""How one came to an end. It is always somebody's report."""

TITLE = "Where the matter is a ceasefire"
NAMES = ("ceasefire_class", "declared", "purposes", "coverage", "covers")


class HasCeasefire(Protocol):
    """A command with these fields."""

    @property
    def ceasefire_class(self) -> str | None: ...
    @property
    def declared(self) -> str | None: ...
    @property
    def purposes(self) -> tuple[str, ...]: ...
    @property
    def coverage(self) -> str | None: ...
    @property
    def covers(self) -> str | None: ...


def class_field() -> Any:
    return fields.choice(
        "Class of ceasefire",
        CLASSES,
        "Preliminary: with monitoring or verification. Definitive: with disarmament or demobilisation.",
        required=False,
    )


def declared_field() -> Any:
    return fields.choice("Declared", DECLARED, "By one side, by two, by several.", required=False)


def purposes_field() -> Any:
    return fields.choice("What it is for", PURPOSES, required=False, many=True)


def coverage_field() -> Any:
    return fields.choice("What it covers", COVERAGE, required=False)


def covers_field() -> Any:
    return fields.words("Which area, weapons or forces it covers", required=False)


def body(c: HasCeasefire) -> dict[str, Any]:
    """The part of an entry's body about it; empty where nothing was given."""
    given = {
        "class": c.ceasefire_class,
        "declared": c.declared,
        "purposes": list(dict.fromkeys(c.purposes)) or None,
        "coverage": c.coverage,
        "covers": c.covers,
    }
    kept = {name: value for name, value in given.items() if value is not None}
    return {"ceasefire": kept} if kept else {}
