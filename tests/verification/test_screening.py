"""Screening: an administrator asks who did not say that he called to do so, step by step, solved by hand.

One looks out of a window and posts what he sees; the other, far from the street of the suspect, administrates their group. A
conversation lasts 75 s after 15 s of dialling and 5 s until it is answered; typing takes 40 s.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulation.scenario.model import Announced, Players, Structure
from simulation.scenario.structures import Layout, Role
from tests.verification.lane import CERTAIN, UP_AND_DOWN, WINDOW, played
from tests.verification.test_desk import of_kind
from tests.worlds import House, evening

if TYPE_CHECKING:
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

FAR = House((3000.0, 400.0), "Hofje", "2")
SURE = CERTAIN | {
    "d_half_m": 100.0,
    "p_notice_walker": 0.86,
    "p_go_out_player": 0.0,
    "p_challenge_player": 0.0,
    "resight_s": 1e5,
    "admins_per_group": 2.0,
    "p_steward_available": 1.0,
    "p_correct": 1.0,
    "p_call_asked": 1.0,
    "callback_s": 1e5,
    "go_out_within_s": 1e5,
}
SILENT = {"p_report_player": 0.0}
UNSAID = {"p_post_called_stated": 0.0}
LAYOUT = Layout(areas="one", roles=(Role(name="administrator", number="admins_per_group"),))
END_S = 900.0
WRITER, OTHER = "n0001/1", "n0002/1"


@cache
def traces(*, roles: bool = True, **values: float) -> list[Trace]:
    scenario = evening(
        SURE | values,
        suspect=UP_AND_DOWN,
        game={"duration_s": END_S, "stop": "time"},
        players=Players(share=1.0, know=("upper",), announced=Announced()),
        structure=Structure(id="custom", layout=LAYOUT) if roles else Structure(id="single-group"),
    )
    return played(scenario, WINDOW, FAR, seeds=range(30))


def read_s(trace: Trace, post: Record, who: str) -> float:
    """Give when somebody reads a message, in the evening; infinite for later or never."""
    number = trace.records[1].data["who"].index(who)
    reads = dict(zip(map(int, post.data["readers"]), map(float, post.data["read_s"]), strict=True))
    return reads.get(number, float("inf")) if reads.get(number, END_S) < END_S else float("inf")


def told(trace: Trace) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """Tell what was called, corrected and posted about sightings, with its causes."""
    kinds = {"call", "answer", "report", "correction", "post"}
    return [
        (record.id, record.kind, record.time_s, record.causes)
        for record in trace.records
        if record.kind in kinds and record.data.get("content") not in {"start", "hint", "close"}
    ]


def solved(trace: Trace, *, called: bool) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """Work out the same by hand, of an evening with at most one sighting by the writer that is posted."""
    posts = {record.id: record for record in of_kind(trace, "post")}
    (seen,) = of_kind(trace, "sighting")
    pair, at = f"{WRITER}/suspect-1/1", seen.time_s
    draws = tuple(f"draw:{purpose}:{pair}:0" for purpose in ("post", "place-east", "place-north"))
    tell = tuple(f"draw:tell-{element}:{pair}:0" for element in ("who", "what", "where", "when", "how", "whereto"))

    def calling(since: float, causes: tuple[str, ...]) -> list[tuple[str, str, float, tuple[str, ...]]]:
        return [
            (f"call:{WRITER}:1", "call", since, causes),
            ("answer:desk:1", "answer", since + 20.0, (f"call:{WRITER}:1",)),
            ("report:desk:1", "report", since + 95.0, ("answer:desk:1", seen.id, *tell, *draws[1:])),
        ]

    steps = calling(at, (seen.id, f"draw:report:{pair}:0")) if called else []
    first = at + (135.0 if called else 40.0)
    steps.append((f"post:{WRITER}:1", "post", first, ("report:desk:1" if called else seen.id, *draws)))
    if f"post:{WRITER}:1" in posts:
        read = read_s(trace, posts[f"post:{WRITER}:1"], OTHER) + 40.0
        why = (f"post:{WRITER}:1@{OTHER}", f"draw:steward:{OTHER}:0", f"draw:correct:{OTHER}/{seen.id}:0")
        steps.append((f"correction:{OTHER}:1", "correction", read, why))
        steps.append((f"post:{OTHER}:1", "post", read, (f"correction:{OTHER}:1", f"post:{WRITER}:1")))
    if f"post:{OTHER}:1" in posts:
        asked, cause = read_s(trace, posts[f"post:{OTHER}:1"], WRITER), f"post:{OTHER}:1@{WRITER}"
        if not called:
            steps += calling(asked, (seen.id, cause, f"draw:call-asked:{pair}:0"))
        done = asked + (40.0 if called else 135.0)
        steps.append((f"post:{WRITER}:2", "post", done, (seen.id, "report:desk:1", cause, *draws[1:])))
    return [step for step in steps if step[2] < END_S]


@pytest.mark.parametrize(("values", "called"), [(SILENT, False), (UNSAID, True)])
def test_each_step_of_a_correction_comes_at_its_moment(values: dict[str, float], called: bool) -> None:  # noqa: FBT001
    corrected, answered = 0, 0
    for trace in traces(**values):
        if len(of_kind(trace, "sighting")) == 1:
            expected = solved(trace, called=called)
            found = told(trace)
            assert [step[:2] + step[3:] for step in found] == [step[:2] + step[3:] for step in expected]
            assert [step[2] for step in found] == pytest.approx([step[2] for step in expected], abs=2e-6)
            own = [record for record in of_kind(trace, "post") if (record.who, record.data["content"]) == (WRITER, "sighting")]
            stated = {record.id: record.data["called"] for record in own}
            assert stated in ({}, {f"post:{WRITER}:1": False}, {f"post:{WRITER}:1": False, f"post:{WRITER}:2": True})
            corrected += len(of_kind(trace, "correction"))
            answered += len(stated) - 1 if stated else 0
    assert corrected >= 8
    assert answered >= 5


def test_who_said_that_he_called_is_not_corrected_nor_is_anybody_where_nobody_has_a_role() -> None:
    assert not any(of_kind(trace, "correction") for trace in traces())
    plain = [told(trace) for trace in traces(roles=False, **SILENT)]
    assert not any(record.kind == "correction" for trace in traces(roles=False, **SILENT) for record in trace.records)
    assert plain == [told(trace) for trace in traces(p_correct=0.0, **SILENT)]


def test_who_would_not_call_when_asked_leaves_it_at_that() -> None:
    asked = 0
    for trace in traces(p_call_asked=0.0, **SILENT):
        assert not of_kind(trace, "call")
        assert not [record for record in of_kind(trace, "post") if record.data["called"]]
        asked += len(of_kind(trace, "correction"))
    assert asked >= 8


def test_what_was_seen_long_ago_is_not_called_about_any_more() -> None:
    for trace in traces(go_out_within_s=1.0, **SILENT):
        assert not of_kind(trace, "call")
