"""Numbers of households and where people are when the evening starts."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter("p_size_1", "share of households with one person", "share", 0.39, 0.15, 0.6, of.ASSUMED, "D"),
    Parameter("p_size_2", "share of households with two persons", "share", 0.33, 0.2, 0.45, of.ASSUMED, "D"),
    Parameter("p_size_3", "share of households with three persons", "share", 0.12, 0.05, 0.2, of.ASSUMED, "D"),
    Parameter(
        "p_size_4", "share of households with four persons; the rest has five", "share", 0.11, 0.05, 0.2, of.ASSUMED, "D"
    ),
    Parameter("household_adults", "adults in a household at most; its others are children", "count", 2, 1, 3, of.ASSUMED, "D"),
    Parameter("p_old", "share of households without children in which all are old", "share", 0.2, 0.05, 0.5, of.ASSUMED, "D"),
    Parameter("old_age", "age from which adults are old", "years", 70, 65, 80, of.ASSUMED, "D"),
    Parameter("oldest_age", "age that nobody reaches", "years", 90, 85, 105, of.ASSUMED, "D"),
    Parameter("p_home", "chance that a resident is at home this evening", "share", 0.7, 0.4, 0.9, of.ASSUMED, "D"),
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
)
