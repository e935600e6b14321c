"""Numbers of the desk behind the temporary number, and of the units that it sends."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter("dispatch_s", "time from a report to a unit that sets out", "s", 30, 5, 120, of.ASSUMED, "D"),
    Parameter(
        "callback_s",
        "time after which the desk calls back the case holder of a group, and again each time",
        "s",
        300,
        60,
        900,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "emergency_transfer_s",
        "time from a call to a real police number until a briefed control room has told the desk",
        "s",
        180,
        30,
        600,
        of.ASSUMED,
        "D",
    ),
    Parameter("v_unit_mps", "speed of a unit, on bicycles", "m/s", 5.5, 4, 7, of.ASSUMED, "D"),
)
