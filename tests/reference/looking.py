"""Looking out: noticing somebody in the street with the chance of one tick, and taking him for the suspect or not."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.reference.evenings import Seen
from tests.reference.figures import SAME, SIMILAR
from tests.reference.responding import Responding

Array = np.ndarray[Any, np.dtype[Any]]


class Looking(Responding):
    """Evenings in which people look who passes."""

    def _look_out(self, tick: int) -> None:
        time = self.middles[tick]
        switched = self.next_switch <= time
        if switched.any():
            self.watching ^= switched
            self.next_switch += self._spells(switched)
        acting = self.acting_until[:, tick] > time
        world, person = np.nonzero(self.known.any(axis=2) | self.strikes | acting[:, None])
        eyes = self._attention(world, person, self.station[tick, world, person], time)
        world, person, eyes = (part[eyes > 0.0] for part in (world, person, eyes))
        station = self.station[tick, world, person]
        rate = self.rate[station[:, None], self.figures.at[tick, world]]
        row, slot = np.nonzero(rate)
        rate, world, person = rate[row, slot] * eyes[row], world[row], person[row]
        number = self.figures.who[tick, world, slot]
        rate = self._striking((world, person, number), acting, rate * np.where(number == 0, self.factor[world, tick], 1.0))
        ready = self.cool_until[world, person, number] <= time
        hit = self.rng.random(len(rate)) < -np.expm1(-rate * self.light[tick] * ready * self.tick)
        pairs = (world[hit], person[hit], number[hit])
        clear = self.clear[station[row[hit]], self.figures.at[tick, world[hit], slot[hit]]]
        sharp, taken = self._recognise(pairs, self.light[tick] * clear)
        shows = (pairs[2] == 0) & (acting[pairs[0]] | self.strikes[pairs[0], pairs[1]])
        for nth in np.flatnonzero(taken | shows):
            self._notice(tick, tuple(int(part[nth]) for part in pairs), sharp[nth], taken=bool(taken[nth]))

    def _striking(self, pairs: tuple[Array, Array, Array], acting: Array, rate: Array) -> Array:
        """Let people notice whom they have heard anything about; who is at an act; and who seems out of place to them."""
        world, person, number = pairs
        shows = (number == 0) & (acting[world] | self.strikes[world, person])
        return np.where(self.known[world, person].any(axis=1) | shows, rate, 0.0)

    def _attention(self, world: Array, person: Array, station: Array, time: float) -> Array:
        """Give the share of his attention that somebody has for the street, at a station there or at home."""
        share = self.watch_share[world, person]
        extra = (np.minimum(self.values["alerted_watch_factor"] * share, 1.0) - share) / (1.0 - share)
        alerted = np.where(self.alerted_until[world, person] > time, extra, 0.0)
        return np.where(self.watching[world, person] | (station < len(self.ground.xy)), 1.0, alerted)

    def _recognise(self, pairs: tuple[Array, Array, Array], clear: Array) -> tuple[Array, Array]:
        """Tell which elements each observer makes out, and whether he takes whom he sees for the suspect."""
        world, person, number = pairs
        luck = self.rng.random((len(clear), len(self.names)))
        alike = self.rng.random(luck.shape) < self.values["perception_shared"]
        luck = np.where(alike, self.rng.random((len(clear), 1)), luck)
        sharp = luck < clear[:, None]
        likeness, known = self.alike[world, number], self.known[world, person]
        misled = ~sharp & (likeness == SIMILAR) & self.misled[world, person, number]
        fits = known.any(axis=1) & (~known | (sharp & (likeness == SAME)) | misled).all(axis=1)
        sex_told = known[:, np.array(self.names) == "sex"].any(axis=1)
        return sharp, fits & (sex_told | self.man[world, number] | ~self.seeks_man[world, person])

    def _notice(self, tick: int, pair: tuple[int, ...], sharp: Array, *, taken: bool) -> None:
        """Take somebody for the suspect, or merely for suspicious.

        Of an innocent one tells what one was told, of the suspect what one made out.
        """
        (world, person, number), time = pair, self.middles[tick]
        if self.places[world].over or self.figures.until[world, number] <= time:
            return
        self.counts["sightings"][world] += 1
        self.counts["seen_by_unit"][world] += self.crowd.unit[world, person]
        self.counts["mistaken"][world] += number > 0
        self.counts["neighbours"][world] += self.figures.resident[world, number] >= 0
        self.counts["first_sighting_s"][world] = min(time, self.counts["first_sighting_s"][world])
        self._turn_away(world, person, (number, tick), taken=taken)
        elements = self.known[world, person].copy() if number else sharp
        xy, heading = self._place_of(world, number, tick)
        self._respond(world, person, Seen(time, xy, heading, elements, self.rng.random(), number, taken))

    def _turn_away(self, world: int, person: int, what: tuple[int, int], *, taken: bool) -> None:
        """Look no more for a while at whom one has noticed."""
        number, tick = what
        until = self.acting_until[world, tick]
        if number == 0:
            self.strikes[world, person] = False
        if taken:
            self.cool_until[world, person, number] = self.middles[tick] + self.values["resight_s"]
        elif until > self.middles[tick]:
            self.counts["acts_seen"][world] += 1
            self.cool_until[world, person, number] = until
        else:
            self.counts["odd"][world] += 1
