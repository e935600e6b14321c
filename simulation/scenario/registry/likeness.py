"""Numbers of who looks like whom, and of how people are mistaken for each other."""

from simulation.scenario.registry import sources as of
from simulation.scenario.registry.parameter import Parameter


def _same(element: str, meaning: str, default: float, low: float, high: float) -> Parameter:
    """Give the share of people of whom an element is the same as the suspect's."""
    name, said = f"p_same_{element}", f"share of people in the street with the same {meaning} as the suspect"
    return Parameter(name, said, "share", default, low, high, f"{of.ASSUMED}; a suspect may state his own", "D")


PARAMETERS = (
    Parameter(
        "passersby_per_km", "passers-by on an errand at any moment, for each km of street", "per km", 1, 0, 5, of.ASSUMED, "D"
    ),
    Parameter("p_passerby_bike", "chance that a passer-by rides a bicycle", "share", 0.3, 0.05, 0.7, of.ASSUMED, "D"),
    Parameter("p_man", "share of men among the people in the street", "share", 0.5, 0.3, 0.7, of.ASSUMED, "D"),
    _same("age", "impression of age", 0.2, 0.05, 0.5),
    _same("height", "height and build", 0.3, 0.1, 0.5),
    _same("hair", "hair, beard or headgear", 0.15, 0.02, 0.4),
    _same("upper", "clothing of the upper body", 0.05, 0.01, 0.4),
    _same("lower", "trousers, skirt or shoes", 0.3, 0.05, 0.6),
    _same("bag", "bag or other thing carried", 0.1, 0.01, 0.4),
    _same("vehicle", "vehicle", 0.05, 0.01, 0.2),
    Parameter(
        "p_similar",
        "share of people of whom an element is not the same as the suspect's, but resembles it",
        "share",
        0.15,
        0,
        0.4,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_misperceive",
        "chance that an element which is not perceived right, and resembles what one looks for, is taken for it",
        "share",
        0.3,
        0,
        0.7,
        f"{of.ASSUMED}; false alarms rise with distance, {of.LAMPINEN}",
        "D",
    ),
    Parameter(
        "perception_shared",
        "chance that an element is perceived as the look as a whole goes, well or badly, and not on its own",
        "share",
        0.7,
        0,
        1,
        of.ASSUMED,
        "D",
    ),
    Parameter(
        "p_assume_man",
        "chance that somebody who was not told the sex of the suspect looks for a man",
        "share",
        0.6,
        0,
        1,
        f"{of.ASSUMED}; it happened in Nijmegen, {of.NIJMEGEN}",
        "D",
    ),
    Parameter(
        "p_know_neighbour",
        "chance that a member of a very small group knows another member when he sees him",
        "share",
        0.9,
        0.5,
        1,
        f"{of.ASSUMED}; small groups work because people know each other (Stein)",
        "D",
    ),
    Parameter(
        "know_half_size",
        "size of the group at which that chance is half as large",
        "count",
        50,
        15,
        200,
        f"{of.ASSUMED}; it falls with the size of the group (Stein)",
        "D",
    ),
    Parameter(
        "p_ask_stranger",
        "chance that a player who was told no description asks somebody he passes whether he is the suspect",
        "share",
        0.01,
        0,
        0.1,
        f"{of.ASSUMED}; innocents are asked, {of.NIJMEGEN} ; {of.DEN_BOSCH}",
        "D",
    ),
)
