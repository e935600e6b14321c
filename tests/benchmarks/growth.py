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
    from collections.abc import Callable, Iterator

REPEATS = 3
SIZES = (500, 5_000, 50_000)
BATCHES = (20, 4, 1)
HOUSEHOLD = 5
MESSAGES = 20
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


def _rounds(sides: list[Callable[[int], float]]) -> list[list[float]]:
    """Time all sides in turn, after one round that does not count."""
    return [[side(number) for side in sides] for number in range(REPEATS + 1)][1:]


def _seconds(scenario: rules.Scenario, network: Network, batch: int, number: int) -> float:
    return cpu_seconds(lambda: play_batch(scenario, network, range(number * batch, (number + 1) * batch))) / batch


def _milliseconds(columns: list[list[float]]) -> str:
    return " : ".join(f"{1e3 * spread(column).median:.1f} ms" for column in columns)


def _entries() -> Row:
    """Count the entries beyond those of an evening without messages from the organiser, per resident, and all of them."""
    network = Network(fixtures.shipped())
    told, all_of_it = ([], [])
    for seed in range(10):
        with_hints, without = (entries(rules.evening(_RATE, hints=hints), network, seed) for hints in (MESSAGES, 0))
        all_of_it.append(with_hints / rules.RESIDENTS)
        told.append((with_hints - without) / rules.RESIDENTS)
    note = f"of which {spread(told).median:.2f} because of the messages"
    measure = f"agenda entries per resident, {MESSAGES} messages to everybody"
    return Row("S3", measure, spread(all_of_it), "", _ENTRIES_GOAL, at_least=False, note=note)
