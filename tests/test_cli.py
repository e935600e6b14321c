"""The commands: what they print, write and answer."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest

import simulation.engine
import simulation.scoring
from simulation import __version__
from simulation.scenario.shipped import DEFAULT_SCENARIO, shipped_names
from simulation.structure_ids import PresetId
from tests.command_line import SCENARIO, boef, environment, start

HEAVY = {"scipy", "shapely", "pyproj", "networkx", "osmnx", "requests", "pandas", "jinja2", "babel", "rich", "matplotlib"}
LOADED = """
import sys
import cli
try:
    cli.app(sys.argv[1:])
except SystemExit as stop:
    assert not stop.code, stop.code
print("\\n" + " ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def evening(folder: Path) -> Path:
    """Give the folder of a short evening on the shipped map."""
    (folder / "my.yaml").write_text(SCENARIO, encoding="utf-8")
    result = boef("run", "my.yaml", "--output", "evening")
    assert result.exit_code == 0, result.stderr
    return folder / "evening"


def loaded(*arguments: str) -> set[str]:
    """Give the top-level modules that a command loads in a fresh process."""
    command = [sys.executable, "-c", LOADED, *arguments]
    output = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True).stdout
    return set(output.splitlines()[-1].split())


def test_help_names_every_command_and_stays_light() -> None:
    text = boef("--help").stdout
    for name in ("scenarios", "new", "check", "map", "run", "why", "score", "structure"):
        assert f"\n  {name} " in text
    assert not loaded("--help") & {*HEAVY, "numpy", "pydantic", "simpy", "ruamel"}


def test_running_loads_nothing_that_only_maps_and_pages_need() -> None:
    modules = loaded("run", "--json")
    assert {"numpy", "simpy"} <= modules
    assert not modules & HEAVY


CUSTOM = """\
structure:
  id: custom
  groups: 3
  layout:
    roles: [{name: captain, number: admins_per_group}]
    uppers: [{name: captains, members: [captain]}]
    forwards: [{from: group, to: captains, by: captain}, {from: captains, to: group, by: captain}]
"""


def test_structure_tells_and_draws_and_gives_one_document(folder: Path) -> None:
    result = boef("structure", "zoomwijck", "--lang", "en", "--output", "zoomwijck.svg")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Who reaches whom: ")
    assert result.stdout.endswith("Made zoomwijck.svg\n")
    assert [path.name for path in folder.iterdir()] == ["zoomwijck.svg"]
    first, second = (boef("structure", "zoomwijck", "--json").stdout for _ in range(2))
    assert first == second
    document = json.loads(first)
    assert (document["structure"], document["seed"], len(document["hops"])) == ("zoomwijck", 33, 5)
    assert json.loads(boef("structure", "zoomwijck", "--json", "--seed", "34").stdout)["stewards"] != document["stewards"]


def test_structure_looks_at_that_of_a_scenario(folder: Path) -> None:
    (folder / "my.yaml").write_text(SCENARIO + CUSTOM, encoding="utf-8")
    document = json.loads(boef("structure", "custom", "my.yaml", "--json").stdout)
    assert [one["channel"] for one in document["channels"] if one["kind"] == "upper"] == ["captains-1"]
    assert "captains (" in boef("structure", "custom", "my.yaml", "--lang", "en").stdout
    assert json.loads(boef("structure", "separate-groups", "my.yaml", "--json").stdout)["stewards"] == []


def test_version() -> None:
    assert boef("--version").stdout == f"boef {__version__}\n"


