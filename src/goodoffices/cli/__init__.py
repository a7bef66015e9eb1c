"""The command line: one file a command. ``main`` is the program ``goodoffices``.

What goes wrong is said on stderr in a sentence or two. Exit codes: 0 done, 1 refused or failed, 2 not understood.
A command imports Django, a database or the web only when it runs, so that a record is verified without any of them.
"""

from __future__ import annotations

import sys

import typer

from goodoffices.cli import (
    accounts,
    commitments,
    conditions,
    doctor,
    exchange,
    intake,
    keys,
    lists,
    log_key,
    migrate,
    names,
    prisoners,
    readout,
    record,
    recover,
    replay,
    sealing,
    serve,
    source_table,
    talks,
)

HELP = (
    "A secretariat for a third party between two adversaries: rooms, a record anyone can check, and one round of talks."
)

app = typer.Typer(
    name="goodoffices",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(serve.serve)
app.command()(replay.replay)
app.add_typer(talks.app, name="talks")
app.command()(readout.readout)
app.add_typer(conditions.app, name="conditions")
app.command("source-table")(source_table.source_table)
app.add_typer(commitments.app, name="commitments")
app.command()(intake.intake)
app.add_typer(accounts.app, name="account")
app.command("sign-in-link")(accounts.sign_in_link)
app.command()(doctor.doctor)
app.command()(migrate.migrate)
app.command()(recover.recover)
app.add_typer(log_key.app, name="log-key")
app.add_typer(record.app, name="record")
app.add_typer(keys.app, name="keys")
app.add_typer(exchange.app, name="exchange")
app.command()(sealing.seal)
app.command()(sealing.hold)
app.command()(sealing.release)
app.command("open")(sealing.open_paper)
app.add_typer(prisoners.app, name="prisoners")
app.add_typer(names.app, name="names")
app.add_typer(lists.app, name="lists")


@app.callback()
def goodoffices(
    debug: bool = typer.Option(False, "--debug", help="Show where a fault comes from."),
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Run the command in ``sys.argv`` and end the process with its exit code."""
    try:
        app()
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
        "GroupLost",
        "LogKeyMissing",
        "NotFound",
        "Refusal",
        "RoomBehind",
        "RoomContinued",
        "StoreFull",
        "Unsound",
    }
)
