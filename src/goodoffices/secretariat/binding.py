"""Binding: turning what a person gives (raw text, codes, files) into what a rule sees (ids and citations)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from goodoffices.commitments import language
from goodoffices.commitments.terms import Terms
from goodoffices.record.particulars import BadWords, Particular
from goodoffices.record.particulars import paper as paper_bytes
from goodoffices.record.particulars import words as words_bytes
from goodoffices.secretariat import dates
from goodoffices.talks.fields import BlobCited, Field, PaperCited, described
from goodoffices.talks.scene import Refusal

_ID = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REF = re.compile(r"e:[0-9a-f]{64}")

_NOTHING: tuple[Any, ...] = ("", [], ())  # what a form or a talks file gives where nothing was said

C = TypeVar("C")


class BadField(Refusal):
    """One field was not understood; ``name`` says which. Nothing was written."""

    def __init__(self, name: str, label: str, why: str) -> None:
        super().__init__(f"{label or name}: {why}")
        self.name = name


class Salts(Protocol):
    def __call__(self, room: str, purpose: str) -> bytes:
        """16 bytes for one purpose in one room; the same again for the same purpose in the same act."""


class Names(Protocol):
    """How short names resolve: only among what the author may see. Each raises ``Refusal`` for an unknown one."""

    def delegation(self, room: str, name: str) -> str: ...

    def room(self, here: str, name: str) -> str: ...


@dataclass
class Binder:
    """Binds the fields of one step of an act done in ``room``; ``made`` collects its particulars by citation."""

    room: str
    step: int
    salts: Salts
    names: Names
    made: dict[str, Particular] = field(default_factory=dict)

    def bind(self, command: type[C], raw: Mapping[str, Any], path: str = "") -> C:
        """The command. Raises ``BadField`` for the first field that is missing, unknown or not understood."""
        known = described(command)
        for name in raw:
            if name not in known:
                raise BadField(name, "", f"there is no such field; the fields are {', '.join(known)}")
        return command(
            **{
                name: self._field(f, raw.get(name), path + name)
                for name, f in known.items()
                if name in raw or f.required
            }
        )

    def _field(self, f: Field, value: Any, path: str) -> Any:
        if f.type == "new":
            if value is not None:
                raise BadField(path, f.label, "this is made by the secretariat and cannot be given.")
            return self.salts(self.room, f"{self.step}/{path}").hex()
        if value is None or value in _NOTHING:
            if f.required:
                raise BadField(path, f.label, "this is needed.")
            return f.empty
        if not f.many:
            return self._one(f, value, path)
        if not isinstance(value, list | tuple):
            raise BadField(path, f.label, "a list is expected.")
        return tuple(self._one(f, item, f"{path}/{n}") for n, item in enumerate(value))

    def _one(self, f: Field, value: Any, path: str) -> Any:
        if f.row is not None:
            if not isinstance(value, Mapping):
                raise BadField(path, f.label, "a group of fields is expected.")
            return self.bind(f.row, value, path + "/")
        return getattr(self, "_" + f.type)(f, value, path)

    def _words(self, f: Field, value: Any, path: str) -> str:
        if not isinstance(value, str):
            raise BadField(path, f.label, "text is expected.")
        try:
            return self._particular(words_bytes(value), path)
        except BadWords as error:
            raise BadField(path, f.label, str(error)) from error

    def _paper(self, f: Field, value: Any, path: str) -> PaperCited:
        try:
            content, media, name = paper_bytes(value["content"]), str(value["media"]), value.get("name")
            cited_name = self._particular(words_bytes(name), path + "/name") if name else None
        except (KeyError, TypeError) as error:
            raise BadField(path, f.label, "a file is expected.") from error
        except BadWords as error:
            raise BadField(path, f.label, str(error)) from error
        if not re.fullmatch(r"[a-z]+/[a-zA-Z0-9.+-]{1,100}", media):
            raise BadField(path, f.label, "the file's media type is not a valid one.")
        salt = self._salt(f, value, path) if f.salted else None
        return PaperCited(self._particular(content, path, salt), len(content), media, cited_name)

    def _salt(self, f: Field, value: Mapping[str, Any], path: str) -> bytes:
        return bytes.fromhex(
            self._matching(f, value.get("salt"), path, _ID, "its salt (32 hexadecimal characters) is needed.")
        )

    def _blob(self, f: Field, value: Any, path: str) -> BlobCited:
        content = value.get("content") if isinstance(value, Mapping) else None
        if not isinstance(content, bytes):
            raise BadField(path, f.label, "a file is expected.")
        try:
            return BlobCited(
                self._particular(paper_bytes(content), path), hashlib.sha256(content).hexdigest(), len(content)
            )
        except BadWords as error:
            raise BadField(path, f.label, str(error)) from error

    def _plain(self, f: Field, value: Any, path: str) -> str:
        return self._matching(f, value, path, re.compile(f.pattern), "this is not written as it must be.")

    def _instant(self, f: Field, value: Any, path: str) -> str:
        try:
            return dates.instant(str(value))
        except ValueError as error:
            raise BadField(path, f.label, str(error)) from error

    def _particular(self, content: bytes, path: str, salt: bytes | None = None) -> str:
        made = Particular(salt or self.salts(self.room, f"{self.step}/{path}"), content)
        citation = made.citation
        self.made[citation] = made
        return citation

    def _ref(self, f: Field, value: Any, path: str) -> str:
        return self._matching(f, value, path, _REF, "the entry it refers to is not given in a way that can be read.")

    def _id(self, f: Field, value: Any, path: str) -> str:
        return self._matching(f, value, path, _ID, "an id of 32 hexadecimal characters is expected.")

    _person = _id

    def _code(self, f: Field, value: Any, path: str) -> str:
        text = self._matching(f, value, path, _CODE, "use small letters, digits and single hyphens.")
        if len(text) > 60:
            raise BadField(path, f.label, "at most 60 characters.")
        return text

    def _delegation(self, f: Field, value: Any, path: str) -> str:
        return self._named(f, value, path, lambda name: self.names.delegation(self.room, name))

    def _room(self, f: Field, value: Any, path: str) -> str:
        return self._named(f, value, path, lambda name: self.names.room(self.room, name))

    def _named(self, f: Field, value: Any, path: str, resolve: Any) -> str:
        try:
            return str(resolve(str(value)))
        except BadField:
            raise
        except Refusal as error:
            raise BadField(path, f.label, str(error)) from error

    def _choice(self, f: Field, value: Any, path: str) -> str:
        if value not in f.options:
            raise BadField(path, f.label, f"choose one of {', '.join(f.options)}.")
        return str(value)

    def _when(self, f: Field, value: Any, path: str) -> str:
        try:
            return dates.checked(str(value))
        except ValueError as error:
            raise BadField(path, f.label, str(error)) from error

    def _zone(self, f: Field, value: Any, path: str) -> str:
        try:
            return ZoneInfo(str(value)).key
        except (ValueError, OSError, KeyError) as error:
            raise BadField(path, f.label, "there is no such time zone; write one like Europe/Istanbul.") from error

    def _terms(self, f: Field, value: Any, path: str) -> Terms:
        if not isinstance(value, str):
            raise BadField(path, f.label, "text is expected.")
        try:
            return language.parse(value)
        except language.BadTerms as error:
            raise BadField(path, f.label, str(error)) from error

    def _flag(self, f: Field, value: Any, path: str) -> bool:
        if not isinstance(value, bool):
            raise BadField(path, f.label, "yes or no is expected.")
        return value

    def _number(self, f: Field, value: Any, path: str) -> int:
        """A form and an offer give digits; a talks file gives the number itself."""
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
            raise BadField(path, f.label, "a whole number, zero or more, is expected.")
        return value

    def _keys(self, f: Field, value: Any, path: str) -> dict[str, str]:
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            raise BadField(path, f.label, "a key is expected.")
        return {str(name): str(text) for name, text in value.items()}

    def _matching(self, f: Field, value: Any, path: str, pattern: re.Pattern[str], why: str) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise BadField(path, f.label, why)
        return value
