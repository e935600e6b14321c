"""Who passes messages on: only who sits in both groups, what he has read, when he is ready, and so many at a time."""

from __future__ import annotations

from functools import cache
from math import hypot
from typing import TYPE_CHECKING

import pytest

from simulation.draws import combine_one, lognormal, stream_key, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.engine import build_worlds
from simulation.engine.wiring import wire
from simulation.scenario.model import Announced, Players, Structure
from simulation.trace.records import numbers_of
from tests.saar.lively import HINTS, KEEN, MAP, NETWORK, TWO, pick
from tests.verification.pencil import resident
from tests.worlds import evening, play_all

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

SEEDS = range(3)
ABOVE = {
    "zoomwijck": "coordination",
    "zoomwijck-municipal": "municipal",
    "administrators-group": "administrators",
    "village-coordinators": "municipal",
}


def connected(structure: str, *, cluster: int = 1, district: int | None = None, outlet: str = "public-page") -> Scenario:
    """Give a busy evening of connected groups."""
    return evening(
        {**KEEN, "p_challenge_player": 0.2, "p_mute": 0.0, "p_follow": 0.0, "callback_s": 1e6, "chatter_broad_per_hour": 60.0},
        game={"suspects": TWO, "duration_s": 3000.0, "stop": "time", "hints": HINTS},
        players=Players(share=0.25, know=("upper",), announced=Announced(others=0.5)),
        structure=Structure(id=structure, groups=8, cluster=cluster, district=district, topics="broad"),
        outlet=outlet,
    )


@cache
def played(structure: str, cluster: int = 1, outlet: str = "public-page") -> list[Trace]:
    return play_all(connected(structure, cluster=cluster, outlet=outlet), MAP, SEEDS)


def matter_of(trace: Trace, post: str) -> str:
    """Follow a message back to what it goes back to: the sighting, or what the organisers tell."""
    by_id = {record.id: record for record in trace.records}
    record, ahead = by_id[post], [post]
    while ahead:
        record = by_id[ahead.pop().partition("@")[0]]
        if record.kind in {"sighting", "hint", "game", "game_end", "follow"}:
            return record.id
        ahead += [cause for cause in record.causes if not cause.startswith(("draw:", "fact:"))][:1]
    return record.id


def reads(trace: Trace, post: Record, person: str) -> float | None:
    """Give when somebody reads a message."""
    who = list(numbers_of(trace.records))
    readers = [who[index] for index in post.data["readers"]]
    return float(post.data["read_s"][readers.index(person)]) if person in readers else None


@pytest.mark.parametrize(
    ("structure", "cluster"), [("zoomwijck", 1), ("zoomwijck", 8), *((one, 1) for one in list(ABOVE)[1:])]
)
def test_who_judges_sits_in_both_groups_has_read_the_message_and_takes_his_time(structure: str, cluster: int) -> None:
    judged = 0
    for trace in played(structure, cluster):
        by_id = {record.id: record for record in trace.records}
        who, seed = list(numbers_of(trace.records)), trace.header["seed"]
        inside = {record.who: {who[index] for index in record.data["members"]} for record in pick(trace, "channel")}
        for record in pick(trace, "judgement"):
            post = by_id[record.data["post"]]
            assert record.who in inside[post.data["channel"]] & inside[record.data["target"]]
            home, _, number = record.who.partition("/")
            key = combine_one(resident(home, int(number)), text_key(matter_of(trace, post.id)))
            assert uniform(stream_key(int(seed), "steward"), resident(home, int(number))) < 0.8
            read = post.time_s if post.who == record.who else reads(trace, post, record.who)
            assert read is not None
            delay = lognormal(stream_key(int(seed), "forward-delay"), key, 0, 90.0, 0.7)
            assert record.time_s == pytest.approx(whole_microseconds(read + delay), abs=1e-6)
            judged += 1
    assert judged > 100


