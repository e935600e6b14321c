"""What is said of an alert structure that cannot be: the value, where it stands, and the way out."""

from __future__ import annotations

import pytest

from simulation.errors import ScenarioError
from simulation.scenario.joining import faults
from simulation.scenario.layout import PEOPLE_OF_A_ROLE
from simulation.scenario.loader import parse_scenario
from simulation.scenario.structures import LAYOUTS
from tests.scenario.written import HEAD, OWN, problems

NOTHING_ABOVE = "no group lies above the residents' groups while structure has id:"


def test_every_role_that_comes_along_is_counted_by_a_parameter_that_counts_people() -> None:
    used = {role.number for layout in LAYOUTS.values() for role in layout.roles}
    assert used == set(PEOPLE_OF_A_ROLE)


@pytest.mark.parametrize("name", ["desk", "organiser", "resident", "unit", "group", "shopkeepers", "official", "public-page"])
def test_what_is_called_something_already_gives_its_name_to_no_role_and_no_group(name: str) -> None:
    told = f"{name!r} is the name of something else; choose another"
    assert (10, 16, f"structure.layout.roles[0].name: {told}") in problems(OWN.replace("coordinator", name))
    assert (12, 16, f"structure.layout.uppers[0].name: {told}") in problems(OWN.replace("boven", name))


@pytest.mark.parametrize("name", ["Coördinator", "twee woorden", '""', "group-1", "-chef", "a" * 41, "👮"])
def test_a_name_is_of_small_letters_and_hyphens(name: str) -> None:
    told = "should be small letters and hyphens only, at most 40, beginning with a letter"
    for text, path in (("coordinator, number", "roles[0].name"), ("boven, members", "uppers[0].name")):
        word = text.partition(",")[0]
        ((_, _, message),) = problems(OWN.replace(text, text.replace(word, name)))
        assert message == f"structure.layout.{path}: {name.strip(chr(34))!r} {told}"


@pytest.mark.parametrize("number", ["group_cap", "lines", "redials_max", "patrol_members"])
def test_only_what_counts_the_people_of_a_role_tells_how_many_have_it(number: str) -> None:
    ((line, _, message),) = problems(OWN.replace("admins_per_group", number))
    hint = (
        f"; write one of {', '.join(PEOPLE_OF_A_ROLE)}"
        if number != "patrol_members"
        else " - did you mean 'steering_members'?"
    )
    assert (line, message.partition("number: ")[2]) == (10, f"no parameter that counts people is called {number!r}{hint}")


def test_a_number_is_no_parameter() -> None:
    told = "3 is no parameter; name one that counts people, such as admins_per_group, and set that"
    assert problems(OWN.replace("admins_per_group", "3")) == [(10, 37, f"structure.layout.roles[0].number: {told}")]


def test_a_rule_that_is_there_twice_is_refused() -> None:
    text = OWN.replace("outlet:", "      - {from: group, to: boven, by: coordinator}\noutlet:")
    told = "from group to boven by coordinator stands in forwards[0] too; remove one of the two"
    assert problems(text) == [(16, 9, f"structure.layout.forwards[2]: {told}")]


def test_a_group_above_that_nothing_comes_into_is_refused() -> None:
    text = OWN.replace("      - {from: group, to: boven, by: coordinator}\n", "")
    assert parse_scenario(HEAD + text).scenario.outlet == "boven"
    told = "nothing ever comes into 'boven': no forward leads there, and outlet is 'groups'"
    assert problems(text.replace("outlet: boven", "outlet: groups")) == [
        (14, 16, f"structure.layout.forwards[0].from: {told}; add a forward to it, or remove this one"),
    ]


def test_all_in_which_a_structure_does_not_agree_with_the_rest_is_told_in_order() -> None:
    text = "outlet: boven\nstructure: {id: zoomwijck, cap: 2, shopkeepers_until: 20:30}\n"
    assert [(line, message.partition(":")[0]) for line, _, message in problems(text)] == [(5, "outlet"), (6, "structure.cap")]
    text = "structure: {id: single-group, shopkeepers_until: 21:00}\nseed: x\noutlet: administrators\n"
    assert [(line, message.partition(";")[0]) for line, _, message in problems(text)] == [
        (5, f"structure.shopkeepers_until: {NOTHING_ABOVE} single-group, so none that the shopkeepers' group can hang under"),
        (6, "seed: 'x' should be a whole number"),
        (7, "outlet: 'administrators' reaches nobody while structure has id: single-group"),
    ]


