"""A server of acts for the crash test: one JSON line in, one out, a thread for each client.

Run as a process of its own, on the data folder and database that the environment names; prints its port. It does what
a page does with an act, and nothing else, so that a kill falls on deciding, writing and acknowledging.
"""

from __future__ import annotations

import json
import socketserver
from typing import Any

import django


class Acts(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        from goodoffices.secretariat.acts import Request, Step
        from goodoffices.secretariat.desk import Desk
        from goodoffices.storage.office import open_office

        for line in self.rfile:
            asked: dict[str, Any] = json.loads(line)
            steps = tuple(Step(room, command, raw) for room, command, raw in asked["steps"])
            receipts = Desk(open_office(), asked["person"]).act(Request(asked["act"], steps))
            answer = [[r.room, r.first, r.count, r.checkpoint] for r in receipts]
            self.wfile.write(json.dumps(answer).encode() + b"\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def main() -> None:
    django.setup()
    from goodoffices.storage.office import open_office

    open_office()
    with Server(("127.0.0.1", 0), Acts) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
