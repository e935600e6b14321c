"""The stage of one evening: all that the processes of SAAR share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from simulation.channels.messages import Spot
from simulation.draws import combine_one, exponential, stream_key, text_key, text_keys, uniform, uniforms
from simulation.elementary import angle_between
from simulation.people.everybody import key_of
from simulation.people.households import ADULT
from simulation.people.officials import OFF_DUTY
from simulation.people.players import NO_GAME
from simulation.people.shadows import INNOCENT
from simulation.people.tracks import joined_tracks, tracks_of_legs
from simulation.people.units import bases
from simulation.people.watching import watch_shares
from simulation.saar.alarms import Alarms
from simulation.saar.attention import Attention
from simulation.saar.notes import Desk, Pair
from simulation.saar.views import hunted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.channels.agenda import Agenda
    from simulation.channels.broadcast import Broadcast
    from simulation.channels.groups import Channel, Link
    from simulation.channels.messages import Phones
    from simulation.people.crowd import Crowd
    from simulation.people.knowledge import Knowledge
    from simulation.people.network import Network
    from simulation.people.playareas import PlayArea
    from simulation.people.population import People
    from simulation.people.rounds import Stroll
    from simulation.people.shadows import Shadow
    from simulation.people.tracks import Tracks
    from simulation.saar.belief import Belief
    from simulation.saar.follow import Following
    from simulation.saar.notes import Outing, Patrol, Posted, Progress, Sighting
    from simulation.saar.prospects import Prospect
    from simulation.saar.spot import Chances
    from simulation.saar.views import Quarry
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Log


@dataclass(eq=False)
class Stage:
    """What the processes of one evening share; made by the engine.

    The shadows are the suspects, in order, and after them those of the crowd whom anybody may take for one, as that comes up;
    each has a prospect. `outlook` gives the hazard of pairs of residents and shadows that were not watched for before.
    `posts` are the messages that tell anything, and `told` has them by channel and matter. `game_on` is the game that is
    going on, or `NO_GAME`. `answered` has, for each call that was answered, the moment of the sighting that it was about.
    `links` tells, by the key of a channel, who can pass on what is posted there; `judged` which matters they have judged for
    which channel; `middles` has the middle of the homes of groups. `screeners` tells, by the key of a group, which of its
    members have a role there; `dialled` the last record of the calls about each sighting that was called about, and
    `asked_to_call` about which ones somebody was asked to. `duties` tells of each official whether anybody reads for him, and
    `duty_record` is the id of the record of that.
    """

    scenario: Scenario
    network: Network
    areas: list[PlayArea | None]
    seed: int
    people: People
    crowd: Crowd
    shadows: list[Shadow]
    prospects: list[Prospect]
    outlook: Callable[[Sequence[Shadow], NDArray[np.bool_]], Chances]
    agenda: Agenda
    log: Log
    knowledge: Knowledge
    phones: Phones
    groups: list[Channel]
    uppers: list[Channel]
    outlets: list[Channel]
    strolls: dict[int, Stroll]
    end_s: float
    on_look: Callable[[Stage, Pair, int], None]
    on_found: Callable[[Stage, int, int, str], None]
    on_posted: Callable[[Stage, Posted], None]
    game_on: int = NO_GAME
    outings: dict[int, Outing] = field(default_factory=dict)
    pairs: dict[tuple[int, int], Pair] = field(default_factory=dict)
    group_of: dict[int, Channel] = field(default_factory=dict)
    links: Mapping[str, list[Link]] = field(default_factory=dict)
    judged: set[tuple[int, str, str]] = field(default_factory=set)
    broadcast: Broadcast | None = None
    patrol: Patrol | None = None
    duties: Mapping[int, str] = field(default_factory=dict)
    duty_record: str = ""
    middles: dict[str, Spot] = field(default_factory=dict)
    screeners: Mapping[str, list[int]] = field(default_factory=dict)
    dialled: dict[str, str] = field(default_factory=dict)
    asked_to_call: set[str] = field(default_factory=set)
    posts: list[Posted] = field(default_factory=list)
    told: dict[tuple[str, str], list[Posted]] = field(default_factory=dict)
    reports: list[tuple[float, Spot]] = field(default_factory=list)
    desk: Desk = field(default_factory=Desk)
    progress: dict[int, Progress] = field(default_factory=dict)
    gone_at: dict[int, float] = field(default_factory=dict)
    answered: list[float] = field(default_factory=list)
    route_of: dict[str, str] = field(default_factory=dict)
    act_of: dict[str, str] = field(default_factory=dict)
    turns_of: dict[int, int] = field(default_factory=dict)
    goals_of: dict[int, int] = field(default_factory=dict)
    following: dict[int, Following] = field(default_factory=dict)
    beliefs: dict[tuple[float, float, float | None, int], Belief] = field(default_factory=dict)
    attentions: dict[tuple[int, int], Attention] = field(default_factory=dict)
    in_crowd: dict[int, int] = field(default_factory=dict)
    number_in_crowd: dict[int, int] = field(default_factory=dict)
    asked: set[tuple[int, int]] = field(default_factory=set)
    _quarry: Quarry | None = None
    _about: list[int] = field(default_factory=list)
    _listed: int = 0
    _names: dict[int, str] = field(default_factory=dict)
    _streams: dict[str, int] = field(default_factory=dict)
    _hands: dict[int, simpy.Resource] = field(default_factory=dict)

    @cached_property
    def absent(self) -> list[int]:
        """Officials for whom nobody reads this evening."""
        return [person for person, duty in self.duties.items() if duty == OFF_DUTY]

    @cached_property
    def suspects(self) -> int:
        """How many of the shadows are suspects: the first ones."""
        return sum(shadow.game != INNOCENT for shadow in self.shadows)

    def keep(self, posted: Posted) -> None:
        """Keep a message that tells anything."""
        self.posts.append(posted)
        self.told.setdefault((posted.channel, posted.matter), []).append(posted)

    def watch(self, shadow: Shadow, prospect: Prospect, one: int) -> None:
        """Add one of the crowd to the shadows; `one` is his number there."""
        self.in_crowd[len(self.shadows)] = one
        self.number_in_crowd[one] = len(self.shadows)
        self.shadows.append(shadow)
        self.prospects.append(prospect)

    @cached_property
    def passable(self) -> tuple[NDArray[np.uint64], Tracks]:
        """Keys of the draws of everybody whom a player may pass and ask, the crowd and then the suspects; where they walk."""
        suspects = self.shadows[: self.suspects]
        parts = [tracks_of_legs(self.network, shadow.legs) for shadow in suspects]
        parts = [part._replace(owner=part.owner + len(self.crowd.names) + number) for number, part in enumerate(parts)]
        keys = np.concatenate([self.crowd.key, text_keys([shadow.key for shadow in suspects])])
        return keys, joined_tracks([self.crowd.tracks, *parts])

    def game_of(self, whom: int) -> int:
        """Give the game in which somebody is to be found; of an innocent, the one that is going on."""
        game = self.shadows[whom].game
        return self.game_on if game == INNOCENT else game

    def is_over(self, game: int) -> bool:
        """Tell whether a game has ended."""
        return game in self.progress and self.progress[game].over

    def plays_now(self, person: int) -> bool:
        """Tell whether somebody plays the game that is going on."""
        return bool(self.people.plays[person, self.game_on])

    def ground(self, person: int) -> Network:
        """Give the streets in which somebody walks about now: of the game that is on, if he plays it, or all."""
        area = self.areas[self.game_on] if self.plays_now(person) else None
        return self.network if area is None else area.network

    def way(
        self, person: int, here: tuple[int, float], goal: tuple[int, float]
    ) -> tuple[list[tuple[int, float, float]], float]:
        """Find somebody's shortest way, as `Network.way` does: between points of the area of his game, within it."""
        ground = self.ground(person)
        inside = ground.walkable[here[0]] and ground.walkable[goal[0]]
        return (ground if inside else self.network).way(here, goal)

    def in_street(self, one: int) -> bool:
        """Tell whether one of the crowd goes the way he meant to go, and is not there yet."""
        person = self.crowd.person.item(one)
        return self.now < self.crowd.until[one] and (person < 0 or person in self.strolls)

    def leave_crowd(self, person: int) -> None:
        """Take somebody for no suspect any more, now that he does not go the way he meant to go."""
        for one in np.flatnonzero(self.crowd.person == person).tolist():
            if one in self.number_in_crowd:
                self.gone_at.setdefault(self.number_in_crowd[one], self.now)

    def watched(self) -> list[int]:
        """List the shadows of whom anything is still to be seen."""
        now, shadows, gone_at = self.now, self.shadows, self.gone_at
        self._about += range(self._listed, len(shadows))
        self._about = [number for number in self._about if now < min(shadows[number].end, gone_at.get(number, np.inf))]
        self._listed = len(shadows)
        return self._about

    @cached_property
    def told_anything(self) -> NDArray[np.bool_]:
        """(N,) who may be told a description: who plays, and who reads any channel."""
        told = self.people.player | self.people.unit
        for channel in (*self.groups, *self.outlets, *([self.broadcast.channel] if self.broadcast else [])):
            told[channel.members] = True
        return told

    @property
    def quarry(self) -> Quarry:
        """All shadows, prepared for finding who sees them."""
        if self._quarry is None or len(self._quarry.world) < len(self.shadows):
            self._quarry = hunted(self.network, [self.shadows])
        return self._quarry

    @cached_property
    def over(self) -> simpy.Event:
        """The end of the evening."""
        return self.agenda.event()

    @cached_property
    def lines(self) -> simpy.Resource:
        """The call-takers of the temporary number."""
        return simpy.Resource(self.agenda, round(self.scenario.number.lines or self.parameters["lines"]))

    @cached_property
    def parameters(self) -> Any:  # noqa: ANN401 - a mapping of names to values
        """Values of the registry for this scenario."""
        return self.scenario.parameters

    @property
    def now(self) -> float:
        """Seconds since the start of play."""
        return self.agenda.time_s

    def name(self, person: int) -> str:
        """Give the key of a person as it stands in the trace."""
        if person not in self._names:
            self._names[person] = key_of(self.people, person, self.scenario, self.network.map)
        return self._names[person]

    def draw(self, purpose: str, person: int, n: int = 0) -> float:
        """Draw a number from (0, 1) for a person and a purpose."""
        return uniform(self.stream(purpose), self.people.key.item(person), n)

    def decide(self, purpose: str, sighting: Sighting, n: int = 0) -> float:
        """Draw a number from (0, 1) for what somebody does about a sighting."""
        return uniform(self.stream(purpose), sighting.key, n)

    def stream(self, purpose: str) -> int:
        """Give the stream of a purpose in this world."""
        if purpose not in self._streams:
            self._streams[purpose] = stream_key(self.seed, purpose)
        return self._streams[purpose]

    def plays(self, person: int, suspect: int) -> bool:
        """Tell whether somebody plays the game in which a suspect is to be found."""
        return bool(self.people.plays[person, self.shadows[suspect].game])

    def outside(self, person: int) -> bool:
        """Tell whether somebody is in the street now, and not still putting on his shoes."""
        outing = self.outings.get(person)
        return outing is not None and outing.stroll.begin <= self.now

    @cached_property
    def units(self) -> list[int]:
        """Numbers of the units that the desk can send."""
        return list(np.flatnonzero(self.people.unit).tolist())

    @cached_property
    def bases(self) -> dict[int, tuple[int, float]]:
        """Where each unit waits: an edge, and the distance along it, metres."""
        return dict(zip(self.units, bases(self.scenario, self.network), strict=True))

    def elsewhere(self) -> set[int]:
        """Give who walks, or is about to walk, another way than he meant to when the evening began."""
        return {person for person, outing in self.outings.items() if outing.stroll is not self.strolls.get(person)}

    def at_large(self, person: int) -> bool:
        """Tell whether somebody can be called elsewhere when he is out: a searcher or a player, not who is out on a round."""
        outing = self.outings.get(person)
        return bool(self.people.on_street[person]) or (outing is not None and outing.news_s > -np.inf)

    def own_members(self, group: Channel) -> NDArray[np.int64]:
        """Give the members of a residents' group who live in its area, without those whose role lets them sit there too."""
        return group.members[[self.group_of[person] is group for person in group.members.tolist()]]

    def close(self, ended: str) -> None:
        """End the evening; whoever still dials or waits for an answer then is left waiting."""
        self.log.add("close", "organiser", self.now, (ended,), {})
        self.over.succeed()

    def number_open(self) -> bool:
        """Tell whether the temporary number is answered now."""
        return (self.scenario.number.opens_s or 0.0) <= self.now < self.number_closes_s

    @property
    def number_closes_s(self) -> float:
        """Seconds at which the temporary number closes for good."""
        closes = self.scenario.number.closes_s
        return self.end_s if closes is None else closes

    def present(self, whom: int) -> bool:
        """Tell whether a suspect, or another shadow, is still about."""
        shadow = self.shadows[whom]
        return shadow.begin <= self.now < min(shadow.end, self.gone_at.get(whom, np.inf))

    @property
    def willing(self) -> NDArray[np.bool_]:
        """(N,) who goes out now on reading of a sighting: a keyed trait, so that more messages make no more searchers."""
        return np.asarray(self._willing[:, self.game_on])

    @cached_property
    def ever_willing(self) -> NDArray[np.bool_]:
        """(N,) who goes out on reading of a sighting during any of the games, or between them."""
        return np.asarray(self._willing.any(axis=1))

    @cached_property
    def _willing(self) -> NDArray[np.bool_]:
        """(N, games + 1) the same during each game."""
        people, parameters = self.people, self.parameters
        old_enough = people.age[:, np.newaxis] >= np.where(people.plays, parameters["child_companion_age"], ADULT)
        chance = np.where(people.plays, parameters["p_go_out_player"], parameters["p_go_out_ordinary"])
        share = uniforms(self.stream("go-out"), people.key)[:, np.newaxis]
        return np.asarray(old_enough & (people.at_home | people.on_street)[:, np.newaxis] & (share < chance))

    def spot_of(self, whom: int, time: float) -> Spot:
        """Give the place of a shadow at a moment."""
        shadow = self.shadows[whom]
        piece = int(shadow.legs.piece[shadow.leg_at(time)])
        return Spot(*shadow.position(time), self.network.street(int(self.network.edge_of_piece[piece])))

    def direction_of(self, whom: int, time: float) -> float:
        """Give the direction in which a shadow walks, radians from the east, counter-clockwise."""
        return angle_between(*self.shadows[whom].heading(time))

    def attention(self, pair: Pair) -> Attention:
        """Give what makes the observer of a pair look, as far as is known now."""
        key = (pair.observer, pair.whom)
        if key not in self.attentions:
            self.attentions[key] = Attention(np.inf, 0.0)
        attention = self.attentions[key]
        attention.share_when_alerted = self.share_when_alerted.item(pair.observer, self.game_of(pair.whom))
        attention.described_from = self.prospects[pair.whom].described_from.item(pair.observer)
        self.alarms.update(attention, pair.observer)
        return attention

    @property
    def announced(self) -> bool:
        """Whether the organiser tells anybody that it is an exercise; if not, his messages read as real ones."""
        told = self.scenario.players.announced
        return max(told.members, told.others) > 0.0

    def hands(self, person: int) -> simpy.Resource:
        """Give somebody's hands, which hold one telephone: a second sighting waits until the first was called and posted."""
        if person not in self._hands:
            self._hands[person] = simpy.Resource(self.agenda)
        return self._hands[person]

    @cached_property
    def share_when_alerted(self) -> NDArray[np.float64]:
        """(N, games + 1) factor on the hazard for who is alerted at a moment at which he would not look anyway.

        Who looks a share p of the time anyway, and k p when alerted, then looks a share (k p - p) / (1 - p) of the rest.
        """
        share = watch_shares(self.people, self.parameters)
        more = np.minimum(self.parameters["alerted_watch_factor"] * share, 1.0)
        return np.where(share < 1.0, (more - share) / np.where(share < 1.0, 1.0 - share, 1.0), 0.0)

    @cached_property
    def alarms(self) -> Alarms:
        """Who looks out more, and when."""
        return Alarms(len(self.people.key), self.parameters["alerted_s"], self.end_s)

    def pair(self, observer: int, whom: int) -> Pair:
        """Give a pair, made anew where the two have not met before."""
        if (observer, whom) not in self.pairs:
            key, prospect = combine_one(self.people.key.item(observer), text_key(self.shadows[whom].key)), self.prospects[whom]
            row = prospect.row(observer)
            threshold = prospect.thresholds.item(row) if row >= 0 else self.threshold(key, 0)
            self.pairs[observer, whom] = Pair(observer, whom, key, threshold, prospect.parts(row))
        return self.pairs[observer, whom]

    def threshold(self, key: int, looks: int) -> float:
        """Draw the unit-exponential threshold of a pair's next look."""
        return exponential(self.stream("look"), key, looks)
