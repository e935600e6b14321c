"""The kinds of value that occur in a scenario, as somebody writes them and as the engine reads them.

In a file every time and speed is text with its unit; in Python it is a number of seconds or metres per second. A file is
validated with a context that holds `evening_start_s`, by which it is known as a file.
"""

import datetime as dt
import math
import unicodedata
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializationInfo,
    Strict,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from simulation.units import (
    DAY_S,
    format_clock,
    format_duration,
    format_length,
    format_speed,
    parse_clock,
    parse_date,
    parse_duration,
    parse_length,
    parse_share,
    parse_speed,
    whole_microseconds,
)

T = TypeVar("T")

Finding = tuple[tuple[str | int, ...], str]
"""Something wrong: the path to it from the value that is validated, and what is wrong."""

LONGEST_TEXT = 2000
SLOWEST_MPS, FASTEST_MPS = 0.1, 15.0
SHORTEST_M, LONGEST_M = 1.0, 100_000.0
CLOCK_PATTERN = r"^([01]?[0-9]|2[0-4]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
DURATION_PATTERN = r"^[0-9]+(\.[0-9]+)? ?[a-z]+( [0-9]+(\.[0-9]+)? ?[a-z]+)*$"
LENGTH_PATTERN = r"^[0-9]+(\.[0-9]+)? ?(m|km|meter|metre|metres)$"
SPEED_PATTERN = r"^[0-9]+(\.[0-9]+)? ?(m/s|km/h|km/u)$"


class Part(BaseModel):
    """A part of a scenario: cannot be changed, knows no other keys than its own, and converts nothing silently."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
    )


def refuse(findings: Sequence[Finding], *, of_whole: bool = False) -> None:
    """Raise one error that carries everything that was found, if anything was.

    Parameters
    ----------
    findings
        What was found.
    of_whole
        Whether the paths lead from the scenario as a whole, rather than from the value that is validated.
    """
    if findings:
        text = "; ".join(message for _, message in findings)
        raise PydanticCustomError("problems", "{text}", {"text": text, "problems": list(findings), "of_whole": of_whole})


def from_file(info: ValidationInfo) -> bool:
    """Tell whether what is validated was written in a file."""
    return bool(info.context)


def in_seconds(value: Any) -> Any:  # noqa: ANN401 - whatever was handed in
    """Round a number to whole microseconds and leave everything else to the strict validation that follows."""
    return whole_microseconds(value) if type(value) in (int, float) and math.isfinite(value) else value


def clock_text(value: Any) -> float:  # noqa: ANN401 - whatever was written
    """Read a time of day as seconds after midnight."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} is not a time of day; write for example 19:30")  # noqa: TRY004 - pydantic collects it
    return parse_clock(value)


