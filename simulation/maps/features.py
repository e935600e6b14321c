"""One pass over an OpenStreetMap file: keep what a neighbourhood needs, as tables sorted by id.

Whatever the order of the objects in the file, the tables are the same.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import osmium
from osmium.osm import Node as OsmNode
from osmium.osm import Relation as OsmRelation
from osmium.osm import Way as OsmWay

from simulation.maps.account import Account
from simulation.maps.texts import MAX_TEXT, clean_text

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from osmium.io import Header

    from simulation.maps.source import Source

MAX_NODES = 5_000_000
MAX_WAYS = 1_000_000
MAX_RELATIONS = 100_000
MAX_REFERENCES = 10_000_000
"""Limits on what is kept in memory; a Dutch city of a million people stays below them."""

UNDEFINED = 2_147_483_647
DEGREE = 10_000_000
"""Positions are whole numbers of 1e-7 degrees, as in OpenStreetMap itself."""

KEPT_KEYS = frozenset(
    {
        "access",
        "addr:housename",
        "addr:housenumber",
        "addr:interpolation",
        "addr:place",
        "addr:postcode",
        "addr:street",
        "addr:unit",
        "amenity",
        "area",
        "building",
        "foot",
        "highway",
        "landuse",
        "lit",
        "name",
        "natural",
        "shop",
        "social_facility",
        "type",
        "waterway",
    }
)
_NODE_KEYS = frozenset({"addr:housenumber", "amenity", "building", "shop", "social_facility"})

Tags = dict[str, str]


class Way(NamedTuple):
    """An OpenStreetMap way; `nodes` are rows of the node table, -1 for a node that the file lacks."""

    id: int
    tags: Tags
    nodes: NDArray[np.int64]

    @property
    def closed(self) -> bool:
        """Whether the way ends where it begins, with every corner in the file."""
        return len(self.nodes) > 3 and bool(self.nodes[0] == self.nodes[-1]) and bool((self.nodes >= 0).all())  # noqa: PLR2004


class Relation(NamedTuple):
    """An OpenStreetMap relation; `members` are `(way id, role)`, nodes and relations left away."""

    id: int
    tags: Tags
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class OsmData:
    """What was read, each table sorted by id.

    Parameters
    ----------
    node_ids
        Ids of all nodes that have a position.
    lon_lat
        Their positions, degrees.
    tagged_nodes
        Row of the node table and tags, of the nodes whose tags matter.
    ways, relations
        Ways with their tags (possibly none, as parts of a relation), and relations.
    bounds
        `(min_lon, min_lat, max_lon, max_lat)` from the head of the file; None without one.
    generator, date
        Program that made the file; date of the data (ISO) or None where the file tells none.
    objects
        Account of the objects.
    """

    node_ids: NDArray[np.int64]
    lon_lat: NDArray[np.float64]
    tagged_nodes: list[tuple[int, Tags]]
    ways: dict[int, Way]
    relations: list[Relation]
    bounds: tuple[float, float, float, float] | None
    generator: str
    date: str | None
    objects: Account


@dataclass
class _Collector:
    """Grows while the file is read."""

    source: Source
    account: Account = field(default_factory=Account)
    node: tuple[array[int], array[int], array[int], array[int]] = field(
        default_factory=lambda: (array("q"), array("q"), array("i"), array("i"))
    )
    tagged: dict[int, tuple[int, Tags]] = field(default_factory=dict)
    ways: dict[int, tuple[int, Tags, array[int]]] = field(default_factory=dict)
    relations: dict[int, tuple[int, Tags, tuple[tuple[int, str], ...]]] = field(default_factory=dict)
    references: int = 0
    newest: str = ""

    def read(self, thing: OsmNode | OsmWay | OsmRelation) -> None:
        """Take in one object of any kind."""
        self.account.in_file += 1
        if isinstance(thing, OsmNode):
            self._read_node(thing)
        elif isinstance(thing, OsmWay):
            self._read_way(thing)
        else:
            self._read_relation(thing)

    def _read_node(self, node: OsmNode) -> None:
        ids, versions, lons, lats = self.node
        place = node.location
        ids.append(node.id)
        versions.append(node.version)
        lons.append(place.x)
        lats.append(place.y)
        if len(ids) > MAX_NODES:
            self._refuse("nodes", MAX_NODES)
        if len(node.tags):
            self._note_date(node)
            tags = self._tags(node)
            if not _NODE_KEYS.isdisjoint(tags) or tags.get("highway") == "crossing":
                seen = self.tagged.get(node.id)
                candidate = (node.version, tags)
                if seen is None or _later(candidate, seen):
                    self.tagged[node.id] = candidate

    def _read_way(self, way: OsmWay) -> None:
        refs = array("q", [node.ref for node in way.nodes])
        self.references += len(refs)
        self._note_date(way)
        candidate = (way.version, self._tags(way), refs)
        seen = self.ways.get(way.id)
        if seen is None or _later(candidate, seen):
            self.ways[way.id] = candidate
        if seen is not None:
            self.account.leave_out("repeated object")
        if len(self.ways) > MAX_WAYS:
            self._refuse("ways", MAX_WAYS)
        if self.references > MAX_REFERENCES:
            self._refuse("references", MAX_REFERENCES)

    def _read_relation(self, relation: OsmRelation) -> None:
        members = tuple((member.ref, clean_text(member.role)) for member in relation.members if member.type == "w")
        self.references += len(members)
        candidate = (relation.version, self._tags(relation), members)
        seen = self.relations.get(relation.id)
        if seen is None or _later(candidate, seen):
            self.relations[relation.id] = candidate
        if seen is not None:
            self.account.leave_out("repeated object")
        if len(self.relations) > MAX_RELATIONS:
            self._refuse("relations", MAX_RELATIONS)
        if self.references > MAX_REFERENCES:
            self._refuse("references", MAX_REFERENCES)

    def _tags(self, thing: OsmNode | OsmWay | OsmRelation) -> Tags:
        """Keep the tags that matter, cleaned."""
        tags: Tags = {}
        for tag in thing.tags:
            key = tag.k
            if key in KEPT_KEYS:
                value = tag.v
                text = clean_text(value)
                if text != value:
                    self.account.remark("text shortened" if len(value) > MAX_TEXT else "text cleaned")
                tags[key] = text
        return tags

    def _note_date(self, thing: OsmNode | OsmWay | OsmRelation) -> None:
        if thing.version:
            date = thing.timestamp.date().isoformat()
            self.newest = max(self.newest, date)

    def _refuse(self, what: str, most: int) -> None:
        way_out = "Cut the neighbourhood out of it first, for example with `osmium extract`."
        raise self.source.problem(f"has more than {most:,} {what}. {way_out}")

    def finish(self, header: Header) -> OsmData:
        """Turn what was read into sorted tables."""
        node_ids, lon_lat = self._node_table()
        tagged = sorted(self.tagged.items())
        rows = _rows(node_ids, np.array([number for number, _ in tagged], dtype=np.int64))
        self.account.kept = self.account.in_file - sum(self.account.left_out.values())
        date = header.get("timestamp", "") or header.get("osmosis_replication_timestamp", "")
        return OsmData(
            node_ids=node_ids,
            lon_lat=lon_lat,
            tagged_nodes=[(int(row), tags) for row, (_, (_, tags)) in zip(rows, tagged, strict=True) if row >= 0],
            ways=self._way_table(node_ids),
            relations=[Relation(number, tags, members) for number, (_, tags, members) in sorted(self.relations.items())],
            bounds=_bounds(header),
            generator=clean_text(header.get("generator", "")),
            date=clean_text(date)[:10] or self.newest or None,
            objects=self.account,
        )

    def _node_table(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Sort the nodes by id; of several with one id keep the latest version that has a position."""
        ids, versions, lons, lats = (np.array(column, dtype=np.int64) for column in self.node)
        placed = (lons != UNDEFINED) & (np.abs(lons) <= 180 * DEGREE) & (np.abs(lats) <= 90 * DEGREE)
        self.account.leave_out("node without a valid position", int((~placed).sum()))
        order = np.flatnonzero(placed)
        order = order[np.lexsort((lats[order], lons[order], versions[order], ids[order]))]
        last = np.ones(len(order), dtype=bool)
        last[:-1] = ids[order][1:] != ids[order][:-1]
        self.account.leave_out("repeated object", int((~last).sum()))
        chosen = order[last]
        return ids[chosen], np.stack([lons[chosen], lats[chosen]], axis=1) / DEGREE

    def _way_table(self, node_ids: NDArray[np.int64]) -> dict[int, Way]:
        """Sort the ways by id, and look all their nodes up at once."""
        ways = sorted(self.ways.items())
        ends = np.cumsum([0, *(len(refs) for _, (_, _, refs) in ways)])
        flat = array("q")
        for _, (_, _, refs) in ways:
            flat.extend(refs)
        rows = _rows(node_ids, np.array(flat, dtype=np.int64))
        return {
            number: Way(number, tags, rows[start:end])
            for (number, (_, tags, _)), start, end in zip(ways, ends[:-1].tolist(), ends[1:].tolist(), strict=True)
        }


