"""An evening in a few sentences that somebody without any training in models understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import has_text, text
from simulation.language.forms import clock, duration, number, percentage, times
from simulation.structure_ids import has_groups, parts_in
from simulation.trace.names import role_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TO_THE_MINUTE = len("20:25")
"""How much of a clock time is told of nightfall, which is known to a few minutes."""

AT_ONCE_S = 0.5
"""A shorter wait is none to a reader."""


def summary_lines(header: Mapping[str, Any], score: Mapping[str, Any], language: str) -> Iterator[str]:
    """Tell how an evening went.

    Parameters
    ----------
    header
        Header of the trace.
    score
        Its measures.
    language
        `nl` or `en`.

    Yields
    ------
    Sentences.
    """
    start = str(header["start"])
    fields = {key: header[key] for key in ("scenario", "map_title", "start")}
    yield text(language, "summary.setting", structure=structure_words(header["structure"], language), **fields)
    yield _found(start, score, language)
    yield _seen(start, score, language)
    if score["dark_from_s"] is not None:
        key = "summary.dark" if score["dark_from_s"] else "summary.dark_always"
        yield text(language, key, clock=clock(start, score["dark_from_s"])[:_TO_THE_MINUTE])
    yield _calls(score, language)
    for key in ("challenges_wrong", "bystander_emergency_calls", "dispatches"):
        if score[key]:
            yield text(language, f"summary.{key}", times=times(language, score[key]))
    if any(part.startswith("broadcast") for part in parts_in(str(header["structure"]))):
        key = "summary.broadcast" if score["calls_prompted_by_broadcast"] else "summary.broadcast_none"
        yield text(language, key, times=times(language, score["calls_prompted_by_broadcast"]))
    if has_groups(str(header["structure"])):
        yield _posts(start, score, language)
    yield from _stewards(score, language)
    if score["reach_share"] is not None:
        yield text(language, "summary.reach", share=percentage(language, score["reach_share"]))


def structure_words(structure: str, language: str) -> str:
    """Give the name of an alert structure; one that we have no name for keeps its id."""
    keys = {part: f"structure.{part}" for part in parts_in(structure)}
    known = all(has_text(language, key) for key in keys.values())
    return ", ".join(text(language, key) for key in keys.values()) if known else structure


def _found(start: str, score: Mapping[str, Any], language: str) -> str:
    """Tell who was found."""
    total, count = len(score["suspects"]), score["suspects_found"]
    if not count:
        return text(language, "summary.found_none") if total == 1 else text(language, "summary.found_none_many", total=total)
    first = clock(start, score["found_at_s"])
    if total == 1:
        finder = text(language, f"summary.{score['found_by']}")
        return text(language, "summary.found_one", clock=first, after=duration(language, score["found_at_s"]), by=finder)
    if count == 1:
        return text(language, "summary.found_some_one", total=total, clock=first)
    if count < total:
        return text(language, "summary.found_some", total=total, count=count, clock=first)
    return text(language, "summary.found_all", total=total, clock=first, last=clock(start, score["all_found_at_s"]))


def _seen(start: str, score: Mapping[str, Any], language: str) -> str:
    """Tell how often a suspect was noticed."""
    if not score["sightings"]:
        return text(language, "summary.unseen" if len(score["suspects"]) == 1 else "summary.unseen_many")
    key = "summary.seen_once" if score["sightings"] == 1 else "summary.seen"
    return text(language, key, times=times(language, score["sightings"]), clock=clock(start, score["first_sighting_s"]))


def _posts(start: str, score: Mapping[str, Any], language: str) -> str:
    """Tell how often residents posted what they saw."""
    if not score["posts"]:
        return text(language, "summary.posts_none")
    key = "summary.posts_once" if score["posts"] == 1 else "summary.posts"
    return text(language, key, times=times(language, score["posts"]), clock=clock(start, score["first_post_s"]))


def _stewards(score: Mapping[str, Any], language: str) -> Iterator[str]:
    """Tell the load of those with a role in a group, and whether they had contact with those of other groups."""
    for role, load in score["load_by_role"].items():
        if load is not None and "people" in load:
            words = {name: number(language, load[name], 1) for name in ("read", "sent", "decisions")}
            name = role_words(role, language)
            yield text(language, "summary.load", role=name, people=number(language, load["people"]), **words)
    if score["admins_joined_share"] is not None:
        yield text(language, "summary.joined", share=percentage(language, score["admins_joined_share"]))


def _calls(score: Mapping[str, Any], language: str) -> str:
    """Tell about the calls."""
    calls, answered = score["calls"], score["calls_answered"]
    if not calls:
        return text(language, "summary.calls_none")
    if not answered:
        return text(language, "summary.calls_unanswered", times=times(language, calls))
    if answered == calls and score["call_wait_mean_s"] < AT_ONCE_S:
        key = "summary.calls_once" if calls == 1 else "summary.calls_at_once"
        return text(language, key, times=times(language, calls))
    counts = {"answered": answered, "abandoned": score["calls_abandoned"], "unfinished": score["calls_unfinished"]}
    wait = duration(language, score["call_wait_mean_s"])
    return text(language, "summary.calls", times=times(language, calls), wait=wait, **counts)
