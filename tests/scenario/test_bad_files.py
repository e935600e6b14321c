"""Every way we know in which a scenario file can be wrong: a clear message with its place, and never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation.errors import Problem, ScenarioError
from simulation.scenario.loader import load_scenario
from simulation.scenario.textfile import LARGEST_FILE

Problems = Callable[[str], tuple[Problem, ...]]

BAD_VALUES = {
    "19:75": ("start: 19:30", "start: 19:75", "start: '19:75' is not a time of day", (3, 8)),
    "a number for a time": ("start: 19:30", "start: 1930", "start: 1930 is not a time of day", (3, 8)),
    "end before start": ("end: 21:00", "end: 19:00", "games[0].end: the end, 19:00, does not lie after the start", (6, 10)),
    "end at start": ("end: 21:00", "end: 19:30", "does not lie after the start", (6, 10)),
    "start at midnight": (
        "start: 19:30",
        "start: 24:00",
        "start: 24:00 does not lie before the end of the day",
        (3, 8),
    ),
    "end after midnight": ("end: 21:00", "end: 24:30", "'24:30' is not a time of day", (6, 10)),
    "start before the evening": (
        "end: 21:00",
        "end: 21:00\n    start: 19:00",
        "19:00 lies before the start of the evening, 19:30",
        (7, 12),
    ),
    "unknown key": ("title: Small", "titel: Small", "unknown key 'titel' - did you mean 'title'?", (1, 1)),
    "key of another place": (
        "title: Small",
        "title: Small\nprize: x",
        "unknown key 'prize'; allowed are title, purpose, ",
        (2, 1),
    ),
    "name of the attribute": (
        "end: 21:00",
        "end: 21:00\n    start_s: 0",
        "unknown key 'start_s' - did you mean 'start'?",
        (7, 5),
    ),
    "0 residents": ("title: Small", "title: Small\nresidents: {count: 0}", "residents.count: 0 should be at least 1", (2, 20)),
    "10 million residents": (
        "title: Small",
        "title: Small\nresidents: {count: 10000000}",
        "should be at most 200,000",
        (2, 20),
    ),
    "seed: abc": ("title: Small", "title: Small\nseed: abc", "seed: 'abc' should be a whole number", (2, 7)),
    "seed: 1.5": ("title: Small", "title: Small\nseed: 1.5", "seed: 1.5 should be a whole number", (2, 7)),
    "seed: -1": ("title: Small", "title: Small\nseed: -1", "seed: -1 should be at least 0", (2, 7)),
    "seed of 400 digits": ("title: Small", f"title: Small\nseed: {'9' * 400}", "should be", (2, 7)),
    "NaN": ("title: Small", "title: Small\nplayers: {share: .nan}", "players.share: nan should be a finite number", (2, 18)),
    "the word NaN": (
        "title: Small",
        "title: Small\nplayers: {share: NaN}",
        "players.share: 'NaN' should be a number",
        (2, 18),
    ),
    "infinity": ("title: Small", "title: Small\nplayers: {share: .inf}", "should be a finite number", (2, 18)),
    "true for a number": ("title: Small", "title: Small\nplayers: {count: true}", "should be a whole number", (2, 18)),
    "nothing filled in": ("title: Small", "title:", "title: nothing is filled in", (1, 1)),
    "blank title": ("title: Small", "title: '  '", "title: the text is empty", (1, 8)),
    "control character": ("title: Small", 'title: "a\\u0007b"', "control character", (1, 8)),
    "long title": ("title: Small", f"title: {'x' * 3000}", "3,000 characters; at most 2,000", (1, 8)),
    "a number as text": ("name: Only", "name: 12", "games[0].name: 12 should be text; put it in quotes", (5, 11)),
    "wrong choice": ("title: Small", "title: Small\nlanguage: fr", "'fr' is not one of nl, en", (2, 11)),
    "a date the other way round": ("2026-09-16", "16-09-2026", "date: '16-09-2026' is not a date", (2, 7)),
    "a text for a list": (
        "title: Small",
        "title: Small\nplayers: {count: 3, know: sex}",
        "should be a list; start each item",
        (2, 27),
    ),
    "a list for keys": ("title: Small", "title: Small\nresidents: [3]", "residents: this should be a block of keys", (2, 12)),
    "no suspects": ("suspects:", "suspects: []\n    hints:", "should hold at least 1", (7, 15)),
    "two measures of players": (
        "title: Small",
        "title: Small\nplayers: {count: 3, share: 0.1}",
        "either count or share",
        (2, 10),
    ),
    "no measure of players": ("title: Small", "title: Small\nplayers: {know: [sex]}", "either count or share", (2, 10)),
    "more players than residents": (
        "title: Small",
        "title: Small\nresidents: {count: 5}\nplayers: {count: 6}",
        "6 players are more than the 5 residents",
        (3, 18),
    ),
    "news to nobody": (
        "title: Small",
        "title: Small\nstructure: {id: none}\noutlet: groups",
        "'groups' reaches nobody",
        (3, 9),
    ),
    "news to groups that do not take part": (
        "title: Small",
        "title: Small\nstructure: {groups_taking_part: 0}\noutlet: groups",
        "'groups' reaches nobody while structure has groups_taking_part: 0; write public-page",
        (3, 9),
    ),
    "news to groups without streets": (
        "title: Small",
        "title: Small\nstructure: {covered_streets_share: 0}\noutlet: groups",
        "'groups' reaches nobody while structure has covered_streets_share: 0; write public-page",
        (3, 9),
    ),
    "more than all streets": (
        "title: Small",
        "title: Small\nstructure: {covered_streets_share: 1.2}",
        "structure.covered_streets_share",
        (2, 36),
    ),
    "number closes first": (
        "title: Small",
        "title: Small\nnumber: {opens: 20:30, closes: 20:00}",
        "the number closes before it opens",
        (2, 32),
    ),
    "number opens too late": (
        "title: Small",
        "title: Small\nnumber: {opens: 21:00}",
        "number.opens: the number opens only when the last game is over",
        (2, 17),
    ),
    "unknown element": ("upper:", "uper:", "'uper' is not one of sex, age, height, ", (9, 23)),
    "parameters as a list": ("title: Small", "title: Small\nparameters: [p_watch]", "write one parameter per line", (2, 13)),
    "unhashable behaviour": (
        "name: Red",
        "name: Red\n        behaviour: [wander]",
        "is no behaviour; write wander, ",
        (9, 20),
    ),
    "misspelt behaviour": (
        "name: Red",
        "name: Red\n        behaviour: walk",
        "'walk' is no behaviour; write wander, ",
        (9, 20),
    ),
    "misspelt kind": (
        "name: Red",
        "name: Red\n        behaviour: {visit: shp}",
        "behaviour.visit: 'shp' is not one of shop, ",
        (9, 28),
    ),
    "route of one place": (
        "name: Red",
        "name: Red\n        behaviour: {route: [{street: A}]}",
        "behaviour.route: this should hold at least 2, and holds 1",
        (9, 28),
    ),
    "a game for children without companions": (
        "end: 21:00",
        "end: 21:00\n    audience: children",
        "games[0].audience: children who are too young to come alone play only with an adult; write companions: true, or comp",
        (7, 15),
    ),
    "companions in a game without children": (
        "end: 21:00",
        "end: 21:00\n    audience: adults\n    companions: true",
        "games[0].companions: no children play a game for adults; leave this out, or write audience: all",
        (8, 17),
    ),
    "a briefing nowhere": (
        "title: Small",
        "title: Small\nplayers: {count: 5, briefing: {stret: Dorpsstraat}}",
        "unknown key 'stret' - did you mean 'street'?",
        (2, 32),
    ),
    "a briefing in no place": (
        "title: Small",
        "title: Small\nplayers: {count: 5, briefing: hall}",
        "players.briefing: 'hall' is no place; write centre",
        (2, 31),
    ),
    "signs that stand nowhere": (
        "title: Small",
        "title: Small\nsigns: {covered_streets: false}",
        "signs: these signs stand nowhere; write covered_streets: true, or places: [...]",
        (2, 8),
    ),
    "more than all residents": ("title: Small", "title: Small\nresidents: {trained: 1.2}", "residents.trained", (2, 22)),
    "area of two sizes": (
        "end: 21:00",
        "end: 21:00\n    area: {share: 0.3, radius: 300 m}",
        "games[0].area: say how large the area is: either share or radius",
        (7, 11),
    ),
    "area of no size": ("end: 21:00", "end: 21:00\n    area: {around: {street: A}}", "either share or radius", (7, 11)),
    "area of nothing": (
        "end: 21:00",
        "end: 21:00\n    area: {share: 0}",
        "games[0].area.share: 0 should be more than 0",
        (7, 19),
    ),
    "radius without unit": (
        "end: 21:00",
        "end: 21:00\n    area: {radius: 300}",
        "300 is not a length; write a number and a unit, for example 300 m or 1.2 km",
        (7, 20),
    ),
    "radius of nothing": (
        "end: 21:00",
        "end: 21:00\n    area: {radius: 0 m}",
        "games[0].area.radius: 0 m does not fit a map; write 1 m to 100000 m",
        (7, 20),
    ),
    "half a place": ("name: Red", "name: Red\n        start: {lat: 52.1}", "a place is {street: ..., number: ...}", (9, 16)),
    "two kinds of place": (
        "name: Red",
        "name: Red\n        start: {lat: 52, lon: 5, street: A}",
        "a place is {street",
        (9, 16),
    ),
    "speed without unit": ("name: Red", "name: Red\n        speed: 5", "5 is not a speed; write a number and a unit", (9, 16)),
    "speed of a car": (
        "name: Red",
        "name: Red\n        speed: 100 km/h",
        "100 km/h is no speed of a person; write 0.1 m/s to 15 m/s",
        (9, 16),
    ),
    "decimals with a comma": (
        "name: Red",
        "name: Red\n        start: {lat: 52,1, lon: 5.1}",
        "unknown key '1'; write a decimal with a point",
        (9, 25),
    ),
    "act without duration": (
        "name: Red",
        "name: Red\n        acts: [{name: x, per_hour: 3}]",
        "acts[0].duration is missing: How long it takes.",
        (9, 16),
    ),
    "duration without unit": (
        "name: Red",
        "name: Red\n        acts: [{name: x, per_hour: 3, duration: 45}]",
        "45 is not a duration; write a number",
        (9, 49),
    ),
    "act of two days": (
        "name: Red",
        "name: Red\n        acts: [{name: x, per_hour: 3, duration: 48 h}]",
        "2880 min is longer than a day; write at most 24 h",
        (9, 49),
    ),
    "hint after the end": (
        "end: 21:00",
        "end: 21:00\n    hints: [{at: 90 min, where: true}]",
        "90 min lies not before the end",
        (7, 18),
    ),
    "hint out of order": (
        "end: 21:00",
        "end: 21:00\n    hints: [{at: 9 min, where: true}, {at: 9 min, tell: [bag]}]",
        "comes after a hint that is not ",
        (7, 44),
    ),
    "hint that tells nothing": ("end: 21:00", "end: 21:00\n    hints: [{at: 9 min}]", "this tells nothing", (7, 13)),
    "hint as clock time": (
        "end: 21:00",
        "end: 21:00\n    hints: [{at: 20:00, where: true}]",
        "'20:00' is not a duration",
        (7, 18),
    ),
    "hint on what nobody has": (
        "end: 21:00",
        "end: 21:00\n    too_few: {calls: 1, by: 9 min, then: {tell: [hair]}}",
        "'hair' cannot be told: no suspect",
        (7, 49),
    ),
    "judged after the end": (
        "end: 21:00",
        "end: 21:00\n    too_few: {calls: 1, by: 2 h, then: {where: true}}",
        "120 min lies not before",
        (7, 29),
    ),
    "no game follows": ("end: 21:00", "end: 21:00\n    on_found: next-game", "no game follows the last one", (7, 15)),
}


@pytest.mark.parametrize(("before", "after", "message", "place"), BAD_VALUES.values(), ids=list(BAD_VALUES))
def test_a_wrong_value_is_reported_where_it_stands(
    small: str, problems: Problems, before: str, after: str, message: str, place: tuple[int, int]
) -> None:
    assert before in small
    found = {problem.message: (problem.line, problem.column) for problem in problems(small.replace(before, after, 1))}
    matching = [where for text, where in found.items() if message in text]
    assert matching == [place], found


def test_games_may_not_overlap_or_share_a_name(small: str, problems: Problems) -> None:
    game = small[small.index("  - name: Only") :]
    found = problems(small + game.replace("end: 21:00", "start: 20:59\n    end: 22:00"))
    assert [(problem.line, problem.message) for problem in found] == [
        (11, "games[1].start: 'Only' starts before 'Only', listed above it, has ended")
    ]
    found = problems(small + game.replace("end: 21:00", "start: 21:00\n    end: 22:00"))
    assert [problem.message for problem in found] == ["games[1].name: the name 'Only' is used before"]


def test_everything_that_is_wrong_is_reported_at_once_in_the_order_of_the_file(problems: Problems) -> None:
    text = (
        "seed: abc\nstart: 19:75\nresidents: {count: 0}\nplayer: 3\nlanguage: fr\ngames: [{name: x, end: 7, suspects: []}]\n"
    )
    found = problems(text)
    assert [problem.line for problem in found] == [1, 1, 1, 2, 3, 4, 5, 6, 6]
    assert {problem.message.split(":")[0] for problem in found if problem.line == 1} == {
        "title is missing",
        "date is missing",
        "seed",
    }


def test_a_flood_of_problems_is_cut_off(small: str, problems: Problems) -> None:
    found = problems(small + "".join(f"key{number}: 1\n" for number in range(500)))
    assert len(found) == 101
    assert found[-1].message == "and 400 more problems"


def test_a_shipped_name_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(
        ScenarioError, match=r"no such file, and no shipped scenario of that name - did you mean 'avond-in-de-wijk'\?"
    ):
        load_scenario("avnd-in-de-wijk")


def test_things_that_are_no_text_file_are_refused(tmp_path: Path, small: str) -> None:
    (tmp_path / "latin1.yaml").write_bytes(small.replace("Small", "Caf\xe9").encode("latin-1"))
    (tmp_path / "junk.yaml").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "big.yaml").write_bytes(b"#" * (LARGEST_FILE + 1))
    os.mkfifo(tmp_path / "pipe.yaml")
    expected = {
        "latin1.yaml": "this is not text in UTF-8",
        "junk.yaml": "this is not text in UTF-8",
        "big.yaml": "the file is larger than 1 MB",
        "pipe.yaml": "this is not an ordinary file",
        "": "this is a folder",
        "missing.yaml": "there is no such file",
        "nul\x00.yaml": "",
        "x" * 5000: "",
    }
    for name, message in expected.items():
        with pytest.raises(ScenarioError) as caught:
            load_scenario(tmp_path / name)
        assert message in caught.value.problems[0].message
        assert caught.value.exit_code == 2


def test_a_file_nobody_may_read_is_refused(tmp_path: Path, small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.yaml"
    path.write_text(small, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ScenarioError, match="the file cannot be read: Permission denied"):
        load_scenario(path)
