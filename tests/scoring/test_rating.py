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


def cause(story: Story, text: str) -> tuple[str, dict[str, Any]]:
    """Give the key of the likely cause of a goal and what it names; check that the records exist, and that it can be told."""
    trace, found = story.trace(), row(story, text)["cause"]
    assert {record.id for record in trace.records} >= set(found["records"])
    for language in LANGUAGES:
        assert told_goal("19:30", row(story, text), language)["texts"]
    return found["key"], found["facts"]


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
    assert told_goal("19:30", result["goals"][1], "nl")["aim"] == "minstens 1 (telt 3 keer)"


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


# ----------------------------------------------------------------------------------------------------------------- causes


def seen(*times_s: float) -> Story:
    """Tell of residents who see him, n0 at the first time and so on, and do nothing."""
    story = opening(*FIVE)
    for index, time_s in enumerate(times_s):
        story.sighting(f"n{index}", time_s, (f"draw:look:n{index}:0",))
    return story


def test_no_call_because_nobody_saw_him() -> None:
    story = opening(*FIVE)
    hint = {"game": "Spel", "suspect": "suspect-1", "rung": 0, "tell": {}, "where": None, "reason": "clock"}
    story.add("hint", "organiser", 60, **hint)
    for text in ("first_call_s <= 10 min", "sightings >= 1", "found = yes", "first_post_s <= 10 min", "posts >= 1"):
        assert cause(story, text) == ("unseen", {"hints": 1})


def test_no_call_in_time_because_nobody_had_seen_him_yet() -> None:
    story = seen(900)
    story.call("n0", 901, "sighting:n0:1")
    assert cause(story, "first_call_s <= 10 min") == ("seen-too-late", {"seen_at_s": 900.0})
    assert cause(story, "first_post_s <= 10 min") == ("seen-too-late", {"seen_at_s": 900.0})


def test_no_call_because_those_who_saw_him_did_not_call() -> None:
    story = seen(100, 200, 300)
    story.call("n3", 990, story.sighting("n3", 980, ("fact:x",)))
    assert cause(story, "first_call_s <= 10 min") == ("silent", {"count": 3, "of": 3})
    assert cause(story, "calls >= 2") == ("silent", {"count": 3, "of": 4})


def test_no_call_because_they_called_the_police() -> None:
    story = seen(100, 200)
    for who in ("n0", "n1"):
        story.call(who, 250, f"sighting:{who}:1", number="emergency")
    assert cause(story, "first_call_s <= 10 min") == ("other-number", {"count": 2, "of": 2})
    assert cause(story, "bystander_emergency_calls <= 0") == ("number-unread", {"count": 2, "of": 2})


def test_no_call_because_they_read_that_there_was_one() -> None:
    story = seen(100, 200)
    post = story.post("n4", 90, ("fact:x",), {0: 95.0, 1: 96.0}, called=True)
    for who in ("n0", "n1"):
        story.add("skip", who, 210, (f"sighting:{who}:1", f"{post}@{who}"), post=post)
    assert cause(story, "calls >= 1") == ("skipped", {"count": 2, "of": 2})


def test_a_call_long_after_the_sighting() -> None:
    story = seen(100)
    story.call("n0", 800, "sighting:n0:1")
    assert cause(story, "first_call_s <= 10 min") == ("dialled-late", {"seen_at_s": 100.0, "called_at_s": 800.0})


def test_everybody_called_and_more_was_asked() -> None:
    story = seen(100)
    story.call("n0", 110, "sighting:n0:1")
    assert cause(story, "calls >= 2") == ("all-called", {"count": 1})


def test_waiting_because_of_a_rush_or_a_closed_number() -> None:
    story = seen(100, 200, 900)
    for who, time_s in (("n0", 110), ("n1", 210), ("n2", 910)):
        call = story.call(who, time_s, f"sighting:{who}:1")
        story.add("answer", "desk", time_s + 120, (call,), call=call, waited_s=120.0)
    for text in ("call_wait_mean_s <= 30 s", "first_call_answered_s <= 3 min"):
        assert cause(story, text) == ("busy", {"count": 2, "begin_at_s": 110.0, "doubled": 0})
    story.add("abandoned", "n2", 950, ("call:n2:1", "fact:number"), call="call:n2:1", waited_s=0.0)
    assert cause(story, "calls_abandoned <= 0") == ("closed", {"count": 1})


