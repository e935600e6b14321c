"""The workers of a Dask cluster as those who play the tasks of a campaign; the extra `cluster` installs what this room needs.

Tasks go to the workers over the network and rows come back, so that no disk is shared. A worker gets the map and the scenarios
once, also when it joins later; the tasks of one that dies are played by another. Scheduler and workers must have the same
version of this package as the one who asks, which is looked at before the first evening.
"""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import islice
from pkgutil import resolve_name
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from distributed import Client, Future, KilledWorker, Security, WorkerPlugin, get_worker
from distributed.comm.core import connect

from simulation import __version__
from simulation.errors import InputError, WorldError
from simulation.experiments.design import FORMAT
from simulation.experiments.executors import AHEAD, Serial
from simulation.experiments.playing import play_task
from simulation.maps.unpack import unpack
from simulation.people.network import Network

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from simulation.experiments.design import Task
    from simulation.experiments.executors import Setup
    from simulation.experiments.playing import Row

_ANSWER_S = 10.0
"""Time within which the scheduler must answer, seconds."""
_PATIENCE_S = 10.0
"""Time without any worker after which that is told, seconds."""
_RECOUNT_S = 2.0
"""Time between two looks at how many workers there are, seconds."""
_NAMED = 5
"""Workers that a message names."""
_SAME = {"simulation:__version__": __version__, "simulation.experiments.design:FORMAT": FORMAT}
"""What must be the same everywhere, by where it stands."""

_TALKERS = {"distributed", "tornado", "asyncio"}

_log = logging.getLogger(__name__)


