"""Alert structures written by hand, as graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.channels.alertgraph import ORGANISER, make_graph
from simulation.engine.structure import USED
from simulation.scenario.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulation.channels.alertgraph import AlertGraph

SURE = {"p_steward_available": 1.0, "p_admin_forward": 0.5, "judgement_shared": 0.0}
"""Everybody takes part and judges for himself: yes in one of two cases."""


def structure(
    members: Sequence[int],
    passing: Iterable[tuple[str, str, str]],
    *,
    outlets: Sequence[str] = (),
    muted: Iterable[str] = (),
    players: Iterable[str] = (),
    **parameters: float,
) -> AlertGraph:
    """Make a structure.

    Parameters
    ----------
    members
        Members of the group of each area, of whom as many again live there and are in no group; 0 for an area without a group.
    passing
        By whom, from and to which channel: `group-1` and so on, others are groups above. Who is called `p1` or the like lives
        in area 1, and his role is the letter.
    outlets
        Where the organisers post.
    muted, players
        Who has muted groups, and who plays.
    **parameters
        Differing from `SURE` and the registry.
    """
    passing, muted, players = list(passing), set(muted), set(players)
    areas = [
        (
            f"area-{n}",
            {
                "kind": "area",
                "number": n,
                "homes": 2 * many,
                "residents": 2 * many,
                "shops": 0,
                "members": many,
                "xy": (100.0 * n, 0.0),
            },
        )
        for n, many in enumerate(members, 1)
    ]
    groups = [
        (f"group-{n}", {"kind": "group", "area": f"area-{n}", "readers": many}) for n, many in enumerate(members, 1) if many
    ]
    named = dict.fromkeys([*(end for one in passing for end in one[1:]), *outlets])
    uppers = [_upper(key, passing) for key in named if not key.startswith(("group", "public"))]
    uppers += [("public-page", {"kind": "page", "readers": sum(members)})] if "public-page" in outlets else []
    people = [
        (
            who,
            {"kind": "person", "area": f"area-{who[1:]}", "roles": [who[0]], "player": who in players, "muted": who in muted},
        )
        for who in dict.fromkeys(who for who, _, _ in passing)
    ]
    posts = [(ORGANISER, outlet, "may post", {"kind": "may post", "number": 1}) for outlet in outlets]
    edges = [(source, target, who, {"kind": "passes on", "by": who}) for who, source, target in passing]
    sits = dict.fromkeys((who, channel) for who, *ends in passing for channel in ends)
    reads = [(who, channel, "reads", {"kind": "reads", "number": 1}) for who, channel in sits]
    about: Mapping[str, Any] = {
        "structure": "custom",
        "seed": 1,
        "map": "",
        "map_title": "Proef",
        "outlet": outlets[0].rpartition("-")[0] if outlets else "public-page",
        "parameters": {**{name: REGISTRY[name].default for name in USED}, **SURE, **parameters},
    }
    organiser = (ORGANISER, {"kind": "organiser"})
    return make_graph(about, [organiser, *areas, *groups, *uppers, *people], [*posts, *edges, *reads])


def _upper(key: str, passing: Sequence[tuple[str, str, str]]) -> tuple[str, dict[str, Any]]:
    name, _, number = key.rpartition("-")
    inside = list(dict.fromkeys(who for who, *ends in passing if key in ends))
    extent = sorted({f"area-{who[1:]}" for who in inside})
    roles = list(dict.fromkeys(who[0] for who in inside))
    facts = {"kind": "upper", "name": name, "number": int(number), "readers": len(inside), "roles": roles, "extent": extent}
    return key, facts


def both_ways(*links: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Let people pass on in both directions."""
    return [way for who, one, other in links for way in ((who, one, other), (who, other, one))]


def hub(count: int, *letters: str) -> list[tuple[str, str, str]]:
    """Let somebody of each letter connect each of some groups with one above them."""
    return both_ways(*((f"{letter}{n}", f"group-{n}", "top-1") for n in range(1, count + 1) for letter in letters))
