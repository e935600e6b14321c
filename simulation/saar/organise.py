"""The organiser (spelleider): starts, gives hints on a clock or when too few calls come in, and stops the games."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.channels.messages import Message
from simulation.people.covering import CHOICE, covered_edges, walked_metres
from simulation.people.players import NO_GAME
from simulation.people.routes import legs_data
from simulation.saar.app import ORGANISER, post
from simulation.saar.broadcast import tell_reached
from simulation.saar.desk import tell_outcome
from simulation.saar.follow import let_go
from simulation.saar.notes import Progress
from simulation.trace.lazy import LazyData

if TYPE_CHECKING:
    from simulation.saar.stage import Stage
    from simulation.scenario.model import Game, News

_WHO = "organiser"


def prepare(stage: Stage, evening: str) -> None:
    """Enter all games in the agenda; `evening` is the id of the record of the evening."""
    for index, game in enumerate(stage.scenario.games):
        stage.agenda.at(game.start_s, _start, stage, index, evening)
        for rung, hint in enumerate(game.hints):
            stage.agenda.at(game.start_s + hint.at_s, _hint, stage, index, (rung, hint, "clock"))
        if game.too_few is not None:
            stage.agenda.at(game.start_s + game.too_few.by_s, _judge, stage, index, game)
        stage.agenda.at(game.start_s + game.duration_s, _end, stage, index, "time", ())


def found(stage: Stage, suspect: int, person: int, question: str) -> None:
    """Hand over the letter: the first to ask a suspect has found him."""
    shadow = stage.shadows[suspect]
    progress, game = stage.progress[shadow.game], stage.scenario.games[shadow.game]
    if suspect in progress.found:
        return
    progress.found.add(suspect)
    data = {"by": stage.name(person), "found_by": "unit" if stage.people.unit[person] else "resident", "game": game.name}
    record = stage.log.add("found", shadow.key, stage.now, (question,), data)
    if game.on_found != "keeps-walking":
        stage.gone_at[suspect] = stage.now
    missing = set(_suspects(stage, shadow.game)) - progress.found
    if game.stop == "first-found" or game.on_found == "next-game" or (game.stop == "all-found" and not missing):
        _end(stage, shadow.game, "found", (record,))
    else:
        let_go(stage, suspect, record)


def _suspects(stage: Stage, index: int) -> list[int]:
    return [number for number, shadow in enumerate(stage.shadows) if shadow.game == index]


def _start(stage: Stage, index: int, evening: str) -> None:
    game, numbers = stage.scenario.games[index], _suspects(stage, index)
    area = stage.areas[index]
    data = {
        "game": game.name,
        "suspects": [stage.shadows[number].key for number in numbers],
        "duration_s": game.duration_s,
        "area": None if area is None else area.as_data(),
        "prize": game.prize,
    }
    started = stage.log.add("game", _WHO, stage.now, (evening, f"fact:games/{index}"), data)
    stage.progress[index], stage.game_on = Progress(started), index
    for number in numbers:
        _appear(stage, number, started)
    _publish(stage, Message("start"), started)


def _appear(stage: Stage, number: int, cause: str) -> None:
    """Let a suspect set out: his way and his acts are known from the start."""
    shadow = stage.shadows[number]
    data = LazyData(lambda: legs_data("suspect", shadow.legs))
    stage.route_of[shadow.key] = stage.log.add("route", shadow.key, stage.now, (cause, *shadow.causes), data)
    for stop in shadow.stops:
        if stop.act:
            stage.agenda.at(stop.start, _act, stage, number, (stop.act, stop.until))


def _act(stage: Stage, number: int, deed: tuple[str, float]) -> None:
    if stage.present(number):
        key, (act, until) = stage.shadows[number].key, deed
        data = {"act": act, **stage.spot_of(number, stage.now).as_data(), "until_s": until}
        stage.act_of[key] = stage.log.add("act", key, stage.now, (stage.route_of[key],), data)


def _judge(stage: Stage, index: int, game: Game) -> None:
    """Give the extra hint when fewer calls about this game were answered than hoped for."""
    too_few = game.too_few
    if too_few is not None and sum(seen_s >= game.start_s for seen_s in stage.answered) < too_few.calls:
        _hint(stage, index, (len(game.hints), too_few.then, "too-few"))


def _hint(stage: Stage, index: int, rung: tuple[int, News, str]) -> None:
    """Tell all readers of the outlet about each suspect who is still about."""
    for number in _suspects(stage, index):
        if stage.present(number):
            _tell(stage, number, rung)


def _tell(stage: Stage, number: int, rung: tuple[int, News, str]) -> None:
    (number_of_rung, news, reason), shadow = rung, stage.shadows[number]
    told = [element for element in sorted(shadow.description) if "photo" in news.tell or element in news.tell]
    place = stage.spot_of(number, stage.now) if news.where else None
    direction = stage.direction_of(number, stage.now) if news.where else None
    fact = f"fact:games/{shadow.game}/" + ("too_few" if reason == "too-few" else f"hints/{number_of_rung}")
    causes = (stage.progress[shadow.game].started, fact, *([stage.route_of[shadow.key]] if place else []))
    data = {
        "game": stage.scenario.games[shadow.game].name,
        "suspect": shadow.key,
        "rung": number_of_rung,
        "tell": {element: shadow.description[element] for element in told},
        "where": {**place.as_data(), "direction_rad": direction} if place else None,
        "reason": reason,
    }
    record = stage.log.add("hint", _WHO, stage.now, causes, data)
    message = Message("hint", number, place, direction, stage.now if place else None, tuple(told))
    _publish(stage, message, record)


def _publish(stage: Stage, message: Message, cause: str) -> None:
    """Post in the outlet; which groups belong to it may be a matter of chance."""
    chosen = stage.scenario.outlet == "groups" and stage.scenario.structure.groups_taking_part < 1.0
    message = replace(message, matter=cause)
    for channel in stage.outlets:
        causes = (cause, f"draw:taking-part:{channel.key}:0") if chosen else (cause,)
        post(stage, channel, ORGANISER, message, causes)


def _end(stage: Stage, index: int, reason: str, causes: tuple[str, ...]) -> None:
    """Stop a game: its suspects go home; after the last game the evening is over."""
    progress, game = stage.progress[index], stage.scenario.games[index]
    if progress.over:
        return
    progress.over = True
    if stage.game_on == index:
        stage.game_on = NO_GAME
    data = {"game": game.name, "reason": reason}
    ended = stage.log.add("game_end", _WHO, stage.now, (progress.started, *causes), data)
    for number in _suspects(stage, index):
        stage.gone_at.setdefault(number, stage.now)
    if stage.scenario.structure.covered_streets_share < 1.0:
        _measure_cover(stage, index, ended)
    tell_reached(stage, index, ended)
    if all(number in stage.progress and stage.progress[number].over for number in range(len(stage.scenario.games))):
        _publish(stage, Message("close"), ended)
        if stage.scenario.outlet != "groups":
            tell_outcome(stage, ended)
        stage.close(ended)
    else:
        for number in _suspects(stage, index):
            let_go(stage, number, ended)


def _measure_cover(stage: Stage, index: int, ended: str) -> None:
    """Write down how far the suspects of a game walked in streets that a group covers, and in others."""
    covered = covered_edges(stage.network, [stage.seed], stage.scenario.structure.covered_streets_share)[0]
    for number in _suspects(stage, index):
        shadow = stage.shadows[number]
        inside, outside = walked_metres(stage.network, shadow.legs, stage.gone_at[number], covered)
        causes = (ended, stage.route_of[shadow.key], f"draw:{CHOICE}:everybody:0")
        data = {"covered_m": round(inside, 3), "uncovered_m": round(outside, 3)}
        stage.log.add("cover", shadow.key, stage.now, causes, data)
