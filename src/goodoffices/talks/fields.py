"""Fields of commands: one description from which talks files are checked and forms are drawn.

A command is a frozen dataclass whose fields are made by the functions below. What a person gives (*raw*) is turned
by ``secretariat.binding`` into what a rule sees (*bound*):

============  ==========================================  ===============================================
function      raw                                         bound
============  ==========================================  ===============================================
words         text                                        citation ``p:…`` (rules never see the text)
paper         {content, media, name}                      ``PaperCited``
blob          {content}                                   ``BlobCited``
plain         text that fits its pattern                  the same: it stands in the entry as given, so no words
instant       RFC 3339 with a zone                        RFC 3339 UTC, milliseconds
ref           ``e:…`` (talks files: a label)              ``e:…``, and the entry itself in ``scene.cited``
delegation    id, or its code in the room                 id
person        id                                          id
room          id, or its short name among one's rooms     id, and its state in ``scene.rooms``
new           nothing                                     a fresh id (32 hex)
code          slug ``[a-z0-9-]{1,60}``                    the same
choice        one of ``options``                          the same
when          EDTF (ISO 8601-2)                           the same
flag, number  bool, int                                   the same
zone          IANA time zone name                         the same
terms         text (``commitments.language``)             ``commitments.terms.Terms``
many          list of any of the above                    tuple
rows          list of mappings                            tuple of nested dataclasses
keys          list of key mappings                        tuple of dicts
============  ==========================================  ===============================================
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, TypeAlias

from goodoffices.talks.outcomes import SOURCE_KINDS

TERMS_HELP = (
    "As people say it: after both papers are opened; within 10 days of the release of lists; "
    "unless a full ceasefire holds for 30 consecutive days; by 2025-06-01. Several, with commas."
)

RowType: TypeAlias = type[Any]
"""A dataclass whose fields are described here too."""


@dataclass(frozen=True)
class Field:
    """How one field of a command is asked for. ``kinds``: for a ref, the kinds of entry it may name.

    ``shown``: of a number that is known already, whether a form says it.
    """

    type: str
    label: str
    help: str = ""
    required: bool = True
    options: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    long: bool = False
    many: bool = False
    row: RowType | None = None
    pattern: str = ""
    salted: bool = False
    shown: bool = False

    @property
    def empty(self) -> Any:
        """What a rule sees where nothing was given."""
        return False if self.type == "flag" else () if self.many else None


@dataclass(frozen=True)
class PaperCited:
    """A paper as an entry holds it: its particular, size in bytes, media type and (citation of) file name."""

    paper: str
    size: int
    media: str
    name: str | None

    def body(self) -> dict[str, Any]:
        return {"paper": self.paper, "size": self.size, "media": self.media, "name": self.name}


@dataclass(frozen=True)
class BlobCited:
    """Bytes that programs read, as an entry holds them: their particular, SHA-256 (64 hex) and size in bytes."""

    paper: str
    sha256: str
    size: int

    def body(self) -> dict[str, Any]:
        return {"paper": self.paper, "sha256": self.sha256, "size": self.size}


def _field(field: Field) -> Any:
    default: Any = dataclasses.MISSING if field.required else field.empty
    return dataclasses.field(default=default, metadata={"field": field})


def words(label: str, help: str = "", *, required: bool = True, long: bool = False) -> Any:
    return _field(Field("words", label, help, required, long=long))


def paper(label: str, help: str = "", *, required: bool = True, salted: bool = False) -> Any:
    """``salted``: it is given with its salt (``salt``, 32 hex), so that its citation is known beforehand."""
    return _field(Field("paper", label, help, required, salted=salted))


def blob(label: str, help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("blob", label, help, required, many=many))


def plain(label: str, pattern: str, help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("plain", label, help, required, many=many, pattern=pattern))


def instant(label: str, help: str = "", *, required: bool = True) -> Any:
    return _field(Field("instant", label, help, required))


def ref(label: str, *kinds: str, help: str = "", required: bool = True, many: bool = False) -> Any:
    return _field(Field("ref", label, help, required, kinds=kinds, many=many))


def delegation(label: str, help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("delegation", label, help, required, many=many))


def person(label: str, help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("person", label, help, required, many=many))


def room(label: str, help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("room", label, help, required, many=many))


def new() -> Any:
    """A fresh id. A talks file may name it (``as:``) to speak of it later; a form never shows it."""
    return _field(Field("new", ""))


def code(label: str, help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("code", label, help, required, many=many))


def choice(label: str, options: tuple[str, ...], help: str = "", *, required: bool = True, many: bool = False) -> Any:
    return _field(Field("choice", label, help, required, options=options, many=many))


def when(label: str, help: str = "", *, required: bool = True) -> Any:
    return _field(
        Field(
            "when",
            label,
            help or "A date or time as far as it is known (EDTF): 2025-05-16, 2025-05~, 2025-05-16T13:30Z.",
            required,
        )
    )


def zone(label: str, help: str = "", *, required: bool = True) -> Any:
    return _field(Field("zone", label, help or "A time zone, such as Europe/Istanbul.", required))


def terms(label: str, help: str = "") -> Any:
    """Nothing given is terms too: binding at once, without an end."""
    return _field(Field("terms", label, help or TERMS_HELP, required=False))


def flag(label: str, help: str = "") -> Any:
    return _field(Field("flag", label, help, required=False))


def number(label: str, help: str = "", *, required: bool = True, many: bool = False, shown: bool = False) -> Any:
    return _field(Field("number", label, help, required, many=many, shown=shown))


def rows(label: str, row: RowType, help: str = "", *, required: bool = True) -> Any:
    return _field(Field("rows", label, help, required, many=True, row=row))


def keys(label: str, help: str = "") -> Any:
    return _field(Field("keys", label, help, required=False, many=True))


PASSAGE = r"[0-9]{1,9}-[0-9]{1,9}"
DEGREES_OF_SOURCE = ("on-record", "reported", "anonymous")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asks. Alone it is for what happens by being entered and cannot be told of, such as sealing."""


