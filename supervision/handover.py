"""Accepted rows handed over to DuckDB: from the frame's types to the warehouse's, without a loss."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from supervision.tables import Column, Kind

PROVENANCE = {"batch": "bigint", "came_from": "varchar", "source_row": "bigint"}
"""Columns that every fact carries beside its own: the batch, the file and sheet, and the row it came from."""

ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "money": pa.decimal128(18, 2),
    "minutes": pa.decimal128(12, 2),
    "km": pa.decimal128(12, 3),
    "date": pa.date32(),
    "month": pa.date32(),
    "moment": pa.timestamp("us"),
    "flag": pa.bool_(),
    "count": pa.int64(),
    "deadline": pa.string(),
    "choice": pa.string(),
    "many": pa.list_(pa.string()),
    "unit": pa.string(),
    "water_class": pa.string(),
}


def arrow_table(frame: pd.DataFrame, columns: Sequence[Column], batch: int, came_from: str) -> pa.Table:
    """The columns of an accepted frame, and where its rows came from, in the types that the warehouse keeps."""
    arrays = {column.name: _array(frame[column.name], column.kind) for column in columns}
    arrays["batch"] = pa.repeat(pa.scalar(batch, pa.int64()), len(frame))
    arrays["came_from"] = pa.repeat(pa.scalar(came_from), len(frame))
    arrays["source_row"] = pa.array(frame["source_row"], pa.int64(), from_pandas=True)
    return pa.table(arrays)


def _array(values: pd.Series, kind: Kind) -> pa.Array:
    kept = ARROW_TYPES[kind]
    if pa.types.is_decimal(kept) and pd.api.types.is_float_dtype(values.dtype):
        return pa.array(values.round(kept.scale), from_pandas=True).cast(kept, safe=False)
    if kind in ("date", "month"):
        return pa.array(values, pa.timestamp("us"), from_pandas=True).cast(kept)
    return pa.array(values, kept, from_pandas=True)
