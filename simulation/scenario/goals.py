"""Goals of an evening: a bound to a measure, with the weight and the capability for which it counts."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    InstanceOf,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from simulation.measures import CAPABILITY_OF, Capability
from simulation.scenario.conditions import CONDITION_PATTERN, Condition, misfit, parse_condition
from simulation.scenario.fields import Finding, Line, Name, Part, Several, from_file, text_schema
from simulation.scenario.goalsets import GOAL_SETS, GoalSetId
from simulation.scenario.suggest import did_you_mean

MOST_IN_MANIFEST = 1_000
"""Goals that are read from the manifest of a run: far more than a scenario and its sets can hold."""

OF_THE_EVENING = ("dark_from_s", "outcome_reach_share")
"""Measures that exist of an evening only, not of one of its games."""


def _read_condition(written: Any) -> Any:  # noqa: ANN401 - whatever was written
    if isinstance(written, Condition):
        return written
    if not isinstance(written, str):
        raise ValueError("a goal is a text such as first_call_s <= 10 min")  # noqa: TRY004 - pydantic collects it
    return parse_condition(written)


def _check_game(name: str, games: Collection[str]) -> None:
    """Refuse a game that the evening does not have."""
    if name not in games:
        told = did_you_mean(name, games) or f"; the games are {', '.join(map(repr, games))}"
        raise ValueError(f"there is no game {name[:60]!r}{told}")


class Goal(Part):
    """What an evening or a game is to achieve. Where nothing else is said, the condition alone may stand in its place."""

    condition: Annotated[
        InstanceOf[Condition],
        BeforeValidator(_read_condition),
        PlainSerializer(str),
        text_schema(CONDITION_PATTERN, "first_call_s <= 10 min", "found_at_s between 20 min and 45 min"),
    ] = Field(
        alias="goal",
        description="A measure and its bound: <=, >=, <, > or between ... and ...; times count from the start of the evening "
        "or of the game. docs/goals.md lists the measures.",
        examples=["first_call_s <= 10 min"],
    )
    game: Name | None = Field(
        None, description="The game that it is about. Left out: the whole evening.", examples=["Wie vindt de boef?"]
    )
    weight: float = Field(1.0, gt=0, le=100, description="How much it counts beside the other goals.")
    capability: Capability | None = Field(
        None, description="For which capability it counts. Left out: that of its measure.", examples=["alert"]
    )
    title: Line = Field("", description="What to call it. Left out: the name of its measure.", examples=["Snel bellen"])

    @field_validator("game")
    @classmethod
    def _has_a_game(cls, game: str | None, info: ValidationInfo) -> str | None:
        if game is None:
            return None
        if from_file(info):
            _check_game(game, (info.context or {})["games"])
        condition = info.data.get("condition")
        if condition is not None and condition.measure in OF_THE_EVENING:
            raise ValueError(f"{condition.measure} is measured over the whole evening; leave the game out")
        return game

    @property
    def counts_for(self) -> Capability:
        """The capability for which it counts."""
        return self.capability or CAPABILITY_OF[self.condition.measure]


def _spelled_out(written: Any) -> Any:  # noqa: ANN401 - whatever was written
    """Read a condition that stands alone."""
    if isinstance(written, str):
        return {"goal": written}
    if isinstance(written, int | float | list):
        raise ValueError(f"{written!r:.40} is no goal; write for example first_call_s <= 10 min")  # noqa: TRY004 - collected
    return written


Goals = Several[Annotated[Goal, BeforeValidator(_spelled_out, json_schema_input_type=str | Goal)]]


def goals_of_set(goal_set: GoalSetId | None, game: str | None = None) -> tuple[Goal, ...]:
    """Give the goals of a set that comes along, for one game or for the whole evening."""
    rows = GOAL_SETS[goal_set] if goal_set else ()
    return tuple(Goal(condition=parse_condition(text), weight=weight, game=game) for text, weight in rows)


def without_replaced(goals: Sequence[Goal], own: Sequence[Goal]) -> tuple[Goal, ...]:
    """Leave out the goals in whose place an own goal over the same measure comes."""
    replaced = {(goal.condition.measure, goal.game) for goal in own}
    return tuple(goal for goal in goals if (goal.condition.measure, goal.game) not in replaced)


def misfits(goals: Sequence[Goal], games: Sequence[Any]) -> list[Finding]:
    """Find goals that name no game of the evening, or can never be met in it.

    Parameters
    ----------
    goals
        The goals.
    games
        The games, with `name`, `end_s`, `duration_s` and `suspects`.
    """
    problems: list[Finding] = []
    by_name = {game.name: game for game in games}
    for place, goal in enumerate(goals):
        try:
            if goal.game is None:
                _check_possible(goal, max(game.end_s for game in games), sum(len(game.suspects) for game in games))
            else:
                _check_game(goal.game, by_name)
                _check_possible(goal, by_name[goal.game].duration_s, len(by_name[goal.game].suspects))
        except ValueError as error:
            problems.append(((place, "game" if goal.game not in {None, *by_name} else "goal"), str(error)))
    return problems


def _check_possible(goal: Goal, length_s: float, suspects: int) -> None:
    problem = misfit(goal.condition, length_s, suspects)
    if problem:
        raise ValueError(problem)


def set_misfit(goal_set: GoalSetId | None, length_s: float, suspects: int) -> None:
    """Refuse a set of goals of which one can never be met in an evening or a game."""
    for goal in goals_of_set(goal_set):
        problem = misfit(goal.condition, length_s, suspects)
        if problem:
            raise ValueError(f"{goal_set} has the goal {goal.condition}, but {problem}")


def read_goal_rows(rows: Sequence[Any]) -> tuple[Goal, ...]:
    """Read goals as the manifest of a run holds them.

    Raises
    ------
    ValueError
        With a message for each that is wrong.
    """
    if len(rows) > MOST_IN_MANIFEST:
        raise ValueError(f"holds {len(rows):,} goals; at most {MOST_IN_MANIFEST:,} are read")
    try:
        return TypeAdapter(Goals).validate_python(rows)
    except ValidationError as error:
        found = [(one["loc"][0], one["msg"].removeprefix("Value error, ")) for one in error.errors()]
        raise ValueError(*(f"goals[{place}]: {message}" for place, message in found)) from None