@pytest.mark.parametrize("structure", ABOVE)
def test_nobody_judges_a_matter_twice_for_a_group_nor_passes_on_what_he_has_seen_there(structure: str) -> None:
    verdicts = {"passes-on": 0, "no": 0, "known": 0}
    for trace in played(structure):
        posts = pick(trace, "post")
        matters = {post.id: matter_of(trace, post.id) for post in posts}
        seen = set()
        for record in pick(trace, "judgement"):
            matter, target = matters[record.data["post"]], record.data["target"]
            assert (record.who, matter, target) not in seen
            seen.add((record.who, matter, target))
            there = [post for post in posts if post.data["channel"] == target and matters[post.id] == matter]
            written = any(post.who == record.who and post.time_s < record.time_s for post in there)
            read = any((reads(trace, post, record.who) or 1e9) <= record.time_s for post in there)
            assert (record.data["verdict"] == "known") == (written or read)
            verdicts[record.data["verdict"]] += 1
    assert min(verdicts.values()) > 3


@pytest.mark.parametrize("structure", ["administrators-group", "bridging-coordinators"])
def test_one_passes_on_by_chance_what_is_near_fresh_told_well_and_called_about(structure: str) -> None:
    judged, alike = 0, 0
    for trace in played(structure):
        by_id, seed = {record.id: record for record in trace.records}, int(trace.header["seed"])
        (world,) = build_worlds(connected(structure), NETWORK, [seed])
        wiring = wire(world)
        middles = {
            group.key: NETWORK.map.homes.xy[
                world.people.home[[one for one, own in wiring.group_of.items() if own is group]]
            ].mean(axis=0)
            for group in wiring.groups
        }
        for record in pick(trace, "judgement"):
            post, target = by_id[record.data["post"]].data, record.data["target"]
            if record.data["verdict"] == "known":
                continue
            chance = 0.8
            if post["content"] == "sighting":
                age = record.time_s - post["seen_s"]
                chance *= 1800.0 / (1800.0 + age) * (1.0 if post["elements"] else 0.8) * (1.0 if post["called"] else 0.7)
                if target in middles:
                    away = hypot(post["place"]["x_m"] - middles[target][0], post["place"]["y_m"] - middles[target][1])
                    chance *= 1e6 / (1e6 + away**2)
            matter = matter_of(trace, record.data["post"])
            home, _, number = record.who.partition("/")
            key = combine_one(resident(home, int(number)), text_key(matter))
            shared = uniform(stream_key(seed, "judge-alike"), key) < 0.5
            own = uniform(stream_key(seed, "judge"), combine_one(key, text_key(target)))
            share = uniform(stream_key(seed, "judge-shared"), text_key(matter)) if shared else own
            assert (record.data["verdict"] == "passes-on") == (share < chance)
            named = f"draw:judge-shared:{matter}:0" if shared else f"draw:judge:{record.who}/{matter}/{target}:0"
            assert record.causes[-1] == named
            judged += 1
            alike += shared
    assert judged > 40
    assert 10 < alike < judged - 10


def test_nobody_chats_in_a_group_in_which_he_only_sits_for_his_role() -> None:
    said = 0
    for trace in played("zoomwijck", 8):
        chatter = [(post.who, post.time_us) for post in pick(trace, "post") if post.data["content"] == "chatter"]
        assert len(set(chatter)) == len(chatter)
        said += len(chatter)
    assert said > 20


@pytest.mark.parametrize("structure", ABOVE)
def test_what_the_organisers_tell_in_all_groups_is_passed_on_where_it_was_not_seen_only(structure: str) -> None:
    for trace in played(structure, outlet="groups"):
        starts = [post for post in pick(trace, "post") if post.data["content"] == "start"]
        told = {start.id for start in starts}
        judged = [record.data["verdict"] for record in pick(trace, "judgement") if record.data["post"] in told]
        in_groups = [post for post in starts if post.who != "organiser" and post.data["channel"].startswith("group-")]
        assert not in_groups  # who reads of it elsewhere has read it in his own group at the same look at his phone
        assert "known" in judged


