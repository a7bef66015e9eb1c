"""Listing 1,000 sealed exchanges: the page of all exchanges of one person, warm. Each in a room of its own (`ROOMS`).

*Warm*: a process that has listed them before; the page is asked for through Django's own client, with the session, the
rooms' heads and what the record says of each exchange. *Desk alone* is what of it is not the page: the person's rooms.
"""

from __future__ import annotations

import statistics
import time

from _ground import PERSON, act_id, home, plenary_of

ROOMS, EACH = 1_000, 1
WARM_MS = 100
RUNS = 15


def main() -> None:
    with home():
        from goodoffices.storage.office import open_office

        make_tables()
        office = open_office()
        start = time.perf_counter()
        fill(office)
        print(f"filled with {ROOMS * EACH:,} exchanges in {ROOMS} rooms in {time.perf_counter() - start:.0f} s")
        page, desk = listed()
        print(f"all of them listed, warm, median  {page:7.1f} ms   (at most {WARM_MS})")
        print(f"of which the desk's rooms         {desk:7.1f} ms")


def make_tables() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill(office: object) -> None:
    from goodoffices.secretariat.acts import Request, Step
    from goodoffices.secretariat.desk import Desk
    from goodoffices.secretariat.group import grouped
    from goodoffices.secretariat.office import Office
    from tests.exchanging import nonce, recipient, sheet
    from tests.people import Pen

    assert isinstance(office, Office)
    pens = {who: Pen(f"pen {who}") for who in (PERSON, "a" * 32, "b" * 32)}
    plenary = plenary_of(office, "many")
    with grouped(office, every=200) as group:
        count = iter(range(10**9))

        def do(who: str, room: str, command: str, **raw: object) -> str:
            desk, act = Desk(group, who), act_id(f"x{next(count)}")
            (receipt,) = desk.act(Request(act, (Step(room, command, raw),)), pens[who])
            return desk.room(receipt.room).entry(receipt.first).ref if receipt.room == room else receipt.room

        do(PERSON, plenary, "name-key", key=[pens[PERSON].key])
        for who, code in (("a" * 32, "side-a"), ("b" * 32, "side-b")):
            do(PERSON, plenary, "accredit-delegate", person=who, delegation=code, keys=[pens[who].key])
        for number in range(ROOMS):
            members = ["side-a", "side-b"]
            room = do(PERSON, plenary, "open-room", kind="format", name=f"x-{number}", members=members)
            do(PERSON, room, "name-sealing-keys", online=recipient("host"))
            for who, code in (("a" * 32, "side-a"), ("b" * 32, "side-b")):
                keys = do(who, room, "name-sealing-keys", online=recipient(code), **sheet(f"{code} recovery"))
                do(who, room, "prove-recovery", keys=keys, nonce=nonce(f"{code} recovery").hex())
            for each in range(EACH):
                terms = {"holders": ["host"], "k": 1, "deadline": "2099-01-01T00:00:00Z", "bucket": "65536"}
                proposal = do(PERSON, room, "propose-exchange", **terms)
                if each + 1 < EACH:
                    do("a" * 32, room, "decline-exchange", proposal=proposal)


def listed() -> tuple[float, float]:
    """Medians in milliseconds: the page, and the desk's rooms."""
    from django.test import Client

    from goodoffices.secretariat.desk import Desk
    from goodoffices.storage.models import Account
    from goodoffices.storage.office import open_office

    browser = Client(HTTP_HOST="localhost")
    browser.force_login(Account.objects.create_user("host", person=PERSON))
    answer = browser.get("/exchanges/")
    assert answer.content.count(b"/exchange/") == ROOMS * EACH, answer.content[:500]

    def timed(run: object) -> float:
        taken = []
        for _ in range(RUNS):
            start = time.perf_counter()
            run()  # type: ignore[operator]  # a function without arguments
            taken.append(time.perf_counter() - start)
        return statistics.median(taken) * 1000

    return timed(lambda: browser.get("/exchanges/")), timed(lambda: Desk(open_office(), PERSON).rooms())


if __name__ == "__main__":
    main()
