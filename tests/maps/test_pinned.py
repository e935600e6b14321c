"""The pinned map file: the same map comes back, and anything else is refused."""

from __future__ import annotations

import errno
import itertools
import json
import os
import pickle
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.errors import InternalError, MapError, WorldError
from simulation.maps.layout import FIELDS, SIGHT_FIELDS
from simulation.maps.osm import import_osm
from simulation.maps.pinned import read_map, verify_map, write_map
from simulation.maps.sight import with_sight
from simulation.maps.unpack import CRC_FROM, START
from simulation.scenario.shipped import scenarios_folder
from tests.maps.osm_text import EXTRACTS, one_street

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap


@pytest.fixture(scope="module")
def street_map() -> StreetMap:
    town = (
        one_street()
        .square(301, 30, (50, -20), 10, shop="bakery", name="Bakker")
        .square(311, 40, (150, -30), 10, natural="water")
    )
    return with_sight(import_osm(town.text(), title="Één straat"))


@pytest.fixture
def pinned(street_map: StreetMap, tmp_path: Path) -> Path:
    path = tmp_path / "one.map"
    write_map(street_map, path)
    return path


def assert_same(one: StreetMap, other: StreetMap) -> None:
    for field in FIELDS + (SIGHT_FIELDS if one.sight else ()):
        part, _, name = field.name.partition(".")
        arrays = [getattr(getattr(m, part), name) if name else getattr(m, part) for m in (one, other)]
        assert arrays[0].dtype == arrays[1].dtype
        np.testing.assert_array_equal(*arrays, err_msg=field.name)
    assert (one.texts, one.epsg, one.about) == (other.texts, other.epsg, other.about)


def rewritten(path: Path, change: Any) -> None:
    """Change the header of a file and make its checksum fit again."""
    content = path.read_bytes()
    magic, version, _, length, digest = START.unpack_from(content)
    header = json.loads(content[START.size : START.size + length])
    text = json.dumps(change(header)).encode()
    rest = content[START.size + length :]
    path.write_bytes(sealed(START.pack(magic, version, 0, len(text), digest) + text + rest))


def sealed(content: bytes) -> bytes:
    """Make the checksum fit."""
    return content[: CRC_FROM - 4] + struct.pack("<I", zlib.crc32(content[CRC_FROM:])) + content[CRC_FROM:]


def test_a_written_map_comes_back_whole(street_map: StreetMap, pinned: Path) -> None:
    again = read_map(pinned)
    assert_same(street_map, again)
    assert again.sight is not None
    assert street_map.sight is not None
    assert again.sight.range_m == street_map.sight.range_m
    assert not again.homes.xy.flags.writeable


def test_a_map_that_comes_along_is_found_by_its_name_but_an_own_file_goes_first(
    pinned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_map("wijk.map").digest == read_map(scenarios_folder() / "wijk.map").digest
    own = read_map(str(pinned)).digest
    pinned.rename(tmp_path / "wijk.map")
    assert read_map("wijk.map").digest == own
    (tmp_path / "wijk.map").unlink()
    with pytest.raises(MapError):
        read_map(Path("wijk.map"))


def test_a_map_without_sight_lines_comes_back_without(street_map: StreetMap, tmp_path: Path) -> None:
    write_map(replace(street_map, sight=None), tmp_path / "blind.map")
    assert read_map(tmp_path / "blind.map").sight is None


def test_the_same_source_gives_the_same_bytes(street_map: StreetMap, pinned: Path, tmp_path: Path) -> None:
    digest = write_map(street_map, tmp_path / "two.map")
    assert (tmp_path / "two.map").read_bytes() == pinned.read_bytes()
    assert verify_map(pinned).digest == digest
    assert write_map(read_map(pinned), tmp_path / "three.map") == digest


def test_reading_imports_no_heavy_library(pinned: Path) -> None:
    heavy = "{'shapely', 'pyproj', 'osmium', 'networkx', 'scipy', 'osmnx', 'pandas'}"
    code = (
        f"import sys; from pathlib import Path; from simulation.maps.pinned import read_map; read_map(Path({str(pinned)!r}))\n"
    )
    code += f"print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not EXTRACTS.is_dir(), reason=f"no extracts in {EXTRACTS}")
def test_the_same_bytes_come_out_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from simulation.maps.osm import import_osm\n"
    code += "from simulation.maps.pinned import write_map\n"
    code += "print(write_map(import_osm(Path(sys.argv[1])), Path(sys.argv[2])))"
    source, root = str(EXTRACTS / "wechelderzande.osm.bz2"), Path(__file__).parents[2]
    digests = [
        subprocess.run(
            [sys.executable, "-c", code, source, str(tmp_path / f"{seed}.map")],
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0), flip=st.integers(1, 255))
def test_any_flipped_byte_is_noticed(pinned: Path, place: int, flip: int) -> None:
    content = bytearray(pinned.read_bytes())
    content[place % len(content)] ^= flip
    damaged = pinned.with_name("flipped.map")
    damaged.write_bytes(content)
    with pytest.raises(MapError, match=r"flipped\.map: (is damaged|is not a map|was written)"):
        read_map(damaged)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(START.size), flip=st.integers(1, 255))
