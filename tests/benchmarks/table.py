"""The table of speed: what is measured, and how a line of it reads."""

from __future__ import annotations

import os
import platform
import shutil
import time
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks import campaigns, evenings, fixtures, growth, loading, pairing, scheduling, starting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.benchmarks.measure import Row

GOALS: dict[str, Callable[[], Iterable[Row]]] = {
    "S1": evenings.rows,
    "S2": growth.rows,
    "S4": scheduling.rows,
    "S5": campaigns.rows,
    "S6": pairing.rows,
    "S7": loading.rows,
    "S8": starting.rows,
}
"""Makers of rows by the first goal that each measures."""


def main(wanted: list[str]) -> None:
    """Measure, printing each line as it comes."""
    machine = f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    print(f"{machine}, Python {platform.python_version()}, numpy {np.__version__}.")
    print("CPU time unless it says by the clock; sides in turn; median (least to most).")
    print("Noise: widest spread of a side over its repeats.\n")
    print("| # | measure | result | goal | met | noise | seconds and amounts |")
    print("|---|---|---:|---:|---|---:|---|")
    begin = time.perf_counter()
    try:
        for row in _rows(wanted):
            print(_line(row), flush=True)
    finally:
        shutil.rmtree(fixtures.workshop(), ignore_errors=True)
    print(f"\nMeasured in {time.perf_counter() - begin:.0f} s.")


def _rows(wanted: list[str]) -> Iterator[Row]:
    for name, maker in GOALS.items():
        if not wanted or name in wanted:
            yield from maker()


def _line(row: Row) -> str:
    figure = goal = share = ""
    if row.figure is not None:
        unit = f" {row.unit}" if row.unit else ""
        figure = f"{row.figure.median:.3g}{unit} ({row.figure.low:.3g} to {row.figure.high:.3g})"
    if row.goal is not None:
        goal = f"{'≥' if row.at_least else '≤'} {row.goal:g}{f' {row.unit}' if row.unit else ''}"
    if row.noise is not None:
        share = f"{row.noise:.0%}"
    met = {None: "", True: "yes", False: "**no**"}[row.met]
    return f"| {row.name} | {row.measure} | {figure} | {goal} | {met} | {share} | {row.note} |"
