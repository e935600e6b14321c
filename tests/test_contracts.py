"""Contracts C1-C4 and C6 and speed contract S3 of the engine, on a small made neighbourhood."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.maps.pinned import read_map, write_map
from simulation.maps.sight import with_sight
from simulation.people.network import Network
from simulation.people.patrols import team_of
from simulation.scenario import load_scenario, shipped_scenarios
from simulation.scenario.ground import Centre
from simulation.scenario.model import (
    Act,
    Announced,
    Hint,
    News,
    Number,
    Pauses,
    Players,
    Residents,
    Scenario,
    Structure,
    TooFew,
    Unit,
)
from simulation.scenario.shipped import scenarios_folder
from simulation.scoring import score
from simulation.trace.canonical import canonical
from simulation.trace.files import trace_digest
from simulation.trace.records import PEOPLE
from tests.alert_structures import JOINED, JOINED_PAIRS, PAIRS, PRESETS, SHOP_PAIRS, SHOPS, VARIANTS
from tests.worlds import evening, made_neighbourhood, play_all

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

SEEDS = tuple(range(20))
BUSY = {
    "p_report_member": 0.8,
    "p_household_member": 0.45,
    "p_challenge_player": 0.3,
    "p_watch": 0.15,
    "p_watch_player": 0.15,
    "p_notice_walker": 0.7,
}
"""Enough happens in half an hour to make every part of the engine work."""


CHATTY = {**BUSY, "chatter_broad_per_hour": 200.0, "mute_tolerance_median_per_hour": 10.0}
"""Groups also talk so much about other things that some of their members mute them."""


def full_evening(structure: str = "single-group", topics: str = "narrow", **changes: Any) -> Scenario:
    """Give an evening with a bit of everything: acts, pauses, hints, too few calls, two lines."""
    acts = (Act(name="voelt aan deuren", per_hour=12.0, duration_s=45.0, conspicuousness=4.0),)
    description = {"upper": "rood", "lower": "blauw", "hair": "muts"}
    usual = {
        "suspect": {"description": description, "acts": acts, "pauses": Pauses(per_hour=8.0, duration_s=60.0)},
        "game": {
            "duration_s": 2400.0,
            "hints": (Hint(at_s=0.0, tell=("upper",)), Hint(at_s=600.0, tell=("lower",), where=True)),
            "too_few": TooFew(calls=3, by_s=1200.0, then=News(tell=("photo",), where=True)),
        },
        "players": Players(share=0.08, announced=Announced(members=1.0, others=0.3)),
        "structure": Structure(groups=3, topics=topics, **(VARIANTS | SHOPS).get(structure, {"id": structure})),
        "number": Number(lines=2),
    }
    return evening(changes.pop("parameters", BUSY if topics == "narrow" else CHATTY), **(usual | changes))


@cache
def traces(structure: str = "single-group", topics: str = "narrow") -> tuple[Trace, ...]:
    return tuple(play_all(full_evening(structure, topics), made_neighbourhood(), SEEDS))


# C1: the same bytes


_RUN = """
import json, sys
from pathlib import Path
from hashlib import sha256
from simulation.engine import run_evening
from simulation.maps.pinned import read_map
from simulation.scenario import load_scenario
from simulation.scenario.shipped import scenarios_folder
from simulation.scoring import score
from simulation.trace.canonical import canonical
from simulation.trace.files import trace_digest
street_map = read_map(Path(sys.argv[1]))
scenario = load_scenario("avond-in-de-wijk").scenario
for seed, topics in ((1, "narrow"), (2, "narrow"), (3, "broad")):
    structure = scenario.structure.model_copy(update={"topics": topics})
    trace = run_evening(scenario.model_copy(update={"structure": structure}), street_map, seed)
    print(trace_digest(trace), sha256(canonical(score(trace)).encode()).hexdigest())
