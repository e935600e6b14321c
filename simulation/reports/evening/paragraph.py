"""What happened, in one paragraph for who was not there: when he was seen, who called, how the news went, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import text
from simulation.language.forms import clock, duration, number, percentage, times
from simulation.scenario.conditions import parse_condition
from simulation.scoring.causes import likely_cause
from simulation.scoring.facts import Facts
from simulation.scoring.goalwords import cause_words
from simulation.structure_ids import has_groups
from simulation.trace.names import Names
from simulation.trace.why_words import street_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.trace.log import Trace

    Score = Mapping[str, Any]

_COUNTED = ("challenges_wrong", "unsafe_approaches", "bystander_emergency_calls", "calls_duplicate", "calls_abandoned")
_SHARES = ("reach_false_share", "muted_share")
_FOUND = parse_condition("found = yes")


def paragraph(trace: Trace, score: Score, language: str) -> list[str]:
    """Tell an evening in the sentences of one paragraph.

    Parameters
    ----------
    trace
        The evening.
    score
        Its measures.
    language
        `nl` or `en`.
    """
    return list(_Telling(trace, score, language).told())


class _Telling:
    """The evening, the words for who is in it, and the sentences about it."""

    def __init__(self, trace: Trace, score: Score, language: str) -> None:
        self._trace, self._score, self._language = trace, score, language
        self._facts, self._names = Facts(trace), Names(trace, language)
        self._start = str(trace.header["start"])

    def told(self) -> Iterator[str]:
        """Give all sentences."""
        for tell in (self._setting, self._seen, self._called, self._spread, self._searched, self._ended, self._side):
            yield from tell()

    def _text(self, key: str, /, **fields: object) -> str:
        return text(self._language, f"paragraph.{key}", **fields)

    def _at(self, moment: float) -> str:
        return clock(self._start, moment)

    def _number(self, value: float) -> str:
        return number(self._language, value)

    def _setting(self) -> Iterator[str]:
        """Tell how many suspects there were, and how many people."""
        suspects, residents = len(self._facts.suspects), self._number(len(self._facts.ages))
        if suspects:
            key = "begin_one" if suspects == 1 else "begin_many"
            yield self._text(key, start=self._start, suspects=self._number(suspects))
        if self._facts.groups:
            yield self._text("members", residents=residents, members=self._number(int(self._facts.members.sum())))
        elif len(self._facts.ages):
            yield self._text("residents", residents=residents)

    def _seen(self) -> Iterator[str]:
        """Tell of the first sighting."""
        sightings = [record for record in self._facts.of("sighting") if self._facts.is_true(record)]
        if not sightings:
            yield self._text("unseen")
            return
        first = min(sightings, key=lambda record: record.time_us)
        told = {"clock": self._at(first.time_s), "street": street_words(first.data, self._language)}
        yield self._text("seen", suspect=self._names.who(first.data["suspect"]), who=self._names.who(first.who), **told)
        if len(sightings) > 1:
            yield self._text("seen_in_all", times=times(self._language, len(sightings)))

    def _called(self) -> Iterator[str]:
        """Tell who called first, and how that went on."""
        score = self._score
        calls = [record for record in self._facts.of("call") if record.data["number"] == "temporary"]
        if not calls:
            yield self._text("uncalled")
            return
        first = min(calls, key=lambda record: record.time_us)
        yield self._text("called", who=self._names.who(first.who), clock=self._at(first.time_s))
        if len(calls) > 1:
            answered = self._number(score["calls_answered"])
            yield self._text("called_in_all", times=times(self._language, len(calls)), answered=answered)
        elif not score["calls_answered"]:
            yield self._text("unanswered")

    def _spread(self) -> Iterator[str]:
        """Tell how the news travelled."""
        score = self._score
        if not has_groups(str(self._trace.header["structure"])):
            yield self._text("no_groups")
        elif score["first_post_s"] is None:
            yield self._text("unposted")
        else:
            yield self._text("posted", clock=self._at(score["first_post_s"]))
            if score["first_cross_group_s"] is not None and len(self._facts.groups) > 1:
                yield self._text("crossed", clock=self._at(score["first_cross_group_s"]))
        if score["reach_share"] is not None:
            share, members = (score[key] for key in ("reach_share", "reach_members_share"))
            told = {"share": percentage(self._language, share)}
            if members is None or not self._facts.groups:
                yield self._text("read", **told)
            else:
                yield self._text("read_members", members=percentage(self._language, members), **told)

    def _searched(self) -> Iterator[str]:
        """Tell how many went to look."""
        went = {record.who for record in self._facts.of("departure")}
        if went:
            yield self._text("searched_one" if len(went) == 1 else "searched", count=self._number(len(went)))
        if self._score["dispatches"]:
            yield self._text("dispatched", times=times(self._language, self._score["dispatches"]))

    def _ended(self) -> Iterator[str]:
        """Tell whether and why a suspect was found."""
        score, found = self._score, [record for record in self._facts.of("found") if record.who in self._facts.suspects]
        if found:
            first = min(found, key=lambda record: record.time_us)
            told = {"suspect": self._names.who(first.who), "by": self._names.who(first.data["by"])}
            yield self._text("found", clock=self._at(first.time_s), after=duration(self._language, first.time_s), **told)
            yield from self._because(found=True)
        count, total = int(score["suspects_found"]), len(self._facts.suspects)
        if total > 1:
            yield self._text("found_of", count=self._number(count), total=self._number(total))
        elif not found:
            yield self._text("not_found")
        if not found:
            yield from self._because(found=False)
        elif count < total:
            yield self._others({record.who for record in found})

    def _others(self, found: set[str]) -> str:
        """Tell of suspects who were not found whether anybody noticed them."""
        sightings = [record for record in self._facts.of("sighting") if self._facts.is_true(record)]
        count = sum(record.data["suspect"] not in found for record in sightings)
        return self._text("others_seen", times=times(self._language, count)) if count else self._text("others_unseen")

    def _because(self, *, found: bool) -> Iterator[str]:
        """Tell why a suspect was found, or none was, if anything tells it."""
        cause = likely_cause(self._trace, self._facts, _FOUND, float(found))
        if cause is not None and cause.key != "unknown":
            yield cause_words(self._start, cause.as_row(), self._language)

    def _side(self) -> Iterator[str]:
        """Tell the side effects that there were."""
        counts = {key: {"times": times(self._language, self._score[key])} for key in _COUNTED if self._score[key]}
        shares = {key: {"share": percentage(self._language, self._score[key])} for key in _SHARES if self._score[key]}
        told = [self._text(f"side.{key}", **fields) for key, fields in {**counts, **shares}.items()]
        yield self._text("side.some", what="; ".join(told)) if told else self._text("side.none")
