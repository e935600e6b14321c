"""Measures of messages: posts, what is passed on, reads, and who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.scoring.facts import first_s, share
from simulation.scoring.lineage import passed_on
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record

PEOPLE_FROM_AGE = 12
"""Residents from this age count in shares of residents, years."""


def messages(facts: Facts) -> dict[str, Any]:
    """Score posts and reads, and the shares of residents that took part."""
    every_post = facts.of("post")
    about = [record for record in every_post if record.data["content"] != "chatter"]
    handed = [record for record in about if passed_on(record)]
    forwards = [record for record in handed if record.data["content"] == "sighting"]
    seen = [record for record in about if record.who != "organiser" and record.data["content"] == "sighting"]
    posts = [record for record in seen if record not in handed]
    return {
        "first_post_s": first_s(posts),
        "first_cross_group_s": first_s(forwards),
        "posts": len(posts),
        "forwards": len(forwards),
        "relays": len(handed) - len(forwards),
        "reads": sum(_reads(facts, record) for record in every_post),
        "messages_per_member_mean": _delivered_mean(facts, every_post),
        "muted_share": _muted_share(facts),
        "active_share": _active_share(facts, about),
        "groups_active": len({record.data["channel"] for record in posts} & facts.groups.keys()),
        "saar_order_share": _saar_order_share(facts, posts),
        "posts_stating_called_share": share(sum(bool(record.data["called"]) for record in posts), len(posts)),
    }


def _reads(facts: Facts, post: Record) -> int:
    """Count the reads of a post until the end of the last game."""
    times = np.asarray(post.data["read_s"], dtype=np.float64)
    return int(np.count_nonzero(times <= facts.end_us / MICROSECONDS))


def _delivered_mean(facts: Facts, posts: list[Record]) -> float | None:
    """Give the messages delivered per member of a group, read or not; one's own do not count."""
    sizes = {key: len(record.data["members"]) for key, record in facts.groups.items()}
    inside = {key: {int(index) for index in record.data["members"]} for key, record in facts.groups.items()}
    people = {index for members in inside.values() for index in members}
    delivered = 0
    for post in posts:
        channel = post.data["channel"]
        if channel in sizes:
            delivered += sizes[channel] - (facts.index.get(post.who, -1) in inside[channel])
    return share(delivered, len(people))


def _muted_share(facts: Facts) -> float | None:
    """Give the share of members who had muted their group by the end of the last game, counted in each of their groups."""
    seats = sum(len(group.data["members"]) for group in facts.groups.values())
    before = sum(len(group.data["muted"]) for group in facts.groups.values())
    mutes = (record for record in facts.every("mute") if record.who in facts.groups)
    later = (np.asarray(record.data["from_s"], dtype=np.float64) for record in mutes)
    return share(before + sum(int(np.count_nonzero(from_s <= facts.end_us / MICROSECONDS)) for from_s in later), seats)


def _active_share(facts: Facts, posts: list[Record]) -> float | None:
    """Give the share of residents from twelve who called, posted, passed on or went out."""
    acted = [*facts.of("call"), *posts, *facts.of("departure")]
    grown = facts.ages >= PEOPLE_FROM_AGE
    active = {record.who for record in acted if record.who in facts.index and grown[facts.index[record.who]]}
    return share(len(active), int(np.count_nonzero(grown)))


def _saar_order_share(facts: Facts, posts: list[Record]) -> float | None:
    """Give the share of posters who had dialled a number before their first post, or in the same moment."""
    called: dict[str, int] = {}
    for call in facts.of("call"):
        called.setdefault(call.who, call.time_us)
    posted: dict[str, int] = {}
    for post in posts:
        posted.setdefault(post.who, post.time_us)
    in_order = sum(who in called and called[who] <= time_us for who, time_us in posted.items())
    return share(in_order, len(posted))
