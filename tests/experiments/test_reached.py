"""Reach through the evening: the average of evenings played again, counted anew from their traces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from simulation.engine import run_evening
from simulation.experiments.comparison import Comparison
from simulation.experiments.reached import reached
from simulation.scoring.facts import Facts
from simulation.scoring.reach import told
from tests.experiments.campaigns import MAP, NETWORK, SEEDS, design, table

PLAYED = Comparison(design(), table())


def test_it_is_the_mean_share_of_who_had_read_a_right_message() -> None:
    found = reached(PLAYED, NETWORK)
    assert list(found) == PLAYED.documented
    for condition, curve in found.items():
        shares = []
        for seed in SEEDS:
            news = told(Facts(run_evening(PLAYED.design.conditions[condition].scenario.with_seed(seed), MAP, seed)))
            read_s = news.read_s[news.people]
            shares.append([(read_s <= time_s).mean() for time_s in curve.times])
        assert curve.share == pytest.approx(np.mean(shares, axis=0), abs=1e-5)
        assert (curve.low <= curve.share).all()
        assert (curve.share <= curve.high).all()
        assert (np.diff(curve.share) >= 0.0).all()
        assert curve.share[-1] > 0.0


def test_a_world_in_which_an_evening_failed_counts_under_no_structure() -> None:
    rows = PLAYED.table.to_pylist()
    rows[0]["failure"] = "Fault: too hot"
    one = replace(PLAYED, table=pa.Table.from_pylist(rows, schema=PLAYED.table.schema))
    without = replace(PLAYED, table=PLAYED.table.filter(PLAYED.table["seed"].to_numpy() != SEEDS.start))
    for ours, theirs in zip(reached(one, NETWORK).values(), reached(without, NETWORK).values(), strict=True):
        assert ours.share.tolist() == theirs.share.tolist()
    none = replace(PLAYED, table=pa.Table.from_pylist([{**row, "failure": "x"} for row in rows], schema=PLAYED.table.schema))
    assert reached(none, NETWORK) == {}
