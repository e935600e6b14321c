"""What a rated goal is about: which strength, or point to improve, is told with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.scoring.rubric import is_above

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.scenario.conditions import Condition

TIMES = ("moment", "s")
"""Units that are told as times."""

_THEMES = {
    "seen": ("first_sighting_s", "sightings"),
    "called": ("first_call_s", "calls", "calls_prompted_by_message", "calls_prompted_by_broadcast"),
    "answered": (
        "first_call_answered_s",
        "calls_answered",
        "calls_abandoned",
        "calls_unfinished",
        "call_wait_mean_s",
        "call_wait_p90_s",
    ),
    "reported": ("report_elements_mean",),
    "doubled": ("calls_duplicate",),
    "number": ("bystander_emergency_calls",),
    "posted": ("first_post_s", "posts", "groups_active"),
    "passed": ("first_cross_group_s", "forwards", "relays"),
    "order": ("saar_order_share",),
    "stated": ("posts_stating_called_share",),
    "reached": (
        "reach_share",
        "reach_members_share",
        "reach_useful_share",
        "reach_half_s",
        "reads",
        "outcome_reach_share",
    ),
    "rumour": ("reach_false_share",),
    "noise": ("messages_per_member_mean", "muted_share"),
    "found": ("found", "found_at_s", "all_found_at_s", "suspects_found"),
    "asked": ("challenges_wrong",),
    "safe": ("unsafe_approaches",),
    "active": ("active_share",),
    "units": ("dispatches", "dispatch_to_scene_s"),
}
_THEME_OF = {key: theme for theme, keys in _THEMES.items() for key in keys}

_THEME_OF_CAUSE = {
    **dict.fromkeys(("unseen", "seen-too-late", "long-unseen"), "seen"),
    **dict.fromkeys(("silent", "dialled-late", "posted-uncalled", "unreported"), "called"),
    **dict.fromkeys(("other-number", "number-unread"), "number"),
    **dict.fromkeys(("busy", "closed"), "answered"),
    **dict.fromkeys(("no-groups", "no-member", "in-no-channel"), "joined"),
    "heard-nothing": "reached",
    **dict.fromkeys(("not-posted", "posted-late", "untold", "news-late"), "posted"),
    "found-soon": "too_soon",
    "all-posted": "seen",
    "call-unmade": "order",
    "unread": "read",
    **dict.fromkeys(("in-other-channel", "nobody-between"), "passed"),
    **dict.fromkeys(("wrong-told", "rumours"), "rumour"),
}
"""What to improve where a cause points elsewhere than its measure."""

_THE_LESS_THE_BETTER = (
    "calls_abandoned",
    "calls_unfinished",
    "calls_duplicate",
    "bystander_emergency_calls",
    "reach_false_share",
    "messages_per_member_mean",
    "muted_share",
    "challenges_wrong",
    "unsafe_approaches",
)
"""Measures, other than times, of which less is better; of all other numbers more is."""

_OF_NONE = ("number", "safe")
"""Strengths that say that something never happened."""


def theme_of(row: Mapping[str, Any], condition: Condition) -> str:
    """Choose what to say about a goal; one that asks for less of what is good, or was exceeded, is told in general words."""
    timed = condition.unit in TIMES
    less = timed or condition.measure in _THE_LESS_THE_BETTER
    theme = _THEME_OF.get(condition.measure, "other")
    if row["met"]:
        fits = (condition.high if less else condition.low) is not None and not (theme in _OF_NONE and row["value"])
        return theme if fits else "other"
    above = is_above(condition, math.inf if row["value"] is None else row["value"])
    if above == less:
        return _THEME_OF_CAUSE.get(row["cause"]["key"], theme)
    return "too_soon" if timed else "other"
