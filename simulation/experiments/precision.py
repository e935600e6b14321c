"""How precise an answer is to be, as somebody writes it: `found:0.02`, `first_call_s:60 s`."""

from __future__ import annotations

from simulation.errors import InputError
from simulation.measures import MEASURES, NO_NUMBERS, UNITS
from simulation.scenario.suggest import did_you_mean
from simulation.units import parse_duration, parse_share, quoted

COMPARED = tuple(measure.key for measure in MEASURES if measure.unit not in NO_NUMBERS)
"""Measures that are compared: all that are numbers."""

_UNITS = {"yes-no": "share", "share": "share", "moment": "s", "s": "s"}


def read_precision(written: str) -> tuple[str, float]:
    """Read a measure and half the length of an interval.

    Parameters
    ----------
    written
        Both with a colon between them. The length is a number in the unit of the measure (a share from 0 to 1, seconds, a
        count), or has a unit itself: `2 %`, `1 min`.

    Returns
    -------
    The key of the measure, and the half length in its unit.

    Raises
    ------
    InputError
        If there is no such measure, or no such length.
    """
    measure, colon, length = (part.strip() for part in written.partition(":"))
    if measure not in COMPARED:
        hint = did_you_mean(measure, COMPARED) or f"; write one of {', '.join(COMPARED)}"
        raise InputError(f"--until-sure: there is no measure {quoted(measure)} that is a number{hint}")
    half_width = _length(measure, length) if colon else None
    if half_width is None or not 0.0 < half_width < _LARGEST:
        raise InputError(f"--until-sure {quoted(written)}: write how precise it is to be, such as {_EXAMPLES[_kind(measure)]}")
    return measure, half_width


_LARGEST = 1e6
_EXAMPLES = {"share": "found:0.02", "s": "first_call_s:60", "number": "calls:0.5"}


def _kind(measure: str) -> str:
    return _UNITS.get(UNITS[measure], "number")


def _length(measure: str, written: str) -> float | None:
    """Read a length in the unit of a measure; None for what is none."""
    try:
        return float(written)
    except ValueError:
        pass
    read = {"share": parse_share, "s": parse_duration}.get(_kind(measure))
    try:
        return read(written) if read else None
    except ValueError:
        return None
