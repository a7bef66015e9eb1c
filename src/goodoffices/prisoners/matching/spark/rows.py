"""Rows as Spark carries them: 48 bytes each, numbers only."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from goodoffices.prisoners.matching.candidates import Shared
from goodoffices.prisoners.matching.columns import DIGITS, EACH, Columns

_ROW: Final = np.dtype(
    [
        ("surname", "<i4", EACH), ("given", "<i4", EACH), ("patronymic", "<i4"), ("place", "<i4", EACH),
        ("captured", "<i4"), ("year", "<i2"), ("month", "i1"), ("day", "i1"), ("number", "u1", DIGITS),
    ]
)  # fmt: skip


def table(columns: Columns, shared: Shared) -> pa.Table:
    """A list for Spark: the numbers of its rows, what each row says, and what it shares with rows of the other list."""
    rows, numbers = shared
    counts = np.bincount(rows, minlength=len(columns))
    offsets = pa.array(np.append(0, np.cumsum(counts)).astype(np.int64))
    by_row = pa.array(numbers[np.argsort(rows, kind="stable")])
    return pa.table(
        {
            "unique_id": pa.array(np.arange(len(columns))),
            "said": _packed(columns),
            "shared": pa.LargeListArray.from_arrays(offsets, by_row).cast(pa.list_(pa.int64())),
        }
    )


def _packed(columns: Columns) -> pa.Array:
    rows = np.zeros(len(columns), _ROW)
    for field in _ROW.names or ():
        rows[field] = getattr(columns, field)
    places = np.arange(len(columns) + 1, dtype=np.int64) * _ROW.itemsize
    buffers = [None, pa.py_buffer(places.tobytes()), pa.py_buffer(rows.tobytes())]
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(columns), buffers).cast(pa.binary())


def unpacked(said: pa.Array) -> Columns:
    """The columns of rows that Spark hands back, without their ids."""
    rows = np.frombuffer(b"".join(said.to_pylist()), _ROW)
    return Columns(ids=[], **{field: rows[field] for field in _ROW.names or ()})
