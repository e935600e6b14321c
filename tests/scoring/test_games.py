"""Measures of each game, against an evening of two games that is written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulation.language.catalogue import LANGUAGES
from simulation.reports.evening.rows import measure_groups
from simulation.scoring import score
from tests.fixtures.by_hand import Story

if TYPE_CHECKING:
    from simulation.trace.log import Trace


def evening() -> Trace:
    """Tell of children, who find their suspect, and of adults, who find one of two; the prizes go to the first finders."""
    story = Story()
    ages = (35, 8, 50, 60)
    homes = ("n1/1", "n1/3", "n2/1", "n3/1")
    residents = story.residents(*((who, age, 0, 1, 0.0, 0.0) for who, age in zip(homes, ages, strict=True)))
    story.records[-1].data["party"][0] = 1
    first = story.add(
        "game",
        "organiser",
        0,
        (residents,),
        game="Kinderen",
        suspects=["suspect-1"],
        duration_s=600.0,
        area=None,
        prize="taart",
    )
    seen = story.sighting("n1/1", 100, (first,))
    call = story.call("n1/1", 110, seen)
    story.add("answer", "desk", 115, (call,), call=call, waited_s=0.0)
    # Seen in the first game, called about when the second one is on.
    late = story.call("n2/1", 620, story.sighting("n2/1", 280, (first,)))
    ask = story.add("question", "n1/1", 300, (seen,), asked="suspect-1", answer="yes")
    story.add("found", "suspect-1", 300, (ask,), by="n1/1", found_by="resident", game="Kinderen")
    story.add("game_end", "organiser", 300, (first,), game="Kinderen", reason="found")
    second = story.add(
        "game", "organiser", 600, game="Groten", suspects=["suspect-2", "suspect-3"], duration_s=600.0, area=None, prize=""
    )
    story.add("answer", "desk", 630, (late,), call=late, waited_s=5.0)
    # A passer-by who is taken for a suspect, and whom somebody calls about.
    story.call("n3/1", 660, story.sighting("n3/1", 650, (second,), suspect="passer-by-1/1"))
    story.call("n3/1", 661, story.sighting("n3/1", 655, (second,), suspect="suspect-3"), number="emergency")
    for time_s, who in ((700, "n3/1"), (710, "n2/1")):
        asked = story.add("question", who, time_s, (second,), asked="suspect-3", answer="yes")
    story.add("found", "suspect-3", 700, (asked,), by="n3/1", found_by="resident", game="Groten")
    story.add("game_end", "organiser", 1200, (second,), game="Groten", reason="time")
    return story.trace()


def test_each_game_has_its_own_finder_prize_sightings_and_calls() -> None:
    result = score(evening())
    same = ("game", "started_s", "ended_s", "ended_by", "found", "found_at_s", "suspects_found", "winner", "prize")
    assert [tuple(row[name] for name in same) for row in result["games"]] == [
        ("Kinderen", 0.0, 300.0, "found", True, 300.0, 1, "n1/1", "taart"),
        ("Groten", 600.0, 1200.0, "time", True, 700.0, 1, "n3/1", ""),
    ]
    counts = ("sightings", "calls", "calls_answered")
    assert [tuple(row[name] for name in counts) for row in result["games"]] == [(2, 2, 2), (1, 1, 0)]


def test_all_games_together_are_the_whole_evening() -> None:
    result = score(evening())
    assert (result["found_at_s"], result["all_found_at_s"], result["suspects_found"]) == (300.0, None, 2)
    for name in ("suspects_found", "sightings", "calls", "calls_answered"):
        assert sum(row[name] for row in result["games"]) == result[name]


def test_a_game_in_which_nobody_was_found_has_no_winner() -> None:
    story = Story()
    story.add("game", "organiser", 0, game="Spel", suspects=["suspect-1"], duration_s=60.0, area=None, prize="taart")
    (row,) = score(story.trace())["games"]
    assert (row["found"], row["winner"], row["prize"]) == (False, None, "taart")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_who_won_and_what(language: str) -> None:
    trace = evening()
    rows: list[Any] = [row for group in measure_groups(trace, score(trace), language) for row in group["rows"]]
    words = {"nl": "door bewoner 1, en die krijgt: taart", "en": "by resident 1, who gets: taart"}[language]
    first, second = next(row["values"] for row in rows if any("Kinderen" in str(value) for value in row["values"]))
    assert first.endswith(words)
    assert second.endswith({"nl": "door bewoner 4", "en": "by resident 4"}[language])
