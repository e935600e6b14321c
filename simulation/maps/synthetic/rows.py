"""Rows of houses along a street: as many as fit, each house with a garden, most with a shed or a barn behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from simulation.maps.synthetic.ground import Box, box_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.maps.synthetic.chance import Chance
    from simulation.maps.synthetic.ground import Ground, Path, Spot
    from simulation.maps.synthetic.sketch import RowStyle

STEP_M, CLOSED_STEP_M = 4.0, 0.8
"""Where no row fits, the next try is so much further along the street, metres."""

END_M: Final = 0.8
"""Ground beside each end of a row that stays free, metres, but not in a closed wall of houses."""

FRONT_M: Final = 2.0
"""Ground before the front of a row that stays free, metres: room for a house that stands forward, and its doorstep."""

BULGE_M: Final = 2.0
"""A row ends where the street bends away from it by more than this, metres."""

GARDEN_SHARES, CLOSED_GARDEN_SHARES = (1.0, 0.7, 0.45), (1.0, 0.5, 0.0)
"""Gardens tried in turn, as shares of the wanted depth."""

FORWARD_M: Final = 1.2
"""How far some houses of a row stand before the others, metres; those of a closed wall stand in line."""

EXTENSION_M: Final = 2.6
"""Depth of an extension at the back, metres; only where the garden is at least twice as deep."""

FORWARD_SHARE, EXTENSION_SHARE = 0.35, 0.35
YARD_M: Final = 0.5
"""Least space between a house and what stands behind it, metres."""

GARAGE_WIDTH_M, GARAGE_DEPTH_M = 2.8, 6.0


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
    houses, garages
        Their outlines.
    outhouses
        What stands behind the houses: OSM `building` value and outline.
    doors
        One per home.
    shops
        Where the shops are.
    """

    houses: list[Box] = field(default_factory=list)
    garages: list[Box] = field(default_factory=list)
    outhouses: list[tuple[str, Box]] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    shops: list[Spot] = field(default_factory=list)


class _Measures(NamedTuple):
    """How the next row is built, and the sizes drawn for it, metres."""

    style: RowStyle
    houses: int
    width: float
    depth: float
    setback: float
    gap: float

    def length(self, houses: int) -> float:
        """Give how much of the street so many houses take."""
        return houses * self.width + 2 * self.style.drive


class _Plot(NamedTuple):
    """Ground on which a row fits: where along which side of the street, its box, number of houses and depth of the gardens."""

    along: float
    side: int
    box: Box
    houses: int
    garden: float


def build_rows(path: Path, side: int, styles: Sequence[RowStyle], chance: Chance, ground: Ground, most: int) -> Built:
    """Build rows along one side of a street wherever they fit.

    Parameters
    ----------
    path
        The street.
    side
        1 for its left side, -1 for its right.
    styles
        How to build, drawn row by row; at least one.
    chance
        Draws the sizes.
    ground
        Taken ground; the new plots are added to it.
    most
        Number of homes at which to stop.

    Returns
    -------
    Built
        At most `most` homes and what belongs to them.
    """
    built = Built()
    along = 0.0
    measures = _draw(styles, chance)
    while along < path.length and len(built.doors) < most:
        plot = _find_plot(path, side, along, measures, ground, most - len(built.doors))
        if plot is None:
            along += CLOSED_STEP_M if measures.style.closed else STEP_M
            measures = _draw(styles, chance) if measures.style.closed else measures
            continue
        ground.take(plot.box)
        _build(built, plot, measures, chance, most)
        along += measures.length(plot.houses) + measures.gap
        measures = _draw(styles, chance)
    return built


def _draw(styles: Sequence[RowStyle], chance: Chance) -> _Measures:
    """Draw the style and the sizes of the next row."""
    style = chance.pick(styles) if len(styles) > 1 else styles[0]
    return _Measures(
        style,
        chance.integer(*style.houses),
        chance.uniform(*style.width),
        chance.uniform(*style.depth),
        chance.uniform(*style.setback),
        chance.uniform(*style.gap),
    )


