"""What is wrong with a file as YAML, before anything is known of scenarios: told with its place, and hiding nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import Problem, ScenarioError
from simulation.scenario.loader import parse_scenario

Problems = Callable[[str], tuple[Problem, ...]]

BAD_TEXTS = {
    "empty": ("", "the file is empty; 'boef new FILE' writes an example", (0, 0)),
    "only a comment": ("# nothing\n", "the file is empty", (0, 0)),
    "a list": ("- 1\n", "a scenario starts with keys such as title:", (1, 1)),
    "a word": ("hello\n", "a scenario starts with keys", (1, 1)),
    "tab as indentation": ("games:\n\t- name: x\n", "there is a tab here", (2, 1)),
    "anchor": ("title: &t x\n", "an anchor (&t) is not allowed here", (1, 8)),
    "alias": ("title: *t\n", "an alias (*t) is not allowed here", (1, 8)),
    "python object": ("title: !!python/object:os.system x\n", "a tag (!!python/object:os.system) is not allowed", (1, 8)),
    "own tag": ("title: !secret x\n", "a tag (!secret) is not allowed", (1, 8)),
    "tag on a key": ("!!str title: x\n", "a tag (!!str) is not allowed", (1, 1)),
    "merge key": ("<<: {title: x}\n", "a merge key (<<) is not allowed", (1, 1)),
    "5,000 brackets": ("[" * 5000, "nested more than 32 levels deep", (1, 33)),
    "5,000 braces": ("{a: " * 5000, "nested more than 32 levels deep", (1, 129)),
    "5,000 dashes": ("- " * 5000, "nested more than 32 levels deep", (1, 65)),
    "a key that is a list": ("? [a, b]\n: 1\n", "a key must be a plain word; put a text that starts with {", (1, 3)),
    "two documents": ("title: x\n---\ntitle: y\n", "a second document starts here", (2, 1)),
    "two colons": ("title: a: b\n", "this cannot be read as YAML: mapping values are not allowed here", (1, 9)),
    "no space after the colon": (
        "title: x\nseed:5\nmap: x\n",
        "write a colon and a space between them, as in seed: 5",
        (2, 1),
    ),
    "an apostrophe in front": ("title: 's avonds\nseed: 5\n", "the quote that opens here is not closed", (1, 8)),
    "a second part after dots": ("title: x\n...\nseed: 5\n", "remove the line --- or ...", (3, 1)),
    "open bracket": ("games: [1, 2\n", "this cannot be read as YAML", (2, 1)),
    "binary junk": ("\x00\x01\x02\x7f", "there is a character that text does not have", (1, 0)),
    "bell in the third line": ("a: 1\nb: 2\nc: \x07\n", "there is a character that text does not have", (3, 0)),
}


@pytest.mark.parametrize(("text", "message", "place"), BAD_TEXTS.values(), ids=list(BAD_TEXTS))
def test_a_text_that_is_no_scenario_is_refused(problems: Problems, text: str, message: str, place: tuple[int, int]) -> None:
    assert [(problem.line, problem.column) for problem in problems(text) if message in problem.message] == [place]


def test_every_repeated_key_is_reported(small: str, problems: Problems) -> None:
    found = problems(f"{small}title: Again\nseed: 1\nseed: 2\nnumber: {{lines: 1, lines: 2}}\n")
    assert [problem.message for problem in found] == [
        "the key 'title' is used before, on line 1; remove one of the two",
        "the key 'seed' is used before, on line 11; remove one of the two",
        "the key 'lines' is used before, on line 13; remove one of the two",
    ]


def test_of_a_repeated_key_the_first_value_is_checked(small: str, problems: Problems) -> None:
    found = problems(small.replace("start: 19:30", "start: 19:75\nseed: abc\nstart: 19:30\nplayers: {count: 3, count: -3}"))
    assert [(problem.line, problem.column, problem.message.split(";")[0]) for problem in found] == [
        (3, 8, "start: '19:75' is not a time of day"),
        (4, 7, "seed: 'abc' should be a whole number"),
        (5, 1, "the key 'start' is used before, on line 3"),
        (6, 21, "the key 'count' is used before, on line 6"),
    ]


BESIDE = {
    "anchor": ("start: &s 19:75", ["3:8 an anchor (&s)", "3:8 start: '19:75' is not a time of day"]),
    "alias": ("start: *s", ["3:8 an alias (*s)"]),
    "alias of a block": ("start: 19:30\nplayers: {count: *n}", ["4:18 an alias (*n)"]),
    "alias of a parameter": (
        "start: 19:30\nparameters: {p_watch: *p}",
        ["4:23 an alias (*p)", "4:23 parameters.p_watch: *p is not a number"],
    ),
    "alias below an unknown key": ("start: 19:30\nsead: *s", ["4:1 unknown key 'sead'", "4:7 an alias (*s)"]),
    "tag": ("start: !!str 1930", ["3:8 a tag (!!str)", "3:8 start: 1930 is not a time of day"]),
    "tag on a text in quotes": ("start: !!str '19:30'", ["3:8 a tag (!!str)"]),
    "merge key": (
        "start: 19:30\nresidents: {<<: {count: 0}, cuont: 5}",
        ["4:13 a merge key", "4:29 unknown key 'cuont'"],
    ),
    "a key that is a list": ("start: 19:75\n? [a, [b]]\n: [c]", ["3:8 start: '19:75'", "4:3 a key must be a plain word"]),
    "a place to fill in": ("start: {{start}}", ["3:8 start: {} is not", "3:9 a key must be a plain word"]),
}


@pytest.mark.parametrize(("start", "expected"), BESIDE.values(), ids=list(BESIDE))
def test_what_is_not_allowed_hides_nothing_else(small: str, problems: Problems, start: str, expected: list[str]) -> None:
    found = problems(small.replace("start: 19:30", start).replace("title: Small", "titel: Small"))
    places = [f"{problem.line}:{problem.column} {problem.message}" for problem in found]
    wanted = ["1:1 unknown key 'titel'", "1:1 title is missing", *expected]
    assert len(places) == len(wanted), places
    assert all(any(place.startswith(text) for place in places) for text in wanted), places


def test_a_second_document_hides_nothing_of_the_first(small: str, problems: Problems) -> None:
    found = problems(small.replace("19:30", "19:75") + "---\nstart: 19:99\n")
    assert [(problem.line, problem.message.split(";")[0]) for problem in found] == [
        (3, "start: '19:75' is not a time of day"),
        (10, "a second document starts here"),
    ]


def test_a_flood_of_repeated_keys_is_cut_off(problems: Problems) -> None:
    found = problems("title: x\n" * 2000)
    assert len(found) == 101
    assert found[-1].message == "and perhaps more: reading stopped here"


def test_a_flood_of_values_is_refused_before_it_fills_the_memory(problems: Problems) -> None:
    for text in (f"games: [{'{}, ' * 30_000}]", f"games: [{'{}, ' * 300}]\n" * 90):
        assert problems(text)[-1].message == "the file holds more than 20,000 values, which no scenario does"


def test_no_and_clock_times_stay_text(small: str) -> None:
    game = parse_scenario(small.replace("name: Only", "name: no").replace("upper: red coat", "upper: 19:30")).scenario.games[0]
    assert game.name == "no"
    assert game.suspects[0].description["upper"] == "19:30"


@given(st.text(max_size=200))
def test_no_text_makes_the_loader_stumble(text: str) -> None:
    with pytest.raises(ScenarioError):
        parse_scenario(text)


@given(st.data())
def test_no_change_to_a_good_file_makes_the_loader_stumble(data: st.DataObject) -> None:
    game = "{name: O, end: 21:00, suspects: [{name: R, behaviour: {visit: shop}}]}"
    good = f"title: S\ndate: 2026-09-16\nstart: 19:30\ngames: [{game}]\n"
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 12)))
    changed = good[:start] + data.draw(st.text(alphabet=" \t\n:[]{},-?&*!|>'\"%@`#.aé0\x00", max_size=8)) + good[end:]
    outcome: object
    try:
        outcome = parse_scenario(changed).scenario.games
    except ScenarioError as error:
        outcome = error.problems
    assert outcome
