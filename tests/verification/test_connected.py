"""Eight people in four groups along a street, under each structure of groups: where one message goes, and when, by hand.

Who has a role, whom he sits with and what follows is laid out here for each structure, from the four groups and the draws
alone; then the message is followed on paper, and every record is compared.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import product
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from simulation.channels.messages import Message
from simulation.draws import combine_one, stream_key, text_key, uniform
from simulation.engine import build_worlds
from simulation.people.network import Network
from simulation.saar.app import DESK, deliver
from simulation.scenario.model import Players, Structure
from tests.verification.pencil import micros, phone_checks, resident
from tests.verification.spreading import PASSING_ON, RELAY_S, STILL, Given, sighting, spread, stage_of
from tests.worlds import House, evening, street_map

if TYPE_CHECKING:
    from simulation.engine.world import World
    from simulation.saar.stage import Stage

END_S, SENT_S = 5400.0, 10.0
ONE_EACH = (
    "admins_per_group",
    "coordinators_per_group",
    "coordinators_per_village",
    "liaisons_per_group",
    "officers_per_district",
    "steering_members",
)
VALUES = {
    **dict.fromkeys(ONE_EACH, 1.0),
    "managers_per_district": 0.0,
    "p_official_on_duty": 0.0,
    "p_official_replaced": 0.0,
    **PASSING_ON,
}
"""One person for each role, nobody from outside on duty; everybody passes on what he reads."""
STREETS = ("Noord", "Midden", "Plein", "Zuid")
HOMES = tuple(f"n000{number}/1" for number in range(1, 9))
STRUCTURES = (
    "separate-groups",
    "zoomwijck-municipal",
    "administrators-group",
    "bridging-coordinators",
    "village-coordinators",
)

Links = dict[str, dict[str, list[str]]]
"""By channel and person, to which channels he can pass on what he reads there."""


class Paper:
    """What the draws of one seed say: who comes first in the draw of roles, and when everybody looks at his phone."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._checks = {who: phone_checks(seed, resident(who[:5]), 90.0, 0.8, END_S + 900.0) for who in HOMES}

    def reads(self, who: str, sent: float) -> float:
        return next((moment for moment in self._checks[who] if moment > sent), inf)

    def first(self, members: list[str]) -> str:
        return min(members, key=lambda who: uniform(stream_key(self.seed, "role"), resident(who[:5])))


class Linking:
    """Who can pass on from where to where."""

    def __init__(self) -> None:
        self.links: Links = {}

    def join(self, who: str, *channels: str) -> None:
        """Let somebody who sits in some channels pass on from each to each other one."""
        for source, target in product(channels, channels):
            if source != target:
                self.links.setdefault(source, {}).setdefault(who, []).append(target)


def links_of(structure: str, groups: list[list[str]], paper: Paper) -> Links:
    """Lay out who can pass on from where to where: groups 1 and 2 are one district, 3 and 4 the other."""
    linking, along = Linking(), sorted(range(4), key=groups.__getitem__)
    above = {"zoomwijck-municipal": "coordination", "separate-groups": "", "bridging-coordinators": ""}
    kind = above.get(structure, "administrators")
    for number, members in enumerate(groups):
        who, district = paper.first(members), 1 + number // 2
        if kind:
            linking.join(who, f"group-{number + 1}", f"{kind}-{district}")
        if structure == "zoomwijck-municipal":
            linking.join(who, f"coordination-{district}", "municipal-1")
        if structure == "bridging-coordinators":
            place = along.index(number)
            linking.join(who, *(f"group-{other + 1}" for other in sorted(along[max(place - 1, 0) : place + 2])))
    if structure == "village-coordinators":
        for district, village in enumerate((groups[0] + groups[1], groups[2] + groups[3]), start=1):
            linking.join(paper.first(village), f"administrators-{district}", "municipal-1")
    return linking.links


class Row(NamedTuple):
    """A record: when, seconds, of which kind, by whom, to or in which channel, and how he judged."""

    time: float
    kind: str
    who: str
    channel: str
    verdict: str = ""


def followed(links: Links, paper: Paper, author: str, group: str) -> list[Row]:
    """Follow a message that somebody posts in his group: whoever sits in two channels reads it and passes it on."""
    rows: list[Row] = []
    ahead: list[tuple[float, int, str, list[str]]] = []
    posts: dict[str, list[tuple[str, float]]] = {}
    judged: set[tuple[str, str]] = set()

    def knows(who: str, channel: str, now: float) -> bool:
        return any(by == who or paper.reads(who, sent) <= now for by, sent in posts.get(channel, ()))

    def post(by: str, channel: str, now: float) -> None:
        rows.append(Row(now, "post", by, channel))
        posts.setdefault(channel, []).append((by, now))
        for who, targets in links.get(channel, {}).items():
            read = now if who == by else paper.reads(who, now)
            left = [target for target in targets if not (who == by and knows(who, target, now))]
            if left and read < END_S:
                heappush(ahead, (micros(read + RELAY_S), len(rows), who, left))

    post(author, group, SENT_S)
    while ahead:
        now, _, who, targets = heappop(ahead)
        fresh = [target for target in targets if (who, target) not in judged]
        judged |= {(who, target) for target in fresh}
        verdicts = {target: "known" if knows(who, target, now) else "passes-on" for target in fresh}
        rows += [Row(now, "judgement", who, target, verdict) for target, verdict in verdicts.items()]
        for target, verdict in verdicts.items():
            if verdict == "passes-on":
                post(who, target, now)
    return rows


