"""Large lists are compared in a process of their own, small ones here.

What passes between the two stays in memory: rows go in and pairs come out over pipes, nothing is written to a disk, and
the process cannot leave its memory behind in a core file. A server with threads neither stands still meanwhile nor
keeps the memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO, Final

import msgspec

from goodoffices.prisoners.matching import found as kept
from goodoffices.prisoners.matching.engine import Step
from goodoffices.prisoners.matching.found import Found
from goodoffices.prisoners.matching.running import NothingToMatch, Rows, run

LARGE: Final = 10_000
"""Rows of both lists from which a process of its own is worth its start, some tenths of a second."""
_COMMAND: Final = (sys.executable, "-P", "-m", "goodoffices.prisoners.matching.child")
_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT")


class MatchingFailed(RuntimeError):
    """The process that compares ended without a result. The message holds nothing of a list."""

    def __init__(self) -> None:
        super().__init__(
            "The comparing of the lists ended before it was done, perhaps for want of memory. Nothing was written."
        )


def matched(left: Rows, right: Rows | None, step: Step = lambda _what, _share: None, *, large: int = LARGE) -> Found:
    """As ``running.run``, in another process from ``large`` rows on. Raises ``NothingToMatch``, ``MatchingFailed``."""
    if len(left) + len(right or ()) < large:
        return run(left, right, step)
    step("starting", 0)
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with subprocess.Popen(
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            return _exchanged(process, msgspec.msgpack.encode((left, right)), step)
        finally:
            process.kill()  # when whoever waits has gone, nobody needs the answer


def _exchanged(process: subprocess.Popen[bytes], asked: bytes, step: Step) -> Found:
    if process.stdin is None or process.stdout is None:
        raise MatchingFailed
    try:
        process.stdin.write(asked)
        process.stdin.close()
        return _answer(process.stdout, step)
    except (BrokenPipeError, msgspec.DecodeError, kept.BadFound):
        raise MatchingFailed from None


def _answer(answers: IO[bytes], step: Step) -> Found:
    """Lines of JSON: [what is done, share], until ["done", bytes that follow] or ["nothing", why]."""
    for line in answers:
        what, much = msgspec.json.decode(line, type=tuple[str, float | int | str])
        if what == "done":
            return kept.decode(answers.read(int(much)))
        if what == "nothing":
            raise NothingToMatch(str(much))
        step(what, float(much))
    raise MatchingFailed
