"""What the arrays of a map must look like: type, shape and range of each, in the order in which a pinned file holds them.

A map that passes `check_arrays` can be indexed without looking: no index in it points outside the array that it points into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

MAX_METRES = 1e8
"""Furthest coordinate of any projection, metres."""

_LIT_UNKNOWN = 255
_EYES = 2


class Field(NamedTuple):
    """One array of a map.

    Parameters
    ----------
    name
        `part.array`, as in `StreetMap`; `area` stands alone.
    dtype
        Little-endian type, as numpy writes it.
    shape
        Lengths: a number, or a letter that must be the same wherever it occurs; `E+1` is one more than `E`.
    rule
        What the values must be: `any`; `metres` finite and at most `MAX_METRES`; `gaps` the same but NaN allowed; `rows`
        starts of rows: from 0, never decreasing, up to `of`; `filled` the same without empty rows; `index` into an array of
        length `of`; `index or -1`; `lit`; `eye`.
    of
        Letter of the length that the rule needs.
    """

    name: str
    dtype: str
    shape: tuple[str | int, ...]
    rule: Literal["any", "metres", "gaps", "rows", "filled", "index", "index or -1", "lit", "eye"]
    of: str = ""


def _shapes(part: str, mark: str) -> tuple[Field, ...]:
    return (
        Field(f"{part}.osm", "<i4", (f"S{mark}",), "index", "T"),
        Field(f"{part}.kind", "<i4", (f"S{mark}",), "index", "T"),
        Field(f"{part}.rings", "<i4", (f"S{mark}+1",), "filled", f"R{mark}"),
        Field(f"{part}.corners", "<i4", (f"R{mark}+1",), "filled", f"V{mark}"),
        Field(f"{part}.xy", "<f8", (f"V{mark}", 2), "metres"),
    )


FIELDS = (
    Field("streets.node_xy", "<f8", ("N", 2), "metres"),
    Field("streets.node_osm", "<i8", ("N",), "any"),
    Field("streets.edge_nodes", "<i4", ("E", 2), "index", "N"),
    Field("streets.edge_piece", "<i4", ("E+1",), "filled", "P"),
    Field("streets.edge_name", "<i4", ("E",), "index", "T"),
    Field("streets.edge_kind", "<i4", ("E",), "index", "T"),
    Field("streets.edge_access", "<i4", ("E",), "index", "T"),
    Field("streets.edge_lit", "|u1", ("E",), "lit"),
    Field("streets.piece_xy", "<f8", ("P", 4), "metres"),
    Field("streets.piece_at", "<f8", ("P",), "metres"),
    Field("streets.piece_way", "<i8", ("P",), "any"),
    Field("homes.key", "<i4", ("H",), "index", "T"),
    Field("homes.xy", "<f8", ("H", 2), "metres"),
    Field("homes.street", "<i4", ("H",), "index", "T"),
    Field("homes.number", "<i4", ("H",), "index", "T"),
    Field("homes.postcode", "<i4", ("H",), "index", "T"),
    Field("homes.building", "<i4", ("H",), "index or -1", "Sb"),
    Field("homes.edge", "<i4", ("H",), "index", "E"),
    Field("homes.at", "<f8", ("H",), "metres"),
    Field("homes.away", "<f8", ("H",), "metres"),
    *_shapes("buildings", "b"),
    *_shapes("water", "w"),
    Field("places.osm", "<i4", ("L",), "index", "T"),
    Field("places.kind", "<i4", ("L",), "index", "T"),
    Field("places.name", "<i4", ("L",), "index", "T"),
    Field("places.xy", "<f8", ("L", 2), "metres"),
    Field("places.edge", "<i4", ("L",), "index", "E"),
    Field("places.at", "<f8", ("L",), "metres"),
    Field("area", "<f8", ("A", 2), "metres"),
)
"""Arrays of every map."""

SIGHT_FIELDS = (
    Field("sight.eye_xy", "<f8", ("H", 2, 2), "gaps"),
    Field("sight.piece_stretch", "<i4", ("P+1",), "rows", "W"),
    Field("sight.stretch_home", "<i4", ("W",), "index", "H"),
    Field("sight.stretch_eye", "|u1", ("W",), "eye"),
    Field("sight.stretch_from", "<f8", ("W",), "metres"),
    Field("sight.stretch_to", "<f8", ("W",), "metres"),
    Field("sight.edge_cell", "<i4", ("E+1",), "filled", "C"),
    Field("sight.cell_seen", "<i8", ("C+1",), "rows", "M"),
    Field("sight.seen", "<i4", ("M",), "index", "C"),
)
"""Arrays of a map with sight lines, behind the others."""


def fields_of(*, sight: bool) -> tuple[Field, ...]:
    """Give the fields of a map with or without sight lines."""
    return FIELDS + SIGHT_FIELDS if sight else FIELDS


def check_arrays(arrays: Mapping[str, NDArray[Any]], fields: tuple[Field, ...], texts: int) -> Iterator[str]:
    """Give what is wrong with the arrays of a map, one line each; nothing for a sound map.

    Parameters
    ----------
    arrays
        By name of field.
    fields
        The fields that there must be.
    texts
        Number of texts.
    """
    lengths = {"T": texts}
    for field in fields:
        array = arrays[field.name]
        if array.dtype != np.dtype(field.dtype):
            yield f"{field.name} has type {array.dtype.str}, not {field.dtype}"
        if not _shape_fits(array.shape, field.shape, lengths):
            yield f"{field.name} has shape {array.shape}, which does not fit the other arrays"
            return
    for field in fields:
        if not _values_fit(arrays[field.name], field, lengths):
            yield f"{field.name} has values out of range"


def _shape_fits(shape: tuple[int, ...], expected: tuple[str | int, ...], lengths: dict[str, int]) -> bool:
    """Whether a shape fits; a letter met for the first time gets its length here."""
    if len(shape) != len(expected):
        return False
    for length, wanted in zip(shape, expected, strict=True):
        if isinstance(wanted, int):
            if length != wanted:
                return False
            continue
        letter, _, more = wanted.partition("+")
        if lengths.setdefault(letter, length - len(more)) != length - len(more) or length < len(more):
            return False
    return True


def _values_fit(array: NDArray[Any], field: Field, lengths: Mapping[str, int]) -> bool:
    """Whether the values obey the rule of their field."""
    if field.rule in {"rows", "filled"}:
        return _rows_fit(array, lengths[field.of], least=1 if field.rule == "filled" else 0)
    return not array.size or field.rule == "any" or _numbers_fit(array, field, lengths)


def _rows_fit(array: NDArray[Any], total: int, *, least: int) -> bool:
    """Whether row starts begin at 0, end at the total, and leave each row at least so long."""
    steps = array[1:] - array[:-1]
    return bool(array[0] == 0 and array[-1] == total and (not steps.size or steps.min() >= least))


def _numbers_fit(array: NDArray[Any], field: Field, lengths: Mapping[str, int]) -> bool:
    """Whether all numbers lie in the range of their rule."""
    if field.rule == "gaps":
        return not np.abs(array[np.isfinite(array)]).max(initial=0.0) > MAX_METRES and not np.isinf(array).any()
    # A comparison with NaN is false, so that NaN never passes.
    low, high = array.min(), array.max()
    if field.rule == "metres":
        return bool(low >= -MAX_METRES and high <= MAX_METRES)
    if field.rule == "lit":
        return bool(((array <= 1) | (array == _LIT_UNKNOWN)).all())
    if field.rule == "eye":
        return bool(high < _EYES)
    return bool(low >= (-1 if field.rule == "index or -1" else 0) and high < lengths[field.of])
