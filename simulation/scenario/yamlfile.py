"""Plain YAML from strangers: text in, plain data and positions out.

The file is read as YAML 1.2 by ruamel's parser, event by event, so that nothing is constructed and no depth of brackets can
exhaust the stack. What a scenario does not need (anchors, aliases, merge keys, tags) is refused, as is every repeated key.
Reading goes on after that as though it were not there, so that whatever else is wrong comes to light as well.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml import events as happened
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from simulation.errors import Problem, ScenarioError
from simulation.scenario.positions import Path, Position, Positions
from simulation.units import quoted

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

DEEPEST = 32
"""Levels of nesting that are allowed."""

MOST_VALUES = 20_000
"""Keys, items and values that are allowed together: many times what any scenario holds."""

MOST_PROBLEMS = 100
"""Problems after which reading stops."""

_NOWHERE = -1
"""Stands in the path of what is read past."""

_LEFT_OPEN = {
    "while scanning a quoted scalar": "the quote that opens here is not closed; put a text that starts with ' between two \"",
    "while scanning a simple key": "this is no key with its value; write a colon and a space between them, as in seed: 5",
}
"""What is wrong where reading began something that it found no end of."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,25}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF"), math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    "-.inf": -math.inf,
}


@dataclass(frozen=True)
class Alias:
    """Stands in the data where the file refers to a value elsewhere; no kind of value that a scenario has.

    Parameters
    ----------
    anchor
        Name of what it refers to.
    """

    anchor: str

    def __repr__(self) -> str:
        """Show it as it is written."""
        return f"*{self.anchor}"


@dataclass
class _Reading:
    """What has been read so far."""

    name: str
    events: Iterator[Any]
    positions: Positions = field(default_factory=Positions)
    problems: list[Problem] = field(default_factory=list)
    values: int = 0

    def problem(self, event: Any, message: str) -> None:  # noqa: ANN401 - ruamel's events have no types
        """Remember that something is wrong at the start of `event`."""
        self.problems.append(Problem(message, self.name, *_position(event)))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ScenarioError(*self.problems, Problem("and perhaps more: reading stopped here", self.name))


