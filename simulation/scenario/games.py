"""Games of an evening: when, for whom, after which suspects, with which hints."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializationInfo, ValidationInfo, field_serializer, field_validator, model_validator

from simulation.scenario.fields import (
    CLOCK_PATTERN,
    Duration,
    Finding,
    Line,
    Name,
    Offset,
    Part,
    Several,
    clock_text,
    in_seconds,
    offset_out,
    refuse,
    text_schema,
)
from simulation.scenario.goals import set_misfit
from simulation.scenario.goalsets import GoalSetId
from simulation.scenario.ground import Area
from simulation.scenario.suspects import ELEMENTS, Suspect
from simulation.units import DAY_S, format_duration, whole_microseconds

Told = Literal["sex", "age", "height", "hair", "upper", "lower", "bag", "vehicle", "photo"]


Tell = Annotated[
    Several[Told], Field(description="Elements of the description to tell; photo tells all.", examples=[["upper"]])
]
Where = Annotated[bool, Field(description="Whether to tell in which street the suspect is and which way he goes.")]


class News(Part):
    """What the organisers tell everybody."""

    tell: Tell = ()
    where: Where = False

    @model_validator(mode="after")
    def _tells_something(self) -> Self:
        _refuse_silence(self)
        return self


class Hint(Part):
    """News on a clock."""

    at_s: Duration = Field(
        alias="at", description="How long after the start of the game; 0 min is the start message.", examples=["20 min"]
    )
    tell: Tell = ()
    where: Where = False

    @model_validator(mode="after")
    def _tells_something(self) -> Self:
        _refuse_silence(self)
        return self


class TooFew(Part):
    """News when too few calls came in."""

    calls: int = Field(ge=1, le=10_000, description="How many answered calls would have been enough.", examples=[3])
    by_s: Duration = Field(alias="by", description="How long after the start of the game this is judged.", examples=["40 min"])
    then: News = Field(description="What is told when fewer calls came in.", examples=[{"tell": ["photo"], "where": True}])


class Game(Part):
    """One game: a hunt for one or more suspects."""

    name: Name = Field(description="What the game is called.", examples=["Ronde voor iedereen"])
    audience: Literal["all", "adults", "children"] = Field(
        "all", description="Who plays: all (from 14), adults (from 18) or children (14 to 17); with companions from 6."
    )
    companions: bool | None = Field(
        None,
        description="Whether children under 14 play too, each in a party with an adult of the household. A game for children "
        "must say so.",
        examples=[True],
    )
    area: Area | None = Field(
        None,
        description="In which part of the map it is played: {share: 0.3} or {radius: 300 m}, around the middle of the map or "
        "around a place. Left out: all of it.",
        examples=[{"share": 0.3}],
    )
    start_s: Offset = Field(
        0.0, alias="start", description="When it starts. Left out: at the start of the evening.", examples=["19:30"]
    )
    duration_s: Annotated[float, text_schema(CLOCK_PATTERN, "21:00")] = Field(
        alias="end", gt=0, le=DAY_S, description="When it ends at the latest.", examples=["21:00"]
    )
    suspects: Several[Suspect] = Field(min_length=1, max_length=50, description="Who is to be found; at least one.")
    hints: Several[Hint] = Field(
        default=(), max_length=100, description="What the organisers tell and when, from vague to specific."
    )
    too_few: TooFew | None = Field(
        None,
        description="What the organisers tell when too few calls came in.",
        examples=[{"calls": 3, "by": "40 min", "then": {"tell": ["photo"], "where": True}}],
    )
    stop: Literal["time", "first-found", "all-found"] = Field(
        "all-found", description="When it is over: at the end time only, or when the first or every suspect was found."
    )
    on_found: Literal["leaves", "keeps-walking", "next-game"] = Field(
        "leaves", description="What a suspect does once found: leaves, keeps-walking, or next-game: the game is over."
    )
    prize: Line = Field("", description="What the finder gets.", examples=["een taart"])
    goal_set: GoalSetId | None = Field(
        None,
        description="Goals that come along, for this game alone; see goal_set of the whole file.",
        examples=["orient-children"],
    )

    @property
    def end_s(self) -> float:
        """When it ends, seconds after the start of the evening."""
        return whole_microseconds(self.start_s + self.duration_s)

    @model_validator(mode="after")
    def _children_do_not_come_alone(self) -> Self:
        if self.audience == "children" and self.companions is None:
            problem = (
                "children who are too young to come alone play only with an adult; write companions: true, or companions: "
                "false if only those who may come alone are to play"
            )
            refuse([(("audience",), problem)])
        if self.audience == "adults" and self.companions:
            refuse([(("companions",), "no children play a game for adults; leave this out, or write audience: all")])
        return self

    @field_validator("duration_s", mode="before")
    @classmethod
    def _end_as_duration(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever was written
        if not info.context:
            return in_seconds(value)
        start_s = info.context["evening_start_s"] + info.data.get("start_s", 0.0)
        duration_s = whole_microseconds(clock_text(value) - start_s)
        if duration_s <= 0 and "start_s" in info.data:
            raise ValueError(f"the end, {value}, does not lie after the start")
        return duration_s if duration_s > 0 else DAY_S  # without a start any length may be right

    @field_serializer("duration_s")
    def _duration_as_end(self, duration_s: float, info: SerializationInfo) -> str | float:
        return offset_out(self.end_s, info) if info.context else duration_s

    @field_validator("suspects")
    @classmethod
    def _suspects_differ(cls, suspects: tuple[Suspect, ...]) -> tuple[Suspect, ...]:
        return distinct_names(suspects)

    @field_validator("hints")
    @classmethod
    def _hints_fit(cls, hints: tuple[Hint, ...], info: ValidationInfo) -> tuple[Hint, ...]:
        duration_s, told = info.data.get("duration_s"), _described(info)
        problems: list[Finding] = []
        for place, hint in enumerate(hints):
            if duration_s is not None and hint.at_s >= duration_s:
                problems.append(((place, "at"), _too_late(hint.at_s, duration_s)))
            if place and hint.at_s <= hints[place - 1].at_s:
                problems.append(
                    ((place, "at"), f"a hint at {format_duration(hint.at_s)} comes after a hint that is not earlier")
                )
            problems += [((place, "tell"), message) for message in _not_described(hint, told)]
        refuse(problems)
        return hints

    @field_validator("goal_set")
    @classmethod
    def _goals_can_be_met(cls, goal_set: GoalSetId | None, info: ValidationInfo) -> GoalSetId | None:
        if "duration_s" in info.data and "suspects" in info.data:
            set_misfit(goal_set, info.data["duration_s"], len(info.data["suspects"]))
        return goal_set

    @field_validator("too_few")
    @classmethod
    def _too_few_fits(cls, too_few: TooFew | None, info: ValidationInfo) -> TooFew | None:
        if too_few is None:
            return None
        problems: list[Finding] = []
        duration_s = info.data.get("duration_s")
        if duration_s is not None and too_few.by_s >= duration_s:
            problems.append((("by",), _too_late(too_few.by_s, duration_s)))
        problems += [(("then", "tell"), message) for message in _not_described(too_few.then, _described(info))]
        refuse(problems)
        return too_few


def distinct_names(named: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse two games, or two suspects of a game, of the same name."""
    names = [item.name for item in named]
    problems = [
        ((place, "name"), f"the name {name!r} is used before") for place, name in enumerate(names) if name in names[:place]
    ]
    refuse(problems)
    return named


def _refuse_silence(news: News | Hint) -> None:
    """Refuse news that tells nothing."""
    if not news.tell and not news.where:
        raise ValueError("this tells nothing; fill in tell: [...] or where: true")


def _described(info: ValidationInfo) -> frozenset[str]:
    """Give the elements that some suspect's description holds; all of them where the suspects could not be read."""
    suspects = info.data.get("suspects")
    if suspects is None:
        return frozenset(ELEMENTS)
    return frozenset(element for suspect in suspects for element in suspect.description)


def _not_described(news: News | Hint, described: frozenset[str]) -> list[str]:
    return [
        f"'{element}' cannot be told: no suspect of this game has it in his description"
        for element in news.tell
        if element != "photo" and element not in described
    ]


def _too_late(at_s: float, duration_s: float) -> str:
    return f"{format_duration(at_s)} lies not before the end of the game, which lasts {format_duration(duration_s)}"
