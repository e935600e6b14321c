"""Areas in a row, with the groups above them as beams over the areas that they are for."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from simulation.channels.alertgraph import group_of
from simulation.language.catalogue import text
from simulation.reports.structures.marks import HIGHER, UPPER, WIDE
from simulation.reports.structures.words import kind_words, listed, member_words, role_words

if TYPE_CHECKING:
    from simulation.reports.structures.marks import Picture

    Point = tuple[float, float]

LABELS, ROW, LEAST, MOST = 175.0, 1000.0, 68.0, 190.0
"""Width of the names at the left, of the row of areas, and of an area."""

CAPTION = 36.0
"""Room for a line of words above the areas where nothing else stands there."""

BEAM, ZONE, OVER = 44.0, 136.0, 56.0
"""Height of a beam, of the room below it in which people stand, and of that above it where some connect beams of one kind."""

_LETTER = 8.2
"""Width of a letter in a beam."""

_LABEL = 24
"""Letters in a line of the names at the left."""

ASIDE = 0.22
"""How far beside the middle of an area lines stand that must not meet others, in widths of an area."""


def draw_beams(picture: Picture, corner: Point, *, named: bool = True) -> Point:
    """Draw the structure, with names at the left where `named`, or without; give the right and lower end of it."""
    return _Beams(picture, corner if named else (corner[0] - LABELS, corner[1])).draw(named=named)


class _Beams:
    """Where everything stands."""

    def __init__(self, picture: Picture, corner: Point) -> None:
        graph = picture.graph
        self._picture, self._left, self._top = picture, corner[0], corner[1]
        self._groups = [group for group in group_of(graph).values() if group is not None]
        count = len(picture.measures["areas"])
        self._step = min(max(ROW / count, LEAST), MOST)
        self._column = {f"area-{area['area']}": index for index, area in enumerate(picture.measures["areas"])}
        self._kinds = list(dict.fromkeys(graph.nodes[upper]["name"] for upper in picture.uppers))
        self._spans: dict[str, tuple[float, float]] = {}
        for upper in picture.uppers:
            self._spans[upper] = self._span(upper)
        over = OVER if any(self._beside(upper, other) for upper, other in picture.passing) else 0.0
        self._ground = self._top + over + (len(self._kinds) * (BEAM + ZONE) or CAPTION)

    def draw(self, *, named: bool) -> Point:
        """Draw everything."""
        picture, width = self._picture, self._step
        tall = 86.0 if width >= WIDE else 116.0
        for area in picture.measures["areas"]:
            left = self._middle(f"area-{area['area']}") - width / 2.0
            picture.block(area, (left + 4.0, self._ground, width - 8.0, tall))
        for upper in picture.uppers:
            self._beam(upper)
        if named:
            picture.write(text(picture.language, "view.picture.areas"), (self._left, self._ground + 30.0), size=15, bold=True)
            for level, kind in enumerate(self._kinds):
                self._name(level, kind)
        beside = [pair for pair in picture.passing if self._beside(*pair)]
        for one, other in sorted({(min(pair), max(pair)) for pair in picture.passing.keys() - set(beside)}):
            if not {one, other} <= set(self._groups):
                self._connect(one, other)
        for beams in _joined(beside):
            self._join(beams)
        below = self._direct(self._ground + tall)
        if len(picture.measures["areas"]) > 1 and not picture.passing:
            told = text(picture.language, "view.picture.unconnected")
            picture.write(told, (self._left + LABELS, self._ground - 12.0), size=17, bold=True)
        return self._left + LABELS + len(picture.measures["areas"]) * self._step + 30.0, below

    def _middle(self, area: str) -> float:
        return self._left + LABELS + (self._column[area] + 0.5) * self._step

    def _beside(self, one: str, other: str) -> bool:
        """Tell whether two channels are groups above of one kind."""
        kinds = {self._picture.graph.nodes[channel].get("name") for channel in (one, other)}
        return len(kinds) == 1 and None not in kinds

    def _level(self, upper: str) -> int:
        return self._kinds.index(self._picture.graph.nodes[upper]["name"])

    def _height(self, upper: str) -> float:
        """Give the upper edge of a beam."""
        return self._ground - (self._level(upper) + 1) * (BEAM + ZONE)

    def _span(self, upper: str) -> tuple[float, float]:
        """Give left and right end of a beam: over the areas of its members, and over the beams that it is connected with."""
        middles = [self._middle(area) for area in self._picture.graph.nodes[upper]["extent"]]
        ends = [(middle - self._step / 2.0 + 6.0, middle + self._step / 2.0 - 6.0) for middle in middles]
        for source, target in self._picture.passing:
            ends += [
                self._spans[other]
                for other in {source, target} - {upper}
                if upper in {source, target} and other in self._spans and not self._beside(upper, other)
            ]
        if not ends:
            return self._left + LABELS, self._left + LABELS + self._step
        left, right = min(end[0] for end in ends), max(end[1] for end in ends)
        narrow = len(ends) == 1 and self._passed_by(upper)
        return (left, left + 0.5 * (right - left)) if narrow else (left, right)

    def _passed_by(self, upper: str) -> bool:
        """Tell whether lines from the areas pass a beam on their way to a higher one."""
        return any(
            not {source, target}.isdisjoint(self._groups) and self._level(other) > self._level(upper)
            for source, target in self._picture.passing
            for other in {source, target}.difference(self._groups)
        )

    def _beam(self, upper: str) -> None:
        picture, facts = self._picture, self._picture.graph.nodes[upper]
        left, right = self._spans[upper]
        top, width = self._height(upper), right - left
        picture.box((left, top, width, BEAM), UPPER if self._level(upper) == 0 else HIGHER)
        name = kind_words(picture.language, facts["name"], 1)
        several = sum(picture.graph.nodes[other]["name"] == facts["name"] for other in picture.uppers) > 1
        members = member_words(picture.language, facts["readers"])
        long = f"{name} {facts['number']}: {members}" if several else f"{name}: {members}"
        passed = self._passed_by(upper) and width > self._step
        room = (0.5 + ASIDE) * self._step - 20.0 if passed else width
        told = next((words for words in (long, members) if _LETTER * len(words) < room), str(facts["readers"]))
        middle = left + (room / 2.0 + 4.0 if passed else width / 2.0)
        picture.write(told, (middle, top + 28.0), size=15, bold=True, look={"text-anchor": "middle"})

    def _name(self, level: int, kind: str) -> None:
        """Name a row of beams, and who stands below it."""
        picture, graph = self._picture, self._picture.graph
        top = self._ground - (level + 1) * (BEAM + ZONE)
        uppers = [upper for upper in picture.uppers if graph.nodes[upper]["name"] == kind]
        picture.write(kind_words(picture.language, kind, len(uppers)), (self._left, top + 28.0), size=15, bold=True)
        sitting = {
            person
            for pair, people in picture.passing.items()
            if not (set(uppers).isdisjoint(pair) or self._beside(*pair))
            and all(other in self._groups or self._level(other) <= level for other in pair)
            for person in people
        }
        roles = [role for role in graph.nodes[uppers[0]]["roles"] if all(role in graph.nodes[one]["roles"] for one in sitting)]
        if sitting:
            told = listed(picture.language, [role_words(picture.language, role, 2) for role in roles])
            for number, line in enumerate(wrap(told, _LABEL)):
                picture.write(line, (self._left, top + BEAM + ZONE / 2.0 + 17.0 * number), size=13)

    def _connect(self, one: str, other: str) -> None:
        """Draw who connects a beam with an area or with a lower beam."""
        picture = self._picture
        lower, upper = sorted((one, other), key=lambda channel: -1 if channel in self._groups else self._level(channel))
        people = picture.passing.get((one, other), frozenset()) | picture.passing.get((other, one), frozenset())
        x = self._across(lower, upper)
        bottom = self._ground if lower in self._groups else self._height(lower)
        top = self._height(upper) + BEAM
        picture.line(f"M{x:.1f} {bottom - 3:.1f}V{top + 3:.1f}", over=True)
        if (lower, upper) in picture.passing:
            picture.arrow((x, top + 2.0), (0.0, -1.0))
        if (upper, lower) in picture.passing:
            picture.arrow((x, bottom - 2.0), (0.0, 1.0))
        y = top + 36.0
        picture.people(len(people), (x, y))
        if len(people) == 1 and not people.isdisjoint(picture.only):
            narrow = self._step < WIDE and lower in self._groups
            picture.alarm((x - 22.0, bottom - 22.0) if narrow else (x, y + 42.0), upright=narrow)

    def _join(self, beams: set[str]) -> None:
        """Draw above beams of one kind who connects them."""
        picture = self._picture
        top = self._height(min(beams))
        middles = sorted(sum(self._spans[upper]) / 2.0 for upper in beams)
        people = {one for pair, some in picture.passing.items() if set(pair) <= beams for one in some}
        for middle in middles:
            picture.line(f"M{middle:.1f} {top:.1f}v-22")
        picture.line(f"M{middles[0]:.1f} {top - 22:.1f}H{middles[-1]:.1f}")
        x = (middles[0] + middles[-1]) / 2.0
        picture.people(len(people), (x, top - 22.0))
        roles = dict.fromkeys(role for one in people for role in picture.graph.nodes[one]["roles"])
        told = listed(picture.language, [role_words(picture.language, role, len(people)) for role in sorted(roles)])
        picture.write(told, (x + 30.0, top - 30.0), size=13)
        if not people.isdisjoint(picture.only):
            picture.alarm((x - 150.0, top - 38.0), upright=False)

    def _across(self, lower: str, upper: str) -> float:
        """Give where a line stands: in the middle of an area, or aside where others pass."""
        if lower in self._groups:
            middle = self._middle(self._picture.graph.nodes[lower]["area"])
            if self._passed_by(upper):
                return middle - ASIDE * self._step
            above = [one for one in self._picture.uppers if {(lower, one), (one, lower)} & self._picture.passing.keys()]
            return middle + (ASIDE * self._step if len(above) > 1 else 0.0)
        return sum(self._spans[lower]) / 2.0 + (0.5 * ASIDE * self._step if self._passed_by(lower) else 0.0)

    def _direct(self, y: float) -> float:
        """Draw below the areas which groups are connected directly; give where that ends."""
        picture = self._picture
        sets = _joined([pair for pair in picture.passing if set(pair) <= set(self._groups)])
        for groups in sets:
            middles = sorted(self._middle(picture.graph.nodes[group]["area"]) for group in groups)
            people = {one for pair, some in picture.passing.items() if set(pair) <= groups for one in some}
            for middle in middles:
                picture.line(f"M{middle:.1f} {y:.1f}v22")
            picture.line(f"M{middles[0]:.1f} {y + 22:.1f}H{middles[-1]:.1f}")
            x = (middles[0] + middles[-1]) / 2.0
            picture.people(len(people), (x, y + 40.0))
            if not people.isdisjoint(picture.only):
                picture.alarm((x - 120.0, y + 42.0), upright=False)
        told = wrap(text(picture.language, "view.picture.direct"), _LABEL) if sets else []
        for number, line in enumerate(told):
            picture.write(line, (self._left, y + 14.0 + 17.0 * number), size=13)
        return y + (62.0 if sets else 0.0)


def _joined(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """Put together what hangs together."""
    sets: list[set[str]] = []
    for pair in pairs:
        touching = [one for one in sets if not one.isdisjoint(pair)]
        sets = [one for one in sets if one.isdisjoint(pair)] + [set(pair).union(*touching)]
    return sorted(sets, key=min)
