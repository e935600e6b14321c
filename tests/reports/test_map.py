"""What is drawn is what happened, and the picture of a map is the same each time."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.maps.streetmap import Shapes
from simulation.reports.drawn import drawn, labelled, streets_along
from simulation.reports.lettering import Room, label_beside, street_names
from simulation.reports.mapsvg import Frame, frame_of, map_svg, nice_length, way_look
from simulation.reports.mapview import draw_map, map_words
from simulation.reports.marks import arrows, spread
from simulation.reports.outlines import water_forms
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, Story, evening, street_map

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.reports.lettering import Writing

SVG = "{http://www.w3.org/2000/svg}"


def parts(trace: Trace) -> list[ET.Element]:
    return list(ET.fromstring(map_svg(street_map(), drawn(trace, street_map()), ("name", "words"), "en")).iter())


def test_happenings_are_numbered_in_time() -> None:
    marks = drawn(evening(), street_map()).happenings
    assert [(mark.number, mark.time_s, mark.kind, mark.who, mark.xy) for mark in marks] == [
        (1, 310.0, "sighting_called", "n1/1", (100.0, 2.0)),
        (2, 640.0, "sighting", "n3/1", (195.0, 0.0)),
        (3, 650.0, "question_yes", "n3/1", (195.0, 0.0)),
        (4, 650.0, "found", "suspect-1", (195.0, 0.0)),
    ]


def test_a_stranger_is_asked_where_the_player_walks_by_then() -> None:
    story = Story()
    story.route("n1/1", "search", [(0, 0, 2), (100, 100, 2)], ("fact:x",))
    early = story.add("question", "n1/1", 50, asked="suspect-1", answer="yes")
    story.add("found", "suspect-1", 50, (early,), by="n1/1", found_by="resident", game="Spel")
    story.route("n1/1", "search", [(200, 290, 98), (300, 190, 98)], ("fact:x",))
    story.add("question", "n1/1", 225, asked="n2/1", answer="no")
    story.add("question", "n3/1", 230, asked="n2/1", answer="no")
    shown = drawn(story.trace(), street_map())
    assert [(mark.kind, mark.xy, mark.street) for mark in shown.happenings] == [
        ("question_yes", (50.0, 2.0), "Dorpsstraat"),
        ("found", (50.0, 2.0), "Dorpsstraat"),
        ("question_no", (265.0, 98.0), "Achterweg"),
    ]
    assert (shown.questions, shown.found) == (3, 1)


def test_a_way_ends_with_the_game() -> None:
    (way,) = drawn(evening(), street_map()).ways
    assert way.t_s.tolist() == [0, 300, 360, 650]
    assert way.xy[-1] == pytest.approx([100 + 100 * 290 / 300, 0])


@pytest.mark.parametrize(("seen_again_s", "end_s"), [(None, 50), (40, 50), (60, 100)])
def test_a_way_ends_where_a_suspect_left(seen_again_s: float | None, end_s: float) -> None:
    story = Story()
    story.route("suspect-1", "suspect", [(0, 0, 0), (100, 300, 0)], ("fact:x",))
    story.add("found", "suspect-1", 50, by="n1/1", found_by="resident", game="Spel")
    if seen_again_s:
        story.sighting("n2/1", seen_again_s, ("fact:x",))
    (way,) = drawn(story.trace(), street_map()).ways
    assert way.t_s[-1] == end_s


def test_a_way_is_told_as_streets() -> None:
    story = Story()
    story.route(
        "suspect-1", "suspect", [(0, 100, 0), (100, 300, 1), (150, 299, 50), (200, 300, 100), (300, 100, 101)], ("fact:x",)
    )
    (way,) = drawn(story.trace(), street_map()).ways
    assert streets_along(way, street_map()) == [(0, 100, "Dorpsstraat"), (100, 200, ""), (200, 300, "Achterweg")]


def test_the_drawing_has_a_name_and_a_number_for_every_mark() -> None:
    elements = parts(evening())
    assert [element.text for element in elements if element.tag in {"title", "desc"}] == ["name", "words"]
    assert elements[0].attrib["aria-labelledby"] == "map-name map-words"
    texts = [element.text for element in elements if element.tag == "text"]
    assert texts == ["Dorpsstraat", "1", "2", "3", "4", "1: first noticed", "4: found", "50 m"]


def test_the_first_true_sighting_and_every_finding_are_labelled() -> None:
    story = Story(records=list(evening().records))
    for index in range(70):
        story.sighting("n2/1", 1 + index, ("fact:x",), suspect="passer-by-1")
    early = drawn(story.trace(), street_map())
    assert [(early.happenings[index].kind, key) for index, key in labelled(early)] == [
        ("sighting_called", "first"),
        ("found", "found"),
    ]
    assert labelled(drawn(Trace(HEADER, ()), street_map())) == []


def apart(one: Writing, other: Writing) -> bool:
    (xy, radius), (other_xy, other_radius) = one.discs(), other.discs()
    away = np.hypot(*(xy[:, None] - other_xy[None]).T)
    return bool((away >= radius + other_radius - 1e-9).all())


@given(st.lists(st.tuples(st.floats(60, 940), st.floats(60, 640)), min_size=1, max_size=12))
def test_labels_stand_in_the_frame_and_cover_no_mark_and_no_label(places: list[tuple[float, float]]) -> None:
    marks, room = spread(np.array(places), 21.0), Room(1000.0, 700.0)
    room.take(marks, 12.0)
    labels = [label_beside("8: gevonden", mark, room, 1.0) for mark in marks[:3]]
    assert all(room.holds(label) for label in labels)
    assert all(apart(one, other) for one, other in combinations(labels, 2))
    for label in labels:
        assert all(math.dist(label.nearest(mark), mark) > 8.0 for mark in marks)


def named(*pieces: tuple[str, tuple[int, int, int, int]]) -> list[Writing]:
    """Write the names of straight streets in a window of 400 m by 400 m."""
    whole = street_map()
    kinds = np.arange(1, len(pieces) + 1, dtype=np.int32)
    streets = replace(
        whole.streets,
        edge_name=kinds,
        edge_piece=np.arange(len(pieces) + 1, dtype=np.int32),
        piece_xy=np.array([piece for _, piece in pieces], dtype=float),
    )
    own = replace(whole, streets=streets, texts=("", *(name for name, _ in pieces)))
    return street_names(own, Frame(0.0, 400.0, 400.0, 400.0), Room(400.0, 400.0))


def test_names_run_along_their_streets_and_are_never_upside_down() -> None:
    written = named(
        ("Oost", (10, 10, 200, 10)),
        ("West", (200, 60, 10, 60)),
        ("Noord", (300, 10, 300, 200)),
        ("Zuid", (340, 100, 240, 300)),
    )
    assert {name.words: round(math.degrees(name.turn)) for name in written} == {"Oost": 0, "West": 0, "Noord": 90, "Zuid": 63}
    assert {name.words: name.xy for name in written}["Oost"] == (105.0, 390.0)


def test_a_street_that_is_too_short_or_covered_by_another_has_no_name_and_the_longest_is_first() -> None:
    written = named(
        ("Langestraat", (100, 100, 250, 100)), ("Langstestraat", (50, 100, 300, 100)), ("Kort", (10, 200, 13, 200))
    )
    assert [name.words for name in written] == ["Langstestraat", "Langestraat"]
    assert all(apart(one, other) for one, other in combinations(written, 2))


def test_a_name_stands_beside_the_way_and_is_passed_over_by_screen_readers() -> None:
    story = Story()
    story.route("suspect-1", "suspect", [(0, 0, 0), (300, 300, 0)], ("fact:x",))
    svg = ET.fromstring(map_svg(street_map(), drawn(story.trace(), street_map()), ("", ""), "nl"))
    (group,) = [part for part in svg.iter("g") if part.get("class") == "names"]
    assert group.get("aria-hidden") == "true"
    (name,) = group
    right, down = map(float, re.findall(r"[-\d.]+", str(name.get("transform")))[:2])
    assert 0 < right < 360
    (line,) = [part.get("d") for part in svg.iter("path") if part.get("class") == "line"]
    assert abs(down - float(re.findall(r"[-\d.]+", str(line))[1])) > 3.0


@pytest.mark.parametrize("words", ["</svg><script>alert(1)</script>", "W" * 10_000, "\u202e\x00 \n\t", "🦹" * 3000])
def test_names_from_outside_do_no_harm(words: str) -> None:
    whole = street_map()
    own = replace(whole, texts=tuple(words if name == "Dorpsstraat" else name for name in whole.texts))
    told = map_svg(own, drawn(evening(), own), ("", ""), "nl")
    assert {element.tag for element in ET.fromstring(told).iter()} == {element.tag for element in parts(evening())}
    assert len(told) < 10_000


def test_north_is_up_and_one_unit_is_a_metre() -> None:
    frame = frame_of(street_map(), drawn(evening(), street_map()))
    south_west, north_east = frame.points(np.array([[0.0, 0.0], [100.0, 50.0]]))
    assert (north_east - south_west).tolist() == pytest.approx([100.0, -50.0])


def test_the_window_holds_what_happened() -> None:
    frame = frame_of(street_map(), drawn(evening(), street_map()))
    spots = frame.points(np.concatenate([way.xy for way in drawn(evening(), street_map()).ways]))
    assert (spots > 0).all()
    assert (spots < [frame.width, frame.height]).all()
    empty = frame_of(street_map(), drawn(Trace(HEADER, ()), street_map()))
    assert (empty.width, empty.height) == (300 + 2 * 90, 100 + 2 * 90)


def test_ways_of_suspects_differ_in_more_than_colour() -> None:
    looks = [way_look(index, 1.0) for index in range(4)]
    assert len({look for look, _ in looks}) == len({dashes for _, dashes in looks}) == 4
    assert looks[0] == ("way way-0", "none")


def test_only_what_the_window_shows_is_drawn() -> None:
    story = Story()
    story.route("suspect-1", "suspect", [(0, 0, 0), (10, 20, 0)], ("fact:x",))
    (houses,) = [part.attrib["d"] for part in parts(story.trace()) if part.attrib.get("class") == "building"]
    (every,) = [part.attrib["d"] for part in parts(evening()) if part.attrib.get("class") == "building"]
    assert (houses.count("M"), every.count("M")) == (0, 4)


def test_no_style_stands_in_the_drawing() -> None:
    assert not [element for element in parts(evening()) if {"style", "fill", "stroke"} & element.attrib.keys()]


def test_arrows_stand_at_even_distances() -> None:
    heads = list(arrows(np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 80.0]]), 1.0))
    assert [head[0].tolist() for head in heads] == [[30.0, 0.0], [90.0, 0.0], [100.0, 50.0]]
    assert heads[0][1:].tolist() == [[22.0, 5.0], [22.0, -5.0]]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=25))
def test_marks_never_overlap(points: list[tuple[int, int]]) -> None:
    placed = spread(np.array(points, dtype=float), 10.0)
    assert placed[0].tolist() == list(points[0])
    assert all(float(((a - b) ** 2).sum()) >= 99.9 for a, b in combinations(placed, 2))


@pytest.mark.parametrize(("longest", "length"), [(0.5, 1), (1, 1), (4.9, 2), (199, 100), (250, 200), (700, 500)])
def test_scale_bars_are_round(longest: float, length: int) -> None:
    assert nice_length(longest) == length


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_picture_of_a_map_is_repeatable(tmp_path: Path, form: str) -> None:
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    draw_map(street_map(), first, "nl")
    draw_map(street_map(), second, "nl")
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[:5] in {b"\x89PNG\r", b"<?xml", b"%PDF-"}


def test_a_picture_says_whom_the_map_is_owed_to_in_the_language_of_the_reader(tmp_path: Path) -> None:
    real = replace(street_map(), about={**street_map().about, "synthetic": False})
    draw_map(real, tmp_path / "map.svg", "en")
    told = (tmp_path / "map.svg").read_text(encoding="utf-8")
    for words in ("Map data: © OpenStreetMap contributors, ODbL", "Bedachte buurt", "50 m", "water", "building", "home"):
        assert words in told
    draw_map(street_map(), tmp_path / "kaart.svg", "nl")
    told = (tmp_path / "kaart.svg").read_text(encoding="utf-8")
    for words in ("verzonnen wijk", "voetpad of fietspad", "woning", "winkel, school of andere plek", "Het noorden is boven"):
        assert words in told
    assert "building" not in re.sub(r"<[^>]*>", "", told)


def test_a_picture_of_a_map_is_told_in_words() -> None:
    about = {**street_map().about, "synthetic": False, "source": "wijk.osm.pbf", "source_date": "2026-01-31"}
    assert map_words(replace(street_map(), about=about), "en") == [
        "Map of Bedachte buurt",
        (
            "Map of 340 by 140 metres, with 0.7 km of streets and paths and 2 homes. "
            "Also drawn: buildings, water and places such as shops and schools. North is up."
        ),
        "Source: wijk.osm.pbf.",
        "Date of the data: 2026-01-31.",
        "Map data: © OpenStreetMap contributors, ODbL.",
    ]
    none = np.zeros(1, dtype=np.intp)
    empty = Shapes(none[:0], none[:0], none, none, np.empty((0, 2)))
    bare = replace(street_map(), buildings=empty, water=empty)
    assert "Also drawn: places such as shops and schools. North" in map_words(bare, "en")[1]
    hostile = {"title": "\u202e\x00\n" + "W" * 10_000, "source": "W" * 10_000, "synthetic": True}
    told = "".join(map_words(replace(street_map(), about=hostile), "nl"))
    assert len(told) < 1200
    assert not set(told) & {"\u202e", "\x00"}
    assert "een wijk zonder naam" in map_words(replace(street_map(), about={}), "nl")[0]


def test_a_canal_that_is_a_line_is_not_filled() -> None:
    whole = street_map()
    bend = np.array([[0.0, 60.0], [150.0, 100.0], [300.0, 60.0]])
    water = Shapes(
        osm=np.array([11, 11], dtype=np.int32),
        kind=np.array([6, len(whole.texts)], dtype=np.int32),
        rings=np.array([0, 1, 2], dtype=np.int32),
        corners=np.array([0, 4, 7], dtype=np.int32),
        xy=np.concatenate([whole.water.xy, bend]),
    )
    wet = replace(whole, water=water, texts=(*whole.texts, "canal"))
    areas, lines = water_forms(wet)
    assert [[len(ring) for ring in rings] for rings in areas] == [[4]]
    assert [line.tolist() for line in lines] == [bend.tolist()]
    svg = ET.fromstring(map_svg(wet, drawn(evening(), street_map()), ("", ""), "nl"))
    shown = {path.get("class"): str(path.get("d")) for path in svg.iter("path")}
    assert (shown["water"].count("M"), shown["water"].count("Z")) == (1, 1)
    assert (shown["ditch"].count("M"), shown["ditch"].count("Z")) == (1, 0)


def test_other_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.png, \.svg or \.pdf"):
        draw_map(street_map(), tmp_path / "map.bmp", "nl")
    assert not list(tmp_path.iterdir())


def test_signs_of_mathematics_in_a_title_are_letters(tmp_path: Path) -> None:
    about = {**street_map().about, "title": "$\\foo{$"}
    draw_map(replace(street_map(), about=about), tmp_path / "map.svg", "en")
    assert "$\\foo{$" in (tmp_path / "map.svg").read_text(encoding="utf-8")


def test_a_label_is_whole_in_a_window_that_is_too_narrow_for_it() -> None:
    room = Room(480.0, 3000.0)
    label = label_beside("1: first noticed", np.array([240.0, 1500.0]), room, 3.0)
    assert label.width / 2 <= label.xy[0] <= 480.0 - label.width / 2


def test_crossings_are_no_places_to_visit() -> None:
    base = street_map()
    kinds = [int(base.places.kind[0]), len(base.texts)]
    both = replace(base.places, kind=np.array(kinds), xy=np.array([[220.0, 8.0], [10.0, 0.0]]))
    crossed = replace(base, places=both, texts=(*base.texts, "crossing"))
    assert crossed.places_to_visit().tolist() == [[220.0, 8.0]]
    assert replace(crossed, places=replace(both, kind=np.array(kinds[1:] * 2))).places_to_visit().shape == (0, 2)
