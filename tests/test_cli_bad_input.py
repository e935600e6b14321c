"""What goes wrong at the command line: a few clear lines, the right exit code, nothing left behind."""

from __future__ import annotations

import bz2
import errno
import gzip
import os
import pickle
import resource
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import simulation.runs
from tests.command_line import SCENARIO, boef, start

if TYPE_CHECKING:
    from collections.abc import Callable

EMPTY_OSM = b"<?xml version='1.0' encoding='UTF-8'?><osm version='0.6'></osm>"
ENTITY_BOMB = b"""<?xml version='1.0'?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<osm version='0.6'><node id='1' lat='52' lon='5'><tag k='name' v='&d;'/></node></osm>"""
STREET = b"""<?xml version='1.0'?><osm version='0.6'><node id='1' lat='52.0' lon='5.0'/><node id='2' lat='52.001' lon='5.0'/>%s
<way id='9'><nd ref='1'/><nd ref='2'/>%s</way></osm>"""
HOUSE = b"<node id='3' lat='52.0005' lon='5.0001'><tag k='addr:street' v='A'/><tag k='addr:housenumber' v='1'/></node>"

BAD_MAPS = {
    "empty.osm": b"",
    "truncated.osm": (STREET % (HOUSE, b"<tag k='highway' v='residential'/>"))[:200],
    "truncated.osm.bz2": bz2.compress(STREET % (HOUSE, b"<tag k='highway' v='residential'/>"))[:60],
    "words.osm": b"this is no XML",
    "bomb.osm": ENTITY_BOMB,
    "garbage.osm.pbf": bytes(range(256)) * 8,
    "bomb.osm.bz2": bz2.compress(b" " * 300_000_000),
    "no-xml.osm.gz": gzip.compress(b"\0" * 100),
    "nothing.osm": EMPTY_OSM,
    "no-streets.osm": STREET % (HOUSE, b"<tag k='waterway' v='canal'/>"),
    "no-homes.osm": STREET % (b"", b"<tag k='highway' v='residential'/>"),
    "what.txt": b"an unknown kind of file",
}

