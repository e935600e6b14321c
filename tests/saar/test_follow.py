"""Following: who does it, what he tells his group, and when he stops."""

from __future__ import annotations

from functools import cache
from math import hypot
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.people.rounds import Stroll
from simulation.people.walks import along
from simulation.saar.alert import after_sighting
from simulation.saar.app import chat
from simulation.saar.follow import let_go
from simulation.saar.notes import Outing
from simulation.scenario.model import Pauses, Place, Players, Route
from tests.saar.lively import MAP, SEEDS, TWO, lively, pick
from tests.saar.stages import records, sees, stage_of
from tests.worlds import play_all

if TYPE_CHECKING:
    from simulation.saar.stage import Stage
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

ALONG = {"start": Place(street="West", number="5"), "behaviour": Route(points=(Place(street="Oost"), Place(street="West")))}
"""The suspect starts at x = 320, goes to x = 900 at 1 m/s and comes back."""
FOLLOWS = {"p_follow": 1.0, "p_challenge_player": 0.0}


def x_of_suspect(time_s: float) -> float:
    return 320.0 + time_s if time_s <= 580.0 else 1480.0 - time_s


def outdoors(stage: Stage, person: int, x: float, news_s: float = -np.inf) -> None:
    """Let somebody stand on the street West, all but still."""
    stage.outings[person] = Outing(Stroll(along([(0, x, x + 1.0)], 0.0, 1e-4), 0, 0.0, 1e5), news_s)
    stage.route_of[stage.name(person)] = f"route:{stage.name(person)}:1"


def scene(parameters: dict[str, float] | None = None, seed: int = 1, **changes: Any) -> Stage:
    return stage_of({**FOLLOWS, **(parameters or {})}, seed, suspect=ALONG, **changes)


def notices(stage: Stage, person: int, at: float = 50.0, *, recognised: bool = True) -> None:
    """Let somebody see the suspect, and play on until nothing more happens."""
    stage.agenda.at(at, lambda: after_sighting(stage, sees(stage, person, x=x_of_suspect(at), recognised=recognised)))
    stage.agenda.run()


def test_who_recognised_him_in_the_street_follows_him() -> None:
    stage = scene()
    outdoors(stage, 0, 345.0)
    notices(stage, 0)
    (follow,) = records(stage, "follow")
    assert (follow.time_s, follow.who) == (50.0, "n0001/1")
    assert dict(follow.data) == {"suspect": "suspect-1", "until_s": 650.0}
    assert follow.causes == ("sighting:n0001/1:1", "draw:follow:n0001/1/suspect-1/1:0")
    (way,) = records(stage, "route")
    assert (way.causes, way.data["reason"]) == ((follow.id,), "follow")
    # 25 m behind all the time: where he was 25 s before.
    data, times = way.data, (50.0, 200.0, 590.0, 630.0, 650.0)
    mine = [float(np.interp(time, data["t_s"], data["x_m"])) for time in times]
    assert mine == pytest.approx([x_of_suspect(time - 25.0) for time in times], abs=0.01)
    # Then he goes home.
    assert data["x_m"][-1] == pytest.approx(20.0)


@pytest.mark.parametrize("because", ["not recognised", "at home", "after another", "does not"])
def test_others_do_not_follow(because: str) -> None:
    stage = scene({"p_follow": 0.0} if because == "does not" else None)
    if because != "at home":
        outdoors(stage, 0, 345.0, news_s=60.0 if because == "after another" else 40.0)
    notices(stage, 0, recognised=because != "not recognised")
    assert not records(stage, "follow")
    assert records(stage, "call")


def test_who_follows_does_so_at_the_rate_of_the_registry() -> None:
    follows = 0
    for seed in range(12):
        stage = scene({"p_follow": 0.4}, seed)
        for person in range(9):
            outdoors(stage, person, 345.0)
            stage.agenda.at(50.0, lambda stage=stage, person=person: after_sighting(stage, sees(stage, person, x=370.0)))
        stage.agenda.run()
        follows += len(records(stage, "follow"))
    assert abs(follows - 0.4 * 108) < 4.0 * np.sqrt(0.24 * 108)


