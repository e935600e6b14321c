"""Numbers of the shopkeepers: at how many shops somebody is present, and from which there is a view of the street."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter(
        "p_shop_staffed",
        "chance that somebody is present at a shop, and in the shopkeepers' group, until closing time",
        "share",
        0.7,
        0.2,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "shop_view_m",
        "distance within which the nearest address has the view that one has from a shop; further away nobody looks out",
        "m",
        25,
        10,
        50,
        of.ASSUMED,
        "D",
    ),
)
