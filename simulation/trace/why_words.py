"""A causal chain, and any record, in Dutch or English words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.language.catalogue import has_text, text
from simulation.language.forms import clock, compass, duration, number, sentence
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.trace.log import Trace
    from simulation.trace.records import Record
    from simulation.trace.why import Chain, Link


def why_lines(trace: Trace, chain: Chain, language: str) -> Iterator[str]:
    """Tell a chain, one step per line, with clock times.

    Parameters
    ----------
    trace
        The evening that the chain was taken from.
    chain
        The chain.
    language
        `nl` or `en`.

    Yields
    ------
    A line per step, each followed by a line with what else was needed for it.
    """
    start = str(trace.header["start"])
    for link in chain.links:
        words = link_words(trace, link, language)
        if link.time_us is None:
            yield f"{text(language, 'why.begin')} {words}"
        else:
            yield text(language, "why.line", clock=clock(start, link.time_us / MICROSECONDS), sentence=words)
        if link.side:
            yield " " * 10 + text(language, "why.side", causes=", ".join(link.side))


def link_words(trace: Trace, link: Link, language: str) -> str:
    """Tell one step of a chain in a sentence."""
    if link.record is None:
        kind, _, rest = link.cause.partition(":")
        return text(language, "why.draw", draw=rest) if kind == "draw" else text(language, "why.fact", path=rest)
    if link.reader:
        fields = {"who": who_words(link.reader, language), "sender": who_words(link.record.who, language)}
        return sentence(text(language, "why.reading", channel=link.record.data["channel"], **fields))
    return record_words(trace, link.record, language)


def who_words(key: str, language: str) -> str:
    """Tell who somebody is."""
    if key in {"organiser", "desk"}:
        return text(language, f"who.{key}")
    return text(language, "who.suspect" if key.startswith("suspect") else "who.resident", key=key)


def street_words(place: Mapping[str, object] | None, language: str) -> str:
    """Tell the street of a place."""
    return str(place["street"]) if place and place["street"] else text(language, "who.nowhere")


def tell_words(record: Record, language: str) -> str:
    """Tell what a hint tells."""
    parts = [f"{element_words(name, language)}: {value}" for name, value in sorted(record.data["tell"].items())]
    where = record.data["where"]
    if where:
        direction = where["direction_rad"]
        towards = "" if direction is None else f" ({compass(language, direction)})"
        parts.append(text(language, "why.hint.where", street=street_words(where, language)) + towards)
    return ", ".join(parts) or text(language, "why.hint.nothing")


def element_words(name: str, language: str) -> str:
    """Give the name of an element of a description."""
    key = f"element.{name}"
    return text(language, key) if has_text(language, key) else name


def record_words(trace: Trace, record: Record, language: str) -> str:
    """Tell a record in a sentence.

    Parameters
    ----------
    trace
        The evening, for the records that this one refers to.
    record
        The record.
    language
        `nl` or `en`.
    """
    return sentence(text(language, f"why.{_variant(record)}", **_fields(trace, record, language)))


def _variant(record: Record) -> str:
    """Choose the sentence for a record."""
    data = record.data
    if record.kind in {"route", "hint"}:
        return f"{record.kind}.{data['reason']}"
    if record.kind == "sighting":
        return f"sighting.{data['by']}_{data['from']}"
    if record.kind == "post":
        return "post.sighting_called" if data["content"] == "sighting" and data["called"] else f"post.{data['content']}"
    if record.kind in {"call", "question"}:
        return f"{record.kind}.{data['number' if record.kind == 'call' else 'answer']}"
    return record.kind


def _fields(trace: Trace, record: Record, language: str) -> dict[str, str]:
    """Give what the sentence about a record may name."""
    data = record.data
    fields = {"who": who_words(record.who, language)}
    fields |= {name: str(data[name]) for name in ("game", "act", "channel") if name in data}
    fields |= {name: who_words(str(data[name]), language) for name in ("suspect", "asked", "by", "caller") if name in data}
    if record.kind == "channel":
        fields["channel"] = record.who
    if record.kind in {"act", "sighting", "arrival"}:
        fields["street"] = street_words(data, language)
    if record.kind in {"post", "departure"}:
        fields["street"] = street_words(data["place" if record.kind == "post" else "to"], language)
    if "distance_m" in data:
        fields["distance"] = f"{number(language, float(data['distance_m']))} m"
    if "waited_s" in data:
        fields["waited"] = duration(language, float(data["waited_s"]))
        fields["caller"] = who_words(_caller(trace, str(data["call"])), language)
    if record.kind == "report":
        fields["count"] = str(sum(map(bool, data["elements"].values())))
    if record.kind == "call":
        fields["count"] = str(data["n_try"])
    if record.kind == "hint":
        fields["tell"] = tell_words(record, language)
    return fields


def _caller(trace: Trace, call: str) -> str:
    """Give who made a call."""
    return next((record.who for record in trace.records if record.id == call), call)
