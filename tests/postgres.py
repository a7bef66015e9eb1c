"""A PostgreSQL server of the tests' own: a fresh cluster on loopback, gone when the tests are.

`cluster()` serves benchmarks and scripts; tests take the fixtures `postgres_url` (a server for the whole run, shared,
so leave nothing behind in it) or `postgres_database` (an empty database for one test). Addresses have the form
`postgresql://postgres:PASSWORD@127.0.0.1:PORT/DATABASE`.

Nothing outlives the context, and no server that was there before is touched.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

START_SECONDS = 60
STOP_SECONDS = 20

# What a test database may lose on a power cut: everything, and it is quicker for it.
FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Run a fresh server and yield the address of its database `postgres`.

    Commits wait for the disk only when `durable`: benchmarks want that, tests do not. `FileNotFoundError` when no
    PostgreSQL is installed, `RuntimeError` with the server's own words when it does not start.
    """
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="goodoffices-postgres-"))
    try:
        password = _create(programs, home)
        port = _free_port()
        command: list[str | Path] = [programs / "postgres", "-D", home / "data", "-k", home]
        command += ["-h", "127.0.0.1", "-p", str(port), *([] if durable else FORGETFUL)]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_identity())
        url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        try:
            _wait(server, url, home / "log")
            yield url
        finally:
            _stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """Make an empty database on the server at `server_url`, yield its address, and drop it with its sessions."""
    name = f"t{secrets.token_hex(8)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield server_url.rpartition("/")[0] + "/" + name
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a running PostgreSQL server, started once for this process of the run."""
    with cluster() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The address of an empty database for this test alone."""
    with database(postgres_url) as url:
        yield url


def _programs() -> Path:
    """The folder of the newest PostgreSQL's server programs. Debian keeps them off PATH, one folder a version."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda initdb: float(initdb.parts[-3]), default=None)
    if found := newest or shutil.which("initdb"):
        return Path(found).parent
    raise FileNotFoundError("No PostgreSQL server is installed; `make test` installs it or says how.")


def _identity() -> dict[str, Any]:
    """Who the server's processes run as: initdb and postgres refuse root, so root becomes `postgres`."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _create(programs: Path, home: Path) -> str:
    """Lay out the cluster's files under `home` and return the password of its owner `postgres`."""
    password = secrets.token_hex(16)
    pwfile = home / "password"
    pwfile.write_text(password)
    if os.geteuid() == 0:
        for path in (home, pwfile):
            shutil.chown(path, "postgres", "postgres")
    command: list[str | Path] = [programs / "initdb", "-D", home / "data", "-U", "postgres", "--pwfile", pwfile]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(command, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, check=False, **_identity())
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.decode().strip()}")
    return password


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return once the server answers; `RuntimeError` with its log if it stops or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text().strip()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: SIGINT asks for a fast shutdown, which cuts sessions and closes files; SIGKILL does not ask."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
