"""The run folder, and every other file or folder that a command hands in: complete or not there at all.

A draft is made beside its target and renamed at the end, so that an interrupted command leaves nothing that looks finished;
what goes wrong takes the draft along.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import __version__
from simulation.errors import Problem, RunError, WorldError
from simulation.scenario.registry import REGISTRY
from simulation.trace.files import read_trace, trace_digest, write_trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from simulation.maps.streetmap import StreetMap
    from simulation.scenario import Scenario
    from simulation.scenario.goals import Goal
    from simulation.trace.log import Trace

MANIFEST, TRACE, SCORE, PAGE = "manifest.json", "trace.jsonl", "score.json", "report.html"
FORMAT = 1
LARGEST_MANIFEST = 8_000_000
"""Bytes of a manifest that are read."""
_START = 100
"""Bytes by which a file is known as a trace: its first line is one JSON object."""
_SHOWN = ("numpy", "simpy", "pydantic", "ruamel.yaml", "typer")
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Run:
    """One evening as it goes into its folder.

    Parameters
    ----------
    trace
        What happened.
    score
        The measures, as in `score.json`.
    page
        The page, as HTML text.
    about
        What made the run: scenario, parameter values, seed and map. Goes into the manifest as it is.
    wall_time_s
        Time that playing took, seconds. The only value of the folder that differs between two equal runs.
    """

    trace: Trace
    score: Mapping[str, Any]
    page: str
    about: Mapping[str, Any]
    wall_time_s: float


def write_run(run: Run, target: Path) -> None:
    """Write the folder of a run, whole or not at all."""
    with new_folder(target) as draft:
        write_trace(run.trace, draft / TRACE)
        (draft / SCORE).write_text(json_text(run.score), encoding="utf-8")
        (draft / PAGE).write_text(run.page, encoding="utf-8")
        (draft / MANIFEST).write_text(json_text(_manifest(run)), encoding="utf-8")


def about_run(scenario: Scenario, street_map: StreetMap) -> dict[str, Any]:
    """Say what makes a run: with these the same evening can be played again.

    Parameters
    ----------
    scenario
        The scenario as it is played, with its seed and structure.
    street_map
        The map it is played on.
    """
    return {
        "seed": scenario.seed,
        "map": {
            "digest": street_map.digest,
            **{name: street_map.about.get(name) for name in ("title", "source", "source_date", "attribution", "synthetic")},
        },
        "scenario": scenario.model_dump(mode="json", exclude={"parameters"}),
        "goals": [goal.model_dump(mode="json", by_alias=True) for goal in scenario.all_goals],
        "parameters": [
            {
                "name": name,
                "value": scenario.in_force(name),
                "unit": known.unit,
                "meaning": known.meaning,
                "grade": known.grade,
                "overridden": name in scenario.parameters.overridden,
            }
            for name, known in REGISTRY.items()
        ],
    }


def read_run(folder: Path) -> Trace:
    """Read the trace of a run folder."""
    if not folder.exists():
        raise RunError(Problem("there is no such folder; make one with: boef run --output FOLDER", str(folder)))
    path = folder / TRACE if folder.is_dir() else folder
    if not path.is_file():
        raise RunError(Problem(f"is no run folder: it holds no {TRACE}", str(folder)))
    if path == folder and not _may_be_trace(path):
        raise RunError(
            Problem("is no run folder, and no trace either; name a folder that boef run --output made", str(folder))
        )
    return read_trace(path)


def _may_be_trace(path: Path) -> bool:
    """Tell whether a file begins as a trace does; what cannot be read is told when it is."""
    try:
        with path.open("rb") as file:
            return re.match(rb'[ \t]*\{[ \t]*"', file.read(_START)) is not None
    except OSError:
        return True


def read_goals(folder: Path) -> tuple[Goal, ...]:
    """Read the goals that a run was played with; none where there is only a trace, or a manifest that knows of no goals.

    Raises
    ------
    RunError
        If they cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return ()
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_MANIFEST + 1)
        rows = _goal_rows(content)
    except OSError as error:
        raise RunError(Problem(f"cannot be read: {error.strerror}", str(path))) from None
    except (ValueError, RecursionError):
        raise RunError(Problem("is no manifest of a run: its goals cannot be read", str(path))) from None
    if not rows:
        return ()
    from simulation.scenario.goals import read_goal_rows

    try:
        return read_goal_rows(rows)
    except ValueError as error:
        raise RunError(*(Problem(message, str(path)) for message in error.args)) from None


