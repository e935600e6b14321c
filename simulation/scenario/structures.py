"""Alert structures as data: which groups there are, who is in them, and who passes messages on from which to which.

The map is divided into areas, each with a residents' group; some areas next to each other make a cluster, and some more a
district. Above the residents' groups lie others, whose members were chosen from them. Who sits in two groups passes messages
on from the one to the other, where a rule says so and he judges that they matter there.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from simulation.scenario.fields import Name, Part, Several

Extent = Literal["area", "cluster", "district", "map"]

GROUP = "group"
"""What the residents' groups are called."""


class Role(Part):
    """Members of a residents' group who do more than the others."""

    name: Name = Field(description="What they are called.", examples=["steering-member"])
    number: Name = Field(description="Parameter that tells how many there are of each residents' group.")
    sits_in: Extent = Field("area", description="In the residents' groups of which extent around his home each of them sits.")


class Upper(Part):
    """A kind of group above the residents' groups."""

    name: Name = Field(description="What it is called.", examples=["steering"])
    per: Extent = Field("map", description="There is one for each of these.")
    members: Name = Field(description="The role of its members.", examples=["steering-member"])


class Forward(Part):
    """Who passes messages on, from which kind of group to which: whoever has the role and sits in both."""

    source: Name = Field(description="Kind of group in which he reads it.", examples=[GROUP])
    target: Name = Field(description="Kind of group to which he passes it on.", examples=["steering"])
    by: Name = Field(description="The role.", examples=["steering-member"])


class Layout(Part):
    """The groups of an alert structure, and what connects them."""

    areas: Literal["none", "one", "many"] = Field(
        description="Whether there is no residents' group, one for all, or one for each area."
    )
    roles: Several[Role] = ()
    uppers: Several[Upper] = ()
    forwards: Several[Forward] = ()


def _both_ways(one: str, other: str, by: str) -> tuple[Forward, Forward]:
    return Forward(source=one, target=other, by=by), Forward(source=other, target=one, by=by)


_STEERING = Role(name="steering-member", number="steering_members", sits_in="cluster")
_ADMINISTRATOR = Role(name="administrator", number="admins_per_group")
_STEERED = (
    Upper(name="steering", per="cluster", members="steering-member"),
    Upper(name="coordination", per="district", members="steering-member"),
)
_STEER = (
    Forward(source="steering", target=GROUP, by="steering-member"),
    Forward(source=GROUP, target=GROUP, by="steering-member"),
    *_both_ways(GROUP, "coordination", "steering-member"),
)

LAYOUTS: Mapping[str, Layout] = {
    "none": Layout(areas="none"),
    "single-group": Layout(areas="one"),
    "separate-groups": Layout(areas="many"),
    "zoomwijck": Layout(areas="many", roles=(_STEERING,), uppers=_STEERED, forwards=_STEER),
    "zoomwijck-municipal": Layout(
        areas="many",
        roles=(_STEERING, Role(name="liaison", number="liaisons_per_group", sits_in="cluster")),
        uppers=(*_STEERED, Upper(name="municipal", members="liaison")),
        forwards=(*_STEER, *_both_ways("coordination", "municipal", "liaison")),
    ),
    "administrators-group": Layout(
        areas="many",
        roles=(_ADMINISTRATOR,),
        uppers=(Upper(name="administrators", members="administrator"),),
        forwards=_both_ways(GROUP, "administrators", "administrator"),
    ),
}
"""The groups of each structure, by its id. Sources: Zoomwijck (2015), Leiden-Bollenstreek (2018)."""
