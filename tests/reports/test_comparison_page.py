"""The page of a comparison tells what the results tell, whatever they are, and is harmless and repeatable."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import pytest

from simulation.experiments.comparison import Comparison
from simulation.experiments.examples import Example, examples
from simulation.experiments.reached import reached
from simulation.language.catalogue import LANGUAGES, text
from simulation.maps.streetmap import ATTRIBUTION
from simulation.measures import MEASURES
from simulation.reports.charts import LOOKS
from simulation.reports.comparison.charts import plain
from simulation.reports.comparison.courses import courses
from simulation.reports.comparison.figures import write_figures
from simulation.reports.comparison.page import comparison_html
from simulation.reports.comparison.words import ComparedWords, bounds_words
from simulation.structure_ids import MOST_GROUPS
from tests.experiments.campaigns import MAP, NETWORK, SEEDS, design, table
from tests.experiments.test_comparison import by_hand
from tests.reports.test_page import ATTACK, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from simulation.experiments.times import Curve

PLAYED = Comparison(design(), table())
SCALES = {"yes-no": 100.0, "share": 100.0, "moment": 1.0 / 60.0}
NUMBER = re.compile(r"[+−]?[\d.,]*\d")


def page_of(comparison: Comparison, language: str, by_when: Mapping[int, Curve] | None = None) -> str:
    pages = {one: f"evenings/{one.condition}-{one.kind}.html" for one in examples(comparison)}
    return comparison_html(comparison, MAP, by_when or {}, pages, language)


@cache
def reached_by() -> dict[int, Curve]:
    return reached(PLAYED, NETWORK)


@cache
def page(language: str) -> str:
    return page_of(PLAYED, language, reached_by())


def hostile_page(words: str, language: str = "nl") -> str:
    """Give a page whose scenario, map and addresses are made of some words."""
    base = by_hand({"found": [[True, False, True], [False] * 3]}, failures=[(1, 0)])
    conditions = tuple(
        replace(one, scenario=one.scenario.model_copy(update={"title": words})) for one in base.design.conditions
    )
    street_map = replace(MAP, about={**MAP.about, "title": words, "synthetic": False, "attribution": words})
    comparison = Comparison(replace(base.design, conditions=conditions), base.table)
    return comparison_html(comparison, street_map, {}, {Example("best", 0, 10): words}, language)


def ids(language: str) -> dict[str, str]:
    """Give the structures that were played by their short names."""
    return {text(language, f"short.{one}"): one for one in ("separate-groups", "administrators-group")}


class Tables(HTMLParser):
    """Reads the tables of a page: by the name of their file the rows, each a list of texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self._name, self._cell = "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._name = dict(attrs)["data-csv"] or ""
            self.rows[self._name] = []
        elif tag == "tr":
            self.rows[self._name].append([])
        elif tag in {"td", "th"}:
            self.rows[self._name][-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell &= tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[self._name][-1][-1] += data


def numbers(words: str, language: str) -> list[tuple[float, float]]:
    """Give the numbers of a text, and half a unit of the last digit of each."""
    found = []
    for written in NUMBER.findall(words):
        plain = written.translate(str.maketrans(".,", "\0.") if language == "nl" else {ord(","): None}).replace("\0", "")
        found.append((float(plain.replace("−", "-")), 0.5 * 10.0 ** -len(plain.partition(".")[2])))
    return found


def same(words: str, values: Iterable[float], language: str) -> None:
    """Check that a text holds these numbers, as exactly as it tells them."""
    told, known = numbers(words, language), [value for value in values if not math.isnan(value)]
    assert len(told) == len(known), (words, known)
    for (value, half), expected in zip(told, known, strict=True):
        assert value == pytest.approx(expected, abs=half + 1e-9), (words, known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_tables_is_that_of_the_results(language: str) -> None:
    rows, told = PLAYED.summary, []
    tables = Tables(page(language)).rows
    assert set(PLAYED.efforts) == {"as documented", "equal effort"}
    for effort, key in (("as documented", "documented"), ("equal effort", "equal")):
        measure, unit = "", ""
        groups = {text(language, "compare.within", label=one.label(language)): one for one in MEASURES}
        groups |= {one.label(language): one for one in MEASURES if one.unit != "moment"}
        for row in (*tables[key][1:], *tables[f"{key}-others"][1:]):
            if len(row) == 1:
                found = next(one for name, one in groups.items() if row[0] == name + one.meaning(language))
                measure, unit = found.key, found.unit
                continue
            structure = ids(language)[row[0]]
            own = rows[(rows["effort"] == effort) & (rows["measure"] == measure) & (rows["structure"] == structure)].iloc[0]
            scale = SCALES.get(unit, 1.0)
            same(row[1], [scale * own["value"], 100.0 * own["came"]], language)
            same(row[2], [scale * own["low"], scale * own["high"]], language)
            same(row[3], [scale * own[name] for name in ("difference", "difference_low", "difference_high")], language)
            assert (row[4] == text(language, "comparison.sure_yes")) == own["sure"]
            same(row[5], [own["evenings"]], language)
            told.append((effort, measure, structure))
    known = rows[rows["value"].notna()]
    assert {*zip(known["effort"], known["measure"], known["structure"], strict=True)} <= set(told)
    assert len(told) == len(set(told))


def test_the_results_of_that_table_are_means_of_the_evenings() -> None:
    frame, rows = PLAYED.frame, PLAYED.summary.set_index(["effort", "measure", "structure"])
    for structure in ("separate-groups", "administrators-group"):
        own = frame[(frame["structure"] == structure) & (frame["effort"] == "as documented")]
        assert rows.loc[("as documented", "calls", structure), "value"] == pytest.approx(own["calls"].mean())
        found_s = own["found_at_s"].fillna(1800.0).clip(upper=1800.0).mean()
        assert rows.loc[("as documented", "found_at_s", structure), "value"] == pytest.approx(found_s)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_curves_is_that_of_the_results(language: str) -> None:
    tables, frame = Tables(page(language)).rows, PLAYED.frame[PLAYED.frame["effort"] == "as documented"]
    drawn = courses(PLAYED, {})
    assert {"found_at_s", "reach_share"} <= {course.measure for course in drawn}
    for course in drawn:
        head, *rows = tables[f"{course.measure}-curve"]
        assert head[1:] == list(ids(language))
        assert len(rows) == len(course.rounds)
        for place, row in zip(course.rounds.tolist(), rows, strict=True):
            same(row[0], [SCALES["share" if course.measure == "reach_share" else "moment"] * place], language)
            for structure, cell in zip(ids(language).values(), row[1:], strict=True):
                values = frame.loc[frame["structure"] == structure, course.measure].astype(float)
                kept = values.dropna() if course.measure == "reach_share" else values.fillna(math.inf)
                (share, half), *interval = numbers(cell, language)
                assert share == pytest.approx(100.0 * (kept > place).mean(), abs=half + 1e-9)
                assert interval[0][0] <= share <= interval[1][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_reach_through_the_evening_is_that_of_the_evenings_played_again(language: str) -> None:
    head, *rows = Tables(page(language)).rows["reached-curve"]
    assert head[1:] == list(ids(language))
    for row in rows:
        ((minute, _),) = numbers(row[0], language)
        for cell, found in zip(row[1:], reached_by().values(), strict=True):
            (share, half), *interval = numbers(cell, language)
            at = int(np.searchsorted(found.times, 60.0 * minute))
            assert share == pytest.approx(100.0 * found.share[at], abs=half + 1e-9)
            assert interval[0][0] <= share <= interval[1][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_evenings_to_look_at_are_told_as_they_were(language: str) -> None:
    html = page(language)
    rows = [row for row in Tables(html).rows["evenings"] if len(row) == 3][1:]
    chosen = examples(PLAYED)
    assert len(rows) == len(chosen) == 6
    for row, example in zip(rows, chosen, strict=True):
        factors = PLAYED.design.conditions[example.condition].factors
        here = (PLAYED.frame[list(factors)] == list(factors.values())).all(axis=1) & (PLAYED.frame["seed"] == example.seed)
        own = PLAYED.frame[here].iloc[0]
        assert f"({text(language, 'comparison.seed', seed=example.seed)})" in row[0]
        assert f'href="evenings/{example.condition}-{example.kind}.html"' in html
        same(row[1], [math.nan if own["found_at_s"] is None else own["found_at_s"] / 60.0], language)
        same(row[2], [100.0 * own["reach_share"]], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_comes_first_and_all_that_it_rests_on_is_there(language: str) -> None:
    tree = Tree(page(language))
    assert not tree.open
    told = tree.told()
    words = ComparedWords(PLAYED, language, plain=True)
    answer, reach = words.answer("found"), words.answer("reach_share", briefly=True)
    sections = re.split("<h2", page(language))
    assert answer in told
    assert reach in told
    assert "answer" in sections[1]
    for names in words.assumptions().values():
        assert all(name in told for name in names)
    for part in (PLAYED.design.map, PLAYED.design.digest(), f"{SEEDS[0]}", f"{SEEDS[-1]}", "conditions/0002.yaml", "Proef"):
        assert part in told
    assert text(language, "page.invented") in told
    assert page(language) == page_of(PLAYED, language, reached_by())


def test_every_picture_has_words_and_comes_along() -> None:
    pictures = [attributes for tag, attributes in Tree(page("nl")).tags if tag == "img"]
    assert len(pictures) > 10
    assert all(picture["alt"] and (picture["src"] or "").startswith("data:image/svg+xml,") for picture in pictures)
    assert not [tag for tag, _ in Tree(page("nl")).tags if tag in {"iframe", "link", "object"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_the_pictures_of_the_page(language: str, tmp_path: Path) -> None:
    write_figures(PLAYED, MAP, reached_by(), language, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    names = {name.removesuffix(".svg") for name in made if name.endswith(".svg")}
    charts = {name for name in names if not name.startswith("structure-")}
    assert names - charts == {"structure-separate-groups", "structure-administrators-group"}
    assert {"found_at_s-curve", "reached-curve", "reach_share-curve", "difference-reach_share"} <= charts
    assert set(made) == {f"{name}.{form}" for name in names for form in ("svg", "txt")} | {f"{name}.png" for name in charts}
    shown = [one for tag, one in Tree(page(language)).tags if tag == "img" and one.get("class") != "structure"]
    pictures = {unquote((one["src"] or "").partition(",")[2]).encode(): one["alt"] or "" for one in shown}
    assert {made[f"{name}.svg"] for name in names} == set(pictures)
    for name in names:
        words = made[f"{name}.txt"].decode()
        assert words.partition("\n\n")[2].startswith(pictures[made[f"{name}.svg"]] + "\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_figure_has_the_numbers_of_its_table(language: str, tmp_path: Path) -> None:
    write_figures(PLAYED, MAP, reached_by(), language, tmp_path)
    tables = Tables(page(language)).rows
    for name in ("found_at_s-curve", "reached-curve", "reach_share-curve"):
        lines = (tmp_path / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        rows = tables[name][1:]
        told = [NUMBER.findall(line) for line in lines]
        assert told[-len(rows) :] == [[number for cell in row for number in NUMBER.findall(cell)] for row in rows]
    words = (tmp_path / "difference-reach_share.txt").read_text(encoding="utf-8")
    assert words.startswith(f"{text(language, 'measure.reach_share.label')}: ")
    for structure in ids(language):
        line = next(line for line in words.splitlines() if line.startswith(f"{structure}: "))
        row = next(row for row in tables["documented"] if row[0] == structure and row[1] in line)
        assert all(cell in line for cell in row[1:] if cell != "–")
    rows = [line for line in words.splitlines() if line.startswith(tuple(f"{structure}: " for structure in ids(language)))]
    assert (text(language, "comparison.read.skewed") in words) == any("†" in row for row in rows)
    credit = text(language, "page.attribution", attribution=text(language, "page.invented"))
    assert credit in (tmp_path / "structure-separate-groups.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_outside_texts_are_shown_as_texts(language: str) -> None:
    html = hostile_page(ATTACK, language)
    tree = Tree(html)
    assert not tree.open
    assert not [tag for tag, attributes in tree.tags if "onerror" in attributes]
    assert [attributes for tag, attributes in tree.tags if tag == "script"] == [{}]
    assert "\u202e" not in html
    assert "\x00" not in html
    assert "<script>alert(1)</script>" in tree.told()
    assert "Fault: too hot" in tree.told()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 3])
def test_where_nothing_is_known_that_is_told(count: int, language: str) -> None:
    tree = Tree(page_of(by_hand({"calls": [[None] * 4] * count}, count=count), language))
    assert not tree.open
    for key in ("comparison.differences_none", "comparison.courses_none"):
        assert text(language, key) in tree.told()


def test_no_chart_holds_more_lines_than_can_be_told_apart(tmp_path: Path) -> None:
    worlds = 8
    columns = [[world / worlds / (number + 2) for world in range(worlds)] for number in range(8)]
    many = by_hand({"reach_share": columns}, count=8)
    (reach,) = courses(many, {})
    pictures = [one for tag, one in Tree(page_of(many, "nl")).tags if tag == "img" and one.get("class") == "curves"]
    assert len(pictures) == 2
    for names in (("none", "zoomwijck"), ("none", "zoomwijck-municipal", "broadcast")):
        told = [text("nl", f"short.{name}") for name in names]
        assert any(all(name in (one["alt"] or "") for name in told) for one in pictures)
    assert len(reach.curves) == 8 > len(LOOKS)
    write_figures(many, MAP, {}, "nl", tmp_path)
    files = [tmp_path / f"reach_share-curve{part}.txt" for part in ("", "-2")]
    heads = [file.read_text(encoding="utf-8").split("\n\n")[1] for file in files]
    assert [text("nl", "short.zoomwijck") in head for head in heads] == [True, False]
    assert all(f"{text('nl', 'short.zoomwijck-municipal')} 0" in file.read_text(encoding="utf-8") for file in files)


def test_one_evening_in_which_nobody_was_reached_has_a_page_too() -> None:
    rows = Tables(page_of(by_hand({"reach_share": [[0.0], [0.0]], "calls": [[3], [4]]}), "nl")).rows
    assert not [name for name in rows if name.endswith("-curve")]
    assert ["één groep", "4,00", "–", "+1,00", "nee", "1"] in rows["documented"]


def test_a_curve_ends_where_the_most_residents_were_reached() -> None:
    (reach,) = courses(by_hand({"reach_share": [[0.01, 0.083], [0.0, 0.02]]}), {})
    assert reach.rounds.tolist() == [place / 100.0 for place in range(10)]
    assert reach.at(0, reach.rounds).share.tolist() == [1.0, *[0.5] * 7, 0.5, 0.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whose_map_it_is_stands_beside_the_pictures(language: str) -> None:
    about = {name: value for name, value in MAP.about.items() if name != "attribution"} | {"synthetic": False}
    html = comparison_html(by_hand({"calls": [[3, 4], [4, 5]]}), replace(MAP, about=about), {}, {}, language)
    assert Tree(html).told().count(ATTRIBUTION) == 2
    assert text(language, "page.synthetic") not in html
    assert text(language, "comparison.examples_none") in html


def test_a_structure_of_too_many_groups_has_words_and_no_picture(tmp_path: Path) -> None:
    base = by_hand({"calls": [[3, 4], [4, 5], [4, 5]]})
    *some, last = base.design.conditions
    structure = last.scenario.structure.model_copy(update={"groups": MOST_GROUPS + 1})
    many = replace(last, scenario=last.scenario.model_copy(update={"structure": structure}))
    comparison = Comparison(replace(base.design, conditions=(*some, many)), base.table)
    html = page_of(comparison, "nl")
    assert Tree(html).told().count(text("nl", "comparison.no_picture")) == 1
    assert html.count('class="structure"') == 2
    write_figures(comparison, MAP, {}, "nl", tmp_path)
    assert len(list(tmp_path.glob("structure-*.svg"))) == 2


@pytest.mark.parametrize(
    ("value", "words"), [(0.0015, "0,0015"), (-0.003, "−0,003"), (-2e-17, "0"), (20.0, "20"), (2.5, "2,5")]
)
def test_a_number_at_an_axis_has_the_decimals_it_needs(value: float, words: str) -> None:
    assert plain(value, "nl") == words


def test_nought_has_no_sign() -> None:
    assert bounds_words("calls_unfinished", -0.0001, 0.17, "nl") == "0,00 tot 0,17"
    assert bounds_words("calls_unfinished", -0.5, 0.17, "nl") == "−0,50 tot 0,17"
