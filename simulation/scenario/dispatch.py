"""Units that the desk can send: police, enforcement officers (boa's), or organisers who play them."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_serializer

from simulation.scenario.fields import Name, Part, Speed
from simulation.scenario.suspects import Place

_BASES = "is no base; write centre, {street: ..., number: ...}, {street: ...} or {lat: ..., lon: ...}"


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


class Unit(Part):
    """A unit that searches like a reader, wherever the desk sends it."""

    name: Name = Field(description="What the organisers call this unit.", examples=["Fietsteam"])
    base: Base = Field(description="Where it waits until it is sent: centre, or a place on the map.", examples=["centre"])
    speed_mps: Speed | None = Field(
        None, alias="speed", description="How fast it goes. Left out: the parameter v_unit_mps.", examples=["20 km/h"]
    )
