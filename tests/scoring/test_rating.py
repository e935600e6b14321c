"""Goals rated against evenings that are written by hand: values, results, games, and the likely cause."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from simulation.errors import RunError
from simulation.language.catalogue import LANGUAGES, catalogue
from simulation.measures import MEASURES, NO_NUMBERS
from simulation.runs import json_text
from simulation.scenario.conditions import parse_condition
from simulation.scenario.goals import OF_THE_EVENING, Goal
from simulation.scoring import score
from simulation.scoring.facts import Facts
from simulation.scoring.goals import rate
from simulation.scoring.goalwords import goal_lines, told_goal
from simulation.scoring.whole import measures_of
from tests.fixtures.by_hand import Story, evening, place
from tests.scoring.test_games import evening as two_games
from tests.scoring.test_score import FIVE, opening

if TYPE_CHECKING:
    from simulation.trace.log import Trace

EXAMPLES = {
    "moment": "<= 5 min",
    "s": "<= 10 s",
    "count": "between 1 and 2",
    "mean": ">= 3",
    "share": ">= 50 %",
    "yes-no": "= yes",
}
NUMBERS = [measure for measure in MEASURES if measure.unit not in NO_NUMBERS]


def goals(*texts: str, **more: Any) -> list[Goal]:
    return [Goal(condition=parse_condition(text), **more) for text in texts]


def rated(trace: Trace, *texts: str, **more: Any) -> dict[str, Any]:
    return rate(trace, score(trace), goals(*texts, **more))


def row(story: Story, text: str, **more: Any) -> dict[str, Any]:
    (only,) = rated(story.trace(), text, **more)["goals"]
    assert isinstance(only, dict)
    return only


def seen(*times_s: float) -> Story:
    """Tell of residents who see him, n0 at the first time and so on, and do nothing."""
    story = opening(*FIVE)
    for index, time_s in enumerate(times_s):
        story.sighting(f"n{index}", time_s, (f"draw:look:n{index}:0",))
    return story


def hunt(seen_s: float, gone_s: float, found_s: float) -> Story:
    """Tell of n0 who sees him and posts, and n1 who reads it, goes to look, sees him and asks."""
    story = seen(seen_s)
    news = story.post("n0", seen_s + 1, ("sighting:n0:1",), {1: gone_s})
    gone = story.add("departure", "n1", gone_s, (f"{news}@n1",), post=news, to=place(), **{"from": "home"})
    way = story.route("n1", "search", [(gone_s, 0, 0), (found_s, 9, 0)], (gone,))
    sight = story.sighting("n1", found_s, (way,))
    story.add("question", "n1", found_s, (sight,), asked="suspect-1", answer="yes")
    return story


# ----------------------------------------------------------------------------------------------------------------- rating


def test_goals_are_met_or_not_by_how_much_and_with_a_letter() -> None:
    result = rated(
        evening(), "first_call_s <= 5 min", "found_at_s between 5 min and 10 min", "found = yes", "calls >= 1", "forwards >= 1"
    )
    told = {(one["goal"], one["value"], one["met"], one["margin"], one["rating"]) for one in result["goals"]}
    assert told == {
        ("first_call_s <= 5 min", 325.0, False, -25.0, "S"),
        ("calls >= 1", 1.0, True, 0.0, "P"),
        ("forwards >= 1", 0.0, False, -1.0, "U"),
        ("found_at_s between 5 min and 10 min", 650.0, False, -50.0, "S"),
        ("found = yes", 1.0, True, None, "P"),
    }
    assert [one["capability"] for one in result["goals"]] == ["alert", "alert", "app", "respond", "respond"]
    assert {key: result[key] for key in ("rating", "share", "met", "rated", "of")} == {
        "rating": "S", "share": 0.666667, "met": 2, "rated": 5, "of": 5,
    }  # fmt: skip
    assert {name: part["rating"] for name, part in result["capabilities"].items()} == {
        "alert": "S",
        "app": "U",
        "respond": "S",
    }


def test_weight_and_capability_are_those_of_the_goal() -> None:
    trace = evening()
    heavy = goals("calls >= 1", weight=3.0, capability="organise", title="Bellen")
    result = rate(trace, score(trace), [*heavy, *goals("forwards >= 1")])
    assert (result["share"], result["rating"]) == (0.75, "S")
    assert list(result["capabilities"]) == ["app", "organise"]
    assert told_goal("19:30", result["goals"][1], "nl")["title"] == "Bellen"
    assert told_goal("19:30", result["goals"][1], "nl")["aim"] == "minstens 1 (gewicht 3)"


def test_what_never_came_is_infinitely_late() -> None:
    story = opening(*FIVE)
    late, window, soon = (
        row(story, f"first_call_s {bound}") for bound in ("<= 30 min", "between 5 min and 9 min", ">= 5 min")
    )
    assert [(one["value"], one["met"], one["margin"], one["rating"]) for one in (late, window, soon)] == [
        (None, False, None, "U"),
        (None, False, None, "U"),
        (None, True, None, "P"),
    ]
    assert told_goal("19:30", late, "nl")["outcome"] == "niet gebeurd"
    assert told_goal("19:30", late, "en")["outcome"] == "did not happen"


def test_what_there_was_nothing_to_measure_of_is_not_rated() -> None:
    story = opening(*FIVE)
    result = rated(story.trace(), "report_elements_mean >= 3", "call_wait_p90_s <= 30 s", "found = yes")
    assert [
        (one["value"], one["met"], one["rating"], one["cause"]) for one in result["goals"] if one["measure"] != "found"
    ] == [(None, None, None, None)] * 2
    assert (result["rated"], result["of"], result["rating"]) == (1, 3, "U")
    alone = rated(story.trace(), "report_elements_mean >= 3")
    assert (alone["rating"], alone["share"], alone["rated"]) == (None, None, 0)
    for language, words in (("nl", ("niets te meten", "niet beoordeeld")), ("en", ("nothing to measure", "not rated"))):
        told = told_goal("19:30", alone["goals"][0], language)
        assert ((told["outcome"], told["result"]), told["letter"], told["texts"]) == (words, "-", [])


def test_a_wait_that_ended_for_nobody_is_endless() -> None:
    story = opening(*FIVE)
    call = story.call("n1", 110, story.sighting("n1", 100, ("fact:x",)))
    story.add("abandoned", "n1", 200, (call, "draw:patience:n1:1"), call=call, waited_s=90.0)
    assert (row(story, "call_wait_mean_s <= 30 s")["rating"], row(story, "dispatch_to_scene_s <= 9 min")["rating"]) == (
        "U",
        None,
    )


def test_a_rated_evening_is_a_document() -> None:
    texts = [f"{measure.key} {EXAMPLES[measure.unit]}" for measure in NUMBERS]
    result = rated(evening(), *texts)
    assert json.loads(json_text(result)) == result
    assert {one["measure"] for one in result["goals"]} == {measure.key for measure in NUMBERS}
    for language in LANGUAGES:
        for start in ("19:30", "23:30"):
            lines = list(goal_lines(start, result, language))
            assert len(lines) > len(texts)
            assert not re.search(r"[{}]|None|\binf\b|\bnan\b", "\n".join(lines))


# ------------------------------------------------------------------------------------------------------------------ games


@pytest.mark.parametrize("game", ["Kinderen", "Groten"])
def test_the_measures_of_a_game_are_those_of_its_row(game: str) -> None:
    alone = measures_of(Facts(two_games(), game))
    (told,) = (one for one in score(two_games())["games"] if one["game"] == game)
    same = ("found", "found_at_s", "suspects_found", "calls", "calls_answered")
    assert {key: alone[key] for key in same} == {key: told[key] for key in same}


def test_times_of_a_game_count_from_its_start() -> None:
    trace = two_games()
    (found,) = rated(trace, "found_at_s <= 2 min", game="Groten")["goals"]
    assert (found["value"], found["margin"], found["since_s"], found["rating"]) == (100.0, 20.0, 600.0, "P")
    assert told_goal("19:30", found, "en")["outcome"] == "19:41:40, after 1 min 40 s"
    assert told_goal("19:30", found, "en")["title"] == "First found (game Groten)"


def test_a_call_counts_for_the_game_in_which_was_seen_what_it_is_about() -> None:
    first, second = (rated(two_games(), "calls >= 2", game=game)["goals"][0]["value"] for game in ("Kinderen", "Groten"))
    assert (first, second) == (2.0, 1.0)
    assert rated(two_games(), "bystander_emergency_calls <= 0", game="Groten")["goals"][0]["value"] == 1.0
    assert rated(two_games(), "bystander_emergency_calls <= 0", game="Kinderen")["goals"][0]["value"] == 0.0


def test_a_single_game_is_the_evening() -> None:
    trace = evening()
    texts = [f"{one.key} {EXAMPLES[one.unit]}" for one in NUMBERS if one.key not in OF_THE_EVENING]
    names = [record.data["game"] for record in trace.records if record.kind == "game"]
    alone, all_of_it = rated(trace, *texts, game=names[0]), rated(trace, *texts)
    same = ("measure", "value", "met", "margin", "rating", "cause")
    assert [{key: one[key] for key in same} for one in alone["goals"]] == [
        {key: one[key] for key in same} for one in all_of_it["goals"]
    ]


def test_a_goal_about_a_game_that_was_not_played_is_refused() -> None:
    with pytest.raises(RunError, match="the game 'Spil', which this evening does not have; its games: 'Kinderen', 'Groten'"):
        rated(two_games(), "calls >= 2", game="Spil")


# ------------------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("text", "aim", "result"),
    [
        ("first_call_s <= 5 min", "after 5 min at the latest", "25 s too late"),
        ("first_call_s < 5 min", "in less than 5 min", "25 s too late"),
        ("first_call_s >= 10 min", "not before 10 min", "4 min 35 s too early"),
        ("first_call_s > 325 s", "later than 5 min 25 s", "not met"),
        ("found_at_s between 5 min and 11 min", "between 5 min and 11 min", "met, 10 s to spare"),
        ("call_wait_mean_s <= 4.5 s", "at most 4.5 s", "0.5 s too long"),
        ("call_wait_mean_s >= 9 s", "at least 9 s", "4 s too short"),
        ("calls <= 0", "at most 0", "1 too many"),
        ("calls > 2", "more than 2", "2 too few"),
        ("calls < 3", "less than 3", "met, 1 to spare"),
        ("reach_share >= 12.5 %", "at least 12.5%", "12 percentage points too few"),
        ("active_share >= 0.5", "at least 50%", "10 percentage points too few"),
        ("report_elements_mean < 4.5", "less than 4.5", "met, 0.5 to spare"),
        ("found = yes", "yes", "met"),
    ],
)
def test_a_goal_is_told_in_words(text: str, aim: str, result: str) -> None:
    (one,) = rated(evening(), text)["goals"]
    told = told_goal("19:30", one, "en")
    assert (told["aim"], told["result"]) == (aim, result)


def test_what_to_improve_follows_from_the_cause_and_the_side() -> None:
    def improve(story: Story, text: str) -> str:
        return str(told_goal("19:30", row(story, text), "nl")["texts"][0])

    texts = catalogue("nl")
    assert improve(seen(100), "first_call_s <= 10 min").endswith(texts["improve.called"])
    assert improve(seen(900), "first_call_s <= 10 min").endswith(texts["improve.seen"])
    assert improve(hunt(50, 100, 300), "found_at_s >= 10 min").endswith(texts["improve.too_soon"])
    assert improve(seen(100), "sightings <= 0").endswith(texts["improve.other"])
    assert improve(seen(100), "sightings <= 1").endswith(texts["strength.other"])
    assert improve(seen(100), "sightings >= 1").endswith(texts["strength.seen"])
    story = opening(*FIVE)
    assert improve(story, "unsafe_approaches <= 1").endswith(texts["strength.safe"])
    story.add("address", "n1", 100, addressed="suspect-1", unsafe=True)
    assert improve(story, "unsafe_approaches <= 1").endswith(texts["strength.other"])


def test_times_that_are_told_add_up_to_the_bound() -> None:
    story = seen(560.4)
    for bound, told in (("<= 10 min", "met, 40 s to spare"), (">= 10 min", "40 s too early"), ("<= 9 min", "20 s too late")):
        words = told_goal("19:30", row(story, f"first_sighting_s {bound}"), "en")
        assert (words["outcome"], words["result"]) == ("19:39:20, after 9 min 20 s", told)


@pytest.mark.parametrize(("weight", "told"), [(0.05, "0.05"), (1.25, "1.25"), (100, "100")])
def test_a_weight_is_told_as_it_is(weight: float, told: str) -> None:
    (one,) = rated(evening(), "calls >= 1", weight=weight)["goals"]
    assert told_goal("19:30", one, "en")["aim"] == f"at least 1 (weight {told})"


def test_lines_for_a_terminal_name_records_to_ask_about() -> None:
    result = rated(hunt(50, 100, 300).trace(), "found_at_s <= 10 min", "first_call_s <= 10 min")
    lines = list(goal_lines("19:30", result, "nl"))
    assert lines[0] == "Doelen: 1 van 2 gehaald; samen S (met enkele problemen)."
    assert lines[1:3] == [
        "   Alarmeren: 0 van 1 gehaald; U (niet gelukt).",
        "   Reageren: 1 van 1 gehaald; P (zonder problemen).",
    ]
    assert "P  Eerste keer gevonden, uiterlijk na 10 min: 19:35:00, na 5 min; gehaald, 5 min over." in lines
    assert "   boef why: question:n1:1, post:n0:1" in lines
    brief = list(goal_lines("19:30", result, "nl", briefly=True))
    assert len(brief) == 5
