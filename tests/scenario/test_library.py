"""The scenarios after the cases and structures of the sources: that each is what its documents tell, and plays."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.engine import build_worlds, check, play, run_evening
from simulation.engine.wiring import wire
from simulation.errors import ScenarioError
from simulation.maps.pinned import read_map
from simulation.maps.synthetic.ship import MADE, write_shipped_map
from simulation.people.network import Network
from simulation.people.population import settle
from simulation.scenario import load_scenario, parse_scenario
from simulation.scenario.shipped import scenarios_folder, shipped_maps, shipped_names, shipped_path
from simulation.scoring import score
from simulation.units import format_clock
from tests import golden
from tests.worlds import made_neighbourhood

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.trace.records import Record

LIBRARY = [name for name in shipped_names() if load_scenario(name).scenario.category != "exercise"]
EACH = pytest.mark.parametrize("name", shipped_names())
SEEDS = [1, 2, 3, 4, 5]

STRUCTURES = {
    "groningen-buurtpreventieteam": ("bridging-coordinators+patrol-team", 5, 100),
    "burgernet": ("broadcast", 5, 256),
    "burgernet-en-whatsapp": ("broadcast-shared", 5, 256),
    "groningen-coordinatoren": ("bridging-coordinators", 5, 100),
    "kaag-en-braassem-2018": ("administrators-group", 4, 256),
    "katwijk-inbraak": ("single-group", 5, 256),
    "leiden-beheerdersgroep": ("administrators-group", 6, 256),
    "leiden-winkelgebied": ("administrators-group", 5, 256),
    "stein-beheerdersapp": ("administrators-group", 25, 256),
    "veenendaal-2017": ("custom", 5, 256),
    "zevenhuizen-2018": ("none", 5, 256),
    "zoomwijck-fase-1": ("zoomwijck", 5, 100),
    "zoomwijck-fase-2": ("zoomwijck", 5, 100),
    "zoomwijck-gemeente": ("zoomwijck-municipal", 10, 100),
    "zuidplas-dorpen": ("village-coordinators", 8, 256),
}


def members(name: str) -> list[int]:
    """Count the people who would be in a group of a scenario on its map, by seed."""
    people = settle(load_scenario(name).scenario, Network(golden.map_of(name)), SEEDS)
    return [int(count) for count in np.bincount(people.world[people.member], minlength=len(SEEDS))]


def test_each_has_its_structure_with_the_documented_cap_or_that_of_its_date() -> None:
    assert sorted(STRUCTURES) == sorted(LIBRARY)
    for name in LIBRARY:
        scenario = load_scenario(name).scenario
        structure = scenario.structure
        cap = structure.cap or scenario.in_force("group_cap")
        assert (structure.id, structure.groups, cap) == STRUCTURES[name], name
    villages = load_scenario("zuidplas-dorpen").scenario.structure
    assert villages.groups // (villages.district or 1) == 4
    assert load_scenario("zoomwijck-fase-1").scenario.structure.split_over == 80
    districts = {
        name: load_scenario(name).scenario.structure.district for name in ("zoomwijck-gemeente", "leiden-beheerdersgroep")
    }
    assert districts == {"zoomwijck-gemeente": 5, "leiden-beheerdersgroep": 3}


@pytest.mark.parametrize("name", LIBRARY)
def test_each_says_what_it_is_for_where_it_comes_from_and_what_happened(name: str) -> None:
    scenario = load_scenario(name).scenario
    assert scenario.purpose
    assert scenario.goals
    assert "erzonnen" in scenario.source
    assert re.search(r"\b201[5-8]\b", scenario.source)
    assert 100 < len(scenario.happened) <= 600  # a page shows no more
    assert scenario.map in shipped_maps()


@pytest.mark.parametrize(
    ("name", "date", "times"),
    [
        ("kaag-en-braassem-2018", dt.date(2018, 3, 7), ("19:00", "21:00")),
        ("veenendaal-2017", dt.date(2017, 7, 17), ("19:30", "21:00")),
        ("zevenhuizen-2018", dt.date(2018, 9, 27), ("18:00", "21:10")),
    ],
)
def test_the_evenings_that_were_held_are_on_their_dates(name: str, date: dt.date, times: tuple[str, str]) -> None:
    scenario = load_scenario(name).scenario
    assert scenario.date == date
    assert (format_clock(scenario.start_s), format_clock(scenario.start_s + scenario.duration_s)) == times


def test_in_kaag_en_braassem_the_administrators_get_the_news_and_a_photo_when_too_few_call() -> None:
    scenario = load_scenario("kaag-en-braassem-2018").scenario
    assert scenario.outlet == "administrators"
    assert scenario.games[0].too_few is not None
    assert scenario.games[0].too_few.then.tell == ("photo",)


def test_in_veenendaal_only_administrators_know() -> None:
    scenario = load_scenario("veenendaal-2017").scenario
    announced = scenario.players.announced
    assert (announced.members, announced.others, announced.stewards) == (0, 0, 1)
    assert scenario.outlet == "groups"
    assert [hint.at_s for hint in scenario.games[0].hints] == [0.0]
    assert not scenario.structure.plan.forwards


def test_in_veenendaal_the_number_posts_the_start_in_each_group_and_then_only_watches() -> None:
    records = golden.trace_of("veenendaal-2017").records
    told = [record for record in records if record.kind == "post" and record.who == "organiser"]
    groups = {record.who for record in records if record.kind == "channel" and record.data["kind"] == "group"}
    first = [(record.data["channel"], record.data["content"]) for record in told if record.time_us == 0]
    assert sorted(first) == [(group, content) for group in sorted(groups) for content in ("hint", "start")]
    assert {record.data["content"] for record in told if record.time_us} == {"close"}
    kind_of = {record.id: record.kind for record in records}
    sent = [record for record in records if record.kind == "dispatch"]
    assert {kind_of[cause] for record in sent for cause in record.causes} == {"report", "callback"}


def test_zevenhuizen_has_three_games_for_children_and_then_three_for_adults_in_a_larger_area() -> None:
    games = load_scenario("zevenhuizen-2018").scenario.games
    assert [(game.audience, game.companions) for game in games] == [("children", True)] * 3 + [("adults", None)] * 3
    assert all(before.end_s <= after.start_s for before, after in pairwise(games))
    areas = [game.area.share for game in games if game.area and game.area.share]
    assert len(areas) == 6
    assert max(areas[:3]) < min(areas[3:])
    assert all(game.prize and game.on_found == "keeps-walking" for game in games)


def test_burgernet_alone_and_with_groups_are_one_evening_in_which_only_the_police_search() -> None:
    alone, shared = (load_scenario(name).scenario for name in ("burgernet", "burgernet-en-whatsapp"))
    for same in ("games", "date", "start_s", "seed", "map", "residents", "players", "units", "outlet", "parameters"):
        assert getattr(alone, same) == getattr(shared, same), same
    assert alone.players.count == 0
    assert alone.units
    assert not any(game.hints or game.too_few for game in alone.games)


@pytest.mark.parametrize("name", ["burgernet", "burgernet-en-whatsapp"])
def test_the_control_room_reaches_who_is_enrolled_and_some_of_them_call(name: str) -> None:
    records = golden.trace_of(name).records
    sent = [record for record in records if record.kind == "post" and record.data["content"] == "broadcast"]
    shares = {record.who for record in sent} - {"desk"}
    assert len(sent) > len(shares)
    assert bool(shares) == (name == "burgernet-en-whatsapp")
    assert score(golden.trace_of(name))["calls_prompted_by_broadcast"] >= 1


@pytest.mark.parametrize("name", [name for name in LIBRARY if load_scenario(name).scenario.category == "structure"])
def test_structures_are_compared_with_250_people_in_groups_but_for_the_group_that_is_not_split_yet(name: str) -> None:
    found = members(name)
    if name == "zoomwijck-fase-1":
        assert all(20 <= count <= 80 for count in found)
        worlds = build_worlds(load_scenario(name).scenario, Network(golden.map_of(name)), SEEDS)
        assert all(len(wire(world).groups) == 1 for world in worlds)
    else:
        assert all(count >= 250 for count in found)


def test_in_leiden_news_passes_between_the_shops_and_the_neighbourhood_groups_both_ways() -> None:
    ways = set[tuple[str, str]]()
    worlds = build_worlds(load_scenario("leiden-winkelgebied").scenario, Network(golden.map_of("leiden-winkelgebied")), [2, 4])
    for trace in map(play, worlds):
        (shops,) = (record.data for record in trace.records if record.kind == "shopkeepers")
        assert sum(shops["sees"]) >= 30
        by_id = {record.id: record for record in trace.records}
        for post in (record for record in trace.records if record.kind == "post" and record.data["content"] == "sighting"):
            ways.add((_first_group(by_id, post), post.data["channel"]))
    assert any(begin == "shopkeepers" and end.startswith("group-") for begin, end in ways)
    assert any(begin.startswith("group-") and end == "shopkeepers" for begin, end in ways)


def _first_group(by_id: dict[str, Record], post: Record) -> str:
    """Give the group in which what a message tells was first posted."""
    judged = [by_id[cause] for cause in post.causes if cause.startswith("judgement:")]
    return _first_group(by_id, by_id[judged[0].data["post"]]) if judged else str(post.data["channel"])


@EACH
def test_each_plays_on_its_own_map(name: str) -> None:
    loaded, street_map = load_scenario(name), golden.map_of(name)
    check(loaded, street_map)
    trace = golden.trace_of(name)
    kinds = {record.kind for record in trace.records}
    assert {"evening", "residents", "sighting"} <= kinds
    assert trace.header["map"] == street_map.digest


@EACH
def test_each_plays_on_a_small_map_of_another_kind(name: str) -> None:
    loaded, street_map = load_scenario(name), made_neighbourhood()
    check(loaded, street_map)
    assert len(run_evening(loaded.scenario, street_map, 1).records) > 3


def test_a_map_that_is_too_small_is_told() -> None:
    text = shipped_path("stein-beheerdersapp").read_text(encoding="utf-8")
    with pytest.raises(ScenarioError, match="90 groups on a map with 80 homes; write at most 80"):
        check(parse_scenario(text.replace("groups: 25", "groups: 90")), made_neighbourhood())


def test_the_maps_that_come_along_are_small_invented_and_of_four_kinds() -> None:
    assert set(shipped_maps()) == set(MADE)
    assert sum((scenarios_folder() / name).stat().st_size for name in shipped_maps()) < 12_000_000
    assert len({made.kind for made in MADE.values()}) == 4
    for name, made in MADE.items():
        street_map = read_map(scenarios_folder() / name)
        assert (street_map.about["title"], len(street_map.homes.key)) == (made.title, made.homes)
        assert street_map.about["synthetic"] is True
        assert street_map.about["attribution"]


def test_a_shipped_map_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    digest = write_shipped_map("naoorlogs.map", tmp_path)
    assert digest == read_map(scenarios_folder() / "naoorlogs.map").digest
    assert (tmp_path / "naoorlogs.map").read_bytes() == (scenarios_folder() / "naoorlogs.map").read_bytes()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("category: evening", "category"),
        ("happened: [a, b]", "happened"),
        ("players: {count: 1, announced: {stewards: 2}}", "stewards"),
        ("players: {count: 1, announced: {stewards: many}}", "stewards"),
    ],
)
def test_what_is_new_in_the_file_is_checked(line: str, told: str) -> None:
    games = "games:\n  - name: A\n    end: 20:00\n    suspects: [{name: Rood}]\n"
    with pytest.raises(ScenarioError, match=told):
        parse_scenario(f"title: x\ndate: 2018-05-16\nstart: 19:30\n{games}{line}\n")
