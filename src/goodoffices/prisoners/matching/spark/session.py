"""A Spark session for prisoners' data: nothing in the clear on a disk, nothing fetched, nothing shown on a port."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NEEDED: Final = ("pyspark", "splink", "pyarrow")
_JAVA: Final = 17
"""The oldest Java that Spark 4 runs on."""
_FOLDERS: Final = "goodoffices-spark-"

OURS: Final = {
    # What Spark spills, shuffles and keeps on disk is encrypted with a key that lives in its memory only, and what
    # passes between its processes with a secret (AES-GCM both).
    "spark.io.encryption.enabled": "true",
    "spark.io.encryption.keySizeBits": "256",
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.network.crypto.cipher": "AES/GCM/NoPadding",
    # No page of what is being done, no log of it, and nothing to fetch.
    "spark.ui.enabled": "false",
    "spark.eventLog.enabled": "false",
    "spark.log.level": "OFF",
    "spark.jars.packages": "",
    "spark.sql.catalogImplementation": "in-memory",
}
"""Settings that cannot be changed."""
_USUAL: Final = {
    "spark.master": "local[*]",
    "spark.driver.maxResultSize": "0",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(1 << 16),
    "spark.sql.session.timeZone": "UTC",
}


class NoSpark(RuntimeError):
    """Spark cannot be started here; says why, and what to do."""


class SparkFailed(RuntimeError):
    """Spark gave up. The message holds nothing of what it said, which could be of a row."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"Matching on Spark ended before it was done ({type(error).__name__}), perhaps for want of memory: "
            "--spark-set spark.driver.memory=8g gives it more on one machine. Nothing was written."
        )


def needed() -> None:
    """Raises ``NoSpark`` where the extra or Java is missing."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise NoSpark(
            f"Matching on Spark needs {', '.join(missing)}, which an extra brings: pip install 'goodoffices[spark]'."
        )
    version = _java()
    if version < _JAVA:
        found = f"Java {version} is too old" if version else "there is no Java on this machine"
        raise NoSpark(
            f"Spark needs Java {_JAVA} or newer, and {found}. "
            "On Debian: apt-get install openjdk-17-jre-headless. Elsewhere set JAVA_HOME."
        )


def _java() -> int:
    """Version of the Java that Spark would take; 0 if there is none."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home, "bin", "java")) if home else "java"
    try:
        said = subprocess.run([program, "-version"], capture_output=True, text=True, check=True, timeout=60).stderr
    except (OSError, subprocess.SubprocessError):
        return 0
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(version[1]) if version else 0


def settings(given: Mapping[str, str], folder: Path, rows: int) -> dict[str, str]:
    """All settings of a session. ``given``: what was asked for. Raises ``NoSpark`` for what cannot be changed."""
    fixed = sorted(key for key in given if key in OURS or key == "spark.local.dir")
    if fixed:
        raise NoSpark(f"{', '.join(fixed)} cannot be set: lists of prisoners are to be nowhere in the clear.")
    parts = str(max(2 * (os.cpu_count() or 1), rows // 50_000))
    here = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    found = _USUAL | {"spark.sql.shuffle.partitions": parts, "spark.default.parallelism": parts} | dict(given)
    if found["spark.master"].startswith("local"):
        found = here | found
    # An agent's memory dumps and the profile data of the JVM would be files of their own; what it unpacks goes with us.
    java = f"-XX:-UsePerfData -XX:-HeapDumpOnOutOfMemoryError -Djava.io.tmpdir={folder}"
    return (
        found
        | OURS
        | {
            "spark.local.dir": str(folder),
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.driver.extraJavaOptions": " ".join([java, given.get("spark.driver.extraJavaOptions", "")]).strip(),
        }
    )


@contextmanager
def started(given: Mapping[str, str], rows: int) -> Iterator[SparkSession]:
    """A session, and a folder for it that is gone afterwards. Raises ``NoSpark``."""
    needed()
    with _folder() as folder:
        asked = settings(given, folder, rows)
        from pyspark.sql import SparkSession

        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("goodoffices")
        for key, value in asked.items():
            builder = builder.config(key, value)
        try:
            with _quiet():
                session = builder.getOrCreate()
        except Exception as error:  # noqa: BLE001 - Java, Py4J and pyspark each have their own, and all mean this
            raise NoSpark(f"Spark did not start: {_first_line(error)}") from None
        try:
            yield session
        finally:
            session.stop()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder only its owner may enter, held while it is used, and removed afterwards with those nobody holds."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_FOLDERS))
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(where: Path) -> None:
    """Removes what a session left that was killed. It is encrypted, and its key is gone."""
    for folder in where.glob(f"{_FOLDERS}*"):
        with suppress(OSError):
            held = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(held)


@contextmanager
def _quiet() -> Iterator[None]:
    """The machine that Spark starts inherits where errors go, and would write its logs there: to nowhere instead."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
