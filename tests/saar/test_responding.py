"""Who sees, goes out and asks in whole evenings: everybody does it from where he is, and by what he knows."""

from __future__ import annotations

from functools import cache
from math import hypot
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.scenario.model import Act, Announced, Players
from tests.saar.lively import HINTS, KEEN, MAP, NETWORK, SEEDS, hinted, lively, pick, played
from tests.worlds import evening, play_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record


def place_of(trace: Trace, who: str, time_s: float) -> tuple[float, float]:
    """Give where somebody is: on his last way, or at his door."""
    ways = [record for record in pick(trace, "route") if record.who == who and record.time_s < time_s]
    (residents,) = pick(trace, "residents")
    number = residents.data["who"].index(who)
    if ways and ways[-1].data["t_s"][-1] > time_s:
        data: Any = ways[-1].data
        return float(np.interp(time_s, data["t_s"], data["x_m"])), float(np.interp(time_s, data["t_s"], data["y_m"]))
    homes = [home for home, key in enumerate(MAP.homes.key) if MAP.texts[key] == residents.data["who"][number].split("/")[0]]
    return NETWORK.position(int(MAP.homes.edge[homes[0]]), float(MAP.homes.at[homes[0]]))


def test_nobody_goes_out_for_news_that_is_old_or_far() -> None:
    departures = 0
    scenario = lively({"go_out_within_m": 150.0, "go_out_within_s": 300.0, "p_challenge_player": 0.0}, duration_s=1200.0)
    for trace in play_all(scenario, MAP, SEEDS):
        posts = {record.id: record for record in pick(trace, "post")}
        for record in pick(trace, "departure"):
            if record.data["post"] is None:
                continue
            post = posts[record.data["post"]]
            assert record.time_s - post.data["seen_s"] < 300.0
            to = record.data["to"]
            assert post.data["place"] == to
            x, y = place_of(trace, record.who, record.time_s)
            assert hypot(x - to["x_m"], y - to["y_m"]) < 150.0 + 0.01
            departures += 1
    assert departures > 20


def test_searchers_arrive_give_up_and_go_home() -> None:
    ended = 0
    scenario = lively({"give_up_s": 200.0, "p_player_street": 0.0, "p_challenge_player": 0.0}, duration_s=1200.0)
    for trace in play_all(scenario, MAP, SEEDS):
        posts = {record.id: record for record in pick(trace, "post")}
        departures = {record.id: record for record in pick(trace, "departure")}
        routes = {record.id: record for record in pick(trace, "route")}
        (residents,) = pick(trace, "residents")
        for record in pick(trace, "gave_up"):
            way = routes[record.causes[0]]
            post = posts.get(departures[way.causes[0]].data["post"])
            if post is None:
                continue
            arrivals = [other for other in pick(trace, "arrival") if other.causes == record.causes]
            assert len(arrivals) == 1
            assert record.time_s == pytest.approx(max(post.data["seen_s"] + 200.0, arrivals[0].time_s), abs=1e-6)
            end = way.data["x_m"][-1], way.data["y_m"][-1]
            number = residents.data["who"].index(record.who)
            door = place_of(trace, record.who, -1.0)
            assert end == pytest.approx(door, abs=0.01)
            assert residents.data["age"][number] >= 14
            ended += 1
    assert ended > 20


def test_news_reaches_readers_of_the_group_only() -> None:
    for trace in played("time"):
        members = {record.who: set(record.data["members"].tolist()) for record in pick(trace, "channel")}
        (residents,) = pick(trace, "residents")
        for post in pick(trace, "post"):
            readers = post.data["readers"].tolist()
            assert set(readers) <= members[post.data["channel"]]
            assert post.who == "organiser" or residents.data["who"].index(post.who) not in readers
            assert (post.data["read_s"] > post.time_s).all()


def test_who_recognises_knows_a_description_from_somewhere() -> None:
    act = Act(name="voelt", per_hour=20.0, duration_s=40.0)
    scenario = evening(KEEN, game={"duration_s": 1800.0, "stop": "time"}, suspect={"acts": (act,)}, players=Players(share=0.2))
    by = set()
    for trace in play_all(scenario, MAP, SEEDS):
        for record in pick(trace, "sighting"):
            by.add(record.data["by"])
            told = [cause for cause in record.causes if cause.startswith(("post:", "fact:"))]
            assert bool(told) == record.data["recognised"] == (record.data["by"] == "description")
            assert record.data["distance_m"] <= 100.001
    assert "act" in by