@pytest.mark.parametrize("per", ["district", "map"])
def test_shopkeepers_have_a_role_of_each_group_or_none(per: str) -> None:
    text = OWN.replace("sits_in: neighbours", f"per: {per}").replace("groups: 6\n", "groups: 6\n  shopkeepers_until: 20:30\n")
    ((line, _, message),) = problems(text)
    assert line == 8
    assert message.startswith(
        f"structure.shopkeepers_until: the role 'coordinator' has per: {per} while structure has id: custom"
    )
    assert message.endswith("has nobody of its own who has it; give the role per: area, or leave this out")


@pytest.mark.parametrize(("until", "start"), [("19:30", "19:30"), ("19:40", "19:45"), ("19:45", "19:45")])
def test_shopkeepers_who_have_left_when_play_starts_are_refused(until: str, start: str) -> None:
    head = HEAD.replace("end: 21:00", f"start: {start}, end: 21:00")
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(head + f"structure: {{id: administrators-group, shopkeepers_until: {until}}}\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (5, 58)
    assert problem.message.endswith("they have left when the first game starts; write a later time, or leave this out")
    later = head + "structure: {id: administrators-group, shopkeepers_until: 19:46}\n"
    assert parse_scenario(later).scenario.structure.shopkeepers_until_s == 960.0


def test_an_outlet_in_which_nobody_is_is_refused() -> None:
    text = (
        "structure: {id: administrators-group}\noutlet: %s\nparameters: {admins_per_group: {value: 0, beyond_range: true}}\n"
    )
    told = "parameters.admins_per_group: with admins_per_group: 0 nobody is in 'administrators' (outlet); write at least 1"
    assert problems(text % "administrators") == [(7, 32, told)]
    assert parse_scenario(HEAD + text % "groups").scenario.parameters["admins_per_group"] == 0


@pytest.mark.parametrize(
    ("structure", "parameters", "place"),
    [
        ("{id: village-coordinators}", "{admins_per_group: {value: 5000, beyond_range: true}}", "parameters.admins_per_group"),
        ("{id: zoomwijck}", "{group_cap: {value: 2, beyond_range: true}}", "parameters.group_cap"),
        ("{id: zoomwijck, cap: 2}", "{group_cap: {value: 2, beyond_range: true}}", "structure.cap"),
    ],
)
def test_a_group_too_small_is_told_where_something_was_written(structure: str, parameters: str, place: str) -> None:
    ((_, _, message),) = problems(f"structure: {structure}\nparameters: {parameters}\n")
    assert message.startswith(f"{place}: each group is to have ")
    assert message.endswith("on this date (group_cap); write at most 1024" if "admins" in place else "write at least 3")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("50%", "'50%' should be a number; write 0.5"),
        ("25 %", "'25 %' should be a number; write 0.25"),
        ("150%", "'150%' should be a number from 0 to 1, for example 0.5"),
        ("half", "'half' should be a number from 0 to 1, for example 0.5"),
    ],
)
def test_a_share_is_written_as_a_number(written: str, told: str) -> None:
    for key in ("structure: {covered_streets_share", "players: {share", "residents: {trained"):
        ((line, _, message),) = problems(f"{key}: {written}}}\n")
        assert (line, message.partition(": ")[2]) == (5, told)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "no structure is named; write for example single-group, or none if there is to be no group"),
        ("zoomwijck+zoomwijck", "'zoomwijck' is named 2 times; name it once"),
        ("Burgernet", "'Burgernet' is no structure - did you mean 'broadcast'?"),
        ("zoomwijck, broadcast", "'zoomwijck, broadcast' is no structure; join structures with a +: zoomwijck+broadcast"),
        ("zoomwijck & broadcast", "'zoomwijck & broadcast' is no structure; join structures with a +: zoomwijck+broadcast"),
    ],
)
def test_an_id_that_is_none_is_told_what_it_should_be(written: str, told: str) -> None:
    assert faults(written) == [told]
    assert problems(f"structure: {{id: '{written}'}}\n") == [(5, 17, f"structure.id: {told}")]


def test_clusters_fit_in_districts_and_a_way_out_is_told() -> None:
    told = "2 groups are no whole number of clusters of 4; write a multiple of 4, such as 4, or another cluster"
    assert problems("structure: {id: zoomwijck, groups: 8, cluster: 4, district: 2}\n") == [
        (5, 61, f"structure.district: {told}")
    ]