class Cluster:
    """Plays on the workers of a Dask cluster.

    Parameters
    ----------
    setup
        What each worker needs.
    address
        Address of the scheduler, such as `tcp://10.0.0.1:8786`.

    Raises
    ------
    InputError
        If that is no address, or the package is missing or of another version on the cluster.
    WorldError
        If there is no scheduler.
    """

    def __init__(self, setup: Setup, address: str) -> None:
        self._address = address
        self._name = f"boef-{uuid4().hex}"
        self._counted_at = self._seen_at = time.monotonic()
        with ExitStack() as opened:
            opened.enter_context(_silence())
            self._client = opened.enter_context(closing(_client(address)))
            try:
                self._check()
                self._client.register_plugin(_Player(setup), name=self._name)
                opened.callback(self._forget)
                self._workers = self._look()
            except OSError as error:
                raise WorldError(f"{address}: the cluster went away: {error}") from None
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Let the workers forget the map, and leave the cluster as it was."""
        self._opened.close()

    def count(self) -> int:
        """Give how many evenings are played at once: one by each worker, now."""
        return max(1, self._workers)

    def play(self, tasks: Iterable[Task]) -> Generator[list[Row]]:
        """Give the rows of each task, as they come in.

        Raises
        ------
        WorldError
            If the cluster goes away, or a worker cannot play.
        """
        left = iter(tasks)
        ready: SimpleQueue[Future[list[Row]]] = SimpleQueue()
        waiting: set[Future[list[Row]]] = set()
        try:
            while True:
                for task in islice(left, max(0, AHEAD * self.count() - len(waiting))):
                    future = self._client.submit(_play_there, self._name, task, pure=False)
                    waiting.add(future)
                    future.add_done_callback(ready.put)
                if not waiting:
                    return
                with suppress(Empty):
                    waiting.remove(played := ready.get(timeout=_RECOUNT_S))
                    yield self._rows(played)
                self._recount()
        finally:
            with suppress(OSError):
                self._client.cancel([*waiting])

    def _rows(self, played: Future[list[Row]]) -> list[Row]:
        """Give what came of a task."""
        try:
            return played.result()
        except KilledWorker:
            told = "workers died one after the other while they played the same evenings, perhaps for want of memory"
        except CancelledError:
            told = "the cluster is gone"
        except Exception as error:  # noqa: BLE001 - what an evening fails with is in its row; this is the worker's
            told = f"a worker cannot play: {type(error).__name__}: {error}"
        raise WorldError(f"{self._address}: {told}; begin again: what an --output folder holds is not played anew")

    def _check(self) -> None:
        """Refuse a cluster on which the package is missing or of another version."""
        mine = _told(*_SAME.values())
        theirs = {place: _told(*found) for place, found in self._found().items()}
        others = [f"{place} has {found}" for place, found in theirs.items() if found not in {mine, ""}]
        if others:
            more = f"; and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
            told = f"{'; '.join(others[:_NAMED])}{more}; you have {mine}"
            raise InputError(f"{self._address}: {told}. Install the same version of boef-in-de-wijk on all of them")

    def _found(self) -> dict[str, list[Any]]:
        """Give what scheduler and workers have of what must be the same, or how they failed to tell."""
        # Only names of the standard library cross the wire here: the other side may know nothing else.
        answers = [self._client.run(resolve_name, name, on_error="return") for name in _SAME]
        workers = {f"worker {place}": [one.get(place, OSError()) for one in answers] for place in answers[0]}
        return {"the scheduler": [self._of_scheduler(name) for name in _SAME], **workers}

    def _of_scheduler(self, name: str) -> Any:  # noqa: ANN401 - whatever has that name
        try:
            return self._client.run_on_scheduler(resolve_name, name)
        except Exception as error:  # noqa: BLE001 - what cannot be imported may fail in any way
            return error

    def _look(self) -> int:
        """Count the workers, and tell of threads that will idle."""
        threads = self._client.nthreads()
        if any(count > 1 for count in threads.values()):
            _log.warning("%s: a worker plays one evening at a time; start workers of one thread each", self._address)
        return len(threads)

    def _recount(self) -> None:
        """Look again how many workers there are, now and then; tell it if there have been none for a while."""
        now = time.monotonic()
        if now < self._counted_at + _RECOUNT_S:
            return
        with suppress(OSError):  # what has become of the cluster, the tasks tell
            self._workers = len(self._client.nthreads())
        self._counted_at = now
        if self._workers:
            self._seen_at = now
        elif now > self._seen_at + _PATIENCE_S:
            _log.warning("%s: there is no worker; waiting for one", self._address)
            self._seen_at = float("inf")

    def _forget(self) -> None:
        with suppress(OSError, CancelledError, ValueError):  # a cluster that is gone has forgotten already
            self._client.unregister_worker_plugin(self._name)


class _Player(WorkerPlugin):
    """In a worker: what it plays with. Dask calls `setup` there.

    Parameters
    ----------
    needed
        The scenarios and the map.
    """

    def __init__(self, needed: Setup) -> None:
        self._needed = needed
        self._version = __version__, FORMAT

    def setup(self, worker: Any) -> None:  # noqa: ANN401, ARG002 - as Dask calls it
        """Make ready, without reading the map yet: meanwhile the worker could not answer the scheduler."""
        self._lock = Lock()
        self._player: Serial | None = None

    def play(self, task: Task) -> list[Row]:
        """Play the evenings of a task; where the worker has several threads, after each other: they share caches."""
        if self._version != (__version__, FORMAT):
            raise ImportError(f"it has {_told(__version__, FORMAT)}, not {_told(*self._version)}")
        with self._lock:
            if self._player is None:
                self._player = Serial(self._needed.scenarios, Network(unpack(self._needed.map, "the map")))
            return play_task(task, self._player.scenarios, self._player.network)


def _play_there(name: str, task: Task) -> list[Row]:
    """Play a task with what this worker was given under a name."""
    return cast("_Player", get_worker().plugins[name]).play(task)


def _client(address: str) -> Client:
    """Reach the scheduler."""
    try:
        with ThreadPoolExecutor(1) as apart:  # a notebook has a loop running already
            apart.submit(lambda: asyncio.run(_knock(address))).result()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of Dask's own parts mostly agree
            return Client(address, timeout=_ANSWER_S, set_as_default=False)
    except OSError:
        told = "no Dask scheduler answers there; start one with `dask scheduler`, which prints its address"
        raise WorldError(f"{address}: {told}") from None
    except (ValueError, TypeError) as error:
        told = f"is no address of a Dask scheduler, such as tcp://10.0.0.1:8786: {error}"
        raise InputError(f"{address or 'an empty text'}: {told}") from None


async def _knock(address: str) -> None:
    """See whether a scheduler is there: a `Client` that found something else would go on asking it for ever."""
    trusted = Security().get_connection_args("client")
    async with asyncio.timeout(_ANSWER_S):
        (await connect(address, timeout=_ANSWER_S, **trusted)).abort()


def _told(version: Any, form: Any) -> str:  # noqa: ANN401 - what came over the wire
    """Tell which version of the package somebody has; nothing of a worker that has gone meanwhile."""
    if isinstance(version, OSError) or isinstance(form, OSError):
        return ""
    if isinstance(version, Exception):
        return f"no such package ({version})"
    return f"version {version} ({form})" if isinstance(form, Exception) else f"version {version} with format {form}"


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what Dask logs off the terminal: what matters of it is told by our own errors."""
    spoken = [logging.getLogger(name) for name in [*logging.root.manager.loggerDict] if name.split(".")[0] in _TALKERS]
    before = [one.disabled for one in spoken]
    for one in spoken:
        one.disabled = True
    try:
        yield
    finally:
        for one, was in zip(spoken, before, strict=True):
            one.disabled = was
