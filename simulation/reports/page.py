"""The page of an evening: one file that opens from disk, loads nothing, and runs only its own script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from simulation.language.catalogue import text
from simulation.language.dates import date_words
from simulation.language.forms import number
from simulation.reports.document import clean, page_html
from simulation.reports.drawn import SIGHTING_LIMIT, drawn
from simulation.reports.mapsvg import map_svg
from simulation.reports.marks import mark_shape
from simulation.reports.playback import HAPPENINGS, SCRIPT, player_fields
from simulation.reports.rows import goal_groups, happening_rows, measure_groups, timeline, way_tables
from simulation.reports.scripts import script_of
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
    evening = drawn(trace)
    start = str(trace.header["start"])
    rated = score.get("goals")
    fields = {
        "header": trace.header,
        "version": trace.header["version"],
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
        "marks": [(kind, mark_shape(kind, (20.0, 20.0), 1.0)) for kind in HAPPENINGS],
        "happenings": happening_rows(start, evening, Names(trace, language), language),
        "evening": evening,
        "limit": SIGHTING_LIMIT,
        "ways": way_tables(trace, evening, street_map, language),
        "map_about": street_map.about,
        **player_fields(trace, street_map, language),
        "parameters": [_parameter(row, language) for row in about.get("parameters", ())],
    }
    return page_html("report.html.j2", language, fields, script_of(SCRIPT))


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
