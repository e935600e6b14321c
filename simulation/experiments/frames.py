"""Results as data frames, and as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv

from simulation.experiments.results import Folder, read_design

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


def read_results(folder: str | Path) -> pd.DataFrame:
    """Read the evenings of a campaign.

    Parameters
    ----------
    folder
        The folder that `boef compare --output` or `compare_structures` made.

    Returns
    -------
    A row for each evening, by condition and then by seed. The columns: what sets its condition apart (such as `structure`
    and `effort`), `seed`, `failure` (empty where it was played), and the measures of `score.json`, times in seconds from the
    start of play. What never happened, or has no value in an evening, is missing. Measures with parts are JSON texts.

    Raises
    ------
    RunError
        If the folder is damaged, or something else.
    """
    path = Path(folder)
    design = read_design(path)
    return frame_of(Folder(path).table(), [condition["factors"] for condition in design["conditions"]])


def frame_of(table: pa.Table, factors: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Turn rows into a data frame.

    Parameters
    ----------
    table
        The rows.
    factors
        What sets each condition of the design apart, by name.
    """
    import pandas as pd

    return with_factors(table, factors).to_pandas(
        types_mapper={pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get
    )


def write_csv(table: pa.Table, factors: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows as CSV in UTF-8, with the same columns as the data frame."""
    pyarrow.csv.write_csv(with_factors(table, factors), path)


def with_factors(table: pa.Table, factors: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Put in the place of the number of each condition what sets it apart."""
    condition = table["condition"].to_pylist()
    names = list(dict.fromkeys(name for one in factors for name in one))
    columns = {name: pa.array([factors[number].get(name) for number in condition]) for name in names}
    rest = table.drop_columns(["condition"])
    return pa.table({**columns, **{name: rest[name] for name in rest.column_names}})
