"""The evening that our engine and its peers play beside each other: the features of a minimal model, and their numbers.

A suspect wanders for two hours. Of 500 residents 85 % look out at home, 10 % walk and 5 % cycle. Who has the suspect in sight
within 30 m notices him once, at a rate that falls with distance and is ten times higher outside or after a message than at
home. Who noticed may call one of two call-takers, and may then post in the group of all residents. Messages are read after a
lognormal delay; a few of the readers who live near go out and search on foot: in the peers they wander from their door, in our
engine they go from place to place where the suspect may be by now. Nobody talks of anything else or mutes the group, and the
desk calls nobody back. Nobody asks the suspect or follows him, so that the evening lasts two hours.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Final, NamedTuple

from simulation.saar.spot import noticing_rate
from simulation.scenario.model import Game, Hint, Number, Parameters, Players, Residents, Scenario, Structure, Suspect

RESIDENTS: Final = 500
EVENING_S: Final = 7200.0
SIGHT_M: Final = 30.0
HOME_SHARE: Final = 0.1
"""Factor on the rate of noticing for who sits at home and is not alerted."""
WALKERS: Final = 0.10
CYCLISTS: Final = 0.05
RIDE_S: Final = 3600.0
"""Length of a ride in our engine, where riders change: at every moment the share `CYCLISTS` is out."""
WALK_MPS: Final = 1.4
CYCLE_MPS: Final = 4.5
P_CALL: Final = 0.3
P_POST: Final = 0.45
P_GO_OUT: Final = 0.05
GO_OUT_WITHIN_M: Final = 100.0
GO_OUT_WITHIN_S: Final = 900.0
SEARCH_S: Final = 900.0
CALL_TAKERS: Final = 2
DIAL_S: Final = 30.0
TYPING_S: Final = 60.0
PATIENCE_S: Final = 180.0
CONVERSATION_S: Final = (100.0, 120.0)
"""Median and mean of a lognormal length."""
READ_MEDIAN_S: Final = 300.0
READ_SIGMA: Final = 1.0
MOST_POSTS: Final = 20

_ALWAYS_S = 1e5
_BEARS_ALL = 1000.0
"""Messages within an hour that are too many for a member: more than there ever are."""


class Happened(NamedTuple):
    """How much happened in an evening; `searchers` are readers who went out."""

    noticings: float
    calls: float
    posts: float
    searchers: float


def seen_share(distance_m: float) -> float:
    """Give the factor by which the rate of noticing, and the chance to recognise, fall with distance."""
    return SIGHT_M * SIGHT_M / (SIGHT_M * SIGHT_M + distance_m * distance_m)


def evening(rate: float, residents: int = RESIDENTS, household: int = 1, hints: int = 0) -> Scenario:
    """Write the evening as a scenario of our own.

    Parameters
    ----------
    rate
        Noticing per second of a suspect right beside somebody outside or alerted.
    residents
        How many people.
    household
        How many live in each home: 1, or 5 where a map would have too few homes.
    hints
        How many messages the organiser sends, at even distances, to everybody; then residents do not post.
    """
    suspect = Suspect(name="Boef", description={"upper": "red coat"}, speed_mps=WALK_MPS)
    of_size = {"p_household_family": 0.0 if household == 1 else 1.0}
    return Scenario(
        title="Bench",
        date=date(2026, 6, 17),
        start_s=50400.0,
        games=(Game(name="One game", duration_s=EVENING_S, suspects=(suspect,), stop="time", hints=_hints(hints)),),
        residents=Residents(count=residents),
        players=Players(share=1.0, know=("upper",)),
        structure=Structure(id="single-group", cap=100_000),
        outlet="public-page" if hints else "groups",
        number=Number(lines=CALL_TAKERS),
        parameters=Parameters({**_overrides(rate), **of_size, "p_post_player": 0.0 if hints else P_POST}),
    )


def _hints(number: int) -> tuple[Hint, ...]:
    return tuple(Hint(at_s=EVENING_S * nth / (number + 1), where=True) for nth in range(1, number + 1))


def _overrides(rate: float) -> dict[str, float]:
    """Let the first adult of each home be a member, and everybody play."""
    sight = {"d_max_m": SIGHT_M, "d_half_m": SIGHT_M}
    seconds_beside = 1.0 / noticing_rate({**sight, "p_notice_walker": 1.0 - math.exp(-1.0)})
    return {
        "p_household_elderly": 0.0,
        "p_household_student": 0.0,
        "p_single_pair": 0.0,
        "p_one_parent": 0.0,
        "p_children_1": 0.0,
        "p_children_2": 0.0,
        "p_household_member": 1.0,
        "p_mute": 0.0,
        "mute_tolerance_median_per_hour": _BEARS_ALL,
        "mute_tolerance_sigma": 0.0,
        "chatter_narrow_per_hour": 0.0,
        "passersby_per_km": 0.0,
        "p_same_upper": 0.0,
        "p_similar": 0.0,
        "p_ask_stranger": 0.0,
        "p_odd": 0.0,
        "callback_s": _ALWAYS_S,
        "child_companion_age": 0.0,
        "p_player_street": WALKERS,
        "p_round_walk": 0.0,
        "p_round_bike": CYCLISTS / (1.0 - WALKERS),
        "round_bike_s": RIDE_S,
        "v_walk_adult_mps": WALK_MPS,
        "v_bike_mps": CYCLE_MPS,
        **sight,
        "p_notice_walker": 1.0 - math.exp(-rate * seconds_beside),
        "resight_s": _ALWAYS_S,
        "p_watch": HOME_SHARE,
        "p_watch_player": HOME_SHARE,
        "alerted_watch_factor": 1.0 / HOME_SHARE,
        "alerted_s": _ALWAYS_S,
        "p_report_player": P_CALL,
        "p_challenge_player": 0.0,
        "p_redial": 0.0,
        "call_dial_s": DIAL_S,
        "post_typing_s": TYPING_S,
        "patience_mean_s": PATIENCE_S,
        "call_hold_median_s": CONVERSATION_S[0],
        "call_hold_mean_s": CONVERSATION_S[1],
        "read_delay_player_median_s": READ_MEDIAN_S,
        "read_delay_player_sigma": READ_SIGMA,
        "p_go_out_player": P_GO_OUT,
        "p_search_bike": 0.0,
        "p_follow": 0.0,
        "go_out_within_m": GO_OUT_WITHIN_M,
        "go_out_within_s": GO_OUT_WITHIN_S,
        "give_up_s": SEARCH_S,
    }
