"""Alert structures as data: what hangs together, and what is said of what does not."""

from __future__ import annotations

import re
from itertools import permutations, product
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from simulation.language.catalogue import LANGUAGES, has_text
from simulation.scenario.agreement import detached
from simulation.scenario.joining import faults, joined, parts_of
from simulation.scenario.loader import parse_scenario
from simulation.scenario.structures import GROUP, LAYOUTS, Structure, outlets
from simulation.scenario.writer import scenario_text
from simulation.scoring.summary import structure_words
from simulation.structure_ids import LAYERS, PresetId, ResidentsId, has_groups
from tests.scenario.written import HEAD, OWN, problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.scenario.structures import Forward


def test_every_structure_that_comes_along_has_its_groups_and_a_name() -> None:
    assert list(LAYOUTS) == list(get_args(ResidentsId))
    every = [part for parts in LAYERS.values() for part in parts]
    assert set(every) == {*get_args(PresetId), "custom"}
    for language in LANGUAGES:
        assert all(has_text(language, f"structure.{one}") for one in every)
        kinds = {upper.name for layout in LAYOUTS.values() for upper in layout.uppers}
        assert all(has_text(language, f"channel.kind.{kind}") for kind in kinds)


@pytest.mark.parametrize("structure", [one for one, layout in LAYOUTS.items() if layout.forwards])
def test_what_is_told_in_a_group_can_come_to_every_other_group(structure: str) -> None:
    layout = LAYOUTS[structure]
    assert layout.areas == "many"
    assert GROUP in _reached(layout.forwards, GROUP)
    assert all(GROUP in _reached(layout.forwards, upper.name) for upper in layout.uppers)


def _reached(forwards: Sequence[Forward], start: str) -> set[str]:
    found, ahead = set[str](), [start]
    while ahead:
        kind = ahead.pop()
        fresh = {forward.target for forward in forwards if forward.source == kind} - found
        found |= fresh
        ahead += sorted(fresh)
    return found


def test_a_structure_of_its_own_is_read_and_written() -> None:
    structure = parse_scenario(HEAD + OWN).scenario.structure
    assert structure.plan == structure.layout
    assert outlets(structure) == ("public-page", "groups", "boven")
    assert [forward.source for forward in structure.plan.forwards] == ["group", "boven"]
    written = structure.model_dump_json(by_alias=True, exclude_defaults=True)
    assert Structure.model_validate_json(written) == structure


