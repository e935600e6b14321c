"""The root files agree with each other, and the tree is nobody's machine."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import socket
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from simulation import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE))
GROUPS = [item for group in PROJECT["dependency-groups"].values() for item in group if isinstance(item, str)]


def plain(requirement: str) -> str:
    """Give the normalised name of a distribution from a requirement."""
    return re.sub(r"[-_.]+", "-", re.split(r"[ <>=~!;\[(]", requirement)[0]).lower()


def tracked() -> list[Path]:
    """List the files of the repository, or of the tree where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]


def yaml(name: str) -> dict[str, object]:
    """Read a YAML file of the root."""
    value = YAML(typ="safe", pure=True).load((ROOT / name).read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_the_versions_are_equal() -> None:
    changelog = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    citation, public = yaml("CITATION.cff"), yaml("publiccode.yml")
    assert changelog[0][0] == citation["version"] == public["softwareVersion"] == __version__
    assert changelog[0][1] == str(citation["date-released"]) == str(public["releaseDate"])
    assert dt.date.fromisoformat(changelog[0][1]) >= dt.date(2026, 11, 21)


def test_the_licence_is_whole_and_named_everywhere() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"^(\d+)\.\s*[A-Z]", text, re.MULTILINE)] == list(range(1, 16))
    assert text.rstrip().endswith(
        "All other changes or additions to this Appendix require the production of a new EUPL version."
    )
    legal = yaml("publiccode.yml")["legal"]
    assert isinstance(legal, dict)
    assert {PROJECT["project"]["license"], yaml("CITATION.cff")["license"], legal["license"]} == {"EUPL-1.2"}


def test_the_public_code_file_has_what_its_standard_asks() -> None:
    public = yaml("publiccode.yml")
    assert {"url", "platforms", "categories", "developmentStatus", "softwareType", "maintenance", "localisation"} <= set(
        public
    )
    descriptions = public["description"]
    assert isinstance(descriptions, dict)
    assert set(descriptions) == {"nl", "en"}
    for text in descriptions.values():
        assert len(text["shortDescription"]) <= 150
        assert 500 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_pins_cover_every_dependency() -> None:
    wanted = [plain(item) for item in (*PROJECT["project"]["dependencies"], *GROUPS, *PROJECT["build-system"]["requires"])]
    pinned = {plain(name) for name in PINS}
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        assert name in pinned, f"{name} is not pinned"
        try:
            needed = requires(name) or []
        except PackageNotFoundError:  # build tools live in an environment of their own
            continue
        wanted += [plain(item) for item in needed if ";" not in item]


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_what_runs_here_is_what_is_pinned(requirement: str) -> None:
    name = plain(requirement)
    assert version(name) == {plain(key): value for key, value in PINS.items()}[name]


def test_no_file_names_an_index_or_a_machine() -> None:
    own = re.compile(
        "|".join((r"/(?:home|Users)/\w", "/ro" + "ot/", "/wo" + "rk/", "/tm" + "p/", "index-" + "url", "--find-" + "links"))
    )
    for path in tracked():
        if path.suffix in {".png", ".map", ".bz2", ".gz", ".pbf"}:
            continue
        found = own.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found}"
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("index.example", 443)])
def test_the_network_is_refused_in_tests(address: tuple[str, int]) -> None:
    with pytest.raises(pytest.fail.Exception, match="tried to reach"):
        socket.create_connection(address, timeout=0.01)
