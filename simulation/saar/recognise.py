"""Recognising: whoever matches all that an observer knows of a suspect is taken for him, whoever that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.draws import combine_one, text_key, uniform
from simulation.people.crowd import OTHER, SAME, SIMILAR
from simulation.scenario.suspects import MAN

if TYPE_CHECKING:
    from simulation.saar.notes import Pair
    from simulation.saar.stage import Stage


class Glance:
    """One look of an observer at somebody: which elements of his appearance are perceived right.

    Each is with the chance `clear`. Some go with the look as a whole, which is a good or a bad one, the others on their own.

    Parameters
    ----------
    stage, pair
        The evening, and who looks at whom.
    clear
        How well he is seen, from 0 to 1.
    """

    def __init__(self, stage: Stage, pair: Pair, clear: float) -> None:
        self._stage, self._pair, self._clear = stage, pair, clear
        self._whole = self._draw("perceive", "whole")

    def perceives(self, element: str) -> bool:
        """Tell whether an element is perceived right."""
        own, shared = self._draw("perceive", element), self._stage.parameters["perception_shared"]
        return (self._whole if own < shared else (own - shared) / (1.0 - shared)) < self._clear

    def matches(self, element: str, likeness: int) -> bool:
        """Tell whether an element looks like what the observer knows, given how it really resembles that."""
        right = self.perceives(element)
        return (right and likeness == SAME) or (
            not right and likeness == SIMILAR and misperceives(self._stage, self._pair, element)
        )

    def _draw(self, purpose: str, element: str) -> float:
        return uniform(self._stage.stream(purpose), combine_one(self._pair.key, text_key(element)), self._pair.looks)


def misperceives(stage: Stage, pair: Pair, element: str) -> bool:
    """Tell whether an observer takes an element of somebody for what it resembles, whenever he does not perceive it right."""
    share = uniform(stage.stream("misperceive"), combine_one(pair.key, text_key(element)))
    return share < float(stage.parameters["p_misperceive"])


def taken_for(stage: Stage, pair: Pair, glance: Glance) -> int | None:
    """Tell for which suspect an observer takes whom he looks at, if for any; a suspect first of all for himself.

    Who played a game, or is a unit, knows when it is over, and looks for its suspects no more.
    """
    suspects = range(stage.suspects)
    own = [pair.whom] if pair.whom in suspects else []
    for suspect in [*own, *(other for other in suspects if other != pair.whom)]:
        known = stage.knowledge.elements(pair.observer, suspect, stage.now)
        if known and not _knows_over(stage, pair.observer, suspect) and _fits(stage, pair, suspect, known, glance):
            return suspect
    return None


def _knows_over(stage: Stage, observer: int, suspect: int) -> bool:
    over = stage.is_over(stage.shadows[suspect].game)
    return over and (stage.plays(observer, suspect) or stage.people.unit.item(observer))


def _fits(stage: Stage, pair: Pair, suspect: int, known: list[str], glance: Glance) -> bool:
    """Tell whether somebody looks like all that is known of a suspect, and like the man for whom he may be held."""
    if "sex" not in known and assumes_man(stage, pair.observer, suspect) and not is_man(stage, pair.whom):
        return False
    return all(glance.matches(element, likeness(stage, pair.whom, suspect, element)) for element in known)


def likeness(stage: Stage, whom: int, suspect: int, element: str) -> int:
    """Tell how somebody resembles a suspect in an element."""
    if whom < stage.suspects:
        wanted = stage.shadows[suspect].description[element]
        return SAME if stage.shadows[whom].description.get(element) == wanted else OTHER
    return stage.crowd.likeness(stage.shadows[suspect], element).item(stage.in_crowd[whom])


def assumes_man(stage: Stage, observer: int, suspect: int) -> bool:
    """Tell whether somebody who was not told the sex of a suspect looks for a man."""
    about = combine_one(stage.people.key.item(observer), text_key(stage.shadows[suspect].key))
    return uniform(stage.stream("assume-man"), about) < float(stage.parameters["p_assume_man"])


def is_man(stage: Stage, whom: int) -> bool:
    """Tell whether somebody may pass for a man; a suspect of whom the scenario does not say may."""
    if whom < stage.suspects:
        return stage.shadows[whom].description.get("sex", MAN) == MAN
    return stage.crowd.man.item(stage.in_crowd[whom])
