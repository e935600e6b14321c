"""Searching: the places to which somebody goes one after the other, because the suspect may be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulation.channels.messages import NOWHERE
from simulation.draws import combine_one, uniform
from simulation.elementary import whole_microseconds
from simulation.people.players import NO_GAME
from simulation.saar.belief import believe, nearest_of

if TYPE_CHECKING:
    from simulation.channels.messages import Message
    from simulation.saar.belief import Belief
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
    (here, time), seen, parameters = start, news.seen_s or 0.0, stage.parameters
    belief, give_up = _belief(stage, person, news), seen + parameters["give_up_s"]
    speed_m, least_m = parameters["v_belief_mps"], parameters["belief_least_m"]
    xy, drawn = stage.network.position(*here), stage.goals_of.get(person, 0)
    steps: list[Step] = []
    first: tuple[Point, float] | None = None
    nth = drawn
    while first is None or time < give_up:
        nth += 1
        points = belief.points(max((time - seen) * speed_m, least_m), _thought_of(stage, person, nth))
        goal, xy = nearest_of(stage.network, xy, points)
        way, metres = stage.way(person, here, goal)
        here, time = goal, time + metres / speed
        steps += way
        first = first or (here, whole_microseconds(time))
    stage.goals_of[person] = nth
    return Search(steps, *first, f"draw:search-goal:{stage.name(person)}:{drawn + 1}")


def _thought_of(stage: Stage, person: int, nth: int) -> list[float]:
    """Draw the shares of the belief at which the places lie that somebody thinks of for his n-th goal."""
    key, stream = combine_one(stage.people.key.item(person), nth), stage.stream("search-goal")
    return [uniform(stream, key, number) for number in range(round(stage.parameters["search_choices"]))]


def _belief(stage: Stage, person: int, news: Message) -> Belief:
    """Give the belief that follows from news; made once for all who act on it.

    Who plays a game that has an area knows that the suspect stays there.
    """
    place, ground = news.place or NOWHERE, stage.ground(person)
    key = (place.x, place.y, news.direction, NO_GAME if ground is stage.network else stage.game_on)
    if key not in stage.beliefs:
        seen_at = ground.nearest(place.x, place.y)
        stage.beliefs[key] = believe(ground, seen_at, news.direction, stage.parameters["towards_factor"])
    return stage.beliefs[key]
