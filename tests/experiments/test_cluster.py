"""A campaign on a Dask cluster: real schedulers and workers, some of which are killed, and the bytes of the serial run."""

from __future__ import annotations

import pickle
import signal
import socket
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from simulation import compare_structures
from simulation.errors import InputError, WorldError
from simulation.experiments.campaign import Campaign
from simulation.experiments.compare import compared, keep
from simulation.experiments.design import Design, Task
from simulation.experiments.executors import Setup
from simulation.experiments.results import open_folder
from simulation.experiments.structures import structure_conditions
from simulation.maps.pinned import digest_of, write_map
from tests.command_line import SCENARIO, boef
from tests.experiments.campaigns import MAP, player
from tests.experiments.machines import Machines
from tests.worlds import evening

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from distributed import Client, KilledWorker

from simulation.experiments import cluster
from simulation.experiments.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from simulation.experiments.executors import Executor
    from simulation.experiments.playing import Row

STRUCTURES = ("single-group", "separate-groups")
DESIGN = Design(structure_conditions([evening().with_structure(one) for one in STRUCTURES]), 7, digest_of(MAP))
SETUP = Setup.of(DESIGN, MAP)
WORLDS = 10
ROWS = WORLDS * len(STRUCTURES)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """Give a scheduler without workers."""
    with Machines(tmp_path) as started:
        yield started


