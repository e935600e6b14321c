"""The rows of the page: timeline, measures and tables, ready to be shown."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import text
from simulation.language.forms import clock, duration, number, percentage, sentence
from simulation.measures import MEASURES
from simulation.reports.drawn import streets_along
from simulation.reports.mapsvg import way_look
from simulation.scoring.goalwords import rating_words, told_goal
from simulation.scoring.lineage import passed_on
from simulation.trace.names import Names, role_words
from simulation.trace.why_words import street_words, tell_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.maps.streetmap import StreetMap
    from simulation.measures import Measure
    from simulation.reports.drawn import Drawn
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

    Row = dict[str, Any]

FIRST_ONLY = {"sighting": "spot", "call": "alert", "answer": "alert", "post": "message", "departure": "respond"}
"""Kinds of which the timeline shows the first, with their step of SAAR."""

EVERY = {
    "game": "organisers",
    "hint": "organisers",
    "broadcast": "organisers",
    "sunset": "light",
    "dark": "light",
    "question": "respond",
    "found": "respond",
    "game_end": "organisers",
}
"""Kinds of which the timeline shows all."""

QUESTION_LIMIT = 40
"""Most questions in the timeline."""

MOST = {**dict.fromkeys(FIRST_ONLY, 1), "question": QUESTION_LIMIT}
"""How many of a kind the timeline shows at most."""

WAY_LIMIT = 150
"""Most rows in the table of a suspect's way."""


def timeline(trace: Trace, language: str) -> list[Row]:
    """Tell the first time of each step of SAAR, the first questions, and what the organisers did."""
    rows: list[Row] = []
    seen: Counter[str] = Counter()
    names = Names(trace, language)
    for record in sorted(trace.records, key=lambda record: record.time_us):
        kind = record.kind
        if kind not in {*FIRST_ONLY, *EVERY} or _is_no_step(record) or seen[kind] == MOST.get(kind, math.inf):
            continue
        seen[kind] += 1
        step = {**FIRST_ONLY, **EVERY}[kind]
        rows.append(
            {
                "clock": clock(str(trace.header["start"]), record.time_s),
                "step": step,
                "tag": text(language, f"saar.{step}"),
                "words": text(language, f"step.{kind}", **_step_fields(record, names, language)),
            }
        )
    return rows


def _is_no_step(record: Record) -> bool:
    """Whether this is a message that tells of nothing its author saw, a broadcast not sent, or a call to another number."""
    if record.kind == "post":
        return record.data["content"] != "sighting" or passed_on(record)
    if record.kind == "broadcast":
        return not record.data["sends"]
    return record.kind == "call" and record.data["number"] != "temporary"


def _step_fields(record: Record, names: Names, language: str) -> dict[str, str]:
    """Give what the sentence about a step may name."""
    data = record.data
    fields = {"who": names.who(record.who)}
    if "game" in data:
        fields["game"] = str(data["game"])
    fields |= {name: names.who(str(data[name])) for name in ("suspect", "asked", "by") if name in data}
    if "channel" in data:
        fields["channel"] = names.channel(data["channel"])
    if record.kind in {"sighting", "departure"}:
        fields["street"] = street_words(data.get("to", data), language)
    if record.kind == "hint":
        fields["tell"] = tell_words(record, language)
    return fields


def goal_groups(start: str, rated: Mapping[str, Any], language: str) -> list[Row]:
    """Give the rated goals by capability, with the result of each capability."""
    return [
        {
            "name": text(language, f"goal.capability.{capability}"),
            "rating": rating_words(result, language),
            "rows": [told_goal(start, row, language) for row in rated["goals"] if row["capability"] == capability],
        }
        for capability, result in rated["capabilities"].items()
    ]


SIDE_EFFECTS = (
    "challenges_wrong",
    "unsafe_approaches",
    "bystander_emergency_calls",
    "calls_duplicate",
    "calls_abandoned",
    "reach_false_share",
    "muted_share",
    "uncovered_way_share",
)
"""Measures of what an exercise or an alert structure also brings about, and nobody wants."""


def measure_groups(trace: Trace, score: Mapping[str, Any], language: str) -> list[Row]:
    """Give the measures with name, meaning and value, by group; without side effects."""
    groups: dict[str, list[Row]] = {}
    told = (str(trace.header["start"]), Names(trace, language))
    for measure in MEASURES:
        if measure.key not in SIDE_EFFECTS:
            groups.setdefault(measure.group, []).append(_measure_row(measure, told, score, language))
    return [{"name": text(language, f"group.{group}"), "rows": rows} for group, rows in groups.items()]