def _find_plot(path: Path, side: int, along: float, measures: _Measures, ground: Ground, most: int) -> _Plot | None:
    """Find the longest row that fits from a place on, at most as long as drawn."""
    least = min(measures.style.houses[0], most)
    found = None
    for houses in range(least, min(measures.houses, most) + 1):
        length = measures.length(houses)
        if along + length > path.length or path.bulge(along, along + length, -side) > BULGE_M:
            break
        wider = next((plot for plot in _plots(path, side, along, measures, houses) if ground.is_free(plot.box)), None)
        if wider is None:
            break
        found = wider
    return found


def _plots(path: Path, side: int, along: float, measures: _Measures, houses: int) -> Iterator[_Plot]:
    """Give the plots to try for a row, the deepest first."""
    length = measures.length(houses)
    start, end = path.at(along), path.at(along + length)
    # Seen from the street every plot lies to the left: on the right side the street is walked backwards.
    line = box_between(start, end, 0.0) if side > 0 else box_between(end, start, 0.0)
    near = measures.setback + max(0.0, path.bulge(along, along + length, side)) - FRONT_M
    half = length / 2 + _free_end(measures.style)
    for share in CLOSED_GARDEN_SHARES if measures.style.closed else GARDEN_SHARES:
        garden = measures.style.garden * share
        box = line.part((-half, half), (near, near + FRONT_M + measures.depth + garden))
        yield _Plot(along, side, box, houses, garden)


def _free_end(style: RowStyle) -> float:
    """Give the ground beside each end of a row that stays free, metres."""
    return 0.0 if style.closed else END_M


def _build(built: Built, plot: _Plot, measures: _Measures, chance: Chance, most: int) -> None:
    """Build one row on its plot."""
    box, width, outhouse = plot.box, measures.width, measures.style.outhouse
    front = FRONT_M - box.half_depth
    left = -plot.houses * width / 2
    forward = 0.0
    for number in range(plot.houses):
        if number % 2 == 0:
            forward = FORWARD_M if chance.happens(FORWARD_SHARE) and not measures.style.closed else 0.0
        extended = chance.happens(EXTENSION_SHARE) and plot.garden >= 2 * EXTENSION_M
        back = front + measures.depth - forward + (EXTENSION_M if extended else 0.0)
        begin = left + number * width
        house = box.part((begin, begin + width), (front - forward, back))
        built.houses.append(house)
        # On the right side the row runs against the street, so the distance along it falls.
        distance = begin + width / 2 if plot.side > 0 else -begin - width / 2
        along = plot.along + box.half_length - _free_end(measures.style) + distance
        later = plot.houses - number - 1
        _move_in(built, house, Door((house.x, house.y), plot.side, along), measures.style, chance, most - later)
        if chance.happens(outhouse.share) and box.half_depth - back >= outhouse.depth + YARD_M:
            # Neighbours put their sheds back to back: even houses at their right, odd ones at their left.
            edge = begin + width - outhouse.width if number % 2 == 0 else begin
            start = min(box.half_depth - outhouse.depth, back + outhouse.yard)
            built.outhouses.append((outhouse.kind, box.part((edge, edge + outhouse.width), (start, start + outhouse.depth))))
    if measures.style.drive:
        _build_garages(built, box, -left + measures.style.drive, front + measures.depth)


def _move_in(built: Built, house: Box, door: Door, style: RowStyle, chance: Chance, most: int) -> None:
    """Give a house its shop and its homes; where there are several, they lie one behind the other."""
    homes = 1 + (chance.integer(0, style.upstairs) if style.upstairs else 0)
    for place in range(min(homes, most - len(built.doors))):
        spot = house.at(0.0, ((2 * place + 1) / homes - 1) * house.half_depth)
        built.doors.append(Door(spot, door.side, door.along + place / homes))
    if style.shop_share and chance.happens(style.shop_share):
        built.shops.append(house.at(0.0, -house.half_depth / 2))


def _build_garages(built: Built, plot: Box, end: float, back: float) -> None:
    """Build a garage at both ends of a row, across the line of its backs."""
    across = (back - GARAGE_DEPTH_M / 2, back + GARAGE_DEPTH_M / 2)
    edge = end - GARAGE_WIDTH_M
    built.garages += [plot.part((edge, edge + GARAGE_WIDTH_M), across), plot.part((-edge - GARAGE_WIDTH_M, -edge), across)]
