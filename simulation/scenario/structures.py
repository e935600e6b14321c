"""Alert structures as data: which groups there are, who is in them, and who passes messages on from which to which.

The map is divided into areas, each with a residents' group; some areas next to each other make a cluster, and some more a
district. Above the residents' groups lie others, whose members were chosen from them. Who sits in two groups passes messages
on from the one to the other, where a rule says so and he judges that they matter there.
"""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.fields import Finding, Name, Part, Several, refuse
from simulation.scenario.registry import REGISTRY
from simulation.scenario.suggest import did_you_mean

Extent = Literal["area", "cluster", "district", "map"]

GROUP = "group"
"""What the residents' groups are called."""


class Role(Part):
    """Members of residents' groups who do more than the others."""

    name: Name = Field(description="What they are called.", examples=["coordinator"])
    number: Name = Field(description="Parameter that tells how many there are.", examples=["admins_per_group"])
    per: Extent = Field("area", description="For each of which there are so many: area, cluster, district or map.")
    sits_in: Literal["area", "neighbours", "cluster", "district", "map"] = Field(
        "area",
        description="In whose residents' groups each sits: his own, also those next to it, or all of an extent.",
    )


class Upper(Part):
    """A kind of group above the residents' groups."""

    name: Name = Field(description="What it is called.", examples=["coordinators"])
    per: Extent = Field("map", description="There is one for each of these: area, cluster, district or map.")
    members: Several[Name] = Field(min_length=1, description="The roles of its members.", examples=[["coordinator"]])


class Forward(Part):
    """Who passes messages on, from which kind of group to which: whoever has the role and sits in both."""

    source: Name = Field(
        alias="from", description="Kind of group in which he reads them: group, or one above.", examples=[GROUP]
    )
    target: Name = Field(alias="to", description="Kind of group to which he passes them on.", examples=["coordinators"])
    by: Name = Field(description="The role.", examples=["coordinator"])


class Layout(Part):
    """The groups of an alert structure, and what connects them."""

    areas: Literal["none", "one", "many"] = Field(
        "many", description="Whether there is no residents' group, one for all, or one for each area."
    )
    roles: Several[Role] = Field(default=(), max_length=20, description="Members who do more than the others.")
    uppers: Several[Upper] = Field(default=(), max_length=20, description="Groups above the residents' groups.")
    forwards: Several[Forward] = Field(default=(), max_length=100, description="Who passes messages on.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        roles, kinds = {role.name for role in self.roles}, {GROUP, *(upper.name for upper in self.uppers)}
        problems: list[Finding] = []
        for number, role in enumerate(self.roles):
            if role.number not in REGISTRY:
                problems.append(
                    (("roles", number, "number"), f"no parameter {role.number!r}{did_you_mean(role.number, REGISTRY)}")
                )
        for number, upper in enumerate(self.uppers):
            if upper.name in {GROUP, "groups", "public-page"}:
                problems.append((("uppers", number, "name"), f"{upper.name!r} is the name of something else; choose another"))
            problems += [
                (("uppers", number, "members", place), _unknown("role", name, roles))
                for place, name in enumerate(upper.members)
                if name not in roles
            ]
        for number, forward in enumerate(self.forwards):
            for key, name in (("from", forward.source), ("to", forward.target)):
                if name not in kinds:
                    problems.append((("forwards", number, key), _unknown("kind of group", name, kinds)))
            if forward.by not in roles:
                problems.append((("forwards", number, "by"), _unknown("role", forward.by, roles)))
        refuse([*problems, *_doubled("roles", [role.name for role in self.roles]), *_doubled("uppers", [*kinds_of(self)])])
        return self


def kinds_of(layout: Layout) -> tuple[str, ...]:
    """List the names of the kinds of groups above the residents' groups."""
    return tuple(upper.name for upper in layout.uppers)


def _unknown(what: str, name: str, known: set[str]) -> str:
    return f"no {what} {name!r} among {', '.join(sorted(known)) or 'none'}{did_you_mean(name, known)}"


def _doubled(key: str, names: list[str]) -> list[Finding]:
    """Find names that occur twice."""
    return [((key, place, "name"), f"{name!r} occurs twice") for place, name in enumerate(names) if name in names[:place]]


def _both_ways(one: str, other: str, by: str) -> tuple[Forward, Forward]:
    return Forward(source=one, target=other, by=by), Forward(source=other, target=one, by=by)


_ADMINISTRATOR = Role(name="administrator", number="admins_per_group")
_STEERING = Role(name="steering-member", number="steering_members", sits_in="cluster")
_STEERED = (
    Upper(name="steering", per="cluster", members=("steering-member",)),
    Upper(name="coordination", per="district", members=("steering-member",)),
)
_STEER = (
    Forward(source="steering", target=GROUP, by="steering-member"),
    Forward(source=GROUP, target=GROUP, by="steering-member"),
    *_both_ways(GROUP, "coordination", "steering-member"),
)

LAYOUTS: Mapping[str, Layout] = {
    "none": Layout(areas="none"),
    "single-group": Layout(areas="one"),
    "separate-groups": Layout(),
    "zoomwijck": Layout(roles=(_STEERING,), uppers=_STEERED, forwards=_STEER),
    "zoomwijck-municipal": Layout(
        roles=(_STEERING, Role(name="liaison", number="liaisons_per_group", sits_in="cluster")),
        uppers=(*_STEERED, Upper(name="municipal", members=("liaison",))),
        forwards=(*_STEER, *_both_ways("coordination", "municipal", "liaison")),
    ),
    "administrators-group": Layout(
        roles=(_ADMINISTRATOR,),
        uppers=(Upper(name="administrators", members=("administrator",)),),
        forwards=_both_ways(GROUP, "administrators", "administrator"),
    ),
    "bridging-coordinators": Layout(
        roles=(Role(name="coordinator", number="coordinators_per_group", sits_in="neighbours"),),
        forwards=(Forward(source=GROUP, target=GROUP, by="coordinator"),),
    ),
    "village-coordinators": Layout(
        roles=(_ADMINISTRATOR, Role(name="village-coordinator", number="coordinators_per_village", per="district")),
        uppers=(
            Upper(name="administrators", per="district", members=("administrator", "village-coordinator")),
            Upper(name="municipal", members=("village-coordinator",)),
        ),
        forwards=(
            *_both_ways(GROUP, "administrators", "administrator"),
            *_both_ways("administrators", "municipal", "village-coordinator"),
        ),
    ),
}
"""The groups of each structure, by its id. Sources: Groningen (2015-2017), Zoomwijck (2015), Leiden-Bollenstreek (2018)."""