def test_all_that_does_not_hang_together_is_told_at_once() -> None:
    wrong = (
        OWN.replace("admins_per_group", "admins_per_grup")
        .replace("[coordinator]", "[cordinator]")
        .replace("to: boven", "to: bovenn")
        .replace("from: boven", "from: onder")
        .replace("to: group, by: coordinator", "to: group, by: chef")
    )
    assert [(line, message.partition("layout.")[2]) for line, _, message in problems(wrong)] == [
        (
            10,
            "roles[0].number: no parameter that counts people is called 'admins_per_grup' - did you mean 'admins_per_group'?",
        ),
        (12, "uppers[0].members[0]: no role 'cordinator' among coordinator - did you mean 'coordinator'?"),
        (14, "forwards[0].to: no kind of group 'bovenn' among boven, group - did you mean 'boven'?"),
        (15, "forwards[1].from: no kind of group 'onder' among boven, group"),
        (15, "forwards[1].by: no role 'chef' among coordinator"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("structure: {id: custom}\n", "structure.layout: write what groups there are"),
        (OWN.replace("id: custom", "id: zoomwijck"), "structure.layout: this goes with id: custom only"),
        (
            OWN.replace("outlet: boven", "outlet: onder"),
            "outlet: 'onder' reaches nobody while structure has id: custom",
        ),
        (OWN.replace("name: boven", "name: group"), "structure.layout.uppers[0].name: 'group' is the name of something else"),
        (OWN.replace("admins_per_group", "p_watch"), "no parameter that counts people is called 'p_watch'"),
        (
            OWN.replace("  layout:\n", "  layout:\n    areas: none\n"),
            "layout.areas: without residents' groups nobody has a role",
        ),
        (
            OWN.replace("to: boven, by", "to: group, by").replace("neighbours", "area"),
            "layout.forwards[0].by: this leads back to where the message came from: 'coordinator' sits in one",
        ),
        (
            OWN.replace("    uppers:", "      - {name: chef, number: lines}\n    uppers:").replace(
                "to: boven, by: coordinator", "to: boven, by: chef"
            ),
            "'chef' is no member of 'boven', so passes nothing on there",
        ),
        (
            OWN.replace("sits_in: neighbours", "outside: true"),
            "layout.forwards[0].by: 'coordinator' lives outside, so sits in no residents' group",
        ),
        (OWN.replace("sits_in: neighbours", "outside: true"), "layout.uppers[0].members: nobody here lives on the map"),
        (
            OWN.replace("from: boven, to: group", "from: boven, to: boven"),
            "layout.forwards[1].by: this leads back to where the message came from: 'coordinator' sits in one group 'boven'",
        ),
        (OWN.replace("name: boven", "name: Boven 2"), "layout.uppers[0].name: "),
        (
            OWN.replace("to: boven, by: coordinator", "to: boven, by: coordinator, case_holder: true"),
            "layout.forwards[0].case_holder: this goes from a group above to 'group' only",
        ),
        ("structure: {id: zoomwijck, groups: 8, cluster: 3, district: 4}\n", "4 groups are no whole number of clusters of 3"),
        (
            "structure: {id: zoomwijck+single-group}\n",
            "'zoomwijck' and 'single-group' are residents' groups, and only one fits",
        ),
        ("structure: {id: broadcast+broadcast}\n", "structure.id: 'broadcast' is named 2 times; name it once"),
        ("structure: {id: +zoomwijck}\n", "structure.id: '+zoomwijck' lacks a part beside a +"),
        ("structure: {id: none+broadcast-shared}\n", "structure.id: 'broadcast-shared' is shared in groups, and with 'none'"),
        ("structure: {id: custom+broadcast}\n", "structure.layout: write what groups there are"),
        ("structure: {id: broadcast-shared+custom, layout: {areas: none}}\n", "shared in groups, and layout has none"),
        (OWN.replace("name: boven", "name: broadcast"), "layout.uppers[0].name: 'broadcast' is the name of something else"),
        ("structure: {id: public-hints}\noutlet: groups\n", "outlet: 'groups' contradicts public-hints"),
        ("structure: {id: zoomwijck, groups_connected_share: 0}\noutlet: coordination\n", "has groups_connected_share: 0"),
        (
            "structure: {id: none}\noutlet: groups\n",
            "outlet: 'groups' reaches nobody while structure has id: none",
        ),
        (
            "structure: {id: bridging-coordinators, shopkeepers_until: 20:30}\n",
            "no group lies above the residents' groups while structure has id: bridging-coordinators",
        ),
        (
            "structure: {id: none, shopkeepers_until: 20:30}\n",
            "no group lies above the residents' groups while structure has id: none",
        ),
        ("structure: {id: zoomwijck, shopkeepers_until: vroeg}\n", "structure.shopkeepers_until: "),
        (OWN.replace("  groups: 6\n", "  groups: 6\n  shopkeepers_until: 19:00\n"), "structure.shopkeepers_until"),
        (OWN.replace("boven", "shopkeepers"), "layout.uppers[0].name: 'shopkeepers' is the name of something else"),
        (
            OWN.replace("    forwards:\n", "    forwards: []\n")
            .replace("      - {from: group, to: boven, by: coordinator}\n", "")
            .replace("      - {from: boven, to: group, by: coordinator}\n", "  shopkeepers_until: 20:30\n"),
            "nobody passes messages on between 'group' and a group above while structure has id: custom",
        ),
    ],
)
def test_what_cannot_be_is_refused(text: str, told: str) -> None:
    assert [told in message for _, _, message in problems(text)].count(True) == 1


def _joinable() -> Iterator[tuple[str, ...]]:
    """Give every way to take at most one part of each layer, but for none with a broadcast that is shared."""
    for parts in product(*((*known, "") for known in LAYERS.values())):
        chosen = tuple(part for part in parts if part)
        if chosen and not {"none", "broadcast-shared"} <= set(chosen):
            yield chosen


