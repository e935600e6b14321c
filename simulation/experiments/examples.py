"""Evenings of a comparison to look at: under a structure a typical one, the best and the worst."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulation.experiments.comparison import Comparison, Line

KINDS = ("typical", "best", "worst")
ORDER = ("found_at_s", "reach_share", "first_call_s")
"""Measures by which evenings are put in order."""

MOST = 4
"""Most structures of which evenings are shown."""


class Example(NamedTuple):
    """An evening to look at.

    Parameters
    ----------
    kind
        One of `KINDS`.
    condition
        Place of the condition in the design.
    seed
        Seed of the world.
    """

    kind: str
    condition: int
    seed: int


def examples(comparison: Comparison) -> list[Example]:
    """Choose evenings of the structures as documented: of the first, and of those that differ most from it in being found.

    Under each structure its evenings are put in order: sooner found first, never found last; among these by the share of
    residents who were reached, largest first; and then by the first call, soonest first. The best is the first of them, the
    worst the last, the typical one the middle one, of two the former. Of evenings that came to the same it is the one of the
    lowest seed.
    """
    first, *others = comparison.documented
    foremost = sorted((comparison.line("found", other) for other in others), key=_apart, reverse=True)
    shown = {first, *(line.condition for line in foremost[: MOST - 1])}
    return [one for condition in sorted(shown) for one in _of(comparison, condition)]


def _apart(line: Line) -> float:
    """Say how far a structure is from the first; least where that is not known."""
    return abs(line.difference.value) if line.difference and not np.isnan(line.difference.value) else -1.0


def _of(comparison: Comparison, condition: int) -> list[Example]:
    """Choose among the evenings under one condition that did not fail; none where all did."""
    found, reach, called = (comparison.values(measure, condition) for measure in ORDER)
    merits = [*zip(found.tolist(), (-np.nan_to_num(reach)).tolist(), called.tolist(), strict=True)]
    in_order = sorted((merit, seed) for merit, seed in zip(merits, comparison.seeds, strict=True) if not np.isnan(merit[0]))
    if not in_order:
        return []
    places = {"typical": (len(in_order) - 1) // 2, "best": 0, "worst": -1}
    wanted = {kind: in_order[places[kind]][0] for kind in KINDS}
    return [Example(kind, condition, next(seed for merit, seed in in_order if merit == wanted[kind])) for kind in KINDS]