def test_who_dares_but_cannot_catch_up_follows() -> None:
    # At 1.4 times 1.34 m/s he gains 52.6 m in a minute: from 65 m behind too little to speak to him, enough to follow.
    stage = scene({"p_challenge_player": 1.0})
    outdoors(stage, 0, 305.0)
    notices(stage, 0)
    assert not records(stage, "question")
    assert len(records(stage, "follow")) == 1


def test_who_dares_and_catches_up_asks_and_does_not_follow() -> None:
    stage = scene({"p_challenge_player": 1.0})
    stage.on_found = lambda *_: None
    outdoors(stage, 0, 360.0)
    notices(stage, 0)
    assert len(records(stage, "question")) == 1
    assert not records(stage, "follow")


def updates(stage: Stage) -> list[Record]:
    return [record for record in records(stage, "post") if any(cause.startswith("follow:") for cause in record.causes)]


def test_who_follows_tells_his_group_where_he_is() -> None:
    stage = scene({"p_report_player": 0.0})
    outdoors(stage, 0, 345.0)
    notices(stage, 0)
    # Two minutes, then he types for 40 s, and so on, until he stops at 650 s.
    assert [record.time_s for record in updates(stage)] == [210.0, 370.0, 530.0]
    for record in updates(stage):
        seen = record.time_s - 40.0
        assert record.data["seen_s"] == seen
        assert record.data["place"]["x_m"] == pytest.approx(x_of_suspect(seen))
        assert record.data["direction_rad"] == pytest.approx(0.0 if seen <= 580.0 else np.pi)
        assert (record.data["content"], record.data["called"]) == ("sighting", False)
    causes = [record.causes for record in updates(stage)]
    draws = (("post", 0), ("place-east", 2), ("place-north", 2))
    assert causes[1] == ("follow:n0001/1:1", *(f"draw:{purpose}:n0001/1/suspect-1/1:{n}" for purpose, n in draws))


def test_who_still_telephones_tells_his_group_later() -> None:
    # He dials at 50 s; 15 s, 5 s, 75 s, and 40 s to type: his hands are free at 185 s.
    stage = scene()
    outdoors(stage, 0, 345.0)
    notices(stage, 0)
    assert [record.time_s for record in records(stage, "post")][:2] == [185.0, 225.0]


@pytest.mark.parametrize("parameters", [{"p_household_member": 0.0}, {"p_post_player": 0.0}])
def test_who_is_in_no_group_or_does_not_post_tells_nobody(parameters: dict[str, float]) -> None:
    stage = scene(parameters)
    outdoors(stage, 0, 345.0)
    notices(stage, 0)
    assert len(records(stage, "follow")) == 1
    assert not records(stage, "post")


def test_who_follows_lets_go_when_the_suspect_is_found() -> None:
    stage = scene({"p_report_player": 0.0})
    outdoors(stage, 0, 345.0)
    stage.agenda.at(300.0, let_go, stage, 0, "found:suspect-1:1")
    stage.agenda.at(310.0, let_go, stage, 0, "found:suspect-1:1")
    notices(stage, 0)
    first, second = records(stage, "route")
    assert (second.time_s, second.causes, second.data["reason"]) == (300.0, ("found:suspect-1:1",), "follow")
    assert second.data["x_m"][0] == pytest.approx(595.0, abs=0.01)
    assert second.data["x_m"][-1] == pytest.approx(20.0)
    assert second.data["t_s"][-1] == pytest.approx(300.0 + 575.0 / 1.34, abs=0.02)
    assert [record.time_s for record in updates(stage)] == [210.0]
    assert first.time_s == 50.0


def test_who_has_stopped_by_himself_has_nobody_to_let_go_of() -> None:
    stage = scene({"follow_s": 100.0})
    outdoors(stage, 0, 345.0)
    stage.agenda.at(200.0, let_go, stage, 0, "found:suspect-1:1")
    notices(stage, 0)
    assert len(records(stage, "route")) == 1


# Whole evenings


