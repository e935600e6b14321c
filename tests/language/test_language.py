"""The catalogues hold the same texts, all of them used, and numbers and times come out as readers expect."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.language.catalogue import LANGUAGES, catalogue, has_text, text
from simulation.language.dates import date_words
from simulation.language.forms import clock, compass, duration, number, percentage, sentence, times

ROOT = Path(__file__).parents[2] / "simulation"
KEY = re.compile(r"[a-z]+(\.[\w-]+)+")


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def patterns_in_code() -> set[str]:
    """Collect the keys that code names, the variable parts as `.+`."""
    found: set[str] = set()
    for path in [*ROOT.rglob("*.py"), ROOT.parent / "cli.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                found.add(re.escape(node.value))
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                found.add("".join(parts))
    return found


def patterns_in_templates() -> set[str]:
    found: set[str] = set()
    for path in ROOT.rglob("*.j2"):
        for call in re.findall(r"\bt\(([^)]*)", path.read_text(encoding="utf-8")):
            found |= {re.escape(key) + (".+" if key.endswith(".") else "") for key in re.findall(r'"([a-z]+\.[\w.-]*)"', call)}
    return found


def test_both_catalogues_hold_the_same_keys_and_fields() -> None:
    dutch, english = (catalogue(language) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    assert {key: fields_of(words) for key, words in dutch.items()} == {key: fields_of(words) for key, words in english.items()}


def test_every_text_is_used() -> None:
    patterns = [
        re.compile(pattern) for pattern in patterns_in_code() | patterns_in_templates() if re.match(r"[a-z]+\\\.", pattern)
    ]
    unused = [key for key in catalogue("en") if not any(pattern.fullmatch(key) for pattern in patterns)]
    assert not unused


def test_every_used_text_exists() -> None:
    rooms = {key.partition(".")[0] for key in catalogue("en")}
    named = set()
    for path in [*ROOT.rglob("*.py"), ROOT.parent / "cli.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text":
                named |= {arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant)}
    for path in ROOT.rglob("*.j2"):
        named |= set(re.findall(r'\bt\("([\w.-]+)"', path.read_text(encoding="utf-8")))
    missing = [key for key in named if key not in catalogue("en") and not key.endswith(".")]
    assert len(named) > 50
    assert rooms
    assert not missing


def test_no_text_is_empty_or_a_copy() -> None:
    dutch, english = catalogue("nl"), catalogue("en")
    assert all(words.strip() for words in (*dutch.values(), *english.values()))
    long = [key for key, words in dutch.items() if len(words) > 30 and words == english[key]]
    assert not long


def test_fields_are_put_in_as_they_are() -> None:
    assert text("en", "why.gave_up", who="{who} <b> {0}") == "{who} <b> {0} stops searching."
    assert not has_text("nl", "why.nothing-of-this-name")


@pytest.mark.parametrize(
    ("language", "value", "decimals", "words"),
    [
        ("nl", 1234567.891, 2, "1.234.567,89"),
        ("en", 1234567.891, 2, "1,234,567.89"),
        ("nl", 0, 0, "0"),
        ("nl", -1.25, 1, "-1,2"),
    ],
)
def test_numbers(language: str, value: float, decimals: int, words: str) -> None:
    assert number(language, value, decimals) == words


def test_shares() -> None:
    assert [percentage("nl", share) for share in (0, 0.0312, 0.5, 1)] == ["0%", "3,1%", "50%", "100%"]


@pytest.mark.parametrize(
    ("start", "seconds", "words"),
    [("19:30", 730.9, "19:42:10"), ("23:59", 60, "00:00:00"), ("19:30", -1, "19:29:59"), ("19:30:15", 0, "19:30:15")],
)
def test_clock_times(start: str, seconds: float, words: str) -> None:
    assert clock(start, seconds) == words


@pytest.mark.parametrize(
    ("seconds", "dutch", "english"),
    [
        (0, "0 s", "0 s"),
        (59.6, "59 s", "59 s"),
        (60, "1 min", "1 min"),
        (425, "7 min 5 s", "7 min 5 s"),
        (5400, "1 uur 30 min", "1 h 30 min"),
    ],
)
def test_durations(seconds: float, dutch: str, english: str) -> None:
    assert (duration("nl", seconds), duration("en", seconds)) == (dutch, english)


def test_how_often() -> None:
    assert (times("nl", 1), times("nl", 3), times("en", 1), times("en", 1200)) == ("één keer", "3 keer", "once", "1,200 times")


@given(st.floats(-100, 100))
def test_opposite_directions_have_opposite_names(direction_rad: float) -> None:
    opposite = {"east": "west", "north": "south", "northeast": "southwest", "northwest": "southeast"}
    opposite = {f"the {key}": f"the {value}" for key, value in opposite.items()}
    opposite |= {value: key for key, value in opposite.items()}
    here, there = compass("en", direction_rad), compass("en", direction_rad + 3.141592653589793)
    turned = compass("en", direction_rad + 3.1416), compass("en", direction_rad + 3.1415)
    assert opposite[here] in {there, *turned}


def test_sentences_begin_with_a_capital() -> None:
    assert sentence("de avond") == "De avond"
    assert sentence("") == ""


def test_dates_in_full() -> None:
    assert date_words("nl", "2018-03-07") == "woensdag 7 maart 2018"
    assert date_words("en", "2018-03-07") == "Wednesday, 7 March 2018"
    assert date_words("en", "<soon>") == "<soon>"


def test_words_of_the_command_line_need_no_babel() -> None:
    code = (
        "import sys, simulation.language.forms, simulation.scoring.summary, simulation.trace.why_words\n"
        "heavy = {'babel', 'jinja2', 'matplotlib', 'scipy'} & set(sys.modules)\n"
        "sys.exit(len(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
