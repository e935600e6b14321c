"""Formulas for solving small worlds by hand: only `math`, and the keyed draws, which are data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from simulation.draws import combine_one, stream_key, text_key, uniform

_NORMAL = NormalDist()


def micros(seconds: float) -> float:
    """Round to whole microseconds, as drawn and solved times are."""
    return round(seconds * 1e6) / 1e6


def resident(key: str, number: int = 1) -> int:
    """Give the key of the draws of a member of a household, counted from 1."""
    return combine_one(text_key(key), number - 1)


def pair(person: int, suspect: str = "suspect-1") -> int:
    """Give the key of the draws of a person and a suspect."""
    return combine_one(person, text_key(suspect))


def threshold(seed: int, pair_key: int, looks: int) -> float:
    """Draw how much hazard the look after so many looks takes."""
    return -math.log(uniform(stream_key(seed, "look"), pair_key, looks))


def misses(seed: int, pair_key: int, element: str, looks: int) -> float:
    """Draw the number below which clearness must not stay for an element to be perceived."""
    return uniform(stream_key(seed, "perceive"), combine_one(pair_key, text_key(element)), looks)


def notice_rate(p_notice: float, half_m: float, reach_m: float) -> float:
    """Give λ0 from the chance to notice somebody on a straight pass at 2 m and 1.34 m/s."""
    root = math.hypot(half_m, 2.0)
    exposure = 2.0 * half_m**2 / (1.34 * root) * math.atan(math.sqrt(reach_m**2 - 4.0) / root)
    return -math.log(1.0 - p_notice) / exposure


@dataclass(frozen=True)
class Pass:
    """Somebody passes an observer in a straight line.

    Parameters
    ----------
    nearest_m, at_s
        Least distance, metres, and when.
    speed
        Relative speed, metres per second.
    begin, end
        Seconds between which both walk straight on.
    """

    nearest_m: float
    at_s: float
    speed: float
    begin: float
    end: float

    def within(self, reach_m: float) -> tuple[float, float]:
        """Give the seconds between which he is within reach."""
        half = math.sqrt(reach_m**2 - self.nearest_m**2) / self.speed
        return max(self.begin, self.at_s - half), min(self.end, self.at_s + half)

    def distance(self, time: float) -> float:
        return math.hypot(self.nearest_m, self.speed * (time - self.at_s))

    def angle(self, time: float, half_m: float) -> float:
        return math.atan(self.speed * (time - self.at_s) / math.hypot(half_m, self.nearest_m))

    def hazard(self, span: tuple[float, float], rate: float, half_m: float) -> float:
        """Integrate rate h² / (h² + d²) over a span of time."""
        swept = self.angle(span[1], half_m) - self.angle(span[0], half_m)
        return rate * half_m**2 / (self.speed * math.hypot(half_m, self.nearest_m)) * swept

    def moment(self, begin: float, amount: float, rate: float, half_m: float) -> float:
        """Give when the hazard summed from `begin` reaches an amount, if it goes on."""
        root = math.hypot(half_m, self.nearest_m)
        angle = self.angle(begin, half_m) + amount * self.speed * root / (rate * half_m**2)
        return self.at_s + root / self.speed * math.tan(angle)


def phone_checks(seed: int, person: int, median_s: float, sigma: float, until: float, purpose: str = "check") -> list[float]:
    """Draw when somebody looks at his phone: the first check from the delay, the others from the gaps.

    Below z the delay has an even density that meets the lognormal one there, and a gap is longer than x with the chance
    exp(-(y + σ)² / 2 + (z + σ)² / 2), y being the normal score of x.
    """
    low, high = -sigma, 8.0
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _NORMAL.cdf(middle) * sigma < _NORMAL.pdf(middle) else (low, middle)
    score, share = round(low, 8), round(_NORMAL.cdf(round(low, 8)), 10)
    stream, turn = stream_key(seed, purpose), median_s * math.exp(sigma * score)
    first = _nth(stream, person, 0)
    delay = first * turn / share if first < share else median_s * math.exp(sigma * _NORMAL.inv_cdf(first))
    moments = [micros(delay)]
    while moments[-1] <= until:
        longer = _nth(stream, person, len(moments))
        root = math.sqrt((score + sigma) ** 2 - 2.0 * math.log(longer))
        moments.append(moments[-1] + median_s * math.exp(sigma * (root - sigma)))
    return [micros(moment) for moment in moments]


def chatter(seed: int, person: int, per_hour: float, until: float) -> list[float]:
    """Draw when a member chats in a group that has so many messages an hour if it has a hundred members."""
    moments, passed = list[float](), 0.0
    while True:
        passed -= math.log(uniform(stream_key(seed, "chatter"), person, len(moments))) * 3600.0 * 100.0 / per_hour
        if passed >= until:
            return moments
        moments.append(micros(passed))


def tolerance(seed: int, person: int, median: float, sigma: float) -> float:
    """Draw how many messages within an hour somebody bears."""
    return median * math.exp(sigma * _NORMAL.inv_cdf(uniform(stream_key(seed, "tolerance"), person)))


def _nth(stream: int, person: int, n: int) -> float:
    return uniform(combine_one(stream, person), n)
