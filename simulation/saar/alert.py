"""Alerting: deciding to call, the telephone queue, the conversation, and what the desk writes down."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING, Any

from simulation.channels.messages import Message, Spot
from simulation.draws import exponential, lognormal
from simulation.elementary import log, normal_quantile, whole_microseconds
from simulation.saar.app import post
from simulation.saar.desk import hear, open_case
from simulation.saar.follow import follow
from simulation.saar.notes import News
from simulation.saar.patrol import is_on_round, reported_without_call, tell_coordinator
from simulation.saar.respond import approach, go_to
from simulation.saar.screening import plan_screening

if TYPE_CHECKING:
    from collections.abc import Generator

    import simpy

    from simulation.saar.notes import Posted, Sighting
    from simulation.saar.stage import Stage

ELEMENTS = ("who", "what", "where", "when", "how", "whereto")
"""The six W elements of a report (wie, wat, waar, wanneer, hoe, waarheen)."""
_TELL = tuple(f"tell-{element}" for element in ELEMENTS)
_PLACE = ("place-east", "place-north")
"""Purposes of the draws of what is told, and of the error of the place."""


def after_sighting(stage: Stage, sighting: Sighting) -> None:
    """Let an observer act on what he saw: ask, or follow, call and post; a unit only asks."""
    if not approach(stage, sighting) and not stage.people.unit[sighting.person]:
        follow(stage, sighting)
        stage.agenda.start(alert(stage, sighting))


def chance_to_call(stage: Stage, person: int, *, recognised: bool) -> float:
    """Give the chance that somebody reports what he saw.

    Who does not know of the exercise takes an act for real and calls as people do; who takes part calls as players do. Members
    of a patrol team are out to report.
    """
    if is_on_round(stage, person):
        return float(stage.parameters["p_report_patrol"])
    aware = stage.knowledge.aware(person, stage.now)
    if aware and stage.plays_now(person):
        return float(stage.parameters["p_report_player"])
    if (aware or recognised) and stage.people.member[person]:
        return float(stage.parameters["p_report_member"])
    if recognised and stage.knowledge.was_asked(person, stage.now):
        return float(stage.parameters["p_report_enrolled"])
    return float(stage.parameters["p_report_unprimed"])


def alert(stage: Stage, sighting: Sighting) -> Generator[simpy.Event, Any, None]:
    """Call, post, and perhaps go and look: SAAR, one sighting at a time; one types while putting on one's shoes."""
    with stage.hands(sighting.person).request() as free:
        yield free
        called = yield from _report_it(stage, sighting)
        fresh = stage.now - sighting.time < stage.parameters["go_out_within_s"]
        if sighting.recognised and fresh and stage.willing[sighting.person]:
            go_to(stage, sighting.person, message_of(sighting, sighting.place), (sighting.record, None))
        yield from _post_it(stage, sighting, called)


def message_of(sighting: Sighting, place: Spot, *, called: bool = False) -> Message:
    """Give what somebody can tell of what he saw; the place as he tells it."""
    told = (sighting.suspect, place, sighting.direction, sighting.time, sighting.elements)
    return Message("sighting", *told, called=called, true=sighting.whom == sighting.suspect, matter=sighting.record)


def _report_it(stage: Stage, sighting: Sighting) -> Generator[simpy.Event, Any, str]:
    """Call, unless one does not or need not; give the id of the last record of the call, or nothing."""
    person, name = sighting.person, stage.name(sighting.person)
    if stage.decide("report", sighting) >= chance_to_call(stage, person, recognised=sighting.recognised):
        return ""
    patrol = stage.patrol if is_on_round(stage, person) else None
    if patrol is not None and reported_without_call(stage, patrol, sighting, _as_told(stage, sighting)):
        return ""
    known = _already_called(stage, sighting)
    if not known:
        called = yield from _call(stage, sighting, (sighting.record, sighting.cause("report")))
        if patrol is not None:
            tell_coordinator(stage, patrol, sighting, _as_told(stage, sighting), called)
        return called
    stage.log.add("skip", name, stage.now, (sighting.record, f"{known}@{name}"), {"post": known})
    return ""


