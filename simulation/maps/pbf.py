"""Measure an OpenStreetMap PBF file from the sizes that its blobs state, without unpacking any.

The format is a row of blobs: four bytes with the length of a header, the header (field 1 type, field 3 size of the blob), the
blob (field 1 raw data, or field 2 size once unpacked together with compressed data). See
https://wiki.openstreetmap.org/wiki/PBF_Format. The parser unpacks into a buffer of the stated size and refuses any blob that
gives more, so the stated sizes can be relied on.
"""

from __future__ import annotations

from typing import IO

from simulation.errors import MapError, Problem

MAX_BLOB_HEADER_BYTES = 64 << 10
MAX_BLOB_BYTES = 4 << 20
"""Largest blob, packed or unpacked. The format allows 32 MiB, but writers put 8,000 objects in a blob, well below 2 MiB; the
parser keeps several blobs ahead, and an object can take twenty times its bytes in memory."""

_DAMAGED = "is damaged or cut short: it is not complete OpenStreetMap PBF data. Download it again."
_SIZE = 3
_RAW, _RAW_SIZE = 1, 2
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def measure_pbf(name: str, stream: IO[bytes], max_bytes: int, max_ratio: int) -> None:
    """Refuse a PBF file that is cut short, or would unpack to more than `max_bytes` or `max_ratio` times a blob's size."""
    total = 0
    try:
        while length := stream.read(4):
            header = _fields(_take(stream, int.from_bytes(length, "big"), MAX_BLOB_HEADER_BYTES))
            blob = _take(stream, header[_SIZE], MAX_BLOB_BYTES)
            fields = _fields(blob)
            size = fields.get(_RAW_SIZE, fields.get(_RAW, 0))
            total += size
            if size > MAX_BLOB_BYTES or total > max_bytes or size > max(max_ratio * len(blob), 1 << 16):
                raise MapError(Problem("unpacks to far more than a map does. Cut the neighbourhood out of it first.", name))
    except (ValueError, KeyError) as error:
        raise MapError(Problem(_DAMAGED, name)) from error


def _take(stream: IO[bytes], size: int, most: int) -> bytes:
    """Read exactly `size` bytes, at most `most`."""
    if size > most:
        raise ValueError(f"a part of {size} bytes")
    data = stream.read(size)
    if len(data) != size:
        raise ValueError("end of the file")
    return data


def _fields(data: bytes) -> dict[int, int]:
    """Give the value of each number field, and the length of each bytes field, of one protobuf message."""
    found: dict[int, int] = {}
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind in (_VARINT, _BYTES):
            value, at = _varint(data, at)
            found[tag >> 3] = value
            at += value if kind == _BYTES else 0
        elif kind in (_FIXED64, _FIXED32):
            at += 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"wire type {kind}")
    if at != len(data):
        raise ValueError("a field beyond the end of its message")
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read one number of up to 64 bits; give it and the position behind it."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the top bit says that more follows
            return value, at
    raise ValueError("a number without an end")
