"""Numbers of where people are when the evening starts, and of who may play, alone or in a party."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter(
        "p_home",
        "share of the residents, of all types of household together, who are at home this evening",
        "share",
        0.7,
        0.4,
        0.9,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_round_walk",
        "chance that a resident is out on a round on foot at a random instant",
        "share",
        0.02,
        0.005,
        0.06,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_round_bike",
        "chance that a resident is out on a round by bike at a random instant",
        "share",
        0.01,
        0.002,
        0.04,
        of.ASSUMED,
        "D",
    ),
    Parameter("round_walk_s", "length of a round on foot", "s", 1800, 600, 3600, of.ASSUMED, "D"),
    Parameter("round_bike_s", "length of a round by bike", "s", 1200, 600, 3600, of.ASSUMED, "D"),
    Parameter(
        "p_player_street",
        "chance that a player is out on the street from the start; others watch at a window",
        "share",
        0.7,
        0.2,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "child_companion_age", "age below which a child plays only with an adult", "years", 14, 12, 16, of.COMPANION, "C"
    ),
    Parameter(
        "child_party_age",
        "age from which a child plays with an adult, in a game with companions",
        "years",
        6,
        4,
        10,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "party_child_eyes",
        "how much each child of a party adds to what its adult notices, against an adult",
        "share",
        0.5,
        0,
        1,
        of.ASSUMED,
        "D",
    ),
)
