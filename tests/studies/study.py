"""What a study is: a question on one map, settings, work in parts, what it came to, and the digest of its inputs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.trace.canonical import canonical
from tests.places import PLACES, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from simulation.trace.log import Trace

Array = np.ndarray[Any, np.dtype[Any]]

LIMIT = 3.0
"""A difference of so many standard errors is no chance any more."""


class Row(NamedTuple):
    """One figure.

    Parameters
    ----------
    case, figure
        In which evening, and of what.
    engine, reference
        What the engine makes of it, and what the independent answer is.
    z
        The difference in standard errors; None where it says nothing.
    agrees
        The verdict; None where the matter is too rare to judge.
    """

    case: str
    figure: str
    engine: str
    reference: str
    z: float | None
    agrees: bool | None


@dataclass(frozen=True, eq=False)
class Study:
    """A study on one map.

    Parameters
    ----------
    title, place, question
        What it is called, the name of its map, and what it asks.
    settings
        All that it was told: whatever changes the results stands here.
    parts, work
        The parts of the work, in any order, and what does one of them; both can be pickled.
    told
        From the results of all parts, in order, to the lines that say what it came to.
    sample
        Results in a few worlds, as a plain value: it changes when the model or the reference does, and not when the same is
        merely computed in another way.
    keep
        Where the results of the parts are kept, as plain lists, so that only new parts are worked on as long as neither the
        settings nor the sample change; None for nowhere.
    draw
        Draws from the results what goes with the section; None for nothing.
    """

    title: str
    place: str
    question: str
    settings: Mapping[str, Any]
    parts: Sequence[Any]
    work: Callable[[Any], Any]
    told: Callable[[Sequence[Any]], Sequence[str]]
    sample: Callable[[], Any]
    keep: Path | None = None
    draw: Callable[[Sequence[Any]], None] | None = None

    def digest(self) -> str:
        """Give the digest of the inputs: settings, map, what the sample gives now, and the parts where these are kept."""
        own = {} if self.keep is None else {"parts": list(self.parts)}
        return self._digest_with(own)

    def _digest_with(self, more: Mapping[str, Any]) -> str:
        inputs = {"settings": self.settings, "map": digest_of(self.place), "sample": self.sample(), **more}
        return sha256(canonical(inputs).encode()).hexdigest()

    def kept(self) -> dict[str, Any]:
        """Give the results of parts that were kept and hold, by their part as text."""
        if self.keep is None or not self.keep.exists():
            return {}
        kept = json.loads(self.keep.read_text(encoding="utf-8"))
        return dict(kept["results"]) if kept["inputs"] == self._digest_with({}) else {}

    def put_away(self, results: Sequence[Any]) -> None:
        """Keep the results of all parts."""
        if self.keep is not None:
            named = {str(part): result for part, result in zip(self.parts, results, strict=True)}
            text = json.dumps({"inputs": self._digest_with({}), "results": named}, indent=0, sort_keys=True)
            self.keep.write_text(text + "\n", encoding="utf-8")

    def section(self, results: Sequence[Any]) -> str:
        """Write down the results."""
        lines = [
            f"## {self.title}\n",
            f"{self.question}\n",
            f"Map: {PLACES[self.place]} (digest `{digest_of(self.place)}`).\n",
            *self.told(results),
            f"\nDigest of the inputs: `{self.digest()}`.",
        ]
        return "\n".join(lines) + "\n"


def compared(rows: Sequence[Row]) -> list[str]:
    """Write down figures of the engine beside those of the independent answer."""
    return [
        f"{_verdict(rows)}\n",
        "| evening | figure | engine | reference | z | verdict |",
        "|---|---|---:|---:|---:|---|",
        *(_line(row) for row in rows),
    ]


def mean(values: Array) -> str:
    """Write a mean with its standard error."""
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    return f"{float(values.mean()):.4g} ± {error:.2g}"


def told_by(trace: Trace) -> dict[str, tuple[int, int]]:
    """Give for each kind how many records there are, and the sum of their times."""
    counts, times = Counter(record.kind for record in trace.records), Counter[str]()
    for record in trace.records:
        times[record.kind] += record.time_us
    return {kind: (counts[kind], times[kind]) for kind in sorted(counts)}


def _verdict(rows: Sequence[Row]) -> str:
    judged = [row for row in rows if row.agrees is not None]
    wrong = sum(not row.agrees for row in judged)
    largest = max((abs(row.z) for row in judged if row.z is not None), default=0.0)
    told = f"{wrong} of {len(judged)} figures differ" if wrong else f"All {len(judged)} figures agree"
    return f"**{told}**; the largest |z| is {largest:.2f}."


def _line(row: Row) -> str:
    verdict = {None: "too rare", True: "agrees", False: "**differs**"}[row.agrees]
    z = "" if row.z is None else f"{row.z:+.2f}"
    return f"| {row.case} | {row.figure} | {row.engine} | {row.reference} | {z} | {verdict} |"
