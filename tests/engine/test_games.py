"""Several games in one evening: who plays which, and what carries over from one to the next; small worlds solved by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.people.network import Network
from simulation.scenario.model import Act, Announced, Area, Game, Hint, News, Parameters, Players, Suspect, TooFew
from simulation.scoring import score
from tests.saar.lively import KEEN
from tests.verification.lane import CERTAIN, LINE, UP_AND_DOWN, WINDOW, looks, played
from tests.verification.pencil import Pass, phone_checks, resident
from tests.worlds import NO_LOOKALIKES, House, evening, made_neighbourhood, play_all, street_map

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

HALF, LASTING_S = 600.0, 500.0
VALUES = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.86, "resight_s": 50.0, "p_go_out_player": 0.0}
NOBODY_KNOWS = Players(share=1.0, announced=Announced())


def pick(trace: Trace, *kinds: str) -> list[Record]:
    return [record for record in trace.records if record.kind in kinds]


def hunt(name: str, start_s: float = 0.0, *, upper: str = "rood", **changes: Any) -> Game:
    """Give a game after a suspect of its own, who walks up and down the lane at 1 m/s."""
    suspect = Suspect(name="Boef", description={"upper": upper}, speed_mps=1.0, **UP_AND_DOWN)
    usual = {"name": name, "start_s": start_s, "duration_s": LASTING_S, "suspects": (suspect,), "stop": "time"}
    return Game(**(usual | changes))


def two(parameters: dict[str, float], first: dict[str, Any], second: dict[str, Any], **changes: Any) -> Scenario:
    """Give an evening of two games, of which the adults who live in the lane play the second."""
    games = (
        hunt("Eerst", audience="children", companions=False, **first),
        hunt("Dan", HALF, upper="blauw", audience="adults", **second),
    )
    return evening(VALUES | parameters, games=games, **changes)


def passing(begin: float) -> Pass:
    """Give how the suspect of a game passes the window, which lies 12 m off the lane at x = 150."""
    return Pass(12.0, begin + 100.0, 1.0, begin, begin + LASTING_S)


def test_players_are_told_at_the_briefing_of_the_suspects_of_their_own_games_only() -> None:
    scenario = two({}, {}, {})
    noticed = 0
    for seed, trace in zip(range(60), played(scenario, WINDOW, seeds=range(60)), strict=True):
        solved = looks(seed, [passing(HALF)], VALUES, 50.0, whom="suspect-2")
        assert [(record.time_us, record.data["suspect"]) for record in pick(trace, "sighting")] == [
            (moment, "suspect-2") for moment in solved
        ]
        noticed += len(solved)
    assert noticed >= 20


def test_who_reads_of_a_suspect_of_another_game_knows_him_from_then_on() -> None:
    # In the first game there is an act all the time, and after 60 s a hint; nobody who lives here plays it.
    act = Act(name="voelt aan deuren", per_hour=3600.0, duration_s=7200.0, conspicuousness=1.0)
    suspect = Suspect(name="Boef", description={"upper": "rood"}, speed_mps=1.0, acts=(act,), **UP_AND_DOWN)
    quiet = hunt("Eerst", audience="children", companions=False, hints=(Hint(at_s=60.0, tell=("upper",)),))
    acting = quiet.model_copy(update={"suspects": (suspect,), "hints": ()})
    for first, kind in ((quiet, "description"), (acting, "act")):
        games = (first, hunt("Dan", HALF, upper="blauw", audience="adults"))
        values = VALUES | {"p_go_out_ordinary": 0.0}
        scenario = evening(values, games=games, players=Players(share=1.0, know=("upper",)))
        found = []
        for seed, trace in zip(range(60), played(scenario, WINDOW, seeds=range(60)), strict=True):
            seen = [record for record in pick(trace, "sighting") if record.data["suspect"] == "suspect-1"]
            found += [record.data["by"] for record in seen]
            if kind == "description":
                read = min(check for check in phone_checks(seed, resident("n0001"), 60.0, 0.8, 2000.0) if check > 60.0)
                solved = looks(seed, [passing(0.0)], VALUES, 50.0, read)
                assert [record.time_us for record in seen] == pytest.approx(solved, rel=0.0, abs=2.0)
        assert set(found) == {kind}
        assert len(found) >= 3


def test_a_player_looks_out_more_only_while_a_game_of_his_is_on() -> None:
    # Everybody reads both descriptions; who does not play looks out hardly ever, who plays always.
    told = {"hints": (Hint(at_s=0.0, tell=("upper",)),)}
    scenario = two({"p_watch": 1e-9, "alerted_watch_factor": 1.0}, told, told, players=NOBODY_KNOWS)
    noticed = 0
    for trace in played(scenario, WINDOW, seeds=range(60)):
        assert {record.data["suspect"] for record in pick(trace, "sighting")} <= {"suspect-2"}
        noticed += len(pick(trace, "sighting"))
    assert noticed >= 10


def test_a_player_who_is_alerted_looks_out_as_others_do_in_a_game_that_is_not_his() -> None:
    # A player who is alerted looks out all the time, somebody else hardly ever.
    told = {"hints": (Hint(at_s=0.0, tell=("upper",)), Hint(at_s=30.0, where=True))}
    quiet = {
        "p_watch": 1e-9,
        "p_watch_player": 1e-3,
        "alerted_watch_factor": 1e4,
        "alerted_s": 1800.0,
        "p_go_out_ordinary": 0.0,
    }
    scenario = two({**quiet, "read_delay_player_median_s": 10.0}, told, told, players=NOBODY_KNOWS)
    noticed = [
        record.data["suspect"] for trace in played(scenario, WINDOW, seeds=range(60)) for record in pick(trace, "sighting")
    ]
    assert set(noticed) == {"suspect-2"}
    assert len(noticed) >= 10


def test_in_a_game_that_is_not_his_a_player_calls_posts_and_asks_as_others_do() -> None:
    told = {"hints": (Hint(at_s=0.0, tell=("upper",)),)}
    walks = {"p_player_street": 1.0, "p_report_member": 0.0, "p_post_member": 0.0, "p_challenge_player": 0.5}
    quick = {"read_delay_player_median_s": 5.0, "p_notice_walker": 0.86, "p_ask_stranger": 0.0}
    scenario = two({**walks, **quick}, told, {**told, "on_found": "keeps-walking"}, players=NOBODY_KNOWS)
    doors = [House((150.0 + 40.0 * number, 12.0), "Hofje", str(number + 1)) for number in range(4)]
    seen = {"suspect-1": 0, "suspect-2": 0}
    acted = {"call": 0, "post": 0, "question": 0}
    for trace in played(scenario, *doors, seeds=range(12)):
        by_id = {record.id: record for record in trace.records}
        for record in pick(trace, "sighting"):
            seen[record.data["suspect"]] += 1
        for record in pick(trace, *acted):
            if record.who == "organiser":
                continue
            sightings = [by_id[cause] for cause in record.causes if cause.startswith("sighting:")]
            sightings += [by_id[by_id[cause].data["call"]] for cause in record.causes if cause.startswith("report:")]
            assert record.time_s >= HALF
            assert all(one.kind == "call" or one.data["suspect"] == "suspect-2" for one in sightings)
            acted[record.kind] += 1
    assert min(seen.values()) >= 10
    assert min(acted.values()) >= 3
    assert acted["call"] + acted["post"] + acted["question"] >= 20


@pytest.mark.parametrize("called_out", [False, True])
def test_who_knows_a_description_of_another_game_asks_strangers_in_his_own(*, called_out: bool) -> None:
    # Everybody is told of the first suspect, and perhaps called out to look for him; of the second one nobody knows anything.
    quick = {"read_delay_player_median_s": 5.0, "p_challenge_player": 0.0, "p_player_street": 1.0, "p_ask_stranger": 1.0}
    first = {"hints": (Hint(at_s=0.0, tell=("upper",)), *((Hint(at_s=20.0, where=True),) if called_out else ()))}
    scenario = evening(
        VALUES | quick | {"p_go_out_player": float(called_out)},
        games=(
            hunt("Eerst", audience="adults", **first),
            hunt("Dan", HALF, upper="blauw", audience="adults", on_found="keeps-walking"),
        ),
        players=NOBODY_KNOWS,
    )
    asked = [record for trace in played(scenario, WINDOW, seeds=range(20)) for record in pick(trace, "question")]
    late = [record for record in asked if record.time_s > 60.0]
    assert {record.data["asked"] for record in late} == {"suspect-2"}
    assert len(late) >= 5


def test_who_played_a_game_takes_nobody_for_its_suspect_any_more_when_it_is_over() -> None:
    # Everybody looks like the suspect of the first game; the second one has no description.
    crowd = {
        "passersby_per_km": 8.0,
        "p_same_upper": 1.0,
        "p_assume_man": 0.0,
        "p_challenge_player": 0.0,
        "p_passerby_bike": 0.0,
    }
    bare = Suspect(name="Kaal", speed_mps=1.0, **UP_AND_DOWN)
    for audience, later in (("adults", False), ("children", True)):
        games = (hunt("Eerst", audience=audience, companions=False), hunt("Dan", HALF, suspects=(bare,)))
        players = NOBODY_KNOWS if later else Players(share=1.0, know=("upper",))
        told = {"hints": (Hint(at_s=0.0, tell=("upper",)),)} if later else {}
        games = (games[0].model_copy(update=told), games[1])
        scenario = evening(VALUES | crowd | {"read_delay_player_median_s": 5.0}, games=games, players=players)
        moments = [record.time_s for trace in played(scenario, WINDOW, seeds=range(6)) for record in pick(trace, "sighting")]
        assert min(moments) < LASTING_S
        assert (max(moments) > HALF) == later


@pytest.mark.parametrize(("by_s", "expected"), [(400.0, ["clock", "too-few", "clock", "too-few"])])
def test_calls_about_one_game_do_not_count_for_the_next(by_s: float, expected: list[str]) -> None:
    # Who dials takes so long that he is answered when the second game is on.
    few = TooFew(calls=1, by_s=by_s, then=News(tell=("photo",)))
    games = (
        hunt("Eerst", hints=(Hint(at_s=0.0, tell=("upper",)),), too_few=few),
        hunt("Dan", LASTING_S, upper="blauw", hints=(Hint(at_s=1.0, tell=("upper",)),), too_few=few),
    )
    slow = {"call_dial_s": 400.0, "read_delay_player_median_s": 5.0, "resight_s": 1e5}
    scenario, late = evening(VALUES | slow, games=games, players=NOBODY_KNOWS), 0
    for trace in played(scenario, WINDOW, seeds=range(40)):
        answered = [record.time_s for record in pick(trace, "answer") if record.time_s < LASTING_S + by_s]
        late += any(moment > LASTING_S for moment in answered)
        if min(answered, default=LASTING_S) > by_s:
            assert [record.data["reason"] for record in pick(trace, "hint")] == expected
    assert late >= 10


NETWORK = Network(made_neighbourhood())
SMALL, LARGE = Area(share=0.25), Area(share=0.7)


def zevenhuizen(**changes: Any) -> Scenario:
    """Give an evening of two games in areas: older children first, adults later, and many keen players in the street."""
    hints = (Hint(at_s=0.0, tell=("upper",)), Hint(at_s=200.0, where=True), Hint(at_s=500.0, where=True))
    red, blue = (Suspect(name=name, description={"upper": name}, speed_mps=1.1) for name in ("rood", "blauw"))
    usual = {"hints": hints, "stop": "time"}
    children = {"name": "Kinderen", "audience": "children", "companions": False, "duration_s": 1200.0, "area": SMALL}
    adults = {"name": "Groten", "audience": "adults", "start_s": 1500.0, "duration_s": 1500.0, "area": LARGE}
    games = (
        Game(**children, **usual, suspects=(red,)),
        Game(**adults, **usual, suspects=(blue,), on_found="keeps-walking"),
    )
    values = {**KEEN, **NO_LOOKALIKES, "p_player_street": 1.0, "p_challenge_player": 0.4, "place_error_m": 0.0}
    return evening(values, **({"games": games, "players": Players(share=0.4)} | changes))


def edges_at(x: float, y: float) -> set[int]:
    """Give the streets on which a point lies, to the centimetre."""
    x0, y0, x1, y1 = NETWORK.map.streets.piece_xy.T
    along = np.clip(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2), 0.0, 1.0)
    away = np.hypot(x0 + along * (x1 - x0) - x, y0 + along * (y1 - y0) - y)
    return set(NETWORK.edge_of_piece[away < 0.01].tolist())


def test_players_and_searchers_stay_in_the_area_of_their_game_once_they_are_there() -> None:
    searched = 0
    for world in build_worlds(zevenhuizen(), NETWORK, range(6)):
        trace = play(world)
        people = [trace.records[1].data[name] for name in ("who", "age", "player")]
        ages = {who: age for who, age, player in zip(*people, strict=True) if player}
        routes: dict[str, list[Record]] = {}
        for record in pick(trace, "route"):
            if record.data["reason"] in {"player", "search"} and record.who in ages:
                routes.setdefault(record.who, []).append(record)
        for who, ways in routes.items():
            area, span = (world.areas[0], (700, 1200)) if ages[who] < 18 else (world.areas[1], (2500, 3000))
            assert area is not None
            inside = set(np.flatnonzero(area.network.walkable).tolist())
            for moment in range(*span, 20):
                way = next((one for one in reversed(ways) if one.time_s <= moment), None)
                if way is not None and moment < way.data["t_s"][-1]:
                    here = [float(np.interp(moment, way.data["t_s"], way.data[axis])) for axis in ("x_m", "y_m")]
                    assert edges_at(*here) & inside, (world.seed, who, moment)
                    searched += way.data["reason"] == "search"
    assert searched >= 300


def test_only_who_plays_goes_out_as_players_do_and_is_home_when_his_last_game_is_over() -> None:
    doors, went, home = NETWORK.door_xy, {True: 0, False: 0}, 0
    scenario = zevenhuizen(players=Players(share=0.4, announced=Announced()))
    scenario = scenario.model_copy(
        update={"parameters": Parameters({**scenario.parameters.overridden, "p_go_out_ordinary": 0.0})}
    )
    for world in build_worlds(scenario, NETWORK, range(4)):
        trace = play(world)
        names = {who: number for number, who in enumerate(trace.records[1].data["who"])}
        for record in pick(trace, "departure"):
            adult = bool(world.people.age[names[record.who]] >= 18)
            assert adult == (record.time_s > 1200.0 + 60.0)
            went[adult] += 1
        for record in pick(trace, "route"):
            if record.data["reason"] == "search" and world.people.age[names[record.who]] < 18:
                last = (record.data["x_m"][-1], record.data["y_m"][-1])
                assert last == pytest.approx(doors[world.people.home[names[record.who]]], abs=2e-3)
                assert 1200.0 <= record.data["t_s"][-1] < 3000.0
                home += 1
    assert min(*went.values(), home) >= 20


def test_the_record_of_a_game_tells_its_area() -> None:
    (trace,) = play_all(zevenhuizen(), made_neighbourhood(), [2])
    areas = [record.data["area"] for record in pick(trace, "game")]
    world = build_worlds(zevenhuizen(), NETWORK, [2])[0]
    assert areas == [area.as_data() for area in world.areas if area is not None]
    assert areas[0]["length_m"] < areas[1]["length_m"]
    assert set(areas[0]["streets"]) <= set(areas[1]["streets"])
    (usual,) = play_all(evening(), street_map(LINE, [WINDOW]), [1])
    assert [record.data["area"] for record in pick(usual, "game")] == [None]


def test_who_is_on_the_street_in_one_game_only_is_at_home_in_the_other() -> None:
    # The adult who lives at the window knows the first suspect from the page, and plays the second game in the street.
    told = {"hints": (Hint(at_s=0.0, tell=("upper",)),)}
    values = {"p_player_street": 1.0, "p_watch": 1.0, "read_delay_player_median_s": 5.0, "p_challenge_player": 0.0}
    scenario = two(values, told, {}, players=NOBODY_KNOWS)
    homes = []
    for trace in played(scenario, WINDOW, seeds=range(30)):
        homes += [(record.data["from"], record.time_s < HALF) for record in pick(trace, "sighting")]
        ways = [record.time_s for record in pick(trace, "route") if record.data["reason"] == "player"]
        assert ways == [HALF]
    assert set(homes) == {("home", True)}
    assert len(homes) >= 10


@pytest.mark.parametrize(("stop", "on_found"), [("first-found", "leaves"), ("time", "next-game"), ("time", "leaves")])
def test_each_game_has_its_winner_and_the_rest_of_the_evening_goes_on(stop: str, on_found: str) -> None:
    both = [Suspect(name=name, description={"upper": name}, speed_mps=1.0) for name in ("rood", "blauw")]
    usual = {"suspects": tuple(both), "duration_s": 900.0, "stop": stop, "prize": "taart"}
    games = (Game(name="Een", on_found=on_found, **usual), Game(name="Twee", start_s=1000.0, **usual))
    scenario = evening({**KEEN, "p_player_street": 1.0}, games=games, players=Players(share=0.5, know=("upper",)))
    early = 0
    for trace in play_all(scenario, made_neighbourhood(), range(4)):
        result = score(trace)
        for number, row in enumerate(result["games"]):
            found = [record for record in pick(trace, "found") if record.data["game"] == row["game"]]
            assert (row["winner"], row["prize"]) == (found[0].data["by"] if found else None, "taart")
            assert {record.who for record in found} <= {f"suspect-{2 * number + 1}", f"suspect-{2 * number + 2}"}
            ends_at_once = stop == "first-found" or (on_found == "next-game" and number == 0)
            assert not ends_at_once or len(found) == 1
            assert (row["ended_by"], row["ended_s"]) == (
                ("found", found[0].time_s) if ends_at_once else ("time", 1000.0 * number + 900.0)
            )
            early += ends_at_once
        starts = [record.time_s for record in pick(trace, "game")]
        assert starts == [0.0, 1000.0]
        assert sum(row["suspects_found"] for row in result["games"]) == result["suspects_found"]
        assert sum(row["sightings"] for row in result["games"]) == result["sightings"]
    assert (early > 0) == (stop == "first-found" or on_found == "next-game")
