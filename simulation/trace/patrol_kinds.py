"""The kinds of records of a patrol team: who is on duty, and what its coordinator writes down."""

from __future__ import annotations

from simulation.trace.fields import SECONDS, Field, Kind
from simulation.trace.shapes import BITS, COUNTS, KEY, NUMBER, NUMBERS, PLACE, one_of, or_null

ROSTER = Kind(
    "roster",
    "patrol-team",
    "Who is in the patrol team, and who of them is on duty this evening; time 0.",
    (
        Field("members", COUNTS, "residents in the team", refers="resident"),
        Field("on_duty", COUNTS, "those of them who go round", refers="resident"),
        Field("from_s", NUMBERS, "when each of these sets out; negative where he did before play began", SECONDS),
        Field("until_s", NUMBERS, "when each is home again, if nothing keeps him; it may be after the end", SECONDS),
        Field("by_bike", BITS, "1 for who goes by bicycle"),
    ),
    ("on_duty", "from_s", "until_s", "by_bike"),
)
"""Part of the setting of an evening."""

REGISTER = (
    Kind(
        "register",
        "coordinator",
        "The coordinator of the patrol team writes down what a member of it tells; the id is that of the entry.",
        (
            Field("member", KEY, "key of the member"),
            Field("sighting", KEY, "the sighting that it is about", refers="sighting"),
            Field("place", PLACE, "place as the member tells it"),
            Field("seen_s", NUMBER, "when the suspect was seen", SECONDS),
            Field(
                "outcome",
                one_of("called", "unanswered", "known", "later"),
                "he called; he called and nobody answered; he did not call, as an entry says that a colleague did; or it can "
                "wait until his round is over",
            ),
            Field("same_as", or_null(KEY), "the entry that says so; null if none", refers="register"),
        ),
    ),
    Kind(
        "handover",
        "coordinator",
        "A round is over, and the coordinator passes on to the municipality what could wait.",
        (Field("entry", KEY, "the entry in the register", refers="register"),),
    ),
)
"""What happens on the way."""
