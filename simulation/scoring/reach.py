"""Measures of reach: who read news, how soon, and whether it was of use. Reads still due at the end count.

The same people stand below every share: all residents from twelve, except those who saw for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.scoring.facts import DECIMALS, share
from simulation.scoring.lineage import content_of
from simulation.scoring.messages import PEOPLE_FROM_AGE
from simulation.scoring.position import positions
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.maps.streetmap import Floats, Ints
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record

WINDOW_S = 900.0
"""Reach counts reads until this long after the first sighting, seconds."""

FRESH_S = 600.0
"""News is of use if it is read while younger than this, seconds."""

NEAR_M = 300.0
"""News is of use if it is read closer than this to the place it names, metres."""


RIGHT = ("true", "official")
"""What a right message rests on."""


@dataclass(frozen=True, slots=True)
class Told:
    """When residents got to know of a suspect.

    Parameters
    ----------
    first_s
        When a suspect was first noticed, seconds; None for never.
    people
        (R,) true for the residents below every share of reach.
    read_s
        (R,) when each first read a right message, seconds; infinity for never.
    """

    first_s: float | None
    people: NDArray[np.bool_]
    read_s: Floats


def told(facts: Facts) -> Told:
    """Find out when each resident first read a right message, and who counts."""
    good = [record for record in facts.of("post") if content_of(facts, record) in RIGHT]
    first_s, people = _window(facts, [record for record in facts.of("sighting") if facts.is_true(record)])
    return Told(first_s, people, _first_reads(facts, good))


def reach(facts: Facts) -> dict[str, Any]:
    """Score reach."""
    contents = {record.id: content_of(facts, record) for record in facts.of("post")}
    good = [record for record in facts.of("post") if contents[record.id] in RIGHT]
    wrong = [record for record in facts.of("post") if contents[record.id] == "mistaken"]
    sightings = facts.of("sighting")
    first_s, people = _window(facts, [record for record in sightings if facts.is_true(record)])
    wrong_first_s, wrong_people = _window(facts, [record for record in sightings if not facts.is_true(record)])
    read_s, wrong_s = _first_reads(facts, good), _first_reads(facts, wrong)
    useful_s = _useful_reads(facts, good, people, -np.inf if first_s is None else first_s + WINDOW_S)
    return {
        "reach_share": _share_by(read_s, people, first_s),
        "reach_members_share": _share_by(read_s, people & (facts.members == 1), first_s),
        "reach_useful_share": _share_by(useful_s, people, first_s),
        "reach_false_share": _share_by(wrong_s, wrong_people, wrong_first_s),
        "reach_half_s": None if first_s is None else _half_s(read_s[people]),
        "outcome_reach_share": _outcome_share(facts),
    }


def _grown(facts: Facts) -> NDArray[np.bool_]:
    """Mark the residents from twelve."""
    return facts.ages >= PEOPLE_FROM_AGE


def _window(facts: Facts, sightings: list[Record]) -> tuple[float | None, NDArray[np.bool_]]:
    """Give when the first of some sightings was, and mark who counts: from twelve, and no spotter."""
    people = _grown(facts)
    if not sightings:
        return None, people
    people[[facts.index[record.who] for record in sightings if record.who in facts.index]] = False
    return min(record.time_us for record in sightings) / MICROSECONDS, people


def _first_reads(facts: Facts, posts: list[Record]) -> Floats:
    """Give when every resident first read one of some posts, seconds; infinity for never."""
    first = np.full(len(facts.ages), np.inf)
    for post in posts:
        np.minimum.at(first, *_reads(facts, post))
    return first


def _reads(facts: Facts, post: Record) -> tuple[Ints, Floats]:
    """Give which residents read a post, and when, seconds."""
    residents = facts.residents_among(post.data["readers"])
    readers, read_s = np.asarray(post.data["readers"], dtype=np.int64), np.asarray(post.data["read_s"], dtype=np.float64)
    return readers[residents], read_s[residents]


def _useful_reads(facts: Facts, posts: list[Record], people: NDArray[np.bool_], until_s: float) -> Floats:
    """Give when each of some people first read one of some posts while it was fresh and named a place nearby.

    Only until some second, and infinity for all others: to find out where somebody was takes longer than all else here.
    """
    first = np.full(len(facts.ages), np.inf)
    for post in (post for post in posts if post.data["place"] is not None):
        seen_s = post.time_s if post.data["seen_s"] is None else float(post.data["seen_s"])
        readers, read_s = _reads(facts, post)
        wanted = people[readers] & (read_s <= until_s) & (read_s < first[readers]) & (read_s - seen_s < FRESH_S)
        readers, read_s = readers[wanted], read_s[wanted]
        place = np.array([float(post.data["place"]["x_m"]), float(post.data["place"]["y_m"])])
        away = positions(facts, readers, read_s) - place
        near = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1] < NEAR_M * NEAR_M
        np.minimum.at(first, readers[near], read_s[near])
    return first


def _share_by(read_s: Floats, people: NDArray[np.bool_], first_s: float | None) -> float | None:
    """Give the share of some people who had read by the end of the window; None if nothing was sighted."""
    if first_s is None:
        return None
    return share(int(np.count_nonzero(read_s[people] <= first_s + WINDOW_S)), int(np.count_nonzero(people)))


def _half_s(read_s: Floats) -> float | None:
    """Give when half of some people had read, rounded up to whole people; None if they never did."""
    if not len(read_s):
        return None
    middle = float(np.sort(read_s)[(len(read_s) + 1) // 2 - 1])
    return round(middle, DECIMALS) if np.isfinite(middle) else None


def _outcome_share(facts: Facts) -> float | None:
    """Give the share of residents from twelve who read how it ended; None without such a message."""
    posts = [record for record in facts.every("post") if record.data["content"] == "close"]
    grown = _grown(facts)
    return (
        share(int(np.count_nonzero(np.isfinite(_first_reads(facts, posts)[grown]))), int(np.count_nonzero(grown)))
        if posts
        else None
    )
