"""The statements page of a room with 100,000 statements, sifted: by speaker, issue, channel, degree and verb, warm.

*Page*: asked for through Django's own client by somebody who sits in the room, with session, choices to sift by, the 25
newest statements found, what others say of them, and their words. *Found alone*: which entries they are, and how many.
The peer: SQLite with an index on each column, asked for the same numbers of the newest 26 and for how many there are.
The same page in a room a tenth as long shows what the length of a room costs.
"""

from __future__ import annotations

import sqlite3
import statistics as middle
import time
from collections.abc import Iterator
from typing import Any

from _ground import PERSON, act_id, home, plenary_of

STATEMENTS, SHORT, STEPS = 100_000, 10_000, 20
PAGE_MS = 150
RUNS = 21
SPEAKERS, ISSUES = 200, 40
VERBS = ("said", "demanded", "threatened", "offered", "denied")
CHANNELS = ("press-conference", "social-media", "leak", "speech", None)
KNOWN = ("on-record", "reported", "anonymous", None)

ASKED: dict[str, dict[str, str]] = {
    "nothing asked": {},
    "one speaker": {"speaker": "7"},
    "an issue": {"issue": "issue-3"},
    "a channel and a degree": {"channel": "leak", "known": "anonymous"},
    "speaker, issue and verb": {"speaker": "7", "issue": "issue-7", "verb": "threatened"},
    "four that never meet": {"issue": "issue-3", "channel": "leak", "known": "on-record", "verb": "said"},
}


def main() -> None:
    with home():
        from django.core.management import call_command

        from goodoffices.storage.office import open_office

        call_command("migrate", verbosity=0)
        office = open_office()
        rooms = {size: Filled(office, size) for size in (SHORT, STATEMENTS)}
        print(f"{'':28}{'page':>9} (at most {PAGE_MS} ms)   found alone   SQLite, indexed   page, {SHORT:,} long")
        for name, asked in ASKED.items():
            large, short = rooms[STATEMENTS], rooms[SHORT]
            figures = (large.page(asked), large.found(asked), large.peer(asked), short.page(asked))
            print("{:28}{:6.1f} ms {:>20.2f} ms {:>14.2f} ms {:>14.1f} ms".format(name, *figures))


class Filled:
    """A room with so many statements, and a table of the same in SQLite."""

    def __init__(self, office: Any, size: int) -> None:
        from goodoffices.secretariat.acts import Request, Step
        from goodoffices.secretariat.desk import Desk
        from goodoffices.secretariat.group import grouped

        self.office, self.size = office, size
        start = time.perf_counter()
        self.room = plenary_of(office, f"room-{size}")
        self.first: dict[int, str] = {}
        with grouped(office, every=200) as group:
            desk = Desk(group, PERSON)
            for at in range(0, size, STEPS):
                steps = (self.step(Step, number) for number in range(at, at + STEPS))
                desk.act(Request(act_id(f"{size}/{at}"), tuple(steps)))
                if at < SPEAKERS:
                    new = desk.room(self.room).entries()[-STEPS:]
                    self.first |= {at + n: entry.ref for n, entry in enumerate(new)}
        self.table = table(size)
        print(f"filled with {size:,} statements in {time.perf_counter() - start:.0f} s")

    def step(self, step: Any, number: int) -> Any:
        given = row(number)
        who = number % SPEAKERS
        speaker = {"same_speaker": self.first[who]} if number >= SPEAKERS else {"speaker": f"Speaker {who}"}
        fields = {n: given[n] for n in ("verb", "channel", "known") if given[n]} | {"issues": [given["issue"]]}
        gist = f"Statement {number}: the matter of the corridor was raised again, and the earlier answer maintained."
        return step(self.room, "record-statement", {"setting": "public", "gist": gist} | fields | speaker)

    def page(self, asked: dict[str, str]) -> float:
        """The median in milliseconds."""
        from django.test import Client

        from goodoffices.storage.models import Account

        browser = Client(headers={"host": "localhost"})
        account = Account.objects.filter(pk=PERSON).first() or Account.objects.create_user("bench", person=PERSON)
        browser.force_login(account)
        where = f"/rooms/{self.room}/statements/"
        assert browser.get(where, self.meant(asked)).status_code == 200
        return median(lambda: browser.get(where, self.meant(asked)))

    def meant(self, asked: dict[str, str]) -> dict[str, str]:
        return asked | ({"speaker": self.first[int(asked["speaker"])]} if "speaker" in asked else {})

    def found(self, asked: dict[str, str]) -> float:
        from itertools import islice

        from goodoffices.readouts.statements import Filter
        from goodoffices.secretariat.desk import Desk
        from goodoffices.statements.kept import STATEMENTS as MATTER

        view, keys = Desk(self.office, PERSON).room(self.room), Filter(**self.meant(asked)).keys()
        marks = view.state[MATTER].marks
        return median(lambda: (list(islice(marks.found(keys, view.size), 26)), marks.many(keys, view.size)))

    def peer(self, asked: dict[str, str]) -> float:
        where = " AND ".join(f"{name} = ?" for name in asked) or "1"
        newest, many = (
            f"SELECT seq FROM s WHERE {where} ORDER BY seq DESC LIMIT 26",
            f"SELECT count(*) FROM s WHERE {where}",
        )
        values = tuple(asked.values())
        return median(
            lambda: (self.table.execute(newest, values).fetchall(), self.table.execute(many, values).fetchall())
        )


def row(number: int) -> dict[str, Any]:
    """What one statement is about; each column goes round at its own pace."""
    return {
        "speaker": str(number % SPEAKERS),
        "issue": f"issue-{number % ISSUES}",
        "verb": VERBS[number // 3 % len(VERBS)],
        "channel": CHANNELS[number // 7 % len(CHANNELS)],
        "known": KNOWN[number // 11 % len(KNOWN)],
    }


def table(size: int) -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE s (seq INTEGER PRIMARY KEY, speaker, issue, verb, channel, known)")
    made.executemany("INSERT INTO s VALUES (:seq, :speaker, :issue, :verb, :channel, :known)", rows(size))
    for column in ("speaker", "issue", "verb", "channel", "known"):
        made.execute(f"CREATE INDEX by_{column} ON s ({column})")
    made.execute("ANALYZE")
    return made


def rows(size: int) -> Iterator[dict[str, Any]]:
    return ({"seq": number} | row(number) for number in range(size))


def median(done: Any) -> float:
    taken = []
    done()
    for _ in range(RUNS):
        start = time.perf_counter()
        done()
        taken.append(time.perf_counter() - start)
    return middle.median(taken) * 1000


if __name__ == "__main__":
    main()
