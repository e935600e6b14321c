"""A new scenario file that explains itself, for an organiser to fill in.

Its first line tells an editor (in VS Code: the extension "YAML" by Red Hat) where the JSON Schema is. It names the schema of
this very installation by its absolute `file://` address: that needs no network and no second file beside the new one, and it
fits the version that will read the file. Where that installation is not present the editor says so and nothing else changes:
to the simulator the line is a comment.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Literal

from simulation.errors import ScenarioError
from simulation.scenario import dutch, english
from simulation.scenario.loader import load_scenario
from simulation.scenario.model import Scenario
from simulation.scenario.outline import keys_of, parts_in
from simulation.scenario.schema import schema_path
from simulation.scenario.shipped import DEFAULT_SCENARIO, choice_of_shipped, shipped_names
from simulation.scenario.writer import Unset, scenario_data, yaml_text

if TYPE_CHECKING:
    from simulation.scenario.fields import Part
    from simulation.scenario.positions import Path

_NOTE_WIDTH = 100

Language = Literal["nl", "en"]


def new_scenario_text(from_name: str = DEFAULT_SCENARIO, language: Language = "nl") -> str:
    """Write the text of a new scenario file.

    Parameters
    ----------
    from_name
        Name of the shipped scenario to start from.
    language
        Language of the explanations, of the example's texts and of the report.

    Returns
    -------
    YAML in which every key is explained. It loads as it is.
    """
    if from_name not in shipped_names():
        raise ScenarioError(f"there is no shipped scenario '{from_name:.60}'{choice_of_shipped(from_name)}")
    data = scenario_data(load_scenario(from_name).scenario)
    if language == "en":
        data = _in_english(data) | {"language": "en"}
    notes = _notes(language)
    body = yaml_text(
        _with_unset(Scenario, data), lambda path: notes.get(tuple(-1 if part == 0 else part for part in path), [])
    )
    header = "\n".join(f"# {line}" for line in (dutch.HEADER if language == "nl" else english.HEADER))
    return f"# yaml-language-server: $schema={schema_path().resolve().as_uri()}\n{header}\n{body}"


def _in_english(data: Any) -> Any:  # noqa: ANN401 - plain data of any kind
    """Put the texts of a shipped scenario into English."""
    if isinstance(data, dict):
        return {key: _in_english(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_in_english(item) for item in data]
    return english.texts().get(data, data) if isinstance(data, str) else data


def _with_unset(part: type[Part], data: dict[str, Any]) -> dict[str, Any]:
    """Put keys that the data leaves out in their place, to be shown commented out; in a list only in its first item."""
    complete: dict[str, Any] = {}
    for key, field in keys_of(part).items():
        inner = [found for found, _ in parts_in(field.annotation)]
        value = data.get(key)
        if key not in data:
            if field.examples:
                complete[key] = Unset(field.examples[0])
        elif len(inner) == 1 and isinstance(value, dict):
            complete[key] = _with_unset(inner[0], value)
        elif len(inner) == 1 and isinstance(value, list):
            complete[key] = [_with_unset(inner[0], value[0]), *value[1:]]
        else:
            complete[key] = value
    return complete


def _notes(language: Language) -> dict[Path, list[str]]:
    """Give the comment above each key; the first item of a list has place -1."""
    found: dict[Path, list[str]] = {}
    _collect(Scenario, (), language, found)
    return found


def _collect(part: type[Part], path: Path, language: Language, found: dict[Path, list[str]]) -> None:
    for key, field in keys_of(part).items():
        inside = (*path, key)
        meaning = dutch.MEANINGS[f"{part.__name__}.{key}"] if language == "nl" else field.description or ""
        blank = [""] if len(inside) == 1 else []
        found[inside] = blank + textwrap.wrap(meaning, _NOTE_WIDTH, break_on_hyphens=False)
        for inner, listed in parts_in(field.annotation):
            _collect(inner, (*inside, -1) if listed else inside, language, found)
