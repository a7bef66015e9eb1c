"""What is public as a folder, and letters, from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.storage.models import Subscription
from tests.cli.shell import Shell
from tests.golden import Golden
from tests.postoffice import links, open_for_letters

REHEARSAL = "examples/rehearsal.yaml"


@pytest.fixture
def instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which everything here happens."""
    from datetime import UTC, datetime

    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2030, 1, 15, 12, tzinfo=UTC))


def test_public(shell: Shell, golden: Golden) -> None:
    folder = shell.home / "public"
    assert shell.run("replay", REHEARSAL) == 0
    shell.printed.clear()
    assert shell.run("public", "export", str(folder)) == 0
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert shell.run("public", "export", str(folder)) == 0
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == first
    assert shell.run("public", "export", str(folder), "--url", "https://example.org/talks/") == 0
    assert b"https://example.org/talks/" in (folder / "feed.atom").read_bytes()
    assert shell.run("public", "export", str(folder), "--url", "example.org") == 1
    assert shell.run("public", "export", str(shell.home)) == 1
    assert shell.run("public", "export", str(shell.home / "nowhere" / "public")) == 1
    assert [path.name for path in shell.home.iterdir() if path.name.startswith(".public")] == []
    golden("public.txt", shell.transcript)
    assert shell.run("record", "verify", str(next(folder.rglob("*.zip")))) == 0


def test_a_folder_that_is_interrupted_stays_as_it_was(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from goodoffices.web.public import exporting

    folder = shell.home / "public"
    assert shell.run("replay", REHEARSAL) == 0
    assert shell.run("public", "export", str(folder)) == 0
    before = sorted(folder.rglob("*"))

    def interrupted(*_: Any) -> Any:
        yield "index.html", b"half of it"
        raise KeyboardInterrupt

    monkeypatch.setattr(exporting, "files", interrupted)
    assert shell.run("public", "export", str(folder)) == 130
    assert sorted(folder.rglob("*")) == before
    assert [path.name for path in shell.home.iterdir() if path.name.startswith(".public")] == []


def test_mail(shell: Shell, golden: Golden, settings: Any, instant: None) -> None:
    from django.test import Client

    from goodoffices.web.acting import desks

    assert shell.run("replay", REHEARSAL) == 0
    shell.printed.clear()
    settings.EMAIL_HOST = ""
    assert shell.run("mail", "send") == 1
    with open_for_letters() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        assert shell.run("mail", "send") == 0
        talks = next(v for v in desks.office().store.public_rooms())
        seats = desks.Desk(desks.office(), None).room(talks).seats
        for address in ("anna@example.org", "bert@example.org"):
            Client().post(f"/public/{seats.talks}/subscribe/", {"address": address})
        post.answers["bert@example.org"] = "550 no such mailbox"
        assert shell.run("mail", "send") == 0
        assert shell.run("mail", "status") == 0
        Client().post(links(post.letters[0])[0].removeprefix("http://testserver"))
        assert shell.run("mail", "status") == 0
        assert shell.run("mail", "forget", "Bert@example.org") == 0
        assert shell.run("mail", "forget", "nobody@example.org") == 0
        assert [one.address for one in Subscription.objects.all()] == ["anna@example.org"]
        settings.EMAIL_PORT = 1
        Client().post(f"/public/{seats.talks}/subscribe/", {"address": "carl@example.org"})
        assert shell.run("mail", "send") == 1
    golden("mail.txt", shell.transcript)