BAD_SCENARIOS: dict[str, tuple[Callable[[str], str], str]] = {
    "tabs": (lambda text: text.replace("  - name", "\t- name"), "tab"),
    "clock": (lambda text: text.replace("19:30", "19:75"), "19:75"),
    "duplicate": (lambda text: text + "seed: 6\n", "seed"),
    "unknown": (lambda text: text + "sead: 6\n", "seed"),
    "anchor": (lambda text: text.replace("title: A test", "title: &a A test"), "anchor"),
    "tag": (lambda text: text.replace("title: A test", "title: !!python/object:os.system x"), "python/object"),
    "brackets": (lambda text: text + "x: " + "[" * 5000, ""),
    "nan": (lambda text: text + "parameters: {p_watch: .nan}\n", "p_watch"),
    "ends-early": (lambda text: text.replace("end: 20:30", "end: 19:00"), "end"),
    "nobody": (lambda text: text.replace("count: 300", "count: 0"), "0"),
    "millions": (lambda text: text.replace("count: 300", "count: 10000000"), "10"),
    "seed": (lambda text: text.replace("seed: 5", "seed: abc"), "abc"),
    "empty": (lambda _: "", ""),
    "binary": (lambda _: "\x00\x01", ""),
    "too-many-residents": (lambda text: text.replace("count: 300", "count: 190000"), "190"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wijk(folder: Path) -> bytes:
    """Give the contents of a small pinned map, made once here and removed again."""
    assert boef("map", "make", "--kind", "naoorlogs", "--homes", 50, "--output", "small.map").exit_code == 0
    contents = (folder / "small.map").read_bytes()
    (folder / "small.map").unlink()
    return contents


def refused(*arguments: object, code: int = 2) -> str:
    """Run a command that must fail well, and give its message."""
    before = sorted(Path.cwd().rglob("*"))
    result = boef(*arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert 1 <= len(result.stderr.splitlines()) <= 8
    assert "Traceback" not in result.stderr
    assert sorted(Path.cwd().rglob("*")) == before
    return result.stderr


@pytest.mark.parametrize("name", BAD_MAPS)
def test_a_bad_map_source_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(BAD_MAPS[name])
    assert name.split(".", maxsplit=1)[0] in refused("map", "import", name, "--output", "x.map")


@pytest.mark.parametrize("area", ["1,2,3", "a,b,c,d", "nowhere.geojson", "5,53,4,52", "0,0,90,90"])
def test_a_bad_area_is_refused(folder: Path, area: str) -> None:
    (folder / "a.osm").write_bytes(STREET % (HOUSE, b"<tag k='highway' v='residential'/>"))
    assert "area" in refused("map", "import", "a.osm", "--area", area, "--output", "x.map")


def test_a_damaged_pinned_map_is_refused(folder: Path, wijk: bytes) -> None:
    flipped = bytearray(wijk)
    flipped[len(flipped) * 3 // 4] ^= 1
    for name, contents in {
        "flipped.map": bytes(flipped),
        "half.map": wijk[: len(wijk) // 2],
        "pickle.map": pickle.dumps({"streets": []}),
        "empty.map": b"",
    }.items():
        (folder / name).write_bytes(contents)
        for command in (("map", "check", name), ("run", "--map", name), ("map", "draw", name, "--output", "x.png")):
            assert name in refused(*command)


@pytest.mark.parametrize("name", BAD_SCENARIOS)
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_bad_scenario_is_refused(folder: Path, name: str, command: str) -> None:
    change, told = BAD_SCENARIOS[name]
    text = change(SCENARIO)
    assert text != SCENARIO
    (folder / "my.yaml").write_text(text, encoding="utf-8")
    message = refused(command, "my.yaml")
    assert message.startswith("my.yaml")
    assert told in message


def test_a_problem_in_a_scenario_has_its_line_and_column(folder: Path) -> None:
    (folder / "my.yaml").write_text(SCENARIO.replace("seed: 5", "seed: abc"), encoding="utf-8")
    assert refused("check", "my.yaml").startswith("my.yaml:4:")


def test_nothing_in_a_scenario_commands_the_terminal(folder: Path) -> None:
    (folder / "my.yaml").write_text(SCENARIO + 'parameters: {"\\e[31m": 3}\n"\\e[2J\\nmy.yaml": !%1B[2J x\n', encoding="utf-8")
    lines = refused("check", "my.yaml").splitlines()
    assert [line.split(":")[1] for line in lines] == ["13", "14", "14"]
    assert all(line.isprintable() for line in lines)


def test_the_map_of_a_scenario_is_missed_where_the_scenario_names_it(folder: Path, wijk: bytes) -> None:
    (folder / "small.map").write_bytes(wijk)
    (folder / "plans").mkdir()
    (folder / "plans" / "my.yaml").write_text(f"{SCENARIO}map: small.map\n", encoding="utf-8")
    assert refused("check", "plans/my.yaml").startswith("plans/my.yaml:13:6: map: plans/small.map: there is no such map file")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", ""),
        ("check", ""),
        ("new", "my.yaml", "--from", ""),
        ("run", "no-such-scenario"),
        ("run", "no-such.yaml"),
        ("run", "--map", "no-such.map"),
        ("run", "--map", "."),
        ("run", "."),
        ("check", "no-such.yaml"),
        ("new", "my.yaml", "--from", "no-such-scenario"),
        ("map", "import", "no-such.osm", "--output", "x.map"),
        ("map", "check", "no-such.map"),
        ("map", "draw", "no-such.map", "--output", "x.png"),
        ("map", "make", "--kind", "vinex", "--output", "x.map"),
        ("map", "make", "--kind", "naoorlogs", "--homes", "49", "--output", "x.map"),
        ("run", "--seed", "-1"),
        ("run", "--seed", "abc"),
        ("run", "--lang", "fr"),
        ("run", "--fast"),
        ("why", "no-such-folder"),
        ("score", "."),
        ("walk",),
    ],
)
def test_what_is_not_there_is_told(arguments: tuple[str, ...]) -> None:
    assert refused(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--output", "there"),
        ("new", "there"),
        ("map", "make", "--kind", "naoorlogs", "--homes", "50", "--output", "there"),
        ("map", "import", "a.osm", "--output", "there"),
    ],
)
@pytest.mark.parametrize("kind", ["a folder", "a file"])
def test_nothing_is_overwritten(folder: Path, arguments: tuple[str, ...], kind: str) -> None:
    there = folder / "there"
    if kind == "a folder":
        there.mkdir()
    else:
        there.write_text("mine", encoding="utf-8")
    assert f"exists already, as {kind}" in refused(*arguments)
    assert there.is_dir() or there.read_text(encoding="utf-8") == "mine"


def test_a_missing_parent_folder_is_told() -> None:
    assert "make that first" in refused("run", "--output", "no/such/evening")


def test_a_picture_of_an_unknown_kind_is_refused(folder: Path, wijk: bytes) -> None:
    (folder / "small.map").write_bytes(wijk)
    assert refused("map", "draw", "small.map", "--output", "x.doc").startswith("x.doc: a picture of a map ends in .png")


def test_a_read_only_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # The superuser may write anywhere, so the answer of the system is played.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "read-only" in refused("run", "--output", "evening", code=3)
    assert "read-only" in refused("new", "my.yaml", code=3)


@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EIO, "Input/output")])
def test_a_failing_disk_is_told(monkeypatch: pytest.MonkeyPatch, number: int, told: str) -> None:
    def failing(_: object, path: Path) -> None:
        path.write_text("half a tr", encoding="utf-8")
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(simulation.runs, "write_trace", failing)
    assert told in refused("run", "--output", "evening", code=3)


