"""Whole evenings: hints, rules for stopping, letters, and how far and how long people go out."""

from __future__ import annotations

from functools import cache
from math import hypot
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.people.network import Network
from simulation.scenario.model import Act, Announced, Game, Hint, News, Players, Structure, Suspect, TooFew
from tests.worlds import evening, made_neighbourhood, play_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

MAP = made_neighbourhood()
NETWORK = Network(MAP)
KEEN = {
    "p_notice_walker": 0.9,
    "p_challenge_player": 1.0,
    "p_report_player": 1.0,
    "p_go_out_player": 1.0,
    "p_go_out_ordinary": 0.5,
    "p_household_member": 0.7,
}
TWO = (
    Suspect(name="Rood", description={"upper": "rood", "sex": "man"}),
    Suspect(name="Blauw", description={"upper": "blauw", "bag": "zwart"}),
)
HINTS = (
    Hint(at_s=0.0, tell=("upper",)),
    Hint(at_s=300.0, where=True),
    Hint(at_s=600.0, tell=("photo",)),
    Hint(at_s=900.0, tell=("sex",), where=True),
)
SEEDS = range(4)


def lively(parameters: dict[str, float] | None = None, **game: Any) -> Scenario:
    """Give an evening after two suspects with many keen players."""
    usual = {"suspects": TWO, "duration_s": 1800.0, "stop": "time"}
    return evening(
        {**KEEN, **(parameters or {})},
        game={**usual, **game},
        players=Players(share=0.25, know=("upper",)),
        structure=Structure(id="single-group"),
    )


@cache
def played(stop: str = "time", on_found: str = "leaves") -> list[Trace]:
    return play_all(lively(stop=stop, on_found=on_found), MAP, SEEDS)


def pick(trace: Trace, *kinds: str) -> list[Record]:
    return [record for record in trace.records if record.kind in kinds]


@cache
def hinted() -> list[Trace]:
    return play_all(lively({"p_challenge_player": 0.0}, hints=HINTS, duration_s=1000.0), MAP, range(2))


def test_hints_come_on_the_clock_for_every_suspect_about() -> None:
    for given in (pick(trace, "hint") for trace in hinted()):
        assert [(record.time_s, record.data["rung"], record.data["reason"]) for record in given] == [
            (hint.at_s, rung, "clock") for rung, hint in enumerate(HINTS) for _ in TWO
        ]


def test_hints_tell_what_the_suspect_has_of_what_the_scenario_says() -> None:
    for given in (pick(trace, "hint") for trace in hinted()):
        assert [record.data["tell"] for record in given] == [
            {"upper": "rood"},
            {"upper": "blauw"},
            {},
            {},
            {"sex": "man", "upper": "rood"},
            {"bag": "zwart", "upper": "blauw"},
            {"sex": "man"},
            {},
        ]


def test_hints_tell_where_the_suspect_is_at_that_moment() -> None:
    for trace in hinted():
        ways = {record.who: record.data for record in pick(trace, "route") if record.data["reason"] == "suspect"}
        for number, record in enumerate(pick(trace, "hint")):
            assert (record.data["where"] is not None) == (record.data["rung"] in {1, 3})
            if record.data["where"] is not None:
                way: Any = ways[f"suspect-{number % 2 + 1}"]
                place = [float(np.interp(record.time_s, way["t_s"], way[axis])) for axis in ("x_m", "y_m")]
                where = record.data["where"]
                assert [where["x_m"], where["y_m"]] == pytest.approx(place, abs=0.01)
                assert -np.pi <= where["direction_rad"] <= np.pi
                assert where["street"] in MAP.texts


def test_an_extra_hint_comes_when_too_few_called() -> None:
    too_few = TooFew(calls=1, by_s=500.0, then=News(tell=("photo",), where=True))
    nobody = {"p_report_player": 0.0, "p_report_member": 0.0, "p_report_unprimed": 0.0, "p_challenge_player": 0.0}
    silent = lively(nobody, too_few=too_few, hints=HINTS[:1], duration_s=600.0)
    for trace in play_all(silent, MAP, range(2)):
        assert [
            (record.time_s, record.data["rung"]) for record in pick(trace, "hint") if record.data["reason"] == "too-few"
        ] == [
            (500.0, 1),
            (500.0, 1),
        ]
    counts = set()
    for trace in play_all(lively({"p_challenge_player": 0.0}, too_few=too_few, duration_s=600.0), MAP, SEEDS):
        answered = sum(record.time_s < 500.0 for record in pick(trace, "answer"))
        extra = [record for record in pick(trace, "hint") if record.data["reason"] == "too-few"]
        counts.add(answered >= 1)
        assert answered == 0 or not extra
    assert True in counts


