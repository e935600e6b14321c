"""The ids of the alert structures, by themselves so that the command line loads nothing else to tell them.

A structure is joined from parts of several layers with a plus, such as `zoomwijck+broadcast`: of each layer at most one.
"""

from typing import Literal, get_args

ResidentsId = Literal[
    "none",
    "single-group",
    "separate-groups",
    "zoomwijck",
    "zoomwijck-municipal",
    "administrators-group",
    "bridging-coordinators",
    "village-coordinators",
]
"""The groups of residents that come along."""

BroadcastId = Literal["broadcast", "broadcast-shared"]
"""Messages of the control room to whoever is enrolled (Burgernet), by themselves or shared in the groups."""

OutletId = Literal["public-hints"]
"""How the organisers tell their news."""

PatrolId = Literal["patrol-team"]
"""Volunteers who go round the streets."""

PresetId = Literal[ResidentsId, BroadcastId, OutletId, PatrolId]
"""All parts that come along."""

CUSTOM = "custom"
"""Groups as a scenario lays them out."""

PLUS = "+"

LAYERS: dict[str, tuple[str, ...]] = {
    "residents' groups": (*get_args(ResidentsId), CUSTOM),
    "broadcasts": get_args(BroadcastId),
    "outlets": get_args(OutletId),
    "patrols": get_args(PatrolId),
}
"""The parts of each layer, by what they are; in the order in which they are joined."""

MOST_GROUPS = 100
"""Most groups of a structure that is looked at or drawn: more take minutes, and no picture shows them."""

_WITHOUT_GROUPS = {"none", "broadcast", "public-hints", "patrol-team"}


def parts_in(structure_id: str) -> list[str]:
    """Give the parts of an id, in its order."""
    return [part.strip() for part in structure_id.split(PLUS)]


def has_groups(structure_id: str) -> bool:
    """Tell whether an id, perhaps one that nobody here knows, stands for groups of residents."""
    return not set(parts_in(structure_id)) <= _WITHOUT_GROUPS
