"""Forwarding: who sits in two groups reads a message in the one, judges whether it matters in the other, and passes it on.

Where the structure says so, one of those above a residents' group takes on what the organisers tell them: he opens the group
and leaves it at that if another has passed the message on there. If it tells of a suspect, and the group has no case holder
(casushouder), he is that from then on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.channels.messages import Spot
from simulation.draws import combine_one, lognormal, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.people.shops import base_xy
from simulation.saar.app import post
from simulation.saar.desk import open_case
from simulation.scenario.structures import BROADCAST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.channels.groups import Channel, Link
    from simulation.saar.notes import Posted
    from simulation.saar.stage import Stage

_FORWARDED = ("sighting", "hint", "start", "broadcast")
"""What is passed on: no chatter, and not how it ended, which comes when the evening is over."""
_OF_ORGANISERS = ("start", "hint")
"""What the organisers tell."""


def plan_forwards(stage: Stage, posted: Posted) -> None:
    """Enter in the agenda who reads a message and may pass it on; its author may do so at once, where he has not seen it."""
    if posted.message.content not in _FORWARDED:
        return
    links_of: dict[int, list[Link]] = {}
    for link in stage.links.get(posted.channel, ()):
        links_of.setdefault(link.steward, []).append(link)
    for steward, links in links_of.items():
        own = stage.name(steward) == posted.author
        read = stage.now if own else posted.read_at.item(steward)
        others = [link for link in links if not (own and _known(stage, steward, posted, link.target))]
        if others and read < stage.end_s and _available(stage, steward):
            ready = whole_microseconds(read + _relay_s(stage, steward, posted))
            stage.agenda.at(ready, _judge, stage, steward, posted, others)


def _available(stage: Stage, steward: int) -> bool:
    """Tell whether somebody passes messages on at all this evening; of an official whoever reads for him does."""
    return steward in stage.duties or bool(stage.draw("steward", steward) < stage.parameters["p_steward_available"])


def _takes_part(stage: Stage, steward: int) -> str:
    """Name the cause that somebody passes messages on at all."""
    return stage.duty_record if steward in stage.duties else f"draw:steward:{stage.name(steward)}:0"


def _key(stage: Stage, steward: int, posted: Posted) -> int:
    """Give the key of what somebody decides about a matter, however it reached him."""
    return combine_one(stage.people.key.item(steward), text_key(posted.matter))


def _relay_s(stage: Stage, steward: int, posted: Posted) -> float:
    """Draw how long somebody takes from reading to passing on, seconds."""
    name, stream = ("press_share", "press-share-delay") if posted.channel == BROADCAST else ("admin_relay", "forward-delay")
    median_s, sigma = stage.parameters[f"{name}_median_s"], stage.parameters[f"{name}_sigma"]
    return lognormal(stage.stream(stream), _key(stage, steward, posted), 0, median_s, sigma)


def _judge(stage: Stage, steward: int, posted: Posted, links: Sequence[Link]) -> None:
    """Judge for each group whether the message matters there, and pass it on to those where it does, some at a time."""
    at_once = round(stage.scenario.in_force("chats_per_reforward" if posted.message.forwarded else "chats_per_forward"))
    passed = 0
    for link in links:
        if (steward, posted.matter, link.target.key) in stage.judged:
            continue
        stage.judged.add((steward, posted.matter, link.target.key))
        verdict, causes = _verdict(stage, posted, link)
        record = _record(stage, posted, link, verdict, causes)
        if verdict in {"passes-on", "takes-on"}:
            later = stage.now + (passed // at_once) * stage.parameters["forward_again_s"]
            passed += 1
            stage.agenda.at(whole_microseconds(later), _pass_on, stage, posted, link, record)


def _record(stage: Stage, posted: Posted, link: Link, verdict: str, causes: tuple[str, ...]) -> str:
    """Write down how somebody judged; give the id."""
    name = stage.name(link.steward)
    data = {"post": posted.record, "target": link.target.key, "verdict": verdict}
    return stage.log.add("judgement", name, stage.now, (*_read(stage, posted, link), posted.record, *causes), data)


def _read(stage: Stage, posted: Posted, link: Link) -> tuple[str, ...]:
    """Name as a cause that somebody has read a message, unless he wrote it himself."""
    name = stage.name(link.steward)
    return () if name == posted.author else (f"{posted.record}@{name}",)


def _verdict(stage: Stage, posted: Posted, link: Link) -> tuple[str, tuple[str, ...]]:
    """Judge: `known` where he has read it there, `taken` where another took it on; else `no`, or `passes-on` or `takes-on`.

    Also give the draws, and the message of the other, that it hangs on. A broadcast that he got himself he shares or not, and
    does not judge.
    """
    steward, target = link.steward, link.target
    name, matter = stage.name(steward), posted.matter
    takes_part = _takes_part(stage, steward)
    if _known(stage, steward, posted, target):
        return "known", (takes_part,)
    other = _taken(stage, posted, link)
    if other:
        return "taken", (takes_part, other)
    key = _key(stage, steward, posted)
    if posted.channel == BROADCAST:
        presses = uniform(stage.stream("press-share"), key) < stage.parameters["p_press_share"]
        return ("passes-on" if presses else "no"), (takes_part, f"draw:press-share:{name}/{matter}:0")
    alike = f"draw:judge-alike:{name}/{matter}:0"
    if uniform(stage.stream("judge-alike"), key) < stage.parameters["judgement_shared"]:
        share, draw = uniform(stage.stream("judge-shared"), text_key(matter)), f"draw:judge-shared:{matter}:0"
    else:
        own = combine_one(key, text_key(target.key))
        share, draw = uniform(stage.stream("judge"), own), f"draw:judge:{name}/{matter}/{target.key}:0"
    if share >= _chance(stage, posted, target):
        return "no", (takes_part, alike, draw)
    return ("takes-on" if _opens_case(stage, posted, link) else "passes-on"), (takes_part, alike, draw)


def _taken(stage: Stage, posted: Posted, link: Link) -> str:
    """Give the message by which another took a matter on that only one is to pass on, if there is one."""
    if not (link.case_holder and posted.message.content in _OF_ORGANISERS):
        return ""
    return next((other.record for other in stage.told.get((link.target.key, posted.matter), ())), "")


def _opens_case(stage: Stage, posted: Posted, link: Link) -> bool:
    """Tell whether somebody becomes the case holder of a group by passing a message on there."""
    return link.case_holder and posted.message.content == "hint" and link.target.key not in stage.desk.cases


def _known(stage: Stage, steward: int, posted: Posted, target: Channel) -> bool:
    """Tell whether somebody has read or written of a matter in a channel."""
    name = stage.name(steward)
    there = stage.told.get((target.key, posted.matter), ())
    return any(other.author == name or other.read_at.item(steward) <= stage.now for other in there)


def _chance(stage: Stage, posted: Posted, target: Channel) -> float:
    """Give the chance that somebody passes a message on.

    It is less for a place far away, for old news, where the message tells nothing of what he looks like, and where it does not
    say that somebody called. For the organisers' messages it is always the same.
    """
    parameters, message = stage.parameters, posted.message
    chance: float = parameters["p_admin_forward"]
    if message.content != "sighting":
        return chance
    if message.place is not None and target.is_group:
        half, metres = parameters["forward_half_m"], _middle(stage, target).metres_to(message.place)
        chance *= half * half / (half * half + metres * metres)
    age, half_s = stage.now - (message.seen_s or 0.0), parameters["forward_half_s"]
    chance *= half_s / (half_s + age)
    if not message.elements:
        chance *= parameters["forward_vague_factor"]
    return chance if message.called else chance * parameters["forward_uncalled_factor"]


def _middle(stage: Stage, group: Channel) -> Spot:
    """Give the middle of the homes, or shops, of the members of a group who live in its area; made once and kept."""
    if group.key not in stage.middles:
        x, y = base_xy(stage.people, stage.network.map, stage.own_members(group)).mean(axis=0).tolist()
        stage.middles[group.key] = Spot(x, y, "")
    return stage.middles[group.key]


def _pass_on(stage: Stage, posted: Posted, link: Link, judgement: str) -> None:
    """Pass a message on, unless another has taken it on since it was judged."""
    taken = _taken(stage, posted, link)
    if taken:
        _record(stage, posted, link, "taken", (judgement, taken))
        return
    message = replace(posted.message, matter=posted.matter, forwarded=True)
    passed = post(stage, link.target, link.steward, message, (judgement, *_read(stage, posted, link)))
    if _opens_case(stage, posted, link):
        open_case(stage, link.target, link.steward, passed.record)
