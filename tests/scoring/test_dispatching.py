"""Measures of units, of people who speak to somebody without knowing of an exercise, and of what the desk passes on."""

from __future__ import annotations

from simulation.scoring import score
from tests.scoring.test_score import FIVE, opening, scored

THERE = {"x_m": 0.0, "y_m": 0.0, "street": "West"}


def test_a_dispatch_lasts_until_the_unit_arrives_unless_it_is_sent_elsewhere_before() -> None:
    story = opening(*FIVE)
    for unit, sent, arrives in (("unit-1", 100, 160), ("unit-2", 200, None), ("unit-2", 260, 300), ("unit-1", 400, None)):
        story.add("dispatch", "desk", sent, unit=unit, report="report:desk:1", to=THERE)
        if arrives:
            story.add("arrival", unit, arrives, **THERE)
    result = scored(story)
    assert (result["dispatches"], result["dispatch_to_scene_s"]) == (4, 50.0)


def test_a_searcher_who_arrives_is_no_unit() -> None:
    story = opening(*FIVE)
    story.add("dispatch", "desk", 100, unit="unit-1", report="report:desk:1", to=THERE)
    story.add("arrival", "n1", 130, **THERE)
    result = scored(story)
    assert (result["dispatches"], result["dispatch_to_scene_s"]) == (1, None)


def test_only_addressing_a_suspect_counts_and_every_hand_laid_on_anybody() -> None:
    story = opening(*FIVE)
    story.add("address", "n1", 100, addressed="passer-by-1/1", unsafe=True)
    story.add("address", "n2", 200, addressed="suspect-1", unsafe=False)
    story.add("address", "n3", 300, addressed="suspect-1", unsafe=True)
    result = score(story.trace())
    assert (result["addressed_at_s"], result["unsafe_approaches"], result["found"]) == (200.0, 2, False)


def test_what_a_case_holder_heard_from_the_desk_is_passed_on_and_how_it_ended_is_no_message_about_the_suspect() -> None:
    story = opening(*FIVE)
    seen = story.sighting("n1", 100, ("fact:games",))
    own = story.post("n1", 200, (seen,), {1: 210})
    called = story.add("callback", "desk", 500, (own,), resident="n1", heard=None, told="report:desk:1")
    story.post("n1", 510, (called,), {1: 520})
    ended = story.add("game_end", "organiser", 600, game="Spel", reason="time")
    story.post("n1", 600, (ended, own), {1: 700}, content="close", place=None, seen_s=None)
    result = score(story.trace())
    assert (result["posts"], result["forwards"], result["relays"]) == (1, 1, 0)
    assert (result["first_post_s"], result["first_cross_group_s"]) == (200.0, 510.0)
