"""From a `Scenario` to the text of a file that loads as the same scenario."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from simulation.scenario.yamlfile import plain_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.scenario.model import Scenario
    from simulation.scenario.positions import Path

    Notes = Callable[[Path], list[str]]

WIDTH = 110
"""Longest line that is written where there is a choice."""

_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ](?:[A-Za-z0-9À-ɏ _./%()'!+<=>-]|:(?=[0-9]))*")


@dataclass(frozen=True)
class Unset:
    """A key that is shown, but commented out.

    Parameters
    ----------
    example
        What somebody could fill in.
    """

    example: Any


def scenario_text(scenario: Scenario) -> str:
    """Write a scenario as YAML; `parse_scenario` gives it back."""
    return yaml_text(scenario_data(scenario))


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """Give what a file would hold: plain data, times and speeds as text, without what is empty."""
    written = scenario.model_dump(by_alias=True, exclude_none=True, context={"evening_start_s": scenario.start_s})
    kept: dict[str, Any] = _without_empty(written)
    return kept


def yaml_text(data: dict[str, Any], notes: Notes | None = None) -> str:
    """Write plain data as YAML.

    Parameters
    ----------
    data
        Dicts, lists, texts, numbers, booleans, dates and `Unset`.
    notes
        Gives the comment above a key, as lines without `#`.
    """
    return "\n".join(_block(data, (), notes or (lambda _: []))) + "\n"


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - plain data of any kind
    """Leave out empty texts, lists and mappings."""
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", [], (), {})}
    return [_without_empty(item) for item in value] if isinstance(value, list | tuple) else value


def _block(data: dict[str, Any], path: Path, notes: Notes) -> list[str]:
    """Write a mapping, one key per line."""
    lines: list[str] = []
    for key, value in data.items():
        inside = (*path, key)
        lines += [f"# {note}" if note else "" for note in notes(inside)]
        lines += _entry(f"{key}:", value, inside, notes)
    return lines


def _entry(head: str, value: Any, path: Path, notes: Notes) -> list[str]:  # noqa: ANN401 - plain data
    """Write `head` and the value that belongs to it."""
    if isinstance(value, Unset):
        return [f"# {head} {_flow(value.example)}"]
    if isinstance(value, str) and len(value) > WIDTH and value.isprintable():
        folded = textwrap.wrap(value, WIDTH, break_on_hyphens=False, break_long_words=False)
        return [f"{head} >-", *(f"  {line}" for line in folded)]
    if not isinstance(value, dict | list) or _fits(value, path, notes):
        return [f"{head} {_flow(value)}"]
    if isinstance(value, dict):
        return [head, *_indented(_block(value, path, notes))]
    items: list[str] = []
    for place, item in enumerate(value):
        items += _item(item, (*path, place), notes)
    return [head, *_indented(items)]


def _item(item: Any, path: Path, notes: Notes) -> list[str]:  # noqa: ANN401 - plain data
    """Write one item of a list."""
    if not isinstance(item, dict) or _fits(item, path, notes):
        return [f"- {_flow(item)}"]
    lines = _indented(_block(item, path, notes))
    first = next(place for place, line in enumerate(lines) if not line.lstrip().startswith("#"))
    return [*(line.removeprefix("  ") for line in lines[:first]), f"- {lines[first].removeprefix('  ')}", *lines[first + 1 :]]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _fits(value: dict[str, Any] | list[Any], path: Path, notes: Notes) -> bool:
    """Tell whether a value reads well on one line."""
    if isinstance(value, list):
        return not any(isinstance(item, dict) for item in value)
    if len(path) == 1 or any(isinstance(item, Unset) or notes((*path, key)) for key, item in value.items()):
        return False
    return len(_flow(value)) < WIDTH - 2 * len(path) and not _has_mapping_in_list(value)


def _has_mapping_in_list(value: dict[str, Any]) -> bool:
    return any(isinstance(inner, dict) for item in value.values() if isinstance(item, list) for inner in item)


def _flow(value: Any) -> str:  # noqa: ANN401 - plain data
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value).removesuffix(".0")
    return _text(value.isoformat() if isinstance(value, date) else value)


def _text(text: str) -> str:
    """Write a text without quotes where it stays the same text, and quoted where it does not."""
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and plain_value(text) == text:
        return text
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(character if character.isprintable() else _escaped(character) for character in escaped)


def _escaped(character: str) -> str:
    """Write a character that does not print by its number."""
    return f"\\U{ord(character):08X}"
