"""The kinds of records of the setting: who lives there, which channels there are, and who has a role; all at time 0."""

from __future__ import annotations

from simulation.trace.fields import METRES, Field, Kind
from simulation.trace.patrol_kinds import ROSTER
from simulation.trace.shapes import BITS, COUNTS, KEY, KEYS, NUMBERS, TEXTS, TYPES, WAYS, one_of

SETTING = (
    Kind("evening", "organiser", "The evening begins; time 0.", (Field("games", TEXTS, "names of the games, in order"),)),
    Kind(
        "residents",
        "organiser",
        "Everybody who lives on the map and takes part in the count; *resident i* elsewhere is an index into these lists.",
        (
            Field("who", KEYS, "keys of the residents: home and household member"),
            Field("type", TYPES, "type of the household; single are singles and couples, student is a student house"),
            Field("age", COUNTS, "age", "years"),
            Field("member", BITS, "1 for a member of a group"),
            Field("player", BITS, "1 for somebody who came to play"),
            Field("party", COUNTS, "how many children who are too young to play alone play with him, on his phone"),
            Field("home_x_m", NUMBERS, "home, east", METRES),
            Field("home_y_m", NUMBERS, "home, north", METRES),
        ),
        ("who", "type", "age", "member", "player", "party", "home_x_m", "home_y_m"),
    ),
    Kind(
        "channel",
        "key of the channel, such as group-1 or public-page",
        "A channel exists; time 0.",
        (
            Field("structure", KEY, "structure that it belongs to"),
            Field(
                "kind",
                one_of("group", "upper", "page", "broadcast"),
                "a residents' group, a group of those who pass messages on, a page that everybody may read, or broadcasts of "
                "the control room to who is enrolled",
            ),
            Field("members", COUNTS, "residents in it, or who follow the page", refers="resident"),
            Field("muted", COUNTS, "members who had muted it before the evening", refers="resident"),
        ),
    ),
    Kind(
        "enrolment",
        "broadcast",
        "How the control room reaches everybody who is enrolled; time 0.",
        (
            Field("members", COUNTS, "residents who are enrolled", refers="resident"),
            Field("ways", WAYS, "how each of them is reached: he is rung up, gets a text, or has the app"),
        ),
        ("members", "ways"),
    ),
    ROSTER,
    Kind(
        "role",
        "name of the role",
        "Some members of residents' groups do more than the others; time 0.",
        (
            Field("members", COUNTS, "residents who have the role", refers="resident"),
            Field("groups", KEYS, "key of the residents' group of each of them"),
        ),
        ("members", "groups"),
    ),
)
"""What there is when the evening begins."""
