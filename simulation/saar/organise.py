"""The organiser (spelleider): starts, gives hints on a clock or when too few calls come in, and stops the games."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.channels.messages import Message
from simulation.people.routes import RouteData
from simulation.saar.app import ORGANISER, post

if TYPE_CHECKING:
    from simulation.saar.stage import Stage
    from simulation.scenario.model import Game, News

_WHO = "organiser"


class Organiser:
    """Leads the games of one evening.

    Parameters
    ----------
    stage
        The evening.
    evening
        Id of the record of the evening.
    """

    def __init__(self, stage: Stage, evening: str) -> None:
        self._stage = stage
        self._evening = evening
        self._started: dict[int, str] = {}
        self._answered_before: dict[int, int] = {}
        self._over: set[int] = set()
        self._finders: dict[int, str] = {}

    def prepare(self) -> None:
        """Enter all games in the agenda."""
        for index, game in enumerate(self._stage.scenario.games):
            self._stage.agenda.at(game.start_s, self._start, index, game)
            for rung, hint in enumerate(game.hints):
                self._stage.agenda.at(game.start_s + hint.at_s, self._hint, index, (rung, hint, "clock"))
            if game.too_few is not None:
                self._stage.agenda.at(game.start_s + game.too_few.by_s, self._judge, index, game)
            self._stage.agenda.at(game.start_s + game.duration_s, self._end, index, "time", ())

    def _suspects(self, index: int) -> list[int]:
        return [number for number, shadow in enumerate(self._stage.shadows) if shadow.game == index]

    def _start(self, index: int, game: Game) -> None:
        stage, numbers = self._stage, self._suspects(index)
        keys = [stage.shadows[number].key for number in numbers]
        data = {"game": game.name, "suspects": keys, "duration_s": game.duration_s}
        self._started[index] = stage.log.add("game", _WHO, stage.now, (self._evening, f"fact:games/{index}"), data)
        self._answered_before[index] = stage.answered
        for number in numbers:
            self._appear(number, self._started[index])
        for channel in stage.outlets:
            post(stage, channel, ORGANISER, Message("start"), (self._started[index],))

    def _appear(self, number: int, cause: str) -> None:
        """Let a suspect set out: his way and his acts are known from the start."""
        stage, shadow = self._stage, self._stage.shadows[number]
        causes = (cause, f"draw:suspect-turn:{shadow.key}:0")
        stage.route_of[shadow.key] = stage.log.add("route", shadow.key, stage.now, causes, RouteData("suspect", lambda: shadow.legs))
        for stop in shadow.stops:
            if stop.act:
                stage.agenda.at(stop.start, self._act, number, stop.act, stop.until)

    def _act(self, number: int, act: str, until: float) -> None:
        stage, shadow = self._stage, self._stage.shadows[number]
        if stage.present(number):
            data = {"act": act, **stage.spot_of(number, stage.now).as_data(), "until_s": until}
            stage.act_of[shadow.key] = stage.log.add("act", shadow.key, stage.now, (stage.route_of[shadow.key],), data)

    def _judge(self, index: int, game: Game) -> None:
        """Give the extra hint when fewer calls were answered than hoped for."""
        too_few = game.too_few
        if too_few is not None and self._stage.answered - self._answered_before[index] < too_few.calls:
            self._hint(index, (len(game.hints), too_few.then, "too-few"))

    def _hint(self, index: int, rung: tuple[int, News, str]) -> None:
        """Tell all readers of the outlet about each suspect who is still about."""
        stage, (number_of_rung, news, reason) = self._stage, rung
        if index in self._over:
            return
        for number in self._suspects(index):
            if not stage.present(number):
                continue
            shadow = stage.shadows[number]
            told = sorted(shadow.description if "photo" in news.tell else set(news.tell) & set(shadow.description))
            place = stage.spot_of(number, stage.now) if news.where else None
            direction = stage.direction_of(number, stage.now) if news.where else None
            causes = [self._started[index], f"fact:games/{index}/{'too_few' if reason == 'too-few' else f'hints/{number_of_rung}'}"]
            if place:
                causes.append(stage.route_of[shadow.key])
            record = stage.log.add(
                "hint",
                _WHO,
                stage.now,
                tuple(causes),
                {
                    "game": stage.scenario.games[index].name,
                    "rung": number_of_rung,
                    "tell": {element: shadow.description[element] for element in told},
                    "where": {**place.as_data(), "direction_rad": direction} if place else None,
                    "reason": reason,
                },
            )
            message = Message("hint", number, place, direction, stage.now if place else None, tuple(told))
            for channel in stage.outlets:
                post(stage, channel, ORGANISER, message, (record,))

    def found(self, stage: Stage, suspect: int, person: int, question: str) -> None:
        """Hand over the letter: the first to ask a suspect has found him."""
        shadow = stage.shadows[suspect]
        game = stage.scenario.games[shadow.game]
        if suspect in self._finders:
            return
        self._finders[suspect] = stage.name(person)
        data = {"by": stage.name(person), "found_by": "resident", "game": game.name}
        record = stage.log.add("found", shadow.key, stage.now, (question,), data)
        if game.on_found != "keeps-walking":
            stage.gone_at[suspect] = stage.now
        missing = [number for number in self._suspects(shadow.game) if number not in self._finders]
        if game.stop == "first-found" or (game.stop == "all-found" and not missing):
            self._end(shadow.game, "found", (record,))

    def _end(self, index: int, reason: str, causes: tuple[str, ...]) -> None:
        """Stop a game; its suspects go home."""
        stage = self._stage
        if index in self._over:
            return
        self._over.add(index)
        game = stage.scenario.games[index]
        ended = stage.log.add(
            "game_end", _WHO, stage.now, (self._started[index], *causes), {"game": game.name, "reason": reason}
        )
        for number in self._suspects(index):
            stage.gone_at.setdefault(number, stage.now)
        if len(self._over) == len(stage.scenario.games):
            for channel in stage.outlets:
                post(stage, channel, ORGANISER, Message("close"), (ended,))
            stage.close(ended)
