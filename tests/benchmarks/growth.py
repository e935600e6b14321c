"""S2: growth of the cost of an evening with the number of residents. S3: entries in the agenda when everybody is told much."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from simulation.people.network import Network
from tests.benchmarks import fixtures, rules
from tests.benchmarks.measure import Row, cpu_seconds, noise, spread
from tests.benchmarks.ours import entries, play_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from simulation.scenario.model import Scenario

REPEATS = 3
SIZES = (500, 5_000, 50_000)
BATCHES = (20, 4, 1)
HOUSEHOLD = 5
MESSAGES = 20
EVENINGS = 20
_GOAL, _ENTRIES_GOAL = 1.1, 1.0
_RATE = 0.004


def rows() -> Iterator[Row]:
    """Measure."""
    networks = [Network(fixtures.made(size // HOUSEHOLD, rules.SIGHT_M)) for size in SIZES]
    yield from _growth("at fixed density", networks, [_RATE] * len(SIZES))
    yield from _growth("on a fixed map", [networks[-1]] * len(SIZES), [_RATE * SIZES[-1] / size for size in SIZES])
    yield _entries()


def _growth(title: str, networks: list[Network], rates: list[float]) -> Iterator[Row]:
    """Time three sizes in turn; as many noticings in each, so that the number of messages does not grow with the residents."""
    sides = [
        partial(_seconds, rules.evening(rate, size, HOUSEHOLD), network, batch)
        for rate, size, network, batch in zip(rates, SIZES, networks, BATCHES, strict=True)
    ]
    rounds = _rounds(sides)
    for low, high in ((0, 1), (1, 2)):
        factor = math.log(SIZES[high] / SIZES[low])
        exponents = [math.log(seconds[high] / seconds[low]) / factor for seconds in rounds]
        columns = [[seconds[side] for seconds in rounds] for side in (low, high)]
        figure = spread(exponents)
        measure = f"growth exponent {SIZES[low]:,} to {SIZES[high]:,} residents, {title}"
        yield Row("S2", measure, figure, "", _GOAL, at_least=False, noise=noise(*columns), note=_milliseconds(columns))


def _rounds(sides: Sequence[Callable[[int], float]]) -> list[list[float]]:
    """Time all sides in turn, after one round that does not count."""
    return [[side(number) for side in sides] for number in range(REPEATS + 1)][1:]


def _seconds(scenario: Scenario, network: Network, batch: int, number: int) -> float:
    return cpu_seconds(lambda: play_batch(scenario, network, range(number * batch, (number + 1) * batch))) / batch


def _milliseconds(columns: list[list[float]]) -> str:
    return " : ".join(f"{1e3 * spread(column).median:.1f} ms" for column in columns)


def _entries() -> Row:
    """Count the entries of whole evenings in which the organiser sends the messages."""
    network, scenario = Network(fixtures.shipped()), rules.evening(_RATE, hints=MESSAGES)
    counts = [entries(scenario, network, seed) / rules.RESIDENTS for seed in range(EVENINGS)]
    note = f"a count; {EVENINGS} evenings of {rules.RESIDENTS}"
    measure = f"agenda entries per resident, {MESSAGES} messages to everybody"
    return Row("S3", measure, spread(counts), "", _ENTRIES_GOAL, at_least=False, note=note)
