"""An evening as a plain ticking model, many worlds side by side: the independent judge of the engine (contract C5).

Every tick everybody moves, and each observer who sees the suspect notices him with the chance of one tick. It shares no
geometry, hazard, reading, telephone or random numbers with the engine; it knows one suspect who wanders without stops, one
group that also talks about other things and gets too busy for some, a public page, and hints without a place.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from heapq import heappop
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.reference.evenings import STATISTICS, Evenings, Letter, Seen
from tests.reference.ground import survey
from tests.reference.hunting import behind, search
from tests.reference.ways import steady

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.model import Scenario

Array = np.ndarray[Any, np.dtype[Any]]

_survey = lru_cache(maxsize=1)(survey)


class Ticking(Evenings):
    """Evenings that are played tick by tick."""

    def play(self) -> dict[str, Array]:
        """Play all evenings; give for each statistic its value in each world."""
        hints = [hint for hint in self.scenario.games[0].hints if not hint.where]
        for world in range(len(self.places)):
            for hint in hints:
                letter = Letter(hint.at_s, -1, np.isin(self.names, hint.tell))
                self._at(world, hint.at_s, lambda _, world=world, letter=letter: self._publish(world, letter))
        for tick in range(self.ticks):
            now = (tick + 1) * self.tick
            self._look_out(tick)
            self._chat(self.middles[tick])
            self._look_at_phones(now)
            for place in self.places:
                while not place.over and place.agenda and place.agenda[0][0] <= now:
                    time, _, act = heappop(place.agenda)
                    act(time)
        return self.counts

    def _look_out(self, tick: int) -> None:
        time = self.middles[tick]
        switched = self.next_switch <= time
        if switched.any():
            self.watching ^= switched
            self.next_switch += self._spells(switched)
        station = self.station[tick]
        rate = self.rate[station, self.suspect[:, tick, None]]
        near = np.nonzero(rate)
        share = self.watch_share[near]
        extra = (np.minimum(self.values["alerted_watch_factor"] * share, 1.0) - share) / (1.0 - share)
        outside = station[near] < len(self.ground.xy)
        attention = np.where(self.watching[near] | outside, 1.0, np.where(self.alerted_until[near] > time, extra, 0.0))
        ready = self.known[near].any(axis=1) & (self.cool_until[near] <= time)
        hit = self.rng.random(len(attention)) < -np.expm1(-rate[near] * self.light[tick] * attention * ready * self.tick)
        for world, person in zip(*(column[hit] for column in near), strict=True):
            if not self.places[world].over:
                self._notice(world, person, tick)

    def _chat(self, time: float) -> None:
        """Let anybody in the group say something about something else."""
        rate = self.values[f"chatter_{self.scenario.structure.topics}_per_hour"] / 100.0 / 3600.0
        said = self.rng.random(self.crowd.member.shape) < -np.expm1(-rate * self.tick)
        for world, person in zip(*np.nonzero(said & self.crowd.member), strict=True):
            if not self.places[world].over:
                self.counts["chatter"][world] += 1
                self.places[world].letters.append(Letter(time, int(person), np.zeros(self.elements, bool)))

    def _notice(self, world: int, person: int, tick: int) -> None:
        where = self.suspect[world, tick]
        luck, alike = self.rng.random(self.elements), self.rng.random(self.elements) < self.values["perception_shared"]
        luck[alike] = self.rng.random()
        sharp = luck < self.light[tick] * self.clear[self.station[tick, world, person], where]
        if not sharp[self.known[world, person]].all():
            return
        time = self.middles[tick]
        self.counts["sightings"][world] += 1
        self.counts["first_sighting_s"][world] = min(time, self.counts["first_sighting_s"][world])
        self.cool_until[world, person] = time + self.values["resight_s"]
        track = self.ground.xy[self.suspect[world, tick : tick + 6]]
        heading = track[-1] - track[0]
        heading = heading / max(float(np.hypot(*heading)), 1e-9)
        seen = Seen(time, self.ground.xy[where], heading, sharp, self.rng.random())
        if not self._approach(world, person, seen):
            self._perhaps_follow(world, person, seen)
            self.phoning[world, person] = True
            self._consider_call(world, person, seen)

    def _approach(self, world: int, person: int, seen: Seen) -> bool:
        time, values = seen.time, self.values
        if not (self.crowd.player[world, person] and self._is_out(world, person, time)):
            return False
        if self.rng.random() >= values["p_challenge_player"]:
            return False
        pace = values["hurry_factor"] * self.crowd.pace[world, person]
        here, tick = self._point_of(world, person, time), self._tick_of(time)
        last = tick + int(values["approach_s"] / self.tick) + 1
        away = self.ground.walked[here, self.suspect[world, tick:last]]
        reached = np.flatnonzero(away <= np.arange(len(away)) * self.tick * pace + values["speaking_m"])
        if not len(reached):
            return False
        lasting = int(reached[0]) * self.tick + values["question_s"]
        beside = min(tick + round(lasting / self.tick), self.suspect.shape[1] - 1)
        way = self.ground.way(here, int(self.suspect[world, beside]))
        version = self._take_way(world, person, (way, steady(float(way[1][-1]) / lasting or 1.0), lasting), time)
        self.news[world, person] = time + lasting
        self._at(world, time + lasting, lambda _: self._ask(world, person, version))
        return True

    def _ask(self, world: int, person: int, version: int) -> None:
        if self.version[world, person] == version:
            self.counts["found"][world] = 1.0
            self.places[world].over = True

    def _perhaps_follow(self, world: int, person: int, seen: Seen) -> None:
        """Walk behind the suspect, and post now and then where he is."""
        time, values, crowd = seen.time, self.values, self.crowd
        if not self._is_out(world, person, time) or self.news[world, person] > time or self.rng.random() >= values["p_follow"]:
            return
        until, tick = min(time + values["follow_s"], self.scenario.duration_s), self._tick_of(time)
        speed = max(crowd.pace[world, person] * values["hurry_factor"], self._pace(world, person, time))
        track = self.suspect[world, tick : tick + round((until - time) / self.tick) + 1]
        way = behind(self.ground, track, self._point_of(world, person, time), self.tick, speed, values)
        if way is None:
            return
        self.counts["follows"][world] += 1
        moments = np.arange(len(track)) * self.tick
        version = self._take_way(
            world, person, (way[0], lambda seconds: np.interp(seconds, moments, way[1]), until - time), time
        )
        self.news[world, person] = until
        self.cool_until[world, person] = until + values["resight_s"]
        if crowd.member[world, person] and seen.post_share < self._chance_to_post(world, person):
            self._update_later(world, person, (seen, version, until), time)

    def _update_later(self, world: int, person: int, following: tuple[Seen, int, float], time: float) -> None:
        """Begin to write of the suspect a while later, with a free hand, if one still follows him."""
        seen, version, until = following

        def write(now: float) -> None:
            if self.phoning[world, person]:
                self._at(world, now + self.tick, write)
            elif self.version[world, person] == version and now < until:
                at = self.suspect[world, self._tick_of(now) :][:6]
                heading = self.ground.xy[at[-1]] - self.ground.xy[at[0]]
                where = self.ground.xy[at[0]] + self.rng.normal(0.0, self.values["place_error_m"], 2)
                news = Seen(now, where, heading / max(float(np.hypot(*heading)), 1e-9), seen.elements)
                sent = now + self.values["post_typing_s"]
                letter = Letter(sent, person, seen.elements, news)
                self._at(world, sent, lambda _: self._publish(world, letter))
                self._update_later(world, person, following, sent)

        self._at(world, time + self.values["follow_update_s"], write)

    def _chance_to_post(self, world: int, person: int) -> float:
        return float(self.values["p_post_player" if self.crowd.player[world, person] else "p_post_member"])

    def _consider_call(self, world: int, person: int, seen: Seen) -> None:
        values, crowd = self.values, self.crowd
        chance = values["p_report_unprimed"]
        if crowd.player[world, person]:
            chance = values["p_report_player"]
        elif crowd.member[world, person]:
            chance = values["p_report_member"]
        if self.rng.random() >= chance:
            self._consider_post(world, person, seen, seen.time, called=False)
        elif self._heard_of_call(world, person, seen):
            self.counts["skips"][world] += 1
            self._consider_post(world, person, seen, seen.time, called=False)
        else:
            self._dial(world, person, seen, seen.time, 1)

    def _heard_of_call(self, world: int, person: int, seen: Seen) -> bool:
        place = self.places[world]
        return self.crowd.member[world, person] and any(
            letter.called
            and letter.seen is not None
            and (person, number) in place.read
            and seen.time - letter.time <= self.values["skip_within_s"]
            and np.hypot(*(letter.seen.xy - seen.xy)) < self.values["skip_within_m"]
            for number, letter in enumerate(place.letters)
        )

    def _dial(self, world: int, person: int, seen: Seen, time: float, attempt: int) -> None:
        self.counts["calls"][world] += 1
        if self.informed[world, person]:
            ring = time + self.values["call_dial_s"]
            self._at(world, ring, lambda now: self._ring(world, person, seen, now, attempt))
        else:
            talked = time + self.values["call_dial_s"] + self._conversation()
            self._at(world, talked, lambda now: self._consider_post(world, person, seen, now, called=True))

    def _conversation(self) -> float:
        median, mean = self.values["call_hold_median_s"], self.values["call_hold_mean_s"]
        return float(self.rng.lognormal(np.log(median), np.sqrt(2.0 * np.log(mean / median))))

    def _ring(self, world: int, person: int, seen: Seen, time: float, attempt: int) -> None:
        place, ticket = self.places[world], next(self.order)

        def talk(now: float) -> None:
            self.counts["answers"][world] += 1
            done = now + self.values["call_answer_s"] + self._conversation()
            self._at(world, done, lambda then: self._hang_up(world, person, seen, then))

        def lose_patience(now: float) -> None:
            still = [one for one in place.waiting if one[0] != ticket]
            if len(still) < len(place.waiting):
                place.waiting[:] = still
                self.counts["abandoned"][world] += 1
                self._perhaps_again(world, person, seen, now, attempt)

        if place.free_lines:
            place.free_lines -= 1
            talk(time)
        else:
            place.waiting.append((ticket, talk))
            self._at(world, time + self.rng.exponential(self.values["patience_mean_s"]), lose_patience)

    def _hang_up(self, world: int, person: int, seen: Seen, time: float) -> None:
        place = self.places[world]
        if place.waiting:
            place.waiting.pop(0)[1](time)
        else:
            place.free_lines += 1
        self._consider_post(world, person, seen, time, called=True)

    def _perhaps_again(self, world: int, person: int, seen: Seen, time: float, attempt: int) -> None:
        if attempt > self.values["redials_max"] or self.rng.random() >= self.values["p_redial"]:
            self._consider_post(world, person, seen, time, called=False)
        else:
            again = time + self.values["redial_after_s"]
            self._at(world, again, lambda now: self._dial(world, person, seen, now, attempt + 1))

    def _consider_post(self, world: int, person: int, seen: Seen, time: float, *, called: bool) -> None:
        values = self.values
        self._perhaps_go(world, person, Letter(time, person, seen.elements, seen), time)
        self.phoning[world, person] = False
        if self.crowd.member[world, person] and seen.post_share < self._chance_to_post(world, person):
            states = called and self.rng.random() < values["p_post_called_stated"]
            sent = time + values["post_typing_s"]
            told = seen.xy + self.rng.normal(0.0, values["place_error_m"], 2)
            letter = Letter(sent, person, seen.elements, replace(seen, xy=told), bool(states))
            self.phoning[world, person] = True
            self._at(world, sent, lambda _: self._publish(world, letter))

    def _publish(self, world: int, letter: Letter) -> None:
        self.phoning[world, max(letter.author, 0)] &= letter.author < 0
        self.places[world].letters.append(letter)
        if letter.seen is not None:
            self.counts["posts"][world] += 1

    def _look_at_phones(self, now: float) -> None:
        for slow, looks in self.next_look.items():
            due = looks <= now
            for world, person in zip(*np.nonzero(due), strict=True):
                place = self.places[world]
                if place.letters and not place.over:
                    self._read(world, person, float(looks[world, person]), slow=slow)
                    self._bear(world, person, float(looks[world, person]))
            while due.any():
                for player in (False, True):
                    who = due & (self.crowd.player == player)
                    looks[who] += self.rhythms[player, slow].gaps(self.rng, int(who.sum()))
                due = looks <= now

    def _read(self, world: int, person: int, time: float, *, slow: bool) -> None:
        place, crowd = self.places[world], self.crowd
        news: list[Letter] = []
        for number, letter in enumerate(place.letters):
            if (person, number) in place.read or letter.author == person or letter.time > time:
                continue
            grouped = letter.author >= 0
            if grouped and not (crowd.member[world, person] and self.muted[world, person] == slow):
                continue
            if not grouped and (slow or not crowd.informed[world, person]):
                continue
            place.read.add((person, number))
            self.known[world, person] |= letter.elements
            if grouped:
                self.counts["reads"][world] += 1
            if letter.seen is not None:
                self.alerted_until[world, person] = max(self.alerted_until[world, person], time + self.values["alerted_s"])
                news.append(letter)
        for letter in sorted(news, key=lambda one: one.seen.time if one.seen else 0.0)[-1:]:
            self._perhaps_go(world, person, letter, time)

    def _bear(self, world: int, person: int, time: float) -> None:
        """Mute the group if it sent more in the hour before a look than one bears; then look there less often."""
        if self.muted[world, person] or not self.crowd.member[world, person]:
            return
        others = [letter for letter in self.places[world].letters if letter.author not in {-1, person}]
        if sum(time - 3600.0 < letter.time < time for letter in others) > self.bears[world, person]:
            self.counts["mutings"][world] += 1
            self.muted[world, person] = True
            rhythm = self.rhythms[bool(self.crowd.player[world, person]), True]
            self.next_look[True][world, person] = time + rhythm.delays(self.rng, 1)[0]

    def _perhaps_go(self, world: int, person: int, letter: Letter, time: float) -> None:
        """Go where the suspect of a message may be by now, until giving up."""
        values, seen, crowd = self.values, letter.seen, self.crowd
        assert seen is not None
        if not crowd.willing[world, person] or time - seen.time >= values["go_out_within_s"]:
            return
        out = self._is_out(world, person, time)
        at_large = crowd.street[world, person] or self.news[world, person] > -np.inf
        if out and (not at_large or seen.time <= self.news[world, person]):
            return
        here = self._point_of(world, person, time)
        if np.hypot(*(self.ground.xy[here] - seen.xy)) >= values["go_out_within_m"]:
            return
        self.counts["departures"][world] += 1
        begin = time if out else time + values["prepare_s"]
        if not out and crowd.rides[world, person]:
            self.rides_until[world, person] = np.inf
        pace = self._pace(world, person, begin)
        way, arrive = search(self.ground, self.rng, values, (here, begin), seen, pace)
        give_up = max(seen.time + values["give_up_s"], arrive)
        self._take_way(world, person, (way, steady(pace), give_up - begin), begin)
        self.news[world, person] = seen.time


def reference(street_map: StreetMap, scenario: Scenario, worlds: int, seed: int, tick_s: float = 1.0) -> dict[str, Array]:
    """Play an evening in many worlds and give each statistic in each world."""
    ground = _survey(street_map, scenario.parameters["d_max_m"])
    rng = np.random.default_rng(seed)
    sizes = [min(250, worlds - first) for first in range(0, worlds, 250)]
    parts = [Ticking(ground, scenario, size, rng, tick_s).play() for size in sizes]
    return {name: np.concatenate([part[name] for part in parts]) for name in STATISTICS}
