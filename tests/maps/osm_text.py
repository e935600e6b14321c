"""Hand-written OpenStreetMap data: places in metres around a corner of Kampen, written out as OSM XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

LON, LAT = 5.9, 52.55
LON_METRE, LAT_METRE = 1 / 67_830.0, 1 / 111_270.0

EXTRACTS = Path(__file__).resolve().parents[2].parent / "shared" / "maps"
NAMES = (
    "amsterdam-centrum",
    "kampen-binnenstad",
    "kampen-bloemkoolwijk",
    "kampen-naoorlogs",
    "kampen-stad",
    "wechelderzande",
)

Tags = dict[str, str]


def degrees(x_m: float, y_m: float) -> tuple[float, float]:
    """Give longitude and latitude of a place in metres."""
    return LON + x_m * LON_METRE, LAT + y_m * LAT_METRE


def box(west_m: float, south_m: float, east_m: float, north_m: float) -> str:
    """Give an area as `--area` takes it."""
    return ",".join(f"{number:.7f}" for number in (*degrees(west_m, south_m), *degrees(east_m, north_m)))


@dataclass
class Town:
    """Grows object by object; `text` writes it out."""

    nodes: dict[int, str] = field(default_factory=dict)
    ways: dict[int, str] = field(default_factory=dict)
    relations: dict[int, str] = field(default_factory=dict)
    head: str = ""

    def node(self, number: int, x_m: float, y_m: float, **tags: str) -> Town:
        lon, lat = degrees(x_m, y_m)
        self.nodes[number] = f'<node id="{number}" lat="{lat:.7f}" lon="{lon:.7f}">{_tags(tags)}</node>'
        return self

    def way(self, number: int, *nodes: int, **tags: str) -> Town:
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
        self.ways[number] = f'<way id="{number}">{refs}{_tags(tags)}</way>'
        return self

    def relation(self, number: int, members: list[tuple[int, str]], **tags: str) -> Town:
        parts = "".join(f'<member type="way" ref="{way}" role="{role}"/>' for way, role in members)
        self.relations[number] = f'<relation id="{number}">{parts}{_tags(tags)}</relation>'
        return self

    def address(self, number: int, x_m: float, y_m: float, house: str, street: str = "Dorpsstraat") -> Town:
        return self.node(number, x_m, y_m, addr_housenumber=house, addr_street=street)

    def square(self, first_node: int, way: int, corner: tuple[float, float], side_m: float, **tags: str) -> Town:
        """Add a square way with its own four nodes."""
        x_m, y_m = corner
        for step, (right, up) in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
            self.node(first_node + step, x_m + right * side_m, y_m + up * side_m)
        return self.way(way, *range(first_node, first_node + 4), first_node, **tags)

    def text(self, *, backwards: bool = False) -> bytes:
        step = -1 if backwards else 1
        things = [*self.nodes.values(), *self.ways.values(), *self.relations.values()][::step]
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">{self.head}{"".join(things)}</osm>'.encode()


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(key.replace('addr_', 'addr:'))} v={quoteattr(value)}/>" for key, value in tags.items())


def one_street() -> Town:
    """Give a street of 200 m due east with a house at number 1, 10 m north of its middle."""
    town = Town().node(1, 0, 0).node(2, 200, 0).way(10, 1, 2, highway="residential", name="Dorpsstraat")
    return town.square(101, 20, (95, 6), 8, building="house").address(200, 99, 10, "1")
