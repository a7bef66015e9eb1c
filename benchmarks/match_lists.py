"""Two lists matched, from files to a file: ours and plain Splink, on the same synthetic lists in the same run.

``python benchmarks/match_lists.py [SIZE…]``; without sizes 1,000 and 100,000. Ask for 1,000,000 on a machine with much
memory: plain Splink took over 19 GB there. Splink gets an environment of its own, made once in ``.bench``. Each side is
a process, so time and memory are all of it: starting, reading, matching, writing, in it and in what it starts.
Precision and recall are those of the pairs each gives as one-to-one with a probability of at least a half.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
PEERS = HERE.parent / ".bench"
SPLINK = "splink==5.0.0"
SIZES = (1_000, 100_000)
SCRIPTS = {
    "Latin": ("uk-passport", "uk-passport"),
    "Ukrainian and six Latin standards": ("uk", "uk-passport,uk-german,uk-polish,ru-passport,ru-bgn,uk-french"),
}
TARGETS = {
    1_000: "under 2 s in all, of which under 1 s from files to result",
    100_000: "at most half of Splink's time and memory; precision 0.998, recall 0.96",
    1_000_000: "at most half of Splink's time and memory; precision 0.998, recall 0.96",
}


@dataclass(frozen=True)
class Took:
    """A process: seconds by the clock and of processors, gigabytes at most, and the quality of what it wrote."""

    seconds: float
    worked: float
    gigabytes: float
    precision: float = 0.0
    recall: float = 0.0


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    python = splink_environment()
    for size in sizes:
        for name, scripts in SCRIPTS.items():
            with tempfile.TemporaryDirectory(prefix="goodoffices-bench-") as folder:
                print(f"{size:,} x {size:,}, {name}   (target: {TARGETS.get(size, 'none')})", flush=True)
                compare(Path(folder), size, scripts, python)


def compare(folder: Path, size: int, scripts: tuple[str, str], python: Path | None) -> None:
    left, right, truth = (folder / f"{name}.csv" for name in ("left", "right", "truth"))
    program = BIN / "goodoffices"
    made = [program, "lists", "synthesize", left, right, "--truth", truth, "--size", size, "--error", "twice=0"]
    scripts_ = ["--left-script", scripts[0], "--right-script", scripts[1]]
    subprocess.run([*map(str, made), *scripts_], check=True, stdout=subprocess.DEVNULL)
    true = pairs(truth)
    ours = run([program, "lists", "match", left, right, "-o", folder / "ours.csv"], folder / "ours.csv", true)
    show("goodoffices lists match", ours)
    if size <= 1_000:
        inside(left, right)
    if python is None:
        return
    peer = run(
        [python, HERE / "peers" / "splink_lists.py", left, right, folder / "splink.csv"], folder / "splink.csv", true
    )
    show("plain Splink on DuckDB", peer)
    shares = ours.seconds / peer.seconds, ours.worked / peer.worked, ours.gigabytes / peer.gigabytes
    print("  ours / Splink: time {:.2f}, processors {:.2f}, memory {:.2f}".format(*shares), flush=True)


def run(command: list[object], output: Path, true: set[tuple[str, str]]) -> Took:
    start = time.perf_counter()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = [0.0]
    watching = threading.Thread(target=watch, args=(process.pid, most))
    watching.start()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    watching.join()
    if status:
        raise SystemExit(f"This failed: {' '.join(map(str, command))}")
    found = pairs(output)
    right = len(found & true)
    return Took(
        seconds,
        usage.ru_utime + usage.ru_stime,
        max(usage.ru_maxrss / 1e6, most[0]),
        right / max(len(found), 1),
        right / len(true),
    )


def watch(process: int, most: list[float]) -> None:
    """Keeps the most gigabytes that a process and its children hold together, pages they share counted once.

    What one process held at most is known to the system; this adds what a second one holds at the same time.
    """
    while held := sum(map(held_by, [process, *children(process)])):
        most[0] = max(most[0], held)
        time.sleep(0.05)


def children(process: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def held_by(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) / 1e6 for line in lines if line.startswith("Pss:")), 0.0)


def pairs(path: Path) -> set[tuple[str, str]]:
    """Pairs of ids in a file, those with a probability below a half left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(r["left_id"], r["right_id"]) for r in rows if float(r.get("probability", 1) or 0) >= 0.5}


def inside(left: Path, right: Path) -> None:
    """From files to result without starting Python, the best of five."""
    from goodoffices.prisoners.lists import files
    from goodoffices.prisoners.matching.columns import columns
    from goodoffices.prisoners.matching.engine import Matching
    from goodoffices.prisoners.names.lexicon import Lexicon

    taken = []
    for _ in range(5):
        start = time.perf_counter()
        lexicon = Lexicon()
        ours, theirs = (columns(files.read(path.read_bytes()), lexicon) for path in (left, right))
        Matching(ours, theirs, lexicon, lambda _what, _share: None).matches()
        taken.append(time.perf_counter() - start)
    print(f"  {'of which from files to result':34} {min(taken):7.2f} s")


def show(name: str, took: Took) -> None:
    print(
        f"  {name:34} {took.seconds:7.2f} s ({took.worked:.2f} s of processors) {took.gigabytes:6.2f} GB   "
        f"precision {took.precision:.4f}  recall {took.recall:.4f}",
        flush=True,
    )


def splink_environment() -> Path | None:
    """The Python of Splink's own environment; nothing where it cannot be made, as without a package index."""
    python = PEERS / "splink" / "bin" / "python"
    if python.exists():
        return python
    try:
        subprocess.run([BIN / "uv", "venv", "-q", PEERS / "splink"], check=True)
        subprocess.run([BIN / "uv", "pip", "install", "-q", "--python", python, SPLINK], check=True)
    except (OSError, subprocess.CalledProcessError):
        print("Splink cannot be installed here; only our own figures follow.")
        return None
    return python


if __name__ == "__main__":
    main()
