"""Letters: confirmed by a button, ended by one click, never about anything, and sent once."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from goodoffices.storage.models import Letter, Reminded, Reminders, Subscription
from goodoffices.web.mailing import news, outbox, reminding, subscribing, tokens
from goodoffices.web.mailing.outbox import NoServer, Sent
from tests.people import HOST, SIDE_A, SIDE_B, Round
from tests.postoffice import PostOffice, links
from tests.web.conftest import SignIn
from tests.web.mail import Clock, clock, post

__all__ = ["clock", "post"]  # fixtures
pytestmark = pytest.mark.django_db
ANNA, BERT = "anna@example.org", "bert@example.org"
BASE = "http://testserver"


def publish(round_: Round, gist: str = "We shall meet again.") -> str:
    round_.do(HOST, "public", "record-statement", verb="announced", gist=gist, setting="public")
    return round_.view(HOST, "plenary").seats.talks


def ask(talks: str, address: str = ANNA, browser: Client | None = None) -> bytes:
    browser = browser or Client(enforce_csrf_checks=True)
    answer = browser.post(f"/public/{talks}/subscribe/", {"address": address})
    assert (answer.status_code, answer.content, answer.cookies.output()) == (302, b"", "")
    return browser.get(answer["Location"]).content


def send(round_: Round) -> Sent:
    subscribing.forget_unconfirmed()
    news.make(round_.office, BASE)
    reminding.make(round_.office, BASE)
    return outbox.send()


def path(letter: Any, number: int = 0) -> str:
    return links(letter)[number].removeprefix(BASE)


def follow(round_: Round, post: PostOffice, address: str = ANNA) -> str:
    """A confirmed subscription: the path of the link that ends it is in the next letter."""
    talks = publish(round_)
    ask(talks, address)
    assert send(round_).waiting == 0
    assert Client().post(path(post.to(address)[-1])).status_code == 200
    post.letters.clear()
    return talks


def test_nothing_counts_before_the_button(round_: Round, post: PostOffice, clock: Clock) -> None:
    talks = publish(round_)
    ask(talks)
    assert send(round_) == Sent(1, 0, 0)
    (letter,) = post.letters
    for _scanner in range(3):
        assert "Yes, write to me" in Client().get(path(letter)).content.decode()
    publish(round_, "More.")
    clock.later(hours=2)
    assert (send(round_), Subscription.objects.get().confirmed) == (Sent(0, 0, 0), None)
    assert "Confirmed" in Client(enforce_csrf_checks=True).post(path(letter)).content.decode()
    assert send(round_) == Sent(0, 0, 0)  # what was published before is not told of
    publish(round_, "Still more.")
    assert send(round_) == Sent(1, 0, 0)


def test_letters_tell_nothing(round_: Round, post: PostOffice, clock: Clock) -> None:
    talks = follow(round_, post)
    publish(round_, "A word that no letter holds.")
    send(round_)
    (letter,) = post.letters
    stop = letter["List-Unsubscribe"].strip(" <>")
    assert (letter["Subject"], letter["To"], letter["From"]) == (
        "Something was published",
        ANNA,
        "good-offices@localhost",
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n").strip() == (
        f"Something was published that you follow:\n{BASE}/public/{talks}/\n\nTo get no more of these letters:\n{stop}"
    )
    assert "Rehearsal" not in letter.as_string()


def test_one_click_ends_it_without_session_or_form(round_: Round, post: PostOffice, clock: Clock) -> None:
    follow(round_, post)
    publish(round_, "More.")
    send(round_)
    stop = path(post.letters[0], 1)
    assert "End these letters?" in Client().get(stop).content.decode()
    assert Subscription.objects.count() == 1
    program = Client(enforce_csrf_checks=True)
    for _again in range(2):
        answer = program.post(stop, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "forgotten here" in answer.content.decode()) == (200, True)
    assert (Subscription.objects.count(), Letter.objects.count()) == (0, 0)
    clock.later(hours=2)
    publish(round_, "And more.")
    assert send(round_) == Sent(0, 0, 0)


def changed(token: str) -> list[str]:
    id, _dot, signature = token.partition(".")
    other = "0" * 32
    return [
        "none",
        "x" * 200,
        "%00",
        id,
        f"{id}.",
        f"{other}.{signature}",
        f"{id}.{signature[:-1]}",
        f"{id}.{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{id}.{signature}x",
        tokens.make("confirm", id),
        tokens.make("stop-reminders", id),
    ]


def test_forged_and_altered_links_change_nothing(round_: Round, post: PostOffice, clock: Clock) -> None:
    follow(round_, post)
    before = list(Subscription.objects.values())
    token = tokens.make("stop", before[0]["id"])
    for method in (Client().get, Client().post):
        for one in changed(token):
            answer = method(f"/letters/stop/{one}/")
            assert (one, answer.status_code) == (one, 410)
            assert "Nothing was changed" in answer.content.decode()
    for purpose in ("confirm", "reminders/confirm", "reminders/stop"):
        assert Client().post(f"/letters/{purpose}/{token}/").status_code == 410
    assert list(Subscription.objects.values()) == before


def test_the_answer_is_the_same_for_every_address(round_: Round, post: PostOffice, clock: Clock) -> None:
    talks = follow(round_, post, ANNA)
    clock.later(hours=2)
    assert ask(talks, ANNA) == ask(talks, BERT) == ask(talks, BERT)
    assert send(round_).sent == 2
    assert [letter["Subject"] for letter in sorted(post.letters, key=lambda letter: letter["To"])] == [
        "We write to this address already",
        "Please confirm your address",
    ]


def test_an_address_gets_one_such_letter_an_hour(round_: Round, post: PostOffice, clock: Clock) -> None:
    talks = publish(round_)
    for spelled in (ANNA, "Anna@Example.org", ANNA.upper()):
        ask(talks, spelled)
    assert send(round_).sent == 1
    clock.later(minutes=59)
    ask(talks)
    assert send(round_).sent == 0
    clock.later(minutes=2)
    ask(talks)
    assert send(round_).sent == 1


def test_what_nobody_confirms_is_forgotten(round_: Round, post: PostOffice, clock: Clock) -> None:
    talks = publish(round_)
    ask(talks)
    send(round_)
    clock.later(days=3, minutes=1)
    assert Client().post(path(post.letters[0])).status_code == 410
    send(round_)
    assert (Subscription.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@b.example\r\nBcc: c@d.example", "x" * 250 + "@a.org"])
def test_what_is_no_address_is_said_and_kept_nowhere(round_: Round, post: PostOffice, address: str) -> None:
    answer = Client().post(f"/public/{publish(round_)}/subscribe/", {"address": address})
    assert "errors" in answer.content.decode()
    assert Subscription.objects.count() == 0


def test_one_place_gives_so_many_addresses(round_: Round, post: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.web.mailing.views.TRIES", 2)
    talks = publish(round_)
    for number in range(2):
        ask(talks, f"a{number}@example.org")
    assert Client().post(f"/public/{talks}/subscribe/", {"address": "c@example.org"}).status_code == 429
    assert Subscription.objects.count() == 2


def test_talks_that_nobody_spoke_of_and_machines_without_mail_are_not_followed(
    round_: Round, post: PostOffice, settings: Any
) -> None:
    talks = round_.view(HOST, "plenary").seats.talks
    assert Client().get(f"/public/{talks}/subscribe/").status_code == 404
    publish(round_)
    assert Client().get(f"/public/{talks}/subscribe/").status_code == 200
    settings.EMAIL_HOST = ""
    assert Client().get(f"/public/{talks}/subscribe/").status_code == 404
    assert "e-mail" not in Client().get(f"/public/{talks}/").content.decode()


def test_several_publications_are_one_letter_and_none_is_missed(round_: Round, post: PostOffice, clock: Clock) -> None:
    follow(round_, post)
    publish(round_, "One.")
    publish(round_, "Two.")
    assert send(round_).sent == 1
    publish(round_, "Three.")
    assert send(round_).sent == 0  # within the hour
    clock.later(minutes=61)
    assert (send(round_).sent, send(round_).sent) == (1, 0)


def test_who_sits_in_the_public_room_is_no_news(round_: Round, post: PostOffice, clock: Clock) -> None:
    follow(round_, post)
    round_.do(HOST, "public", "accredit-delegate", person="9" * 32, delegation="side-a", name="Another")
    clock.later(hours=2)
    assert send(round_) == Sent(0, 0, 0)
    publish(round_, "More.")
    assert send(round_) == Sent(1, 0, 0)


Crash = Callable[[pytest.MonkeyPatch], None]


class Died(BaseException):
    """As when the machine goes down at that very moment."""


def _before_sending(patch: pytest.MonkeyPatch) -> None:
    def died(self: EmailMessage, **_: Any) -> int:
        raise Died

    patch.setattr(EmailMessage, "send", died)


def _after_sending(patch: pytest.MonkeyPatch) -> None:
    sent = EmailMessage.send

    def died(self: EmailMessage, **options: Any) -> int:
        sent(self, **options)
        raise Died

    patch.setattr(EmailMessage, "send", died)


@pytest.mark.parametrize(("crash", "copies"), [(_before_sending, 1), (_after_sending, 2)])
def test_a_crash_loses_no_letter(
    round_: Round, post: PostOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch, crash: Crash, copies: int
) -> None:
    """And doubles one only where SMTP cannot tell, under one Message-ID."""
    follow(round_, post)
    publish(round_, "More.")
    with monkeypatch.context() as patch:
        crash(patch)
        with pytest.raises(Died):
            send(round_)
    assert outbox.send() == Sent(0, 1, 0)  # somebody else may be sending it just now
    clock.later(minutes=16)
    assert (outbox.send().sent, outbox.send().sent) == (1, 0)
    assert (len(post.letters), len({letter["Message-ID"] for letter in post.letters})) == (copies, 1)


def test_two_that_send_at_once_never_take_the_same_letter(round_: Round, post: PostOffice, clock: Clock) -> None:
    follow(round_, post)
    publish(round_, "More.")
    news.make(round_.office, BASE)
    read_by_another = Letter.objects.get()
    assert outbox._take(Letter.objects.get()) is True
    assert (outbox._take(read_by_another), outbox.send()) == (False, Sent(0, 1, 0))


def test_a_letter_that_is_refused_is_tried_again_and_then_given_up(
    round_: Round, post: PostOffice, clock: Clock
) -> None:
    follow(round_, post)
    publish(round_, "More.")
    post.answers[ANNA] = "450 the mailbox is busy"
    assert send(round_) == Sent(0, 1, 0)
    assert Letter.objects.get().why == "450 the mailbox is busy"
    assert outbox.send() == Sent(0, 1, 0)
    for pause in outbox.LATER:
        clock.later(seconds=pause.total_seconds() + 1)
        outbox.send()
    letter = Letter.objects.get()
    assert (letter.tries, letter.given_up is not None) == (len(outbox.LATER) + 1, True)
    clock.later(days=9)
    post.answers.clear()
    assert outbox.send() == Sent(0, 0, 0)


def test_a_mailbox_that_is_not_there_is_given_up_at_once_and_others_get_theirs(
    round_: Round, post: PostOffice, clock: Clock
) -> None:
    follow(round_, post, ANNA)
    follow(round_, post, BERT)
    clock.later(hours=2)
    publish(round_, "More.")
    post.answers[ANNA] = "550 no such mailbox"
    assert send(round_) == Sent(1, 0, 1)
    assert Letter.objects.get().why == "550 no such mailbox"
    assert [letter["To"] for letter in post.letters] == [BERT]


def test_without_a_server_everything_waits(round_: Round, post: PostOffice, clock: Clock, settings: Any) -> None:
    follow(round_, post)
    publish(round_, "More.")
    settings.EMAIL_PORT = 1
    with pytest.raises(NoServer, match="Nothing is lost"):
        send(round_)
    letter = Letter.objects.get()
    assert letter.tries == 0
    settings.EMAIL_PORT = post.port
    assert outbox.send() == Sent(1, 0, 0)


def test_a_server_that_hangs_up_on_one_letter_does_not_hold_up_the_others(
    round_: Round, post: PostOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(round_, post, ANNA)
    follow(round_, post, BERT)
    clock.later(hours=2)
    publish(round_, "More.")
    sent = EmailMessage.send

    def hung_up(self: EmailMessage, **options: Any) -> int:
        if self.to == [ANNA]:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return sent(self, **options)

    monkeypatch.setattr(EmailMessage, "send", hung_up)
    assert send(round_) == Sent(1, 1, 0)
    assert Letter.objects.get().why == "Connection unexpectedly closed"


# Reminders


def remind(who: str, sign_in: SignIn, round_: Round, post: PostOffice, address: str = ANNA) -> Client:
    browser = sign_in(who)
    assert browser.post("/account/reminders/", {"address": address}).status_code == 302
    outbox.send()
    assert Client().post(path(post.to(address)[-1])).status_code == 200
    post.letters.clear()
    return browser


def test_a_reminder_comes_once_of_each_thing_and_says_nothing(
    round_: Round, post: PostOffice, clock: Clock, sign_in: SignIn
) -> None:
    remind(SIDE_B, sign_in, round_, post)
    assert send(round_).sent == 0
    for words in ("Hidden words", "Other words"):
        round_.do(SIDE_A, "plenary", "make-request", to="side-b", words=words)
    assert (send(round_).sent, send(round_).sent) == (1, 0)
    (letter,) = post.letters
    assert letter["Subject"] == "Something waits for you"
    assert re.sub(r"stop/\S+/", "stop/…/", letter.get_content()).replace("\r\n", "\n").strip() == (
        f"Something waits for you, or falls due. Sign in to see what it is:\n{BASE}/\n\n"
        f"To get no more of these letters:\n{BASE}/letters/reminders/stop/…/"
    )
    round_.do(SIDE_A, "plenary", "make-request", to="side-b", words="Third")
    assert (send(round_).sent, send(round_).sent) == (1, 0)


def test_an_owner_gives_so_many_addresses(round_: Round, post: PostOffice, clock: Clock, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_B)
    for number in range(6):
        assert browser.post("/account/reminders/", {"address": f"a{number}@example.org"}).status_code == 302
        clock.later(minutes=61)
    assert browser.post("/account/reminders/", {"address": "b@example.org"}).status_code == 429
    assert Reminders.objects.get().address == "a5@example.org"


def test_what_falls_due_is_reminded_of_who_owes_it(
    round_: Round, post: PostOffice, clock: Clock, sign_in: SignIn
) -> None:
    remind(SIDE_A, sign_in, round_, post, ANNA)
    remind(SIDE_B, sign_in, round_, post, BERT)
    due = {"by": "side-a", "to": ["side-b"], "what": "Lists", "degree": "promised"}
    round_.do(SIDE_A, "plenary", "make-commitment", code="soon", terms="by 2030-01-16", **due)
    round_.do(SIDE_A, "plenary", "make-commitment", code="later", terms="by 2030-03-01", **due)
    assert send(round_).sent == 1
    assert [letter["To"] for letter in post.letters] == [ANNA]


def test_reminders_are_ended_on_the_page_or_by_one_click(
    round_: Round, post: PostOffice, clock: Clock, sign_in: SignIn
) -> None:
    browser = remind(SIDE_B, sign_in, round_, post)
    assert ANNA in browser.get("/account/reminders/").content.decode()
    browser.post("/account/reminders/", {"stop": "1"})
    assert Reminders.objects.count() == 0
    remind(SIDE_B, sign_in, round_, post, BERT)
    round_.do(SIDE_A, "plenary", "make-request", to="side-b", words="Please.")
    send(round_)
    stop = path(post.letters[0], 1)
    Client().get(stop)
    assert Reminders.objects.count() == 1
    assert Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Reminders.objects.count() == 0
    round_.do(SIDE_A, "plenary", "make-request", to="side-b", words="Again.")
    assert send(round_).sent == 0
    remind(SIDE_B, sign_in, round_, post, ANNA)
    assert (send(round_).sent, Reminded.objects.count()) == (1, 2)  # of the second request alone


def test_who_left_is_reminded_of_nothing(round_: Round, post: PostOffice, clock: Clock, sign_in: SignIn) -> None:
    remind(SIDE_B, sign_in, round_, post)
    round_.do(SIDE_A, "plenary", "make-request", to="side-b", words="Please.")
    round_.do(HOST, "plenary", "withdraw-delegate", on_behalf="side-b", person=SIDE_B)
    assert send(round_).sent == 0
