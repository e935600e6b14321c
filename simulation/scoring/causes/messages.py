"""Why there was no message, or why it did not reach people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.scoring.causes.cause import Case, Cause, at_s, named, not_seen_by, persons
from simulation.scoring.facts import share
from simulation.scoring.lineage import content_of, passed_on
from simulation.scoring.messages import PEOPLE_FROM_AGE
from simulation.scoring.reach import WINDOW_S
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record


def own_posts(facts: Facts) -> list[Record]:
    """Give the messages of residents about what they saw themselves."""
    told = [record for record in facts.of("post") if record.who != "organiser" and record.data["content"] == "sighting"]
    return [record for record in told if not passed_on(record)]


def no_post(case: Case) -> Cause:
    """Say why nobody had posted by then: there are no groups, nobody saw anybody, nobody who saw is in one, or none did."""
    facts = case.facts
    if not facts.groups:
        return Cause("no-groups")
    unseen = not_seen_by(case)
    if unseen:
        return unseen
    seen = case.by_then(facts.of("sighting"))
    groups = (channel for channel in facts.every("channel") if channel.data["kind"] in {"group", "shops"})
    inside = {int(index) for group in groups for index in group.data["members"]}
    members = [record for record in seen if facts.everybody.get(record.who) in inside]
    if not members:
        return Cause("no-member", {"count": persons(seen)}, named(*seen))
    known = {record.id: record for record in members}
    posts = [post for post in own_posts(facts) if post.time_s > case.due_s]
    late = [(post, known[cause]) for post in posts for cause in post.causes if cause in known]
    if late:
        first, sighting = min(late, key=lambda pair: pair[0].time_us)
        return Cause("posted-late", {"seen_at_s": at_s(sighting), "posted_at_s": at_s(first)}, named(sighting, first))
    posters = {post.who for post in own_posts(facts)}
    silent = [record for record in members if record.who not in posters]
    if not silent:
        return Cause("all-posted", {"count": persons(members)}, named(*members))
    return Cause("not-posted", {"count": persons(silent), "of": persons(members)}, named(*silent))


def not_passed_on(case: Case) -> Cause:
    """Say why news did not leave its group: there was none, nobody judged it, or who judged it did not pass it on."""
    facts = case.facts
    if not own_posts(facts):
        return no_post(case)
    judged = facts.of("judgement")
    kept = [record for record in judged if record.data["verdict"] == "no"]
    if not judged and not any(passed_on(post) for post in facts.of("post")):
        return Cause("nobody-between", {"groups": len(facts.groups)})
    return Cause("kept", {"count": len(kept), "of": len(judged)}, named(*kept)) if kept else Cause("unknown")


def out_of_order(case: Case) -> Cause:
    """Say what who posted before calling did about a call: nothing, or read that there was one already."""
    facts = case.facts
    posts, calls = own_posts(facts), facts.of("call")
    first = {post.who: post for post in sorted(posts, key=lambda post: -post.time_us)}
    early = [
        post for who, post in first.items() if not any(call.who == who and call.time_us <= post.time_us for call in calls)
    ]
    skipped = [record for record in facts.of("skip") if record.who in {post.who for post in early}]
    if not early:
        return Cause("unknown")
    if 2 * len(skipped) > len(early):
        return Cause("posted-skipped", {"count": persons(skipped), "of": len(first)}, named(*skipped))
    return Cause("posted-uncalled", {"count": len(early), "of": len(first)}, named(*early))


def call_unsaid(case: Case) -> Cause:
    """Say why messages do not state a call: their posters had not called, or did not say so."""
    facts = case.facts
    silent = [post for post in own_posts(facts) if not post.data["called"]]
    calls = facts.of("call")
    kinds: dict[str, list[Record]] = {"call-unmade": [], "call-unsaid": []}
    for post in silent:
        called = any(call.who == post.who and call.time_us <= post.time_us for call in calls)
        kinds["call-unsaid" if called else "call-unmade"].append(post)
    if not silent:
        return Cause("unknown")
    key = max(kinds, key=lambda name: len(kinds[name]))
    return Cause(key, {"count": len(kinds[key]), "of": len(silent)}, named(*kinds[key]))


def not_reached(case: Case) -> Cause:
    """Say where most people were lost: in no channel, in one without the news, or in one with news that they did not read."""
    facts = case.facts
    seen = [record for record in facts.of("sighting") if facts.is_true(record)]
    news = [post for post in facts.of("post") if content_of(facts, post) in {"true", "official"}]
    if not news:
        return no_post(case)
    until_s = min((record.time_s for record in seen), default=facts.end_us / MICROSECONDS) + WINDOW_S
    posted = [post for post in news if post.time_s <= until_s]
    if not posted:
        first = min(news, key=lambda post: post.time_us)
        return Cause("news-late", {"posted_at_s": at_s(first), "until_at_s": round(until_s, 6)}, named(first))
    people = _counted(facts, seen, members=case.measure == "reach_members_share")
    told = _inside(facts, [post.data["channel"] for post in posted])
    connected = _inside(facts, [record.who for record in facts.every("channel")])
    read = _read_by(facts, posted, until_s)
    lost = {
        "in-no-channel": people & ~connected,
        "in-other-channel": people & connected & ~told & ~read,
        "unread": people & told & ~read,
    }
    key = max(lost, key=lambda name: int(np.count_nonzero(lost[name])))
    part = share(int(np.count_nonzero(lost[key])), int(np.count_nonzero(people)))
    return Cause(key, {"part_share": part}, named(*posted)) if part else Cause("unknown")


def _counted(facts: Facts, seen: Sequence[Record], *, members: bool) -> NDArray[np.bool_]:
    """Mark the people of whom reach is the share: from twelve, no spotters; of groups only, where that is asked."""
    people = facts.ages >= PEOPLE_FROM_AGE
    people[[facts.index[record.who] for record in seen if record.who in facts.index]] = False
    return people & (facts.members == 1) if members else people


def _inside(facts: Facts, channels: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the residents who are in one of some channels."""
    result = np.zeros(len(facts.ages), dtype=np.bool_)
    for channel in (record for record in facts.every("channel") if record.who in channels):
        members = np.asarray(channel.data["members"], dtype=np.int64)
        result[members[facts.residents_among(members)]] = True
    return result


