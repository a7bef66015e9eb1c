"""What a Spark session is started with, what is said where it cannot be, and that nothing is left on a disk."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from goodoffices.prisoners.matching.spark import session
from goodoffices.prisoners.matching.spark.session import OURS, NoSpark, needed, settings
from tests.unit.prisoners.matching.spark.java import QUICK, needs_java

FOLDER = Path("/spark")


def test_what_guards_the_lists_cannot_be_changed() -> None:
    for key in (*OURS, "spark.local.dir"):
        with pytest.raises(NoSpark, match="nowhere in the clear"):
            settings({key: "false"}, FOLDER, 10)


def test_settings_asked_for_are_kept_beside_ours() -> None:
    found = settings({"spark.driver.memory": "8g", "spark.driver.extraJavaOptions": "-Xss4m"}, FOLDER, 10)
    assert {key: found[key] for key in OURS} == OURS
    assert (found["spark.driver.memory"], found["spark.driver.bindAddress"]) == ("8g", "127.0.0.1")
    assert found["spark.driver.extraJavaOptions"].endswith("-Djava.io.tmpdir=/spark -Xss4m")
    assert "spark.driver.bindAddress" not in settings({"spark.master": "spark://host:7077"}, FOLDER, 10)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None if name == "pyspark" else name)
    with pytest.raises(NoSpark, match=r"needs pyspark, which an extra brings: pip install 'goodoffices\[spark\]'"):
        needed()


def test_a_missing_or_old_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(NoSpark, match="Spark needs Java 17 or newer, and there is no Java on this machine"):
        needed()
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n")
    java.chmod(0o700)
    with pytest.raises(NoSpark, match="Java 8 is too old"):
        needed()


def test_what_a_killed_session_left_is_swept_and_what_is_held_is_not(tmp_path: Path) -> None:
    left, held = (tmp_path / f"goodoffices-spark-{name}" for name in ("left", "held"))
    for folder in (left, held):
        folder.mkdir()
        (folder / "blocks").write_text("encrypted")
    holding = os.open(held, os.O_RDONLY)
    fcntl.flock(holding, fcntl.LOCK_EX)
    session._sweep(tmp_path)
    assert [folder.exists() for folder in (left, held)] == [False, True]
    os.close(holding)


PROBE = """
    import sys, tempfile
    from pathlib import Path
    from pyspark import StorageLevel
    from goodoffices.prisoners.matching.spark import session

    if sys.argv[1] == "in the clear":
        session.OURS = session.OURS | {"spark.io.encryption.enabled": "false"}
    with session.started(dict(one.split("=", 1) for one in sys.argv[2:]), 10) as spark:
        rows = spark.createDataFrame([(n, "MARKED" * 500) for n in range(200)], "n int, said string")
        kept = rows.repartition(2).persist(StorageLevel.DISK_ONLY)
        kept.count()
        folder = Path(spark.conf.get("spark.local.dir"))
        files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
        print(sum(map(len, files)) > 1000, any(b"MARKEDMARKED" in content for content in files))
    print(folder.exists(), list(Path(tempfile.gettempdir()).glob("goodoffices-spark-*")))
"""


@needs_java
@pytest.mark.parametrize(("how", "seen"), [("in the clear", "True True"), ("encrypted", "True False")])
def test_what_spark_puts_on_a_disk_is_encrypted_and_removed(how: str, seen: str, tmp_path: Path) -> None:
    plain = ("spark.shuffle.compress=false", "spark.rdd.compress=false", "spark.shuffle.spill.compress=false")
    plain += ("spark.sql.inMemoryColumnarStorage.compressed=false",)
    command = [sys.executable, "-c", textwrap.dedent(PROBE), how, *plain, *QUICK]
    done = subprocess.run(
        command, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout.splitlines() == [seen, "False []"]
