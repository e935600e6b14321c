"""Measures of load: what those with a role had to do, and whether they had contact with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.scoring.facts import DECIMALS, share
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record

_MINUTE_US = 60 * MICROSECONDS
_TWO = 2
"""Groups of which people must come to have contact with others."""


def load(facts: Facts) -> dict[str, Any]:
    """Score the load of the desk and of everybody with a role, and the contact between those of different groups."""
    roles = facts.every("role")
    talks = list(_talks(facts))
    by_role: dict[str, Any] = {"administrator": None, "officer": None}
    holders = _holders(facts, roles)
    if holders:
        counts = _counts(facts, talks)
        by_role |= {role: _each(who, counts) for role, who in holders.items()}
    return {"load_by_role": by_role | {"desk": _desk(facts, talks)}, "admins_joined_share": _joined_share(facts, roles)}


def _holders(facts: Facts, roles: list[Record]) -> dict[str, list[int]]:
    """Give, role by role, the indices of those who have it: of officials those who sit in any group.

    Shopkeepers, and those of a patrol team who are on duty, count as a role too.
    """
    found = {role.who: np.asarray(role.data["members"], np.int64).tolist() for role in roles}
    for record in facts.every("shopkeepers")[:1]:
        found["shopkeeper"] = [facts.everybody[who] for who in record.data["who"]]
    for record in facts.every("roster")[:1]:
        found["patrol-team"] = np.asarray(record.data["on_duty"], np.int64).tolist()
    for record in facts.every("officials")[:1]:
        seated = {int(index) for channel in facts.every("channel") for index in channel.data["members"]}
        for who, role in zip(record.data["who"], record.data["role"], strict=True):
            found.setdefault(role, []).extend({facts.everybody[who]} & seated)
    return found


def _talks(facts: Facts) -> Iterator[tuple[Record, int]]:
    """Give each call that the desk answered and heard out, and how long that took, microseconds."""
    picked_up = {record.data["call"]: record.time_us for record in facts.of("answer")}
    for report in facts.of("report"):
        if report.data["call"] in picked_up:
            yield report, report.time_us - picked_up[report.data["call"]]


def _desk(facts: Facts, talks: list[tuple[Record, int]]) -> dict[str, Any]:
    """Count what the desk did: conversations, decisions on broadcasts and on hints for want of reports, minutes of talk."""
    return {
        "messages": len({record.data["call"] for record in facts.of("answer")}),
        "decisions": sum(record.data["reason"] == "too-few" for record in facts.of("hint")) + len(facts.of("broadcast")),
        "minutes": round(sum(talk_us for _, talk_us in talks) / _MINUTE_US, DECIMALS),
    }


def _counts(facts: Facts, talks: list[tuple[Record, int]]) -> dict[str, Any]:
    """Count for everybody the messages that he read and sent, his judgements, and his minutes of calls."""
    posts, people = facts.of("post"), len(facts.everybody)
    read = [np.asarray(post.data["readers"], np.int64)[_in_time(facts, post)] for post in posts]
    counts = {"read": np.bincount(np.concatenate([*read, np.zeros(0, np.int64)]), minlength=people)}
    for name, deeds in (("sent", posts), ("decisions", [*facts.of("judgement"), *facts.of("correction")])):
        doers = [facts.everybody[record.who] for record in deeds if record.who in facts.everybody]
        counts[name] = np.bincount(np.array(doers, np.int64), minlength=people)
    minutes = np.zeros(people)
    for report, talk_us in talks:
        if report.data["caller"] in facts.everybody:
            minutes[facts.everybody[report.data["caller"]]] += talk_us / _MINUTE_US
    return counts | {"minutes": minutes}


def _in_time(facts: Facts, post: Record) -> Any:  # noqa: ANN401 - flags
    """Tell for each reader of a message whether he read it until the end of the last game."""
    return np.asarray(post.data["read_s"], np.float64) <= facts.end_us / MICROSECONDS


def _each(who: list[int], counts: dict[str, Any]) -> dict[str, Any] | None:
    """Give the load of each of those who have a role, on average."""
    if not who:
        return None
    means = {name: share(float(some[who].sum()), len(who)) for name, some in counts.items()}
    messages = share(float(counts["read"][who].sum() + counts["sent"][who].sum()), len(who))
    return {"people": len(who), "messages": messages, **means}


def _joined_share(facts: Facts, roles: list[Record]) -> float | None:
    """Give the share of those with a role who share a channel with one of another group; None where only one group has any."""
    groups: dict[int, str] = {}
    for role in roles:
        groups |= dict(zip(np.asarray(role.data["members"]).tolist(), role.data["groups"], strict=True))
    if len(set(groups.values())) < _TWO:
        return None
    joined: set[int] = set()
    for channel in facts.every("channel"):
        inside = groups.keys() & set(np.asarray(channel.data["members"]).tolist())
        if channel.data["kind"] in {"group", "shops", "upper"} and len({groups[one] for one in inside}) >= _TWO:
            joined |= inside
    return share(len(joined), len(groups))
