"""An evening as a plain ticking model, many worlds side by side: the independent judge of the engine (contract C5).

Every tick everybody moves, and each observer who sees somebody notices him with the chance of one tick. It shares no
geometry, hazard, reading, telephone or random numbers with the engine; it knows one suspect who wanders without stops,
innocent people who may be taken for him or asked, one group that also talks about other things and gets too busy for some, a
public page, and hints without a place.
"""

from __future__ import annotations

from functools import lru_cache
from heapq import heappop
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.evenings import STATISTICS, Letter
from tests.reference.ground import survey
from tests.reference.strangers import Strangers

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

Array = np.ndarray[Any, np.dtype[Any]]

_survey = lru_cache(maxsize=1)(survey)


class Ticking(Strangers):
    """Evenings that are played tick by tick."""

    def play(self) -> dict[str, Array]:
        """Play all evenings; give for each statistic its value in each world."""
        hints = [hint for hint in self.scenario.games[0].hints if not hint.where]
        for world in range(len(self.places)):
            for hint in hints:
                letter = Letter(hint.at_s, -1, np.isin(self.names, hint.tell))
                self._at(world, hint.at_s, lambda _, world=world, letter=letter: self._publish(world, letter))
        for tick in range(self.ticks):
            now = (tick + 1) * self.tick
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


def reference(street_map: StreetMap, scenario: Scenario, worlds: int, seed: int, tick_s: float = 1.0) -> dict[str, Array]:
    """Play an evening in many worlds and give each statistic in each world."""
    ground = _survey(street_map, scenario.parameters["d_max_m"])
    rng = np.random.default_rng(seed)
    sizes = [min(250, worlds - first) for first in range(0, worlds, 250)]
    parts = [Ticking(ground, scenario, size, rng, tick_s).play() for size in sizes]
    return {name: np.concatenate([part[name] for part in parts]) for name in STATISTICS}
