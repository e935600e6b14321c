"""`boef compare` as its users run it: the answer, bad input, and what is left when it is killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulation import read_results
from simulation.commands.campaigns import LONG_S
from simulation.experiments.results import RUNS
from simulation.language.catalogue import text
from simulation.scoring.summary import structure_words
from tests.command_line import ROOT, SCENARIO, boef, start

if TYPE_CHECKING:
    from typer.testing import Result

QUIET = SCENARIO.replace("count: 300", "count: 120").replace('"20:30"', '"20:00"').replace("end: 20:30", "end: 20:00")
STRUCTURES = "separate-groups,bridging-coordinators"
PAGE = (ROOT / "docs" / "campaigns.md").read_text(encoding="utf-8")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "my.yaml"
    path.write_text(QUIET, encoding="utf-8")
    return path


def compare(*arguments: object) -> Result:
    return boef("compare", *arguments)


def test_the_answer_comes_first_and_both_efforts_are_told(scenario: Path) -> None:
    result = compare(scenario, "--structures", STRUCTURES, "--replications", 6, "--workers", 1, "--lang", "en")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("A test: 6 evenings under each structure, in the same worlds (seeds 5 to 10), on")
    assert re.search(r"We cannot tell|there is no difference at all|With .* than with", result.stdout)
    assert "As documented:" in result.stdout
    assert "At equal effort: 3 people in every group" in result.stdout
    assert "after Holm's correction for" in result.stdout
    assert all(len(line) <= 110 for line in lines)


def test_the_same_in_dutch_with_how_many_evenings_are_needed(scenario: Path) -> None:
    result = compare(
        scenario, "--structures", "none,single-group", "--replications", 4, "--workers", 1, "--power", "--lang", "nl"
    )
    assert result.exit_code == 0, result.output
    assert "4 avonden per structuur" in result.stdout
    assert "Avonden per structuur die een verschil in ‘Gevonden’ vinden" in result.stdout
    assert "klasse D" in " ".join(result.stdout.split())


def test_one_json_document_that_does_not_tell_who_played(scenario: Path, tmp_path: Path) -> None:
    outputs = []
    for number, workers in enumerate((1, 2)):
        folder = tmp_path / f"results-{number}"
        result = compare(
            scenario, "--structures", STRUCTURES, "--replications", 5, "--workers", workers, "--json", "--output", folder
        )
        assert result.exit_code == 0, result.output
        outputs.append((result.stdout, (folder / "summary.json").read_bytes(), (folder / "results.csv").read_bytes()))
    assert outputs[0] == outputs[1]
    printed, document, _ = outputs[0]
    assert printed.encode() == document
    data = json.loads(printed)
    assert data["evenings"] == 5
    assert str(tmp_path) not in printed


def test_killed_and_begun_again_it_ends_with_the_same_bytes(scenario: Path, tmp_path: Path) -> None:
    arguments = ("compare", scenario, "--structures", STRUCTURES, "--replications", 24)
    folder, whole = tmp_path / "killed", tmp_path / "whole"
    for _ in range(2):
        process = start(*arguments, "--workers", 2, "--output", folder, cwd=tmp_path)
        before = _parts(folder)
        while process.poll() is None and _parts(folder) == before:
            pass
        workers = _children(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        _wait_until_gone(workers)
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        process.stderr.close()
    kept = _parts(folder)
    assert kept
    assert not _told(folder)
    for target in (folder, whole):
        assert boef(*arguments, "--workers", 1, "--output", target).exit_code == 0
    assert kept <= _parts(folder)
    assert _told(folder) == _told(whole)


def test_an_old_page_is_gone_before_the_evenings_it_leads_to_are_written_anew(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    arguments = (scenario, "--structures", "none", "--replications", 1, "--workers", 1, "--output", folder)
    assert compare(*arguments).exit_code == 0
    for page in list((folder / "evenings").iterdir()):
        page.unlink()
        (page / "in-the-way").mkdir(parents=True)
    told = compare(*arguments)
    assert told.exit_code == 3
    assert str(folder / "evenings") in told.stderr
    assert not (folder / "report.html").exists()


def test_an_evening_on_a_map_of_ones_own_is_played_again_on_that_map_or_not_at_all(scenario: Path, tmp_path: Path) -> None:
    own, folder = tmp_path / "wijk.map", tmp_path / "results"  # which is the name of a map that comes along
    made = boef("map", "make", "--kind", "naoorlogs", "--homes", 150, "--seed", 3, "--output", own)
    assert made.exit_code == 0, made.output
    told = compare(scenario, "--map", own, "--structures", "none", "--replications", 1, "--workers", 1, "--output", folder)
    assert told.exit_code == 0, told.output
    (row,) = read_results(folder).to_dict("records")
    condition = folder / "conditions" / "0001.yaml"
    missed = boef("run", condition)
    assert missed.exit_code == 2
    assert "map: " in missed.stderr
    assert str(condition.with_name("map-")) in missed.stderr
    again = json.loads(boef("run", condition, "--map", own, "--seed", row["seed"], "--json").stdout)
    assert {name: row[name] for name in ("sightings", "calls")} == {name: again[name] for name in ("sightings", "calls")}


def _children(process: int) -> list[Path]:
    """Give the processes that a process started."""
    numbers = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [Path(f"/proc/{number}") for number in numbers]


def _wait_until_gone(processes: list[Path]) -> None:
    deadline = time.monotonic() + 60.0
    while any(process.exists() for process in processes):
        assert time.monotonic() < deadline, "processes outlive the one that started them"


def _below_the_head(page: Path) -> str:
    """Give a page of an evening without its title and its head."""
    html = page.read_text(encoding="utf-8")
    assert re.search(r"<title>.*</title>.*<header>.*</header>", html, re.DOTALL)
    return re.sub(r"<title>.*</title>|<header>.*</header>", "", html, flags=re.DOTALL)


def _told(folder: Path) -> dict[str, bytes]:
    """Give the files that tell of a campaign, pages included."""
    paths = [*folder.glob("*.html"), *folder.glob("evenings/*"), folder / "results.csv", folder / "summary.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.exists()}


def _parts(folder: Path) -> set[str]:
    return {path.name for path in (folder / RUNS).glob("*.parquet")}


def test_more_replications_later_add_to_what_is_there(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    for count in (2, 4, 3):
        assert compare(scenario, "--replications", count, "--workers", 1, "--output", folder).exit_code == 0
        assert json.loads((folder / "summary.json").read_text(encoding="utf-8"))["evenings"] == count
    assert read_results(folder)["seed"].nunique() == 4


def test_it_plays_until_it_is_sure_or_may_play_no_more(scenario: Path) -> None:
    wide = compare(scenario, "--until-sure", "reach_share:50 %", "--replications", 3, "--workers", 1, "--lang", "en")
    assert wide.exit_code == 0, wide.output
    assert "3 evenings under each structure" in wide.stdout
    assert "s sure as was asked of" in wide.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--replications", 0], "--replications 0: play at least 1 evening under each structure"),
        (["--replications", -1], "--replications -1: play at least 1 evening"),
        (["--structures", "zoomwijk"], "--structures: "),
        (["--structures", ""], "--structures names none"),
        (["--structures", "zoomwijck,zoomwijck"], "zoomwijck: named twice; name each structure once"),
        (["--structures", "none,custom"], "custom needs a structure with a layout"),
        (["--until-sure", "fond:0.1"], "there is no measure 'fond'"),
        (["--until-sure", "found:lots"], "such as found:0.02"),
        (["--workers", 0], "--workers 0: at least 1 process must play"),
        (["--seed", -1], "seed -1 must lie from 0"),
        (["--seed", 2**53 - 1, "--replications", 2], "a seed lies from 0 to"),
    ],
)
def test_what_cannot_be_is_told(arguments: list[object], told: str, scenario: Path) -> None:
    result = compare(scenario, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_work_of_more_than_an_hour_says_how_long_and_asks(scenario: Path, tmp_path: Path) -> None:
    result = compare(scenario, "--replications", 10**9, "--workers", 2)
    assert result.exit_code == 2
    assert re.search(r"1,999,999,998 evenings of \d+\.\d\d s take about [\d,]+ days with 2 processes", result.stderr)
    assert "add --yes" in result.stderr
    assert LONG_S == 3600.0
    assert list(tmp_path.iterdir()) == [scenario]


def test_an_outlet_that_a_structure_does_not_have_is_told(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(QUIET + "structure: {id: separate-groups}\noutlet: groups\n", encoding="utf-8")
    result = compare(path, "--structures", "separate-groups,none")
    assert result.exit_code == 2
    assert "structure 'none' has no such groups" in result.stderr


def test_a_folder_of_another_campaign_is_left_alone(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    assert compare(scenario, "--replications", 1, "--workers", 1, "--output", folder).exit_code == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for arguments, told in (
        (["--seed", 9], "with another first seed"),
        (["--structures", "none,zoomwijck"], "of other structures"),
        (["--map", ROOT / "scenarios" / "naoorlogs.map"], "on another map"),
    ):
        result = compare(scenario, "--replications", 1, "--workers", 1, "--output", folder, *arguments)
        assert result.exit_code == 2
        assert told in result.stderr
    (tmp_path / "file").write_text("x")
    assert compare(scenario, "--replications", 1, "--output", tmp_path / "file").exit_code == 2
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_leads_to_evenings_that_are_those_of_boef_run(language: str, scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    arguments = (scenario, "--structures", STRUCTURES, "--replications", 3, "--workers", 1, "--lang", language)
    result = compare(*arguments, "--output", folder)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == text(language, "comparison.made", path=folder / "report.html")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    links = re.findall(r'href="(evenings/[^"]+)">[^(]*\((?:seed|startgetal) (\d+)\)', page)
    assert [link for link, _ in links] == [
        f"evenings/{structure}-{kind}.html" for structure in STRUCTURES.split(",") for kind in ("typical", "best", "worst")
    ]
    assert {path.name for path in (folder / "evenings").iterdir()} == {link.rpartition("/")[2] for link, _ in links}
    link, seed = links[3]
    again = tmp_path / "again"
    assert (
        boef("run", folder / "conditions" / "0002.yaml", "--seed", seed, "--lang", language, "--output", again).exit_code == 0
    )
    assert _below_the_head(folder / link) == _below_the_head(again / "report.html")
    told = (folder / link).read_text(encoding="utf-8")
    assert told.count('href="../report.html"') == 1
    assert 'href="../' not in (again / "report.html").read_text(encoding="utf-8")
    titles = {re.findall(r"<title>(.*)</title>", (folder / link).read_text(encoding="utf-8"))[0] for link, _ in links}
    assert len(titles) == len(links)
    words = text(
        language,
        "comparison.evening_of",
        kind=text(language, "comparison.example.typical"),
        structure=f"{structure_words('bridging-coordinators', language)} (bridging-coordinators)",
        seed=seed,
    )
    assert f"<title>{words} · " in told
    assert f"<p>{words} · <a href" in told
    before = _told(folder)
    assert compare(*arguments, "--output", folder, "--json").exit_code == 0
    assert _told(folder) == before


def test_every_file_that_the_page_leads_to_is_there_and_nothing_else_of_an_earlier_choice(
    scenario: Path, tmp_path: Path
) -> None:
    folder, stale = tmp_path / "results", tmp_path / "results" / "evenings" / "bridging-coordinators, equal effort-best.html"
    arguments = (scenario, "--structures", STRUCTURES, "--replications", 1, "--workers", 1, "--output", folder)
    assert compare(*arguments).exit_code == 0
    stale.write_text("x")
    (folder / "evenings" / "mine.html").write_text("x")
    assert compare(*arguments).exit_code == 0
    assert not stale.exists()
    assert (folder / "evenings" / "mine.html").exists()
    links = re.findall(r'href="([^"#]+)"', (folder / "report.html").read_text(encoding="utf-8"))
    assert len(links) > 10
    assert all((folder / link).is_file() for link in links)


def test_the_figures_come_later_without_playing_and_may_go_into_the_folder(scenario: Path, tmp_path: Path) -> None:
    folder, figures = tmp_path / "results", tmp_path / "figures"
    arguments = (scenario, "--structures", STRUCTURES, "--replications", 2, "--workers", 1, "--lang", "en")
    result = compare(*arguments, "--output", folder, "--figures", folder / "figures")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-2:] == [
        text("en", "comparison.made", path=folder / "report.html"),
        text("en", "comparison.figures", path=folder / "figures"),
    ]
    before, kept = _told(folder), _parts(folder)
    assert compare(*arguments, "--output", folder, "--figures", figures).exit_code == 0
    assert (_told(folder), _parts(folder)) == (before, kept)
    made = {path.name: path.read_bytes() for path in figures.iterdir()}
    assert {path.name: path.read_bytes() for path in (folder / "figures").iterdir()} == made
    for name in ("structure-bridging-coordinators.svg", "structure-bridging-coordinators.txt", "reached-curve.png"):
        assert name in made


def test_figures_are_made_without_a_folder_too_and_never_over_another(scenario: Path, tmp_path: Path) -> None:
    arguments = (scenario, "--structures", "none", "--replications", 1, "--workers", 1, "--figures", tmp_path / "figures")
    assert compare(*arguments).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"my.yaml", "figures"}
    before = {path: path.read_bytes() for path in (tmp_path / "figures").iterdir()}
    again = compare(*arguments, "--output", tmp_path / "results")
    assert again.exit_code == 2
    assert "figures: exists already, as a folder" in again.stderr
    assert not _parts(tmp_path / "results")
    assert {path: path.read_bytes() for path in (tmp_path / "figures").iterdir()} == before


def test_something_else_where_the_pages_go_is_left_alone(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    arguments = (scenario, "--replications", 1, "--workers", 1, "--output", folder)
    assert compare(*arguments).exit_code == 0
    shutil.rmtree(folder / "evenings")
    (folder / "evenings").write_text("mine")
    result = compare(*arguments)
    assert result.exit_code == 2
    assert "evenings: is no folder, and the pages of evenings go there; move it away" in result.stderr
    assert (folder / "evenings").read_text() == "mine"


def test_what_the_page_prints_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wijk.map").write_bytes((ROOT / "scenarios" / "wijk.map").read_bytes())
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "campaigns.md", "exec"), {})
    frame = read_results(tmp_path / "results")
    assert len(frame) == 8
    again = boef("run", "results/conditions/0002.yaml", "--seed", frame["seed"].max(), "--json", "--map", "wijk.map")
    assert json.loads(again.stdout)["calls"] == frame["calls"].iloc[-1]
