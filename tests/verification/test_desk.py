"""The desk: sending units, hearing of real calls, and calling case holders back; solved by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulation.scenario.dispatch import Unit
from simulation.scenario.ground import Centre
from simulation.scenario.model import Announced, Number, Place, Players, Route, Structure
from tests.verification.lane import CERTAIN, UP_AND_DOWN, WINDOW, played
from tests.worlds import House, evening

if TYPE_CHECKING:
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

DURATION_S = 900.0
KEEN = CERTAIN | {"d_half_m": 100.0, "p_notice_walker": 0.86, "p_go_out_player": 0.0, "resight_s": 1e5}


def of_kind(trace: Trace, kind: str) -> list[Record]:
    return [record for record in trace.records if record.kind == kind]


def evenings(units: tuple[Unit, ...] = (Unit(name="Fietsteam", base=Centre()),), **changes: Any) -> list[Trace]:
    values = KEEN | changes.pop("values", {})
    scenario = evening(values, suspect=UP_AND_DOWN, game={"duration_s": DURATION_S}, units=units, **changes)
    return played(scenario, WINDOW, House((400.0, 12.0), "Hofje", "2"), seeds=range(30))


def test_a_unit_goes_where_the_first_report_says_and_hears_who_it_is() -> None:
    sent = 0
    for trace in evenings():
        reports, dispatches = of_kind(trace, "report"), of_kind(trace, "dispatch")
        if not reports:
            assert not dispatches
            continue
        first = dispatches[0]
        assert first.time_s == pytest.approx(reports[0].time_s + 30.0, abs=1e-6)
        assert first.data == {"unit": "unit-1", "report": reports[0].id, "to": reports[0].data["place"]}
        way = next(record for record in of_kind(trace, "route") if record.who == "unit-1")
        assert (way.time_s, way.causes[0]) == (first.time_s, first.id)
        # The base is the street nearest to the middle of the homes, (275, 12).
        assert way.data["x_m"][0] == pytest.approx(275.0, abs=1e-3)
        arrival = next((record for record in of_kind(trace, "arrival") if record.who == "unit-1"), None)
        if arrival and arrival.time_s < dispatches[1].time_s if len(dispatches) > 1 else arrival:
            assert arrival.time_s == pytest.approx(first.time_s + abs(arrival.data["x_m"] - 275.0) / 5.5, abs=1e-5)
        sent += 1
    assert sent >= 15


def test_a_unit_asks_whom_it_recognises_and_is_told_what_callers_said() -> None:
    found = []
    for trace in evenings(values={"p_challenge_player": 0.0}):
        for record in of_kind(trace, "found"):
            question = next(one for one in trace.records if one.id == record.causes[0])
            seen = next(one for one in trace.records if one.id == question.causes[0])
            assert (record.data["by"], record.data["found_by"], question.who) == ("unit-1", "unit", "unit-1")
            assert seen.causes[-1].startswith("dispatch:desk:")
            found.append(trace)
    assert len(found) >= 5
    silent = {"p_challenge_player": 0.0, "p_tell_who": 0.0}
    assert not any(of_kind(trace, "found") for trace in evenings(values=silent))


def test_units_neither_call_nor_post_and_are_no_residents() -> None:
    for trace in evenings():
        assert not [record for record in trace.records if record.who == "unit-1" and record.kind in {"call", "post"}]
        assert trace.records[1].data["who"] == ["n0001/1", "n0002/1"]
    nobody = [len(trace.records) for trace in evenings(units=())]
    assert sum(nobody) < sum(len(trace.records) for trace in evenings())


def test_the_nearest_unit_that_is_free_is_sent() -> None:
    # One waits in the middle of West (x = 50), one in the middle of Oost (x = 570).
    west, east = (Unit(name=name, base=Place(street=name)) for name in ("West", "Oost"))
    nearest = 0
    for trace in evenings(units=(west, east)):
        for record in of_kind(trace, "dispatch")[:1]:
            x = record.data["to"]["x_m"]
            assert record.data["unit"] == ("unit-1" if x < (50.0 + 570.0) / 2.0 else "unit-2")
            nearest += 1
    assert nearest >= 15


@pytest.mark.parametrize("briefed", [True, False])
def test_a_real_call_reaches_the_desk_late_and_only_if_the_control_room_was_briefed(briefed: bool) -> None:  # noqa: FBT001
    reached = 0
    values = {"p_number_known": 0.0, "p_report_unprimed": 1.0, "p_odd": 1.0, "p_challenge_player": 0.0}
    nobody = Players(count=0, announced=Announced(members=0.0, others=0.0))
    for trace in evenings(values=values, players=nobody, number=Number(lines=3, briefed=briefed)):
        calls, reports = of_kind(trace, "call"), of_kind(trace, "report")
        assert {call.data["number"] for call in calls} <= {"emergency"}
        late = {call.id: call.time_us + 270_000_000 for call in calls}  # dialling 15 s, talking 75 s, telling the desk 180 s
        end_us = of_kind(trace, "game_end")[0].time_us
        expected = [(call, moment) for call, moment in late.items() if moment < end_us] if briefed else []
        assert [(report.data["call"], report.time_us) for report in reports] == expected
        assert len(of_kind(trace, "dispatch")) <= len(reports)
        reached += len(reports)
    assert (reached > 0) == briefed


def test_the_desk_tells_a_case_holder_what_was_seen_elsewhere_and_he_tells_his_group() -> None:
    # Two groups along one street. Both see the suspect, first in the west; the desk calls the first case holder back.
    scenario = evening(
        KEEN,
        suspect={"start": Place(street="West"), "behaviour": Route(points=(Place(street="Oost"), Place(street="West")))},
        game={"duration_s": DURATION_S},
        structure=Structure(id="separate-groups", groups=2),
    )
    passed_on = 0
    for trace in played(scenario, WINDOW, House((400.0, 12.0), "Hofje", "2"), seeds=range(30)):
        by_id = {record.id: record for record in trace.records}
        for record in of_kind(trace, "callback"):
            own = by_id[record.causes[0]]
            assert (own.kind, own.who, own.data["called"]) == ("post", record.data["resident"], True)
            assert (record.time_us - own.time_us) % 300_000_000 == 0
            told = by_id[record.data["told"]]
            assert told.kind == "report"
            assert told.data["caller"] != record.data["resident"]
            post = next(one for one in of_kind(trace, "post") if one.causes[:1] == (record.id,))
            assert (post.who, post.data["channel"]) == (record.data["resident"], own.data["channel"])
            assert (post.data["place"], post.data["seen_s"]) == (told.data["place"], told.data["seen_s"])
            passed_on += 1
    assert passed_on >= 5


def test_who_becomes_case_holder_again_is_called_back_from_then_on_and_no_more_often() -> None:
    # Two windows on one street, one group; everybody sometimes only calls or only tells the group, so that there is news.
    values = KEEN | {
        "resight_s": 60.0,
        "callback_s": 60.0,
        "p_report_player": 0.5,
        "p_post_player": 0.7,
        "skip_within_s": 60.0,
    }
    game = {"duration_s": 1800.0}
    checked = again = 0
    for trace in played(
        evening(values, suspect=UP_AND_DOWN, game=game), WINDOW, House((190.0, 12.0), "Hofje", "2"), seeds=range(60)
    ):
        tenures: list[tuple[str, int]] = []
        for record in trace.records:
            after_report = record.kind == "post" and record.causes[0].startswith("report:")
            if after_report and (not tenures or tenures[-1][0] != record.who):
                again += record.who in {who for who, _ in tenures}
                tenures.append((record.who, record.time_us))
            if record.kind == "callback":
                holder, since = tenures[-1]
                assert record.data["resident"] == holder
                assert (record.time_us - since) % 60_000_000 == 0
                checked += 1
    assert checked >= 20
    assert again >= 10


def test_a_case_holder_who_follows_the_suspect_tells_the_desk_what_he_wrote_last() -> None:
    follows = {
        "p_player_street": 1.0,
        "p_follow": 1.0,
        "p_challenge_player": 0.0,
        "callback_s": 100.0,
        "follow_update_s": 60.0,
    }
    values, game, told = KEEN | follows, {"duration_s": 1800.0}, 0
    for trace in played(evening(values, suspect=UP_AND_DOWN, game=game), House((300.0, 12.0), "Midden"), seeds=range(20)):
        posts = [record for record in of_kind(trace, "post") if record.who == "n0001/1"]
        heard = [record.data["heard"] for record in of_kind(trace, "callback")]
        assert len(set(heard)) == len(heard)
        for record in of_kind(trace, "callback"):
            written = [post for post in posts if post.time_us < record.time_us and post.data["content"] == "sighting"]
            assert record.data == {"resident": "n0001/1", "heard": written[-1].id, "told": None}
            assert record.causes[1] == written[-1].id
            reported = [report.data["seen_s"] for report in of_kind(trace, "report") if report.time_us < record.time_us]
            assert written[-1].data["seen_s"] > max(reported)
            told += 1
    assert told >= 10


def test_case_holders_tell_their_groups_how_it_ended() -> None:
    outcomes = 0
    for trace in evenings(units=()):
        holders = {record.who for record in of_kind(trace, "post") if record.data["called"]}
        close = [
            record for record in of_kind(trace, "post") if record.data["content"] == "close" and record.who != "organiser"
        ]
        (ended,) = of_kind(trace, "game_end")
        assert {record.who for record in close} <= holders
        assert bool(close) == bool(holders)
        assert all(record.causes[0] == ended.id and record.time_us == ended.time_us for record in close)
        outcomes += len(close)
    assert outcomes >= 15
