"""``goodoffices serve``: the pages, on this machine."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from goodoffices.cli import office
from goodoffices.secretariat import destroying

THREADS = 4  # a worker's; each holds a database connection, and SQLite has one writer
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; by default only this machine's own.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1, max=64)] = 1,
) -> None:
    """Serve Good Offices. A new database is made, one of an older version is brought up to date.

    To be reached from elsewhere it stands behind a web server that speaks HTTPS; GOODOFFICES_HOST is the name people
    type.

    Example: goodoffices serve --port 8000
    """
    here = office.office(migrate=True)  # what is unsound is said before anything listens
    destroying.sweep(here)  # keys of what was erased by acts that were cut short
    _check_free(host, port)
    from django.conf import settings
    from django.db import connections

    connections.close_all()  # the processes that answer open their own
    shown = f"http://localhost:{port}/" if settings.LOCAL else f"https://{settings.HOST}/"
    typer.echo(f"Good Offices is at {shown} (Ctrl-C ends it)")
    if host not in LOOPBACK and settings.LOCAL:
        typer.echo("It listens beyond this machine, but GOODOFFICES_HOST is not set: others will be refused.", err=True)
    _run(host, port, workers)


def _check_free(host: str, port: int) -> None:
    """A port that is taken is said in words; the server itself would say it in a traceback of a child process."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            office.fail(f"Port {port} on {host} cannot be listened on: {error.strerror}. Choose another with --port.")


def _run(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "goodoffices.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        log_access=False,  # addresses hold single-use links
        websockets=False,
        blocking_threads=THREADS,
        backpressure=THREADS * 4,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