def test_with_a_forged_checksum_a_map_is_refused_or_safe_to_index(pinned: Path, place: int, flip: int) -> None:
    content = bytearray(pinned.read_bytes())
    content[START.size + place % (len(content) - START.size)] ^= flip
    forged = pinned.with_name("forged.map")
    forged.write_bytes(sealed(bytes(content)))
    refusal = ""
    try:
        street_map = read_map(forged)
    except MapError as error:
        refusal = str(error)
    assert not refusal or "forged.map: is damaged" in refusal
    if not refusal:
        assert len(street_map.streets.node_xy[street_map.streets.edge_nodes]) == len(street_map.edge_lengths())
        assert all(street_map.texts[number] is not None for number in street_map.homes.key)
        with pytest.raises(MapError, match="SHA-256"):
            verify_map(forged)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(),
    texts=st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), max_size=5),
    nudge=st.floats(-1e6, 1e6),
)
def test_any_texts_and_numbers_survive(
    street_map: StreetMap, pinned: Path, title: str, texts: list[str], nudge: float
) -> None:
    changed = replace(
        street_map,
        texts=(*street_map.texts, *texts),
        about={**street_map.about, "title": title.encode("utf-8", "replace").decode()},
        homes=replace(street_map.homes, xy=street_map.homes.xy + nudge),
    )
    write_map(changed, pinned)
    assert_same(changed, verify_map(pinned))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (pickle.dumps({"streets": []}), "a Python pickle"),
        (b"<?xml version='1.0'?><osm/>", "must be imported first"),
        (b"BZh91AY", "must be imported first"),
        (b"PK\x03\x04", "is not a map of this program"),
        (b"BOEFMAP\n\x01", "it is cut short"),
    ],
)
def test_another_sort_of_file_is_named_for_what_it_is(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "other.map"
    path.write_bytes(content)
    with pytest.raises(MapError, match=message):
        read_map(path)


def test_a_newer_format_asks_for_a_newer_program(pinned: Path) -> None:
    content = pinned.read_bytes()
    pinned.write_bytes(content[:8] + struct.pack("<I", 2) + content[12:])
    with pytest.raises(MapError, match="written in format 2 by a newer version"):
        read_map(pinned)


@pytest.mark.parametrize("length", [20, 56, 500, -1])
def test_a_file_cut_short_is_damaged(pinned: Path, length: int) -> None:
    pinned.write_bytes(pinned.read_bytes()[:length])
    with pytest.raises(MapError, match="is damaged"):
        read_map(pinned)


def change_first(index: int, value: Any) -> Any:
    """Make a change of one entry of the first array's row in the header."""

    def change(header: dict[str, Any]) -> dict[str, Any]:
        header["arrays"][0][index] = value
        return header

    return change


@pytest.mark.parametrize(
    "change",
    [
        change_first(2, [2**60, 2]),
        change_first(2, [-1, 2]),
        change_first(2, [True, 2]),
        change_first(2, [[2]]),
        change_first(1, "|O"),
        change_first(1, "<f4"),
        change_first(3, 64),
        change_first(0, "homes.key"),
        lambda header: {**header, "arrays": header["arrays"][1:]},
        lambda header: {**header, "texts": [2**60, 2**60]},
        lambda header: {**header, "texts": [1, header["texts"][1]]},
        lambda header: {**header, "epsg": "28992"},
        lambda header: {**header, "about": []},
        lambda header: {**header, "range_m": -1.0},
        lambda header: {**header, "range_m": None},
        lambda header: [header],
        lambda _: {},
    ],
    ids=itertools.count(),
)
def test_a_header_that_lies_is_refused(pinned: Path, change: Any) -> None:
    rewritten(pinned, change)
    with pytest.raises(MapError, match="is damaged"):
        read_map(pinned)


def test_a_header_of_a_thousand_brackets_is_refused(pinned: Path) -> None:
    content = pinned.read_bytes()
    text = b"[" * 1_000_000
    pinned.write_bytes(sealed(START.pack(b"BOEFMAP\n", 1, 0, len(text), bytes(32)) + text + content[-64:]))
    with pytest.raises(MapError, match="is damaged"):
        read_map(pinned)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("streets", "edge_nodes", 2),
        ("streets", "edge_lit", 7),
        ("streets", "edge_piece", 9),
        ("streets", "piece_xy", np.nan),
        ("homes", "edge", -1),
        ("homes", "building", -2),
        ("homes", "key", 10_000),
        ("sight", "stretch_home", 5),
        ("sight", "cell_seen", -1),
        ("sight", "seen", 99_999),
    ],
)
def test_an_unsound_map_is_never_written(street_map: StreetMap, tmp_path: Path, part: str, name: str, value: float) -> None:
    room = getattr(street_map, part)
    array = getattr(room, name).copy()
    array.flat[-1] = value
    with pytest.raises(InternalError, match=f"{part}.{name} has values out of range"):
        write_map(replace(street_map, **{part: replace(room, **{name: array})}), tmp_path / "unsound.map")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_nothing_behind(street_map: StreetMap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorldError, match="No space left on device"):
        write_map(street_map, tmp_path / "full.map")
    assert not list(tmp_path.iterdir())


def test_an_interruption_keeps_the_old_map(street_map: StreetMap, pinned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pinned.read_bytes()

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_map(replace(street_map, sight=None), pinned)
    assert pinned.read_bytes() == before
    assert list(pinned.parent.iterdir()) == [pinned]


@pytest.mark.parametrize(
    ("name", "message"),
    [(".", "is a folder"), ("/dev/null", "or a device"), ("no/such/one.map", "a folder that does not exist")],
)
def test_a_place_that_cannot_hold_a_map_is_refused(street_map: StreetMap, tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(MapError, match=message):
        write_map(street_map, tmp_path / name)


@pytest.mark.parametrize("name", [".", "nothing.map"])
def test_a_map_that_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MapError, match=r"is a folder|no such map file"):
        read_map(tmp_path / name)
