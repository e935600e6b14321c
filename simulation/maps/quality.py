"""Judge whether a pinned map is sound, complete and good enough to play on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from simulation.maps import measures
from simulation.maps.pinned import verify_map
from simulation.maps.walkable import LIT_UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulation.maps.streetmap import StreetMap

NEAR_M = 80.0
"""A home further than this from a street counts as far: in Dutch extracts 99 % stand within 24 to 79 m."""

MAX_FAR_SHARE = 0.01
MAX_ISLAND_SHARE = 0.02
MAX_BLIND_SHARE = 0.25
MIN_LIT_KNOWN_SHARE = 0.5
"""Beyond these shares `check_map` remarks on far homes, homes on islands, homes that see no street, and unknown lighting."""

MAX_DOUBLED_SHARE = 0.25
MAX_UNNAMED_SHARE = 0.1
MAX_HOMES_UNNAMED_SHARE = 0.05
MAX_PRIVATE_SHARE = 0.1
MAX_SOME_ONLY_SHARE = 0.1
MIN_SEEN_SHARE = 0.75
MIN_OVERLOOKED_SHARE = 0.9
"""Beyond these it remarks on what `measures` measures. Six extracts, from a medieval centre to a ribbon village, keep within.

There 2 to 12 % of the network is doubled, up to 2 % of the streets have no name and 0.1 % of the homes no street, up to 4 % of
the ways are private and none is for some only; 78 to 98 % of the streets are seen, and 99 % of the homes overlooked.
"""

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
    doubled_m
        Length of the paths that run beside a street, see `measures.doubled_m`.
    unnamed_share, homes_unnamed
        Share of the length of the streets people live along that has no name; homes whose address has no street.
    private_ways, ways, some_only_share
        Ways left out as private, all ways of the source, and the share of the street length that is for some people only.
    seen_share, homes_overlooked
        Share of the street length that somebody sees from a home, and the homes whose door somebody sees from another home;
        None for a map without sight lines.
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
    doubled_m: float
    unnamed_share: float
    homes_unnamed: int
    private_ways: int
    ways: int
    some_only_share: float
    seen_share: float | None
    homes_overlooked: int | None
    verdict: Verdict = "good"
    reasons: tuple[str, ...] = ()

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
            *self._measured(),
            f"verdict   {self.verdict}" + "".join(f"\n          - {reason}" for reason in self.reasons),
            self.attribution,
        ]

    def _measured(self) -> list[str]:
        """Give the lines about what the map is like to play on."""
        doubled = _percent(self.doubled_m, self.street_m)
        some_only = f"{100 * self.some_only_share:.1f} % of the streets are for some only"
        sight = "sight lines are missing"
        if self.seen_share is not None and self.homes_overlooked is not None:
            overlooked = f"{_percent(self.homes_overlooked, self.homes)} of the homes are in sight of another"
            sight = f"{100 * self.seen_share:.1f} % of the streets are in sight of a home; {overlooked}"
        return [
            f"pavements {self.doubled_m / 1000:.1f} km of paths beside a street, {doubled} of the length drawn twice",
            f"names     missing on {100 * self.unnamed_share:.1f} % of the streets; {self.homes_unnamed} homes have no street",
            f"access    {self.private_ways} of {self.ways} ways left out as private; {some_only}",
            f"sight     {sight}",
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
    known = float(lengths[streets.edge_lit != LIT_UNKNOWN].sum() / lengths.sum()) if len(lengths) else 0.0
    private, ways = measures.private_ways(street_map)
    found = Quality(
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
        homes_nearer_island=int(islands.get("homes_nearer_to_them", 0)),
        addresses_left_out=dict(report.get("addresses", {}).get("left_out", {})),
        homes_far=int((homes.away > NEAR_M).sum()),
        home_furthest_m=round(float(homes.away.max(initial=0.0)), 1),
        homes_blind=None if sight is None else len(homes.key) - len(np.unique(sight.stretch_home)),
        lit_known_share=round(known, 4),
        doubled_m=round(measures.doubled_m(street_map), 1),
        unnamed_share=round(measures.unnamed_share(street_map), 4),
        homes_unnamed=measures.homes_unnamed(street_map),
        private_ways=private,
        ways=ways,
        some_only_share=round(measures.some_only_share(street_map), 4),
        seen_share=None if sight is None else round(measures.seen_share(streets, sight), 4),
        homes_overlooked=None if sight is None else measures.homes_overlooked(street_map, sight),
    )
    verdict, reasons = _judge(found)
    return replace(found, verdict=verdict, reasons=reasons)


def _judge(found: Quality) -> tuple[Verdict, tuple[str, ...]]:
    """Give the verdict and its reasons."""
    homes, blind = found.homes, found.homes_blind
    grave: list[str] = []
    remarks: list[str] = []
    if homes < MIN_HOMES:
        grave.append(f"{homes} homes are too few for an evening, {MIN_HOMES} is the least")
    if blind is None:
        grave.append("without sight lines nobody sees anything: import the source again")
    elif homes and blind > MAX_BLIND_SHARE * homes:
        share = f"{100 * blind / homes:.0f} % of the homes see no street: are the buildings complete and in place?"
        (grave if blind > MAX_BLIND_SHARE_USABLE * homes else remarks).append(share)
    remarks += [*_remarks_on_homes(found), *_remarks_on_streets(found)]
    if grave:
        return "not usable", (*grave, *remarks)
    return ("usable with remarks" if remarks else "good"), tuple(remarks)


def _remarks_on_homes(found: Quality) -> Iterator[str]:
    """Say what is wrong with where the homes stand."""
    homes = found.homes
    if found.homes_far > MAX_FAR_SHARE * homes:
        yield f"{_percent(found.homes_far, homes)} of the homes are further than {NEAR_M:.0f} m from any street"
    if found.homes_nearer_island > MAX_ISLAND_SHARE * homes:
        yield f"{_percent(found.homes_nearer_island, homes)} of the homes are nearer to a street that is not connected"
    if found.homes_unnamed > MAX_HOMES_UNNAMED_SHARE * homes:
        yield f"{_percent(found.homes_unnamed, homes)} of the homes have no street in their address"
    if found.homes_overlooked is not None and found.homes_overlooked < MIN_OVERLOOKED_SHARE * homes:
        yield f"only {_percent(found.homes_overlooked, homes)} of the homes have their door in sight of another home"


def _remarks_on_streets(found: Quality) -> Iterator[str]:
    """Say what is wrong with the streets."""
    if found.lit_known_share < MIN_LIT_KNOWN_SHARE:
        yield f"lighting is known for only {100 * found.lit_known_share:.0f} % of the streets, which matters after dark"
    if found.doubled_m > MAX_DOUBLED_SHARE * found.street_m:
        share = _percent(found.doubled_m, found.street_m)
        yield f"{share} of the street length is a path drawn beside a street: people are thinned out over both"
    if found.unnamed_share > MAX_UNNAMED_SHARE:
        yield f"{100 * found.unnamed_share:.1f} % of the streets have no name, so that no message can name them"
    if found.private_ways > MAX_PRIVATE_SHARE * found.ways:
        share = _percent(found.private_ways, found.ways)
        yield f"{share} of the ways are private and left out, and whoever lives there comes out elsewhere"
    if found.some_only_share > MAX_SOME_ONLY_SHARE:
        yield f"{100 * found.some_only_share:.1f} % of the streets are for some people only, and everybody walks there"
    if found.seen_share is not None and found.seen_share < MIN_SEEN_SHARE:
        yield f"only {100 * found.seen_share:.1f} % of the streets are in sight of a home"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0.0 %"
