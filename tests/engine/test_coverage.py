"""Groups need not cover everything: streets without a group, and groups that do not take part."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.engine.wiring import wire
from simulation.maps.sight import with_sight
from simulation.people.network import Network
from simulation.people.population import settle
from simulation.scenario.model import Announced, Hint, Players, Structure
from simulation.trace.canonical import canonical
from tests.saar.lively import KEEN
from tests.worlds import evening, made_neighbourhood, play_all

if TYPE_CHECKING:
    from simulation.people.population import People
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

MAP = made_neighbourhood()
NETWORK = Network(MAP)
STREET = np.array([MAP.texts[name] for name in MAP.homes.street])
STREETS = sorted(set(STREET.tolist()))
WATCHFUL = {"p_household_member": 1.0, "p_challenge_player": 0.0, "p_watch": 0.25, "p_watch_player": 0.5}
STRUCTURES = ("none", "single-group", "separate-groups")


def of(structure: str = "separate-groups", covered: float = 1.0, part: float = 1.0, **changes: object) -> Scenario:
    """Give an evening with groups that cover some of the streets, some of which take part, and keen people in all homes."""
    told = Structure(id=structure, groups=4, covered_streets_share=covered, groups_taking_part=part)
    usual = {
        "players": Players(share=0.2, know=("upper",), announced=Announced(members=0.5, others=0.1)),
        "game": {"hints": (Hint(at_s=600.0, where=True),)},
    }
    return evening({**KEEN, **WATCHFUL}, structure=told, **(usual | changes))


def member_streets(people: People) -> dict[int, Counter[str]]:
    """Count the members in each street of each world."""
    members = np.flatnonzero(people.member)
    found: dict[int, Counter[str]] = {world: Counter() for world in range(len(people.of_world) - 1)}
    for world, street in zip(people.world[members].tolist(), STREET[people.home[members]].tolist(), strict=True):
        found[world][street] += 1
    return found


def test_a_street_has_a_group_for_all_of_its_homes_or_for_none() -> None:
    whole = Counter(STREET.tolist())
    seeds = 400
    streets = member_streets(settle(of(covered=0.4), NETWORK, range(seeds)))
    assert all(count == whole[street] for found in streets.values() for street, count in found.items())
    for street in STREETS:
        share = sum(street in found for found in streets.values()) / seeds
        assert abs(share - 0.4) <= 4.5 * np.sqrt(0.4 * 0.6 / seeds)


def test_a_larger_share_covers_more_and_no_less() -> None:
    few, many, all_of_them = (settle(of(covered=share), NETWORK, range(50)).member for share in (0.3, 0.7, 1.0))
    assert (many | ~few).all()
    assert (all_of_them | ~many).all()
    assert few.sum() < many.sum() < all_of_them.sum()
    assert not settle(of(covered=0.0), NETWORK, range(5)).member.any()


def test_what_is_not_covered_changes_nobody_but_the_members() -> None:
    some, everybody = (settle(of(covered=share), NETWORK, range(20)) for share in (0.5, 1.0))
    kept = some.member == everybody.member
    for name in (part.name for part in fields(some)[1:]):
        same = getattr(some, name) == getattr(everybody, name)
        assert (same if name not in {"member", "muted", "aware", "numbered"} else same | ~kept).all(), name


def test_a_street_without_a_group_has_none_under_any_structure() -> None:
    empty = 0
    for seed in range(10):
        worlds = {structure: build_worlds(of(structure, covered=0.5), NETWORK, [seed])[0] for structure in STRUCTURES}
        members = [world.people.member for world in worlds.values()]
        assert all(np.array_equal(members[0], other) for other in members[1:])
        covered = set(STREET[worlds["none"].people.home[members[0]]].tolist())
        for structure in STRUCTURES[1:]:
            channels = wire(worlds[structure]).groups
            inside = np.concatenate([channel.members for channel in channels]) if channels else np.zeros(0, np.int64)
            assert set(STREET[worlds[structure].people.home[inside]].tolist()) == covered
        empty += len(STREETS) - len(covered)
    assert 10 < empty < 40


def test_an_address_without_a_street_is_a_street_of_its_own() -> None:
    homes = MAP.homes
    nameless = replace(MAP, texts=("", *MAP.texts), homes=replace(homes, **{
        part.name: np.zeros_like(homes.street) if part.name == "street" else getattr(homes, part.name) + 1
        for part in fields(homes) if part.name in {"key", "street", "number", "postcode"}
    }))  # fmt: skip
    people = settle(of(covered=0.5), Network(nameless), range(100))
    share = people.member[people.number == 0].mean()
    assert abs(share - 0.5) <= 4.5 * np.sqrt(0.25 / (100 * len(homes.key)))


def test_other_homes_do_not_change_which_streets_are_covered() -> None:
    street = STREETS[1]
    kept = street != STREET
    homes = replace(MAP.homes, **{part.name: getattr(MAP.homes, part.name)[kept] for part in fields(MAP.homes)})
    fewer = with_sight(replace(MAP, homes=homes))
    everybody, rest = settle(of(covered=0.5), NETWORK, range(30)), settle(of(covered=0.5), Network(fewer), range(30))
    there = kept[everybody.home]
    assert np.array_equal(everybody.key[there], rest.key)
    assert np.array_equal(everybody.member[there], rest.member)


# Groups that do not take part


@cache
def played(part: float, covered: float = 1.0) -> list[Trace]:
    return play_all(of(part=part, covered=covered, outlet="groups"), MAP, range(12))


def posts(trace: Trace, *, organiser: bool) -> list[Record]:
    return [record for record in trace.records if record.kind == "post" and (record.who == "organiser") is organiser]


def test_the_organisers_post_in_the_groups_that_take_part_and_the_others_talk_among_themselves() -> None:
    alone = 0
    for trace in played(0.5):
        groups = {record.who for record in trace.records if record.kind == "channel"}
        told = {record.data["channel"] for record in posts(trace, organiser=True)}
        assert told <= groups
        for kind in ("start", "hint", "close"):
            rounds = [record.data["channel"] for record in posts(trace, organiser=True) if record.data["content"] == kind]
            assert set(rounds) in ({*told}, set())
        alone += len({record.data["channel"] for record in posts(trace, organiser=False)} - told)
    assert alone > 5


def test_all_groups_take_part_unless_told_otherwise() -> None:
    for trace in played(1.0):
        groups = {record.who for record in trace.records if record.kind == "channel"}
        assert {record.data["channel"] for record in posts(trace, organiser=True)} == groups
        assert not any("taking-part" in cause for record in trace.records for cause in record.causes)


def test_a_message_in_a_group_that_takes_part_by_chance_says_so() -> None:
    for trace in played(0.5):
        for record in posts(trace, organiser=True):
            assert record.causes[-1] == f"draw:taking-part:{record.data['channel']}:0"


def test_groups_take_part_at_their_share_and_more_of_them_at_a_larger_one() -> None:
    told: dict[float, set[tuple[int, str]]] = {}
    short = {"duration_s": 1.0, "hints": ()}
    for part in (0.3, 0.6):
        worlds = build_worlds(of(part=part, outlet="groups", game=short), NETWORK, range(150))
        told[part] = {
            (world.seed, record.data["channel"]) for world in worlds for record in posts(play(world), organiser=True)
        }
        share = len(told[part]) / (4 * 150)
        assert abs(share - part) <= 4.5 * np.sqrt(part * (1.0 - part) / (4 * 150))
    assert told[0.3] < told[0.6]


def test_with_a_public_page_it_does_not_matter_who_takes_part() -> None:
    some, everybody = (play_all(of(part=share), MAP, [3])[0] for share in (0.0, 1.0))
    assert [canonical(record._asdict()) for record in some.records] == [
        canonical(record._asdict()) for record in everybody.records
    ]


@pytest.mark.parametrize(("covered", "named"), [(1.0, False), (0.5, True)])
def test_a_channel_names_the_choice_of_streets_where_there_is_one(covered: float, named: bool) -> None:  # noqa: FBT001
    trace = played(0.5, covered)[0]
    causes = [record.causes for record in trace.records if record.kind == "channel"]
    assert causes
    assert all(("draw:covered-street:everybody:0" in those) is named for those in causes)


def test_evenings_are_the_same_until_the_organisers_leave_out_a_group() -> None:
    shared = 0
    for some, everybody in zip(played(0.5), played(1.0), strict=True):
        mine, theirs = (
            [canonical(record._asdict()) for record in trace.records if record.who != "organiser" or record.kind != "post"]
            for trace in (some, everybody)
        )
        first = next((number for number, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]), len(mine))
        shared += any('"kind":"sighting"' in line for line in mine[:first])
    assert shared >= 6
