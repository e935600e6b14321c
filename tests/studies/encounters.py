"""Encounters: whether suspects are in view exactly when looking every second finds them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.places import network_of
from tests.studies.study import Row, Study, compared, mean
from tests.verification.watched import DURATION_S, EVERYBODY_LOOKS, REACH_M, Scene, watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.verification.watched import Watched

SEEDS = range(100, 120)
HOMES = 400
MOST = {"from home": 0.0, "from the street": 0.01}
"""Share of the seconds that may differ: sight lines from homes are exact, between walkers they go in cells of 5 m."""
EITHER_WAY = 0.05
"""Share by which the sums may differ, where sight goes in cells."""

QUESTION = f"""\
Is the suspect in view exactly when brute force finds him, which looks past all buildings every second? {len(SEEDS)} evenings
of 20 minutes in which everybody looks; in each up to {HOMES} people at home whom he comes near, and all walkers. Both sides
look at the same evenings, so that chance plays no part. What counts is the share of the seconds in which either side has him
in view that differ without a change of view close by (a quarter of a second; for walkers the time to pass a cell). From home
none may; between walkers, where sight goes in cells, {MOST["from the street"]:.0%}. Sums may differ by {EITHER_WAY:.0%}."""


def studies() -> list[Study]:
    """Give the studies of encounters."""
    return [_study("Encounters on the shipped map", "wijk"), _study("Encounters in Kampen", "bloemkool")]


def _study(title: str, place: str) -> Study:
    limits = {"most": MOST, "either_way": EITHER_WAY}
    told = {"everybody": EVERYBODY_LOOKS, "reach_m": REACH_M, "duration_s": DURATION_S}
    return Study(
        title=title,
        place=place,
        question=QUESTION,
        settings={"seeds": list(SEEDS), "homes": HOMES, **limits, **told},
        parts=SEEDS,
        work=partial(_watched, place),
        told=lambda results: compared(_rows(results)),
        sample=partial(_sample, place),
    )


def _watched(place: str, seed: int) -> tuple[Watched, Watched]:
    return watch(Scene(network_of(place), seed), HOMES)


def _rows(results: Sequence[tuple[Watched, Watched]]) -> list[Row]:
    rows = []
    for (where, most), worlds in zip(MOST.items(), zip(*results, strict=True), strict=True):
        spells = np.array([world.spells for world in worlds], float).T
        seconds = np.array([(world.engine.sum(), world.brute.sum()) for world in worlds], float).T
        differs = np.concatenate([world.differs for world in worlds])
        for name, (mine, his) in (("encounters", spells), ("seconds in view", seconds)):
            close = bool(abs(mine.sum() / his.sum() - 1.0) < EITHER_WAY)
            rows.append(Row(where, f"{name}, per evening", mean(mine), mean(his), None, close))
        share = float(differs.mean())
        told = f"{differs.sum()} of {len(differs)}"
        rows.append(Row(where, "seconds that differ", told, f"at most {most:.0%}", None, share <= most))
    return rows


def _sample(place: str) -> list[Any]:
    seen = watch(Scene(network_of(place), SEEDS[0]), homes=6, walkers=12)
    return [[int(one.engine.sum()), int(one.brute.sum()), int(one.unsure.sum()), *one.spells] for one in seen]
