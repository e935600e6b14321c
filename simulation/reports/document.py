"""What every page shares: one file that opens from disk, loads nothing, and runs at most the one script that it holds."""

from __future__ import annotations

import base64
import functools
import hashlib
import unicodedata
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulation.language.catalogue import text
from simulation.maps.streetmap import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.maps.streetmap import StreetMap

TEXT_LIMIT = 600
"""Longest text that is shown, characters; longer ones are cut."""

KEPT_CONTROLS = "\n\t"


def page_html(template: str, language: str, fields: Mapping[str, object], script: str = "") -> str:
    """Make a page.

    Parameters
    ----------
    template
        Name of the template, which extends `base.html.j2`.
    language
        `nl` or `en`.
    fields
        What the template shows; `credit` and `version` at least. Every text is escaped.
    script
        Our own JavaScript, run when the page is there; none if empty.

    Returns
    -------
    HTML in UTF-8. The same for the same arguments.
    """
    style = _style()
    shared = {
        "language": language,
        "t": functools.partial(text, language),
        "policy": _policy(style, script),
        "style": Markup(style),  # noqa: S704 our own file
        "script": Markup(script),  # noqa: S704 our own files
    }
    return _environment().get_template(template).render({**shared, **fields})


def credit(street_map: StreetMap, language: str) -> str:
    """Name whose data the map is made of; an invented one says so in the reader's language."""
    if street_map.about.get("synthetic"):
        return text(language, "page.invented")
    return str(street_map.about.get("attribution", ATTRIBUTION))


def svg_address(svg: bytes) -> str:
    """Give a picture as an address inside a page, for the `src` of an image."""
    return "data:image/svg+xml," + quote(svg, safe=" /:;=?,.()!*+@")


def clean(value: object) -> object:
    """Make an outside text fit to be shown: no control characters, none that turn the reading direction, not endless.

    Escaping is not done here but by the template, for every text.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    kept = "".join(letter for letter in value[: 2 * TEXT_LIMIT] if letter in KEPT_CONTROLS or not _hidden(letter))
    return kept if len(kept) <= TEXT_LIMIT else f"{kept[:TEXT_LIMIT]}…"


def _hidden(letter: str) -> bool:
    """Whether a character controls how others are shown; the joiner inside emoji does no harm."""
    return unicodedata.category(letter) in {"Cc", "Cs"} or (unicodedata.category(letter) == "Cf" and letter != "\u200d")


@functools.cache
def _environment() -> Environment:
    """Give the template engine: everything is escaped, everything must exist."""
    return Environment(
        loader=PackageLoader("simulation.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@functools.cache
def _style() -> str:
    """Give the style sheet of all pages."""
    return resources.files("simulation.reports").joinpath("templates/page.css").read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Give a content security policy that allows this style sheet, this script and pictures inside the page, nothing else."""
    scripts = f"script-src {_allowed(script)}; " if script else ""
    return f"default-src 'none'; {scripts}style-src {_allowed(style)}; img-src data:; base-uri 'none'; form-action 'none'"


def _allowed(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