def read_yaml(text: str, name: str) -> tuple[Any, Positions, list[Problem]]:
    """Read one YAML document.

    Parameters
    ----------
    text
        The document.
    name
        What to call it in messages.

    Returns
    -------
    Plain dicts, lists, texts, numbers, booleans, None and `Alias`; where each of them stands; and the problems after which
    reading went on.

    Raises
    ------
    ScenarioError
        Where reading cannot go on.
    """
    yaml = YAML(typ="safe", pure=True)
    reading = _Reading(name, iter(yaml.parse(text)))
    try:
        data = _document(reading)
    except MarkedYAMLError as error:
        raise ScenarioError(*reading.problems, _syntax_problem(error, text, name)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = "there is a character that text does not have; is this a YAML file?"
        raise ScenarioError(*reading.problems, Problem(message, name, line)) from None
    except (YAMLError, ValueError) as error:
        raise ScenarioError(*reading.problems, Problem(f"this cannot be read as YAML: {error!s:.200}", name)) from None
    return data, reading.positions, reading.problems


def _document(reading: _Reading) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read the only document of the file."""
    data: Any = None
    seen = 0
    for event in reading.events:
        if isinstance(event, happened.DocumentStartEvent):
            seen += 1
            if seen > 1:
                reading.problem(event, "a second document starts here; a file holds one document, remove the line --- or ...")
                break
        elif isinstance(event, happened.NodeEvent):
            data = _value(reading, event, ())
    return data


def _value(reading: _Reading, event: Any, path: Path) -> Any:  # noqa: ANN401 - ruamel's events have no types
    """Read the value that starts with `event`."""
    reading.positions.values[path] = _position(event)
    reading.positions.keys.setdefault(path, _position(event))
    if len(path) >= DEEPEST and isinstance(event, happened.CollectionStartEvent):
        reading.problem(event, f"this is nested more than {DEEPEST} levels deep")
        raise ScenarioError(*reading.problems)
    reading.values += 1
    if reading.values > MOST_VALUES:
        reading.problem(event, f"the file holds more than {MOST_VALUES:,} values, which no scenario does")
        raise ScenarioError(*reading.problems)
    _refuse_extras(reading, event)
    if isinstance(event, happened.MappingStartEvent):
        return _mapping(reading, path)
    if isinstance(event, happened.SequenceStartEvent):
        return _sequence(reading, path)
    return _scalar(event)


def _position(event: Any) -> Position:  # noqa: ANN401 - ruamel's events have no types
    """Give the line and column at which `event` starts."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _refuse_extras(reading: _Reading, event: Any) -> None:  # noqa: ANN401 - ruamel's events have no types
    """Refuse what a scenario does not need."""
    if isinstance(event, happened.AliasEvent):
        what, sign = f"an alias (*{event.anchor:.40})", "*"
    elif event.anchor is not None:
        what, sign = f"an anchor (&{event.anchor:.40})", "&"
    elif event.tag is not None:
        what, sign = f"a tag ({str(event.tag).replace('tag:yaml.org,2002:', '!!'):.60})", "!"
    else:
        return
    reading.problem(event, f"{what} is not allowed here; write the value out, or put a text that starts with {sign} in quotes")


def _mapping(reading: _Reading, path: Path) -> dict[str, Any]:
    """Read keys and values up to the end of the mapping."""
    data: dict[str, Any] = {}
    for event in reading.events:
        if isinstance(event, happened.MappingEndEvent):
            break
        key = _key(reading, event, path, data)
        if key is None:
            _value(reading, next(reading.events), (*path, _NOWHERE))
        else:
            reading.positions.keys[(*path, key)] = _position(event)
            data[key] = _value(reading, next(reading.events), (*path, key))
    return data


def _key(reading: _Reading, event: Any, path: Path, known: Container[str]) -> str | None:  # noqa: ANN401 - ruamel's events have no types
    """Read a key, which is always text; report and pass over what is none or is known already."""
    if not isinstance(event, happened.ScalarEvent):
        reading.problem(event, "a key must be a plain word; put a text that starts with { or [ in quotes")
        _value(reading, event, (*path, _NOWHERE))
        return None
    _refuse_extras(reading, event)
    key = str(event.value)
    if key == "<<":
        reading.problem(event, "a merge key (<<) is not allowed here; write the values out")
        return None
    if key in known:
        line, _ = reading.positions.keys[(*path, key)]
        reading.problem(event, f"the key {quoted(key)} is used before, on line {line}; remove one of the two")
        return None
    return key


def _sequence(reading: _Reading, path: Path) -> list[Any]:
    """Read items up to the end of the list."""
    data: list[Any] = []
    for event in reading.events:
        if isinstance(event, happened.SequenceEndEvent):
            break
        data.append(_value(reading, event, (*path, len(data))))
    return data


def _scalar(event: Any) -> Any:  # noqa: ANN401 - ruamel's events have no types
    """Give a number, a boolean, nothing or, in all other cases, text: `19:30` and `no` stay text, as does all in quotes."""
    if isinstance(event, happened.AliasEvent):
        return Alias(event.anchor)
    return str(event.value) if event.style else plain_value(event.value)


def plain_value(text: str) -> str | float | bool | None:
    """Give what an unquoted text stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _syntax_problem(error: MarkedYAMLError, text: str, name: str) -> Problem:
    """Say where the text stops being YAML, and what to do about it."""
    mark = error.context_mark if error.context in _LEFT_OPEN else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    indent = written[: len(written) - len(written.lstrip())]
    if "\t" in indent or "'\\t'" in str(error.problem):
        return Problem("there is a tab here; YAML is indented with spaces only, so replace it by spaces", name, line, column)
    reason = str(error.problem or error.context or "").split("\n")[0]
    hint = f"{reason:.120}; is a text with a colon or a bracket in quotes, and is everything below it indented alike?"
    return Problem(f"this cannot be read as YAML: {_LEFT_OPEN.get(str(error.context), hint)}", name, line, column)
