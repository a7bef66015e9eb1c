"""How many prepared pairs of names are compared in a second, and how well, on synthetic names in twelve spellings.

The figures on real names of public figures are in docs/design/lists.md: their data is not ours to keep here.
"""

from __future__ import annotations

import time

import numpy as np

from goodoffices.prisoners.names import Lexicon, compare
from goodoffices.prisoners.synthesizing.errors import RATES
from goodoffices.prisoners.synthesizing.lists import Wanted, make

PEOPLE = 20_000
RUNS = 5
TARGET = 500_000
LATIN = [f"{language}-{standard}" for language in ("uk", "ru") for standard in ("passport", "bgn", "iso9", "scholarly")]
LATIN += ["uk-german", "uk-polish", "uk-french", "uk-turkish"]
SCRIPTS = {
    "Cyrillic and Latin": (["uk", "ru"], LATIN),
    "Arabic and Latin": (["arabic"], LATIN),
    "Latin and Latin": (LATIN, LATIN[::-1]),
}


def main() -> None:
    for name, scripts in SCRIPTS.items():
        rates = {**dict.fromkeys(RATES, 0.0), "typo": 0.05, "no-patronymic": 0.3}
        made = make(Wanted(PEOPLE, PEOPLE, 1.0, scripts, rates), np.random.default_rng(5))
        left, right = ({row[0]: " ".join(row[1:4]) for row in rows} for rows in (made.left, made.right))
        lexicon = Lexicon()
        ours = lexicon.prepare([left[a] for a, _ in made.truth])
        theirs = lexicon.prepare([right[b] for _, b in made.truth])
        others = np.random.default_rng(6).permutation(len(theirs))
        a, b = np.concatenate([ours] * 10 + [ours] * 10), np.concatenate([theirs] * 10 + [theirs[others]] * 10)
        lexicon.arrays  # noqa: B018 - prepared before the clock runs
        taken = [timed(lexicon, a, b) for _ in range(RUNS)]
        seconds, worked = min(t for t, _ in taken), min(w for _, w in taken)
        same, strangers = compare(lexicon, ours, theirs), compare(lexicon, ours, theirs[others])
        print(
            f"{name:20} {len(a) / seconds:10,.0f} pairs/s (target {TARGET:,}), {len(a) / worked:,.0f} on one core   "
            f"one name {np.mean(same > 0.5):.4f} above 0.5, two names {np.mean(strangers > 0.5):.4f}"
        )


def timed(lexicon: Lexicon, a: np.ndarray, b: np.ndarray) -> tuple[float, float]:  # type: ignore[type-arg]
    """Seconds by the clock, and of processors."""
    start, worked = time.perf_counter(), time.process_time()
    compare(lexicon, a, b)
    return time.perf_counter() - start, time.process_time() - worked


if __name__ == "__main__":
    main()
