"""What decides a result: how much of it rests on the numbers of each grade, above all on our own assumptions (grade D)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulation.experiments.tornado import Bar
    from simulation.experiments.variance import Indices, Influence


class SwingOfGrade(NamedTuple):
    """What a tornado says of the numbers of one grade.

    Parameters
    ----------
    grade
        The grade; empty for what the organiser decides.
    factors, clear
        How many factors have it, and how many of these do more than chance.
    share
        Their share of all swings that are clear; nan where none is.
    """

    grade: str
    factors: int
    clear: int
    share: float


class VarianceOfGrade(NamedTuple):
    """What Sobol indices say of the numbers of one grade, taken together.

    Parameters
    ----------
    grade
        The grade; empty for what the organiser decides.
    factors
        How many factors have it.
    least, most
        Bounds of the share of the variance that would stay if everything else were known: the sum of their first-order
        indices, as no interaction counts, and of their total indices, as each interaction counts for everyone in it.
    """

    grade: str
    factors: int
    least: float
    most: float


def swing_by_grade(bars: Sequence[Bar]) -> tuple[SwingOfGrade, ...]:
    """Tell how much of the clear swings of a tornado rests on each grade, D first."""
    whole = sum(bar.swing for bar in bars if bar.clear)
    rows = []
    for grade in _grades(bars):
        own = [bar for bar in bars if bar.grade == grade]
        clear = [bar.swing for bar in own if bar.clear]
        rows.append(SwingOfGrade(grade, len(own), len(clear), sum(clear) / whole if whole else float("nan")))
    return tuple(rows)


def variance_by_grade(indices: Indices) -> tuple[VarianceOfGrade, ...]:
    """Tell how much of the variance rests on each grade, D first."""
    rows = []
    for grade in _grades(indices.factors):
        own = [one for one in indices.factors if one.grade == grade]
        least, most = sum(one.first.value for one in own), sum(one.total.value for one in own)
        rows.append(VarianceOfGrade(grade, len(own), max(0.0, least), min(1.0, most)))
    return tuple(rows)


def _grades(factors: Iterable[Bar | Influence]) -> list[str]:
    """List the grades that occur, the least firm first and what the organiser decides last."""
    return sorted({factor.grade for factor in factors}, reverse=True)
