"""Every way we know in which the file of a sweep can be wrong: a clear message with its place, and never a traceback."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from simulation.errors import ScenarioError
from simulation.scenario.registry import REGISTRY
from simulation.scenario.sweeps import load_design, parse_design

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
scenario: zoomwijck-fase-2
method: factorial
factors:
"""


def problems(text: str) -> list[tuple[int, int, str]]:
    """Give line, column and message of all that is wrong with a file."""
    with pytest.raises(ScenarioError) as caught:
        parse_design(text, "my.yaml")
    assert all(problem.file == "my.yaml" for problem in caught.value.problems)
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


def lines(*rows: str) -> str:
    """Write a file with these factors."""
    return HEAD + "".join(f"  - {row}\n" for row in rows)


GRADE_B = [known.name for known in REGISTRY.values() if known.grade == "B"]
MANY = ("players.count", "players.share", "residents.count", "residents.trained", "number.lines", "structure.cap", "date")
PLAYERS = "{field: players.count, levels: [20, 50]}"
BAD: dict[str, tuple[str, list[tuple[int, int, str]]]] = {
    "empty": ("", [(1, 1, "a sweep starts with keys such as scenario: and factors:")]),
    "a list": ("- a\n", [(1, 1, "a sweep starts with keys")]),
    "nothing": (
        "{}",
        [(1, 1, "scenario is missing"), (1, 1, "method is missing"), (1, 1, "factors is missing: What is varied.")],
    ),
    "unknown key": (lines(PLAYERS) + "replication: 3\n", [(5, 1, "unknown key 'replication' - did you mean 'replications'?")]),
    "unknown key of a factor": (
        lines("{field: language, level: [nl]}"),
        [(4, 23, "unknown key 'level' - did you mean 'levels'?")],
    ),
    "a key twice": (lines(PLAYERS) + "method: factorial\n", [(5, 1, "the key 'method' is used before, on line 2")]),
    "an anchor": (lines("{field: players.count, levels: &a [20]}"), [(4, 36, "an anchor (&a) is not allowed here")]),
    "a tag": (lines("{field: players.count, levels: [!!int 20]}"), [(4, 37, "a tag (!!int) is not allowed here")]),
    "an alias": (lines("{field: players.count, levels: [*a]}"), [(4, 37, "an alias (*a) is not allowed here")]),
    "no YAML": ("scenario: [", [(1, 12, "this cannot be read as YAML")]),
    "a bracket without quotes": (lines("{field: games[0].end, levels: [x]}"), [(4, 18, "this cannot be read as YAML: ")]),
    "unknown method": (
        lines(PLAYERS).replace("factorial", "sobel"),
        [
            (
                2,
                9,
                "method: 'sobel' is not one of factorial, one-at-a-time, latin-hypercube, sobol, sobol-indices - did",
            )
        ],
    ),
    "no replications": (lines(PLAYERS) + "replications: 0\n", [(5, 15, "replications: 0 should be at least 1")]),
    "unknown measure": (
        lines(PLAYERS) + "measures: [fond]\n",
        [(5, 12, "measures[0]: there is no measure 'fond' - did you mean 'found'?")],
    ),
    "a measure without numbers": (
        lines(PLAYERS) + "measures: [found_by]\n",
        [(5, 12, "measures[0]: 'found_by' is no number")],
    ),
    "no factors": (HEAD.replace("factors:", "factors: []"), [(3, 10, "factors: this should hold at least 1, and holds 0")]),
    "no scenario of that name": (
        lines(PLAYERS).replace("fase-2", "fase-3"),
        [(1, 11, "scenario: 'zoomwijck-fase-3': there is no such file, and no shipped scenario of that name")],
    ),
    "an unknown field": (
        lines("{field: playrs.count, levels: [1]}"),
        [(4, 13, "factors[0].field: 'playrs.count' is no field: unknown key 'playrs' - did you mean 'players'?")],
    ),
    "an unknown field below": (
        lines("{field: players.cont, levels: [1]}"),
        [(4, 13, "factors[0].field: 'players.cont' is no field: unknown key 'cont' - did you mean 'count'?")],
    ),
    "a list that is none": (
        lines('{field: "players[0]", levels: [1]}'),
        [(4, 13, "factors[0].field: 'players[0]' is no field: players is no list")],
    ),
    "a field of two words": (
        lines("{field: number of players, levels: [1]}"),
        [(4, 13, "factors[0].field: 'number of players' is no field; write for example players.count")],
    ),
    "the seed": (
        lines("{field: seed, levels: [1]}"),
        [(4, 13, "factors[0].field: every point is played with the same seeds; replications says")],
    ),
    "an unknown parameter": (
        lines("{field: parameters.p_wach, levels: [1]}"),
        [(4, 13, "factors[0].field: there is no parameter 'p_wach' - did you mean 'p_watch'?")],
    ),
    "all parameters": (
        lines("{field: parameters, levels: [1]}"),
        [(4, 13, "factors[0].field: 'parameters' is no field; name one parameter")],
    ),
    "no such game": (
        lines('{field: "games[2].end", levels: ["21:00"]}', '{field: "units[0].name", levels: [x]}'),
        [(4, 13, "games of the scenario holds 1, and the first is games[0]"), (5, 13, "the scenario has no list units")],
    ),
    "a list as a whole": (
        lines("{field: games.end, levels: [x]}"),
        [(4, 13, "games is a list in the scenario; say which of it, for example games[0].end")],
    ),
    "a factor twice": (lines(PLAYERS, PLAYERS), [(5, 13, "factors[1].field: the factor players.count is named before")]),
    "a factor in another": (
        lines(PLAYERS, "{field: players, levels: [{count: 3}]}"),
        [(5, 13, "factors[1].field: players and players.count, named before, are parts of one another")],
    ),
    "a level twice": (
        lines("{field: players.count, levels: [20, 20]}"),
        [(4, 41, "factors[0].levels[1]: the level 20 is named before")],
    ),
    "no levels": (lines("{field: players.count, levels: []}"), [(4, 36, "factors[0].levels: this should hold at least 1")]),
    "neither levels nor range": (
        lines("{field: players.count}"),
        [(4, 5, "factors[0]: say which values it takes: either levels or range")],
    ),
    "levels and range": (
        lines("{field: players.count, levels: [3], range: [1, 2]}"),
        [(4, 5, "factors[0]: say which values it takes: either levels or range")],
    ),
    "neither field nor grade": (lines("{levels: [3]}"), [(4, 5, "factors[0]: say what is varied: either field or grade")]),
    "levels of a grade": (
        lines("{grade: D, levels: [3]}"),
        [(4, 24, "factors[0].levels: this goes with field; a grade has the plausible ranges")],
    ),
    "a grade twice": (
        lines("{grade: C}", "{grade: C}").replace("factorial", "one-at-a-time"),
        [(5, 13, "factors[1].grade: grade C is named before; remove one of the two")],
    ),
    "nothing left of a grade": (
        lines(f"{{grade: B, except: [{', '.join(GRADE_B)}]}}").replace("factorial", "one-at-a-time"),
        [(3, 1, "factors: no parameter is left to vary")],
    ),
    "unknown grade": (lines("{grade: E}"), [(4, 13, "factors[0].grade: 'E' is not one of A, B, C, D")]),
    "except of a field": (
        lines("{field: players.count, levels: [3], except: [p_mute]}"),
        [(4, 49, "factors[0].except: this goes with grade")],
    ),
    "except of nothing": (
        lines("{grade: D, except: [p_mut]}"),
        [(4, 25, "factors[0].except[0]: there is no parameter 'p_mut' - did you mean 'p_mute'?")],
    ),
    "beyond the range of a field": (
        lines("{field: players.count, levels: [3], beyond_range: true}"),
        [(4, 55, "factors[0].beyond_range: this goes with parameters")],
    ),
    "a range in a full factorial": (
        lines("{field: players.count, range: [3, 9]}", "{grade: D}"),
        [
            (4, 35, "factors[0].range: a full factorial takes levels: [...]"),
            (5, 13, "factors[1].grade: a full factorial takes levels"),
        ],
    ),
    "points of a full factorial": (
        lines(PLAYERS) + "points: 8\n",
        [(5, 9, "points: the points of factorial follow from the factors; remove this line")],
    ),
    "no points": (
        lines(PLAYERS).replace("factorial", "latin-hypercube"),
        [(2, 9, "method: latin-hypercube needs points: write how many, for example points: 64")],
    ),
    "60 points": (
        lines(PLAYERS).replace("factorial", "sobol") + "points: 60\n",
        [(5, 9, "points: 60 is not a power of two, and only then are Sobol points balanced; write 32 or 64")],
    ),
    "a full factorial of millions": (
        lines(*(f"{{field: {field}, levels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}}" for field in MANY)),
        [(3, 1, "factors: 10 x 10 x 10 x 10 x 10 x 10 x 10 levels make 10,000,000 points, and a sweep has at most 10,000;")],
    ),
    "Sobol indices of too many": (
        lines(PLAYERS).replace("factorial", "sobol-indices") + "points: 8192\n",
        [(3, 1, "factors: with 1 factors there are 24,576 points")],
    ),
    "a range beyond the plausible one": (
        lines("{field: parameters.p_watch, levels: [0.3]}", "{field: parameters.p_mute, range: [0, 1.5], beyond_range: true}"),
        [
            (
                4,
                42,
                "factors[0].levels[0]: p_watch = 0.3 lies outside its plausible range, ",
            ),
            (5, 39, "factors[1].range: p_mute = 1.5 cannot be; it must lie from 0 to 1"),
        ],
    ),
    "a range the wrong way round": (
        lines("{field: players.count, range: [9, 3]}"),
        [(4, 35, "factors[0].range: 9 is not less than 3; write the low end first")],
    ),
    "a range of three": (
        lines("{field: players.count, range: [1, 2, 3]}"),
        [(4, 35, "factors[0].range: this holds more than the 2 items that are allowed")],
    ),
    "a range of parts of players": (
        lines("{field: players.count, range: [1.5, 3]}"),
        [(4, 35, "factors[0].range: players.count takes whole numbers")],
    ),
    "a range of two kinds": (
        lines('{field: "games[0].end", range: ["20:00", 90 min]}'),
        [(4, 36, "factors[0].range: '20:00' and '90 min' are no two values of one kind")],
    ),
    "a range of words": (
        lines("{field: players.count, range: [few, many]}"),
        [(4, 35, "factors[0].range: 'few' and 'many' are no two values of one kind; write for example [5 min, 20 min]")],
    ),
    "an endless range": (
        lines("{field: players.count, range: [1, .inf]}"),
        [(4, 35, "factors[0].range: write two numbers, or two texts with a unit")],
    ),
    "all at once": (
        lines("{field: playrs.count, levels: [1]}", "{grade: E}").replace("factorial", "all") + "replications: -1\nseeds: 4\n",
        [
            (2, 9, "method: 'all' is not one of"),
            (4, 13, "factors[0].field: "),
            (5, 13, "factors[1].grade: "),
            (6, 15, "replications: -1"),
            (7, 1, "unknown key 'seeds'"),
        ],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_told_with_its_place(case: str) -> None:
    text, expected = BAD[case]
    found = problems(text)
    assert [(line, column) for line, column, _ in found] == [(line, column) for line, column, _ in expected]
    for (_, _, message), (_, _, start) in zip(found, expected, strict=True):
        assert message.startswith(start)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_bytes(b"#" * 1_000_001)
    (tmp_path / "bytes.yaml").write_bytes(b"scenario: \xff")
    told = {
        "big.yaml": "the file is larger than 1 MB, which no sweep is",
        "bytes.yaml": "this is not text in UTF-8",
        "no.yaml": "there is no such file",
        ".": "this is a folder",
    }
    for name, message in told.items():
        with pytest.raises(ScenarioError) as caught:
            load_design(tmp_path / name)
        (problem,) = caught.value.problems
        assert problem.message.startswith(message)
        assert problem.file == os.fspath(tmp_path / name)


def test_what_is_wrong_with_the_scenario_points_into_the_scenario(tmp_path: Path, small: str) -> None:
    (tmp_path / "my.yaml").write_text(small.replace("title: Small", "titel: Small"), encoding="utf-8")
    (tmp_path / "sweep.yaml").write_text(lines(PLAYERS).replace("zoomwijck-fase-2", "my.yaml"), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_design(tmp_path / "sweep.yaml")
    assert (caught.value.problems[0].file, caught.value.problems[0].line) == (str(tmp_path / "my.yaml"), 1)
