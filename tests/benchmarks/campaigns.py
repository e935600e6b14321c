"""S5: a campaign against one evening in Mesa. S10: two workers against one. And how many evenings a core plays in a second."""

from __future__ import annotations

import os
import shutil
import time
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.experiments.campaign import Campaign
from simulation.experiments.compare import executor_of
from simulation.experiments.results import open_folder
from simulation.maps.pinned import read_map
from simulation.scenario import DEFAULT_SCENARIO, load_scenario
from simulation.scenario.layout import PUBLIC_PAGE
from tests.benchmarks import fixtures, peer_mesa, rules
from tests.benchmarks.measure import Row, cpu_seconds, noise, ratios, spread
from tests.benchmarks.streets import Neighbourhood
from tests.experiments.played import RATE, design_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

SIX: Final = ("none", "single-group", "separate-groups", "zoomwijck", "administrators-group", "bridging-coordinators")
FOUR: Final = ("none", "single-group", "separate-groups", "zoomwijck")
WORKERS: Final = 2
WHOLE: Final = 1_000
"""Worlds of the campaign of S5."""
FEW, MORE, REPEATS = 12, 108, 3
"""Worlds that are played for it: as many tasks for one worker as for the other."""
SERIAL_WORLDS, SERIAL_REPEATS, SERIAL_S = 360, 2, 60.0
WORLDS = 12
EXTRACTS: Final = ("kampen-bloemkoolwijk", "kampen-naoorlogs")
_MESA_GOAL, _WORKERS_GOAL = 10.0, 1.7


def rows() -> Iterator[Row]:
    """Measure."""
    street_map = fixtures.shipped()
    minimal = _under(SIX, rules.evening(RATE))
    yield _against_mesa(minimal, street_map)
    yield _two_workers(minimal, street_map)
    yield _throughput("shipped map", street_map)
    for name in EXTRACTS:
        source = fixtures.extract(name)
        if source is None:
            yield Row("", f"evenings of a campaign on {name}", None, note="skipped: ../shared/maps has no such extract")
        else:
            yield _throughput(name, read_map(fixtures.pinned(source)))


def _under(structures: Sequence[str], scenario: Scenario) -> dict[str, Scenario]:
    """Give an evening under several structures, the organisers telling their news on the public page."""
    equal = scenario.model_copy(update={"outlet": PUBLIC_PAGE})
    return {structure: equal.with_structure(structure) for structure in structures}


def _played(scenarios: dict[str, Scenario], street_map: StreetMap, seeds: range, workers: int) -> pa.Table:
    """Play a campaign as `boef compare` does, its rows kept in a folder."""
    design, folder = design_of(scenarios, street_map, seeds.start), fixtures.workshop() / "campaign"
    shutil.rmtree(folder, ignore_errors=True)
    store = open_folder(folder, design)
    return Campaign(design, executor_of(design, street_map, workers), store).play(len(seeds))


class Taken(NamedTuple):
    """Seconds that some work takes: by the clock, and of processor time, that of processes which it started included."""

    clock: float
    cpu: float


def _taken(work: Callable[[], object]) -> Taken:
    begin, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return Taken(time.perf_counter() - begin, sum(after[:4]) - sum(before[:4]))


def _against_mesa(scenarios: dict[str, Scenario], street_map: StreetMap) -> Row:
    """Time two campaigns, one of few worlds: the further worlds of the other tell what each of a thousand takes."""
    place, first, seeds = Neighbourhood(street_map), count(step=MORE), count()

    def campaign(worlds: int) -> Taken:
        begin = next(first)
        return _taken(lambda: _played(scenarios, street_map, range(begin, begin + worlds), WORKERS))

    def whole() -> Taken:
        few, more = campaign(FEW), campaign(MORE)
        return Taken(*(one + (many - one) / (MORE - FEW) * (WHOLE - FEW) for one, many in zip(few, more, strict=True)))

    def mesa() -> Taken:
        return _taken(lambda: peer_mesa.play(place, RATE, next(seeds)))

    mesa()
    ours, theirs = zip(*((whole(), mesa()) for _ in range(REPEATS)), strict=True)
    by_clock, by_cpu = (([one[way] for one in ours], [one[way] for one in theirs]) for way in range(len(Taken._fields)))
    shared = [one / WORKERS for one in by_cpu[0]]
    note = (
        f"{spread(by_clock[0]).median:.0f} s : {spread(by_clock[1]).median:.2f} s by the clock, starting included, reckoned "
        f"from {FEW} and {MORE} worlds; {ratios(shared, by_cpu[1]).median:.0f} x if only CPU time counts, "
        f"{spread(shared).median:.0f} s of each worker : {spread(by_cpu[1]).median:.2f} s"
    )
    measure = f"campaign of {WHOLE:,} worlds x {len(SIX)} structures, {WORKERS} workers, against one evening in Mesa"
    return Row("S5", measure, ratios(*by_clock), "x", _MESA_GOAL, at_least=False, noise=noise(*by_clock), note=note)


def _two_workers(scenarios: dict[str, Scenario], street_map: StreetMap) -> Row:
    """Time the same campaign with one worker and with two, and compare what they found."""
    tables: list[pa.Table] = []

    def times(number: int, workers: int) -> Taken:
        seeds = range(number * SERIAL_WORLDS, (number + 1) * SERIAL_WORLDS)
        return _taken(lambda: tables.append(_played(scenarios, street_map, seeds, workers)))

    rounds = [(times(number, 1), times(number, WORKERS)) for number in range(SERIAL_REPEATS)]
    alone, together = ([one.clock for one in side] for side in zip(*rounds, strict=True))
    same = all(one.equals(two) for one, two in zip(tables[::2], tables[1::2], strict=True))
    short = "" if min(alone) >= SERIAL_S else f" (LESS THAN {SERIAL_S:.0f} s)"
    cpu = [spread([one.cpu for one in side]).median for side in zip(*rounds, strict=True)]
    note = (
        f"{spread(alone).median:.0f} s{short} : {spread(together).median:.0f} s by the clock, starting included; CPU time "
        f"{cpu[0]:.0f} s : {cpu[1]:.0f} s; {sum(map(len, tables[::2])):,} rows {'the same' if same else 'NOT THE SAME'}"
    )
    measure = f"campaign with one worker against {WORKERS}"
    return Row("S10", measure, ratios(alone, together), goal=_WORKERS_GOAL, noise=noise(alone, together), note=note)


def _throughput(name: str, street_map: StreetMap) -> Row:
    """Time a campaign of the full shipped evening in this process."""
    scenarios = _under(FOUR, load_scenario(DEFAULT_SCENARIO).scenario)
    starts = range(0, (REPEATS + 1) * WORLDS, WORLDS)
    seconds = [
        cpu_seconds(lambda: _played(scenarios, street_map, range(begin, begin + WORLDS), 1))  # noqa: B023 - called here
        for begin in starts
    ][1:]
    evenings = WORLDS * len(FOUR)
    figure = spread([evenings / one for one in seconds])
    note = f"full shipped evening under {', '.join(FOUR)}; {1e3 * spread(seconds).median / evenings:.0f} ms each"
    return Row("", f"evenings of a campaign per second and core, {name}", figure, "", noise=noise(seconds), note=note)