def _read_by(facts: Facts, posts: Sequence[Record], until_s: float) -> NDArray[np.bool_]:
    """Mark the residents who had read one of some messages by then."""
    result = np.zeros(len(facts.ages), dtype=np.bool_)
    for post in posts:
        readers, read_s = (
            np.asarray(post.data[name], dtype=kind) for name, kind in (("readers", np.int64), ("read_s", float))
        )
        told = readers[read_s <= until_s]
        result[told[facts.residents_among(told)]] = True
    return result


def rumours(case: Case) -> Cause:
    """Say how many messages about somebody else there were."""
    wrong = [post for post in case.facts.of("post") if content_of(case.facts, post) == "mistaken"]
    return Cause("rumours", {"count": len(wrong)}, named(*wrong)) if wrong else Cause("unknown")


def noise(case: Case) -> Cause:
    """Say how much of what was posted was about other things."""
    posts = case.facts.of("post")
    chatter = [post for post in posts if post.data["content"] == "chatter"]
    return Cause("noise", {"count": len(chatter), "of": len(posts)}, named(*chatter)) if chatter else Cause("unknown")


def stayed_in(case: Case) -> Cause:
    """Say why few took part: most had heard of nothing, or had and did nothing."""
    facts = case.facts
    grown = facts.ages >= PEOPLE_FROM_AGE
    news = [post for post in facts.of("post") if content_of(facts, post) != "nothing"]
    heard = _read_by(facts, news, facts.end_us / MICROSECONDS) & grown
    part = share(int(np.count_nonzero(heard)), int(np.count_nonzero(grown)))
    if part is None:
        return Cause("unknown")
    return Cause("heard-nothing" if part < 0.5 else "heard-only", {"part_share": part}, named(*news))  # noqa: PLR2004 - a half
