"""The description of the model: its numbers follow from the registry, and what it names exists."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from simulation.scenario.description import filled
from simulation.scenario.outline import outline
from simulation.scenario.registry import GRADES, REGISTRY
from simulation.scoring import MEASURES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^\|.*\n", "", PAGE, flags=re.MULTILINE)
QUOTED = re.findall(r"`([^`\n]+)`", PAGE)
FIXED = re.findall(r"^\| .+ \| (-?[\d.]+) \| `(simulation\.[\w.]+)` \|$", PAGE, re.MULTILINE)

ALL = "*Numbers:* " + ", ".join(f"`{name}`" for name in REGISTRY)


def in_one_line(page: str) -> str:
    return " ".join(page.split())


def test_the_numbers_follow_from_the_registry() -> None:
    assert filled(PAGE) == PAGE, "run: python -m simulation.scenario.reference"
    assert PAGE.count("\n- **A**, ") == 1


def test_a_number_is_given_with_its_value_range_and_grade_and_with_a_unit_that_says_something() -> None:
    watch, dial = REGISTRY["p_watch"], REGISTRY["call_dial_s"]
    page = in_one_line(filled(f"# All\n\n{ALL}\n"))
    assert f" `p_watch` {watch.default:g} ({watch.low:g} to {watch.high:g}, {watch.grade})" in page
    assert f" `call_dial_s` {dial.default:g} s ({dial.low:g} to {dial.high:g}, {dial.grade})" in page
    assert re.findall(r"`(\w+)`", page) == list(REGISTRY)


def test_what_stands_around_the_numbers_stays() -> None:
    last = list(REGISTRY)[-1]
    slots = f"{ALL.removesuffix(f', `{last}`')},\nold 3.\n\nbetween `p_watch`\n\n*Numbers:* `{last}` 7 m\n"
    page = filled(f"before\n\n# All\n\nabove\n\n{slots}\nbelow *Numbers:* none\n")
    assert page.startswith("before\n\n# All\n\nabove\n\n*Numbers:* `")
    assert ").\n\nbetween `p_watch`\n\n*Numbers:* `" in page
    assert page.endswith(").\n\nbelow *Numbers:* none\n")
    assert "old 3" not in page
    assert filled(page) == page


def test_grades_are_counted_and_all_but_assumptions_named() -> None:
    page = filled(f"{ALL}\n\n- **A**, and what else\n- stood here\n\nbelow\n")
    assert page.endswith(": all others.\n\nbelow\n")
    lines = re.split(r"\n(?=- \*\*)", page)[1:]
    for line, (grade, meaning) in zip(lines, GRADES.items(), strict=True):
        names = [name for name, known in REGISTRY.items() if known.grade == grade]
        assert in_one_line(line).startswith(f"- **{grade}**, {len(names)} of {len(REGISTRY)}, {meaning}")
        assert re.findall(r"`(\w+)`", line) == ([] if grade == "D" else names)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("# All\n\n*Numbers:* `p_watch`\n", "not given: p_watch_player, watch_spell_s, "),
        (f"# All\n\n{ALL}, `p_watch`\n", "given twice: p_watch$"),
        (f"# All\n\n{ALL}, `p_wacht`\n", "no such number: p_wacht$"),
    ],
)
def test_what_is_wrong_with_the_numbers_is_told(page: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        filled(page)


def test_the_text_speaks_of_every_part_and_of_nothing_that_does_not_exist() -> None:
    words = {word for word in QUOTED if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", word)}
    keys = {key for part in outline().values() for key in part}
    assert len(words) > 100
    assert words <= {*REGISTRY, *keys, *(measure.key for measure in MEASURES)}


def test_every_file_that_is_named_exists() -> None:
    paths = [word for word in QUOTED if re.fullmatch(r"(simulation|tests)/[\w/.]+", word)]
    paths += [f"docs/{target}" for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", PAGE)]
    paths += [f"tests/verification/{word}" for word in QUOTED if re.fullmatch(r"test_\w+\.py", word)]
    assert len(paths) > 50
    assert not [path for path in paths if not (ROOT / path).exists()]


def test_every_section_that_is_named_exists() -> None:
    numbers = set(re.findall(r"^#+ ([\d.]*\d)", PAGE, re.MULTILINE))
    named = set(re.findall(r"[( ](7\.\d+)[,);:]", PROSE)) | set(re.findall(r"sections? (\d+)", in_one_line(PROSE)))
    assert len(named) > 20
    assert named <= numbers


@pytest.mark.parametrize(("value", "name"), FIXED, ids=[name for _, name in FIXED])
def test_what_stands_in_the_code_is_as_the_page_says(value: str, name: str) -> None:
    module, constant = name.rsplit(".", 1)
    assert getattr(import_module(module), constant) == float(value)


def test_the_page_says_what_stands_in_the_code() -> None:
    assert len(FIXED) == PAGE.count("| `simulation.") > 15