def _post_it(stage: Stage, sighting: Sighting, called: str) -> Generator[simpy.Event, Any, None]:
    """Post in one's group, if one is in a group and does; `called` is the id of the last record of one's call, if any."""
    person, group = sighting.person, stage.group_of.get(sighting.person)
    chance = stage.parameters["p_post_player" if stage.plays_now(person) else "p_post_member"]
    if group is not None and stage.decide("post", sighting) < chance:
        states = bool(called) and stage.decide("post-called", sighting) < stage.parameters["p_post_called_stated"]
        message = message_of(sighting, _as_told(stage, sighting), called=states)
        yield stage.agenda.wait(stage.parameters["post_typing_s"])
        draws = (sighting.cause(purpose) for purpose in ("post", *_PLACE))
        posted = post(stage, group, person, message, (called or sighting.record, *draws))
        if called.startswith("report:"):
            open_case(stage, group, person, posted.record)
        plan_screening(stage, group, posted, (sighting, _answer))


def _answer(stage: Stage, sighting: Sighting, correction: Posted) -> None:
    """React to being asked to call and to say so, if one was not asked before and it is not too long ago."""
    if sighting.record not in stage.asked_to_call and stage.now - sighting.time < stage.parameters["go_out_within_s"]:
        stage.asked_to_call.add(sighting.record)
        stage.agenda.start(_make_good(stage, sighting, correction))


def _make_good(stage: Stage, sighting: Sighting, correction: Posted) -> Generator[simpy.Event, Any, None]:
    """Call now, if one has not dialled and nobody else called, as far as one does when asked; say that one has called."""
    person, group, name = sighting.person, stage.group_of[sighting.person], stage.name(sighting.person)
    read = f"{correction.record}@{name}"
    with stage.hands(person).request() as free:
        yield free
        called = stage.dialled.get(sighting.record, "")
        draw = sighting.cause("call-asked")
        if not called and not _already_called(stage, sighting):
            if stage.decide("call-asked", sighting) >= stage.parameters["p_call_asked"]:
                return
            called = yield from _call(stage, sighting, (sighting.record, read, draw))
        if called:
            yield stage.agenda.wait(stage.parameters["post_typing_s"])
            message = message_of(sighting, _as_told(stage, sighting), called=True)
            draws = (sighting.cause(purpose) for purpose in _PLACE)
            posted = post(stage, group, person, message, (sighting.record, called, read, *draws))
            if called.startswith("report:"):
                open_case(stage, group, person, posted.record)


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


def _call(stage: Stage, sighting: Sighting, causes: tuple[str, ...]) -> Generator[simpy.Event, Any, str]:
    """Dial until somebody answers or one gives up; give the id of the last record of it."""
    person, name = sighting.person, stage.name(sighting.person)
    number = "temporary" if stage.knowledge.has_number(person, stage.now) else "emergency"
    for attempt in range(1, round(stage.parameters["redials_max"]) + 2):
        dialled = stage.log.add(
            "call",
            name,
            stage.now,
            causes,
            {"number": number, "n_try": attempt, "prompted_by": "sighting", "sighting": sighting.record},
        )
        stage.dialled[sighting.record] = dialled
        if number == "emergency":
            yield stage.agenda.wait(stage.parameters["call_dial_s"] + _conversation_s(stage, sighting, attempt))
            if stage.scenario.number.briefed:
                told = stage.now + stage.parameters["emergency_transfer_s"]
                stage.agenda.at(told, _pass_on, stage, sighting, dialled)
            return dialled
        yield stage.agenda.wait(stage.parameters["call_dial_s"])
        report = yield from _queue(stage, sighting, dialled, attempt)
        if report:
            stage.dialled[sighting.record] = report
            return report
        if stage.now >= stage.number_closes_s or stage.decide("redial", sighting, attempt) >= stage.parameters["p_redial"]:
            break
        causes = (sighting.record, dialled, sighting.cause("redial", attempt))
        yield stage.agenda.wait(stage.parameters["redial_after_s"])
    return ""


