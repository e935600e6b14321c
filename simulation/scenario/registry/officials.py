"""Numbers of the officials who live elsewhere and sit in the administrators' group: how many, and whether they are on duty."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter(
        "officers_per_district", "neighbourhood officers in an administrators' group", "count", 1, 1, 3, of.OFFICERS, "C"
    ),
    Parameter("managers_per_district", "area managers in an administrators' group", "count", 1, 0, 1, of.OFFICERS, "C"),
    Parameter(
        "p_official_on_duty",
        "chance that an official, such as a neighbourhood officer, is on duty this evening",
        "share",
        0.7,
        0.2,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_official_replaced",
        "chance that a colleague reads and passes messages on for an official who is off duty",
        "share",
        0.5,
        0,
        1,
        f"assumption; {of.OFF_DUTY}",
        "D",
    ),
)
