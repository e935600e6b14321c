"""A campaign comes to the same whoever plays it, in whatever parts, and however often it is cut short."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from simulation.engine import build_worlds, play
from simulation.engine.world import without_structure
from simulation.errors import RunError, ScenarioError, WorldError
from simulation.experiments import playing
from simulation.experiments.campaign import Campaign
from simulation.experiments.design import Cell
from simulation.experiments.executors import Processes, Setup
from simulation.experiments.frames import frame_of, read_results, write_csv
from simulation.experiments.results import CONDITIONS, DESIGN, MANIFEST, RUNS, Memory, open_folder
from simulation.measures import MEASURES
from simulation.scenario import load_scenario
from simulation.scenario.model import LARGEST_SEED
from simulation.scoring import score
from simulation.trace.canonical import canonical
from tests.experiments.campaigns import MAP, NETWORK, SEEDS, design, player, table

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from simulation.engine.world import World
    from simulation.experiments.design import Task
    from simulation.experiments.playing import Row
    from simulation.trace.log import Trace


class Interrupted:
    """Plays some tasks, and is then stopped."""

    def __init__(self, tasks: int) -> None:
        self.tasks = tasks

    def play(self, tasks: Iterable[Task]) -> Generator[list[Row]]:
        """Give the rows of the first tasks."""
        for number, task in enumerate(tasks):
            if number == self.tasks:
                raise KeyboardInterrupt
            yield from player(design()).play([task])


def test_a_row_is_the_score_of_an_evening_that_is_played_alone() -> None:
    campaign, rows = design(), table().to_pylist()
    assert [(row["condition"], row["seed"]) for row in rows] == [
        (condition, seed) for condition in range(len(campaign.conditions)) for seed in SEEDS
    ]
    for row in rows[:: len(SEEDS) - 1]:
        scenario = campaign.conditions[row["condition"]].scenario
        alone = score(play(build_worlds(scenario, NETWORK, [row["seed"]])[0]))
        assert row["failure"] == ""
        for measure in MEASURES:
            value = alone[measure.key]
            assert row[measure.key] == (canonical(value) if isinstance(value, dict | list) else value), measure.key


def test_the_structures_differ_and_the_worlds_do_not() -> None:
    campaign = design()
    assert [condition.name for condition in campaign.conditions] == [
        "separate-groups",
        "administrators-group",
        "administrators-group, equal effort",
    ]
    assert len({canonical(without_structure(one.scenario).model_dump(mode="json")) for one in campaign.conditions}) == 1
    frame = frame_of(table(), [condition.factors for condition in campaign.conditions])
    assert frame.groupby(["structure", "effort"])["reads"].sum().nunique() == len(campaign.conditions)
    assert frame.groupby("seed")["first_sighting_s"].nunique(dropna=False).eq(1).all()


@pytest.mark.parametrize("at_once", [3, 50])
def test_it_makes_no_difference_how_many_worlds_are_drawn_at_once(at_once: int) -> None:
    store = Memory()
    Campaign(design(), player(design()), store, at_once=at_once).play(len(SEEDS))
    assert store.table().equals(table())


@pytest.mark.parametrize("workers", [2])
def test_it_makes_no_difference_how_many_processes_play(workers: int, tmp_path: Path) -> None:
    store = open_folder(tmp_path / "results", design())
    told: list[int] = []
    processes = Processes(Setup.of(design(), MAP), workers)
    Campaign(design(), processes, store, lambda rows: told.append(len(rows)), at_once=2).play(len(SEEDS))
    assert store.table().equals(table())
    assert sum(told) == table().num_rows


@pytest.mark.parametrize("tasks", [0, 3])
def test_what_came_in_before_an_interruption_is_kept_and_the_rest_is_played(tasks: int, tmp_path: Path) -> None:
    store = open_folder(tmp_path / "results", design())
    with pytest.raises(KeyboardInterrupt):
        Campaign(design(), Interrupted(tasks), store, at_once=1).play(len(SEEDS))
    done = store.done()
    assert len(done) == tasks * len(design().conditions)
    assert Campaign(design(), player(design()), store).left(len(SEEDS)) == table().num_rows - len(done)
    again = open_folder(tmp_path / "results", design())
    played: list[Row] = []
    Campaign(design(), player(design()), again, played.extend).play(len(SEEDS))
    assert not done & {Cell(row["condition"], row["seed"]) for row in played}
    assert again.table().equals(table())


def test_more_worlds_are_more_of_the_same(tmp_path: Path) -> None:
    store = open_folder(tmp_path / "results", design())
    for last in (2, 4, 3, SEEDS.stop):
        Campaign(design(), player(design()), store).play(last - SEEDS.start)
    assert store.table().equals(table())


def test_an_evening_that_is_kept_twice_is_there_once() -> None:
    store = Memory()
    for seeds in (SEEDS, SEEDS[:2]):
        Campaign(design(), player(design()), Forgetful(store)).play(len(seeds))
    assert sum(part.num_rows for part in store.parts) > table().num_rows
    assert store.table().equals(table())


class Forgetful(Memory):
    """Does not know what it keeps."""

    def __init__(self, store: Memory) -> None:
        super().__init__(store.parts)

    def done(self) -> set[Cell]:
        """Know of nothing."""
        return set()


def test_an_evening_that_fails_is_a_row_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(world: World) -> Trace:
        if world.seed == 2 and world.scenario.structure.id == "separate-groups":
            message = "the moon\nis full"
            raise ZeroDivisionError(message)
        return play(world)

    monkeypatch.setattr(playing, "play", sometimes)
    store = Memory()
    Campaign(design(), player(design()), store).play(len(SEEDS))
    failed = [row for row in store.table().to_pylist() if row["failure"]]
    assert [(row["condition"], row["seed"], row["failure"]) for row in failed] == [
        (0, 2, "ZeroDivisionError: the moon\nis full")
    ]
    assert all(failed[0][measure.key] is None for measure in MEASURES)
    fine = [row for row in store.table().to_pylist() if not row["failure"]]
    assert fine == [row for row in table().to_pylist() if (row["condition"], row["seed"]) != (0, 2)]


def test_a_world_that_cannot_be_drawn_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(scenario: Any, network: Any, seeds: Any) -> list[World]:
        if 3 in seeds:
            raise MemoryError
        return build_worlds(scenario, network, seeds)

    monkeypatch.setattr(playing, "build_worlds", sometimes)
    store = Memory()
    Campaign(design(), player(design()), store).play(len(SEEDS))
    assert {row["seed"] for row in store.table().to_pylist() if row["failure"]} == {3}
    assert [row for row in store.table().to_pylist() if row["seed"] != 3] == [
        row for row in table().to_pylist() if row["seed"] != 3
    ]


def test_any_row_can_be_played_again_from_the_folder(tmp_path: Path) -> None:
    open_folder(tmp_path / "results", design())
    files = sorted((tmp_path / "results" / "conditions").glob("*.yaml"))
    assert len(files) == len(design().conditions)
    for number, file in enumerate(files):
        scenario = load_scenario(file).scenario
        again = score(play(build_worlds(scenario, NETWORK, [4])[0]))
        row = next(row for row in table().to_pylist() if (row["condition"], row["seed"]) == (number, 4))
        assert {name: row[name] for name in ("posts", "reads", "first_call_s")} == {
            name: again[name] for name in ("posts", "reads", "first_call_s")
        }


def test_results_are_a_data_frame_and_a_csv_file(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    store = open_folder(folder, design())
    Campaign(design(), player(design()), store).play(len(SEEDS))
    frame = read_results(folder)
    assert list(frame.columns[:4]) == ["structure", "effort", "seed", "failure"]
    assert frame["found"].dtype == "boolean"
    assert frame["calls"].dtype == "Int64"
    assert frame["calls"].tolist() == table()["calls"].to_pylist()
    write_csv(table(), [condition.factors for condition in design().conditions], tmp_path / "a.csv")
    head, *rows = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert head.split(",")[:4] == ['"structure"', '"effort"', '"seed"', '"failure"']
    assert len(rows) == table().num_rows


def test_another_design_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    open_folder(folder, design())
    others = {
        "on another map": replace(design(), map="0" * 64),
        "with another first seed": replace(design(), first_seed=7),
        "of other structures": design("separate-groups", "zoomwijck"),
    }
    for told, other in others.items():
        with pytest.raises(RunError, match=told):
            open_folder(folder, other)
    assert open_folder(folder, design()).done() == set()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is damaged"),
        (b"{}", "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b'{"conditions": 5}', "is damaged"),
        (json.dumps({"conditions": [], "version": "9"}).encode(), "made by another version"),
    ],
)
def test_a_damaged_design_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    open_folder(folder, design())
    (folder / DESIGN).write_bytes(content)
    with pytest.raises(RunError, match=told):
        open_folder(folder, design())


@pytest.mark.parametrize("content", [b"x: 1\n", b"", None])
def test_a_condition_that_is_not_what_was_played_is_written_again(content: bytes | None, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    open_folder(folder, design())
    before = {path.name: path.read_bytes() for path in (folder / CONDITIONS).iterdir()}
    first, second, _ = sorted((folder / CONDITIONS).iterdir())
    kept = second.stat().st_mtime_ns
    if content is None:
        first.unlink()
    else:
        first.write_bytes(content)
    open_folder(folder, design())
    assert {path.name: path.read_bytes() for path in (folder / CONDITIONS).iterdir()} == before
    assert second.stat().st_mtime_ns == kept


def test_something_else_where_the_conditions_go_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    open_folder(folder, design())
    shutil.rmtree(folder / CONDITIONS)
    (folder / CONDITIONS).write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match="conditions: is no folder, and the conditions go there"):
        open_folder(folder, design())
    (folder / CONDITIONS).unlink()
    open_folder(folder, design())
    assert len(list((folder / CONDITIONS).iterdir())) == len(design().conditions)


@pytest.mark.parametrize("content", [b"null", b"", b"[]", b"{", b"[" * 100_000, b"\xff", b"{}", b'{"design": "00"}'])
def test_a_damaged_manifest_is_told_and_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    open_folder(folder, design())
    whole = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(content)
    told = "is that of another campaign" if content.endswith(b"}") else "is damaged: it is no manifest"
    with pytest.raises(RunError, match=f"manifest.json: {told}; remove it and begin again"):
        open_folder(folder, design())
    assert (folder / MANIFEST).read_bytes() == content
    (folder / MANIFEST).unlink()
    open_folder(folder, design())
    assert (folder / MANIFEST).read_bytes() == whole


def test_a_manifest_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    open_folder(folder, design())
    (folder / MANIFEST).unlink()
    os.mkfifo(folder / MANIFEST)
    with pytest.raises(RunError, match="is damaged: it is no manifest"):
        open_folder(folder, design())


def test_a_folder_of_something_else_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "file", tmp_path / "nothing"):
        if path.name == "file":
            path.write_text("x")
        with pytest.raises(RunError, match="holds no design"):
            read_results(path)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 1000])
def test_a_damaged_part_is_named_and_without_it_only_its_evenings_are_played_again(content: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    store = open_folder(folder, design())
    Campaign(design(), player(design()), store, at_once=1).play(len(SEEDS))
    part = sorted((folder / RUNS).glob("*.parquet"))[1]
    part.write_bytes(content)
    with pytest.raises(RunError, match=f"{part.name}: is damaged; remove it"):
        store.done()
    part.unlink()
    played: list[Row] = []
    Campaign(design(), player(design()), store, played.extend).play(len(SEEDS))
    assert len(played) == len(design().conditions)
    assert store.table().equals(table())


def test_a_full_disk_loses_only_what_is_in_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_folder(tmp_path / "results", design())
    Campaign(design(), player(design()), store).play(2)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during:
        during.setattr("simulation.experiments.results.write_part", full)
        with pytest.raises(WorldError, match=r"No space left on device; what was played before is kept"):
            Campaign(design(), player(design()), store).play(len(SEEDS))
    assert len(store.done()) == 2 * len(design().conditions)
    assert not [path for path in (tmp_path / "results" / RUNS).iterdir() if path.name.startswith(".")]


def test_seeds_beyond_the_largest_are_refused() -> None:
    last = replace(design(), first_seed=LARGEST_SEED)
    assert list(last.seeds(1)) == [LARGEST_SEED]
    with pytest.raises(ScenarioError, match="a seed lies from 0"):
        last.seeds(2)
