"""Messages, and looking at one's phone: who reads what, what he knows then, and whether he bears it."""

from __future__ import annotations

import numpy as np

from tests.reference.evenings import Letter
from tests.reference.groups import ABOVE, PAGE
from tests.reference.passing import Passing


class Reading(Passing):
    """Evenings in which people read what others write."""

    def _chat(self, time: float) -> None:
        """Let anybody in the group say something about something else."""
        rate = self.values[f"chatter_{self.scenario.structure.topics}_per_hour"] / 100.0 / 3600.0
        said = self.rng.random(self.crowd.member.shape) < -np.expm1(-rate * self.tick)
        for world, person in zip(*np.nonzero(said & self.crowd.member), strict=True):
            if not self.places[world].over:
                self.counts["chatter"][world] += 1
                nothing, group = np.zeros(len(self.games.about), bool), int(self.groups.of[world, person])
                self._publish(world, Letter(time, int(person), nothing, channel=group))

    def _look_at_phones(self, now: float) -> None:
        for slow, looks in self.next_look.items():
            due = looks <= now
            self.last_look[slow][due] = looks[due]
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
        """Read what has come: in one's group, if that is muted, only what was there at a look of either kind."""
        place = self.places[world]
        until = self._read_until(world, person, time, slow=slow)
        news: list[Letter] = []
        for number, letter in enumerate(place.letters):
            if (person, number) in place.read or letter.author == person or letter.time > until.get(letter.channel, -np.inf):
                continue
            place.read.add((person, number))
            self.known[world, person] |= letter.elements
            if letter.channel == PAGE:
                self.aware[world, person] = self.informed[world, person] = True
            else:
                self.counts["reads"][world] += 1
                self._reach(world, person, letter, time)
            if letter.seen is not None:
                self.alerted_until[world, person] = max(self.alerted_until[world, person], time + self.values["alerted_s"])
                news.append(letter)
        for seen in sorted((letter.seen for letter in news if letter.seen), key=lambda one: one.time)[-1:]:
            self._perhaps_go(world, person, seen, time)

    def _read_until(self, world: int, person: int, time: float, *, slow: bool) -> dict[int, float]:
        """Tell of each channel that somebody reads at a look until when he reads what stands there."""
        groups, until = self.groups, dict[int, float]()
        if self.crowd.member[world, person] and (self.muted[world, person] or not slow):
            other = self.last_look[not slow][world, person] if self.muted[world, person] else time
            until[int(groups.of[world, person])] = min(time, other)
        if groups.runs[world, person] and not slow:
            until[ABOVE] = time
        if self.crowd.aware[world, person] and not slow:
            until[PAGE] = time
        return until

    def _reach(self, world: int, person: int, letter: Letter, time: float) -> None:
        """Count who reads of a sighting, and let him pass it on."""
        if letter.seen is not None:
            self.places[world].reached.add(person)
            self.counts["reached"][world] = len(self.places[world].reached)
            self._heed(world, person, letter, time)

    def _bear(self, world: int, person: int, time: float) -> None:
        """Mute the group if it sent more in the hour before a look than one bears; then look there less often."""
        if self.muted[world, person] or not self.crowd.member[world, person]:
            return
        own = self.groups.of[world, person]
        others = [letter for letter in self.places[world].letters if letter.channel == own and letter.author != person]
        if sum(time - 3600.0 < letter.time < time for letter in others) > self.bears[world, person]:
            self.counts["mutings"][world] += 1
            self.muted[world, person] = True
            rhythm = self.rhythms[bool(self.crowd.player[world, person]), True]
            self.next_look[True][world, person] = time + rhythm.delays(self.rng, 1)[0]
