"""A group that talks about other things, solved by hand: who says what when, who reads it when, who mutes the group when."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.scenario.model import Announced, Players, Structure
from tests.verification.lane import CERTAIN, UP_AND_DOWN, WINDOW, played
from tests.verification.pencil import chatter, phone_checks, resident, tolerance
from tests.worlds import House, evening

if TYPE_CHECKING:
    from collections.abc import Mapping

HOMES = 9
DURATION_S, AFTER_S, HOUR_S = 7200.0, 900.0, 3600.0
PER_HOUR, MEDIAN, SIGMA = 400.0, 25.0, 0.7
"""Messages per hour of a hundred members, 36 of these nine; and how many within an hour they bear."""

VALUES = CERTAIN | {
    "p_mute": 0.2,
    "chatter_broad_per_hour": PER_HOUR,
    "mute_tolerance_median_per_hour": MEDIAN,
    "mute_tolerance_sigma": SIGMA,
}


@dataclass
class Member:
    """A member of the group, who looks at his phone every now and then."""

    name: str
    bears: float
    checks: list[float]
    slow_checks: list[float]
    muted_from: float
    read: dict[str, float] = field(default_factory=dict)

    def look(self, time: float, messages: list[tuple[float, str, str]]) -> None:
        """Read what has come at a check, and mute the group if it is too much."""
        for sent, author, name in messages:
            if author != self.name and sent < time:
                self.read.setdefault(name, time)
        if sum(time - HOUR_S < sent < time and author != self.name for sent, author, _ in messages) > self.bears:
            self.muted_from = time


def solved(seed: int, muted: set[str], players: set[str]) -> tuple[list[tuple[float, str, str]], list[Member]]:
    """Give all messages (moment, author, record), and the members at the end, each having gone through all his checks."""
    names = [f"n{number + 1:04d}/1" for number in range(HOMES)]
    keys = {name: resident(name.partition("/")[0]) for name in names}
    messages = sorted(
        (moment, name, f"post:{name}:{number + 1}")
        for name in names
        for number, moment in enumerate(chatter(seed, keys[name], PER_HOUR, DURATION_S))
    )
    members = []
    for name in names:
        median, sigma = (60.0, 0.8) if name in players else (468.0, 1.7)
        until = DURATION_S + AFTER_S
        member = Member(
            name,
            tolerance(seed, keys[name], MEDIAN, SIGMA),
            phone_checks(seed, keys[name], median, sigma, until),
            phone_checks(seed, keys[name], 10.0 * median, sigma, until, "check-muted"),
            0.0 if name in muted else math.inf,
        )
        for check in (check for check in member.checks if check <= until and name not in muted):
            if member.muted_from == math.inf:
                member.look(check, messages)
        for sent, author, record in messages:
            if author != name and sent >= member.muted_from:
                looks = (min(check for check in checks if check > sent) for checks in (member.checks, member.slow_checks))
                if (moment := max(looks)) <= until:
                    member.read[record] = moment
        members.append(member)
    return messages, members


def by_name(names: list[str], data: Mapping[str, Any], *columns: str) -> dict[str, list[Any]]:
    """Give columns of a record by the names of the people in its first one."""
    people, *others = (data[column].tolist() for column in columns)
    return {names[person]: values for person, *values in zip(people, *others, strict=True)}


def close(*values: float) -> Any:
    return pytest.approx(list(values), rel=0.0, abs=1e-5)


def test_who_reads_what_and_who_mutes_a_group_that_chats() -> None:
    houses = [WINDOW, *(House((150.0 + 20.0 * number, 12.0), "Hofje", str(number + 1)) for number in range(1, HOMES))]
    scenario = evening(
        VALUES,
        suspect=UP_AND_DOWN,
        game={"duration_s": DURATION_S, "stop": "time"},
        players=Players(share=0.4, announced=Announced()),
        structure=Structure(id="single-group", topics="broad"),
    )
    mutings = 0
    for seed, trace in zip(range(12), played(scenario, *houses, seeds=range(12)), strict=True):
        people, group = trace.records[1].data, trace.records[2].data
        names = people["who"]
        silent, players = {names[one] for one in group["muted"].tolist()}, set(np.array(names)[people["player"] == 1].tolist())
        messages, members = solved(seed, silent, players)
        posts = [record for record in trace.records if record.kind == "post" and record.data["channel"] == "group-1"]
        assert [(post.who, post.id) for post in posts] == [(who, name) for _, who, name in messages]
        assert [post.time_s for post in posts] == close(*(moment for moment, _, _ in messages))
        for post in posts:
            read = {one.name: close(one.read[post.id]) for one in members if post.id in one.read}
            assert by_name(names, post.data, "readers", "read_s") == read, (seed, post.id)
        mutes = [record.data for record in trace.records if record.kind == "mute"]
        found = [by_name(names, data, "members", "from_s", "messages") for data in mutes]
        muted = {
            one.name: close(one.muted_from, math.floor(one.bears) + 1) for one in members if 0.0 < one.muted_from < math.inf
        }
        assert {name: value for part in found for name, value in part.items()} == muted
        mutings += len(muted)
    assert mutings >= 20
