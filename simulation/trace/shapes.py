"""The shapes that values in a trace may have, as JSON Schema, and a small strict checker for them.

The schema is the one truth: the documentation, the published schema and the reader of trace files all follow from it. The
checker knows exactly the words used here, treats true and false as no numbers, and accepts no infinite numbers and no broken
Unicode.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Schema = Mapping[str, Any]

TEXT_LIMIT = 20_000
"""Longest text in a trace, characters."""

TEXT: Schema = {"type": "string", "maxLength": TEXT_LIMIT}
KEY: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBERS: Schema = {"type": "array", "items": NUMBER}
COUNTS: Schema = {"type": "array", "items": COUNT}
BITS: Schema = {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 1}}
KEYS: Schema = {"type": "array", "items": KEY}
TEXTS: Schema = {"type": "array", "items": TEXT}
ELEMENTS: Schema = {"type": "object", "additionalProperties": TEXT}


def one_of(*words: str) -> Schema:
    """Make the shape of a text that is one of some words."""
    return {"type": "string", "enum": list(words)}


def fields(**shapes: Schema) -> Schema:
    """Make the shape of an object with exactly these fields."""
    return {"type": "object", "properties": shapes, "required": list(shapes), "additionalProperties": False}


def or_null(shape: Schema) -> Schema:
    """Make the shape of a value that may also be null."""
    return {"anyOf": [shape, {"type": "null"}]}


TYPES: Schema = {"type": "array", "items": one_of("family", "elderly", "single", "student")}
WAYS: Schema = {"type": "array", "items": one_of("voice", "text", "app")}
DUTIES: Schema = {"type": "array", "items": one_of("on-duty", "replaced", "off-duty")}
PLACE: Schema = fields(x_m=NUMBER, y_m=NUMBER, street=TEXT)
W_ELEMENTS: Schema = fields(who=FLAG, what=FLAG, where=FLAG, when=FLAG, how=FLAG, whereto=FLAG)


def faults(value: object, shape: Schema, path: str = "") -> Iterator[str]:
    """Say what is wrong with a value.

    Parameters
    ----------
    value
        A value as the JSON parser gives it.
    shape
        The shape that it should have.
    path
        Where the value stands, for the message.

    Yields
    ------
    One sentence per fault; nothing for a good value.
    """
    if "anyOf" in shape:
        if all(any(faults(value, option, path)) for option in shape["anyOf"]):
            yield f"{path or 'value'} is {shown(value)}, which is none of the allowed forms"
        return
    yield from CHECKS[shape["type"]](value, shape, path or "value")


def shown(value: object) -> str:
    """Give a short form of a value for a message."""
    text = repr(value) if isinstance(value, (str, int, float, bool, type(None))) else f"a {type(value).__name__}"
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 one line of a terminal


def _text_faults(value: object, shape: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{path} is {shown(value)}; a text is needed"
    elif not shape.get("minLength", 0) <= len(value) <= shape.get("maxLength", TEXT_LIMIT):
        yield f"{path} has {len(value)} characters, which is too few or too many"
    elif "enum" in shape and value not in shape["enum"]:
        yield f"{path} is {shown(value)}; allowed: {', '.join(shape['enum'])}"
    elif not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        yield f"{path} holds broken Unicode"


def _flag_faults(value: object, _shape: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{path} is {shown(value)}; true or false is needed"


def _null_faults(value: object, _shape: Schema, path: str) -> Iterator[str]:
    if value is not None:
        yield f"{path} is {shown(value)}; null is needed"


def _is_number(value: object, shape: Schema) -> bool:
    wanted = (int,) if shape["type"] == "integer" else (int, float)
    if isinstance(value, bool) or not isinstance(value, wanted):
        return False
    return abs(value) < 1e300 and shape.get("minimum", -math.inf) <= value <= shape.get("maximum", math.inf)  # noqa: PLR2004 finite


def _number_faults(value: object, shape: Schema, path: str) -> Iterator[str]:
    if not _is_number(value, shape):
        least = f" of at least {shape['minimum']}" if "minimum" in shape else ""
        yield f"{path} is {shown(value)}; a finite {shape['type']}{least} is needed"


def _list_faults(value: object, shape: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path} is {shown(value)}; a list is needed"
        return
    items = shape["items"]
    if items["type"] in {"number", "integer"} and all(_is_number(item, items) for item in value):
        return
    for index, item in enumerate(value):
        wrong = next(faults(item, items, f"{path}[{index}]"), None)
        if wrong:
            yield wrong
            return


def _object_faults(value: object, shape: Schema, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is {shown(value)}; an object is needed"
        return
    known: Mapping[str, Schema] = shape.get("properties", {})
    for name in shape.get("required", ()):
        if name not in value:
            yield f"{path} lacks {name!r}"
    for name, item in value.items():
        yield from _text_faults(name, KEY, f"a field name of {path}")
        inner = known.get(name, shape["additionalProperties"])
        if not inner:
            yield f"{path} has an unknown field {shown(name)}"
        else:
            yield from faults(item, inner, f"{path}.{name}" if path != "value" else name)


CHECKS: Mapping[str, Callable[[object, Schema, str], Iterator[str]]] = {
    "string": _text_faults,
    "boolean": _flag_faults,
    "number": _number_faults,
    "integer": _number_faults,
    "array": _list_faults,
    "object": _object_faults,
    "null": _null_faults,
}
"""The check for each type of JSON Schema."""
