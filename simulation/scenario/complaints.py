"""From what the validation found to what a user can do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.errors import Problem
from simulation.scenario.positions import path_text
from simulation.scenario.suggest import did_you_mean
from simulation.scenario.yamlfile import Alias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulation.scenario.positions import Path, Positions

MOST = 100
"""Problems of the validation that are reported at most."""

_CHOICES = ("behaviour", "base", "briefing")
"""Keys below which the validation names the kind of the value, which the file does not."""

_EXPECTED = {
    "string_type": "text; put it in quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "finite_number": "a finite number",
    "tuple_type": "a list; start each item with a dash, or write [one, two]",
    "dict_type": "a block of keys",
    "model_type": "a block of keys",
    "model_attributes_type": "a block of keys",
}
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def complaints(
    errors: Sequence[Mapping[str, Any]],
    keys: Mapping[Path, Mapping[str, str]],
    positions: Positions,
    before: Sequence[Problem],
    name: str,
) -> list[Problem]:
    """Turn errors of the validation into problems with a place in the file.

    Parameters
    ----------
    errors
        As pydantic lists them.
    keys
        The keys that may stand at each place, with their meaning; list places are -1.
    positions
        Where everything stands.
    before
        What was found wrong before the validation.
    name
        What to call the file.

    Returns
    -------
    All problems in the order of the file, at most `MOST` of them from the validation, and a line that says how many more it
    found.
    """
    errors = [error for error in errors if not _is_echo(error)]
    found = [*before, *(problem for error in errors[:MOST] for problem in _problems(error, keys, positions, name))]
    found.sort(key=lambda problem: (problem.line, problem.column))
    more = len(errors) - MOST
    if more > 0:
        found.append(Problem(f"and {more:,} more problems", name))
    return found


def _problems(
    error: Mapping[str, Any], keys: Mapping[Path, Mapping[str, str]], positions: Positions, name: str
) -> Iterator[Problem]:
    """Give the problem of one error, or the several that a check found together."""
    path = _in_file(error["loc"])
    if error["type"] == "problems":
        above = () if error["ctx"]["of_whole"] else path
        for below, message in error["ctx"]["problems"]:
            yield _problem((*above, *below), message, positions, name)
    elif error["type"] == "extra_forbidden":
        word = str(path[-1])
        allowed = keys.get(_pattern(path[:-1]), {})
        line, column = positions.of(path, key=True)
        suffix = did_you_mean(word, allowed) or (f"; allowed are {', '.join(allowed)}" if allowed else "")
        if word.isdecimal() and error["input"] is None:  # what {lat: 52,1} is to YAML
            suffix = "; write a decimal with a point, for example 52.1"
        yield Problem(f"unknown key '{word:.60}'{suffix}", name, line, column)
    elif error["type"] == "missing":
        meaning = keys.get(_pattern(path[:-1]), {}).get(str(path[-1]), "")
        line, column = positions.of(path[:-1])
        yield Problem(f"{path_text(path)} is missing: {meaning}".rstrip(": "), name, line, column)
    else:
        yield _problem(path, _message(error), positions, name, key="[key]" in error["loc"])


def _is_echo(error: Mapping[str, Any]) -> bool:
    """Tell whether an error only follows from another: a list too short for its wrong items, an alias of the wrong kind."""
    if error["type"] == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    return isinstance(error["input"], Alias) and error["type"] != "extra_forbidden"


def _problem(path: Path, message: str, positions: Positions, name: str, *, key: bool = False) -> Problem:
    line, column = positions.of(path, key=key)
    return Problem(f"{path_text(path)}: {message}" if path else message, name, line, column)


def _message(error: Mapping[str, Any]) -> str:
    """Say what is wrong with one value, and what would be right."""
    value = error.get("input")
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if value is None:
        return "nothing is filled in; fill it in or remove the line"
    shown = f"{value!r:.60}" if isinstance(value, str | int | float) else "this"
    return f"{shown} {_wanted(error['type'], error.get('ctx', {}), str(value)) or error['msg']}"


def _wanted(kind: str, context: Mapping[str, Any], written: str) -> str:
    """Say what a value should be."""
    if kind == "literal_error":
        choices = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return f"is not one of {', '.join(choices)}{did_you_mean(written, choices)}"
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return f"should be {words} {context[bound]:,}"
    if kind == "too_short":
        return f"should hold at least {context['min_length']}, and holds {context['actual_length']}"
    if kind == "too_long":
        return f"holds more than the {context['max_length']} items that are allowed"
    return f"should be {_EXPECTED[kind]}" if kind in _EXPECTED else ""


def _in_file(place: Path) -> Path:
    """Leave out the parts of a place that are names of choices in the model rather than keys in the file."""
    return tuple(
        part for before, part in zip((None, *place), place, strict=False) if part != "[key]" and before not in _CHOICES
    )


def _pattern(path: Path) -> Path:
    """Write every list place as -1."""
    return tuple(-1 if isinstance(part, int) else part for part in path)
