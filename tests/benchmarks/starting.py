"""S8 and S9: commands in a fresh process against importing the libraries that they cannot do without."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.benchmarks import fixtures
from tests.benchmarks.measure import Row, child_cpu_seconds, compiled, in_turn, noise, ratios, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

REPEATS = 9
_HELP_GOAL, _HELP_SECONDS_GOAL, _RUN_GOAL = 1.5, 0.3, 4.0
_BOEF = ["-c", "from cli import app; app()"]


def rows() -> Iterator[Row]:
    """Measure."""
    yield _compared("S8", ["--help"], "import typer", _HELP_GOAL)
    yield _help_seconds()
    run = ["run", "--json", "--map", str(fixtures.SHIPPED)]
    yield _compared("S9", run, "import numpy, simpy", _RUN_GOAL)


def _compared(name: str, command: list[str], imports: str, goal: float) -> Row:
    ours, theirs = in_turn(
        lambda: child_cpu_seconds([*_BOEF, *command], fixtures.ROOT),
        lambda: child_cpu_seconds(["-c", imports], fixtures.ROOT),
        REPEATS,
    )
    note = f"{1e3 * spread(ours).median:.0f} ms : {1e3 * spread(theirs).median:.0f} ms"
    measure = f'boef {" ".join(command[:2])} against python -c "{imports}"'
    return Row(name, measure, ratios(ours, theirs), "x", goal, at_least=False, noise=noise(ours, theirs), note=note)


def _help_seconds() -> Row:
    """Time what a user waits for: by the clock, and the shortest wait, since other work on the machine only adds."""
    waits = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, *_BOEF, "--help"], cwd=fixtures.ROOT, check=True, stdout=subprocess.DEVNULL, env=compiled()
        )
        waits.append(time.perf_counter() - begin)
    figure = spread(waits)._replace(median=min(waits))
    measure = "boef --help by the clock, shortest"
    return Row("S8", measure, figure, "s", _HELP_SECONDS_GOAL, at_least=False, noise=noise(waits))
