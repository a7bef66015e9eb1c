"""A reasonable Splink model of two lists, as somebody would write it in an afternoon: the peer of ``match_lists.py``.

Run by a Python of its own environment: ``python splink_lists.py LEFT.csv RIGHT.csv MATCHES.csv``. DuckDB, in memory.
"""

from __future__ import annotations

import contextlib
import csv
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

NAMES = ["unique_id", "surname", "given", "patronymic", "born", "place", "number", "captured"]

left, right, out = sys.argv[1:]
connection = duckdb.connect()
for name, path in (("left_list", left), ("right_list", right)):
    with Path(path).open(encoding="utf-8") as file:
        headings = next(csv.reader(file))
    columns = ", ".join(f"lower(nullif(\"{h}\", '')) as {n}" for h, n in zip(headings[1:], NAMES[1:], strict=True))
    source = f"read_csv('{path}', all_varchar = true, header = true)"
    connection.execute(f'create table {name} as select "{headings[0]}" as unique_id, {columns} from {source}')
rows = connection.execute("select count(*) from right_list").fetchall()[0][0]
api = DuckDBAPI(connection)
settings = SettingsCreator(
    link_type="link_only",
    probability_two_random_records_match=1 / rows,
    comparisons=[
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.NameComparison("given").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("patronymic", [0.92, 0.8]),
        cl.DateOfBirthComparison("born", input_is_string=True),
        cl.JaroWinklerAtThresholds("place", [0.9]).configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("number", 1),
        cl.ExactMatch("captured"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("surname", "given"), block_on("surname", "born"), block_on("given", "born"),
        block_on("number"), block_on("surname", "patronymic", "place"), block_on("substr(surname, 1, 3)", "born"),
    ],
)  # fmt: skip
tables = [api.register(name) for name in ("left_list", "right_list")]
linker = Linker(tables, settings)


def tried(step: Callable[[], object]) -> None:
    """Training that lists in two alphabets give nothing to: Splink then stays with what it assumes."""
    with contextlib.suppress(Exception):
        step()


train = linker.training
tried(lambda: train.estimate_u_using_random_sampling(max_pairs=2e6, seed=1))
tried(lambda: train.estimate_parameters_using_expectation_maximisation(block_on("surname", "given")))
tried(lambda: train.estimate_parameters_using_expectation_maximisation(block_on("born")))
pairs = linker.inference.predict(threshold_match_probability=0.5).physical_name
connection.execute(f"""
copy (
  select unique_id_l as left_id, unique_id_r as right_id, match_probability as probability from {pairs}
  qualify row_number() over (partition by unique_id_l order by match_weight desc, unique_id_r) = 1
     and row_number() over (partition by unique_id_r order by match_weight desc, unique_id_l) = 1
) to '{out}' (header, delimiter ',')
""")
