"""``goodoffices public``: what is public, as a folder that any web server can carry."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import office

app = typer.Typer(help="What is public, as a folder that any web server can carry.", no_args_is_help=True)
_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of Linux


@app.callback()
def public() -> None:
    """What is public, as a folder that any web server can carry."""


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to; an earlier export there is replaced.", metavar="DIR")],
    url: Annotated[
        str, typer.Option("--url", help="Where the folder will be served, for the feeds to name.", metavar="URL")
    ] = "",
) -> None:
    """Write what is public to a folder: pages, feeds, and bundles that verify offline. Drawn from public rooms alone.

    The folder is made whole beside the old one and takes its place at once. Needs no server and no script.

    Example: goodoffices public export public/ --url https://example.org/talks/
    """
    if url and not url.startswith(("https://", "http://")):
        office.fail("--url is where the folder will be served, such as https://example.org/talks/.")
    folder = folder.absolute()
    _check(folder)
    here = office.office()
    from goodoffices.web.public import exporting

    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        count = 0
        for name, content in exporting.files(here, url):
            _write(draft / name, content)
            count += 1
        _finish(draft)
        _put(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    typer.echo(f"{folder}: {count} files.")


def _check(folder: Path) -> None:
    """Refuse to replace what is no export of ours."""
    if not folder.parent.is_dir():
        office.fail(f"{folder.parent} is no folder. Nothing was written.")
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not _ours(folder)):
        office.fail(f"{folder} holds something else than an export. Choose an empty or a new folder.")


def _ours(folder: Path) -> bool:
    try:
        return "exported by Good Offices" in str(json.loads((folder / "export.json").read_bytes())["about"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _finish(draft: Path) -> None:
    """Readable by a web server, whatever the mask of who runs this."""
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    os.sync()  # all of it is on the disk before it takes its place


def _put(draft: Path, folder: Path) -> None:
    """The new folder in the place of the old one, in one step where the system can exchange two names."""
    if not folder.exists():
        draft.rename(folder)
    elif not _exchanged(draft, folder):
        old = draft.with_name(draft.name + ".old")
        folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two names now stand for each other's folder (Linux); then ``one`` is the old one, to be removed."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in {errno.ENOSYS, errno.EINVAL, errno.EPERM}:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
