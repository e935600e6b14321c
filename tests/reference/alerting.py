"""Alerting: calling, waiting for somebody to answer, and telling one's group; one sighting at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.reference.casework import Casework
from tests.reference.evenings import Letter, Seen

if TYPE_CHECKING:
    from collections.abc import Callable


class Alerting(Casework):
    """Evenings in which people tell what they saw."""

    def _take_phone(self, world: int, person: int, act: Callable[[float], None], time: float) -> None:
        """Let somebody do something with his phone, as soon as he has done with what he does with it now."""
        acts = self.places[world].phoning.setdefault(person, [])
        acts.append(act)
        if len(acts) == 1:
            act(time)

    def _put_phone_away(self, world: int, person: int, time: float) -> None:
        acts = self.places[world].phoning[person]
        acts.pop(0)
        if acts:
            acts[0](time)

    def _alert(self, world: int, person: int, seen: Seen) -> None:
        """Call, and then post, what one saw."""
        told = replace(seen, xy=seen.xy + self.rng.normal(0.0, self.values["place_error_m"], 2))
        self._take_phone(world, person, lambda now: self._consider_call(world, person, (seen, told), now), seen.time)

    def _chance_to_post(self, world: int, person: int, time: float) -> float:
        return float(self.values["p_post_player" if self._plays_now(world, person, time) else "p_post_member"])

    def _chance_to_call(self, world: int, person: int, seen: Seen, time: float) -> float:
        if self._plays_now(world, person, time):
            return float(self.values["p_report_player"])
        knows_why = self.crowd.member[world, person] and (self.aware[world, person] or seen.recognised)
        return float(self.values["p_report_member" if knows_why else "p_report_unprimed"])

    def _consider_call(self, world: int, person: int, what: tuple[Seen, Seen], time: float) -> None:
        """Call or not, about what one saw and will tell."""
        if self.rng.random() >= self._chance_to_call(world, person, what[0], time):
            self._consider_post(world, person, what, time, called="")
        elif self._heard_of_call(world, person, what[0], time):
            self.counts["skips"][world] += 1
            self._consider_post(world, person, what, time, called="")
        else:
            self._dial(world, person, what, time, 1)

    def _heard_of_call(self, world: int, person: int, seen: Seen, time: float) -> bool:
        place = self.places[world]
        return self.crowd.member[world, person] and any(
            letter.called
            and letter.channel == self.groups.of[world, person]
            and letter.seen is not None
            and (person, number) in place.read
            and time - letter.time <= self.values["skip_within_s"]
            and np.hypot(*(letter.seen.xy - seen.xy)) < self.values["skip_within_m"]
            for number, letter in enumerate(place.letters)
        )

    def _dial(self, world: int, person: int, what: tuple[Seen, Seen], time: float, attempt: int) -> None:
        self.counts["calls"][world] += 1
        if self.informed[world, person]:
            ring = time + self.values["call_dial_s"]
            self._at(world, ring, lambda now: self._ring(world, person, what, now, attempt))
        else:
            self.counts["emergency_calls"][world] += 1
            talked = time + self.values["call_dial_s"] + self._conversation()
            if self.scenario.number.briefed:
                told = talked + self.values["emergency_transfer_s"]
                self._at(world, told, lambda now: self._pass_on(world, person, what, now))
            self._at(world, talked, lambda now: self._consider_post(world, person, what, now, called="emergency"))

    def _pass_on(self, world: int, person: int, what: tuple[Seen, Seen], time: float) -> None:
        """Let the control room tell the desk who called a real number, and what he said."""
        self._report(world, person, what, time)
        if any(letter.author == person and letter.called for letter in self.places[world].letters):
            self._open_case(world, person, time)

    def _conversation(self) -> float:
        median, mean = self.values["call_hold_median_s"], self.values["call_hold_mean_s"]
        return float(self.rng.lognormal(np.log(median), np.sqrt(2.0 * np.log(mean / median))))

    def _ring(self, world: int, person: int, what: tuple[Seen, Seen], time: float, attempt: int) -> None:
        place, ticket = self.places[world], next(self.order)

        def talk(now: float) -> None:
            self.counts["answers"][world] += 1
            done = now + self.values["call_answer_s"] + self._conversation()
            self._at(world, done, lambda then: self._hang_up(world, person, what, then))

        def lose_patience(now: float) -> None:
            still = [one for one in place.waiting if one[0] != ticket]
            if len(still) < len(place.waiting):
                place.waiting[:] = still
                self.counts["abandoned"][world] += 1
                self._perhaps_again(world, person, what, now, attempt)

        if place.free_lines:
            place.free_lines -= 1
            talk(time)
        else:
            place.waiting.append((ticket, talk))
            self._at(world, time + self.rng.exponential(self.values["patience_mean_s"]), lose_patience)

    def _hang_up(self, world: int, person: int, what: tuple[Seen, Seen], time: float) -> None:
        place = self.places[world]
        if place.waiting:
            place.waiting.pop(0)[1](time)
        else:
            place.free_lines += 1
        self._report(world, person, what, time)
        self._consider_post(world, person, what, time, called="temporary")

    def _perhaps_again(self, world: int, person: int, what: tuple[Seen, Seen], time: float, attempt: int) -> None:
        if attempt > self.values["redials_max"] or self.rng.random() >= self.values["p_redial"]:
            self._consider_post(world, person, what, time, called="")
        else:
            again = time + self.values["redial_after_s"]
            self._at(world, again, lambda now: self._dial(world, person, what, now, attempt + 1))

    def _consider_post(self, world: int, person: int, what: tuple[Seen, Seen], time: float, *, called: str) -> None:
        """Tell one's group or not, after a call or without one; who told the desk too becomes its case holder."""
        seen, told = what
        if seen.recognised:
            self._perhaps_go(world, person, seen, time)
        if not (self.crowd.member[world, person] and seen.post_share < self._chance_to_post(world, person, time)):
            self._put_phone_away(world, person, time)
            return
        states = bool(called) and self.rng.random() < self.values["p_post_called_stated"]
        group = int(self.groups.of[world, person])
        letter = Letter(time + self.values["post_typing_s"], person, told.elements, told, states, group)

        def send(now: float) -> None:
            self._publish(world, letter)
            if called == "temporary":
                self._open_case(world, person, now)
            self._put_phone_away(world, person, now)

        self._at(world, letter.time, send)
