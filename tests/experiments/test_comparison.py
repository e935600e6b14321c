"""What a comparison tells of evenings that were written by hand."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from simulation.errors import InputError
from simulation.experiments.campaign import Campaign
from simulation.experiments.compare import compared_until_sure
from simulation.experiments.comparison import Comparison
from simulation.experiments.design import Condition, Design
from simulation.experiments.precision import COMPARED, read_precision
from simulation.experiments.results import Memory
from simulation.experiments.structures import DOCUMENTED, EQUAL, structure_conditions
from simulation.experiments.tables import joined, table_of
from simulation.language.catalogue import LANGUAGES
from simulation.measures import UNITS
from simulation.reports.comparison.needed import needed_lines
from simulation.reports.comparison.words import ComparedWords, compared_lines, difference_words, interval_words, value_words
from simulation.runs import json_text
from tests.experiments.campaigns import SEEDS, busy, design, player, table
from tests.worlds import evening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

STRUCTURES = ("none", "single-group", "separate-groups")


MORE = ("administrators-group", "bridging-coordinators", "zoomwijck", "zoomwijck-municipal", "none+broadcast")


def by_hand(
    columns: Mapping[str, Sequence[Sequence[Any]]], *, failures: Sequence[tuple[int, int]] = (), count: int = 3
) -> Comparison:
    """Give a comparison of so many structures in which measures have such values, by structure and world."""
    scenario = evening(game={"duration_s": 3600.0})
    conditions = tuple(
        Condition(name, scenario.with_structure(name), {"structure": name, "effort": DOCUMENTED})
        for name in (*STRUCTURES, *MORE)[:count]
    )
    worlds = len(next(iter(columns.values()))[0])
    rows = [
        {
            "condition": condition,
            "seed": 10 + world,
            "failure": "Fault: too hot" if (condition, world) in failures else "",
            **{name: values[condition][world] for name, values in columns.items()},
        }
        for condition in range(len(next(iter(columns.values()))))
        for world in range(worlds)
    ]
    return Comparison(Design(conditions, 10, ""), joined([table_of(rows)]))


CALLS = by_hand({"calls": [[3, 5, 4, 8], [4, 5, 6, 9], [3, 5, 4, 8]]})


def test_a_mean_and_a_difference_in_the_same_worlds() -> None:
    base, one, same = (CALLS.line("calls", number) for number in range(3))
    assert (base.estimate.value, base.estimate.count, base.difference) == (5.0, 4, None)
    assert one.estimate.value == 6.0
    assert one.difference is not None
    assert one.difference.value == 1.0
    # Differences 1, 0, 2, 1: standard deviation √(2/3), t(3) = 3.1824.
    assert one.difference.high == pytest.approx(1.0 + 3.18245 * math.sqrt(2.0 / 3.0) / 2.0, abs=1e-4)
    assert same.difference is not None
    assert (same.difference.value, same.difference.low, same.difference.high, same.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_structure_is_asked_for_by_its_name() -> None:
    assert CALLS.line("calls", "single-group") == CALLS.line("calls", 1)
    assert CALLS.values("calls", "single-group").tolist() == [4.0, 5.0, 6.0, 9.0]
    with pytest.raises(InputError, match=r"no 'zoomwijck' was played, only none, single-group"):
        CALLS.values("calls", "zoomwijck")


def test_a_comparison_is_a_data_frame_too() -> None:
    found = by_hand(
        {"calls": [[3, 5, 4, 8], [4, 5, 6, 9]], "first_call_s": [[600.0, None, 60.0, 60.0], [60.0, None, None, 60.0]]}
    )
    rows = found.summary.set_index(["effort", "measure", "structure"])
    assert len(rows) == sum(len(lines) for lines in found.lines.values())
    for (effort, measure, structure), row in rows.iterrows():
        line = found.line(measure, STRUCTURES.index(structure), effort)
        assert (row["unit"], row["evenings"], row["sure"]) == (UNITS[measure], line.estimate.count, line.sure)
        expected = [
            line.estimate.value,
            line.estimate.low,
            line.estimate.high,
            line.came.value if line.came else math.nan,
            line.p,
        ]
        other = line.difference
        expected += [other.value, other.low, other.high] if other else [math.nan] * 3
        told = row[["value", "low", "high", "came", "p", "difference", "difference_low", "difference_high"]]
        assert told.tolist() == pytest.approx(expected, nan_ok=True)
    assert rows.loc[("as documented", "calls", "single-group"), "difference"] == 1.0
    assert rows.loc[("as documented", "first_call_s", "single-group"), "came"] == 0.5


def test_a_moment_that_never_came_counts_the_whole_evening_and_is_never_left_out() -> None:
    found = by_hand({"found_at_s": [[600.0, None, 1200.0, None], [600.0, 1800.0, None, 1200.0], [None] * 4]})
    base, one, never = (found.line("found_at_s", number) for number in range(3))
    assert base.estimate.value == (600.0 + 3600.0 + 1200.0 + 3600.0) / 4.0
    assert (base.came.value if base.came else None, base.estimate.count) == (0.5, 4)
    assert one.difference is not None
    assert one.difference.value == (0.0 - 1800.0 + 2400.0 - 2400.0) / 4.0
    assert one.came is not None
    assert one.came.value == 0.75
    assert never.median is not None
    assert math.isinf(never.median.value)
    assert found.curve("found_at_s", 0).share.tolist() == [1.0, 0.75, 0.5, 0.5]


def test_reach_is_followed_a_quarter_of_an_hour_longer() -> None:
    assert CALLS.horizon_s("found_at_s") == 3600.0
    assert CALLS.horizon_s("reach_half_s") == 4500.0


def test_evenings_that_failed_are_left_out_on_both_sides_and_counted() -> None:
    found = by_hand({"calls": [[3, 5, 4, 8], [4, 5, 6, 9], [1, 1, 1, 1]]}, failures=[(0, 1), (2, 3)])
    assert found.failures == {0: ["Fault: too hot"], 2: ["Fault: too hot"]}
    base, one, other = (found.line("calls", number) for number in range(3))
    assert (base.estimate.value, base.estimate.count) == (5.0, 3)
    assert one.difference is not None
    assert (one.difference.value, one.difference.count) == (pytest.approx(4.0 / 3.0), 3)
    assert other.difference is not None
    assert other.difference.count == 2
    told = "\n".join(compared_lines(found, "Proef", "Kaart", "en"))
    assert "none: 1 of 4 evenings failed and are left out. The first: Fault: too hot" in told


def test_p_values_are_adjusted_for_all_measures_and_structures() -> None:
    worlds = 40
    sure = [[0] * worlds, [world % 2 + 1 for world in range(worlds)], [0] * worlds]
    perhaps = [[0] * worlds, [1] * 6 + [0] * (worlds - 6), [0] * worlds]
    found = by_hand({"calls": sure, "posts": perhaps})
    calls, posts = (found.line(measure, 1) for measure in ("calls", "posts"))
    assert posts.difference is not None
    assert posts.difference.p < 0.05 < posts.p
    assert calls.sure
    assert not posts.sure
    assert not found.line("calls", 2).sure


def test_a_table_at_equal_effort_has_the_documented_evening_of_who_has_no_such_people() -> None:
    comparison = Comparison(design(), table())
    assert comparison.efforts == {DOCUMENTED: [0, 1], EQUAL: [0, 2]}
    alike = Comparison(design("separate-groups", "zoomwijck"), table().slice(0, 2 * len(SEEDS)))
    assert alike.efforts == {DOCUMENTED: [0, 1]}
    efforts = [condition.scenario.parameters["admins_per_group"] for condition in design().conditions]
    assert efforts == [2.0, 2.0, 3.0]


def test_structures_are_named_once() -> None:
    with pytest.raises(InputError, match="single-group: named twice"):
        structure_conditions([busy(), busy()])


def test_the_data_has_every_number_and_nothing_endless() -> None:
    comparison = Comparison(design(), table())
    data = json.loads(json_text(comparison.as_data()))
    assert [one["name"] for one in data["conditions"]] == [one.name for one in design().conditions]
    for effort in data["tables"]:
        assert [row["measure"] for row in effort["rows"]] == [name for name in COMPARED for _ in range(2)]
    row = next(
        row for row in data["tables"][0]["rows"] if (row["measure"], row["condition"]) == ("posts", "administrators-group")
    )
    line = comparison.line("posts", 1)
    assert row["value"] == line.estimate.value
    assert row["difference"]["value"] == (line.difference.value if line.difference else None)
    assert data["evenings"] == len(SEEDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_says_how_much_how_sure_and_on_what_it_rests(language: str) -> None:
    worlds = 200
    often = by_hand(
        {"found": [[world % 10 < 2 for world in range(worlds)], [world % 10 < 7 for world in range(worlds)], [None] * worlds]}
    )
    told = ComparedWords(often, language).answer("found")
    assert {"nl": "wordt de boef vaker gevonden", "en": "the suspect is found more often"}[language] in told
    for part in {"nl": ("70,0%", "20,0%", "+50,0 procentpunt"), "en": ("70.0%", "20.0%", "+50.0 percentage points")}[language]:
        assert part in told
    assert "(single-group)" in told
    assert "200" in told
    assert "p_watch" in told
    assert {"nl": "klasse D", "en": "grade D"}[language] in told
    assert "p_watch" not in ComparedWords(often, language).answer("found", briefly=True)


@pytest.mark.parametrize(
    ("second", "dutch", "english"),
    [
        ([1, 0, 0, 1] * 5, "We kunnen niet zeggen of de boef", "We cannot tell whether the suspect"),
        ([0, 0, 0, 1] * 5, "Over 20 avonden is er geen enkel verschil", "Over 20 evenings there is no difference at all"),
        (
            [None] * 20,
            "Er is niets om mee te vergelijken: ‘Gevonden’ is 25,0%",
            "There is nothing to compare with: “Found” is 25.0%",
        ),
    ],
)
def test_we_cannot_tell_is_an_answer(second: list[int | None], dutch: str, english: str) -> None:
    columns = [[value if value is None else bool(value) for value in one] for one in ([0, 0, 0, 1] * 5, second, [None] * 20)]
    found = by_hand({"found": columns})
    assert ComparedWords(found, "nl").answer("found").startswith(dutch)
    assert ComparedWords(found, "en").answer("found").startswith(english)


def test_a_single_evening_has_no_interval_and_none_that_has_a_value_no_answer() -> None:
    told = ComparedWords(by_hand({"calls": [[3], [4], [4]]}), "en").answer("calls", briefly=True)
    assert "+1.00, which may be chance" in told
    assert "–" not in told
    nothing = by_hand({"calls": [[None], [None], [None]]})
    assert (
        ComparedWords(nothing, "nl").answer("calls")
        == "We kunnen niets zeggen over ‘Telefoontjes’: geen avond heeft een waarde."
    )


def test_the_evenings_of_an_answer_are_those_that_it_rests_on() -> None:
    columns = {"calls": [[3, 4, 5, 6] * 10, [5, 6, 7, 9] * 10, [3, 4, 5, 6] * 10]}
    failing = by_hand(columns, failures=[(1, world) for world in range(10)])
    assert "over 30 evenings" in ComparedWords(failing, "en").answer("calls")


def test_one_structure_is_worse_and_of_another_we_cannot_tell() -> None:
    worlds = 200
    shares = [[0.5 + world % 7 / 100.0 for world in range(worlds)], [0.3 + world % 5 / 100.0 for world in range(worlds)]]
    third = [value + (0.01 if world % 2 else -0.01) for world, value in enumerate(shares[0])]
    told = ComparedWords(by_hand({"reach_share": [*shares, third]}), "en").answer("reach_share")
    assert "fewer residents are reached in time than with" in told
    assert told.endswith("Of separate-groups we cannot tell.")


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("en", "Sure too: with separate-groups (−0.5 percentage points) fewer residents are reached in time."),
        ("nl", "Ook zeker: met separate-groups (−0,5 procentpunt) worden minder bewoners op tijd bereikt."),
    ],
)
def test_whatever_else_is_sure_is_told_too(language: str, end: str) -> None:
    base = [0.5 + world % 7 / 100.0 for world in range(200)]
    higher = [value + 0.2 + world % 3 / 100.0 for world, value in enumerate(base)]
    lower = [value - world % 2 / 100.0 for world, value in enumerate(base)]
    assert ComparedWords(by_hand({"reach_share": [base, higher, lower]}), language).answer("reach_share").endswith(end)


def test_other_measures_are_told_by_their_names() -> None:
    told = ComparedWords(by_hand({"calls": [[3, 4] * 50, [5, 7] * 50, [3, 4] * 50]}), "nl").answer("calls")
    assert "is ‘Telefoontjes’ hoger dan met" in told


@pytest.mark.parametrize(
    ("measure", "value", "dutch", "english"),
    [
        ("found", 0.2346, "+23,5 procentpunt", "+23.5 percentage points"),
        ("found_at_s", -90.0, "−1,5 min", "−1.5 min"),
        ("call_wait_mean_s", 12.3, "+12 s", "+12 s"),
        ("calls", 1.234, "+1,23", "+1.23"),
        ("calls", -12.34, "−12,3", "−12.3"),
        ("calls", -0.001, "0,00", "0.00"),
        ("calls", math.nan, "–", "–"),
    ],
)
def test_differences_are_told_in_the_form_of_the_language(measure: str, value: float, dutch: str, english: str) -> None:
    assert (difference_words(measure, value, "nl"), difference_words(measure, value, "en")) == (dutch, english)


def test_values_and_intervals_are_told_in_the_form_of_the_language() -> None:
    assert (value_words("found", 0.5, "nl"), value_words("found_at_s", 90.0, "en")) == ("50,0%", "1.5 min")
    difference = CALLS.line("calls", 1).difference
    assert difference is not None
    assert interval_words("calls", difference, "nl") == "+1,00 (−0,30 tot +2,30)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_evenings_a_difference_needs(language: str) -> None:
    worlds = 200
    found = by_hand(
        {
            "found": [
                [world % 10 < 3 for world in range(worlds)],
                [world % 10 < 5 for world in range(worlds)],
                [world % 10 < 3 for world in range(worlds)],
            ]
        }
    )
    lines = list(needed_lines(found, "found", language))
    one = next(line for line in lines if line.startswith("    5"))
    # Differences are 1 in a fifth of the worlds: variance 0.16 · 200/199; 7.849 · 0.1608 / 0.05² + 1.92, and 10.507 for 90 %.
    assert {"nl": "507 (678)", "en": "507 (678)"}[language] in one
    assert any("separate-groups" in line and {"nl": "te weinig", "en": "too few"}[language] in line for line in lines)
    assert all(len(line) <= 110 for line in lines)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("found:0.02", ("found", 0.02)),
        ("found: 2 %", ("found", 0.02)),
        ("first_call_s:60", ("first_call_s", 60.0)),
        ("first_call_s:1 min", ("first_call_s", 60.0)),
        ("calls:0.5", ("calls", 0.5)),
    ],
)
def test_how_precise_an_answer_is_to_be(written: str, read: tuple[str, float]) -> None:
    assert read_precision(written) == read


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("fond:0.02", "there is no measure 'fond' that is a number - did you mean 'found'"),
        ("suspects:1", "there is no measure 'suspects' that is a number"),
        ("found", "write how precise it is to be, such as found:0.02"),
        ("found:", "such as found:0.02"),
        ("found:nan", "such as found:0.02"),
        ("first_call_s:-5", "such as first_call_s:60"),
        ("calls:many", "such as calls:0.5"),
        ("calls:1e300", "such as calls:0.5"),
    ],
)
def test_what_is_no_precision(written: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_precision(written)
    assert told in str(caught.value)


def test_playing_goes_on_until_the_differences_are_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def play(_: Campaign, count: int) -> pa.Table:
        asked.append(count)
        wide = [[world % 2 == 0 for world in range(count)], [world % 3 == 0 for world in range(count)], [False] * count]
        return by_hand({"found": wide}).table

    monkeypatch.setattr(Campaign, "play", play)
    campaign = Campaign(CALLS.design, player(CALLS.design), Memory())
    found, stop = compared_until_sure(campaign, "found", 0.06, 5000)
    # Of six worlds two say yes under the first alone, one under the second: 1.96 √(17/36 / 600) is 0.055, with 400 0.067.
    assert (asked, stop.count, stop.sure) == ([200, 300, 400, 600, 600], 600, True)
    assert len(found.seeds) == 600
    asked.clear()
    _, stop = compared_until_sure(campaign, "found", 0.001, 250)
    assert (asked, stop.count, stop.sure) == ([200, 250, 250], 250, False)
