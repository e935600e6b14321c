"""What an alert structure is laid out of: roles, groups above the residents' groups, and rules of passing on."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from simulation.scenario.fields import Finding, Name, Part, Several, refuse
from simulation.scenario.suggest import did_you_mean

Extent = Literal["area", "cluster", "district", "map"]

GROUP = "group"
"""What the residents' groups are called."""

PUBLIC_PAGE = "public-page"
"""What the page is called that everybody can read."""

BROADCAST = "broadcast"
"""What the channel is called in which the control room reaches whoever is enrolled."""


_TAKEN = {
    *(GROUP, "groups", BROADCAST, PUBLIC_PAGE, "page", "shops"),
    *("resident", "residents", "shopkeeper", "shopkeepers", "official", "officials", "suspect", "suspects", "passer-by"),
    *("desk", "organiser", "organisers", "unit", "units", "patrol-team"),
}
"""What channels, outlets and people are called already, in records and measures."""

PEOPLE_OF_A_ROLE = (
    "steering_members",
    "admins_per_group",
    "liaisons_per_group",
    "coordinators_per_group",
    "coordinators_per_village",
    "officers_per_district",
    "managers_per_district",
)
"""Parameters that count the people of a role. Others count something else, such as call-takers or members that fit."""

_KIND = r"^[a-z][a-z-]{0,39}$"


def _kind(written: str) -> str:
    """Read the name of a role or of a kind of group."""
    if not re.fullmatch(_KIND.strip("^$"), written):
        raise ValueError(f"{written!r:.60} should be small letters and hyphens only, at most 40, beginning with a letter")
    return written


def _parameter(written: Any) -> Any:  # noqa: ANN401 - whatever was written
    """Refuse a number where the name of a parameter belongs."""
    if isinstance(written, int | float):
        told = f"{written!r:.40} is no parameter; name one that counts people, such as {PEOPLE_OF_A_ROLE[1]}, and set that"
        raise ValueError(told)  # noqa: TRY004 - pydantic collects it
    return written


Kind = Annotated[str, AfterValidator(_kind), WithJsonSchema({"type": "string", "pattern": _KIND})]
Headcount = Annotated[Name, BeforeValidator(_parameter)]


class Role(Part):
    """Members of residents' groups who do more than the others, or officials from outside."""

    name: Kind = Field(description="What they are called, in small letters.", examples=["coordinator"])
    number: Headcount = Field(description="Parameter that tells how many there are.", examples=["admins_per_group"])
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
        found = (_taken, _uncounted, _unknown_in_uppers, _unknown_in_forwards, _repeated, _misplaced_holders, _alone_above)
        refuse([*problems, *(finding for find in found for finding in find(self))])
        return self


def _taken(layout: Layout) -> Iterator[Finding]:
    """Find roles and groups above with a name that would be taken for somebody or something else."""
    for key, names in (("roles", [role.name for role in layout.roles]), ("uppers", kinds_of(layout))):
        for number, name in enumerate(names):
            if name in _TAKEN:
                yield (key, number, "name"), f"{name!r} is the name of something else; choose another"


def _uncounted(layout: Layout) -> Iterator[Finding]:
    """Find roles of which no parameter tells how many people have them."""
    for number, role in enumerate(layout.roles):
        if role.number not in PEOPLE_OF_A_ROLE:
            hint = did_you_mean(role.number, PEOPLE_OF_A_ROLE) or f"; write one of {', '.join(PEOPLE_OF_A_ROLE)}"
            yield ("roles", number, "number"), f"no parameter that counts people is called {role.number!r}{hint}"


def _unknown_in_uppers(layout: Layout) -> Iterator[Finding]:
    """Find what the groups above name that is not there."""
    roles = {role.name for role in layout.roles}
    for number, upper in enumerate(layout.uppers):
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


def _repeated(layout: Layout) -> Iterator[Finding]:
    """Find rules of passing on that are there twice."""
    rules = [(forward.source, forward.target, forward.by) for forward in layout.forwards]
    for number, rule in enumerate(rules):
        if rule in rules[:number]:
            source, target, by = rule
            told = f"from {source} to {target} by {by} stands in forwards[{rules.index(rule)}] too; remove one of the two"
            yield ("forwards", number), told


def _stuck(forward: Forward, role: Role) -> str:
    """Say why nobody with a role can pass messages on as a rule says, or nothing."""
    if role.outside and GROUP in {forward.source, forward.target}:
        return f"{role.name!r} lives outside, so sits in no residents' group"
    back = "this leads back to where the message came from:"
    if forward.source == forward.target == GROUP and role.sits_in == "area":
        return f"{back} {role.name!r} sits in one residents' group only; write another sits_in"
    if forward.source == forward.target != GROUP and not (role.outside and role.sits_in != "area"):
        return f"{back} {role.name!r} sits in one group {forward.source!r} only; write another kind of group, or remove this"
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


def kinds_of(layout: Layout) -> tuple[str, ...]:
    """List the names of the kinds of groups above the residents' groups."""
    return tuple(upper.name for upper in layout.uppers)


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"no {what} {name!r} among {', '.join(sorted(known)) or 'none'}{did_you_mean(name, known)}"


def _doubled(key: str, names: list[str]) -> list[Finding]:
    """Find names that occur twice."""
    return [((key, place, "name"), f"{name!r} occurs twice") for place, name in enumerate(names) if name in names[:place]]
