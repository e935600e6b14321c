"""The patrol team on one straight street: where each goes, whom he meets, who calls and what the register says, by hand."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from simulation.draws import combine_one, stream_key, uniform
from simulation.scenario.model import Number, Players, Structure
from simulation.trace.canonical import canonical
from tests.verification.lane import CERTAIN, REACH_M, UP_AND_DOWN, WINDOW, played
from tests.verification.pencil import Pass, micros, misses, notice_rate, pair, phone_checks, resident, threshold
from tests.worlds import House, evening

END_S, TURN_S = 900.0, 520.0
HOUSES = (WINDOW, House((400.0, 12.0), "Hofje", "2"), House((600.0, 400.0), "Ver", "3"))
DOORS = (150.0, 400.0, 600.0)
"""Where the residents reach the street, metres along it; it is 620 m long."""
NAMES = ("n0001/1", "n0002/1", "n0003/1")
WALK, ROUND_S, FACTOR, HALF_M = 1.34, 9000.0, 2.0, 100.0
CALM = CERTAIN | {
    "d_half_m": HALF_M,
    "p_notice_walker": 0.86,
    "p_watch": 1e-4,
    "p_watch_player": 1e-4,
    "p_home": 1.0,
    "p_challenge_player": 0.0,
    "p_ask_stranger": 0.0,
    "p_go_out_player": 0.0,
    "resight_s": 1e5,
    "patrol_members": 2.0,
    "patrol_duty_share": 1.0,
    "patrol_round_s": ROUND_S,
    "p_patrol_bike": 0.0,
    "patrol_notice_factor": FACTOR,
    "p_report_patrol": 1.0,
    "patrol_register_s": 20.0,
}
"""Two of three go round, longer than the evening; whoever of them notices the suspect calls."""
SEEDS = (4, 8, 19, 20, 22, 36, 16, 32, 53)
"""Seeds in which both are out before play begins: in the first six one learns from the register, in the last two both call."""


@cache
def told(seed: int, *, know: tuple[str, ...] = ("upper",), opens_s: float = 0.0, **values: float) -> list[dict[str, Any]]:
    """Play the evening and give its records as the file has them."""
    scenario = evening(
        CALM | values,
        suspect=UP_AND_DOWN | {"description": {"upper": "rode jas"}},
        game={"duration_s": END_S},
        players=Players(share=1.0, know=know),
        structure=Structure(id="patrol-team"),
        number=Number(lines=3, opens_s=opens_s),
    )
    (trace,) = played(scenario, *HOUSES, seeds=range(seed, seed + 1))
    return [json.loads(canonical(record._asdict())) for record in trace.records]


def draw(seed: int, purpose: str, person: int) -> float:
    return uniform(stream_key(seed, purpose), resident(NAMES[person][:5]))


class Round:
    """Somebody's round by hand: up and down the street, turning at its ends, and home along it."""

    def __init__(self, seed: int, person: int) -> None:
        self.door = DOORS[person]
        self.begin = micros(draw(seed, "patrol-start", person) * (END_S + ROUND_S) - ROUND_S)
        east = _first_turn(seed, person) >= 0.5
        # Unfolded, he walks east for ever; the street is the part from 0 to 620 m, to and fro.
        self._from = 1240.0 - self.door if east else self.door
        self.stop = micros(self.begin + ROUND_S)
        self.home = micros(self.stop + abs(self.at(self.stop) - self.door) / WALK)

    def at(self, time: float) -> float:
        """Give where he is, metres along the street."""
        folded = (self._from + WALK * (time - self.begin)) % 1240.0
        return folded if folded <= 620.0 else 1240.0 - folded

    def turns(self, since: float, until: float) -> list[float]:
        """List when he turns between two moments."""
        first = self.begin + (620.0 - self._from % 620.0) / WALK
        times = [first + number * 620.0 / WALK for number in range(30)]
        return [time for time in times if since < time < until]


def _first_turn(seed: int, person: int) -> float:
    return uniform(combine_one(stream_key(seed, "patrol-1-turn"), resident(NAMES[person][:5])), 0)


def suspect_at(time: float) -> float:
    return 50.0 + time if time <= TURN_S else 570.0 - (time - TURN_S)