@cache
def followed(stop: str = "time") -> list[Trace]:
    """Play evenings in which nearly everybody follows, and some ask."""
    keen = {"p_challenge_player": 0.0 if stop == "time" else 0.3, "p_follow": 1.0, "resight_s": 60.0, "p_search_bike": 0.3}
    pausing = tuple(suspect.model_copy(update={"pauses": Pauses(per_hour=20.0, duration_s=40.0)}) for suspect in TWO)
    scenario = lively(keen, suspects=pausing, on_found="keeps-walking", stop="time")
    return play_all(scenario.model_copy(update={"players": Players(share=0.4, know=("upper",))}), MAP, SEEDS)


def way_at(data: Any, time: float) -> tuple[float, float]:
    return float(np.interp(time, data["t_s"], data["x_m"])), float(np.interp(time, data["t_s"], data["y_m"]))


def test_who_follows_is_never_far_from_him() -> None:
    far = []
    for trace in followed():
        suspects = {record.who: record.data for record in pick(trace, "route") if record.data["reason"] == "suspect"}
        ways = {record.causes[0]: record.data for record in pick(trace, "route") if record.data["reason"] == "follow"}
        for follow in (one for one in pick(trace, "follow") if one.data["suspect"] in suspects):
            for time in np.arange(follow.time_s + 61.0, follow.data["until_s"], 20.0).tolist():
                mine, his = way_at(ways[follow.id], time), way_at(suspects[follow.data["suspect"]], time)
                far.append(hypot(mine[0] - his[0], mine[1] - his[1]))
    assert len(far) > 300
    assert max(far) < 25.05
    assert np.median(far) > 20.0


def test_who_follows_neither_notices_him_again_nor_is_called_away() -> None:
    follows = 0
    for trace in followed():
        for follow in pick(trace, "follow"):
            begin, end = follow.time_us, round(follow.data["until_s"] * 1e6)
            mine = [record for record in trace.records if record.who == follow.who and begin < record.time_us < end]
            assert not [record for record in mine if record.kind == "departure"]
            again = [record for record in mine if record.kind == "sighting"]
            assert follow.data["suspect"] not in {record.data["suspect"] for record in again}
            follows += 1
    assert follows > 40


def test_all_who_follow_let_go_of_a_suspect_who_is_found() -> None:
    let = 0
    for trace in followed("found"):
        for found in pick(trace, "found"):
            follows = [record for record in pick(trace, "follow") if record.data["suspect"] == found.who]
            let_go_of = [record for record in pick(trace, "route") if record.causes == (found.id,)]
            for record in let_go_of:
                (last,) = [one for one in follows if one.who == record.who and one.time_us <= record.time_us][-1:]
                assert record.time_us == found.time_us < round(last.data["until_s"] * 1e6)
                let += 1
            ended = {record.id for record in follows if record.time_us < found.time_us}
            later = [record for record in pick(trace, "post") if record.time_s > found.time_s + 40.0]
            assert not [record for record in later if ended & set(record.causes)]
    assert let > 5


def test_most_updates_come_from_who_is_still_behind_him() -> None:
    posts = 0
    for trace in followed():
        follows = {record.id: record for record in pick(trace, "follow")}
        suspects = {record.who: record.data for record in pick(trace, "route") if record.data["reason"] == "suspect"}
        for post in pick(trace, "post"):
            for cause in set(post.causes) & set(follows):
                follow, seen = follows[cause], post.data["seen_s"]
                assert follow.time_s + 119.999999 < seen < follow.data["until_s"]
                x, y = way_at(suspects[follow.data["suspect"]], seen)
                assert hypot(post.data["place"]["x_m"] - x, post.data["place"]["y_m"] - y) < 5.0 * 30.0
                posts += 1
    assert posts > 20


@pytest.mark.parametrize("chats", [0, 2])
def test_whether_an_update_matters_elsewhere_is_not_drawn_anew_because_its_author_said_something_else_before(
    chats: int,
) -> None:
    # How often he posted before depends on the alert structure, and so must not decide a draw.
    stage, matters = scene(), list[str]()
    stage.on_posted = lambda _, posted: matters.append(posted.matter)
    outdoors(stage, 0, 345.0)
    for nth in range(chats):
        chat(stage, stage.group_of[0], 0, nth)
    notices(stage, 0)
    assert matters[chats:] == ["sighting:n0001/1:1", *(f"follow:n0001/1:1/{nth}" for nth in range(1, 4))]
