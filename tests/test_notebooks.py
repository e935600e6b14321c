"""The notebooks play from top to bottom in any folder, and show what is kept of them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import nbformat
import pytest

import simulation
from tests.notebooks import FOLDER, notebooks, play, read, shown, tidy

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [path.name for path in notebooks()]
README = (FOLDER.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_what_is_kept_of_it(name: str, tmp_path: Path) -> None:
    kept = read(FOLDER / name)
    played = play(FOLDER / name, tmp_path)
    outputs = [output for cell in played.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert shown(played) == shown(kept), f"{name} shows something else than what is kept; make notebooks keeps the new"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_kept_without_noise(name: str) -> None:
    kept = read(FOLDER / name)
    nbformat.validate(kept)
    assert nbformat.writes(tidy(read(FOLDER / name))) == nbformat.writes(kept)
    assert 10 <= len(kept.cells) <= 20
    assert all(cell.source.strip() for cell in kept.cells)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_asks_a_question_and_answers_it(name: str) -> None:
    first, *_, last = read(FOLDER / name).cells
    assert re.match(r"# \d\. .+\n\n\*\*Question\.\*\* .+\?", first.source)
    assert "Markdown(" in last.source
    assert last.outputs[0].data["text/markdown"].startswith("**Answer.** ")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_uses_public_names_only(name: str) -> None:
    code = "\n".join(cell.source for cell in read(FOLDER / name).cells if cell.cell_type == "code")
    imports = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom | ast.Import)]
    ours = [node for node in imports if "simulation" in ast.unparse(node)]
    assert {node.module for node in ours if isinstance(node, ast.ImportFrom)} == {"simulation"}
    assert {alias.name for node in ours for alias in node.names} <= set(simulation.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_says_what_is_assumed_and_whose_the_map_is(name: str) -> None:
    cells = read(FOLDER / name).cells
    words = "".join(str(cell.source) for cell in cells)
    assert "grade D" in words
    assert "grade D" in cells[-1].outputs[0].data["text/markdown"]
    if "piece_xy" in words:
        assert "© OpenStreetMap contributors, ODbL" in words
        assert "set_title" in words
        assert "about['attribution']" in words


def test_the_readme_lists_them_all() -> None:
    assert len(NAMES) == 6
    assert re.findall(r"\]\(notebooks/([\w-]+\.ipynb)\)", README) == NAMES