def sees(seed: int, person: int) -> float | None:
    """Solve when somebody on his round recognises the suspect for the first time."""
    mine, key = Round(seed, person), pair(resident(NAMES[person][:5]))
    bends = sorted({0.0, END_S, TURN_S, *mine.turns(0.0, END_S)})
    passes = [_pass(mine, begin, end) for begin, end in pairwise(bends)]
    rate, since, look = FACTOR * notice_rate(0.86, HALF_M, REACH_M), 0.0, 0
    while True:
        left = threshold(seed, key, look)
        for one in passes:
            low, high = one.within(REACH_M)
            low = max(low, since)
            total = one.hazard((low, high), rate, HALF_M) if low < high else 0.0
            if total > left:
                break
            left -= total
        else:
            return None
        since = micros(one.moment(low, left, rate, HALF_M))
        if misses(seed, key, "upper", look) < HALF_M**2 / (HALF_M**2 + one.distance(since) ** 2):
            return since
        look += 1


def _pass(mine: Round, begin: float, end: float) -> Pass:
    """Give how the two pass each other while both go straight on."""
    apart = [suspect_at(time) - mine.at(time) for time in (begin + 1e-3, end - 1e-3)]
    speed = (apart[1] - apart[0]) / (end - begin - 2e-3)
    return Pass(0.0, begin + 1e-3 - apart[0] / speed, abs(speed), begin, end)


def by_hand(seed: int) -> list[tuple[str, float, int, str]]:
    """Give what stands in the register: the key of the entry, when, whose, and what became of it."""
    team = sorted(range(3), key=lambda person: draw(seed, "patrol-team", person))[:2]
    seen = sorted((time, person) for person in team if (time := sees(seed, person)) is not None)
    (first, one), (second, other) = (*seen, (float("inf"), -1))[:2]
    # 15 s to dial, 5 s until it is answered, 75 s of talk, 20 s to tell the coordinator.
    entries = [(micros(first + 115.0), one, "called")]
    near = abs(suspect_at(first) - suspect_at(second)) < 200.0 if other >= 0 else False
    if first + 115.0 <= second < first + 300.0 and near:
        entries.append((second, other, "known"))
    elif other >= 0:
        entries.append((micros(second + 115.0), other, "called"))
    return [(f"register:coordinator:{number}", *entry) for number, entry in enumerate(sorted(entries), 1)]


@pytest.mark.parametrize("seed", SEEDS)
def test_who_sees_the_suspect_when_and_who_learns_from_the_register(seed: int) -> None:
    records = told(seed)
    (roster,) = (record["data"] for record in records if record["kind"] == "roster")
    assert max(roster["from_s"]) < 0.0
    assert min(roster["until_s"]) > END_S
    entries = [record for record in records if record["kind"] == "register"]
    found = [(one["id"], one["time_us"], NAMES.index(one["data"]["member"]), one["data"]["outcome"]) for one in entries]
    assert found == [(key, round(time * 1e6), who, outcome) for key, time, who, outcome in by_hand(seed)]
    calls = [record["who"] for record in records if record["kind"] == "call"]
    assert calls == [one["data"]["member"] for one in entries if one["data"]["outcome"] == "called"]
    reports = [record["data"]["duplicate"] for record in records if record["kind"] == "report"]
    assert len(reports) == len(calls)
    assert any(reports) == (seed in {32, 53})


def test_a_round_and_a_register_record_by_record() -> None:
    for record, expected in zip(told(19), _evening(), strict=True):
        identity, time, causes, data = expected
        assert record["id"] == identity
        assert (record["time_us"], record["causes"]) == (round(time * 1e6), causes), identity
        assert record["data"] == {key: _near(value) for key, value in data.items()}, identity


def _near(value: Any) -> Any:
    """Allow for a microsecond or a millimetre in the corners of a way, which are sums of many streets."""
    return pytest.approx(value, abs=2e-6) if isinstance(value, list) and value and isinstance(value[0], float) else value