def report(story: Story, who: str, time_s: float, *, duplicate: bool = False, **told: bool) -> None:
    call = story.call(who, time_s, story.sighting(who, time_s - 1, ("fact:x",)))
    elements = dict.fromkeys(("who", "what", "where", "when", "how", "whereto"), True) | told
    story.add("report", "desk", time_s + 60, (call,), call=call, caller=who, elements=elements, place=None,
              direction_rad=None, seen_s=time_s, duplicate=duplicate)  # fmt: skip


def test_what_reports_lack_most() -> None:
    story = opening(*FIVE)
    for who in ("n0", "n1", "n2"):
        report(story, who, 100, where=False, how=who != "n0")
    assert cause(story, "report_elements_mean >= 5") == ("w-missing", {"w": "where", "count": 3, "of": 3})


def test_duplicates_of_those_who_had_and_had_not_read_of_a_call() -> None:
    story = opening(*FIVE)
    story.post("n4", 90, ("fact:x",), {0: 95.0}, called=True)
    report(story, "n0", 100, duplicate=True)
    assert cause(story, "calls_duplicate <= 0") == ("called-anyway", {"count": 1, "of": 1})
    report(story, "n1", 200, duplicate=True)
    assert cause(story, "calls_duplicate <= 0") == ("called-unread", {"count": 1, "of": 2})


def test_no_message_because_of_groups_members_or_silence() -> None:
    story = seen(100, 200)
    assert cause(story, "first_post_s <= 10 min") == ("not-posted", {"count": 2, "of": 2})
    story.post("n1", 700, ("sighting:n1:1",), {})
    assert cause(story, "first_post_s <= 10 min") == ("posted-late", {"seen_at_s": 200.0, "posted_at_s": 700.0})
    outsiders = opening(*FIVE)
    outsiders.sighting("somebody", 100, ("fact:x",))
    assert cause(outsiders, "posts >= 1") == ("no-member", {"count": 1})
    groupless = Story()
    groupless.residents(("n0", 40, 0, 0, 0.0, 0.0))
    assert cause(groupless, "posts >= 1") == ("no-groups", {})


def test_messages_before_calls() -> None:
    story = seen(100, 200)
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    assert cause(story, "saar_order_share >= 0.9") == ("posted-uncalled", {"count": 1, "of": 1})
    assert cause(story, "posts_stating_called_share >= 0.9") == ("call-unmade", {"count": 1, "of": 1})
    story.add("skip", "n0", 105, ("sighting:n0:1",), post=post)
    assert cause(story, "saar_order_share >= 0.9") == ("posted-skipped", {"count": 1, "of": 1})
    story.call("n0", 106, "sighting:n0:1")
    assert cause(story, "posts_stating_called_share >= 0.9") == ("call-unsaid", {"count": 1, "of": 1})


def test_news_that_stays_in_its_group() -> None:
    story = seen(100)
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    assert cause(story, "forwards >= 1") == ("nobody-between", {"groups": 2})
    story.add("judgement", "n0", 160, (post,), post=post, target="group-2", verdict="no")
    assert cause(story, "first_cross_group_s <= 10 min") == ("kept", {"count": 1, "of": 1})


def test_where_people_are_lost_to_the_news() -> None:
    story = seen(100)
    story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    # n0 saw him; n1 read it, n2 to n4 are in the group and did not
    assert cause(story, "reach_share >= 0.9") == ("unread", {"part_share": 0.75})
    story.records[1].data["members"][:] = [0, 1]
    assert cause(story, "reach_share >= 0.9") == ("in-no-channel", {"part_share": 0.75})
    story.records[2].data["members"][:] = [2, 3, 4]
    assert cause(story, "reach_share >= 0.9") == ("in-other-channel", {"part_share": 0.75})
    late = seen(100)
    late.post("n0", 1100, ("sighting:n0:1",), {})
    assert cause(late, "reach_share >= 0.9") == ("news-late", {"posted_at_s": 1100.0, "until_at_s": 1000.0})
    assert cause(seen(100), "reach_share >= 0.9") == ("not-posted", {"count": 1, "of": 1})


