"""What is public of talks with 10,000 statements: feeds sent anew, from memory and not at all (304), and the page.

*Anew*: drawn from the record. *From memory*: the same bytes to somebody who has none. *304*: to who has them (ETag).
The peer: a page of Django's own that reads nothing (the sign-in page), through the same client and middleware.
"""

from __future__ import annotations

import statistics as middle
import time
from collections.abc import Callable
from typing import Any

from _ground import PERSON, act_id, home, said

STATEMENTS, STEPS, RUNS = 10_000, 20, 15


def main() -> None:
    with home():
        from django.core.management import call_command
        from django.test import Client

        from goodoffices.storage.office import open_office
        from goodoffices.web.public import serving

        call_command("migrate", verbosity=0)
        office = open_office()
        talks = filled(office)
        browser, address = Client(SERVER_NAME="localhost"), f"/public/{talks}/"
        etag = browser.get(f"{address}feed.atom")["ETag"]

        def anew() -> None:
            serving.forget()
            assert browser.get(f"{address}feed.atom").status_code == 200

        def unchanged() -> None:
            assert browser.get(f"{address}feed.atom", headers={"If-None-Match": etag}).status_code == 304

        asked: dict[str, Callable[[], Any]] = {
            "feed, anew": anew,
            "feed, from memory": lambda: browser.get(f"{address}feed.atom"),
            "feed, 304": unchanged,
            "page of the talks": lambda: browser.get(address),
            "peer: the sign-in page": lambda: browser.get("/sign-in/"),
        }
        for name, ask in asked.items():
            print(f"{name:26} {milliseconds(ask):8.1f} ms")


def filled(office: Any) -> str:
    """Talks (id) in whose public room so much was said."""
    from goodoffices.secretariat.acts import Request, Step
    from goodoffices.secretariat.desk import Desk
    from goodoffices.secretariat.group import grouped

    raw = {
        "name": "public",
        "title": "Talks that many follow",
        "host_code": "host",
        "host_name": "Host",
        "sides": [{"code": code, "role": "party", "name": code} for code in ("side-a", "side-b")],
    }
    receipts = Desk(office, PERSON).open_talks(act_id("opened"), raw)
    views = [Desk(office, PERSON).room(receipt.room) for receipt in receipts]
    public = next(view for view in views if view.seats.kind == "public")
    start = time.perf_counter()
    with grouped(office, every=200) as group:
        for at in range(0, STATEMENTS, STEPS):
            steps = tuple(Step(public.id, "record-statement", said(n)) for n in range(at, at + STEPS))
            Desk(group, PERSON).act(Request(act_id(str(at)), steps))
    print(f"filled with {STATEMENTS:,} statements in {time.perf_counter() - start:.0f} s")
    return str(public.seats.talks)


def milliseconds(ask: Callable[[], Any]) -> float:
    """The median of some runs, after one that does not count."""
    ask()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - start)
    return middle.median(taken) * 1000


if __name__ == "__main__":
    main()
