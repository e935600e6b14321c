"""Searching: the places to which somebody goes one after the other, because the suspect may be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulation.channels.messages import NOWHERE
from simulation.draws import combine_one, uniform
from simulation.elementary import whole_microseconds
from simulation.saar.belief import Belief, believe, next_goal

if TYPE_CHECKING:
    from simulation.channels.messages import Message
    from simulation.saar.stage import Stage

    Point = tuple[int, float]
    Step = tuple[int, float, float]


class Search(NamedTuple):
    """A search, as planned.

    Parameters
    ----------
    steps
        The way, as darts and distances along each, metres; it lasts at least until one gives up.
    goal, arrive
        The first place, and when one is there, seconds.
    draw
        Cause: the draw of the first place, from which the others follow on.
    """

    steps: list[Step]
    goal: Point
    arrive: float
    draw: str


def plan_search(stage: Stage, person: int, start: tuple[Point, float], news: Message, speed: float) -> Search:
    """Choose place after place, each by what one will believe when one sets out for it, and go there by the shortest way.

    The whole search is planned at once, as what one believes later follows from the time alone; newer information makes
    another plan.

    Parameters
    ----------
    stage
        The evening.
    person
        Who searches.
    start
        From where, and when, seconds.
    news
        What he knows: the place, the direction and when the suspect was seen.
    speed
        Metres per second.
    """
    (here, time), seen, belief = start, news.seen_s or 0.0, _belief(stage, news)
    steps: list[Step] = []
    drawn = stage.goals_of.get(person, 0)
    first: tuple[Point, float] | None = None
    while first is None or time < seen + stage.parameters["give_up_s"]:
        stage.goals_of[person] = stage.goals_of.get(person, 0) + 1
        goal = _goal(stage, person, belief, (here, time - seen))
        way, metres = stage.network.way(here, goal)
        here, time = goal, time + metres / speed
        steps += way
        first = first or (here, whole_microseconds(time))
    return Search(steps, *first, f"draw:search-goal:{stage.name(person)}:{drawn + 1}")


def _goal(stage: Stage, person: int, belief: Belief, state: tuple[Point, float]) -> Point:
    """Think of some places, as likely as one believes in them, and choose the nearest."""
    (here, passed_s), parameters = state, stage.parameters
    key = combine_one(stage.people.key.item(person), stage.goals_of[person])
    shares = [uniform(stage.stream("search-goal"), key, nth) for nth in range(round(parameters["search_choices"]))]
    reach = max(passed_s * parameters["v_belief_mps"], parameters["belief_least_m"])
    return next_goal(stage.network, here, belief.points(reach, shares))


def _belief(stage: Stage, news: Message) -> Belief:
    """Give the belief that follows from news; made once for all who act on it."""
    place = news.place or NOWHERE
    key = (place.x, place.y, news.direction)
    if key not in stage.beliefs:
        seen_at = stage.network.nearest(place.x, place.y)
        stage.beliefs[key] = believe(stage.network, seen_at, news.direction, stage.parameters["towards_factor"])
    return stage.beliefs[key]
