"""An evening as a plain ticking model, many worlds side by side: the independent judge of the engine (contract C5).

Every tick everybody moves, and each observer who sees somebody notices him with the chance of one tick. It shares no
geometry, hazard, reading, telephone or random numbers with the engine; it knows games with suspects who wander and do what
suspects do, parties, innocent people who may be taken for a suspect or asked, a group that also talks about other things and
gets too busy for some, a public page with hints, and a desk with units that calls case holders back.
"""

from __future__ import annotations

from functools import lru_cache
from heapq import heappop
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.evenings import STATISTICS, Letter, Seen
from tests.reference.ground import survey
from tests.reference.strangers import Strangers

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Hint, Scenario

Array = np.ndarray[Any, np.dtype[Any]]

_survey = lru_cache(maxsize=1)(survey)


class Ticking(Strangers):
    """Evenings that are played tick by tick."""

    def play(self) -> dict[str, Array]:
        """Play all evenings; give for each statistic its value in each world."""
        for world in range(len(self.places)):
            self._plan(world)
        on = self.games.planned_at(self.middles)
        for tick in range(self.ticks):
            now = (tick + 1) * self.tick
            if tick and on[tick] != on[tick - 1]:
                self._turn_to(int(on[tick]), tick * self.tick)
            self._look_out(tick)
            if tick:
                self._pass(tick)
            self._chat(self.middles[tick])
            self._look_at_phones(now)
            for place in self.places:
                while not place.over and place.agenda and place.agenda[0][0] <= now:
                    time, _, act = heappop(place.agenda)
                    act(time)
        return self.counts

    def _plan(self, world: int) -> None:
        """Enter what the organiser does by the clock: he starts and ends games, and gives hints."""
        for game, rules in enumerate(self.scenario.games):
            start = Letter(rules.start_s, -1, np.zeros(len(self.games.about), bool))
            self._at(world, rules.start_s, lambda _, start=start: self._publish(world, start))
            self._at(world, rules.end_s, lambda now, game=game: self._end(world, game, now))
            for hint in rules.hints:
                at = rules.start_s + hint.at_s
                self._at(world, at, lambda now, game=game, hint=hint: self._hint(world, game, hint, now))

    def _hint(self, world: int, game: int, hint: Hint, time: float) -> None:
        """Tell what a hint says of each suspect of a game who is still about."""
        for suspect in np.flatnonzero(self.games.of_suspect == game).tolist():
            elements, seen = self.games.columns(suspect, hint.tell), None
            if self.figures.until[world, suspect] <= time or not (hint.where or elements.any()):
                continue
            if hint.where:
                seen = Seen(time, *self._place_of(world, suspect, self._tick_of(time)), elements, 0.0, suspect, suspect)
            self._publish(world, Letter(time, -1, elements, seen))


def reference(street_map: StreetMap, scenario: Scenario, worlds: int, seed: int, tick_s: float = 1.0) -> dict[str, Array]:
    """Play an evening in many worlds and give each statistic in each world."""
    ground = _survey(street_map, scenario.parameters["d_max_m"])
    rng = np.random.default_rng(seed)
    sizes = [min(250, worlds - first) for first in range(0, worlds, 250)]
    parts = [Ticking(ground, scenario, size, rng, tick_s).play() for size in sizes]
    return {name: np.concatenate([part[name] for part in parts]) for name in STATISTICS}
