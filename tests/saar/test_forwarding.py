"""Who passes messages on: only who sits in both groups, what he has read, when he is ready, and so many at a time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulation.draws import combine_one, lognormal, stream_key, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.engine import build_worlds
from simulation.engine.wiring import wire
from simulation.scenario.model import Announced, Players, Structure
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


def connected(structure: str, *, cluster: int = 1, district: int = 2, outlet: str = "public-page") -> Scenario:
    """Give a busy evening of connected groups."""
    return evening(
        {**KEEN, "p_challenge_player": 0.2, "p_mute": 0.0},
        game={"suspects": TWO, "duration_s": 3000.0, "stop": "time", "hints": HINTS},
        players=Players(share=0.25, know=("upper",), announced=Announced(others=0.5)),
        structure=Structure(id=structure, groups=8, cluster=cluster, district=district),
        outlet=outlet,
    )


@cache
def played(structure: str, cluster: int = 1, outlet: str = "public-page") -> list[Trace]:
    return play_all(connected(structure, cluster=cluster, outlet=outlet), MAP, SEEDS)


def matter_of(trace: Trace, post: str) -> str:
    """Follow a message back along what was passed on to the first one."""
    by_id = {record.id: record for record in trace.records}
    while by_id[post].causes[0].startswith("judgement:"):
        post = by_id[by_id[post].causes[0]].data["post"]
    return post


def reads(trace: Trace, post: Record, person: str) -> float | None:
    """Give when somebody reads a message."""
    who = trace.records[1].data["who"]
    readers = [who[index] for index in post.data["readers"]]
    return float(post.data["read_s"][readers.index(person)]) if person in readers else None


@pytest.mark.parametrize(
    ("structure", "cluster"), [("zoomwijck", 1), ("zoomwijck", 8), *((one, 1) for one in list(ABOVE)[1:])]
)
def test_who_judges_sits_in_both_groups_has_read_the_message_and_takes_his_time(structure: str, cluster: int) -> None:
    judged = 0
    for trace in played(structure, cluster):
        by_id = {record.id: record for record in trace.records}
        who, seed = trace.records[1].data["who"], trace.header["seed"]
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
        above = {wiring.group_of[person].key for upper in wiring.uppers for person in upper.members.tolist()}
        linked = {key for key, links in wiring.links.items() if links and key.startswith("group-")}
        assert above == linked
        counts.append(len(above))
    assert 20 < sum(counts) < 60
    assert len(set(counts)) > 1
