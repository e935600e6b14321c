"""Who lives where, in many worlds: drawn with ordinary random numbers from the shares of the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import brentq

from tests.reference.games import of_age, turnout

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

Array = np.ndarray[Any, np.dtype[Any]]

ADULT, OLD = 18, 70


@dataclass(frozen=True, eq=False)
class Crowd:
    """The residents of all worlds, N in each; every column is (W, N).

    Parameters
    ----------
    home
        Index of the home.
    member, muted, player, aware, informed
        As the words say; `aware` knows of the exercise, `informed` its number too.
    plays, children
        Which games (W, N, G) he plays; and with how many children who are too young to play alone.
    able, share
        Whether (W, N, 2) he may go out, when he plays no game and when he plays one; he is willing to where the chance to be
        is above `share`.
    rides
        Takes a bike when he goes out from home.
    street, indoors
        Walks about from the start; is at home when not on a round, and old enough to look out. Others are away.
    pace, cycling
        Speed on foot and by bike, metres per second.
    unit
        No resident, but a unit of the desk.
    round_from, round_for, by_bike
        When a round begins, how long it lasts, seconds, and whether it is by bike; begin infinite for none.
    """

    home: Array
    member: Array
    muted: Array
    player: Array
    aware: Array
    informed: Array
    plays: Array
    children: Array
    able: Array
    share: Array
    rides: Array
    street: Array
    indoors: Array
    pace: Array
    cycling: Array
    unit: Array
    round_from: Array
    round_for: Array
    by_bike: Array


def populate(scenario: Scenario, homes: int, worlds: int, rng: np.random.Generator) -> Crowd:
    """Draw the residents of all worlds."""
    count = scenario.residents.count
    assert count is not None
    values = scenario.parameters
    kinds = makeups(values)
    home, number, row = (np.zeros((worlds, count), int) for _ in range(3))
    joins = np.zeros((worlds, count), bool)
    join = chances(kinds, "member", np.ones(len(kinds)), values["p_household_member"], values)
    for world in range(worlds):
        home[world], number[world], row[world], joins[world] = _households(kinds, join, homes, rng, count)

    def chance(share: Any) -> Array:
        return rng.random((worlds, count)) < share

    grown = number < np.array([kind.adults for kind in kinds])[row]
    elderly = np.array([kind.name == "elderly" for kind in kinds])[row]
    age = np.where(grown, np.where(elderly, OLD + 5, ADULT + 10), rng.integers(0, ADULT, (worlds, count)))
    member = (number == 0) & joins
    ages = np.arange(ADULT + 1)
    wanted = np.any([one for game in scenario.games for one in of_age(game, ages, values)], axis=0)
    counted = np.array([kind.adults * wanted[ADULT] + kind.children * wanted[:ADULT].mean() for kind in kinds])
    comes = wanted[np.minimum(age, ADULT)] & chance(
        chances(kinds, "play", counted, scenario.players.share or 0.0, values)[row]
    )
    paces = _paces(values, age, rng)
    party = turnout(scenario, comes, home, age, paces)
    player = party.plays.any(axis=2)
    announced = scenario.players.announced
    aware = player | chance(np.where(member, announced.members, announced.others))
    street = player & (chance(values["p_player_street"]) | (party.children > 0))
    people = np.array([kind.adults + kind.children for kind in kinds])
    stays = player | chance(chances(kinds, "home", people, values["p_home"], values)[row])
    indoors = ~street & ~party.child & stays & (age >= values["watch_min_age"])
    return Crowd(
        home=home,
        member=member,
        muted=member & chance(values["p_mute"]),
        player=player,
        aware=aware,
        informed=player | (aware & chance(values["p_number_known"])),
        plays=party.plays,
        children=party.children,
        able=np.stack([age >= ADULT, player], axis=2) & (indoors | street)[:, :, None],
        share=rng.random(age.shape),
        rides=chance(values["p_search_bike"]),
        street=street,
        indoors=indoors,
        pace=np.minimum(paces, party.slowest),
        cycling=speed(values, "v_bike", age.shape, rng),
        unit=np.zeros(age.shape, bool),
        **_rounds(scenario, indoors, rng),
    )


@dataclass(frozen=True)
class Makeup:
    """A kind of household: its name, how many adults and children it has, and how often it occurs."""

    name: str
    adults: int
    children: int
    share: float


def makeups(values: Any) -> list[Makeup]:
    """List all households that there can be."""
    one, two = values["p_children_1"], values["p_children_2"]
    lone, smallest = values["p_one_parent"], int(values["student_house_least"])
    sizes = range(smallest, int(values["student_house_most"]) + 1)
    found = [
        Makeup("family", parents, children, values["p_household_family"] * share * part)
        for parents, share in ((1, lone), (2, 1.0 - lone))
        for children, part in ((1, one), (2, two), (3, 1.0 - one - two))
    ]
    found += [Makeup("student", size, 0, values["p_household_student"] / len(sizes)) for size in sizes]
    rest = 1.0 - sum(values[f"p_household_{name}"] for name in ("family", "elderly", "student"))
    for name, share in (("elderly", values["p_household_elderly"]), ("single", rest)):
        pairs = values[f"p_{name}_pair"]
        found += [Makeup(name, 1, 0, share * (1.0 - pairs)), Makeup(name, 2, 0, share * pairs)]
    return found


def chances(kinds: list[Makeup], name: str, counted: Array, share: float, values: Any) -> Array:
    """Give each household its chance, in proportion to its factor and at most one, so that it is a share of all counted."""
    mass = np.array([kind.share for kind in kinds]) * counted
    factor = np.array([values[f"{name}_{kind.name}_factor"] for kind in kinds])

    def over(level: float) -> float:
        return float((mass * np.minimum(level * factor, 1.0)).sum() - share * mass.sum())

    level = brentq(over, 0.0, 1.0 / factor.min()) if share < 1.0 else 1.0 / factor.min()
    return np.minimum(level * factor, 1.0)


def _households(
    kinds: list[Makeup], join: Array, homes: int, rng: np.random.Generator, count: int
) -> tuple[Array, Array, Array, Array]:
    """Fill homes in random order until all residents have one; give home, number in it, makeup, whether a member."""
    row = rng.choice(len(kinds), homes, p=[kind.share for kind in kinds])
    size = np.array([kind.adults + kind.children for kind in kinds])[row]
    order = rng.permutation(homes)
    home = np.repeat(order, size[order])[:count]
    assert len(home) == count, "the map is too small for so many residents"
    number = np.concatenate([np.arange(size[one]) for one in order])[:count]
    joins = rng.random(homes) < join[row]
    return home, number, row[home], joins[home]


def _paces(values: Any, age: Array, rng: np.random.Generator) -> Array:
    adult = speed(values, "v_walk_adult", age.shape, rng)
    old = speed(values, "v_walk_old", age.shape, rng)
    child = speed(values, "v_child", age.shape, rng)
    return np.where(age >= OLD, old, np.where(age < ADULT, child, adult))


def speed(values: Any, name: str, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Draw speeds, metres per second, moved to the nearest limit where they fall outside."""
    low, high = values[f"{name}_min_mps"], values[f"{name}_max_mps"]
    return np.clip(rng.normal(values[f"{name}_mps"], values[f"{name}_sd_mps"], shape), low, high)


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
