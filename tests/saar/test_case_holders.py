"""Case holders where the organisers tell their news to a group above: one for each residents' group, and who it is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulation.scenario.model import Announced, Number, Players, Structure
from simulation.scenario.structures import GROUP, Forward, Layout, Role, Upper
from tests.saar.lively import HINTS, KEEN, MAP, TWO, pick
from tests.worlds import evening, play_all

if TYPE_CHECKING:
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

TOLD = [("zoomwijck", 1, "coordination"), ("zoomwijck", 8, "steering"), ("zoomwijck-municipal", 1, "municipal")]
OFTEN = {**KEEN, "p_challenge_player": 0.2, "p_mute": 0.0, "callback_s": 120.0, "p_steward_available": 1.0}


@cache
def played(structure: str, cluster: int, outlet: str) -> list[Trace]:
    """Play a busy evening in which the organisers tell their news above eight groups."""
    return told_above(Structure(id=structure, groups=8, cluster=cluster), outlet, range(3))


def told_above(structure: Structure, outlet: str, seeds: range) -> list[Trace]:
    scenario = evening(
        OFTEN,
        game={"suspects": TWO, "duration_s": 1500.0, "stop": "time", "hints": HINTS},
        players=Players(share=0.25, announced=Announced(others=0.5)),
        number=Number(lines=3, briefed=False),
        structure=structure,
        outlet=outlet,
    )
    return play_all(scenario, MAP, seeds)


def in_groups(trace: Trace, content: str) -> list[Record]:
    """List what was posted in residents' groups, in order."""
    posts = [post for post in pick(trace, "post") if post.data["channel"].startswith(f"{GROUP}-")]
    return [post for post in posts if post.data["content"] == content]


@pytest.mark.parametrize(("structure", "cluster", "outlet"), TOLD)
def test_a_group_has_one_case_holder_at_a_time(structure: str, cluster: int, outlet: str) -> None:
    took, again, called_back = 0, 0, 0
    for trace in played(structure, cluster, outlet):
        by_id = {record.id: record for record in trace.records}
        cases: dict[str, Record] = {}
        for record in trace.records:
            cause = by_id.get(record.causes[0])
            if record.kind == "judgement" and record.data["verdict"] == "takes-on":
                assert record.data["target"] not in cases
            elif record.kind == "post" and _tells_of_own_call(by_id, record):
                before = cases.get(record.data["channel"])
                again += before is not None and before.causes[0].startswith("judgement:") and before.who != record.who
                cases[record.data["channel"]] = record
            elif record.kind == "post" and cause is not None and cause.data.get("verdict") == "takes-on":
                assert cases.setdefault(record.data["channel"], record) is record
                assert record.data["content"] == "hint"
                took += 1
            elif record.kind == "callback":
                case = by_id[record.causes[0]]
                assert cases[case.data["channel"]] is case
                assert record.data["resident"] == case.who
                called_back += case.causes[0].startswith("judgement:")
        outcomes = {post.data["channel"]: post for post in in_groups(trace, "close")}
        assert {key: (post.who, post.causes[1]) for key, post in outcomes.items()} == {
            key: (case.who, case.id) for key, case in cases.items()
        }
    assert took >= 10
    assert again >= 2
    assert called_back >= 3


def _tells_of_own_call(by_id: dict[str, Record], post: Record) -> bool:
    """Tell whether somebody posts after he reported to the desk: at once, or when he was asked to say that he called."""
    kinds = [by_id[cause].kind for cause in post.causes if cause in by_id]
    return kinds[:1] == ["report"] or kinds[:2] == ["sighting", "report"]


@pytest.mark.parametrize(("structure", "cluster", "outlet"), TOLD)
def test_one_steering_member_passes_on_what_the_organisers_tell_and_the_others_leave_it(
    structure: str, cluster: int, outlet: str
) -> None:
    left = 0
    for trace in played(structure, cluster, outlet):
        by_id = {record.id: record for record in trace.records}
        for content in ("start", "hint"):
            posts = in_groups(trace, content)
            seen = {(post.data["channel"], _told_first(by_id, post)) for post in posts}
            assert len(seen) == len(posts)
        for record in pick(trace, "judgement"):
            if record.data["verdict"] == "taken":
                other = by_id[record.causes[-1]]
                assert other.data["channel"] == record.data["target"]
                assert other.who != record.who
                assert _told_first(by_id, other) == _told_first(by_id, by_id[record.data["post"]])
                left += 1
    assert left >= 5


def _told_first(by_id: dict[str, Record], post: Record) -> str:
    """Follow what was passed on back to what the organisers posted."""
    while post.who != "organiser":
        post = by_id[by_id[post.causes[0]].data["post"]]
    return post.causes[0]


@pytest.mark.parametrize("takes", [False, True])
def test_a_structure_of_its_own_says_whether_one_takes_it_on(takes: bool) -> None:  # noqa: FBT001
    layout = Layout(
        roles=(Role(name="captain", number="admins_per_group"),),
        uppers=(Upper(name="captains", members=("captain",)),),
        forwards=(Forward(source="captains", target=GROUP, by="captain", case_holder=takes),),
    )
    traces = told_above(Structure(id="custom", groups=8, layout=layout), "captains", range(1))
    verdicts = [record.data["verdict"] for trace in traces for record in pick(trace, "judgement")]
    assert verdicts.count("passes-on") > 10
    assert ("takes-on" in verdicts, "taken" in verdicts) == (takes, takes)
