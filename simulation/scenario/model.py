"""What an organiser decides about an evening, as frozen data.

The engine reads these attributes and nothing else. Times are seconds, speeds metres per second; where something is None, the
engine draws it or takes it from `Scenario.parameters`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    InstanceOf,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from simulation.errors import ScenarioError
from simulation.scenario.agreement import in_numbers, in_structure, shut
from simulation.scenario.dispatch import Unit
from simulation.scenario.fields import Date, Finding, Line, Name, Offset, Part, Several, Share, TimeOfDay, refuse
from simulation.scenario.games import Game, Hint, News, TooFew, distinct_names
from simulation.scenario.goals import Goal, Goals, goals_of_set, misfits, set_misfit, without_replaced
from simulation.scenario.goalsets import GoalSetId
from simulation.scenario.ground import Area, Base, Signs
from simulation.scenario.parameters import Parameters, contradictions, read_parameter, unknown_parameter
from simulation.scenario.registry import REGISTRY, on_date
from simulation.scenario.structures import PUBLIC_PAGE, Structure
from simulation.scenario.suspects import ELEMENTS, Act, Element, Pauses, Place, Route, Suspect, Visit, Wander
from simulation.structure_ids import CUSTOM, parts_in
from simulation.units import DAY_S

__all__ = [
    "ELEMENTS",
    "Act",
    "Announced",
    "Area",
    "Game",
    "Goal",
    "Hint",
    "News",
    "Number",
    "Parameters",
    "Pauses",
    "Place",
    "Players",
    "Residents",
    "Route",
    "Scenario",
    "Signs",
    "Structure",
    "Suspect",
    "TooFew",
    "Visit",
    "Wander",
]

Category = Literal["exercise", "case", "structure"]
LARGEST_SEED = 2**53 - 1
MOST_RESIDENTS = 200_000


class Residents(Part):
    """Who lives in the play area."""

    count: int | None = Field(
        None, ge=1, le=MOST_RESIDENTS, description="How many people. Left out: everybody who lives on the map.", examples=[500]
    )
    trained: Share = Field(0.0, description="Share of them who took a workshop in noticing; see training_factor.")


class Announced(Part):
    """Which share of those who do not play knows that an exercise is on, and its number. Players always do."""

    members: Share = Field(1.0, description="Share of the members of neighbourhood groups.")
    others: Share = Field(0.0, description="Share of everybody else.")
    stewards: Share | None = Field(
        None,
        description="Share of the members with a role, such as administrators; with its number. Left out: as other members.",
        examples=[1.0],
    )


class Players(Part):
    """Who takes part."""

    count: int | None = Field(
        None,
        ge=0,
        le=MOST_RESIDENTS,
        description="How many people play. Adults who only come along with children are not counted.",
        examples=[50],
    )
    share: Share | None = Field(None, description="Instead of count: which share of the residents plays.", examples=[0.05])
    know: Several[Element] = Field(
        default=(), description="Elements of the description that players are told at the briefing.", examples=[["sex"]]
    )
    briefing: Base | None = Field(
        None,
        description="From where players who walk the streets set out: centre, or a place on the map. Left out: from home.",
        examples=["centre"],
    )
    announced: Announced = Field(default=Announced(), description="Who else knows of the exercise.")

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise ValueError("say how many people play: either count or share")
        return self


class Number(Part):
    """The temporary telephone number that takes the place of 112."""

    lines: int | None = Field(None, ge=1, le=1000, description="Call-takers. Left out: the parameter lines.", examples=[3])
    opens_s: Offset | None = Field(
        None, alias="opens", description="When it opens. Left out: at the start of the evening.", examples=["19:30"]
    )
    closes_s: Offset | None = Field(
        None, alias="closes", description="When it closes. Left out: at the end of the evening.", examples=["21:00"]
    )

    briefed: bool = Field(
        default=True,
        description="Whether the control room knows of the exercise, and tells the desk who called a real police number.",
    )

    @field_validator("closes_s")
    @classmethod
    def _closes_after_opening(cls, closes_s: float | None, info: ValidationInfo) -> float | None:
        if closes_s is not None and closes_s <= (info.data.get("opens_s") or 0.0):
            raise ValueError("the number closes before it opens")
        return closes_s


def _read_parameters(written: Any) -> Any:  # noqa: ANN401 - whatever was written
    """Read the overrides of a scenario, finding everything that is wrong with them."""
    if isinstance(written, Parameters):
        refuse(_contradictions(written.overridden))
        return written
    if not isinstance(written, Mapping):
        raise ValueError("write one parameter per line, for example p_watch: 0.1")  # noqa: TRY004 - pydantic collects it
    overridden: dict[str, float] = {}
    problems: list[Finding] = []
    for name, value in written.items():
        try:
            overridden[name] = _read_override(name, value)
        except ValueError as error:
            problems.append(((name,), str(error)))
    refuse(problems + _contradictions(overridden))
    return Parameters(overridden)


def _contradictions(overridden: Mapping[str, float]) -> list[Finding]:
    """Find overrides that cannot hold together, each pointing at an override that takes part."""
    values = {name: overridden.get(name, known.default) for name, known in REGISTRY.items()}
    return [
        ((next((name for name in names if name in overridden), names[0]),), text) for names, text in contradictions(values)
    ]


def _read_override(name: str, value: Any) -> float:  # noqa: ANN401 - whatever was written
    """Read `0.1`, `60 s` or `{value: 0.9, beyond_range: true}`."""
    if name not in REGISTRY:
        raise ValueError(unknown_parameter(name))
    if not isinstance(value, Mapping):
        return read_parameter(name, value)
    if (
        "value" not in value
        or value.keys() - {"value", "beyond_range"}
        or not isinstance(value.get("beyond_range", False), bool)
    ):
        raise ValueError(f"write {name}: {{value: ..., beyond_range: true}}")
    return read_parameter(name, value["value"], beyond_range=value.get("beyond_range", False))


def _parameters_schema() -> dict[str, Any]:
    """Describe the overrides to an editor, with the meaning and range of every parameter."""
    properties = {
        name: {
            "description": f"{known.meaning} ({known.unit}). Default {known.default:g}, plausible from {known.low:g} to "
            f"{known.high:g}, grade {known.grade}. {known.source}",
            "anyOf": [
                {"type": ["number", "string"]},
                {
                    "type": "object",
                    "properties": {"value": {"type": ["number", "string"]}, "beyond_range": {"type": "boolean"}},
                    "required": ["value"],
                    "additionalProperties": False,
                },
            ],
        }
        for name, known in REGISTRY.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _write_parameters(parameters: Parameters) -> dict[str, Any]:
    """Write what is overridden as a file has it."""
    return {
        name: value if REGISTRY[name].low <= value <= REGISTRY[name].high else {"value": value, "beyond_range": True}
        for name, value in parameters.overridden.items()
    }


Overrides = Annotated[
    InstanceOf[Parameters],
    BeforeValidator(_read_parameters),
    PlainSerializer(_write_parameters),
    WithJsonSchema(_parameters_schema()),
]


class Scenario(Part):
    """One evening of *Boef in de Wijk*."""

    title: Name = Field(description="What the evening is called.", examples=["Boef in de Wijk Noord"])
    purpose: Line = Field("", description="What the evening is for.", examples=["Oefenen met bellen en appen"])
    category: Category = Field(
        "exercise",
        description="What kind of evening it is: exercise (one to hold), case (one that was held, after documents) or "
        "structure (one to try an alert structure with).",
    )
    source: Line = Field("", description="Where this scenario comes from.", examples=["Draaiboek van de gemeente"])
    happened: Line = Field(
        "",
        description="What the documents tell: what happened, or what was proposed. It changes nothing in the play.",
        examples=["Na twintig minuten vond een bewoner de boef."],
    )
    language: Literal["nl", "en"] = Field("nl", description="Language of the report: nl or en.")
    date: Date = Field(description="Date of the evening: year-month-day.", examples=["2026-09-16"])
    start_s: TimeOfDay = Field(alias="start", description="When the evening starts.", examples=["19:30"])
    seed: int = Field(
        1, ge=0, le=LARGEST_SEED, description="Number from which all chance follows; another number, another evening."
    )
    map: Name | None = Field(
        None,
        description="Map file, seen from the folder of this file; one that comes along is found by its name alone. Left out: "
        "wijk.map, which comes along.",
        examples=["wijk.map"],
    )
    games: Several[Game] = Field(min_length=1, max_length=50, description="The games of the evening, one after the other.")
    residents: Residents = Field(default=Residents(), description="Who lives in the play area.", examples=[{"count": 500}])
    players: Players = Field(default=Players(count=50), description="Who takes part.")
    structure: Structure = Field(default=Structure(), description="How residents reach each other.")
    outlet: Name = Field(
        PUBLIC_PAGE,
        validate_default=True,
        description="Where the organisers tell their news: a public-page everybody can read, the groups, or those above "
        "them, whose members pass it on.",
    )
    signs: Signs | None = Field(
        None, description="Signs in the streets. Left out: none.", examples=[{"covered_streets": True}]
    )
    number: Number = Field(default=Number(), description="The temporary telephone number.", examples=[{"lines": 3}])
    units: Several[Unit] = Field(
        default=(),
        max_length=20,
        description="Units that the desk can send to where the suspect was seen last.",
        examples=[[{"name": "Fietsteam", "base": "centre"}]],
    )
    goal_set: GoalSetId | None = Field(
        None,
        description="Goals that come along, for the whole evening: whether the exercise tests, develops or orients, and who "
        "plays. An own goal over the same measure takes the place of theirs.",
        examples=["orient-adults"],
    )
    goals: Goals = Field(
        default=(),
        max_length=100,
        description="What the evening is to achieve; how far it did is told with its outcome.",
        examples=[["first_call_s <= 10 min", "challenges_wrong <= 2"]],
    )
    parameters: Overrides = Field(
        default_factory=Parameters,
        validate_default=True,
        description="Numbers of the model to set differently, by name; see docs/parameters.md.",
        examples=[{"p_watch": 0.1}],
    )

    @property
    def duration_s(self) -> float:
        """How long the evening lasts: until the end of the last game, seconds."""
        return max(game.end_s for game in self.games)

    @property
    def all_goals(self) -> tuple[Goal, ...]:
        """The goals of the sets, of the evening and of its games, then the own ones."""
        sets = [(self.goal_set, None), *((game.goal_set, game.name) for game in self.games)]
        given = [goal for goal_set, game in sets for goal in goals_of_set(goal_set, game)]
        return (*without_replaced(given, self.goals), *self.goals)

    def in_force(self, name: str) -> float:
        """Give a number of the model as it holds on this date: as set here, else by the platform's rule of the day, if any."""
        usual = self.parameters[name]
        return usual if name in self.parameters.overridden else on_date(self.date, name, usual)

    def with_seed(self, seed: int) -> Self:
        """Give the same evening with other chance."""
        if not 0 <= seed <= LARGEST_SEED:
            raise ScenarioError(f"seed {seed} must lie from 0 to {LARGEST_SEED}")
        return self.model_copy(update={"seed": seed})

    def with_structure(self, structure_id: str) -> Self:
        """Give the same evening with residents who reach each other in another way; ids may be joined with a plus."""
        layout = self.structure.layout if CUSTOM in parts_in(structure_id) else None
        structure = Structure.model_validate({**dict(self.structure), "id": structure_id, "layout": layout})
        return self.model_copy(update={"structure": structure})

    @field_validator("games")
    @classmethod
    def _games_fit(cls, games: tuple[Game, ...], info: ValidationInfo) -> tuple[Game, ...]:
        problems: list[Finding] = []
        for place, game in enumerate(games):
            if info.data.get("start_s", 0.0) + game.end_s > DAY_S:
                problems.append(((place, "end"), "the game goes on after midnight; an evening ends at 24:00 at the latest"))
            if place and game.start_s < games[place - 1].end_s:
                problems.append(
                    ((place, "start"), f"{game.name!r} starts before {games[place - 1].name!r}, listed above it, has ended")
                )
        if games[-1].on_found == "next-game":
            problems.append(((len(games) - 1, "on_found"), "no game follows the last one; write leaves or keeps-walking"))
        refuse(problems)
        return distinct_names(games)

    @field_validator("players")
    @classmethod
    def _players_live_here(cls, players: Players, info: ValidationInfo) -> Players:
        residents = info.data.get("residents")
        if residents and residents.count and players.count and players.count > residents.count:
            refuse([(("count",), f"{players.count} players are more than the {residents.count} residents")])
        return players

    @field_validator("structure")
    @classmethod
    def _shopkeepers_are_there(cls, structure: Structure, info: ValidationInfo) -> Structure:
        games, until_s = info.data.get("games"), structure.shopkeepers_until_s
        if games and shut(until_s, min(game.start_s for game in games)):
            refuse(
                [(("shopkeepers_until",), "they have left when the first game starts; write a later time, or leave this out")]
            )
        return structure

    @field_validator("units")
    @classmethod
    def _units_differ(cls, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return distinct_names(units)

    @field_validator("number")
    @classmethod
    def _number_opens_in_time(cls, number: Number, info: ValidationInfo) -> Number:
        games = info.data.get("games")
        if games and number.opens_s is not None and number.opens_s >= max(game.end_s for game in games):
            refuse([(("opens",), "the number opens only when the last game is over")])
        return number

    @field_validator("goal_set")
    @classmethod
    def _goal_set_can_be_met(cls, goal_set: GoalSetId | None, info: ValidationInfo) -> GoalSetId | None:
        games = info.data.get("games")
        if games:
            set_misfit(goal_set, max(game.end_s for game in games), sum(len(game.suspects) for game in games))
        return goal_set

    @field_validator("goals")
    @classmethod
    def _goals_can_be_met(cls, goals: tuple[Goal, ...], info: ValidationInfo) -> tuple[Goal, ...]:
        games = info.data.get("games")
        if games:
            refuse(misfits(goals, games))
        return goals

    @field_validator("outlet")
    @classmethod
    def _agrees_with_structure(cls, outlet: str, info: ValidationInfo) -> str:
        structure = info.data.get("structure")
        if structure:
            refuse([*in_structure(structure, outlet)], of_whole=True)
        return outlet

    @field_validator("parameters")
    @classmethod
    def _agree_with_structure(cls, parameters: Parameters, info: ValidationInfo) -> Parameters:
        structure, date = info.data.get("structure"), info.data.get("date")
        if structure and date:
            found = in_numbers(structure, info.data.get("outlet", PUBLIC_PAGE), parameters, date)
            refuse([*found], of_whole=True)
        return parameters