def world(structure: str, **values: float) -> World:
    """Draw the world: four streets in a row with two homes each."""
    streets = {name: [(100.0 * number, 0.0), (100.0 * number + 100.0, 0.0)] for number, name in enumerate(STREETS)}
    houses = [House((100.0 * number + x, 10.0), name, str(x)) for number, name in enumerate(STREETS) for x in (30.0, 70.0)]
    scenario = evening(
        STILL | VALUES | values,
        players=Players(count=0),
        structure=Structure(id=structure, groups=4, district=2),
        start_s=0.0,
        game={"duration_s": END_S, "stop": "time"},
    )
    return build_worlds(scenario, Network(street_map(streets, houses)), [0])[0]


def rows_of(stage: Stage) -> list[Row]:
    """Give what happened, in order of time."""
    return sorted(
        Row(
            record.time_s,
            record.kind,
            record.who,
            record.data.get("channel") or record.data["target"],
            record.data.get("verdict", ""),
        )
        for record in stage.log.trace({}).records
    )


@pytest.mark.parametrize("structure", STRUCTURES)
def test_where_a_message_goes_record_by_record(structure: str) -> None:
    drawn, reached = world(structure), set[int]()
    for seed, author in product(range(8), range(8)):
        stage, paper = stage_of(drawn, seed), Paper(seed)
        groups = [
            [HOMES[person] for person in group.members.tolist() if stage.group_of[person] is group] for group in stage.groups
        ]
        assert sorted(groups) == [list(HOMES[first : first + 2]) for first in range(0, 8, 2)]
        spread(stage, Given(author, SENT_S, sighting(0.0)))
        own = next(f"group-{number}" for number, members in enumerate(groups, start=1) if HOMES[author] in members)
        expected = followed(links_of(structure, groups, paper), paper, HOMES[author], own)
        happened = rows_of(stage)
        assert [row[1:] for row in happened] == [row[1:] for row in sorted(expected)], (seed, author)
        assert [row.time for row in happened] == pytest.approx([row.time for row in sorted(expected)], abs=2e-6)
        reached.add(len({row.channel for row in expected if row.kind == "post" and row.channel.startswith("group-")}))
    assert max(reached) == {"separate-groups": 1, "administrators-group": 2}.get(structure, 4)


@pytest.mark.parametrize("presses", [1.0, 0.5, 0.0])
def test_what_administrators_share_of_a_broadcast_record_by_record(presses: float) -> None:
    sharing = {"p_press_share": presses, "press_share_median_s": 20.0, "press_share_sigma": 0.0, "p_burgernet": 0.0}
    drawn, shared = world("broadcast-shared", **sharing), set[int]()
    for seed in range(16):
        stage, paper = stage_of(drawn, seed), Paper(seed)
        firsts = [paper.first([HOMES[person] for person in group.members.tolist()]) for group in stage.groups]
        assert stage.broadcast is not None
        assert [HOMES[person] for person in stage.broadcast.channel.members.tolist()] == sorted(firsts)
        read_at = np.full(len(HOMES), np.inf)
        read_at[stage.broadcast.channel.members] = [100.0, 200.0, 300.0, 400.0]
        message = Message("broadcast", 0, matter="broadcast:given:1")
        stage.agenda.at(SENT_S, deliver, stage, stage.broadcast.channel, DESK, message, (("fact:games",), read_at))
        stage.agenda.run()
        expected = [Row(SENT_S, "post", "desk", "broadcast")]
        for number, who in enumerate(firsts, start=1):
            key = combine_one(resident(who[:5]), text_key(message.matter))
            yes = uniform(stream_key(seed, "press-share"), key) < presses
            ready = read_at.item(HOMES.index(who)) + 20.0
            expected.append(Row(ready, "judgement", who, f"group-{number}", "passes-on" if yes else "no"))
            expected += [Row(ready, "post", who, f"group-{number}")] if yes else []
        assert rows_of(stage) == sorted(expected)
        for post in stage.posts[1:]:
            read = {who: post.read_at.item(HOMES.index(who)) for who in HOMES}
            (other,) = (who for who, moment in read.items() if moment < inf)
            assert read[other] == pytest.approx(paper.reads(other, post.time), abs=2e-6)
        shared.add(len(stage.posts) - 1)
    assert shared == {1.0: {4}, 0.0: {0}}.get(presses, shared)
    assert len(shared) > 1 or presses in {0.0, 1.0}
