"""An evening in a few sentences that somebody without any training in models understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import has_text, text
from simulation.language.forms import clock, duration, percentage, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
    if score["sightings"]:
        yield text(
            language, "summary.seen", times=times(language, score["sightings"]), clock=clock(start, score["first_sighting_s"])
        )
    else:
        yield text(language, "summary.unseen")
    yield _calls(score, language)
    if score["bystander_emergency_calls"]:
        yield text(language, "summary.emergency", times=times(language, score["bystander_emergency_calls"]))
    if score["posts"]:
        yield text(language, "summary.posts", times=times(language, score["posts"]), clock=clock(start, score["first_post_s"]))
    else:
        yield text(language, "summary.posts_none")
    if score["reach_share"] is not None:
        yield text(language, "summary.reach", share=percentage(language, score["reach_share"]))


def structure_words(structure: str, language: str) -> str:
    """Give the name of an alert structure; one that we have no name for keeps its id."""
    key = f"structure.{structure}"
    return text(language, key) if has_text(language, key) else structure


def _found(start: str, score: Mapping[str, Any], language: str) -> str:
    """Tell who was found."""
    total, count = len(score["suspects"]), score["suspects_found"]
    if not count:
        return text(language, "summary.found_none") if total == 1 else text(language, "summary.found_none_many", total=total)
    first = clock(start, score["found_at_s"])
    if total == 1:
        finder = text(language, f"summary.{score['found_by']}")
        return text(language, "summary.found_one", clock=first, after=duration(language, score["found_at_s"]), by=finder)
    if count < total:
        return text(language, "summary.found_some", total=total, count=count, clock=first)
    return text(language, "summary.found_all", total=total, clock=first, last=clock(start, score["all_found_at_s"]))


def _calls(score: Mapping[str, Any], language: str) -> str:
    """Tell about the calls."""
    if not score["calls"]:
        return text(language, "summary.calls_none")
    if not score["calls_answered"]:
        return text(language, "summary.calls_unanswered", times=times(language, score["calls"]))
    counts = {
        "times": times(language, score["calls"]),
        "answered": score["calls_answered"],
        "abandoned": score["calls_abandoned"],
    }
    return text(language, "summary.calls", wait=duration(language, score["call_wait_mean_s"]), **counts)
