"""Alerting: deciding to call, the telephone queue, the conversation, and what the desk writes down."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from simulation.channels.messages import Message, Spot
from simulation.draws import exponential, lognormal
from simulation.elementary import log, normal_quantile, whole_microseconds
from simulation.saar.app import post
from simulation.saar.respond import approach, go_to

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from simulation.saar.stage import Sighting, Stage

ELEMENTS = ("who", "what", "where", "when", "how", "whereto")
"""The six W elements of a report (wie, wat, waar, wanneer, hoe, waarheen)."""


def after_sighting(stage: Stage, sighting: Sighting) -> None:
    """Let an observer act on what he saw: ask, call, post."""
    stage.sightings_of[sighting.person] = stage.sightings_of.get(sighting.person, 0) + 1
    if not approach(stage, sighting):
        stage.agenda.start(alert(stage, sighting))


def chance_to_call(stage: Stage, person: int, *, recognised: bool) -> float:
    """Give the chance that somebody reports what he saw.

    Who does not know of the exercise takes an act for real and calls as people do; who takes part calls as players do.
    """
    informed = stage.knowledge.informed(person, stage.now)
    if informed and stage.people.player[person]:
        return float(stage.parameters["p_report_player"])
    if (informed or recognised) and stage.people.member[person]:
        return float(stage.parameters["p_report_member"])
    return float(stage.parameters["p_report_unprimed"])


def alert(stage: Stage, sighting: Sighting) -> Generator[simpy.Event, Any, None]:
    """Call, post, and perhaps go and look: SAAR, one sighting at a time; one types while putting on one's shoes."""
    nth = stage.sightings_of[sighting.person]
    with stage.hands(sighting.person).request() as free:
        yield free
        called = yield from _report_it(stage, sighting, nth)
        states = bool(called) and stage.draw("post-called", sighting.person, nth) < stage.parameters["p_post_called_stated"]
        told = (sighting.suspect, sighting.place, sighting.direction, sighting.time, sighting.elements)
        message = Message("sighting", *told, called=states)
        fresh = stage.now - sighting.time < stage.parameters["go_out_within_s"]
        if sighting.recognised and fresh and stage.willing[sighting.person]:
            go_to(stage, sighting.person, message, (sighting.record, None))
        yield from _post_it(stage, sighting, message, (nth, called))


def _report_it(stage: Stage, sighting: Sighting, nth: int) -> Generator[simpy.Event, Any, str]:
    """Call, unless one does not or need not; give the id of the last record of the call, or nothing."""
    person, name = sighting.person, stage.name(sighting.person)
    if stage.draw("report", person, nth) >= chance_to_call(stage, person, recognised=sighting.recognised):
        return ""
    known = _already_called(stage, sighting)
    if not known:
        return (yield from _call(stage, sighting, nth))
    stage.log.add("skip", name, stage.now, (sighting.record, f"{known}@{name}"), {"post": known})
    return ""


def _post_it(stage: Stage, sighting: Sighting, message: Message, after: tuple[int, str]) -> Generator[simpy.Event, Any, None]:
    """Post in one's group, if one is in a group and does."""
    person, group, (nth, called) = sighting.person, stage.group_of.get(sighting.person), after
    chance = stage.parameters["p_post_player" if stage.people.player[person] else "p_post_member"]
    if group is not None and stage.draw("post", person, nth) < chance:
        yield stage.agenda.wait(stage.parameters["post_typing_s"])
        post(stage, group, person, message, (called or sighting.record, f"draw:post:{stage.name(person)}:{nth}"))


def _already_called(stage: Stage, sighting: Sighting) -> str:
    """Find a fresh message, read in one's own group, that says a call was made about the same place."""
    group = stage.group_of.get(sighting.person)
    for posted in reversed(stage.posts):
        if stage.now - posted.time > stage.parameters["skip_within_s"]:
            break
        message = posted.message
        if (
            group is not None
            and posted.channel == group.key
            and message.called
            and message.place is not None
            and posted.read_at[sighting.person] <= stage.now
            and message.place.metres_to(sighting.place) < stage.parameters["skip_within_m"]
        ):
            return posted.record
    return ""


