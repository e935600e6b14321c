"""Numbers of watching, noticing and recognising."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter(
        "p_watch",
        "chance that a resident at home has his eyes on the street at a random instant",
        "share",
        0.08,
        0.02,
        0.25,
        f"assumption below the roughly 25 % of {of.REYNALD_MOIR}",
        "D",
    ),
    Parameter(
        "p_watch_player",
        "chance that a player who stays in has his eyes on the street at a random instant",
        "share",
        0.5,
        0.08,
        1,
        f"{of.ASSUMED}; between a resident's share and all the time",
        "D",
    ),
    Parameter(
        "watch_spell_s", "mean time that somebody at home keeps watching, once he does", "s", 120, 30, 600, of.ASSUMED, "D"
    ),
    Parameter(
        "p_notice_walker",
        "chance to notice the suspect on a straight pass at 2 m and 1.34 m/s in daylight",
        "share",
        0.5,
        0.33,
        0.86,
        f"{of.HYMAN} ; {of.FOTIOS_YANG}",
        "A",
    ),
    Parameter(
        "d_half_m", "distance at which recognition is half of that at 5 m", "m", 40, 15, 60, f"{of.NYMAN} ; {of.LINDSAY}", "A"
    ),
    Parameter(
        "f_dark",
        "factor on noticing and on recognising elements at night under street lamps",
        "factor",
        0.5,
        0.2,
        0.9,
        f"{of.FOTIOS_YANG} ; {of.LAMPS}",
        "D",
    ),
    Parameter(
        "f_unlit",
        "factor on noticing and on recognising elements at night in a street without lamps",
        "factor",
        0.2,
        0.05,
        0.5,
        f"{of.ASSUMED}; below that under street lamps",
        "D",
    ),
    Parameter(
        "p_odd",
        "chance that a suspect who does nothing special strikes somebody who sees him as out of place",
        "share",
        0.01,
        0,
        0.2,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "training_factor",
        "factor on noticing of who took a workshop in it",
        "factor",
        1.5,
        1,
        3,
        f"assumption; {of.WORKSHOPS}",
        "D",
    ),
    Parameter("watch_min_age", "age from which residents look out, walk about and phone", "years", 12, 8, 16, of.ASSUMED, "D"),
    Parameter("d_max_m", "distance beyond which nothing is recognised", "m", 100, 60, 110, of.NYMAN, "A"),
    Parameter(
        "alerted_watch_factor",
        "factor on the chance to watch the street after an alert was read",
        "factor",
        5,
        1,
        12,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "alerted_s", "time for which an alert that was read makes people watch more", "s", 600, 120, 1800, of.ASSUMED, "D"
    ),
    Parameter(
        "resight_s", "time before the same observer can notice the same suspect again", "s", 300, 60, 900, of.ASSUMED, "D"
    ),
    Parameter(
        "act_factor",
        "factor on noticing during a suspicious act that does not state its own conspicuousness",
        "factor",
        3,
        1,
        10,
        of.ASSUMED,
        "D",
    ),
)
