"""The charts of an evening: drawn from their tables, the same each time, harmless, and fit for documents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from simulation import reports
from simulation.language.catalogue import LANGUAGES, text
from simulation.reports.charts import in_style, new_figure, picture
from simulation.reports.drawn import drawn
from simulation.reports.evening.charts import evening_charts
from simulation.reports.evening.figures import write_figures
from simulation.reports.evening.mapchart import MARKS, WAYS, map_chart
from simulation.reports.evening.seen import seen
from simulation.scoring import score
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, Story, evening, street_map
from tests.reports.test_page import hostile

if TYPE_CHECKING:
    from simulation.reports.tabledchart import TabledChart

SVG = "{http://www.w3.org/2000/svg}"


def charts(trace: Trace, language: str = "en") -> dict[str, TabledChart]:
    return {item.chart.name: item for item in evening_charts(trace, score(trace), street_map(), language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chart_has_words_and_a_table(language: str) -> None:
    made = charts(evening(), language)
    assert list(made) == ["reach", "queue", "messages", "seen"]
    for item in made.values():
        assert len(item.chart.alt) > 40
        assert re.search(r"\d", item.chart.alt)
        assert item.meaning
        assert item.rows
        assert {len(row) for row in item.rows} == {len(item.head)}


def test_the_table_holds_what_is_drawn() -> None:
    made = charts(evening())
    assert made["reach"].rows[-1] == ("20:30:00", "0%", "0%", "40%")
    lines = [line for line in made["reach"].chart.figure.axes[0].get_lines() if len(line.get_ydata()) > 2]
    shares = [[f"{100 * share:.0f}%" for share in line.get_ydata()] for line in lines]
    assert shares == [[row[column] for row in made["reach"].rows] for column in (1, 2, 3)]
    bars = [[bar.get_height() for bar in bars] for bars in made["messages"].chart.figure.axes[0].containers]
    assert bars == [[int(row[column]) for row in made["messages"].rows] for column in (1, 2)]


def test_alt_texts_tell_the_measures() -> None:
    made, measures = charts(evening()), score(evening())
    assert f"Calls in all: {measures['calls']}; answered: {measures['calls_answered']}" in made["queue"].chart.alt
    assert f"got {measures['messages_per_member_mean']:.1f} messages" in made["messages"].chart.alt
    assert "0% of the residents and 0% of the group members" in made["reach"].chart.alt


def test_an_evening_in_which_nothing_happened_has_no_charts() -> None:
    assert charts(Trace(HEADER, ())) == {}


def test_a_stretch_counts_as_noticed_from_crossing_to_crossing() -> None:
    story = Story()
    story.add("game", "organiser", 0, game="Spel", suspects=["suspect-1"], duration_s=3600.0, area=None, prize="")
    story.route("suspect-1", "suspect", [(0, 0, 0), (100, 300, 0), (200, 300, 100), (300, 100, 100)], ("fact:x",))
    story.sighting("n1/1", 50, ("fact:x",), x_m=150.0, y_m=0.0)
    story.sighting("n1/1", 150, ("fact:x",), suspect="passer-by-1", x_m=300.0, y_m=50.0)
    found = seen(story.trace(), street_map())
    assert [(line.noticed, len(line.xy)) for line in found.lines] == [(True, 2), (False, 3)]
    assert found.unnoticed_share == pytest.approx(0.5)
    rows = {street.name: (street.time_s, street.length_m, street.unnoticed_m, street.sightings) for street in found.streets}
    assert rows == {"Dorpsstraat": (100, 300, 0, 1), "": (100, 100, 100, 0), "Achterweg": (100, 200, 200, 0)}


def test_what_is_walked_twice_is_drawn_once_and_counted_twice() -> None:
    story = Story()
    story.add("game", "organiser", 0, game="Spel", suspects=["suspect-1"], duration_s=3600.0, area=None, prize="")
    there = [(0, 0, 0), (50, 150, 0), (100, 300, 0)]
    story.route("suspect-1", "suspect", [*there, (150, 150, 0), (200, 0, 0)], ("fact:x",))
    found = seen(story.trace(), street_map())
    assert [line.xy.tolist() for line in found.lines] == [[[0, 0], [150, 0], [300, 0]]]
    assert [(street.name, street.length_m, street.time_s) for street in found.streets] == [("Dorpsstraat", 600, 200)]


def test_nobody_is_noticed_after_he_left() -> None:
    story = Story(records=list(evening().records))
    story.sighting("n1/1", 2000, ("fact:x",), x_m=150.0, y_m=100.0)
    assert len(seen(story.trace(), street_map()).sightings) == 2


def test_pictures_are_whole_and_repeatable_and_hold_no_script() -> None:
    for name, item in charts(evening()).items():
        source = item.chart.source
        assert source == charts(evening())[name].chart.source
        assert not set(source) & set("\"'<>&#\n")
        svg = ET.fromstring(unquote(source.removeprefix("data:image/svg+xml,")))
        assert not [element for element in svg.iter() if element.tag == f"{SVG}script"]
        assert len(source) < 60_000


def test_shortening_moves_nothing_that_can_be_seen() -> None:
    figure = new_figure()
    with in_style():
        figure.add_subplot().plot([0.0, 1.0, 2.0], [0.123456789, 0.5, 0.25])
    svg = ET.fromstring(picture(figure, "svg"))
    paths = [path.get("d", "") for path in svg.iter(f"{SVG}path")]
    assert any(path.count("L") == 2 for path in paths)
    assert not [path for path in paths if re.search(r"\.\d{3}", path)]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\u202e🦹🏽‍♀️", "$x^2$", "$\\foo{$", "W" * 10_000, "\x00&<\"'"])
def test_outside_text_does_no_harm_in_charts(words: str) -> None:
    whole = street_map()
    named = replace(whole, texts=tuple(words if name == "Dorpsstraat" else name for name in whole.texts))
    owed = replace(named, about={"title": words, "attribution": words, "synthetic": False})
    trace = hostile(words)
    made = map_chart(trace, owed, "nl")
    assert made
    for item in (made, *evening_charts(trace, score(trace), owed, "nl")):
        ET.fromstring(unquote(item.chart.source.removeprefix("data:image/svg+xml,")))
        assert all(len(cell) <= 601 for row in item.rows for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_for_documents(tmp_path: Path, language: str) -> None:
    count = write_figures(evening(), score(evening()), street_map(), language, tmp_path)
    assert count == 5
    names = ("map", "messages", "queue", "reach", "seen")
    files = {f"{name}.{form}" for name in names for form in ("png", "svg", "txt")}
    assert {path.name for path in tmp_path.iterdir()} == files
    for name in names:
        words = (tmp_path / f"{name}.txt").read_text(encoding="utf-8")
        assert words.startswith(text(language, f"chart.{name}.title") + "\n\n")
        width, height = np.frombuffer((tmp_path / f"{name}.png").read_bytes()[16:24], dtype=">u4")
        assert width == 1400
        assert height > 700
    for name in ("map", "seen"):
        assert text(language, "page.invented") in (tmp_path / f"{name}.svg").read_text(encoding="utf-8")


def test_the_text_beside_a_figure_holds_its_table(tmp_path: Path) -> None:
    write_figures(evening(), score(evening()), street_map(), "en", tmp_path)
    for name, item in charts(evening()).items():
        *_, table = (tmp_path / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
        assert [tuple(line.split("\t")) for line in table.splitlines()] == [item.head, *item.rows]
    assert "\nDorpsstraat\t2\t" in (tmp_path / "seen.txt").read_text(encoding="utf-8")
    told = (tmp_path / "map.txt").read_text(encoding="utf-8")
    assert "First noticed at 19:35:10, near Dorpsstraat (number 1). Found at 19:40:50, near Dorpsstraat (number 4)." in told
    assert told.endswith("\n4\t19:40:50\tFound\tthe suspect\tDorpsstraat\n")


def test_the_map_for_documents_shows_what_the_page_shows() -> None:
    made = map_chart(evening(), street_map(), "nl")
    assert made
    (axes,) = made.chart.figure.axes
    assert {words.get_text() for words in axes.texts} >= {
        "1",
        "2",
        "3",
        "4",
        "1: eerst opgemerkt",
        "4: gevonden",
        "Dorpsstraat",
    }
    way = next(line for line in axes.get_lines() if line.get_color() == WAYS[0])
    assert way.get_xydata().tolist()[-1] == pytest.approx(drawn(evening(), street_map()).ways[0].xy[-1].tolist())
    shown = [words.get_text() for words in made.chart.figure.legends[0].get_texts()]
    assert {"Gevonden", "weg van de boef, met pijlen", "straat"} <= set(shown)
    assert text("nl", "event.question_no") not in shown
    assert map_chart(Trace(HEADER, ()), street_map(), "nl") is None


def test_marks_and_ways_have_the_colours_of_the_page() -> None:
    style = (Path(reports.__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")
    for kind, colour in MARKS.items():
        assert f".{kind} path {{ fill: {colour}; }}" in style
    for index, colour in enumerate(WAYS):
        assert f".way-{index} {{ stroke: {colour}; }}" in style


def test_reach_ends_with_the_evening_and_tells_of_members_only_where_there_are_groups() -> None:
    told = charts(evening())["reach"]
    closed = [record for record in evening().records if record.kind == "close"]
    assert told.rows[-1][0] == "20:30:00"
    early = [record._replace(time_us=1_800_000_000) if record in closed else record for record in evening().records]
    assert charts(Trace(HEADER, tuple(early)))["reach"].rows[-1][0] == "20:00:00"
    alone = Trace(HEADER, tuple(record for record in evening().records if record.kind not in {"channel", "post"}))
    table = charts(alone)["reach"]
    assert len(table.head) == len(table.rows[0]) == 3
    assert "member" not in table.chart.alt
