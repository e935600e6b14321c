"""Why there was no call, or not in time, or not a good one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.scoring.causes.cause import Case, Cause, at_s, named, not_seen_by, persons
from simulation.scoring.lineage import news_behind
from simulation.trace.why_words import SIX_W

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record

BUSY_S = 300.0
"""Calls within this long of each other are told as a rush, seconds."""


def temporary(facts: Facts) -> list[Record]:
    """Give the calls to the temporary number."""
    return [record for record in facts.of("call") if record.data["number"] == "temporary"]


def no_call(case: Case) -> Cause:
    """Say why nobody had called by then: nobody saw anybody, or who saw called another number, or did not call."""
    unseen = not_seen_by(case)
    if unseen:
        return unseen
    facts, seen = case.facts, case.by_then(case.facts.of("sighting"))
    calls = temporary(facts)
    emergency = [record for record in case.by_then(facts.of("call")) if record.data["number"] == "emergency"]
    first = min(calls, key=lambda record: record.time_us, default=None)
    if first is not None and facts.by_id[first.data["sighting"]] in seen:
        sighting = facts.by_id[first.data["sighting"]]
        if first.time_s > case.due_s:
            return Cause("dialled-late", {"seen_at_s": at_s(sighting), "called_at_s": at_s(first)}, named(sighting, first))
    skipped = case.by_then(facts.of("skip"))
    busy = {record.who for record in (*emergency, *skipped, *case.by_then(calls))}
    silent = [record for record in seen if record.who not in busy]
    kinds = {"other-number": emergency, "silent": silent, "skipped": skipped}
    key = max(kinds, key=lambda name: persons(kinds[name]))
    if not kinds[key]:
        return Cause("all-called", {"count": persons(seen)}, named(*seen))
    return Cause(key, {"count": persons(kinds[key]), "of": persons(seen)}, named(*kinds[key]))


def no_answer(case: Case) -> Cause:
    """Say why no call was answered by then, or few: there were none, the number was closed, or it was busy."""
    facts = case.facts
    if not case.by_then(temporary(facts)):
        return no_call(case)
    return waited(case)


def waited(case: Case) -> Cause:
    """Say why callers waited or hung up: the number was closed, or too many called together."""
    facts, calls = case.facts, temporary(case.facts)
    closed = [record for record in facts.of("abandoned") if "fact:number" in record.causes]
    if closed:
        return Cause("closed", {"count": len(closed)}, named(*closed))
    rush = _rush(calls)
    if len(rush) < 2:  # noqa: PLR2004 - one call is no rush
        return Cause("unknown")
    doubled = sum(bool(record.data["duplicate"]) for record in facts.of("report"))
    return Cause("busy", {"count": len(rush), "begin_at_s": at_s(rush[0]), "doubled": doubled}, named(*rush))


def _rush(calls: Sequence[Record]) -> list[Record]:
    """Give the most calls that were made within `BUSY_S`."""
    groups = [[other for other in calls if 0 <= other.time_s - call.time_s <= BUSY_S] for call in calls]
    return max(groups, key=len, default=[])


def doubled(case: Case) -> Cause:
    """Say why so many reported what the desk knew: they had not read that there was a call, or called although they had."""
    facts = case.facts
    reports = [record for record in facts.of("report") if record.data["duplicate"] and record.data["call"] in facts.by_id]
    calls = [facts.by_id[record.data["call"]] for record in reports]
    unread = [call for call in calls if not _had_read(facts, call, stating_called=True)]
    key = "called-unread" if 2 * len(unread) >= len(calls) else "called-anyway"
    count = len(unread) if key == "called-unread" else len(calls) - len(unread)
    return Cause(key, {"count": count, "of": len(calls)}, named(*reports)) if calls else Cause("unknown")


def other_number(case: Case) -> Cause:
    """Say why a real number of the police was dialled: the callers had read no message of the organisers."""
    calls = [record for record in case.facts.of("call") if record.data["number"] == "emergency"]
    unread = [call for call in calls if not _had_read(case.facts, call, stating_called=False)]
    return Cause("number-unread", {"count": len(unread), "of": len(calls)}, named(*calls)) if unread else Cause("unknown")


def _had_read(facts: Facts, call: Record, *, stating_called: bool) -> bool:
    """Whether a caller had read a message that states a call, or else one of the organisers, before he dialled."""
    person = facts.everybody.get(call.who)
    posts = [post for post in facts.every("post") if (post.data["called"] if stating_called else post.who == "organiser")]
    return any(
        reader == person and read_s <= call.time_s
        for post in posts
        for reader, read_s in zip(post.data["readers"], post.data["read_s"], strict=True)
    )


def thin_reports(case: Case) -> Cause:
    """Say which of the six W's was missing most often; of several, the first in their order."""
    reports = case.facts.of("report")
    missing = {name: [report for report in reports if not report.data["elements"][name]] for name in SIX_W}
    name = max(SIX_W, key=lambda name: len(missing[name]))
    if not missing[name]:
        return Cause("unknown")
    return Cause("w-missing", {"w": name, "count": len(missing[name]), "of": len(reports)}, named(*missing[name]))


def unprompted(case: Case) -> Cause:
    """Say how many called without a message having made them."""
    calls = temporary(case.facts)
    if not calls:
        return no_call(case)
    own = [call for call in calls if news_behind(case.facts, call) is None]
    return Cause("unprompted", {"count": len(own), "of": len(calls)}, named(*own)) if own else Cause("unknown")
