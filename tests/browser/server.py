"""The real server in a process of its own: `goodoffices serve` on loopback, with a data folder made for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("goodoffices")
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """`url` has no slash at its end, and the name that passkeys are bound to."""

    url: str
    environment: Mapping[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`goodoffices` with these arguments, on the same data folder and database."""
        command = [PROGRAM, *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)

    def account(self, name: str) -> str:
        """Make an account that may open talks: the address of its single-use link."""
        made = self.run("account", "new", name, "--url", self.url)
        assert made.returncode == 0, made.stderr
        return made.stdout.split()[-1]


@contextmanager
def serving(home: Path, database: str = "", mail: str = "") -> Iterator[Server]:
    """Run the server on data folder `home`, on SQLite or the database at this address, and stop it after.

    `mail`: the address of the server by which letters leave.
    """
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GOODOFFICES_", "DJANGO_"))
    }
    environment |= {
        "GOODOFFICES_HOME": str(home),
        "GOODOFFICES_DATABASE_URL": database,
        "GOODOFFICES_SMTP_URL": mail,
    }
    port = _free_port()
    server = Server(f"http://localhost:{port}", environment)
    log = home.with_suffix(".log")
    with log.open("wb") as output:
        command = [PROGRAM, "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        _wait(process, server.url, log)
        yield server
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return once it answers; `RuntimeError` with what it printed if it stops or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/public/", timeout=10).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not start: {log.read_text().strip()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
