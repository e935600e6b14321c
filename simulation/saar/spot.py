"""Spotting: noticing as a hazard in continuous time, and recognising by known elements.

An observer with eyes on the street notices a suspect in view at the rate `λ0 · f(distance) · conspicuousness`, with `f(d) =
h² / (h² + d²)` and `h` the registry's `d_half_m`. `λ0` is such that a straight pass at 2 m and 1.34 m/s is noticed with
chance `p_notice_walker`. The looks of one observer at one suspect form a Poisson process with unit rate on the clock of the
summed hazard (random time change: Gibson & Bruck 2000, doi:10.1021/jp993732q; Anderson 2007, doi:10.1063/1.2799998): when
attention changes, the rest of the threshold is consumed faster or slower, and nothing is drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from math import inf, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import combine
from simulation.elementary import PI, atan, log, tan
from simulation.people.rows import expand, in_order_of_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.saar.views import Views

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

_PASS_M, _PASS_MPS = 2.0, 1.34
_MARGIN_S = 1e-3
_STEEPEST = PI / 2.0 - 1e-9
"""An angle beyond which only rounding can go."""
_STRETCHES = 16
"""How many stretches of each pair are gone through at a time."""
_OWNER_S = 1e6
"""Spacing of people on the common time axis that is used for searching only, seconds."""


def distance_factor(distance_m: float, half_m: float) -> float:
    """Give how well somebody is noticed, and an element perceived, at a distance, against nearby.

    One half at `half_m`: Nyman et al. 2019 found recognition at 40 m to be half of that at 5 m.
    """
    return half_m * half_m / (half_m * half_m + distance_m * distance_m)


def noticing_rate(parameters: Mapping[str, float]) -> float:
    """Give λ0, per second: the rate at which somebody right beside an attentive observer is noticed.

    Examples
    --------
    >>> round(noticing_rate({"d_half_m": 40.0, "d_max_m": 100.0, "p_notice_walker": 0.5}), 5)
    0.00977
    """
    half, reach = parameters["d_half_m"], parameters["d_max_m"]
    scale, far = sqrt(half * half + _PASS_M * _PASS_M), sqrt(reach * reach - _PASS_M * _PASS_M)
    seconds = half * half / (_PASS_MPS * scale) * 2.0 * atan(far / scale)
    return -log(1.0 - parameters["p_notice_walker"]) / seconds


class Chance(NamedTuple):
    """One stretch of hazard: the integral from `a` to `b` is `rate / (pace · scale) · [atan(pace (t - closest) / scale)]`.

    At rest (`pace` 0) the hazard is `rate / scale²`.
    """

    start: float
    stop: float
    closest: float
    pace: float
    scale: float
    rate: float
    total: float
    looking: bool
    in_act: bool
    indoors: bool = False

    def part(self, start: float, stop: float) -> Chance:
        """Give the part between two moments, seconds."""
        if start == self.start and stop == self.stop:
            return self
        return self._replace(start=start, stop=stop, total=self.hazard(start, stop))

    def hazard(self, begin: float, end: float) -> float:
        """Integrate the hazard between two moments, seconds; `total` is the integral over the whole stretch."""
        if begin == self.start and end == self.stop:
            return self.total
        if self.pace == 0.0:
            return self.rate * (end - begin) / (self.scale * self.scale)
        steep = self.pace / self.scale
        return (
            self.rate / (self.pace * self.scale) * (atan(steep * (end - self.closest)) - atan(steep * (begin - self.closest)))
        )

    def distance(self, time: float, half_m: float) -> float:
        """Give the distance at a moment, metres; `half_m` as in `distance_factor`."""
        beside, along = self.scale * self.scale - half_m * half_m, self.pace * (time - self.closest)
        return sqrt(max(beside, 0.0) + along * along)

    def moment(self, begin: float, amount: float) -> float:
        """Give the moment at which the integral from `begin` reaches an amount, seconds."""
        if self.pace == 0.0:
            return begin + amount * self.scale * self.scale / self.rate
        angle = atan(self.pace / self.scale * (begin - self.closest)) + amount * self.pace * self.scale / self.rate
        return self.closest + self.scale / self.pace * tan(min(angle, _STEEPEST))


@dataclass(frozen=True, eq=False)
class Chances:
    """Stretches of hazard of many pairs; the columns of `Chance`, sorted by pair and time.

    Parameters
    ----------
    observer, suspect
        (Q,) of each pair: index of the person, number of the suspect over all worlds.
    of_pair
        (Q + 1,) the stretches of pair q are `of_pair[q]:of_pair[q + 1]`.
    """

    observer: Indices
    suspect: Indices
    of_pair: Indices
    start: Floats
    stop: Floats
    closest: Floats
    pace: Floats
    scale: Floats
    rate: Floats
    total: Floats
    looking: Flags
    in_act: Flags
    indoors: Flags

    def of(self, pair: int, since: float = -inf, until: float = inf) -> list[Chance]:
        """Give the stretches of one pair that overlap a span of time, seconds."""
        part = self._during(pair, since, until)
        columns = (getattr(self, name)[part].tolist() for name in _COLUMNS)
        return list(map(Chance, *columns))

    def _during(self, pair: int, since: float, until: float) -> slice:
        first, last = self.of_pair.item(pair), self.of_pair.item(pair + 1)
        begin = int(self.stop[first:last].searchsorted(since, side="right"))
        return slice(first + begin, first + max(int(self.start[first:last].searchsorted(until)), begin))

    def most(self, pair: int, span: tuple[float, float], *, alerted: bool) -> float:
        """Give what the hazard of a pair adds up to between two moments, seconds, at most.

        Unless alerted, only what lies where one looks out anyway.
        """
        part, summed = self._during(pair, *span), self._summed[int(alerted)]
        return summed.item(part.stop) - summed.item(part.start)

    @cached_property
    def _summed(self) -> tuple[Floats, Floats]:
        """(K + 1,) hazard of the stretches before each in which one looks out anyway, and (K + 1,) of all."""
        watched = np.where(self.looking, self.total, 0.0)
        return np.concatenate([[0.0], np.cumsum(watched)]), np.concatenate([[0.0], np.cumsum(self.total)])


_COLUMNS = tuple(field.name for field in fields(Chances))[3:]


class Part(NamedTuple):
    """Part of the hazard of a pair in a table: what lies between two moments, or of that only what is seen from home.

    Parameters
    ----------
    table, row
        The table, and the row of the pair in it.
    begin, end
        Seconds.
    indoors
        Whether only what is seen from home counts.
    """

    table: Chances
    row: int
    begin: float = -inf
    end: float = inf
    indoors: bool = False

    def stretches(self, since: float, until: float = inf) -> list[Chance]:
        """Give the stretches that overlap a span of time, seconds."""
        return [
            chance.part(max(chance.start, self.begin), min(chance.stop, self.end))
            for chance in self.table.of(self.row, max(since, self.begin), min(until, self.end))
            if chance.indoors or not self.indoors
        ]


def chances(
    views: Views,
    looking: Flags,
    suspect: Indices,
    seen: tuple[Floats, Floats],
    parameters: Mapping[str, float],
    *,
    from_home: int = 0,
) -> Chances:
    """Turn views into hazard.

    Parameters
    ----------
    views
        Any number of views.
    looking
        (V,) whether the observer has eyes on the street anyway, or only when alerted.
    suspect
        (V,) number of the suspect of each view.
    seen
        (V,) factor of what he does, above 0 during an act, negative for none: then the factor is 1; and (V,) of the light, and
        of who looks.
    parameters
        Values of the registry.
    from_home
        How many of the views, the first ones, are from home.
    """
    pair = views.observer * (suspect.max(initial=0) + 1) + suspect
    order = in_order_of_time(pair, views.start)
    pair = pair[order]
    first = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]])[: len(pair)])
    half = parameters["d_half_m"]
    factor, light = seen[0][order], seen[1][order]
    columns = (
        views.start[order],
        views.stop[order],
        views.closest[order],
        views.pace[order],
        np.sqrt(half * half + views.nearest2[order]),
        noticing_rate(parameters) * half * half * np.where(factor < 0.0, 1.0, factor) * light,
    )
    return Chances(
        views.observer[order[first]],
        suspect[order[first]],
        np.append(first, len(order)),
        *columns,
        total=_totals(*columns),
        looking=looking[order],
        in_act=factor >= 0.0,
        indoors=order < from_home,
    )


def split_by_looking(views: Views, row: Indices, looking: Flags, switches: Floats) -> tuple[Views, Flags]:
    """Cut views at the moments at which observers start or stop looking out.

    Parameters
    ----------
    views
        Views from homes.
    row
        (V,) row of each observer in the two tables below.
    looking, switches
        From `simulation.people.watching.watch_switches`.
    """
    columns = switches.shape[1]
    axis = (np.minimum(switches, _OWNER_S / 2.0) + np.arange(len(switches))[:, np.newaxis] * _OWNER_S).ravel()
    begin = np.searchsorted(axis, views.start + row * _OWNER_S - _MARGIN_S) - row * columns
    end = np.searchsorted(axis, views.stop + row * _OWNER_S + _MARGIN_S) - row * columns
    source, number = expand(end - begin + 1)
    nth = begin[source] + number
    edges = np.concatenate([np.full((len(switches), 1), -np.inf), switches, np.full((len(switches), 1), np.inf)], axis=1)
    of_row = row[source]
    parts = views.take(source)
    start = np.maximum(parts.start, edges[of_row, nth])
    stop = np.minimum(parts.stop, edges[of_row, nth + 1])
    kept = np.flatnonzero(stop > start)
    parts = type(views)(parts.observer, parts.leg, start, stop, parts.nearest2, parts.pace, parts.closest).take(kept)
    return parts, (looking[of_row] ^ (nth % 2 == 1))[kept]


def first_looks(
    table: Chances, pairs: Indices, thresholds: Floats, described_from: Floats, alerted: tuple[Floats, Floats, Floats]
) -> Floats:
    """Find the first look of many pairs at once; `next_look` does the same for one, at any later stage.

    Parameters
    ----------
    table
        Stretches of hazard.
    pairs, thresholds
        (R,) rows of the pairs, and the unit-exponential amounts of hazard that their looks take.
    described_from
        (R,) seconds from which each observer knows any element of the description.
    alerted
        (R,) and (R,) seconds between which each observer looks out more, and (R,) the factor on the hazard while he does.

    Returns
    -------
    (R,) the moment of each look, seconds, or infinity.
    """
    counts = table.of_pair[pairs + 1] - table.of_pair[pairs]
    row, number = expand(counts)
    which = table.of_pair[pairs][row] + number
    start, looking = table.start[which], table.looking[which]
    start = np.where(table.in_act[which], start, np.maximum(start, described_from[row]))
    begin = np.where(looking, start, np.maximum(start, alerted[0][row]))
    end = np.where(looking, table.stop[which], np.minimum(table.stop[which], alerted[1][row]))
    factor = np.where(looking, 1.0, alerted[2][row])
    amount = factor * _amounts(table, which, begin, end)
    hit, left = _crossings(amount, np.cumsum(counts) - counts, counts, thresholds)
    times, crossed = np.full(len(pairs), np.inf), np.flatnonzero(hit >= 0)
    at = hit[crossed]
    times[crossed] = _moments(table, which[at], begin[at], left[crossed] / factor[at])
    return times


def _amounts(table: Chances, which: Indices, begin: Floats, end: Floats) -> Floats:
    """Integrate the hazard over parts of stretches."""
    amounts = np.where(end > begin, table.total[which], 0.0)
    cut = np.flatnonzero((end > begin) & ((begin > table.start[which]) | (end < table.stop[which])))
    if len(cut):
        closest, pace, scale, rate = (column[which[cut]] for column in (table.closest, table.pace, table.scale, table.rate))
        amounts[cut] = _totals(begin[cut], end[cut], closest, pace, scale, rate)
    return amounts


def _crossings(amounts: Floats, first: Indices, counts: Indices, thresholds: Floats) -> tuple[Indices, Floats]:
    """Find in which stretch of each pair the summed hazard reaches the threshold, or -1, and what is then left of it.

    Sums run within each pair alone, so that they do not depend on which pairs are computed beside it.
    """
    left, hit = thresholds.copy(), np.full(len(thresholds), -1)
    active, done = np.flatnonzero(counts > 0), 0
    while len(active):
        here = first[active, np.newaxis] + np.arange(done, done + _STRETCHES)
        beyond = here >= (first + counts)[active, np.newaxis]
        amount = np.where(beyond, 0.0, amounts[np.where(beyond, 0, here)])
        room = np.subtract.accumulate(np.concatenate([left[active, np.newaxis], amount], axis=1), axis=1)
        crossed = amount > room[:, :-1]
        where, rows = crossed.argmax(axis=1), np.arange(len(active))
        crosses = crossed[rows, where]
        hit[active] = np.where(crosses, here[rows, where], -1)
        left[active] = np.where(crosses, room[rows, where], room[:, -1])
        done += _STRETCHES
        active = active[~crosses & (counts[active] > done)]
    return hit, left


def _totals(start: Floats, stop: Floats, closest: Floats, pace: Floats, scale: Floats, rate: Floats) -> Floats:
    """Integrate the hazard over whole stretches, as `Chance.hazard` does over part of one."""
    rest = pace == 0.0
    steep = np.where(rest, 1.0, pace) / scale
    angles = atan(steep * (np.stack([start, stop]) - closest))
    moving = rate / (np.where(rest, 1.0, pace) * scale) * (angles[1] - angles[0])
    return np.where(rest, rate * (stop - start) / (scale * scale), moving)


def _moments(table: Chances, which: Indices, begin: Floats, amount: Floats) -> Floats:
    """Give when the hazard from each begin reaches an amount, as `Chance.moment` does."""
    scale, rate, closest = (column[which] for column in (table.scale, table.rate, table.closest))
    rest = table.pace[which] == 0.0
    pace = np.where(rest, 1.0, table.pace[which])
    angle = atan(pace / scale * (begin - closest)) + amount * pace * scale / rate
    moving = closest + scale / pace * tan(np.minimum(np.where(rest, 0.0, angle), _STEEPEST))
    return np.where(rest, begin + amount * scale * scale / rate, moving)


def pair_keys(who: Keys, suspect: Keys) -> Keys:
    """Give the key of each pair of observer and suspect."""
    return combine(who, suspect)
