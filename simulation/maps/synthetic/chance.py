"""Keyed chance for made neighbourhoods: every purpose draws from its own numbers, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from simulation.draws import combine_one, stream_key, uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = TypeVar("Item")


class Chance:
    """A stream of random numbers that belongs to one purpose at one place; each draw counts on.

    Parameters
    ----------
    seed
        Seed of the neighbourhood.
    purpose
        What the numbers are for.
    *place
        Whole numbers that tell equal purposes apart, for example column and row.
    """

    def __init__(self, seed: int, purpose: str, *place: int) -> None:
        self._stream = stream_key(seed, f"synthetic map, {purpose}")
        self._place = 0
        for number in place:
            self._place = combine_one(self._place, number)
        self._count = 0

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Draw a number between `low` and `high`."""
        self._count += 1
        return low + (high - low) * uniform(self._stream, self._place, self._count)

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return low + min(int(self.uniform() * (high - low + 1)), high - low)

    def happens(self, share: float) -> bool:
        """Say yes in `share` of the draws."""
        return self.uniform() < share

    def pick(self, items: Sequence[Item]) -> Item:
        """Draw one of the items."""
        return items[self.integer(0, len(items) - 1)]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Give the items in a random order."""
        rest = list(items)
        return [rest.pop(self.integer(0, len(rest) - 1)) for _ in items]
