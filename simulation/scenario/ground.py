"""Where a game is played, from where people set out and where signs stand, told so that it can be found on any map."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_serializer, model_validator

from simulation.scenario.fields import Length, Part, Several
from simulation.scenario.suspects import Place

_BASES = "is no place; write centre, {street: ..., number: ...}, {street: ...} or {lat: ..., lon: ...}"


class Centre(Part):
    """The street nearest to the middle of the homes on the map."""

    @model_serializer
    def _as_text(self) -> str:
        return "centre"


def _from_text(value: Any) -> Any:  # noqa: ANN401 - whatever was written
    return Centre() if value == "centre" else value


def _tag(value: Any) -> str | None:  # noqa: ANN401 - whatever was written
    if isinstance(value, Centre):
        return "centre"
    return "place" if isinstance(value, Place | dict) else None


Base = Annotated[
    Annotated[Centre, Tag("centre"), WithJsonSchema({"const": "centre", "description": "The middle of the neighbourhood."})]
    | Annotated[Place, Tag("place")],
    Discriminator(_tag, custom_error_type="base", custom_error_message=_BASES),
    BeforeValidator(_from_text),
]


class Area(Part):
    """The part of the map in which a game is played: the streets nearest to its middle, as one walks."""

    share: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="Which share of all metres of street lies in it.", examples=[0.3]
    )
    radius_m: Length | None = Field(
        None,
        alias="radius",
        description="Instead of share: how far it reaches from its middle, as one walks.",
        examples=["300 m"],
    )
    around: Place | None = Field(
        None, description="Its middle. Left out: the middle of the map.", examples=[{"street": "Dorpsstraat"}]
    )

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        if (self.share is None) == (self.radius_m is None):
            raise ValueError("say how large the area is: either share or radius")
        return self


class Signs(Part):
    """Signs that say that people here look out; a suspect who wanders may avoid their streets, see sign_weight."""

    covered_streets: bool = Field(
        default=False, description="Whether they stand in every street that a group covers.", examples=[True]
    )
    places: Several[Place] = Field(
        default=(), max_length=1000, description="Where else they stand.", examples=[[{"street": "Dorpsstraat"}]]
    )

    @model_validator(mode="after")
    def _stand_somewhere(self) -> Self:
        if not (self.covered_streets or self.places):
            raise ValueError("these signs stand nowhere; write covered_streets: true, or places: [...]")
        return self
