"""Where a game is played and where signs stand, told so that it can be found on any map."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from simulation.scenario.fields import Length, Part, Several
from simulation.scenario.suspects import Place


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
