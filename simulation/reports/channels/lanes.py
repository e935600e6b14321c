"""Where the parts of a structure stand in its picture, and along which lanes messages go from one to another.

Boxes stand in rows. Between two rows is a lane, and beside the boxes of a row are gaps, so that a line never runs behind a box
that it has nothing to do with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]

WIDTH, MARGIN = 320.0, 10.0
"""Width of the picture, and of the free strip along both sides; narrow enough for a telephone."""

WIDEST_GAP = 10.0
"""Most room between two boxes of a row; more means that others stand between them."""

_LANE, _LOW_LANE, _CAPTION = 24.0, 10.0, 22.0
"""Height of a lane, of one between rows of small boxes, and of the words above a row."""

_ABOVE = 11.0
"""Room above the first row, for signs on its corners."""

_INSET, _ASIDE = 8.0, 4.5
"""How far from the corner of a box lines begin, at least, and how far beside a box they pass it."""


class Row(NamedTuple):
    """Boxes side by side.

    Parameters
    ----------
    keys
        What stands there, from left to right.
    columns
        For how many boxes there is room.
    height, gap
        Height of the boxes, and the room between two of them.
    caption
        Words above the row; none if empty.
    continues
        Whether it goes on with what stands in the row above.
    """

    keys: Sequence[str]
    columns: int
    height: float
    gap: float
    caption: str = ""
    continues: bool = False


class Box(NamedTuple):
    """Where something stands: its left upper corner, its size, and its row from above."""

    left: float
    top: float
    width: float
    height: float
    row: int

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Middle, across."""
        return self.left + self.width / 2.0

    def nearest(self, x: float) -> float:
        """Give where a line from some place across ends at this box."""
        inset = min(_INSET, self.width / 2.0)
        return min(max(x, self.left + inset), self.right - inset)


class Lanes:
    """A picture of rows of boxes.

    Parameters
    ----------
    rows
        The rows, from above.

    Attributes
    ----------
    boxes
        Where everything stands, by key.
    captions
        Words above rows, each with the place where it begins.
    height
        Height of the picture.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.boxes: dict[str, Box] = {}
        self.captions: list[tuple[str, Point]] = []
        self._rows = [list(row.keys) for row in rows]
        self._middles: list[float] = []
        y = 0.0
        for number, row in enumerate(rows):
            y = self._set(number, row, y)
            lane = _LANE if any(not other.continues for other in rows[number + 1 : number + 2]) else _LOW_LANE
            self._middles.append(y + lane / 2.0)
            y += lane
        self.height = y

    def _set(self, number: int, row: Row, y: float) -> float:
        """Set a row at a height; give where it ends."""
        if row.caption:
            self.captions.append((row.caption, (MARGIN, y + 14.0)))
            y += _CAPTION
        elif number == 0:
            y += _ABOVE
        width = (WIDTH - 2.0 * MARGIN - (row.columns - 1) * row.gap) / row.columns
        for column, key in enumerate(row.keys):
            self.boxes[key] = Box(MARGIN + column * (width + row.gap), y, width, row.height, number)
        return y + row.height

    def route(self, source: str, target: str) -> list[Point]:
        """Give the corners of the line from one box to another, from edge to edge."""
        one, other = self.boxes[source], self.boxes[target]
        if one.row > other.row:
            return self.route(target, source)[::-1]
        if one.row == other.row:
            return self._beside(one, other)
        return self._down(one, other)

    def _beside(self, one: Box, other: Box) -> list[Point]:
        """Go to a box of the same row: straight to a neighbour, else through the lane below."""
        left, right = sorted((one, other))
        if right.left - left.right <= WIDEST_GAP:
            y = left.top + left.height / 2.0
            points = [(left.right, y), (right.left, y)]
        else:
            lane = self._middles[one.row]
            points = [(left.middle, left.bottom), (left.middle, lane), (right.middle, lane), (right.middle, right.bottom)]
        return points if one == left else points[::-1]

    def _down(self, one: Box, other: Box) -> list[Point]:
        """Go to a box further down: through the lane above it, and past the rows between."""
        upper, lower = self._middles[one.row], self._middles[other.row - 1]
        x = other.middle if other.row == one.row + 1 else self._way_past(one, other)
        begin = one.nearest(x)
        end = other.nearest(x) if one.width > other.width else other.middle
        corners = [(begin, one.bottom), (begin, upper), (x, upper), (x, lower), (end, lower), (end, other.top)]
        return _without_repeats(corners)

    def _way_past(self, one: Box, other: Box) -> float:
        """Find where, across, a line can pass all rows between two boxes, near the lower one."""
        between = [self.boxes[key] for row in self._rows[one.row + 1 : other.row] for key in row]
        beside = {edge for box in (other, *between) for edge in (box.left - _ASIDE, box.right + _ASIDE)}
        nearest = sorted(beside, key=lambda x: (abs(x - other.middle), x))
        return next(x for x in nearest if not any(box.left < x < box.right for box in between))


def _without_repeats(corners: list[Point]) -> list[Point]:
    """Leave out corners where the line does not turn."""
    kept: list[Point] = []
    for point in dict.fromkeys(corners):
        while len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept
