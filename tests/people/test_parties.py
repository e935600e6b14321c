"""Parties: children who are too young to play alone come with an adult of their household, as one observer with more eyes."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds
from simulation.people.households import TYPES, play_chances
from simulation.people.network import Network
from simulation.people.population import People, able_to_play, settle
from simulation.people.rounds import strollers
from simulation.scenario.model import Announced, Game, Players, Scenario, Suspect
from tests.people.test_population import close_to
from tests.worlds import evening, made_neighbourhood, play_all

if TYPE_CHECKING:
    from simulation.trace.log import Trace

SEEDS = range(120)
NETWORK = Network(made_neighbourhood())
KEEN = {"p_notice_walker": 0.9, "p_challenge_player": 1.0, "p_household_family": 0.9, "p_household_elderly": 0.05}


def scenario(parameters: dict[str, float] | None = None, *, audience: str = "all", **changes: Any) -> Scenario:
    usual = {"players": Players(share=0.3, announced=Announced(members=0.6, others=0.2))}
    return evening(parameters, game={"audience": audience, "companions": True}, **(usual | changes))


@cache
def crowd(audience: str = "all") -> People:
    return settle(scenario(audience=audience), NETWORK, SEEDS)


def households(people: People) -> list[slice]:
    first = [*np.flatnonzero(people.number == 0).tolist(), len(people.number)]
    return [slice(begin, end) for begin, end in pairwise(first)]


@pytest.mark.parametrize(("audience", "of_age"), [("all", (1.0, 12 / 18)), ("children", (0.0, 12 / 18))])
def test_with_companions_children_from_six_come_at_the_share_of_the_players(
    audience: str, of_age: tuple[float, float]
) -> None:
    people, chances = crowd(audience), play_chances(scenario().parameters, 0.3, *of_age)
    children = (people.age >= 6) & (people.age < 18)
    for kind in sorted(set(people.type[children].tolist())):
        assert close_to(people.player[children & (people.type == kind)], chances[kind])
    adults = (people.age >= 18) & (people.type == TYPES.index("single"))
    assert (
        close_to(people.player[adults], chances[TYPES.index("single")])
        if audience == "all"
        else not people.player[adults].any()
    )
    assert not people.player[people.age < 6].any()
    assert not people.party[people.age < 18].any()


@cache
def twice() -> tuple[Scenario, People]:
    """Give an evening of a game for children with companions, and a game for adults after it."""
    suspects = (Suspect(name="Rood", description={"upper": "rood"}),)
    games = (
        Game(name="Kinderen", audience="children", companions=True, duration_s=600.0, suspects=suspects),
        Game(name="Groten", audience="adults", start_s=900.0, duration_s=900.0, suspects=suspects),
    )
    plan = evening({"party_child_eyes": 0.25}, games=games, players=Players(share=0.4))
    return plan, settle(plan, NETWORK, SEEDS)


def test_each_young_player_has_an_adult_of_his_household_one_who_plays_himself_if_there_is_one() -> None:
    people = twice()[1]
    seen = {"himself": 0, "along": 0, "second": 0}
    for part in households(people):
        young = people.player[part] & (people.age[part] < 14)
        party, number = people.party[part], people.number[part]
        assert party.sum() == young.sum()
        assert np.count_nonzero(party) == (young.sum() > 0)
        if young.any():
            (leader,) = np.flatnonzero(party).tolist()
            adults = np.flatnonzero(people.plays[part, 1])
            assert number[leader] == (number[adults[0]] if len(adults) else 0)
            seen["himself" if len(adults) else "along"] += 1
            seen["second"] += bool(number[leader] == 1)
    assert min(seen.values()) >= 20


def test_a_child_in_a_party_looks_reads_and_walks_with_its_adult_only() -> None:
    people = crowd()
    young, leads = people.player & (people.age < 14), people.party > 0
    for name in ("at_home", "on_street", "aware", "numbered", "member"):
        assert not getattr(people, name)[young].any(), name
    assert not people.plays[young].any()
    for name in ("player", "on_street", "aware", "numbered"):
        assert getattr(people, name)[leads].all(), name
    assert people.plays[leads, 0].all()
    assert not people.plays[:, -1].any()
    home = people.player & (people.age >= 14) & ~leads & ~people.on_street
    assert people.at_home[home].all()
    assert home.any()


def test_a_party_walks_at_the_pace_of_its_slowest() -> None:
    people, alone = crowd(), settle(scenario({"child_party_age": 14.0}), NETWORK, SEEDS)
    slower = 0
    for part in households(people):
        young = people.player[part] & (people.age[part] < 14)
        paces = alone.walk_speed[part]
        for leader in np.flatnonzero(people.party[part]).tolist():
            assert people.walk_speed[part][leader] == min(paces[leader], paces[young].min())
            slower += paces[young].min() < paces[leader]
    others = people.party == 0
    assert np.array_equal(people.walk_speed[others], alone.walk_speed[others])
    assert slower > 20


def test_a_party_has_the_eyes_of_its_children_in_the_games_to_which_they_come() -> None:
    people = twice()[1]
    assert np.array_equal(people.eyes[:, 0], 1.0 + 0.25 * people.party)
    assert (people.eyes[:, 1:] == 1.0).all()
    assert set(people.party.tolist()) >= {0, 1, 2}
    assert people.plays[people.party > 0, 0].all()
    assert people.plays[people.party == 0, 0].sum() == (people.player & (people.age >= 14) & (people.age < 18)).sum()


def test_who_only_comes_along_goes_home_with_the_children() -> None:
    plan, people = twice()
    out = strollers(people, NETWORK, plan, SEEDS)
    until = dict(zip(out.person.tolist(), out.until.tolist(), strict=True))
    along = np.flatnonzero((people.party > 0) & ~people.plays[:, 1]).tolist()
    stays = np.flatnonzero((people.party > 0) & people.plays[:, 1]).tolist()
    assert min(len(along), len(stays)) >= 20
    assert all(600.0 <= until[person] < np.inf for person in along)
    assert all(until[person] == np.inf for person in stays)


def test_more_eyes_notice_at_a_higher_rate_and_no_one_else_does() -> None:
    worlds = [build_worlds(scenario({**KEEN, "party_child_eyes": eyes}), NETWORK, range(3)) for eyes in (0.0, 0.5)]
    more = 0
    for few, many in zip(*worlds, strict=True):
        observer = np.repeat(few.chances.observer, np.diff(few.chances.of_pair))
        factor = 1.0 + 0.5 * few.people.party[observer]
        np.testing.assert_allclose(many.chances.rate, few.chances.rate * factor, rtol=1e-12)
        np.testing.assert_allclose(many.chances.total, few.chances.total * factor, rtol=1e-9)
        more += int((factor > 1.0).sum())
    assert more > 100


def test_counted_players_are_those_who_come_to_play_and_not_who_comes_along() -> None:
    people = settle(scenario(audience="children", players=Players(count=12)), NETWORK, range(20))
    children = people.player & (people.age < 18)
    assert np.bincount(people.world, weights=children, minlength=20).tolist() == [12] * 20
    assert (people.player & (people.age >= 18)).sum() == np.count_nonzero(people.party)
    able = (people.in_world(0).age >= 6) & (people.in_world(0).age < 18)
    assert able_to_play(scenario(audience="children"), NETWORK, 0) == able.sum()


def test_worlds_side_by_side_are_the_worlds_one_by_one() -> None:
    for seed in (0, 3, 119):
        alone, beside = settle(scenario(), NETWORK, [seed]), crowd().in_world(seed)
        for name in ("player", "party", "plays", "eyes", "on_street", "at_home", "aware", "walk_speed"):
            assert np.array_equal(getattr(alone, name), getattr(beside, name)), name


def test_without_companions_nobody_comes_in_a_party() -> None:
    people = settle(evening(players=Players(share=0.5)), NETWORK, range(20))
    assert not people.party.any()
    assert (people.eyes == 1.0).all()
    assert people.age[people.player].min() == 14


@cache
def played() -> list[Trace]:
    suspect = Suspect(name="Rood", description={"upper": "rood"}, speed_mps=1.0)
    game = {"audience": "children", "companions": True, "suspects": (suspect,), "on_found": "keeps-walking", "stop": "time"}
    return play_all(evening(KEEN, game=game, players=Players(share=0.6, know=("upper",))), made_neighbourhood(), range(4))


def test_the_adult_of_a_party_acts_for_it() -> None:
    found = 0
    for trace in played():
        residents = trace.records[1].data
        people = {who: number for number, who in enumerate(residents["who"])}
        young = {who for who, number in people.items() if residents["player"][number] and residents["age"][number] < 14}
        assert sum(residents["party"].tolist()) == len(young)
        assert not [record for record in trace.records if record.who in young]
        reads = {int(one) for record in trace.records if record.kind == "post" for one in record.data["readers"]}
        assert not reads & {people[who] for who in young}
        for record in trace.records:
            if record.kind == "question":
                number = people[record.who]
                found += int(residents["party"][number] > 0)
                assert residents["party"][number] or 14 <= residents["age"][number] < 18
    assert found >= 10
