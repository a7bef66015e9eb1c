"""A name that is handed in stands nowhere but on the pages of who may read it: looked for in everything left behind."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from goodoffices.prisoners import taking
from goodoffices.secretariat import lists
from goodoffices.storage.listkeys import FileCabinet
from goodoffices.storage.models import Account
from goodoffices.storage.records import DatabaseStore
from goodoffices.web.acting import desks
from tests.listing import file, open_exchange, view
from tests.people import SIDE_A, Round

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "Канаркович"
SPELLED = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode("cp1251"), CANARY.casefold().encode()]
LIST = f"№;Прізвище;Ім'я;Дата народження\n1;{CANARY};Остап;31.02.1990\n2;;;{CANARY}\n".encode()
ACT = "5" * 32


@pytest.fixture
def talks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Round:
    opened = open_exchange(DatabaseStore("default"))
    opened.office.cabinet = FileCabinet(tmp_path / "list-keys")
    monkeypatch.setattr(desks, "open_office", lambda: opened.office)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    return opened


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, at every level, with tracebacks."""
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def browser() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.create_user("anna", person=SIDE_A))
    return client


def told(text: bytes) -> bool:
    return any(name in text for name in SPELLED)


def dumped() -> bytes:
    """Every cell of every table of the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for r in cursor for c in r]
    return b"\n".join(found)


def sent(**more: str) -> dict[str, Any]:
    return {"act": ACT, "code": "held", "holds": "we-hold", "list": SimpleUploadedFile(f"{CANARY}.csv", LIST), **more}


def test_a_name_is_nowhere_but_on_the_page(talks: Round, logged: io.StringIO, tmp_path: Path) -> None:
    where, client = f"/rooms/{talks.rooms['lists-a']}/lists/", browser()
    assert told(client.post(where + "file/", sent(look="1")).content)
    answer = client.post(where + "file/", sent(file="1"))
    seq = view(talks, "a").size - 1
    assert told(client.get(answer.headers["Location"]).content)
    assert told(client.post(f"{where}{seq}/", {"q": CANARY}).content)
    for path in (f"{where}{CANARY}/", f"{where}{seq}/?from={CANARY}", f"{where}file/"):
        client.get(path)
    client.get(f"/rooms/{talks.rooms['lists-a']}/")
    assert CANARY not in answer.headers["Location"]
    assert not told(dumped())
    assert not told(logged.getvalue().replace(f"lists/{CANARY}", "").encode())  # an address that somebody made up
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.parent.name == "list-keys" for path in kept)
    assert [path for path in kept if told(path.read_bytes()) or told(os.fsencode(path.name))] == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_fault_of_ours_tells_no_name(
    talks: Round, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the program itself breaks, its page, its log and its traceback hold no cell."""

    def broken(person: Any, *_: Any) -> Any:
        held = {"surname": person.said["surname"]}
        return held["shoe size"]

    monkeypatch.setattr(taking, "_said", broken)
    answer = browser().post(f"/rooms/{talks.rooms['lists-a']}/lists/file/", sent(file="1"))
    assert answer.status_code == 500
    assert "Traceback" in logged.getvalue()
    assert not told(answer.content)
    assert not told(logged.getvalue().encode())
    assert not told(dumped())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()], "no key was left"


def test_refusals_tell_no_name(talks: Round) -> None:
    client, where = browser(), f"/rooms/{talks.rooms['lists-a']}/lists/file/"
    for content in (LIST + b'"', LIST.replace("Прізвище".encode(), "щось".encode()), LIST * 3):
        data = sent(file="1") | {"list": SimpleUploadedFile("x.csv", content), "code": "NO"}
        answer = client.post(where, data)
        assert answer.status_code == 422
        assert not told(answer.content)


def test_looking_for_it_finds_it_where_it_is(talks: Round, tmp_path: Path) -> None:
    """The search itself is sound: it finds a name that somebody did put down."""
    talks.do(SIDE_A, "lists-a", "note-event", what="call", words=f"About {CANARY}.")
    assert told(dumped())
    (tmp_path / "tmp" / "upload").write_bytes(LIST)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and told(path.read_bytes())] == ["upload"]


def test_what_is_uploaded_is_never_a_temporary_file(talks: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of several megabytes, which Django would put into a temporary file by default."""
    taken: list[str] = []

    def noted(request: HttpRequest) -> bytes:
        given = request.FILES["list"]
        taken.append(type(given).__name__)
        content: bytes = given.read()
        return content

    monkeypatch.setattr("goodoffices.web.lists.filing._content", noted)
    content = b"Surname\n" + b"".join(b"Fictive%06d with a long remark beside\n" % n for n in range(90_000))
    assert len(content) > 3_000_000
    data = sent(look="1") | {"list": SimpleUploadedFile("x.csv", content)}
    assert browser().post(f"/rooms/{talks.rooms['lists-a']}/lists/file/", data).status_code == 200
    assert taken == ["InMemoryUploadedFile"]


def test_what_the_secretariat_raises_tells_no_name(talks: Round) -> None:
    ref = file(talks, "a", LIST)
    roster = lists.read(view(talks, "a"), ref)
    for cause in (lambda: lists.read(view(talks, "a"), "e:" + "0" * 64), lambda: roster.without("r:" + "0" * 64)):
        with pytest.raises(Exception) as error:  # noqa: PT011 - whichever it is
            cause()
        assert not told(str(error.value).encode())
