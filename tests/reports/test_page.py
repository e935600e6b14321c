"""The page is whole, harmless whatever it is fed, and repeatable."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.language.catalogue import LANGUAGES, text
from simulation.reports import report_html
from simulation.reports.document import clean
from simulation.reports.drawn import drawn
from simulation.reports.evening.page import Among
from simulation.reports.evening.rows import QUESTION_LIMIT, timeline
from simulation.scenario.conditions import parse_condition
from simulation.scenario.goals import Goal
from simulation.scoring import MEASURES, score
from simulation.scoring.goals import rate
from simulation.scoring.summary import structure_words
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, Story, evening, street_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.maps.streetmap import StreetMap

ABOUT = {
    "parameters": [
        {"name": "p_watch", "value": 0.08, "unit": "share", "meaning": "eyes on the street", "grade": "D"},
        {"name": "d_half_m", "value": 40, "unit": "m", "meaning": "distance at which recognition halves", "grade": "A"},
    ]
}
VOID = {"meta", "br", "img", "input", "link", "hr"}
ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}\u202egnp.exe 🦹🏽‍♀️\x00"


class Tree(HTMLParser):
    """Checks that tags are closed in order, and collects what a browser would act on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    def told(self) -> str:
        return " ".join(" ".join(self.words).split())


def named(words: str) -> StreetMap:
    """Give the map by hand with some words as the name of every street, and as its title."""
    whole = street_map()
    names = set(whole.streets.edge_name.tolist()) - {0}
    texts = tuple(words if index in names else name for index, name in enumerate(whole.texts))
    return replace(whole, texts=texts, about={**whole.about, "title": words})


def page_of(
    trace: Trace,
    language: str = "en",
    about: Mapping[str, Any] | None = None,
    goals: Sequence[Goal] = (),
    on: StreetMap | None = None,
) -> str:
    measures = score(trace)
    rated = {"goals": rate(trace, measures, goals) if goals else None}
    return report_html(trace, {**measures, **rated}, on or street_map(), ABOUT if about is None else about, language)


