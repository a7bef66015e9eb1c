"""The process beside: ``python -m goodoffices.prisoners.matching.child``. See ``beside`` for what goes in and out.

It says nothing of what went wrong, for that could hold a name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import IO

import msgspec

from goodoffices.prisoners.matching.found import encode
from goodoffices.prisoners.matching.running import NothingToMatch, run

_Row = tuple[str, Mapping[str, str]]


def main() -> int:
    _leave_no_core()
    answers = sys.stdout.buffer
    left, right = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[list[_Row], list[_Row] | None])
    try:
        found = encode(run(left, right, lambda what, share: _say(answers, what, share)))
    except NothingToMatch as error:
        _say(answers, "nothing", str(error))
        return 1
    _say(answers, "done", len(found))
    answers.write(found)
    answers.flush()
    return 0


def _say(answers: IO[bytes], what: str, much: float | str) -> None:
    answers.write(msgspec.json.encode((what, much)) + b"\n")
    answers.flush()


def _leave_no_core() -> None:
    """A core file would be the lists on a disk."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.excepthook = lambda *_: None
    sys.exit(main())
