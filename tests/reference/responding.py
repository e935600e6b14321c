"""Responding on the spot: walking up to somebody and asking him, or following him at a distance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.reference.alerting import Alerting
from tests.reference.evenings import Letter
from tests.reference.hunting import behind
from tests.reference.ways import steady

if TYPE_CHECKING:
    from tests.reference.evenings import Seen


class Responding(Alerting):
    """Evenings in which people in the street do something about whom they see, which may end a game."""

    def _find(self, world: int, person: int, number: int, time: float) -> None:
        """Let a suspect confess, and leave or end the game."""
        game, place = int(self.games.of_suspect[number]), self.places[world]
        rules = self.scenario.games[game]
        place.found.add(number)
        self.counts["found"][world] += 1
        self.counts["found_by_unit"][world] += self.crowd.unit[world, person]
        left = set(np.flatnonzero(self.games.of_suspect == game).tolist()) - place.found
        self._leave(world, number, time)
        if rules.on_found == "next-game" or rules.stop == "first-found" or (rules.stop == "all-found" and not left):
            self._end(world, game, time)

    def _end(self, world: int, game: int, time: float) -> None:
        """End a game: its suspects go, and after the last game everybody does."""
        if not self.over[world, game]:
            self.over[world, game] = True
            for number in np.flatnonzero(self.games.of_suspect == game).tolist():
                self._leave(world, number, time)
            self.places[world].over = game == len(self.games.end) - 1

    def _leave(self, world: int, number: int, time: float) -> None:
        """Let a suspect go, and those who follow him walk on, or home."""
        if self.figures.until[world, number] <= time:
            return
        self.figures.remove(world, number, self._tick_of(time), time)
        following = self.places[world].following
        for person in [one for one, (whom, _) in following.items() if whom == number]:
            if self.version[world, person] == following.pop(person)[1] and time < self.news[world, person]:
                self.cool_until[world, person, number] = time + self.values["resight_s"]
                here = self._point_of(world, person, time)
                self._take_way(world, person, ((np.array([here]), np.zeros(1)), steady(1.0), 0.0), time)
                self.news[world, person] = time

    def _respond(self, world: int, person: int, seen: Seen) -> None:
        if not self._approach(world, person, seen) and not self.crowd.unit[world, person]:
            if seen.recognised:
                self._perhaps_follow(world, person, seen)
            self._alert(world, person, seen)

    def _chance_to_dare(self, world: int, person: int, seen: Seen) -> float:
        """Give the chance that somebody walks up to whom he noticed: to ask him, or because he knows of no exercise."""
        if not self.aware[world, person]:
            return float(self.values["p_address_unprimed"])
        if self.crowd.unit[world, person]:
            return float(seen.recognised)
        game = self.games.of_suspect[seen.suspect]
        asks = self.crowd.plays[world, person, game] and seen.recognised and self._plays_now(world, person, seen.time)
        return float(self.values["p_challenge_player"]) if asks else 0.0

    def _approach(self, world: int, person: int, seen: Seen) -> bool:
        """Walk up to somebody, if one dares and can reach him; tell whether one does."""
        time, values, number = seen.time, self.values, seen.number
        if not self._is_out(world, person, time) or self.rng.random() >= self._chance_to_dare(world, person, seen):
            return False
        pace = values["hurry_factor"] * self.crowd.pace[world, person]
        here, tick = self._point_of(world, person, time), self._tick_of(time)
        track = self.figures.track(world, number, (tick, tick + int(values["approach_s"] / self.tick) + 1))
        away = self.ground.walked[here, track]
        reached = np.flatnonzero(away <= np.arange(len(away)) * self.tick * pace + values["speaking_m"])
        if not len(reached):
            return False
        lasting = int(reached[0]) * self.tick + values["question_s"]
        way = self.ground.way(here, self._later(world, number, (tick, tick + round(lasting / self.tick))))
        version = self._take_way(world, person, (way, steady(float(way[1][-1]) / lasting or 1.0), lasting), time)
        self.news[world, person] = time + lasting
        self._at(world, time + lasting, lambda now: self._speak(world, person, (version, number), now))
        return True

    def _later(self, world: int, number: int, ticks: tuple[int, int]) -> int:
        """Give the point at which somebody is at a later tick, or where he goes if he is there by then."""
        return int(self.figures.track(world, number, (ticks[0], ticks[1] + 1))[-1])

    def _speak(self, world: int, person: int, whom: tuple[int, int], time: float) -> None:
        """Say what one walked up for, on the outing of that number, unless he has gone."""
        version, number = whom
        if self.version[world, person] == version and time < self.figures.until[world, number]:
            if self.aware[world, person]:
                self._ask(world, person, number, time)
            else:
                self._address(world, person, number)

    def _address(self, world: int, person: int, number: int) -> None:
        """Speak to somebody suspicious, perhaps with hands: a suspect tells of the exercise, anybody else is cleared."""
        self.counts["addresses"][world] += 1
        self.counts["unsafe"][world] += self.rng.random() < self.values["p_unsafe"]
        if number < self.figures.suspects:
            self.aware[world, person] = True
        else:
            self.cool_until[world, person, number] = np.inf

    def _ask(self, world: int, person: int, number: int, time: float) -> None:
        """Ask somebody whether he is the suspect: he confesses, or is known to be none from then on."""
        if number < self.figures.suspects:
            self._find(world, person, number, time)
        else:
            self.counts["wrong_questions"][world] += 1
            self.cool_until[world, person, number] = np.inf

    def _perhaps_follow(self, world: int, person: int, seen: Seen) -> None:
        """Walk behind somebody, and post now and then where he is."""
        time, values, crowd, number = seen.time, self.values, self.crowd, seen.number
        if not self._is_out(world, person, time) or self.news[world, person] > time or self.rng.random() >= values["p_follow"]:
            return
        until = min(time + values["follow_s"], self.figures.until[world, number], self.scenario.duration_s)
        speed = max(crowd.pace[world, person] * values["hurry_factor"], self._pace(world, person, time))
        tick = self._tick_of(time)
        track = self.figures.track(world, number, (tick, tick + round((until - time) / self.tick) + 1))
        way = behind(self.ground, track, self._point_of(world, person, time), self.tick, speed, values)
        if way is None:
            return
        self.counts["follows"][world] += 1
        moments = np.arange(len(track)) * self.tick
        version = self._take_way(
            world, person, (way[0], lambda seconds: np.interp(seconds, moments, way[1]), until - time), time
        )
        self.news[world, person] = until
        self.cool_until[world, person, number] = until + values["resight_s"]
        self.places[world].following[person] = (number, version)
        if crowd.member[world, person] and seen.post_share < self._chance_to_post(world, person, time):
            self._update_later(world, person, (seen, version, until), time)

    def _update_later(self, world: int, person: int, following: tuple[Seen, int, float], time: float) -> None:
        """Begin to write of somebody a while later, with a free hand, if one still follows him."""
        seen, version, until = following

        def write(now: float) -> None:
            if self.version[world, person] != version or now >= min(until, self.figures.until[world, seen.number]):
                self._put_phone_away(world, person, now)
                return
            xy, heading = self._place_of(world, seen.number, self._tick_of(now))
            told = xy + self.rng.normal(0.0, self.values["place_error_m"], 2)
            news = replace(seen, time=now, xy=told, heading=heading)
            group = int(self.groups.of[world, person])
            letter = Letter(now + self.values["post_typing_s"], person, seen.elements, news, channel=group)

            def send(then: float) -> None:
                self._publish(world, letter)
                self._put_phone_away(world, person, then)
                self._update_later(world, person, following, then)

            self._at(world, letter.time, send)

        again = time + self.values["follow_update_s"]
        self._at(world, again, lambda now: self._take_phone(world, person, write, now))

    def _place_of(self, world: int, number: int, tick: int) -> tuple[np.ndarray, np.ndarray]:
        """Give where somebody is, and in which direction he goes, or none."""
        points = self.figures.track(world, number, (tick, tick + 6))
        if not len(points):  # he goes within this tick
            points = self.figures.track(world, number, (tick - 1, tick))
        track = self.ground.xy[points]
        heading = track[-1] - track[0]
        return track[0], heading / max(float(np.hypot(*heading)), 1e-9)
