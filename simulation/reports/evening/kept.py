"""What a run folder holds beside its trace, read without trust: anybody may have made it, or changed it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulation.errors import Problem, RunError
from simulation.runs import LARGEST_MANIFEST, MANIFEST, SCORE, TRACE
from simulation.scenario.registry import GRADES
from simulation.trace.files import trace_digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from simulation.trace.log import Trace

MOST_PARAMETERS = 2_000
MOST_TOLD = 3
"""Measures that differ and are told one by one."""
_SHOWN = 60
_TEXTS = ("name", "unit", "meaning")


def read_about(folder: Path, trace: Trace) -> dict[str, Any]:
    """Read what made a run: the parameters and the texts of the scenario that its page shows.

    Parameters
    ----------
    folder
        The run folder.
    trace
        Its trace.

    Raises
    ------
    RunError
        If the manifest cannot be read, belongs to another trace, or holds what no manifest of ours holds.
    """
    path = folder / MANIFEST
    manifest = _document(path)
    if manifest.get("trace_digest") != trace_digest(trace):
        raise RunError(Problem(f"does not belong to the {TRACE} beside it: that has another digest than it tells", str(path)))
    scenario, parameters = manifest.get("scenario"), manifest.get("parameters")
    if not isinstance(scenario, dict) or not isinstance(parameters, list) or len(parameters) > MOST_PARAMETERS:
        raise RunError(Problem("is no manifest of a run: it holds no scenario or no list of parameters", str(path)))
    bad = next((number for number, row in enumerate(parameters) if not _is_parameter(row)), None)
    if bad is not None:
        raise RunError(Problem(f"parameters[{bad}] is no parameter: {_short(parameters[bad])}", str(path)))
    texts = {name: scenario.get(name) or "" for name in ("happened", "source")}
    if not all(isinstance(words, str) for words in texts.values()):
        raise RunError(Problem("what its scenario tells is no text", str(path)))
    return {"parameters": parameters, "scenario": texts}


def check_score(folder: Path, measured: Mapping[str, Any]) -> None:
    """Refuse a `score.json` that is not what follows from the trace beside it.

    Parameters
    ----------
    folder
        The run folder.
    measured
        What follows from its trace and its goals.

    Raises
    ------
    RunError
        If it cannot be read or differs, with the first measures that do.
    """
    path = folder / SCORE
    found, expected = _document(path), json.loads(json.dumps(measured))
    differing = [key for key in {**expected, **found} if found.get(key, ...) != expected.get(key, ...)]
    if differing:
        told = "; ".join(
            f"{_short(key)} is {_told(found, key)} there and {_told(expected, key)} here" for key in differing[:MOST_TOLD]
        )
        more = f"; {len(differing) - MOST_TOLD} more differ" if len(differing) > MOST_TOLD else ""
        raise RunError(Problem(f"does not follow from the {TRACE} beside it: {told}{more}", str(path)))


def _document(path: Path) -> dict[str, Any]:
    """Read one JSON object."""
    if path.exists() and not path.is_file():
        raise RunError(Problem("is no file; boef run --output makes a whole folder", str(path)))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_MANIFEST + 1)
    except OSError as error:
        told = f"cannot be read: {error.strerror}; boef run --output makes a whole folder"
        raise RunError(Problem(told, str(path))) from None
    if len(content) > LARGEST_MANIFEST:
        raise RunError(Problem(f"is longer than {LARGEST_MANIFEST:,} bytes, which no run makes", str(path)))
    try:
        document = json.loads(content.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RunError(Problem("is damaged: it is not the JSON of a run", str(path))) from None
    if not isinstance(document, dict):
        raise RunError(Problem("is damaged: it holds no JSON object", str(path)))
    return document


def _no_constant(name: str) -> float:
    raise ValueError(name)


LARGEST = 1e300
"""No number of the model is as large; a whole number that is larger cannot even be written with decimals."""


def _is_parameter(row: object) -> bool:
    """Say whether this is a number of the model as a manifest tells it."""
    if not isinstance(row, dict) or row.get("grade") not in [*GRADES] or not isinstance(row.get("overridden", False), bool):
        return False
    value = row.get("value")
    a_number = isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST < value < LARGEST
    return a_number and all(isinstance(row.get(name), str) for name in _TEXTS)


def _told(document: Mapping[str, Any], key: str) -> str:
    """Tell a value of a document."""
    return _short(document[key]) if key in document else "not"


def _short(value: object) -> str:
    """Give a value in few letters."""
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
