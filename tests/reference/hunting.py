"""Searching where somebody may be by now, and walking behind him, on points a few metres apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.ways import joined

if TYPE_CHECKING:
    from tests.reference.evenings import Seen
    from tests.reference.ground import Ground
    from tests.reference.ways import Way

Array = np.ndarray[Any, np.dtype[Any]]


def search(
    ground: Ground,
    rng: np.random.Generator,
    values: Any,
    start: tuple[int, float],
    seen: Seen,
    how: tuple[float, Array | None],
) -> tuple[Way, float]:
    """Go to the nearest of a few places one thinks of, and so on until giving up; give when one is at the first.

    One thinks of a place as likely as one believes that somebody is there who was seen some time ago. `how` is one's pace, and
    among which points one believes him to be, if not among all.
    """
    (here, time), (pace, within), parts, first = start, how, [], np.inf
    away = np.hypot(*(ground.xy - seen.xy).T)
    place = int(np.argmin(away if within is None else np.where(within, away, np.inf)))
    towards = (ground.xy - ground.xy[place]) @ seen.heading > 0.0
    weight = np.where(towards, values["towards_factor"], 1.0) * ground.metres * (1.0 if within is None else within)
    while not parts or time < seen.time + values["give_up_s"]:
        reach = max(values["v_belief_mps"] * (time - seen.time), values["belief_least_m"])
        belief = np.cumsum(weight * (ground.walked[place] <= reach))
        thought = np.searchsorted(belief, rng.random(int(values["search_choices"])) * belief[-1], side="right")
        goal = int(thought[np.argmin(np.hypot(*(ground.xy[thought] - ground.xy[here]).T))])
        parts.append(ground.way(here, goal))
        here, time = goal, time + float(parts[-1][1][-1]) / pace
        first = min(first, time)
    return joined(*parts), first


def behind(ground: Ground, track: Array, here: int, tick_s: float, speed: float, values: Any) -> tuple[Way, Array] | None:
    """Walk behind somebody whose points at each tick are known: give one's way, and the metres walked on it at each tick.

    One joins his way where it comes nearest within the time that one takes to walk up to somebody.
    """
    times = np.arange(len(track)) * tick_s
    ahead = np.concatenate([[0.0], np.cumsum(ground.walked[track[:-1], track[1:]])])
    joins = int(np.argmin(ground.walked[here, track[times <= values["approach_s"]]]))
    way = ground.way(here, int(track[joins]))
    lead = way[1][-1] + ahead - ahead[joins] - values["follow_m"]
    near = np.flatnonzero(times * speed >= lead)
    if not len(near) or times[near[0]] > values["approach_s"] or ahead[-1] > speed * times[-1]:
        return None
    return joined(way, (track[joins:], ahead[joins:] - ahead[joins])), np.clip(times * speed, 0.0, np.maximum(lead, 0.0))
