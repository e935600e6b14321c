"""Numbers of walking, cycling and going out to look."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter(
        "v_walk_adult_mps", "walking speed of adults, mean", "m/s", 1.34, 1.1, 1.6, f"{of.WEIDMANN} ; {of.CROSSING}", "A"
    ),
    Parameter(
        "v_walk_adult_sd_mps",
        "walking speed of adults, standard deviation",
        "m/s",
        0.26,
        0.1,
        0.4,
        f"usual companion of the mean of {of.WEIDMANN} ; {of.CROSSING}",
        "C",
    ),
    Parameter("v_walk_adult_min_mps", "walking speed of adults, lowest", "m/s", 0.6, 0.4, 1, of.ASSUMED, "D"),
    Parameter("v_walk_adult_max_mps", "walking speed of adults, highest", "m/s", 2.5, 1.8, 3, of.FAST_WALK, "C"),
    Parameter("v_walk_old_mps", "walking speed of the old, mean", "m/s", 1.1, 0.9, 1.3, of.BOHANNON, "D"),
    Parameter("v_walk_old_sd_mps", "walking speed of the old, standard deviation", "m/s", 0.2, 0.1, 0.3, of.ASSUMED, "D"),
    Parameter("v_walk_old_min_mps", "walking speed of the old, lowest", "m/s", 0.9, 0.4, 1, of.BOHANNON, "D"),
    Parameter("v_walk_old_max_mps", "walking speed of the old, highest", "m/s", 1.3, 1.2, 1.8, of.BOHANNON, "D"),
    Parameter("v_child_mps", "walking speed of children, mean", "m/s", 1.2, 0.7, 1.9, of.CHILDREN, "D"),
    Parameter("v_child_sd_mps", "walking speed of children, standard deviation", "m/s", 0.15, 0.05, 0.4, of.ASSUMED, "D"),
    Parameter("v_child_min_mps", "walking speed of children, lowest", "m/s", 0.7, 0.5, 1, of.CHILDREN, "D"),
    Parameter("v_child_max_mps", "walking speed of children, highest", "m/s", 1.9, 1.4, 2.5, of.CHILDREN, "D"),
    Parameter("v_bike_mps", "speed of residents on a bicycle, mean", "m/s", 4.9, 3.5, 6.5, of.CYCLING, "A"),
    Parameter("v_bike_sd_mps", "speed of residents on a bicycle, standard deviation", "m/s", 0.5, 0.2, 1.2, of.ASSUMED, "D"),
    Parameter("v_bike_min_mps", "speed of residents on a bicycle, lowest", "m/s", 3.5, 2, 4.5, of.ASSUMED, "D"),
    Parameter("v_bike_max_mps", "speed of residents on a bicycle, highest", "m/s", 6.5, 5.5, 9, of.ASSUMED, "D"),
    Parameter("v_suspect_mps", "walking speed of a suspect for whom none is stated", "m/s", 1.2, 0.8, 1.6, of.ASSUMED, "D"),
    Parameter(
        "hurry_factor", "factor on one's own speed when walking up to a suspect", "factor", 1.4, 1, 1.8, of.ASSUMED, "D"
    ),
    Parameter("approach_s", "time for which one keeps walking up to a suspect", "s", 60, 20, 180, of.ASSUMED, "D"),
    Parameter(
        "p_go_out_ordinary",
        "chance that an adult who is not playing goes out on reading of a place near",
        "share",
        0.05,
        0.01,
        0.2,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_go_out_player",
        "chance that a player goes to look on reading of a place near",
        "share",
        0.6,
        0.2,
        0.95,
        of.ASSUMED,
        "D",
    ),
    Parameter("go_out_within_m", "distance up to which a place is near enough to go to", "m", 500, 200, 1000, of.ASSUMED, "D"),
    Parameter("go_out_within_s", "age up to which a sighting is fresh enough to go to", "s", 900, 300, 1800, of.ASSUMED, "D"),
    Parameter("prepare_s", "time to put on shoes and coat", "s", 60, 10, 180, of.ASSUMED, "D"),
    Parameter(
        "give_up_s", "time after the last news at which one who is looking goes home", "s", 900, 300, 3600, of.ASSUMED, "D"
    ),
)