"""


def _dispatched() -> str:
    """Name the processor features of C1 that this numpy may choose between."""
    from numpy._core import _multiarray_umath

    return " ".join(name for name in ("X86_V4", "AVX512_ICL", "AVX512_SPR") if name in _multiarray_umath.__cpu_dispatch__)


def test_any_process_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "wijk.map"
    write_map(made_neighbourhood(), path)
    settings = [{"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "4711"}]
    if _dispatched():
        settings.append({"PYTHONHASHSEED": "1", "NPY_DISABLE_CPU_FEATURES": _dispatched()})
    root = str(Path(__file__).parent.parent)
    jobs = [
        subprocess.run(
            [sys.executable, "-c", _RUN, str(path)],
            env={**os.environ, "PYTHONPATH": root} | setting,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for setting in settings
    ]
    assert len(jobs[0].split()) == 6
    assert set(jobs) == {jobs[0]}


@pytest.mark.parametrize(("batch", "topics"), [(1, "narrow"), (3, "narrow"), (8, "narrow"), (1, "broad")])
def test_worlds_drawn_side_by_side_are_the_same_as_alone(batch: int, topics: str) -> None:
    network, scenario = Network(made_neighbourhood()), full_evening(topics=topics)
    worlds = [world for first in range(0, 8, batch) for world in build_worlds(scenario, network, SEEDS[first : first + batch])]
    together = traces("single-group", topics)[:8]
    assert [trace_digest(play(world)) for world in worlds[:8]] == [trace_digest(trace) for trace in together]


def test_a_world_can_be_played_again() -> None:
    world = build_worlds(full_evening(), Network(made_neighbourhood()), [4])[0]
    first, second = play(world), play(world)
    assert trace_digest(first) == trace_digest(second)
    assert score(first) == score(second)


# C2: a silent resident changes nothing


def _without_home(street_map: StreetMap, home: int) -> StreetMap:
    homes = street_map.homes
    kept = np.arange(len(homes.key)) != home
    return with_sight(
        replace(street_map, homes=replace(homes, **{f.name: getattr(homes, f.name)[kept] for f in fields(homes)}))
    )


def counted_evening() -> Scenario:
    """Give the evening with players by count, and groups in some streets, some of which take part."""
    players = Players(count=20, announced=Announced(members=1.0, others=0.3))
    groups = Structure(id="single-group", covered_streets_share=0.7, groups_taking_part=0.8)
    return full_evening(players=players, outlet="groups").model_copy(update={"structure": groups})


def _silent_home(scenario: Scenario, seed: int) -> int:
    """Find a home whose residents are all away, in no group and do not know of the exercise."""
    people = build_worlds(scenario, Network(made_neighbourhood()), [seed])[0].people
    loud = people.at_home | people.on_street | people.member | people.aware | people.enrolled
    loud[team_of(people, scenario.parameters, seed)] = True
    return min(set(people.home.tolist()) - set(people.home[loud].tolist()))


def _by_name(trace: Trace) -> list[str]:
    """Write all records but the list of residents, with people named instead of numbered."""
    names = next(record.data["who"] for record in trace.records if record.kind == "residents")

    def named(data: Any) -> dict[str, Any]:
        people = {
            field: [names[person] for person in data[field]]
            for field in ("members", "muted", "readers", "on_duty")
            if field in data
        }
        return dict(data) | people

    return [
        canonical(record._asdict() | {"data": named(record.data)}) for record in trace.records if record.kind != "residents"
    ]


@pytest.mark.parametrize(("seed", "topics"), [(0, "narrow"), (3, "narrow"), (5, "narrow"), (11, "narrow"), (3, "broad")])
def test_a_resident_out_of_sight_and_reach_changes_no_other_record(seed: int, topics: str) -> None:
    assert_no_trace_of_a_silent_home(full_evening(topics=topics), traces("single-group", topics)[seed], seed)


@pytest.mark.parametrize("seed", [0, 3, 5, 11])
def test_a_resident_who_was_not_chosen_changes_no_other_record_where_players_are_counted(seed: int) -> None:
    scenario = counted_evening()
    assert_no_trace_of_a_silent_home(scenario, play_all(scenario, made_neighbourhood(), [seed])[0], seed)


def assert_no_trace_of_a_silent_home(scenario: Scenario, trace: Trace, seed: int) -> None:
    fewer = _without_home(made_neighbourhood(), _silent_home(scenario, seed))
    without = play_all(scenario, fewer, [seed])[0]
    assert _by_name(without) == _by_name(trace)
    assert len(without.records[1].data["who"]) < len(trace.records[1].data["who"])


# C3: structures share everything up to the first difference


SETTING = {"channel", "enrolment", "role", "roster", "officials"}


@cache
def comparable(structure: str) -> list[list[tuple[Record, str]]]:
    """Give for each seed the records other than those of membership, and how they are written."""
    return [
        [(record, canonical(record._asdict())) for record in trace.records if record.kind not in SETTING]
        for trace in traces(structure)
    ]


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *JOINED_PAIRS, *SHOP_PAIRS[:1]])
def test_structures_share_the_trace_up_to_the_first_post_that_differs(one: str, other: str) -> None:
    shared = 0
    for seed, (mine, his) in enumerate(zip(comparable(one), comparable(other), strict=True)):
        pairs = zip(mine, his, strict=False)
        first = next((number for number, pair in enumerate(pairs) if pair[0][1] != pair[1][1]), None)
        if first is None:
            assert len(mine) == len(his)
            first = len(mine)
        else:
            kinds, differ = {"post", "judgement", "correction", "broadcast"}, (mine[first][0], his[first][0])
            earlier = [record for record in differ if record.kind in kinds and record.who != "organiser"]
            assert earlier, (seed, differ[0].id, differ[1].id)
            assert min(record.time_us for record in differ) in {record.time_us for record in earlier}
        seen = next((number for number, (record, _) in enumerate(mine) if record.kind == "sighting"), None)
        shared += seen is not None and seen < first
    assert len(comparable(one)) == len(SEEDS) == 20
    assert shared >= 10


def test_groups_that_chat_share_the_chatter_and_the_first_sighting() -> None:
    # They differ from the first message of chatter on, which comes in another group: but from the same person, at the same
    # moment; and no chatter makes or prevents a sighting.
    shared = chatter = 0
    for one, other, none in zip(*(traces(name, "broad") for name in ("single-group", "separate-groups", "none")), strict=True):
        said = [
            [record for record in trace.records if record.kind == "post" and record.data["content"] == "chatter"]
            for trace in (one, other, none)
        ]
        closed_us = min(trace.records[-1].time_us for trace in (one, other))
        mine, his = ([(post.who, post.time_us) for post in posts if post.time_us < closed_us] for posts in said[:2])
        assert mine == his
        assert said[2] == []
        chatter += len(mine)
        first = [next((record for record in trace.records if record.kind == "sighting"), None) for trace in (one, other, none)]
        shared += len({canonical(record._asdict()) for record in first if record is not None}) == 1 and None not in first
    assert shared >= 10
    assert chatter >= 200


def test_structures_do_differ() -> None:
    posts = [sum(record.kind == "post" and record.who != "organiser" for trace in traces(one) for record in trace.records)
             for one in ("none", "single-group", "separate-groups")]  # fmt: skip
    assert posts[0] == 0
    assert min(posts[1:]) >= 10


# C4: every record names its causes


EVENINGS = [*((one, "narrow") for one in [*PRESETS, *JOINED, *SHOPS]), ("single-group", "broad")]


@pytest.mark.parametrize(("structure", "topics"), EVENINGS)
def test_every_record_names_causes_that_came_before(structure: str, topics: str) -> None:
    for trace in traces(structure, topics):
        _check_causes(trace)


def test_every_record_names_causes_that_came_before_where_groups_do_not_cover_all() -> None:
    for trace in play_all(counted_evening(), made_neighbourhood(), SEEDS[:6]):
        _check_causes(trace)


def test_every_record_names_causes_that_came_before_where_units_search() -> None:
    units = tuple(Unit(name=f"Team {number}", base=Centre()) for number in (1, 2))
    evenings = play_all(full_evening(units=units), made_neighbourhood(), SEEDS[:10])
    for trace in evenings:
        _check_causes(trace)
    seen = [record for trace in evenings for record in trace.records if record.kind == "sighting"]
    assert any(record.who.startswith("unit-") and "dispatch:" in " ".join(record.causes) for record in seen)


@pytest.mark.parametrize("name", [shipped.name for shipped in shipped_scenarios()])
def test_every_record_of_the_shipped_evenings_names_causes_that_came_before(name: str) -> None:
    street_map, scenario = read_map(scenarios_folder() / "wijk.map"), load_scenario(name).scenario
    for trace in play_all(
        scenario, street_map, [1, 2, 3] if scenario.category == "exercise" and len(scenario.games) == 1 else [1]
    ):
        _check_causes(trace)


def _check_causes(trace: Trace) -> None:
    lists = (record.data["who"] for record in trace.records if record.kind in PEOPLE)
    names = [who for some in lists for who in some]
    known: dict[str, Record] = {}
    latest = 0
    for record in trace.records:
        assert record.id not in known
        assert record.time_us >= latest
        assert record.causes, record.id
        for cause in record.causes:
            _came_before(cause, record, known, names)
        known[record.id] = record
        latest = record.time_us


def _came_before(cause: str, record: Record, known: dict[str, Record], names: list[str]) -> None:
    if cause.startswith(("fact:", "draw:")):
        return
    identity, _, reader = cause.partition("@")
    assert identity in known, (record.id, cause)
    assert known[identity].time_us <= record.time_us
    if reader:
        data = known[identity].data
        readers = [names[person] for person in data["readers"]]
        assert round(float(data["read_s"][readers.index(reader)]) * 1e6) <= record.time_us, (record.id, cause)


@pytest.mark.parametrize("topics", ["narrow", "broad"])
def test_every_chain_ends_in_a_fact_or_a_draw(topics: str) -> None:
    for trace in traces("single-group", topics):
        ends: dict[str, set[str]] = {}
        for record in trace.records:
            parts = [{cause} if cause[:5] in {"fact:", "draw:"} else ends[cause.partition("@")[0]] for cause in record.causes]
            ends[record.id] = set().union(*parts)
            assert all(part and all(end[:5] in {"fact:", "draw:"} for end in part) for part in parts), record.id


# C6: count in = count out


@pytest.mark.parametrize(("structure", "topics"), EVENINGS)
def test_calls_and_messages_are_accounted_for(structure: str, topics: str) -> None:
    totals: Counter[str] = Counter()
    for trace in traces(structure, topics):
        calls = {record.id: record for record in trace.records if record.kind == "call"}
        ends = Counter(record.data["call"] for record in trace.records if record.kind in {"answer", "abandoned"})
        emergencies = {identity for identity, call in calls.items() if call.data["number"] == "emergency"}
        left_waiting = set(calls) - emergencies - set(ends)
        assert set(ends) <= set(calls) - emergencies
        assert set(ends.values()) <= {1}
        assert score(trace)["calls_unfinished"] == len(left_waiting)
        closed = trace.records[-1].time_s
        assert all(closed - calls[identity].time_s < 900.0 for identity in left_waiting)
        totals.update({"calls": len(calls), "ended": len(ends)})
        members = {record.who: set(record.data["members"].tolist()) for record in trace.records if record.kind == "channel"}
        for post in (record for record in trace.records if record.kind == "post"):
            assert set(post.data["readers"].tolist()) <= members[post.data["channel"]]
            assert len(post.data["readers"]) == len(post.data["read_s"])
            assert all(moment * 1e6 >= post.time_us for moment in post.data["read_s"].tolist())
        mutings = (record for record in trace.records if record.kind == "mute")
        muted = [(record.who, person) for record in mutings for person in record.data["members"].tolist()]
        assert len(set(muted)) == len(muted)
        totals.update({"muted": len(muted)})
    assert totals["ended"] >= 20
    assert (totals["muted"] >= 20) == (topics == "broad")


def test_everybody_who_is_asked_for_lives_here() -> None:
    trace = play_all(full_evening(residents=Residents(count=70)), made_neighbourhood(), [1])[0]
    everybody = traces()[1].records[1].data["who"]
    assert len(trace.records[1].data["who"]) == 70
    assert set(trace.records[1].data["who"]) < set(everybody)
    homes = {name.partition("/")[0] for name in everybody}
    street_map = made_neighbourhood()
    assert homes == {street_map.texts[key] for key in street_map.homes.key}


def test_nobody_answers_a_number_that_is_closed() -> None:
    nobody_asks = {**BUSY, "p_challenge_player": 0.0, "p_ask_stranger": 0.0}
    scenario = full_evening(parameters=nobody_asks, number=Number(lines=2, opens_s=1500.0, closes_s=2000.0))
    answers = 0
    for trace in play_all(scenario, made_neighbourhood(), SEEDS):
        calls = {record.id: record.time_s for record in trace.records if record.kind == "call"}
        moments = [calls[record.data["call"]] for record in trace.records if record.kind == "answer"]
        assert all(1485.0 <= moment < 2000.0 for moment in moments)
        answers += len(moments)
    assert answers >= 3
