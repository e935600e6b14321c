"""The kinds of records of the setting: who lives there, which channels there are, and who has a role; all at time 0."""

from __future__ import annotations

from simulation.trace.fields import METRES, SECONDS, Field, Kind
from simulation.trace.patrol_kinds import ROSTER
from simulation.trace.shapes import BITS, COUNTS, DUTIES, KEY, KEYS, NUMBER, NUMBERS, TEXTS, TYPES, WAYS, one_of

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
            Field("member", BITS, "1 for a member of a group; without groups, for who would be one"),
            Field("player", BITS, "1 for somebody who came to play"),
            Field("party", COUNTS, "how many children who are too young to play alone play with him, on his phone"),
            Field("home_x_m", NUMBERS, "home, east", METRES),
            Field("home_y_m", NUMBERS, "home, north", METRES),
        ),
        ("who", "type", "age", "member", "player", "party", "home_x_m", "home_y_m"),
    ),
    Kind(
        "shopkeepers",
        "organiser",
        "Everybody who is present at a shop until closing time, and lives nowhere on the map; only where a scenario has any. "
        "Elsewhere *resident i* beyond the residents is an index into these lists, put behind theirs.",
        (
            Field("who", KEYS, "keys of the shopkeepers: shop on the map, and shopkeeper"),
            Field("sees", BITS, "1 for whom the view of an address nearby is that from his shop; 0 for who sees no street"),
            Field("until_s", NUMBER, "closing time", SECONDS),
            Field("x_m", NUMBERS, "shop, east", METRES),
            Field("y_m", NUMBERS, "shop, north", METRES),
        ),
        ("who", "sees", "x_m", "y_m"),
    ),
    Kind(
        "officials",
        "organiser",
        "Everybody from outside who may sit in groups above the residents' groups; only where there are any. Elsewhere "
        "*resident i* beyond the residents and the shopkeepers is an index into these lists, put behind theirs.",
        (
            Field("who", KEYS, "keys of the officials: role, and area, cluster or district"),
            Field("role", KEYS, "role of each"),
            Field("duty", DUTIES, "whether he is on duty, replaced by a colleague, or off duty and read for by nobody"),
        ),
        ("who", "role", "duty"),
    ),
    Kind(
        "channel",
        "key of the channel, such as group-1 or public-page",
        "A channel exists; time 0.",
        (
            Field("structure", KEY, "structure that it belongs to"),
            Field(
                "kind",
                one_of("group", "shops", "upper", "page", "broadcast"),
                "a residents' group, the shopkeepers' group, a group of those who pass messages on, a page that everybody may "
                "read, or broadcasts of the control room to who is enrolled",
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
            Field("groups", KEYS, "key of the residents' or shopkeepers' group of each of them"),
        ),
        ("members", "groups"),
    ),
)
"""What there is when the evening begins."""
