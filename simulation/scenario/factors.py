"""Factors of a sweep: fields of a scenario, and the values that each takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation.scenario.outline import outline, takes_whole_numbers
from simulation.scenario.parameters import read_parameter, unknown_parameter
from simulation.scenario.positions import path_of, path_text
from simulation.scenario.registry import REGISTRY
from simulation.scenario.suggest import did_you_mean
from simulation.units import (
    format_clock,
    format_duration,
    format_length,
    format_speed,
    parse_clock,
    parse_duration,
    parse_length,
    parse_speed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.scenario.positions import Path
    from simulation.scenario.registry import Parameter

PARAMETERS = "parameters"
_WHOLE = ("count", "years")
_TEXTS: tuple[tuple[Callable[[str], float], Callable[[float], str]], ...] = (
    (parse_clock, format_clock),
    (parse_duration, format_duration),
    (parse_length, format_length),
    (parse_speed, format_speed),
)
"""How a range that is written as text is read, and how a value in it is written."""


@dataclass(frozen=True)
class Span:
    """The values from one number to another.

    Parameters
    ----------
    low, high
        Its ends.
    whole
        Whether it holds whole numbers only.
    write
        Writes a value as a scenario file has it, where that is a text; None for a number.
    """

    low: float
    high: float
    whole: bool = False
    write: Callable[[float], str] | None = None

    def at(self, share: float) -> float | str:
        """Give the value below which a share (from 0, below 1) of the span lies; each whole number has an equal part of it."""
        if self.whole:
            return min(int(self.low) + int(share * (self.high - self.low + 1)), int(self.high))
        value = min(self.low + share * (self.high - self.low), self.high)
        return self.write(value) if self.write else value

    @property
    def ends(self) -> tuple[float | str, ...]:
        """Its lowest and its highest value."""
        numbers = [int(end) if self.whole else end for end in (self.low, self.high)]
        return tuple(self.write(number) if self.write else number for number in numbers)


@dataclass(frozen=True)
class Factor:
    """One field of a scenario that takes several values.

    Parameters
    ----------
    field
        The field, for example `games[0].end` or `parameters.p_watch`.
    place
        Where the design file names it.
    levels
        Its values as a scenario file has them; empty where it has a span.
    span
        The values between which it lies; None where it has levels.
    beyond_range
        Whether values outside the plausible range of a parameter are meant.
    """

    field: str
    place: Path
    levels: tuple[Any, ...] = ()
    span: Span | None = None
    beyond_range: bool = False

    @property
    def parameter(self) -> Parameter | None:
        """The number of the model that it is, or None where the organiser decides about it."""
        section, _, name = self.field.partition(".")
        return REGISTRY.get(name) if section == PARAMETERS else None

    @property
    def ends(self) -> tuple[Any, ...]:
        """Its lowest and highest value, or all its levels."""
        return tuple(self._meant(value) for value in (self.span.ends if self.span else self.levels))

    def at(self, share: float) -> Any:  # noqa: ANN401 - whatever the field takes
        """Give the value at a share of its span or levels, from 0 to below 1."""
        if self.span:
            return self._meant(self.span.at(share))
        return self.ends[min(int(share * len(self.levels)), len(self.levels) - 1)]

    def place_of(self, value: Any) -> Path:  # noqa: ANN401 - whatever the field takes
        """Say where the design file names one of its values."""
        if self.span:
            return (*self.place, "range")
        return (*self.place, "levels", self.ends.index(value))

    def _meant(self, value: Any) -> Any:  # noqa: ANN401 - whatever the field takes
        """Write a number outside the plausible range so that a scenario takes it."""
        known = self.parameter
        if not self.beyond_range or known is None or isinstance(value, Mapping):
            return value
        inside = known.low <= read_parameter(known.name, value, beyond_range=True) <= known.high
        return value if inside else {"value": value, "beyond_range": True}


def grade_of(field: str) -> str:
    """Give the grade of a number of the model, or nothing where the organiser decides about a field."""
    known = Factor(field, ()).parameter
    return known.grade if known else ""


def known_field(written: str) -> str:
    """Give a field that a scenario file can have; what is none is a `ValueError`."""
    path = path_of(written)
    if path[0] == PARAMETERS:
        _known_parameter(path, written)
    if path == ("seed",):
        raise ValueError("every point is played with the same seeds; replications says with how many")
    for depth, part in enumerate(path):
        keys = outline().get(tuple(-1 if isinstance(one, int) else one for one in path[:depth]))
        if keys is None:
            continue
        if isinstance(part, int):
            raise ValueError(f"{written!r:.80} is no field: {path_text(path[:depth])} is no list")  # noqa: TRY004 - the same
        if part not in keys:
            hint = did_you_mean(part, keys) or f"; allowed are {', '.join(keys)}"
            raise ValueError(f"{written!r:.80} is no field: unknown key '{part:.60}'{hint}")
    return path_text(path)


def _known_parameter(path: Path, written: str) -> None:
    """Refuse what is no single parameter."""
    if len(path) != 2:  # noqa: PLR2004 - parameters and a name
        raise ValueError(f"{written!r:.80} is no field; name one parameter, for example parameters.p_watch")
    if path[1] not in REGISTRY:
        raise ValueError(unknown_parameter(str(path[1])))


def span_of(field: str, low: Any, high: Any, *, beyond_range: bool) -> Span:  # noqa: ANN401 - whatever was written
    """Read the ends of a range; ends that make none are a `ValueError`."""
    known = Factor(field, ()).parameter
    if known:
        ends = [read_number(known, end, beyond_range=beyond_range) for end in (low, high)]
        span = Span(ends[0], ends[1], whole=known.unit in _WHOLE)
    elif isinstance(low, str) and isinstance(high, str):
        span = _span_of_texts(low, high)
    elif all(isinstance(end, int | float) and not isinstance(end, bool) and math.isfinite(end) for end in (low, high)):
        whole = takes_whole_numbers(path_of(field))
        if whole and not (low == int(low) and high == int(high)):
            raise ValueError(f"{field} takes whole numbers")
        span = Span(low, high, whole=whole)
    else:
        raise ValueError("write two numbers, or two texts with a unit, for example [5 min, 20 min]")
    if span.low >= span.high:
        raise ValueError(f"{low} is not less than {high}; write the low end first")
    return span


def _span_of_texts(low: str, high: str) -> Span:
    """Read a range of times, durations, lengths or speeds."""
    for read, write in _TEXTS:
        try:
            return Span(read(low), read(high), write=write)
        except ValueError:
            continue
    raise ValueError(f"'{low:.40}' and '{high:.40}' are no two values of one kind; write for example [5 min, 20 min]")


def read_number(known: Parameter, written: Any, *, beyond_range: bool) -> float:  # noqa: ANN401 - whatever was written
    """Read a number of the model that a factor takes; one outside its plausible range must be meant."""
    value = read_parameter(known.name, written, beyond_range=True)
    if not beyond_range and not known.low <= value <= known.high:
        raise ValueError(
            f"{known.name} = {value:g} lies outside its plausible range, {known.low:g} to {known.high:g} ({known.unit}); "
            "if you mean it, add beyond_range: true to this factor"
        )
    return value
