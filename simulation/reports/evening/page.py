"""The page of an evening: one file that opens from disk, loads nothing, and runs only its own script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from simulation.language.catalogue import text
from simulation.language.dates import date_words
from simulation.language.forms import number
from simulation.reports.document import clean, page_html
from simulation.reports.drawn import LIMIT, drawn
from simulation.reports.evening.paragraph import paragraph
from simulation.reports.evening.rows import (
    QUESTION_LIMIT,
    goal_groups,
    happening_rows,
    measure_groups,
    side_effect_rows,
    timeline,
    way_tables,
)
from simulation.reports.mapsvg import map_svg
from simulation.reports.marks import mark_shape
from simulation.reports.player.playback import HAPPENINGS, SCRIPT, player_fields
from simulation.reports.scripts import script_of
from simulation.scenario.registry import GRADES
from simulation.scenario.registry.words import meaning_in, unit_in
from simulation.scoring.goalwords import result_words
from simulation.scoring.summary import structure_words, summary_lines
from simulation.trace.names import Names
from simulation.trace.why import causal_chain
from simulation.trace.why_words import why_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.maps.streetmap import StreetMap
    from simulation.reports.drawn import Drawn
    from simulation.trace.log import Trace

PIXELS_PER_INCH = 96
"""As a browser has it."""


class Among(NamedTuple):
    """Where an evening stands among others.

    Parameters
    ----------
    words
        Which of them it is; names the alert structure.
    back
        Address of the page that leads to this one, as seen from here.
    """

    words: str
    back: str


def report_html(
    trace: Trace,
    score: Mapping[str, Any],
    street_map: StreetMap,
    about: Mapping[str, Any],
    language: str,
    among: Among | None = None,
) -> str:
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
    among
        Where it stands among others; None where it stands alone.

    Returns
    -------
    HTML in UTF-8. The same for the same arguments.
    """
    evening = drawn(trace, street_map)
    start = str(trace.header["start"])
    rated = score.get("goals")
    fields = {
        "header": trace.header,
        "among": among,
        "version": trace.header["version"],
        "structure": structure_words(str(trace.header["structure"]), language),
        "date": date_words(language, str(trace.header["date"])),
        "paragraph": paragraph(trace, score, language),
        "summary": list(summary_lines(trace.header, score, language)),
        "charts": _charts(trace, score, street_map, language),
        "timeline": timeline(trace, language),
        "question_limit": QUESTION_LIMIT,
        "why": _why(trace, language),
        "found": score["found"],
        "documents": {key: about.get("scenario", {}).get(key, "") for key in ("happened", "source")},
        "goals": goal_groups(start, rated, language) if rated else [],
        "goals_result": result_words(rated, language) if rated else "",
        "groups": measure_groups(trace, score, language),
        "side": side_effect_rows(trace, score, language),
        "svg": _map(street_map, evening, language),
        "marks": [(kind, mark_shape(kind, (20.0, 20.0), 1.0)) for kind in HAPPENINGS],
        "happenings": happening_rows(start, evening, Names(trace, language), language),
        "evening": evening,
        "limit": LIMIT,
        "ways": way_tables(trace, evening, street_map, language),
        "map_about": street_map.about,
        **player_fields(trace, street_map, language),
        **_rests(about.get("parameters", ()), language),
    }
    return page_html("report.html.j2", language, fields, script_of(SCRIPT))


def _why(trace: Trace, language: str) -> list[str]:
    """Tell how it came to the finding, or to the last step there was."""
    return list(why_lines(trace, causal_chain(trace), language)) if trace.records else []


def _map(street_map: StreetMap, evening: Drawn, language: str) -> Markup:
    """Draw the map with a name and a description in words."""
    title = str(clean(str(street_map.about.get("title", ""))))
    counts = {name: getattr(evening, name) for name in ("sightings", "calls", "questions", "found")}
    words = text(language, "page.map_desc", **counts)
    svg = map_svg(street_map, evening, (text(language, "page.map_title", map_title=title), words), language)
    return Markup(svg)  # noqa: S704 made by ElementTree, which escapes


def _charts(trace: Trace, score: Mapping[str, Any], street_map: StreetMap, language: str) -> list[dict[str, Any]]:
    """Draw the charts, as pictures inside the page."""
    from simulation.reports.evening.charts import evening_charts

    return [
        {
            "chart": item.chart,
            "source": Markup(item.chart.source),  # noqa: S704 quoted as an address
            "width": round(PIXELS_PER_INCH * item.chart.figure.get_figwidth()),
            "height": round(PIXELS_PER_INCH * item.chart.figure.get_figheight()),
            "meaning": item.meaning,
            "head": item.head,
            "rows": item.rows,
            "timed": item.timed,
        }
        for item in evening_charts(trace, score, street_map, language)
    ]


def _rests(parameters: Sequence[Mapping[str, Any]], language: str) -> dict[str, Any]:
    """Give the model numbers, how many there are of each grade, and how many the scenario set."""
    rows = [_parameter(row, language) for row in parameters]
    grades = {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES}
    return {"parameters": rows, "grades": grades, "overridden": sum(row["overridden"] for row in rows)}


def _parameter(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Give a model number for readers, with as many decimals as it has, up to six."""
    value = row["value"]
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    own = meaning_in(language, row["name"], row["meaning"])
    return {
        "name": row["name"],
        "value": number(language, value, decimals),
        "unit": unit_in(language, row["unit"]),
        "meaning": row["meaning"] if own is None else own,
        "foreign": own is None,
        "grade": row["grade"],
        "assumed": row["grade"] == "D",
        "overridden": bool(row.get("overridden")),
    }