def test_few_who_take_part_had_heard_of_it_or_not() -> None:
    story = seen(100)
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    assert cause(story, "active_share >= 0.9") == ("heard-nothing", {"part_share": 0.2})
    assert post == story.post("n0", 120, ("sighting:n0:1",), {2: 150.0, 3: 150.0}).replace(":2", ":1")
    assert cause(story, "active_share >= 0.9") == ("heard-only", {"part_share": 0.6})


def test_too_much_talk() -> None:
    story = seen(100)
    story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    story.post("n2", 120, ("draw:chatter:n2:0",), {1: 150.0}, content="chatter", place=None, seen_s=None)
    assert cause(story, "messages_per_member_mean <= 0.1") == ("noise", {"count": 1, "of": 2})
    story.post("n3", 130, (story.sighting("n3", 125, ("fact:x",), suspect="n4"),), {1: 140.0}, true=False)
    assert cause(story, "reach_false_share <= 0.1") == ("rumours", {"count": 1})


def hunt(seen_s: float, gone_s: float, found_s: float) -> Story:
    """Tell of n0 who sees him and posts, and n1 who reads it, goes to look, sees him and asks."""
    story = seen(seen_s)
    news = story.post("n0", seen_s + 1, ("sighting:n0:1",), {1: gone_s})
    gone = story.add("departure", "n1", gone_s, (f"{news}@n1",), post=news, to=place(), **{"from": "home"})
    way = story.route("n1", "search", [(gone_s, 0, 0), (found_s, 9, 0)], (gone,))
    sight = story.sighting("n1", found_s, (way,))
    story.add("question", "n1", found_s, (sight,), asked="suspect-1", answer="yes")
    return story


@pytest.mark.parametrize(
    ("times_s", "key"), [((900, 950, 1000), "long-unseen"), ((50, 950, 1000), "long-untold"), ((50, 100, 1000), "long-search")]
)
def test_found_late_for_what_took_longest(times_s: tuple[float, float, float], key: str) -> None:
    facts = dict(zip(("seen_at_s", "gone_at_s", "found_at_s"), times_s, strict=True))
    assert cause(hunt(*times_s), "found_at_s <= 10 min") == (key, facts)
    assert cause(hunt(*times_s), "all_found_at_s <= 10 min") == (key, facts)


def test_how_a_finder_came_to_ask() -> None:
    told = {"found_at_s": 300.0, "posted_at_s": 51.0}
    for text in ("found_at_s >= 10 min", "found_at_s <= 10 min", "found = yes"):
        assert cause(hunt(50, 100, 300), text) == ("found-by-message", told)
    for causes, key, facts in (
        (("sighting:n0:1",), "found-by-sight", {}),
        (("route:n0:1", "draw:ask-stranger:n0:0"), "found-by-chance", {}),
        (("post:organiser:1@n0",), "found-by-hint", {"posted_at_s": 200.0}),
    ):
        story = seen(100)
        story.route("n0", "player", [(0, 0, 0), (900, 9, 0)], ("fact:x",))
        story.post("organiser", 200, ("fact:x",), {0: 250.0}, content="hint")
        story.add("question", "n0", 300, causes, asked="suspect-1", answer="yes")
        assert cause(story, "found_at_s >= 10 min") == (key, {"found_at_s": 300.0, **facts})


def test_not_found_for_how_far_it_came() -> None:
    story = seen(100)
    assert cause(story, "found = yes") == ("untold", {"count": 1})
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0, 2: 160.0})
    assert cause(story, "found_at_s <= 40 min") == ("nobody-went", {"count": 2})
    story.add("departure", "n1", 150, (f"{post}@n1",), post=post, to=place(), **{"from": "home"})
    assert cause(story, "suspects_found >= 1") == ("not-met", {"searchers": 1})
    story.add("gave_up", "n1", 900, ("departure:n1:1",))
    assert cause(story, "all_found_at_s <= 40 min") == ("gave-up", {"count": 1, "searchers": 1})
    story.add("question", "n1", 300, ("draw:ask-stranger:n1:0",), asked="n4", answer="no")
    assert cause(story, "found = yes") == ("asked-others", {"count": 1, "searchers": 1})


