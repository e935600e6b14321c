from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped] # ships no types
import pytest

from simulation.errors import ScenarioError
from simulation.scenario import (
    DEFAULT_SCENARIO,
    dutch,
    english,
    load_scenario,
    new_scenario_text,
    parse_scenario,
    reference,
    shipped_scenarios,
)
from simulation.scenario.listing import CATEGORIES
from simulation.scenario.model import Scenario
from simulation.scenario.outline import keys_of, outline, parts_in
from simulation.scenario.schema import schema_path, schema_text, sweep_schema, sweep_schema_path
from simulation.scenario.shipped import shipped_maps, shipped_names, shipped_path
from simulation.scenario.writer import scenario_data
from simulation.scenario.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.fields import Part

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("name", shipped_names())


def test_the_shipped_scenarios_are_listed_with_the_default_first() -> None:
    listed = shipped_scenarios()
    assert listed[0].name == DEFAULT_SCENARIO
    assert sorted(item.name for item in listed) == sorted(shipped_names())
    ranks = [CATEGORIES.index(item.category) for item in listed]
    assert ranks == sorted(ranks)
    assert all(item.title and item.purpose for item in listed)


@EACH
def test_a_shipped_scenario_runs_on_any_map_and_says_where_it_comes_from(name: str) -> None:
    scenario = load_scenario(name).scenario
    assert scenario.map in {None, *shipped_maps()}
    assert scenario.residents.count is None
    assert scenario.source
    assert not set(_keys(scenario_data(scenario))) & {"street", "lat", "lon", "route", "places"}


def _keys(data: Any) -> Iterator[str]:
    """List every key of plain data, at any depth."""
    if isinstance(data, dict):
        yield from data
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ():
        yield from _keys(item)


def test_the_default_is_an_ordinary_announced_evening() -> None:
    scenario = load_scenario(DEFAULT_SCENARIO).scenario
    assert (scenario.start_s, scenario.duration_s) == (70_200.0, 5400.0)
    assert scenario.structure.id == "single-group"
    assert scenario.games[0].too_few is not None
    assert [hint.at_s for hint in scenario.games[0].hints] == [1200.0, 2400.0, 3600.0]
    assert scenario.players.announced.members == 1.0


def test_the_other_shipped_scenarios_are_what_they_are_for() -> None:
    apart, alone, unannounced = (
        load_scenario(name).scenario for name in ("gescheiden-groepen", "geen-groep", "onaangekondigd")
    )
    assert (apart.structure.id, len(apart.games[0].suspects)) == ("separate-groups", 2)
    assert alone.structure.id == "none"
    assert (unannounced.players.count, unannounced.players.announced.members, unannounced.players.announced.others) == (
        0,
        0,
        0,
    )


@EACH
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_file_loads_as_it_is_and_says_the_same(name: str, language: Any) -> None:
    new = parse_scenario(new_scenario_text(name, language)).scenario
    shipped = load_scenario(name).scenario
    if language == "nl":
        assert new == shipped
    else:
        assert new.language == "en"
        assert new.title == english.texts()[shipped.title]
        assert [game.hints for game in new.games] == [game.hints for game in shipped.games]


def test_a_new_file_points_editors_to_the_schema_of_this_installation() -> None:
    first = new_scenario_text().split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema={schema_path().as_uri()}"
    assert schema_path().is_file()


@pytest.mark.parametrize(("language", "word"), [("nl", "# Hoe de avond heet."), ("en", "# What the evening is called.")])
def test_a_new_file_explains_every_key_in_its_language(language: Any, word: str) -> None:
    text = new_scenario_text(DEFAULT_SCENARIO, language)
    assert word in text
    for key in (*keys_of(Scenario), "too_few", "conspicuousness", "cap", "opens", "announced", "on_found"):
        above, line = re.search(rf"^ *(#.*)\n *(?:- |# )*{key}:(.*)$", text, re.MULTILINE).groups()  # type: ignore[union-attr]
        assert len(above) > 10, (key, line)


def test_what_is_commented_out_in_a_new_file_can_be_used() -> None:
    text = new_scenario_text()
    for key in ("map", "count", "area", "companions", "signs", "parameters", "know", "cap", "opens", "closes", "start"):
        used, count = re.subn(rf"^( *)# ({key}: )", r"\1\2", text, count=1, flags=re.MULTILINE)
        assert count == 1, key
        assert parse_scenario(used).scenario != parse_scenario(text).scenario


def test_a_new_file_from_nothing_that_is_shipped_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"no shipped scenario 'geengroep' - did you mean 'geen-groep'\?"):
        new_scenario_text("geengroep")


