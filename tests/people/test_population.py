"""Who lives here: exact counts, flags at their shares, and nobody who depends on who else lives on the map."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.people.households import TYPES, draw_households, home_chances, member_chances, play_chances
from simulation.people.network import Network
from simulation.people.population import People, residents_on, settle
from simulation.scenario.model import Announced, Players, Residents, Structure
from tests.worlds import evening, made_neighbourhood

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

MANY = range(150)
NETWORK = Network(made_neighbourhood())
COLUMNS = [part.name for part in fields(People)][3:]
"""What belongs to a person, whatever the map: all but world and home."""


def scenario(parameters: dict[str, float] | None = None, **changes: Any) -> Scenario:
    usual = {"players": Players(share=0.3, announced=Announced(members=0.6, others=0.2))}
    return evening(parameters, **(usual | changes))


@cache
def crowd() -> People:
    """Give the residents of many worlds."""
    return settle(scenario(), NETWORK, MANY)


def someone(people: People) -> dict[tuple[int, int], tuple[Any, ...]]:
    """Give everything about each person, by world and key."""
    rows = zip(*(getattr(people, name).tolist() for name in COLUMNS), strict=True)
    return dict(zip(zip(people.world.tolist(), people.key.tolist(), strict=True), rows, strict=True))


def close_to(found: Any, share: float) -> bool:
    """Tell whether a share of yes and no lies within four and a half standard errors."""
    return abs(found.mean() - share) <= 4.5 * np.sqrt(share * (1.0 - share) / len(found))


def without_homes(kept: slice) -> Network:
    """Give the map with fewer homes."""
    homes = NETWORK.map.homes
    fewer = replace(homes, **{part.name: getattr(homes, part.name)[kept] for part in fields(homes)})
    return Network(replace(NETWORK.map, homes=fewer))


def test_worlds_side_by_side_are_the_worlds_one_by_one() -> None:
    for seed in (0, 3, 149):
        alone, beside = settle(scenario(), NETWORK, [seed]), crowd().in_world(seed)
        for name in (part.name for part in fields(People)):
            assert np.array_equal(getattr(alone, name), getattr(beside, name))


def test_people_stand_in_order_of_world_home_and_number() -> None:
    people = crowd()
    order = np.lexsort((people.number, people.home, people.world))
    assert np.array_equal(order, np.arange(len(order)))
    assert np.array_equal(np.repeat(np.arange(len(MANY)), np.diff(people.of_world)), people.world)
    assert len(someone(people)) == len(people.key)
    first = people.number == 0
    assert np.array_equal(people.home[first], np.tile(np.arange(len(NETWORK.map.homes.key)), len(MANY)))


def test_other_homes_change_nobody() -> None:
    everybody, fewer = someone(crowd()), someone(settle(scenario(), without_homes(slice(20, 60, 2)), MANY))
    assert 0 < len(fewer) < len(everybody)
    assert all(everybody[who] == person for who, person in fewer.items())


def test_other_homes_change_nobody_in_a_count_but_who_is_chosen() -> None:
    counted = scenario(residents=Residents(count=60))
    everybody, chosen = someone(crowd()), someone(settle(counted, NETWORK, MANY))
    assert all(everybody[who] == person for who, person in chosen.items())


@pytest.mark.parametrize("count", [1, 7, 60, 110])
def test_as_many_residents_as_asked_for(count: int) -> None:
    people = settle(scenario(residents=Residents(count=count)), NETWORK, range(20))
    assert np.diff(people.of_world).tolist() == [count] * 20


def test_who_is_chosen_among_few_is_chosen_among_more() -> None:
    few, more = (set(someone(settle(scenario(residents=Residents(count=count)), NETWORK, MANY))) for count in (20, 90))
    assert few < more


def test_chosen_households_are_whole_but_for_the_last() -> None:
    people, everybody = settle(scenario(residents=Residents(count=50)), NETWORK, range(20)), crowd()
    for seed in range(20):
        here, all_here = people.in_world(seed), everybody.in_world(seed)
        size = np.bincount(all_here.home)
        taken = np.bincount(here.home, minlength=len(size))
        assert ((taken > 0) & (taken < size)).sum() <= 1


@pytest.mark.parametrize("seed", [0, 1, 17])
def test_all_who_live_on_the_map_are_counted(seed: int) -> None:
    assert residents_on(scenario(), NETWORK, seed) == len(crowd().in_world(seed).key)
    assert residents_on(scenario(residents=Residents(count=5)), NETWORK, seed) == len(crowd().in_world(seed).key)


def test_a_home_has_the_household_that_was_drawn_for_it() -> None:
    people, homes = crowd(), draw_households(scenario().parameters, NETWORK.home_key, MANY)
    where = (people.world, people.home)
    assert np.array_equal(people.type, homes.type[where])
    assert np.array_equal(people.age >= 18, people.number < homes.adults[where])
    sizes = np.zeros_like(homes.size)
    np.add.at(sizes, where, 1)
    assert np.array_equal(sizes, homes.size)


def test_everybody_has_an_age_that_fits_the_household() -> None:
    people = crowd()
    ages = {kind: set(people.age[people.type == number].tolist()) for number, kind in enumerate(TYPES)}
    assert ages["family"] == set(range(70))
    assert ages["elderly"] == set(range(70, 90))
    assert ages["student"] == set(range(18, 28))
    assert ages["single"] == set(range(18, 70))
    parents = (people.type == TYPES.index("family")) & (people.number == 0)
    assert set(people.age[parents].tolist()) == set(range(18, 70))


def test_ages_are_as_the_parameters_say() -> None:
    values = {"old_age": 65.0, "oldest_age": 105.0, "student_oldest_age": 24.0, "p_household_student": 0.2}
    people = settle(scenario(values), NETWORK, range(40))
    assert np.array_equal(people.age >= 65, people.type == TYPES.index("elderly"))
    assert people.age.max() == 104
    assert people.age[people.type == TYPES.index("student")].max() == 23
    assert people.walk_speed[people.age >= 65].max() <= scenario().parameters["v_walk_old_max_mps"]


def test_one_adult_of_a_household_is_a_member() -> None:
    people, values = crowd(), scenario().parameters
    first = people.number == 0
    assert not people.member[~first].any()
    assert close_to(people.member[first], values["p_household_member"])
    for kind, chance in enumerate(member_chances(values)):
        assert close_to(people.member[first & (people.type == kind)], chance)
    assert close_to(people.muted[people.member], values["p_mute"])
    assert not people.muted[~people.member].any()


def test_players_by_share_are_old_enough_to_play_alone() -> None:
    people, values = crowd(), scenario().parameters
    able = people.age >= values["child_companion_age"]
    assert close_to(people.player[able], 0.3)
    for kind, chance in enumerate(play_chances(values, 0.3, 1.0, 4 / 18)):
        assert close_to(people.player[able & (people.type == kind)], chance)
    assert not people.player[~able].any()
    assert close_to(people.on_street[people.player], values["p_player_street"])
    assert not people.on_street[~people.player].any()


def test_in_a_game_for_children_the_share_is_that_of_the_children() -> None:
    people = settle(scenario(game={"audience": "children", "companions": False}), NETWORK, MANY)
    able = (people.age >= 14) & (people.age < 18)
    assert close_to(people.player[able], 0.3)
    assert not people.player[~able].any()


def test_the_first_player_is_of_a_type_in_proportion_to_residents_times_factor() -> None:
    strong = {"play_family_factor": 3.0, "play_student_factor": 0.2, "p_household_student": 0.2}
    asked = scenario(strong, players=Players(count=1))
    people, seeds = settle(asked, NETWORK, range(600)), 600
    able = people.age >= 14
    for kind, name in enumerate(TYPES):
        factor = np.array([asked.parameters[f"play_{other}_factor"] for other in TYPES])[people.type] * able
        ours = np.bincount(people.world, factor * (people.type == kind), seeds) / np.bincount(people.world, factor, seeds)
        chosen = people.player[people.type == kind].sum()
        assert abs(chosen - ours.sum()) <= 4.5 * np.sqrt((ours * (1.0 - ours)).sum()), name


def test_players_by_count_do_not_hang_on_who_is_not_of_the_age() -> None:
    alone, pairs = (
        settle(
            scenario({"p_single_pair": share}, game={"audience": "children", "companions": False}, players=Players(count=3)),
            NETWORK,
            MANY,
        )
        for share in (0.0, 1.0)
    )
    assert len(pairs.key) > len(alone.key)
    players = [set(zip(people.world[people.player], people.key[people.player], strict=True)) for people in (alone, pairs)]
    assert players[0] == players[1]
    assert len(players[0]) > 2.9 * len(MANY)


def test_only_adults_play_games_for_adults() -> None:
    people = settle(scenario(game={"audience": "adults"}), NETWORK, MANY)
    assert people.age[people.player].min() == 18
    assert crowd().age[crowd().player].min() == 14


@pytest.mark.parametrize("count", [0, 1, 25])
def test_as_many_players_as_asked_for(count: int) -> None:
    people = settle(scenario(players=Players(count=count)), NETWORK, range(20))
    assert np.bincount(people.world, weights=people.player, minlength=20).tolist() == [count] * 20
    assert (people.age[people.player] >= 14).all()


def test_who_plays_among_few_plays_among_more() -> None:
    few, more = (settle(scenario(players=Players(count=count)), NETWORK, range(20)).player for count in (10, 25))
    assert (more | ~few).all()


def test_more_players_than_can_play_are_all_who_can() -> None:
    people = settle(scenario(players=Players(count=100_000)), NETWORK, [1])
    assert np.array_equal(people.player, people.age >= 14)


def test_players_know_of_the_exercise_and_others_by_announcement() -> None:
    people = crowd()
    assert (people.aware & people.numbered)[people.player].all()
    others = ~people.player
    assert close_to(people.aware[others & people.member], 0.6)
    assert close_to(people.aware[others & ~people.member], 0.2)
    assert close_to(people.numbered[others & people.aware], 0.8)
    assert not people.numbered[~people.aware].any()


def test_who_is_at_home() -> None:
    people, values = crowd(), scenario().parameters
    assert not (people.at_home & people.on_street).any()
    assert people.at_home[people.player & ~people.on_street].all()
    old_enough = people.age >= values["watch_min_age"]
    for kind, chance in enumerate(home_chances(values)):
        assert close_to(people.at_home[~people.player & old_enough & (people.type == kind)], chance)
    assert not people.at_home[~old_enough].any()


@pytest.mark.parametrize(
    ("name", "youngest", "oldest"), [("v_walk_adult", 18, 69), ("v_walk_old", 70, 99), ("v_child", 0, 17)]
)
def test_walking_speeds_by_age(name: str, youngest: int, oldest: int) -> None:
    people, values = crowd(), scenario().parameters
    speed = people.walk_speed[(people.age >= youngest) & (people.age <= oldest)]
    low, high = values[f"{name}_min_mps"], values[f"{name}_max_mps"]
    assert low <= speed.min() < speed.max() <= high
    assert np.median(speed) == pytest.approx(values[f"{name}_mps"], abs=0.02)
    inner = np.quantile(speed, 0.75) - np.quantile(speed, 0.25)
    sd = values[f"{name}_sd_mps"]
    assert inner == pytest.approx(min(2 * 0.6745 * sd, high - low), rel=0.06)


def test_cycling_speeds() -> None:
    speed, values = crowd().bike_speed, scenario().parameters
    assert values["v_bike_min_mps"] <= speed.min() < speed.max() <= values["v_bike_max_mps"]
    assert speed.mean() == pytest.approx(values["v_bike_mps"], abs=0.02)
    assert speed.std() == pytest.approx(values["v_bike_sd_mps"], rel=0.05)


def test_nobody_is_slower_or_faster_than_the_limits() -> None:
    names = ("v_walk_adult", "v_walk_old", "v_child", "v_bike")
    people = settle(
        scenario(
            {f"{name}_{limit}_mps": 1.0 for name in names for limit in ("min", "max")} | {f"{name}_mps": 1.0 for name in names}
        ),
        NETWORK,
        [1],
    )
    assert (people.walk_speed == 1.0).all()
    assert (people.bike_speed == 1.0).all()


@pytest.mark.parametrize("trait", ["member", "player", "on_street", "at_home", "aware", "muted"])
def test_traits_of_a_person_differ_between_worlds(trait: str) -> None:
    people = crowd()
    values = getattr(people, trait)
    adults = people.number == 0
    together = values[adults].reshape(len(MANY), -1)
    assert (together.mean(axis=0) < 1.0).all()
    assert (together.mean(axis=0) > 0.0).mean() > 0.9


@pytest.mark.parametrize(("audience", "ages"), [("all", (14, 200)), ("adults", (18, 200)), ("children", (14, 18))])
def test_players_are_of_the_age_of_the_game(audience: str, ages: tuple[int, int]) -> None:
    people = settle(evening(game={"audience": audience, "companions": False}, players=Players(share=1.0)), NETWORK, [3])
    expected = (people.age >= ages[0]) & (people.age < ages[1])
    assert expected.any()
    assert np.array_equal(people.player, expected)


def test_of_those_from_sixteen_a_share_is_enrolled_and_nobody_younger() -> None:
    people = crowd()
    assert not people.enrolled[people.age < 16].any()
    for ages in ((16, 18), (18, 70), (70, 200)):
        some = people.enrolled[(people.age >= ages[0]) & (people.age < ages[1])]
        assert len(some) > 200
        assert close_to(some, 0.11)
    for flag in (people.member, people.player, people.at_home):
        assert close_to(people.enrolled[flag & (people.age >= 16)], 0.11)


def test_who_is_enrolled_is_the_same_under_every_structure() -> None:
    structures = ("none", "zoomwijck", "broadcast", "broadcast-shared")
    some = [settle(scenario(structure=Structure(id=one, groups=2)), NETWORK, range(3)).enrolled for one in structures]
    assert all(np.array_equal(some[0], other) for other in some[1:])
    more = settle(scenario({"p_burgernet": 0.2}), NETWORK, range(3)).enrolled
    assert some[0].sum() < more.sum()
    assert more[some[0]].all()
    older = settle(scenario({"burgernet_age": 18.0}), NETWORK, range(3))
    assert np.array_equal(older.enrolled, some[0] & (older.age >= 18))
