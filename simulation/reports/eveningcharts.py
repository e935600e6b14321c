"""The charts of one evening: who knew by when, the queue at the number, messages per member, where suspects were noticed.

Loads matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from simulation.language.catalogue import text
from simulation.language.forms import clock, number, percentage
from simulation.reports.charts import LOOKS, WIDTH_IN, Chart, in_style, new_figure
from simulation.reports.seenmap import seen_chart
from simulation.reports.tabledchart import TabledChart, clock_axis
from simulation.scoring.curves import delivered, distribution, knowing, queueing
from simulation.scoring.facts import Facts
from simulation.scoring.reach import WINDOW_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace

    Row = tuple[float, ...]
    Score = Mapping[str, Any]

FAINT = "#5f666e"
"""Colour of lines that mark a moment."""

QUEUE_HEIGHT_IN = 3.8


def evening_charts(trace: Trace, score: Score, street_map: StreetMap, language: str) -> list[TabledChart]:
    """Draw the charts of an evening; one that there is nothing to draw of is left out.

    Parameters
    ----------
    trace
        The evening.
    score
        Its measures.
    street_map
        The map it was played on.
    language
        `nl` or `en`.
    """
    facts = Facts(trace)
    with in_style():
        charts = (
            _reach(facts, score, language),
            _queue(facts, score, language),
            _messages(facts, score, language),
            seen_chart(trace, street_map, language),
        )
    return [chart for chart in charts if chart]


def _reach(facts: Facts, score: Score, language: str) -> TabledChart | None:
    """Draw who knew of a suspect by when."""
    rows = knowing(facts)
    if not rows:
        return None
    start, columns = str(facts.header["start"]), ("residents", "members", "seen")
    figure = new_figure()
    axes = figure.add_subplot()
    for index, column in enumerate(columns):
        colour, dashes, mark = LOOKS[index]
        axes.step(
            [row[0] for row in rows], [row[index + 1] for row in rows], where="post", color=colour, linestyle=dashes, marker=mark,
            markevery=max(len(rows) // 8, 1), markersize=5, label=text(language, f"chart.reach.{column}"),
        )  # fmt: skip
    first_s = score["first_sighting_s"]
    if first_s is not None:
        for moment, words, height in ((first_s, "first", 1.04), (first_s + WINDOW_S, "window", 0.97)):
            _moment(axes, moment, text(language, f"chart.reach.{words}"), height)
    axes.set_ylim(0.0, 1.05)
    axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0], [percentage(language, share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)])
    axes.set_ylabel(text(language, "chart.reach.up"))
    _clock(axes, start, rows[-1][0], language)
    _legend(axes, 2)
    told = tuple((clock(start, row[0]), *(percentage(language, share) for share in row[1:])) for row in rows)
    head = (text(language, "page.time"), *(text(language, f"chart.reach.{column}") for column in columns))
    last = dict(zip(columns, told[-1][1:], strict=True))
    alt = text(language, "chart.reach.alt", end=told[-1][0], **last) + _reached(score, language)
    chart = Chart("reach", text(language, "chart.reach.title"), alt, figure)
    return TabledChart(chart, text(language, "chart.reach.meaning"), head, told)


def _reached(score: Score, language: str) -> str:
    """Tell the two measures of reach that lie on the curve."""
    if score["reach_share"] is None:
        return " " + text(language, "chart.reach.unseen")
    share, members = (score[key] for key in ("reach_share", "reach_members_share"))
    told = {"share": percentage(language, share), "members": percentage(language, members or 0.0)}
    return " " + text(language, "chart.reach.by_then", **told)


def _queue(facts: Facts, score: Score, language: str) -> TabledChart | None:
    """Draw how busy the number was."""
    rows = queueing(facts)
    if not rows:
        return None
    start, columns = str(facts.header["start"]), ("waiting", "talking")
    figure = new_figure(WIDTH_IN, QUEUE_HEIGHT_IN)
    panels = figure.subplots(2, 1, sharex=True, sharey=True)
    times, most = [row[0] for row in rows], [int(max(row[index] for row in rows)) for index in (1, 2)]
    for index, (axes, column) in enumerate(zip(panels, columns, strict=True)):
        colour, dashes, _ = LOOKS[index]
        values = [row[index + 1] for row in rows]
        axes.fill_between(times, values, step="post", facecolor=colour, alpha=0.25, linewidth=0)
        axes.step(times, values, where="post", color=colour, linestyle=dashes)
        axes.set_title(text(language, f"chart.queue.{column}"), loc="left", fontsize=10)
        axes.set_ylabel(text(language, "chart.queue.up"))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.set_ylim(0, max(most) * 1.1 + 0.1)
    _clock(panels[-1], start, times[-1], language)
    told = tuple((clock(start, row[0]), *(number(language, value) for value in row[1:])) for row in rows)
    head = (text(language, "page.from"), *(text(language, f"chart.queue.{column}") for column in columns))
    counts = {name: number(language, score[name]) for name in ("calls", "calls_answered", "calls_abandoned", "calls_unfinished")}
    alt = text(language, "chart.queue.alt", waiting=most[0], talking=most[1], **counts)
    chart = Chart("queue", text(language, "chart.queue.title"), alt, figure)
    return TabledChart(chart, text(language, "chart.queue.meaning"), head, told)


def _messages(facts: Facts, score: Score, language: str) -> TabledChart | None:
    """Draw how many messages the members of groups got and read."""
    if score["messages_per_member_mean"] is None:
        return None
    got, read = delivered(facts)
    rows = distribution(got, read)
    figure = new_figure()
    axes = figure.add_subplot()
    places = range(len(rows))
    for index, column in enumerate(("got", "read")):
        axes.bar(
            [place + (index - 0.5) * 0.4 for place in places], [row[index + 2] for row in rows], width=0.4, color=LOOKS[index][0],
            edgecolor="white", hatch="///" if index else None, label=text(language, f"chart.messages.{column}"),
        )  # fmt: skip
    names = [number(language, row[0]) if row[0] == row[1] else f"{row[0]}–{row[1]}" for row in rows]
    shown = max(len(names) // 13 + 1, 1)
    axes.set_xticks(places[::shown], names[::shown])
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel(text(language, "chart.messages.across"))
    axes.set_ylabel(text(language, "chart.messages.up"))
    axes.grid(visible=False, axis="x")
    _legend(axes, 2)
    told = tuple((name, *(number(language, count) for count in row[2:])) for name, row in zip(names, rows, strict=True))
    head = tuple(text(language, f"chart.messages.{column}") for column in ("across", "got", "read"))
    counts = {"members": number(language, len(got)), "none": number(language, int((read == 0).sum()))}
    means = {"got": number(language, score["messages_per_member_mean"], 1), "read": number(language, float(read.mean()), 1)}
    chart = Chart(
        "messages", text(language, "chart.messages.title"), text(language, "chart.messages.alt", **counts, **means), figure
    )
    return TabledChart(chart, text(language, "chart.messages.meaning"), head, told)


def _moment(axes: Axes, time_s: float, words: str, height: float) -> None:
    """Mark a moment."""
    axes.axvline(time_s, color=FAINT, linestyle=":", linewidth=1.2)
    axes.text(time_s, height, f" {words}", fontsize=8, color=FAINT, va="top")


def _clock(axes: Axes, start: str, end_s: float, language: str) -> None:
    """Put clock times below a chart."""
    clock_axis(axes, start, end_s)
    axes.set_xlabel(text(language, "chart.time"))


def _legend(axes: Axes, columns: int) -> None:
    """Put the legend above a chart, out of the way of its lines."""
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=columns, frameon=False, fontsize=9, borderaxespad=0.2, columnspacing=1.2, handlelength=2.6)
