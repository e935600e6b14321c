"""Trace files come back as they were, and files from strangers are refused with the line of what is wrong."""

from __future__ import annotations

import io
import json
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import RunError
from simulation.trace import files
from simulation.trace.canonical import canonical
from simulation.trace.files import read_trace, trace_digest, trace_lines, write_trace
from simulation.trace.kinds import FORMAT
from simulation.trace.log import Log, Trace
from tests.fixtures.by_hand import HEADER, evening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = list(trace_lines(evening()))


def line_of(kind: str, who: str = "") -> int:
    """Give the index in `LINES` of the first record of a kind."""
    return next(index for index, line in enumerate(LINES) if f'"id":"{kind}:{who}' in line)


def changed(kind: str, change: Callable[[dict[str, Any]], object]) -> list[str]:
    """Give the lines with one record changed."""
    row = json.loads(LINES[line_of(kind)])
    change(row)
    return [*LINES[: line_of(kind)], json.dumps(row), *LINES[line_of(kind) + 1 :]]


def refusal(tmp_path: Path, content: str | bytes) -> str:
    """Read a file that must be refused, and give the message without the folder."""
    path = tmp_path / "trace.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    with pytest.raises(RunError) as caught:
        read_trace(path)
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    write_trace(evening(), path)
    again = read_trace(path)
    assert again.header == evening().header
    assert again.records == evening().records
    assert list(trace_lines(again)) == LINES


def test_a_stream_gets_the_same_bytes(tmp_path: Path) -> None:
    path, stream = tmp_path / "trace.jsonl", io.BytesIO()
    write_trace(evening(), path)
    write_trace(evening(), stream)
    assert stream.getvalue() == path.read_bytes()
    assert stream.getvalue().endswith(b"}\n")


def test_arrays_are_written_as_lists() -> None:
    log = Log()
    log.add("route", "n1/1", 1.5, ("fact:x",), {"t_s": np.array([1.5, 2.0]), "n": np.int64(3), "flag": np.bool_(1)})
    line = list(trace_lines(log.trace(HEADER)))[1]
    assert line == (
        '{"causes":["fact:x"],"data":{"flag":true,"n":3,"t_s":[1.5,2.0]},"id":"route:n1/1:1","kind":"route",'
        '"time_us":1500000,"who":"n1/1"}'
    )


def test_any_mapping_is_written_as_an_object() -> None:
    assert canonical(MappingProxyType({"b": MappingProxyType({}), "a": 1})) == '{"a":1,"b":{}}'


