"""Innocent people who are taken for the suspect: worlds solved by hand, and what more knowledge does to mistakes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from simulation.people.errands import errands
from simulation.people.network import Network
from simulation.scenario.model import Hint, Parameters, Players
from tests.verification.lane import CERTAIN, LINE, UP_AND_DOWN, WINDOW, looks, played
from tests.verification.pencil import Pass
from tests.worlds import NO_LOOKALIKES, House, evening, made_neighbourhood, play_all, street_map

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

DURATION_S = 600.0
ALL_IN_RED = {
    "passersby_per_km": 5.0,
    "p_passerby_bike": 0.0,
    "p_same_upper": 1.0,
    "p_challenge_player": 0.0,
    "p_assume_man": 0.0,
}


def mistaken(trace: Trace, kind: str = "sighting", field: str = "suspect") -> list[Record]:
    return [record for record in trace.records if record.kind == kind and not record.data[field].startswith("suspect")]


def passes_of(seed: int, values: dict[str, float]) -> dict[str, Pass]:
    """Solve when each passer-by passes the window, which lies 12 m off the street at x = 150."""
    found = {}
    for errand in errands(Network(street_map(LINE, [WINDOW])), Parameters(values), seed, DURATION_S):
        walks = errand.stroll.way
        speed = float(walks.speed[0])
        starts = {0: 0.0, 1: 100.0, 2: 520.0}
        ends = {0: 100.0, 1: 520.0, 2: 620.0}
        edge, back = int(walks.dart[0]) // 2, int(walks.dart[0]) % 2
        x = ends[edge] - float(walks.begin[0]) if back else starts[edge] + float(walks.begin[0])
        begin, end = float(walks.time[0]), min(float(walks.until[-1]), DURATION_S)
        at_s = begin + ((x - 150.0) if back else (150.0 - x)) / speed
        found[errand.key] = Pass(12.0, at_s, speed, max(begin, 0.0), end)
    return found


def test_a_window_takes_every_passer_by_in_the_same_coat_for_the_suspect() -> None:
    values = CERTAIN | ALL_IN_RED | {"d_half_m": 40.0, "p_notice_walker": 0.86, "p_go_out_player": 0.0, "resight_s": 1e5}
    scenario = evening(values, suspect=UP_AND_DOWN, game={"duration_s": DURATION_S})
    total = 0
    for seed, trace in zip(range(20), played(scenario, WINDOW, seeds=range(20)), strict=True):
        seen = {record.data["suspect"]: [record.time_us] for record in mistaken(trace)}
        passes = passes_of(seed, values)
        # Who passes twice on one errand turns no corner: each passes the window once at most.
        solved = {who: looks(seed, [one], values, 1e5, whom=who) for who, one in passes.items() if one.end > one.begin}
        assert seen == {who: moments for who, moments in solved.items() if moments}
        total += len(seen)
    assert total >= 20


def test_what_one_posts_about_an_innocent_is_not_true_and_readers_cannot_know() -> None:
    values = CERTAIN | ALL_IN_RED | {"p_go_out_player": 0.0, "p_notice_walker": 0.86}
    trace = played(evening(values, suspect=UP_AND_DOWN, game={"duration_s": DURATION_S}), WINDOW, seeds=range(1))[0]
    by_id = {record.id: record for record in trace.records}
    posts = [record for record in trace.records if record.kind == "post" and record.data["content"] == "sighting"]
    for post in posts:
        cause = next(cause for cause in post.causes if not cause.startswith("draw:"))
        while not cause.startswith("sighting:"):
            cause = next(one for one in by_id[cause].causes if not one.startswith(("draw:", "fact:")) and one in by_id)
        assert post.data["true"] == by_id[cause].data["suspect"].startswith("suspect")
        assert post.data["elements"] == {"upper": "rood"}
    assert {post.data["true"] for post in posts} == {True, False}


def test_nobody_is_mistaken_where_nobody_looks_like_the_suspect() -> None:
    values = CERTAIN | ALL_IN_RED | NO_LOOKALIKES
    for trace in played(evening(values, suspect=UP_AND_DOWN, game={"duration_s": DURATION_S}), WINDOW, seeds=range(5)):
        assert not mistaken(trace)


def test_who_searched_and_is_home_again_can_be_mistaken_on_the_round_he_then_takes() -> None:
    # One early hint sends out who reads it soon; they give up before most of the rounds begin.
    values = CERTAIN | ALL_IN_RED | {"p_round_walk": 0.5, "round_walk_s": 600.0, "p_go_out_player": 1.0, "give_up_s": 60.0}
    scenario = evening(
        values | {"read_delay_player_median_s": 5.0, "prepare_s": 5.0, "p_household_member": 0.0, "p_search_bike": 1.0},
        game={"duration_s": 1800.0, "hints": (Hint(at_s=5.0, where=True),)},
        suspect=UP_AND_DOWN,
    )
    searched_before = Counter[bool]()
    for trace in played(
        scenario, WINDOW, House((300.0, 12.0), "Midden"), House((450.0, 12.0), "Midden", "2"), seeds=range(20)
    ):
        ways = [record for record in trace.records if record.kind == "route"]
        searchers = {way.who for way in ways if way.data["reason"] == "search"}
        later = {way.id for way in ways if way.data["reason"] == "round" and way.id.split(":")[-1] != "1"}
        for sighting in mistaken(trace):
            searched_before[sighting.causes[0] in later and sighting.data["suspect"] in searchers] += 1
    assert searched_before[True] >= 5


def busy(know: tuple[str, ...], **parameters: float) -> Scenario:
    """Give an evening with many passers-by, whose suspect is a woman in red with a blue skirt and a cap."""
    description = {"sex": "vrouw", "upper": "rood", "lower": "blauwe rok", "hair": "pet"}
    keen = {"passersby_per_km": 5.0, "p_challenge_player": 1.0, "p_ask_stranger": 0.0, "p_assume_man": 0.0, **parameters}
    return evening(
        keen,
        players=Players(share=0.3, know=know),
        suspect={"description": description},
        game={"duration_s": 1200.0, "stop": "time", "on_found": "keeps-walking"},
    )


def questions(scenario: Scenario) -> int:
    """Count the questions put to innocent people in a few evenings."""
    return sum(len(mistaken(trace, "question", "asked")) for trace in play_all(scenario, made_neighbourhood(), range(6)))


def test_a_more_specific_description_never_raises_wrong_questions() -> None:
    ladder = [("upper",), ("upper", "lower"), ("upper", "lower", "hair"), ("upper", "lower", "hair", "sex")]
    wrong = [questions(busy(know)) for know in ladder]
    assert wrong == sorted(wrong, reverse=True)
    assert wrong[0] > wrong[1] > wrong[-1]


def test_more_people_who_look_like_the_suspect_mean_more_wrong_questions() -> None:
    wrong = [questions(busy(("upper",), p_same_upper=share, p_similar=0.0)) for share in (0.0, 0.1, 0.4)]
    assert wrong[0] == 0 < wrong[1] < wrong[2]


def test_who_looks_for_a_man_never_asks_the_woman_until_told() -> None:
    sure = {"p_assume_man": 1.0, "p_same_upper": 1.0, "p_odd": 0.0}  # nobody tells her sex who found her out of place
    before = play_all(busy(("upper",), **sure), made_neighbourhood(), range(4))
    asked = Counter(record.data["asked"] for trace in before for record in trace.records if record.kind == "question")
    assert asked
    assert "suspect-1" not in asked
    told = busy(("upper",), **sure)
    hint = told.games[0].model_copy(update={"hints": (Hint(at_s=0.0, tell=("sex",)),)})
    after = play_all(told.model_copy(update={"games": (hint,)}), made_neighbourhood(), range(4))
    assert any(record.data["asked"] == "suspect-1" for trace in after for record in trace.records if record.kind == "question")


def test_who_said_no_is_not_asked_again_by_the_same_person() -> None:
    for trace in play_all(busy(("upper",), p_same_upper=1.0), made_neighbourhood(), range(4)):
        asked = Counter((record.who, record.data["asked"]) for record in mistaken(trace, "question", "asked"))
        assert asked
        assert max(asked.values()) == 1


@pytest.mark.parametrize(("p_know", "some"), [(0.0, True), (1.0, False)])
def test_a_member_knows_the_neighbours_of_a_small_group(p_know: float, some: bool) -> None:  # noqa: FBT001 - a table of cases
    # No passers-by: only residents on a round can be mistaken, and all of them are members of one group.
    known = {
        "p_know_neighbour": p_know,
        "know_half_size": 1e5,
        "passersby_per_km": 0.0,
        "p_household_member": 1.0,
        "p_household_family": 0.0,
        "p_household_elderly": 0.0,
        "p_household_student": 0.0,
        "p_single_pair": 0.0,
        "p_round_walk": 0.2,
    }
    traces = play_all(busy(("upper",), p_same_upper=1.0, **known), made_neighbourhood(), range(3))
    assert any(mistaken(trace) for trace in traces) == some