def _evening() -> list[tuple[str, float, list[str], dict[str, Any]]]:
    seed, six = 19, ("who", "what", "where", "when", "how", "whereto")
    rounds = [Round(seed, person) for person in (0, 1)]
    first, second = sees(seed, 1), sees(seed, 0)
    assert first is not None
    assert second is not None
    checks = [phone_checks(seed, resident(name[:5]), 60.0, 0.8, END_S + 900.0) for name in NAMES]
    nothing = {"called": False, "direction_rad": None, "elements": {}, "place": None, "seen_s": None, "true": True}

    def official(sent: float, content: str) -> dict[str, Any]:
        reads = [min(check for check in one if check > sent) for one in checks]
        return nothing | {"channel": "public-page", "content": content, "readers": [0, 1, 2], "read_s": reads}

    def way(person: int) -> dict[str, Any]:
        # What was over before play began is left out: the first corner is the last end of a street passed before it.
        mine = rounds[person]
        start = max(time for time in _corners(mine) if time <= 0.0)
        times = [start, *mine.turns(start, mine.stop), mine.home]
        last = mine.at(mine.stop)
        if (last - mine.at(mine.stop - 1e-3)) * (mine.door - last) < 0.0:
            times.insert(-1, mine.stop)
        places = [*(mine.at(time) for time in times[:-1]), mine.door]
        return {"reason": "patrol", "t_s": times, "x_m": places, "y_m": [0.0] * len(times)}

    def sighting(name: str, time: float, apart: float) -> tuple[str, float, list[str], dict[str, Any]]:
        about = f"{name}/suspect-1:0"
        return (
            f"sighting:{name}:1",
            time,
            ["route:suspect-1:1", f"draw:look:{about}", f"route:{name}:1", f"draw:perceive:{about}", "fact:players/know"],
            {"suspect": "suspect-1", "by": "description", "recognised": True, "elements": {"upper": "rode jas"}}
            | {"from": "street", "x_m": round(suspect_at(time), 6), "y_m": 0.0, "street": "Midden", "distance_m": apart},
        )

    def entry(name: str, time: float, outcome: str, same_as: str | None) -> dict[str, Any]:
        place = {"x_m": round(suspect_at(time), 3), "y_m": 0.0, "street": "Midden"}
        told = {"member": name, "sighting": f"sighting:{name}:1", "place": place, "seen_s": time}
        return told | {"outcome": outcome, "same_as": same_as}

    apart = [round(abs(suspect_at(time) - mine.at(time)), 3) for time, mine in ((first, rounds[1]), (second, rounds[0]))]
    one, other, about = NAMES[1], NAMES[0], f"{NAMES[1]}/suspect-1/1:0"
    tells = [*(f"tell-{element}" for element in six), "place-east", "place-north"]
    return [
        ("evening:organiser:1", 0.0, ["fact:games"], {"games": ["Spel"]}),
        (
            "residents:organiser:1",
            0.0,
            ["fact:residents", "draw:household-type:everybody:0", "draw:household-size:everybody:0"],
            {"who": list(NAMES), "type": ["single"] * 3, "age": [69, 38, 30], "member": [1] * 3, "player": [1] * 3}
            | {"party": [0] * 3, "home_x_m": [150.0, 400.0, 600.0], "home_y_m": [12.0, 12.0, 400.0]},
        ),
        (
            "channel:public-page:1",
            0.0,
            ["fact:structure", "draw:member:everybody:0"],
            {"structure": "public-page", "kind": "page", "members": [0, 1, 2], "muted": []},
        ),
        (
            "roster:patrol-team:1",
            0.0,
            ["fact:structure", *(f"draw:patrol-{what}:everybody:0" for what in ("team", "duty", "start", "bike"))],
            {"members": [0, 1], "on_duty": [0, 1], "by_bike": [0, 0]}
            | {"from_s": [mine.begin for mine in rounds], "until_s": [mine.home for mine in rounds]},
        ),
        (
            "game:organiser:1",
            0.0,
            ["evening:organiser:1", "fact:games/0"],
            {"game": "Spel", "suspects": ["suspect-1"], "duration_s": END_S, "area": None, "prize": ""},
        ),
        (
            "route:suspect-1:1",
            0.0,
            ["game:organiser:1", "fact:games/0/suspects/0"],
            {"reason": "suspect", "t_s": [0.0, TURN_S, END_S], "x_m": [50.0, 570.0, 190.0], "y_m": [0.0] * 3},
        ),
        ("post:organiser:1", 0.0, ["game:organiser:1"], official(0.0, "start")),
        ("route:n0001/1:1", 0.0, ["roster:patrol-team:1", "draw:patrol-turn:n0001/1:0"], way(0)),
        ("route:n0002/1:1", 0.0, ["roster:patrol-team:1", "draw:patrol-turn:n0002/1:0"], way(1)),
        sighting(one, first, apart[0]),
        (
            f"call:{one}:1",
            first,
            [f"sighting:{one}:1", f"draw:report:{about}"],
            {"number": "temporary", "n_try": 1, "prompted_by": "sighting", "sighting": f"sighting:{one}:1"},
        ),
        ("answer:desk:1", micros(first + 20.0), [f"call:{one}:1"], {"call": f"call:{one}:1", "waited_s": 0.0}),
        (
            "report:desk:1",
            micros(first + 95.0),
            ["answer:desk:1", f"sighting:{one}:1", *(f"draw:{purpose}:{about}" for purpose in tells)],
            {"call": f"call:{one}:1", "caller": one, "elements": dict.fromkeys(six, True), "direction_rad": 0.0}
            | {"place": entry(one, first, "", None)["place"], "seen_s": first, "duplicate": False},
        ),
        (
            "register:coordinator:1",
            micros(first + 115.0),
            [f"sighting:{one}:1", "report:desk:1"],
            entry(one, first, "called", None),
        ),
        sighting(other, second, apart[1]),
        (
            "register:coordinator:2",
            second,
            [f"sighting:{other}:1", "register:coordinator:1"],
            entry(other, second, "known", "register:coordinator:1"),
        ),
        ("game_end:organiser:1", END_S, ["game:organiser:1"], {"game": "Spel", "reason": "time"}),
        ("post:organiser:2", END_S, ["game_end:organiser:1"], official(END_S, "close")),
        ("close:organiser:1", END_S, ["game_end:organiser:1"], {}),
    ]


