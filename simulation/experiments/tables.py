"""The rows of evenings as a table: one column for each measure, with its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.experiments.design import FORMAT
from simulation.measures import MEASURES
from simulation.trace.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulation.experiments.playing import Row

_TYPES = {"yes-no": pa.bool_(), "count": pa.int64(), "word": pa.string(), "rows": pa.string()}
SCHEMA = pa.schema(
    [
        pa.field("condition", pa.int64(), nullable=False),
        pa.field("seed", pa.int64(), nullable=False),
        pa.field("failure", pa.string(), nullable=False),
        *(pa.field(measure.key, _TYPES.get(measure.unit, pa.float64())) for measure in MEASURES),
    ],
    metadata={"boef": str(FORMAT)},
)
"""Columns of the rows. A measure is null where it has no value; those with parts are JSON texts."""

_CELL = [("condition", "ascending"), ("seed", "ascending")]


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Put rows in a table."""
    columns = {name: [_value(name, row) for row in rows] for name in SCHEMA.names}
    return pa.table(columns, schema=SCHEMA)


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Put tables together, in the order of condition and seed; an evening that stands in several of them is there once."""
    whole = pa.concat_tables([SCHEMA.empty_table(), *tables]).combine_chunks().sort_by(_CELL)
    cells = list(zip(*(whole[name].to_pylist() for name in ("condition", "seed")), strict=True))
    kept = [number for number, cell in enumerate(cells) if not number or cell != cells[number - 1]]
    return whole if len(kept) == len(cells) else whole.take(kept)


def write_part(table: pa.Table, path: Path) -> None:
    """Write a table as a Parquet file."""
    pq.write_table(table, path, compression="zstd")


def read_part(path: Path) -> pa.Table:
    """Read a Parquet file.

    Raises
    ------
    ValueError
        If it is damaged, or holds something else.
    """
    with path.open("rb") as file:
        table = pq.read_table(file)
    if not table.schema.equals(SCHEMA, check_metadata=True):
        raise ValueError("its columns are not those of this version")
    return table


def _value(name: str, row: Row) -> Any:  # noqa: ANN401 - columns are of several types
    value = row.get(name)
    return canonical(value) if isinstance(value, dict | list) else value
