"""`boef report`: the page again, in either language, the figures, and every folder that is not what it should be."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.command_line import SCENARIO, boef

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ("manifest.json", "report.html", "score.json", "trace.jsonl")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a run on a map that comes along, one on a map that does not, and that map."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "my.yaml").write_text(SCENARIO, encoding="utf-8")
    wijk = folder / "own.map"
    assert boef("map", "make", "--kind", "naoorlogs", "--homes", 150, "--output", wijk).exit_code == 0
    assert boef("run", folder / "my.yaml", "--output", folder / "evening").exit_code == 0
    result = boef("run", folder / "my.yaml", "--map", wijk, "--seed", 3, "--output", folder / "elsewhere")
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture(autouse=True)
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a copy of that folder."""
    copy = tmp_path / "work"
    shutil.copytree(made, copy)
    monkeypatch.chdir(copy)
    return copy


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refused(*arguments: object, code: int = 2) -> str:
    """Run a command that must fail well and leave everything as it was, and give its message."""
    before = contents(Path.cwd())
    result = boef("report", *arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert 1 <= len(result.stderr.splitlines()) <= 20
    assert "Traceback" not in result.stderr
    assert contents(Path.cwd()) == before
    return result.stderr


def test_the_page_is_made_again_byte_for_byte(folder: Path) -> None:
    page = folder / "evening" / "report.html"
    before = page.read_bytes()
    page.unlink()
    result = boef("report", "evening")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "report.html" in result.stdout
    assert page.read_bytes() == before
    assert sorted(path.name for path in page.parent.iterdir()) == sorted(NAMES)


def test_the_page_is_made_in_the_other_language(folder: Path) -> None:
    assert boef("report", "evening", "--lang", "en").exit_code == 0
    assert '<html lang="en">' in (folder / "evening" / "report.html").read_text(encoding="utf-8")
    assert boef("report", "evening", "--lang", "nl").exit_code == 0
    assert '<html lang="nl">' in (folder / "evening" / "report.html").read_text(encoding="utf-8")


def test_the_page_says_what_the_manifest_says(folder: Path) -> None:
    path = folder / "evening" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["scenario"] |= {"happened": "Er was <b>taart</b>.", "source": "een krant"}
    manifest["parameters"][0] |= {"value": 0.4321, "overridden": True}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert boef("report", "evening").exit_code == 0
    page = (folder / "evening" / "report.html").read_text(encoding="utf-8")
    for words in ("Er was &lt;b&gt;taart&lt;/b&gt;.", "een krant", "0,4321", "in dit scenario"):
        assert words in page


def test_figures_are_made_whole_in_a_new_folder(folder: Path) -> None:
    page = (folder / "evening" / "report.html").read_bytes()
    result = boef("report", "evening", "--figures", "figures", "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "The figures of this evening: figures\n"), result.stderr
    made = {path.name for path in (folder / "figures").iterdir()}
    assert {f"{name}.{form}" for name in ("map", "reach", "seen") for form in ("svg", "png", "txt")} <= made
    assert (folder / "evening" / "report.html").read_bytes() == page
    assert "exists already" in refused("evening", "--figures", "figures")


def test_a_map_that_does_not_come_along_is_named() -> None:
    assert "name its file with --map" in refused("elsewhere")
    assert boef("report", "elsewhere", "--map", "own.map").exit_code == 0


def test_another_map_is_refused_with_both_digests() -> None:
    digests = [
        json.loads(Path(run, "manifest.json").read_text(encoding="utf-8"))["map"]["digest"] for run in ("evening", "elsewhere")
    ]
    told = refused("evening", "--map", "own.map")
    assert told.startswith("own.map: is another map")
    assert all(digest in told for digest in digests)


def test_no_folder_and_no_run_are_refused(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert refused("nowhere").startswith("nowhere: there is no such folder")
    assert "holds no trace.jsonl" in refused("empty")
    assert "no run folder" in refused("own.map")
    assert "is a trace alone" in refused("evening/trace.jsonl")
    assert "Missing argument" in boef("report").stderr


def test_a_folder_of_many_evenings_is_told_what_makes_its_page(folder: Path) -> None:
    (folder / "many").mkdir()
    (folder / "many" / "design.json").write_text("{}", encoding="utf-8")
    told = refused("many")
    assert told.startswith(
        "many: is the folder of a comparison or a sweep, and boef report makes the page of one evening; the"
    )
    assert "the same boef compare command again makes" in told
    assert "--lang" in told
    assert "--figures" in told
    assert "report.html" not in told
    (folder / "many" / "report.html").write_text("<p>", encoding="utf-8")
    assert "its page is many/report.html; the same" in refused("many", "--figures", "figures")
    (folder / "evening" / "design.json").write_text("{}", encoding="utf-8")
    assert boef("report", "evening").exit_code == 0


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    """Give a change of a JSON text."""

    def apply(text: str) -> str:
        document = json.loads(text)
        change(document)
        return json.dumps(document)

    return apply


DAMAGE: dict[str, tuple[str, Callable[[str], str], str]] = {
    "cut trace": ("trace.jsonl", lambda text: text[: len(text) // 2], "trace.jsonl"),
    "empty trace": ("trace.jsonl", lambda _: "", "empty"),
    "shorter trace": ("trace.jsonl", lambda text: "\n".join(text.splitlines()[:-1]) + "\n", "another digest"),
    "other trace": ("trace.jsonl", lambda text: text.replace('"seed":5', '"seed":6', 1), "another digest"),
    "cut score": ("score.json", lambda text: text[:-40], "score.json: is damaged"),
    "list score": ("score.json", lambda _: "[1]", "score.json: is damaged"),
    "nan score": ("score.json", lambda text: text.replace(": null", ": NaN"), "score.json: is damaged"),
    "deep score": ("score.json", lambda _: '{"a":' + "[" * 100_000, "score.json: is damaged"),
    "changed score": ("score.json", changed(lambda score: score.update(calls=999)), '"calls" is 999 there'),
    "score with more": ("score.json", changed(lambda score: score.update(extra="x" * 999)), "not here"),
    "score with less": ("score.json", changed(lambda score: score.pop("found")), '"found" is not there'),
    "empty manifest": ("manifest.json", lambda _: "", "manifest.json: is damaged"),
    "foreign manifest": ("manifest.json", lambda _: '{"name": "app", "icons": []}', "another digest"),
    "no parameters": ("manifest.json", changed(lambda about: about.pop("parameters")), "no list of parameters"),
    "odd parameter": ("manifest.json", changed(lambda about: about["parameters"][2].update(value="1")), "parameters[2]"),
    "endless parameter": ("manifest.json", lambda text: text.replace('"value": 0.08', '"value": 1e999', 1), "parameters[0]"),
    "enormous parameter": (
        "manifest.json",
        changed(lambda about: about["parameters"][0].update(value=10**400)),
        "parameters[0]",
    ),
    "odd grade": ("manifest.json", changed(lambda about: about["parameters"][0].update(grade="<b>")), "parameters[0]"),
    "odd text": ("manifest.json", changed(lambda about: about["scenario"].update(happened=["a"])), "no text"),
    "odd goals": ("manifest.json", changed(lambda about: about.update(goals=[{"goal": "x"}])), "goals[0]"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_folder_is_refused(folder: Path, name: str) -> None:
    file, change, told = DAMAGE[name]
    path = folder / "evening" / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    message = refused("evening")
    assert told in message
    blamed = "manifest.json" if told == "another digest" else file
    assert message.startswith(f"evening/{blamed}:")
    assert refused("evening", "--figures", "figures") == message


@pytest.mark.parametrize("file", ["score.json", "manifest.json", "trace.jsonl"])
def test_a_folder_without_a_file_is_refused(folder: Path, file: str) -> None:
    (folder / "evening" / file).unlink()
    assert file in refused("evening")


@pytest.mark.parametrize("file", ["score.json", "manifest.json"])
def test_what_is_no_file_is_not_waited_for(folder: Path, file: str) -> None:
    (folder / "evening" / file).unlink()
    os.mkfifo(folder / "evening" / file)
    assert f"{file}: is no file" in refused("evening")


def test_a_page_that_cannot_be_written_leaves_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    assert "the disk is full" in refused("evening", code=3)
