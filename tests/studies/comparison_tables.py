"""The tables of the comparison of alert structures."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.scenario.joining import parts_of
from tests.studies.compared import HINT_MIN, SOON_MIN, difference_of, mean_of, median_of, share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.studies.compared import Came, Estimate
    from tests.studies.study import Array

LONGEST_MIN = 60.0
"""A time counts as so many minutes where it does not come to it, in differences."""
BASE = "separate-groups"
PERCENT, WIDTH = 100.0, 125
SHARES = frozenset({"reach", "reach_members", "told", "hint", "found"})
MINUTES = frozenset({"called", "half", "hint_half", "found_at"})
LABELS = {
    "told": "members told by the end, %",
    "reach": "all residents within 15 min, %",
    "calls": "calls",
    "called": "first call, min",
    "duplicates": "calls that told what was known",
    "found": "found, %",
    "messages": "messages per member",
    "forwards": "passed on",
    "wrong": "wrong people asked",
    "hint": "members told of the hint, %",
}


def looks(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Tell of each structure what can be told without playing: as `boef structure` does, drawn with one seed."""
    yield "### Without playing\n"
    yield from paragraph(
        "What [`boef structure`](structures.md) tells. Hops: into how many channels a message crosses, at the least, "
        "between the two areas furthest apart; judgements: how often somebody decides on the way whether it matters. "
        "Single points of failure: people whose silence alone cuts an area off, and roles all of whose silence does. "
        "Awake: how many of those who pass on must be awake for nine tenths of the members. No way: areas of which "
        "not every one hears the others. With a role counts, in the administrators' group, its neighbourhood officer and "
        "its area manager too, who only read there: one administrators' group has no other to pass on to. A broadcast "
        "goes to whoever is enrolled, after one judgement that is not counted here: that of the control room."
    )
    yield "| structure | members | with a role | hops | judgements | single points of failure: people | roles | awake |"
    yield "|---|---:|---:|---:|---:|---|---|---:|"
    for name, look in found.items():
        cuts = [cut for cut in look["cuts"]["persons"] if cut["areas_cut_off"]]
        roles = [f"every {cut['who']}" for cut in look["cuts"]["roles"] if cut["areas_cut_off"]]
        roles += ["the control room"] if parts_of(name).broadcast else []
        cells = [
            f"`{name}`",
            _sizes([area["members"] for area in look["areas"]]),
            look["roles"] or "nobody",
            _furthest(look["hops"]),
            _furthest(look["judgements"]),
            _people(cuts),
            ", ".join(roles) or "none",
            _awake(look["awake"]),
        ]
        yield _row(cells)
    yield ""


def _sizes(members: Sequence[int]) -> str:
    return "no group" if not any(members) else " + ".join(map(str, members))


def _furthest(rows: Sequence[Sequence[int | None]]) -> str:
    """Give the largest number between two areas, or say that a way is missing."""
    counts = [count for row in rows for count in row]
    return "no way" if None in counts else str(max(count for count in counts if count is not None))


def _people(cuts: Sequence[Mapping[str, Any]]) -> str:
    most = max((len(cut["areas_cut_off"]) for cut in cuts), default=0)
    return f"{len(cuts)}, of whom each cuts off up to {most} areas" if cuts else "none"


def _awake(awake: Mapping[str, Any]) -> str:
    return "never" if awake["needed"] is None else f"{awake['needed']} of {awake['stewards']}" if awake["stewards"] else "–"


def evenings(came: Mapping[str, Came]) -> Iterator[str]:
    """Tell what evenings came to under each condition."""
    yield "### The evenings\n"
    yield from paragraph(
        "Mean ± half of the 95 % interval. Reach: share who within 15 minutes of the first true sighting had read "
        "news that rests on one, as in `reach_share` and `reach_members_share`; told by the end: share of the members "
        "who had by the end of play. Doubles: calls that told what the desk knew. As the organisers tell nothing, "
        "`public-hints` is `none` here; what a page does is under *The organisers' way*."
    )
    yield "| structure | reach, all, % | reach, members, % | members told by the end, % | calls | doubles | found, % |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, one in came.items():
        columns = [PERCENT * one.reach, PERCENT * one.reach_members, PERCENT * one.told, one.calls, one.duplicates]
        yield _row([f"`{name}`", *(around(mean_of(column)) for column in columns), percent(one.found)])
    yield ""
    yield "| structure | messages per member | passed on | wrong people asked | real numbers called |"
    yield "|---|---:|---:|---:|---:|"
    for name, one in came.items():
        columns = [one.messages, one.forwards, one.wrong, one.emergency]
        yield _row([f"`{name}`", *(around(mean_of(column)) for column in columns)])
    yield ""


def times(came: Mapping[str, Came]) -> Iterator[str]:
    """Tell how long it took, with how many evenings came to it."""
    yield "### How soon\n"
    yield from paragraph(
        "Minutes: the middle of the evenings with its 95 % interval, from their order; never: more than half of the "
        "evenings did not come to it. Half told: from the first true sighting until half of the members had read news "
        "of one, counted to a quarter of an hour after the end; of them: in how many of the evenings with a sighting it "
        "came to that. First call and found from the start."
    )
    yield "| structure | half told | of them | first call | found |"
    yield "|---|---:|---:|---:|---:|"
    for name, one in came.items():
        reached = f"{int(np.isfinite(one.half).sum())} of {int((~np.isnan(one.half)).sum())}"
        yield _row([f"`{name}`", middle(one.half), reached, middle(one.called), middle(one.found_at)])
    yield ""


