"""The folder of a campaign: its design, and the evenings that were played, kept part by part as they come in.

```
design.json        what is played; a folder of another design is never written to
manifest.json      versions and processor, for who wants to know where the rows come from
conditions/        each condition as a scenario file: `boef run` plays any of its evenings again, with the seed of its row
runs/*.parquet     the evenings, one row each
```

Every file is written whole or not at all. Who begins again plays only what is missing, whatever happened in between; a
condition that is not as the design has it is written again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from simulation.errors import Problem, RunError, WorldError
from simulation.experiments.design import Cell
from simulation.experiments.tables import joined, read_part, table_of, write_part
from simulation.maps.pinned import shipped_name
from simulation.runs import json_text, made_with, new_folder, replaced_file
from simulation.scenario.writer import scenario_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulation.experiments.design import Design
    from simulation.experiments.playing import Row

DESIGN, MANIFEST, CONDITIONS, RUNS = "design.json", "manifest.json", "conditions", "runs"
LARGEST_DESIGN = 100_000_000
"""Bytes of a design, or of a manifest, that are read."""


class Store(Protocol):
    """Where the rows of a campaign go."""

    def done(self) -> set[Cell]:
        """Give the evenings that were played."""

    def add(self, rows: Sequence[Row]) -> None:
        """Keep rows."""

    def table(self) -> pa.Table:
        """Give all rows, by condition and seed."""


@dataclass
class Memory:
    """Keeps rows as long as the program runs."""

    parts: list[pa.Table] = field(default_factory=list)

    def done(self) -> set[Cell]:
        """Give the evenings that were played."""
        return _cells(self.parts)

    def add(self, rows: Sequence[Row]) -> None:
        """Keep rows."""
        self.parts.append(table_of(rows))

    def table(self) -> pa.Table:
        """Give all rows, by condition and seed."""
        return joined(self.parts)


@dataclass(frozen=True)
class Folder:
    """Keeps rows in a folder.

    Parameters
    ----------
    path
        The folder, made by `open_folder`.
    """

    path: Path

    def done(self) -> set[Cell]:
        """Give the evenings that were played."""
        return _cells(self._parts())

    def add(self, rows: Sequence[Row]) -> None:
        """Keep rows in a file of their own, which is there wholly or not at all."""
        first, last = rows[0], rows[-1]
        name = f"{first['seed']:010d}-{first['condition']:04d}-{last['seed']:010d}-{last['condition']:04d}-{len(rows)}"
        target = self.path / RUNS / f"{name}.parquet"
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            write_part(table_of(rows), draft)
            with draft.open("rb") as file:
                os.fsync(file.fileno())
            draft.replace(target)
        except OSError as error:
            told = f"{target}: cannot be written: {error.strerror or error}; what was played before is kept"
            raise WorldError(told) from error
        finally:
            draft.unlink(missing_ok=True)

    def table(self) -> pa.Table:
        """Give all rows, by condition and seed."""
        return joined(self._parts())

    def _parts(self) -> list[pa.Table]:
        return [_part(path) for path in sorted((self.path / RUNS).glob("*.parquet"))]


def open_folder(path: Path, design: Design) -> Folder:
    """Make the folder of a campaign, or go on with it if it is there.

    Raises
    ------
    RunError
        If there is something else, a campaign of another design, or a manifest that is damaged.
    """
    if not path.exists():
        with new_folder(path) as draft:
            (draft / RUNS).mkdir()
            _write_manifest(draft / MANIFEST, design)
            _write_conditions(draft / CONDITIONS, design)
            (draft / DESIGN).write_text(json_text(design.as_data()), encoding="utf-8")
        return Folder(path)
    there = read_design(path)
    if there != json.loads(json_text(design.as_data())):
        raise RunError(Problem(f"holds another campaign ({_differs(there, design)}); choose another folder", str(path)))
    _write_manifest(path / MANIFEST, design)
    _write_conditions(path / CONDITIONS, design)
    return Folder(path)


def _write_manifest(file: Path, design: Design) -> None:
    """Write what the evenings are made with, if that is not there; it does not follow from the design."""
    if not file.exists():
        with replaced_file(file) as draft:
            draft.write_text(json_text({"design": design.digest(), **made_with()}), encoding="utf-8")
        return
    there = _json_object(file)
    if there is None or there.get("design") != design.digest():
        told = "is damaged: it is no manifest" if there is None else "is that of another campaign"
        raise RunError(Problem(f"{told}; remove it and begin again: a new one is written", str(file)))


def _write_conditions(folder: Path, design: Design) -> None:
    """Write each condition as a scenario file, where it is not there as the design has it."""
    if folder.exists() and not folder.is_dir():
        raise RunError(Problem("is no folder, and the conditions go there; move it away", str(folder)))
    folder.mkdir(exist_ok=True)
    # A file beside the conditions: a map of one's own must not be taken for one that comes along under the same name.
    map_name = shipped_name(design.map) or f"./map-{design.map[:12]}.map"
    for number, condition in enumerate(design.conditions, 1):
        scenario = condition.scenario.with_seed(design.first_seed).model_copy(update={"map": map_name})
        content = scenario_text(scenario).encode()
        file = folder / f"{number:04d}.yaml"
        if not _holds(file, content):
            with replaced_file(file) as draft:
                draft.write_bytes(content)


def _holds(file: Path, content: bytes) -> bool:
    """Tell whether a file has some content; one of another size is not read, however long it is."""
    return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


def read_design(path: Path) -> dict[str, Any]:
    """Read the design of a folder.

    Raises
    ------
    RunError
        If it holds none.
    """
    file = path / DESIGN
    if not file.is_file():
        kind = "is no folder of results" if path.is_dir() else "is no folder"
        raise RunError(Problem(f"{kind}: it holds no {DESIGN}; make one with: boef compare --output", str(path)))
    design = _json_object(file)
    if design is None or not isinstance(design.get("conditions"), list):
        raise RunError(Problem("is damaged: it is no design", str(file)))
    return design


def _json_object(file: Path) -> dict[str, Any] | None:
    """Read a JSON object; None where there is something else."""
    if not file.is_file():
        return None
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_DESIGN + 1)
        found = json.loads(content.decode("utf-8")) if len(content) <= LARGEST_DESIGN else None
    except OSError as error:
        raise RunError(Problem(f"cannot be read: {error.strerror}", str(file))) from None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _part(path: Path) -> pa.Table:
    try:
        return read_part(path)
    except (OSError, ValueError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None)
        damaged = "is damaged; remove it and begin again: only its evenings are played anew"
        raise RunError(Problem(f"cannot be read: {reason}" if reason else damaged, str(path))) from None


def _cells(parts: Sequence[pa.Table]) -> set[Cell]:
    return {
        Cell(condition, seed)
        for part in parts
        for condition, seed in zip(part["condition"].to_pylist(), part["seed"].to_pylist(), strict=True)
    }


def _differs(there: dict[str, Any], design: Design) -> str:
    """Say in what another design differs."""
    mine = json.loads(json_text(design.as_data()))
    told = {
        "format": "made by another version",
        "version": "made by another version",
        "map": "on another map",
        "first_seed": "with another first seed",
        "usual": "with other numbers of the model",
        "conditions": "of other structures, or of another scenario",
    }
    return next((said for key, said in told.items() if there.get(key) != mine[key]), "of another form")