@dataclass(frozen=True, kw_only=True)
class Command(Asked):
    """What every other act may carry: when it happened, who told it, how we know, and where it is read. Never required,
    never invented. ``passage`` is in characters of the source's text, the last not included: ``120-188``.
    """

    happened: str | None = when(
        "When it happened", "As far as it is known; leave empty if the source gives no time.", required=False
    )
    told_by: str | None = words(
        "As told by", "Who says so, where this is not the room's own knowledge.", required=False
    )
    known: str | None = choice("How we know", DEGREES_OF_SOURCE, required=False)
    read_in: str | None = ref("Read in", *SOURCE_KINDS, help="A source or paper on this record.", required=False)
    passage: str | None = plain(
        "Passage", PASSAGE, "In characters of that text, from 0, such as 120-188.", required=False
    )

    @property
    def spot(self) -> tuple[int, int]:
        """``passage`` as numbers."""
        start, _, end = (self.passage or "0-0").partition("-")
        return int(start), int(end)

    def as_told(self) -> dict[str, Any]:
        """The part of an entry's body that says when it happened and how it is known; empty where nothing was given."""
        given = {"happened": self.happened, "told_by": self.told_by, "known": self.known, "read_in": self._cited()}
        return {name: value for name, value in given.items() if value is not None}

    def _cited(self) -> dict[str, Any] | None:
        if self.read_in is None:
            return None
        start, end = self.spot
        return {"entry": self.read_in} | ({"start": start, "end": end} if self.passage is not None else {})


_DESCRIBED: dict[type, dict[str, Field]] = {}


def described(command: type) -> dict[str, Field]:
    """The fields of a command or row, in order, by name."""
    if command not in _DESCRIBED:
        described = {f.name: f.metadata["field"] for f in dataclasses.fields(command) if "field" in f.metadata}
        _DESCRIBED[command] = described
    return _DESCRIBED[command]


def command_name(command: type) -> str:
    """``CallMeeting`` -> ``call-meeting``."""
    name = command.__name__
    return "".join("-" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(name))
