"""How charts look, on pages and in files: print-ready, apart without colour, the same bytes each time. Loads matplotlib."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from simulation.reports.document import svg_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

STYLE: dict[Any, Any] = {
    "svg.hashsalt": "boef-in-de-wijk",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#d9dde2",
    "lines.linewidth": 1.8,
}
METADATA = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None, "Producer": None}}
"""What each kind of file must not say, so that the same chart gives the same bytes."""

LOOKS = (
    ("#004f9e", "-", "o"),
    ("#8c0d5f", "--", "s"),
    ("#7a3e00", "-.", "^"),
    ("#00594a", ":", "D"),
    ("#4a4a4a", (0, (6, 2, 1, 2, 1, 2)), "v"),
    ("#b03000", (0, (8, 3)), "P"),
)
"""Colour, dashes and mark of the first lines of a chart: apart from one another in grey too, and at least 4.5 : 1 on white."""

WIDTH_IN, HEIGHT_IN, DPI = 7.0, 3.6, 200

FORMS = ("svg", "png")
"""Kinds of files in which a chart goes into documents."""


@dataclass(frozen=True)
class Chart:
    """A picture with its words.

    Parameters
    ----------
    name
        Stem of its file, such as `reach`.
    title
        What it is called.
    alt
        What it shows, for who does not see it.
    figure
        The picture.
    """

    name: str
    title: str
    alt: str
    figure: Figure

    @property
    def source(self) -> str:
        """The picture as an address inside a page, for the `src` of an image."""
        return svg_address(picture(self.figure, "svg"))


def new_figure(width_in: float = WIDTH_IN, height_in: float = HEIGHT_IN) -> Figure:
    """Give an empty figure in our style."""
    with in_style():
        figure = Figure(figsize=(width_in, height_in), facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def in_style() -> AbstractContextManager[None]:
    """Draw in our style inside this context: axes take it when they are made."""
    return mpl.rc_context(STYLE)


def picture(figure: Figure, form: str) -> bytes:
    """Give a figure as the bytes of a file: `svg`, `png` or `pdf`."""
    written = io.BytesIO()
    with in_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a name from outside may hold letters that no font has
        figure.savefig(written, format=form, dpi=DPI, metadata=METADATA[form])
    return _short(written.getvalue()) if form == "svg" else written.getvalue()


def write_chart(chart: Chart, told: Sequence[str], folder: Path) -> None:
    """Write a chart as files for documents: `NAME.svg`, `NAME.png` for print, and `NAME.txt` for who does not see them.

    Parameters
    ----------
    chart
        The chart.
    told
        Paragraphs of the text, after the title and the alternative text.
    folder
        Where the files go.
    """
    for form in FORMS:
        (folder / f"{chart.name}.{form}").write_bytes(picture(chart.figure, form))
    write_words(folder / f"{chart.name}.txt", (chart.title, chart.alt, *told))


def write_words(path: Path, paragraphs: Sequence[str]) -> None:
    """Write the text beside a picture."""
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


_PATH = re.compile(rb' d="[^"]+"')
_DECIMALS = re.compile(rb"(\.\d\d)\d+")
_BETWEEN = re.compile(rb"\s*\b([MLQCz])\s*")


def _short(svg: bytes) -> bytes:
    """Cut the points of lines to a hundredth of a point: nobody sees the rest, and it is half of the file."""
    return _PATH.sub(lambda path: b' d="' + _BETWEEN.sub(rb"\1", _DECIMALS.sub(rb"\1", path[0][4:])), svg)
