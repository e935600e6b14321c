"""Every measure against a trace so small that the answer can be worked out by hand."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.language.catalogue import LANGUAGES, catalogue
from simulation.scoring import MEASURES, score
from simulation.scoring.facts import mean, percentile, share
from simulation.scoring.summary import summary_lines
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, Story, evening, place

DESIGN_KEYS = """
found found_at_s all_found_at_s suspects_found found_by addressed_at_s suspects first_sighting_s first_call_s
first_call_answered_s first_post_s first_cross_group_s sightings calls calls_answered calls_abandoned calls_duplicate
call_wait_mean_s call_wait_p90_s calls_prompted_by_message calls_prompted_by_broadcast report_elements_mean posts
forwards relays reads messages_per_member_mean reach_share reach_members_share reach_useful_share reach_false_share
reach_half_s outcome_reach_share active_share groups_active saar_order_share posts_stating_called_share load_by_role
dispatches dispatch_to_scene_s challenges_wrong bystander_emergency_calls unsafe_approaches
"""


def opening(*homes: tuple[float, float], ages: tuple[int, ...] = (), suspects: tuple[str, ...] = ("suspect-1",)) -> Story:
    """Begin an evening: resident i is `n<i>`, all are members of group-1 and 40 years old unless told otherwise."""
    story = Story()
    people = [(f"n{index}", (ages or (40,) * 99)[index], 1, 0, x, y) for index, (x, y) in enumerate(homes)]
    residents = story.residents(*people)
    story.add("channel", "group-1", 0, (residents,), structure="x", kind="group", members=[*range(len(homes))], muted=[])
    story.add("channel", "group-2", 0, (residents,), structure="x", kind="group", members=[0], muted=[])
    story.add("game", "organiser", 0, game="Spel", suspects=list(suspects), duration_s=3600.0, prize="")
    return story


def scored(story: Story) -> dict[str, Any]:
    return score(story.trace())


FIVE = [(100.0, 0.0)] * 5


def test_the_score_holds_what_the_design_asks_and_the_table_explains() -> None:
    keys = list(score(evening()))
    assert set(DESIGN_KEYS.split()) <= set(keys)
    assert keys == [measure.key for measure in MEASURES]
    for language in LANGUAGES:
        explained = {key.split(".")[1] for key in catalogue(language) if key.startswith("measure.")}
        assert explained == set(keys)
        assert all(measure.label(language) and measure.meaning(language).endswith((".", "?")) for measure in MEASURES)


def test_the_whole_small_evening() -> None:
    result = score(evening())
    expected = {
        "found": True, "found_at_s": 650.0, "all_found_at_s": 650.0, "suspects_found": 1, "found_by": "resident",
        "first_sighting_s": 310.0, "first_call_s": 325.0, "first_call_answered_s": 330.0, "first_post_s": 350.0,
        "first_cross_group_s": None, "sightings": 2, "calls": 1, "calls_answered": 1, "calls_abandoned": 0,
        "call_wait_mean_s": 5.0, "call_wait_p90_s": 5.0, "report_elements_mean": 4.0, "posts": 1, "forwards": 0, "relays": 0,
        # until 650 s: two of the start message, one of the post, one of the hint
        "reads": 4,
        # three members: start, hint and close go to all three, the resident's post to the two others
        "messages_per_member_mean": 3.666667,
        # n6/1 had muted the group before
        "muted_share": 0.333333,
        # n1/1 called and posted, n3/1 went out; five of the six residents are twelve or older
        "active_share": 0.4, "groups_active": 1, "saar_order_share": 1.0, "posts_stating_called_share": 1.0,
        # n1/1, n3/1 and n6/1 read the closing message, the last after the end
        "outcome_reach_share": 0.6,
    }  # fmt: skip
    assert {key: result[key] for key in expected} == expected
    assert result["load_by_role"]["desk"] == {"messages": 1, "decisions": 0, "minutes": 1.333333}


def test_an_evening_in_which_nothing_happens() -> None:
    result = scored(opening(*FIVE))
    nothing = {
        "found": False, "suspects_found": 0, "sightings": 0, "calls": 0, "calls_answered": 0, "calls_abandoned": 0,
        "calls_duplicate": 0, "posts": 0, "forwards": 0, "relays": 0, "reads": 0, "messages_per_member_mean": 0.0,
        "active_share": 0.0, "groups_active": 0, "challenges_wrong": 0, "dispatches": 0, "bystander_emergency_calls": 0,
        "unsafe_approaches": 0, "calls_prompted_by_message": 0, "calls_prompted_by_broadcast": 0, "calls_unfinished": 0,
        "muted_share": 0.0,
    }  # fmt: skip
    assert {key: result[key] for key in nothing} == nothing
    rest = {"suspects", "games", "load_by_role"}
    assert all(result[key] is None for key in result.keys() - nothing.keys() - rest)


def test_a_trace_without_residents_is_scored_too() -> None:
    result = score(Trace(HEADER, ()))
    assert result["active_share"] is None
    assert result["suspects"] == []


# ---------------------------------------------------------------------------------------------------------------- finding


def two_suspects() -> Story:
    story = opening(*FIVE, suspects=("suspect-1", "suspect-2"))
    for suspect, time_s, asker in (("suspect-2", 100, "n1"), ("suspect-2", 150, "n2"), ("suspect-1", 400, "n3")):
        seen = story.sighting(asker, time_s - 5, ("fact:x",), suspect=suspect)
        ask = story.add("question", asker, time_s, (seen,), asked=suspect, answer="yes")
        story.add("found", suspect, time_s, (ask,), by=asker, found_by="resident", game="Spel")
    return story


def test_found_is_the_first_question_to_any_suspect() -> None:
    result = scored(two_suspects())
    assert [result[key] for key in ("found", "found_at_s", "all_found_at_s", "suspects_found")] == [True, 100.0, 400.0, 2]
    assert [(row["suspect"], row["found_at_s"], row["finder"], row["sightings"]) for row in result["suspects"]] == [
        ("suspect-1", 400.0, "n3", 1),
        ("suspect-2", 100.0, "n1", 2),
    ]


def test_what_comes_after_the_end_of_the_game_does_not_count() -> None:
    story = two_suspects()
    story.records.append(story.records[0]._replace(id="game_end:organiser:1", kind="game_end", time_us=300_000_000, data={
        "game": "Spel", "reason": "time",
    }))  # fmt: skip
    result = scored(story)
    assert [result[key] for key in ("found_at_s", "all_found_at_s", "suspects_found", "sightings")] == [100.0, None, 1, 2]
    assert [(row["found_at_s"], row["ended_s"], row["suspects_found"]) for row in result["games"]] == [(100.0, 300.0, 1)]


def test_games_are_scored_apart() -> None:
    story = opening(*FIVE)
    story.add("question", "n1", 100, asked="suspect-1", answer="yes")
    story.add("game_end", "organiser", 100, game="Spel", reason="found")
    story.add("game", "organiser", 200, game="Tweede", suspects=["suspect-2"], duration_s=100.0, prize="")
    story.add("game_end", "organiser", 300, game="Tweede", reason="time")
    rows = scored(story)["games"]
    assert [(row["game"], row["found"], row["found_at_s"], row["ended_by"]) for row in rows] == [
        ("Spel", True, 100.0, "found"),
        ("Tweede", False, None, "time"),
    ]


def test_asking_somebody_else_is_a_wrong_challenge() -> None:
    story = opening(*FIVE)
    story.add("question", "n1", 100, asked="n2", answer="no")
    result = scored(story)
    assert (result["challenges_wrong"], result["found"]) == (1, False)


# ---------------------------------------------------------------------------------------------------------------- calling


def test_calls_are_counted_by_how_they_end() -> None:
    story = opening(*FIVE)
    for index, (waited, result) in enumerate([(5, "answer"), (15, "answer"), (61, "abandoned"), (0, ""), (100, "answer")]):
        seen = story.sighting(f"n{index}", 100 + index, ("fact:x",))
        call = story.call(f"n{index}", 200 + index, seen)
        if result:
            who = "desk" if result == "answer" else f"n{index}"
            answer = story.add(result, who, 200 + index + waited, (call,), call=call, waited_s=float(waited))
        if result == "answer":
            heard = {"who": True, "what": index > 0, "where": True, "when": index > 1, "how": False, "whereto": False}
            story.add(
                "report", "desk", 290 + waited, (answer,), call=call, caller=f"n{index}", elements=heard, place=None,
                direction_rad=None, seen_s=100.0, duplicate=index == 1,
            )  # fmt: skip
    story.call("n0", 210, "sighting:n0:1", number="emergency")
    result = scored(story)
    assert [result[f"calls{end}"] for end in ("", "_answered", "_abandoned", "_unfinished", "_duplicate")] == [5, 3, 1, 1, 1]
    assert result["bystander_emergency_calls"] == 1
    assert (result["call_wait_mean_s"], result["call_wait_p90_s"]) == (40.0, 100.0)
    assert result["report_elements_mean"] == 3.0
    # talking: 200+5 to 295, 201+15 to 305, 204+100 to 390: 90 + 89 + 86 = 265 s
    assert result["load_by_role"]["desk"] == {"messages": 3, "decisions": 0, "minutes": 4.416667}
    assert (result["first_call_s"], result["first_call_answered_s"], result["first_sighting_s"]) == (200.0, 205.0, 100.0)


def test_a_hint_for_too_few_reports_is_a_decision_of_the_desk() -> None:
    story = opening(*FIVE)
    for reason in ("clock", "too-few", "too-few"):
        story.add("hint", "organiser", 10, game="Spel", suspect="suspect-1", rung=0, tell={}, where=None, reason=reason)
    assert scored(story)["load_by_role"]["desk"]["decisions"] == 2


def test_a_call_is_prompted_by_a_message_if_the_caller_read_news() -> None:
    story = opening(*FIVE)
    start = story.post("organiser", 0, ("fact:x",), {0: 1.0, 1: 1.0}, content="start")
    first = story.sighting("n0", 100, (f"{start}@n0",))
    story.call("n0", 110, first)  # knew of the exercise only
    news = story.post("n0", 120, (first,), {1: 130.0, 2: 140.0})
    story.call("n1", 150, story.sighting("n1", 145, (f"{news}@n1", "draw:x:n1:1")))  # recognised by what he read
    leave = story.add("departure", "n2", 150, (f"{news}@n2",), post=news, to=place(), **{"from": "home"})
    way = story.route("n2", "search", [(150, 0, 0), (200, 9, 0)], (leave,))
    story.call("n2", 210, story.sighting("n2", 205, (way,)))  # was in the street because of it
    story.call("n3", 230, story.sighting("n3", 220, (way,)))  # n3 himself read nothing
    assert scored(story)["calls_prompted_by_message"] == 2


# --------------------------------------------------------------------------------------------------------------- messages


def test_delivered_messages_are_read_or_not_and_not_ones_own() -> None:
    story = opening(*FIVE)
    story.post("n1", 100, ("fact:x",), {0: 3500.0, 2: 3700.0})
    story.post("organiser", 100, ("fact:x",), {}, channel="group-2", content="hint")
    story.post("organiser", 100, ("fact:x",), {3: 200.0}, channel="public-page", content="hint")
    result = scored(story)
    # four others in group-1, one in group-2, five people in all; the page is no group
    assert result["messages_per_member_mean"] == 1.0
    assert result["reads"] == 2


def test_posters_who_called_first() -> None:
    story = opening(*FIVE)
    for index, (call_s, post_s) in enumerate([(100, 150), (200, 150), (None, 150), (150, 150)]):
        seen = story.sighting(f"n{index}", 90, ("fact:x",))
        if call_s:
            story.call(f"n{index}", call_s, seen)
        story.post(f"n{index}", post_s, (seen,), {}, called=index == 0)
    result = scored(story)
    assert (result["saar_order_share"], result["posts_stating_called_share"]) == (0.5, 0.25)
    assert result["active_share"] == 0.8


def test_children_do_not_count_as_active() -> None:
    story = opening(*FIVE, ages=(11, 12, 40, 40, 40))
    for index in (0, 1):
        story.call(f"n{index}", 100, story.sighting(f"n{index}", 90, ("fact:x",)))
    assert scored(story)["active_share"] == 0.25


# ------------------------------------------------------------------------------------------------------------------ reach


def test_reach_counts_true_news_within_fifteen_minutes() -> None:
    # n0 sees; of n1..n4 one reads within 900 s of the sighting, one exactly then, one too late, one never
    story = opening(*FIVE)
    seen = story.sighting("n0", 100, ("fact:x",))
    story.post("n0", 110, (seen,), {1: 200.0, 2: 1000.0, 3: 1000.000001}, seen_s=100.0)
    result = scored(story)
    assert (result["reach_share"], result["reach_members_share"], result["reach_half_s"]) == (0.5, 0.5, 1000.0)
    assert result["reach_useful_share"] == 0.25
    assert result["reach_false_share"] is None


def test_reach_leaves_out_children_and_spotters() -> None:
    story = opening(*FIVE, ages=(40, 11, 12, 40, 40))
    seen = story.sighting("n0", 100, ("fact:x",))
    story.sighting("n4", 2000, ("fact:x",))
    story.post("n0", 110, (seen,), {1: 200.0, 2: 200.0, 4: 200.0})
    assert scored(story)["reach_share"] == 0.5


def test_reach_is_completed_over_reads_still_due() -> None:
    story = opening(*FIVE)
    seen = story.sighting("n0", 100, ("fact:x",))
    story.post("n0", 110, (seen,), {1: 150.0, 2: 500.0, 3: 700.0})
    story.add("game_end", "organiser", 300, game="Spel", reason="time")
    story.post("n0", 310, (seen,), {4: 320.0})  # after the end: no longer part of the evening
    result = scored(story)
    assert (result["reads"], result["reach_share"], result["reach_half_s"]) == (1, 0.75, 500.0)


def test_the_official_description_counts_and_a_bare_start_does_not() -> None:
    story = opening(*FIVE)
    hint = story.add(
        "hint", "organiser", 0, game="Spel", suspect="suspect-1", rung=0, tell={"hair": "blond"}, where=None, reason="clock"
    )
    story.post("organiser", 0, (hint,), {1: 10.0}, content="hint", place=None, seen_s=None)
    story.post("organiser", 0, ("game:organiser:1",), {2: 10.0}, content="start", place=None, seen_s=None)
    story.sighting("n0", 100, ("fact:x",))
    result = scored(story)
    assert (result["reach_share"], result["reach_useful_share"]) == (0.25, 0.0)


def test_a_mistake_stays_a_mistake_even_after_reading_the_description() -> None:
    story = opening(*FIVE)
    hint = story.add(
        "hint", "organiser", 0, game="Spel", suspect="suspect-1", rung=0, tell={"hair": "blond"}, where=None, reason="clock"
    )
    official = story.post("organiser", 0, (hint,), {4: 5.0}, content="hint", place=None, seen_s=None)
    wrong = story.sighting("n4", 50, (f"{official}@n4",), suspect="n99")
    post = story.post("n4", 60, (wrong,), {0: 70.0, 1: 80.0}, true=False)
    story.post("n0", 90, (f"{post}@n0",), {2: 95.0}, true=False, channel="group-2")
    story.sighting("n3", 200, ("fact:x",))
    result = scored(story)
    # mistaken: n4 saw it himself, so n0, n1 and n2 of n0, n1, n2, n3
    assert result["reach_false_share"] == 0.75
    # true: n3 saw for himself; of n0, n1, n2 and n4 only n4 read something official
    assert result["reach_share"] == 0.25
    assert result["sightings"] == 1


@pytest.mark.parametrize(
    ("home_x", "read_s", "useful"), [(100, 200, 1.0), (399, 200, 1.0), (400, 200, 0.0), (100, 699, 1.0), (100, 700, 0.0)]
)
def test_useful_news_is_fresh_and_near(home_x: float, read_s: float, useful: float) -> None:
    story = opening((0.0, 0.0), (home_x, 2.0))
    seen = story.sighting("n0", 100, ("fact:x",))
    story.post("n0", 110, (seen,), {1: float(read_s)}, seen_s=100.0)
    result = scored(story)
    assert (result["reach_share"], result["reach_useful_share"]) == (1.0, useful)


@pytest.mark.parametrize(("read_s", "useful"), [(200.0, 0.0), (650.0, 1.0), (690.0, 1.0)])
def test_news_is_near_where_the_reader_is_not_where_he_lives(read_s: float, useful: float) -> None:
    # at home 900 m away until 600 s, then 20 m/s towards the place until 640 s, and there he stays
    story = opening((0.0, 0.0), (1000.0, 2.0))
    story.route("n1", "round", [(600, 1000, 2), (640, 200, 2)], ("fact:x",))
    seen = story.sighting("n0", 100, ("fact:x",))
    story.post("n0", 110, (seen,), {1: read_s}, seen_s=100.0)
    assert scored(story)["reach_useful_share"] == useful


def test_a_reader_on_his_way_is_between_the_points() -> None:
    story = opening((0.0, 0.0), (1000.0, 2.0))
    story.route("n1", "round", [(200, 1000, 2), (300, 0, 2)], ("fact:x",))
    seen = story.sighting("n0", 100, ("fact:x",))
    for read_s, useful in ((259.0, 0.0), (261.0, 1.0)):  # 410 m and 390 m east; the limit is at 400 m
        story.records = [record for record in story.records if record.kind != "post"]
        story.post("n0", 110, (seen,), {1: read_s}, seen_s=100.0)
        assert scored(story)["reach_useful_share"] == useful


def test_outcome_counts_whoever_reads_the_closing_message() -> None:
    story = opening(*FIVE, ages=(40, 40, 40, 40, 5))
    story.post("organiser", 3600, ("fact:x",), {0: 3700.0, 4: 3700.0}, content="close", place=None, seen_s=None)
    assert scored(story)["outcome_reach_share"] == 0.25


# ----------------------------------------------------------------------------------------------------------------- in all


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 5000)), max_size=12), st.floats(0, 3600))
def test_useful_reach_never_exceeds_reach(reads: list[tuple[int, float]], seen_s: float) -> None:
    story = opening(*FIVE)
    seen = story.sighting("n0", seen_s, ("fact:x",))
    for reader, read_s in reads:
        story.post("n0", seen_s, (seen,), {reader: read_s}, seen_s=seen_s)
    result = scored(story)
    assert 0 <= result["reach_useful_share"] <= result["reach_share"] <= 1


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.integers(1, 100))
def test_a_percentile_is_a_value_that_enough_do_not_exceed(values: list[float], percent: int) -> None:
    found = percentile(values, percent)
    assert found is not None
    assert 100 * sum(value <= found + 1e-6 for value in values) >= percent * len(values)
    assert 100 * sum(value < found - 1e-6 for value in values) < percent * len(values)


def test_nothing_of_nothing_is_none() -> None:
    assert (mean([]), percentile([], 90), share(0, 0), share(1, 3)) == (None, None, None, 0.333333)


def test_the_score_survives_json_and_does_not_change_the_trace() -> None:
    trace = evening()
    before = json.dumps([record._asdict() for record in trace.records])
    result = score(trace)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert json.dumps([record._asdict() for record in trace.records]) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_tells_what_happened(language: str) -> None:
    lines = list(summary_lines(evening().header, score(evening()), language))
    told = " ".join(lines)
    assert len(lines) == 6
    assert "19:40:50" in told
    assert "10 min 50 s" in told
    assert not re.search(r"None|\{|_s\b", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_of_nothing_and_of_much(language: str) -> None:
    quiet, busy = opening(*FIVE), two_suspects()
    busy.call("n1", 100, "sighting:n1:1")
    busy.call("n1", 100, "sighting:n1:1", number="emergency")
    half = two_suspects()
    half.records = [record for record in half.records if record.who != "n3"]
    none = opening(*FIVE, suspects=("suspect-1", "suspect-2"))
    told = [tuple(summary_lines(story.header, scored(story), language)) for story in (quiet, busy, half, none)]
    assert len({lines[1] for lines in told}) == 4
    assert [len(lines) for lines in told] == [5, 7, 6, 5]
