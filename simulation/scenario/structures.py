"""Alert structures as data: which groups there are, who is in them, and who passes messages on from which to which.

The map is divided into areas, each with a residents' group; some areas next to each other make a cluster, and some more a
district. Above the residents' groups lie others, whose members were chosen from them. Who sits in two groups passes messages
on from the one to the other, where a rule says so and he judges that they matter there.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from simulation.scenario.fields import Offset, Part, Share, refuse
from simulation.scenario.joining import Parts, faults, joined, parts_of
from simulation.scenario.layout import BROADCAST, GROUP, PUBLIC_PAGE, Extent, Forward, Layout, Role, Upper, kinds_of
from simulation.structure_ids import CUSTOM, LAYERS, PLUS

__all__ = [
    "BROADCAST",
    "GROUP",
    "LAYOUTS",
    "PUBLIC_PAGE",
    "Extent",
    "Forward",
    "Layout",
    "Role",
    "Structure",
    "Upper",
    "kinds_of",
    "outlets",
]


def _both_ways(one: str, other: str, by: str) -> tuple[Forward, Forward]:
    return Forward(source=one, target=other, by=by), Forward(source=other, target=one, by=by)


_ADMINISTRATOR = Role(name="administrator", number="admins_per_group")
_OFFICER = Role(name="officer", number="officers_per_district", per="district", sits_in="neighbours", outside=True)
_MANAGER = Role(name="area-manager", number="managers_per_district", per="district", outside=True)
_STEERING = Role(name="steering-member", number="steering_members", sits_in="cluster")
_STEERED = (
    Upper(name="steering", per="cluster", members=("steering-member",)),
    Upper(name="coordination", per="district", members=("steering-member",)),
)
_STEER = (
    Forward(source="steering", target=GROUP, by="steering-member", case_holder=True),
    Forward(source=GROUP, target=GROUP, by="steering-member"),
    Forward(source=GROUP, target="coordination", by="steering-member"),
    Forward(source="coordination", target=GROUP, by="steering-member", case_holder=True),
)

LAYOUTS: Mapping[str, Layout] = {
    "none": Layout(areas="none"),
    "single-group": Layout(areas="one"),
    "separate-groups": Layout(),
    "zoomwijck": Layout(roles=(_STEERING,), uppers=_STEERED, forwards=_STEER),
    "zoomwijck-municipal": Layout(
        roles=(_STEERING, Role(name="liaison", number="liaisons_per_group", sits_in="cluster")),
        uppers=(
            _STEERED[0],
            Upper(name="coordination", per="district", members=("steering-member", "liaison")),
            Upper(name="municipal", members=("liaison",)),
        ),
        forwards=(*_STEER, *_both_ways("coordination", "municipal", "liaison")),
    ),
    "administrators-group": Layout(
        roles=(_ADMINISTRATOR, _OFFICER, _MANAGER),
        uppers=(Upper(name="administrators", per="district", members=("administrator", "officer", "area-manager")),),
        forwards=(
            *_both_ways(GROUP, "administrators", "administrator"),
            Forward(source="administrators", target="administrators", by="officer"),
        ),
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


def _read_id(written: str) -> str:
    """Read an id in one order, or say all that is wrong with it."""
    refuse([((), fault) for fault in faults(written)])
    return joined(written)


_PART = "|".join(part for parts in LAYERS.values() for part in parts)
StructureId = Annotated[
    str,
    AfterValidator(_read_id),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": _PART.split("|")},
                {"type": "string", "pattern": rf"^({_PART})( *\{PLUS} *({_PART}))+$", "examples": ["zoomwijck+broadcast"]},
            ]
        }
    ),
]


@cache
def _with_administrators(layout: Layout) -> Layout:
    """Give groups whose administrators do nothing but share the broadcast."""
    return layout.model_copy(update={"roles": (_ADMINISTRATOR,)})


class Structure(Part):
    """How residents reach each other."""

    id: StructureId = Field(
        "single-group",
        description="none: everybody only calls; single-group: one group; separate-groups: groups per area; zoomwijck, "
        "zoomwijck-municipal, administrators-group, bridging-coordinators, village-coordinators: groups per area that are "
        "connected, see docs/model.md; custom: as layout says. broadcast: the control room reaches who is enrolled "
        "(Burgernet); broadcast-shared: administrators share that in their groups; public-hints: hints on the public page "
        "only; patrol-team: volunteers in vests go round the streets and call. Join them with +, such as "
        "zoomwijck+broadcast.",
    )
    groups: int = Field(5, ge=2, le=1000, description="In how many areas the map is divided, each with a group.")
    split_over: int | None = Field(
        None,
        ge=0,
        le=100_000,
        description="Members up to which all are in one group; only with more of them is there a group per area. Left out: "
        "always a group per area.",
        examples=[80],
    )
    cluster: int = Field(1, ge=1, le=1000, description="How many groups one steering group runs (zoomwijck).", examples=[5])
    district: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="How many groups make a district, with one coordination group (zoomwijck), administrators' group or "
        "village coordinator. Left out: all of them, or half of them where a group for the whole municipality lies above.",
        examples=[5],
    )
    groups_connected_share: Share = Field(
        1.0, description="Share of the groups that are connected with others. Chance chooses them."
    )
    layout: Layout | None = Field(
        None,
        description="The groups of a structure of your own, with id: custom.",
        examples=[
            {
                "roles": [{"name": "coordinator", "number": "admins_per_group"}],
                "uppers": [{"name": "coordinators", "members": ["coordinator"]}],
                "forwards": [
                    {"from": "group", "to": "coordinators", "by": "coordinator"},
                    {"from": "coordinators", "to": "group", "by": "coordinator"},
                ],
            }
        ],
    )
    cap: int | None = Field(
        None,
        ge=2,
        le=100_000,
        description="Members that fit in one group. Left out: what WhatsApp allowed on the date (group_cap).",
        examples=[256],
    )
    when_full: Literal["no-room", "next-group"] = Field(
        "no-room",
        description="What becomes of those for whom a group has no room. no-room: they are in none; next-group: they make the "
        "next group of the same area, with people of its own for each role, and so on.",
    )
    covered_streets_share: Share = Field(
        1.0, description="Share of the streets that a group covers; who lives elsewhere is in no group. Chance chooses them."
    )
    groups_taking_part: Share = Field(
        1.0,
        description="Share of the groups that hear from the organisers, where outlet is groups; the others talk among "
        "themselves. Chance chooses them.",
    )
    topics: Literal["narrow", "broad"] = Field(
        "narrow", description="What groups talk about besides the exercise. narrow: safety only; broad: also lost cats."
    )
    shopkeepers_until_s: Offset | None = Field(
        None,
        alias="shopkeepers_until",
        description="Until when there are shopkeepers at the shops of the map. They have a group of their own, whose "
        "administrators sit in the group above the residents' groups as theirs do. Left out: no shopkeepers.",
        examples=["21:00"],
    )

    @property
    def plan(self) -> Layout:
        """The groups, and what connects them."""
        layout = self.layout or LAYOUTS[self.parts.residents]
        return _with_administrators(layout) if self.parts.shared and not layout.roles else layout

    @property
    def parts(self) -> Parts:
        """What the id stands for, layer by layer."""
        return parts_of(self.id)

    @property
    def steps(self) -> tuple[int, int]:
        """How many areas make a district, and how many a cluster."""
        extents = {upper.per for upper in self.plan.uppers}
        usual = -(-self.groups // 2) if {"district", "map"} <= extents else self.groups
        return (self.district or usual), self.cluster

    def extents(self, per: Extent) -> int:
        """Count the areas, clusters or districts."""
        if self.plan.areas != "many":
            return 1
        district, cluster = self.steps
        return -(-self.groups // {"area": 1, "cluster": cluster, "district": district, "map": self.groups}[per])

    @model_validator(mode="after")
    def _layout_is_of_custom(self) -> Self:
        if (self.parts.residents == CUSTOM) != (self.layout is not None):
            message = "write what groups there are" if self.layout is None else "this goes with id: custom only"
            refuse([(("layout",), message)])
        if self.parts.shared and self.plan.areas == "none":
            refuse([(("id",), f"{self.parts.broadcast!r} is shared in groups, and layout has none; write broadcast")])
        if self.district and self.district < self.groups and self.district % self.cluster:
            told = (
                f"{self.district} groups are no whole number of clusters of {self.cluster}; write a multiple of {self.cluster}"
            )
            refuse([(("district",), f"{told}, such as {self.cluster}, or another cluster")])
        return self


def outlets(structure: Structure) -> tuple[str, ...]:
    """List where the organisers can tell their news under an alert structure."""
    if structure.parts.outlet:
        return (PUBLIC_PAGE,)
    return (PUBLIC_PAGE, *(("groups",) if structure.plan.areas != "none" else ()), *kinds_of(structure.plan))
