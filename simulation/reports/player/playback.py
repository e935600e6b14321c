"""The player as part of a page, and as a page of its own for notebooks."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import LANGUAGES, text
from simulation.language.dates import date_words
from simulation.maps.pinned import played_on
from simulation.reports.document import credit, page_html
from simulation.reports.marks import mark_shape
from simulation.reports.player.scene import embedded, scene_of
from simulation.reports.scripts import script_of

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace

SCRIPT = "report"
"""The module of the script that the page of an evening runs."""

SPEEDS = (1, 10, 30, 60, 120, 300)
"""How many times as fast as the evening it can be played."""

LAYERS = ("buildings", "homes", "people", "marks", "calls", "messages")
"""What can be hidden on the map."""

COUNTS = ("sightings", "waiting", "talking", "answered", "messages", "knowing", "searching", "questions", "found")
"""What is counted for every moment."""

MAP_BUTTONS = (
    ("closer", "+"),
    ("farther", "−"),
    ("whole", "⤢"),
    ("west", "←"),
    ("east", "→"),
    ("north", "↑"),
    ("south", "↓"),
)
"""What the buttons on the map do, and their signs."""

KEYS = ("space", "arrows", "events", "list", "why", "zoom", "whole", "pan")
"""Rows of the table of keys."""

SHAPES = {
    "suspect": "M20 7A13 13 0 1 0 20 33A13 13 0 1 0 20 7ZM20 12A8 8 0 1 1 20 28A8 8 0 1 1 20 12ZM15 15H25V25H15Z",
    "playing": "M20 5A5 5 0 1 0 20 15A5 5 0 1 0 20 5ZM20 14L31 33H9Z",
    "walking": "M20 9A4 4 0 1 0 20 17A4 4 0 1 0 20 9ZM15 31V22Q15 18 20 18Q25 18 25 22V31Z",
    "search": "M17 7A10 10 0 1 0 17 27A10 10 0 1 0 17 7ZM17 12A5 5 0 1 1 17 22A5 5 0 1 1 17 12ZM22 26L26 22L35 31L31 35Z",
    "patrol": "M20 8L31 12V20Q30 29 20 33Q10 29 9 20V12Z",
    "unit": "M15 7H25V15H33V25H25V33H15V25H7V15H15Z",
    "passer_by": "M20 12A8 8 0 1 0 20 28A8 8 0 1 0 20 12ZM20 17A3 3 0 1 1 20 23A3 3 0 1 1 20 17Z",
    "home": "M17 17H23V23H17Z",
    "home_knows": "M20 9L31 19V31H9V19Z",
    "call_waiting": "M12 6H28V34H12ZM16 10V27H24V10Z",
    "call_answered": "M10 6H26V34H10ZM29 10L36 6V9L29 13ZM29 18H36V21H29ZM29 26L36 30V33L29 29Z",
    "message": "M6 10H34L20 21ZM6 14L20 25L34 14V31H6Z",
    "reading": "M6 32L14 24M18 20L26 12M30 8L34 4",
    "hint": "M20 5L33 12.5V27.5L20 35L7 27.5V12.5ZM18 12H22V22H18ZM18 25H22V29H18Z",
}
"""Forms of what moves and happens, as SVG path data in a box of 40 by 40."""

HAPPENINGS = ("sighting", "sighting_called", "sighting_mistaken", "question_yes", "question_no", "found")
"""Marks that the player shares with the map of the whole evening."""

HEIGHT_PX = 760
"""Height of the player in a notebook, pixels: its controls, map and caption at once on a small screen; the rest scrolls."""


def player_fields(trace: Trace, street_map: StreetMap, language: str) -> dict[str, Any]:
    """Give what the template of the player shows."""
    scene = scene_of(trace, street_map, language)
    shared = [(kind, mark_shape(kind, (20.0, 20.0), 1.0)) for kind in HAPPENINGS]
    return {
        "alone": False,
        "scene": embedded(scene),
        "left_out": scene["left_out"],
        "speeds": SPEEDS,
        "layers": LAYERS,
        "counts": COUNTS,
        "map_buttons": MAP_BUTTONS,
        "keys": KEYS,
        "player_marks": [*SHAPES.items(), *shared],
        "credit": credit(street_map, language),
    }


class ShownEvening:
    """An evening that a notebook shows as a player.

    Parameters
    ----------
    page
        The page with the player.
    title
        Its name, for who hears it.
    untrusted
        What Jupyter shows instead in a notebook that it does not trust.
    """

    def __init__(self, page: str, title: str, untrusted: str) -> None:
        self.page = page
        self.title = title
        self.untrusted = untrusted

    def __repr__(self) -> str:
        """Name the evening, for where no page can be shown."""
        return f"{type(self).__name__}({self.title!r})"

    def _repr_html_(self) -> str:
        """Give the page in a frame of its own, which may run its script and nothing else."""
        page, title, untrusted = (html.escape(words) for words in (self.page, self.title, self.untrusted))
        style = 'style="border: 0; display: block"'
        frame = f'title="{title}" width="100%" height="{HEIGHT_PX}" {style} sandbox="allow-scripts"'
        return f'<iframe {frame} srcdoc="{page}">{untrusted}</iframe>'


def show_evening(trace: Trace, street_map: StreetMap | None = None, language: str = LANGUAGES[0]) -> ShownEvening:
    """Show an evening in a notebook: the same player as on its page.

    Parameters
    ----------
    trace
        The evening.
    street_map
        The map it was played on; not needed for a map that comes along.
    language
        `nl` or `en`.

    Raises
    ------
    MapError
        If the map does not come along and is not given, or another is given.
    """
    street_map = played_on(trace.header, street_map)
    header = trace.header
    fields = {
        **player_fields(trace, street_map, language),
        "header": header,
        "version": header["version"],
        "date": date_words(language, str(header["date"])),
        "alone": True,
    }
    page = page_html("evening.html.j2", language, fields, script_of(SCRIPT))
    return ShownEvening(page, str(header["scenario"]), text(language, "player.untrusted"))
