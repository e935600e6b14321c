"""A causal chain, and any record, in Dutch or English words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import has_text, text
from simulation.language.forms import clock, compass, duration, number, sentence
from simulation.trace.names import Names, role_words
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from simulation.trace.log import Trace
    from simulation.trace.records import Record
    from simulation.trace.why import Chain, Link

DESCRIPTION = ("sex", "age", "height", "hair", "upper", "lower", "bag", "vehicle")
"""The elements of a description, in the order in which people tell them."""

SIX_W = ("who", "what", "where", "when", "how", "whereto")
"""The elements of a report, in the order in which people learn them."""

OF_NOBODY = {"channel", "enrolment", "mute", "role", "roster"}
"""Kinds whose actor is a channel, a role or a team, not somebody."""

OFFICES = ("organiser", "desk")
"""Who sends messages without being somebody."""

OFFICIAL = ("start", "hint", "close")
"""Contents of messages that come from the organisers, whoever sends them."""

AT_ONCE_S = 0.5
"""A shorter wait is none to a reader."""

OF_THE_DESK = "post:desk:"
"""How the ids of messages begin that the desk sends: broadcasts, and how it ended."""

MOST_MESSAGES = 3
"""Messages that were needed beside the trigger and are named one by one; more are only counted."""


def why_lines(trace: Trace, chain: Chain, language: str, *, ids: bool = False) -> Iterator[str]:
    """Tell a chain, one step per line, with clock times.

    Parameters
    ----------
    trace
        The evening that the chain was taken from.
    chain
        The chain.
    language
        `nl` or `en`.
    ids
        Whether to add the id of each step, for who wants to ask on.

    Yields
    ------
    A line per step, each followed by a line with what else was needed for it.
    """
    start = str(trace.header["start"])
    names = Names(trace, language, introduce=True)
    for link in chain.links:
        if link.time_us is None:
            yield text(language, "why.begin", cause=names.cause(link.cause))
        else:
            words = link_words(trace, link, names, language)
            name = text(language, "why.id", id=link.cause) if ids else ""
            yield text(language, "why.line", clock=clock(start, link.time_us / MICROSECONDS), sentence=words, id=name)
        if link.side:
            yield " " * 10 + text(language, "why.side", causes="; ".join(side_words(link.side, names, language)))
    if ids:
        yield text(language, "why.ids")


def side_words(side: Sequence[str], names: Names, language: str) -> Iterable[str]:
    """Name what else was needed for a step of a chain."""
    messages = [cause for cause in side if cause.startswith("post:") and "@" not in cause]
    if len(messages) <= MOST_MESSAGES:
        return dict.fromkeys(map(names.cause, side))
    others = dict.fromkeys(names.cause(cause) for cause in side if cause not in messages)
    return [text(language, "cause.posts", count=number(language, len(messages))), *others]


def link_words(trace: Trace, link: Link, names: Names, language: str) -> str:
    """Tell one step of a chain in a sentence."""
    if link.record is None:
        return names.cause(link.cause)
    if not link.reader:
        return record_words(trace, link.record, names, language)
    fields = {"who": names.who(link.reader), "sender": names.who(link.record.who)}
    return sentence(text(language, "why.reading", channel=names.channel(link.record.data["channel"]), **fields))


def street_words(place: Mapping[str, object] | None, language: str) -> str:
    """Tell the street of a place."""
    if place is None:
        return text(language, "who.somewhere")
    return str(place["street"] or text(language, "who.nowhere"))


def tell_words(record: Record, language: str) -> str:
    """Tell what a hint tells."""
    told = record.data["tell"]
    names = [*(name for name in DESCRIPTION if name in told), *sorted(name for name in told if name not in DESCRIPTION)]
    parts = [f"{told[name]} ({element_words(name, language)})" for name in names]
    where = record.data["where"]
    if where:
        direction, street = where["direction_rad"], street_words(where, language)
        if direction is None:
            parts.append(text(language, "why.hint.where", street=street))
        else:
            parts.append(text(language, "why.hint.towards", street=street, direction=compass(language, direction)))
    return "; ".join(parts) or text(language, "why.hint.nothing")


def element_words(name: str, language: str) -> str:
    """Give the name of an element of a description."""
    key = f"element.{name}"
    return text(language, key) if has_text(language, key) else name


def record_words(trace: Trace, record: Record, names: Names, language: str) -> str:
    """Tell a record in a sentence.

    Parameters
    ----------
    trace
        The evening, for the records that this one refers to.
    record
        The record.
    names
        What everybody is called.
    language
        `nl` or `en`.
    """
    told = sentence(text(language, f"why.{_variant(record, names)}", **_fields(trace, record, names, language)))
    described = record.kind == "post" and record.data["elements"]
    return f"{told} {text(language, 'why.described', elements=_described(record))}" if described else told


def _described(post: Record) -> str:
    """Tell what a message says of how somebody looks."""
    elements = post.data["elements"]
    return ", ".join(str(elements[name]) for name in DESCRIPTION if name in elements)


def _variant(record: Record, names: Names) -> str:
    """Choose the sentence for a record."""
    if record.kind == "sighting" and record.data["recognised"] and not names.suspected(record.data["suspect"]):
        return f"sighting.mistaken_{record.data['from']}"
    if record.kind == "post" and record.who not in OFFICES and record.data["content"] in OFFICIAL:
        return f"post.{record.data['content']}_passed"
    choose = _VARIANTS.get(record.kind)
    return f"{record.kind}.{choose(record.data)}" if choose else record.kind


def _post_variant(data: Mapping[str, Any]) -> str:
    """Choose the sentence for a message."""
    content = str(data["content"])
    if content == "sighting":
        return "sighting_called" if data["called"] else content
    by_broadcast = content in {"broadcast", "close"} and data["channel"] == "broadcast"
    return f"{content}_sent" if by_broadcast else content


_VARIANTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "address": lambda data: "unsafe" if data["unsafe"] else "safe",
    "answer": lambda data: "at_once" if data["waited_s"] < AT_ONCE_S else "waited",
    "broadcast": lambda data: "sent" if data["sends"] else "not_sent",
    "callback": lambda data: "both" if data["heard"] and data["told"] else "heard" if data["heard"] else "told",
    "call": lambda data: f"{data['number']}{'_again' if data['n_try'] > 1 else ''}",
    "channel": lambda data: str(data["kind"]),
    "departure": lambda data: str(data["from"]),
    "hint": lambda data: str(data["reason"]),
    "judgement": lambda data: f"{'share_' if data['post'].startswith(OF_THE_DESK) else ''}{data['verdict']}",
    "mute": lambda data: "one" if len(data["members"]) == 1 else "some",
    "post": _post_variant,
    "question": lambda data: str(data["answer"]),
    "register": lambda data: str(data["outcome"]),
    "route": lambda data: str(data["reason"]),
    "sighting": lambda data: f"{data['by']}_{data['from']}",
}


_PLACES = {"act": "", "sighting": "", "arrival": "", "post": "place", "register": "place", "departure": "to", "dispatch": "to"}
"""Where in a record stands the street of which its sentence tells: under a key, or in the record itself."""


def _fields(trace: Trace, record: Record, names: Names, language: str) -> dict[str, str]:
    """Give what the sentence about a record may name."""
    data = record.data
    fields = {"who": names.who(record.who)} if record.kind not in OF_NOBODY else {}
    fields |= {name: str(data[name]) for name in ("game", "act") if name in data}
    fields |= {
        name: names.who(str(data[name]))
        for name in ("suspect", "asked", "addressed", "by", "caller", "unit", "resident", "member")
        if name in data
    }
    if record.kind in _PLACES:
        place = _PLACES[record.kind]
        fields["street"] = street_words(data[place] if place else data, language)
    if record.kind in {"post", "mute", "judgement"}:
        fields["channel"] = names.channel(data.get("channel") or data.get("target") or record.who)
    if record.kind in {"judgement", "correction"}:
        fields["sender"] = names.who(str(data["post"]).split(":")[1])
    if "distance_m" in data:
        fields["distance"] = f"{number(language, float(data['distance_m']))} m"
    if record.kind == "cover":
        fields |= {name: f"{number(language, float(data[f'{name}_m']))} m" for name in ("covered", "uncovered")}
    if "waited_s" in data:
        fields["waited"] = duration(language, float(data["waited_s"]))
        fields["caller"] = names.who(_caller(trace, str(data["call"])))
    if record.kind == "role":
        fields["role"] = role_words(record.who, language)
    if record.kind == "hint":
        fields["tell"] = tell_words(record, language)
    return fields | _counts(record, language)


def _counts(record: Record, language: str) -> dict[str, str]:
    """Give the numbers that the sentence about a record may name."""
    data = record.data
    if record.kind == "report":
        told = [text(language, f"w.{name}") for name in SIX_W if data["elements"].get(name)]
        return {"elements": ", ".join(told) or text(language, "why.hint.nothing"), "count": str(len(told))}
    if record.kind == "roster":
        return {name: number(language, len(data[part])) for name, part in (("count", "members"), ("duty", "on_duty"))}
    if record.kind == "officials":
        duties = [duty.replace("-", "_") for duty in data["duty"]]
        counts = {name: number(language, duties.count(name)) for name in ("on_duty", "replaced", "off_duty")}
        return {"count": number(language, len(duties)), **counts}
    counted = {
        "residents": "who",
        "shopkeepers": "who",
        "channel": "members",
        "enrolment": "members",
        "mute": "members",
        "role": "members",
    }.get(record.kind)
    if counted:
        return {"count": number(language, len(data[counted]))}
    return {"count": str(data["n_try"])} if record.kind == "call" else {}


def _caller(trace: Trace, call: str) -> str:
    """Give who made a call."""
    return next((record.who for record in trace.records if record.id == call), call)
