"""Units that the desk can send: police, enforcement officers (boa's), or organisers who play them."""

from pydantic import Field

from simulation.scenario.fields import Name, Part, Speed
from simulation.scenario.ground import Base


class Unit(Part):
    """A unit that searches like a reader, wherever the desk sends it."""

    name: Name = Field(description="What the organisers call this unit.", examples=["Fietsteam"])
    base: Base = Field(description="Where it waits until it is sent: centre, or a place on the map.", examples=["centre"])
    speed_mps: Speed | None = Field(
        None, alias="speed", description="How fast it goes. Left out: the parameter v_unit_mps.", examples=["20 km/h"]
    )