def goals_of(title: str = "") -> tuple[Goal, ...]:
    """Give goals of which some are met and some are not, and one is not rated."""
    texts = ("first_call_s <= 5 min", "found = yes", "forwards >= 3", "dispatch_to_scene_s <= 9 min", "all_found_at_s < 1 min")
    return tuple(Goal(condition=parse_condition(text), title=title) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_how_far_the_goals_were_met(language: str) -> None:
    tree = Tree(page_of(evening(), language, goals=goals_of()))
    assert not tree.open
    told = tree.told()
    for letter in ("P", "S", "U"):  # a letter never stands without its meaning
        assert f"{letter} ({text(language, f'goal.letter.{letter}')})" in told
    assert text(language, "goal.not_rated") in told
    assert ("25 s te laat" if language == "nl" else "25 s too late") in told
    assert text(language, "goal.heading") not in Tree(page_of(evening(), language)).words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_what_the_documents_tell_if_they_tell_anything(language: str) -> None:
    heading = text(language, "page.documents")
    about = {**ABOUT, "scenario": {"happened": "A <b>letter</b> was handed over.", "source": "A guide"}}
    page = page_of(evening(), language, about)
    assert f"{heading} A <b>letter</b> was handed over. {text(language, 'page.source')}: A guide" in Tree(page).told()
    for words in ("A &lt;b&gt;letter&lt;/b&gt; was handed over.", "A guide"):
        assert f'lang="{HEADER["language"]}">{words}<' in page
    assert heading not in Tree(page_of(evening(), language, {**ABOUT, "scenario": {"happened": "", "source": "x"}})).told()
    assert heading not in Tree(page_of(evening(), language)).told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_everything(language: str) -> None:
    tree = Tree(page_of(evening(), language))
    assert not tree.open
    told = tree.told()
    for words in (
        "Oefening",
        "Bedachte buurt",
        "19:40:50",
        text(language, "page.invented"),
        "0123abcd" * 8,
        "ewoner 3" if language == "nl" else "esident 3",
        "p_watch",
    ):
        assert words in told
    assert all(measure.label(language) in told for measure in MEASURES)
    assert dict(tree.tags)["html"] == {"lang": language}
    assert ("aanname" if language == "nl" else "assumption") in told
    assert ("0,08" if language == "nl" else "0.08") in told
    assert ("woensdag 7 maart 2018" if language == "nl" else "Wednesday, 7 March 2018") in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_names_the_structure_and_of_which_evenings_it_is_one(language: str) -> None:
    def head(among: Among | None) -> str:
        return report_html(evening(), score(evening()), street_map(), ABOUT, language, among).partition("</header>")[0]

    structure = structure_words(str(evening().header["structure"]), language)
    alone, one = head(None), head(Among(f"{ATTACK} 7", "../report.html"))
    assert f"<p>{text(language, 'page.structure')}: {structure}</p>" in alone
    assert "<a href" not in alone.partition("<header>")[2]
    assert f'<a href="../report.html">{text(language, "comparison.back")}</a>' in one
    tree = Tree(one)
    assert tree.told().count("<script>alert(1)</script>") == 2  # in the title of the window, and in the head
    assert not [tag for tag, attributes in tree.tags if "onerror" in attributes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_a_real_place_names_whose_data_its_map_is(language: str) -> None:
    real = street_map()
    real = replace(real, about={**real.about, "synthetic": False})
    told = Tree(report_html(evening(), score(evening()), real, ABOUT, language)).told()
    assert "© OpenStreetMap contributors, ODbL" in told
    assert text(language, "page.invented") not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_says_what_the_numbers_on_the_map_are(language: str) -> None:
    told = text(language, "legend.numbers", list=text(language, "page.map_table"))
    assert told in Tree(page_of(evening(), language)).told()
    assert told not in Tree(page_of(Trace(HEADER, ()), language, {})).told()


def test_the_policy_allows_this_style_sheet_and_this_script_and_nothing_else() -> None:
    page = page_of(evening())
    policy = next(attrs["content"] for tag, attrs in Tree(page).tags if tag == "meta" and "http-equiv" in attrs)
    digests = {}
    for tag in ("script", "style"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digests[tag] = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    allowed = "; ".join(f"{tag}-src 'sha256-{digest}'" for tag, digest in digests.items())
    assert policy == f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'; form-action 'none'"


def test_the_page_points_nowhere_and_runs_our_own_script_only() -> None:
    tree = Tree(page_of(evening()))
    assert not {"link", "iframe", "object", "form", "base"} & {tag for tag, _ in tree.tags}
    assert [attrs for tag, attrs in tree.tags if tag == "script"] == [{"type": "application/json"}, {}]
    names = {name for _, attrs in tree.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    sources = [(tag, str(attrs["src"])[:19]) for tag, attrs in tree.tags if "src" in attrs]
    assert sources == [("img", "data:image/svg+xml,")] * 4
    assert {attrs["href"] for _, attrs in tree.tags if "href" in attrs} == {"#content"}


def test_the_page_is_repeatable() -> None:
    assert page_of(evening(), "nl") == page_of(evening(), "nl")


def test_the_title_of_a_goal_stays_text() -> None:
    title = '"><script>alert(1)</script>\u202e{0}'
    tree = Tree(page_of(evening(), goals=goals_of(title)))
    assert not tree.open
    assert tree.tags.count(("script", {})) == 1
    assert '"><script>alert(1)</script>{0}' in tree.told()


def hostile(text: str) -> Trace:
    """Tell the small evening with some text wherever an outsider can put one."""
    records = []
    for record in evening().records:
        data = dict(record.data)
        for name, value in data.items():
            if name in {"street", "act", "game", "channel"}:
                data[name] = text
            if isinstance(value, dict) and "street" in value:
                data[name] = value | {"street": text}
        if record.kind == "hint":
            data["tell"] = {text: text}
        records.append(record._replace(data=data))
    return Trace(
        HEADER | dict.fromkeys(("scenario", "map_title", "structure", "map", "version", "date"), text), tuple(records)
    )


@pytest.mark.parametrize(
    "text", [ATTACK, "x" * 10_000, "\u202e\u2066\u200f", "🦹" * 3000, "</style>", "", "{who} %s {0}"], ids=range(7)
)
def test_outside_text_stays_text(text: str) -> None:
    about = {"parameters": [{"name": text, "value": 1.5, "unit": text, "meaning": text, "grade": "D"}]}
    page = page_of(hostile(text), "nl", about, on=named(text))
    tree = Tree(page)
    assert not tree.open
    assert {tag for tag, _ in tree.tags} == {tag for tag, _ in Tree(page_of(evening(), "nl")).tags}
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\u200e\u200f]", page)
    assert len(page) < 300_000


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=50))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    words = text.replace("\ud800", "")
    assert not Tree(page_of(hostile(words), on=named(words))).open


@given(st.text())
def test_clean_text_is_short_and_stays_clean(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown or len(text) > 600
    assert len(str(shown)) <= 601


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_evening_in_which_nothing_happened_has_a_page(language: str) -> None:
    for trace in (Trace(HEADER, ()), Story().trace()):
        tree = Tree(page_of(trace, language, {}))
        assert not tree.open
        assert ("nooit" if language == "nl" else "never") in tree.told()


def test_talk_about_other_things_is_no_first_message() -> None:
    story = Story(records=list(evening().records))
    story.post("n3/1", 20, ("draw:chatter:n3/1:0",), {}, content="chatter", place=None, seen_s=None)
    steps = [
        [row["clock"] for row in timeline(trace, "en") if row["step"] == "message"] for trace in (evening(), story.trace())
    ]
    assert steps == [["19:35:50"], ["19:35:50"]]


def test_what_the_organisers_told_and_somebody_passed_on_is_no_first_message() -> None:
    story = Story(records=list(evening().records))
    above = story.post("organiser", 20, ("game:organiser:1",), {0: 30.0}, content="start", place=None, seen_s=None)
    judged = story.add("judgement", "n1/1", 40, (f"{above}@n1/1",), post=above, target="group-1", verdict="passes-on")
    story.post("n1/1", 40, (judged, f"{above}@n1/1"), {}, content="start", place=None, seen_s=None)
    steps = [row["clock"] for row in timeline(story.trace(), "en") if row["step"] == "message"]
    assert steps == ["19:35:50"]


def test_what_the_desk_told_a_case_holder_is_no_first_message() -> None:
    story = Story(records=list(evening().records))
    called = story.add("callback", "desk", 20, ("report:desk:1",), case_holder="n3/1", case="report:desk:1", told=[])
    story.post("n3/1", 30, (called,), {}, place=None, seen_s=None)
    steps = [row["clock"] for row in timeline(story.trace(), "en") if row["step"] == "message"]
    assert steps == ["19:35:50"]


def test_many_marks_are_cut_and_it_is_said() -> None:
    story = Story()
    story.route("n1/1", "search", [(0, 0, 0), (900, 300, 0)], ("fact:x",))
    for index in range(90):
        story.sighting(f"n{index}", 10.0 * index, ("fact:x",), x_m=3.0 * index)
    asked = [story.add("question", "n1/1", 10.0 * index + 1, asked="suspect-1", answer="yes") for index in range(80)]
    story.add("found", "suspect-1", 791, asked[-1:], by="n1/1", found_by="resident", game="Spel")
    told = Tree(page_of(story.trace(), "en")).told()
    assert "only the first 60 are on the map" in told
    kinds = [mark.kind for mark in drawn(story.trace(), street_map()).happenings]
    assert {kind: kinds.count(kind) for kind in kinds} == {"sighting_mistaken": 60, "question_yes": 60, "found": 1}


def test_many_questions_leave_room_for_the_finding_in_the_timeline() -> None:
    story = Story()
    story.route("n1/1", "search", [(0, 0, 0), (900, 300, 0)], ("fact:x",))
    for index in range(80):
        asked = story.add("question", "n1/1", index, asked="n2/1", answer="no")
    story.add("found", "suspect-1", 100, (asked,), by="n1/1", found_by="resident", game="Spel")
    steps = [row["tag"] for row in timeline(story.trace(), "en")]
    assert len(steps) == QUESTION_LIMIT + 1
    assert f"the first {QUESTION_LIMIT} times" in Tree(page_of(story.trace())).told()
