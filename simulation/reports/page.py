"""The page of an evening: one file that opens from disk, loads nothing and runs nothing."""

from __future__ import annotations

import base64
import functools
import hashlib
import unicodedata
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simulation.language.catalogue import text
from simulation.language.dates import date_words
from simulation.language.forms import number
from simulation.maps.streetmap import ATTRIBUTION
from simulation.reports.drawn import SIGHTING_LIMIT, drawn
from simulation.reports.mapsvg import map_svg
from simulation.reports.marks import mark_shape
from simulation.reports.rows import goal_groups, happening_rows, measure_groups, timeline, way_tables
from simulation.scoring.goalwords import result_words
from simulation.scoring.summary import structure_words, summary_lines
from simulation.trace.names import Names
from simulation.trace.why import causal_chain
from simulation.trace.why_words import why_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.maps.streetmap import StreetMap
    from simulation.reports.drawn import Drawn
    from simulation.trace.log import Trace

TEXT_LIMIT = 600
"""Longest text that is shown, characters; longer ones are cut."""

KEPT_CONTROLS = "\n\t"
MARKS = ("sighting", "sighting_called", "sighting_mistaken", "question_yes", "question_no", "found")


def report_html(trace: Trace, score: Mapping[str, Any], street_map: StreetMap, about: Mapping[str, Any], language: str) -> str:
    """Make the page of an evening.

    Parameters
    ----------
    trace
        The evening.
    score
        Its measures, and under `goals` its rated goals, if it has any.
    street_map
        The map it was played on.
    about
        What else made it; used here: `parameters`, a list of objects with `name`, `value`, `unit`, `meaning` and `grade`, and
        of `scenario` the texts `happened` and `source`.
    language
        `nl` or `en`.

    Returns
    -------
    HTML in UTF-8. The same for the same arguments.
    """
    style = _style()
    evening = drawn(trace)
    start = str(trace.header["start"])
    rated = score.get("goals")
    fields = {
        "language": language,
        "t": functools.partial(text, language),
        "policy": _policy(style),
        "style": Markup(style),  # noqa: S704 our own file
        "header": trace.header,
        "structure": structure_words(str(trace.header["structure"]), language),
        "date": date_words(language, str(trace.header["date"])),
        "summary": list(summary_lines(trace.header, score, language)),
        "timeline": timeline(trace, language),
        "why": _why(trace, language),
        "found": score["found"],
        "documents": {key: about.get("scenario", {}).get(key, "") for key in ("happened", "source")},
        "goals": goal_groups(start, rated, language) if rated else [],
        "goals_result": result_words(rated, language) if rated else "",
        "groups": measure_groups(trace, score, language),
        "svg": _map(street_map, evening, language),
        "marks": [(kind, mark_shape(kind, (20.0, 20.0), 1.0)) for kind in MARKS],
        "happenings": happening_rows(start, evening, Names(trace, language), language),
        "evening": evening,
        "limit": SIGHTING_LIMIT,
        "ways": way_tables(trace, evening, street_map, language),
        "map_about": street_map.about,
        "credit": credit(street_map, language),
        "parameters": [_parameter(row, language) for row in about.get("parameters", ())],
    }
    return _environment().get_template("report.html.j2").render(fields)


def credit(street_map: StreetMap, language: str) -> str:
    """Name whose data the map is made of; an invented one says so in the reader's language."""
    if street_map.about.get("synthetic"):
        return text(language, "page.invented")
    return str(street_map.about.get("attribution", ATTRIBUTION))


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
    """Give the style sheet of the page."""
    return resources.files("simulation.reports").joinpath("templates/report.css").read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """Give a content security policy that allows this one style sheet and pictures inside the page, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _why(trace: Trace, language: str) -> list[str]:
    """Tell how it came to the finding, or to the last step there was."""
    return list(why_lines(trace, causal_chain(trace), language)) if trace.records else []


def _map(street_map: StreetMap, evening: Drawn, language: str) -> Markup:
    """Draw the map with a name and a description in words."""
    title = str(clean(str(street_map.about.get("title", ""))))
    kinds = [happening.kind for happening in evening.happenings]
    counts = {"sightings": evening.sightings, "calls": evening.calls, "found": kinds.count("found")}
    questions = sum(kind.startswith("question") for kind in kinds)
    words = text(language, "page.map_desc", questions=questions, **counts)
    svg = map_svg(street_map, evening, (text(language, "page.map_title", map_title=title), words), language)
    return Markup(svg)  # noqa: S704 made by ElementTree, which escapes


def _parameter(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Give a model number for readers, with as many decimals as it has, up to six."""
    value = row["value"]
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return {**row, "value": number(language, value, decimals), "assumed": row["grade"] == "D"}
