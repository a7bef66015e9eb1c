"""Whether Spark can be started here, and what makes a small run of it short."""

from __future__ import annotations

import pytest

from goodoffices.prisoners.matching.spark.session import NoSpark, needed

QUICK = (
    "spark.master=local[2]",
    "spark.sql.adaptive.enabled=false",
    "spark.sql.codegen.wholeStage=false",
    "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
)


def _missing() -> str:
    try:
        needed()
    except NoSpark as error:
        return str(error)
    return ""


needs_java = pytest.mark.skipif(bool(_missing()), reason=_missing() or "Spark can be started")
