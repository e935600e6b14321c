"""Sets of goals that come along, by the purpose of an exercise and its audience.

The purposes (toetsen, ontwikkelen, oriënteren) are those of the Dutch framework for evaluating exercises (WODC/ITS 2013,
evidence W129 and W130): most evenings of Boef in de Wijk orient or develop, unannounced ones test. Which measures a set names
and where their bounds lie is an assumption of ours (grade D): a bound is a place to start from, to be moved by an own goal.

Bounds keep to what an evening can bring about. Reach is asked of members of groups, for most residents are in none (15 to 22 %
are, W53 to W55), and half of them see a message within eight minutes (W67). Two in a hundred who take part are 30 players, as
in Zevenhuizen (W4), among the 1,430 residents from twelve on of the map that comes along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

GoalSetId = Literal["test-adults", "test-children", "develop-adults", "develop-children", "orient-adults", "orient-children"]
"""Sets of goals, by purpose and audience."""

GOAL_SETS: Mapping[GoalSetId, tuple[tuple[str, float], ...]] = {
    "test-adults": (
        ("first_sighting_s <= 15 min", 1.0),
        ("first_call_s <= 20 min", 2.0),
        ("call_wait_p90_s <= 30 s", 1.0),
        ("report_elements_mean >= 4", 1.0),
        ("first_post_s <= 30 min", 1.0),
        ("saar_order_share >= 0.8", 1.0),
        ("reach_members_share >= 0.5", 1.0),
        ("unsafe_approaches <= 0", 2.0),
    ),
    "test-children": (
        ("first_sighting_s <= 10 min", 1.0),
        ("first_call_s <= 20 min", 1.0),
        ("found_at_s <= 40 min", 2.0),
        ("challenges_wrong <= 2", 1.0),
        ("unsafe_approaches <= 0", 2.0),
    ),
    "develop-adults": (
        ("first_call_s <= 20 min", 1.0),
        ("call_wait_p90_s <= 60 s", 1.0),
        ("report_elements_mean >= 3", 1.0),
        ("saar_order_share >= 0.6", 2.0),
        ("posts_stating_called_share >= 0.5", 1.0),
        ("reach_members_share >= 0.4", 1.0),
        ("found_at_s between 20 min and 75 min", 1.0),
        ("challenges_wrong <= 5", 1.0),
    ),
    "develop-children": (
        ("sightings >= 3", 1.0),
        ("first_call_s <= 30 min", 1.0),
        ("found_at_s between 10 min and 45 min", 2.0),
        ("challenges_wrong <= 3", 1.0),
        ("unsafe_approaches <= 0", 1.0),
    ),
    "orient-adults": (
        ("sightings >= 5", 1.0),
        ("calls >= 3", 1.0),
        ("reach_members_share >= 0.3", 1.0),
        ("active_share >= 0.02", 2.0),
        ("found_at_s between 15 min and 90 min", 1.0),
        ("unsafe_approaches <= 0", 1.0),
    ),
    "orient-children": (
        ("sightings >= 3", 1.0),
        ("found_at_s between 10 min and 60 min", 2.0),
        ("challenges_wrong <= 5", 1.0),
        ("unsafe_approaches <= 0", 1.0),
    ),
}
"""The goals of each set, with their weights."""
