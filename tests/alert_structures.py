"""The alert structures under which contracts are held."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from simulation.scenario.structures import GROUP, Forward, Layout, Role

CONNECTED = ["zoomwijck", "zoomwijck-municipal", "administrators-group", "bridging-coordinators", "village-coordinators"]
PRESETS = ["none", "single-group", "separate-groups", *CONNECTED]
VARIANTS: dict[str, dict[str, Any]] = {
    "one steering group": {"id": "zoomwijck", "cluster": 3},
    "small groups": {"id": "administrators-group", "cap": 12},
    "officers between districts": {"id": "administrators-group", "district": 1},
    "partly connected": {"id": "bridging-coordinators", "groups_connected_share": 0.6},
    "relay of our own": {
        "id": "custom",
        "layout": Layout(
            roles=(Role(name="relay", number="admins_per_group", sits_in="map"),),
            forwards=(Forward(source=GROUP, target=GROUP, by="relay"),),
        ),
    },
}
"""Structures other than those that come along."""
PAIRS = list(combinations([*PRESETS, *VARIANTS], 2))
SHOPS: dict[str, dict[str, Any]] = {
    f"{name} with shopkeepers": {"id": name, "shopkeepers_until_s": 1800.0}
    for name in ("administrators-group", "zoomwijck", "village-coordinators+patrol-team")
}
"""Structures in whose worlds there are shopkeepers besides the residents."""
SHOP_PAIRS = list(combinations(SHOPS, 2))
JOINED = [
    "broadcast",
    "separate-groups+broadcast",
    "broadcast-shared",
    "zoomwijck+broadcast-shared",
    "zoomwijck+public-hints",
    "patrol-team",
    "zoomwijck+broadcast+patrol-team",
]
JOINED_PAIRS = [
    ("none", "broadcast"),
    ("separate-groups", "separate-groups+broadcast"),
    ("separate-groups+broadcast", "broadcast-shared"),
    ("broadcast", "zoomwijck+broadcast-shared"),
    ("zoomwijck", "zoomwijck+broadcast-shared"),
    ("zoomwijck", "zoomwijck+public-hints"),
    ("patrol-team", "single-group+patrol-team"),
]
