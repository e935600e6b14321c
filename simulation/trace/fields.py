"""What a field and a kind of record are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


SECONDS = "s from the start of play"
"""Unit of moments."""

METRES = "m, map coordinates"
"""Unit of positions."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record or of the header.

    Parameters
    ----------
    name
        Name in the file.
    shape
        JSON Schema of the value.
    meaning
        What it says, in a few words.
    unit
        Unit; empty where there is none.
    refers
        Kind of the earlier record whose id this is, or `resident` for indices into the residents; empty otherwise.
    """

    name: str
    shape: Mapping[str, Any]
    meaning: str
    unit: str = ""
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Parameters
    ----------
    name
        Name of the kind.
    who
        Who the actor is.
    meaning
        What happened, and when exactly it counts as happened.
    fields
        The fields of `data`, all of them required.
    parallel
        Fields whose lists have the same length.
    """

    name: str
    who: str
    meaning: str
    fields: tuple[Field, ...] = ()
    parallel: tuple[str, ...] = ()