def _corners(mine: Round) -> list[float]:
    """List when he is at an end of one of the three streets, and when he sets out."""
    ends = (100.0, 520.0)
    passed = [
        turn + sign * abs(end - edge) / WALK
        for turn in mine.turns(mine.begin, mine.stop)
        for edge in (mine.at(turn),)
        for end in ends
        for sign in (-1.0, 1.0)
    ]
    return [mine.begin, *(time for time in (*mine.turns(mine.begin, mine.stop), *passed) if time >= mine.begin)]


# What can wait


def test_what_is_merely_odd_waits_in_the_register_until_the_round_is_over() -> None:
    entries = handed = 0
    for seed in range(12):
        records = told(seed, know=(), p_odd=1.0, patrol_round_s=400.0)
        (roster,) = (record["data"] for record in records if record["kind"] == "roster")
        home = {NAMES[who]: until for who, until in zip(roster["on_duty"], roster["until_s"], strict=True)}
        times = {record["id"]: record["time_us"] for record in records}
        assert not [record for record in records if record["kind"] == "call" and record["who"] in home]
        later = {record["id"]: record for record in records if record["kind"] == "register"}
        for record in later.values():
            data = record["data"]
            assert (data["outcome"], data["same_as"]) == ("later", None)
            assert record["time_us"] == times[data["sighting"]] + 20_000_000
        due = {
            (key, max(round(home[record["data"]["member"]] * 1e6), record["time_us"]))
            for key, record in later.items()
            if home[record["data"]["member"]] < END_S
        }
        over = [record for record in records if record["kind"] == "handover"]
        assert {(record["data"]["entry"], record["time_us"]) for record in over} == due
        assert all(record["causes"] == [record["data"]["entry"], "roster:patrol-team:1"] for record in over)
        entries, handed = entries + len(later), handed + len(over)
    assert entries >= 5
    assert 1 <= handed < entries


def test_a_call_that_nobody_answers_keeps_nobody_from_calling() -> None:
    # The number opens only when both have seen him.
    records = told(19, p_redial=0.0, opens_s=300.0)
    entries = [record for record in records if record["kind"] == "register"]
    assert [(entry["data"]["outcome"], entry["causes"][1]) for entry in entries] == [
        ("unanswered", "abandoned:n0002/1:1"),
        ("unanswered", "abandoned:n0001/1:1"),
    ]


def test_who_reports_with_no_chance_leaves_nothing_in_the_register() -> None:
    kinds = {record["kind"] for record in told(19, p_report_patrol=0.0)}
    assert not kinds & {"call", "register", "handover"}
    assert "sighting" in kinds