def test_a_disk_that_fills_up_while_writing_is_told(folder: Path) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    process = start("run", "--output", "evening", cwd=folder, prepare=limited)
    assert b"the disk is full" in process.communicate()[1]
    assert process.returncode == 3
    assert list(folder.iterdir()) == []


def test_an_interrupt_while_writing_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object, path: Path) -> None:
        path.write_text("half a tr", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(simulation.runs, "write_trace", interrupted)
    assert "Interrupted" in refused("run", "--output", "evening", code=130)


@pytest.mark.parametrize("command", ["run", "structure"])
@pytest.mark.parametrize("name", ["none", "single-group", "bridging-coordinators", "public-hints"])
def test_a_structure_that_does_not_agree_with_a_scenario_is_refused_alike(folder: Path, command: str, name: str) -> None:
    option = ["--structure"] if command == "run" else []
    scenario = ["leiden-winkelgebied"]
    message = refused(command, *(scenario + option + [name] if option else [name, *scenario]))
    until, outlet = message.splitlines()
    assert until.startswith(
        "leiden-winkelgebied:48:22: structure.shopkeepers_until: no group lies above the residents' groups"
    )
    assert f"while structure has id: {name}, so none" in until
    assert outlet.startswith("leiden-winkelgebied:49:9: outlet: the organisers tell their news in 'administrators', and ")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("seed", ["-1", "99999999999999999999"])
def test_a_seed_that_cannot_be_is_refused_alike(folder: Path, seed: str) -> None:
    assert refused("structure", "none", "--seed", seed) == refused("run", "--seed", seed)
    assert f"seed {seed} must lie from 0 to" in refused("structure", "none", "--seed", seed)
    assert not list(folder.iterdir())


def test_a_layout_without_groups_is_not_joined_with_what_is_shared_in_them(folder: Path) -> None:
    text = SCENARIO + "structure:\n  id: custom\n  layout: {areas: none}\n"
    (folder / "my.yaml").write_text(text, encoding="utf-8")
    message = refused("run", "my.yaml", "--structure", "custom+broadcast-shared")
    assert message.startswith("my.yaml:14:7: structure.id: 'broadcast-shared' is shared in groups, and layout has none")


@pytest.mark.parametrize("command", ["score", "why"])
def test_a_file_that_is_no_trace_is_no_run_folder(folder: Path, wijk: bytes, command: str) -> None:
    (folder / "x.map").write_bytes(wijk)
    (folder / "my.yaml").write_text(SCENARIO, encoding="utf-8")
    (folder / "score.json").write_text('{\n  "goals": null\n}\n', encoding="utf-8")
    (folder / "empty").write_bytes(b"")
    for name in ("x.map", "my.yaml", "score.json", "empty"):
        told = "is no run folder, and no trace either; name a folder that boef run --output made"
        assert refused(command, name).strip() == f"{name}: {told}"


def test_what_boef_structure_cannot_look_at(folder: Path, wijk: bytes) -> None:
    assert "did you mean 'zoomwijck'?" in refused("structure", "zoomwijk")
    assert "this one does not" in refused("structure", "custom")
    assert ".svg" in refused("structure", "none", "--output", "x.png")
    assert "nothing.map" in refused("structure", "none", "--map", "nothing.map")
    assert "no-scenario" in refused("structure", "none", "no-scenario")
    (folder / "bad.map").write_bytes(wijk[: len(wijk) // 2])
    assert "bad.map" in refused("structure", "none", "--map", "bad.map")
    (folder / "small.map").write_bytes(wijk)
    (folder / "my.yaml").write_text(SCENARIO + "structure: {id: separate-groups, groups: 60}\n", encoding="utf-8")
    message = refused("structure", "separate-groups", "my.yaml", "--map", "small.map")
    assert message.startswith("my.yaml:13:")
    assert "60 groups on a map with" in message
    (folder / "many.yaml").write_text(SCENARIO + "structure: {id: separate-groups, groups: 101}\n", encoding="utf-8")
    assert "100 at most" in refused("structure", "zoomwijck", "many.yaml")
    (folder / "there.svg").write_text("", encoding="utf-8")
    assert "exists already" in refused("structure", "none", "--output", "there.svg")