def play_into(folder: Path, executor: Executor, progress: Callable[[Sequence[Row]], None] | None = None) -> dict[str, bytes]:
    """Play the campaign into a folder, and give all its files."""
    found = compared(Campaign(DESIGN, executor, open_folder(folder, DESIGN), progress, at_once=1), WORLDS)
    keep(found, found.as_data(), folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of the campaign when it is played here."""
    return play_into(tmp_path_factory.mktemp("serial") / "kept", player(DESIGN))


def test_killed_workers_change_no_byte(machines: Machines, tmp_path: Path, expected: dict[str, bytes]) -> None:
    first, second = machines.worker(), machines.worker()
    came: list[int] = []

    def kill(rows: Sequence[Row]) -> None:
        came.append(len(rows))
        if len(came) == 1:
            with Client(machines.address, set_as_default=False) as client:
                assert client.processing()[first.address]
            first.process.kill()
            machines.worker()
        if len(came) == 2:
            second.process.kill()

    with closing(Cluster(SETUP, machines.address)) as executor:
        assert executor.count() == 2
        first.process.send_signal(signal.SIGSTOP)  # so that it surely has tasks in hand when it dies
        found = play_into(tmp_path / "cluster", executor, kill)
    assert sum(came) == ROWS
    assert found == expected


def test_the_map_travels_once_and_is_forgotten(machines: Machines, caplog: pytest.LogCaptureFixture) -> None:
    def networks(dask_worker: Any) -> list[int]:
        return [id(one._player.network) for one in dask_worker.plugins.values() if hasattr(one, "_player")]

    machines.worker(threads=2)
    tasks = [Task((0, 1), (seed,)) for seed in range(7, 13)]
    with closing(Cluster(SETUP, machines.address)) as executor:
        seen = []
        for some in (tasks[:3], tasks[3:]):
            rows = sorted(executor.play(some), key=lambda of_task: of_task[0]["seed"])
            assert rows == [*player(DESIGN).play(some)]
            with Client(machines.address, set_as_default=False) as client:
                seen += client.run(networks).values()
        assert len(seen[0]) == 1
        assert seen[0] == seen[1]
    assert caplog.messages == [f"{machines.address}: a worker plays one evening at a time; start workers of one thread each"]
    assert max(len(pickle.dumps(task)) for task in tasks) < 200
    with Client(machines.address, set_as_default=False) as client:
        assert [*client.run(networks).values()] == [[]]


def test_without_workers_it_waits_and_says_so(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(cluster, "_RECOUNT_S", 0.05)
    told: list[str] = []

    def tell(message: str, *values: str) -> None:
        told.append(message % values)
        machines.worker()

    monkeypatch.setattr(cluster._log, "warning", tell)
    tasks = [Task((0, 1), (7, 8))]
    with closing(Cluster(SETUP, machines.address)) as executor:
        assert [*executor.play(tasks)] == [*player(DESIGN).play(tasks)]
    assert told == [f"{machines.address}: there is no worker; waiting for one"]


def test_a_scheduler_that_dies_loses_nothing(
    machines: Machines, tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER_S", 2.0)
    machines.worker()
    came: list[int] = []

    def kill(rows: Sequence[Row]) -> None:
        came.append(len(rows))
        machines.scheduler.process.kill()

    folder = tmp_path / "cut short"
    with (
        pytest.raises(WorldError, match="the cluster is gone; begin again"),
        closing(Cluster(SETUP, machines.address)) as executor,
    ):
        play_into(folder, executor, kill)
    kept = len(open_folder(folder, DESIGN).done())
    assert kept == sum(came) > 0
    again: list[int] = []
    assert play_into(folder, player(DESIGN), lambda rows: again.append(len(rows))) == expected
    assert sum(again) == ROWS - kept


def test_other_versions_are_named(machines: Machines, tmp_path: Path) -> None:
    made = {}
    for name, text in (("old", '__version__ = "0.0.9"'), ("none", 'raise ModuleNotFoundError("nothing here")')):
        (tmp_path / name / "simulation").mkdir(parents=True)
        (tmp_path / name / "simulation" / "__init__.py").write_text(text, encoding="utf-8")
        made[name] = machines.worker(package=tmp_path / name).address
    fitting = machines.worker().address
    with pytest.raises(InputError) as caught:
        Cluster(SETUP, machines.address)
    told = str(caught.value)
    assert f"worker {made['old']} has version 0.0.9" in told
    assert f"worker {made['none']} has no such package (nothing here)" in told
    assert "you have version" in told
    assert fitting not in told
    assert "the scheduler" not in told


def test_a_worker_of_another_version_that_joins_later_does_not_play(monkeypatch: pytest.MonkeyPatch) -> None:
    player = cluster._Player(SETUP)
    monkeypatch.setattr(cluster, "__version__", "0.0.9")
    player.setup(None)
    with pytest.raises(ImportError, match=r"it has version 0\.0\.9 with format \d+, not version"):
        player.play(Task((0,), (7,)))


def test_workers_that_die_one_after_the_other_are_told_of() -> None:
    class Played:
        def result(self) -> list[Row]:
            raise KilledWorker(task="play-1", last_worker="tcp://127.0.0.1:1", allowed_failures=3)

    asked = Cluster.__new__(Cluster)
    asked._address = "tcp://127.0.0.1:8786"
    with pytest.raises(
        WorldError, match=r"^tcp://127\.0\.0\.1:8786: workers died one after the other .* want of memory; begin again"
    ):
        asked._rows(Played())


@pytest.fixture
def evening_files(tmp_path: Path) -> list[Path]:
    """Give a scenario and a map as arguments of the command."""
    (tmp_path / "evening.yaml").write_text(SCENARIO.replace("300", "150"), encoding="utf-8")
    write_map(MAP, tmp_path / "wijk.map")
    return [tmp_path / "evening.yaml", "--map", tmp_path / "wijk.map"]


@pytest.mark.parametrize("listening", [False, True])
def test_no_scheduler_there(
    evening_files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, listening: bool
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER_S", 0.3)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if listening:  # something else, which never answers
            other.listen()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        told = boef("compare", *evening_files, "--cluster", address, "--output", tmp_path / "kept")
    assert told.exit_code == 3, told.stderr
    assert (
        told.stderr
        == f"{address}: no Dask scheduler answers there; start one with `dask scheduler`, which prints its address\n"
    )
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("address", ["", "localhost", "http://127.0.0.1:8786", "127.0.0.1:x"])
def test_what_is_no_address_is_refused(address: str, evening_files: list[Path]) -> None:
    told = boef("compare", *evening_files, "--cluster", address)
    assert told.exit_code == 2
    assert "is no address of a Dask scheduler" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_workers_of_this_machine_and_of_a_cluster_exclude_each_other(evening_files: list[Path]) -> None:
    told = boef("compare", *evening_files, "--cluster", "tcp://127.0.0.1:1", "--workers", 2)
    assert (told.exit_code, told.stderr.split(":")[0]) == (2, "--workers and --cluster do not go together")


def test_the_commands_play_on_a_cluster(machines: Machines, evening_files: list[Path], tmp_path: Path) -> None:
    factors = "factors:\n  - {field: players.count, levels: [5, 30]}\n"
    sweep = f"scenario: evening.yaml\nreplications: 4\nmethod: one-at-a-time\n{factors}"
    (tmp_path / "sweep.yaml").write_text(sweep, encoding="utf-8")
    machines.worker()
    compare = ["compare", *evening_files, "--structures", ",".join(STRUCTURES), "--replications", 4, "--json"]
    for command in (compare, ["sweep", tmp_path / "sweep.yaml", *evening_files[1:], "--json"]):
        there, here = boef(*command, "--cluster", machines.address), boef(*command, "--workers", 1)
        assert (there.exit_code, there.stderr) == (0, "")
        assert there.stdout == here.stdout


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "simulation.experiments.cluster")
    monkeypatch.delattr("simulation.experiments.cluster")
    with pytest.raises(InputError, match=r'pip install "boef-in-de-wijk\[cluster\]"'):
        compare_structures(evening(), MAP, STRUCTURES, 2, workers="tcp://127.0.0.1:1")
