"""Plays the notebooks, each in a kernel of its own; `make notebooks` keeps what they show."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import matplotlib.font_manager  # noqa: F401 - makes the list of fonts, which a kernel would tell of on a new machine
import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"

LONGEST_S = 120
"""Seconds that a cell may take: a notebook that hangs is stopped, and a slow machine is not."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebooks() -> list[Path]:
    """List the notebooks, in the order in which they are read."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    """Read a notebook as it is kept."""
    return nbformat.read(path, as_version=4)


def play(path: Path, folder: Path) -> NotebookNode:
    """Play a notebook from top to bottom in some folder, and give it with what it shows.

    Raises
    ------
    CellExecutionError
        If a cell fails.
    """
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    # The kernel chooses how pictures are shown, so what these tests were started with must not.
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    with patch.dict(os.environ, {**environment, "PYTHONPATH": str(ROOT)}, clear=True):
        client = NotebookClient(
            notebook,
            timeout=LONGEST_S,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],  # that it talks to us without encryption, on this machine, is no news
            coalesce_streams=True,
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
        )
        client.execute()
    return tidy(notebook)


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Leave out what differs from one machine, or one hour, to the next."""
    notebook.metadata = nbformat.from_dict(_METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = None
    return notebook


def shown(notebook: NotebookNode) -> list[list[dict[str, Any]]]:
    """Give what each cell shows: its words as they are, of a picture only that there is one."""
    return [[_words(output) for output in cell.get("outputs", [])] for cell in notebook.cells]


def _words(output: NotebookNode) -> dict[str, Any]:
    if output.output_type == "stream":
        return {"name": output.name, "text": output.text}
    data = output.get("data", {})
    return {kind: text if kind.startswith("text/") else "a picture" for kind, text in data.items()}


def main(names: list[str]) -> None:
    """Play the notebooks whose names begin so, or all, and keep what they show."""
    for path in notebooks():
        if not names or any(path.name.startswith(name) for name in names):
            with TemporaryDirectory() as folder:
                nbformat.write(play(path, Path(folder)), path)


if __name__ == "__main__":
    main(sys.argv[1:])