@pytest.mark.parametrize("parts", list(_joinable()))
def test_parts_join_in_any_order(parts: tuple[str, ...]) -> None:
    in_order = "+".join(part for part in parts if part != "none" or len(parts) == 1)
    for some in permutations(parts):
        assert faults("+".join(some)) == []
        assert joined("+".join(some)) == joined(" + ".join(some)) == in_order
    assert joined(in_order) == in_order
    if "custom" in parts:
        return
    structure = Structure(id="+".join(reversed(parts)))
    assert structure.id == in_order
    assert structure.parts == parts_of(in_order)
    assert has_groups(in_order) == (structure.plan.areas != "none")
    assert outlets(structure)[0] == "public-page"
    assert ("public-hints" in parts) <= (len(outlets(structure)) == 1)
    for language in LANGUAGES:
        words = structure_words(in_order, language)
        assert words.count(",") >= in_order.count("+")
        assert all(part not in words for part in parts if "-" in part)


def test_a_broadcast_that_is_shared_needs_somebody_to_share_it() -> None:
    alone, apart, steered = (
        Structure(id=one).plan
        for one in ("broadcast-shared", "separate-groups+broadcast-shared", "zoomwijck+broadcast-shared")
    )
    assert alone == apart
    assert [role.name for role in alone.roles] == ["administrator"]
    assert alone.forwards == ()
    assert steered == LAYOUTS["zoomwijck"]
    assert Structure(id="separate-groups+broadcast").plan == LAYOUTS["separate-groups"]
    assert Structure(id="broadcast").plan == Structure(id="public-hints").plan == LAYOUTS["none"]


def test_a_structure_of_its_own_can_be_joined() -> None:
    text = OWN.replace("id: custom", "id: broadcast-shared + custom")
    structure = parse_scenario(HEAD + text).scenario.structure
    assert structure.id == "custom+broadcast-shared"
    assert structure.plan == structure.layout
    assert structure.parts == ("custom", "broadcast-shared", "", "")


def test_everything_wrong_with_an_id_is_told_where_it_stands() -> None:
    assert problems("structure: {id: zoomwijk+brodcast}\n") == [
        (5, 17, "structure.id: 'zoomwijk' is no structure - did you mean 'zoomwijck'?"),
        (5, 17, "structure.id: 'brodcast' is no structure - did you mean 'broadcast'?"),
    ]


def test_a_group_that_is_full_is_followed_by_a_next_one_only_if_told_to() -> None:
    text = HEAD + "structure: {id: bridging-coordinators, when_full: %s}\n"
    assert parse_scenario(text % "next-group").scenario.structure.when_full == "next-group"
    assert parse_scenario(HEAD).scenario.structure.when_full == "no-room"
    ((line, column, message),) = problems((text % "next-groop")[len(HEAD) :])
    assert (line, column) == (5, 51)
    assert message.endswith("is not one of no-room, next-group - did you mean 'next-group'?")


@pytest.mark.parametrize(
    ("structure", "cap", "message"),
    [
        ("zoomwijck", 2, "(steering_members), but 2 members fit in one; write at least 3"),
        ("zoomwijck", 3, ""),
        ("administrators-group", 2, ""),
        ("village-coordinators", 2, ""),
        ("none", 2, ""),
    ],
)
def test_a_group_holds_those_who_have_a_role_in_it(structure: str, cap: int, message: str) -> None:
    text = f"structure:\n  id: {structure}\n  cap: {cap}\n"
    if message:
        each = "each group is to have 3 people with the role 'steering-member'"
        assert problems(text) == [(7, 8, f"structure.cap: {each} {message}")]
    else:
        assert parse_scenario(HEAD + text).scenario.structure.cap == cap


def test_shopkeepers_are_read_and_written_and_stay_under_another_structure() -> None:
    scenario = parse_scenario(HEAD + OWN.replace("  groups: 6\n", "  groups: 6\n  shopkeepers_until: 20:30\n")).scenario
    assert scenario.structure.shopkeepers_until_s == 3600.0
    assert parse_scenario(scenario_text(scenario)).scenario == scenario
    for one in ("administrators-group", "zoomwijck", "zoomwijck-municipal", "village-coordinators", "zoomwijck+patrol-team"):
        assert scenario.with_structure(one).structure.shopkeepers_until_s == 3600.0
    assert "while structure has id: single-group" in detached(scenario.with_structure("single-group").structure)


def test_the_structure_of_the_documentation_can_be_written() -> None:
    page = (Path(__file__).parents[2] / "docs" / "structures.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    structure = parse_scenario(HEAD + written).scenario.structure
    assert [role.outside for role in structure.plan.roles] == [False, True]
    assert structure.extents("district") == 3
