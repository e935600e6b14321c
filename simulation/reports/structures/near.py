"""Areas about as they lie on the map, with lines to the groups in which their people sit too, and pass messages on."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.alertgraph import group_of

if TYPE_CHECKING:
    from simulation.maps.streetmap import Floats
    from simulation.reports.structures.marks import Picture

    Point = tuple[float, float]

WIDTH, HEIGHT = 124.0, 86.0
"""Size of an area, with its numbers."""

GAP = 66.0, 58.0
"""Least room between two areas, across and up."""

_TRIES, _BENDS, _STEPS = 400, (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6), 24
"""How often areas are moved apart; how far lines bend at most, as shares of their length; and where they are looked at."""


def draw_near(picture: Picture, corner: Point) -> Point:
    """Draw the structure; give the right and lower end of it."""
    areas = [f"area-{area['area']}" for area in picture.measures["areas"]]
    places = _places(np.array([picture.graph.nodes[area]["xy"] for area in areas]))
    places += np.array(corner) + np.array([WIDTH / 2.0, HEIGHT / 2.0]) - places.min(axis=0)
    row = {area: number for number, area in enumerate(areas)}
    for (area, other), both in sorted(_neighbours(picture).items()):
        ends = places[row[area]], places[row[other]]
        _line(picture, ends, np.delete(places, [row[area], row[other]], axis=0), both=both)
    for area, (x, y) in zip(picture.measures["areas"], places.tolist(), strict=True):
        picture.block(area, (x - WIDTH / 2.0, y - HEIGHT / 2.0, WIDTH, HEIGHT))
        own = [one for one in picture.measures["stewards"] if one["area"] == area["area"]]
        if own:
            picture.people(len(own), (x + WIDTH / 2.0 - 26.0, y - HEIGHT / 2.0 + 4.0))
        if any(one["who"] in picture.only for one in own):
            picture.alarm((x - WIDTH / 2.0, y + HEIGHT / 2.0), upright=False)
    return float(places[:, 0].max()) + WIDTH, float(places[:, 1].max()) + HEIGHT / 2.0


def _places(xy: Floats) -> Floats:
    """Turn places on the map into places in the drawing, north up, and move apart what would lie on top of another."""
    sides = xy.max(axis=0) - xy.min(axis=0)
    places = np.stack([xy[:, 0], -xy[:, 1]], axis=1) * 1.15 * (WIDTH + GAP[0]) * len(xy) ** 0.5 / max(float(sides.max()), 1.0)
    room = np.array([WIDTH + GAP[0], HEIGHT + GAP[1]])
    for _ in range(_TRIES):
        moved = False
        for one, other in combinations(range(len(places)), 2):
            off = places[other] - places[one]
            short = room - np.abs(off)
            if (short > 1e-6).all():  # noqa: PLR2004 touching is far enough
                axis = int(np.argmin(short / room))
                push = (short[axis] / 2.0) * (1.0 if off[axis] >= 0.0 else -1.0)
                places[one, axis] -= push
                places[other, axis] += push
                moved = True
        if not moved:
            break
    return np.asarray(places)


def _neighbours(picture: Picture) -> dict[tuple[str, str], bool]:
    """Tell between which areas people of the one or the other pass messages on, and whether they do so both ways."""
    area_of = {group: area for area, group in group_of(picture.graph).items() if group is not None}
    people = picture.graph.nodes
    flows = {
        (area_of[source], area_of[target])
        for (source, target), some in picture.passing.items()
        if any(people[person]["area"] in {area_of[source], area_of[target]} for person in some)
    }
    return {pair: pair[::-1] in flows for pair in flows if pair[::-1] not in flows or pair < pair[::-1]}


def _line(picture: Picture, ends: tuple[Floats, Floats], others: Floats, *, both: bool) -> None:
    """Draw a line between the middles of two areas, around others, with an arrow where messages go one way only."""
    start, end = ends
    across = np.array([start[1] - end[1], end[0] - start[0]])
    for bend in _BENDS:
        control = (start + end) / 2.0 + bend * across
        if not _hits(start, control, end, others):
            break
    else:
        control = (start + end) / 2.0
    picture.line(f"M{start[0]:.1f} {start[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    if not both:
        line = _curve(start, control, end, 200)
        inside = (np.abs(line - end) < np.array([WIDTH, HEIGHT]) / 2.0).all(axis=1)
        tip = max(int(np.argmax(inside)), 1)
        along = line[tip] - line[tip - 1]
        along /= hypot(*along.tolist())
        picture.arrow((line[tip, 0].item(), line[tip, 1].item()), (along[0].item(), along[1].item()), over=False)


def _curve(start: Floats, control: Floats, end: Floats, steps: int) -> Floats:
    """Give points along a bent line."""
    part = np.linspace(0.0, 1.0, steps + 1)[:, np.newaxis]
    return np.asarray((1.0 - part) ** 2 * start + 2.0 * part * (1.0 - part) * control + part**2 * end)


def _hits(start: Floats, control: Floats, end: Floats, others: Floats) -> bool:
    """Tell whether a bent line crosses any other area."""
    off = np.abs(_curve(start, control, end, _STEPS)[:, np.newaxis] - others)
    return bool((off < np.array([WIDTH, HEIGHT]) / 2.0 + 6.0).all(axis=2).any())
