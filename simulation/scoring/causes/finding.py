"""Why he was not found, or late, or soon; and why others were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.scoring.causes.cause import Case, Cause, at_s, named, persons, true_sightings
from simulation.scoring.lineage import NEWS, news_behind
from simulation.trace.records import MICROSECONDS
from simulation.trace.why import causal_chain

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record


def asked_suspects(facts: Facts) -> list[Record]:
    """Give the questions to suspects of the evening or the game, the earliest first."""
    asked = [record for record in facts.of("question") if record.data["asked"] in facts.suspects]
    return sorted(asked, key=lambda record: record.time_us)


def found_late(case: Case) -> Cause:
    """Say which step of the chain that led to the finding took longest, or how far it got where he was not found.

    The steps are a sighting, that somebody went to look because of it, and the search. Who went because of a hint, or of a
    message about somebody else, went without that sighting.
    """
    asked = _deciding(case)
    if asked is None:
        return _not_found(case)
    steps = [link.record for link in causal_chain(case.trace, asked.id).links if link.record]
    left = (record for record in steps if record.kind == "dispatch" or (record.kind, record.who) == ("departure", asked.who))
    gone = next(left, None)
    if gone is None:
        return how_found(case, asked)
    sightings = (record for record in steps if record.kind == "sighting" and case.facts.is_true(record))
    seen = next((record for record in sightings if record.time_us <= gone.time_us), None)
    start_s, moments = case.facts.start_us / MICROSECONDS, {"gone_at_s": at_s(gone), "found_at_s": at_s(asked)}
    if seen is None:
        key = "long-search" if asked.time_s - gone.time_s > gone.time_s - start_s else "long-waited"
        return Cause(key, moments, named(gone, asked))
    lengths = {
        "long-unseen": seen.time_s - start_s,
        "long-untold": gone.time_s - seen.time_s,
        "long-search": asked.time_s - gone.time_s,
    }
    key = max(lengths, key=lambda name: lengths[name])
    return Cause(key, {"seen_at_s": at_s(seen), **moments}, named(seen, gone, asked))


def _deciding(case: Case) -> Record | None:
    """Give the question with which the goal was met or missed: the first, or the first to the suspect who was found last."""
    asked = asked_suspects(case.facts)
    if case.measure not in {"all_found_at_s", "suspects_found"}:
        return asked[0] if asked else None
    first = {record.data["asked"]: record for record in reversed(asked)}
    return max(first.values(), key=lambda record: record.time_us) if len(first) == len(case.facts.suspects) else None


def how_found(case: Case, asked: Record | None = None) -> Cause:
    """Say how the finder came to ask: because of a hint, of a message, of what he saw himself, or by chance."""
    first = asked or _deciding(case)
    if first is None:
        return Cause("unknown")
    news = _sent_out_by(case, first) or news_behind(case.facts, first)
    when = {"found_at_s": at_s(first)}
    if news is not None:
        key = "found-by-hint" if news.who == "organiser" else "found-by-message"
        return Cause(key, {**when, "posted_at_s": at_s(news)}, named(first, news))
    sighting = next((case.facts.by_id[cause] for cause in first.causes if cause.startswith("sighting:")), None)
    if sighting is not None:
        return Cause("found-by-sight", when, named(first, sighting))
    stranger = any(cause.startswith("draw:ask-stranger:") for cause in first.causes)
    return Cause("found-by-chance" if stranger else "unknown", when if stranger else {}, named(first))


def _sent_out_by(case: Case, asked: Record) -> Record | None:
    """Give the last message with news that triggered what the finder did; None if none did."""
    read = (link.record for link in reversed(causal_chain(case.trace, asked.id).links) if link.reader == asked.who)
    return next((record for record in read if record and record.data["content"] in NEWS), None)


def _not_found(case: Case) -> Cause:
    """Say how far it got: seen, told, gone to look, asked somebody else."""
    facts = case.facts
    left = [suspect for suspect in facts.suspects if suspect not in {record.data["asked"] for record in asked_suspects(facts)}]
    seen = [record for record in true_sightings(facts) if record.data["suspect"] in left]
    if not seen:
        return Cause("unseen", {"hints": len(facts.of("hint"))}, named(*facts.of("hint")))
    news = [
        post for post in facts.of("post") if post.data["place"] is not None and post.data["content"] in {"sighting", "hint"}
    ]
    went = [*facts.of("departure"), *facts.of("dispatch")]
    if not went:
        if not news:
            return Cause("untold", {"count": persons(seen)}, named(*seen))
        return Cause("nobody-went", {"count": sum(len(post.data["readers"]) for post in news)}, named(*news))
    wrong = [record for record in facts.of("question") if record.data["answer"] == "no"]
    gave_up = facts.of("gave_up")
    if wrong:
        return Cause("asked-others", {"count": len(wrong), "searchers": persons(went)}, named(*wrong))
    if gave_up:
        return Cause("gave-up", {"count": persons(gave_up), "searchers": persons(went)}, named(*gave_up))
    return Cause("not-met", {"searchers": persons(went)}, named(*went))


def asked_others(case: Case) -> Cause:
    """Say why others were asked: a message about somebody else, somebody who looked like him, or no description at all."""
    facts = case.facts
    wrong = [record for record in facts.of("question") if record.data["answer"] == "no"]
    told = [record for record in wrong if _misled(facts, record)]
    alike = [record for record in wrong if record not in told and any(one.startswith("sighting:") for one in record.causes)]
    strangers = [record for record in wrong if any(one.startswith("draw:ask-stranger:") for one in record.causes)]
    kinds = {"wrong-told": told, "wrong-alike": alike, "wrong-stranger": strangers}
    key = max(kinds, key=lambda name: len(kinds[name]))
    return Cause(key, {"count": len(kinds[key]), "of": len(wrong)}, named(*kinds[key])) if kinds[key] else Cause("unknown")


def _misled(facts: Facts, asked: Record) -> bool:
    """Whether somebody asked because he had read a message about somebody else."""
    news = news_behind(facts, asked)
    return news is not None and not news.data["true"]


def unsafe(case: Case) -> Cause:
    """Say who took risks: people who knew of no exercise, for only they speak to a suspect in this way."""
    rash = [record for record in case.facts.of("address") if record.data["unsafe"]]
    return Cause("unknowing", {"count": persons(rash)}, named(*rash)) if rash else Cause("unknown")


def not_sent(case: Case) -> Cause:
    """Say why the desk sent nobody: it had no report."""
    reports = case.facts.of("report")
    return Cause("unknown") if reports else Cause("unreported", {"calls": len(case.facts.of("call"))})
