"""Evenings of six people in two groups along one street, written by hand record by record, to lay beside what is played."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from simulation.scenario.model import Place, Route
from simulation.trace.canonical import canonical
from tests.verification.lane import CERTAIN, looks
from tests.verification.pencil import Pass, phone_checks, resident
from tests.worlds import House, play_all, street_map

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

DURATION_S = 1380.0
SURE = CERTAIN | {
    "d_half_m": 100.0,
    "p_notice_walker": 0.86,
    "p_go_out_player": 0.0,
    "resight_s": 1e5,
    "p_steward_available": 1.0,
    "p_correct": 0.0,
    "p_admin_forward": 1.0,
    "judgement_shared": 0.0,
    "forward_half_m": 1e5,
    "forward_half_s": 1e6,
    "forward_uncalled_factor": 1.0,
    "admin_relay_median_s": 30.0,
    "admin_relay_sigma": 0.0,
}
STREETS = {"West": [(0.0, 0.0), (100.0, 0.0)], "Midden": [(100.0, 0.0), (700.0, 0.0)], "Oost": [(700.0, 0.0), (800.0, 0.0)]}
SUSPECT = {
    "start": Place(street="West"),
    "behaviour": Route(points=(Place(street="Oost"), Place(street="West"))),
    "speed_mps": 0.5,
}
NAMES = [f"n000{number}/1" for number in range(1, 7)]
PLACE = ("place-east", "place-north")
ELEMENTS = ("who", "what", "where", "when", "how", "whereto")
NOTHING = {"place": None, "direction_rad": None, "elements": {}, "called": False, "seen_s": None, "true": True}


class Told(NamedTuple):
    """A message: its record, who sent it where and when, what it says, what it goes back to, and when each reads it."""

    record: str
    who: str
    channel: str
    time: float
    message: dict[str, Any]
    matter: str
    read: dict[str, float]


@dataclass
class Hand:
    """An evening written by hand: in which channels everybody sits, and the records, in order."""

    seed: int
    members: dict[str, list[str]]
    records: list[tuple[str, float, list[str], dict[str, Any]]] = field(default_factory=list)

    def add(self, kind: str, who: str, time: float, causes: list[str], /, **data: Any) -> str:
        earlier = sum(identity.startswith(f"{kind}:{who}:") for identity, *_ in self.records)
        self.records.append((f"{kind}:{who}:{earlier + 1}", time, causes, data))
        return self.records[-1][0]

    def post(self, who: str, channel: str, time: float, causes: list[str], matter: str = "", **message: Any) -> Told:
        """Send a message: each member reads it at his first look at his phone."""
        read = {}
        for name in self.members[channel]:
            looked = phone_checks(self.seed, resident(name[:5]), 60.0, 0.8, DURATION_S + 900.0)
            later = [moment for moment in looked if time < moment <= DURATION_S + 900.0]
            if name != who and later:
                read[name] = later[0]
        message = {"content": "sighting", **NOTHING, **message}
        readers = {"readers": [NAMES.index(name) for name in read], "read_s": list(read.values())}
        record = self.add("post", who, time, causes, channel=channel, **message, **readers)
        return Told(record, who, channel, time, message, matter, read)

    def judged(self, who: str, told: Told, target: str, verdict: str, other: Told | None = None) -> tuple[Told, str, str, str]:
        """Judge a message 30 s after reading it, or after having sent it oneself."""
        own = who == told.who
        causes = [*([] if own else [f"{told.record}@{who}"]), told.record, f"draw:steward:{who}:0"]
        if verdict.endswith("-on"):
            causes += [f"draw:judge-alike:{who}/{told.matter}:0", f"draw:judge:{who}/{told.matter}/{target}:0"]
        causes += [other.record] if other else []
        time = (told.time if own else told.read[who]) + 30.0
        record = self.add("judgement", who, time, causes, post=told.record, target=target, verdict=verdict)
        return told, who, target, record

    def passed(self, judged: tuple[Told, str, str, str]) -> Told:
        """Pass on what was judged to matter, at once."""
        told, who, target, record = judged
        time = next(moment for identity, moment, *_ in self.records if identity == record)
        return self.post(who, target, time, [record, f"{told.record}@{who}"], told.matter, **told.message)

    def sighting(self, who: str, x: float, known: str, since: float = -math.inf) -> tuple[str, float, dict[str, Any]]:
        """Let somebody at a window at (x, 12) notice the suspect, at his first look; give what he can tell."""
        by = Pass(12.0, 2.0 * (x - 50.0), 0.5, 0.0, DURATION_S)
        time = looks(self.seed, [by], SURE, 1e5, since, who=who[:5])[0] / 1e6
        east = 50.0 + time / 2.0
        spot = {"x_m": east, "y_m": 0.0, "street": "West" if east < 100.0 else "Midden"}
        causes = ["route:suspect-1:1", *(f"draw:{purpose}:{who}/suspect-1:0" for purpose in ("look", "perceive")), known]
        record = self.add(
            "sighting",
            who,
            time,
            causes,
            **spot,
            suspect="suspect-1",
            distance_m=round(by.distance(time), 3),
            by="description",
            recognised=True,
            elements={"upper": "rood"},
            **{"from": "home"},
        )
        place = {**spot, "x_m": round(east, 3)}
        return record, time, {"place": place, "direction_rad": 0.0, "elements": {"upper": "rood"}, "seen_s": time}

    def call(self, who: str, seen: tuple[str, float, dict[str, Any]]) -> str:
        """Call about a sighting, be answered and tell everything; give the report."""
        sighting, time, told = seen
        call = self.add(
            "call",
            who,
            time,
            [sighting, f"draw:report:{who}/suspect-1/1:0"],
            number="temporary",
            n_try=1,
            prompted_by="sighting",
            sighting=sighting,
        )
        answer = self.add("answer", "desk", time + 20.0, [call], call=call, waited_s=0.0)
        purposes = (*(f"tell-{element}" for element in ELEMENTS), *PLACE)
        causes = [answer, sighting, *(f"draw:{purpose}:{who}/suspect-1/1:0" for purpose in purposes)]
        return self.add(
            "report",
            "desk",
            time + 95.0,
            causes,
            call=call,
            caller=who,
            elements=dict.fromkeys(ELEMENTS, True),
            duplicate=False,
            **{name: told[name] for name in ("place", "direction_rad", "seen_s")},
        )

    def tell(self, who: str, channel: str, seen: tuple[str, float, dict[str, Any]], report: str = "") -> Told:
        """Post about a sighting, after typing; `report` is that of the call, if there was one."""
        sighting, time, told = seen
        causes = [report or sighting, *(f"draw:{purpose}:{who}/suspect-1/1:0" for purpose in ("post", *PLACE))]
        sent = time + (95.0 if report else 0.0) + 40.0
        return self.post(who, channel, sent, causes, sighting, **told, called=bool(report))

    def begin(self, outlet: str) -> Told:
        """Write down who is there and who sits where; let the game begin, and the organisers say so."""
        self.add("evening", "organiser", 0.0, ["fact:games"], games=["Spel"])
        drawn = ["fact:residents", "draw:household-type:everybody:0", "draw:household-size:everybody:0"]
        self.add("residents", "organiser", 0.0, drawn, who=NAMES, member=[1] * 6, player=[1] * 6)
        joined = ["fact:structure", "draw:member:everybody:0"]
        for key, names in self.members.items():
            kind = {"group": "group", "public": "page"}.get(key.partition("-")[0], "upper")
            inside = [NAMES.index(name) for name in names]
            whose = "public-page" if kind == "page" else "zoomwijck"
            self.add("channel", key, 0.0, joined, structure=whose, kind=kind, members=inside, muted=[])
        steers = self.members["coordination-1"]
        groups = [key for name in steers for key in self.members if key.startswith("group") and name in self.members[key]]
        role = {"members": [NAMES.index(name) for name in steers], "groups": groups}
        self.add("role", "steering-member", 0.0, [*joined, "draw:role:everybody:0"], **role)
        game = {"game": "Spel", "suspects": ["suspect-1"], "duration_s": DURATION_S, "area": None, "prize": ""}
        self.add("game", "organiser", 0.0, ["evening:organiser:1", "fact:games/0"], **game)
        way = {"reason": "suspect", "t_s": [0.0, DURATION_S], "x_m": [50.0, 50.0 + DURATION_S / 2.0], "y_m": [0.0, 0.0]}
        self.add("route", "suspect-1", 0.0, ["game:organiser:1", "fact:games/0/suspects/0"], **way)
        return self.post("organiser", outlet, 0.0, ["game:organiser:1"], "game:organiser:1", content="start")

    def end(self, outlet: str, *holders: Told) -> None:
        """Let the game end; the organisers and the case holders tell so."""
        ended = self.add("game_end", "organiser", DURATION_S, ["game:organiser:1"], game="Spel", reason="time")
        self.post("organiser", outlet, DURATION_S, [ended], content="close")
        for case in holders:
            self.post(case.who, case.channel, DURATION_S, [ended, case.record], content="close")
        self.add("close", "organiser", DURATION_S, [ended])


def assert_as_written(hand: Hand, scenario: Scenario, *houses: tuple[float, float]) -> None:
    """Compare the whole trace with what was written by hand, within little more than a microsecond and a micrometre."""
    homes = [House(at, "Hofje", str(number)) for number, at in enumerate(houses, 1)]
    (trace,) = play_all(scenario, street_map(STREETS, homes), [hand.seed])
    happened = [json.loads(canonical(record._asdict())) for record in trace.records]
    for record, (identity, time, causes, data) in zip(happened, hand.records, strict=True):
        assert record["id"] == identity
        assert (record["time_us"], record["causes"]) == (pytest.approx(time * 1e6, rel=0.0, abs=1.2), causes), identity
        assert record["kind"] == "residents" or sorted(record["data"]) == sorted(data)
        for name, value in data.items():
            assert record["data"][name] == _close(value), (identity, name)


def _close(value: Any) -> Any:
    """Let lengths and times differ by little more than a micrometre and a microsecond."""
    if isinstance(value, dict):
        return {name: _close(part) for name, part in value.items()}
    numbers = isinstance(value, float) or (isinstance(value, list) and all(isinstance(part, float) for part in value))
    return pytest.approx(value, rel=0.0, abs=1.2e-6) if numbers else value
