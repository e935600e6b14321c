"""Numbers of who passes messages on from group to group, and of how they judge and how long it takes them."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter("steering_members", "members of a residents' group who steer it", "count", 3, 3, 4, of.STEERING, "C"),
    Parameter("admins_per_group", "administrators of a residents' group", "count", 2, 1, 4, of.ADMINISTRATORS, "C"),
    Parameter(
        "liaisons_per_group",
        "steering members of a residents' group who also sit in the municipal group",
        "count",
        1,
        1,
        4,
        f"assumption; {of.PART_OF_THEM}",
        "D",
    ),
    Parameter("coordinators_per_group", "coordinators of a residents' group", "count", 1, 1, 2, of.COORDINATORS, "C"),
    Parameter(
        "coordinators_per_village", "coordinators between a village and the municipality", "count", 1, 1, 2, of.VILLAGES, "C"
    ),
    Parameter(
        "p_steward_available",
        "chance that somebody who may pass messages on does so at all this evening",
        "share",
        0.8,
        0.4,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_admin_forward",
        "chance that somebody judges that fresh news of a place nearby matters in another group, and passes it on",
        "share",
        0.8,
        0.4,
        0.95,
        f"assumption; {of.JUDGED}",
        "D",
    ),
    Parameter(
        "judgement_shared",
        "share of the judgements of one message that everybody makes alike, because they lie in the message",
        "share",
        0.5,
        0,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "forward_half_m",
        "distance from the place to the middle of the other group at which that chance is one half of it",
        "m",
        1000,
        300,
        3000,
        of.ASSUMED,
        "D",
    ),
    Parameter("forward_half_s", "age of the news at which it is one half of it", "s", 1800, 600, 7200, of.ASSUMED, "D"),
    Parameter(
        "forward_uncalled_factor",
        "factor on that chance where the message does not say that somebody called",
        "factor",
        0.7,
        0.3,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "forward_vague_factor",
        "factor on that chance where the message tells no element of the description",
        "factor",
        0.8,
        0.4,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "admin_relay_median_s",
        "median time from reading a message to passing it on",
        "s",
        90,
        30,
        300,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "admin_relay_sigma",
        "spread of that time: standard deviation of its natural logarithm",
        "log s",
        0.7,
        0.4,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "chats_per_forward", "groups to which one can pass a message on at a time", "count", 5, 5, 20, of.FORWARD_LIMIT, "C"
    ),
    Parameter(
        "chats_per_reforward", "the same for a message that was passed on before", "count", 1, 1, 5, of.FORWARD_LIMIT, "C"
    ),
    Parameter("forward_again_s", "time it takes to pass a message on once more", "s", 10, 5, 30, of.ASSUMED, "D"),
)