def _later(candidate: tuple[object, ...], seen: tuple[object, ...]) -> bool:
    """Whether a repeated object replaces the earlier one: by version, then by contents, so that order plays no part."""
    return (candidate[0], repr(candidate[1:])) > (seen[0], repr(seen[1:]))


def _rows(node_ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the rows of the wanted ids in a sorted table; -1 where it lacks one."""
    if not len(node_ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = np.searchsorted(node_ids, wanted)
    rows[rows == len(node_ids)] = 0
    return np.where(node_ids[rows] == wanted, rows, -1)


def _bounds(header: Header) -> tuple[float, float, float, float] | None:
    box = header.box()
    if not box.valid():
        return None
    return (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)


def read_features(source: Source) -> OsmData:
    """Read an inspected file in one pass."""
    content: Path | bytes = source.content
    collector = _Collector(source)
    try:
        data: osmium.io.FileBuffer | osmium.io.File
        if isinstance(content, bytes):
            data = osmium.io.FileBuffer(content, source.encoding)
        else:
            data = osmium.io.File(str(content), source.encoding)
        # One thread and a short queue bound what a hostile file can make the parser unpack ahead of us.
        processor = osmium.FileProcessor(data, thread_pool=osmium.io.ThreadPool(1, 2))
        for thing in processor:
            if isinstance(thing, OsmNode | OsmWay | OsmRelation):
                collector.read(thing)
        return collector.finish(processor.header)
    except (RuntimeError, ValueError, OverflowError, OSError, MemoryError, osmium.InvalidLocationError) as error:
        reason = clean_text(str(error))[:160]
        message = f"cannot be read as OpenStreetMap data ({reason}). It may be cut short or damaged: download it again."
        raise source.problem(message) from error
