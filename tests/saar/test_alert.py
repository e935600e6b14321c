"""Alerting: who calls, when one skips it, the queue, and what the desk writes down."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.saar.alert import ELEMENTS, alert, chance_to_call
from simulation.scenario.model import Announced, Number, Players, Structure
from tests.saar.stages import TELLING, has_posted, records, sees, stage_of

if TYPE_CHECKING:
    from simulation.saar.stage import Stage

UNAWARE = Players(share=0.0, announced=Announced(members=0.0, others=0.0))
AWARE = Players(share=0.0, announced=Announced(members=1.0, others=1.0))


def act(stage: Stage, person: int, *, at: float = 1000.0, x: float = 300.0, recognised: bool = True) -> None:
    """Let somebody see the suspect at a moment, and play until all that follows from it is over."""
    stage.agenda.at(at, lambda: stage.agenda.start(alert(stage, sees(stage, person, x=x, recognised=recognised))))
    stage.agenda.run()


def test_first_one_calls_then_one_posts() -> None:
    stage = stage_of()
    act(stage, 2)
    # Dial 15 s, answered after 5 s, talk 75 s, type 40 s.
    assert [(record.kind, record.who, record.time_s) for record in records(stage, "call", "answer", "report", "post")] == [
        ("call", "n0003/1", 1000.0),
        ("answer", "desk", 1020.0),
        ("report", "desk", 1095.0),
        ("post", "n0003/1", 1135.0),
    ]
    assert records(stage, "answer")[0].data["waited_s"] == 0.0
    assert records(stage, "post")[0].data["called"] is True


def test_a_report_tells_where_who_and_when() -> None:
    stage = stage_of()
    act(stage, 2)
    (report,) = records(stage, "report")
    assert report.data["elements"] == dict.fromkeys(TELLING, True)
    assert report.data["place"] == {"x_m": 300.0, "y_m": 0.0, "street": "West"}
    assert (report.data["direction_rad"], report.data["seen_s"], report.data["caller"]) == (0.5, 1000.0, "n0003/1")
    assert report.data["duplicate"] is False


@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_is_told_at_its_own_rate(element: str) -> None:
    told = []
    for seed in range(25):
        stage = stage_of({f"p_tell_{element}": 0.4}, seed)
        for person in range(9):
            stage.agenda.start(alert(stage, sees(stage, person)))
        stage.agenda.run()
        reports = records(stage, "report")
        told += [report.data["elements"][element] for report in reports]
        assert all(report.data["elements"][other] for report in reports for other in ELEMENTS if other != element)
        assert all((report.data["place"] is None) == (not report.data["elements"]["where"]) for report in reports)
        assert all((report.data["direction_rad"] is None) == (not report.data["elements"]["whereto"]) for report in reports)
    assert len(told) == 225
    assert abs(np.mean(told) - 0.4) < 4.0 * np.sqrt(0.24 / 225)


def test_the_place_told_is_off_by_the_error_of_the_registry() -> None:
    off = []
    for seed in range(25):
        stage = stage_of({"place_error_m": 30.0}, seed)
        for person in range(9):
            stage.agenda.start(alert(stage, sees(stage, person)))
        stage.agenda.run()
        places = [report.data["place"] for report in records(stage, "report")]
        off += [(place["x_m"] - 300.0, place["y_m"]) for place in places]
        assert {place["street"] for place in places} == {"West"}
    errors = np.array(off)
    assert (np.abs(errors.mean(axis=0)) < 4.0 * 30.0 / np.sqrt(len(errors))).all()
    assert errors.std(axis=0) == pytest.approx([30.0, 30.0], rel=0.2)
    assert abs(np.corrcoef(errors.T)[0, 1]) < 4.0 / np.sqrt(len(errors))


@pytest.mark.parametrize(
    ("ago_s", "away_m", "skips"),
    [(299.0, 0.0, True), (301.0, 0.0, False), (60.0, 199.0, True), (60.0, 201.0, False), (0.0, 0.0, True)],
)
def test_one_skips_calling_when_somebody_just_called_about_the_same_place(ago_s: float, away_m: float, skips: bool) -> None:  # noqa: FBT001
    stage = stage_of()
    stage.agenda.at(1000.0, lambda: has_posted(stage, ago_s=ago_s, x=300.0 + away_m))
    act(stage, 2)
    assert len(records(stage, "skip")) == skips
    assert len(records(stage, "call")) == (not skips)
    (post,) = records(stage, "post")
    assert post.data["called"] is not skips
    if skips:
        (skip,) = records(stage, "skip")
        assert skip.data["post"] == "post:other:1"
        assert "post:other:1@n0003/1" in skip.causes


def test_a_message_that_does_not_say_that_somebody_called_stops_nobody() -> None:
    stage = stage_of()
    stage.agenda.at(1000.0, lambda: has_posted(stage, ago_s=10.0, x=300.0, called=False))
    act(stage, 2)
    assert len(records(stage, "call")) == 1


def test_a_message_of_another_group_stops_nobody() -> None:
    stage = stage_of()
    stage.agenda.at(1000.0, lambda: has_posted(stage, ago_s=10.0, x=300.0, channel="group-2"))
    act(stage, 2)
    assert len(records(stage, "call")) == 1


def test_an_older_message_about_the_place_counts_behind_a_newer_one_about_another() -> None:
    stage = stage_of()
    stage.agenda.at(1000.0, lambda: has_posted(stage, ago_s=100.0, x=300.0))
    stage.agenda.at(1000.0, lambda: has_posted(stage, ago_s=50.0, x=900.0))
    act(stage, 2)
    assert [record.data["post"] for record in records(stage, "skip")] == ["post:other:1"]


def test_an_unread_message_stops_nobody() -> None:
    stage = stage_of()

    def unread() -> None:
        has_posted(stage, ago_s=10.0, x=300.0).read_at[2] = 1000.5

    stage.agenda.at(1000.0, unread)
    act(stage, 2)
    assert len(records(stage, "call")) == 1


@pytest.mark.parametrize(("most", "again", "calls"), [(3.0, 1.0, 4), (3.0, 0.0, 1), (0.0, 1.0, 1), (1.0, 1.0, 2)])
def test_one_dials_again_as_often_as_the_registry_says(most: float, again: float, calls: int) -> None:
    stage = stage_of({"redials_max": most, "p_redial": again}, number=Number(lines=1, opens_s=1700.0))
    act(stage, 2, at=100.0)
    dialled = records(stage, "call")
    assert [record.data["n_try"] for record in dialled] == list(range(1, calls + 1))
    assert [record.time_s for record in dialled] == [100.0 + number * 45.0 for number in range(calls)]
    assert len(records(stage, "abandoned")) == calls
    assert all(record.data["waited_s"] == 0.0 for record in records(stage, "abandoned"))
    assert records(stage, "post")[0].data["called"] is False
    for before, after in pairwise(dialled):
        assert before.id in after.causes


def test_one_gets_through_once_the_number_opens() -> None:
    stage = stage_of({"redials_max": 3.0, "p_redial": 1.0}, number=Number(lines=1, opens_s=130.0, closes_s=1000.0))
    act(stage, 2, at=100.0)
    assert [record.time_s for record in records(stage, "call")] == [100.0, 145.0]
    assert [record.time_s for record in records(stage, "answer")] == [165.0]


def test_nobody_dials_again_once_the_number_has_closed() -> None:
    stage = stage_of({"redials_max": 3.0, "p_redial": 1.0}, number=Number(lines=1, closes_s=90.0))
    act(stage, 2, at=100.0)
    assert [record.time_s for record in records(stage, "call")] == [100.0]
    assert len(records(stage, "abandoned")) == 1


@pytest.mark.parametrize(("closes", "answered"), [(1015.1, 1), (1015.0, 0)])
def test_the_number_is_answered_until_it_closes(closes: float, answered: int) -> None:
    stage = stage_of({"p_redial": 0.0}, number=Number(lines=1, closes_s=closes))
    act(stage, 2)
    assert len(records(stage, "answer")) == answered
    assert len(records(stage, "abandoned")) == 1 - answered


def test_callers_are_answered_one_after_the_other() -> None:
    stage = stage_of(number=Number(lines=1))
    for person in range(3):
        stage.agenda.start(alert(stage, sees(stage, person)))
    stage.agenda.run()
    answers = records(stage, "answer")
    assert [record.time_s for record in answers] == [20.0, 100.0, 180.0]
    assert [record.data["waited_s"] for record in answers] == [0.0, 80.0, 160.0]
    assert [record.data["duplicate"] for record in records(stage, "report")] == [False, True, True]
    assert len(stage.answered) == 3


def test_who_runs_out_of_patience_hangs_up() -> None:
    stage = stage_of({"patience_mean_s": 1.0, "p_redial": 0.0}, number=Number(lines=1))
    for person in range(9):
        stage.agenda.start(alert(stage, sees(stage, person)))
    stage.agenda.run()
    waits = [record.data["waited_s"] for record in records(stage, "abandoned")]
    assert len(waits) == 8
    assert 0.0 < min(waits) < max(waits) < 10.0


@pytest.mark.parametrize(("ago_s", "away_m", "duplicate"), [(299.0, 199.0, True), (300.0, 0.0, False), (10.0, 201.0, False)])
def test_a_report_of_what_the_desk_knows_is_a_duplicate(ago_s: float, away_m: float, duplicate: bool) -> None:  # noqa: FBT001
    stage = stage_of()
    stage.reports.append((1095.0 - ago_s, sees(stage, 0, x=300.0 + away_m).place))
    act(stage, 2)
    assert records(stage, "report")[0].data["duplicate"] is duplicate


def test_who_does_not_know_the_number_calls_the_emergency_number() -> None:
    stage = stage_of({"p_report_unprimed": 1.0}, players=UNAWARE, number=Number(lines=9, briefed=False))
    act(stage, 2, recognised=False)
    (call,) = records(stage, "call")
    assert call.data["number"] == "emergency"
    assert not records(stage, "answer", "report", "abandoned")
    (post,) = records(stage, "post")
    assert (post.time_s, post.data["called"]) == (1000.0 + 15.0 + 75.0 + 40.0, True)
    assert not stage.answered


def test_a_briefed_control_room_tells_the_desk_later_who_called_the_emergency_number() -> None:
    stage = stage_of({"p_report_unprimed": 1.0}, players=UNAWARE)
    act(stage, 2, recognised=False)
    (call,), (report,) = records(stage, "call"), records(stage, "report")
    assert (call.data["number"], report.data["call"], report.causes[0]) == ("emergency", call.id, call.id)
    assert report.time_s == 1000.0 + 15.0 + 75.0 + 180.0
    assert [news.record for news in stage.desk.news] == [report.id]
    assert not stage.answered


@pytest.mark.parametrize("structure", ["none", "single-group"])
def test_who_is_in_no_group_does_not_post(structure: str) -> None:
    stage = stage_of({"p_household_member": 0.0}, structure=Structure(id=structure))
    act(stage, 2)
    assert len(records(stage, "report")) == 1
    assert not records(stage, "post")


@pytest.mark.parametrize(
    ("players", "member", "recognised", "name"),
    [
        (Players(share=1.0), 1.0, True, "p_report_player"),
        (Players(share=1.0), 0.0, False, "p_report_player"),
        (AWARE, 1.0, False, "p_report_member"),
        (AWARE, 0.0, True, "p_report_unprimed"),
        (UNAWARE, 1.0, True, "p_report_member"),
        (UNAWARE, 1.0, False, "p_report_unprimed"),
        (UNAWARE, 0.0, True, "p_report_unprimed"),
    ],
)
def test_the_chance_to_call_by_role_and_knowledge(players: Players, member: float, recognised: bool, name: str) -> None:  # noqa: FBT001
    values = {"p_report_player": 0.81, "p_report_member": 0.42, "p_report_unprimed": 0.03}
    stage = stage_of({"p_household_member": member, **values}, players=players)
    assert chance_to_call(stage, 2, recognised=recognised) == values[name]


def test_a_conversation_has_its_median_and_mean() -> None:
    talks = []
    for seed in range(60):
        stage = stage_of({"call_hold_mean_s": 90.0}, seed)
        for person in range(9):
            stage.agenda.start(alert(stage, sees(stage, person)))
        stage.agenda.run()
        talks += [report.time_s - 20.0 for report in records(stage, "report")]
    assert np.median(talks) == pytest.approx(75.0, rel=0.12)
    assert np.mean(talks) == pytest.approx(90.0, rel=0.12)


@pytest.mark.parametrize(("within_s", "recognised", "goes"), [(96.0, True, True), (94.0, True, False), (96.0, False, False)])
def test_after_the_call_one_goes_and_looks_if_it_was_the_suspect_and_not_too_long_ago(
    within_s: float,
    recognised: bool,  # noqa: FBT001
    goes: bool,  # noqa: FBT001
) -> None:
    # Dial 15 s, answered after 5 s, talk 75 s: the call takes 95 s.
    stage = stage_of({"p_go_out_player": 1.0, "go_out_within_s": within_s})
    act(stage, 2, recognised=recognised)
    assert [record.time_s for record in records(stage, "departure")] == [1095.0] * goes


def test_a_second_sighting_waits_until_the_first_was_called_and_posted() -> None:
    stage = stage_of({"skip_within_s": 0.0})
    for at in (1000.0, 1010.0):
        stage.agenda.at(at, lambda: stage.agenda.start(alert(stage, sees(stage, 2))))
    stage.agenda.run()
    assert [(record.kind, record.time_s) for record in records(stage, "call", "post")] == [
        ("call", 1000.0),
        ("post", 1135.0),
        ("call", 1135.0),
        ("post", 1270.0),
    ]


@pytest.mark.parametrize("seed", range(10))
def test_more_call_takers_never_lose_more_calls(seed: int) -> None:
    lost = []
    for lines in range(1, 7):
        stage = stage_of({"patience_mean_s": 60.0, "p_redial": 0.0}, seed, number=Number(lines=lines))
        for person in range(9):
            stage.agenda.at(
                11.0 * person, lambda person=person, stage=stage: stage.agenda.start(alert(stage, sees(stage, person)))
            )
        stage.agenda.run()
        lost.append(len(records(stage, "abandoned")))
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > lost[-1]
