"""Suspects (*boeven*): what they look like, where they go and what they do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_serializer,
    model_validator,
)

from simulation.scenario.fields import Duration, Finding, HouseNumber, Name, Part, PerHour, Several, Share, Speed, refuse
from simulation.scenario.frozen import FrozenMap

Element = Literal["sex", "age", "height", "hair", "upper", "lower", "bag", "vehicle"]
PlaceKind = Literal["shop", "school", "care"]

ELEMENTS = {
    "sex": "man, vrouw or woman",
    "age": "age or impression of age",
    "height": "height and build",
    "hair": "hair, beard, headgear",
    "upper": "clothing of the upper body",
    "lower": "trousers, skirt, shoes",
    "bag": "bag or other thing carried",
    "vehicle": "vehicle with colour, make, type",
}
"""What a description (*signalement*) can hold."""

MAN = "man"
_SEXES = (MAN, "vrouw", "woman")

_BEHAVIOURS = "is no behaviour; write wander, {visit: shop}, {visit: school}, {visit: care} or {route: [...]}"


class Place(Part):
    """A place on the map: an address, a street, or a position."""

    street: Name | None = Field(None, description="Name of a street on the map.", examples=["Dorpsstraat"])
    number: HouseNumber | None = Field(None, description="House number in that street.", examples=["12"])
    lat: float | None = Field(None, ge=-90, le=90, description="Latitude, degrees.", examples=[52.1])
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude, degrees.", examples=[5.1])

    @model_validator(mode="after")
    def _one_way_of_saying_it(self) -> Self:
        position = (self.lat is not None, self.lon is not None)
        address = (self.street is not None, self.number is not None)
        if position == (True, True) and not any(address):
            return self
        if address[0] and not any(position):
            return self
        raise ValueError("a place is {street: ..., number: ...}, {street: ...} or {lat: ..., lon: ...}")


class Wander(Part):
    """Walk about at random without turning back."""

    @model_serializer
    def _as_text(self) -> str:
        return "wander"


class Visit(Part):
    """Walk from one place of a kind to the next."""

    kind: PlaceKind = Field(alias="visit", description="Kind of the places to visit: shop, school or care (home).")


class Route(Part):
    """Walk along given places, in their order."""

    points: Several[Place] = Field(alias="route", min_length=2, max_length=500, description="Places to pass, in their order.")


def _behaviour_from_text(value: Any) -> Any:  # noqa: ANN401 - whatever was written
    return Wander() if value == "wander" else value


def _behaviour_tag(value: Any) -> str | None:  # noqa: ANN401 - whatever was written
    if isinstance(value, Wander | Visit | Route):
        return type(value).__name__.lower()
    if isinstance(value, dict) and len(value.keys() & {"visit", "kind", "route", "points"}) == 1:
        return "visit" if value.keys() & {"visit", "kind"} else "route"
    return None


Behaviour = Annotated[
    Annotated[Wander, Tag("wander"), WithJsonSchema({"const": "wander", "description": "Walk about without turning back."})]
    | Annotated[Visit, Tag("visit")]
    | Annotated[Route, Tag("route")],
    Discriminator(_behaviour_tag, custom_error_type="behaviour", custom_error_message=_BEHAVIOURS),
    BeforeValidator(_behaviour_from_text),
]


class Pauses(Part):
    """Standing still on the way, for no reason that shows."""

    per_hour: PerHour = Field(0.0, description="How often, on average per hour of walking.", examples=[4])
    duration_s: Duration = Field(60.0, alias="duration", description="How long.", examples=["60 s"])


class Act(Part):
    """Something suspicious that the suspect does now and then."""

    name: Name = Field(description="What he does, in a few words.", examples=["voelt aan autodeuren"])
    per_hour: PerHour = Field(description="How often, on average per hour of walking.", examples=[6])
    duration_s: Duration = Field(alias="duration", description="How long it takes.", examples=["45 s"])
    conspicuousness: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None,
        description="How many times sooner he is noticed while doing it. Left out: the parameter act_factor.",
        examples=[3],
    )


def _known_sex(description: dict[str, str]) -> dict[str, str]:
    if description.get("sex", MAN) not in _SEXES:
        refuse(
            [
                (
                    ("sex",),
                    f"{description['sex']!r:.40} is no sex that people go by; write {' or '.join(_SEXES)}, or leave it out",
                )
            ]
        )
    return description


def _freeze(description: dict[str, str]) -> FrozenMap[str]:
    return FrozenMap({element: description[element] for element in ELEMENTS if element in description})


def _thaw(description: Any) -> Any:  # noqa: ANN401 - whatever was handed in
    return dict(description) if isinstance(description, Mapping) else description


_DESCRIPTION_SCHEMA = {
    "type": "object",
    "properties": {element: {"type": "string", "description": meaning} for element, meaning in ELEMENTS.items()},
    "additionalProperties": False,
}

_SHARES_SCHEMA = {
    "type": "object",
    "properties": {element: {"type": "number", "minimum": 0, "maximum": 1} for element in ELEMENTS if element != "sex"},
    "additionalProperties": False,
}

if TYPE_CHECKING:  # what goes in may be any mapping, what comes out is frozen
    Description = Mapping[str, str]
    Shares = Mapping[str, float]
else:
    Description = Annotated[
        dict[Element, Name],
        BeforeValidator(_thaw),
        AfterValidator(_known_sex),
        AfterValidator(_freeze),
        PlainSerializer(dict),
        WithJsonSchema(_DESCRIPTION_SCHEMA),
    ]
    Shares = Annotated[
        dict[Element, Share],
        BeforeValidator(_thaw),
        AfterValidator(FrozenMap),
        PlainSerializer(dict),
        WithJsonSchema(_SHARES_SCHEMA),
    ]


class Suspect(Part):
    """A role-player who is to be found."""

    name: Name = Field(description="What the organisers call this suspect. Use invented names only.", examples=["Boef Rood"])
    description: Description = Field(
        default_factory=FrozenMap,
        description="What the suspect looks like, by element. Hints tell elements of it.",
        examples=[{"sex": "man", "upper": "rode jas"}],
    )
    shares: Shares = Field(
        default_factory=FrozenMap,
        description="How many other people look the same, by element, from 0 to 1. Left out: the parameters p_same_...",
        examples=[{"upper": 0.02}],
    )
    behaviour: Behaviour = Field(
        default=Wander(),
        description="Where he goes: wander, {visit: shop | school | care}, or {route: [places]}.",
        examples=["wander"],
    )
    start: Place | None = Field(
        None,
        description="Where he starts. Left out: a place on the map is drawn.",
        examples=[{"street": "Dorpsstraat", "number": "12"}],
    )
    speed_mps: Speed | None = Field(
        None, alias="speed", description="Walking speed. Left out: the parameter v_suspect_mps.", examples=["4 km/h"]
    )
    pauses: Pauses = Field(default=Pauses(), description="Standing still on the way.")
    acts: Several[Act] = Field(
        default=(), max_length=50, description="Suspicious acts; without any, only his looks give him away."
    )

    @field_validator("shares")
    @classmethod
    def _shares_of_what_is_described(cls, shares: Mapping[str, float], info: ValidationInfo) -> Mapping[str, float]:
        described = info.data.get("description", ELEMENTS)
        problems: list[Finding] = [
            ((element,), f"the description does not say what {element} is; describe it, or leave this out")
            for element in shares
            if element not in described
        ]
        if "sex" in shares:
            problems.append((("sex",), "how many people are men is the parameter p_man; leave this out"))
        refuse(problems)
        return shares
