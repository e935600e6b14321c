"""Trace files: one JSON object per line, versioned, and read without trust.

A file from a stranger may be huge, deep, broken or contradictory. Every line has a limit on bytes and on brackets before
it is parsed, the whole file has a limit, and what is parsed is checked against `simulation.trace.kinds` and for causes that
make sense.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any

from simulation.errors import Problem, RunError
from simulation.trace.canonical import canonical
from simulation.trace.checks import RecordCheck
from simulation.trace.kinds import FORMAT, HEADER
from simulation.trace.log import Trace
from simulation.trace.shapes import faults, fields, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Row = dict[str, Any]
    Migration = Callable[[Row], Row]

LINE_LIMIT = 8 * 1024 * 1024
"""Longest line that is read, bytes; 50,000 residents take about 4 MB."""

FILE_LIMIT = 512 * 1024 * 1024
"""Longest file that is read, bytes."""

BRACKET_LIMIT = 200
"""Most opening brackets in one line; a record of ours has about ten, so this bounds nesting and objects."""

PROBLEM_LIMIT = 20
"""Problems that are collected before reading stops."""

MIGRATIONS: dict[int, Migration] = {}
"""One step per old format: turns a header or record of that format into one of the next; a header has `format`."""

_HEADER_SHAPE = fields(**{field.name: field.shape for field in HEADER})


def trace_lines(trace: Trace) -> Iterator[str]:
    """Give the lines of a trace file, without line ends.

    Parameters
    ----------
    trace
        The trace.

    Yields
    ------
    The header, then one line per record.
    """
    yield canonical(trace.header)
    for record in trace.records:
        yield canonical(record._asdict())


def trace_digest(trace: Trace) -> str:
    """Give the SHA-256 of a trace as it is written, hexadecimal."""
    digest = sha256()
    for line in trace_lines(trace):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def write_trace(trace: Trace, target: Path | IO[bytes]) -> None:
    """Write a trace file.

    Parameters
    ----------
    trace
        The trace.
    target
        A path, or a binary stream.
    """
    if not hasattr(target, "write"):
        with target.open("wb") as stream:
            write_trace(trace, stream)
        return
    for line in trace_lines(trace):
        target.write(f"{line}\n".encode())


def read_trace(path: Path) -> Trace:
    """Read a trace file that anybody may have written.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    The trace, in the present format.

    Raises
    ------
    RunError
        With the line of every problem, up to `PROBLEM_LIMIT` of them.
    """
    reading = _Reading(path)
    try:
        with path.open("rb") as stream:
            reading.read(stream)
    except OSError as error:
        raise RunError(Problem(f"cannot be read: {error.strerror}", str(path))) from None
    if reading.problems:
        raise RunError(*reading.problems)
    return Trace(reading.header, tuple(reading.check.records))


class _Reading:
    """The state of reading one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.header: Mapping[str, Any] = {}
        self.check = RecordCheck()
        self.format = FORMAT

    def read(self, stream: IO[bytes]) -> None:
        """Read all lines, until the end or until there are too many problems."""
        size = number = 0
        while (line := stream.readline(LINE_LIMIT + 1)) and len(self.problems) < PROBLEM_LIMIT:
            number += 1
            size += len(line)
            if len(line) > LINE_LIMIT or size > FILE_LIMIT:
                self.blame(number, f"is longer than a trace can be ({LINE_LIMIT:,} bytes per line, {FILE_LIMIT:,} in all)")
                return
            if not self.take(number, line):
                return
        if number == 0:
            self.blame(1, "the file is empty; a trace starts with a header line")

    def blame(self, line: int, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(message, str(self.path), line))

    def take(self, number: int, line: bytes) -> bool:
        """Take one line; false if reading on makes no sense."""
        try:
            row = parse(line)
        except ValueError as error:
            self.blame(number, str(error))
            return number > 1
        if number == 1:
            return self.take_header(row)
        for message in self.check.take(self.migrated(row)):
            self.blame(number, message)
        return True

    def take_header(self, row: Row) -> bool:
        """Take the header; false if this is no trace of a format we know."""
        found = row.get("format")
        if not isinstance(found, int) or isinstance(found, bool):
            self.blame(1, "this is not a trace: the first line has no format version")
            return False
        if found > FORMAT:
            self.blame(1, f"the trace has format {found}, made by a newer version; this version reads up to {FORMAT}")
            return False
        if found < FORMAT and found not in MIGRATIONS:
            self.blame(1, f"the trace has format {found}, which never existed")
            return False
        self.format = found
        self.header = self.migrated(row)
        for message in faults(dict(self.header), _HEADER_SHAPE):
            self.blame(1, message)
        return True

    def migrated(self, row: Row) -> Row:
        """Bring a row from the format of the file to the present one."""
        for step in range(self.format, FORMAT):
            row = MIGRATIONS[step](row)
        return row


def parse(line: bytes) -> Row:
    """Parse one line into a JSON object.

    Raises
    ------
    ValueError
        With a message for the user, if it is not one JSON object, or not a decent one.
    """
    if line.count(b"[") + line.count(b"{") > BRACKET_LIMIT:
        message = f"has more than {BRACKET_LIMIT} brackets, which no record has"
        raise ValueError(message)
    try:
        row = json.loads(line.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError:
        message = "is not UTF-8 text"
        raise ValueError(message) from None
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error.msg} at column {error.colno}"
        raise ValueError(message) from None
    if not isinstance(row, dict):
        message = f"is {shown(row)}; a JSON object is needed"
        raise ValueError(message)  # noqa: TRY004 one kind of error for all of a bad line
    return row


def _object(pairs: list[tuple[str, Any]]) -> Row:
    """Make an object, refusing repeated fields."""
    result = dict(pairs)
    if len(result) < len(pairs):
        message = "an object names a field twice"
        raise ValueError(message)
    return result


def _no_constant(name: str) -> float:
    message = f"{name} is not a number that JSON knows"
    raise ValueError(message)
