"""Judge whether a pinned map is sound, complete and good enough to play on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from simulation.maps.pinned import verify_map
from simulation.maps.walkable import LIT_UNKNOWN

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.maps.streetmap import StreetMap

NEAR_M = 80.0
"""A home further than this from a street counts as far: in Dutch extracts 99 % stand within 24 to 79 m."""

MAX_FAR_SHARE = 0.01
MAX_ISLAND_SHARE = 0.02
MAX_BLIND_SHARE = 0.25
MIN_LIT_KNOWN_SHARE = 0.5
"""Beyond these shares `check_map` remarks on far homes, homes on islands, homes that see no street, and unknown lighting."""

MIN_HOMES = 10
MAX_BLIND_SHARE_USABLE = 0.75
"""With fewer homes, or with more of them blind, a map is not usable."""

Verdict = Literal["good", "usable with remarks", "not usable"]


@dataclass(frozen=True)
class Quality:
    """What `check_map` found; lengths in metres, shares from 0 to 1.

    Parameters
    ----------
    title, digest, source_date, attribution, epsg
        From the map. Its digest has been checked.
    nodes, edges, street_m, dead_ends
        The street network.
    homes, buildings, places
        Numbers of addresses, building outlines, and shops, schools, care homes and crossings.
    islands, island_m, homes_nearer_island
        Parts left out because they are not connected, their length, and the homes to which one of them is nearer than any
        street kept.
    addresses_left_out
        Addresses of the source that are not in the map, by reason.
    homes_far, home_furthest_m
        Homes further than `NEAR_M` from a street, and the furthest.
    homes_blind
        Homes that see no street; None for a map without sight lines.
    lit_known_share
        Share of the street length of which the lighting is known.
    verdict, reasons
        The judgement, and why it is not simply good.
    """

    title: str
    digest: str
    source_date: str | None
    attribution: str
    epsg: int
    nodes: int
    edges: int
    street_m: float
    dead_ends: int
    homes: int
    buildings: int
    places: int
    islands: int
    island_m: float
    homes_nearer_island: int
    addresses_left_out: dict[str, int]
    homes_far: int
    home_furthest_m: float
    homes_blind: int | None
    lit_known_share: float
    verdict: Verdict
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give everything as a JSON object."""
        return {**asdict(self), "reasons": list(self.reasons)}

    def lines(self) -> list[str]:
        """Give the findings as lines of text."""
        left_out = ", ".join(f"{number} {reason}" for reason, number in self.addresses_left_out.items()) or "none"
        far = f"{self.homes_far} further than {NEAR_M:.0f} m from a street (furthest {self.home_furthest_m:.0f} m)"
        blind = "sight lines are missing" if self.homes_blind is None else f"{self.homes_blind} see no street"
        return [
            f"{self.title or 'untitled map'} (data of {self.source_date or 'unknown date'}, EPSG:{self.epsg})",
            f"digest    {self.digest} fits the contents",
            f"streets   {self.street_m / 1000:.1f} km, {self.edges} edges, {self.nodes} nodes, {self.dead_ends} dead ends",
            f"islands   {self.islands} left out, {self.island_m:.0f} m; {self.homes_nearer_island} homes are nearer to one",
            f"homes     {self.homes}; {far}; {blind}",
            f"left out  addresses: {left_out}",
            f"buildings {self.buildings}; shops, schools, care homes and crossings {self.places}",
            f"lighting  known for {100 * self.lit_known_share:.0f} % of the streets",
            f"verdict   {self.verdict}" + "".join(f"\n          - {reason}" for reason in self.reasons),
            self.attribution,
        ]


def check_map(path: Path) -> Quality:
    """Check a pinned map with its digest; a damaged file raises MapError."""
    return judge_map(verify_map(path))


def judge_map(street_map: StreetMap) -> Quality:
    """Measure a map and judge it."""
    streets, homes, sight = street_map.streets, street_map.homes, street_map.sight
    lengths = street_map.edge_lengths()
    report = street_map.about.get("report", {})
    islands = report.get("islands", {})
    blind = None if sight is None else len(homes.key) - len(np.unique(sight.stretch_home))
    far = int((homes.away > NEAR_M).sum())
    known = float(lengths[streets.edge_lit != LIT_UNKNOWN].sum() / lengths.sum()) if len(lengths) else 0.0
    nearer_island = int(islands.get("homes_nearer_to_them", 0))
    verdict, reasons = _judge(len(homes.key), blind, {"far": far, "island": nearer_island}, known)
    return Quality(
        title=str(street_map.about.get("title", "")),
        digest=street_map.digest,
        source_date=street_map.about.get("source_date"),
        attribution=str(street_map.about.get("attribution", "")),
        epsg=street_map.epsg,
        nodes=len(streets.node_osm),
        edges=len(streets.edge_lit),
        street_m=round(float(lengths.sum()), 1),
        dead_ends=int((np.bincount(streets.edge_nodes.ravel(), minlength=1) == 1).sum()),
        homes=len(homes.key),
        buildings=len(street_map.buildings.osm),
        places=len(street_map.places.osm),
        islands=int(islands.get("parts", 0)),
        island_m=float(islands.get("street_m", 0.0)),
        homes_nearer_island=nearer_island,
        addresses_left_out=dict(report.get("addresses", {}).get("left_out", {})),
        homes_far=far,
        home_furthest_m=round(float(homes.away.max(initial=0.0)), 1),
        homes_blind=blind,
        lit_known_share=round(known, 4),
        verdict=verdict,
        reasons=reasons,
    )


def _judge(homes: int, blind: int | None, astray: dict[str, int], lit_known: float) -> tuple[Verdict, tuple[str, ...]]:
    """Give the verdict and its reasons."""
    grave: list[str] = []
    remarks: list[str] = []
    if homes < MIN_HOMES:
        grave.append(f"{homes} homes are too few for an evening, {MIN_HOMES} is the least")
    if blind is None:
        grave.append("without sight lines nobody sees anything: import the source again")
    elif homes and blind > MAX_BLIND_SHARE * homes:
        share = f"{100 * blind / homes:.0f} % of the homes see no street: are the buildings complete and in place?"
        (grave if blind > MAX_BLIND_SHARE_USABLE * homes else remarks).append(share)
    if astray["far"] > MAX_FAR_SHARE * homes:
        remarks.append(f"{100 * astray['far'] / homes:.1f} % of the homes are further than {NEAR_M:.0f} m from any street")
    if astray["island"] > MAX_ISLAND_SHARE * homes:
        remarks.append(f"{100 * astray['island'] / homes:.1f} % of the homes are nearer to a street that is not connected")
    if lit_known < MIN_LIT_KNOWN_SHARE:
        remarks.append(f"lighting is known for only {100 * lit_known:.0f} % of the streets, which matters after dark")
    if grave:
        return "not usable", (*grave, *remarks)
    return ("usable with remarks" if remarks else "good"), tuple(remarks)
