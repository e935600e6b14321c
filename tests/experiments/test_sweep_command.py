"""`boef sweep` as its users run it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from simulation import read_results
from tests.command_line import ROOT, SCENARIO, boef

if TYPE_CHECKING:
    from pathlib import Path

FACTORS = """\
factors:
  - {field: structure.id, levels: [none, single-group]}
  - {field: parameters.p_watch, range: [0.05, 0.25]}
"""
GROUPS = """\
factors:
  - {field: structure.groups, levels: [2, 999]}
  - {field: structure.id, levels: [zoomwijck]}
"""
METHODS = {
    "factorial": "method: factorial\n",
    "one-at-a-time": "method: one-at-a-time\n",
    "latin-hypercube": "method: latin-hypercube\npoints: 3\n",
    "sobol-indices": "method: sobol-indices\npoints: 4\n",
}
POINTS = {"factorial": 4, "one-at-a-time": 5, "latin-hypercube": 3, "sobol-indices": 16}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my.yaml").write_text(SCENARIO.replace("count: 300", "count: 100").replace("20:30", "19:50"), encoding="utf-8")
    return tmp_path


def design(folder: Path, method: str, factors: str | None = None, measures: str = "[found, calls]") -> Path:
    path = folder / "sweep.yaml"
    if factors is None:
        factors = FACTORS.replace("range:", "levels:") if method == "factorial" else FACTORS
    head = f"scenario: my.yaml\nreplications: 2\nmeasures: {measures}\n"
    path.write_text(f"{head}{METHODS[method]}{factors}", encoding="utf-8")
    return path


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_method_is_played_and_told(method: str, language: str, folder: Path) -> None:
    result = boef("sweep", design(folder, method), "--workers", 1, "--lang", language, "--output", folder / "results")
    assert result.exit_code == 0, result.output
    places = {"nl": f"2 avonden op elk van {POINTS[method]} punten", "en": f"2 evenings at each of {POINTS[method]} points"}
    assert places[language] in " ".join(result.stdout.split())
    told = {
        "factorial": {"nl": "Telefoontjes, met 95 %-intervallen", "en": "Calls, with 95 % intervals"},
        "one-at-a-time": {"nl": "hoeveel meer aan elk uiteinde", "en": "how much more at each end"},
        "latin-hypercube": {"nl": "Telefoontjes, met 95 %-intervallen", "en": "Calls, with 95 % intervals"},
        "sobol-indices": {"nl": "welk deel van de variantie", "en": "share of the variance that each factor"},
    }
    assert told[method][language] in result.stdout
    assert all(len(line) <= 110 for line in result.stdout.splitlines())
    frame = read_results(folder / "results")
    assert list(frame.columns[:2]) == ["structure.id", "parameters.p_watch"]
    assert len(frame) == 2 * POINTS[method]
    data = json.loads((folder / "results" / "summary.json").read_text(encoding="utf-8"))
    assert len(data["points"]) == POINTS[method]
    assert [one["measure"] for one in data["measures"]] == ["found", "calls"]
    means = frame["calls"].to_numpy(float).reshape(-1, 2).mean(axis=1)
    assert [one["value"] for one in data["measures"][1]["means"]] == pytest.approx(means)


def test_one_json_document_whoever_plays(folder: Path) -> None:
    path = design(folder, "one-at-a-time", measures="[first_call_s]")
    outputs = {boef("sweep", path, "--workers", workers, "--json").stdout for workers in (1, 2)}
    assert len(outputs) == 1
    data = json.loads(outputs.pop())
    (measure,) = data["measures"]
    assert [bar["field"] for bar in measure["tornado"]][-1] in {"structure.id", "parameters.p_watch"}
    assert len(measure["means"]) == 5
    assert all(0.0 <= mean["value"] <= 1200.0 for mean in measure["means"])


def test_playing_goes_on_where_it_was(folder: Path) -> None:
    path, results = design(folder, "factorial"), folder / "results"
    command = ("sweep", path, "--map", ROOT / "scenarios" / "wijk.map", "--workers", 1, "--output", results)
    first = boef(*command)
    parts = {part: part.stat().st_mtime_ns for part in (results / "runs").iterdir()}
    again = boef(*command)
    assert (first.exit_code, again.exit_code, again.stdout) == (0, 0, first.stdout)
    assert not [*results.rglob("*.html")]
    assert [file.name for file in (results / "conditions").iterdir() if "map: wijk.map" not in file.read_text("utf-8")] == []
    assert {part: part.stat().st_mtime_ns for part in (results / "runs").iterdir()} == parts
    other = boef("sweep", design(folder, "one-at-a-time"), "--output", results)
    assert other.exit_code == 2
    assert "holds another campaign" in other.stderr


@pytest.mark.parametrize(
    ("factors", "told"),
    [
        ("factors:\n  - {field: players.count, levels: [20, 100000]}\n", "sweep.yaml"),
        (
            "factors:\n  - {field: structure.groups, levels: [2, 999]}\n  - {field: structure.id, levels: [zoomwijck]}\n",
            "groups on a map",
        ),
        ("factors:\n  - {field: parameters.p_wach, levels: [0.1]}\n", "did you mean 'p_watch'"),
        ("", "factors"),
    ],
)
def test_what_cannot_be_is_told(factors: str, told: str, folder: Path) -> None:
    result = boef("sweep", design(folder, "factorial", factors), "--output", folder / "results")
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert not (folder / "results").exists()


def test_a_measure_without_any_value_is_told_to_have_none(folder: Path) -> None:
    result = boef("sweep", design(folder, "one-at-a-time", measures="[dispatch_to_scene_s]"), "--workers", 1, "--lang", "en")
    assert result.exit_code == 0
    assert "no evening has a value" in result.stdout
