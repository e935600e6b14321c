"""What organisers and suspects do in whole evenings: hints, games, questions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.model import Game, Hint, News, Players, TooFew
from tests.saar.lively import HINTS, KEEN, MAP, SEEDS, TWO, hinted, lively, pick, played
from tests.worlds import evening, play_all


def test_hints_come_on_the_clock_for_every_suspect_about() -> None:
    for given in (pick(trace, "hint") for trace in hinted()):
        assert [(record.time_s, record.data["rung"], record.data["reason"]) for record in given] == [
            (hint.at_s, rung, "clock") for rung, hint in enumerate(HINTS) for _ in TWO
        ]


def test_hints_tell_what_the_suspect_has_of_what_the_scenario_says() -> None:
    for given in (pick(trace, "hint") for trace in hinted()):
        assert [record.data["tell"] for record in given] == [
            {"upper": "rood"},
            {"upper": "blauw"},
            {},
            {},
            {"sex": "man", "upper": "rood"},
            {"bag": "zwart", "upper": "blauw"},
            {"sex": "man"},
            {},
        ]


def test_hints_tell_where_the_suspect_is_at_that_moment() -> None:
    for trace in hinted():
        ways = {record.who: record.data for record in pick(trace, "route") if record.data["reason"] == "suspect"}
        for number, record in enumerate(pick(trace, "hint")):
            assert (record.data["where"] is not None) == (record.data["rung"] in {1, 3})
            if record.data["where"] is not None:
                way: Any = ways[f"suspect-{number % 2 + 1}"]
                place = [float(np.interp(record.time_s, way["t_s"], way[axis])) for axis in ("x_m", "y_m")]
                where = record.data["where"]
                assert [where["x_m"], where["y_m"]] == pytest.approx(place, abs=0.01)
                assert -np.pi <= where["direction_rad"] <= np.pi
                assert where["street"] in MAP.texts


def test_an_extra_hint_comes_when_too_few_called() -> None:
    too_few = TooFew(calls=1, by_s=500.0, then=News(tell=("photo",), where=True))
    nobody = {"p_report_player": 0.0, "p_report_member": 0.0, "p_report_unprimed": 0.0, "p_challenge_player": 0.0}
    silent = lively(nobody, too_few=too_few, hints=HINTS[:1], duration_s=600.0)
    for trace in play_all(silent, MAP, range(2)):
        assert [
            (record.time_s, record.data["rung"]) for record in pick(trace, "hint") if record.data["reason"] == "too-few"
        ] == [
            (500.0, 1),
            (500.0, 1),
        ]
    counts = set()
    for trace in play_all(lively({"p_challenge_player": 0.0}, too_few=too_few, duration_s=600.0), MAP, SEEDS):
        answered = sum(record.time_s < 500.0 for record in pick(trace, "answer"))
        extra = [record for record in pick(trace, "hint") if record.data["reason"] == "too-few"]
        counts.add(answered >= 1)
        assert answered == 0 or not extra
    assert True in counts


def test_calls_of_an_earlier_game_do_not_count_as_calls_of_this_one() -> None:
    too_few = TooFew(calls=1, by_s=0.001, then=News(tell=("photo",)))
    games = (
        Game(name="Een", duration_s=600.0, suspects=TWO, stop="time"),
        Game(name="Twee", start_s=600.0, duration_s=100.0, suspects=TWO[:1], too_few=too_few, stop="time"),
    )
    scenario = evening({**KEEN, "p_challenge_player": 0.0}, games=games, players=Players(share=0.25, know=("upper",)))
    for trace in play_all(scenario, MAP, SEEDS):
        assert any(record.time_s < 600.0 for record in pick(trace, "answer"))
        assert [(record.time_s, record.data["reason"]) for record in pick(trace, "hint")] == [(600.001, "too-few")]


def test_a_game_on_time_lasts_to_its_end() -> None:
    for trace in played("time"):
        (end,) = pick(trace, "game_end")
        assert (end.time_s, end.data["reason"]) == (1800.0, "time")
        assert trace.records[-1].kind == "close"


@pytest.mark.parametrize(("stop", "suspects"), [("first-found", 1), ("all-found", 2)])
def test_a_game_stops_when_enough_suspects_are_found(stop: str, suspects: int) -> None:
    reasons = set()
    for trace in played(stop):
        found, (end,) = pick(trace, "found"), pick(trace, "game_end")
        reasons.add(end.data["reason"])
        if end.data["reason"] == "found":
            assert len(found) == suspects
            assert end.time_s == found[-1].time_s
            assert found[-1].id in end.causes
        else:
            assert (len(found) < suspects, end.time_s) == (True, 1800.0)
        assert trace.records[-1].time_s == end.time_s
    assert "found" in reasons


def test_a_suspect_who_leaves_when_found_is_seen_and_asked_no_more() -> None:
    total = 0
    for trace in played("time"):
        for found in pick(trace, "found"):
            total += 1
            assert not [
                record
                for record in pick(trace, "sighting", "question", "act")
                if found.who in {record.who, record.data.get("suspect"), record.data.get("asked")}
                and record.time_s > found.time_s
            ]
    assert total >= 3


def test_a_hint_tells_nothing_of_a_suspect_who_has_gone_home() -> None:
    gone = 0
    for trace in play_all(lively(hints=tuple(Hint(at_s=60.0 * n, where=True) for n in range(1, 29))), MAP, SEEDS):
        for found in pick(trace, "found"):
            later = [record for record in pick(trace, "hint") if record.time_s > found.time_s]
            assert found.who not in {record.data["suspect"] for record in later}
            gone += found.time_s < 1600.0
    assert gone >= 3


def test_a_suspect_who_keeps_walking_gives_letters_but_is_found_once() -> None:
    letters = 0
    for trace in played("time", "keeps-walking"):
        found, questions = pick(trace, "found"), pick(trace, "question")
        assert len({record.who for record in found}) == len(found)
        for record in found:
            first = next(question for question in questions if question.data["asked"] == record.who)
            assert record.causes == (first.id,)
            assert (record.time_s, record.data["by"]) == (first.time_s, first.who)
        letters += len(questions) - len(found)
    assert letters > 0


def test_all_found_counts_who_keeps_walking() -> None:
    for trace in play_all(lively(stop="all-found", on_found="keeps-walking"), MAP, range(2)):
        (end,) = pick(trace, "game_end")
        assert (end.data["reason"] == "found") == (len(pick(trace, "found")) == 2)


def test_only_players_in_the_street_who_know_ask() -> None:
    for trace in played("time", "keeps-walking"):
        (residents,) = pick(trace, "residents")
        players = {who for who, player in zip(residents.data["who"], residents.data["player"], strict=True) if player}
        for question in pick(trace, "question"):
            assert question.who in players
            sighting = next(record for record in trace.records if record.id in question.causes and record.kind == "sighting")
            assert (sighting.data["from"], sighting.data["recognised"]) == ("street", True)
            assert question.time_us - sighting.time_us >= 10_000_000


def test_a_game_that_stopped_early_does_not_end_again() -> None:
    games = (
        Game(name="Een", duration_s=1200.0, suspects=TWO, stop="first-found"),
        Game(name="Twee", start_s=1300.0, duration_s=100.0, suspects=TWO[:1], stop="time"),
    )
    reasons = []
    for trace in play_all(evening(KEEN, games=games, players=Players(share=0.25, know=("upper",))), MAP, SEEDS):
        ends = pick(trace, "game_end")
        assert [record.data["game"] for record in ends] == ["Een", "Twee"]
        reasons.append(ends[0].data["reason"])
        assert trace.records[-1].time_s == 1400.0
    assert "found" in reasons


# What an evening must look like to whoever reads its trace