def test_scenarios_lists_names_that_run_understands() -> None:
    lines = boef("scenarios").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    names = [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "]
    shipped = [name for name in names if name != "naam"]
    assert sorted(shipped) == sorted(shipped_names())
    assert shipped[0] == DEFAULT_SCENARIO
    assert lines[0] == "Avonden om te houden"
    for name in shipped:
        assert boef("check", name).exit_code == 0


@pytest.mark.parametrize(("language", "told"), [("nl", "Wat de documenten vertellen: "), ("en", "What the documents tell: ")])
def test_scenarios_tells_of_one_what_it_is_for_and_what_the_documents_tell(language: str, told: str) -> None:
    lines = boef("scenarios", "veenendaal-2017", "--lang", language).stdout.splitlines()
    assert lines[0] == "Veenendaal 2017"
    assert any(line.startswith(told) for line in lines)
    assert "  reach_members_share >= 0.5" in lines
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "boef run veenendaal-2017"


def test_scenarios_as_one_document() -> None:
    rows = json.loads(boef("scenarios", "--json").stdout)
    assert {row["name"]: row["map"] for row in rows}["stein-beheerdersapp"] == "naoorlogs.map"
    assert json.loads(boef("scenarios", "geen-groep", "--json", "--lang", "en").stdout)["title"] == "No group"


def test_scenarios_knows_no_other() -> None:
    result = boef("scenarios", "veenendal-2017")
    assert result.exit_code == 2
    assert "did you mean 'veenendaal-2017'?" in result.stderr


def test_a_copy_of_a_shipped_scenario_is_played_on_the_map_of_the_original(folder: Path) -> None:
    assert boef("new", "my.yaml", "--from", "stein-beheerdersapp").exit_code == 0
    result = boef("check", "my.yaml")
    assert (result.exit_code, result.stdout) == (0, "my.yaml: fine, on the map 'Naoorlogse voorbeeldwijk'\n")
    (folder / "naoorlogs.map").write_text("", encoding="utf-8")
    assert "naoorlogs.map" in boef("check", "my.yaml").stderr


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_scenario_is_fine_as_it_is(folder: Path, language: str) -> None:
    assert boef("new", "my.yaml", "--lang", language).exit_code == 0
    assert (folder / "my.yaml").read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")
    result = boef("check", "my.yaml")
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_next_command_can_be_copied_as_it_is() -> None:
    command = boef("new", "my evening.yaml").stdout.split("Next: boef ")[1]
    assert boef(*shlex.split(command)).exit_code == 0


def test_run_without_output_writes_nothing(folder: Path) -> None:
    result = boef("run")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) >= 4
    assert list(folder.iterdir()) == []


