"""The load of those with a role, and their contact with each other, worked out by hand."""

from __future__ import annotations

import pytest

from simulation.language.catalogue import LANGUAGES
from simulation.reports.evening.rows import measure_groups
from simulation.scoring import score
from simulation.scoring.summary import summary_lines
from tests.fixtures.by_hand import Story
from tests.scoring.test_score import FIVE, opening, scored


def three_administrators() -> Story:
    """Begin an evening in which n0 and n1 administrate group-1, and n3 group-3, all three in an upper group."""
    story = opening(*FIVE)
    story.add("channel", "group-3", 0, structure="x", kind="group", members=[3, 4], muted=[])
    story.add("channel", "administrators-1", 0, structure="x", kind="upper", members=[0, 1, 3], muted=[])
    story.add("role", "administrator", 0, members=[0, 1, 3], groups=["group-1", "group-1", "group-3"])
    return story


def test_what_each_administrator_had_to_do_on_average() -> None:
    story = three_administrators()
    seen = story.sighting("n1", 80, ("fact:x",))
    call = story.call("n1", 90, seen)
    answer = story.add("answer", "desk", 95, (call,), call=call, waited_s=5.0)
    usual = {"place": {"x_m": 0.0, "y_m": 0.0, "street": ""}, "direction_rad": None, "seen_s": 80.0, "duplicate": False}
    six = dict.fromkeys(("who", "what", "where", "when", "how", "whereto"), True)
    story.add("report", "desk", 215, (answer,), call=call, caller="n1", elements=six, **usual)
    first = story.post("n1", 100, (seen, call), {0: 110.0, 2: 120.0, 3: 3700.0}, called=True)
    judged = story.add("judgement", "n0", 150, (f"{first}@n0",), post=first, target="administrators-1", verdict="passes-on")
    above = story.post("n0", 150, (judged,), {1: 200.0, 3: 260.0}, channel="administrators-1")
    story.add("judgement", "n3", 300, (f"{above}@n3",), post=above, target="group-3", verdict="no")
    story.post("n4", 400, ("draw:chatter:n4:0",), {3: 500.0}, channel="group-3", content="chatter", place=None, seen_s=None)
    story.add("game_end", "organiser", 3600, game="Spel", reason="time")
    story.add("judgement", "n3", 3650, (f"{above}@n3",), post=above, target="group-1", verdict="no")
    result = scored(story)
    # read: n0 one, n1 one, n3 two, his third after the end; sent: n0 and n1 one each; judged: n0 and n3 once in time;
    # n1 talked with the desk for two minutes
    assert result["load_by_role"] == {
        "administrator": {
            "people": 3,
            "messages": 2.0,
            "read": 1.333333,
            "sent": 0.666667,
            "decisions": 0.666667,
            "minutes": 0.666667,
        },
        "officer": None,
        "desk": {"messages": 1, "decisions": 0, "minutes": 2.0},
    }


@pytest.mark.parametrize(
    ("above", "groups", "expected"),
    [
        ([0, 1, 3], ["group-1", "group-1", "group-3"], 1.0),
        ([1, 3], ["group-1", "group-1", "group-3"], 0.666667),
        ([0, 1], ["group-1", "group-1", "group-3"], 0.0),
        ([], ["group-1", "group-2", "group-3"], 0.666667),  # n0 and n1 meet in group-1, where n1 is a guest
        ([0, 1, 3], ["group-1", "group-1", "group-1"], None),
    ],
)
def test_who_shares_a_group_with_somebody_from_another_group(
    above: list[int], groups: list[str], expected: float | None
) -> None:
    story = Story()
    people = [(f"n{index}", 40, 1, 0, 0.0, 0.0) for index in range(5)]
    story.residents(*people)
    inside = {"group-1": [0, 1, 2], "group-3": [3, 4]} | ({"administrators-1": above} if above else {})
    for key, members in inside.items():
        kind = "upper" if key.startswith("a") else "group"
        story.add("channel", key, 0, structure="x", kind=kind, members=members, muted=[])
    story.add("channel", "public-page", 0, structure="x", kind="page", members=[0, 1, 2, 3, 4], muted=[])
    story.add("role", "administrator", 0, members=[0, 1, 3], groups=groups)
    assert scored(story)["admins_joined_share"] == expected


