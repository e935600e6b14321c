"""Contracts C2 and C3 where structures are joined: who no broadcast reaches changes nothing, and the parts stay apart."""

from __future__ import annotations

import pytest

from simulation.trace.canonical import canonical
from tests.test_contracts import SEEDS, assert_no_trace_of_a_silent_home, comparable, full_evening, traces


@pytest.mark.parametrize("structure", ["broadcast", "single-group+broadcast-shared"])
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
