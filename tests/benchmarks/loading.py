"""S7: loading a pinned map against OSMnx on its source. S11: importing a whole town, and sight lines."""

from __future__ import annotations

import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

from simulation.maps.osm import import_osm
from simulation.maps.pinned import read_map
from simulation.maps.sight import with_sight
from tests.benchmarks import fixtures
from tests.benchmarks.measure import Row, Spread, cpu_seconds, in_turn, noise, ratios, spread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOADS, REPEATS = 20, 3
_LOAD_GOAL, _SECONDS_GOAL, _MEGABYTES_GOAL = 300.0, 15.0, 1000.0
_MISSING = "skipped: ../shared/maps has no such extract"
_IMPORT = """
import sys, time
from pathlib import Path
begin = time.process_time()
from simulation.maps.osm import import_osm
street_map = import_osm(Path(sys.argv[1]))
seconds = time.process_time() - begin
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(seconds, int(peak.split()[1]) / 1e3, len(street_map.homes.key))
"""
"""The peak is read from Linux itself: `ru_maxrss` would hand down that of the process which starts this one."""


def rows() -> Iterator[Row]:
    """Measure."""
    small, town = fixtures.extract("kampen-bloemkoolwijk"), fixtures.extract("kampen-stad")
    yield _load(small) if small else Row("S7", "loading kampen-bloemkoolwijk", None, note=_MISSING)
    if town is None:
        yield Row("S11", "importing kampen-stad", None, note=_MISSING)
    else:
        yield from _import(town)
    yield _sight(small) if small else Row("S11", "sight lines of kampen-bloemkoolwijk", None, note=_MISSING)


def _load(source: Path) -> Row:
    import osmnx

    xml, path = fixtures.unpacked(source), fixtures.pinned(source)

    def theirs() -> float:
        return cpu_seconds(lambda: osmnx.project_graph(osmnx.graph_from_xml(xml)))

    def ours() -> float:
        return cpu_seconds(lambda: [read_map(path) for _ in range(LOADS)]) / LOADS

    slow, fast = in_turn(theirs, ours, REPEATS)
    note = f"{statistics.median(slow):.1f} s : {1e3 * statistics.median(fast):.1f} ms"
    measure = "loading kampen-bloemkoolwijk, pinned, against osmnx.graph_from_xml and project_graph"
    return Row("S7", measure, ratios(slow, fast), "x", _LOAD_GOAL, noise=noise(slow, fast), note=note)


def _import(town: Path) -> Iterator[Row]:
    """Import in a fresh process, so that its memory is its own."""
    arguments = [sys.executable, "-c", _IMPORT, str(town)]
    runs = [subprocess.run(arguments, cwd=fixtures.ROOT, check=True, capture_output=True, text=True) for _ in range(REPEATS)]
    seconds, megabytes, homes = ([float(run.stdout.split()[part]) for run in runs] for part in range(3))
    measure, note = "importing kampen-stad without sight lines", f"{homes[0]:,.0f} addresses"
    yield Row("S11", measure, spread(seconds), "s", _SECONDS_GOAL, at_least=False, noise=noise(seconds), note=note)
    yield Row("S11", f"{measure}, memory", spread(megabytes), "MB", _MEGABYTES_GOAL, at_least=False, noise=noise(megabytes))


def _sight(source: Path) -> Row:
    street_map = import_osm(source)
    seconds = [cpu_seconds(lambda: with_sight(street_map)) for _ in range(REPEATS)]
    measure = "sight lines of kampen-bloemkoolwijk"
    return Row("S11", measure, Spread(*spread(seconds)), "s", _SECONDS_GOAL, at_least=False, noise=noise(seconds))
