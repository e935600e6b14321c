"""Alert structures as data: which groups there are, who is in them, and who passes messages on from which to which.

The map is divided into areas, each with a residents' group; some areas next to each other make a cluster, and some more a
district. Above the residents' groups lie others, whose members were chosen from them. Who sits in two groups passes messages
on from the one to the other, where a rule says so and he judges that they matter there.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from simulation.scenario.fields import Finding, Name, Offset, Part, Several, Share, refuse
from simulation.scenario.joining import Parts, faults, joined, parts_of
from simulation.scenario.registry import REGISTRY
from simulation.scenario.suggest import did_you_mean
from simulation.structure_ids import CUSTOM, LAYERS, PLUS

Extent = Literal["area", "cluster", "district", "map"]
Kind = Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,39}$")]

GROUP = "group"
"""What the residents' groups are called."""

PUBLIC_PAGE = "public-page"
"""What the page is called that everybody can read."""

BROADCAST = "broadcast"
"""What the channel is called in which the control room reaches whoever is enrolled."""


class Role(Part):
    """Members of residents' groups who do more than the others, or officials from outside."""

    name: Kind = Field(description="What they are called, in small letters.", examples=["coordinator"])
    number: Name = Field(description="Parameter that tells how many there are.", examples=["admins_per_group"])
    per: Extent = Field("area", description="For each of which there are so many: area, cluster, district or map.")
    sits_in: Literal["area", "neighbours", "cluster", "district", "map"] = Field(
        "area",
        description="In whose residents' groups each sits: his own, also those next to it, or all of an extent. From outside: "
        "in the groups above of whom.",
    )
    outside: bool = Field(
        default=False,
        description="Whether they live elsewhere, such as neighbourhood officers: they sit in groups above only, and pass "
        "messages on while on duty.",
    )


class Upper(Part):
    """A kind of group above the residents' groups."""

    name: Kind = Field(description="What it is called, in small letters.", examples=["coordinators"])
    per: Extent = Field("map", description="There is one for each of these: area, cluster, district or map.")
    members: Several[Name] = Field(min_length=1, description="The roles of its members.", examples=[["coordinator"]])


class Forward(Part):
    """Who passes messages on, from which kind of group to which: whoever has the role and sits in both."""

    source: Name = Field(
        alias="from", description="Kind of group in which he reads them: group, or one above.", examples=[GROUP]
    )
    target: Name = Field(alias="to", description="Kind of group to which he passes them on.", examples=["coordinators"])
    by: Name = Field(description="The role.", examples=["coordinator"])
    case_holder: bool = Field(
        default=False,
        description="Whether one of them takes on what the organisers tell in that group above, and the others leave it to "
        "him; if it tells of a suspect he is the case holder of the residents' group, unless it has one.",
    )


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
        if self.areas == "none" and (self.roles or self.uppers or self.forwards):
            refuse([(("areas",), "without residents' groups nobody has a role or passes messages on")])
        problems = [*_doubled("roles", [role.name for role in self.roles]), *_doubled("uppers", [*kinds_of(self)])]
        for number, role in enumerate(self.roles):
            known = REGISTRY.get(role.number)
            if known is None or known.unit != "count":
                told = f"no parameter that counts people is called {role.number!r}"
                problems.append((("roles", number, "number"), told + did_you_mean(role.number, _COUNTS)))
        found = (_unknown_in_uppers, _unknown_in_forwards, _misplaced_holders, _alone_above)
        refuse([*problems, *(finding for find in found for finding in find(self))])
        return self


_COUNTS = tuple(name for name, known in REGISTRY.items() if known.unit == "count")


def _unknown_in_uppers(layout: Layout) -> Iterator[Finding]:
    """Find what the groups above name that is not there."""
    roles = {role.name for role in layout.roles}
    for number, upper in enumerate(layout.uppers):
        if upper.name in {GROUP, BROADCAST, "groups", "shopkeepers", PUBLIC_PAGE}:
            yield ("uppers", number, "name"), f"{upper.name!r} is the name of something else; choose another"
        for place, name in enumerate(upper.members):
            if name not in roles:
                yield ("uppers", number, "members", place), _unknown("role", name, roles)


