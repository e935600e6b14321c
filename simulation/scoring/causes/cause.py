"""What a cause is, and what the searches for causes share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import DECIMALS
from simulation.scoring.lineage import news_behind
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.scoring.facts import Facts
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

MOST_RECORDS = 3
"""Records that a cause names at most."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The likely cause of an outcome, as far as the trace tells it.

    Parameters
    ----------
    key
        Name of the text under `likely.` in the catalogues.
    facts
        What the text names: counts, shares (`..._share`), moments in seconds from the start of play (`..._at_s`), lengths of
        time (`..._s`) and names.
    records
        Ids of records that show it, for `boef why`.
    """

    key: str
    facts: Mapping[str, float | str] = field(default_factory=dict)
    records: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """Give it as it goes into a file."""
        return {"key": self.key, "facts": dict(self.facts), "records": list(self.records)}


@dataclass(frozen=True, slots=True)
class Case:
    """An outcome whose cause is looked for.

    Parameters
    ----------
    trace
        The evening.
    facts
        The same, indexed: all of it, or the game that the goal is about.
    measure
        Name of the measure.
    due_s
        For a moment: when it should have come at the latest, seconds from the start of play; the end where nothing was said.
    """

    trace: Trace
    facts: Facts
    measure: str
    due_s: float

    def by_then(self, records: Sequence[Record]) -> list[Record]:
        """Give the records until it should have come."""
        return [record for record in records if record.time_s <= self.due_s]


def named(*records: Record) -> tuple[str, ...]:
    """Give the ids of some records, not too many."""
    return tuple(record.id for record in records[:MOST_RECORDS])


def at_s(record: Record) -> float:
    """Give when a record happened, seconds from the start of play."""
    return round(record.time_us / MICROSECONDS, DECIMALS)


def true_sightings(facts: Facts) -> list[Record]:
    """Give the sightings of suspects."""
    return [record for record in facts.of("sighting") if facts.is_true(record)]


def persons(records: Sequence[Record]) -> int:
    """Count who made some records; of what the desk sends, the units that go."""
    return len({record.data["unit"] if record.kind == "dispatch" else record.who for record in records})


def how_seen(facts: Facts) -> Cause:
    """Say how the first came to see a suspect, or that nobody did."""
    seen = true_sightings(facts)
    if not seen:
        return Cause("unseen", {"hints": len(facts.of("hint"))}, named(*facts.of("hint")))
    first = min(seen, key=lambda record: record.time_us)
    news, acts = news_behind(facts, first), [cause for cause in first.causes if cause.startswith("act:")]
    when = {"seen_at_s": at_s(first)}
    if news is not None:
        key = "seen-by-hint" if news.who == "organiser" else "seen-by-message"
        return Cause(key, {**when, "posted_at_s": at_s(news)}, named(first, news))
    if first.data["by"] == "act" and acts and acts[0] in facts.by_id:
        act = facts.by_id[acts[0]]
        return Cause("seen-by-act", {**when, "act": str(act.data["act"])}, named(first, act))
    return Cause("seen-first", when, named(first))


def seldom_seen(case: Case) -> Cause:
    """Say why suspects were noticed seldom: nobody noticed them at all, or they were found before their time was up."""
    facts = case.facts
    if not true_sightings(facts):
        return how_seen(facts)
    ends = {record.data["game"]: record for record in facts.every("game_end") if record.data["reason"] == "found"}
    early = [ends[game.data["game"]] for game in facts.games if game.data["game"] in ends]
    if not early or len(early) < len(facts.games):
        return Cause("unknown")
    last = max(early, key=lambda record: record.time_us)
    return Cause("found-soon", {"end_at_s": at_s(last)}, named(last))


def not_seen_by(case: Case) -> Cause | None:
    """Say that nobody had seen anybody by the time when something should have come of it; None if somebody had."""
    every = case.facts.of("sighting")
    if case.by_then(every):
        return None
    if not every:
        return how_seen(case.facts)
    first = min(every, key=lambda record: record.time_us)
    return Cause("seen-too-late", {"seen_at_s": at_s(first)}, named(first))
