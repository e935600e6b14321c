"""Whether an alert structure agrees with the rest of a scenario: its outlet, its numbers, and when play starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.scenario.layout import GROUP, PUBLIC_PAGE
from simulation.scenario.registry import on_date
from simulation.scenario.structures import outlets
from simulation.structure_ids import CUSTOM

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from simulation.scenario.fields import Finding
    from simulation.scenario.layout import Layout, Role
    from simulation.scenario.model import Scenario
    from simulation.scenario.parameters import Parameters
    from simulation.scenario.structures import Structure

_UNTIL = ("structure", "shopkeepers_until")
_GROUP_CAP = "group_cap"
_SHARES = {
    "groups": ("covered_streets_share", "groups_taking_part"),
    "uppers": ("covered_streets_share", "groups_connected_share"),
}
"""Shares of a structure without which an outlet reaches nobody."""


def disagreements(scenario: Scenario) -> list[Finding]:
    """Find all in which the structure of a scenario does not agree with the rest of it; paths lead from the scenario."""
    structure, outlet = scenario.structure, scenario.outlet
    return [*in_structure(structure, outlet), *in_numbers(structure, outlet, scenario.parameters, scenario.date)]


def in_structure(structure: Structure, outlet: str) -> Iterator[Finding]:
    """Find an outlet that reaches nobody, shopkeepers who hang under nothing, and groups above that nothing comes into."""
    problem = misplaced(outlet, structure) or _uncovered(outlet, structure)
    if problem:
        yield ("outlet",), problem
    problem = detached(structure)
    if problem:
        yield _UNTIL, problem
    if structure.parts.residents == CUSTOM and (outlet == PUBLIC_PAGE or not misplaced(outlet, structure)):
        yield from _unreached(structure.plan, outlet)


def in_numbers(structure: Structure, outlet: str, parameters: Parameters, date: dt.date) -> Iterator[Finding]:
    """Find groups that do not hold those who are to have a role in them, and an outlet above in which nobody is."""
    usual = parameters[_GROUP_CAP]
    cap = structure.cap or round(usual if _GROUP_CAP in parameters.overridden else on_date(date, _GROUP_CAP, usual))
    for role in structure.plan.roles:
        number = round(parameters[role.number])
        if role.per == "area" and not role.outside and number > cap:
            yield _overfull(structure, parameters, role, cap)
    roles = {role.name: role for role in structure.plan.roles}
    for upper in structure.plan.uppers:
        numbers = [roles[name].number for name in upper.members if not roles[name].outside]
        if upper.name == outlet and not any(round(parameters[name]) for name in numbers):
            written = ", ".join(f"{name}: 0" for name in dict.fromkeys(numbers))
            yield ("parameters", numbers[0]), f"with {written} nobody is in {outlet!r} (outlet); write at least 1"


def shut(until_s: float | None, starts_s: float) -> bool:
    """Tell whether shopkeepers have left when play starts."""
    return until_s is not None and until_s <= starts_s


def misplaced(outlet: str, structure: Structure) -> str:
    """Say why the organisers cannot tell their news somewhere under an alert structure, or nothing."""
    known = outlets(structure)
    if outlet in known:
        return ""
    why = f"contradicts {structure.parts.outlet}" if structure.parts.outlet else "reaches nobody"
    return f"{outlet!r} {why} while structure has id: {structure.id}; write {' or '.join(known)}"


def _uncovered(outlet: str, structure: Structure) -> str:
    """Say so where a share of a structure leaves nobody whom an outlet reaches."""
    for name in _SHARES["groups" if outlet == "groups" else "uppers"]:
        if outlet != PUBLIC_PAGE and not getattr(structure, name):
            return f"{outlet!r} reaches nobody while structure has {name}: 0; write {PUBLIC_PAGE}"
    return ""


def detached(structure: Structure) -> str:
    """Say so where there are shopkeepers under an alert structure, and no group above that theirs can hang under."""
    if structure.shopkeepers_until_s is None:
        return ""
    plan, told = structure.plan, f"while structure has id: {structure.id}"
    between = _between(plan)
    if not plan.uppers:
        why = f"no group lies above the residents' groups {told}, so none that the shopkeepers' group can hang under"
        return f"{why}; write administrators-group, or leave this out"
    if not between:
        why = f"nobody passes messages on between {GROUP!r} and a group above {told}, so the shopkeepers hear and tell nothing"
        return f"{why}; add a forward, or leave this out"
    if any(role.per == "area" for role in between):
        return ""
    role = between[0]
    why = f"the role {role.name!r} has per: {role.per} {told}, so the shopkeepers' group has nobody of its own who has it"
    return f"{why}; give the role per: area, or leave this out"


def _between(layout: Layout) -> list[Role]:
    """List the roles of those who pass messages on between the residents' groups and a group above in which they sit."""
    above = {(upper.name, member) for upper in layout.uppers for member in upper.members}
    ends = ((forward.source, forward.target, forward.by) for forward in layout.forwards)
    by = {by for source, target, by in ends if GROUP in {source, target} and above & {(source, by), (target, by)}}
    return [role for role in layout.roles if role.name in by]


def _unreached(layout: Layout, outlet: str) -> Iterator[Finding]:
    """Find rules by which messages go on from a group above that no message ever comes into."""
    reached, fresh = {GROUP, outlet}, True
    while fresh:
        into = {forward.target for forward in layout.forwards if forward.source in reached}
        fresh = not into <= reached
        reached |= into
    for number, forward in enumerate(layout.forwards):
        if forward.source not in reached:
            told = f"nothing ever comes into {forward.source!r}: no forward leads there, and outlet is {outlet!r}"
            path = ("structure", "layout", "forwards", number, "from")
            yield path, f"{told}; add a forward to it, or remove this one"


def _overfull(structure: Structure, parameters: Parameters, role: Role, cap: int) -> Finding:
    """Point at what was written of how many have a role in each group, and how many members fit in one."""
    number = round(parameters[role.number])
    told = f"each group is to have {number:,} people with the role {role.name!r} ({role.number})"
    fits = f"{cap:,} members fit in one"
    if structure.cap is not None:
        return ("structure", "cap"), f"{told}, but {fits}; write at least {number}"
    if _GROUP_CAP in parameters.overridden:
        return ("parameters", _GROUP_CAP), f"{told}, but {fits}; write at least {number}"
    return ("parameters", role.number), f"{told}, but {fits} on this date ({_GROUP_CAP}); write at most {cap}"
