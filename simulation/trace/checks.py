"""Whether the records of a foreign trace make sense: shapes, ids, references and causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.trace.kinds import KINDS, data_shape
from simulation.trace.records import PEOPLE, Record
from simulation.trace.shapes import KEY, faults, fields, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.trace.fields import Field

TIME_LIMIT_US = 10 * 86_400 * 1_000_000
"""Latest and earliest time of a record: ten days from the start of play, microseconds."""

_OUTLINE = fields(
    id=KEY,
    kind=KEY,
    who=KEY,
    time_us={"type": "integer", "minimum": -TIME_LIMIT_US, "maximum": TIME_LIMIT_US},
    causes={"type": "array", "items": KEY},
    data=fields(),
)
_DATA = {name: data_shape(kind) for name, kind in KINDS.items()}


class RecordCheck:
    """Takes rows one by one and keeps the good ones as records.

    Only what stands earlier in the file counts as a cause, so a cause can neither be missing nor come later.
    """

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._by_id: dict[str, Record] = {}
        self._residents: dict[str, int] = {}
        self._listed: set[str] = set()

    def take(self, row: Mapping[str, Any]) -> list[str]:
        """Check a row and keep it.

        Parameters
        ----------
        row
            A JSON object.

        Returns
        -------
        What is wrong with it; empty for a good one. A bad row whose shape is good still counts as present, so that one
        mistake does not make every later record wrong.
        """
        problems = list(_shape_faults(row))
        if problems:
            return problems
        record = Record(row["id"], row["time_us"], row["kind"], row["who"], tuple(row["causes"]), row["data"])
        problems = [*self._identity_faults(record), *self._data_faults(record), *self._cause_faults(record)]
        self.records.append(record)
        self._by_id.setdefault(record.id, record)
        if record.kind in PEOPLE and record.kind not in self._listed:
            self._listed.add(record.kind)
            self._residents |= {who: index for index, who in enumerate(record.data["who"], len(self._residents))}
        return problems

    def _identity_faults(self, record: Record) -> Iterator[str]:
        start, _, number = record.id.rpartition(":")
        if start != f"{record.kind}:{record.who}" or not number.isdecimal() or not number.isascii() or number.startswith("0"):
            yield f"the id {shown(record.id)} does not fit; {record.kind}:{shown(record.who)}:1, 2, 3 ... is needed"
        if record.id in self._by_id:
            yield f"the id {shown(record.id)} was used before"

    def _data_faults(self, record: Record) -> Iterator[str]:
        kind = KINDS[record.kind]
        lengths = {len(record.data[name]) for name in kind.parallel}
        if len(lengths) > 1:
            yield f"the lists {', '.join(kind.parallel)} must have the same length"
        if record.kind == "route" and any(a > b for a, b in zip(record.data["t_s"], record.data["t_s"][1:], strict=False)):
            yield "the times of a route must never decrease"
        for field in kind.fields:
            yield from self._reference_faults(field, record.data[field.name])

    def _reference_faults(self, field: Field, value: Any) -> Iterator[str]:  # noqa: ANN401 any JSON value
        if field.refers == "resident":
            if any(index >= len(self._residents) for index in value):
                yield f"{field.name} names a resident beyond the {len(self._residents)} there are"
        elif field.refers and value is not None:
            other = self._by_id.get(value)
            if other is None or other.kind != field.refers:
                yield f"{field.name} is {shown(value)}; the id of an earlier {field.refers} is needed"

    def _cause_faults(self, record: Record) -> Iterator[str]:
        if not record.causes:
            yield "a record without causes; name a record, a reading, a fact or a draw"
        for cause in record.causes:
            if not cause.startswith(("fact:", "draw:")):
                yield from self._record_cause_faults(record, cause)

    def _record_cause_faults(self, record: Record, cause: str) -> Iterator[str]:
        key, at, reader = cause.partition("@")
        found = self._by_id.get(key)
        if found is None:
            yield f"the cause {shown(cause)} is not an earlier record"
        elif found.time_us > record.time_us:
            yield f"the cause {shown(cause)} happens later than its effect"
        elif at and not self._was_read(found, reader, record.time_us):
            yield f"the cause {shown(cause)} says that somebody read a message, which he had not"

    def _was_read(self, post: Record, reader: str, time_us: int) -> bool:
        """Whether a person had read a post by some time."""
        if post.kind != "post":
            return False
        read_s = dict(zip(post.data["readers"], post.data["read_s"], strict=False)).get(self._residents.get(reader))
        return read_s is not None and read_s <= (time_us + 1) / 1_000_000


def _shape_faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Check the outline of a record, then its data against its kind."""
    yield from faults({**row, "data": {}} if isinstance(row.get("data"), dict) else row, _OUTLINE)
    kind = row.get("kind")
    if isinstance(kind, str) and kind not in KINDS:
        yield f"the kind {shown(kind)} is not known; known: {', '.join(KINDS)}"
    elif isinstance(kind, str) and "data" in row:
        yield from faults(row["data"], _DATA[kind], "data")
