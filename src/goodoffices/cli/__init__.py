"""The command line: one file a command. ``main`` is the program ``goodoffices``.

What goes wrong is said on stderr in a sentence or two. Exit codes: 0 done, 1 refused or failed, 2 not understood.
A command imports Django, a database or the web only when it runs, so that a record is verified without any of them.
"""

from __future__ import annotations

import sys
from importlib import import_module

import typer

COMMANDS = {
    "serve": "serve.serve",
    "replay": "replay.replay",
    "talks": "talks.app",
    "readout": "readout.readout",
    "conditions": "conditions.app",
    "source-table": "source_table.source_table",
    "commitments": "commitments.app",
    "statements": "statements.app",
    "intake": "intake.intake",
    "account": "accounts.app",
    "sign-in-link": "accounts.sign_in_link",
    "public": "public.app",
    "mail": "mail.app",
    "doctor": "doctor.doctor",
    "migrate": "migrate.migrate",
    "recover": "recover.recover",
    "log-key": "log_key.app",
    "record": "record.app",
    "keys": "keys.app",
    "exchange": "exchange.app",
    "seal": "sealing.seal",
    "hold": "sealing.hold",
    "release": "sealing.release",
    "open": "sealing.open_paper",
    "prisoners": "prisoners.app",
    "names": "names.app",
    "lists": "lists.app",
}
"""Where each command lives: a function, or an app with commands of its own."""

HELP = (
    "A secretariat for a third party between two adversaries: rooms, a record anyone can check, and one round of talks."
)


def program(*names: str) -> typer.Typer:
    """The program with these commands, or with all of them. Only what they need is imported."""
    app = typer.Typer(
        name="goodoffices",
        help=HELP,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(goodoffices)
    for name in names or COMMANDS:
        module, _dot, what = COMMANDS[name].partition(".")
        command = getattr(import_module(f"goodoffices.cli.{module}"), what)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def goodoffices(
    debug: bool = typer.Option(False, "--debug", help="Show where a fault comes from."),
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Run the command in ``sys.argv`` and end the process with its exit code."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        program(*([asked] if asked in COMMANDS else []))()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if "--debug" in sys.argv[1:2]:
            raise
        print(said(error), file=sys.stderr)
        sys.exit(1)


def said(error: Exception) -> str:
    """What the person at the command line is told."""
    text = str(error).strip()
    if type(error).__name__ in _SAID_PLAINLY:
        return text
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'} cannot be used: {error.strerror or text}."
    if type(error).__name__ in {"OperationalError", "InterfaceError"}:
        return f"The database cannot be used: {text}. Look at GOODOFFICES_DATABASE_URL, or run: goodoffices doctor"
    return (
        f"This is a fault in Good Offices ({type(error).__name__}: {text}). "
        "Please report it with what this prints: goodoffices --debug …"
    )


# By name: most of these live in modules that a command may never have imported.
_SAID_PLAINLY = frozenset(
    {
        "BadDatabase",
        "BadField",
        "BadFile",
        "BadMailServer",
        "GroupLost",
        "LogKeyMissing",
        "NoServer",
        "NotFound",
        "Refusal",
        "RoomBehind",
        "RoomContinued",
        "StoreFull",
        "Unsound",
    }
)
