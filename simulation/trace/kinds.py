"""Every kind of record and every field, in one table: the meaning of a trace.

The reader of trace files, the JSON Schema (`simulation.trace.schema`) and the page `docs/trace.md` follow from this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.trace.fields import METRES, SECONDS, Field, Kind
from simulation.trace.patrol_kinds import REGISTER
from simulation.trace.setting_kinds import SETTING
from simulation.trace.shapes import (
    COUNT,
    COUNTS,
    ELEMENTS,
    FLAG,
    KEY,
    KEYS,
    NUMBER,
    NUMBERS,
    PLACE,
    TEXT,
    TEXTS,
    W_ELEMENTS,
    fields,
    one_of,
    or_null,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
"""Version of the trace format that this code writes."""


HEADER = (
    Field("format", COUNT, "version of the trace format"),
    Field("scenario", TEXT, "title of the scenario"),
    Field("language", one_of("nl", "en"), "language of the scenario"),
    Field("date", KEY, "day on which the evening starts", "ISO 8601 date"),
    Field("start", KEY, "clock time at which play starts", "hours:minutes or hours:minutes:seconds"),
    Field("seed", COUNT, "seed of all draws"),
    Field("map", TEXT, "digest of the map"),
    Field("map_title", TEXT, "title of the map"),
    Field("structure", KEY, "alert structure that was played"),
    Field("duration_s", NUMBER, "length of the evening", "s"),
    Field("version", KEY, "version of the software that wrote the trace"),
    Field("epsg", COUNT, "projected coordinate system of all places", "EPSG code"),
)
"""Fields of the first line of a trace file."""

_HERE = (
    Field("x_m", NUMBER, "position east", METRES),
    Field("y_m", NUMBER, "position north", METRES),
    Field("street", TEXT, "name of the street there; empty where it has none"),
)
_GAME = Field("game", TEXT, "name of the game")
_ELEMENTS = Field("elements", ELEMENTS, "elements of the description: name and value")
_WHERE = or_null(fields(x_m=NUMBER, y_m=NUMBER, street=TEXT, direction_rad=or_null(NUMBER)))
_AREA = or_null(fields(x_m=NUMBER, y_m=NUMBER, reach_m=NUMBER, length_m=NUMBER, streets=TEXTS))
_DIRECTION = Field(
    "direction_rad", or_null(NUMBER), "walking direction of the suspect; null if not told", "rad, from east, counter-clockwise"
)
_WAITED = (
    Field("call", KEY, "the call", refers="call"),
    Field("waited_s", NUMBER, "time in the queue, from ringing", "s"),
)

_GAMES = (
    Kind(
        "game",
        "organiser",
        "A game starts.",
        (
            _GAME,
            Field("suspects", KEYS, "keys of the suspects"),
            Field("duration_s", NUMBER, "longest time it may take", "s"),
            Field("area", _AREA, "the streets of which every metre lies within reach of the middle; null for all streets"),
            Field("prize", TEXT, "what the first who finds a suspect gets; empty for nothing"),
        ),
    ),
    Kind(
        "game_end",
        "organiser",
        "A game ends.",
        (
            _GAME,
            Field("reason", one_of("time", "found"), "the time was up, or the stop rule was met by finding"),
        ),
    ),
    Kind("sunset", "organiser", "The sun sets: from here on people see less far. Not written where play starts later."),
    Kind("dark", "organiser", "Civil twilight ends: it is dark. At time 0 where play starts later."),
    Kind("close", "organiser", "The evening ends."),
)

_STREET = (
    Kind(
        "route",
        "person or suspect",
        "Somebody starts on a way; straight and at constant speed between the points.",
        (
            Field(
                "reason", one_of("suspect", "round", "patrol", "player", "search", "follow", "errand"), "why he is on the way"
            ),
            Field("t_s", NUMBERS, "time at each point, never decreasing", SECONDS),
            Field("x_m", NUMBERS, "points, east", METRES),
            Field("y_m", NUMBERS, "points, north", METRES),
        ),
        ("t_s", "x_m", "y_m"),
    ),
    Kind(
        "act",
        "suspect",
        "The suspect starts to do something suspicious.",
        (
            Field("act", TEXT, "name of the act"),
            *_HERE,
            Field("until_s", NUMBER, "when he stops doing it", SECONDS),
        ),
    ),
    Kind(
        "cover",
        "suspect",
        "A game is over; how far its suspect walked in streets with a name, where a group covers some of them.",
        (
            Field("covered_m", NUMBER, "in streets that a group covers", "m"),
            Field("uncovered_m", NUMBER, "in streets that no group covers", "m"),
        ),
    ),
    Kind(
        "sighting",
        "person",
        "Somebody notices a suspect.",
        (
            Field("suspect", KEY, "key of whom he noticed: a suspect, or the person he mistook for one"),
            Field("distance_m", NUMBER, "distance between the two", "m"),
            *_HERE,
            Field("by", one_of("description", "act", "presence"), "what drew the attention"),
            Field("recognised", FLAG, "true if he takes him for the suspect of the exercise"),
            Field("elements", ELEMENTS, "elements of the description that he saw: name and value"),
            Field("from", one_of("home", "street", "shop"), "where the observer was"),
        ),
    ),
)

_CALLS = (
    Kind(
        "call",
        "person",
        "Somebody dials.",
        (
            Field("number", one_of("temporary", "emergency"), "the number of the exercise, or a real number of the police"),
            Field("n_try", COUNT, "1 for the first attempt, 2 for the first redial, and so on"),
            Field("prompted_by", one_of("sighting"), "what made him call"),
            Field("sighting", KEY, "the sighting he calls about", refers="sighting"),
        ),
    ),
    Kind("answer", "desk", "A call-taker picks up.", _WAITED),
    Kind("abandoned", "person", "A caller hangs up before being answered.", _WAITED),
    Kind(
        "report",
        "desk",
        "A conversation ends and its report is in the log.",
        (
            Field("call", KEY, "the call", refers="call"),
            Field("caller", KEY, "who called"),
            Field("elements", W_ELEMENTS, "which of the six W elements it holds"),
            Field("place", or_null(PLACE), "place as told, with the caller's error; null if not told"),
            _DIRECTION,
            Field("seen_s", NUMBER, "when the suspect was seen", SECONDS),
            Field("duplicate", FLAG, "true if the desk already had a report of the same sighting place and time"),
        ),
    ),
    Kind(
        "skip",
        "person",
        "Somebody does not call, because a message he read says that a call was made.",
        (Field("post", KEY, "that message", refers="post"),),
    ),
)

_DESK = (
    Kind(
        "dispatch",
        "desk",
        "The desk sends a unit to where a suspect was seen.",
        (
            Field("unit", KEY, "key of the unit"),
            Field("report", KEY, "the record in which the desk heard of it: a report, or a callback"),
            Field("to", PLACE, "where it goes first"),
        ),
    ),
    Kind(
        "broadcast",
        "desk",
        "What the desk has heard of a suspect is enough for a broadcast; the control room decides whether it sends one.",
        (
            Field("suspect", KEY, "key of the suspect it is about"),
            _ELEMENTS,
            Field("sends", FLAG, "true if it does, some minutes later, unless he is found or the game ends before"),
        ),
    ),
    Kind(
        "callback",
        "desk",
        "The desk calls back a case holder, and one of them has news for the other.",
        (
            Field("resident", KEY, "key of the case holder"),
            Field("heard", or_null(KEY), "the message of his group that he tells the desk; null if none", refers="post"),
            Field("told", or_null(KEY), "the record of what the desk tells him; null if nothing"),
        ),
    ),
)

_MESSAGES = (
    Kind(
        "hint",
        "organiser",
        "The organiser releases a hint or the description.",
        (
            _GAME,
            Field("suspect", KEY, "key of the suspect it is about"),
            Field("rung", COUNT, "step on the ladder of hints, from 0"),
            Field("tell", ELEMENTS, "elements of the description that are told: name and value"),
            Field("where", _WHERE, "where the suspect is at that moment and where he is going; null if not told"),
            Field("reason", one_of("clock", "too-few"), "planned by the clock, or because too few reports came in"),
        ),
    ),
    Kind(
        "post",
        "person, organiser or desk",
        "A message appears in a channel. When each reader reads it stands in the message itself.",
        (
            Field("channel", KEY, "key of the channel"),
            Field(
                "content",
                one_of("sighting", "hint", "start", "broadcast", "close", "correction", "chatter"),
                "what it is about; a broadcast is of the control room, whoever shares it; a correction asks a sender to call "
                "and to say so; chatter is about other things than the exercise, and causes nothing but load",
            ),
            Field("place", or_null(PLACE), "place that it names; null if none"),
            _DIRECTION,
            _ELEMENTS,
            Field("called", FLAG, "true if it says that the number has been called"),
            Field("seen_s", or_null(NUMBER), "when the suspect was seen; null if it is not about a sighting", SECONDS),
            Field("true", FLAG, "false if the sender mistook somebody else for the suspect; readers cannot know"),
            Field("readers", COUNTS, "residents who read it, or will read it after the end", refers="resident"),
            Field("read_s", NUMBERS, "when each of them reads it", SECONDS),
        ),
        ("readers", "read_s"),
    ),
    Kind(
        "judgement",
        "person",
        "Somebody who sits in two groups judges whether a message of the one matters in the other, or whether he shares a "
        "broadcast in a group.",
        (
            Field("post", KEY, "the message", refers="post"),
            Field("target", KEY, "key of the other group"),
            Field(
                "verdict",
                one_of("passes-on", "takes-on", "no", "known", "taken"),
                "he passes it on; he does, and becomes the case holder of that group; he does not; he has seen or written it "
                "there already; or he finds that another has passed it on there, and leaves it at that",
            ),
        ),
    ),
    Kind(
        "correction",
        "person",
        "Somebody with a role in a group read a message there that does not say that somebody called, and asks its sender to.",
        (Field("post", KEY, "the message", refers="post"),),
    ),
    Kind(
        "mute",
        "key of the group",
        "A message is one too many for some members: each mutes the group at his next look at his phone, which finds more "
        "messages of others within an hour than he bears. From then on he looks there as seldom as who had muted it before.",
        (
            Field("post", KEY, "that message", refers="post"),
            Field("members", COUNTS, "residents who mute the group", refers="resident"),
            Field("from_s", NUMBERS, "when each of them does; it may be after the end", SECONDS),
            Field("messages", COUNTS, "messages of others within an hour that are one too many for each of them"),
        ),
        ("members", "from_s", "messages"),
    ),
)

_RESPONSE = (
    Kind(
        "departure",
        "person",
        "Somebody decides to go and look, because of a message or of what he saw himself.",
        (
            Field("post", or_null(KEY), "that message; null for his own sighting", refers="post"),
            Field("to", PLACE, "where the suspect was last seen; he looks where he can be by now"),
            Field("from", one_of("home", "street"), "where he is"),
        ),
    ),
    Kind("arrival", "person", "A searcher reaches the first place where he looks.", _HERE),
    Kind("gave_up", "person", "A searcher who has heard nothing new stops searching."),
    Kind(
        "follow",
        "person",
        "Somebody starts to follow a suspect at a distance.",
        (
            Field("suspect", KEY, "key of whom he follows"),
            Field("until_s", NUMBER, "when he will stop, unless the suspect is found or goes home before", SECONDS),
        ),
    ),
    Kind(
        "question",
        "person",
        "Somebody asks: are you the suspect?",
        (
            Field("asked", KEY, "key of whom he asks"),
            Field("answer", one_of("yes", "no"), "the suspect confesses; somebody else does not"),
        ),
    ),
    Kind(
        "address",
        "person",
        "Somebody who knows of no exercise speaks to a person whom he finds suspicious, and hears of it if it is a suspect.",
        (
            Field("addressed", KEY, "key of whom he speaks to"),
            Field("unsafe", FLAG, "true if he lays hands on him"),
        ),
    ),
    Kind(
        "found",
        "suspect",
        "A suspect was asked and has handed over the letter.",
        (Field("by", KEY, "who asked"), Field("found_by", one_of("resident", "unit"), "what he is"), _GAME),
    ),
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (*SETTING, *_GAMES, *_STREET, *_CALLS, *_DESK, *REGISTER, *_MESSAGES, *_RESPONSE)
}
"""Every kind of record, by name."""


def data_shape(kind: Kind) -> Mapping[str, Any]:
    """Give the JSON Schema of the data of a kind."""
    return fields(**{entry.name: entry.shape for entry in kind.fields})
