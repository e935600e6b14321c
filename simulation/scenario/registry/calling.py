"""Numbers of reporting, addressing and the temporary telephone number."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter

PARAMETERS = (
    Parameter(
        "p_report_unprimed",
        "chance that somebody who knows of nothing reports a suspicious act he noticed",
        "share",
        0.05,
        0.02,
        0.11,
        f"{of.VAN_DIJK} ; {of.POLICE_ONE_IN_NINE}",
        "A",
    ),
    Parameter(
        "p_report_member", "chance that a group member who noticed the suspect calls", "share", 0.4, 0.1, 0.8, of.ASSUMED, "D"
    ),
    Parameter(
        "p_report_player", "chance that a player who recognised the suspect calls", "share", 0.8, 0.5, 0.95, of.ASSUMED, "D"
    ),
    Parameter(
        "p_challenge_player",
        "chance that a player close by asks whether he is the suspect",
        "share",
        0.8,
        0.5,
        0.95,
        f"assumption; {of.ASK_RULE}",
        "D",
    ),
    Parameter(
        "p_address_unprimed",
        "chance that somebody in the street who knows of no exercise speaks to whom he finds suspicious",
        "share",
        0.02,
        0.01,
        0.05,
        of.VAN_DIJK,
        "A",
    ),
    Parameter(
        "p_unsafe",
        "chance that somebody who does so, and is not told that it is an exercise, lays hands on him",
        "share",
        0.1,
        0,
        0.5,
        f"{of.ASSUMED}; it happened in Houten, {of.HOUTEN}",
        "D",
    ),
    Parameter(
        "p_number_known",
        "chance that somebody who knows of the exercise beforehand has the temporary number as well",
        "share",
        0.8,
        0.2,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter("speaking_m", "distance at which one can ask somebody a question", "m", 5, 2, 10, of.ASSUMED, "D"),
    Parameter("question_s", "time to walk up and ask the question", "s", 10, 3, 30, of.ASSUMED, "D"),
    Parameter("call_dial_s", "time from the decision to call until it rings", "s", 15, 8, 30, of.ASSUMED, "D"),
    Parameter("call_answer_s", "time until a free call-taker answers", "s", 5, 3, 20, of.ANSWERING, "C"),
    Parameter(
        "call_hold_median_s", "median length of a conversation", "s", 75, 45, 180, f"assumption near {of.DISPATCH}", "D"
    ),
    Parameter("call_hold_mean_s", "mean length of a conversation", "s", 90, 45, 180, f"assumption near {of.DISPATCH}", "D"),
    Parameter("lines", "call-takers behind the temporary number", "count", 3, 1, 10, of.ERLANG, "D"),
    Parameter("patience_mean_s", "mean time a caller waits before he hangs up", "s", 60, 20, 180, of.ASSUMED, "D"),
    Parameter("p_redial", "chance that a caller who hung up tries again", "share", 0.5, 0, 1, of.ASSUMED, "D"),
    Parameter("redial_after_s", "time before a caller who hung up tries again", "s", 30, 10, 120, of.ASSUMED, "D"),
    Parameter("redials_max", "times that a caller tries again at most", "count", 3, 0, 10, of.ASSUMED, "D"),
    Parameter("p_tell_who", "chance that a report says who was seen", "share", 0.8, 0.3, 1, of.ASSUMED, "D"),
    Parameter("p_tell_what", "chance that a report says what he did", "share", 0.8, 0.3, 1, of.ASSUMED, "D"),
    Parameter("p_tell_where", "chance that a report says where he was", "share", 0.95, 0.5, 1, of.ASSUMED, "D"),
    Parameter("p_tell_when", "chance that a report says when he was seen", "share", 0.7, 0.3, 1, of.ASSUMED, "D"),
    Parameter("p_tell_how", "chance that a report says how he went about it", "share", 0.4, 0.1, 0.9, of.ASSUMED, "D"),
    Parameter("p_tell_whereto", "chance that a report says where he went", "share", 0.5, 0.1, 0.9, of.ASSUMED, "D"),
    Parameter(
        "place_error_m", "error of a reported place, standard deviation along each axis", "m", 30, 0, 100, of.ASSUMED, "D"
    ),
    Parameter(
        "skip_within_s",
        "age up to which a message that says 'called' keeps a reader from calling too",
        "s",
        300,
        60,
        900,
        f"assumption; {of.CALLED_RULE}",
        "D",
    ),
    Parameter(
        "skip_within_m",
        "distance up to which that message is taken to be about the same place",
        "m",
        200,
        50,
        500,
        f"assumption; {of.CALLED_RULE}",
        "D",
    ),
)