def middle(minutes: Array) -> str:
    """Write the middle of the evenings with its interval."""
    half, low, high = (_minutes(value) for value in median_of(minutes))
    return half if half == low == high else f"{half} ({low} to {high})"


def _minutes(value: float) -> str:
    return "never" if np.isinf(value) else f"{value:.1f}"


def differences(came: Mapping[str, Came], names: Iterable[str]) -> Iterator[str]:
    """Tell how each structure differs from separate groups, evening by evening."""
    fields = ("told", "calls", "found", "messages", "wrong")
    yield "### Against separate groups\n"
    yield from paragraph(
        f"Mean difference from `{BASE}` between evenings of the same seed, ± half of its 95 % interval; bold where the "
        "interval leaves 0 out, as chance alone makes of one in twenty. All chance but that which the structure itself "
        "changes is the same; areas too, but where districts are cut first."
    )
    yield _row(["structure", *(LABELS[field] for field in fields)])
    yield _row(["---", *("---:" for _ in fields)])
    for name in names:
        if name != BASE:
            yield _row([f"`{name}`", *(changed(came[name], came[BASE], field) for field in fields)])
    yield ""


def at_equal_effort(pairs: Mapping[str, tuple[Came, Came]], stewards: int) -> Iterator[str]:
    """Tell what becomes of structures when as many people pass messages on under each."""
    fields = ("told", "calls", "found", "messages", "forwards")
    yield "### At equal effort\n"
    yield from paragraph(
        f"The same with {stewards} people of every group who pass messages on (or share broadcasts): as many as "
        "Zoomwijck has, and the same people under every structure. As documented administrators are two and "
        "coordinators one; one structure then has three times the hands of another. Structures in which nobody passes "
        "anything on have no such effort to make equal, and stay as they are. Behind each mean the difference from "
        "*as documented*."
    )
    yield _row(["structure", *(LABELS[field] for field in fields)])
    yield _row(["---", *("---:" for _ in fields)])
    for name, (before, after) in pairs.items():
        cells = []
        for field in fields:
            same = np.array_equal(getattr(before, field), getattr(after, field), equal_nan=True)
            note = "the same" if same else changed(after, before, field)
            mean = percent(after.found) if field == "found" else around(mean_of(_column(after, field)))
            cells.append(f"{mean}; {note}")
        yield _row([f"`{name}`", *cells])
    yield ""


def routes(came: Mapping[str, tuple[Came, str]]) -> Iterator[str]:
    """Tell how the organisers' news comes to members by the way of each structure."""
    yield "### The organisers' way\n"
    yield from paragraph(
        f"The same evenings with one hint (sex and upper clothing) {HINT_MIN:g} minutes after the start, told as high "
        f"up as the structure goes. Share of the members who had read it {SOON_MIN:g} minutes later, and minutes until "
        "half of them had. The public page is read by those who knew of the exercise: all members, here. It needs "
        "nobody to pass it on, and in this model nobody mutes it, as some have muted their group: both are assumptions."
    )
    yield "| structure | told | told in time, % | half of the members, min | found, % | messages per member |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, (one, outlet) in came.items():
        share, messages = around(mean_of(PERCENT * one.hint)), around(mean_of(one.messages))
        yield _row([f"`{name}`", outlet, share, middle(one.hint_half), percent(one.found), messages])
    yield ""


def changed(one: Came, other: Came, field: str) -> str:
    """Write the mean difference of a measure between the same evenings."""
    found = difference_of(_column(one, field), _column(other, field))
    if not found.half_width:
        return f"{found.middle:+g}" if found.middle else "0"
    told = f"{found.middle:+.{_decimals(found)}f} ± {found.half_width:.{_decimals(found)}f}"
    return f"**{told}**" if found.sure else told


def _column(came: Came, field: str) -> Array:
    values: Array = getattr(came, field)
    if field in MINUTES:
        return np.minimum(values, LONGEST_MIN)
    return PERCENT * values if field in SHARES else values


def percent(flags: Array) -> str:
    """Write the share of evenings in which something happened, with its interval."""
    share, low, high = (PERCENT * value for value in share_of(flags))
    return f"{share:.1f} ({low:.1f} to {high:.1f})"


def around(found: Estimate) -> str:
    """Write a mean with half of its interval; a number alone where all evenings have it."""
    if not found.half_width:
        return f"{found.middle:g}"
    return f"{found.middle:.{_decimals(found)}f} ± {found.half_width:.{_decimals(found)}f}"


def _decimals(found: Estimate) -> int:
    return 2 if found.half_width < 0.1 else 1


def paragraph(text: str) -> list[str]:
    """Break a text into lines, with an empty one behind it."""
    return [*wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False), ""]


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