def _call(stage: Stage, sighting: Sighting, nth_sighting: int) -> Generator[simpy.Event, Any, str]:
    """Dial until somebody answers or one gives up; give the id of the last record of it."""
    person, name = sighting.person, stage.name(sighting.person)
    causes: tuple[str, ...] = (sighting.record, f"draw:report:{name}:{nth_sighting}")
    number = "temporary" if stage.knowledge.informed(person, stage.now) else "emergency"
    for attempt in range(1, round(stage.parameters["redials_max"]) + 2):
        nth = (nth_sighting - 1) * 100 + attempt
        dialled = stage.log.add(
            "call",
            name,
            stage.now,
            causes,
            {"number": number, "n_try": attempt, "prompted_by": "sighting", "sighting": sighting.record},
        )
        if number == "emergency":
            yield stage.agenda.wait(stage.parameters["call_dial_s"] + _conversation_s(stage, person, nth))
            return dialled
        stage.waiting[dialled] = (person, stage.now + stage.parameters["call_dial_s"])
        yield stage.agenda.wait(stage.parameters["call_dial_s"])
        report = yield from _queue(stage, sighting, dialled, nth)
        if report:
            return report
        if stage.draw("redial", person, nth) >= stage.parameters["p_redial"]:
            break
        causes = (sighting.record, dialled, f"draw:redial:{name}:{nth}")
        yield stage.agenda.wait(stage.parameters["redial_after_s"])
    return ""


def _queue(stage: Stage, sighting: Sighting, call: str, nth: int) -> Generator[simpy.Event, Any, str]:
    """Wait for a call-taker as long as patience lasts; talk; give the id of the report, or nothing."""
    person, name, rang = sighting.person, stage.name(sighting.person), stage.now
    patience = exponential(stage.stream("patience"), int(stage.people.key[person]), nth) * stage.parameters["patience_mean_s"]
    with stage.lines.request() as line:
        number_open = stage.number_open()
        if number_open:
            yield line | stage.agenda.wait(patience)
        waited = {"call": call, "waited_s": whole_microseconds(stage.now - rang)}
        if not (number_open and line.triggered):
            del stage.waiting[call]
            reason = f"draw:patience:{name}:{nth}" if number_open else "fact:number"
            stage.log.add("abandoned", name, stage.now, (call, reason), waited)
            return ""
        yield stage.agenda.wait(stage.parameters["call_answer_s"])
        del stage.waiting[call]
        answer = stage.log.add("answer", "desk", stage.now, (call,), waited)
        stage.answered += 1
        yield stage.agenda.wait(_conversation_s(stage, person, nth))
        return _report(stage, sighting, call, answer, nth)


def _conversation_s(stage: Stage, person: int, nth: int) -> float:
    """Draw the length of a conversation; the spread follows from mean and median of a lognormal."""
    median, mean = stage.parameters["call_hold_median_s"], stage.parameters["call_hold_mean_s"]
    sigma = sqrt(2.0 * log(mean / median))
    return whole_microseconds(lognormal(stage.stream("conversation"), int(stage.people.key[person]), nth, median, sigma))


def _report(stage: Stage, sighting: Sighting, call: str, answer: str, nth: int) -> str:
    """Write down at the desk what the caller told."""
    person, name = sighting.person, stage.name(sighting.person)
    told = {
        element: stage.draw(f"tell-{element}", person, nth) < stage.parameters[f"p_tell_{element}"] for element in ELEMENTS
    }
    place = _as_told(stage, sighting, nth) if told["where"] else None
    duplicate = place is not None and any(
        stage.now - time < stage.parameters["skip_within_s"] and place.metres_to(other) < stage.parameters["skip_within_m"]
        for time, other in stage.reports
    )
    if place is not None:
        stage.reports.append((stage.now, place))
    return stage.log.add(
        "report",
        "desk",
        stage.now,
        (answer, sighting.record, *(f"draw:tell-{element}:{name}:{nth}" for element in ELEMENTS)),
        {
            "call": call,
            "caller": name,
            "elements": told,
            "place": place.as_data() if place else None,
            "direction_rad": sighting.direction if told["whereto"] else None,
            "seen_s": sighting.time,
            "duplicate": duplicate,
        },
    )


def _as_told(stage: Stage, sighting: Sighting, nth: int) -> Spot:
    """Give the place with the caller's error; the street is right."""
    error = stage.parameters["place_error_m"]
    east, north = (error * normal_quantile(stage.draw(f"place-{axis}", sighting.person, nth)) for axis in ("east", "north"))
    return Spot(round(sighting.place.x + east, 3), round(sighting.place.y + north, 3), sighting.place.street)