def side_effect_rows(trace: Trace, score: Mapping[str, Any], language: str) -> list[Row]:
    """Give the measures of side effects with name, meaning and value."""
    by_key, told = {measure.key: measure for measure in MEASURES}, (str(trace.header["start"]), Names(trace, language))
    return [_measure_row(by_key[key], told, score, language) for key in SIDE_EFFECTS]


def _measure_row(measure: Measure, told: tuple[str, Names], score: Mapping[str, Any], language: str) -> Row:
    """Give the name, the meaning and the value of a measure."""
    values = list(_values(measure, told, score[measure.key], language))
    return {"label": measure.label(language), "meaning": measure.meaning(language), "values": values}


def _values(measure: Measure, told: tuple[str, Names], value: Any, language: str) -> Iterator[str]:  # noqa: ANN401 any measure
    """Give the value of a measure for readers, told with the start and the names of an evening; one text, or one per part."""
    start, names = told
    if measure.key == "suspects":
        yield from (f"{sentence(names.who(row['suspect']))}: {_moment(start, row['found_at_s'], language)}" for row in value)
    elif measure.key == "games":
        yield from (
            f"{row['game']}: {_moment(start, row['found_at_s'], language)}{_won(row, names, language)}" for row in value
        )
    elif measure.key == "load_by_role":
        yield from (_load(role, load, language) for role, load in value.items() if load)
    elif value is None:
        yield text(language, "page.never" if measure.unit in {"moment", "word"} else "page.not_there")
    else:
        yield _value(measure.unit, start, value, language)


def _value(unit: str, start: str, value: Any, language: str) -> str:  # noqa: ANN401 any measure
    """Give a single value in its unit."""
    if unit == "moment":
        return _moment(start, value, language)
    if unit == "s":
        return duration(language, value)
    if unit == "share":
        return percentage(language, value)
    if unit == "word":
        return text(language, f"summary.{value}")
    if unit == "yes-no":
        return text(language, "page.true" if value else "page.false")
    return number(language, value, 1 if unit == "mean" else 0)


def _moment(start: str, value: float | None, language: str) -> str:
    """Give a moment as clock time."""
    return text(language, "page.never") if value is None else clock(start, value)


def _won(row: Mapping[str, Any], names: Names, language: str) -> str:
    """Tell who won a game, and what."""
    if row["winner"] is None:
        return ""
    return text(language, "page.won_prize" if row["prize"] else "page.won", who=names.who(row["winner"]), prize=row["prize"])


def _load(role: str, load: Mapping[str, float], language: str) -> str:
    """Tell the load of a role: of the desk, or of each of those who have it."""
    name = role_words(role, language)
    if "people" not in load:
        words = {name: number(language, load[name]) for name in ("messages", "decisions")}
        return text(language, "load.row", role=name, minutes=number(language, load["minutes"], 1), **words)
    words = {name: number(language, load[name], 1) for name in ("messages", "read", "sent", "decisions", "minutes")}
    return text(language, "load.each", role=name, people=number(language, load["people"]), **words)


def happening_rows(start: str, evening: Drawn, names: Names, language: str) -> list[Row]:
    """Tell the marks of the map."""
    return [
        {
            "number": item.number,
            "clock": clock(start, item.time_s),
            "event": text(language, f"event.{item.kind}"),
            "who": names.who(item.who),
            "street": item.street or text(language, "who.nowhere"),
        }
        for item in evening.happenings
    ]


def way_tables(trace: Trace, evening: Drawn, street_map: StreetMap, language: str) -> list[Row]:
    """Tell the ways of the suspects as streets, with the look that each has on the map."""
    start, names = str(trace.header["start"]), Names(trace, language)
    tables = []
    for index, way in enumerate(evening.ways):
        look, dashes = way_look(index, 1.0)
        rows = [
            {"from": clock(start, from_s), "until": clock(start, until_s), "street": name or text(language, "who.nowhere")}
            for from_s, until_s, name in streets_along(way, street_map)
        ]
        who = names.who(way.who)
        tables.append({"who": who, "look": look, "dashes": dashes, "rows": rows[:WAY_LIMIT], "total": len(rows)})
    return tables
