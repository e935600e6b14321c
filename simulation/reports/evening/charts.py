"""The charts of one evening: who knew by when, the queue at the number, messages per member, where suspects were noticed.

Loads matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from simulation.language.catalogue import text
from simulation.language.forms import clock, number, percentage
from simulation.reports.charts import LOOKS, WIDTH_IN, Chart, in_style, new_figure
from simulation.reports.evening.seenmap import seen_chart
from simulation.reports.tabledchart import TabledChart, clock_axis
from simulation.scoring.curves import delivered, distribution, knowing, queueing
from simulation.scoring.facts import Facts
from simulation.scoring.reach import WINDOW_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace

    Row = tuple[float, ...]
    Bars = tuple[int, int, int, int]
    Score = Mapping[str, Any]

FAINT = "#5f666e"
"""Colour of lines that mark a moment."""

QUEUE_HEIGHT_IN = 3.8
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
BAR_WIDTH, MOST_LABELS = 0.4, 13
CALLS = ("calls", "calls_answered", "calls_abandoned", "calls_unfinished")


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
    start, columns = str(facts.header["start"]), ["residents", "members", "seen"]
    if not facts.groups:
        columns, rows = ["residents", "seen"], [(time_s, read, seen) for time_s, read, _, seen in rows]
    names = [text(language, f"chart.reach.{column}") for column in columns]
    told = tuple((clock(start, row[0]), *(percentage(language, share) for share in row[1:])) for row in rows)
    last = dict(zip(columns, told[-1][1:], strict=True))
    last["members"] = text(language, "chart.reach.and_members", share=last["members"]) if facts.groups else ""
    alt = text(language, "chart.reach.alt", end=told[-1][0], **last) + _reached(facts, score, language)
    figure = _reach_figure(rows, names, (start, score["first_sighting_s"]), language)
    chart = Chart("reach", text(language, "chart.reach.title"), alt, figure)
    return TabledChart(chart, text(language, "chart.reach.meaning"), (text(language, "page.time"), *names), told, timed=True)


def _reach_figure(rows: list[Row], names: list[str], when: tuple[str, float | None], language: str) -> Figure:
    """Draw the lines, with the moment of the first sighting and that at which reach is measured."""
    figure, (start, first_s) = new_figure(), when
    axes = figure.add_subplot()
    times, every = [row[0] for row in rows], max(len(rows) // 8, 1)
    for index, name in enumerate(names):
        colour, dashes, mark = LOOKS[index]
        shares = [row[index + 1] for row in rows]
        line = axes.step(times, shares, where="post", color=colour, linestyle=dashes, label=name)[0]
        line.set(marker=mark, markevery=every, markersize=5)
    if first_s is not None:
        for moment, words, height in ((first_s, "first", 1.04), (first_s + WINDOW_S, "window", 0.97)):
            _moment(axes, moment, text(language, f"chart.reach.{words}"), height)
    axes.set_ylim(0.0, 1.05)
    axes.set_yticks(QUARTERS, [percentage(language, share) for share in QUARTERS])
    axes.set_ylabel(text(language, "chart.reach.up"))
    _clock(axes, start, times[-1], language)
    _legend(axes)
    return figure


def _reached(facts: Facts, score: Score, language: str) -> str:
    """Tell the two measures of reach that lie on the curve."""
    if score["reach_share"] is None:
        return " " + text(language, "chart.reach.unseen")
    share, of_members = (percentage(language, score[key] or 0.0) for key in ("reach_share", "reach_members_share"))
    members = text(language, "chart.reach.and_members", share=of_members) if facts.groups else ""
    return " " + text(language, "chart.reach.by_then", share=share, members=members)


def _queue(facts: Facts, score: Score, language: str) -> TabledChart | None:
    """Draw how busy the number was."""
    rows = queueing(facts)
    if not rows:
        return None
    start = str(facts.header["start"])
    names = [text(language, f"chart.queue.{column}") for column in ("waiting", "talking")]
    told = tuple((clock(start, row[0]), *(number(language, value) for value in row[1:])) for row in rows)
    counts = {name: number(language, score[name]) for name in CALLS}
    waiting, talking = (number(language, max(row[index] for row in rows)) for index in (1, 2))
    alt = text(language, "chart.queue.alt", waiting=waiting, talking=talking, **counts)
    chart = Chart("queue", text(language, "chart.queue.title"), alt, _queue_figure(rows, names, start, language))
    return TabledChart(chart, text(language, "chart.queue.meaning"), (text(language, "page.from"), *names), told, timed=True)


def _queue_figure(rows: list[Row], names: list[str], start: str, language: str) -> Figure:
    """Draw who waits above who talks."""
    figure = new_figure(WIDTH_IN, QUEUE_HEIGHT_IN)
    panels = figure.subplots(2, 1, sharex=True, sharey=True)
    times, most = [row[0] for row in rows], max(value for row in rows for value in row[1:])
    for index, (axes, name) in enumerate(zip(panels, names, strict=True)):
        colour, dashes, _ = LOOKS[index]
        values = [row[index + 1] for row in rows]
        axes.fill_between(times, values, step="post", facecolor=colour, alpha=0.25, linewidth=0)
        axes.step(times, values, where="post", color=colour, linestyle=dashes)
        axes.set_title(name, loc="left", fontsize=10)
        axes.set_ylabel(text(language, "chart.queue.up"))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.set_ylim(0, most * 1.1 + 0.1)
    _clock(panels[-1], start, times[-1], language)
    return figure


def _messages(facts: Facts, score: Score, language: str) -> TabledChart | None:
    """Draw how many messages the members of groups got and read."""
    if score["messages_per_member_mean"] is None:
        return None
    got, read = delivered(facts)
    rows = distribution(got, read)
    labels = [number(language, low) if low == high else f"{low}–{high}" for low, high, *_ in rows]
    told = tuple((label, *(number(language, count) for count in row[2:])) for label, row in zip(labels, rows, strict=True))
    counts = {"members": number(language, len(got)), "none": number(language, int((read == 0).sum()))}
    means = {"got": number(language, score["messages_per_member_mean"], 1), "read": number(language, float(read.mean()), 1)}
    head = [text(language, f"chart.messages.{column}") for column in ("across", "got", "read")]
    alt = text(language, "chart.messages.alt", **counts, **means)
    chart = Chart("messages", text(language, "chart.messages.title"), alt, _messages_figure(rows, labels, head, language))
    return TabledChart(chart, text(language, "chart.messages.meaning"), tuple(head), told)


def _messages_figure(rows: list[Bars], labels: list[str], head: list[str], language: str) -> Figure:
    """Draw two bars for each number of messages."""
    figure = new_figure()
    axes = figure.add_subplot()
    for index, name in enumerate(head[1:]):
        places = [place + (index - 0.5) * BAR_WIDTH for place in range(len(rows))]
        look: dict[str, Any] = {"color": LOOKS[index][0], "edgecolor": "white", "hatch": "///" if index else None}
        axes.bar(places, [row[index + 2] for row in rows], BAR_WIDTH, label=name, **look)
    shown = len(labels) // MOST_LABELS + 1
    axes.set_xticks(range(0, len(labels), shown), labels[::shown])
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel(head[0])
    axes.set_ylabel(text(language, "chart.messages.up"))
    axes.grid(visible=False, axis="x")
    _legend(axes)
    return figure


def _moment(axes: Axes, time_s: float, words: str, height: float) -> None:
    """Mark a moment."""
    axes.axvline(time_s, color=FAINT, linestyle=":", linewidth=1.2)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.text(time_s, height, words, fontsize=8, color=FAINT, va="top", bbox=box)


def _clock(axes: Axes, start: str, end_s: float, language: str) -> None:
    """Put clock times below a chart."""
    clock_axis(axes, start, end_s)
    axes.set_xlabel(text(language, "chart.time"))


def _legend(axes: Axes) -> None:
    """Put the legend above a chart, out of the way of its lines."""
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, frameon=False, fontsize=9, borderaxespad=0.2)