def where_walking(trace: Trace, who: str, time: float) -> tuple[float, float]:
    """Give where somebody is by the route that was last written down for him."""
    way = [record for record in pick(trace, "route") if record.who == who and record.time_s <= time][-1].data
    return float(np.interp(time, way["t_s"], way["x_m"])), float(np.interp(time, way["t_s"], way["y_m"]))


def test_the_question_is_asked_from_beside_the_suspect() -> None:
    asked = 0
    for trace in [*played(), *played("time", "keeps-walking")]:
        for record in pick(trace, "question"):
            mine, his = (where_walking(trace, who, record.time_s) for who in (record.who, record.data["asked"]))
            assert hypot(mine[0] - his[0], mine[1] - his[1]) < 0.05
            asked += 1
    assert asked > 10


@cache
def called_away() -> list[Trace]:
    """Play evenings in which many have planned a round, and many go where the news is: one way after the other."""
    many_ways = {
        "p_round_walk": 0.1,
        "p_round_bike": 0.05,
        "p_go_out_ordinary": 1.0,
        "p_player_street": 0.2,
        "p_challenge_player": 0.3,
        "p_watch": 0.3,
        "resight_s": 60.0,
        "give_up_s": 240.0,
    }
    return play_all(lively(many_ways, on_found="keeps-walking", hints=HINTS[:2]), MAP, SEEDS)


def sightings(where: str) -> Iterator[tuple[Trace, Record]]:
    """List all sightings from the street, or from home."""
    for trace in [*played(), *played("time", "keeps-walking"), *hinted(), *called_away()]:
        yield from ((trace, record) for record in pick(trace, "sighting") if record.data["from"] == where)


def test_who_sees_a_suspect_from_the_street_is_where_the_distance_says() -> None:
    seen = 0
    for trace, record in sightings("street"):
        x, y = where_walking(trace, record.who, record.time_s)
        away = hypot(x - record.data["x_m"], y - record.data["y_m"])
        assert away == pytest.approx(record.data["distance_m"], abs=0.05)
        seen += 1
    assert seen > 200


def test_who_sees_a_suspect_from_home_looks_out_of_his_own_windows() -> None:
    assert MAP.sight is not None
    eyes = dict(zip((MAP.texts[key] for key in MAP.homes.key), MAP.sight.eye_xy, strict=True))
    seen = back_from_a_search = 0
    for trace, record in sightings("home"):
        away = np.hypot(*(eyes[record.who.partition("/")[0]] - [record.data["x_m"], record.data["y_m"]]).T)
        assert np.nanmin(np.abs(away - record.data["distance_m"])) < 0.05
        seen += 1
        ways = [way.data for way in pick(trace, "route") if way.who == record.who and way.data["reason"] == "search"]
        back_from_a_search += any(way["t_s"][-1] < record.time_s for way in ways)
    assert seen > 50
    assert back_from_a_search > 10


@cache
def unannounced() -> list[Trace]:
    """Play evenings of which nobody knows, after a suspect who draws attention; everybody phones who sees it."""
    quiet = evening(
        {**KEEN, "p_watch": 0.25, "p_watch_player": 0.25, "p_report_unprimed": 1.0, "p_report_member": 1.0},
        suspect={"acts": (Act(name="loert", per_hour=60.0, duration_s=60.0, conspicuousness=5.0),)},
        game={"hints": HINTS[:2]},
        players=Players(count=0, announced=Announced(members=0.0, others=0.0)),
        outlet="groups",
    )
    return play_all(quiet, MAP, SEEDS)


def test_small_children_neither_see_nor_phone() -> None:
    acted = 0
    for trace in unannounced():
        (residents,) = pick(trace, "residents")
        age = dict(zip(residents.data["who"], residents.data["age"], strict=True))
        assert min(age.values()) < 12
        ages = [age[record.who] for record in pick(trace, "sighting", "call", "departure")]
        assert min(ages, default=99) >= 12
        acted += len(ages)
    assert acted > 50


def test_an_unannounced_evening_tells_nobody_the_number() -> None:
    numbers = [record.data["number"] for trace in unannounced() for record in pick(trace, "call")]
    assert len(numbers) > 10
    assert set(numbers) == {"emergency"}


def test_of_messages_read_at_one_look_only_one_calls_away() -> None:
    departures = 0
    for trace in hinted():
        moments = [(record.who, record.time_us) for record in pick(trace, "departure")]
        assert len(set(moments)) == len(moments)
        departures += len(moments)
    assert departures > 10