def test_run_writes_the_four_files(evening: Path) -> None:
    assert {path.name for path in evening.iterdir()} == {"manifest.json", "trace.jsonl", "score.json", "report.html"}
    assert {path.name for path in evening.parent.iterdir()} == {"my.yaml", "evening"}
    manifest = json.loads((evening / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seed"] == 5
    assert manifest["scenario"]["title"] == "A test"
    assert manifest["failure"] is None
    assert manifest["trace_digest"] == hashlib.sha256((evening / "trace.jsonl").read_bytes()).hexdigest()
    assert manifest["wall_time_s"] > 0
    assert manifest["versions"]["boef-in-de-wijk"] == __version__
    assert {"name", "value", "unit", "grade", "overridden"} <= set(manifest["parameters"][0])


def test_json_is_one_document_equal_to_the_score_file(evening: Path) -> None:
    result = boef("run", "my.yaml", "--json")
    assert result.stderr == ""
    assert json.loads(result.stdout) == json.loads((evening / "score.json").read_text(encoding="utf-8"))
    assert boef("score", "evening", "--json").stdout == result.stdout == (evening / "score.json").read_text(encoding="utf-8")


def test_seed_and_structure_replace_those_of_the_scenario(evening: Path) -> None:
    boef("run", "my.yaml", "--seed", 6, "--structure", "none", "--output", "other")
    lines = [
        (evening.parent / name / "trace.jsonl").read_text(encoding="utf-8").splitlines()[0] for name in ("evening", "other")
    ]
    headers = [json.loads(line) for line in lines]
    assert [(header["seed"], header["structure"]) for header in headers] == [(5, "single-group"), (6, "none")]


def test_hints_in_groups_need_groups(folder: Path) -> None:
    result = boef("run", "gescheiden-groepen", "--structure", "none", "--output", "evening")
    assert (result.exit_code, list(folder.iterdir())) == (2, [])
    assert result.stderr.startswith("gescheiden-groepen:45:9: outlet: ")
    assert "outlet: public-page" in result.stderr


def test_the_structures_of_the_option_are_those_of_the_scenario() -> None:
    told, wrong = boef("run", "--help").stdout, boef("run", "--structure", "nothing")
    assert wrong.exit_code == 2
    for name in get_args(PresetId):
        assert name in wrong.stderr
        assert re.search(name.replace("-", r"-\s*"), told)


def test_structures_join_in_any_order_and_are_told_in_one(evening: Path) -> None:
    for number, name in enumerate(("broadcast+separate-groups", "separate-groups + broadcast")):
        boef("run", "my.yaml", "--structure", name, "--output", f"joined-{number}")
    traces = [(evening.parent / f"joined-{number}" / "trace.jsonl").read_bytes() for number in (0, 1)]
    assert traces[0] == traces[1]
    assert json.loads(traces[0].splitlines()[0])["structure"] == "separate-groups+broadcast"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("zoomwijk+brodcast", ["'zoomwijk' is no structure - did you mean 'zoomwijck'?", "did you mean 'broadcast'?"]),
        ("zoomwijck+single-group", ["'zoomwijck' and 'single-group' are residents' groups, and only one fits"]),
        ("broadcast+broadcast-shared", ["'broadcast' and 'broadcast-shared' are broadcasts, and only one fits"]),
        ("patrol-team+zoomwijck+patrol-team", ["'patrol-team' is named 2 times; name it once"]),
        ("patrolteam", ["'patrolteam' is no structure - did you mean 'patrol-team'?"]),
        ("zoomwijck+", ["'zoomwijck+' lacks a part beside a +"]),
        ("", ["no structure is named; write for example single-group"]),
        ("burgernet", ["'burgernet' is no structure - did you mean 'broadcast'?"]),
        ("zoomwijck, broadcast", ["'zoomwijck, broadcast' is no structure; join structures with a +: zoomwijck+broadcast"]),
        ("none+broadcast-shared", ["with 'none' there are none; write broadcast"]),
        ("custom+broadcast", ["needs a structure with a layout"]),
        ("nothing" * 1000, ["known are none, single-group"]),
    ],
)
def test_structures_that_do_not_join_are_refused(folder: Path, name: str, told: list[str]) -> None:
    result = boef("run", "--structure", name, "--output", "evening")
    assert (result.exit_code, list(folder.iterdir())) == (2, [])
    assert all(words in " ".join(result.stderr.split()) for words in told)
    assert len(result.stderr) < 1000


def test_public_hints_contradict_another_outlet(folder: Path) -> None:
    result = boef("run", "gescheiden-groepen", "--structure", "separate-groups+public-hints", "--output", "evening")
    assert (result.exit_code, list(folder.iterdir())) == (2, [])
    assert "structure 'separate-groups+public-hints' tells it on the public page only" in result.stderr
    assert "outlet: public-page" in result.stderr


def test_two_processes_write_the_same_bytes(evening: Path) -> None:
    for seed in ("1", "2"):
        process = start("run", "my.yaml", "--output", seed, cwd=evening.parent, PYTHONHASHSEED=seed)
        assert process.communicate()[1] == b""
    for name in ("trace.jsonl", "score.json", "report.html"):
        contents = {(evening.parent / run / name).read_bytes() for run in ("evening", "1", "2")}
        assert len(contents) == 1, name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_why_tells_the_chain_and_any_record(evening: Path, language: str) -> None:
    chain = boef("why", evening, "--lang", language)
    assert (chain.exit_code, chain.stderr) == (0, "")
    assert len(chain.stdout.splitlines()) >= 2
    one = boef("why", evening, "close:organiser:1", "--lang", language)
    assert one.exit_code == 0
    assert one.stdout != chain.stdout
    shown = re.findall(r"\[(\S+)\]$", chain.stdout, re.MULTILINE)
    assert shown
    assert {boef("why", evening, record).exit_code for record in shown} == {0}


