"""Who lives where, in many worlds: drawn with ordinary random numbers from the shares of the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

Array = np.ndarray[Any, np.dtype[Any]]

ADULT, OLD = 18, 70
ROUND_FROM = 12


@dataclass(frozen=True, eq=False)
class Crowd:
    """The residents of all worlds, N in each; every column is (W, N).

    Parameters
    ----------
    home
        Index of the home.
    member, muted, player, informed, willing
        As the words say; `willing` goes out when he reads of a sighting nearby.
    street, indoors
        Walks about from the start; is at home when not on a round. Others are away.
    pace, cycling
        Speed on foot and by bike, metres per second.
    round_from, round_for, by_bike
        When a round begins, how long it lasts, seconds, and whether it is by bike; begin infinite for none.
    """

    home: Array
    member: Array
    muted: Array
    player: Array
    informed: Array
    willing: Array
    street: Array
    indoors: Array
    pace: Array
    cycling: Array
    round_from: Array
    round_for: Array
    by_bike: Array


def populate(scenario: Scenario, homes: int, worlds: int, rng: np.random.Generator) -> Crowd:
    """Draw the residents of all worlds."""
    count = scenario.residents.count
    assert count is not None
    values = scenario.parameters
    home, number, old = (np.zeros((worlds, count), int) for _ in range(3))
    joins = np.zeros((worlds, count), bool)
    for world in range(worlds):
        home[world], number[world], old[world], joins[world] = _households(values, homes, count, rng)

    def chance(share: Any) -> Array:
        return rng.random((worlds, count)) < share

    age = np.where(old, OLD + 5, ADULT + 10)
    age = np.where(number >= 2, rng.integers(0, ADULT, (worlds, count)), age)
    member = (number == 0) & joins
    player = (age >= values["child_companion_age"]) & chance(scenario.players.share)
    announced = scenario.players.announced
    street = player & chance(values["p_player_street"])
    indoors = ~street & (player | chance(values["p_home"]))
    goes = np.where(player, values["p_go_out_player"], values["p_go_out_ordinary"])
    able = age >= np.where(player, values["child_companion_age"], ADULT)
    return Crowd(
        home=home,
        member=member,
        muted=member & chance(values["p_mute"]),
        player=player,
        informed=player | chance(np.where(member, announced.members, announced.others)),
        willing=able & (indoors | street) & chance(goes),
        street=street,
        indoors=indoors,
        pace=_paces(values, age, rng),
        cycling=_speed(values, "v_bike", age.shape, (3.5, 6.5), rng),
        **_rounds(scenario, indoors & (age >= ROUND_FROM), rng),
    )


def _households(values: Any, homes: int, count: int, rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """Fill homes in random order until all residents have one; give home, number in the household, old, member household."""
    shares = [values[f"p_size_{size}"] for size in (1, 2, 3, 4)]
    size = rng.choice(5, homes, p=[*shares, 1.0 - sum(shares)]) + 1
    order = rng.permutation(homes)
    home = np.repeat(order, size[order])[:count]
    assert len(home) == count, "the map is too small for so many residents"
    number = np.concatenate([np.arange(size[one]) for one in order])[:count]
    old = (rng.random(homes) < values["p_old"]) & (size <= 2)
    joins = rng.random(homes) < values["p_household_member"]
    return home, number, old[home], joins[home]


def _paces(values: Any, age: Array, rng: np.random.Generator) -> Array:
    adult = _speed(values, "v_walk_adult", age.shape, (0.6, 2.5), rng)
    old = _speed(values, "v_walk_old", age.shape, (0.9, 1.3), rng)
    child = _speed(values, "v_child", age.shape, (0.7, 1.9), rng)
    return np.where(age >= OLD, old, np.where(age < ADULT, child, adult))


def _speed(values: Any, name: str, shape: tuple[int, ...], limits: tuple[float, float], rng: np.random.Generator) -> Array:
    return np.clip(rng.normal(values[f"{name}_mps"], values[f"{name}_sd_mps"], shape), *limits)


def _rounds(scenario: Scenario, able: Array, rng: np.random.Generator) -> dict[str, Array]:
    """Let rounds begin at such a rate that at any moment the registry's share is out."""
    values, end = scenario.parameters, scenario.duration_s
    kind = np.full(able.shape, -1)
    share, taken = rng.random(able.shape), 0.0
    for number, name in enumerate(("walk", "bike")):
        length = values[f"round_{name}_s"]
        chance = values[f"p_round_{name}"] * (end + length) / length
        kind[able & (share >= taken) & (share < taken + chance)] = number
        taken += chance
    lasts = np.where(kind == 0, values["round_walk_s"], values["round_bike_s"])
    begins = rng.random(able.shape) * (end + lasts) - lasts
    return {"round_from": np.where(kind < 0, np.inf, begins), "round_for": lasts, "by_bike": kind == 1}
