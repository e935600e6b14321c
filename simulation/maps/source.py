"""Files from strangers: find out what a file is and refuse what could do harm, before any parser sees it.

A compressed file is unpacked once in small steps, without keeping anything, to measure it; only then the parser gets it.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import re
import zlib
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, cast

from simulation.errors import MapError, Problem
from simulation.maps.pbf import measure_pbf
from simulation.maps.texts import clean_text

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 1 << 30
MAX_PLAIN_BYTES = 2 << 30
"""Most bytes of XML, after unpacking."""

MAX_RATIO = 200
"""Most bytes that one compressed byte may unpack to; OpenStreetMap data gives 8 to 15."""

MAX_TOKEN_BYTES = 4 << 20
"""Longest stretch of XML without the end of a tag."""

_STEP = 1 << 20
_RATIO_FROM = 16 << 20
_KEEP = 16
_HEAD = 4096
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<\s*([A-Za-z_][\w:.-]*)")
_REMARK = re.compile(rb"<remark>\s*([^<]{0,120})")
_DATE = re.compile(rb"""<meta\s[^>]*osm_base\s*=\s*["'](\d{4}-\d\d-\d\dT[\d:.]{5,15}Z)["']""")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ADVICE = "Hand in OpenStreetMap data as .osm, .osm.bz2, .osm.gz or .osm.pbf."


@dataclass(frozen=True)
class Source:
    """An OpenStreetMap file or text that is safe to parse.

    Parameters
    ----------
    name
        File name without folders; empty for a text in memory.
    content
        The file, or the text itself.
    encoding
        What the parser must expect: `osm`, `osm.bz2`, `osm.gz` or `osm.pbf`.
    sha256
        SHA-256 of the file as it is on disk, hexadecimal.
    date
        Moment of the data, ISO 8601, where the head of the file tells it as Overpass does; else empty.
    """

    name: str
    content: Path | bytes
    encoding: str
    sha256: str
    date: str = ""

    def problem(self, message: str) -> MapError:
        """Make the error that says what is wrong with this file."""
        return MapError(Problem(message, self.name))


def inspect_source(source: Path | bytes) -> Source:
    """Recognise an OpenStreetMap file by its contents, and refuse it if it is no such file or could do harm."""
    if isinstance(source, bytes):
        found = Source("", source, _encoding(source[:64]), hashlib.sha256(source).hexdigest())
        return replace(found, date=_measure(found, io.BytesIO(source)))
    name = source.name
    try:
        if not source.is_file():
            what = "is a folder or a device, not a file" if source.exists() else "does not exist"
            raise MapError(Problem(f"{what}. {_ADVICE}", str(source)))
        if source.stat().st_size > MAX_FILE_BYTES:
            raise MapError(Problem(f"is larger than {MAX_FILE_BYTES >> 20} MiB. Cut the neighbourhood out of it first.", name))
        with source.open("rb") as stream:
            found = Source(name, source, _encoding(stream.read(64)), "")
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            date = _measure(found, stream)
    except OSError as error:
        raise MapError(Problem(f"cannot be read: {error.strerror or error}.", str(source))) from error
    return replace(found, sha256=sha256, date=date)


def _encoding(head: bytes) -> str:
    """Tell the format from the first bytes; names of files prove nothing."""
    if head.startswith(b"BZh"):
        return "osm.bz2"
    if head.startswith(b"\x1f\x8b"):
        return "osm.gz"
    return "osm.pbf" if b"OSMHeader" in head else "osm"


def _measure(source: Source, stream: IO[bytes]) -> str:
    """Refuse files that unpack to too much, and XML that could do harm or is not whole; give its date, see `Source`."""
    if source.encoding == "osm.pbf":
        measure_pbf(source.name, stream, MAX_PLAIN_BYTES, MAX_RATIO)
        return ""
    unpacked: IO[bytes] = stream
    if source.encoding == "osm.bz2":
        unpacked = cast("IO[bytes]", bz2.BZ2File(stream))
    elif source.encoding == "osm.gz":
        unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    try:
        return _scan_xml(source, unpacked, stream)
    except EOFError as error:
        raise source.problem("is cut short: the compressed data stops half-way. Download it again.") from error
    except (zlib.error, OSError) as error:
        if unpacked is stream:
            raise
        raise source.problem(f"is damaged: it cannot be unpacked ({error}). Download it again.") from error


def _scan_xml(source: Source, unpacked: IO[bytes], packed: IO[bytes]) -> str:
    """Walk through the whole XML text in steps of 1 MiB; give the date in its head."""
    total = 0
    date = ""
    open_since = 0
    tail = b""
    while step := unpacked.read(_STEP):
        if not total:
            _check_head(source, step)
            found = _DATE.search(step[:_HEAD])
            date = found[1].decode() if found else ""
        total += len(step)
        if total > MAX_PLAIN_BYTES:
            raise source.problem(f"unpacks to more than {MAX_PLAIN_BYTES >> 20} MiB. Cut the neighbourhood out of it first.")
        if unpacked is not packed and total > max(_RATIO_FROM, MAX_RATIO * packed.tell()):
            raise source.problem(f"unpacks to more than {MAX_RATIO} times its size, which no map does. Use another file.")
        # An entity can only be declared in a DOCTYPE, and OpenStreetMap data never has one.
        if b"<!DOCTYPE" in tail + step or b"<!ENTITY" in tail + step:
            raise source.problem("declares a DOCTYPE or entities, which OpenStreetMap data never does. Use another file.")
        # Overpass puts a remark where time or memory ran out, below what it had found so far.
        remark = _REMARK.search(tail + step)
        if remark:
            said = clean_text(remark[1].decode("utf-8", "replace"))
            raise source.problem(f"is not whole, as Overpass remarks in it ({said}). Ask for a smaller area, or later again.")
        open_since = 0 if b">" in step else open_since + len(step)
        if open_since > MAX_TOKEN_BYTES:
            raise source.problem(f"has a tag longer than {MAX_TOKEN_BYTES >> 20} MiB. Use another file.")
        tail = step[-_KEEP:]
    if not total:
        raise source.problem(f"is empty. {_ADVICE}")
    return date


def _check_head(source: Source, head: bytes) -> None:
    """Refuse what is not OpenStreetMap XML in UTF-8, with a guess at what it is instead."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:64]:
        raise source.problem(f"is neither text in UTF-8 nor OpenStreetMap PBF. {_ADVICE}")
    if not start:
        raise source.problem(f"is empty. {_ADVICE}")
    if start.startswith((b"{", b"[")):
        raise source.problem("holds JSON, not OpenStreetMap XML. Export it again as .osm (for Overpass: `[out:xml]`).")
    if not start.startswith(b"<"):
        raise source.problem(f"is neither XML nor OpenStreetMap PBF. {_ADVICE}")
    encoding = _ENCODING.match(start)
    if encoding and encoding[1].upper() not in {b"UTF-8", b"US-ASCII", b"ASCII"}:
        raise source.problem(f"is XML in {encoding[1].decode('ascii', 'replace')[:20]}, not in UTF-8. Convert it first.")
    root = _ROOT.search(_COMMENT.sub(b"", start))
    name = root[1].decode("ascii", "replace")[:40] if root else ""
    if name != "osm":
        what = "is a web page" if name.lower() == "html" else f"is XML with root <{name}>"
        raise source.problem(f"{what}, not OpenStreetMap data. {_ADVICE}")
