"""The crowd: who looks like the suspect, and where innocent people walk."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.engine import build_worlds
from simulation.people.crowd import OTHER, SAME, SIMILAR, Crowd
from simulation.people.network import Network
from simulation.people.shadows import INNOCENT, Shadow
from simulation.scenario.model import Players
from tests.worlds import evening, made_neighbourhood

NETWORK = Network(made_neighbourhood())
LOOKS = {"sex": "vrouw", "upper": "rode jas", "hair": "pet"}
SEEDS = range(12)


@cache
def worlds(vehicle: str = "") -> list[tuple[Shadow, Crowd]]:
    description = {**LOOKS, **({"vehicle": vehicle} if vehicle else {})}
    scenario = evening(
        {"passersby_per_km": 5.0, "p_same_upper": 0.2, "p_similar": 0.3, "p_man": 0.6, "p_round_bike": 0.05},
        suspect={"description": description, "shares": {"hair": 0.0}},
        players=Players(share=0.1),
    )
    return [(world.shadows[0], world.crowd) for world in build_worlds(scenario, NETWORK, SEEDS)]


def share_of(element: str, likeness: int) -> tuple[float, int]:
    """Give the share of people who resemble the suspect so in an element, and how many people there are."""
    found = np.concatenate([crowd.likeness(suspect, element) == likeness for suspect, crowd in worlds()])
    return float(found.mean()), len(found)


@pytest.mark.parametrize(
    ("element", "likeness", "expected"),
    [
        ("upper", SAME, 0.2),
        ("upper", SIMILAR, 0.3),
        ("upper", OTHER, 0.5),
        ("hair", SAME, 0.0),
        ("hair", SIMILAR, 0.3),
        ("sex", SAME, 0.4),
        ("sex", SIMILAR, 0.0),
    ],
)
def test_people_look_like_the_suspect_as_often_as_the_registry_or_the_scenario_says(
    element: str, likeness: int, expected: float
) -> None:
    share, people = share_of(element, likeness)
    assert share == pytest.approx(expected, abs=3.5 * np.sqrt(max(expected * (1.0 - expected), 1e-9) / people))


def test_elements_are_alike_independently_of_each_other() -> None:
    suspect_of, people, both = worlds(), 0, 0
    for suspect, crowd in suspect_of:
        alike = [crowd.likeness(suspect, element) == SIMILAR for element in ("upper", "hair")]
        people, both = people + len(alike[0]), both + int((alike[0] & alike[1]).sum())
    assert both / people == pytest.approx(0.09, abs=3.5 * np.sqrt(0.09 * 0.91 / people))


def test_who_fits_a_description_resembles_it_in_everything_and_walks_as_he_does() -> None:
    for suspect, crowd in worlds():
        walking = crowd.fitting(suspect, ())
        assert 0 < len(walking) < len(crowd.names)
        upper, sex = (crowd.likeness(suspect, element)[walking] for element in ("upper", "sex"))
        assert crowd.fitting(suspect, ("upper", "sex")).tolist() == walking[(upper != OTHER) & (sex == SAME)].tolist()
        assert (crowd.man[walking] == (sex == OTHER)).all()
    assert all(len(crowd.fitting(suspect, ())) == len(crowd.names) for suspect, crowd in worlds("fiets"))


def test_the_same_coat_is_the_same_for_every_suspect_who_wears_it() -> None:
    (suspect, crowd), (other, _) = worlds()[0], worlds("fiets")[0]
    assert suspect is not other
    assert (crowd.likeness(suspect, "upper") == crowd.likeness(other, "upper")).all()


def test_players_in_the_street_are_not_of_the_crowd_and_residents_on_a_round_are() -> None:
    scenario = evening({"passersby_per_km": 0.0}, players=Players(share=0.3))
    for world in build_worlds(scenario, NETWORK, range(3)):
        rounds = [person for person in world.strolls if not world.people.on_street[person]]
        assert world.crowd.person.tolist() == rounds
        assert world.people.on_street.any()


def test_the_shadow_of_an_innocent_is_where_he_walks() -> None:
    crowd = worlds()[0][1]
    edges, tracks = NETWORK.edge_length, crowd.tracks
    some = range(0, len(crowd.names), 5)
    for one, shadow in zip(some, crowd.shadows(some), strict=True):
        assert (shadow.key, shadow.game, shadow.description) == (crowd.names[one], INNOCENT, {})
        mine = tracks.take(tracks.owner == one)
        middle = (np.maximum(mine.start, shadow.begin) + np.minimum(mine.stop, shadow.end)) / 2.0
        for row in np.flatnonzero((mine.stop > shadow.begin) & (mine.start < shadow.end)).tolist():
            edge, at = shadow.place_at(NETWORK, float(middle[row]))
            share = (middle[row] - mine.start[row]) / (mine.stop[row] - mine.start[row])
            expected = mine.begin[row] + share * (mine.end[row] - mine.begin[row])
            assert edge == mine.edge[row]
            assert at == pytest.approx(expected, abs=1e-6)
            assert 0.0 <= at <= edges[edge] + 1e-9
