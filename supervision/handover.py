"""Rows handed over to DuckDB and answers handed back, without a loss: the frame's types and the warehouse's."""

from collections.abc import Sequence
from typing import Any

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

TEXT: Any = pd.StringDtype(na_value=float("nan"))
FLAG_OR_NULL: Any = pd.BooleanDtype()
"""The type that pandas gives text of its own accord, and the one for flags with a null among them."""


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


def data_frame(answer: pa.Table) -> pd.DataFrame:
    """The frame of an answer: days and moments in microseconds, numbers as floats, whole numbers and flags as such.

    Whole numbers and flags with a null among them are pandas' nullable ones. Column by column this takes a
    third of the time of `DuckDBPyConnection.df`, which makes a Python object of every text.
    """
    return pd.DataFrame(
        {name: _values(column) for name, column in zip(answer.column_names, answer.columns, strict=True)}
    )


def _values(column: pa.ChunkedArray) -> Any:
    kind = column.type
    if pa.types.is_string(kind):
        return TEXT.__from_arrow__(column)
    if pa.types.is_date(kind):
        return column.cast(pa.timestamp("us")).to_numpy()
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64()).to_numpy().round(kind.scale)
    if pa.types.is_nested(kind):
        return column.to_pandas(maps_as_pydicts="strict")
    if column.null_count and pa.types.is_boolean(kind):
        return FLAG_OR_NULL.__from_arrow__(column)
    if column.null_count and pa.types.is_integer(kind):
        whole: Any = pd.api.types.pandas_dtype(str(kind).replace("i", "I").replace("u", "U"))
        return whole.__from_arrow__(column)
    return column.to_numpy()
