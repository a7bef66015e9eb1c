"""Check the model of the sealed exchange with SPIN: `make prove`. Exit code 1 if anything is not as expected.

Each run is the model with some part taken out, and for every property whether it must hold. A property that must not
hold finds an attack again, and so shows that the model can. What is printed names the property, not the counterexample;
for that, run `spin -t -p` in the folder that `python tools/prove.py --keep DIR` leaves behind.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MODEL = Path(__file__).parent.parent / "proofs" / "exchange.pml"
PROPERTIES = ("secrecy", "fairness", "binding", "opens", "idle")
SECONDS = 120  # for one property; each takes well under one


@dataclass(frozen=True)
class Run:
    """The model with ``switches``; ``broken``: the properties that must not hold, all others must."""

    says: str
    switches: tuple[str, ...]
    broken: frozenset[str]


def run(says: str, *switches: str, broken: str = "") -> Run:
    # `idle` says that the exchange never opens: wherever honest sides can open, it must be found false.
    return Run(says, switches, frozenset({*broken.split(), "idle"}))


RUNS = (
    run("three honest holders", "BAD=0"),
    run("one bad holder of three", "BAD=1"),
    run("two bad holders", "BAD=2", broken="secrecy fairness opens"),
    run("one bad, escrow layers do not name their exchange", "BAD=1", "CTX_ESCROW=0", broken="secrecy fairness"),
    run("none bad, only the outer layer names its exchange", "BAD=0", "CTX_ESCROW=0"),
    run("none bad, no layer names its exchange", "BAD=0", "CTX_ESCROW=0", "CTX_OUTER=0", broken="secrecy fairness"),
    run("one bad, withdrawing after both sealed", "BAD=1", "EARLY_ONLY=0", broken="fairness opens"),
    run("one bad, only the first k releases are taken", "BAD=1", "UNTIL_OPEN=0", broken="fairness opens"),
    run("one bad, a seal may be replaced", "BAD=1", "FINAL=0", broken="binding"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the model of the sealed exchange with SPIN.")
    parser.add_argument(
        "--keep", metavar="DIR", type=Path, help="Leave each run's files, with its counterexamples, here."
    )
    keep = parser.parse_args().keep
    if missing := [program for program in ("spin", "gcc") if shutil.which(program) is None]:
        print(f"This machine lacks {' and '.join(missing)}: apt-get install spin gcc libc6-dev", file=sys.stderr)
        return 1
    print(f"{'':52}" + "".join(f"{name:>10}" for name in PROPERTIES))
    with tempfile.TemporaryDirectory() as folder:
        wrong = [
            name for number, each in enumerate(RUNS) for name in _check(each, (keep or Path(folder)) / str(number))
        ]
    print("\n".join(wrong) if wrong else "Everything holds that must, and nothing else does.")
    return 1 if wrong else 0


def _check(each: Run, folder: Path) -> list[str]:
    """What is not as expected, after a line for this run is printed."""
    folder.mkdir(parents=True, exist_ok=True)
    _quietly(folder, "spin", "-a", *(f"-D{switch}" for switch in each.switches), str(MODEL.resolve()))
    _quietly(folder, "gcc", "-O1", "-w", "-DNFAIR=3", "-o", "pan", "pan.c")
    holds = {name: _holds(folder, name) for name in PROPERTIES}
    print(f"{each.says:52}" + "".join(f"{'holds' if holds[name] else 'fails':>10}" for name in PROPERTIES))
    expected = {name: name not in each.broken for name in PROPERTIES}
    return [
        f"Wrong: {each.says}: {name} {'holds' if holds[name] else 'fails'} ({folder.name})"
        for name in PROPERTIES
        if holds[name] != expected[name]
    ]


def _holds(folder: Path, name: str) -> bool:
    """Whether no run, with every process given its turns, breaks the property."""
    printed = _quietly(folder, "./pan", "-a", "-f", "-m100000", "-N", name)
    errors, depth = re.search(r"errors: (\d+)", printed), re.search(r"max search depth too small", printed)
    if errors is None or depth is not None:
        raise SystemExit(f"SPIN did not finish with {name}:\n{printed}")
    for trail in folder.glob("*.trail"):
        trail.rename(folder / f"{name}.trail")
    return errors[1] == "0"


def _quietly(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
