"""Worlds solved by hand: one street, one window, one suspect; every record to the microsecond."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from simulation.scenario.model import Act, Hint, Players, Residents
from simulation.trace.canonical import canonical
from tests.verification.lane import CERTAIN, DURATION_S, REACH_M, UP_AND_DOWN, WINDOW, kinds, looks, played
from tests.verification.pencil import Pass, micros, misses, notice_rate, pair, phone_checks, resident, threshold
from tests.verification.searcher import News, solve, then_home
from tests.worlds import House, evening


def test_when_one_window_recognises_one_suspect() -> None:
    # He passes at 12 m at t = 100, turns at t = 520, and passes again at t = 940, after the end.
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.5}
    duration = 1200.0
    passes = [Pass(12.0, 100.0, 1.0, 0.0, 520.0), Pass(12.0, 940.0, 1.0, 520.0, 1040.0)]
    passes.append(Pass(12.0, 1140.0, 1.0, 1040.0, duration))
    stay_in = values | {"resight_s": 50.0, "p_go_out_player": 0.0}
    scenario = evening(stay_in, suspect=UP_AND_DOWN, game={"duration_s": duration})
    seeds = range(60)
    solved = [looks(seed, passes, values, 50.0) for seed in seeds]
    assert [kinds(trace, "sighting") for trace in played(scenario, WINDOW, seeds=seeds)] == solved
    assert sum(len(moments) > 1 for moments in solved) >= 5


HINT_S = 30.0


def read_at(seed: int, median_s: float = 60.0) -> float:
    """Solve when the resident of the first house, who plays, reads a hint that is given at half a minute."""
    return min(check for check in phone_checks(seed, resident("n0001"), median_s, 0.8, 1200.0) if check > HINT_S)


def test_who_has_no_description_recognises_from_the_moment_he_reads_one() -> None:
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.86}
    scenario = evening(
        values | {"resight_s": 50.0, "p_go_out_player": 0.0},
        suspect=UP_AND_DOWN,
        game={"duration_s": 500.0, "hints": (Hint(at_s=HINT_S, tell=("upper",)),)},
        players=Players(share=1.0),
    )
    solved = [looks(seed, [Pass(12.0, 100.0, 1.0, 0.0, 500.0)], values, 50.0, read_at(seed)) for seed in range(60)]
    assert [kinds(trace, "sighting") for trace in played(scenario, WINDOW, seeds=range(60))] == solved
    assert sum(len(moments) > 0 for moments in solved) >= 10


def test_who_does_not_look_out_looks_while_he_is_alerted() -> None:
    # He is alerted by a hint that says where the suspect was, and then he looks out all of the 40 s that it lasts.
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.86, "p_watch_player": 1e-4, "alerted_watch_factor": 1e4}
    scenario = evening(
        values | {"resight_s": 15.0, "p_go_out_player": 0.0, "alerted_s": 40.0},
        suspect=UP_AND_DOWN,
        game={"duration_s": 500.0, "hints": (Hint(at_s=HINT_S, where=True),)},
    )
    reads = [read_at(seed) for seed in range(120)]
    spans = [[Pass(12.0, 100.0, 1.0, read, read + 40.0)] for read in reads]
    solved = [looks(seed, span, values, 15.0) for seed, span in enumerate(spans)]
    for trace, moments in zip(played(scenario, WINDOW, seeds=range(120)), solved, strict=True):
        assert kinds(trace, "sighting") == pytest.approx(moments, rel=0.0, abs=10.0)
    assert sum(len(moments) > 0 for moments in solved) >= 10


@pytest.mark.parametrize("factor", [1.0, 1.8])
def test_who_goes_out_keeps_what_he_has_nearly_noticed_and_his_training(factor: float) -> None:
    # He reads that the suspect was at x = 80, leaves his door at (150, 0) a minute later, and walks at 1.34 m/s to the first
    # place where he looks: towards the suspect, or before him.
    goes = {"p_challenge_player": 0.0, "p_go_out_player": 1.0, "read_delay_player_median_s": 10.0, "training_factor": factor}
    values = CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.33} | goes
    end, game = 150.0, {"duration_s": 150.0, "hints": (Hint(at_s=HINT_S, where=True),)}
    scenario = evening(values, suspect=UP_AND_DOWN, game=game, residents=Residents(trained=1.0))
    on_the_way = 0
    for seed, trace in zip(range(150), played(scenario, WINDOW, seeds=range(150)), strict=True):
        out = read_at(seed, 10.0) + 60.0
        search = solve(seed, resident("n0001"), News(80.0, east=True, seen=HINT_S), ((150.0, 0.0), out), 900.0)
        there, pace = min(search.arrive, end), 1.34 if search.goal[0] > 150.0 else -1.34
        meeting = (100.0 - pace * out) / (1.0 - pace)
        passes = [Pass(12.0, 100.0, 1.0, 0.0, min(out, end))] + [Pass(0.0, meeting, abs(1.0 - pace), out, there)] * (out < end)
        expected = [moment for moment in looks(seed, passes, values, 1e9, factor=factor) if moment < there * 1e6]
        assert [moment for moment in kinds(trace, "sighting")[:1] if moment < there * 1e6] == expected
        on_the_way += any(moment > out * 1e6 for moment in expected)
    assert on_the_way >= 5


def test_who_is_told_on_his_way_of_whom_he_sees_anyway_sees_him_no_sooner() -> None:
    # The suspect does something at x = 50 all the time, which shows to all who come by; a second hint only tells who it is.
    act = Act(name="voelt aan deuren", per_hour=3600.0, duration_s=7200.0, conspicuousness=1.0)
    goes = {"p_challenge_player": 0.0, "p_go_out_player": 1.0, "read_delay_player_median_s": 20.0, "prepare_s": 10.0}
    first, told = Hint(at_s=HINT_S, where=True), (Hint(at_s=at, tell=("upper",)) for at in (100.0, 130.0, 160.0))
    seen = []
    for hints in ((first,), *((first, hint) for hint in told)):
        scenario = evening(
            CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.33} | goes,
            suspect=UP_AND_DOWN | {"acts": (act,)},
            game={"duration_s": 300.0, "hints": hints},
            players=Players(share=1.0),
        )
        seen.append([kinds(trace, "sighting")[:1] for trace in played(scenario, WINDOW, seeds=range(80))])
    assert all(same == seen[0] for same in seen)
    assert sum(moments > [130e6] for moments in seen[0]) >= 10


def test_a_suspect_who_stands_still_before_a_window() -> None:
    # He does something all the time from t = 0 on, twice as conspicuous; nobody has a description: one sighting per act.
    duration = 600.0
    act = Act(name="voelt aan deuren", per_hour=2.0, duration_s=7200.0, conspicuousness=2.0)
    scenario = evening(
        CERTAIN | {"d_half_m": 40.0, "p_notice_walker": 0.5, "p_go_out_player": 0.0},
        suspect=UP_AND_DOWN | {"acts": (act,)},
        game={"duration_s": duration},
        players=Players(share=1.0),
    )
    rate = 2.0 * notice_rate(0.5, 40.0, REACH_M)
    noticed = 0
    for seed, trace in zip(range(80), played(scenario, WINDOW, seeds=range(80)), strict=True):
        expected = []
        for record in trace.records:
            away = math.hypot(record.data["x_m"] - 150.0, 12.0) if record.kind == "act" else math.inf
            if away <= REACH_M:
                amount = threshold(seed, pair(resident("n0001")), 0)
                expected = [round((record.time_s + amount * (1600.0 + away**2) / 1600.0 / rate) * 1e6)]
        expected = [moment for moment in expected if moment < duration * 1e6]
        assert kinds(trace, "sighting") == expected
        noticed += len(expected)
    assert noticed >= 3


SEED = 35
"""Here the first resident stays in, the second goes out on reading, and both recognise the suspect."""
FIRST, PLACE = "n0001/1/suspect-1/1:0", ("place-east", "place-north")
"""What the draws of the first resident about his first sighting are called."""


def test_a_whole_evening_record_by_record() -> None:
    # The suspect walks along y = 0 at 1 m/s: x = 50 + t. Resident 1 sees him from (150, 12), calls and posts. Resident 2 lives
    # 140 m up a side street at x = 520, reads the post, walks down at 1.34 m/s to look, sees him come and walks up to him.
    values = CERTAIN | {"d_half_m": 100.0, "p_notice_walker": 0.86, "p_go_out_player": 0.5}
    scenario = evening(values, suspect=UP_AND_DOWN, game={"duration_s": DURATION_S})
    trace = played(scenario, WINDOW, House((532.0, 140.0), "Hofje", "2"), seeds=range(SEED, SEED + 1), side=True)[0]
    happened = [json.loads(canonical(record._asdict())) for record in trace.records]
    for record, expected in zip(happened, _by_hand(), strict=True):
        identity, time, causes, data = expected
        assert record["id"] == identity
        assert (record["time_us"], record["causes"]) == (round(time * 1e6), causes), identity
        assert sorted(record["data"]) == sorted(data)
        for name, value in data.items():
            assert record["data"][name] == _close(value), (identity, name)


def _close(value: Any) -> Any:
    """Let lengths and times differ by little more than a micrometre and a microsecond."""
    if isinstance(value, dict):
        return {name: _close(part) for name, part in value.items()}
    numbers = isinstance(value, float) or (isinstance(value, list) and all(isinstance(part, float) for part in value))
    return pytest.approx(value, rel=0.0, abs=1.2e-6) if numbers else value


def _by_hand() -> list[tuple[str, float, list[str], dict[str, Any]]]:
    one, two, reach = resident("n0001"), resident("n0002"), REACH_M
    rate = notice_rate(0.86, 100.0, reach)
    checks = [phone_checks(SEED, person, 60.0, 0.8, DURATION_S + 900.0) for person in (one, two)]

    def reads(sent: float, *who: int) -> list[float]:
        return [min(check for check in checks[person] if check > sent) for person in who]

    # Resident 1 looks from the window: he comes within 100 m at t = 100 - sqrt(100² - 12²).
    passing = Pass(12.0, 100.0, 1.0, 0.0, 520.0)
    seen = micros(passing.moment(passing.within(reach)[0], threshold(SEED, pair(one), 0), rate, 100.0))
    assert misses(SEED, pair(one), "upper", 0) < 1e4 / (1e4 + passing.distance(seen) ** 2)
    first_place = {"x_m": 50.0 + seen, "y_m": 0.0, "street": "West"}
    posted = seen + 15.0 + 5.0 + 75.0 + 40.0
    # Resident 2 reads it, puts on shoes, and walks 140 m to the corner (520, 0) and on to where he looks first.
    read = reads(posted, 1)[0]
    out = read + 60.0
    corner = out + 140.0 / 1.34
    news = News(round(first_place["x_m"], 3), east=True, seen=seen)
    search = then_home(solve(SEED, two, news, ((520.0, 140.0), out), 900.0, 0, 150.0), (520.0, 140.0))
    assert search.goal[1] == 0.0
    # He is at (520, 140 - 1.34 (t - out)), the suspect at (50 + t, 0): the distance has its least value when ...
    speed = math.hypot(1.34, 1.0)
    meeting = ((140.0 + 1.34 * out) * 1.34 + 470.0) / speed**2
    nearest = math.hypot(140.0 - 1.34 * (meeting - out), 470.0 - meeting)
    coming = Pass(nearest, meeting, speed, out, corner)
    begin = coming.within(reach)[0]
    missed = micros(coming.moment(begin, threshold(SEED, pair(two), 0), rate, 100.0))
    assert misses(SEED, pair(two), "upper", 0) > 1e4 / (1e4 + coming.distance(missed) ** 2)
    again = micros(coming.moment(missed, threshold(SEED, pair(two), 1), rate, 100.0))
    assert misses(SEED, pair(two), "upper", 1) < 1e4 / (1e4 + coming.distance(again) ** 2)
    assert again < corner
    # At 1.4 times his pace he would be 5 m from the suspect, who comes at 1 m/s; 10 s later, beside him, he has asked.
    height = 140.0 - 1.34 * (again - out)
    asked = micros(again + (height + 520.0 - (50.0 + again) - 5.0) / (1.4 * 1.34 + 1.0) + 10.0)
    stood = 50.0 + asked
    pace = (height + 520.0 - stood) / (asked - again)
    bend = again + height / pace
    homeward = asked + (520.0 - stood) / 1.34
    told = {"called": False, "content": "start", "direction_rad": None, "elements": {}, "place": None, "seen_s": None}
    told |= {"channel": "public-page", "true": True, "readers": [0, 1]}
    sighting = {"suspect": "suspect-1", "by": "description", "recognised": True, "elements": {"upper": "rood"}}
    elements = ("who", "what", "where", "when", "how", "whereto")
    tells = tuple(f"tell-{element}" for element in elements)
    rounded = {"x_m": round(first_place["x_m"], 3), "y_m": 0.0, "street": "West"}
    return [
        ("evening:organiser:1", 0.0, ["fact:games"], {"games": ["Spel"]}),
        (
            "residents:organiser:1",
            0.0,
            ["fact:residents", "draw:household-type:everybody:0", "draw:household-size:everybody:0"],
            {
                "who": ["n0001/1", "n0002/1"],
                "type": ["single", "single"],
                "age": [58, 37],
                "member": [1, 1],
                "player": [1, 1],
                "party": [0, 0],
                "home_x_m": [150.0, 532.0],
                "home_y_m": [12.0, 140.0],
            },
        ),
        (
            "channel:group-1:1",
            0.0,
            ["fact:structure", "draw:member:everybody:0"],
            {"structure": "single-group", "kind": "group", "members": [0, 1], "muted": []},
        ),
        (
            "channel:public-page:1",
            0.0,
            ["fact:structure", "draw:member:everybody:0"],
            {"structure": "public-page", "kind": "page", "members": [0, 1], "muted": []},
        ),
        (
            "game:organiser:1",
            0.0,
            ["evening:organiser:1", "fact:games/0"],
            {"game": "Spel", "suspects": ["suspect-1"], "duration_s": DURATION_S, "area": None, "prize": ""},
        ),
        (
            "route:suspect-1:1",
            0.0,
            ["game:organiser:1", "fact:games/0/suspects/0"],
            {"reason": "suspect", "t_s": [0.0, 520.0, 900.0], "x_m": [50.0, 570.0, 190.0], "y_m": [0.0, 0.0, 0.0]},
        ),
        ("post:organiser:1", 0.0, ["game:organiser:1"], told | {"read_s": reads(0.0, 0, 1)}),
        (
            "sighting:n0001/1:1",
            seen,
            ["route:suspect-1:1", "draw:look:n0001/1/suspect-1:0", "draw:perceive:n0001/1/suspect-1:0", "fact:players/know"],
            sighting | first_place | {"distance_m": round(passing.distance(seen), 3), "from": "home"},
        ),
        (
            "call:n0001/1:1",
            seen,
            ["sighting:n0001/1:1", f"draw:report:{FIRST}"],
            {"number": "temporary", "n_try": 1, "prompted_by": "sighting", "sighting": "sighting:n0001/1:1"},
        ),
        ("answer:desk:1", seen + 20.0, ["call:n0001/1:1"], {"call": "call:n0001/1:1", "waited_s": 0.0}),
        (
            "report:desk:1",
            seen + 95.0,
            ["answer:desk:1", "sighting:n0001/1:1", *(f"draw:{told}:{FIRST}" for told in (*tells, *PLACE))],
            {
                "call": "call:n0001/1:1",
                "caller": "n0001/1",
                "elements": dict.fromkeys(elements, True),
                "place": rounded,
                "direction_rad": 0.0,
                "seen_s": seen,
                "duplicate": False,
            },
        ),
        (
            "post:n0001/1:1",
            posted,
            ["report:desk:1", *(f"draw:{purpose}:{FIRST}" for purpose in ("post", *PLACE))],
            {
                "channel": "group-1",
                "content": "sighting",
                "place": rounded,
                "direction_rad": 0.0,
                "elements": {"upper": "rood"},
                "called": True,
                "seen_s": seen,
                "true": True,
                "readers": [1],
                "read_s": [read],
            },
        ),
        (
            "departure:n0002/1:1",
            read,
            ["post:n0001/1:1@n0002/1", "draw:go-out:n0002/1:0"],
            {"post": "post:n0001/1:1", "to": rounded, "from": "home"},
        ),
        (
            "route:n0002/1:1",
            read,
            ["departure:n0002/1:1", "draw:search-bike:n0002/1:0", "draw:search-goal:n0002/1:1"],
            {
                "reason": "search",
                "t_s": [point[0] for point in search.points],
                "x_m": [round(point[1], 3) for point in search.points],
                "y_m": [round(point[2], 3) for point in search.points],
            },
        ),
        (
            "sighting:n0002/1:1",
            again,
            [
                "route:suspect-1:1",
                "draw:look:n0002/1/suspect-1:1",
                "route:n0002/1:1",
                "draw:perceive:n0002/1/suspect-1:1",
                "fact:players/know",
            ],
            sighting
            | {"x_m": 50.0 + again, "y_m": 0.0, "street": "Midden"}
            | {"distance_m": round(coming.distance(again), 3), "from": "street"},
        ),
        (
            "route:n0002/1:2",
            again,
            ["sighting:n0002/1:1"],
            {
                "reason": "search",
                "t_s": [again, micros(bend), asked, micros(homeward), micros(homeward + 140.0 / 1.34)],
                "x_m": [520.0, 520.0, round(stood, 3), 520.0, 520.0],
                "y_m": [round(height, 3), 0.0, 0.0, 0.0, 140.0],
            },
        ),
        (
            "question:n0002/1:1",
            asked,
            ["sighting:n0002/1:1", "route:n0002/1:2", "draw:challenge:n0002/1/suspect-1/1:0"],
            {"asked": "suspect-1", "answer": "yes"},
        ),
        (
            "found:suspect-1:1",
            asked,
            ["question:n0002/1:1"],
            {"by": "n0002/1", "found_by": "resident", "game": "Spel"},
        ),
        (
            "game_end:organiser:1",
            asked,
            ["game:organiser:1", "found:suspect-1:1"],
            {"game": "Spel", "reason": "found"},
        ),
        ("post:organiser:2", asked, ["game_end:organiser:1"], told | {"content": "close", "read_s": reads(asked, 0, 1)}),
        (
            "post:n0001/1:2",
            asked,
            ["game_end:organiser:1", "post:n0001/1:1"],
            told | {"channel": "group-1", "content": "close", "readers": [1], "read_s": reads(asked, 1)},
        ),
        ("close:organiser:1", asked, ["game_end:organiser:1"], {}),
    ]
