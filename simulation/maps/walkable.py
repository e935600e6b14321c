"""Which OpenStreetMap ways one may walk along in the Netherlands and Flanders.

One may walk on a cycle path where there is no footpath, and along any ordinary street whether or not its pavement is drawn
apart; the stock walking filter of OSMnx leaves both out, which makes Dutch networks fall apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WALKABLE_KINDS = frozenset(
    {
        "bridleway",
        "busway",
        "cycleway",
        "footway",
        "living_street",
        "path",
        "pedestrian",
        "primary",
        "primary_link",
        "residential",
        "road",
        "secondary",
        "secondary_link",
        "service",
        "steps",
        "tertiary",
        "tertiary_link",
        "track",
        "unclassified",
    }
)
"""Values of `highway` along which people walk."""

_CLOSED = frozenset({"no", "private"})
_LIT = frozenset({"yes", "24/7", "automatic", "dusk-dawn", "sunset-sunrise", "limited", "interval", "operating_times"})
_UNLIT = frozenset({"no", "disused"})

LIT_UNKNOWN = 255


def reason_not_walkable(tags: Mapping[str, str]) -> str:
    """Say why a `highway` way cannot be walked along; the empty text when it can.

    `foot` is about walkers and wins over `access`, which is about everybody.
    """
    kind = tags["highway"]
    if kind not in WALKABLE_KINDS:
        return f"highway={kind} is not for walkers"
    if tags.get("area") == "yes":
        return "pedestrian area (area=yes), not a line"
    foot = tags.get("foot", "")
    if foot in _CLOSED:
        return f"foot={foot}"
    access = tags.get("access", "")
    if access in _CLOSED and not foot:
        return f"access={access}"
    return ""


def access_of(tags: Mapping[str, str]) -> str:
    """Give what is known about the right to walk: the `foot` value, else the `access` value, else the empty text."""
    return tags.get("foot") or tags.get("access") or ""


def lit_of(tags: Mapping[str, str]) -> int:
    """Give 1 for a lit street, 0 for an unlit one and 255 where it is unknown."""
    value = tags.get("lit", "")
    if value in _LIT:
        return 1
    return 0 if value in _UNLIT else LIT_UNKNOWN