def test_others_asked_by_likeness_by_chance_or_by_a_message() -> None:
    story = opening(*FIVE)
    alike = story.sighting("n0", 100, ("fact:x",), suspect="n4")
    story.add("question", "n0", 100, (alike,), asked="n4", answer="no")
    assert cause(story, "challenges_wrong <= 0") == ("wrong-alike", {"count": 1, "of": 1})
    for who in ("n2", "n3"):
        story.add("question", who, 200, (f"draw:ask-stranger:{who}:0",), asked="n4", answer="no")
    assert cause(story, "challenges_wrong <= 0") == ("wrong-stranger", {"count": 2, "of": 3})
    news = story.post("n0", 110, (alike,), {1: 120.0}, true=False)
    for time_s in (300, 310, 320):
        again = story.sighting("n1", time_s, (f"{news}@n1",), suspect="n4")
        story.add("question", "n1", time_s, (again,), asked="n4", answer="no")
    assert cause(story, "challenges_wrong <= 0") == ("wrong-told", {"count": 3, "of": 6})


def test_risks_and_units() -> None:
    story = opening(*FIVE)
    story.add("address", "n1", 100, addressed="suspect-1", unsafe=True)
    assert cause(story, "unsafe_approaches <= 0") == ("unknowing", {"count": 1})
    assert cause(story, "dispatches >= 1") == ("unreported", {"calls": 0})


def test_calls_that_no_message_prompted() -> None:
    story = seen(100)
    story.call("n0", 110, "sighting:n0:1")
    assert cause(story, "calls_prompted_by_message >= 1") == ("unprompted", {"count": 1, "of": 1})


def test_how_the_first_came_to_see_him() -> None:
    assert cause(seen(100), "first_sighting_s <= 1 min") == ("seen-first", {"seen_at_s": 100.0})
    story = opening(*FIVE)
    act = story.add("act", "suspect-1", 90, ("fact:x",), act="voelt aan deuren", **place(), until_s=120.0)
    story.sighting("n0", 100, ("route:suspect-1:1", act), by="act", recognised=False)
    assert cause(story, "sightings >= 3") == ("seen-by-act", {"seen_at_s": 100.0, "act": "voelt aan deuren"})
    for sender, key in (("organiser", "seen-by-hint"), ("n3", "seen-by-message")):
        story = opening(*FIVE)
        told = story.post(sender, 50, ("fact:x",), {0: 60.0}, content="hint" if sender == "organiser" else "sighting")
        story.sighting("n0", 100, (f"{told}@n0",))
        assert cause(story, "first_sighting_s <= 1 min") == (key, {"seen_at_s": 100.0, "posted_at_s": 50.0})
        assert cause(story, "first_sighting_s <= 2 min") == (key, {"seen_at_s": 100.0, "posted_at_s": 50.0})


def test_what_the_trace_does_not_tell_is_said() -> None:
    story = seen(100)
    assert cause(story, "sightings <= 0") == ("unknown", {})
    assert told_goal("19:30", row(story, "sightings <= 0"), "en")["texts"][1].endswith("does not tell why it went this way.")
    assert row(story, "sightings >= 1")["cause"] is None


# ------------------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("text", "aim", "result"),
    [
        ("first_call_s <= 5 min", "after 5 min at the latest", "25 s too late"),
        ("first_call_s < 5 min", "before 5 min", "25 s too late"),
        ("first_call_s >= 10 min", "not before 10 min", "4 min 35 s too early"),
        ("first_call_s > 325 s", "later than 5 min 25 s", "not met"),
        ("found_at_s between 5 min and 11 min", "between 5 min and 11 min", "met, 10 s to spare"),
        ("call_wait_mean_s <= 4.5 s", "at most 4 s", "0.5 s too long"),
        ("call_wait_mean_s >= 9 s", "at least 9 s", "4 s too short"),
        ("calls <= 0", "at most 0", "1 too many"),
        ("calls > 2", "more than 2", "1 too few"),
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
