"""YAML read as text with places: every value keeps the line and column where it stands.

A scalar is its text and nothing else: what it means is for the field it is given to, so that a delegation called
``no`` or a paper called ``1.10`` stays what was written. Aliases and tags are refused: a talks file is read by people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

MAX_CHARACTERS = 4 * 1024 * 1024  # a talks file is written by hand; a whole process fits many times over

_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file; both count from 1."""

    line: int = 1
    column: int = 1


class BadFile(ValueError):
    """Something in a file is not as it must be: where, and why in plain words."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(f"line {place.line}, column {place.column}: {why}")
        self.place, self.why = place, why


@dataclass(frozen=True)
class Text:
    """A scalar. ``empty``: nothing was written there (an unquoted nothing, ``~`` or ``null``)."""

    value: str
    place: Place
    empty: bool = False


@dataclass(frozen=True)
class Listing:
    items: tuple[Value, ...]
    place: Place


@dataclass(frozen=True)
class Group:
    """Named values; ``names`` has the place of each name."""

    fields: Mapping[str, Value]
    place: Place
    names: Mapping[str, Place] = field(default_factory=dict)

    def place_of(self, name: str) -> Place:
        return self.names.get(name, self.place)


Value = Text | Listing | Group


def read(text: str) -> Value:
    """The one document in ``text``. Raises ``BadFile`` at the first place that cannot be read."""
    if len(text) > MAX_CHARACTERS:
        raise BadFile(Place(), f"the file has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}.")
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        return _value(node, set()) if node is not None else _nothing()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        raise BadFile(place, f"this is not YAML: {error.problem or error.context}.") from error
    except ReaderError as error:
        raise BadFile(_at(text, error.position), "there is a control character here; please remove it.") from error
    except YAMLError as error:
        raise BadFile(Place(), f"this is not YAML: {error}.") from error
    except RecursionError as error:
        raise BadFile(Place(), "the file is nested too deeply.") from error


def meant(word: str, known: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """``Did you mean “…”?``, or the known words when none is near."""
    words = sorted(set(known))
    near = get_close_matches(word, words, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"Known here: {', '.join(words)}." if words else "None is known here."


def _nothing() -> Value:
    raise BadFile(Place(), "the file is empty.")


def _at(text: str, position: int) -> Place:
    before = text[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _after(node: Node) -> Place:
    return Place(node.end_mark.line + 1, node.end_mark.column + 2)


def _value(node: Node, seen: set[int]) -> Value:
    place = _place(node)
    if id(node) in seen:
        raise BadFile(place, "this is used again elsewhere (*alias); write it out in full there.")
    seen.add(id(node))
    if not str(node.tag).startswith(_PLAIN_TAG) or "/" in str(node.tag)[len(_PLAIN_TAG) :]:
        raise BadFile(place, f"tags such as {node.tag} are not used here; remove it.")
    if isinstance(node, ScalarNode):
        return Text(node.value, place, empty=node.style is None and node.value in _EMPTY)
    if isinstance(node, SequenceNode):
        return Listing(tuple(_value(item, seen) for item in node.value), place)
    return _group(node, place, seen)


def _group(node: Node, place: Place, seen: set[int]) -> Group:
    fields: dict[str, Value] = {}
    names: dict[str, Place] = {}
    for key, value in node.value:
        at = _place(key)
        if not isinstance(key, ScalarNode):
            raise BadFile(at, "a name is expected before the colon.")
        if key.value in fields:
            raise BadFile(at, f"“{key.value}” is given twice (first in line {names[key.value].line}).")
        read = _value(value, seen)
        # Of a value that was left out, YAML says it stands wherever the next one begins.
        left_out = isinstance(read, Text) and read.empty and not read.value
        fields[key.value] = Text("", _after(key), empty=True) if left_out else read
        names[key.value] = at
    return Group(fields, place, names)
