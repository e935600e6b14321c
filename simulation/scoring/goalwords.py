"""Rated goals in Dutch or English words, for the command line and the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import text
from simulation.language.forms import clock, duration, number, percentage
from simulation.scenario.conditions import parse_condition
from simulation.scoring.facts import DECIMALS
from simulation.scoring.goalthemes import TIMES, theme_of
from simulation.scoring.rubric import is_above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.scenario.conditions import Condition

    Row = Mapping[str, Any]

_SHORT_S = 1.0
"""A shorter time is told with a decimal."""


def goal_lines(start: str, rated: Row, language: str, *, briefly: bool = False) -> Iterator[str]:
    """Tell rated goals, for a terminal.

    Parameters
    ----------
    start
        Clock time at the start of play.
    rated
        What `rate` gave.
    language
        `nl` or `en`.
    briefly
        Whether to leave out what is strong or to be improved, and why.

    Yields
    ------
    Lines: the result, a line per capability, and some per goal, with the ids of records to ask `boef why` about.
    """
    yield result_words(rated, language)
    for capability, result in rated["capabilities"].items():
        told = {"capability": text(language, f"goal.capability.{capability}"), "rating": rating_words(result, language)}
        yield "   " + text(language, "goal.part", met=result["met"], of=result["of"], **told)
    for row in rated["goals"]:
        fields = told_goal(start, row, language)
        yield "{letter}  {title}, {aim}: {outcome}; {result}.".format_map(fields)
        if briefly:
            continue
        for words in fields["texts"]:
            yield f"   {words}"
        if row["cause"] and row["cause"]["records"]:
            yield "   boef why: " + ", ".join(row["cause"]["records"])


def result_words(rated: Row, language: str) -> str:
    """Tell the result of all goals in a sentence, and how many could not be rated."""
    key, unrated = ("goal.result", 0) if rated["rated"] == rated["of"] else ("goal.result_part", rated["of"] - rated["rated"])
    fields = {"met": rated["met"], "of": rated["of"], "unrated": unrated, "rating": rating_words(rated, language)}
    return text(language, key, **fields)


def rating_words(row: Row, language: str) -> str:
    """Tell a letter and what it means."""
    if row["rating"] is None:
        return text(language, "goal.not_rated")
    letter = row["rating"]
    return f"{letter} ({text(language, f'goal.letter.{letter}')})"


def told_goal(start: str, row: Row, language: str) -> dict[str, Any]:
    """Tell one goal: `letter`, `rating`, `title`, `aim`, `outcome`, `result`, and its `texts`."""
    condition = parse_condition(row["goal"])
    title = row["title"] or text(language, f"measure.{row['measure']}.label")
    return {
        "letter": row["rating"] or "-",
        "rating": rating_words(row, language),
        "title": text(language, "goal.in_game", title=title, game=row["game"]) if row["game"] else title,
        "aim": _aim(condition, language) + _weight(row["weight"], language),
        "outcome": _outcome(start, row, condition.unit, language),
        "result": _result(condition, row, language),
        "texts": list(_texts(start, row, condition, language)),
    }


def _aim(condition: Condition, language: str) -> str:
    """Tell the bounds."""
    unit, low, high = condition.unit, condition.low, condition.high
    if unit == "yes-no":
        return text(language, "goal.bound.yes")
    told = {name: _bound(unit, bound, language) for name, bound in (("low", low), ("high", high)) if bound is not None}
    if low is not None and high is not None:
        return text(language, "goal.bound.between", **told)
    moment = unit == "moment"
    if high is not None:
        names = ("before" if moment else "under", "latest" if moment else "most")
    else:
        names = ("after" if moment else "over", "earliest" if moment else "least")
    return text(language, f"goal.bound.{names[not condition.strict]}", **told)


def _bound(unit: str, bound: float, language: str) -> str:
    """Tell a bound as exactly as it was written."""
    if unit == "share":
        return _exactly(bound * 100, language) + text(language, "form.percent")
    if unit in TIMES:
        return duration(language, bound) if bound == int(bound) else f"{_exactly(bound, language)} s"
    return _exactly(bound, language)


def _weight(weight: float, language: str) -> str:
    """Tell a weight other than 1."""
    return "" if weight == 1 else f" ({text(language, 'goal.weight', weight=_exactly(weight, language))})"


def _exactly(value: float, language: str) -> str:
    """Write a number with all its decimals, up to six."""
    decimals = len(f"{value:.{DECIMALS}f}".rstrip("0").partition(".")[2])
    return number(language, value, decimals)


def _roundly(value: float, language: str, *, whole: bool) -> str:
    """Write a number without decimals, or with as many as keep it from reading as nothing."""
    decimals = 0 if whole else next((count for count in range(1, DECIMALS) if round(value, count)), DECIMALS)
    return number(language, value, decimals)


def _outcome(start: str, row: Row, unit: str, language: str) -> str:
    """Tell the value; what never came, and what there was nothing to measure of."""
    value = row["value"]
    if value is None:
        return text(language, "goal.absent" if row["rating"] is None else "goal.never")
    if unit == "yes-no":
        return text(language, "page.true" if value else "page.false")
    if unit == "moment":
        return text(language, "goal.moment", clock=clock(start, row["since_s"] + value), after=duration(language, value))
    return _amount(unit, value, language)


def _result(condition: Condition, row: Row, language: str) -> str:
    """Tell whether a goal was met, and by how much."""
    if row["met"] is None:
        return text(language, "goal.not_rated")
    margin = row["margin"]
    if not margin:
        return text(language, "goal.met" if row["met"] else "goal.missed")
    above = not row["met"] and is_above(condition, row["value"])
    amount = _difference(condition.unit, abs(margin), language, up=not above)
    if row["met"]:
        return text(language, "goal.met_by", amount=amount)
    words = {"moment": ("early", "late"), "s": ("short", "long")}.get(condition.unit, ("less", "more"))
    return text(language, f"goal.{words[above]}", amount=amount)


def _texts(start: str, row: Row, condition: Condition, language: str) -> Iterator[str]:
    """Tell what is strong or to be improved, and the likely cause."""
    if row["met"] is None:
        return
    theme = theme_of(row, condition)
    if row["met"]:
        yield text(language, "goal.strength", words=text(language, f"strength.{theme}"))
    else:
        yield text(language, "goal.improve", words=text(language, f"improve.{theme}"))
    if row["cause"]:
        key = "goal.helped" if row["met"] else "goal.cause"
        yield text(language, key, words=cause_words(start, row["cause"], language))


def cause_words(start: str, cause: Row, language: str) -> str:
    """Tell a cause in a sentence or two."""
    fields = {name.removesuffix("_s").removesuffix("_share"): _fact(start, name, value, language)
              for name, value in cause["facts"].items()}  # fmt: skip
    return text(language, f"likely.{cause['key']}", **fields)


def _fact(start: str, name: str, value: Any, language: str) -> str:  # noqa: ANN401 - number or text
    """Tell one fact of a cause by the form that its name has."""
    if name.endswith("_at_s"):
        return clock(start, value)
    if name.endswith("_share"):
        return percentage(language, value)
    if name == "w":
        return text(language, f"w.{value}")
    return value if isinstance(value, str) else number(language, value)


def _amount(unit: str, value: float, language: str) -> str:
    """Tell a value in its unit."""
    if unit in TIMES:
        return f"{number(language, value, 1)} s" if 0 < value < _SHORT_S else duration(language, value)
    if unit == "share":
        return percentage(language, value)
    return _roundly(value, language, whole=value == int(value))


def _difference(unit: str, value: float, language: str, *, up: bool) -> str:
    """Tell a difference in its unit, of shares in percentage points.

    Values are told rounded down; so times `up` to a bound are rounded up, and both add up to it.
    """
    if unit == "share":
        points = value * 100
        return text(language, "goal.points", amount=_roundly(points, language, whole=points >= 10))  # noqa: PLR2004 as percentages
    return _amount(unit, math.ceil(value) if up and unit in TIMES and value >= _SHORT_S else value, language)
