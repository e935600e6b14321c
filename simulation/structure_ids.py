"""The ids of the alert structures, by themselves so that the command line loads nothing else to tell them."""

from typing import Literal

PresetId = Literal[
    "none",
    "single-group",
    "separate-groups",
    "zoomwijck",
    "zoomwijck-municipal",
    "administrators-group",
    "bridging-coordinators",
    "village-coordinators",
]
"""Structures that come along."""

StructureId = Literal[PresetId, "custom"]
"""All structures."""
