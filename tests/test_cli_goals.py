"""Goals on the command line: rated with the evening, afterwards, and by another scenario."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.command_line import SCENARIO, boef

if TYPE_CHECKING:
    from pathlib import Path

GOALS = """\
goal_set: orient-adults
goals:
  - first_call_s <= 10 min
  - {goal: found_at_s between 10 min and 50 min, game: Round, weight: 2, title: Found in time}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with an evening that has goals and one that has none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "goals.yaml").write_text(SCENARIO + GOALS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def evening(folder: Path) -> Path:
    """Give the folder of an evening with goals."""
    result = boef("run", "goals.yaml", "--output", "evening")
    assert (result.exit_code, result.stderr) == (0, "")
    return folder / "evening"


def test_goals_are_rated_with_the_evening_and_the_same_afterwards(evening: Path) -> None:
    run = boef("run", "goals.yaml", "--json")
    assert run.stdout == boef("score", evening, "--json").stdout == (evening / "score.json").read_text(encoding="utf-8")
    rated = json.loads(run.stdout)["goals"]
    assert rated["of"] == len(rated["goals"]) == 8
    assert {row["goal"] for row in rated["goals"]} >= {"first_call_s <= 10 min", "found_at_s between 10 min and 50 min"}
    manifest = json.loads((evening / "manifest.json").read_text(encoding="utf-8"))
    assert {goal["goal"] for goal in manifest["goals"]} == {row["goal"] for row in rated["goals"]}
    assert manifest["scenario"]["goal_set"] == "orient-adults"


def test_goals_change_nothing_that_happens(evening: Path) -> None:
    assert boef("run", "plain.yaml", "--output", "plain").exit_code == 0
    traces = [(evening.parent / name / "trace.jsonl").read_bytes() for name in ("evening", "plain")]
    assert traces[0] == traces[1]
    assert json.loads(boef("score", "plain", "--json").stdout)["goals"] is None


@pytest.mark.parametrize(("language", "words"), [("nl", "Doelen: "), ("en", "Goals: ")])
def test_goals_are_told_after_the_measures(evening: Path, language: str, words: str) -> None:
    full, brief = boef("score", evening, "--lang", language).stdout, boef("run", "goals.yaml", "--lang", language).stdout
    summary, _, told = full.partition("\n\n")
    assert told.startswith(words)
    assert "Found in time" in told
    assert brief.startswith(f"{summary}\n\n{words}")
    assert len(brief.splitlines()) < len(full.splitlines())
    shown = [line.split(": ", 1)[1].split(", ") for line in told.splitlines() if line.startswith("   boef why: ")]
    assert shown
    assert {boef("why", evening, record).exit_code for records in shown for record in records} == {0}
    assert words not in boef("run", "plain.yaml", "--lang", language).stdout


def test_an_evening_is_rated_by_the_goals_of_another_scenario(evening: Path) -> None:
    other = json.loads(boef("score", evening, "--goals", "onaangekondigd", "--json").stdout)["goals"]
    assert "saar_order_share >= 0.8" in {row["goal"] for row in other["goals"]}
    assert json.loads(boef("score", evening, "--goals", "plain.yaml", "--json").stdout)["goals"] is None


def test_a_trace_alone_is_rated_by_the_goals_of_a_scenario(evening: Path) -> None:
    assert json.loads(boef("score", evening / "trace.jsonl", "--json").stdout)["goals"] is None
    alone = boef("score", evening / "trace.jsonl", "--goals", "goals.yaml", "--json")
    assert alone.stdout == (evening / "score.json").read_text(encoding="utf-8")


def test_a_game_that_was_not_played_is_told(evening: Path) -> None:
    other = f"{SCENARIO}goals: [{{goal: calls >= 1, game: Hunt}}]\n".replace("name: Round", "name: Hunt")
    (evening.parent / "other.yaml").write_text(other, encoding="utf-8")
    result = boef("score", evening, "--goals", "other.yaml")
    assert result.exit_code == 2
    assert "the game 'Hunt', which this evening does not have; its games: 'Round'" in result.stderr


def test_a_wrong_goal_is_told_before_anything_is_played(folder: Path) -> None:
    (folder / "goals.yaml").write_text(f"{SCENARIO}goals: [frst_call_s <= 10 min]\n", encoding="utf-8")
    for command in (("check", "goals.yaml"), ("run", "goals.yaml", "--output", "evening")):
        result = boef(*command)
        assert result.exit_code == 2
        assert result.stderr.startswith("goals.yaml:13:9: goals[0].goal: ")
        assert "did you mean 'first_call_s'?" in result.stderr
    assert not (folder / "evening").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is no manifest of a run: its goals cannot be read"),
        (b"[]", "is no manifest of a run"),
        (b"\xff", "is no manifest of a run"),
        (b'{"goals": 3}', "is no manifest of a run"),
        (b"[" * 100_000, "is no manifest of a run"),
        (b" " * 9_000_000, "is no manifest of a run"),
        (b'{"goals": [3]}', "goals[0]: 3 is no goal"),
        (json.dumps({"goals": ["calls >= 3"] * 1001}).encode(), "holds 1,001 goals; at most 1,000 are read"),
        (b'{"goals": [{"goal": "calls >= 3"}, {"goal": "calls >= no"}]}', "goals[1]: "),
        (b'{"goals": [{"goal": "calls >= 3", "weight": NaN}]}', "goals[0]: "),
    ],
)
def test_a_manifest_from_a_stranger_is_refused(evening: Path, content: bytes, message: str) -> None:
    (evening / "manifest.json").write_bytes(content)
    result = boef("score", evening)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{evening}/manifest.json: {message}")
    assert len(result.stderr) < 400
    assert boef("score", evening, "--goals", "plain.yaml").exit_code == 0


def test_a_manifest_that_knows_of_no_goals_has_none(evening: Path) -> None:
    (evening / "manifest.json").write_text("{}", encoding="utf-8")
    assert json.loads(boef("score", evening, "--json").stdout)["goals"] is None


def test_the_page_shows_the_goals(evening: Path) -> None:
    page = (evening / "report.html").read_text(encoding="utf-8")
    assert '<table class="goals"' in page
    assert "Found in time (spel Round)" in page
    assert boef("run", "plain.yaml", "--output", "plain").exit_code == 0
    assert '<table class="goals"' not in (evening.parent / "plain" / "report.html").read_text(encoding="utf-8")
