"""A value put in at a place of a scenario, as though the file had it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scenario.positions import path_text
from simulation.structure_ids import CUSTOM, parts_in

if TYPE_CHECKING:
    from simulation.scenario.positions import Path

_ID = ("structure", "id")


def placed(data: Any, path: Path, value: Any) -> Any:  # noqa: ANN401 - plain data of any kind
    """Give plain data with a value put in.

    Another structure than the file's own leaves out the groups that the file lays out, as those go with `custom` only.

    Parameters
    ----------
    data
        What a scenario file holds: dicts, lists, texts, numbers and booleans. It stays as it is.
    path
        Where the value goes. Keys that lead there are made where they are missing, items of a list are not.
    value
        What a file would have there.

    Raises
    ------
    ValueError
        If the data has no such place.
    """
    changed = _placed(data, path, value, 0)
    if path == _ID and isinstance(value, str) and CUSTOM not in parts_in(value):
        changed["structure"].pop("layout", None)
    return changed


def _placed(data: Any, path: Path, value: Any, depth: int) -> Any:  # noqa: ANN401 - plain data of any kind
    """Put the value in below `path[:depth]`."""
    if depth == len(path):
        return value
    key, here = path[depth], path_text(path[:depth])
    if isinstance(key, int):
        if not isinstance(data, list):
            raise ValueError(f"the scenario has no list {here}")  # noqa: TRY004 - callers collect it
        if key >= len(data):
            raise ValueError(f"{here} of the scenario holds {len(data)}, and the first is {here}[0]")
        return [*data[:key], _placed(data[key], path, value, depth + 1), *data[key + 1 :]]
    if isinstance(data, list):
        example = path_text((*path[:depth], 0, key))
        raise ValueError(f"{here} is a list in the scenario; say which of it, for example {example}")  # noqa: TRY004 - the same
    if data is not None and not isinstance(data, dict):
        raise ValueError(f"{here} is {data!r:.40} in the scenario, with nothing below it")
    before = data or {}
    return {**before, key: _placed(before.get(key), path, value, depth + 1)}