def test_equal_traces_have_equal_digests() -> None:
    assert trace_digest(evening()) == trace_digest(Trace(HEADER, evening().records))
    assert trace_digest(evening()) != trace_digest(Trace(HEADER, evening().records[:-1]))


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(), st.lists))
def test_the_one_text_of_a_value_gives_the_value_back(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


def test_not_a_number_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        list(trace_lines(Trace({"x": float("nan")}, ())))


def test_lines_name_where_they_are_wrong(tmp_path: Path) -> None:
    bad = changed("sighting", lambda row: row["data"].update(distance_m="far"))
    number = line_of("sighting") + 1
    assert refusal(tmp_path, "\n".join(bad)).splitlines()[0] == (
        f"trace.jsonl:{number}: data.distance_m is 'far'; a finite number is needed"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("{}", "no format version"),
        ('{"format": true}', "no format version"),
        ('{"format": 99}', "made by a newer version"),
        ('{"format": 0}', "never existed"),
        ("[]", "a JSON object is needed"),
        ("hello", "is not JSON"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        ('{"format": 1, "format": 1}', "names a field twice"),
        ('{"format": NaN}', "NaN is not a number"),
        ("[" * 5000, "more than 200 brackets"),
        ('{"a":' * 5000, "more than 200 brackets"),
        ('{"format": ' + "9" * 5000 + "}", "Exceeds the limit"),
    ],
)
def test_what_is_no_trace_is_refused(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert message in refusal(tmp_path, content)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.update(id="sighting:n1/1:01"), "does not fit"),
        (lambda row: row.update(id="sighting:n2/1:1"), "does not fit"),
        (lambda row: row.update(kind="ufo"), "the kind 'ufo' is not known"),
        (lambda row: row.update(kind=7), "kind is 7"),
        (lambda row: row.update(time_us=1.5), "time_us is 1.5"),
        (lambda row: row.update(time_us=True), "time_us is True"),
        (lambda row: row.update(time_us=10**18), "time_us is"),
        (lambda row: row.update(extra=1), "unknown field 'extra'"),
        (lambda row: row.pop("who"), "lacks 'who'"),
        (lambda row: row.update(data=[]), "an object is needed"),
        (lambda row: row.update(causes=[]), "a record without causes"),
        (lambda row: row.update(causes="fact:x"), "a list is needed"),
        (lambda row: row.update(causes=["call:n1/1:1"]), "is not an earlier record"),
        (lambda row: row.update(causes=["nothing"]), "is not an earlier record"),
        (lambda row: row.update(causes=["post:organiser:1@n2/1"]), "which he had not"),
        (lambda row: row.update(causes=["act:suspect-1:1@n1/1"]), "which he had not"),
        (lambda row: row.update(time_us=1), "happens later than its effect"),
        (lambda row: row["data"].update(x_m=float("inf")), "Infinity"),
        (lambda row: row["data"].update(x_m=1e308), "a finite number"),
        (lambda row: row["data"].update(street="\ud83d"), "broken Unicode"),
        (lambda row: row["data"].update(street="x" * 30_000), "30000 characters"),
        (lambda row: row["data"].update(elements={"hair": {"a": 1}}), "a text is needed"),
    ],
    ids=count(),
)
def test_a_bad_sighting_is_refused(tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str) -> None:
    assert message in refusal(tmp_path, "\n".join(changed("sighting", change)))


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        ("post", lambda row: row["data"].update(read_s=[]), "must have the same length"),
        ("post", lambda row: row["data"].update(readers=[0, 99]), "beyond the 6 there are"),
        ("route", lambda row: row["data"].update(t_s=[0.0, 9.0, 5.0, 10.0]), "must never decrease"),
        ("answer", lambda row: row["data"].update(call="sighting:n1/1:1"), "the id of an earlier call"),
        ("channel", lambda row: row["data"].update(members=[-1]), "at least 0"),
        ("residents", lambda row: row["data"].update(member=[2] * 6), "a finite integer"),
        ("residents", lambda row: row["data"].update(type=["hermit"] * 6), "allowed: family, elderly, single, student"),
        ("game_end", lambda row: row["data"].update(reason="rain"), "allowed: time, found"),
    ],
    ids=count(),
)
def test_other_bad_records_are_refused(
    tmp_path: Path, kind: str, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    assert message in refusal(tmp_path, "\n".join(changed(kind, change)))


def test_an_id_counts_once(tmp_path: Path) -> None:
    assert "was used before" in refusal(tmp_path, "\n".join([*LINES, LINES[-1]]))


def test_problems_come_together_but_not_endlessly(tmp_path: Path) -> None:
    text = refusal(tmp_path, "\n".join([LINES[0], *["{}"] * 1000]))
    assert 20 <= len(text.splitlines()) <= 40
    assert text.startswith("trace.jsonl:2: ")


def test_long_lines_and_long_files_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LINE_LIMIT", 1000)
    assert "longer than a trace can be" in refusal(tmp_path, "x" * 1001)
    monkeypatch.setattr(files, "LINE_LIMIT", 10_000)
    monkeypatch.setattr(files, "FILE_LIMIT", 2000)
    assert "longer than a trace can be" in refusal(tmp_path, "\n".join(LINES))


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(RunError, match="cannot be read"):
            read_trace(path)


def test_old_formats_are_brought_up_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"format": FORMAT} if "format" in row else row | {"time_us": row["time_us"] * 1000}

    monkeypatch.setitem(files.MIGRATIONS, 0, step)
    old = [json.dumps(json.loads(LINES[0]) | {"format": 0})]
    old += [json.dumps(json.loads(line) | {"time_us": json.loads(line)["time_us"] // 1000}) for line in LINES[1:]]
    path = tmp_path / "trace.jsonl"
    path.write_text("\n".join(old), encoding="utf-8")
    assert read_trace(path).records == evening().records
    assert read_trace(path).header["format"] == FORMAT


@given(st.binary(max_size=300))
def test_garbage_is_never_worse_than_refused(content: bytes) -> None:
    try:
        row = files.parse(content)
    except ValueError:
        row = {}
    assert isinstance(row, dict)
