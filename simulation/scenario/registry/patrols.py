"""Numbers of the patrol team (buurtpreventieteam): how many there are, how they go round, and what they report."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter("patrol_members", "members of the patrol team", "count", 10, 4, 15, f"assumption; {of.PATROL_SIZE}", "D"),
    Parameter(
        "patrol_duty_share",
        "share of them whose round, by the roster, falls in the evening, wholly or in part",
        "share",
        0.4,
        0.1,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter("patrol_round_s", "length of a round of a patrol", "s", 7200, 5400, 9000, of.PATROLS, "C"),
    Parameter("p_patrol_bike", "chance that a patrol goes round by bicycle", "share", 0.3, 0, 1, of.ASSUMED, "D"),
    Parameter(
        "patrol_notice_factor",
        "factor on noticing in the street of a member of the patrol team who is on duty",
        "factor",
        1.5,
        1,
        3,
        f"{of.ASSUMED}; as who took a workshop in it",
        "D",
    ),
    Parameter(
        "p_report_patrol",
        "chance that a member of the patrol team reports what he noticed on his round",
        "share",
        0.95,
        0.7,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "patrol_register_s",
        "time from the end of his call, or from what he saw if it can wait, until it stands in the register of the team",
        "s",
        30,
        5,
        120,
        of.ASSUMED,
        "D",
    ),
)
