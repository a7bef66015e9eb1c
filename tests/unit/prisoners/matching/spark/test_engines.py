"""Lists matched on Spark, on this machine, as a person would ask for it: the same file as without."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.prisoners.matching.lists import synthetic
from tests.unit.prisoners.matching.spark.java import QUICK, needs_java

SCRIPTS = (["uk", "ru"], ["uk-passport", "uk-german", "uk-polish", "ru-bgn"])


@needs_java
@pytest.mark.parametrize(("other", "size", "found"), [("right.csv", 1500, 0.9), ("left.csv", 500, 0)])
def test_spark_gives_what_this_machine_gives(other: str, size: int, found: float, tmp_path: Path) -> None:
    left, right, truth = synthetic(size, SCRIPTS, twice=0.05)
    (tmp_path / "left.csv").write_bytes(left)
    (tmp_path / "right.csv").write_bytes(right)
    told = {engine: matched(tmp_path, other, engine) for engine in ("local", "spark")}
    assert told["spark"] == told["local"]
    here, there = (rows(tmp_path / f"{engine}.csv") for engine in ("local", "spark"))
    assert {key: decision for key, (_, decision) in there.items()} == {k: decision for k, (_, decision) in here.items()}
    # Both add the same bits, one in four bytes and the other in eight: the last of six digits may differ by one.
    assert {key: chance for key, (chance, _) in there.items()} == pytest.approx(
        {key: chance for key, (chance, _) in here.items()}, abs=1.001e-6
    )
    assert len(there) > 5
    assert len(truth & there.keys()) / len(truth) >= found


def matched(folder: Path, other: str, engine: str) -> str:
    asked = [sys.executable, "-c", "from goodoffices.cli import main; main()", "lists", "match", "left.csv", other]
    asked += ["-o", f"{engine}.csv"]
    if engine == "spark":
        asked += ["--engine", "spark", *(part for one in QUICK for part in ("--spark-set", one))]
    done = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(path: Path) -> dict[tuple[str, str], tuple[float, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (r["left_id"], r["right_id"]): (float(r["probability"] or 0), r["decision"]) for r in csv.DictReader(file)
        }
