"""Pairs found, compared and weighed by Splink on Spark."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql.functions import arrow_udf  # type: ignore[attr-defined]  # there since 4.1, without types
from splink import Linker, SettingsCreator, SparkAPI, block_on
from splink.comparison_library import CustomComparison

from goodoffices.prisoners.matching.candidates import Pairs, shared
from goodoffices.prisoners.matching.comparisons import COMPARISONS, SIZES, compare
from goodoffices.prisoners.matching.here import Step
from goodoffices.prisoners.matching.sides import Sides
from goodoffices.prisoners.matching.spark.rows import table, unpacked
from goodoffices.prisoners.matching.spark.session import SparkFailed
from goodoffices.prisoners.matching.weights import CODES, Model, code
from goodoffices.prisoners.names.lexicon import Arrays

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import SparkSession
    from splink.internals.splink_dataframe import SplinkDataFrame

_LEVELS: Final = "goodoffices_levels"
_CODE: Final = f"{_LEVELS}(said_l, said_r)"
_NAMES: Final = ("left_list", "right_list")
"""In this order: Splink takes the first by the alphabet for the left one."""
_GAMMAS: Final = [f"gamma_{comparison.field.replace(' ', '_')}" for comparison in COMPARISONS]


class OnSpark:
    """An ``Engine`` (see there). For one run: what Splink has found stays with Spark between the two calls."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def compare(self, sides: Sides, step: Step) -> NDArray[np.int64]:
        """How many pairs have each code, (CODES,). Raises ``SparkFailed``."""
        self._sides = sides
        with _told():
            return self._compare(step)

    def _compare(self, step: Step) -> NDArray[np.int64]:
        sides = self._sides
        step("handing the rows to Spark", 0)
        self._session.udf.register(_LEVELS, _levels(self._session.sparkContext.broadcast(sides.known)))
        self._api = SparkAPI(  # type: ignore[no-untyped-call]  # the rest of Splink has types
            spark_session=self._session, break_lineage_method="persist", register_udfs_automatically=False
        )
        self._lists = self._registered()
        linker = Linker(self._lists, _settings(sides, None))
        step("looking for pairs on Spark", 0)
        self._blocked = linker.inference.compute_blocked_pairs_for_predict()
        step("comparing on Spark", 0)
        compared = linker.inference.predict(warning_mode="never")
        columns = ", ".join(_GAMMAS)
        found = self._asked(compared, f"{columns}, count(*) as pairs", f"group by {columns}")
        compared.as_spark_dataframe().unpersist()
        return np.bincount(_codes(found), found["pairs"].to_numpy(), minlength=CODES).astype(np.int64)

    def hopeful(self, model: Model, least: float) -> tuple[Pairs, NDArray[np.int32], NDArray[np.float32]]:
        """The pairs that weigh so many bits at least, in order, with their codes and weights.

        Raises ``SparkFailed``.
        """
        with _told():
            return self._hopeful(model, least)

    def _hopeful(self, model: Model, least: float) -> tuple[Pairs, NDArray[np.int32], NDArray[np.float32]]:
        linker = Linker(self._lists, _settings(self._sides, model))
        linker.table_management.register_blocked_pairs_for_predict(self._blocked)
        weighed = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        found = self._asked(weighed, ", ".join(["unique_id_l", "unique_id_r", "match_weight", *_GAMMAS]))
        pairs = found["unique_id_l"].to_numpy() * len(self._sides.right) + found["unique_id_r"].to_numpy()
        order = np.argsort(pairs)
        weight = found["match_weight"].to_numpy().astype(np.float32)
        return pairs[order], _codes(found)[order], weight[order]

    def _registered(self) -> list[SplinkDataFrame]:
        sides = self._sides
        ours, theirs = shared(sides.left, sides.right, sides.keys)
        tables = [table(sides.left, ours)]
        if not sides.within:  # where it is one list, both share the same
            tables.append(table(sides.right, theirs))
        frames = (self._session.createDataFrame(t) for t in tables)
        return [self._api.register(f, dataset_display_name=name) for f, name in zip(frames, _NAMES, strict=False)]

    def _asked(self, of: SplinkDataFrame, columns: str, then: str = "") -> pa.Table:
        asked = f"select {columns} from {of.physical_name} {then}"  # noqa: S608 - names of ours and of Splink's
        return self._session.sql(asked).toArrow()


@contextmanager
def _told() -> Iterator[None]:
    """Splink and pyspark would log each step, and each query that fails with all that is in it."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    except Exception as error:  # noqa: BLE001 - Java, Py4J, pyspark and Splink each have their own
        raise SparkFailed(error) from None
    finally:
        logging.disable(before)


def _levels(known: Broadcast[Arrays]) -> Callable[..., Any]:
    """A function for Spark: what two rows say in, the code of their levels out. Runs in Spark's Python workers."""

    def levels(left: pa.Array, right: pa.Array) -> pa.Array:
        rows = np.arange(len(left))
        return pa.array(code(compare(known.value, unpacked(left), unpacked(right), rows, rows)))

    # pyspark reads the annotations to tell what kind of function it is, and they must be types by then.
    levels.__annotations__ = {"left": pa.Array, "right": pa.Array, "return": pa.Array}
    function: Callable[..., Any] = arrow_udf(levels, "int")
    return function


def _settings(sides: Sides, model: Model | None) -> SettingsCreator:
    """The model in Splink's words; without one, for counting levels only, with any probabilities."""
    share = min(max(model.expected / model.pairs, 1e-15), 0.5) if model else 0.5
    return SettingsCreator(
        link_type="dedupe_only" if sides.within else "link_only",
        probability_two_random_records_match=share,
        comparisons=[_comparison(place, model) for place in range(len(COMPARISONS))],
        blocking_rules_to_generate_predictions=[block_on("shared", arrays_to_explode=["shared"])],
        retain_matching_columns=True,  # and with them the levels
    )


def _comparison(place: int, model: Model | None) -> CustomComparison:
    size = SIZES[place]
    true, strangers = (shares[place] for shares in (model.true, model.strangers)) if model else (_any(size), _any(size))
    level = f"{_CODE} div {int(np.prod(SIZES[place + 1 :]))} % {size}"
    words = COMPARISONS[place].levels
    silent = {"sql_condition": f"{level} = 0", "label_for_charts": words[0], "is_null_level": True}
    others = [
        {
            "sql_condition": f"{level} = {n}" if n < size - 1 else "ELSE",
            "label_for_charts": words[n],
            "m_probability": float(true[n - 1]),
            "u_probability": float(strangers[n - 1]),
        }
        for n in range(1, size)
    ]
    return CustomComparison(
        comparison_levels=[silent, *others], output_column_name=COMPARISONS[place].field.replace(" ", "_")
    )


def _any(size: int) -> Sequence[float]:
    return [1 / (size - 1)] * (size - 1)


def _codes(found: pa.Table) -> NDArray[np.int32]:
    """Codes from Splink's levels, which run from -1 for silence and 0 for the last to the first."""
    gammas = (found[gamma].to_numpy() for gamma in _GAMMAS)
    return code([np.where(g < 0, 0, size - 1 - g).astype(np.int8) for g, size in zip(gammas, SIZES, strict=True)])