def test_calls_of_an_earlier_game_do_not_count_as_calls_of_this_one() -> None:
    too_few = TooFew(calls=1, by_s=1.0, then=News(tell=("photo",)))
    games = (
        Game(name="Een", duration_s=600.0, suspects=TWO, stop="time"),
        Game(name="Twee", start_s=600.0, duration_s=100.0, suspects=TWO[:1], too_few=too_few, stop="time"),
    )
    scenario = evening({**KEEN, "p_challenge_player": 0.0}, games=games, players=Players(share=0.25, know=("upper",)))
    for trace in play_all(scenario, MAP, SEEDS):
        assert any(record.time_s < 600.0 for record in pick(trace, "answer"))
        assert [(record.time_s, record.data["reason"]) for record in pick(trace, "hint")] == [(601.0, "too-few")]


def test_a_game_on_time_lasts_to_its_end() -> None:
    for trace in played("time"):
        (end,) = pick(trace, "game_end")
        assert (end.time_s, end.data["reason"]) == (1800.0, "time")
        assert trace.records[-1].kind == "close"


@pytest.mark.parametrize(("stop", "suspects"), [("first-found", 1), ("all-found", 2)])
def test_a_game_stops_when_enough_suspects_are_found(stop: str, suspects: int) -> None:
    reasons = set()
    for trace in played(stop):
        found, (end,) = pick(trace, "found"), pick(trace, "game_end")
        reasons.add(end.data["reason"])
        if end.data["reason"] == "found":
            assert len(found) == suspects
            assert end.time_s == found[-1].time_s
            assert found[-1].id in end.causes
        else:
            assert (len(found) < suspects, end.time_s) == (True, 1800.0)
        assert trace.records[-1].time_s == end.time_s
    assert "found" in reasons


def test_a_suspect_who_leaves_when_found_is_seen_and_asked_no_more() -> None:
    total = 0
    for trace in played("time"):
        for found in pick(trace, "found"):
            total += 1
            assert not [
                record
                for record in pick(trace, "sighting", "question", "act")
                if found.who in {record.who, record.data.get("suspect"), record.data.get("asked")}
                and record.time_s > found.time_s
            ]
    assert total >= 3


def test_a_suspect_who_keeps_walking_gives_letters_but_is_found_once() -> None:
    letters = 0
    for trace in played("time", "keeps-walking"):
        found, questions = pick(trace, "found"), pick(trace, "question")
        assert len({record.who for record in found}) == len(found)
        for record in found:
            first = next(question for question in questions if question.data["asked"] == record.who)
            assert record.causes == (first.id,)
            assert (record.time_s, record.data["by"]) == (first.time_s, first.who)
        letters += len(questions) - len(found)
    assert letters > 0


def test_all_found_counts_who_keeps_walking() -> None:
    for trace in play_all(lively(stop="all-found", on_found="keeps-walking"), MAP, range(2)):
        (end,) = pick(trace, "game_end")
        assert (end.data["reason"] == "found") == (len(pick(trace, "found")) == 2)


def test_only_players_in_the_street_who_know_ask() -> None:
    for trace in played("time", "keeps-walking"):
        (residents,) = pick(trace, "residents")
        players = {who for who, player in zip(residents.data["who"], residents.data["player"], strict=True) if player}
        for question in pick(trace, "question"):
            assert question.who in players
            sighting = next(record for record in trace.records if record.id in question.causes and record.kind == "sighting")
            assert (sighting.data["from"], sighting.data["recognised"]) == ("street", True)
            assert question.time_us - sighting.time_us >= 10_000_000


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


def test_a_game_that_stopped_early_does_not_end_again() -> None:
    games = (
        Game(name="Een", duration_s=1200.0, suspects=TWO, stop="first-found"),
        Game(name="Twee", start_s=1300.0, duration_s=100.0, suspects=TWO[:1], stop="time"),
    )
    reasons = []
    for trace in play_all(evening(KEEN, games=games, players=Players(share=0.25, know=("upper",))), MAP, SEEDS):
        ends = pick(trace, "game_end")
        assert [record.data["game"] for record in ends] == ["Een", "Twee"]
        reasons.append(ends[0].data["reason"])
        assert trace.records[-1].time_s == 1400.0
    assert "found" in reasons


# What an evening must look like to whoever reads its trace


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
    willing = {"p_go_out_ordinary": 1.0, "p_household_member": 1.0, "p_old": 0.0, "p_challenge_player": 0.0, "p_home": 0.6}
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
