"""Looking out: noticing somebody in the street with the chance of one tick, and taking him for a suspect or not."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.reference.evenings import Seen
from tests.reference.figures import SAME, SIMILAR
from tests.reference.responding import Responding

Array = np.ndarray[Any, np.dtype[Any]]

NOBODY = -1


class Looking(Responding):
    """Evenings in which people look who passes."""

    def _look_out(self, tick: int) -> None:
        time = self.middles[tick]
        switched = self.next_switch <= time
        if switched.any():
            self.watching ^= switched
            self.next_switch += self._spells(switched)
        acting = self.acting_until[:, :, tick] > time
        told, strikes = self._looked_for(), self.strikes | acting[:, None]
        world, person = np.nonzero(told.any(axis=2) | strikes.any(axis=2))
        eyes = self._attention(world, person, self.station[tick, world, person], time)
        world, person, eyes = (part[eyes > 0.0] for part in (world, person, eyes))
        station = self.station[tick, world, person]
        rate = self.rate[station[:, None], self.figures.at[tick, world]]
        row, slot = np.nonzero(rate)
        rate, world, person = rate[row, slot] * eyes[row], world[row], person[row]
        number = self.figures.who[tick, world, slot]
        own, suspect = number < self.figures.suspects, np.minimum(number, self.figures.suspects - 1)
        shows = own & strikes[world, person, suspect]
        rate = rate * (told[world, person].any(axis=1) | shows) * np.where(own, self.factor[world, suspect, tick], 1.0)
        ready = self.cool_until[world, person, number] <= time
        hit = self.rng.random(len(rate)) < -np.expm1(-rate * self.light[tick] * ready * self.tick)
        pairs = (world[hit], person[hit], number[hit])
        clear = self.clear[station[row[hit]], self.figures.at[tick, world[hit], slot[hit]]]
        sharp, taken = self._recognise(pairs, self.light[tick] * clear, told[pairs[0], pairs[1]])
        for nth in np.flatnonzero((taken != NOBODY) | shows[hit]):
            self._notice(tick, tuple(int(part[nth]) for part in pairs), sharp[nth], int(taken[nth]))

    def _looked_for(self) -> Array:
        """Tell (W, N, K) who knows anything of which suspect; who played a game, and units, know when it is over."""
        told = np.zeros((*self.known.shape[:2], self.figures.suspects), bool)
        for number, game in enumerate(self.games.of_suspect):
            knows_over = self.over[:, game, None] & (self.crowd.plays[:, :, game] | self.crowd.unit)
            told[:, :, number] = self.known[:, :, self.games.about == number].any(axis=2) & ~knows_over
        return told

    def _attention(self, world: Array, person: Array, station: Array, time: float) -> Array:
        """Give the share of his attention that somebody has for the street, and his eyes, at a station there or at home."""
        share = self.watch_share[world, person]
        extra = (np.minimum(self.values["alerted_watch_factor"] * share, 1.0) - share) / (1.0 - share)
        alerted = np.where(self.alerted_until[world, person] > time, extra, 0.0)
        looks = self.watching[world, person] | (station < len(self.ground.xy))
        return np.where(looks, 1.0, alerted) * self.eyes[world, person]

    def _recognise(self, pairs: tuple[Array, Array, Array], clear: Array, told: Array) -> tuple[Array, Array]:
        """Tell which elements each observer makes out, and for whom he takes him, a suspect first of all for himself."""
        (world, person, number), games = pairs, self.games
        luck = self.rng.random((len(clear), len(games.names)))
        alike = self.rng.random(luck.shape) < self.values["perception_shared"]
        luck = np.where(alike, self.rng.random((len(clear), 1)), luck)
        sharp = (luck < clear[:, None])[:, games.element]
        likeness, known = self.alike[world, number], self.known[world, person]
        misled = ~sharp & (likeness == SIMILAR) & self.misled[world, person, number][:, games.element]
        right = ~known | (sharp & (likeness == SAME)) | misled
        sex = np.array(games.names)[games.element] == "sex"
        taken = np.full(len(clear), NOBODY)
        for suspect in reversed(range(self.figures.suspects)):
            mine = games.about == suspect
            seeks_man = self.seeks_man[world, person, suspect] & ~known[:, mine & sex].any(axis=1)
            fits = told[:, suspect] & right[:, mine].all(axis=1) & (self.man[world, number] | ~seeks_man)
            taken[fits & ((taken != number) | (number == suspect))] = suspect
        return sharp, taken

    def _notice(self, tick: int, pair: tuple[int, ...], sharp: Array, taken: int) -> None:
        """Take somebody for a suspect, or merely for suspicious.

        Of an innocent one tells what one was told, of a suspect what one made out.
        """
        (world, person, number), time = pair, self.middles[tick]
        if self.places[world].over or self.figures.until[world, number] <= time:
            return
        innocent, suspect = number >= self.figures.suspects, number if taken == NOBODY else taken
        self.counts["sightings"][world] += 1
        self.counts["seen_by_unit"][world] += self.crowd.unit[world, person]
        self.counts["mistaken"][world] += innocent
        self.counts["neighbours"][world] += self.figures.resident[world, number] >= 0
        self.counts["first_sighting_s"][world] = min(time, self.counts["first_sighting_s"][world])
        self._turn_away(world, person, (number, tick), recognised=taken != NOBODY)
        elements = (self.known[world, person] if innocent else sharp) & (self.games.about == suspect)
        xy, heading = self._place_of(world, number, tick)
        seen = Seen(time, xy, heading, elements, self.rng.random(), number, suspect, taken != NOBODY)
        self._respond(world, person, seen)

    def _turn_away(self, world: int, person: int, what: tuple[int, int], *, recognised: bool) -> None:
        """Look no more for a while at whom one has noticed; a suspect strikes one as odd no more."""
        number, tick = what
        if recognised:
            self.cool_until[world, person, number] = self.middles[tick] + self.values["resight_s"]
        elif self.acting_until[world, number, tick] > self.middles[tick]:
            self.counts["acts_seen"][world] += 1
            self.cool_until[world, person, number] = self.acting_until[world, number, tick]
        else:
            self.counts["odd"][world] += 1
        if number < self.figures.suspects:
            self.strikes[world, person, number] = False
