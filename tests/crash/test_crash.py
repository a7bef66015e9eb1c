"""A server is killed again and again while clients append: no acknowledged entry is lost, and no act is halved."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

from goodoffices.record import entries, tree
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import Office
from goodoffices.storage.databases import database
from goodoffices.storage.heads import size_of
from goodoffices.storage.office import assemble
from tests.contracts.databases import opened
from tests.people import HOST, person

SERVER = Path(__file__).with_name("server.py")
CLIENTS = 3
START_SECONDS = 30


@dataclass
class Client(threading.Thread):
    """Hands in one act after another, the same act again until it is acknowledged, as a page does."""

    number: int
    rooms: list[str]
    port: int = 0
    acknowledged: dict[str, list[list[Any]]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)  # act -> how many rooms it was to write in
    ended: threading.Event = field(default_factory=threading.Event)

    __hash__ = threading.Thread.__hash__

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        done = 0
        while not self.ended.is_set():
            act = person(f"act {self.number} {done}")
            try:
                with (
                    socket.create_connection(("127.0.0.1", self.port), timeout=20) as link,
                    link.makefile("rwb") as file,
                ):
                    while not self.ended.is_set():
                        act = person(f"act {self.number} {done}")
                        rooms = self.rooms if done % 2 else self.rooms[:1]
                        self.asked[act] = len(rooms)
                        gist = {"verb": "said", "setting": "in-room", "gist": f"{self.number}: {done}"}
                        steps = [[room, "record-statement", gist] for room in rooms]
                        file.write(json.dumps({"person": HOST, "act": act, "steps": steps}).encode() + b"\n")
                        file.flush()
                        answer = file.readline()
                        if not answer.endswith(b"\n"):
                            break
                        self.acknowledged[act] = json.loads(answer)
                        done += 1
            except OSError:
                time.sleep(0.02)


@contextmanager
def served(env: dict[str, str], clients: list[Client]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, SERVER], env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            for client in clients:
                client.port = port
            yield server
        finally:
            server.send_signal(signal.SIGKILL)
            server.wait()


def check(office: Office, clients: list[Client]) -> int:
    """Everything acknowledged is there, nothing is half there, and every room opens; gives the number of entries."""
    written: dict[str, set[str]] = defaultdict(set)
    total = 0
    for room, head in office.store.heads(office.store.rooms()).items():
        lines = office.store.lines(room, 0, head.size)
        leaves = [tree.leaf_hash(line) for line in lines]
        assert list(office.store.nodes(room, 0, 0, head.size)) == leaves
        pyramid = tree.Pyramid(leaves)
        assert pyramid.root() == head.root == office.tree(room, head.size).root()
        assert [entries.decode(line).seq for line in lines] == list(range(head.size))
        for line in lines:
            written[entries.decode(line).header.act].add(room)
        note = office.heads.newest(room)
        assert note is None or size_of(note) <= head.size
        total += head.size
    for client in clients:
        for act, receipts in dict(client.acknowledged).items():
            recorded = office.store.act(HOST, act)
            assert recorded is not None
            assert [list(span) for span in recorded.spans] == [receipt[:3] for receipt in receipts]
            for room, first, count, checkpoint in receipts:
                assert room in written[act]
                root = office.tree(room, first + count).root()
                assert checkpoint == office.checkpoint(room, first + count, root)
        for act, rooms in dict(client.asked).items():
            assert len(written.get(act, ())) in (0, rooms)
            assert (office.store.act(HOST, act) is not None) == (act in written)
    assert all(Desk(office, HOST).room(room).size for room in office.store.rooms_of(HOST))
    return total


def taken_up(clients: list[Client]) -> None:
    """Return once something more is acknowledged."""
    before = sum(len(client.acknowledged) for client in clients)
    deadline = time.monotonic() + START_SECONDS
    while sum(len(client.acknowledged) for client in clients) <= before:
        assert time.monotonic() < deadline, "the server did not take up again"
        time.sleep(0.01)


def crashes(home: Path, url: str, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    env = {**os.environ, "GOODOFFICES_HOME": str(home), "DJANGO_SETTINGS_MODULE": "goodoffices.web.settings"}
    env |= {"GOODOFFICES_DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[2])}
    office = assemble(home, "crash")
    sides = [{"code": code, "role": "party", "name": code} for code in ("side-a", "side-b")]
    raw = {"name": "crash", "title": "Crash", "host_code": "host", "host_name": "Host", "sides": sides}
    rooms = [r.room for r in Desk(office, HOST).open_talks(person("opening"), raw)]
    clients = [Client(number, chance.sample(rooms, 2)) for number in range(CLIENTS)]
    total = 0
    for turn in range(rounds):
        with served(env, clients):
            if turn == 0:
                for client in clients:
                    client.start()
            taken_up(clients)
            time.sleep(chance.uniform(0.05, 0.8))
        after = check(assemble(home, "crash"), clients)
        assert after > total
        total = after
    for client in clients:
        client.ended.set()
        client.join(20)
    assert all(client.acknowledged for client in clients)


def test_killed_on_sqlite(tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), opened("crash", database("", tmp_path)):
        crashes(tmp_path, "", rounds=6, seed=1)
        connections["crash"].close()


def test_killed_on_postgres(tmp_path: Path, postgres_database: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), opened("crash", database(postgres_database, tmp_path)):
        crashes(tmp_path, postgres_database, rounds=3, seed=2)
        connections["crash"].close()