def test_where_nobody_has_a_role_there_is_nothing_to_tell() -> None:
    result = scored(opening(*FIVE))
    assert result["load_by_role"] == {
        "administrator": None,
        "officer": None,
        "desk": {"messages": 0, "decisions": 0, "minutes": 0.0},
    }
    assert result["admins_joined_share"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_summary_tell_it_in_words(language: str) -> None:
    story = three_administrators()
    story.add("role", "captain", 0, members=[4], groups=["group-3"])
    story.post("n1", 100, ("fact:x",), {0: 110.0, 3: 120.0})
    trace = story.trace()
    result = score(trace)
    lines = list(summary_lines(trace.header, result, language))
    name = {"nl": "beheerders", "en": "administrators"}[language]
    (told,) = [line for line in lines if name in line and "(3)" in line]
    assert {"nl": "0,7", "en": "0.7"}[language] in told
    assert any("captain" in line for line in lines)
    assert any("100" in line and "%" in line for line in lines)  # all are in group-1
    rows = {row["label"]: row["values"] for group in measure_groups(trace, result, language) for row in group["rows"]}
    each = next(values for values in rows.values() if any("captain" in value for value in values))
    assert any(value.startswith(f"{name} (3)") for value in each)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "nl",
            (
                "De winkeliers (2) lazen gemiddeld 0,5",
                "De leden van het buurtpreventieteam die dienst hebben (1) lazen gemiddeld 2,0",
            ),
        ),
        ("en", ("The shopkeepers (2) read 0.5", "The members of the patrol team on duty (1) read 2.0")),
    ],
)
def test_shopkeepers_and_patrols_and_officials_have_their_load_too(language: str, lines: tuple[str, str]) -> None:
    story = opening(*FIVE)
    shops = {
        "who": ["n8/shopkeeper", "n9/shopkeeper"],
        "sees": [1, 0],
        "until_s": 3600.0,
        "x_m": [0.0, 0.0],
        "y_m": [0.0, 0.0],
    }
    story.add("shopkeepers", "organiser", 0, **shops)
    story.add("officials", "organiser", 0, who=["official/officer-1"], role=["officer"], duty=["on-duty"])
    story.add("channel", "administrators-1", 0, structure="x", kind="upper", members=[0, 7], muted=[])
    on_duty = {"on_duty": [2], "from_s": [0.0], "until_s": [3600.0], "by_bike": [0]}
    story.add("roster", "patrol-team", 0, members=[2, 3], **on_duty)
    for time in (100, 200):
        readers = {2: time + 10.0, 7: time + 20.0} | ({6: time + 30.0} if time == 100 else {})
        story.post("organiser", time, ("fact:x",), readers, content="hint", place=None, seen_s=None)
    result = scored(story)["load_by_role"]
    read = {role: (load["people"], load["read"]) for role, load in result.items() if load and role != "desk"}
    assert read == {"shopkeeper": (2, 0.5), "patrol-team": (1, 2.0), "officer": (1, 2.0)}
    told = " ".join(summary_lines(story.trace().header, scored(story), language))
    assert all(line in told for line in lines)


@pytest.mark.parametrize(("calls", "told"), [(0, "No message of Burgernet"), (1, "call once"), (3, "call 3 times")])
def test_the_summary_tells_what_a_broadcast_led_to(calls: int, told: str) -> None:
    header = {**opening(*FIVE).trace().header, "structure": "single-group+broadcast-shared"}
    result = scored(opening(*FIVE)) | {"calls_prompted_by_broadcast": calls}
    assert told in " ".join(summary_lines(header, result, "en"))
    assert "Burgernet" not in " ".join(summary_lines(header | {"structure": "single-group"}, result, "en"))
