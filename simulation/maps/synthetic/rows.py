"""Rows of houses along a street: as many as fit, each house with a garden, most with a shed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.maps.synthetic.ground import Box, box_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.maps.synthetic.chance import Chance
    from simulation.maps.synthetic.ground import Ground, Path, Spot
    from simulation.maps.synthetic.sketch import RowStyle

STEP_M: Final = 4.0
"""Where no row fits, the next try is so much further along the street, metres."""

FRONT_M: Final = 2.0
"""Ground before the front of a row that stays free, metres: room for a house that stands forward, and its doorstep."""

END_M: Final = 0.8
"""Ground beside each end of a row that stays free, metres."""

BULGE_M: Final = 2.0
"""A row ends where the street bends away from it by more than this, metres."""

GARDEN_SHARES: Final = (1.0, 0.7, 0.45)
"""Gardens tried in turn, as shares of the wanted depth."""

FORWARD_M: Final = 1.2
"""How far some houses of a row stand before the others, metres."""

EXTENSION_M: Final = 2.6
"""Depth of an extension at the back, metres; only where the garden is at least twice as deep."""

FORWARD_SHARE, EXTENSION_SHARE, SHED_SHARE = 0.35, 0.35, 0.75
YARD_M: Final = 0.5
"""Least space between a house and its shed, metres."""

SHED_WIDTH_M, SHED_DEPTH_M, GARAGE_WIDTH_M, GARAGE_DEPTH_M = 2.7, 4.0, 2.8, 6.0


class Door(NamedTuple):
    """A front door on its way to a house number.

    Parameters
    ----------
    spot
        Position inside the outline of the building, metres.
    side
        Side of the street: 1 left, -1 right.
    along
        Distance along the street, metres; numbers rise with it.
    """

    spot: Spot
    side: int
    along: float


@dataclass
class Built:
    """What was built along one side of a street.

    Parameters
    ----------
    houses, sheds, garages
        Their outlines.
    doors
        One per house.
    """

    houses: list[Box] = field(default_factory=list)
    sheds: list[Box] = field(default_factory=list)
    garages: list[Box] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)


class _Measures(NamedTuple):
    """Sizes drawn for the next row, metres."""

    houses: int
    width: float
    depth: float
    setback: float
    gap: float


class _Plot(NamedTuple):
    """Ground on which a row fits: its box, the number of houses and the depth of the garden, metres."""

    box: Box
    houses: int
    garden: float


def build_rows(path: Path, side: int, style: RowStyle, chance: Chance, ground: Ground, most: int) -> Built:
    """Build rows along one side of a street wherever they fit.

    Parameters
    ----------
    path
        The street.
    side
        1 for its left side, -1 for its right.
    style
        How to build.
    chance
        Draws the sizes.
    ground
        Taken ground; the new plots are added to it.
    most
        Number of houses at which to stop.

    Returns
    -------
    Built
        At most `most` houses and what belongs to them.
    """
    built = Built()
    along = 0.0
    measures = _draw(style, chance)
    while along < path.length and len(built.houses) < most:
        plot = _find_plot(path, side, along, style, measures, ground, most - len(built.houses))
        if plot is None:
            along += STEP_M
            continue
        ground.take(plot.box)
        _build(built, plot, side, along, style, measures, chance)
        along += plot.houses * measures.width + 2 * style.drive + measures.gap
        measures = _draw(style, chance)
    return built


def _draw(style: RowStyle, chance: Chance) -> _Measures:
    """Draw the sizes of the next row."""
    return _Measures(
        chance.integer(*style.houses),
        chance.uniform(*style.width),
        chance.uniform(*style.depth),
        chance.uniform(*style.setback),
        chance.uniform(*style.gap),
    )


def _find_plot(  # noqa: PLR0913, PLR0917 - a search over all of these
    path: Path, side: int, along: float, style: RowStyle, measures: _Measures, ground: Ground, most: int
) -> _Plot | None:
    """Find the longest row that fits from a place on, at most as long as drawn."""
    least = min(style.houses[0], most)
    found = None
    for houses in range(least, min(measures.houses, most) + 1):
        length = houses * measures.width + 2 * style.drive
        if along + length > path.length or path.bulge(along, along + length, -side) > BULGE_M:
            break
        plots = _plots(path, side, along, length, style, measures, houses)
        wider = next((plot for plot in plots if ground.is_free(plot.box)), None)
        if wider is None:
            break
        found = wider
    return found


def _plots(  # noqa: PLR0913, PLR0917 - see above
    path: Path, side: int, along: float, length: float, style: RowStyle, measures: _Measures, houses: int
) -> Iterator[_Plot]:
    """Give the plots to try for a row, the deepest first."""
    start, end = path.at(along), path.at(along + length)
    # Seen from the street every plot lies to the left: on the right side the street is walked backwards.
    line = box_between(start, end, 0.0) if side > 0 else box_between(end, start, 0.0)
    near = measures.setback + max(0.0, path.bulge(along, along + length, side)) - FRONT_M
    half = length / 2 + END_M
    for share in GARDEN_SHARES:
        garden = style.garden * share
        yield _Plot(line.part((-half, half), (near, near + FRONT_M + measures.depth + garden)), houses, garden)


def _build(  # noqa: PLR0913, PLR0917 - see above
    built: Built, plot: _Plot, side: int, along: float, style: RowStyle, measures: _Measures, chance: Chance
) -> None:
    """Build one row on its plot."""
    box, width = plot.box, measures.width
    front = FRONT_M - box.half_depth
    left = -plot.houses * width / 2
    forward = 0.0
    for number in range(plot.houses):
        if number % 2 == 0:
            forward = FORWARD_M if chance.happens(FORWARD_SHARE) else 0.0
        extended = chance.happens(EXTENSION_SHARE) and plot.garden >= 2 * EXTENSION_M
        back = front + measures.depth - forward + (EXTENSION_M if extended else 0.0)
        begin = left + number * width
        house = box.part((begin, begin + width), (front - forward, back))
        built.houses.append(house)
        # On the right side the row runs against the street, so the distance along it falls.
        distance = begin + width / 2 if side > 0 else -begin - width / 2
        built.doors.append(Door((house.x, house.y), side, along + box.half_length - END_M + distance))
        has_yard = box.half_depth - back >= SHED_DEPTH_M + YARD_M
        if chance.happens(SHED_SHARE) and has_yard:
            # Neighbours put their sheds back to back: even houses at their right, odd ones at their left.
            edge = begin + width - SHED_WIDTH_M if number % 2 == 0 else begin
            built.sheds.append(box.part((edge, edge + SHED_WIDTH_M), (box.half_depth - SHED_DEPTH_M, box.half_depth)))
    if style.drive:
        across = (front + measures.depth - GARAGE_DEPTH_M / 2, front + measures.depth + GARAGE_DEPTH_M / 2)
        edge = -left + style.drive - GARAGE_WIDTH_M
        built.garages += [box.part((edge, edge + GARAGE_WIDTH_M), across), box.part((-edge - GARAGE_WIDTH_M, -edge), across)]