def test_why_helps_with_a_wrong_record(evening: Path) -> None:
    result = boef("why", evening, "close:organizer:1")
    assert result.exit_code == 2
    assert "close:organiser:1" in result.stderr


def test_score_tells_the_summary_in_both_languages(evening: Path) -> None:
    texts = {boef("score", evening, "--lang", language).stdout for language in ("nl", "en")}
    assert len(texts) == 2


def test_long_work_shows_its_progress_on_a_terminal_only(folder: Path) -> None:
    command = [sys.executable, "-m", "cli", "map", "make", "--kind", "bloemkool", "--homes", "50", "--output"]
    ours, theirs = pty.openpty()
    shown = subprocess.run(
        [*command, "a.map"], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=theirs, check=True
    )
    os.close(theirs)
    told = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "sight lines" in told
    assert "100%" in told
    assert shown.stdout.startswith(b"Made a.map: 50 homes")
    silent = subprocess.run([*command, "b.map"], cwd=folder, env=environment(), capture_output=True, check=True)
    assert silent.stderr == b""


def test_a_made_map_is_checked_drawn_and_played(folder: Path) -> None:
    made = boef("map", "make", "--kind", "bloemkool", "--homes", 80, "--seed", 3, "--output", "wijk.map")
    assert made.exit_code == 0, made.stderr
    assert boef("map", "check", "wijk.map").exit_code == 0
    assert isinstance(json.loads(boef("map", "check", "wijk.map", "--json").stdout), dict)
    assert boef("map", "draw", "wijk.map", "--output", "wijk.png").exit_code == 0
    assert (folder / "wijk.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "wijk.txt").read_text(encoding="utf-8").startswith("Kaart van bloemkool-80-3\n\nKaart van ")
    english = boef("map", "draw", "wijk.map", "--output", "english.svg", "--lang", "en")
    assert english.stdout == "Made english.svg, and english.txt that tells what it shows\n"
    assert "80 homes" in (folder / "english.txt").read_text(encoding="utf-8")
    refused = boef("map", "draw", "wijk.map", "--output", "wijk.svg")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("wijk.txt: exists already, as a file")
    assert not (folder / "wijk.svg").exists()
    played = boef("run", "--map", "wijk.map", "--seed", 7, "--output", "evening")
    assert played.exit_code == 0, played.stderr
    assert boef("why", "evening").exit_code == 0


def test_a_bug_asks_to_be_reported(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def broken(*_: object) -> None:
        message = "a stand-in bug"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(simulation.scoring, "score", broken)
    result = boef("run", "--output", "evening")
    assert result.exit_code == 1
    assert "ZeroDivisionError at measuring.py:" in result.stderr
    assert "report" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "code"),
    [(OSError(errno.EIO, "Input/output error"), 3), (FileNotFoundError(errno.ENOENT, "gone", "a.map"), 2), (MemoryError(), 3)],
)
def test_the_outside_world_has_its_exit_code(monkeypatch: pytest.MonkeyPatch, error: Exception, code: int) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(simulation.engine, "run_evening", broken)
    result = boef("run")
    assert result.exit_code == code
    assert result.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_failure_of_ours(folder: Path) -> None:
    with start("run", "--json", cwd=folder) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 3


def test_a_full_standard_output_is_told(folder: Path) -> None:
    command = [sys.executable, "-m", "cli", "scenarios"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        result = subprocess.run(
            command, cwd=folder, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 3
    assert result.stderr == "cannot read or write: No space left on device\n"


def test_interrupting_leaves_nothing(folder: Path) -> None:
    def heed_interrupts() -> None:
        # A shell starts its background jobs, and so perhaps these tests, deaf to interrupts.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    making = ("map", "make", "--kind", "naoorlogs", "--homes", "20000", "--output", "big.map")
    process = start(*making, cwd=folder, prepare=heed_interrupts)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == b"Interrupted; nothing half-written was left behind.\n"
    assert process.returncode == 130
    assert list(folder.iterdir()) == []
