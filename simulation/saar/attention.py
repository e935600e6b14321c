"""Attention: what makes an observer look, and when he looks next; `simulation.saar.spot` finds that for many at once."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.saar.spot import Chance


class Attention:
    """What makes an observer look: since when he knows a description, and when he is alerted.

    Parameters
    ----------
    described_from
        Seconds from which he knows any element of the description; infinite where he never does.
    alerted
        Spans of time, seconds, in which he looks out more; rising, overlaps allowed.
    alarms
        How many alarms of the evening are among these spans.
    share_when_alerted
        Factor on the hazard while he is alerted and would otherwise not look.
    """

    __slots__ = ("alarms", "alerted", "described_from", "share_when_alerted")

    def __init__(self, described_from: float, share_when_alerted: float) -> None:
        self.described_from = described_from
        self.alerted: list[tuple[float, float]] = []
        self.alarms = 0
        self.share_when_alerted = share_when_alerted

    def alert(self, begin: float, end: float) -> None:
        """Look out more between two moments, seconds."""
        for number, (low, high) in enumerate(self.alerted):
            if low <= begin <= high:
                self.alerted[number] = (low, max(high, end))
                return
        insort(self.alerted, (begin, end))

    def parts(self, chance: Chance, begin: float) -> list[tuple[float, float, float]]:
        """Cut the rest of a stretch into `(from, to, factor)` with constant attention, leaving out what has none."""
        begin = max(begin, chance.start if chance.in_act else max(chance.start, self.described_from))
        if begin >= chance.stop:
            return []
        if chance.looking:
            return [(begin, chance.stop, 1.0)]
        parts = []
        for low, high in self.alerted:
            low, high = max(low, begin), min(high, chance.stop)  # noqa: PLW2901 - clipped to the stretch
            if high > low:
                parts.append((low, high, self.share_when_alerted))
                begin = high
        return parts


def next_look(stretches: Sequence[Chance], attention: Attention, since: float, threshold: float) -> float:
    """Find when the summed hazard since a moment reaches the threshold; infinite where it never does.

    Examples
    --------
    >>> from simulation.saar.spot import Chance
    >>> standing = Chance(0.0, 100.0, 0.0, 0.0, 40.0, 16.0, 1.0, True, False)
    >>> next_look([standing], Attention(0.0, 0.0), 10.0, 0.5)
    60.0
    """
    left = threshold
    for chance in stretches:
        if chance.stop <= since:
            continue
        for begin, end, factor in attention.parts(chance, since):
            total = factor * chance.hazard(begin, end)
            if total > left:
                return chance.moment(begin, left / factor)
            left -= total
    return float("inf")