def test_the_dutch_explanations_cover_the_model_and_nothing_else() -> None:
    assert sorted(dutch.MEANINGS) == sorted({f"{part.__name__}.{key}" for part in _parts(Scenario) for key in keys_of(part)})
    assert all(meaning for keys in outline().values() for meaning in keys.values())


@EACH
def test_every_text_of_a_shipped_scenario_has_an_english_one(name: str) -> None:
    scenario = load_scenario(name).scenario
    texts = {scenario.title, scenario.purpose, scenario.source, scenario.happened}
    texts |= {goal.title for goal in scenario.goals} | {unit.name for unit in scenario.units}
    for game in scenario.games:
        texts |= {game.name, game.prize}
        for suspect in game.suspects:
            texts |= {suspect.name, *suspect.description.values(), *(act.name for act in suspect.acts)}
    assert texts - {""} <= set(english.texts())


def test_what_is_generated_is_up_to_date() -> None:
    message = "run: python -m simulation.scenario.reference"
    assert schema_path().read_text(encoding="utf-8") == schema_text(), message
    assert sweep_schema_path().read_text(encoding="utf-8") == schema_text(sweep_schema()), message
    assert (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8") == reference.library_page(), message
    assert (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8") == reference.scenario_page(), message
    assert (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8") == reference.parameters_page(), message


def test_the_references_are_written_where_they_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "schema_path", lambda: tmp_path / "scenario.schema.json")
    monkeypatch.setattr(reference, "sweep_schema_path", lambda: tmp_path / "sweep.schema.json")
    description = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    (tmp_path / "model.md").write_text(re.sub(r"`p_watch` [\d.]+", "`p_watch` 77", description), encoding="utf-8")
    reference.write_references(tmp_path)
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {"model.md", "parameters.md", "scenario.md", "scenarios.md", "scenario.schema.json", "sweep.schema.json"}
    assert (tmp_path / "model.md").read_text(encoding="utf-8") == description


@EACH
@pytest.mark.parametrize("language", [None, "nl", "en"])
def test_the_schema_accepts_what_the_loader_accepts(name: str, language: Any) -> None:
    text = new_scenario_text(name, language) if language else shipped_path(name).read_text(encoding="utf-8")
    data, *_ = read_yaml(text, name)
    validator = _validator()
    assert list(validator.iter_errors(data)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("titel", "x"), ("seed", "abc"), ("start", "19:75"), ("games", []), ("parameters", {"p_wach": 1}), ("language", "fr")],
)
def test_the_schema_refuses_what_the_loader_refuses(small: str, key: str, value: object) -> None:
    data, *_ = read_yaml(small, "small")
    assert list(_validator().iter_errors(data)) == []
    assert list(_validator().iter_errors(data | {key: value}))


def test_the_schema_accepts_every_way_of_saying_where(small: str) -> None:
    for place in ("{street: A, number: 12}", "{street: A, number: 12a}", "{street: A}", "{lat: 52.1, lon: 5.1}"):
        data, *_ = read_yaml(f"{small}        start: {place}\n        behaviour: {{route: [{place}, {place}]}}\n", "small")
        assert list(_validator().iter_errors(data)) == []


def test_every_key_of_the_schema_helps_an_editor() -> None:
    schema = json.loads(schema_text())
    parts = [schema, *(part for part in schema["$defs"].values() if "properties" in part)]
    assert len(parts) > 10
    for part in parts:
        for key, value in part["properties"].items():
            assert "description" in value or "$ref" in value, key


def test_importing_and_loading_bring_in_nothing_heavy() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from simulation.scenario import load_scenario;"
        f"load_scenario({DEFAULT_SCENARIO!r}); print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    )
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "pandas", "networkx", "babel", "jinja2", "matplotlib", "rich"} & set(loaded)


def _validator() -> Any:
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _parts(part: type[Part]) -> set[type[Part]]:
    return {part}.union(*(_parts(inner) for field in part.model_fields.values() for inner, _ in parts_in(field.annotation)))


def test_the_evening_without_a_group_differs_in_nothing_else() -> None:
    usual, without = (load_scenario(name).scenario for name in ("avond-in-de-wijk", "geen-groep"))
    texts = {"title": usual.title, "purpose": usual.purpose, "source": usual.source, "structure": usual.structure}
    texts |= {"goal_set": usual.goal_set, "goals": usual.goals}
    assert without.structure.id == "none"
    assert without.model_copy(update=texts) == usual
