"""The evenings on which engine and reference are compared: what is at work in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scenario.dispatch import Unit
from simulation.scenario.ground import Area, Centre
from simulation.scenario.model import Act, Announced, Game, Hint, Number, Pauses, Players, Residents, Structure, Suspect
from tests.worlds import NO_LOOKALIKES, evening

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

NOBODY_ACTS = {
    "p_go_out_ordinary": 0.0,
    "p_go_out_player": 0.0,
    "p_challenge_player": 0.0,
    "p_follow": 0.0,
    "alerted_watch_factor": 1.0,
}
NO_DESK = {"callback_s": 1e6}
NOTHING_ODD = {"p_odd": 0.0, "p_address_unprimed": 0.0, "p_number_known": 1.0}
ACTS = (
    Act(name="voelt aan autodeuren", per_hour=20.0, duration_s=45.0),
    Act(name="kijkt naar binnen", per_hour=10.0, duration_s=20.0, conspicuousness=8.0),
)
NO_ROUNDS = {"p_round_walk": 0.0, "p_round_bike": 0.0}
STEPS = {
    # Only windows: homes, eyes on the street, noticing, recognising; then calling and posting.
    "windows": {"p_player_street": 0.0, "p_watch": 0.2, "p_watch_player": 0.2, **NOBODY_ACTS, **NO_ROUNDS},
    # Only moving observers, on foot and by bike.
    "streets": {
        "p_player_street": 0.8,
        "p_watch": 1e-4,
        "p_watch_player": 1e-4,
        "p_round_walk": 0.1,
        "p_round_bike": 0.1,
        **NOBODY_ACTS,
    },
    # One line and impatient callers; readers look out more and skip calls.
    "telephone and group": {
        "p_player_street": 0.1,
        "p_watch": 0.2,
        "p_watch_player": 0.2,
        "p_report_member": 0.8,
        "patience_mean_s": 30.0,
        **NOBODY_ACTS,
        "alerted_watch_factor": 5.0,
    },
    # A group that also talks about other things, so much that members mute it.
    "busy group": {
        "p_player_street": 0.1,
        "p_watch": 0.2,
        "p_watch_player": 0.2,
        "p_report_member": 0.8,
        **NOBODY_ACTS,
        "alerted_watch_factor": 5.0,
        "chatter_broad_per_hour": 120.0,
        "mute_tolerance_median_per_hour": 6.0,
        "muted_delay_factor": 3.0,
    },
    # Readers search, on foot or by bike, and most who see him in the street follow him and tell where he goes; nobody asks.
    "searching and following": {
        "p_challenge_player": 0.0,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_search_bike": 0.4,
        "p_follow": 0.7,
        "follow_update_s": 60.0,
        "resight_s": 120.0,
    },
    # Passers-by and many residents on a round look like the suspect, who is a woman; some know each other. Players are told
    # nothing at first, and ask strangers.
    "mistakes": {
        "passersby_per_km": 2.0,
        "p_round_walk": 0.2,
        "p_round_bike": 0.1,
        "p_same_upper": 0.4,
        "p_same_lower": 0.4,
        "p_similar": 0.3,
        "p_misperceive": 0.5,
        "p_know_neighbour": 0.9,
        "know_half_size": 200.0,
        "p_ask_stranger": 0.3,
        "p_challenge_player": 0.4,
        "p_player_street": 0.5,
        "p_watch": 0.2,
    },
    # The suspect does something now and then, strikes some as odd, and stands still; many know of no exercise or no number.
    "acts": {
        "p_household_member": 0.5,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_round_walk": 0.2,
        "p_round_bike": 0.05,
        "p_odd": 0.15,
        "act_factor": 4.0,
        "p_number_known": 0.5,
        "p_report_unprimed": 0.11,
        "p_address_unprimed": 0.5,
        "p_unsafe": 0.4,
        "p_challenge_player": 0.1,
        "resight_s": 120.0,
    },
    # The desk sends two units to where callers, some of a real number, saw the suspect or whom they took for him.
    "units": {
        "p_challenge_player": 0.0,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_report_member": 0.8,
        "p_number_known": 0.7,
        "passersby_per_km": 1.0,
        "p_same_upper": 0.2,
        "p_same_lower": 0.2,
        "emergency_transfer_s": 60.0,
    },
    # The desk calls back who told it and his group; others follow the suspect, or tell only the one or the other.
    "callbacks": {
        "p_challenge_player": 0.0,
        "p_player_street": 0.3,
        "p_watch": 0.2,
        "p_report_member": 0.8,
        "p_post_player": 0.4,
        "p_post_member": 0.4,
        "callback_s": 60.0,
        "skip_within_s": 60.0,
        "read_delay_ordinary_median_s": 180.0,
        "p_number_known": 0.7,
        "emergency_transfer_s": 60.0,
        "follow_update_s": 60.0,
        "resight_s": 120.0,
    },
    # Four groups, each run by three members who tell what matters in a group above them, and pass on what they read there;
    # they correct nobody, which the reference does not know.
    "connected groups": {
        "p_player_street": 0.1,
        "p_watch": 0.2,
        "p_watch_player": 0.2,
        "p_report_member": 0.8,
        "p_mute": 0.2,
        **NOBODY_ACTS,
        "alerted_watch_factor": 5.0,
        "read_delay_ordinary_median_s": 120.0,
        "muted_delay_factor": 3.0,
        "forward_half_m": 300.0,
        "admin_relay_median_s": 30.0,
        "p_admin_forward": 0.9,
        "p_correct": 0.0,
    },
    # A game for adults after two suspects, then one for children with an adult, each in streets of its own.
    "two games": {
        "p_player_street": 0.5,
        "p_watch": 0.1,
        "p_report_member": 0.8,
        "p_challenge_player": 0.3,
        "p_odd": 0.05,
    },
    # Everything: readers go out, walkers walk up to the suspect and ask.
    "everything": {"p_challenge_player": 0.25, "p_player_street": 0.3, "p_watch": 0.2, "p_report_member": 0.8},
}


TWO_GAMES = (
    Game(
        name="Volwassenen",
        audience="adults",
        area=Area(radius_m=150.0),
        start_s=0.0,
        duration_s=600.0,
        suspects=(
            Suspect(name="Rood", description={"upper": "rood", "lower": "blauw"}, speed_mps=1.0),
            Suspect(name="Groen", description={"upper": "groen", "lower": "blauw"}, speed_mps=0.8, acts=ACTS[:1]),
        ),
        hints=(Hint(at_s=60.0, tell=("lower",)), Hint(at_s=240.0, tell=("upper",), where=True)),
    ),
    Game(
        name="Kinderen",
        audience="children",
        companions=True,
        area=Area(radius_m=200.0),
        start_s=660.0,
        duration_s=540.0,
        suspects=(Suspect(name="Geel", description={"upper": "geel", "bag": "tas"}, speed_mps=1.0),),
        hints=(Hint(at_s=60.0, tell=("bag",)),),
    ),
)
"""One for adults, after two suspects in half of the streets; and one for children, the young with an adult."""


def scenario_of(step: str) -> Scenario:
    """Give an evening of twenty minutes with 100 residents, a quarter of whom play and have half of the description."""
    base = {"p_household_member": 0.9, "p_go_out_ordinary": 0.2, "p_round_walk": 0.05, "p_round_bike": 0.03}
    usual: dict[str, Any] = {
        "residents": Residents(count=100),
        "players": Players(share=0.25, know=("upper",), announced=Announced(members=1.0, others=0.3)),
        "number": Number(lines=1),
        "structure": Structure(id="single-group", topics="narrow"),
        "suspect": {"description": {"upper": "rood", "lower": "blauw"}},
        "game": {"duration_s": 1200.0, "hints": (Hint(at_s=60.0, tell=("lower",)),)},
    }
    values = base | NO_LOOKALIKES | NOTHING_ODD | NO_DESK | STEPS[step]
    return evening(values, **usual | _changes(step))


def _changes(step: str) -> dict[str, Any]:
    """Give what else than the numbers of the model is special about an evening."""
    everybody = Announced(members=1.0, others=0.3)
    units = tuple(Unit(name=name, base=Centre()) for name in ("Auto", "Fiets"))
    known: dict[str, dict[str, Any]] = {
        "busy group": {"structure": Structure(id="single-group", topics="broad")},
        "connected groups": {"structure": Structure(id="zoomwijck", groups=4, topics="narrow")},
        "mistakes": {
            "players": Players(share=0.25, announced=everybody),
            "suspect": {"description": {"upper": "rood", "lower": "blauw", "sex": "vrouw"}},
        },
        "acts": {
            "players": Players(share=0.25, know=("upper",), announced=Announced(members=0.5, others=0.3)),
            "suspect": {
                "description": {"upper": "rood", "lower": "blauw"},
                "acts": ACTS,
                "pauses": Pauses(per_hour=10.0, duration_s=60.0),
            },
        },
        "units": {"units": units},
        "callbacks": {"units": units},
        "two games": {"games": TWO_GAMES},
    }
    return known.get(step, {})