def test_who_is_out_on_a_round_is_not_called_away() -> None:
    departures = readers_on_a_round = 0
    for trace in called_away():
        routes, posts = pick(trace, "route"), pick(trace, "post")
        (residents,) = pick(trace, "residents")
        for record in pick(trace, "departure"):
            before = [way for way in routes if way.who == record.who and way.time_us < record.time_us]
            assert not before or before[-1].data["reason"] != "round" or before[-1].data["t_s"][-1] <= record.time_s
            departures += 1
        for way in (way for way in routes if way.data["reason"] == "round"):
            person = residents.data["who"].index(way.who)
            for post in posts:
                read = post.data["read_s"][post.data["readers"] == person]
                readers_on_a_round += int(((read > way.time_s) & (read < way.data["t_s"][-1])).sum())
    assert departures > 100
    assert readers_on_a_round > 50


def test_of_messages_read_at_one_look_the_freshest_calls_away() -> None:
    several = 0
    for trace in [*hinted(), *called_away()]:
        (residents,) = pick(trace, "residents")
        news = {record.id: record.data for record in pick(trace, "post") if record.data["place"]}
        for record in pick(trace, "departure"):
            post = news.get(record.data["post"])
            if post is not None:
                person = residents.data["who"].index(record.who)
                read = {data["seen_s"]: data["read_s"][data["readers"] == person].tolist() for data in news.values()}
                together = [seen for seen, moments in read.items() if moments == read[post["seen_s"]]]
                assert post["seen_s"] == max(together)
                several += len(together) > 1
    assert several > 20


def test_only_adults_and_players_of_fourteen_go_out_and_nobody_who_is_away() -> None:
    willing = {
        "p_go_out_ordinary": 1.0,
        "p_household_member": 1.0,
        "p_household_elderly": 0.0,
        "p_challenge_player": 0.0,
        "p_home": 0.6,
    }
    everybody = Players(share=0.25, know=("upper",), announced=Announced(members=1.0, others=1.0))
    scenario = lively(willing, hints=HINTS).model_copy(update={"players": everybody})
    ages: dict[bool, list[int]] = {False: [], True: []}
    for world in build_worlds(scenario, NETWORK, SEEDS):
        trace, people = play(world), world.people
        (residents,) = pick(trace, "residents")
        for record in pick(trace, "departure"):
            person = residents.data["who"].index(record.who)
            assert people.at_home[person] or people.on_street[person]
            ages[bool(people.player[person])].append(int(people.age[person]))
    assert min(ages[True]) in range(14, 18)
    assert min(ages[False]) >= 18
    assert len(ages[False]) > 20


def test_members_know_the_number_once_they_have_read_of_the_exercise() -> None:
    scenario = evening(
        KEEN | {"p_report_member": 1.0, "p_watch": 0.6, "p_household_member": 1.0},
        game={"duration_s": 900.0, "stop": "time", "on_found": "keeps-walking", "hints": HINTS[:1]},
        players=Players(share=0.05, announced=Announced(members=0.0, others=0.1)),
        outlet="groups",
    )
    numbers = []
    for trace in play_all(scenario, MAP, SEEDS):
        (residents,) = pick(trace, "residents")
        start = next(record.data for record in pick(trace, "post") if record.data["content"] == "start")
        for call in pick(trace, "call"):
            person = residents.data["who"].index(call.who)
            if residents.data["member"][person] and not residents.data["player"][person]:
                read = float(start["read_s"][start["readers"] == person][0])
                assert call.data["number"] == ("temporary" if read <= call.time_s else "emergency")
                numbers.append(call.data["number"])
    assert numbers.count("temporary") > 10


def longest_approach(scenario: Scenario) -> float:
    """Give the longest time from seeing a suspect to having asked him, seconds."""
    lasted = [0.0]
    for trace in play_all(scenario, MAP, SEEDS):
        seen = {record.id: record.time_s for record in pick(trace, "sighting")}
        lasted += [record.time_s - next(seen[cause] for cause in record.causes if cause in seen)
                   for record in pick(trace, "question")]  # fmt: skip
    return max(lasted)


def test_who_cannot_catch_up_soon_does_not_try() -> None:
    assert longest_approach(lively(on_found="keeps-walking")) > 30.0
    # Ten seconds to be beside him, and ten for the question.
    assert 10.0 < longest_approach(lively({"approach_s": 10.0}, on_found="keeps-walking")) <= 20.0 + 1e-6


def test_hints_and_sightings_call_people_out() -> None:
    told = set()
    for trace in hinted():
        content = {record.id: record.data["content"] for record in pick(trace, "post")}
        told |= {content.get(record.data["post"], "seen") for record in pick(trace, "departure")}
    assert told == {"hint", "sighting", "seen"}