def test_one_passes_on_to_five_groups_at_a_time_and_to_one_what_was_passed_on_before() -> None:
    firsts, agains = 0, 0
    for trace in played("zoomwijck", 8):
        by_id = {record.id: record for record in trace.records}
        passed: dict[tuple[str, str], list[float]] = {}
        for post in pick(trace, "post"):
            if post.causes[0].startswith("judgement:"):
                judgement = by_id[post.causes[0]]
                passed.setdefault((judgement.data["post"], judgement.who), []).append(post.time_s - judgement.time_s)
        for (post, _), later in passed.items():
            at_once = 1 if by_id[post].causes[0].startswith("judgement:") else 5
            assert sorted(later) == pytest.approx([10.0 * (number // at_once) for number in range(len(later))])
            firsts += at_once == 5 and len(later) > 5
            agains += at_once == 1 and len(later) > 1
    assert firsts > 5
    assert agains > 0


@pytest.mark.parametrize(("structure", "outlet"), ABOVE.items())
def test_what_the_organisers_tell_above_comes_to_the_groups_through_stewards_only(structure: str, outlet: str) -> None:
    relayed = 0
    for trace in played(structure, outlet=outlet):
        channels = {record.who: record.data["kind"] for record in pick(trace, "channel")}
        for post in pick(trace, "post"):
            if post.data["content"] == "hint":
                above = post.data["channel"].startswith(f"{outlet}-")
                assert (post.who == "organiser") == (not post.causes[0].startswith("judgement:"))
                assert post.who != "organiser" or above
                relayed += channels[post.data["channel"]] == "group"
    assert relayed > 10


def test_stewards_sit_where_their_role_says() -> None:
    (world,) = build_worlds(connected("zoomwijck-municipal", cluster=2, district=4), NETWORK, [1])
    wiring = wire(world)
    people = {channel.key: set(channel.members.tolist()) for channel in [*wiring.groups, *wiring.uppers]}
    own = {
        number: {person for person, group in wiring.group_of.items() if group.key == f"group-{number}"}
        for number in range(1, 9)
    }
    steering = {number: people[f"steering-{number}"] for number in range(1, 5)}
    assert sorted(key for key in people if not key.startswith("group")) == [
        "coordination-1", "coordination-2", "municipal-1", *(f"steering-{number}" for number in range(1, 5)),
    ]  # fmt: skip
    for number, members in own.items():
        cluster = (number + 1) // 2
        assert len(members & steering[cluster]) == min(3, len(members))
        assert people[f"group-{number}"] == members | steering[cluster]
        assert len(members & people["municipal-1"]) == min(1, len(members))
    assert people["coordination-1"] == steering[1] | steering[2]
    assert people["municipal-1"] <= people["coordination-1"] | people["coordination-2"]


def test_a_group_that_is_not_connected_has_nobody_above() -> None:
    scenario = connected("administrators-group")
    apart = scenario.model_copy(update={"structure": scenario.structure.model_copy(update={"groups_connected_share": 0.5})})
    counts = []
    for world in build_worlds(apart, NETWORK, range(10)):
        wiring = wire(world)
        inside = {person for upper in wiring.uppers for person in upper.members.tolist() if world.people.resident[person]}
        above = {wiring.group_of[person].key for person in inside}
        linked = {key for key, links in wiring.links.items() if links and key.startswith("group-")}
        assert above == linked
        counts.append(len(above))
    assert 20 < sum(counts) < 60
    assert len(set(counts)) > 1


@pytest.mark.parametrize("structure", [*ABOVE, "bridging-coordinators"])
def test_nothing_echoes_where_rules_lead_round_in_a_circle(structure: str) -> None:
    several = 0
    for trace in played(structure):
        posts = [record for record in pick(trace, "post") if record.data["content"] in {"sighting", "hint", "start"}]
        passed = [
            (record.who, record.data["channel"], matter_of(trace, record.id))
            for record in posts
            if any(cause.startswith("judgement:") for cause in record.causes)
        ]
        assert len(set(passed)) == len(passed)
        several += len({who for who, *_ in passed}) < len(passed)
    assert several
