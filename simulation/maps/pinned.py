r"""The pinned map: one file that holds a street map as plain arrays, read without any parser that could run code.

Layout, all numbers little-endian::

    0   8 bytes   magic `BOEFMAP\n`
    8   uint32    version of the format
    12  uint32    CRC-32 of everything behind this field
    16  uint64    length of the header, bytes
    24  32 bytes  SHA-256 of everything behind this field: the digest of the map
    56  header    JSON in UTF-8: about, epsg, range of sight, number and size of the texts, and of each array its name, type,
                  shape and place
        texts     UTF-8, one NUL between two texts
        arrays    in the order of `layout.FIELDS`, each starting at a multiple of 64 bytes

Nothing in the file depends on when or where it was written: the same source gives the same bytes. Reading imports only numpy
and the standard library. Every size, type, shape and index is checked before use.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InternalError, MapError, Problem, WorldError
from simulation.maps.layout import check_arrays, fields_of
from simulation.maps.unpack import CRC_FROM, DAMAGED, DIGEST_FROM, MAGIC, MAKE_ANEW, START, VERSION, aligned, unpack
from simulation.scenario.shipped import scenarios_folder, shipped_maps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.maps.layout import Field
    from simulation.maps.streetmap import StreetMap

MAX_BYTES = 2 << 30


def write_map(street_map: StreetMap, path: Path) -> str:
    """Write a map to a file, wholly or not at all, and give its digest.

    Raises
    ------
    MapError
        The path is a folder or a device, or lies in a folder that does not exist.
    WorldError
        The disk is full or read-only.
    """
    content, digest = pack(street_map)
    beside: Path | None = None
    try:
        _check_place(path)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            beside = Path(stream.name)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise WorldError(f"{path}: the map cannot be written: {error.strerror or error}.") from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
    return digest


def read_map(source: str | Path) -> StreetMap:
    """Read a pinned map and check its CRC-32; the arrays are read-only views on one buffer.

    Parameters
    ----------
    source
        A map file. A text may also be the name of a map that comes along, such as `wijk.map`: it is found from any folder, but
        a file of that name in the folder where one is goes first.

    Raises
    ------
    MapError
        If there is no such file, or it is no map.
    """
    path = Path(source)
    if isinstance(source, str) and not path.exists() and source in shipped_maps():
        path = scenarios_folder() / source
    return unpack(_read(path), path.name)


def shipped_name(digest: str) -> str:
    """Name the map that comes along and has a digest; empty if none has."""
    return next((name for name in shipped_maps() if read_map(scenarios_folder() / name).digest == digest), "")


def played_on(header: Mapping[str, Any], given: StreetMap | None) -> StreetMap:
    """Give the map that an evening was played on: the one that was given, or else one that comes along.

    Parameters
    ----------
    header
        Header of the trace of the evening.
    given
        A map; None for one that comes along.

    Raises
    ------
    MapError
        If another map is given, or none comes along.
    """
    digest = str(header["map"])[:64]
    if given is None:
        name = shipped_name(digest)
        if not name:
            told = f"{str(header['map_title'])[:100]!r} with digest {digest}"
            raise MapError(f"the evening was played on a map that does not come along, {told}")
        return read_map(scenarios_folder() / name)
    if given.digest != digest:
        told = f"its digest is {given.digest}, that of the evening's map {digest}"
        raise MapError(f"is another map than the evening was played on: {told}")
    return given


def verify_map(path: Path) -> StreetMap:
    """Read a pinned map and check its SHA-256 digest too."""
    content = _read(path)
    street_map = unpack(content, path.name)
    if hashlib.sha256(memoryview(content)[DIGEST_FROM:]).hexdigest() != street_map.digest:
        raise MapError(Problem(DAMAGED % "its SHA-256 digest does not fit its contents", path.name))
    return street_map


def _check_place(path: Path) -> None:
    """Refuse to write where no file can be, or over something that is no file."""
    if path.exists() and not path.is_file():
        raise MapError(Problem("is a folder or a device. Choose another name for the map.", str(path)))
    if not path.parent.is_dir():
        raise MapError(Problem("lies in a folder that does not exist. Make it first, or choose another.", str(path)))


def _umask() -> int:
    """Ask for the rights that new files get; a temporary file has fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _arrays_of(street_map: StreetMap, fields: tuple[Field, ...]) -> dict[str, NDArray[Any]]:
    """Collect the arrays of a map by name of field."""
    arrays: dict[str, NDArray[Any]] = {}
    for field in fields:
        part, _, name = field.name.partition(".")
        value = getattr(street_map, part)
        arrays[field.name] = np.ascontiguousarray(getattr(value, name) if name else value)
    return arrays


def pack(street_map: StreetMap) -> tuple[bytes, str]:
    """Give the bytes of the file, which `unpack` reads, and the digest."""
    fields = fields_of(sight=street_map.sight is not None)
    arrays = _arrays_of(street_map, fields)
    wrong = list(check_arrays(arrays, fields, len(street_map.texts)))
    if wrong or street_map.texts[:1] != ("",) or any("\x00" in text for text in street_map.texts):
        raise InternalError(f"a map to be written is not sound: {'; '.join(wrong) or 'its texts'}. Please report this.")
    texts = "\x00".join(street_map.texts).encode()
    table: list[list[Any]] = []
    offset = 0
    for field in fields:
        table.append([field.name, field.dtype, list(arrays[field.name].shape), offset])
        offset = aligned(offset + arrays[field.name].nbytes)
    header = json.dumps(
        {
            "about": dict(street_map.about),
            "arrays": table,
            "epsg": street_map.epsg,
            "range_m": street_map.sight.range_m if street_map.sight else None,
            "texts": [len(street_map.texts), len(texts)],
        },
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    first = aligned(START.size + len(header) + len(texts))
    body = bytearray(first + offset)
    body[START.size : START.size + len(header) + len(texts)] = header + texts
    for (_, _, _, start), array in zip(table, arrays.values(), strict=True):
        body[first + start : first + start + array.nbytes] = array.tobytes()
    digest = hashlib.sha256(memoryview(body)[DIGEST_FROM:])
    START.pack_into(body, 0, MAGIC, VERSION, 0, len(header), digest.digest())
    struct.pack_into("<I", body, CRC_FROM - 4, zlib.crc32(memoryview(body)[CRC_FROM:]))
    return bytes(body), digest.hexdigest()


def digest_of(street_map: StreetMap) -> str:
    """Give the digest of a map; of one that was never in a file, that of the file that it would make."""
    return street_map.digest or pack(street_map)[1]


def _read(path: Path) -> bytes:
    """Read a whole file, if it is one and not too large."""
    try:
        if not path.is_file():
            what = "is a folder or a device, not a file" if path.exists() else f"there is no such map file. {MAKE_ANEW}"
            raise MapError(Problem(what, str(path)))
        if path.stat().st_size > MAX_BYTES:
            raise MapError(Problem(f"is larger than {MAX_BYTES >> 20} MiB, which no map is. {MAKE_ANEW}", path.name))
        return path.read_bytes()
    except OSError as error:
        raise MapError(Problem(f"cannot be read: {error.strerror or error}.", str(path))) from error