def _unknown_in_forwards(layout: Layout) -> Iterator[Finding]:
    """Find what the rules of passing on name that is not there, and rules by which nobody can pass anything on."""
    roles, members = {role.name: role for role in layout.roles}, {upper.name: upper.members for upper in layout.uppers}
    kinds = {GROUP, *members}
    for number, forward in enumerate(layout.forwards):
        if forward.by not in roles:
            yield ("forwards", number, "by"), _unknown("role", forward.by, roles)
        for key, name in (("from", forward.source), ("to", forward.target)):
            if name not in kinds:
                yield ("forwards", number, key), _unknown("kind of group", name, kinds)
            elif forward.by in roles and name != GROUP and forward.by not in members[name]:
                yield ("forwards", number, "by"), f"{forward.by!r} is no member of {name!r}, so passes nothing on there"
        if forward.by in roles:
            told = _stuck(forward, roles[forward.by])
            if told:
                yield ("forwards", number, "by"), told


def _stuck(forward: Forward, role: Role) -> str:
    """Say why nobody with a role can pass messages on as a rule says, or nothing."""
    if role.outside and GROUP in {forward.source, forward.target}:
        return f"{role.name!r} lives outside, so sits in no residents' group"
    if forward.source == forward.target == GROUP and role.sits_in == "area":
        return f"{role.name!r} sits in one residents' group only; write another sits_in"
    if forward.source == forward.target != GROUP and not (role.outside and role.sits_in != "area"):
        return f"{role.name!r} sits in one group {forward.source!r} only"
    return ""


def _alone_above(layout: Layout) -> Iterator[Finding]:
    """Find groups above in which nobody of the residents sits, so that they belong to no part of the map."""
    outside = {role.name for role in layout.roles if role.outside}
    for number, upper in enumerate(layout.uppers):
        if outside.issuperset(upper.members):
            yield ("uppers", number, "members"), "nobody here lives on the map; add a role of residents"


def _misplaced_holders(layout: Layout) -> Iterator[Finding]:
    """Find case holders of what is no residents' group, or who are told nothing from above."""
    for number, forward in enumerate(layout.forwards):
        if forward.case_holder and not (forward.source != GROUP == forward.target):
            yield ("forwards", number, "case_holder"), f"this goes from a group above to {GROUP!r} only"


def _hangs_below(layout: Layout) -> bool:
    """Tell whether people of each residents' group pass messages on between it and a group above, as those of others can."""
    own = {role.name for role in layout.roles if role.per == "area"}
    above = {(upper.name, member) for upper in layout.uppers for member in own.intersection(upper.members)}
    ends = ((forward.source, forward.target, forward.by) for forward in layout.forwards)
    return any(GROUP in {source, target} and above & {(source, by), (target, by)} for source, target, by in ends)


def kinds_of(layout: Layout) -> tuple[str, ...]:
    """List the names of the kinds of groups above the residents' groups."""
    return tuple(upper.name for upper in layout.uppers)


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"no {what} {name!r} among {', '.join(sorted(known)) or 'none'}{did_you_mean(name, known)}"


def _doubled(key: str, names: list[str]) -> list[Finding]:
    """Find names that occur twice."""
    return [((key, place, "name"), f"{name!r} occurs twice") for place, name in enumerate(names) if name in names[:place]]


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
            refuse([(("district",), f"{self.district} groups are no whole number of clusters of {self.cluster}")])
        return self


SHARES_OF = {
    "groups": ("covered_streets_share", "groups_taking_part"),
    "uppers": ("covered_streets_share", "groups_connected_share"),
}
"""Shares of a structure without which an outlet reaches nobody."""


def outlets(structure: Structure) -> tuple[str, ...]:
    """List where the organisers can tell their news under an alert structure."""
    if structure.parts.outlet:
        return (PUBLIC_PAGE,)
    return (PUBLIC_PAGE, *(("groups",) if structure.plan.areas != "none" else ()), *kinds_of(structure.plan))


def detached(structure: Structure) -> str:
    """Say so where there are shopkeepers under an alert structure, and no group above that theirs can hang under."""
    if structure.shopkeepers_until_s is None or _hangs_below(structure.plan):
        return ""
    why = f"no group lies above the residents' groups while structure has id: {structure.id}"
    return f"{why}, so none that the shopkeepers' group can hang under; write administrators-group, or leave this out"


def misplaced(outlet: str, structure: Structure) -> str:
    """Say why the organisers cannot tell their news somewhere under an alert structure, or nothing."""
    known = outlets(structure)
    if outlet in known:
        return ""
    why = f"contradicts {structure.parts.outlet}" if structure.parts.outlet else "reaches nobody"
    return f"{outlet!r} {why} while structure has id: {structure.id}; write {' or '.join(known)}"
