"""Articles read into drafts a second, on one core, beside the plain approach; and whether time grows with length.

*Articles*: every article of the evaluation set, round after round. *Long*: the same articles joined to texts ten and a
hundred times as long, in characters a second: a step that looks too far would show as a falling figure. *Worst*: texts
made of one piece over and over, which no writer writes, but somebody may send; the slowest of them is printed.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable

from evaluation.intake import plain
from evaluation.intake.annotated import articles
from goodoffices.statements.intake import intake

ROUNDS = 15
TARGET = 500  # articles a second on one core
PIECES = (
    "'tis ", "“", '"', "'", "He said ", "Hana Orrel said she agreed to ", "if ", "A", "minister ", "the Council of ",
    "Orrel, ", "“Yes,” he said. ", "\n", "word, ", "said that ", "for 3 ", "“a” ", "New York ", "and agreed to ",
    "“No” she agreed to that if ", "requested it. ", "AB-", "the minister said. ",
)  # fmt: skip


def main() -> None:
    texts = [a.text for split in ("tune", "report") for a in articles(split)]
    length = sum(map(len, texts)) / len(texts)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{len(texts)} articles of {length:.0f} characters each, medians of {ROUNDS} rounds")
    report("intake", texts, intake, f"   (target {TARGET})")
    report("intake, and JSON", texts, lambda text: json.dumps(intake(text).as_json()), "")
    report("the plain approach", texts, plain.quotes, "   quotes and names only")
    whole = "\n\n".join(texts)
    for times in (1, 10):
        text = (whole * times)[: 50_000 * times]
        rate = len(text) / taken(lambda t=text: intake(t))
        print(f"  {f'one text of {len(text):,}':28} {rate / 1000:8.0f} thousand characters a second")
    worst, piece = max((taken(lambda p=p: intake(p * (50_000 // len(p)))), p) for p in PIECES)
    print(f"  {'worst of 50,000 characters':28} {worst:8.2f} s, of {piece!r}")


def report(label: str, texts: list[str], read: Callable[[str], object], note: str) -> None:
    """Articles a second of processor time, over rounds."""
    rates = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            read(text)
        rates.append(len(texts) / (time.process_time() - start))
    print(f"  {label:28} {statistics.median(rates):8.0f} articles a second (best {max(rates):.0f}){note}")


def taken(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
