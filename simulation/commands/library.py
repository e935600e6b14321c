"""The command that lists what comes along."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulation.commands.inputs import JsonOption
from simulation.errors import ScenarioError
from simulation.structure_ids import PLUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.scenario.listing import ShippedScenario

_WIDTH = 80
_INDENT = _GAP = "  "
_LONGEST_NAME = 24
"""Longest name that has the rest of its row beside it."""


def scenarios(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Tell more of this one.")] = None,
    language: Annotated[Literal["nl", "en"], typer.Option("--lang", help="Language.")] = "nl",
    as_json: JsonOption = False,
) -> None:
    """List the shipped scenarios by purpose, or tell what one of them is."""
    from simulation.runs import json_text
    from simulation.scenario import shipped_scenarios
    from simulation.scenario.shipped import choice_of_shipped

    shipped = shipped_scenarios()
    chosen = [one for one in shipped if name in {None, one.name}]
    if not chosen:
        raise ScenarioError(f"there is no shipped scenario '{name!s:.60}'{choice_of_shipped(str(name))}")
    if as_json:
        rows = [_row(one, language) for one in chosen]
        typer.echo(json_text(rows if name is None else rows[0]), nl=False)
        return
    typer.echo("\n".join(_table(shipped, language) if name is None else _about(chosen[0], language)))


def _row(shipped: ShippedScenario, language: str) -> dict[str, Any]:
    """Give one scenario as data."""
    told = {key: _told(getattr(shipped.scenario, key), language) for key in ("title", "purpose", "source", "happened")}
    goals = [str(goal.condition) for goal in shipped.scenario.all_goals]
    structure = shipped.scenario.structure.id
    return {
        "name": shipped.name,
        "category": shipped.category,
        **told,
        "structure": structure,
        "map": shipped.map,
        "goals": goals,
    }


def _told(words: str, language: str) -> str:
    """Give a text of a shipped scenario in a language."""
    from simulation.scenario.english import texts

    return words if language == "nl" else texts().get(words, words)


def _table(shipped: tuple[ShippedScenario, ...], language: str) -> list[str]:
    """List the scenarios under the heading of their category, at most 80 characters wide."""
    from simulation.language.catalogue import text

    columns = [text(language, f"library.{column}") for column in ("name", "structure", "map", "title")]
    rows = [(one.name, one.scenario.structure.id, one.map.removesuffix(".map"), _told(one.title, language)) for one in shipped]
    names, structures, maps, _ = zip(columns, *rows, strict=True)
    parts = [part for structure in structures for part in _parts(structure)]
    widths = [max(map(len, cells)) for cells in ([name for name in names if len(name) <= _LONGEST_NAME], parts, maps)]
    lines: list[str] = []
    for category in dict.fromkeys(one.category for one in shipped):
        lines += ["", text(language, f"library.category.{category}"), *_lines(columns, widths)]
        for row, one in zip(rows, shipped, strict=True):
            lines += _lines(row, widths) if one.category == category else []
    return [*lines[1:], "", text(language, "library.more")]


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Set a row in columns; a long name stands on a line of its own, and joined structures and long titles take several."""
    name, structure, of_map, title = row
    room = _WIDTH - len(_INDENT) - sum(width + len(_GAP) for width in widths)
    alone = len(name) > widths[0]
    cells = zip_longest([] if alone else [name], _parts(structure), [of_map], textwrap.wrap(title, room), fillvalue="")
    lines = [_INDENT + _GAP.join([*map(str.ljust, line, widths), line[-1]]).rstrip() for line in cells]
    return [_INDENT + name, *lines] if alone else lines


def _parts(structure: str) -> list[str]:
    """Break a joined structure before each plus."""
    first, *others = structure.split(PLUS)
    return [first, *(PLUS + part for part in others)]


def _about(shipped: ShippedScenario, language: str) -> list[str]:
    """Tell of one scenario what it is for, what the documents tell, and what it is to achieve."""
    from simulation.language.catalogue import text

    row = _row(shipped, language)
    lines = [row["title"], *_paragraph("", row["purpose"])]
    lines += [line for key in ("happened", "source") for line in _paragraph(text(language, f"library.{key}"), row[key])]
    for key in ("structure", "map"):
        lines.append(f"{text(language, f'library.{key}')}: {row[key]}")
    if row["goals"]:
        lines += ["", f"{text(language, 'library.goals')}:", *(f"{_INDENT}{goal}" for goal in row["goals"])]
    return [*lines, "", f"boef run {shipped.name}"]


def _paragraph(heading: str, words: str) -> list[str]:
    if not words:
        return []
    told = f"{heading}: {words}" if heading else words
    return [*textwrap.wrap(told, _WIDTH, break_on_hyphens=False), ""]
