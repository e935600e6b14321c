"""Contracts C2 and C3 where structures are joined: who no broadcast reaches changes nothing, and the parts stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.trace.canonical import canonical
from tests.test_contracts import SEEDS, SETTING, assert_no_trace_of_a_silent_home, comparable, full_evening, traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.trace.log import Trace
    from simulation.trace.records import Record


@pytest.mark.parametrize("structure", ["broadcast", "single-group+broadcast-shared", "patrol-team"])
@pytest.mark.parametrize("seed", [0, 3, 5, 11])
def test_a_resident_whom_no_broadcast_reaches_changes_no_other_record(seed: int, structure: str) -> None:
    assert_no_trace_of_a_silent_home(full_evening(structure), traces(structure)[seed], seed)


def test_who_is_enrolled_and_what_is_decided_is_the_same_with_other_groups() -> None:
    sent = 0
    for seed in SEEDS:
        both = [traces(one)[seed].records for one in ("broadcast", "separate-groups+broadcast")]
        enrolled = [next(record for record in records if record.kind == "enrolment") for records in both]
        assert canonical(enrolled[0]._asdict()) == canonical(enrolled[1]._asdict())
        sent += any(record.kind == "broadcast" and record.data["sends"] for record in both[0])
    assert sent >= 5


def test_hints_on_the_public_page_are_what_the_page_is_anyway() -> None:
    for one, other in zip(comparable("zoomwijck"), comparable("zoomwijck+public-hints"), strict=True):
        assert [line for _, line in one] == [line for _, line in other]


# A patrol team


def without_the_team(trace: Trace) -> list[tuple[Record, str]]:
    """Give the records but those of membership, of rounds for the team, and of what its members read on the public page."""
    (members,) = (set(record.data["members"]) for record in trace.records if record.kind == "roster")
    return [(record, canonical(record._asdict())) for record in _read_by_others(trace, members)]


def _read_by_others(trace: Trace, members: set[int]) -> Iterator[Record]:
    for record in trace.records:
        if record.kind in SETTING or (record.kind == "route" and record.data["reason"] == "patrol"):
            continue
        if record.kind == "post" and record.who == "organiser":
            reads = zip(record.data["readers"], record.data["read_s"], strict=True)
            readers, read_s = zip(*(read for read in reads if read[0] not in members), strict=True)
            yield record._replace(data={**record.data, "readers": list(readers), "read_s": list(read_s)})
        else:
            yield record


@pytest.mark.parametrize("structure", ["none", "zoomwijck+broadcast"])
def test_with_a_patrol_team_the_first_thing_that_differs_is_what_one_of_its_members_does_or_does_not(structure: str) -> None:
    other = "patrol-team" if structure == "none" else f"{structure}+patrol-team"
    differ = shared = 0
    for plain, trace in zip(traces(structure), traces(other), strict=True):
        (roster,) = (record.data for record in trace.records if record.kind == "roster")
        names = next(record.data["who"] for record in trace.records if record.kind == "residents")
        team = {names[person] for person in roster["members"]}
        mine = [(record, canonical(record._asdict())) for record in _read_by_others(plain, set(roster["members"]))]
        his = without_the_team(trace)
        first = next((nth for nth, pair in enumerate(zip(mine, his, strict=False)) if pair[0][1] != pair[1][1]), None)
        if first is None:
            assert len(mine) == len(his)
            continue
        differ += 1
        left = [record for part in (mine, his) for record, _ in part[first:]]
        moment = min(mine[first][0].time_us, his[first][0].time_us)
        involved = {who for record in left if record.time_us == moment for who in (record.who, record.data.get("suspect"))}
        assert involved & team, moment
        shared += any(record.kind == "sighting" for record, _ in mine[:first])
    assert differ >= 10
    assert shared >= 5


def test_the_team_and_its_rounds_are_the_same_under_every_structure() -> None:
    seen = 0
    for one, other in zip(traces("patrol-team"), traces("zoomwijck+broadcast+patrol-team"), strict=True):
        rosters = [next(record for record in trace.records if record.kind == "roster") for trace in (one, other)]
        assert canonical(rosters[0]._asdict()) == canonical(rosters[1]._asdict())
        rounds = [
            {record.who: canonical(record.data) for record in trace.records if record.data.get("reason") == "patrol"}
            for trace in (one, other)
        ]
        both = rounds[0].keys() & rounds[1].keys()
        assert all(rounds[0][who] == rounds[1][who] for who in both)
        seen += len(both)
    assert seen >= 40
