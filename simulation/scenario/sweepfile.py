"""The file of a sweep: which fields of a scenario take which values, and how they are combined."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator, model_validator

from simulation.measures import NO_NUMBERS, UNITS
from simulation.scenario.factors import PARAMETERS, Factor, known_field, read_number, span_of
from simulation.scenario.fields import Finding, Line, Name, Part, Several, refuse
from simulation.scenario.model import LARGEST_SEED
from simulation.scenario.parameters import unknown_parameter
from simulation.scenario.registry import REGISTRY
from simulation.scenario.suggest import did_you_mean

Method = Literal["factorial", "one-at-a-time", "latin-hypercube", "sobol", "sobol-indices"]

SAMPLED: tuple[Method, ...] = ("latin-hypercube", "sobol", "sobol-indices")
"""Methods that draw their points."""

BALANCED: tuple[Method, ...] = ("sobol", "sobol-indices")
"""Methods of which the points are balanced for powers of two only."""

MOST_POINTS = 10_000
MOST_REPLICATIONS = 10_000
_ENDS = 2


def _known_parameter(name: str) -> str:
    if name not in REGISTRY:
        raise ValueError(unknown_parameter(name))
    return name


def _known_measure(key: str) -> str:
    if key not in UNITS:
        raise ValueError(f"there is no measure {key!r:.60}{did_you_mean(key, UNITS)}")
    if UNITS[key] in NO_NUMBERS:
        raise ValueError(f"{key!r} is no number, so nothing can be ranked by it")
    return key


class FactorEntry(Part):
    """What is varied: a field with its levels or its range, or all numbers of the model of a grade over their ranges."""

    field: Annotated[str, AfterValidator(known_field)] | None = Field(
        None,
        description="Field of the scenario, for example players.count, games[0].end or parameters.p_watch.",
        examples=["parameters.p_watch"],
    )
    levels: Several[Any] | None = Field(
        None,
        min_length=1,
        max_length=1000,
        description="The values it takes, as a scenario file has them.",
        examples=[[20, 50]],
    )
    range: (
        Annotated[
            Several[Any],
            WithJsonSchema({"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 2}),
        ]
        | None
    ) = Field(
        None,
        min_length=_ENDS,
        max_length=_ENDS,
        description="Instead of levels: the lowest and the highest value; a plain number of a parameter is in its unit.",
        examples=[[0.05, 0.3]],
    )
    beyond_range: bool = Field(
        default=False, description="Whether values outside the plausible range of a parameter are meant.", examples=[True]
    )
    grade: Literal["A", "B", "C", "D"] | None = Field(
        None,
        description="Instead of field: all parameters of this grade, each over its plausible range. D: our assumptions.",
        examples=["D"],
    )
    besides: Several[Annotated[str, AfterValidator(_known_parameter)]] = Field(
        default=(),
        alias="except",
        description="Parameters of the grade that are left out; those that have a factor of their own are left out already.",
        examples=[["call_hold_mean_s"]],
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        refuse([*self._misfits(), *self._beyond()])
        return self

    def _misfits(self) -> Iterator[Finding]:
        """Find keys that do not go together."""
        if (self.field is None) == (self.grade is None):
            yield (), "say what is varied: either field or grade"
        elif self.grade:
            others = {"levels": self.levels, "range": self.range, "beyond_range": self.beyond_range}
            yield from (
                ((key,), "this goes with field; a grade has the plausible ranges") for key, set_ in others.items() if set_
            )
        else:
            if (self.levels is None) == (self.range is None):
                yield (), "say which values it takes: either levels or range"
            if self.besides:
                yield ("except",), "this goes with grade"
            if self.beyond_range and not str(self.field).startswith(f"{PARAMETERS}."):
                yield ("beyond_range",), "this goes with parameters; other fields have no plausible range"

    def _beyond(self) -> Iterator[Finding]:
        """Find levels that are written twice, and ends of a range and levels that a parameter cannot have."""
        shown = [repr(level) for level in self.levels or ()]
        for place, level in enumerate(shown):
            if level in shown[:place]:
                yield ("levels", place), f"the level {level:.60} is named before; remove one of the two"
        if self.field and self.range:
            try:
                span_of(self.field, *self.range, beyond_range=self.beyond_range)
            except ValueError as error:
                yield ("range",), str(error)
        known = Factor(self.field or "", ()).parameter
        for place, written in enumerate(self.levels or ()):
            if known and not isinstance(written, Mapping):
                try:
                    read_number(known, written, beyond_range=self.beyond_range)
                except ValueError as error:
                    yield ("levels", place), str(error)


class SweepFile(Part):
    """A sweep: one scenario at many points, each with the same worlds."""

    title: Line = Field("", description="What the sweep is to tell.", examples=["Hoeveel spelers zijn er nodig?"])
    scenario: Name = Field(
        description="What is varied: a scenario file, seen from the folder of this file, or a shipped name.",
        examples=["avond-in-de-wijk"],
    )
    replications: int = Field(
        20,
        ge=1,
        le=MOST_REPLICATIONS,
        description="How many evenings are played at each point; the same seeds at every point.",
        examples=[20],
    )
    method: Method = Field(
        description="factorial: all combinations of the levels. one-at-a-time: the scenario as it is, then each factor at its "
        "ends or levels. latin-hypercube, sobol: points spread evenly over all factors at once. sobol-indices: the points "
        "from which Sobol indices follow."
    )
    points: int | None = Field(
        None,
        ge=1,
        le=MOST_POINTS,
        description="How many points latin-hypercube and sobol have; sobol-indices has this times the number of factors + 2.",
        examples=[64],
    )
    seed: int = Field(
        1, ge=0, le=LARGEST_SEED, description="Number from which the points are drawn; the worlds follow from the scenario."
    )
    factors: Several[FactorEntry] = Field(min_length=1, max_length=1000, description="What is varied.")
    measures: Several[Annotated[str, AfterValidator(_known_measure)]] = Field(
        default=(), max_length=100, description="By which measures factors are ranked.", examples=[["found", "calls"]]
    )

    @field_validator("factors")
    @classmethod
    def _factors_fit(cls, entries: tuple[FactorEntry, ...], info: ValidationInfo) -> tuple[FactorEntry, ...]:
        refuse([*_met_before(entries), *_without_levels(entries, info.data.get("method"))])
        return entries

    @model_validator(mode="after")
    def _points_fit(self) -> Self:
        problem = _number_of_points(self.method, self.points)
        refuse([problem] if problem else [])
        factors = factors_of(self.factors)
        if not factors:
            refuse([(("factors",), "no parameter is left to vary")])
        total = points_in(self.method, self.points or 0, factors)
        if total > MOST_POINTS:
            refuse([(("factors",), _too_many(self.method, total, factors))])
        return self


def factors_of(entries: tuple[FactorEntry, ...]) -> tuple[Factor, ...]:
    """Give each factor, in the order of the file; those of a grade in the order of the registry."""
    factors: list[Factor] = []
    own = {entry.field for entry in entries}
    for number, entry in enumerate(entries):
        place = ("factors", number)
        if entry.field is None:
            left_out = {*own, *(f"{PARAMETERS}.{name}" for name in entry.besides)}
            of_grade = ((f"{PARAMETERS}.{known.name}", known) for known in REGISTRY.values() if known.grade == entry.grade)
            factors += [
                Factor(field, place, span=span_of(field, known.low, known.high, beyond_range=False))
                for field, known in of_grade
                if field not in left_out
            ]
            continue
        span = span_of(entry.field, *entry.range, beyond_range=entry.beyond_range) if entry.range else None
        factors.append(Factor(entry.field, place, entry.levels or (), span, entry.beyond_range))
    return tuple(factors)


def points_in(method: Method, points: int, factors: tuple[Factor, ...]) -> int:
    """Count the points of a sweep."""
    if method == "factorial":
        return prod(len(factor.levels) for factor in factors)
    if method == "one-at-a-time":
        return 1 + sum(len(factor.ends) for factor in factors)
    return points * (len(factors) + 2) if method == "sobol-indices" else points


def _number_of_points(method: Method, points: int | None) -> Finding | None:
    """Find a number of points that a method cannot have."""
    if method not in SAMPLED:
        told = f"the points of {method} follow from the factors; remove this line"
        return (("points",), told) if points is not None else None
    if points is None:
        return ("method",), f"{method} needs points: write how many, for example points: 64"
    if method in BALANCED and points & (points - 1):
        less = 1 << (points.bit_length() - 1)
        told = f"{points} is not a power of two, and only then are Sobol points balanced; write {less} or {2 * less}"
        return ("points",), told
    return None


def _too_many(method: Method, total: int, factors: tuple[Factor, ...]) -> str:
    """Say how many points there would be."""
    if method == "factorial":
        levels = " x ".join(str(len(factor.levels)) for factor in factors if len(factor.levels) > 1)
        return (
            f"{levels} levels make {total:,} points, and a sweep has at most {MOST_POINTS:,}; "
            "take fewer levels, or method: latin-hypercube with points: 64"
        )
    return f"with {len(factors)} factors there are {total:,} points, and a sweep has at most {MOST_POINTS:,}; take fewer"


def _met_before(entries: tuple[FactorEntry, ...]) -> Iterator[Finding]:
    """Find factors that are named twice, or lie within one another."""
    fields: list[str] = []
    grades: list[str] = []
    for place, entry in enumerate(entries):
        field, grade = entry.field or "", entry.grade or ""
        if field in fields and field:
            yield (place, "field"), f"the factor {field} is named before; remove one of the two"
        elif field:
            within = next((one for one in fields if _within(field, one) or _within(one, field)), None)
            if within:
                yield (place, "field"), f"{field} and {within}, named before, are parts of one another; remove one of the two"
        if grade in grades and grade:
            yield (place, "grade"), f"grade {grade} is named before; remove one of the two"
        fields.append(field)
        grades.append(grade)


def _within(field: str, other: str) -> bool:
    """Tell whether a field is part of another one."""
    return bool(other) and field.startswith((f"{other}.", f"{other}["))


def _without_levels(entries: tuple[FactorEntry, ...], method: Method | None) -> Iterator[Finding]:
    """Find factors that a full factorial cannot have."""
    for place, entry in enumerate(entries):
        if method == "factorial" and entry.levels is None:
            key = "range" if entry.range else "grade"
            yield (place, key), f"a full factorial takes levels: [...]; for a {key} write another method, for example sobol"