def _goal_rows(content: bytes) -> list[Any]:
    """Find the goals in a manifest that anybody may have written."""
    if len(content) > LARGEST_MANIFEST:
        raise ValueError("too large")
    manifest = json.loads(content.decode("utf-8"))
    rows = manifest.get("goals", []) if isinstance(manifest, dict) else None
    if not isinstance(rows, list):
        raise ValueError("no list")  # noqa: TRY004 - one kind of error for a bad manifest
    return rows


def json_text(value: object) -> str:
    """Give a value as the JSON document that the project writes: readable, keys in the order given, no NaN."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give the path of a draft that becomes `target` when the block ends well."""
    with _handed_in(target, lambda draft: draft.unlink(missing_ok=True)) as draft:
        yield draft


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty draft folder that becomes `target` when the block ends well."""
    with _handed_in(target, lambda draft: shutil.rmtree(draft, ignore_errors=True)) as draft:
        draft.mkdir()
        yield draft


@contextmanager
def replaced_file(target: Path) -> Iterator[Path]:
    """Give the path of a draft that takes the place of `target`, if there is one, when the block ends well."""
    draft = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        raise _outside(target, error) from error
    finally:
        draft.unlink(missing_ok=True)


def check_free(target: Path) -> None:
    """Refuse a target that cannot be made, before the work starts rather than after it.

    Raises
    ------
    RunError
        It exists already, or its parent is no folder.
    WorldError
        Its parent takes no new files.
    """
    if target.is_symlink() or target.exists():
        kind = "a folder" if target.is_dir() else "a file"
        raise RunError(Problem(f"exists already, as {kind}; choose another name or move it away", str(target)))
    if not target.parent.is_dir():
        raise RunError(Problem(f"cannot be made: {target.parent} is no folder; make that first", str(target)))
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise WorldError(f"{target}: cannot be written: {target.parent} is read-only")


@contextmanager
def _handed_in(target: Path, discard: Callable[[Path], None]) -> Iterator[Path]:
    check_free(target)
    # The suffix stays last: matplotlib goes by it.
    draft = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        yield draft
        draft.rename(target)
    except OSError as error:
        raise _outside(target, error) from error
    finally:
        discard(draft)


def _outside(target: Path, error: OSError) -> WorldError:
    reason = error.strerror or type(error).__name__
    if error.errno in _FULL:
        reason = "the disk is full"
    elif error.errno in _READ_ONLY:
        reason = "the folder is read-only"
    return WorldError(f"{target}: cannot be written: {reason}; nothing was left behind")


def _manifest(run: Run) -> dict[str, Any]:
    return {
        "format": FORMAT,
        **run.about,
        "trace_digest": trace_digest(run.trace),
        **made_with(),
        "wall_time_s": round(run.wall_time_s, 3),
        "failure": None,
    }


def made_with() -> dict[str, Any]:
    """Give the versions and the processor that something is made with."""
    return {
        "versions": {"boef-in-de-wijk": __version__, "python": platform.python_version(), **_versions()},
        "processor": {"machine": platform.machine(), "system": sys.platform, "features": _processor_features()},
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in _SHOWN:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a copy without its metadata still runs
            found[name] = "unknown"
    return found


def _processor_features() -> list[str]:
    """List the vector instructions that numpy found: the one thing of a processor that has changed results elsewhere."""
    extensions: Any = np.show_config(mode="dicts")
    found = extensions.get("SIMD Extensions", {})
    return sorted({*found.get("baseline", ()), *found.get("found", ())})