def _read_clock(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever was written
    return clock_text(value) if from_file(info) else in_seconds(value)


def _read_offset(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever was written
    """Read a time of day as seconds after the start of the evening."""
    if not info.context:
        return in_seconds(value)
    offset_s = whole_microseconds(clock_text(value) - info.context["evening_start_s"])
    if offset_s < 0:
        raise ValueError(f"{value} lies before the start of the evening, {format_clock(info.context['evening_start_s'])}")
    return offset_s


def _read_duration(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever was written
    if not from_file(info):
        return in_seconds(value)
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} is not a duration; write a number and a unit, for example 90 min or 45 s")  # noqa: TRY004
    return parse_duration(value)


def _reader(what: str, example: str, read: Callable[[str], float]) -> Callable[[Any, ValidationInfo], Any]:
    """Give what reads text with a unit from a file, and leaves everything else to the strict validation that follows."""

    def validate(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever was written
        if not from_file(info):
            return value
        if not isinstance(value, str):
            raise ValueError(f"{value!r:.40} is not a {what}; write a number and a unit, for example {example}")  # noqa: TRY004
        return read(value)

    return validate


def before_midnight(value: float) -> float:
    """Refuse 24:00 as a time at which something starts."""
    if value >= DAY_S:
        raise ValueError(f"{format_clock(value)} does not lie before the end of the day")
    return value


def _within_a_day(value: float) -> float:
    if value > DAY_S:
        raise ValueError(f"{format_duration(value)} is longer than a day; write at most 24 h")
    return value


def _on_foot_or_bike(value: float) -> float:
    if not SLOWEST_MPS <= value <= FASTEST_MPS:
        raise ValueError(
            f"{format_speed(value)} is no speed of a person; write {format_speed(SLOWEST_MPS)} to {format_speed(FASTEST_MPS)}"
        )
    return value


def _on_a_map(value: float) -> float:
    if not SHORTEST_M <= value <= LONGEST_M:
        raise ValueError(
            f"{format_length(value)} does not fit a map; write {format_length(SHORTEST_M)} to {format_length(LONGEST_M)}"
        )
    return value


def _read_date(value: Any) -> Any:  # noqa: ANN401 - whatever was written
    return parse_date(value) if isinstance(value, str) else value


def _one_line(text: str) -> str:
    """Write runs of white space as one space, and refuse control characters."""
    joined = " ".join(text.split())
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in joined):
        raise ValueError("the text holds a control character; remove it")
    if len(joined) > LONGEST_TEXT:
        raise ValueError(f"the text has {len(joined):,} characters; at most {LONGEST_TEXT:,} are allowed")
    return joined


def _filled(text: str) -> str:
    if not text:
        raise ValueError("the text is empty; fill it in")
    return text


def _read_share(value: Any) -> Any:  # noqa: ANN401 - whatever was written
    """Refuse a text, and say which number it stands for."""
    if not isinstance(value, str):
        return value
    try:
        share = parse_share(value)
    except ValueError:
        share = math.nan
    meant = f"; write {share:g}" if share <= 1 else " from 0 to 1, for example 0.5"
    raise ValueError(f"{value!r:.60} should be a number{meant}")


def _house_number(value: Any) -> Any:  # noqa: ANN401 - whatever was written
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _clock_out(value: float, info: SerializationInfo) -> str | float:
    return format_clock(value) if info.context else value


def offset_out(value: float, info: SerializationInfo) -> str | float:
    """Write seconds after the start of the evening as a time of day, if it is for a file."""
    return format_clock(info.context["evening_start_s"] + value) if info.context else value


def _duration_out(value: float, info: SerializationInfo) -> str | float:
    return format_duration(value) if info.context else value


def _speed_out(value: float, info: SerializationInfo) -> str | float:
    return format_speed(value) if info.context else value


def _length_out(value: float, info: SerializationInfo) -> str | float:
    return format_length(value) if info.context else value


def text_schema(pattern: str, *examples: str) -> WithJsonSchema:
    """Describe a text of a fixed form to an editor."""
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


Line = Annotated[str, AfterValidator(_one_line)]
Name = Annotated[str, AfterValidator(_one_line), AfterValidator(_filled)]
HouseNumber = Annotated[
    str,
    BeforeValidator(_house_number),
    AfterValidator(_one_line),
    AfterValidator(_filled),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Share = Annotated[float, Field(ge=0, le=1), BeforeValidator(_read_share)]
PerHour = Annotated[float, Field(ge=0, le=3600)]
Several = Annotated[tuple[T, ...], Strict(strict=False)]

Date = Annotated[dt.date, BeforeValidator(_read_date)]
TimeOfDay = Annotated[
    float,
    Field(ge=0),
    AfterValidator(before_midnight),
    BeforeValidator(_read_clock),
    PlainSerializer(_clock_out),
    text_schema(CLOCK_PATTERN, "19:30"),
]
Offset = Annotated[
    float,
    Field(ge=0, le=DAY_S),
    BeforeValidator(_read_offset),
    PlainSerializer(offset_out),
    text_schema(CLOCK_PATTERN, "19:30"),
]
Duration = Annotated[
    float,
    Field(ge=0),
    AfterValidator(_within_a_day),
    BeforeValidator(_read_duration),
    PlainSerializer(_duration_out),
    text_schema(DURATION_PATTERN, "90 min", "45 s"),
]
Speed = Annotated[
    float,
    AfterValidator(_on_foot_or_bike),
    BeforeValidator(_reader("speed", "5 km/h or 1.4 m/s", parse_speed)),
    PlainSerializer(_speed_out),
    text_schema(SPEED_PATTERN, "4 km/h", "1.2 m/s"),
]
Length = Annotated[
    float,
    AfterValidator(_on_a_map),
    BeforeValidator(_reader("length", "300 m or 1.2 km", parse_length)),
    PlainSerializer(_length_out),
    text_schema(LENGTH_PATTERN, "300 m", "1.2 km"),
]
