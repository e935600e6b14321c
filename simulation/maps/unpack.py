"""Turn the bytes of a pinned map into a street map, believing nothing that they say."""

from __future__ import annotations

import json
import math
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import MapError, Problem
from simulation.maps.layout import check_arrays, fields_of
from simulation.maps.streetmap import Homes, Places, Shapes, Sight, StreetMap, Streets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.maps.layout import Field

MAGIC = b"BOEFMAP\n"
VERSION = 1
MAX_HEADER_BYTES = 4 << 20
ALIGNMENT = 64

START = struct.Struct("<8sIIQ32s")
CRC_FROM = 16
DIGEST_FROM = START.size
MAKE_ANEW = "Make it anew with `boef map import` or `boef map make`."
DAMAGED = "is damaged: %s. Get the file again, or make it anew with `boef map import` or `boef map make`."
Json = Any
"""Whatever JSON can hold."""

_PARTS = {"streets": Streets, "homes": Homes, "buildings": Shapes, "water": Shapes, "places": Places}


def aligned(offset: int) -> int:
    """Give the first place from `offset` on where an array may start."""
    return -(-offset // ALIGNMENT) * ALIGNMENT


def unpack(content: bytes, name: str) -> StreetMap:
    """Turn the bytes of a file into a map, believing nothing."""
    try:
        _check_start(content)
        _, _, _, header_length, digest = START.unpack_from(content)
        header = _read_header(content, header_length)
        texts, first = _read_texts(content, START.size + header_length, header)
        fields = fields_of(sight=header["range_m"] is not None)
        arrays = _read_arrays(content, first, header["arrays"], fields)
        _check_values(arrays, fields, len(texts))
        return _assemble(header, arrays, texts, digest.hex())
    except _DamageError as error:
        raise MapError(Problem(str(error) if error.whole else DAMAGED % error, name)) from error
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise MapError(Problem(DAMAGED % "its header makes no sense", name)) from error


class _DamageError(Exception):
    """What is wrong with a file; `whole` when the text is the whole message."""

    def __init__(self, text: str, *, whole: bool = False) -> None:
        super().__init__(text)
        self.whole = whole


def _check_start(content: bytes) -> None:
    """Check magic, version and CRC-32."""
    if not content.startswith(MAGIC):
        raise _DamageError(f"is not a map of this program{_guess(content)}. {MAKE_ANEW}", whole=True)
    if len(content) < START.size:
        raise _DamageError("it is cut short")
    _, version, crc, _, _ = START.unpack_from(content)
    if version > VERSION:
        what = f"was written in format {version} by a newer version of this program, which knows format {VERSION}"
        raise _DamageError(f"{what}. Update the program, or make the map anew with `boef map import`.", whole=True)
    if version != VERSION:
        raise _DamageError(f"its format {version} has never existed")
    if zlib.crc32(memoryview(content)[CRC_FROM:]) != crc:
        raise _DamageError("its contents do not fit its checksum")


def _read_header(content: bytes, length: int) -> dict[str, Json]:
    """Read the header, if it lies within the file."""
    if length > min(MAX_HEADER_BYTES, len(content) - START.size):
        raise _DamageError("its header is longer than it can be")
    header = json.loads(content[START.size : START.size + length])
    if type(header) is not dict:
        raise _DamageError("its header makes no sense")
    return header


def _check_values(arrays: Mapping[str, NDArray[Any]], fields: tuple[Field, ...], texts: int) -> None:
    """Refuse arrays that do not fit together."""
    for wrong in check_arrays(arrays, fields, texts):
        raise _DamageError(wrong)


def _guess(content: bytes) -> str:
    """Say what a file may be instead."""
    if content[:1] == b"\x80":
        return " but a Python pickle, which is never read because it can run code"
    if content.startswith((b"BZh", b"\x1f\x8b", b"<")) or b"OSMHeader" in content[:64]:
        return " but seems to be OpenStreetMap data, which must be imported first"
    return "" if content else ": it is empty"


def _read_texts(content: bytes, start: int, header: Mapping[str, Json]) -> tuple[tuple[str, ...], int]:
    """Read the texts, and give the place where the arrays start."""
    number, size = (_whole(value) for value in header["texts"])
    if size > len(content) - start:
        raise _DamageError("its texts run beyond the end of the file")
    texts = tuple(content[start : start + size].decode().split("\x00"))
    if len(texts) != number or texts[0]:
        raise _DamageError("its texts are not as many as it says")
    return texts, aligned(start + size)


def _whole(value: Json) -> int:
    """Insist on a whole number from 0 up; JSON also knows 1.0, true and -1."""
    if type(value) is not int or value < 0:
        raise _DamageError("its header has a size that is no whole number")
    return value


def _read_arrays(content: bytes, first: int, table: Json, fields: tuple[Field, ...]) -> dict[str, NDArray[Any]]:
    """Make read-only arrays on the bytes of the file; each must stand exactly where the one before it ends."""
    if type(table) is not list or [row[0] for row in table] != [field.name for field in fields]:
        raise _DamageError("it does not hold the arrays of a map")
    arrays: dict[str, NDArray[Any]] = {}
    expected = 0
    for (name, dtype, shape, offset), field in zip(table, fields, strict=True):
        lengths = [_whole(length) for length in shape]
        if dtype != field.dtype or len(lengths) != len(field.shape) or offset != expected:
            raise _DamageError(f"{name} has another type, shape or place than it must have")
        # Python's whole numbers do not overflow, so that a claim of 2^60 numbers is seen for what it is.
        count = math.prod(lengths)
        size = count * int(dtype[2:])
        if first + offset + size > len(content):
            raise _DamageError(f"{name} runs beyond the end of the file")
        arrays[name] = np.frombuffer(content, dtype, count, first + offset).reshape(lengths)
        expected = aligned(offset + size)
    if first + expected != len(content):
        raise _DamageError("it is longer than its arrays")
    return arrays


def _assemble(
    header: Mapping[str, Json], arrays: Mapping[str, NDArray[Any]], texts: tuple[str, ...], digest: str
) -> StreetMap:
    """Build the map out of checked arrays."""
    about, epsg, range_m = header["about"], header["epsg"], header["range_m"]
    if type(about) is not dict or type(epsg) is not int:
        raise _DamageError("its header makes no sense")
    parts: dict[str, dict[str, Any]] = {}
    for name, array in arrays.items():
        part, _, field = name.partition(".")
        parts.setdefault(part, {})[field] = array
    sight = None
    if range_m is not None:
        if type(range_m) is not float or not 0 < range_m < math.inf:
            raise _DamageError("its range of sight makes no sense")
        sight = Sight(range_m=range_m, **parts["sight"])
    made: dict[str, Any] = {part: kind(**parts[part]) for part, kind in _PARTS.items()}
    return StreetMap(**made, sight=sight, area=arrays["area"], texts=texts, epsg=epsg, about=about, digest=digest)
