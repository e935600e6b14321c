"""What people read and see of a structure: lines that fit, marks with words, nothing from outside that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from simulation.channels.structure import structure_measures
from simulation.engine.structure import alert_graph
from simulation.language.catalogue import catalogue, text
from simulation.reports.structures.svg import structure_svg
from simulation.reports.structures.words import spans, structure_lines
from simulation.scenario.model import Announced, Players, Structure
from simulation.scenario.structures import GROUP, LAYOUTS, Forward, Layout, Role, Upper
from simulation.structure_ids import CUSTOM, PresetId
from tests.structures import both_ways, hub, structure
from tests.worlds import evening, made_neighbourhood

MAP = made_neighbourhood("naoorlogs", 200)
HUB = structure([5, 5, 5], hub(3, "p"), outlets=["top-1"])


def words_of(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("count", [4, 25])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_structure_is_told_and_drawn(name: str, count: int, language: str) -> None:
    own = {"admins_per_group": 1.0}
    scenario = evening(own, structure=Structure(id=name, groups=count), players=Players(count=20, announced=Announced()))
    graph = alert_graph(scenario, MAP, 3)
    measures = structure_measures(graph)
    lines = list(structure_lines(measures, language))
    assert max(map(len, lines)) <= 80
    assert text(language, "view.cut.heading") in lines
    svg = structure_svg(graph, measures, MAP, language)
    assert svg == structure_svg(graph, measures, MAP, language)
    written = words_of(svg)
    assert {str(area["area"]) for area in measures["areas"]} <= set(written)
    marked = written.count(text(language, "view.picture.only"))
    assert (marked > 0) == bool(measures["cuts"]["persons"])
    assert written.count("!") == marked + (1 if marked else 0)  # the one in the legend
    placed = [(float(node.get("x", 0)), float(node.get("y", 0))) for node in ET.fromstring(svg).iter() if node.get("x")]
    width, height = map(float, ET.fromstring(svg).get("viewBox", "").split()[2:])
    assert all(0.0 <= x <= width and 0.0 <= y <= height for x, y in placed)


def test_lines_of_a_hub_with_one_steward_each() -> None:
    lines = list(structure_lines(structure_measures(HUB), "en"))
    told = " ".join(" ".join(lines).split())
    assert "From each area to each other area: 2 times." in told
    assert "P from area 1 is silent: area 1 is cut off; the organisers no longer reach area 1; 10 people live there" in told
    assert "From the organisers to 3 of the groups; judgements by somebody on the way: 1." in told
    assert "3 of the 3 people who can pass messages on must be awake to reach 90% of the members on average." in told
    assert re.search(r"^ +1 +25% ", "\n".join(lines), re.MULTILINE)


def test_many_who_are_the_only_link_of_their_area_are_told_of_together() -> None:
    told = " ".join(" ".join(structure_lines(structure_measures(structure([5] * 6, hub(6, "p"))), "nl")).split())
    assert "Elk van de p uit de gebieden 1-6 is de enige schakel van het eigen gebied." in told
    assert "uit gebied 3 zwijgt" not in told


def test_where_no_closed_form_exists_there_is_a_star_and_the_reason() -> None:
    links = [
        ("p1", "group-1", "group-2"),
        ("p2", "group-2", "group-4"),
        ("p3", "group-1", "group-3"),
        ("q3", "group-3", "group-4"),
    ]
    lines = list(structure_lines(structure_measures(structure([5, 5, 5, 5], both_ways(*links))), "en"))
    assert any(re.fullmatch(r" +4 .*\*.*", line) for line in lines)
    assert text("en", "view.arrival.why.several-ways") in lines
    assert any("p_admin_forward 0.5 (0.4-0.95)" in line for line in lines)


@pytest.mark.parametrize(
    ("numbers", "words"), [([], ""), ([3], "3"), ([1, 2], "1 and 2"), ([1, 2, 3, 4, 7, 9, 10], "1-4, 7, 9 and 10")]
)
def test_spans(numbers: list[int], words: str) -> None:
    assert spans(numbers, "en") == words


def test_the_map_is_credited_where_it_is_shown_and_only_there() -> None:
    credit = "© OpenStreetMap contributors, ODbL"
    real = replace(MAP, about={"title": "Wijk <b>&", "attribution": credit, "synthetic": False})
    near = structure([5, 5], both_ways(("p1", "group-1", "group-2")))
    assert credit in structure_svg(near, structure_measures(near), real, "nl")
    svg = structure_svg(HUB, structure_measures(HUB) | {"map_title": "Wijk <b>&"}, real, "nl")
    assert credit not in svg
    assert "Wijk &lt;b&gt;&amp;" in svg


def test_only_where_messages_go_one_way_a_line_has_an_arrow() -> None:
    lines = []
    for extra in ([], [("p2", "group-3", "group-2")]):
        graph = structure([5, 5, 5], [*both_ways(("p1", "group-1", "group-2")), ("p2", "group-2", "group-3"), *extra])
        svg = ET.fromstring(structure_svg(graph, structure_measures(graph), MAP, "nl"))
        layer = svg.find("{http://www.w3.org/2000/svg}g")
        assert layer is not None
        lines.append([node.get("d", "")[-1] for node in layer])
    assert [sorted(ends).count("Z") for ends in lines] == [1, 0]


DESK = Layout(
    roles=(
        Role(name="administrator", number="admins_per_group"),
        Role(name="watcher", number="managers_per_district", per="map", sits_in="map", outside=True),
    ),
    uppers=(Upper(name="above", per="area", members=("administrator", "watcher")),),
    forwards=(
        Forward(source=GROUP, target="above", by="administrator"),
        Forward(source="above", target=GROUP, by="administrator"),
        Forward(source="above", target="above", by="watcher"),
    ),
)
"""A group above for each area, connected by nobody but one official."""


@pytest.mark.parametrize(
    ("language", "told", "sitting"),
    [("nl", "Watcher 1 zwijgt", "Daarin zit ook 1 watcher"), ("en", "Watcher 1 is silent", "In these also sits 1 watcher")],
)
def test_an_official_who_connects_groups_above_stands_over_them(language: str, told: str, sitting: str) -> None:
    scenario = evening(structure=Structure(id="custom", groups=3, layout=DESK), players=Players(count=0))
    graph = alert_graph(scenario, MAP, 3)
    measures = structure_measures(graph)
    words = " ".join(" ".join(structure_lines(measures, language)).split())
    assert f"{told}: " in words
    assert sitting in words
    written = words_of(structure_svg(graph, measures, MAP, language))
    assert "watcher" in written
    assert text(language, "view.picture.only") in written


def test_officers_are_told_of_by_their_name_and_with_what_they_rest_on() -> None:
    scenario = evening(structure=Structure(id="administrators-group", groups=4, district=2), players=Players(count=0))
    measures = structure_measures(alert_graph(scenario, MAP, 3))
    words = " ".join(" ".join(structure_lines(measures, "en")).split())
    assert "In these also sit 2 neighbourhood officers and 2 area managers, who do not count as residents." in words
    assert "All neighbourhood officers are silent: areas 1-4 are cut off" in words
    assert "p_official_on_duty 0.7 (0.2-1)" in words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_structure_has_a_name_and_a_short_one_of_its_own(language: str) -> None:
    every = {*get_args(PresetId), CUSTOM}
    assert {key.partition(".")[2] for key in catalogue(language) if key.startswith("short.")} == every
    assert {key.partition(".")[2] for key in catalogue(language) if key.startswith("structure.")} == every
    assert len({text(language, f"short.{one}") for one in every}) == len(every)
