"""A bare site for the module in `browser/`: one page a test, under the headers that every page of ours has.

It serves the committed bundle and files by name, takes down what is posted, and can break off an upload.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from goodoffices.web.middleware import HEADERS
from tests.node import ROOT

STATIC = ROOT / "src/goodoffices/web/sealing/static/goodoffices"
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sealing</title>
<link rel="stylesheet" href="/static/sealing.css">
<script type="module" src="/static/sealing.js"></script></head>
<body><main><h1>Sealing</h1>{body}</main></body></html>"""

Posted = dict[str, bytes]


@dataclass
class Site:
    """`page` is what `/` shows. `interruptions`: how many posts to come are broken off. `answer`: to those not."""

    url: str
    page: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    interruptions: int = 0
    answer: tuple[int, dict[str, str]] = (200, {"next": "/done"})
    asked: list[str] = field(default_factory=list)
    scripts: dict[str, bytes] = field(default_factory=dict)

    def blob(self, name: str, content: bytes) -> dict[str, object]:
        """Serve `content`, and how a page names it."""
        self.files[f"/files/{name}"] = content
        return {"url": f"/files/{name}", "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def form(hook: str, data: object, parts: str) -> str:
    """A form of one hook, with what every one of them has."""
    block = json.dumps(data).replace("<", "\\u003c")
    return f"""<form method="post" enctype="multipart/form-data" action="/posted" data-sealing="{hook}">
<script type="application/json">{block}</script>
{parts}
<progress data-progress max="1" hidden></progress>
<p role="status" data-status hidden></p><p role="alert" data-fault hidden></p>
<button id="go">Go on</button></form>"""


KEY = """<fieldset data-key><legend>Your key</legend>
<p data-when-key="kept" id="kept-key">This browser keeps the key <code data-show="recipient"></code>.</p>
<p data-when-key="absent" id="absent-key">This browser does not keep the key <code data-show="recipient"></code>.</p>
<label>Key file <input type="file" data-ask="key-file"></label>
<label>Recovery key <input data-ask="recovery-key" autocomplete="off"></label>
<label>Passphrase <input type="password" data-ask="passphrase" autocomplete="off"></label></fieldset>"""


@contextmanager
def serving() -> Iterator[Site]:
    """A site on loopback, under the name that passkeys take for secure."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    site = Site(f"http://localhost:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]  # where its handlers find it
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def site(self) -> Site:
        return self.server.site  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        name = self.path.removeprefix("/static/")
        if self.path in self.site.files:
            self._send(200, "application/octet-stream", self.site.files[self.path])
        elif name in self.site.scripts:
            self._send(200, TYPES["js"], self.site.scripts[name])
        elif name in {"sealing.js", "sealing.css"}:
            self._send(200, TYPES[name.rpartition(".")[2]], (STATIC / name).read_bytes())
        elif self.path in {"/", "/done"}:
            body = self.site.page if self.path == "/" else '<p id="done">Done</p>'
            self._send(200, "text/html; charset=utf-8", FRAME.format(body=body).encode())
        else:
            self._send(404, "text/plain", b"")

    def do_POST(self) -> None:
        self.site.asked.append(self.path)
        size = int(self.headers["Content-Length"])
        if self.site.interruptions:
            self.site.interruptions -= 1
            self.rfile.read(size // 2)
            self.close_connection = True
            self.connection.close()
            return
        self.site.posted.append(_fields(self.headers["Content-Type"], self.rfile.read(size)))
        if self.headers.get("Accept") == "application/json":
            status, answer = self.site.answer
            self._send(status, "application/json", json.dumps(answer).encode())
        else:
            self._send(200, "text/html; charset=utf-8", FRAME.format(body='<p id="done">Done</p>').encode())

    def _send(self, status: int, media: str, content: bytes) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": media, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test's output is its own."""


def _fields(media: str, body: bytes) -> Posted:
    if media.startswith("application/x-www-form-urlencoded"):
        return {name: value.encode() for name, value in parse_qsl(body.decode(), keep_blank_values=True)}
    message = message_from_bytes(f"Content-Type: {media}\r\n\r\n".encode() + body, policy=policy.HTTP)
    found = {}
    for part in message.iter_parts():  # type: ignore[attr-defined]  # the policy makes it an EmailMessage
        found[str(part.get_param("name", header="content-disposition"))] = part.get_payload(decode=True) or b""
    return found
