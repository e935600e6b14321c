"""Every number on a page is that of `score.json`, read from the page as a reader does; and each page speaks one language."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import pytest

from simulation.language.catalogue import LANGUAGES, catalogue, text
from simulation.measures import MEASURES
from simulation.reports import report_html
from simulation.reports.evening.paragraph import paragraph
from simulation.reports.evening.rows import SIDE_EFFECTS
from simulation.scenario.registry import REGISTRY
from simulation.scoring import score
from simulation.scoring.goalwords import cause_words
from simulation.trace.log import Trace
from simulation.units import parse_clock
from tests.fixtures.by_hand import HEADER, Story, evening, street_map

ROW = re.compile(r'<tr><th scope="row">([^<]*)<span class="meaning">[^<]*</span></th><td>(.*?)</td></tr>', re.DOTALL)
VALUE = re.compile(r'<span class="value"><bdi>(.*?)</bdi></span>')
HIDDEN = re.compile(r"<style>.*?</style>|<script>.*?</script>|data:image[^\"]*", re.DOTALL)
ABOUT = {
    "parameters": [
        {"name": name, "value": known.default, "unit": known.unit, "meaning": known.meaning, "grade": known.grade}
        for name, known in REGISTRY.items()
    ]
}


def busy() -> Trace:
    """Tell the evening by hand with side effects, a queue and numbers of four digits."""
    story = Story(records=list(evening().records))
    other = story.sighting("n2/1", 400, ("fact:x",), suspect="passer-by-1")
    story.add("question", "n2/1", 420, (other,), asked="passer-by-1", answer="no")
    call = story.call("n2/1", 402, other)
    story.add("abandoned", "n2/1", 480, (call,), call=call, waited_s=70.25)
    story.call("n4/1", 430, other, number="emergency")
    answer = story.add("answer", "desk", 520, (call,), call=call, waited_s=95.5)
    story.add(
        "report", "desk", 560, (answer,), call=call, caller="n2/1", place=None, direction_rad=None, seen_s=400.0,
        duplicate=True, elements=dict.fromkeys(("who", "what", "where", "when", "how", "whereto"), False),
    )  # fmt: skip
    for index in range(1200):
        story.post("n1/1", 500 + index / 100, ("draw:chatter:n1/1:0",), {2: 600.0}, content="chatter", place=None, seen_s=None)
    return story.trace()


@cache
def page(language: str) -> str:
    return report_html(busy(), {**score(busy()), "goals": None}, street_map(), ABOUT, language)


def number_in(words: str, language: str) -> float:
    """Read the first number in some words."""
    found = re.search(r"-?\d[\d.,]*", words)
    assert found, words
    plain = found[0].replace(".", "").replace(",", ".") if language == "nl" else found[0].replace(",", "")
    return float(plain)


def seconds_in(words: str, language: str) -> float:
    """Read a length of time."""
    units = {"h": 3600, "uur": 3600, "min": 60, "s": 1}
    parts = re.findall(r"(\d[\d.,]*) (h|uur|min|s)\b", words)
    return sum(number_in(count, language) * units[unit] for count, unit in parts)


def agrees(unit: str, words: str, value: Any, language: str) -> bool:
    """Say whether what the page tells of a measure is its value, as exactly as the page tells it."""
    if value is None:
        return words in {text(language, "page.never"), text(language, "page.not_there")}
    if unit in {"yes-no", "word"}:
        key = f"summary.{value}" if unit == "word" else "page.true" if value else "page.false"
        return words == text(language, key)
    if unit == "moment":
        return parse_clock(words) - parse_clock(HEADER["start"]) == int(value)
    if unit == "s":
        return abs(seconds_in(words, language) - value) < 1
    told = number_in(words, language) / (100 if unit == "share" else 1)
    return abs(told - value) <= {"share": 0.005, "mean": 0.05}.get(unit, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_on_the_page_is_that_of_the_score(language: str) -> None:
    measures = score(busy())
    told = {html.unescape(label): VALUE.findall(cell) for label, cell in ROW.findall(page(language))}
    assert len([label for label in told if label in {measure.label(language) for measure in MEASURES}]) == len(MEASURES)
    for measure in MEASURES:
        values = told[measure.label(language)]
        if measure.unit == "rows":
            continue
        assert len(values) == 1
        assert agrees(measure.unit, html.unescape(values[0]), measures[measure.key], language), (measure.key, values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_with_parts_tell_each_part(language: str) -> None:
    told = {html.unescape(label): VALUE.findall(cell) for label, cell in ROW.findall(page(language))}
    by_key = {measure.key: told[measure.label(language)] for measure in MEASURES}
    assert [value.split(": ")[1][:8] for value in (*by_key["suspects"], *by_key["games"])] == ["19:40:50"] * 2
    load = score(busy())["load_by_role"]["desk"]
    (desk,) = by_key["load_by_role"]
    assert [number_in(part, language) for part in desk.split(": ")[1].split(", ")] == [
        load["messages"], load["decisions"], pytest.approx(load["minutes"], abs=0.05)
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paragraph_tells_what_the_measures_tell(language: str) -> None:
    measures, told = score(busy()), " ".join(paragraph(busy(), score(busy()), language))
    for key in ("first_sighting_s", "first_call_s", "first_post_s", "found_at_s"):
        clock = int(parse_clock(HEADER["start"]) + measures[key])
        assert f"{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}" in told, key
    for key in ("challenges_wrong", "bystander_emergency_calls", "calls_duplicate", "calls_abandoned"):
        assert text(language, f"paragraph.side.{key}", times=text(language, "form.once")) in told
    assert "Dorpsstraat" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paragraph_tells_why_one_was_found_and_whether_another_was_noticed(language: str) -> None:
    story = Story(records=list(evening().records))
    story.add("game", "organiser", 0, game="Tweede", suspects=["suspect-2"], duration_s=3600.0, area=None, prize="")
    (found,) = (record for record in evening().records if record.kind == "question")
    (hint,) = (record for record in evening().records if record.kind == "hint")
    facts = {"found_at_s": found.time_s, "posted_at_s": hint.time_s}
    how = cause_words(str(HEADER["start"]), {"key": "found-by-hint", "facts": facts, "records": []}, language)
    both = text(language, "paragraph.found_of", count="1", total="2")
    told = " ".join(paragraph(story.trace(), score(story.trace()), language))
    assert f"{how} {both} {text(language, 'paragraph.others_unseen')}" in told
    story.sighting("n2/1", 600, ("fact:x",), suspect="suspect-2")
    told = " ".join(paragraph(story.trace(), score(story.trace()), language))
    assert f"{how} {both} {text(language, 'paragraph.others_seen', times=text(language, 'form.once'))}" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paragraph_tells_of_an_evening_in_which_nothing_happened(language: str) -> None:
    told = paragraph(Trace(HEADER, ()), score(Trace(HEADER, ())), language)
    keys = ("unseen", "uncalled", "unposted", "not_found", "side.none")
    assert [text(language, f"paragraph.{key}") for key in keys if text(language, f"paragraph.{key}") in told] == [
        text(language, f"paragraph.{key}") for key in keys
    ]
    assert not re.search(r"[{}]", " ".join(told))


def test_side_effects_are_told_once() -> None:
    for measure in MEASURES:
        told = html.escape(measure.meaning("nl"), quote=True).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
        assert page("nl").count(f'<span class="meaning">{told}</span>') == 1, measure.key
    side = page("nl").partition('id="side"')[2].partition("</section>")[0]
    assert all(f">{measure.label('nl')}<" in side for measure in MEASURES if measure.key in SIDE_EFFECTS)


def sentences(language: str) -> set[str]:
    """Give the parts of the texts of a language that could be taken for no other: between fields, at least three words."""
    other = next(one for one in LANGUAGES if one != language)
    foreign = " ".join(catalogue(other).values())
    parts = {part.strip() for words in catalogue(language).values() for part in re.split(r"\{\w+\}", words)}
    parts |= {known.meaning for known in REGISTRY.values()} if language == "en" else set()
    return {part for part in parts if len(part.split()) > 2 and part not in foreign}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_other_language_is_on_a_page(language: str) -> None:
    other = next(one for one in LANGUAGES if one != language)
    shown = html.unescape(HIDDEN.sub("", page(language)))
    own = [words for words in sentences(language) if words in shown]
    assert len(own) > 150
    assert not [words for words in sentences(other) if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", shown)]
