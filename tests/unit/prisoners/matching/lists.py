"""Lists for tests: from rows, or synthetic."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from goodoffices.prisoners.lists import files
from goodoffices.prisoners.matching.columns import Columns, columns
from goodoffices.prisoners.matching.engine import Matching
from goodoffices.prisoners.names.lexicon import Lexicon
from goodoffices.prisoners.synthesizing.errors import rates
from goodoffices.prisoners.synthesizing.lists import HEADINGS, Wanted, make

HEAD = ["id", "surname", "given", "patronymic", "born", "birthplace", "personal", "captured"]


def written(rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()


def prepared(left: bytes, right: bytes) -> tuple[Columns, Columns, Lexicon]:
    lexicon = Lexicon()
    return columns(files.read(left), lexicon), columns(files.read(right), lexicon), lexicon


def matching(left: bytes, right: bytes) -> tuple[Matching, Columns, Columns]:
    ours, theirs, lexicon = prepared(left, right)
    return Matching(ours, theirs, lexicon, lambda _what, _share: None), ours, theirs


def synthetic(
    size: int, scripts: tuple[Sequence[str], Sequence[str]], seed: int = 7, overlap: float = 0.8, **errors: float
) -> tuple[bytes, bytes, set[tuple[str, str]]]:
    """Two lists and who is who; errors as they usually are, nobody on a list twice."""
    wanted = Wanted(size, size, overlap, scripts, rates({"twice": 0, **errors}))
    made = make(wanted, np.random.default_rng(seed))
    left, right = (written(rows, HEADINGS["latin"]) for rows in (made.left, made.right))
    return left, right, set(made.truth)
