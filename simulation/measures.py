"""The table of measures: names, units and order. What each means stands in the language catalogues under `measure.`.

Chatter about other things than the exercise is load: it counts for `reads` and `messages_per_member_mean`, and shows in
`muted_share`. What is said of taking part is about the exercise: `first_post_s`, `posts`, `active_share`, `groups_active`,
`saar_order_share` and `posts_stating_called_share` leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from simulation.language.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Mapping

Capability = Literal["spot", "alert", "app", "respond", "organise"]
"""What a measure tells of: a step of SAAR, or the work of the organisers."""

CAPABILITIES: tuple[Capability, ...] = get_args(Capability)
"""In the order of SAAR."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One key of `score.json`.

    Parameters
    ----------
    key
        Name in the file.
    unit
        `moment` (seconds from the start of play), `s`, `count`, `mean`, `share` (0 to 1), `yes-no`, `word`, or `rows` for a
        value with parts.
    group
        Heading under which the page shows it.
    """

    key: str
    unit: str
    group: str

    def label(self, language: str) -> str:
        """Give the name for readers."""
        return text(language, f"measure.{self.key}.label")

    def meaning(self, language: str) -> str:
        """Give the meaning in a sentence."""
        return text(language, f"measure.{self.key}.meaning")


_UNITS = {
    "yes-no": ("found",),
    "moment": (
        "found_at_s",
        "all_found_at_s",
        "addressed_at_s",
        "dark_from_s",
        "first_sighting_s",
        "first_call_s",
        "first_call_answered_s",
        "first_post_s",
        "first_cross_group_s",
        "reach_half_s",
    ),
    "s": ("call_wait_mean_s", "call_wait_p90_s", "dispatch_to_scene_s"),
    "mean": ("report_elements_mean", "messages_per_member_mean"),
    "word": ("found_by",),
    "rows": ("suspects", "games", "load_by_role"),
}
_GROUPS = {
    "finding": (
        "found",
        "found_at_s",
        "all_found_at_s",
        "suspects_found",
        "found_by",
        "addressed_at_s",
        "suspects",
        "games",
        "uncovered_way_share",
    ),
    "spotting": (
        "dark_from_s",
        "first_sighting_s",
        "sightings",
        "challenges_wrong",
        "unsafe_approaches",
    ),
    "calling": (
        "first_call_s",
        "first_call_answered_s",
        "calls",
        "calls_answered",
        "calls_abandoned",
        "calls_unfinished",
        "calls_duplicate",
        "call_wait_mean_s",
        "call_wait_p90_s",
        "calls_prompted_by_message",
        "calls_prompted_by_broadcast",
        "report_elements_mean",
        "bystander_emergency_calls",
    ),
    "messages": (
        "first_post_s",
        "first_cross_group_s",
        "posts",
        "forwards",
        "relays",
        "reads",
        "messages_per_member_mean",
        "muted_share",
        "groups_active",
        "saar_order_share",
        "posts_stating_called_share",
    ),
    "reach": (
        "reach_share",
        "reach_members_share",
        "reach_useful_share",
        "reach_false_share",
        "reach_half_s",
        "outcome_reach_share",
    ),
    "response": (
        "active_share",
        "load_by_role",
        "admins_joined_share",
        "dispatches",
        "dispatch_to_scene_s",
    ),
}


def _unit(key: str) -> str:
    """Give the unit of a measure; what is neither listed nor a share is a count."""
    return next((unit for unit, keys in _UNITS.items() if key in keys), "share" if key.endswith("_share") else "count")


MEASURES = tuple(Measure(key, _unit(key), group) for group, keys in _GROUPS.items() for key in keys)
"""Every measure, in the order of `score.json` and of the page."""

NO_NUMBERS = ("word", "rows")
"""Units of measures that hold no number that a goal could set a bound to."""

UNITS = {measure.key: measure.unit for measure in MEASURES}
"""Unit of every measure, by name."""

_OF_GROUP: Mapping[str, Capability] = {
    "finding": "respond",
    "spotting": "spot",
    "calling": "alert",
    "messages": "app",
    "reach": "app",
    "response": "respond",
}
_OF_MEASURE: Mapping[str, Capability] = {
    **dict.fromkeys(("challenges_wrong", "unsafe_approaches"), "respond"),
    **dict.fromkeys(
        (
            "dark_from_s",
            "uncovered_way_share",
            "first_call_answered_s",
            "calls_answered",
            "calls_abandoned",
            "calls_unfinished",
            "call_wait_mean_s",
            "call_wait_p90_s",
            "outcome_reach_share",
            "admins_joined_share",
            "dispatches",
            "dispatch_to_scene_s",
        ),
        "organise",
    ),
}
CAPABILITY_OF: Mapping[str, Capability] = {
    measure.key: _OF_MEASURE.get(measure.key, _OF_GROUP[measure.group]) for measure in MEASURES
}
"""Capability that each measure tells of."""