def _pass_on(stage: Stage, sighting: Sighting, call: str) -> None:
    """Let the control room tell the desk what somebody reported who called a real police number, and who it was."""
    if stage.number_open():
        _report(stage, sighting, call, call)
        group, name = stage.group_of.get(sighting.person), stage.name(sighting.person)
        told = [posted.record for posted in stage.posts if posted.author == name and posted.message.called]
        if group is not None and told:
            open_case(stage, group, sighting.person, told[-1])


def _queue(stage: Stage, sighting: Sighting, call: str, attempt: int) -> Generator[simpy.Event, Any, str]:
    """Wait for a call-taker as long as patience lasts; talk; give the id of the report, or nothing."""
    name, rang = stage.name(sighting.person), stage.now
    patience = exponential(stage.stream("patience"), sighting.key, attempt) * stage.parameters["patience_mean_s"]
    with stage.lines.request() as line:
        number_open = stage.number_open()
        if number_open:
            yield line | stage.agenda.wait(patience)
        waited = {"call": call, "waited_s": whole_microseconds(stage.now - rang)}
        if not (number_open and line.triggered):
            reason = sighting.cause("patience", attempt) if number_open else "fact:number"
            stage.log.add("abandoned", name, stage.now, (call, reason), waited)
            return ""
        yield stage.agenda.wait(stage.parameters["call_answer_s"])
        answer = stage.log.add("answer", "desk", stage.now, (call,), waited)
        stage.answered.append(sighting.time)
        yield stage.agenda.wait(_conversation_s(stage, sighting, attempt))
        return _report(stage, sighting, call, answer)


def _conversation_s(stage: Stage, sighting: Sighting, attempt: int) -> float:
    """Draw the length of a conversation; the spread follows from mean and median of a lognormal."""
    median, mean = stage.parameters["call_hold_median_s"], stage.parameters["call_hold_mean_s"]
    sigma = sqrt(2.0 * log(mean / median))
    return whole_microseconds(lognormal(stage.stream("conversation"), sighting.key, attempt, median, sigma))


def _report(stage: Stage, sighting: Sighting, call: str, answer: str) -> str:
    """Write down at the desk what the caller told."""
    told = {element: stage.decide(f"tell-{element}", sighting) < stage.parameters[f"p_tell_{element}"] for element in ELEMENTS}
    told["who"] = told["who"] and bool(sighting.elements)
    place = _as_told(stage, sighting) if told["where"] else None
    duplicate = place is not None and any(
        stage.now - time < stage.parameters["skip_within_s"] and place.metres_to(other) < stage.parameters["skip_within_m"]
        for time, other in stage.reports
    )
    if place is not None:
        stage.reports.append((stage.now, place))
    report = stage.log.add(
        "report",
        "desk",
        stage.now,
        (answer, sighting.record, *(sighting.cause(purpose) for purpose in (*_TELL, *(_PLACE if place else ())))),
        {
            "call": call,
            "caller": stage.name(sighting.person),
            "elements": told,
            "place": place.as_data() if place else None,
            "direction_rad": sighting.direction if told["whereto"] else None,
            "seen_s": sighting.time,
            "duplicate": duplicate,
        },
    )
    if place is not None:
        seen = replace(
            message_of(sighting, place),
            direction=sighting.direction if told["whereto"] else None,
            elements=sighting.elements if told["who"] else (),
        )
        hear(stage, News(report, sighting.person, seen), known=duplicate)
    return report


def _as_told(stage: Stage, sighting: Sighting) -> Spot:
    """Give the place as the observer tells it, with his error, to the desk and to his group alike; the street is right."""
    error = stage.parameters["place_error_m"]
    east, north = (error * normal_quantile(stage.decide(purpose, sighting)) for purpose in _PLACE)
    return Spot(round(sighting.place.x + east, 3), round(sighting.place.y + north, 3), sighting.place.street)
