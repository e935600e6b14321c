"""Passing on: who runs a group reads a message, judges a while later whether it matters in another one, and tells it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.reference.dispatching import Dispatching
from tests.reference.evenings import Letter
from tests.reference.groups import ABOVE, PAGE

if TYPE_CHECKING:
    from collections.abc import Hashable


class Passing(Dispatching):
    """Evenings in which messages get from one group to another."""

    def _publish(self, world: int, letter: Letter) -> None:
        place = self.places[world]
        place.letters.append(letter)
        if letter.channel not in {PAGE, ABOVE}:
            place.sent[letter.channel] += 1
            self.counts["busiest"][world] = max(place.sent.values())
        if letter.seen is not None and letter.author >= 0:
            self.counts["posts"][world] += 1
            self._heed(world, letter.author, letter, letter.time)

    def _other(self, world: int, person: int, letter: Letter) -> int:
        """Give the channel to which who runs a group may pass on a message."""
        return ABOVE if letter.channel != ABOVE else int(self.groups.of[world, person])

    def _knows_there(self, world: int, person: int, matter: Letter, channel: int) -> bool:
        """Tell whether somebody has read or written of a matter in a channel."""
        place = self.places[world]
        return any(
            letter.matter is matter
            and letter.channel == channel
            and (letter.author == person or (person, number) in place.read)
            for number, letter in enumerate(place.letters)
        )

    def _heed(self, world: int, person: int, letter: Letter, time: float) -> None:
        """Let somebody who reads or writes a message judge it after a while, if he ever passes anything on."""
        if letter.seen is None or not self.groups.passes_on[world, person]:
            return
        elsewhere = self._other(world, person, letter)
        if letter.author != person or not self._knows_there(world, person, letter.matter, elsewhere):
            median, sigma = self.values["admin_relay_median_s"], self.values["admin_relay_sigma"]
            takes = self._luck(world, ("takes", person, letter.matter), float(self.rng.lognormal(np.log(median), sigma)))
            self._at(world, time + takes, lambda now: self._judge(world, person, letter, now))

    def _luck(self, world: int, about: Hashable, drawn: float) -> float:
        """Give the number that was drawn when this came up for the first time."""
        return self.places[world].luck.setdefault(about, drawn)

    def _judge(self, world: int, person: int, letter: Letter, time: float) -> None:
        """Judge once whether a matter is to be told in another channel, by oneself or as all judge it."""
        place, matter, target = self.places[world], letter.matter, self._other(world, person, letter)
        if (person, matter, target) in place.judged:
            return
        place.judged.add((person, matter, target))
        self.counts["judgements"][world] += 1
        if self._knows_there(world, person, matter, target):
            return
        alike = self._luck(world, ("alike", person, matter), self.rng.random()) < self.values["judgement_shared"]
        shared = self._luck(world, ("shared", matter), self.rng.random())
        if (shared if alike else self.rng.random()) < self._chance_to_pass(world, letter, target, time):
            self.counts["forwards"][world] += 1
            self._publish(world, Letter(time, person, letter.elements, letter.seen, letter.called, target, matter))

    def _chance_to_pass(self, world: int, letter: Letter, target: int, time: float) -> float:
        """Give the chance that a message seems to matter elsewhere: less if far away, old, vague or not called in."""
        values, seen = self.values, letter.seen
        assert seen is not None
        chance = float(values["p_admin_forward"])
        if target != ABOVE:
            away = float(np.hypot(*(self.groups.middle[world, target] - seen.xy)))
            chance /= 1.0 + (away / values["forward_half_m"]) ** 2
        chance /= 1.0 + (time - seen.time) / values["forward_half_s"]
        chance *= 1.0 if letter.elements.any() else values["forward_vague_factor"]
        return chance if letter.called else chance * float(values["forward_uncalled_factor"])
