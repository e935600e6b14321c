"""Asking strangers: players who were told no description ask some of those whom they pass in the street."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.reference.looking import Looking

if TYPE_CHECKING:
    from tests.reference.evenings import Array


class Strangers(Looking):
    """Evenings in which people who do not know whom to look for ask whom they meet."""

    def _meet(self) -> None:
        super()._meet()
        chance = self.values["p_ask_stranger"]
        self.asks = (self.rng.random(self.knows.shape, np.float32) < chance) & ~self.knows

    def _pass(self, tick: int) -> None:
        """Let who passes somebody in a tick ask him a little later."""
        game = int(self.games.planned_at(self.middles[tick]))
        curious = self._playing(game) & ~self.over[:, game, None] & ~self._told_of(game).any(axis=2)
        if not curious.any():
            return
        out = self.station[tick - 1 : tick + 1].max(axis=0) < len(self.ground.xy)
        world, person = np.nonzero(curious & out)
        there = self.figures.at[tick - 1 : tick + 1, world].max(axis=0) < self.figures.nowhere
        stays = (self.figures.who[tick - 1, world] == self.figures.who[tick, world]) & there
        row, slot = np.nonzero(stays & self.asks[world[:, None], person[:, None], self.figures.who[tick, world]])
        world, person = world[row], person[row]
        for nth in np.flatnonzero(self._passes(tick, world, person, slot)):
            pair = (int(world[nth]), int(person[nth]), int(self.figures.who[tick, world[nth], slot[nth]]))
            self._ask_soon(pair, self.middles[tick])

    def _told_of(self, game: int) -> Array:
        """Give (W, N, ...) what people know of the suspects of a game."""
        return self.known[:, :, self.games.of_suspect[self.games.about] == game]

    def _passes(self, tick: int, world: Array, person: Array, slot: Array) -> Array:
        """Tell who went past each other since the tick before: they walked as far as they were apart then, and are now."""
        walked = self.ground.walked
        mine = [self.station[moment, world, person] for moment in (tick - 1, tick)]
        his = [self.figures.at[moment, world, slot] for moment in (tick - 1, tick)]
        apart = walked[mine[0], his[0]] + walked[mine[1], his[1]]
        return np.asarray(apart <= walked[mine[0], mine[1]] + walked[his[0], his[1]] + 1e-6)

    def _ask_soon(self, pair: tuple[int, int, int], time: float) -> None:
        world, person, number = pair
        version = self.version[world, person]

        def ask(now: float) -> None:
            same = self.version[world, person] == version and self._is_out(world, person, now)
            told = self._told_of(int(self.games.planned_at(now)))[world, person].any()
            if same and self.asks[pair] and not told and now < self.figures.until[world, number]:
                self.asks[pair] = False
                self.counts["strangers"][world] += 1
                self._ask(world, person, number, now)

        self._at(world, time + self.values["question_s"], ask)
