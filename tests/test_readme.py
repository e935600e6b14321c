"""Every command and every line of Python that the README prints is run."""

from __future__ import annotations

import bz2
import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from simulation.maps.synthetic import make_neighbourhood
from tests.command_line import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

README, REPORT = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/report.md"))
BLOCK = re.compile(r"(<!-- not run here: .*? -->\n)?```(sh|python)\n(.*?)```", re.DOTALL)
BLOCKS = BLOCK.findall(README)
AREA = re.compile(r'<bounds minlat="(.*?)" minlon="(.*?)" maxlat="(.*?)" maxlon="(.*?)"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with what a reader of the README has: the command, an extract and a play area."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "boef"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    extract = make_neighbourhood("naoorlogs", 60, 1)
    (work / "my-extract.osm.bz2").write_bytes(bz2.compress(extract))
    bounds = AREA.search(extract.decode().replace("'", '"'))
    assert bounds
    south, west, north, east = map(float, bounds.groups())
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    (work / "area.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    return work


def run(block: str, kind: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a block of the README as its reader would."""
    command = ["bash", "-euo", "pipefail", "-c", block] if kind == "sh" else [sys.executable, "-c", block]
    path = environment(PATH=f"{folder.parent / 'bin'}:/usr/bin:/bin")
    return subprocess.run(command, cwd=folder, env=path, capture_output=True, text=True, check=False)


def test_what_the_readme_prints_works(folder: Path) -> None:
    for skipped, kind, block in BLOCKS:
        if skipped:
            continue
        result = run(block, kind, folder)
        assert (result.returncode, result.stderr) == (0, ""), block
        assert result.stdout
    made = {path.name for path in folder.iterdir()}
    assert {"evening", "my.yaml", "town.map", "area.map", "area.png", "wijk.map"} <= made


def test_what_the_page_about_the_report_prints_works(folder: Path) -> None:
    shutil.copy(ROOT / "scenarios" / "wijk.map", folder / "my.map")
    assert run("boef run --output evening", "sh", folder).returncode == 0
    blocks = BLOCK.findall(REPORT)
    assert [kind for _, kind, _ in blocks] == ["sh", "python"]
    for _, kind, block in blocks:
        result = run(block, kind, folder)
        assert (result.returncode, result.stderr) == (0, ""), block
    assert (folder / "figures" / "seen.svg").exists()


def test_the_skipped_blocks_are_those_that_install_or_need_the_network() -> None:
    skipped = [block for reason, _, block in BLOCKS if reason]
    assert [block.split()[0] for block in skipped] == ["make", "python3", "boef"]
    assert "boef map fetch" in skipped[2]
    assert sum(block.count("boef ") for reason, _, block in BLOCKS if not reason) >= 10


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_that_is_linked_exists() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
