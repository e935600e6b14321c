"""What is known about one number of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "factor", "count", "years", "per hour", "per km", "s", "m", "m/s", "log s", "log per hour"]
Grade = Literal["A", "B", "C", "D"]

GRADES = {
    "A": "measured in a study, or counted in a data set",
    "B": "official figure (police, ministry, programme office, standard)",
    "C": "practice report, municipality or press statement, small survey",
    "D": "assumption or own inference; no measurement found",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model.

    Parameters
    ----------
    name
        Name by which a scenario overrides it. The end of the name gives the unit: `_s`, `_m`, `_mps`; `p_` starts a chance.
    meaning
        What the number says, in one line.
    unit
        Unit of `default`, `low` and `high`; `log s` and `log per hour` are the standard deviation of the logarithm of a time
        and of a number per hour.
    default
        Value where a scenario does not say otherwise.
    low, high
        Plausible range, for sensitivity analysis and as the bounds of an ordinary override.
    source
        Where default and range come from, in words and with an address where there is one.
    grade
        How firm the default is, one of `GRADES`. The range must be shown wherever a number of grade D decides.
    """

    name: str
    meaning: str
    unit: Unit
    default: float
    low: float
    high: float
    source: str
    grade: Grade
